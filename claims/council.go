package claims

import (
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// councilOf is whose site an address is on, as far as the address says: its registrable domain. ""
// for a file, which is of nobody's site.
func councilOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	if _, err := netip.ParseAddr(host); err == nil {
		return host
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return host // a name without a domain
	}
	return domain
}

// ofCouncil leaves, of meetings looked through for a claim, those of one council. « Le CST » is that
// of whoever speaks: where the meetings are of several councils, they are those of the site that
// published the claim, and none when it has none. What came by hand is of any.
func ofCouncil(claim string, meetings []Meeting) []Meeting {
	councils := map[string]bool{}
	for _, m := range meetings {
		if council := councilOf(m.URL); council != "" {
			councils[council] = true
		}
	}
	own := councilOf(claim)
	switch {
	case len(councils) < 2:
		return meetings
	case !councils[own]:
		return nil
	}
	var list []Meeting
	for _, m := range meetings {
		if council := councilOf(m.URL); council == own || council == "" {
			list = append(list, m)
		}
	}
	return list
}

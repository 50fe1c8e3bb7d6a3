package crawler

import (
	"fmt"
	"net/netip"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// Canonical is the one form of an address: addresses that name the same document for
// everybody become equal. It drops the fragment, credentials, default ports, tracking
// parameters, session identifiers and SPIP's switches, sorts the parameters and resolves
// « .. ». It is a fixed point: the canonical form of a canonical form is itself.
func Canonical(address string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return "", fmt.Errorf("address: %w", err)
	}
	if err := canonicalize(u); err != nil {
		return "", fmt.Errorf("address %q: %w", address, err)
	}
	return u.String(), nil
}

// canonicalize brings u to its canonical form.
func canonicalize(u *url.URL) error {
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("scheme %q is not http or https", u.Scheme)
	}
	host, err := canonicalHost(u)
	if err != nil {
		return err
	}
	u.Host, u.User, u.Fragment, u.RawFragment = host, nil, "", ""
	setPath(u, canonicalPath(u.EscapedPath()))
	u.RawQuery, u.ForceQuery = canonicalQuery(u.RawQuery), false
	return nil
}

func canonicalHost(u *url.URL) (string, error) {
	host := strings.ToLower(u.Hostname())
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		host = ascii
	} else if strings.ContainsFunc(host, func(r rune) bool { return r > '~' || r <= ' ' }) {
		return "", fmt.Errorf("host %q: %w", host, err)
	}
	// Last: full-width dots and digits have become plain ones by now.
	host = strings.TrimRight(host, ".")
	if ip, err := netip.ParseAddr(host); err == nil {
		if ip.Zone() != "" {
			return "", fmt.Errorf("host %q has a zone", host)
		}
		if host = ip.String(); ip.Is6() {
			host = "[" + host + "]"
		}
	} else if strings.Contains(host, ":") {
		return "", fmt.Errorf("host %q is none", host)
	}
	if host == "" {
		return "", fmt.Errorf("no host")
	}
	if strings.ContainsAny(host, "%/?#@\\<>^|\"`{} ") {
		return "", fmt.Errorf("host %q is none", host)
	}
	port := strings.TrimLeft(u.Port(), "0")
	if port == "" || (u.Scheme == "http" && port == "80") || (u.Scheme == "https" && port == "443") {
		return host, nil
	}
	return host + ":" + port, nil
}

// canonicalPath works on the escaped form: « %2F » is no slash. Servers tell « a/ » from
// « a », so a last slash stays as it is.
func canonicalPath(escaped string) string {
	escaped = upperEscapes(escaped)
	escaped = dropPathSession(escaped)
	if escaped == "" {
		return "/"
	}
	clean := path.Clean("/" + escaped)
	if clean != "/" && (strings.HasSuffix(escaped, "/") || strings.HasSuffix(escaped, "/.") || strings.HasSuffix(escaped, "/..")) {
		clean += "/"
	}
	return clean
}

// dropPathSession removes « ;jsessionid=… » and its like.
func dropPathSession(escaped string) string {
	for _, marker := range []string{";jsessionid=", ";phpsessid=", ";sid="} {
		if i := strings.Index(strings.ToLower(escaped), marker); i >= 0 {
			rest := escaped[i+1:]
			if end := strings.IndexAny(rest, ";/"); end >= 0 {
				return dropPathSession(escaped[:i] + rest[end:])
			}
			return dropPathSession(escaped[:i])
		}
	}
	return escaped
}

// upperEscapes writes « %c3 » as « %C3 » and undoes escapes of characters that never need one.
func upperEscapes(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '%' || i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2]) {
			b.WriteByte(s[i])
			continue
		}
		c := unhex(s[i+1])<<4 | unhex(s[i+2])
		if isUnreserved(c) {
			b.WriteByte(c)
		} else {
			b.WriteString("%" + strings.ToUpper(s[i+1:i+3]))
		}
		i += 2
	}
	return b.String()
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c >= 'a':
		return c - 'a' + 10
	}
	return c - 'A' + 10
}

// isUnreserved is RFC 3986, 2.3.
func isUnreserved(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || strings.IndexByte("-._~", c) >= 0
}

func setPath(u *url.URL, escaped string) {
	plain, err := url.PathUnescape(escaped)
	if err != nil {
		plain, escaped = escaped, ""
	}
	u.Path, u.RawPath, u.Opaque, u.OmitHost = plain, escaped, "", false
}

// canonicalQuery sorts the parameters, keeping the order of those with one name, and drops
// what names a visit and not a document. Values stay as they are written: « a=1+2 » and
// « a=1%202 » are different to some servers.
func canonicalQuery(raw string) string {
	var kept []string
	for _, pair := range strings.Split(raw, "&") {
		pair = upperEscapes(pair)
		name, _, _ := strings.Cut(pair, "=")
		if pair == "" || isVisitParameter(name) {
			continue
		}
		kept = append(kept, queryEscape(pair))
	}
	slices.SortStableFunc(kept, func(a, b string) int {
		x, _, _ := strings.Cut(a, "=")
		y, _, _ := strings.Cut(b, "=")
		return strings.Compare(x, y)
	})
	return strings.Join(kept, "&")
}

// queryEscape escapes what may not stand bare in a query, and nothing else.
func queryEscape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c <= ' ' || c >= 0x7f || strings.IndexByte("\"#<>'", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isVisitParameter(name string) bool {
	if plain, err := url.QueryUnescape(name); err == nil {
		name = plain
	}
	name = strings.ToLower(name)
	if _, found := slices.BinarySearch(visitParameters, name); found {
		return true
	}
	for _, prefix := range visitPrefixes {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// visitParameters name the visit, the visitor or the way that led here, never the document:
// analytics (Google, Facebook, Matomo, AT Internet, mail senders), sessions (PHP, Java, ASP)
// and SPIP's switches (spip.net, « var_mode », « var_recherche »). Collected in November 2026.
var visitParameters = []string{
	"_ga", "_gl", "_hsenc", "_hsmi", "aspsessionid", "at_campaign", "at_medium", "dclid", "fbclid", "gbraid", "gclid",
	"gclsrc", "igshid", "jsessionid", "mc_cid", "mc_eid", "mkt_tok", "msclkid", "phpsessid", "sessionid", "session_id",
	"srsltid", "twclid", "var_hasard", "var_mode", "var_nocache", "var_recherche", "wbraid", "xtor", "yclid",
}

var visitPrefixes = []string{"aspsessionid", "mtm_", "pk_", "utm_"}

// siteOf is the part of a host that one owner holds: « region.example » for
// « www.region.example ». Machines without a public name are told apart by port too.
func siteOf(u *url.URL) string {
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if _, err := netip.ParseAddr(host); err == nil || !strings.Contains(host, ".") {
		return strings.ToLower(u.Host)
	}
	site, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return host
	}
	return site
}

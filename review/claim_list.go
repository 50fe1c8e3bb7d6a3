package review

import (
	"net/url"
	"strconv"
	"strings"

	"contredit/store"
)

// claimsLength is how many claims a page of the list shows.
const claimsLength = 50

// claimListView is a page of the claims that were found, whether or not anything is set against them.
type claimListView struct {
	Speaker, Body, Topic, Words, Since, Until string
	All                                       bool // those not worth checking too
	Lines                                     []claimLine
	Before, After                             string
}

type claimLine struct {
	store.StoredClaim
	Open string // the original, at the quote
}

// claimList lists what was said, the latest first: by whom, where, about what.
func (p *pages) claimList(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	q := r.URL.Query()
	get := func(name string) string { return strings.TrimSpace(q.Get(name)) }
	v := claimListView{Speaker: get("speaker"), Body: get("body"), Topic: get("topic"), Words: get("words"), Since: get("since"), Until: get("until"), All: get("all") != ""}
	for _, day := range []*string{&v.Since, &v.Until} {
		if !isDay(*day) {
			*day = ""
		}
	}
	page := max(1, atoi(q.Get("page")))
	found, err := p.DB.Claims(r.Context(), store.ClaimFilter{Speaker: v.Speaker, Body: v.Body, Topic: v.Topic, Words: v.Words, From: v.Since, To: v.Until, All: v.All,
		Private: r.private, Latest: true, Limit: claimsLength + 1, Offset: (page - 1) * claimsLength})
	if err != nil {
		return err
	}
	at := func(n int) string { return "/affirmations?" + withPage(q, n) }
	if page > 1 {
		v.Before = at(page - 1)
	}
	if len(found) > claimsLength {
		found, v.After = found[:claimsLength], at(page+1)
	}
	for _, c := range found {
		v.Lines = append(v.Lines, claimLine{c, openAt(c.URL, c.Locator, c.Quote, "")})
	}
	return r.show("affirmations", "Affirmations", v)
}

func withPage(q url.Values, n int) string {
	q.Set("page", strconv.Itoa(n))
	return q.Encode()
}

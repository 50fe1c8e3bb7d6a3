package review

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strconv"
	"strings"
	"time"

	"contredit/evidence"
	"contredit/store"
)

// feedEntries is how many pairs a feed of a view holds, the latest found first.
const feedEntries = 50

// feedHash is what is kept of a token: who reads the database cannot follow the feeds in it.
func feedHash(token string) string {
	sum := sha256.Sum256([]byte("contredit feed\x00" + token))
	return hex.EncodeToString(sum[:])
}

// setFeed gives a saved view an address that a feed reader can follow, or takes it back. The
// address is shown once: a new one ends the old one.
func (p *pages) setFeed(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return errBadRequest
	}
	if r.PostFormValue("off") != "" {
		if err := p.DB.SetFeed(r.Context(), r.who.Name, id, ""); err != nil {
			return err
		}
		return r.redirect("/reglages")
	}
	token := rand.Text()
	if err := p.DB.SetFeed(r.Context(), r.who.Name, id, feedHash(token)); err != nil {
		return err
	}
	return r.show("flux", "Suivre une vue", p.base(r)+"/flux/"+token)
}

// base is how people reach the pages, without a slash at its end.
func (p *pages) base(r *request) string {
	if p.PublicURL != "" {
		return strings.TrimRight(p.PublicURL, "/")
	}
	return "http://" + r.Host
}

// viewFeed is the Atom feed (RFC 4287) of a saved view. Feed readers do not sign in: what rests on
// private documents is never in it.
func (p *pages) viewFeed(r *request) error {
	view, err := p.DB.ViewOfFeed(r.Context(), feedHash(r.PathValue("token")))
	if err != nil {
		return err
	}
	q, err := url.ParseQuery(view.Query)
	if err != nil {
		return err
	}
	// The owner's view as the owner sees it, but for what is private.
	r.who, r.private = person{Name: view.Reviewer, Role: "reviewer"}, false
	s, _ := selectionOf(q)
	f := r.filter(s)
	links, err := p.DB.Queue(r.Context(), f, store.OrderFound, feedEntries, 0)
	if err != nil {
		return err
	}
	ids := make([]string, len(links))
	for i, l := range links {
		ids[i] = l.ID
	}
	changed, err := p.DB.LastChanges(r.Context(), ids)
	if err != nil {
		return err
	}
	base := p.base(r)
	var out bytes.Buffer
	feed := evidence.NewFeed(&out, evidence.Feed{
		ID: "urn:contredit:view:" + strconv.FormatInt(view.ID, 10), Title: p.Title + " — " + view.Name, Home: base + "/?" + view.Query, Author: p.Title,
	})
	for _, l := range links {
		if err := feed.Entry(p.feedEntry(base, l, changed[l.ID])); err != nil {
			return err
		}
	}
	if err := feed.Close(p.Now().UTC().Format(time.RFC3339)); err != nil {
		return err
	}
	r.w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	r.w.Header().Set("Cache-Control", "private, max-age=300")
	_, err = out.WriteTo(r.w)
	return err
}

func (p *pages) feedEntry(base string, l store.QueuedLink, changed time.Time) evidence.FeedEntry {
	e := evidence.FeedEntry{
		ID: "urn:contredit:pair:" + l.ID, Updated: changed.UTC().Format(time.RFC3339), Published: l.FoundAt, Link: base + "/paires/" + l.ID, Category: kindNames[l.Kind],
		Title: statusNames[l.Status] + " : " + l.Claim.Speaker + ", " + quoted(l.Claim.Quote), Related: []evidence.FeedLink{{URL: l.Claim.URL, Title: l.Title}},
	}
	var summary []string
	for _, noted := range l.Evidence {
		e.Related = append(e.Related, evidence.FeedLink{URL: noted.URL, Title: noted.Title})
		if noted.Quote != "" {
			summary = append(summary, noted.Title+" : "+quoted(noted.Quote))
		}
	}
	if len(l.Reasons) > 0 {
		summary = append(summary, l.Reasons[0].Text)
	}
	e.Summary = strings.Join(summary, "\n")
	return e
}

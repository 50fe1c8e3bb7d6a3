package main

import (
	"context"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"contredit/document"
	"contredit/review"
	"contredit/store"
)

// newReviewPages wires the review pages as the configuration says.
func newReviewPages(w *work) (http.Handler, error) {
	c := w.config
	pages := review.Config{
		DB: w.db, Title: c.Instance.Name, PublicURL: c.Review.PublicURL, Accounts: c.Review.Accounts, TwoPeople: c.Review.TwoPeople,
		ProxyHeader: c.Review.ProxyHeader, Languages: interfaceLanguages(c), Contact: strings.TrimPrefix(c.Instance.Contact, "mailto:"),
		UserAgent: w.crawler.UserAgent(), TimeZone: c.Instance.TimeZone.location(), Now: w.db.Now, Logger: w.logger, Version: programVersion(), Listen: c.Review.reviewListen,
	}
	for _, from := range c.Review.ProxyFrom {
		address, err := netip.ParseAddr(from)
		if err != nil {
			return nil, err
		}
		pages.ProxyFrom = append(pages.ProxyFrom, address)
	}
	configured := w.followed() // as they are now: a reload replaces the list under the pages
	for i, s := range sourcesOf(c, configured) {
		source := review.Source{Name: s.Name, Body: s.Body, Private: s.Visibility == document.Private, Schedule: string(configured[i].Schedule), Delay: w.crawler.Delay}
		if s.Delay != nil {
			source.Delay = *s.Delay
		}
		source.Next = func(now time.Time) time.Time { return nextRun(configured[i], c.Instance.TimeZone.location(), now) }
		if len(s.Start) > 0 {
			source.URL = s.Start[0]
		}
		pages.Sources = append(pages.Sources, source)
	}
	for _, b := range c.Bodies {
		pages.Bodies = append(pages.Bodies, review.Body{Name: b.Name, Aliases: b.Aliases, Sittings: b.Calendar})
	}
	pages.Requests = review.Requests{Calendars: calendarsOf(c), Letter: func(r store.Request, today string) (string, error) { return requestLetter(c, r, today) }}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	var err error
	if pages.AnswerKey, err = w.answerKey(ctx); err != nil {
		return nil, err
	}
	return review.New(ctx, pages)
}

// interfaceLanguages are both, the configured one first.
func interfaceLanguages(c *config) []string {
	if c.Instance.Language == "en" {
		return []string{"en", "fr"}
	}
	return []string{"fr", "en"}
}

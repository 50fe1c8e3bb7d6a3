package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	"contredit/claims"
	"contredit/document"
	"contredit/evidence"
	"contredit/store"
)

// isPublicFormat says whether a format is made for the public: private documents are never in it.
func isPublicFormat(format string) bool {
	return format == "claimreview" || format == "annotation" || format == "atom"
}

// publisherOf is who answers for what is published; address overrides that of the site.
func publisherOf(config *config, address string) (evidence.Publisher, error) {
	if address == "" {
		address = config.Publish.URL
	}
	if u, err := url.Parse(address); address != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "") {
		return evidence.Publisher{}, withHint(wrongUsage("%q is no address of a site", address), "https://section.example/paires/")
	}
	home := config.Instance.URL
	if home == "" {
		home = address
	}
	return evidence.Publisher{Name: config.Instance.Name, URL: home, Base: address}, nil
}

// namesOf says who may be named in public: whom the configuration states, whom reviewers know with
// a mandate, and whom public documents show with one.
func namesOf(ctx context.Context, config *config, db *store.DB) (*evidence.Names, error) {
	names := evidence.NewNames()
	for _, p := range config.People {
		if p.Public != nil {
			names.Decide(p.Name, *p.Public)
			continue
		}
		names.Person(p.Name, evidence.HoldsMandate(p.Function, p.Group))
	}
	roster, err := db.Roster(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range roster.Persons() {
		names.Person(p.Name, slices.ContainsFunc(p.Offices, func(o claims.Office) bool { return evidence.HoldsMandate(o.Function, o.Group) }))
	}
	err = db.EachDocument(ctx, func(d store.ReadDocument) error {
		if d.Document.Visibility != document.Private {
			names.Learn(d.Document, d.Reading)
		}
		return nil
	})
	return names, err
}

// exportPublic writes the pairs that people confirmed, one after another.
func exportPublic(ctx context.Context, t terminal, config *config, db *store.DB, format, address string) (err error) {
	by, err := publisherOf(config, address)
	if err != nil {
		return err
	}
	if by.Base == "" && format != "annotation" {
		return withHint(fmt.Errorf("--format %s names the page of each pair, and there is no public site", format),
			"set publish.url in %s, or give --url https://section.example/paires/", config.path)
	}
	names, err := namesOf(ctx, config, db)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(t.out)
	defer func() { err = errors.Join(err, out.Flush()) }()
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	var feed *evidence.FeedWriter
	if format == "atom" {
		feed = evidence.NewFeed(out, evidence.Feed{ID: by.Base, Title: config.Instance.Name + " : paires confirmées", Home: by.Base, Author: config.Instance.Name})
	}
	written, refused, absences, pageless := 0, 0, 0, 0
	err = db.EachLink(ctx, store.LinkFilter{Statuses: []claims.Decision{claims.StatusConfirmed, claims.StatusPublished}, Withdrawn: true}, func(l store.StoredLink) error {
		p, err := db.OutsidePair(ctx, l)
		if err != nil || !evidence.IsPublic(p.Link) {
			return err
		}
		written++
		if l.Status != claims.StatusPublished && format != "annotation" {
			pageless++
		}
		switch format {
		case "annotation":
			for _, a := range evidence.Annotations(p, by, names) {
				if err := encoder.Encode(a); err != nil {
					return fmt.Errorf("write annotation of %s: %w", l.ID, err)
				}
			}
			return nil
		case "atom":
			return feed.Entry(evidence.PairEntry(names.Mask(p), by))
		}
		if !evidence.Reviewable(p) {
			written--
			absences++
			return nil
		}
		review, err := evidence.Review(names.Mask(p), by)
		var incomplete *evidence.IncompleteError
		if errors.As(err, &incomplete) {
			written--
			refused++
			t.say("contredit: %v", err)
			return nil
		}
		if err != nil {
			return err
		}
		return encoder.Encode(review)
	})
	if feed != nil {
		err = errors.Join(err, feed.Close(db.Now().UTC().Format(time.RFC3339)))
	}
	if err != nil {
		return err
	}
	t.say("%d paire(s) écrite(s), %d refusée(s)", written, refused)
	if pageless > 0 {
		t.say("%d ne sont pas publiées : la page qu’elles nomment n’existe qu’après « contredit review publish » et « contredit publish »", pageless)
	}
	if absences > 0 {
		t.say("%d « aucune trace » n’est pas une contradiction et n’a pas de ClaimReview", absences)
	}
	if refused > 0 {
		return withHint(fmt.Errorf("%d pair(s) refused: a ClaimReview with an empty field is not written", refused), "each is named above with what it lacks")
	}
	return nil
}

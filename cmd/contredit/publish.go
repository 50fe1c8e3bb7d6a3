package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"contredit/claims"
	"contredit/crawler"
	"contredit/document"
	"contredit/evidence"
	"contredit/publish"
	"contredit/store"
)

// runPublish writes the public site into a folder, for any web server.
func runPublish(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	address := o.String("url", "", "`address` where the site is served; \"\" for publish.url")
	rest, err := o.parse(args, 1, 1)
	if err != nil {
		return err
	}
	config, db, err := where.openExisting(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	site, news, err := siteOf(ctx, config, db, *address)
	if err != nil {
		return err
	}
	err = site.Write(rest[0])
	if errors.Is(err, publish.ErrForeignFolder) {
		return withHint(err, "name an empty folder, or one that an earlier « contredit publish » wrote")
	}
	if err != nil {
		return err
	}
	t.say("%d paire(s) publiée(s) dans %s ; depuis la dernière fois : %d nouvelle(s) ou changée(s), %d retirée(s)", len(site.Pairs), rest[0], news.changed, news.withdrawn)
	return nil
}

// publicationNews is how many pairs are published otherwise than the last time.
type publicationNews struct{ changed, withdrawn int }

// siteOf gathers what is published, notes what changed since the last time, and masks whom
// the public site does not name.
func siteOf(ctx context.Context, config *config, db *store.DB, address string) (publish.Site, publicationNews, error) {
	var news publicationNews
	by, err := publisherOf(config, address)
	if err != nil {
		return publish.Site{}, news, err
	}
	if by.Base == "" {
		return publish.Site{}, news, withHint(errors.New("the public site has no address, which its feed and its ClaimReview name"),
			"set publish.url in %s, or give --url https://section.example/paires/", config.path)
	}
	site := publish.Site{Publisher: by, MadeAt: db.Now().UTC().Format(time.RFC3339), Contact: strings.TrimPrefix(config.Instance.Contact, "mailto:"), Version: programVersion(),
		UserAgent: userAgentOf(config, db)}
	names, err := namesOf(ctx, config, db)
	if err != nil {
		return site, news, err
	}
	var published []string
	err = db.EachLink(ctx, publishedFilter, func(l store.StoredLink) error {
		if evidence.IsPublic(l.Link) {
			published = append(published, l.ID)
		}
		return nil
	})
	if err != nil {
		return site, news, err
	}
	for _, id := range published {
		p, isNew, err := publishOne(ctx, db, names, id)
		if err != nil {
			return site, news, err
		}
		if isNew {
			news.changed++
		}
		site.Pairs = append(site.Pairs, p)
	}
	if site.Withdrawn, news.withdrawn, err = takeBack(ctx, db, names, published); err != nil {
		return site, news, err
	}
	if err := fillSite(ctx, config, db, &site); err != nil {
		return site, news, err
	}
	return site, news, nil
}

// publishedFilter are the pairs that a person published, whatever the engine thinks of them now.
var publishedFilter = store.LinkFilter{Statuses: []claims.Decision{claims.StatusPublished}, Withdrawn: true}

// publishOne keeps how a pair is published now, and returns it with its earlier wordings.
func publishOne(ctx context.Context, db *store.DB, names *evidence.Names, id string) (evidence.Pair, bool, error) {
	l, err := db.Link(ctx, id)
	if err != nil {
		return evidence.Pair{}, false, err
	}
	p, err := db.OutsidePair(ctx, l)
	if err != nil {
		return p, false, err
	}
	changed, err := db.SavePublication(ctx, id, names.Mask(p).Lines())
	if err != nil || !changed {
		return names.Mask(p), changed, err
	}
	p, err = db.OutsidePair(ctx, l) // now with the wording that it replaces
	return names.Mask(p), changed, err
}

// takeBack lists the pairs that were published and are no longer, and counts those that were at
// the last publication.
func takeBack(ctx context.Context, db *store.DB, names *evidence.Names, published []string) (gone []publish.Withdrawn, lately int, err error) {
	ids, at, err := db.EverPublished(ctx)
	if err != nil {
		return nil, 0, err
	}
	for i, id := range ids {
		if slices.Contains(published, id) {
			continue
		}
		w := publish.Withdrawn{ID: id, At: at[i]}
		changed, err := db.SavePublication(ctx, id, nil)
		if err != nil {
			return nil, 0, err
		}
		if changed {
			lately++
			w.At = db.Now().UTC().Format(time.RFC3339)
		}
		l, err := db.Link(ctx, id)
		if err != nil {
			return nil, 0, err
		}
		// A pair that became private is not spoken of any more.
		if evidence.IsPublic(l.Link) {
			p, err := db.OutsidePair(ctx, l)
			if err != nil {
				return nil, 0, err
			}
			p = names.Mask(p)
			w.Corrections, w.Replies, w.Earlier = p.Corrections, p.Replies, p.Earlier
		}
		gone = append(gone, w)
	}
	return gone, lately, nil
}

// fillSite adds what is said of ourselves: rules, sources, the end of the journal.
func fillSite(ctx context.Context, config *config, db *store.DB, site *publish.Site) error {
	counts, err := db.RuleCounts(ctx, false)
	if err != nil {
		return err
	}
	for _, r := range counts {
		site.Rules = append(site.Rules, publish.Rule{ID: r.Rule, Kind: r.Kind, Fired: r.Fired, Confirmed: r.Confirmed, Nuance: r.Nuance, Rejected: r.Rejected})
	}
	for _, s := range sourcesOf(config, config.Sources) {
		if s.Visibility == document.Private || len(s.Start) == 0 || !strings.HasPrefix(s.Start[0], "http") {
			continue
		}
		delay := time.Duration(config.Crawler.Delay)
		if s.Delay != nil {
			delay = *s.Delay
		}
		site.Sources = append(site.Sources, publish.Source{Name: s.Name, URL: s.Start[0], Body: s.Body, Delay: fmt.Sprintf("%.0f s au moins", delay.Seconds())})
	}
	return db.EachEntry(ctx, func(e evidence.JournalEntry) error {
		site.Head = e
		return nil
	})
}

// userAgentOf is what the crawler says it is.
func userAgentOf(config *config, db *store.DB) string {
	c := crawler.Crawler{Archive: db.CrawlArchive(), Version: programVersion(), Contact: config.Instance.Contact, URL: config.Instance.URL}
	return c.UserAgent()
}

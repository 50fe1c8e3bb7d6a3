package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"

	"contredit/crawler"
	"contredit/document"
	"contredit/store"
)

// visit crawls the site as « contredit crawl » does, into a database in the folder.
func visit(ctx context.Context, address, folder string) error {
	db, err := store.Open(ctx, filepath.Join(folder, "contredit.db"))
	if err != nil {
		return err
	}
	defer db.Close()
	c := &crawler.Crawler{Archive: db.CrawlArchive(), Contact: "mailto:bench@section.example", AllowLoopback: true, Budget: 1_000_000}
	none := time.Duration(0)
	source := crawler.Source{
		Name: "bench", Role: document.RoleRecord, Body: "Conseil", Form: crawler.FormListing, Start: []string{address}, Delay: &none, Visibility: document.Public,
	}
	report, err := c.Crawl(ctx, source, func(ctx context.Context, doc document.Document, charset string, snap document.Snapshot) (bool, bool, error) {
		kept, err := db.SaveSnapshot(ctx, doc, charset, snap)
		return kept.New, kept.Changed, err
	})
	if err != nil {
		return err
	}
	if len(report.Problems) > 0 {
		return fmt.Errorf("%s: %s", report.Problems[0].URL, report.Problems[0].Sentence)
	}
	return nil
}

// bare fetches every page once, reads its links, and keeps nothing: the bound.
func bare(address string) error {
	base, err := url.Parse(address)
	if err != nil {
		return err
	}
	seen, queue := map[string]bool{address: true}, []string{address}
	for len(queue) > 0 {
		next := queue[0]
		queue = queue[1:]
		response, err := http.Get(next)
		if err != nil {
			return err
		}
		if !strings.Contains(response.Header.Get("Content-Type"), "html") {
			_, err = io.Copy(io.Discard, response.Body)
			if err := response.Body.Close(); err != nil {
				return err
			}
			if err != nil {
				return err
			}
			continue
		}
		page, err := goquery.NewDocumentFromReader(response.Body)
		response.Body.Close()
		if err != nil {
			return err
		}
		page.Find("a[href]").Each(func(_ int, s *goquery.Selection) {
			u, err := base.Parse(s.AttrOr("href", ""))
			if err == nil && !seen[u.String()] {
				seen[u.String()] = true
				queue = append(queue, u.String())
			}
		})
	}
	return nil
}

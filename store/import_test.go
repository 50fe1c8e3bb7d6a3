package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"contredit/claims"
	"contredit/crawler"
	"contredit/document"
	"contredit/store"
)

// TestArchiveIsNoNews holds what counts as the past of a source when a run over it was killed
// before it ended, and what of it becomes news all the same.
func TestArchiveIsNoNews(t *testing.T) {
	ctx := context.Background()
	db := mustOpen(t)
	now := day
	db.Now = func() time.Time { now = now.Add(time.Minute); return now }
	n := 0
	save := func(source, url, text string) store.Kept {
		t.Helper()
		n++
		kept, err := db.SaveSnapshot(ctx, document.Document{URL: url, Source: source, Role: document.RoleStatement, Body: "Région", Visibility: document.Public}, "",
			document.Snapshot{URL: url, FinalURL: url, MediaType: "text/plain", Status: 200, Content: []byte(text), SHA256: fmt.Sprint(n), FetchedAt: now})
		if err != nil {
			t.Fatal(err)
		}
		return kept
	}
	link := func(id string, kept store.Kept, url, record string) {
		t.Helper()
		c := claims.Claim{ID: "c" + id, URL: url, Quote: id, Worth: true}
		if err := db.SaveExtraction(ctx, kept.Document, kept.Snapshot, []claims.Claim{c}, nil); err != nil {
			t.Fatal(err)
		}
		l := claims.Link{ID: id, Claim: c, Kind: claims.KindNumber, Score: 0.5, Visibility: document.Public, Evidence: []claims.Evidence{{URL: record, Quote: "x"}}}
		if err := db.SaveLinks(ctx, c.ID, []claims.Link{l}); err != nil {
			t.Fatal(err)
		}
	}
	oldSaid := save("site", "said/old", "a")
	save("pv", "pv/old", "b")
	link("old-old", oldSaid, "said/old", "pv/old")
	end := func(source string, importing bool) {
		t.Helper()
		if err := db.CrawlArchive().SaveHealth(ctx, crawler.Health{Source: source, LastSuccess: now, Importing: importing}); err != nil {
			t.Fatal(err)
		}
	}
	// The budget of the first run over the minutes was too small; the pages are all read.
	end("site", false)
	end("pv", true)
	save("pv", "pv/older", "c")
	link("old-older", oldSaid, "said/old", "pv/older")
	end("pv", false)
	save("pv", "pv/new", "d")
	link("old-new", oldSaid, "said/old", "pv/new")
	link("new-old", save("site", "said/new", "e"), "said/new", "pv/old")
	// A source that is added later: its past was said before, and is no news now.
	link("late-new", save("autre", "late/old", "f"), "late/old", "pv/new")
	// The words changed after the import: that is news.
	link("changed-old", save("site", "said/old", "g"), "said/old", "pv/old")
	link("hand", save(store.HandSource, "hand", "h"), "hand", "pv/old")
	by := claims.Link{ID: "made by hand", Claim: claims.Claim{ID: "clate-new", URL: "late/old"}, Kind: claims.KindVote, Visibility: document.Public,
		Evidence: []claims.Evidence{{URL: "pv/older", Quote: "x"}}}
	if err := db.SaveHandLink(ctx, by, "Mme Dupont", "vu en séance"); err != nil {
		t.Fatal(err)
	}
	got, err := db.News(ctx, store.NewsFilter{})
	if want := "[changed-old hand new-old old-new made by hand]"; err != nil || fmt.Sprint(got) != want {
		t.Errorf("news %v (%v), want %s", got, err, want)
	}
	all, err := db.News(ctx, store.NewsFilter{Archive: true})
	if err != nil || len(all) != 8 {
		t.Errorf("with the archive %v (%v), want all eight", all, err)
	}
}

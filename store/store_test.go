package store_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"contredit/claims"
	"contredit/document"
	"contredit/store"
)

var day = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

func mustOpen(tb testing.TB) *store.DB {
	tb.Helper()
	db, err := store.Open(context.Background(), filepath.Join(tb.TempDir(), "contredit.db"))
	if err != nil {
		tb.Fatal(err)
	}
	db.Now = func() time.Time { return day }
	tb.Cleanup(func() {
		if err := db.Close(); err != nil {
			tb.Error(err)
		}
	})
	return db
}

func mustSave(tb testing.TB, db *store.DB, url, text string) store.Kept {
	tb.Helper()
	kept, err := saveSnapshot(context.Background(), db, url, []byte(text))
	if err != nil {
		tb.Fatal(err)
	}
	return kept
}

func saveSnapshot(ctx context.Context, db *store.DB, url string, content []byte) (store.Kept, error) {
	return db.SaveSnapshot(ctx,
		document.Document{URL: url, Source: "essai", Role: document.RoleStatement, Body: "Région Exemple", Visibility: document.Public}, "",
		snapshotOf(url, string(content)))
}

// snapshotOf is a text as it was fetched on « day ».
func snapshotOf(url, text string) document.Snapshot {
	digest := sha256.Sum256([]byte(text))
	return document.Snapshot{URL: url, FinalURL: url, MediaType: "text/plain", Status: 200, Content: []byte(text),
		SHA256: hex.EncodeToString(digest[:]), FetchedAt: day}
}

// reading is one paragraph a line.
func reading(text string) *document.Reading {
	r := &document.Reading{State: document.StateRead, Title: "Titre", Date: "2026-03-01", Text: text}
	start := 0
	for i, c := range text + "\n" {
		if c == '\n' {
			r.Passages = append(r.Passages, document.Passage{Span: document.Span{Start: start, End: i}, Kind: document.KindParagraph})
			start = i + 1
		}
	}
	return r
}

func TestOpen(t *testing.T) {
	ctx := context.Background()
	t.Run("KeepsWhatWasThere", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "sub", "a b?.db")
		for range 2 {
			db, err := store.Open(ctx, path)
			if err != nil {
				t.Fatal(err)
			}
			before, err := db.Setting(ctx, "seen")
			if err != nil {
				t.Fatal(err)
			}
			if err := db.SaveSetting(ctx, "seen", before+"x"); err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		}
		db, err := store.Open(ctx, path)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if got, _ := db.Setting(ctx, "seen"); got != "xx" {
			t.Errorf("setting = %q, want xx", got)
		}
	})
}

func TestSaveSnapshot(t *testing.T) {
	ctx := context.Background()
	db := mustOpen(t)
	first := mustSave(t, db, "https://exemple.test/a", "un")
	if !first.New || first.Changed {
		t.Errorf("first = %+v, want new", first)
	}
	same := mustSave(t, db, "https://exemple.test/a", "un")
	if same.New || same.Changed || same.Snapshot != first.Snapshot {
		t.Errorf("same content = %+v, want the snapshot %d again", same, first.Snapshot)
	}
	changed := mustSave(t, db, "https://exemple.test/a", "deux")
	if !changed.Changed || changed.Document != first.Document || changed.Snapshot == first.Snapshot {
		t.Errorf("changed content = %+v, want a new snapshot of document %d", changed, first.Document)
	}
	// A page that goes back to its first words has three versions, not two.
	mustSave(t, db, "https://exemple.test/a", "un")
	versions, err := db.Versions(ctx, first.Document)
	if err != nil || len(versions) != 3 {
		t.Errorf("versions = %d (%v), want 3", len(versions), err)
	}
	s, err := db.Snapshot(ctx, first.Snapshot)
	if err != nil || string(s.Content) != "un" {
		t.Errorf("first snapshot = %q (%v), want its own bytes", s.Content, err)
	}
}

func TestWork(t *testing.T) {
	ctx := context.Background()
	db := mustOpen(t)
	kept := mustSave(t, db, "https://exemple.test/a", "un")
	now := day
	db.Now = func() time.Time { return now }
	worker := store.NewWorker(time.Minute)
	l, ok, err := db.TakeWork(ctx, store.StageRead, worker)
	if err != nil || !ok || l.Subject != strconv.FormatInt(kept.Snapshot, 10) {
		t.Fatalf("take = %q %v %v, want snapshot %d", l.Subject, ok, err, kept.Snapshot)
	}
	if _, ok, _ := db.TakeWork(ctx, store.StageRead, worker); ok {
		t.Error("leased work was given twice")
	}
	now = now.Add(2 * time.Minute)
	if _, ok, _ := db.TakeWork(ctx, store.StageRead, worker); !ok {
		t.Error("work of a killed worker was not given again")
	}
	if err := db.SaveReading(ctx, kept.Snapshot, "1", reading("La subvention est versée.")); err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Hour)
	if _, ok, _ := db.TakeWork(ctx, store.StageRead, worker); ok {
		t.Error("finished work was given again")
	}
}

func TestSearch(t *testing.T) {
	ctx := context.Background()
	db := mustOpen(t)
	kept := mustSave(t, db, "https://exemple.test/a", "x")
	text := "Les subventions aux lycées sont supprimées.\nL'eau de la Vèze manque."
	if err := db.SaveReading(ctx, kept.Snapshot, "1", reading(text)); err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{"subvention", "supprimer", "lycée", "LYCÉES", "l'eau", `"eau" AND (`, "subvention inconnue"} {
		found, err := db.Search(ctx, query, 10)
		if err != nil || len(found) != 1 {
			t.Errorf("search %q found %d (%v), want 1", query, len(found), err)
			continue
		}
		if f := found[0]; f.Text != text[f.Passage.Start:f.Passage.End] {
			t.Errorf("search %q: text is not the slice of its span", query)
		}
	}
	// The later version replaces the passages of the earlier one.
	changed := mustSave(t, db, "https://exemple.test/a", "y")
	if err := db.SaveReading(ctx, changed.Snapshot, "1", reading("Rien de tel.")); err != nil {
		t.Fatal(err)
	}
	if found, err := db.Search(ctx, "subvention", 10); err != nil || len(found) != 0 {
		t.Errorf("the earlier version is still found: %d (%v)", len(found), err)
	}
}

func sampleLink(c claims.Claim, id string) claims.Link {
	return claims.Link{ID: id, Claim: c, Kind: claims.KindNumber, Score: 0.8, Visibility: document.Public,
		Evidence: []claims.Evidence{{URL: "https://exemple.test/pv", Quote: "Douze postes."}}}
}

func TestVerdicts(t *testing.T) {
	ctx := context.Background()
	db := mustOpen(t)
	kept := mustSave(t, db, "https://exemple.test/a", "x")
	c := claims.Claim{ID: "c1", URL: "https://exemple.test/a", Quote: "Dix postes.", Worth: true}
	if err := db.SaveExtraction(ctx, kept.Document, kept.Snapshot, []claims.Claim{c}, nil); err != nil {
		t.Fatal(err)
	}
	if err := db.SaveLinks(ctx, "c1", []claims.Link{sampleLink(c, "l1"), sampleLink(c, "l2")}); err != nil {
		t.Fatal(err)
	}
	status := func(id string) claims.Decision {
		l, err := db.Link(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		return l.Status
	}
	if _, err := db.SaveVerdict(ctx, claims.Verdict{Link: "l1", Reviewer: "Mme Dupont", Decision: claims.StatusRejected}); err != nil {
		t.Fatal(err)
	}
	t.Run("LinkingAgainKeepsTheVerdict", func(t *testing.T) {
		if err := db.SaveLinks(ctx, "c1", []claims.Link{sampleLink(c, "l1")}); err != nil {
			t.Fatal(err)
		}
		if got := status("l1"); got != claims.StatusRejected {
			t.Errorf("status = %s, want rejected", got)
		}
		open, err := db.Links(ctx, store.LinkFilter{})
		if err != nil || len(open) != 1 {
			t.Errorf("links = %d (%v), want 1: l2 is no longer proposed", len(open), err)
		}
	})
	t.Run("UndoBringsBackTheStateBefore", func(t *testing.T) {
		if _, err := db.SaveVerdict(ctx, claims.Verdict{Link: "l1", Reviewer: "Mme Dupont", Decision: claims.StatusConfirmed}); err != nil {
			t.Fatal(err)
		}
		for _, want := range []claims.Decision{claims.StatusRejected, claims.StatusNew} {
			if _, err := db.UndoVerdict(ctx, "l1", "Mme Dupont"); err != nil {
				t.Fatal(err)
			}
			if got := status("l1"); got != want {
				t.Errorf("status = %s, want %s", got, want)
			}
		}
		if _, err := db.UndoVerdict(ctx, "l1", "Mme Dupont"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("undo of nothing = %v, want ErrNotFound", err)
		}
		all, err := db.Verdicts(ctx, "l1")
		if err != nil || len(all) != 4 {
			t.Errorf("history = %d rows (%v), want all 4", len(all), err)
		}
	})
}

// A database holds minutes that are private, and the digests of passwords.
func TestDatabaseIsItsOwnersAlone(t *testing.T) {
	db := mustOpen(t)
	mustSave(t, db, "https://exemple.test/a", "x")
	for _, name := range []string{db.Path(), db.Path() + "-wal", db.Path() + "-shm"} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); mode&0o077 != 0 {
			t.Errorf("%s can be opened by others: %o", filepath.Base(name), mode)
		}
	}
}

func TestSaveExtraction(t *testing.T) {
	ctx := context.Background()
	db := mustOpen(t)
	kept := mustSave(t, db, "https://exemple.test/a", "x")
	c := claims.Claim{ID: "c1", URL: "https://exemple.test/a", Quote: "À l'unanimité.", Worth: true}
	if err := db.SaveExtraction(ctx, kept.Document, kept.Snapshot, []claims.Claim{c}, nil); err != nil {
		t.Fatal(err)
	}
	next := mustSave(t, db, "https://exemple.test/a", "y")
	if err := db.SaveExtraction(ctx, next.Document, next.Snapshot, nil, nil); err != nil {
		t.Fatal(err)
	}
	all, err := db.Claims(ctx, store.ClaimFilter{})
	if err != nil || len(all) != 1 || all[0].EditedOut == "" {
		t.Errorf("claims = %+v (%v), want the claim kept and marked as edited out", all, err)
	}
}

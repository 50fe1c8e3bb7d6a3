package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"contredit/store"
)

// TestSearchAmongVeryMany holds what is found where words stand in more passages than are worth ranking.
func TestSearchAmongVeryMany(t *testing.T) {
	ctx, db := context.Background(), mustOpen(t)
	var text strings.Builder
	text.WriteString("La médiathèque rouvre.\nLe conseil approuve la passerelle.\n")
	for i := range 6000 {
		fmt.Fprintf(&text, "Le conseil approuve le rapport %d.\n", i)
	}
	text.WriteString("Le conseil finance la médiathèque.")
	kept := mustSave(t, db, "https://exemple.test/a", "x")
	if err := db.SaveReading(ctx, kept.Snapshot, "1", reading(text.String())); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ query, want string }{
		{"conseil médiathèque", "Le conseil finance la médiathèque."},                                                                      // all words, one of them everywhere
		{"conseil passerelle médiathèque", "La médiathèque rouvre.|Le conseil approuve la passerelle.|Le conseil finance la médiathèque."}, // never together: the telling ones
		{"conseil inconnu", "Le conseil finance la médiathèque.|Le conseil approuve le rapport 5999."},                                     // no telling one: the latest
		{"conseil approuver", "Le conseil approuve le rapport 5999.|Le conseil approuve le rapport 5998."},
		{"inconnu ignoré", ""},
	} {
		found, err := db.Search(ctx, test.query, 3)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range found {
			got = append(got, f.Text)
		}
		for _, want := range strings.Split(test.want, "|") {
			if !strings.Contains(strings.Join(got, "|"), want) {
				t.Errorf("search %q found %q, want %q among them", test.query, got, want)
			}
		}
		if test.want == "" && len(got) > 0 {
			t.Errorf("search %q found %q", test.query, got)
		}
	}
}

// TestExtractionMergesTheIndex holds that the parts that documents add to the index of passages do not
// stay, and that nothing is lost with them.
func TestExtractionMergesTheIndex(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "contredit.db")
	db, err := store.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var all []store.Kept
	for i := range 15 {
		kept := mustSave(t, db, fmt.Sprintf("https://exemple.test/%d", i), fmt.Sprint(i))
		if err := db.SaveReading(ctx, kept.Snapshot, "1", reading(fmt.Sprintf("La subvention n° %d est versée.", i))); err != nil {
			t.Fatal(err)
		}
		all = append(all, kept)
	}
	before := parts(t, path)
	for _, kept := range all {
		if err := db.SaveExtraction(ctx, kept.Document, kept.Snapshot, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	if after := parts(t, path); before < 8 || after != 1 {
		t.Errorf("the index was in %d parts and is in %d, want 1", before, after)
	}
	if found, err := db.Search(ctx, "subvention", 100); err != nil || len(found) != len(all) {
		t.Errorf("%d passages are found (%v), want %d", len(found), err, len(all))
	}
}

func parts(t *testing.T, path string) (n int) {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow("SELECT count(DISTINCT segid) FROM passage_search_idx").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

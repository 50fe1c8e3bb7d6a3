package pipeline

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"contredit/document"
	"contredit/store"
)

// A copy follows its original: when the first of three changes its text, the third is a copy of the
// second.
func TestDuplicatesFollowTheirOriginal(t *testing.T) {
	ctx := context.Background()
	db, err := store.Open(ctx, filepath.Join(t.TempDir(), "contredit.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	p := &Pipeline{DB: db}
	n := 0
	publish := func(url, text string) int64 {
		t.Helper()
		n++
		kept, err := db.SaveSnapshot(ctx, document.Document{URL: url, Source: "s", Role: document.RoleStatement, Body: "Région", Visibility: document.Public}, "",
			document.Snapshot{URL: url, FinalURL: url, MediaType: "text/plain", Status: 200, Content: []byte(text), SHA256: fmt.Sprint(n), FetchedAt: time.Unix(int64(n), 0)})
		if err != nil {
			t.Fatal(err)
		}
		r := &document.Reading{State: document.StateRead, Text: text, Passages: []document.Passage{{Span: document.Span{End: len(text)}}}}
		if err := db.SaveReading(ctx, kept.Snapshot, Engine, r); err != nil {
			t.Fatal(err)
		}
		return kept.Document
	}
	original := func(id int64) string {
		t.Helper()
		if err := p.markDuplicates(ctx); err != nil {
			t.Fatal(err)
		}
		d, err := db.DocumentByID(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		return d.Document.Duplicate
	}
	text := strings.Repeat("Le conseil régional délibère sur le budget des lycées et vote les crédits de l’année. ", 12)
	publish("https://region.exemple/a", text)
	publish("https://region.exemple/b", text)
	third := publish("https://region.exemple/c", text)
	if got := original(third); got != "https://region.exemple/a" {
		t.Fatalf("the third is a copy of %q", got)
	}
	publish("https://region.exemple/a", strings.Repeat("Tout autre chose est dit des transports de la région, des gares et des horaires. ", 12))
	if got := original(third); got != "https://region.exemple/b" {
		t.Errorf("after the first changed, the third is a copy of %q", got)
	}
}

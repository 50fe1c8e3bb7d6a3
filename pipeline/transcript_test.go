package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"contredit/claims"
	"contredit/document"
	"contredit/store"
)

// TestTranscript holds which text is read of a document that a person gave one: theirs, until a later
// version has as much of its own.
func TestTranscript(t *testing.T) {
	ctx := context.Background()
	const typed = "La séance est ouverte à 9 heures.\n\nLe comité n’a pas été consulté sur l’assistant numérique."
	const page = "<!DOCTYPE html><html><head><title>Séance</title></head><body><main><p>La vidéo de la séance.</p></main></body></html>"
	for name, tt := range map[string]struct {
		later string // content of a second version; "" for none
		want  string // in the text
		code  string // in the report
	}{
		"OfThisVersion":               {"", "pas été consulté", "transcript"},
		"OfAPageThatChangedAWord":     {strings.Replace(page, "La vidéo", "Vidéo", 1), "pas été consulté", "transcript"},
		"OfADocumentThatHasItsOwnNow": {"<!DOCTYPE html><html><head><title>Séance</title></head><body><main><p>" + strings.Repeat("Le compte rendu intégral dit autre chose. ", 20) + "</p></main></body></html>", "dit autre chose", "transcript_replaced"},
	} {
		t.Run(name, func(t *testing.T) {
			db, err := store.Open(ctx, filepath.Join(t.TempDir(), "contredit.db"))
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			p := &Pipeline{DB: db, Reader: document.Reader{}}
			const url = "https://region.exemple/seance"
			save := func(content, sum string) store.Kept {
				kept, err := db.SaveSnapshot(ctx, document.Document{URL: url, Source: "s", Role: document.RoleRecord, Body: "CST", Visibility: document.Public}, "",
					document.Snapshot{URL: url, FinalURL: url, MediaType: "text/html", Status: 200, Content: []byte(content), SHA256: sum, FetchedAt: time.Unix(1, 0)})
				if err != nil {
					t.Fatal(err)
				}
				return kept
			}
			kept := save(page, digestOf(page))
			if err := db.AttachTranscript(ctx, store.Transcript{Document: kept.Document, Name: "seance.txt", MediaType: "text/plain", Reviewer: "Ada Fictive", Content: []byte(typed)}); err != nil {
				t.Fatal(err)
			}
			if tt.later != "" {
				kept = save(tt.later, digestOf(tt.later))
			}
			var s Summary
			if err := p.read(ctx, &s); err != nil || len(s.Failed) > 0 {
				t.Fatalf("%v, failed %+v", err, s.Failed)
			}
			r, err := db.ReadingOf(ctx, kept.Snapshot)
			if err != nil || !strings.Contains(r.Text, tt.want) {
				t.Fatalf("text %q (%v), want %q in it", r.Text, err, tt.want)
			}
			found := false
			for _, f := range r.Report {
				found = found || f.Code == tt.code
			}
			if !found {
				t.Errorf("report %+v, want %s", r.Report, tt.code)
			}
			if typed := r.TypedBy != ""; typed != (tt.code == "transcript") || typed != r.LocatorAt(0).Typed {
				t.Errorf("typed by %q, place %+v", r.TypedBy, r.LocatorAt(0))
			}
			for _, e := range s.Edits {
				if strings.Contains(r.TypedBy, "Ada") {
					t.Errorf("our transcript is told as a change of theirs: %+v", e)
				}
			}
		})
	}
}

// Another reading of the same version takes a claim away; nobody edited anything out.
func TestLostClaimOfTheSameVersionIsNotEditedOut(t *testing.T) {
	ctx := context.Background()
	db, err := store.Open(ctx, filepath.Join(t.TempDir(), "contredit.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	doc := docWithClaim(t, db, "v1")
	if err := db.SaveExtraction(ctx, doc.Document, doc.Snapshot, nil, nil); err != nil {
		t.Fatal(err)
	}
	all, err := db.ClaimsOf(ctx, doc.Document)
	if err != nil || len(all) != 1 || all[0].EditedOut != "" || all[0].Worth {
		t.Errorf("after another reading: %+v (%v), want it not worth checking and not edited out", all, err)
	}
	for text, edited := range map[string]bool{"Avant. v1\nAprès.": false, "autre chose": true} {
		next, err := db.SaveSnapshot(ctx, documentOf("a"), "", snapshotOf(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := db.SaveReading(ctx, next.Snapshot, Engine, &document.Reading{State: document.StateRead, Text: text}); err != nil {
			t.Fatal(err)
		}
		if err := db.SaveExtraction(ctx, next.Document, next.Snapshot, nil, nil); err != nil {
			t.Fatal(err)
		}
		if all, err = db.ClaimsOf(ctx, doc.Document); err != nil || len(all) != 1 || (all[0].EditedOut != "") != edited {
			t.Errorf("in %q: edited out %q (%v), want %t", text, all[0].EditedOut, err, edited)
		}
		docWithClaim(t, db, "v1")
	}
}

func digestOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

func documentOf(name string) document.Document {
	return document.Document{URL: "https://region.exemple/" + name, Source: "s", Role: document.RoleStatement, Body: "Région Exemple", Visibility: document.Public}
}

func snapshotOf(content string) document.Snapshot {
	return document.Snapshot{URL: "https://region.exemple/a", FinalURL: "https://region.exemple/a", MediaType: "text/plain", Status: 200, Content: []byte(content), SHA256: digestOf(content), FetchedAt: time.Unix(1, 0)}
}

// docWithClaim keeps a version of a document whose whole text is one claim.
func docWithClaim(t *testing.T, db *store.DB, content string) store.Kept {
	t.Helper()
	kept, err := db.SaveSnapshot(t.Context(), documentOf("a"), "", snapshotOf(content))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.SaveReading(t.Context(), kept.Snapshot, Engine, &document.Reading{State: document.StateRead, Text: content}); err != nil {
		t.Fatal(err)
	}
	c := claims.Claim{ID: "c1", URL: "https://region.exemple/a", Span: document.Span{End: len(content)}, Quote: content, Worth: true, Visibility: document.Public}
	if err := db.SaveExtraction(t.Context(), kept.Document, kept.Snapshot, []claims.Claim{c}, nil); err != nil {
		t.Fatal(err)
	}
	return kept
}

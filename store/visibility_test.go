package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"contredit/claims"
	"contredit/document"
	"contredit/evidence"
	"contredit/store"
)

// What becomes private takes along every pair that rests on it, and stays private when it is linked again.
func TestWhatBecomesPrivateIsHidden(t *testing.T) {
	ctx := context.Background()
	for name, becomes := range map[string]func(*testing.T, *store.DB, document.Document){
		"BroughtInAgain": func(t *testing.T, db *store.DB, d document.Document) {
			d.Visibility = document.Private
			if _, err := db.SaveSnapshot(ctx, d, "", document.Snapshot{URL: d.URL, FinalURL: d.URL, MediaType: "text/plain", Status: 200, Content: []byte("texte"), SHA256: "a", FetchedAt: time.Unix(9, 0)}); err != nil {
				t.Fatal(err)
			}
		},
		"InTheConfiguration": func(t *testing.T, db *store.DB, d document.Document) {
			if n, err := db.HideSources(ctx, []string{"autre", d.Source}); err != nil || n != 1 {
				t.Fatalf("%d documents hidden (%v)", n, err)
			}
			if n, err := db.HideSources(ctx, []string{d.Source}); err != nil || n != 0 {
				t.Fatalf("a second time: %d documents hidden (%v)", n, err)
			}
		},
	} {
		for _, what := range []string{"said", "record", "support"} {
			t.Run(name+"/"+what, func(t *testing.T) {
				db := mustOpen(t)
				docs := map[string]document.Document{}
				kept := map[string]store.Kept{}
				for i, key := range []string{"said", "record", "support"} {
					role := document.RoleRecord
					if key == "said" {
						role = document.RoleStatement
					}
					d := document.Document{URL: "https://region.exemple/" + key, Source: key, Role: role, Body: "Région", Visibility: document.Public}
					k, err := db.SaveSnapshot(ctx, d, "", document.Snapshot{URL: d.URL, FinalURL: d.URL, MediaType: "text/plain", Status: 200, Content: []byte("texte"), SHA256: "a", FetchedAt: time.Unix(int64(i), 0)})
					if err != nil {
						t.Fatal(err)
					}
					docs[key], kept[key] = d, k
				}
				c := claims.Claim{ID: "c1", URL: docs["said"].URL, Quote: "texte", Worth: true, Visibility: document.Public}
				if err := db.SaveExtraction(ctx, kept["said"].Document, kept["said"].Snapshot, []claims.Claim{c}, nil); err != nil {
					t.Fatal(err)
				}
				l := claims.Link{ID: "l1", Claim: c, Kind: claims.KindNumber, Score: 0.5, Visibility: document.Public,
					Evidence: []claims.Evidence{{URL: docs["record"].URL, Quote: "texte"}}, Support: &claims.Evidence{URL: docs["support"].URL, Quote: "texte"}}
				if err := db.SaveLinks(ctx, c.ID, []claims.Link{l}); err != nil {
					t.Fatal(err)
				}
				shown := func() int {
					t.Helper()
					list, err := db.Links(ctx, store.LinkFilter{})
					if err != nil {
						t.Fatal(err)
					}
					return len(list)
				}
				if shown() != 1 {
					t.Fatal("the pair is not shown while all is public")
				}
				becomes(t, db, docs[what])
				if shown() != 0 {
					t.Errorf("the pair is still shown to everybody")
				}
				if one, err := db.Link(ctx, l.ID); err != nil || one.Visibility != document.Private || evidence.IsPublic(one.Link) {
					t.Errorf("read by its id the pair is %q (%v)", one.Visibility, err)
				}
				if _, err := db.Dossier(ctx, []string{l.ID}, false); !errors.Is(err, store.ErrPrivate) {
					t.Errorf("its dossier leaves the house: %v", err)
				}
				again, err := db.Claim(ctx, c.ID)
				if err != nil || (again.Visibility == document.Private) != (what == "said") {
					t.Errorf("the claim is %q (%v): a later linking goes by that", again.Visibility, err)
				}
			})
		}
	}
}

package pipeline

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"contredit/claims"
	"contredit/document"
	"contredit/french"
	"contredit/store"
)

// Who is put right in the directory is whom the next extraction names, and no longer once that is
// taken back.
func TestCorrectedPersonIsTheNextSpeaker(t *testing.T) {
	ctx := context.Background()
	db, err := store.Open(ctx, filepath.Join(t.TempDir(), "contredit.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	lexicon, err := french.LoadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	analyzer, configured := french.NewAnalyzer(lexicon), claims.NewDirectory()
	configured.Add(claims.Member{Name: "Anne Morel", Function: "présidente", Body: "Région Exemple"})
	p := &Pipeline{DB: db, Analyzer: analyzer, Extractor: &claims.Extractor{Analyzer: analyzer, Directory: configured, Glossary: french.Glossary{}},
		Linker: func(index *claims.Memory, directory *claims.Directory) *claims.Linker {
			return claims.NewLinker(index, directory, analyzer)
		}}
	const text = "La ligne Aubrives a été rouverte le 4 mars 2024 pour 12 millions d’euros."
	const url = "https://region.exemple/debats"
	kept, err := db.SaveSnapshot(ctx, document.Document{URL: url, Source: "s", Role: document.RoleStatement, Body: "Région Exemple", Visibility: document.Public}, "",
		document.Snapshot{URL: url, FinalURL: url, MediaType: "text/plain", Status: 200, Content: []byte(text), SHA256: "1", FetchedAt: time.Unix(1, 0)})
	if err != nil {
		t.Fatal(err)
	}
	span := document.Span{End: len(text)}
	r := &document.Reading{State: document.StateRead, Date: "2024-04-01", Text: text, Passages: []document.Passage{{Span: span, Kind: document.KindParagraph}},
		Turns: []document.Turn{{Span: span, Label: "Mme la Présidente"}}}
	if err := db.SaveReading(ctx, kept.Snapshot, Engine, r); err != nil {
		t.Fatal(err)
	}
	speaker := func(want string) {
		t.Helper()
		if _, err := p.Process(ctx); err != nil {
			t.Fatal(err)
		}
		all, err := db.ClaimsOf(ctx, kept.Document)
		if err != nil || len(all) != 1 || all[0].Speaker != want {
			t.Errorf("%d claims, %+v (%v); want one of %s", len(all), all, err, want)
		}
		if waits, err := db.HasWork(ctx); err != nil || waits {
			t.Errorf("work is left: %v, %v", waits, err)
		}
	}
	speaker("Anne Morel")
	put, err := store.SetPerson(claims.PersonKey("Anne Morel"), nil, claims.Person{Name: "Anne Morel", Offices: []claims.Office{{Function: "présidente", Body: "Région Exemple", To: "2023-12-31"}}})
	if err != nil {
		t.Fatal(err)
	}
	next, err := store.SetPerson(claims.PersonKey("Claire Dupont"), nil, claims.Person{Name: "Claire Dupont", Offices: []claims.Office{{Function: "présidente", Body: "Région Exemple", From: "2024-01-01"}}})
	if err != nil {
		t.Fatal(err)
	}
	done, err := db.SaveOverrides(ctx, "Mme Dupont", put, next)
	if err != nil {
		t.Fatal(err)
	}
	speaker("Claire Dupont")
	if err := db.UndoOverride(ctx, done[0].ID, "Mme Dupont"); err != nil {
		t.Fatal(err)
	}
	speaker("Anne Morel")
	if list, err := db.Directory(ctx); err != nil || len(list) == 0 || list[0].Name != "Anne Morel" {
		t.Errorf("the directory that was learned: %+v, %v", list, err)
	}
}

package claims_test

import (
	"context"
	"fmt"
	"testing"

	"contredit/claims"
	"contredit/document"
	"contredit/french"
)

// TestVoteWithoutBodyOrDay holds that a claim that names neither is compared with the votes on its
// subject among many records, and only with those of records that still stand.
func TestVoteWithoutBodyOrDay(t *testing.T) {
	lexicon, err := french.LoadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	analyzer := french.NewAnalyzer(lexicon)
	index := claims.NewMemory(analyzer)
	subjects := []string{"tramway", "vélodrome", "crématorium", "conservatoire", "patinoire"}
	record := func(n int, vote string) (document.Document, *document.Reading) {
		doc, r := minutesOf(n, []string{"Le président présente le rapport aux membres de l'assemblée.", vote, "La séance est levée à midi par le président."})
		r.Title, doc.Date = fmt.Sprintf("Procès-verbal de la séance plénière n° %d", n), fmt.Sprintf("2025-03-%02d", 1+n%28)
		return doc, r
	}
	for n := range 200 {
		index.AddDocument(record(n, fmt.Sprintf("Le rapport sur le %s de la commune n° %d est adopté à l'unanimité.", subjects[n%len(subjects)], n)))
	}
	index.AddDocument(record(900, "Le rapport sur le funiculaire de Bellecombe est rejeté par 40 voix contre 12."))
	linker := claims.NewLinker(index, claims.NewDirectory(), analyzer)
	claim := claims.Claim{ID: "c", URL: "https://conseil.example/cp", Quote: "Le funiculaire de Bellecombe a été adopté à l'unanimité.", Speaker: "Claire Dupont", Date: "2025-10-09", Worth: true}
	link := func() (claims.Link, bool) {
		links, err := linker.Link(context.Background(), claim)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range links {
			for _, term := range l.Terms {
				if term.Name == "structure_vote" {
					return l, true
				}
			}
		}
		return claims.Link{}, false
	}
	l, found := link()
	if !found || l.Evidence[0].URL != "https://conseil.example/900" {
		t.Fatalf("found %t: %+v, want the vote of record 900", found, l)
	}
	t.Run("APlanIsNoVote", func(t *testing.T) {
		doc, r := record(900, "Le rapport sur le funiculaire de Bellecombe serait rejeté par 40 voix contre 12, selon un élu.")
		index.AddDocument(doc, r)
		if l, found := link(); found {
			t.Errorf("a vote that may come is taken for one: %+v", l)
		}
	})
	t.Run("AVersionThatIsGoneSaysNothing", func(t *testing.T) {
		index.AddDocument(record(900, "Le rapport sur le funiculaire de Bellecombe est rejeté par 40 voix contre 12."))
		if _, found := link(); !found {
			t.Fatal("the vote is not found again")
		}
		index.AddDocument(record(900, "Le rapport sur le funiculaire de Bellecombe est retiré de l'ordre du jour."))
		if l, found := link(); found {
			t.Errorf("the vote of an older version is found: %+v", l)
		}
	})
	t.Run("TheClaimsOwnDocumentIsLeftOut", func(t *testing.T) {
		doc, r := record(900, "Le rapport sur le funiculaire de Bellecombe est rejeté par 40 voix contre 12.")
		index.AddDocument(doc, r)
		claim.URL = doc.URL
		if l, found := link(); found {
			t.Errorf("a document is held against itself: %+v", l)
		}
	})
}

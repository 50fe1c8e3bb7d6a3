package claims_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"contredit/claims"
	"contredit/document"
	"contredit/french"
)

// minutesOf is a record with these sentences, a paragraph each.
func minutesOf(n int, sentences []string) (document.Document, *document.Reading) {
	r := &document.Reading{State: document.StateRead, Title: fmt.Sprintf("Procès-verbal %d", n), Text: strings.Join(sentences, "\n")}
	at := 0
	for i, s := range sentences {
		r.Passages = append(r.Passages, document.Passage{
			Span: document.Span{Start: at, End: at + len(s)}, Kind: document.KindParagraph,
			Heading: fmt.Sprintf("Rapport %d", i/3), Locator: document.Locator{Page: 1 + i/5},
		})
		at += len(s) + 1
	}
	return document.Document{URL: fmt.Sprintf("https://conseil.example/%d", n), Role: document.RoleRecord, Date: "2025-10-09"}, r
}

// TestIndexHoldsEverySentenceAsItStands holds that what the index unpacks for a candidate is
// what the record says, where it says it.
func TestIndexHoldsEverySentenceAsItStands(t *testing.T) {
	lexicon, err := french.LoadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	analyzer := french.NewAnalyzer(lexicon)
	rng := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("la subvention du lycée agricole baisse en commission permanente avec les agents de région votée sans débat train gare budget")
	index := claims.NewMemory(analyzer)
	texts := map[string]string{}
	for n := range 900 { // more than the index keeps unpacked
		var sentences []string
		for range 7 {
			picked := make([]string, 9)
			for i := range picked {
				picked[i] = words[rng.IntN(len(words))]
			}
			sentences = append(sentences, "Le conseil "+strings.Join(picked, " ")+".")
		}
		doc, r := minutesOf(n, sentences)
		index.AddDocument(doc, r)
		texts[doc.URL] = r.Text
	}
	linker := claims.NewLinker(index, claims.NewDirectory(), analyzer)
	for range 30 {
		quote := "La " + words[rng.IntN(len(words))] + " du " + words[rng.IntN(len(words))] + " est votée."
		found := linker.Candidates(claims.Claim{URL: "https://conseil.example/cp", Quote: quote, Date: "2025-10-09"}, 40)
		if len(found) != 40 {
			t.Fatalf("%d candidates for %q, want 40", len(found), quote)
		}
		for i, c := range found {
			e := c.Evidence
			if e.Span.In(texts[e.URL]) != e.Quote {
				t.Fatalf("%s at %v holds %q, the index says %q", e.URL, e.Span, e.Span.In(texts[e.URL]), e.Quote)
			}
			nth := strings.Count(texts[e.URL][:e.Span.Start], "\n")
			if e.Heading != fmt.Sprintf("Rapport %d", nth/3) || e.Locator.Page != 1+nth/5 {
				t.Errorf("sentence %d stands under %q on page %d", nth, e.Heading, e.Locator.Page)
			}
			if i > 0 && c.Rank > found[i-1].Rank {
				t.Errorf("candidate %d of %q has a better rank than the one before", i, quote)
			}
		}
	}
}

// heldIndex is an index of twelve thousand sentences about subsidies.
func heldIndex(b *testing.B) (*claims.Memory, *french.Analyzer) {
	b.Helper()
	lexicon, err := french.LoadLexicon()
	if err != nil {
		b.Fatal(err)
	}
	analyzer := french.NewAnalyzer(lexicon)
	index := claims.NewMemory(analyzer)
	for n := range 100 {
		index.AddDocument(minutesOf(n, subsidies(n)))
	}
	return index, analyzer
}

func subsidies(n int) (sentences []string) {
	for i := range 120 {
		sentences = append(sentences, fmt.Sprintf("Le conseil vote une subvention de %d euros au lycée numéro %d.", n*1000+i, i))
	}
	return sentences
}

// BenchmarkCandidates looks for the records of a claim among twelve thousand sentences.
func BenchmarkCandidates(b *testing.B) {
	index, analyzer := heldIndex(b)
	linker := claims.NewLinker(index, claims.NewDirectory(), analyzer)
	for b.Loop() {
		linker.Candidates(claims.Claim{Quote: "La subvention du lycée numéro 12 a baissé.", Date: "2025-10-09"}, 40)
	}
}

// BenchmarkNearest is the search that they begin with, alone.
func BenchmarkNearest(b *testing.B) {
	index, analyzer := heldIndex(b)
	linker := claims.NewLinker(index, claims.NewDirectory(), analyzer)
	for b.Loop() {
		linker.Nearest(claims.Claim{Quote: "La subvention du lycée numéro 12 a baissé.", Date: "2025-10-09"}, 40)
	}
}

// BenchmarkLink links claims of several kinds with the same sentences.
func BenchmarkLink(b *testing.B) {
	index, analyzer := heldIndex(b)
	linker := claims.NewLinker(index, claims.NewDirectory(), analyzer)
	quotes := []string{"La subvention du lycée numéro 12 a baissé.", "Le lycée numéro 7 n’a reçu aucune subvention.", "La subvention de 12 000 euros a été rejetée par le conseil."}
	for i := 0; b.Loop(); i++ {
		if _, err := linker.Link(b.Context(), claims.Claim{ID: "c", Quote: quotes[i%len(quotes)], Date: "2025-10-09"}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAddDocument enters a record of 120 sentences into the index, in the place of its earlier version.
func BenchmarkAddDocument(b *testing.B) {
	index, _ := heldIndex(b)
	doc, r := minutesOf(7, subsidies(7))
	for b.Loop() {
		index.AddDocument(doc, r)
	}
}

// BenchmarkTouched asks which of ten thousand claims a record of 120 sentences touches.
func BenchmarkTouched(b *testing.B) {
	index, _ := heldIndex(b)
	earlier := claims.NewClaimIndex()
	for i := range 10_000 {
		earlier.Add(claims.Claim{ID: fmt.Sprint(i), Date: "2025-10-09", Quote: fmt.Sprintf("La subvention du lycée numéro %d passe à %d euros.", i%120, i)})
	}
	doc, _ := minutesOf(7, nil)
	for b.Loop() {
		if t := earlier.Touched(index, doc.URL); len(t.Sentences) == 0 {
			b.Fatal("no claim is touched")
		}
	}
}

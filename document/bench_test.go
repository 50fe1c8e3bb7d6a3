package document_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"contredit/document"
)

// BenchmarkReadMinutes reads an invented verbatim report of some two hundred pages: labels,
// votes, directions and a roll of eighty.
func BenchmarkReadMinutes(b *testing.B) {
	var page strings.Builder
	page.WriteString("<!doctype html><html><head><title>Procès-verbal</title></head><body><main><h1>Séance du 12 mars 2025</h1><p>Sous la présidence de M. Lucien Trévoux. Étaient présents : ")
	for i := 0; i < 80; i++ {
		fmt.Fprintf(&page, "M. Jean %c%s, ", 'A'+i%26, strings.Repeat(string(rune('a'+i/4%26)), 4))
	}
	page.WriteString("Mme Anne Prévert.</p>")
	for i := 0; i < 60; i++ {
		fmt.Fprintf(&page, "<h2>%d. Rapport n° 25.03.%03d</h2>", i+1, i)
		for j := 0; j < 30; j++ {
			page.WriteString("<p>M. le Président. – La parole est à Mme Prévert.</p><p>Mme PRÉVERT. – " + strings.Repeat("Le rapport prévoit douze millions d’euros pour les lycées de la vallée en 2025. ", 5) + "(Applaudissements.)</p>")
		}
		page.WriteString("<p>Adopté par 43 voix contre 27, 7 abstentions.</p>")
	}
	content := []byte(page.String())
	origin := document.Origin{URL: "https://conseil.example/pv.html", MediaType: "text/html"}
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for b.Loop() {
		r, err := document.Reader{}.Read(context.Background(), origin, content)
		if err != nil || len(r.Turns) != 3600 || len(r.Minutes.Votes) != 60 {
			b.Fatalf("%v, %d turns, %d votes", err, len(r.Turns), len(r.Minutes.Votes))
		}
	}
}

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

// BenchmarkReadPages makes passages and minutes of the lines of forty PDF pages.
func BenchmarkReadPages(b *testing.B) {
	var pages []document.Page
	for n := range 40 {
		page := document.Page{Number: n + 1, Width: 595, Height: 842}
		for i := range 45 {
			line := document.Line{Text: fmt.Sprintf("Le rapport %d prévoit douze millions d’euros pour les lycées de la vallée,", n), Left: 57, Right: 530, Top: 60 + 16*float64(i), Size: 11}
			if i%9 == 0 {
				line.Text, line.Right, line.Bold = fmt.Sprintf("%d. Rapport n° 25.03.%03d", i, n), 200, true
			}
			line.Bottom = line.Top + 12
			page.Lines = append(page.Lines, line)
		}
		pages = append(pages, page)
	}
	reader, origin := document.Reader{PDF: drawn{pages, document.StateRead}}, document.Origin{URL: "https://conseil.example/pv.pdf", MediaType: "application/pdf"}
	b.ReportAllocs()
	for b.Loop() {
		r, err := reader.Read(b.Context(), origin, []byte("%PDF-1.7"))
		if err != nil || len(r.Passages) < 200 {
			b.Fatalf("%v, %d passages", err, len(r.Passages))
		}
	}
	b.ReportMetric(float64(b.N*len(pages))/b.Elapsed().Seconds(), "pages/s")
}

// BenchmarkReadCaptions reads two hours of captions.
func BenchmarkReadCaptions(b *testing.B) {
	var text strings.Builder
	text.WriteString("WEBVTT\n\n")
	for i := range 2400 {
		fmt.Fprintf(&text, "%02d:%02d:%02d.000 --> %02d:%02d:%02d.900\nLe rapport numéro %d prévoit douze millions d’euros.\n\n", i/1200, i/20%60, i%20*3, i/1200, i/20%60, i%20*3+2, i)
	}
	content, origin := []byte(text.String()), document.Origin{URL: "https://conseil.example/s.vtt", MediaType: "text/vtt"}
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		if r, err := (document.Reader{}).Read(b.Context(), origin, content); err != nil || len(r.Passages) == 0 {
			b.Fatalf("%v, %+v", err, r)
		}
	}
}

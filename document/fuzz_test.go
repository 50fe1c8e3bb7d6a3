package document_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"contredit/document"
)

// checkSpans says what holds for every reading: passages stand in the text, in order, apart
// from each other; turns, votes, items, directions and attendees lie inside the text.
func checkSpans(t *testing.T, r *document.Reading) {
	t.Helper()
	inside := func(what string, s document.Span) {
		if s.Start < 0 || s.Start > s.End || s.End > len(r.Text) {
			t.Fatalf("%s %v lies outside of a text of %d bytes", what, s, len(r.Text))
		}
		if !utf8.ValidString(s.In(r.Text)) {
			t.Fatalf("%s %v cuts a character: %q", what, s, s.In(r.Text))
		}
	}
	last := 0
	for _, p := range r.Passages {
		inside("passage", p.Span)
		if p.Start < last {
			t.Fatalf("passage %v begins before the end of the last, %d", p.Span, last)
		}
		if p.Lead < 0 || p.Lead > p.Len() {
			t.Fatalf("passage %v has a lead of %d bytes", p.Span, p.Lead)
		}
		last = p.End
	}
	for i, u := range r.Turns {
		inside("turn", u.Span)
		if i > 0 && u.Start < r.Turns[i-1].Start {
			t.Fatalf("turn %v comes after %v", u.Span, r.Turns[i-1].Span)
		}
	}
	for _, f := range r.Report {
		inside("finding", f.Span)
	}
	if r.Minutes == nil {
		return
	}
	for _, a := range r.Minutes.Attendance {
		inside("attendee "+a.Name, a.Span)
	}
	for i, it := range r.Minutes.Items {
		inside("item "+it.Title, it.Span)
		if i > 0 && it.Span.Start < r.Minutes.Items[i-1].Span.End {
			t.Fatalf("item %v overlaps %v", it.Span, r.Minutes.Items[i-1].Span)
		}
	}
	for _, v := range r.Minutes.Votes {
		inside("vote", v.Span)
	}
	for _, d := range r.Minutes.Directions {
		inside("direction", d.Span)
		if d.Span.In(r.Text) != d.Text {
			t.Fatalf("direction %q stands at %q", d.Text, d.Span.In(r.Text))
		}
	}
}

func FuzzReadPage(f *testing.F) {
	for _, page := range []string{
		roll + `<p>M. SORIN. – Bonjour.</p><p>(M. ABEL-ROY. – Et l’eau ?)</p><p>Mme PRÉVERT, rapporteure. – Merci.</p>`,
		`<h1>Séance du 12 mars 2025</h1><h2>1. Budget</h2><p>Adopté par 43 voix (A, B) contre 27, 7 abstentions. Même vote.</p><table><tr><th>Pour</th><th>Contre</th></tr><tr><td>Total</td><td>1</td><td>2</td></tr></table>`,
		`<p>Présents : M. MMES Anne PRÉVERT, Luc SORIN (pouvoir à Jean ALBY), et Mme X.</p><p>Luc SORIN donne pouvoir à Anne PRÉVERT</p>`,
		`<h1>Anne Prévert : « Oui »</h1><p><b>Pourquoi ?</b></p><p>Parce que.</p><p><b>Et ?</b></p><p>Voilà.</p>`,
		"<p>\xff\xfeM. \x00 – Bonjour.</p><li>25.03.118 – Lycées</li>",
	} {
		f.Add([]byte("<!doctype html><html><body><main>" + page))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		r, err := document.Reader{}.Read(context.Background(), document.Origin{URL: "https://r.example/a.html", MediaType: "text/html",
			FetchedAt: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}, content)
		if err != nil {
			t.Skip(err)
		}
		checkSpans(t, r)
		for _, p := range r.Passages {
			r.OpenAt("https://r.example/a.html", p.Span, "")
		}
	})
}

func FuzzReadCaptionTurns(f *testing.F) {
	f.Add("la parole est à madame Prévert", "merci monsieur le président", "je vous entends madame Prévert")
	f.Add("Monsieur Sorin, combien ?", "Deux.", "Un mot comme président du comité, merci.")
	f.Add(">> qui est pour ?", "- non", "[Rires]")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		r, err := document.Reader{}.Read(context.Background(), document.Origin{URL: "https://r.example/a.vtt", MediaType: "text/vtt"}, []byte(captionsOf(a, "", b, "", c)))
		if err != nil {
			t.Skip(err)
		}
		checkSpans(t, r)
	})
}

// FuzzOpenAt: whatever the quote, the directive parts again into terms that stand in it.
func FuzzOpenAt(f *testing.F) {
	for _, quote := range []string{"co-construction, 12 % & « plus »", "a\nb ; c", strings.Repeat("le même mot ", 60), "œuvre\u00a0: 100 % 🙂", "-,-&text=", "%2D"} {
		f.Add(quote)
	}
	f.Fuzz(func(t *testing.T, quote string) {
		address := document.OpenAt("https://r.example/a", document.Locator{Anchor: "p-1"}, quote, "")
		parsed, err := url.Parse(address)
		if err != nil {
			t.Fatalf("%q: %v", address, err)
		}
		_, directive, found := strings.Cut(parsed.EscapedFragment(), ":~:text=")
		if !found {
			return
		}
		terms := strings.Split(directive, ",")
		if len(terms) > 2 || strings.ContainsAny(directive, "-& ") {
			t.Fatalf("%q is no start and end", directive)
		}
		folded := strings.Join(strings.Fields(quote), " ")
		for _, term := range terms {
			words, err := url.PathUnescape(term)
			if err != nil {
				t.Fatal(err)
			}
			if utf8.ValidString(quote) && !strings.ContainsFunc(quote, odd) && !strings.Contains(folded, words) {
				t.Errorf("%q does not stand in %q", words, folded)
			}
		}
	})
}

// odd characters are folded away or to a space otherwise than strings.Fields does.
func odd(c rune) bool {
	return c < 0x20 && c != '\n' && c != '\t' || c >= 0x7F && c <= 0x9F || c == 0xAD || c >= 0x1680 && c <= 0x206F && c != '’' && c != '…' || c == 0x3000 || c == 0xFEFF
}

func FuzzReadDrawnPages(f *testing.F) {
	f.Add("Le comité examine la consul-", "tation de la vice-", "présidente.", uint16(50), uint16(310), uint16(120), true)
	f.Add("• Contre :", "18", "1. Budget", uint16(0), uint16(599), uint16(820), false)
	f.Add("\u200b", "\u200b", "\u200b", uint16(50), uint16(50), uint16(120), false)
	f.Add("", "-", "é\xff -\x00", uint16(7), uint16(7), uint16(7), true)
	f.Fuzz(func(t *testing.T, a, b, c string, x, y, z uint16, bold bool) {
		var pages []document.Page
		for n := range 3 {
			p := document.Page{Number: n + 1, Width: 600, Height: 840}
			for i := range 15 {
				text := []string{a, b, c}[(i+n)%3]
				left, top := float64([]uint16{x, y, z}[i%3]), float64((int(z)+13*i+int(x)*n)%900)
				p.Lines = append(p.Lines, document.Line{Text: text, Left: left, Right: left + 5*float64(len(text)), Top: top, Bottom: top + 9, Size: float64(int(y)%30) / 2, Bold: bold && i%4 == 0})
			}
			pages = append(pages, p)
		}
		r, err := document.Reader{PDF: drawn{pages, document.StateRead}}.Read(context.Background(), document.Origin{URL: "https://r.example/a.pdf"}, []byte("%PDF-1.7"))
		if err != nil {
			t.Fatal(err)
		}
		checkSpans(t, r)
		for _, p := range r.Passages {
			last := p.Start
			for _, m := range p.Marks {
				if m.Offset < last || m.Offset > p.End {
					t.Fatalf("the page changes at %d, outside of %v or before %d", m.Offset, p.Span, last)
				}
				last = m.Offset
			}
			if p.Lead < 0 || p.Lead > p.Len() {
				t.Fatalf("a label of %d bytes in %v", p.Lead, p.Span)
			}
		}
	})
}

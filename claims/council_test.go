package claims_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"contredit/claims"
	"contredit/document"
	"contredit/french"
)

// TestAbsenceIsOfOneCouncil holds that « le comité social territorial » is that of whoever speaks, where
// minutes of several councils are kept; where nothing says whose it is, nothing is said.
func TestAbsenceIsOfOneCouncil(t *testing.T) {
	lexicon, err := french.LoadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	analyzer := french.NewAnalyzer(lexicon)
	for name, tt := range map[string]struct {
		sites []string // of the minutes
		said  string   // where the claim was published
		want  int      // meetings looked through; 0 for no flag
	}{
		"OneCouncil":                  {[]string{"https://www.bellecombe.fr/", "https://cst.bellecombe.fr/"}, "https://presse.example/a", 2},
		"SeveralAndTheSpeakersOwn":    {[]string{"https://www.bellecombe.fr/", "https://www.vaubrun.fr/", "https://cst.bellecombe.fr/"}, "https://www.bellecombe.fr/cp", 2},
		"SeveralAndAPaper":            {[]string{"https://www.bellecombe.fr/", "https://www.vaubrun.fr/"}, "https://presse.example/a", 0},
		"WhatCameByHandIsOfAny":       {[]string{"file:///depot/", "https://www.vaubrun.fr/"}, "https://presse.example/a", 2},
		"OneCouncilOnItsOwnAndByHand": {[]string{"file:///depot/", "https://www.vaubrun.fr/", "https://www.bellecombe.fr/"}, "https://www.vaubrun.fr/cp", 2},
	} {
		t.Run(name, func(t *testing.T) {
			index := claims.NewMemory(analyzer)
			for n, site := range tt.sites {
				doc, r := minutesOf(n, []string{"Le comité social territorial examine le plan de formation des agents.", "La séance est levée à midi par le président."})
				doc.URL, doc.Body = fmt.Sprint(site, "pv-", n), "CST"
				doc.Date = fmt.Sprintf("2025-0%d-14", 3+n)
				r.Title = fmt.Sprintf("Procès-verbal du comité social territorial du 14 mars 2025, n° %d", n)
				r.Minutes = &document.Minutes{Body: "Comité social territorial", Date: doc.Date, Items: make([]document.AgendaItem, 2)}
				index.AddDocument(doc, r)
			}
			for n := range 60 { // what makes a word rare
				doc, r := minutesOf(500+n, []string{"Le conseil adopte le budget de la commune."})
				doc.Role = document.RoleRecord
				index.AddDocument(doc, r)
			}
			linker := claims.NewLinker(index, claims.NewDirectory(), analyzer)
			links, err := linker.Link(context.Background(), claims.Claim{ID: "c", URL: tt.said, Quote: "Le télétravail a été présenté en comité social territorial en 2025.", Speaker: "Claire Dupont", Date: "2025-12-09", Worth: true})
			if err != nil {
				t.Fatal(err)
			}
			read, where := 0, ""
			for _, l := range links {
				if l.Kind == claims.KindAbsence {
					read = len(l.Absence.Read)
					for _, m := range l.Absence.Read {
						where += m.URL + " "
					}
				}
			}
			if read != tt.want || strings.Contains(tt.said, "bellecombe") && strings.Contains(where, "vaubrun") {
				t.Errorf("%d meetings looked through, want %d: %s", read, tt.want, where)
			}
		})
	}
}

package french_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"contredit/french"
)

func TestDates(t *testing.T) {
	ref := time.Date(2025, 6, 26, 0, 0, 0, 0, time.UTC) // a Thursday
	relations := []string{"", "avant ", "après ", "depuis ", "jusqu’à ", "d’ici "}
	for text, want := range map[string]string{
		"le 27 mars 2025":                              "2025-03-27",
		"Le 1er janvier 2026, la règle change":         "2026-01-01",
		"Réuni le jeudi 3 avril":                       "2025-04-03",
		"Les comptes seront ouverts le 3 février":      "2026-02-03",
		"avant le 31 mars 2025":                        "avant 2025-03-31",
		"à compter du 1er septembre 2025":              "depuis 2025-09-01",
		"au plus tard le 30 juin 2026":                 "d’ici 2026-06-30",
		"du 3 au 12 juin 2025":                         "2025-06-03..2025-06-12",
		"entre mars et mai 2025":                       "2025-03-01..2025-05-31",
		"en octobre 2024":                              "2024-10-01..2024-10-31",
		"au second semestre 2026":                      "2026-07-01..2026-12-31",
		"au deuxième trimestre 2027":                   "2027-04-01..2027-06-30",
		"à la rentrée 2025":                            "2025-09-01..2025-09-30",
		"dès la rentrée de septembre 2025":             "depuis 2025-09-01..2025-09-30",
		"l’été dernier, puis l’été prochain":           "2024-06-01..2024-08-31; 2026-06-01..2026-08-31",
		"au premier trimestre prochain":                "2026-01-01..2026-03-31",
		"En 2023, pardon, en 2024":                     "2024-01-01..2024-12-31",
		"au printemps":                                 "2025-03-01..2025-05-31",
		"à l’automne 2024":                             "2024-09-01..2024-11-30",
		"pour la période 2025-2028":                    "2025-01-01..2028-12-31",
		"depuis 2021":                                  "depuis 2021-01-01..2021-12-31",
		"d’ici 2027":                                   "d’ici 2027-01-01..2027-12-31",
		"L’an dernier, les trains":                     "2024-01-01..2024-12-31",
		"en deux mille vingt-cinq":                     "2025-01-01..2025-12-31",
		"cette année":                                  "2025-01-01..2025-12-31",
		"hier":                                         "2025-06-25",
		"lundi dernier":                                "2025-06-23",
		"il y a trois mois":                            "2025-03-01..2025-03-31",
		"12/06/2025":                                   "2025-06-12",
		"2025-06-12":                                   "2025-06-12",
		"l’année scolaire 2024-2025":                   "2024-09-01..2025-08-31",
		"la délibération n° 25.03.118 et 2 310 agents": "",
		"le 31 février 2025":                           "",
		"du 13 mars au 2 avril 2025":                   "2025-03-13..2025-04-02",
		"13-15 mars 2025":                              "2025-03-13..2025-03-15",
		"entre le 3 et le quinze mai 2025":             "2025-05-03..2025-05-15",
		"les 13 et 15 mars 2025":                       "2025-03-15",
		"le douze mars deux mille vingt-cinq":          "2025-03-12",
		"le 12/06":                                     "2025-06-12",
		"les 2/3 des agents":                           "",
		"3/4 des élus":                                 "",
		"pour 20 2 14, contre 3":                       "",
		"le 12/06/25":                                  "2025-06-12",
		"la deuxième semaine de mars 2025":             "2025-03-10..2025-03-16",
		"le premier mercredi du mois dernier":          "2025-05-07",
		"mardi de la semaine dernière":                 "2025-06-17",
		"jeudi 12":                                     "2025-06-12",
		"le lendemain":                                 "2025-06-27",
		"Reçu le 3 mars 2025, il a écrit le lendemain": "2025-03-03; 2025-03-04",
		"Rien n’est ouvert à ce jour":                  "",
		"avant la fin de 2026":                         "d’ici 2026-09-01..2026-12-31",
		"avant la fin de l’année":                      "d’ici 2025-11-01..2025-12-31",
		"la veille du vote":                            "",
		"ces trois derniers mois":                      "2025-03-01..2025-05-31",
		"les deux dernières années":                    "2023-01-01..2024-12-31",
		"Adopté le 3 mars 2025, entré en vigueur deux mois plus tard": "2025-03-03; 2025-05-01..2025-05-31",
		"en fin d’année":             "2025-11-01..2025-12-31",
		"à la fin du mois":           "2025-06-21..2025-06-30",
		"avant Noël":                 "avant 2024-12-25",
		"la semaine du 16 juin 2025": "2025-06-16..2025-06-22",
		"fin mars 2025":              "2025-03-21..2025-03-31",
		"à la fin d’avril 2025":      "2025-04-21..2025-04-30",
	} {
		var got []string
		for _, p := range french.Dates(text, ref) {
			s := relations[p.Relation] + p.From.Format(time.DateOnly)
			if !p.To.Equal(p.From) {
				s += ".." + p.To.Format(time.DateOnly)
			}
			got = append(got, s)
			if p.Span.Start < 0 || p.Span.End > len(text) || p.In(text) == "" {
				t.Errorf("%q: span %v", text, p.Span)
			}
		}
		if g := strings.Join(got, "; "); g != want {
			t.Errorf("%q: got %s, want %s", text, g, want)
		}
	}
	if got := french.Dates("le 3 avril, et le 27 mars 2025", time.Time{}); len(got) != 1 {
		t.Errorf("without a day of reference: %s", fmt.Sprint(got))
	}
}

func FuzzDates(f *testing.F) {
	for _, s := range []string{"du 3 au 12 juin 2025", "fin 2026", "à la rentrée", "deux mille vingt-cinq", "\xff 31 mars"} {
		f.Add(s)
	}
	ref := time.Date(2025, 6, 26, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, p := range french.Dates(text, ref) {
			if p.Span.Start < last || p.Span.End > len(text) || p.Span.Start > p.Span.End {
				t.Fatalf("%q: span %v after %d", text, p.Span, last)
			}
			last = p.Span.End
		}
	})
}

package french_test

import (
	"testing"
	"time"

	"contredit/french"
)

// TestDeadlines holds until when words leave time that were said on Monday the 12th of May 2025.
func TestDeadlines(t *testing.T) {
	said := time.Date(2025, time.May, 12, 0, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"Trois gares ouvriront dans les six mois.":                                     "2025-11-12",
		"Trois gares ouvriront dans les six prochains mois.":                           "2025-11-12",
		"Trois gares ouvriront dans les six mois qui viennent.":                        "2025-11-12",
		"Trois gares ouvriront dans les six mois suivant le vote.":                     "unknown",
		"Le rapport sera rendu dans un délai de deux mois à compter du vote.":          "unknown",
		"Le rapport sera rendu dans un délai de deux mois à compter de ce jour.":       "2025-07-12",
		"Nous tiendrons compte de ce qui fut dit dans les six mois précédents.":        "",
		"Le rapport sera rendu sous quinze jours.":                                     "2025-05-27",
		"Le rapport sera rendu sous 48 heures.":                                        "2025-05-14",
		"Le rapport sera rendu sous huitaine.":                                         "2025-05-20",
		"Le rapport sera rendu d’ici à dix-huit mois.":                                 "2026-11-12",
		"Le rapport sera rendu d’ici neuf mois et demi.":                               "2026-02-12",
		"Trois gares ouvriront avant l’été.":                                           "2025-06-20",
		"Trois gares ouvriront d’ici l’été.":                                           "2025-06-20",
		"Trois gares ouvriront d’ici la fin de l’été.":                                 "2025-09-20",
		"Trois gares ouvriront l’été prochain.":                                        "2025-09-20",
		"Trois gares ouvriront au printemps prochain.":                                 "2026-06-19",
		"Trois internats ouvriront d’ici la rentrée.":                                  "2025-09-01",
		"Trois internats ouvriront avant la rentrée 2026.":                             "2026-08-31",
		"Trois internats ouvriront à la rentrée.":                                      "2025-09-30",
		"Trois gares ouvriront d’ici la fin du mandat.":                                "mandate",
		"Trois gares ouvriront sous ce mandat.":                                        "mandate",
		"Trois gares ouvriront au premier trimestre prochain.":                         "2026-03-31",
		"Trois gares ouvriront au premier trimestre.":                                  "2026-03-31",
		"Trois gares ouvriront au premier semestre de l’année prochaine.":              "2026-06-30",
		"Trois gares ouvriront au quatrième trimestre.":                                "2025-12-31",
		"Trois gares ouvriront au trimestre prochain.":                                 "2025-09-30",
		"Trois gares ouvriront d’ici la fin du semestre.":                              "2025-06-30",
		"Trois gares ouvriront d’ici juin.":                                            "2025-06-30",
		"Trois gares ouvriront avant 2028.":                                            "2027-12-31",
		"Trois gares ouvriront d’ici à 2028.":                                          "2028-12-31",
		"Trois gares ouvriront avant la fin de 2028.":                                  "2028-12-31",
		"L’horaire changera au service d’hiver, le 14 décembre.":                       "2025-12-14",
		"Trois gares ouvriront après le 1er juin.":                                     "",
		"Trois gares ouvriront dans les prochains mois.":                               "",
		"Nous rouvrirons en 2027 les trois gares que la Région avait fermées en 2024.": "2027-12-31",
	} {
		due, ok := french.DeadlineOf(text, said)
		got := due.Day.Format(time.DateOnly)
		switch {
		case !ok:
			got = ""
		case due.Mandate:
			got = "mandate"
		case due.Day.IsZero():
			got = "unknown"
		}
		if got != want {
			t.Errorf("%q: due %q, want %q", text, got, want)
		}
		if due.End > len(text) || due.Start > due.End {
			t.Errorf("%q: words at %v are not in it", text, due.Span)
		}
	}
	leap := time.Date(2025, time.August, 31, 0, 0, 0, 0, time.UTC)
	if due, _ := french.DeadlineOf("Le rapport sera rendu dans les six mois.", leap); due.Day.Format(time.DateOnly) != "2026-02-28" {
		t.Errorf("six months after the 31st of August: %v, want the last of February", due.Day)
	}
}

package document_test

import (
	"slices"
	"testing"
	"time"

	"contredit/document"
)

// TestDatelineIsTheDayOfAText holds that a text is of the day that it gives as its own, not of the
// meetings that it tells of.
func TestDatelineIsTheDayOfAText(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"OnALineOfItsOwn":        {"Communiqué de presse\nLe 12 mai 2026\n\nNous avons réuni le CST le 3 mars 2026.", "2026-05-12"},
		"WithThePlace":           {"Exempleville, le 12 mai 2026\n\nLa séance du 12 février 2026 a duré trois heures.", "2026-05-12"},
		"OfTheRelease":           {"Communiqué de presse du 12 mai 2026\n\nLe conseil a adopté le budget le 3 avril 2026.", "2026-05-12"},
		"Published":              {"Publié le 12 mai 2026\n\nLa commission s'est réunie le 12 février 2026.", "2026-05-12"},
		"OfThePaper":             {"L'Écho de Brenne, mercredi 4 mars 2026\n\nLa commission s'est réunie le 12 février 2026 à Exempleville.", "2026-03-04"},
		"MinutesAreOfTheMeeting": {"Exempleville, le 20 mars 2026\n\nProcès-verbal de la séance du 12 mars 2026\n\nÉtaient présents : Mme Anne Morel, M. Paul Guérin.", "2026-03-12"},
		"NoneOfItsOwn":           {"La commission s'est réunie le 12 février 2026.\n\nElle a donné un avis.", "2026-02-12"},
		"NotLaterThanItWasHad":   {"Exempleville, le 12 mai 2027\n\nLa commission s'est réunie le 12 février 2026.", "2026-02-12"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := document.Reader{}.Read(t.Context(), document.Origin{URL: "https://exemple.example/a.txt", MediaType: "text/plain", FetchedAt: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)}, []byte(tt.text))
			if err != nil || r.Date != tt.want {
				t.Errorf("date %q (%v), want %q", r.Date, err, tt.want)
			}
		})
	}
}

// TestPlainLines holds that lines which a program broke are joined, and others are not.
func TestPlainLines(t *testing.T) {
	for name, tt := range map[string]struct {
		text string
		want []string
	}{
		"BrokenByAProgram": {"Titre\n\nLe conseil a examiné le rapport qui lui était présenté sur la\nrénovation des lycées et il a demandé que Claire Dupont\nrevienne avec un calendrier.", []string{"Titre", "Le conseil a examiné le rapport qui lui était présenté sur la rénovation des lycées et il a demandé que Claire Dupont revienne avec un calendrier."}},
		"TurnsOnALineEach": {"Séance\n\nM. LE PRÉSIDENT : La séance est ouverte.\nMme Julie MOREL : Nous avons reçu l'intersyndicale le 3 mars.\nM. Paul GUÉRIN. – Quatorze postes ont été créés.", []string{"Séance", "M. LE PRÉSIDENT : La séance est ouverte.", "Mme Julie MOREL : Nous avons reçu l'intersyndicale le 3 mars.", "M. Paul GUÉRIN. – Quatorze postes ont été créés."}},
		"Items":            {"Ordre du jour\n\n1. Budget primitif\n2. Tarifs de la cantine\n- questions diverses", []string{"Ordre du jour", "1. Budget primitif", "2. Tarifs de la cantine", "- questions diverses"}},
		"HeadOfARelease":   {"Communiqué de presse\nLe 12 mai 2026\n\nNous avons réuni le comité.", []string{"Communiqué de presse", "Le 12 mai 2026", "Nous avons réuni le comité."}},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := document.Reader{}.Read(t.Context(), document.Origin{URL: "https://exemple.example/a.txt", MediaType: "text/plain", FetchedAt: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)}, []byte(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range r.Passages {
				got = append(got, p.In(r.Text))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

package claims_test

import (
	"testing"

	"contredit/document"
)

// TestAnnouncedItems holds that what is said in a recording without headings is of the item of the agenda that
// was announced last, until another one, a vote or a long silence.
func TestAnnouncedItems(t *testing.T) {
	text, r := "", &document.Reading{State: document.StateRead, Title: "Séance du 9 octobre"}
	say := func(at float64, words string) {
		start := len(text)
		text += words
		r.Passages = append(r.Passages, document.Passage{Span: document.Span{Start: start, End: len(text)}, Kind: document.KindCue, Locator: document.Locator{Timed: true, At: at}})
		text += "\n"
	}
	say(10, "Rapport 402, l'assistant Galène. Monsieur Paulin, vous avez la parole.")
	say(20, "Cet outil a coûté 250 000 euros en 2024.")
	say(60, "rapport deux cent quatre-vingt-treize la gamme tarifaire madame Astier vous avez la parole")
	say(70, "les tarifs du bus ont baissé de 12 % en deux mille vingt-quatre")
	say(90, "Nous passons aux questions orales.")
	say(100, "La piscine a été fermée 40 jours en 2024.")
	say(4000, "Nous en venons au budget de l'eau.")
	say(4010, "La dette de l'eau a doublé depuis 2021.")
	say(9000, "Le stade a coûté 12 millions d'euros.")
	r.Text = text
	want := map[string]string{
		"Cet outil a coûté 250 000 euros en 2024.":                        "l'assistant Galène",
		"les tarifs du bus ont baissé de 12 % en deux mille vingt-quatre": "la gamme tarifaire",
		"La piscine a été fermée 40 jours en 2024.":                       "Séance du 9 octobre",
		"La dette de l'eau a doublé depuis 2021.":                         "budget de l'eau",
		"Le stade a coûté 12 millions d'euros.":                           "Séance du 9 octobre",
	}
	for _, c := range mustExtractor(t).Claims(document.Document{URL: "https://ville.exemple/v.vtt", Title: r.Title, Body: "Conseil municipal", Date: "2025-10-09", Role: document.RoleStatement}, r) {
		topic, known := want[c.Quote]
		if known && c.Topic != topic {
			t.Errorf("%q is of %q, want %q", c.Quote, c.Topic, topic)
		}
		delete(want, c.Quote)
	}
	for quote := range want {
		t.Errorf("%q is no claim", quote)
	}
}

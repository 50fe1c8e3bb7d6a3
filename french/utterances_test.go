package french_test

import (
	"strings"
	"testing"

	"contredit/french"
)

// TestUtterances holds that speech without punctuation is cut between assertions and nowhere else.
func TestUtterances(t *testing.T) {
	a := mustAnalyzer(t)
	for _, c := range []string{
		"il n'y aura pas de hausse | on garde les tarifs de cette année et ça s'arrêtera là",
		"les tarifs du bus on n'y touche pas pas un centime jusqu'à la fin de l'année deux mille vingt-cinq | c'est un choix politique fort",
		"cet essai il se fera uniquement avec des volontaires | et puis avant d'ouvrir un seul compte on passera devant le comité je m'y engage",
		"la réfection du gymnase sera terminée en mars | les associations retrouveront leurs créneaux à Pâques",
		"on a appelé le technicien | nous passons aux questions orales",
		"on a eu une mauvaise surprise avec les sols c'est une zone de remblai",
		"deux arrêts ont été supprimés sans que personne ait été prévenu | les gens restent sur le quai avec leurs valises",
		"vous ne répondez pas sur le fond | chaque année la ville verse cinq millions à l'aéroport",
		"ils n'ont aucune réponse | merci pour cette question madame Berthelin alors je vais être très clair",
		"je peux vous garantir que les crédits de la culture ne baisseront pas en deux mille vingt-cinq",
		"l'entreprise a dû reprendre les fondations ça a pris du retard", /* a remark on it */
		"je crois que les gens le voient | est-ce que je peux ajouter quelque chose",
	} {
		parts := strings.Split(c, " | ")
		text := strings.Join(parts, " ")
		var got []string
		for _, s := range a.Utterances(text) {
			got = append(got, s.In(text))
		}
		if strings.Join(got, " | ") != c {
			t.Errorf("cut as\n\t%s\nwant\n\t%s", strings.Join(got, " | "), c)
		}
	}
}

// FuzzUtterances holds that no word is lost or told twice, whatever the bytes.
func FuzzUtterances(f *testing.F) {
	f.Add("merci monsieur le président les écoles fermeront et euh voilà madame Astier")
	f.Add("[Rires] l'an dernier c'est est-ce que \xff ")
	f.Fuzz(func(t *testing.T, text string) {
		at, words := 0, []string(nil)
		for _, s := range mustAnalyzer(t).Utterances(text) {
			if s.Start < at || s.End < s.Start || s.End > len(text) {
				t.Fatalf("%v after byte %d of %d", s, at, len(text))
			}
			at = s.End
			words = append(words, french.Words(s.In(text))...)
		}
		if got, want := strings.Join(words, " "), strings.Join(french.Words(text), " "); got != want {
			t.Errorf("words %q, want %q", got, want)
		}
	})
}

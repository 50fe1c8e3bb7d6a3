package claims_test

import (
	"slices"
	"testing"

	"contredit/claims"
)

// TestTopicsLabelWhatNamesThem holds that a watched subject labels the claim whose own words name it, or
// take it up, and no neighbour.
func TestTopicsLabelWhatNamesThem(t *testing.T) {
	x := mustExtractor(t)
	x.Topics = []claims.Topic{{Name: "dialogue social", Words: []string{"dialogue social", "organisations syndicales"}}}
	const one, other = "M. GUÉRIN", "Mme VARENNES"
	const named = "Le dialogue social a repris au printemps 2024 dans tous les services."
	for name, tt := range map[string]struct {
		said  [][2]string
		words string
		want  bool
	}{
		"OwnWords":               {[][2]string{{one, named}}, "printemps", true},
		"OtherForm":              {[][2]string{{one, "Une organisation syndicale a été reçue douze fois en 2024."}}, "douze", true},
		"NextSentence":           {[][2]string{{one, named + " Douze gares ont été rouvertes en 2024."}}, "Douze", false},
		"TakenUpByPronoun":       {[][2]string{{one, named + " Il a donné lieu à douze réunions en 2024."}}, "douze", true},
		"TakenUpByDemonstrative": {[][2]string{{one, named + " Cette méthode a permis de signer trois accords en 2024."}}, "trois", true},
		"TakenUpTwice":           {[][2]string{{one, named + " Il a donné lieu à douze réunions. Elles ont permis de signer trois accords en 2024."}}, "trois", true},
		"TakenUpByAnotherVoice":  {[][2]string{{one, named}, {other, "Il a donné lieu à douze réunions en 2024."}}, "douze", false},
		"NextSpeaker":            {[][2]string{{one, named}, {other, "Douze gares ont été rouvertes en 2024."}}, "Douze", false},
		"ImpersonalPronoun":      {[][2]string{{one, named + " Il y a eu douze fermetures de gares en 2024."}}, "douze", false},
		"DemonstrativeOfTime":    {[][2]string{{one, named + " Cette année, douze gares ont été rouvertes."}}, "douze", false},
		"CleftSentence":          {[][2]string{{one, named + " C’est en 2024 que douze gares ont été rouvertes."}}, "douze", false},
	} {
		t.Run(name, func(t *testing.T) {
			c := speakerOf(t, x.Claims(sitting, turns(tt.said...)), tt.words)
			if got := slices.Contains(c.Topics, "dialogue social"); got != tt.want {
				t.Errorf("%q: topics %q, want the subject: %t", c.Quote, c.Topics, tt.want)
			}
		})
	}
}

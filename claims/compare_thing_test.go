package claims_test

import (
	"strings"
	"testing"
)

// TestCompareThings holds that a thing denied is put beside one that is counted or was done, and beside no other.
func TestCompareThings(t *testing.T) {
	c := comparer(t)
	for name, tt := range map[string]struct{ claim, record, rule string }{
		"Dismissals":       {"Il n'y aura aucun licenciement.", "Le plan prévoit le non-renouvellement de quinze contrats et six licenciements.", "NEGATION-CHOSE-1"},
		"Complaints":       {"Nous n'avons reçu aucune plainte de parents.", "Le service indique avoir enregistré trente et une réclamations de parents d'élèves.", "NEGATION-CHOSE-1"},
		"NoCompetition":    {"Le marché a fait l'objet d'une mise en concurrence.", "Le marché a été passé sans publicité ni mise en concurrence préalables.", "NEGATION-CHOSE-2"},
		"StudyDeplored":    {"Une étude d'incidence avait été conduite.", "Mme Duval regrette l'absence d'étude d'incidence.", "NEGATION-CHOSE-2"},
		"OtherThing":       {"Nous n'avons reçu aucune plainte de parents.", "Le service indique avoir enregistré douze inscriptions de parents.", ""},
		"OnlyMeant":        {"L'amendement tend à créer un tarif solidaire.", "Mme Duval regrette l'absence de tarif solidaire.", ""},
		"RateIsNoThing":    {"Nous n'avons relevé aucun impôt.", "Les travaux ont un taux d'exécution de 88 %.", ""},
		"DefiniteMayOther": {"Aucune étude n'a été conduite.", "L'étude du sol de 2019 est jointe au dossier.", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			for _, r := range c.Compare(tt.claim, tt.record).Reasons {
				if strings.HasPrefix(r.Rule, "NEGATION-CHOSE") {
					got = r.Rule
				}
			}
			if got != tt.rule {
				t.Errorf("rule %q, want %q", got, tt.rule)
			}
		})
	}
}

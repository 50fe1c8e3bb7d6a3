package claims_test

import (
	"strings"
	"testing"
)

// TestCompareWholes holds that what is claimed of all, or of none, is put beside a part that the record
// counts or leaves out, and beside no other part.
func TestCompareWholes(t *testing.T) {
	c := comparer(t)
	for name, tt := range map[string]struct{ claim, record, rule string }{
		"PartCounted":       {"Toutes les écoles de la ville sont désormais équipées de capteurs.", "À ce jour, sept des douze écoles ont reçu leurs capteurs.", "PORTEE-COMPTE-1"},
		"Percentage":        {"Tous les foyers sont raccordés à la fibre.", "Le taux de raccordement des foyers à la fibre atteint 74 %.", "PORTEE-COMPTE-1"},
		"WithoutTeacher":    {"Toutes les classes ont un enseignant.", "Le conseil relève que deux classes sur onze étaient sans enseignant au 15 septembre.", "PORTEE-COMPTE-1"},
		"NotOneBut":         {"Pas un seul lycée de ce pays ne trie ses déchets.", "Trente-deux établissements sur quarante-six pratiquent le tri des déchets.", "PORTEE-COMPTE-2"},
		"Exception":         {"Tous les quartiers disposent d'une permanence.", "Des permanences sont tenues dans chaque quartier, à l'exception des Tanneries.", "PORTEE-EXCEPTION-1"},
		"OtherDeed":         {"Toutes les écoles ont été rénovées.", "Trois écoles sur dix disposent d'une cuisine.", ""},
		"OtherMatter":       {"Tous les agents ont été augmentés.", "Vingt pour cent des agents sont en télétravail.", ""},
		"NotAllClaimed":     {"Toutes les écoles ne sont pas équipées de capteurs.", "Sept des douze écoles sont équipées de capteurs.", ""},
		"NoneAndTheOthers":  {"Aucune école n'a été équipée de capteurs.", "Sept des douze écoles n'ont pas été équipées de capteurs.", ""},
		"AimIsNoCount":      {"Toutes les écoles sont équipées de capteurs.", "L'objectif est d'équiper de capteurs 80 % des écoles.", ""},
		"AllCountedIndeed":  {"Toutes les écoles sont équipées de capteurs.", "Douze écoles sur douze sont équipées de capteurs.", ""},
		"ExceptionIsShared": {"Tous les quartiers, à l'exception des Tanneries, disposent d'une permanence.", "Des permanences sont tenues dans chaque quartier, à l'exception des Tanneries.", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			for _, r := range c.Compare(tt.claim, tt.record).Reasons {
				if strings.HasPrefix(r.Rule, "PORTEE-COMPTE") || strings.HasPrefix(r.Rule, "PORTEE-EXCEPTION") {
					got = r.Rule
				}
			}
			if got != tt.rule {
				t.Errorf("rule %q, want %q", got, tt.rule)
			}
		})
	}
}

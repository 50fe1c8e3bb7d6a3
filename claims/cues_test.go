package claims_test

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// cueCases are invented pairs of other councils, with the rule that sees which way the two
// lean; "" for none of the family « INDICE ».
var cueCases = []struct{ name, claim, record, want string }{
	{"LateAgainstOnTime", "Le gymnase des Tilleuls a été livré dans les délais.", "Le gymnase des Tilleuls a ouvert avec quatre mois de retard.", "INDICE-DATE-1"},
	{"NotLateIsOnTime", "Le gymnase des Tilleuls a été livré dans les délais.", "Le gymnase des Tilleuls a ouvert sans retard.", ""},
	{"AfterwardsAgainstBefore", "Les riverains ont été prévenus au préalable du plan de circulation.", "Les riverains ont appris le plan de circulation au lendemain de la décision.", "INDICE-DATE-1"},
	{"FirstTime", "Le budget de l’hôpital avait été présenté dès janvier à la commission.", "La commission examine le budget de l’hôpital pour la première fois.", "INDICE-PREMIERE-1"},
	{"SomeAgainstAll", "Tous les collèges du département ont reçu leurs tablettes.", "Un tiers des collèges du département attend encore ses tablettes.", "INDICE-PORTEE-1"},
	{"SeveralIsNoPart", "Tous les collèges ont reçu leurs tablettes.", "Plusieurs fournisseurs ont livré les tablettes des collèges.", ""},
	{"SimplyIsNotAll", "Le collège a tout simplement reçu ses tablettes.", "Un tiers des tablettes du collège est neuf.", ""},
	{"LimitPassed", "L’expérimentation du télétravail sera strictement réservée au siège.", "Le télétravail est étendu à l’ensemble des sites du département.", "INDICE-PORTEE-3"},
	{"DecidedAgainstOpen", "La fusion des deux cliniques n’est qu’une hypothèse.", "Le conseil approuve la fusion des deux cliniques.", "INDICE-ETAPE-1"},
	{"ChoiceAgainstDuty", "Le port du badge reste facultatif à l’université.", "Le port du badge est imposé à l’université.", "INDICE-OBLIGATION-1"},
	{"BlameAgainstPraise", "Les usagers de la médiathèque se félicitent des nouveaux horaires.", "Les usagers de la médiathèque déplorent les nouveaux horaires.", "INDICE-SENS-1"},
	{"OtherSubject", "Les usagers de la médiathèque se félicitent des nouveaux horaires.", "Les riverains du stade déplorent le bruit.", ""},
	{"OnlyIsNoDenial", "Les effectifs de la faculté continuent de croître en médecine.", "Les effectifs de la faculté ne continuent de croître qu’en médecine.", ""},
	{"QuestionSaysNothing", "Tous les collèges du département ont reçu leurs tablettes.", "Un tiers des collèges du département attend-il encore ses tablettes ?", ""},
}

func TestCues(t *testing.T) {
	c := comparer(t)
	for _, test := range cueCases {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, r := range c.Compare(test.claim, test.record).Reasons {
				if strings.HasPrefix(r.Rule, "INDICE-") {
					got = append(got, r.Rule)
					if r.ClaimSpan.In(test.claim) == "" || r.EvidenceSpan.In(test.record) == "" {
						t.Errorf("%s quotes nothing", r.Rule)
					}
				}
			}
			if test.want == "" && len(got) > 0 || test.want != "" && !slices.Contains(got, test.want) {
				t.Errorf("got %v, want %q", got, test.want)
			}
		})
	}
}

// TestCuesAreSorted holds that a French speaker finds a word where it belongs.
func TestCuesAreSorted(t *testing.T) {
	text, err := os.ReadFile("cues.tsv")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		class, phrase, ok := strings.Cut(line, "\t")
		if !ok || class == "" || phrase == "" || seen[line] {
			t.Errorf("line %q is empty, broken or told twice", line)
		}
		seen[line] = true
	}
	if len(seen) < 200 {
		t.Errorf("%d cues", len(seen))
	}
}

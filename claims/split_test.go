package claims_test

import (
	"slices"
	"strings"
	"testing"
)

func TestCoordinatedAssertions(t *testing.T) {
	x := mustExtractor(t)
	for _, test := range []struct {
		outcome, text string
		want          []string
	}{
		{"PartsAtEt", "Les organisations syndicales ont été consultées le 12 mars et aucun poste n’a été supprimé en 2024.",
			[]string{"Les organisations syndicales ont été consultées le 12 mars", "aucun poste n’a été supprimé en 2024."}},
		{"PartsAtMais", "Le budget des lycées a augmenté de 12 millions d’euros, mais les effectifs ont baissé de 3 % en 2024.",
			[]string{"Le budget des lycées a augmenté de 12 millions d’euros", "les effectifs ont baissé de 3 % en 2024."}},
		{"PartsThree", "La ligne a été rouverte en septembre 2024, et la gare a été rénovée pour 3 millions d’euros, et les tarifs n’ont pas augmenté depuis 2022.",
			[]string{"La ligne a été rouverte en septembre 2024", "la gare a été rénovée pour 3 millions d’euros", "les tarifs n’ont pas augmenté depuis 2022."}},
		{"PartsAtASemicolon", "La ligne a été fermée en septembre 2024 ; les tarifs n’ont pas augmenté depuis 2022.",
			[]string{"La ligne a été fermée en septembre 2024", "les tarifs n’ont pas augmenté depuis 2022."}},
		{"PartsAListEvenly", "La ligne a été fermée en septembre 2024, les tarifs n’ont pas augmenté depuis 2022 et quarante postes ont été supprimés.",
			[]string{"La ligne a été fermée en septembre 2024", "les tarifs n’ont pas augmenté depuis 2022", "quarante postes ont été supprimés."}},
		{"PartsAListOfCommas", "Le budget a été voté en mars, les travaux ont commencé en juin, la gare a rouvert en septembre.",
			[]string{"Le budget a été voté en mars", "les travaux ont commencé en juin", "la gare a rouvert en septembre."}},
		{"PartsAroundBrackets", "Douze gares (dont trois à Vaubrun) ont été fermées en 2024 et quarante postes ont été supprimés en 2023.",
			[]string{"Douze gares (dont trois à Vaubrun) ont été fermées en 2024", "quarante postes ont été supprimés en 2023."}},
		{"KeepsWhatAColonExplains", "Ce plan ne supprimera aucun poste dans les lycées : les effectifs de 2024 seront intégralement maintenus.", nil},
		{"KeepsABracketWhole", "Douze gares ont été fermées en 2024 (trois lignes ont été coupées et quarante postes ont été supprimés).", nil},
		{"KeepsOneSubject", "Nous avons ouvert deux lignes en 2023 et fermé trois gares en 2024.", nil},
		{"KeepsWhatAPronounJoins", "Le comité social territorial a été saisi en mars 2024, et il a rendu un avis favorable en avril.", nil},
		{"KeepsACondition", "Si le budget est voté, les travaux commenceront en mars et la ligne sera rouverte en 2026.", nil},
		{"KeepsWhatIsTold", "Nous avons dit que la ligne rouvrirait en mars 2025 et que les tarifs baisseraient de 5 %.", nil},
		{"KeepsWhatABeginningDates", "En 2024, les effectifs ont baissé de 3 % et le budget des lycées a augmenté de 2 %.", nil},
		{"KeepsRelatives", "Les agents qui ont voté en mars et les élus qui ont siégé en avril ont approuvé le budget.", nil},
		{"KeepsAPartThatIsNoClaim", "Le budget des lycées a augmenté de 12 millions d’euros et c’est une belle ambition pour nous tous.", nil},
		{"KeepsAQuestion", "Le budget des lycées a-t-il augmenté de 2 % et les effectifs ont-ils baissé de 3 % ?", nil},
	} {
		t.Run(test.outcome, func(t *testing.T) {
			r := turns([2]string{"M. GUÉRIN", test.text})
			list := x.Claims(sitting, r)
			want := test.want
			if want == nil {
				want = []string{test.text}
			}
			if got := quotesOf(list); !slices.Equal(got, want) {
				t.Errorf("got  %s\nwant %s", strings.Join(got, " | "), strings.Join(want, " | "))
			}
			for _, c := range list {
				if r.Text[c.Span.Start:c.Span.End] != c.Quote {
					t.Errorf("%q is not what stands at its place", c.Quote)
				}
				if test.want != nil && !c.Worth {
					t.Errorf("%q is cut off and not worth checking", c.Quote)
				}
			}
		})
	}
}

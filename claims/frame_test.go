package claims_test

import (
	"bufio"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"contredit/claims"
	"contredit/french"
)

func comparer(tb testing.TB) *claims.Comparer {
	tb.Helper()
	lexicon, err := french.LoadLexicon()
	if err != nil {
		tb.Fatal(err)
	}
	return claims.NewComparer(french.NewAnalyzer(lexicon))
}

// frameCases are pairs with the kind of the strongest reason, "" for no reason at all.
var frameCases = []struct {
	name          string
	claim, record string
	want          claims.Kind
}{
	{"VerbDenied", "Le comité a été consulté sur la réorganisation.", "Le comité n'a pas été consulté sur la réorganisation.", claims.KindNegation},
	{"VerbOutsideOfScalesDenied", "Le maire a planté les tilleuls de la place.", "Le maire n'a pas planté les tilleuls de la place.", claims.KindNegation},
	{"NounDenied", "La commune supprime le guichet de Morval.", "Aucune suppression du guichet de Morval n'est décidée.", claims.KindNegation},
	{"SameSaid", "Le comité a été consulté sur la réorganisation.", "Le comité a été consulté sur la réorganisation.", ""},
	{"BothDenied", "Le comité n'a pas été consulté sur la réorganisation.", "Le comité n'a jamais été consulté sur la réorganisation.", ""},
	{"DoubleDenial", "La fermeture de la piscine est possible.", "Le maire n'exclut pas la fermeture de la piscine.", ""},
	{"OppositeOnScale", "Les effectifs du collège augmentent.", "Les effectifs du collège diminuent de 4 %.", claims.KindAntonym},
	{"OppositeDeniedCancels", "Les effectifs du collège augmentent.", "Les effectifs du collège ne diminuent pas.", ""},
	{"OtherQuantity", "Les effectifs du collège augmentent.", "La dotation du club de voile diminue.", ""},
	{"CeasesToFinance", "La Région a cessé de financer l'aérodrome de Morval.", "La Région finance l'aérodrome de Morval à hauteur de trois millions.", claims.KindAntonym},
	{"GoesOnIsNoEnd", "La Région n'a cessé de financer l'aérodrome de Morval.", "La Région finance l'aérodrome de Morval.", ""},
	{"OptionalIsRequired", "L'usage du badge reste facultatif.", "L'usage du badge est obligatoire.", claims.KindModality},
	{"PromiseBroken", "Nous garantissons que les tarifs de la cantine ne baisseront pas.", "Les tarifs de la cantine baissent de 5 %.", claims.KindPromise},
	{"QuestionSaysNothing", "Le comité a-t-il été consulté sur la réorganisation ?", "Le comité n'a pas été consulté sur la réorganisation.", ""},
	{"RoomOfTheLadder", "Le projet a été co-construit avec les syndicats.", "Les syndicats ont reçu le projet pour information.", claims.KindAntonym},
	{"OneRungIsNothing", "Le projet a été concerté avec les syndicats.", "Les syndicats ont été consultés sur le projet.", ""},
	{"OnlyIsNoDenial", "Le comité a été informé du projet.", "Le comité n'a été qu'informé du projet.", ""},
	{"NotOnlyIsNoDenial", "Le comité a été consulté sur le projet.", "Le comité a non seulement été consulté sur le projet, mais associé à sa rédaction.", ""},
	{"OtherPlace", "La piscine de Morval est ouverte.", "La piscine de Saulnay est fermée.", ""},
}

func TestFrames(t *testing.T) {
	c := comparer(t)
	for _, test := range frameCases {
		t.Run(test.name, func(t *testing.T) {
			got := claims.Kind("")
			result := c.Compare(test.claim, test.record)
			if len(result.Reasons) > 0 && result.Reasons[0].Strength >= 0.3 {
				got = result.Kind
			}
			if got != test.want {
				t.Errorf("kind %q, want %q: %+v", got, test.want, result.Reasons)
			}
			for _, r := range result.Reasons {
				if !slices.ContainsFunc(claims.Rules(), func(rule claims.Rule) bool { return rule.ID == r.Rule }) {
					t.Errorf("%s is not in the table of rules", r.Rule)
				}
				if r.ClaimSpan.Len() == 0 || r.EvidenceSpan.Len() == 0 || r.Text == "" || r.Strength <= 0 || r.Strength > 1 {
					t.Errorf("a reason without words: %+v", r)
				}
				for _, part := range []string{r.ClaimSpan.In(test.claim), r.EvidenceSpan.In(test.record)} {
					if !strings.Contains(r.Text, part) && strings.HasPrefix(r.Rule, "ECHELLE-") {
						t.Errorf("%q is not quoted in %q", part, r.Text)
					}
				}
			}
		})
	}
}

// FuzzCompare checks on foreign bytes that what a reason quotes lies inside both texts.
func FuzzCompare(f *testing.F) {
	for _, test := range frameCases {
		f.Add(test.claim, test.record)
	}
	f.Add("ne", "\xff : sans que")
	c := comparer(f)
	f.Fuzz(func(t *testing.T, claim, record string) {
		result := c.Compare(claim, record)
		if result.Score < 0 || result.Score > 1 {
			t.Errorf("score %v", result.Score)
		}
		for _, r := range result.Reasons {
			for _, q := range []struct {
				span claims.Span
				text string
			}{{r.ClaimSpan, claim}, {r.EvidenceSpan, record}} {
				if q.span.Start < 0 || q.span.Start > q.span.End || q.span.End > len(q.text) {
					t.Fatalf("span %v outside of %q", q.span, q.text)
				}
			}
		}
	})
}

func TestScalesAreSorted(t *testing.T) {
	files, err := filepath.Glob("scales/*.tsv")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scales: %v", err)
	}
	for _, path := range files {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		var last, value string
		seen := map[string]bool{}
		lines := bufio.NewScanner(f)
		for n := 1; lines.Scan(); n++ {
			line := lines.Text()
			if n == 1 && !strings.HasPrefix(line, "#") {
				t.Errorf("%s does not open with what it is", path)
			}
			if line == "" || line[0] == '#' || line[0] == '@' {
				continue
			}
			cells := strings.Split(line, "\t")
			key := french.Fold(line)
			if slices.Contains(strings.Split(strings.Join(settings(t, path), " "), " "), "@valeurs") && len(cells) > 1 {
				if cells[0] != value {
					value, last = cells[0], ""
				}
				key = french.Fold(cells[1])
			}
			if key < last {
				t.Errorf("%s:%d: %q stands after %q", path, n, key, last)
			}
			if seen[line] {
				t.Errorf("%s:%d: %q stands twice", path, n, line)
			}
			last, seen[line] = key, true
		}
		f.Close()
	}
}

func settings(t *testing.T, path string) []string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(text))
}

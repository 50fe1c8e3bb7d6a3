package french_test

import (
	"strings"
	"testing"
)

// polarityCases are sentences in which ¬ stands before each word of subject that is
// denied; words of grammar are not compared.
var polarityCases = []string{
	"¬Aucune ¬suppression de ¬poste n'est ¬prévue.",
	"Les agents n'ont pas été ¬consultés avant la ¬décision.",
	"La Région refuse de ¬fermer le ¬site.",
	"La Région n'exclut pas de fermer le site.",
	"Le poste n'a pas été ¬supprimé mais déplacé.",
	"Le CST n'a été consulté que pour information.",
}

func TestNegation(t *testing.T) {
	a := mustAnalyzer(t)
	for _, c := range polarityCases {
		text := strings.ReplaceAll(c, "¬", "")
		s := a.Analyse(text)
		check(t, s)
		var b strings.Builder
		at := 0
		for _, k := range s.Tokens {
			b.WriteString(text[at:k.Start])
			marked := strings.Contains(c, "¬"+k.In(text))
			if k.Negated && (!k.Stop || marked) {
				b.WriteString("¬")
			}
			b.WriteString(k.In(text))
			at = k.End
		}
		b.WriteString(text[at:])
		if got := b.String(); got != c {
			t.Errorf("\n got %s\nwant %s", got, c)
		}
	}
}

package claims_test

import (
	"testing"

	"contredit/claims"
)

func TestRung(t *testing.T) {
	c := comparer(t)
	names := claims.Rungs()
	if len(names) < 4 || names[0] != "rien" {
		t.Fatalf("rungs %v", names)
	}
	for _, one := range []struct{ text, want string }{
		{"Nous avons travaillé en co-construction avec les organisations syndicales.", "co-construit"},
		{"Les représentants du personnel ont été consultés sur le projet.", "consulté"},
		{"Les agents ont été informés du projet.", "informé"},
		{"La commune a été mise devant le fait accompli.", "rien"},
		{"Le comité n’a jamais été consulté.", ""},
		{"Le budget s’élève à 3 millions d’euros.", ""},
	} {
		rung, words, said := c.Read(one.text).Rung()
		got := ""
		if said {
			got = names[rung]
			if words.Start < 0 || words.End > len(one.text) || words.Start >= words.End {
				t.Errorf("%q: words %v outside", one.text, words)
			}
		}
		if got != one.want {
			t.Errorf("%q: got %q, want %q", one.text, got, one.want)
		}
	}
}

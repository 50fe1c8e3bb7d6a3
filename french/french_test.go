package french_test

import (
	"testing"

	"contredit/french"
)

func mustLexicon(tb testing.TB) *french.Lexicon {
	tb.Helper()
	lex, err := french.LoadLexicon()
	if err != nil {
		tb.Fatal(err)
	}
	return lex
}

func TestLookup(t *testing.T) {
	lex := mustLexicon(t)
	for form, want := range map[string]string{"agents": "agent", "consultées": "consulter", "prévu": "prévoir", "Élues": "élire", "votera": "voter"} {
		found := false
		for _, e := range lex.Lookup(form) {
			found = found || e.Lemma == want
		}
		if !found {
			t.Errorf("Lookup(%q) = %v, want a reading with lemma %q", form, lex.Lookup(form), want)
		}
	}
}

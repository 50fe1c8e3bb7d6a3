package french_test

import (
	"bufio"
	"bytes"
	"os"
	"strings"
	"testing"

	"contredit/french"
)

// lines reads the cases of a file of testdata: no blank line, no comment.
func lines(tb testing.TB, path string) []string {
	tb.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	var list []string
	for sc := bufio.NewScanner(bytes.NewReader(b)); sc.Scan(); {
		if line := strings.TrimSpace(sc.Text()); line != "" && line[0] != '#' {
			list = append(list, line)
		}
	}
	return list
}

// marked writes the sentence with ¬ before its nouns, verbs and adjectives that are denied.
func marked(s french.Sentence) string {
	var b strings.Builder
	at := 0
	for _, t := range s.Tokens {
		b.WriteString(s.Text[at:t.Start])
		switch t.POS {
		case french.Noun, french.ProperNoun, french.Verb, french.Adjective:
			if t.Negated && !t.Stop {
				b.WriteString("¬")
			}
		}
		b.WriteString(t.In(s.Text))
		at = t.End
	}
	return b.String() + s.Text[at:]
}

func TestNegation(t *testing.T) {
	a := mustAnalyzer(t)
	for _, want := range lines(t, "testdata/polarity.txt") {
		s := a.Analyse(strings.ReplaceAll(want, "¬", ""))
		check(t, s)
		if got := marked(s); got != want {
			t.Errorf("\n got %s\nwant %s", got, want)
		}
	}
}

// TestOpenNegations tells which of the sentences that are not read right yet are: one that
// is moves to polarity.txt.
func TestOpenNegations(t *testing.T) {
	a := mustAnalyzer(t)
	for _, want := range lines(t, "testdata/polarity_open.txt") {
		s := a.Analyse(strings.ReplaceAll(want, "¬", ""))
		check(t, s)
		t.Logf("right: %v, %s", marked(s) == want, marked(s))
	}
}

package french_test

import (
	"fmt"
	"strings"
	"testing"

	"contredit/french"
)

var clauseNames = []string{"main", "coordinate", "relative", "completive", "conditional", "circumstance", "infinitive", "participle"}

func showClauses(s french.Sentence) string {
	var list []string
	word := func(i int) string {
		if i < 0 {
			return "-"
		}
		return french.Lower(s.Tokens[i].In(s.Text))
	}
	for _, c := range s.Clauses {
		head := "-"
		if c.Head >= 0 {
			head = s.Tokens[c.Head].Lemma
		}
		list = append(list, fmt.Sprintf("%s %s %s %s", clauseNames[c.Kind], head, word(c.SubjectHead), word(c.ObjectHead)))
	}
	return strings.Join(list, "; ")
}

func TestClauses(t *testing.T) {
	a := mustAnalyzer(t)
	for _, line := range lines(t, "testdata/clauses.txt") {
		text, want, _ := strings.Cut(line, " = ")
		if got := showClauses(a.Analyse(text)); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

func TestTags(t *testing.T) {
	a := mustAnalyzer(t)
	for _, line := range lines(t, "testdata/tags.txt") {
		text, want, _ := strings.Cut(line, " = ")
		at := strings.IndexByte(text, '{')
		s := a.Analyse(strings.NewReplacer("{", "", "}", "").Replace(text))
		k := s.Tokens[s.At(at)]
		if got := k.POS.String() + " " + k.Lemma; got != want {
			t.Errorf("%s\n got %s\nwant %s", line, got, want)
		}
	}
}

var quantifierNames = []string{"all", "none", "every", "most", "half", "some", "few", "only", "fraction", "notall"}

func TestQuantifiers(t *testing.T) {
	a := mustAnalyzer(t)
	for _, line := range lines(t, "testdata/quantity.txt") {
		text, want, _ := strings.Cut(line, " =")
		s := a.Analyse(text)
		var list []string
		for _, q := range s.Quantifiers {
			head := "-"
			if q.Head >= 0 {
				head = s.Tokens[q.Head].Text
			}
			list = append(list, fmt.Sprintf("%s %.2f-%.2f %s", quantifierNames[q.Kind], q.Low, q.High, head))
		}
		if got := strings.Join(list, "; "); got != strings.TrimSpace(want) {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

package french_test

import (
	"strings"
	"testing"

	"contredit/french"
)

var modalityNames = []string{"conditional", "future", "possible", "obligation", "planned", "hypothetical", "reported", "question", "wish", "order", "experiment", "denied"}

// namedModality reads « future possible »; « - » is a plain assertion.
func namedModality(tb testing.TB, s string) french.Modality {
	tb.Helper()
	m := french.Assertive
next:
	for _, f := range strings.Fields(s) {
		if f == "-" {
			continue
		}
		for i, n := range modalityNames {
			if n == f {
				m |= 1 << i
				continue next
			}
		}
		tb.Fatalf("no modality is called %q", f)
	}
	return m
}

func showModality(m french.Modality) string {
	var list []string
	for i, n := range modalityNames {
		if m.Has(1 << i) {
			list = append(list, n)
		}
	}
	return strings.Join(list, " ")
}

func TestModality(t *testing.T) {
	a := mustAnalyzer(t)
	for _, line := range lines(t, "testdata/modality.txt") {
		text, want, ok := strings.Cut(line, " = ")
		if !ok {
			t.Fatalf("%q has no modality", line)
		}
		from, to := strings.IndexByte(text, '['), strings.IndexByte(text, ']')-1
		text = strings.NewReplacer("[", "", "]", "").Replace(text)
		s := a.Analyse(text)
		got := s.Modality
		if from >= 0 {
			c, _ := s.ClauseOf(french.Span{Start: from, End: to})
			got = c.Modality
		}
		if got != namedModality(t, want) {
			t.Errorf("%s\n got %s\nwant %s", line, showModality(got), want)
		}
	}
}

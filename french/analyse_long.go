package french

// longSentence is the number of words and signs over which a text is read in stretches:
// the time to read one grows with its square, and no sentence of speech is that long.
const longSentence = 400

// analyseLong reads a text without full stops, such as a list or hostile bytes, stretch
// by stretch, each cut at a sign when there is one.
func (a *Analyzer) analyseLong(text string, pieces []piece) Sentence {
	whole := Sentence{Text: text}
	for start := 0; start < len(pieces); {
		end := min(start+longSentence, len(pieces))
		if end < len(pieces) {
			for k := end; k > start+longSentence/2; k-- {
				if w := pieces[k-1].In(text); w == "." || w == ";" || w == "," || w == ":" {
					end = k
					break
				}
			}
		}
		part := &analysis{Sentence: Sentence{Text: text}}
		part.read(a, pieces[start:end])
		part.analyse()
		whole.join(part.Sentence)
		start = end
	}
	if len(whole.Clauses) > 0 {
		whole.Modality, whole.Tense, whole.Negated = whole.Clauses[0].Modality, whole.Clauses[0].Tense, whole.Clauses[0].Negated
	}
	return whole
}

// join adds what was found in a later stretch of the same text.
func (s *Sentence) join(o Sentence) {
	tokens, clauses, negations := len(s.Tokens), len(s.Clauses), len(s.Negations)
	shift := func(i, n int) int {
		if i < 0 {
			return i
		}
		return i + n
	}
	for _, t := range o.Tokens {
		t.Clause += clauses
		s.Tokens = append(s.Tokens, t)
	}
	for i, c := range o.Clauses {
		c.Head, c.Verb = shift(c.Head, tokens), shift(c.Verb, tokens)
		c.SubjectHead, c.ObjectHead = shift(c.SubjectHead, tokens), shift(c.ObjectHead, tokens)
		c.Negation, c.Parent = shift(c.Negation, negations), shift(c.Parent, clauses)
		if i == 0 && clauses > 0 {
			c.Kind, c.Parent = CoordinateClause, 0
		}
		s.Clauses = append(s.Clauses, c)
	}
	s.Negations = append(s.Negations, o.Negations...)
	for _, q := range o.Quantifiers {
		q.Head = shift(q.Head, tokens)
		s.Quantifiers = append(s.Quantifiers, q)
	}
}

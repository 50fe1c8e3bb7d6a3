package claims

import (
	"cmp"
	"slices"

	"contredit/french"
)

// frame is what a sentence says on one scale, or of one action: a set of values of which one
// holds, of a theme.
type frame struct {
	polarity
	key     string      // name of the scale, "=" and a verb, or "≠" and a pair of words
	scale   *frameScale // nil for an action or a pair of words
	value   uint16      // as the trigger gives it
	mask    uint16      // values that may hold, denial counted
	word    string      // the trigger: the same word tells a denial from an opposite
	span    french.Span // of the trigger, with what denies it
	clause  int
	nominal bool // told by a noun
	theme   []themeWord
}

// frames are all frames of an assertion, sorted by key, with the words of its context.
type frames struct {
	list    []frame
	around  []themeWord
	pronoun bool // the main subject is a pronoun: what it is about stands around
	promise bool // it binds its speaker
}

// longestFramed is the number of words over which a text is no sentence, and is left alone.
const longestFramed = 300

// readFrames reads an assertion into frames; it needs the analysed sentence.
func readFrames(a *Assertion) *frames {
	f := &frames{}
	s := &a.Sentence
	if len(s.Tokens) == 0 || len(s.Clauses) == 0 || len(s.Tokens) > longestFramed {
		return f
	}
	l := frameWords()
	for _, h := range l.hits(s) {
		if x, ok := l.scaleFrame(s, h); ok {
			f.list = append(f.list, x)
		}
	}
	f.list = append(f.list, l.changeFrames(a)...)
	f.list = append(f.list, l.actionFrames(s)...)
	f.list = append(f.list, l.oppositeFrames(s)...)
	f.partialFigures(a)
	slices.SortStableFunc(f.list, func(x, y frame) int {
		return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(x.span.Start, y.span.Start))
	})
	for _, t := range a.Around {
		if len(t.Stem) > 2 {
			f.around = appendTheme(f.around, l.themeWord(t.Stem, 1, false))
		}
	}
	if k := s.Clauses[0].SubjectHead; k < 0 || s.Tokens[k].POS == french.Pronoun {
		f.pronoun = true
	}
	f.promise = promises(s)
	return f
}

// partialFigures marks the frames of clauses that tell a share: « douze sur vingt », « un tiers ».
func (f *frames) partialFigures(a *Assertion) {
	for _, g := range a.Figures {
		if value, ok := g.Share(); !ok || value <= 0 || value >= 1 || g.Unit == "%" {
			continue
		}
		at := a.Sentence.At(g.Start)
		for i := range f.list {
			if at >= 0 && f.list[i].clause == a.Sentence.Tokens[at].Clause {
				f.list[i].partial = true
			}
		}
	}
}

// promises says whether the sentence binds its speaker to something to come.
func promises(s *french.Sentence) bool {
	for _, t := range s.Tokens {
		switch t.Lemma {
		case "engager", "garantir", "promettre", "engagement", "promesse":
			return true
		}
	}
	for _, c := range s.Clauses {
		if c.Modality.Has(french.Future) && !c.Modality.Has(irrealis) {
			return true
		}
	}
	return false
}

// scaleFrame makes a frame of a trigger; false when the sentence only names the thing.
func (l *frameLexicon) scaleFrame(s *french.Sentence, h scaleHit) (frame, bool) {
	i := h.head(s)
	if completesNoun(s, i) {
		return frame{}, false
	}
	supported := l.isSupported(s, i)
	f := frame{key: h.scale.name, scale: h.scale, value: h.mask, mask: h.mask, clause: s.Tokens[i].Clause, nominal: s.Tokens[i].POS == french.Noun,
		word: l.family(s.Tokens[i]), polarity: l.polarityOf(s, i, supported)}
	if h.denies {
		f.denied = false
	}
	if h.scale.kind == KindModality { // such a scale says itself what is possible and what is decided
		f.modality &^= french.Possible | french.Planned | french.Obligation | french.Order
	}
	f.nominal = f.nominal && !supported && !f.denied && len(h.tokens) == 1
	if h.scale.support {
		if !supported && !f.denied || f.modality.Has(french.Future|irrealis) {
			return f, false
		}
	}
	if f.denied {
		f.mask = h.scale.denied(h.mask)
	}
	f.theme = l.themeOf(s, i, h.own(s))
	if h.scale.support {
		f.theme = appendTheme(f.theme, l.themeWord(l.themeStem(s.Tokens[i]), headWeight, true))
	}
	for _, w := range h.themes {
		f.theme = appendTheme(f.theme, w)
	}
	f.span = quoted(s, h.tokens[0], h.tokens[len(h.tokens)-1], f.cue)
	return f, true
}

// completesNoun says whether a verb only says of what a noun is: « la décision de fermer », which may be denied, met or
// awaited without a word on the closing.
func completesNoun(s *french.Sentence, i int) bool {
	t := s.Tokens[i]
	if t.POS != french.Verb || t.Mood != french.InfinitiveMood || i < 2 {
		return false
	}
	switch s.Tokens[i-1].Text {
	case "de", "d'":
		switch s.Tokens[i-2].Lemma {
		case "décision", "idée", "volonté", "question", "possibilité", "hypothèse", "risque", "souhait", "demande":
			return true
		}
	}
	return false
}

// isSupported says whether a noun is the subject or the object of a verb that only says that
// it happened: « une étude a été conduite », « la réunion n'a pas eu lieu ».
func (l *frameLexicon) isSupported(s *french.Sentence, i int) bool {
	if s.Tokens[i].POS != french.Noun {
		return false
	}
	c := s.Clauses[s.Tokens[i].Clause]
	return c.Head >= 0 && c.Head != i && l.supports[french.Fold(s.Tokens[c.Head].Lemma)] && (c.SubjectHead == i || c.ObjectHead == i || c.Passive && i < c.Head)
}

// family is the root of an action, or the word itself, folded.
func (l *frameLexicon) family(t french.Token) string {
	lemma := french.Fold(t.Lemma)
	if verb, ok := l.actions[lemma]; ok && t.POS == french.Noun {
		return actionRoot(verb)
	}
	if t.POS == french.Verb || t.POS == french.Noun && isActionNoun(lemma) {
		return actionRoot(lemma)
	}
	return lemma
}

// quoted is the span of a trigger with the denial before or in it.
func quoted(s *french.Sentence, first, last int, cue french.Span) french.Span {
	span := french.Span{Start: s.Tokens[first].Start, End: s.Tokens[last].End}
	if cue.Len() > 0 {
		if near := (french.Span{Start: min(span.Start, cue.Start), End: max(span.End, cue.End)}); near.Len() < longestQuote {
			span = near
		}
	}
	return span
}

// longestQuote bounds the words that a reason quotes, in bytes.
const longestQuote = 120

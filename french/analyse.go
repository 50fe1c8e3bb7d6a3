package french

import "strings"

// Analyzer reads sentences with a lexicon. It is safe for concurrent use.
type Analyzer struct {
	lex *Lexicon
	g   *grammar
}

// NewAnalyzer returns an analyzer that knows the words of lex. It panics when the
// package's own tables are damaged, which a test would have told.
func NewAnalyzer(lex *Lexicon) *Analyzer {
	g, err := newGrammar(lex)
	if err != nil {
		panic("french: " + err.Error())
	}
	return &Analyzer{lex: lex, g: g}
}

// analysis is the state of reading one sentence.
type analysis struct {
	Sentence
	words  []word
	groups []group
	links  []clauseLink // beside Clauses
}

// word is what the rules know of a token beyond what they publish.
type word struct {
	tag      tag
	features Features
	glued    bool
	group    int16
}

// Analyse reads one sentence: words with lemma and part of speech, clauses, negations,
// modalities and quantifiers. Spans are bytes of the sentence. Any bytes are accepted.
func (a *Analyzer) Analyse(sentence string) Sentence {
	r := &analysis{Sentence: Sentence{Text: sentence}}
	pieces := a.pieces(sentence)
	if len(pieces) > longSentence {
		return a.analyseLong(sentence, pieces)
	}
	r.read(a, pieces)
	r.analyse()
	return r.Sentence
}

func (r *analysis) analyse() {
	if len(r.Tokens) == 0 {
		return
	}
	r.verbGroups()
	r.segment()
	r.arguments()
	r.negations()
	r.modalities()
	r.quantifiers()
	r.publish()
}

// read cuts the sentence and chooses a reading for each word.
func (r *analysis) read(a *Analyzer, pieces []piece) {
	shout := isShouted(r.Text)
	t := tagger{g: a.g, lex: a.lex}
	lattice := make([][]reading, len(pieces))
	first := true
	for i, p := range pieces {
		lattice[i] = t.readings(p.In(r.Text), first, shout)
		if p.glued {
			lattice[i] = []reading{{tag: tagAdv}} // « a-t-il dit »: the verb and its participle see each other
		}
		first = lattice[i][0].tag == tagMark && p.In(r.Text) != ","
	}
	best := t.choose(lattice)
	settleWords(best, pieces)
	r.Tokens = make([]Token, len(pieces))
	r.words = make([]word, len(pieces))
	for i, p := range pieces {
		b := best[i]
		if p.glued {
			b = gluedReading(p.In(r.Text))
		}
		text := Fold(p.In(r.Text))
		r.Tokens[i] = Token{Span: p.Span, Text: text, Lemma: b.lemma, Stem: Stem(b.lemma), POS: tagPOS[b.tag], Features: b.features,
			Stop: stopWords[text] || b.tag == tagMark}
		r.words[i] = word{tag: b.tag, features: b.features, glued: p.glued, group: -1}
	}
}

// settleWords decides what the costs cannot: « personne » without article is the pronoun,
// « pas » after an article or an adjective the noun.
func settleWords(best []reading, pieces []piece) {
	for i := range best {
		before := tagEdge
		if i > 0 {
			before = best[i-1].tag
		}
		switch best[i].lemma {
		case "personne":
			if best[i].tag == tagNoun && best[i].features.Has(Singular) && !best[i].features.Has(Plural) && before != tagDet && before != tagAdj && before != tagContracted && before != tagNumber && before != tagPrep {
				best[i].tag = tagPron
			}
		case "pas":
			if i > 0 && best[i].tag == tagPas && (before == tagDet && pieces[i-1].Len() > 2 || (before == tagAdj || best[i-1].lemma == "premier") && i > 1 && best[i-2].tag == tagDet) {
				best[i].tag = tagNoun
			}
		}
	}
}

func gluedReading(w string) reading {
	low := Lower(w)
	t := tagClitic
	if subjectPronouns[low] {
		t = tagSubj
	}
	return reading{tag: t, lemma: low}
}

// isShouted says whether the sentence is written in capitals throughout.
func isShouted(s string) bool {
	upper, words := 0, 0
	for _, f := range strings.Fields(s) {
		if f == strings.ToLower(f) && f != strings.ToUpper(f) {
			return false
		}
		words++
		if f == strings.ToUpper(f) && f != strings.ToLower(f) {
			upper++
		}
	}
	return words > 2 && upper*3 > words*2
}

func (r *analysis) tag(i int) tag {
	if i < 0 || i >= len(r.words) {
		return tagEdge
	}
	return r.words[i].tag
}

// text is the folded word at i, empty outside.
func (r *analysis) text(i int) string {
	if i < 0 || i >= len(r.Tokens) {
		return ""
	}
	return r.Tokens[i].Text
}

func (r *analysis) lemma(i int) string {
	if i < 0 || i >= len(r.Tokens) {
		return ""
	}
	return r.Tokens[i].Lemma
}

// phrases is a set of set phrases by their first word, the longest first.
type phrases map[string][][]string

func phraseSet(list string) phrases {
	set := phrases{}
	for _, line := range strings.Split(strings.TrimSpace(list), "\n") {
		f := strings.Fields(strings.ReplaceAll(line, "'", "' "))
		at := 0
		for at < len(set[f[0]]) && len(set[f[0]][at]) >= len(f) {
			at++
		}
		set[f[0]] = append(set[f[0]][:at], append([][]string{f}, set[f[0]][at:]...)...)
	}
	return set
}

// phrase returns the number of words of the longest phrase of the set at i, 0 when none.
func (r *analysis) phrase(i int, set phrases) int {
next:
	for _, p := range set[r.text(i)] {
		for k := range p {
			if r.text(i+k) != p[k] {
				continue next
			}
		}
		return len(p)
	}
	return 0
}

// span covers the tokens from i to j, both included.
func (r *analysis) span(i, j int) Span {
	if i < 0 || j < i || j >= len(r.Tokens) {
		return Span{}
	}
	return Span{r.Tokens[i].Start, r.Tokens[j].End}
}

// publish writes on the tokens and clauses what was found beside them.
func (r *analysis) publish() {
	for _, g := range r.groups {
		if g.form == tagAdv {
			continue
		}
		t := &r.Tokens[g.head]
		t.Tense, t.Mood = g.tense, g.mood
	}
	for i, t := range r.Tokens {
		c := &r.Clauses[t.Clause]
		if t.POS == Mark {
			continue
		}
		if c.End == 0 {
			c.Start = t.Start
		}
		c.Start, c.End = min(c.Start, t.Start), max(c.End, r.Tokens[i].End)
	}
}

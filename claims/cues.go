package claims

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"contredit/french"
)

//go:embed cues.tsv
var cuesText string

// cue is a word or a phrase that says which way a sentence leans.
type cue struct {
	class string
	span  Span
}

// cueWords are the phrases of cues.tsv, each class as a scale of its own.
var cueWords = sync.OnceValue(func() *frameLexicon { return phraseTable(cuesText) })

// phraseTable reads a table of a class and a phrase a line, each class as a scale of its own;
// the class « - » keeps shorter phrases from being read in its own. A third column becomes
// the theme of the phrase.
func phraseTable(text string) *frameLexicon {
	l := &frameLexicon{triggers: map[string][]*scaleTrigger{}}
	classes := map[string]*frameScale{}
	for line := range strings.Lines(text) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		if len(cells) < 2 || cells[0][0] == '#' {
			continue
		}
		class := cells[0]
		if classes[class] == nil {
			classes[class] = &frameScale{name: class}
			l.scales = append(l.scales, classes[class])
		}
		t := &scaleTrigger{scale: classes[class], mask: 1, words: triggerWords(cells[1])}
		for _, w := range t.words {
			t.denies = t.denies || denyingWords[w.text]
		}
		if len(cells) > 2 {
			t.themes = []themeWord{{stem: cells[2]}}
		}
		l.index(t)
	}
	for _, list := range l.triggers {
		slices.SortStableFunc(list, func(a, b *scaleTrigger) int { return len(b.words) - len(a.words) })
	}
	return l
}

// Classes of cues that the grammar gives and no table.
const (
	cueDenied   = "nié"      // the predicate of a clause is denied
	cueNone     = "aucun"    // of none
	cueSome     = "partie"   // of some
	cueAll      = "total"    // of all
	cuePromise  = "promis"   // binds its speaker
	cuePossible = "possible" // told as possible, planned or conditional
)

// readCues finds the cues of a sentence, the first of each class. A denied cue is none.
func readCues(a *Assertion) []cue {
	s := &a.Sentence
	if len(s.Tokens) == 0 || len(s.Tokens) > longestFramed {
		return nil
	}
	var list []cue
	add := func(class string, span Span) {
		if span.Len() > 0 && !slices.ContainsFunc(list, func(c cue) bool { return c.class == class }) {
			list = append(list, cue{class, span})
		}
	}
	for _, h := range cueWords().hits(s) {
		if i := h.head(s); !h.denies && s.Tokens[i].Negated {
			continue
		}
		span := french.Span{Start: s.Tokens[h.tokens[0]].Start, End: s.Tokens[h.tokens[len(h.tokens)-1]].End}
		add(h.scale.name, span)
	}
	for _, n := range s.Negations {
		if n.Kind.Denies() && len(n.Cues) > 0 && !(len(n.Cues) == 1 && n.Cues[0].Len() <= 2) && n.Kind != french.DeniesNoun { // « ne » alone: what follows may be « que »
			add(cueDenied, Span{Start: n.Cues[0].Start, End: n.Cues[len(n.Cues)-1].End})
		}
		if n.Kind == french.Restricts && len(n.Cues) > 0 {
			add("exclusif", Span{Start: n.Cues[0].Start, End: n.Cues[len(n.Cues)-1].End})
		}
	}
	for _, q := range s.Quantifiers {
		if q.Head >= 0 && (spanNouns[s.Tokens[q.Head].Lemma] || moneyNouns[s.Tokens[q.Head].Lemma]) {
			continue
		}
		switch q.Kind {
		case french.All, french.Every:
			if q.Head >= 0 || q.Kind == french.Every {
				add(cueAll, q.Span)
			}
		case french.None:
			add(cueNone, q.Span)
		case french.Some, french.Few, french.Half, french.Fraction, french.NotAll, french.Most:
			if !strings.HasPrefix(french.Fold(q.Span.In(s.Text)), "plusieurs") {
				add(cueSome, q.Span)
			}
		}
	}
	for _, f := range a.Figures {
		if v, ok := f.Share(); ok && v > 0 && v < 1 && f.Unit != "%" {
			add(cueSome, f.Span)
		}
	}
	if s.Modality.Has(french.Conditional | french.Possible | french.Planned) {
		add(cuePossible, predicateSpan(s))
	}
	if a.frames.promise {
		add(cuePromise, predicateSpan(s))
	}
	return list
}

// predicateSpan is where the verb of the main clause stands.
func predicateSpan(s *french.Sentence) Span {
	for _, i := range [...]int{s.Clauses[0].Head, s.Clauses[0].Verb, 0} {
		if i >= 0 {
			return s.Tokens[i].Span
		}
	}
	return Span{}
}

// cueOf finds the cue of a class.
func (a *Assertion) cueOf(class string) (Span, bool) {
	for _, c := range a.cues {
		if c.class == class {
			return c.span, true
		}
	}
	return Span{}, false
}

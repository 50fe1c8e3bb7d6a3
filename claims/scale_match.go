package claims

import (
	"strings"

	"contredit/french"
)

// scaleHit is a trigger found in a sentence.
type scaleHit struct {
	*scaleTrigger
	tokens []int // of its words
}

// head is the token that carries the meaning of the hit: its verb, else its first word that
// is no function word.
func (h scaleHit) head(s *french.Sentence) int {
	for _, i := range h.tokens {
		if s.Tokens[i].POS == french.Verb {
			return i
		}
	}
	for _, i := range h.tokens {
		if !s.Tokens[i].Stop && s.Tokens[i].POS != french.Preposition {
			return i
		}
	}
	return h.tokens[0]
}

// own are the tokens that say the value and not what it is about: of « relever … taxe » the
// verb alone.
func (h scaleHit) own(s *french.Sentence) []int {
	own := h.tokens[:1]
	for k, i := range h.tokens[1:] {
		if !h.words[k+1].gap || s.Tokens[i].POS != french.Noun {
			own = append(own[:len(own):len(own)], i)
		}
	}
	return own
}

// scaleToken is a token in the forms in which triggers look for it.
type scaleToken struct {
	text, lemma string
	stem        string // of participles and adjectives
	passed      bool   // a phrase may pass over it
	mark        bool
}

func scaleTokens(s *french.Sentence) []scaleToken {
	list := make([]scaleToken, len(s.Tokens))
	for i, t := range s.Tokens {
		x := scaleToken{text: oneForm(french.Lower(t.In(s.Text))), lemma: oneForm(t.Lemma)}
		if t.POS == french.Verb || t.POS == french.Adjective && participial(t.Lemma) {
			x.stem = t.Stem
		}
		x.mark = t.POS == french.Mark
		x.passed = !x.mark && (t.Stop || t.POS == french.Adverb || t.POS == french.Negator || t.POS == french.Determiner)
		list[i] = x
	}
	return list
}

// participial says whether an adjective has the ending of a participle: « fermé », « ouvert ».
func participial(lemma string) bool {
	for _, ending := range [...]string{"é", "i", "u", "t", "s"} {
		if strings.HasSuffix(lemma, ending) {
			return true
		}
	}
	return false
}

func (w triggerWord) is(t scaleToken) bool {
	return w.text == t.lemma || w.text == t.text || w.stem != "" && w.stem == t.stem
}

// hits finds the triggers of a sentence: of one scale the longest at each place, and none
// inside another one.
func (l *frameLexicon) hits(s *french.Sentence) []scaleHit {
	tokens := scaleTokens(s)
	var found []scaleHit
	taken := map[*frameScale][]bool{}
	for i, t := range tokens {
		if t.mark {
			continue
		}
		best := map[*frameScale]scaleHit{}
		keys := [...]string{t.text, t.lemma, "~" + t.stem}
		for k, key := range keys {
			if k == 1 && t.lemma == t.text || k == 2 && t.stem == "" {
				continue
			}
			for _, trigger := range l.triggers[key] {
				if used := taken[trigger.scale]; used != nil && used[i] || len(best[trigger.scale].tokens) >= len(trigger.words) {
					continue
				}
				if at := trigger.matchAt(tokens, i); at != nil {
					best[trigger.scale] = scaleHit{trigger, at}
				}
			}
		}
		for _, scale := range l.scales {
			h, ok := best[scale]
			if !ok {
				continue
			}
			if taken[scale] == nil {
				taken[scale] = make([]bool, len(tokens))
			}
			for _, k := range h.tokens {
				taken[scale][k] = true
			}
			if h.mask != 0 {
				found = append(found, h)
			}
		}
	}
	return found
}

// matchAt returns the tokens of the trigger when it begins at i, nil when it does not.
func (t *scaleTrigger) matchAt(tokens []scaleToken, i int) []int {
	at := make([]int, 1, len(t.words))
	at[0] = i
	for _, w := range t.words[1:] {
		limit := 3
		if w.gap {
			limit = maxTriggerGap
		}
		next := -1
		for k := i + 1; k < len(tokens) && k <= i+1+limit; k++ {
			if w.is(tokens[k]) {
				next = k
				break
			}
			if tokens[k].mark && !strings.ContainsAny(tokens[k].text, "«»\",") || !w.gap && !tokens[k].passed && !tokens[k].mark {
				break
			}
		}
		if next < 0 {
			return nil
		}
		i = next
		at = append(at, i)
	}
	return at
}

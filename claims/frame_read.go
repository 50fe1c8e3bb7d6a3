package claims

import (
	"contredit/french"
)

// Values of frames without a scale of their own.
const (
	holds uint16 = 1 << iota
	fails
)

// emptyVerbs say nothing that their denial could contradict by itself.
var emptyVerbs = map[string]bool{"aller": true, "avoir": true, "devoir": true, "dire": true, "faire": true, "falloir": true, "indiquer": true,
	"pouvoir": true, "préciser": true, "rappeler": true, "sembler": true, "venir": true, "vouloir": true, "être": true, "estimer": true, "penser": true,
	"croire": true, "ajouter": true, "souligner": true, "affirmer": true, "déclarer": true, "savoir": true}

// actionFrames reads the verbs and the nouns of action: what is said to be done or not.
func (l *frameLexicon) actionFrames(s *french.Sentence) []frame {
	var list []frame
	for i, t := range s.Tokens {
		nominal := t.POS == french.Noun
		supported := false
		switch {
		case s.Clauses[t.Clause].Head == i && !completesNoun(s, i) && !emptyVerbs[t.Lemma] && (t.POS == french.Verb || t.POS == french.Adjective):
		case nominal && (l.actions[french.Fold(t.Lemma)] != "" || isActionNoun(french.Fold(t.Lemma))):
			supported = l.isSupported(s, i)
		case nominal && (t.Negated && isNone(s, i) || exists(s, i)):
			supported = l.isSupported(s, i)
		default:
			continue
		}
		if nominal && !supported && t.Negated && !isNone(s, i) && !deniedItself(s, i) {
			continue // « pas consulté sur le plan de circulation » does not deny the traffic
		}
		f := frame{key: "=" + l.family(t), value: holds, mask: holds, word: l.family(t), clause: t.Clause, nominal: nominal && !supported && !t.Negated,
			polarity: l.polarityOf(s, i, supported)}
		if f.denied {
			f.mask = fails
		}
		f.theme = l.themeOf(s, i, []int{i})
		f.span = quoted(s, i, i, f.cue)
		list = append(list, f)
	}
	return list
}

// deniedItself says whether a noun stands in a denial of things and not of a verb: « sans
// consultation », « pas un euro pour la construction ».
func deniedItself(s *french.Sentence, i int) bool {
	for _, n := range s.Negations {
		if n.Kind != french.DeniesClause && n.Kind.Denies() && n.Scope.Contains(s.Tokens[i].Span) {
			return true
		}
	}
	return false
}

// exists says whether the clause says that there is such a thing.
func exists(s *french.Sentence, i int) bool {
	c := s.Clauses[s.Tokens[i].Clause]
	if c.Head < 0 || c.SubjectHead != i && c.ObjectHead != i {
		return false
	}
	switch s.Tokens[c.Head].Lemma {
	case "avoir", "exister", "intervenir", "subsister":
		return true
	}
	return false
}

// isNone says whether a noun is told to be none: « aucun contrat ».
func isNone(s *french.Sentence, i int) bool {
	for _, q := range s.Quantifiers {
		if q.Head == i && q.Kind == french.None {
			return true
		}
	}
	return false
}

// oppositeFrames reads the words of scales/contraires.tsv.
func (l *frameLexicon) oppositeFrames(s *french.Sentence) []frame {
	var list []frame
	for i, t := range s.Tokens {
		if t.Stop || t.POS == french.Mark {
			continue
		}
		for _, o := range l.opposites[l.family(t)] {
			f := frame{key: o.pair, value: o.mask, mask: o.mask, word: l.family(t), clause: t.Clause, nominal: t.POS == french.Noun, polarity: l.polarityOf(s, i, false)}
			if f.denied {
				f.mask = (holds | fails) &^ o.mask
			}
			f.theme = l.themeOf(s, i, []int{i})
			f.span = quoted(s, i, i, f.cue)
			list = append(list, f)
		}
	}
	return list
}

// changeFrames reads « passe de 3,60 à 3,80 euros » and « 4 % de moins » as changes.
func (l *frameLexicon) changeFrames(a *Assertion) []frame {
	s := &a.Sentence
	var scale *frameScale
	for _, x := range l.scales {
		if x.name == "changement" {
			scale = x
		}
	}
	if scale == nil {
		return nil
	}
	var list []frame
	for _, g := range a.Figures {
		if g.Side != french.After || g.Peer < 0 || g.Peer >= len(a.Figures) || a.Figures[g.Peer].Unit != "" && a.Figures[g.Peer].Unit != g.Unit {
			continue
		}
		from := a.Figures[g.Peer]
		value := uint16(1 << 1)
		if g.Value > from.Value {
			value = 1 << 2
		} else if g.Value < from.Value {
			value = 1
		}
		i := s.At(g.Start)
		if i < 0 {
			continue
		}
		c := s.Tokens[i].Clause
		if h := s.Clauses[c].Head; h >= 0 {
			i = h
		}
		f := frame{key: scale.name, scale: scale, value: value, mask: value, word: actionRoot("passer"), clause: c, polarity: l.polarityOf(s, i, false)}
		if f.denied {
			continue
		}
		f.theme = l.themeOf(s, i, []int{i})
		f.span = french.Span{Start: min(from.Start, g.Start), End: max(from.End, g.End)}
		list = append(list, f)
	}
	return list
}

package claims

import (
	"strings"

	"contredit/french"
)

// How far a word of presence may stand from who it is said of, in words: in a sentence, in a
// list that has a heading of its own, and after a passive (« représenté par »).
const wordsNear, wordsNearInList, wordsNearPassive = 14, 5, 5

// presenceLabel opens a list: « Excusés : ».
type presenceLabel struct {
	at   int
	told presence
}

// states says of each person where the sentence puts them; vote takes the words of who left a
// vote for such.
func (p *presenceSaid) states(s *french.Sentence, vote bool) []presence {
	segments := segmentsOf(s)
	var labels []presenceLabel
	var hits []scaleHit
	for _, h := range p.hits {
		switch told := h.told(s); {
		case told == presenceUnsaid, told == outOfVote && !vote, vote && h.scale.name == presenceActs:
		case h.scale.name == presenceMissed, h.scale.name == presenceStayed, h.scale.name == presenceGone:
		case h.scale.name != presenceActs && h.scale.name != presenceOffVote && h.labelled(s):
			labels = append(labels, presenceLabel{h.tokens[0], told})
		default:
			hits = append(hits, h)
		}
	}
	list := make([]presence, len(p.people))
	for i := range p.people {
		list[i] = p.stateOf(s, i, labels, hits, segments)
	}
	return list
}

// stateOf says where the sentence puts one of those it names: what hands over to them, else the
// nearest word that may be said of them, else the heading of their list.
func (p *presenceSaid) stateOf(s *french.Sentence, i int, labels []presenceLabel, hits []scaleHit, segments []int) presence {
	who := p.people[i]
	if told := handedOver(s, who); told != presenceUnsaid {
		return told
	}
	state, near := presenceUnsaid, wordsNear
	for _, l := range labels {
		if l.at < who.start {
			state = l.told
			if near = wordsNear; segments[l.at] == segments[who.start] {
				near = wordsNearInList
			}
		}
	}
	best, came := near+1, false
	for _, h := range hits {
		at := h.tokens[0]
		if segments[at] != segments[who.start] || !h.mayBeSaidOf(s, who) {
			continue
		}
		d := at - who.end
		if at < who.start {
			d = who.start - h.tokens[len(h.tokens)-1]
		}
		if p.between(i, at) {
			d += 10
		}
		if d <= near && (s.Tokens[at].Lemma == "arriver" || s.Tokens[at].Lemma == "rejoindre" || s.Tokens[at].Lemma == "regagner") {
			came = true
		}
		told := h.toldOf(s, who)
		if d < best || d == best && told == absentThen {
			best, state = d, told
		}
	}
	if came && state == absentThen {
		return presenceUnsaid // « absente à l'ouverture, rejoint la séance »
	}
	return state
}

// toldOf is what a hit says of one of them: a group that is represented is there, a person that
// is represented is not.
func (h scaleHit) toldOf(s *french.Sentence, who attendee) presence {
	told := h.told(s)
	if h.scale.name != presenceAway || !h.has(s, "représenter") {
		return told
	}
	switch denied := s.Tokens[h.head(s)].Negated || h.denies; {
	case denied:
		return absentThen
	case who.group():
		return presentThen
	}
	return told
}

func (h scaleHit) has(s *french.Sentence, lemma string) bool {
	for _, i := range h.tokens {
		if s.Tokens[i].Lemma == lemma || s.Tokens[i].Stem == french.Stem(lemma) && s.Tokens[i].POS != french.Noun {
			return true
		}
	}
	return false
}

// mayBeSaidOf says whether no other verb stands between a hit and who it is said of, and
// whether the word is used of people.
func (h scaleHit) mayBeSaidOf(s *french.Sentence, who attendee) bool {
	first, last := h.tokens[0], h.tokens[len(h.tokens)-1]
	from, to := who.end, first
	if first < who.start {
		from, to = last+1, who.start
	}
	if h.scale.name == presenceAway && !h.denies {
		written := french.Lower(s.Tokens[first].In(s.Text))
		switch {
		case h.has(s, "empêcher") && !strings.Contains(written, "é"):
			return false
		case h.has(s, "décliner") && len(h.tokens) == 1 && last+1 < len(s.Tokens) && s.Tokens[last+1].POS != french.Mark && !aheadOf(s, last, "invitation"):
			return false
		case (h.has(s, "représenter") || h.has(s, "remplacer") || h.has(s, "suppléer")) && to-from > wordsNearPassive && !(first > 0 && s.Tokens[first-1].Text == "qui" && to-from <= wordsNear):
			return false
		case h.has(s, "excuser") || h.has(s, "absence"):
			return to-from <= wordsNear
		}
	}
	for k := from; k < to; k++ {
		t := s.Tokens[k]
		if t.POS == french.Verb && t.Mood != french.ParticipleMood && t.Mood != french.NoMood && t.Lemma != "être" && t.Lemma != "avoir" && t.Lemma != "pouvoir" {
			return false
		}
	}
	return true
}

// aheadOf says whether a word follows within four words.
func aheadOf(s *french.Sentence, at int, lemma string) bool {
	for k := at + 1; k < len(s.Tokens) && k <= at+4; k++ {
		if s.Tokens[k].Lemma == lemma {
			return true
		}
	}
	return false
}

// between says whether another person is named between one and a word.
func (p *presenceSaid) between(i, at int) bool {
	who := p.people[i]
	for k, o := range p.people {
		if k != i && (who.end <= o.start && o.end <= at || at < o.start && o.end <= who.start) && !(o.start-who.end <= 1 || who.start-o.end <= 1) {
			return true
		}
	}
	return false
}

// handedOver reads « représentée par M. Martin » and « pouvoir à M. Martin », who was there, and
// « pouvoir de M. Martin », who was not.
func handedOver(s *french.Sentence, who attendee) presence {
	k := who.start - 1
	for k >= 0 && (s.Tokens[k].Text == "." || s.Tokens[k].POS == french.Determiner || isCivility(s.Tokens[k].Text)) {
		k--
	}
	if k < 1 {
		return presenceUnsaid
	}
	switch before := s.Tokens[k-1]; {
	case s.Tokens[k].Text == "par" && (before.POS == french.Verb || before.POS == french.Adjective):
		return presentThen
	case s.Tokens[k].Lemma == "de" && (before.Text == "pouvoir" || before.Text == "procuration" || before.Text == "mandat"):
		return absentThen
	case (s.Tokens[k].Lemma == "à" || s.Tokens[k].Lemma == "au") && (before.Text == "pouvoir" || before.Text == "procuration" || before.Text == "mandat"):
		return presentThen
	}
	return presenceUnsaid
}

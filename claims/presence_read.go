package claims

import (
	_ "embed"
	"slices"
	"sync"

	"contredit/french"
)

//go:embed presence.tsv
var presenceText string

var presenceWords = sync.OnceValue(func() *frameLexicon { return phraseTable(presenceText) })

// Classes of presence.tsv.
const (
	presenceNone     = "-"
	presenceAway     = "absent"
	presenceActs     = "acte"
	presenceFull     = "complet"
	presenceOffVote  = "hors-vote"
	presenceThere    = "là"
	presenceQuorum   = "quorum"
	presenceRole     = "rôle"
	presenceGone     = "parti"
	presenceMissed   = "manque"
	presenceStayed   = "resté"
	presenceNoQuorum = "sans-quorum"
	presenceVotes    = "vote"
)

// presence is where a text says that somebody was.
type presence uint8

const (
	presenceUnsaid presence = iota
	presentThen
	absentThen
	outOfVote
)

// presenceSaid is what a sentence says of who was where.
type presenceSaid struct {
	hits   []scaleHit
	people []attendee
}

// presenceOf reads the sentence, once.
func (a *Assertion) presenceOf() *presenceSaid {
	if a.presence == nil {
		a.presence = readPresence(&a.Sentence)
	}
	return a.presence
}

func readPresence(s *french.Sentence) *presenceSaid {
	said := &presenceSaid{}
	if len(s.Tokens) == 0 || len(s.Clauses) == 0 || len(s.Tokens) > longestFramed {
		return said
	}
	all := presenceWords().hits(s)
	var none, roles []scaleHit
	for _, h := range all {
		switch h.scale.name {
		case presenceNone:
			none = append(none, h)
		case presenceRole:
			roles = append(roles, h)
		}
	}
	for _, h := range all {
		if h.scale.name == presenceNone || h.scale.name == presenceRole || slices.ContainsFunc(none, h.inside) {
			continue
		}
		said.hits = append(said.hits, h)
	}
	if len(said.hits) > 0 || slices.ContainsFunc(s.Tokens, func(t french.Token) bool {
		return t.Text == "sur" || t.Text == "pouvoir" || t.Text == "procuration"
	}) {
		said.people = peopleIn(s, roles) // « M. Martin, 4 séances sur 11 », « pouvoir de M. Martin »
	}
	return said
}

// inside says whether a hit shares words with another one that is no shorter.
func (h scaleHit) inside(o scaleHit) bool {
	return len(o.tokens) >= len(h.tokens) && h.tokens[0] <= o.tokens[len(o.tokens)-1] && o.tokens[0] <= h.tokens[len(h.tokens)-1]
}

// told is what a hit says of those it is said of, its denial counted.
func (h scaleHit) told(s *french.Sentence) presence {
	denied := !h.denies && s.Tokens[h.head(s)].Negated && s.Tokens[h.head(s)].Lemma != "absence"
	switch h.scale.name {
	case presenceAway, presenceMissed:
		if denied {
			return presentThen
		}
		return absentThen
	case presenceThere:
		if denied {
			return absentThen
		}
		return presentThen
	case presenceActs:
		if !denied {
			return presentThen
		}
	case presenceOffVote:
		if !denied {
			return outOfVote
		}
	}
	return presenceUnsaid
}

// segmentOf numbers the parts of a text between semicolons and full stops.
func segmentsOf(s *french.Sentence) []int {
	list := make([]int, len(s.Tokens))
	n := 0
	for i, t := range s.Tokens {
		list[i] = n
		if t.Text == ";" || t.Text == "." && i > 0 && i+1 < len(s.Tokens) && len(s.Tokens[i-1].Text) > 2 && s.Tokens[i-1].Text != "mmes" {
			n++
		}
	}
	return list
}

// labelled says whether a list follows the hit: « Excusés : », « étaient présents MM. ».
func (h scaleHit) labelled(s *french.Sentence) bool {
	for k := h.tokens[len(h.tokens)-1] + 1; k < len(s.Tokens) && k <= h.tokens[len(h.tokens)-1]+9; k++ {
		switch t := s.Tokens[k]; {
		case t.Text == ":" || t.Text == "-" || t.Text == "–" || t.Text == "—":
			return true
		case t.Text == ";" || t.Text == "." || t.Text == ",":
			return false
		case isCivility(t.Text):
			last := h.tokens[len(h.tokens)-1] // « étaient absents M. Roy », but not « suppléée par M. Roy »
			return k == last+1 && s.Tokens[last].POS != french.Preposition
		}
	}
	return false
}

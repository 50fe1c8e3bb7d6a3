package claims

import (
	"cmp"
	"slices"
	"strings"
)

// votesHeld are the votes that the records of an index state, by the words of their subjects: a claim
// about a vote without a body or a day would else have every record read.
type votesHeld struct {
	list  []heldVote // in the order of the records and of their rows
	words wordPostings
	hits  []float64 // of each vote, in the search under way: of the claim's words
	near  []float64 // and of those around it
	ready recent[*voteCase]
}

// heldVote is a place that states a vote.
type heldVote struct {
	record, row int32
	objects     voteObject
	told        answer // whether it tells of it as a fact
}

// answer is what is known of a question that is dear to answer.
type answer uint8

const (
	unasked answer = iota
	yes
	no
)

// mostVotes is how many votes of each of two generations stay ready.
const mostVotes = 2000

// How often a word counts in the postings of votes, which says where it stands.
const (
	inSection = 0.5
	inTitle   = 1
)

// addVotes enters the votes of a record that was just entered under a number.
func (m *Memory) addVotes(rec *Record, record int, text string) {
	if rec.sitting == nil {
		return
	}
	for i := range rec.rows {
		c, ok := rec.voteAt(i, text)
		if !ok {
			continue
		}
		id := int32(len(m.votes.list))
		title, section := c.about(text)
		for stem := range section {
			if !title[stem] {
				m.votes.words.add(m.number(stem), id, inSection)
			}
		}
		for stem := range title {
			m.votes.words.add(m.number(stem), id, inTitle)
		}
		v := heldVote{record: int32(record), row: int32(i), objects: voteObjectsIn(c.item + " " + c.evidence.Quote)}
		if c.formal {
			v.told = yes
		}
		m.votes.list = append(m.votes.list, v)
	}
}

// voteFound is a vote and how surely it is about the subject of a claim.
type voteFound struct {
	vote  int32
	match float64
}

// votesOn finds the votes that fit and are about the subject of a claim, the surest first, then the
// latest, then in the order of the records. Only votes that share a word with it can be.
func (m *Memory) votesOn(own, around subject, placed bool, fits func(heldVote) bool) []voteFound {
	h := &m.votes
	if len(h.hits) < len(h.list) {
		h.hits, h.near = make([]float64, len(h.list)), make([]float64, len(h.list))
	}
	clear(h.hits)
	clear(h.near)
	m.sumVotes(h.hits, own, underTitle)
	m.sumVotes(h.near, around, underTitleAround)
	mass := own.mass()
	var found []voteFound
	for id, v := range h.list {
		if match := subjectMatch(mass, h.hits[id], h.near[id], placed); match > 0 && fits(v) {
			found = append(found, voteFound{int32(id), match})
		}
	}
	day := func(f voteFound) string { return m.records[h.list[f.vote].record].sitting.date }
	slices.SortFunc(found, func(x, y voteFound) int {
		return cmp.Or(cmp.Compare(y.match, x.match), strings.Compare(day(y), day(x)), cmp.Compare(x.vote, y.vote))
	})
	return found
}

// sumVotes adds to sums, by vote, how much of a subject each vote's title holds, and a part of what
// the text under it does.
func (m *Memory) sumVotes(sums []float64, s subject, under float64) {
	for _, stem := range s.stems() { // sorted: sums of floats depend on their order
		number, known := m.words[stem]
		if !known {
			continue
		}
		list := m.votes.words[number]
		list.each(func(id int32, n float64) {
			if n == inTitle {
				sums[id] += s[stem]
			} else {
				sums[id] += under * s[stem]
			}
		})
	}
}

// vote is a vote of the index, nil when its sentence does not tell of it as a fact.
func (m *Memory) vote(id int32) *voteCase {
	v := &m.votes.list[id]
	rec := m.records[v.record]
	if v.told == no || !rec.read {
		return nil
	}
	c := m.votes.ready.get(int(id), func() *voteCase {
		c, _ := rec.voteAt(int(v.row), m.text(int(v.record)))
		return &c
	})
	if v.told == unasked {
		v.told = no
		if tellsVote(m.assertion(rec.first+int(v.row)), c.fact.voteSaid, false) {
			v.told = yes
		}
	}
	if v.told == no {
		return nil
	}
	return c
}

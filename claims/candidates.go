package claims

import (
	"cmp"
	"slices"
)

// Candidate is a record sentence beside a claim: how surely both speak of the same thing,
// and what the comparators find in the two.
type Candidate struct {
	Evidence Evidence
	Rank     float64 // of the search, over 0; comparable within one claim only
	Near     float64 // 0 to 1: how surely both speak of the same thing
	Gate     []Term  // what Near is made of, weights included
	Reasons  []Reason
	Terms    []Term
	Score    float64 // 0 to 1: probability that a reviewer would confirm the pair
}

// Candidates returns the record sentences that speak most surely of what the claim speaks
// of, in the order of the search, at most limit. The claim's own document is left out.
func (l *Linker) Candidates(c Claim, limit int) []Candidate {
	return l.candidates(c, l.reader.claim(c), limit)
}

// Nearest returns the sentences that share the most telling words with the claim, the best first, at
// most limit: the search that Candidates begins with, without reading them for the comparators.
func (l *Linker) Nearest(c Claim, limit int) []Evidence {
	var list []Evidence
	for _, h := range l.index.search(queryOf(l.reader.claim(c)), limit) {
		list = append(list, l.index.evidence(h.sentence))
	}
	return list
}

func (l *Linker) candidates(c Claim, a *Assertion, limit int) []Candidate {
	hits := l.index.search(queryOf(a), limit+limit/2)
	hits = slices.DeleteFunc(hits, func(h hit) bool { return l.index.records[h.record].Document.URL == c.URL })
	hits = hits[:min(limit, len(hits))]
	l.index.readAll(hits)
	list, claim := make([]Candidate, 0, len(hits)), l.asked(a)
	for place, h := range hits {
		r := l.index.assertion(h.sentence)
		reasons := compare(a, r)
		slices.SortStableFunc(reasons, func(x, y Reason) int { return cmp.Compare(y.Strength, x.Strength) })
		x := Candidate{Evidence: l.index.evidence(h.sentence), Rank: h.rank, Reasons: reasons, Gate: l.gate(claim, r, h, hits[0].rank, place)}
		x.Near = gateWeights().score(x.Gate)
		list = append(list, x)
	}
	for i := range list {
		list[i].Terms = scoreTerms(list, i)
		list[i].Score = l.weights.score(list[i].Terms)
	}
	return list
}

// scoreTerms are the features of the score of a candidate among the others.
func scoreTerms(list []Candidate, i int) []Term {
	c := list[i]
	best, place := 0.0, 0
	for _, o := range list {
		best = max(best, o.Near)
		place += int(flag01(o.Near > c.Near))
	}
	terms := []Term{{Name: "near", Value: c.Near}, {Name: "near_first", Value: share(c.Near, best)}, {Name: "near_place", Value: 1 / float64(1+place)}}
	terms = append(terms, findings(c.Reasons, c.Near)...)
	return append(terms, Term{Name: "supported", Value: supportBeside(list, i)})
}

// supportBeside is how strongly another sentence speaks for the claim, from 0 to 1: the one
// that agrees the most, and speaks the most surely of the same thing.
func supportBeside(list []Candidate, i int) float64 {
	best := 0.0
	for k, c := range list {
		if k == i {
			continue
		}
		for _, r := range c.Reasons {
			if r.Supports {
				best = max(best, r.Strength*c.Near)
			}
		}
	}
	return best
}

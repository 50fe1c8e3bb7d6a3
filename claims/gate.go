package claims

import (
	"math"
	"strings"
)

// rareRarity is the rarity from which a word that two sentences share says that they speak
// of the same thing: one sentence in sixty or fewer holds it.
const rareRarity = 4.1

// gate measures how surely a record sentence speaks of what a claim speaks of. Every feature
// is between 0 and about 1.
func (l *Linker) gate(claim, record *Assertion, h hit, first float64, place int) []Term {
	m := l.index
	own, theirs, around := stemsOf(claim), stemsOf(record), map[string]bool{}
	for _, t := range record.Around {
		around[t.Stem] = true
	}
	wide := widened(own)
	var mass, shared, nearly, near, back, backShared float64
	rare := 0
	for _, stem := range sorted(own) {
		r := m.rarity(stem)
		mass += r
		switch {
		case theirs[stem]:
			shared += r
			if r >= rareRarity {
				rare++
			}
		case around[stem]:
			near += r
		}
	}
	for _, stem := range sorted(theirs) {
		r := m.rarity(stem)
		back += r
		if own[stem] {
			backShared += r
		} else if wide[stem] > 0 {
			nearly += r * wide[stem]
		}
	}
	terms := []Term{
		{Name: "cover", Value: share(shared, mass)},
		{Name: "cover_synonyms", Value: min(share(nearly, mass), 1)},
		{Name: "cover_context", Value: share(near, mass)},
		{Name: "cover_back", Value: share(backShared, back)},
		{Name: "context", Value: l.sameContext(claim, record)},
		{Name: "rare", Value: float64(min(rare, 3)) / 3},
		{Name: "rank", Value: 1 / float64(1+place)},
		{Name: "search", Value: share(h.rank, first)},
		{Name: "neighbours", Value: share(h.neighbours, first)},
		{Name: "document", Value: share(h.document, first)},
		{Name: "length", Value: min(float64(len(record.Terms))/40, 1.5)},
	}
	return append(terms, whenFeatures(claim, record)...)
}

// sameContext is how much of what stands around the claim stands around the record, or in it.
func (l *Linker) sameContext(claim, record *Assertion) float64 {
	around := stemsOf(record)
	for _, t := range record.Around {
		around[t.Stem] = true
	}
	seen := map[string]bool{}
	var mass, shared float64
	for _, t := range claim.Around {
		if seen[t.Stem] {
			continue
		}
		seen[t.Stem] = true
		r := l.index.rarity(t.Stem)
		mass += r
		if around[t.Stem] {
			shared += r
		}
	}
	return share(shared, mass)
}

// whenFeatures place the record's day against the claim's. Minutes are adopted one session
// late, so a record may be younger than the claim that it refutes.
func whenFeatures(claim, record *Assertion) []Term {
	if claim.Day.IsZero() || record.Day.IsZero() {
		return []Term{{Name: "day_unknown", Value: 1}}
	}
	days := record.Day.Sub(claim.Day).Hours() / 24
	far := math.Min(math.Abs(days)/365, 2)
	if days > 0 {
		return []Term{{Name: "later", Value: 1}, {Name: "later_far", Value: far}}
	}
	return []Term{{Name: "earlier_far", Value: far}}
}

func share(part, whole float64) float64 {
	if whole <= 0 {
		return 0
	}
	return part / whole
}

func stemsOf(a *Assertion) map[string]bool {
	set := map[string]bool{}
	for _, t := range a.Terms {
		if !t.Stop && strings.TrimSpace(t.Stem) != "" {
			set[t.Stem] = true
		}
	}
	return set
}

package claims

import (
	_ "embed"
	"math"
	"strings"
	"sync"
	"time"

	"contredit/french"
)

// rareRarity is the rarity from which a word that two sentences share says that they speak
// of the same thing: one sentence in sixty or fewer holds it.
const rareRarity = 4.1

//go:embed gate.tsv
var gateText string

// gateWeights tell from the features of the gate how surely two sentences speak of the same
// thing; bench/linking fits them on the records that the gold puts beside a claim, whatever
// these say of it.
var gateWeights = sync.OnceValue(func() weights { return parseWeights("gate", gateText) })

// asked is a claim made ready for the gate: what does not depend on the record is read once.
type asked struct {
	*Assertion
	own    map[string]bool
	wide   map[string]float64 // words that mean about the same
	stems  []string           // of own, sorted
	mass   float64            // rarity of all own words
	around []string           // stems of the context, each once, in order
	heads  []string           // groups of the nouns and verbs that carry the sentence
	names  []string
	days   []french.Period // that the claim names
	units  map[string]bool
}

func (l *Linker) asked(a *Assertion) asked {
	q := asked{Assertion: a, own: stemsOf(a), heads: headGroups(a), names: nameStems(a), units: unitsOf(a)}
	q.stems, q.wide = sorted(q.own), widened(q.own)
	for _, stem := range q.stems {
		q.mass += l.index.rarity(stem)
	}
	seen := map[string]bool{}
	for _, t := range a.Around {
		if !seen[t.Stem] {
			seen[t.Stem] = true
			q.around = append(q.around, t.Stem)
		}
	}
	for _, p := range a.Dates {
		if p.Precision <= french.ToDay && !p.From.IsZero() && !p.Repeated && p.Relation == french.During {
			q.days = append(q.days, p)
		}
	}
	return q
}

// gate measures how surely a record sentence speaks of what a claim speaks of. Every feature
// is between 0 and about 1.
func (l *Linker) gate(claim asked, record *Assertion, h hit, first float64, place int) []Term {
	m := l.index
	theirs, around := stemsOf(record), map[string]bool{}
	for _, t := range record.Around {
		around[t.Stem] = true
	}
	var shared, nearly, near, back, backShared float64
	rare := 0
	for _, stem := range claim.stems {
		r := m.rarity(stem)
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
		if claim.own[stem] {
			backShared += r
		} else if claim.wide[stem] > 0 {
			nearly += r * claim.wide[stem]
		}
	}
	terms := []Term{
		{Name: "cover", Value: share(shared, claim.mass)},
		{Name: "cover_synonyms", Value: min(share(nearly, claim.mass), 1)},
		{Name: "cover_context", Value: share(near, claim.mass)},
		{Name: "cover_back", Value: share(backShared, back)},
		{Name: "context", Value: l.sameContext(claim, theirs, around)},
		{Name: "rare", Value: float64(min(rare, 3)) / 3},
		{Name: "rank", Value: 1 / float64(1+place)},
		{Name: "search", Value: share(h.rank, first)},
		{Name: "neighbours", Value: share(h.neighbours, first)},
		{Name: "document", Value: share(h.document, first)},
		{Name: "length", Value: min(float64(len(record.Terms))/40, 1.5)},
		{Name: "heads", Value: headsShared(claim.heads, record)},
		{Name: "units", Value: unitsShared(claim.units, record)},
	}
	terms = append(terms, namesShared(claim.names, theirs, around)...)
	terms = append(terms, dayNamed(claim.days, record)...)
	return append(terms, whenFeatures(claim.Assertion, record)...)
}

// sameContext is how much of what stands around the claim stands around the record, or in it.
func (l *Linker) sameContext(claim asked, theirs, around map[string]bool) float64 {
	var mass, shared float64
	for _, stem := range claim.around {
		r := l.index.rarity(stem)
		mass += r
		if theirs[stem] || around[stem] {
			shared += r
		}
	}
	return share(shared, mass)
}

// headGroups are the groups of meaning of the subjects, objects and predicates of a sentence.
func headGroups(a *Assertion) []string {
	l, seen := frameWords(), map[string]bool{}
	var list []string
	for _, c := range a.Sentence.Clauses {
		for _, i := range [...]int{c.SubjectHead, c.ObjectHead, c.Head} {
			if i < 0 || !carriesTheme(a.Sentence.Tokens[i]) {
				continue
			}
			if w := l.themeWord(l.themeStem(a.Sentence.Tokens[i]), 1, false); !w.weak && !seen[w.group] {
				seen[w.group] = true
				list = append(list, w.group)
			}
		}
	}
	return list
}

// headsShared is how many of the groups the record names, its context counting half.
func headsShared(heads []string, record *Assertion) float64 {
	if len(heads) == 0 {
		return 0
	}
	l, n := frameWords(), 0.0
	in, around := map[string]bool{}, map[string]bool{}
	for _, t := range record.Sentence.Tokens {
		if carriesTheme(t) {
			in[l.themeWord(l.themeStem(t), 1, false).group] = true
		}
	}
	for _, t := range record.Around {
		around[l.themeWord(t.Stem, 1, false).group] = true
	}
	for _, g := range heads {
		switch {
		case in[g]:
			n++
		case around[g]:
			n += 0.5
		}
	}
	return n / float64(len(heads))
}

func nameStems(a *Assertion) []string {
	var list []string
	for i, t := range a.Sentence.Tokens {
		if carriesTheme(t) && isNameToken(&a.Sentence, i) {
			list = append(list, t.Stem)
		}
	}
	return list
}

// namesShared tells apart records that name what the claim names from those that name none
// of it.
func namesShared(names []string, theirs, around map[string]bool) []Term {
	if len(names) == 0 {
		return nil
	}
	n := 0.0
	for _, stem := range names {
		switch {
		case theirs[stem]:
			n++
		case around[stem]:
			n += 0.7
		}
	}
	return []Term{{Name: "names", Value: n / float64(len(names))}, {Name: "names_apart", Value: flag01(n == 0)}}
}

// dayNamed says whether the claim names the very day of the meeting, or one that the record
// names too.
func dayNamed(days []french.Period, record *Assertion) []Term {
	for _, p := range days {
		if p.From.Equal(record.Day) {
			return []Term{{Name: "day_named", Value: 1}}
		}
		for _, w := range record.Dates {
			if w.Precision <= french.ToDay && w.From.Equal(p.From) {
				return []Term{{Name: "day_named", Value: 0.6}}
			}
		}
	}
	return nil
}

func unitsOf(a *Assertion) map[string]bool {
	set := map[string]bool{}
	for _, q := range a.quantities() {
		set[unitOf(q)] = true
	}
	return set
}

func unitOf(q quantity) string { return string(rune('a'+q.kind)) + q.unit }

// unitsShared says whether the record has a figure of the dimension of one of the claim's.
func unitsShared(units map[string]bool, record *Assertion) float64 {
	if len(units) == 0 {
		return 0
	}
	for _, q := range record.quantities() {
		if units[unitOf(q)] {
			return 1
		}
	}
	return 0
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

// after says whether the record's meeting was held after the day of the claim.
func after(claim, record *Assertion) bool {
	return !claim.Day.IsZero() && !record.Day.IsZero() && record.Day.Sub(claim.Day) > 12*time.Hour
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

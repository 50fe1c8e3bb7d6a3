package claims

import (
	_ "embed"
	"math"
	"regexp"
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
	wide   map[string]float64 // words that mean about the same
	stems  []weighed          // of its own words, sorted
	mass   float64            // rarity of all own words
	around []weighed          // of the context, each once, in order
	heads  []string           // groups of the nouns and verbs that carry the sentence
	names  []string
	days   []french.Period // that the claim names
	units  map[string]bool
}

// weighed is a stem with its rarity.
type weighed struct {
	stem   string
	rarity float64
}

func (l *Linker) asked(a *Assertion) asked {
	own := stemsOf(a)
	q := asked{Assertion: a, wide: widened(own), heads: headGroups(a), names: nameStems(a), units: unitsOf(a)}
	for _, stem := range sorted(own) {
		q.stems = append(q.stems, weighed{stem, l.index.rarity(stem)})
		q.mass += l.index.rarity(stem)
	}
	seen := map[string]bool{}
	for _, t := range a.Around {
		if !seen[t.Stem] {
			seen[t.Stem] = true
			q.around = append(q.around, weighed{t.Stem, l.index.rarity(t.Stem)})
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
	told := record.subjects()
	var shared, nearly, near, back, backShared float64
	rare := 0
	for _, w := range claim.stems {
		switch {
		case told.own.has(w.stem):
			shared += w.rarity
			if w.rarity >= rareRarity {
				rare++
			}
		case told.around.has(w.stem):
			near += w.rarity
		}
	}
	at := 0 // in the claim's words: both lists are sorted
	for _, stem := range told.own {
		r := l.index.rarity(stem)
		back += r
		for at < len(claim.stems) && claim.stems[at].stem < stem {
			at++
		}
		if at < len(claim.stems) && claim.stems[at].stem == stem {
			backShared += r
		} else if w := claim.wide[stem]; w > 0 {
			nearly += r * w
		}
	}
	terms := []Term{
		{Name: "cover", Value: share(shared, claim.mass)},
		{Name: "cover_synonyms", Value: min(share(nearly, claim.mass), 1)},
		{Name: "cover_context", Value: share(near, claim.mass)},
		{Name: "cover_back", Value: share(backShared, back)},
		{Name: "context", Value: sameContext(claim, told)},
		{Name: "rare", Value: float64(min(rare, 3)) / 3},
		{Name: "rank", Value: 1 / float64(1+place)},
		{Name: "search", Value: share(h.rank, first)},
		{Name: "neighbours", Value: share(h.neighbours, first)},
		{Name: "document", Value: share(h.document, first)},
		{Name: "length", Value: min(float64(len(record.Terms))/40, 1.5)},
		{Name: "heads", Value: headsShared(claim.heads, told)},
		{Name: "units", Value: unitsShared(claim.units, record)},
		{Name: "taken_up", Value: share(shared+near, claim.mass) * flag01(record.takesUp())},
		{Name: "taken_up_claim", Value: sameContext(claim, told) * flag01(claim.takesUp())},
	}
	terms = append(terms, namesShared(claim.names, told)...)
	terms = append(terms, dayNamed(claim.days, record)...)
	return append(terms, whenFeatures(claim.Assertion, record)...)
}

// taken are the words that take up what was named before, anywhere in a sentence. A topic goes on (refersBack) only where they open it.
var taken = regexp.MustCompile(`\b(?:en\s+(?:a|ont|avait|avaient|avons|avions)|l'(?:a|ont|avons|avait|avions)|il|elle|ils|elles|cela|ca|c'est|(?:ce|cet|cette|ces)\s+(?:dossier|projet|sujet|question|outil|point|texte|plan|mesure|reforme|decision|rapport|choix|orientation)s?)\b`)

// takesUp says whether a sentence speaks of what stands before it or in its heading: « le comité examine ce
// dossier », « il est prévu … ».
func (a *Assertion) takesUp() bool {
	if a.refers == nil {
		refers := a.frames != nil && a.frames.pronoun || taken.MatchString(plainOf(a.Text).s)
		a.refers = &refers
	}
	return *a.refers
}

// sameContext is how much of what stands around the claim stands around the record, or in it.
func sameContext(claim asked, told *subjects) float64 {
	var mass, shared float64
	for _, w := range claim.around {
		mass += w.rarity
		if told.own.has(w.stem) || told.around.has(w.stem) {
			shared += w.rarity
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
func headsShared(heads []string, told *subjects) float64 {
	if len(heads) == 0 {
		return 0
	}
	n := 0.0
	for _, g := range heads {
		switch {
		case told.groups.has(g):
			n++
		case told.aroundGroups.has(g):
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
func namesShared(names []string, told *subjects) []Term {
	if len(names) == 0 {
		return nil
	}
	n := 0.0
	for _, stem := range names {
		switch {
		case told.own.has(stem):
			n++
		case told.around.has(stem):
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

package claims

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"contredit/french"
)

// ClaimIndex finds the claims that a new record touches: those that share enough telling words
// with one of its sentences, and those that name the institution whose meeting it records. It
// is the index of records turned round, so that a new record does not cost a look at every claim.
// It is for one goroutine at a time.
type ClaimIndex struct {
	ids    []string
	known  map[string]int32
	words  map[string]int32 // number of each stem
	lists  []postings       // of each stem
	stems  [][]int32        // of each claim: the stems of its own words
	days   []string         // of each claim, ISO
	marks  []uint64         // of each claim: of its figures and its denial
	apart  []identity       // of each claim: what sets another apart that has the same words
	byBody map[string][]int32
	scores []float64
}

// NewClaimIndex returns an empty index.
func NewClaimIndex() *ClaimIndex {
	return &ClaimIndex{known: map[string]int32{}, words: map[string]int32{}, byBody: map[string][]int32{}}
}

// Add enters a claim, once each by its id: what is known is left as it is.
func (x *ClaimIndex) Add(c Claim) {
	if _, known := x.known[c.ID]; known {
		return
	}
	id := int32(len(x.ids))
	x.known[c.ID] = id
	weight := map[string]float64{}
	for _, t := range french.Terms(aroundClaim(c)) {
		if !t.Stop {
			weight[t.Stem] = aroundWeight
		}
	}
	var own []int32
	for _, t := range french.Terms(c.Quote) {
		if !t.Stop && weight[t.Stem] < 1 {
			weight[t.Stem] = 1
			own = append(own, x.number(t.Stem))
		}
	}
	for stem, n := range weight {
		x.lists[x.number(stem)].add(id, n)
	}
	if class := bodyClassIn(c.Quote); class != "" {
		x.byBody[class] = append(x.byBody[class], id)
	}
	slices.Sort(own)
	g := gistOf(c)
	x.ids, x.stems, x.days = append(x.ids, c.ID), append(x.stems, own), append(x.days, c.Date)
	x.marks, x.apart = append(x.marks, g.mark()), append(x.apart, g.apart)
}

func (x *ClaimIndex) number(stem string) int32 {
	n, ok := x.words[stem]
	if !ok {
		n = int32(len(x.lists))
		x.words[strings.Clone(stem)] = n
		x.lists = append(x.lists, postings{})
	}
	return n
}

// Len is how many claims the index holds.
func (x *ClaimIndex) Len() int { return len(x.ids) }

// Has says whether the index holds a claim.
func (x *ClaimIndex) Has(id string) bool { _, ok := x.known[id]; return ok }

// What a claim has to share with a record's sentence to be touched by it.
const (
	touchedPerSentence = 40
	leastTouched       = 0.12 // of the mass of the claim's words
	touchedBefore      = 550  // days that a meeting may lie before the claim that names its institution
	touchedAfter       = 120  // and after
)

// Touched is what a record may speak of.
type Touched struct {
	Sentences map[string][]int // by claim: sentences of the index of records that share words with it
	Meeting   []string         // claims that name the institution of the meeting that it records
}

// Touched finds the claims that the record at an address, which the index of records holds, may
// speak of.
func (x *ClaimIndex) Touched(m *Memory, url string) Touched {
	t := Touched{Sentences: map[string][]int{}}
	at, ok := m.of[url]
	if !ok {
		return t
	}
	rec := m.records[at]
	text := ""
	if rec.read {
		text = m.text(at)
	}
	w := weighing{rarity: make([]float64, len(x.lists)), mass: make([]float64, len(x.ids))}
	for stem, n := range x.words {
		w.rarity[n] = m.rarity(stem)
	}
	for i := range rec.rows {
		for _, id := range x.touchedBy(rec.evidence(i, text), &w) {
			t.Sentences[x.ids[id]] = append(t.Sentences[x.ids[id]], rec.first+i)
		}
	}
	if rec.sitting != nil {
		t.Meeting = x.naming(*rec.sitting)
	}
	return t
}

// weighing is what words and claims count beside the records of an index.
type weighing struct {
	rarity []float64 // of each stem
	mass   []float64 // of each claim's own words; 0 until it is asked for
}

// massOf is what the own words of a claim count together: most sentences of a record share a word with
// most claims, so that each would else be summed up for each sentence.
func (x *ClaimIndex) massOf(id int32, w *weighing) float64 {
	if w.mass[id] == 0 {
		for _, n := range x.stems[id] {
			w.mass[id] += w.rarity[n]
		}
	}
	return w.mass[id]
}

// touchedBy are the claims that share the most with a sentence: its own words, those that mean
// about the same, and less so those around it.
func (x *ClaimIndex) touchedBy(e Evidence, w *weighing) []int32 {
	q, own := query{}, map[string]bool{}
	for _, t := range french.Terms(contextOf(e)) {
		if !t.Stop {
			q[t.Stem] = aroundWeight
		}
	}
	for _, t := range french.Terms(e.Quote) {
		if !t.Stop {
			own[t.Stem] = true
		}
	}
	for stem, w := range widened(own) {
		q[stem] = max(q[stem], w)
	}
	for stem := range own {
		q[stem] = 1
	}
	met := x.reckon(q, w.rarity)
	type shared struct {
		id    int32
		share float64
	}
	var best []shared
	least := leastTouched
	cut := func() {
		slices.SortFunc(best, func(a, b shared) int { return cmp.Or(cmp.Compare(b.share, a.share), cmp.Compare(a.id, b.id)) })
		if len(best) >= touchedPerSentence {
			best = best[:touchedPerSentence]
			least = best[touchedPerSentence-1].share // of equal ones the first stay: they are not met in order
		}
	}
	for _, id := range met {
		if s := share(x.scores[id], x.massOf(id, w)); s >= least {
			if best = append(best, shared{id, s}); len(best) == 2*touchedPerSentence {
				cut()
			}
		}
		x.scores[id] = 0
	}
	cut()
	ids := make([]int32, len(best))
	for i, s := range best {
		ids[i] = s.id
	}
	return ids
}

// reckon sums up in scores what each claim shares with a query, and returns the claims met.
func (x *ClaimIndex) reckon(q query, rarity []float64) []int32 {
	if len(x.scores) < len(x.ids) {
		x.scores = make([]float64, len(x.ids)+len(x.ids)/4)
	}
	stems := make([]string, 0, len(q))
	for stem := range q {
		stems = append(stems, stem)
	}
	slices.Sort(stems) // sums of floats depend on their order
	var met []int32
	for _, stem := range stems {
		number, ok := x.words[stem]
		if !ok {
			continue
		}
		weight := q[stem] * rarity[number]
		x.lists[number].each(func(id int32, n float64) {
			if x.scores[id] == 0 {
				met = append(met, id)
			}
			x.scores[id] += weight * n
		})
	}
	return met
}

// naming are the claims that name the institution of a meeting, near its day: attendance, votes and
// absences are looked up by the meeting, whatever its words.
func (x *ClaimIndex) naming(s sitting) []string {
	held, err := time.Parse(time.DateOnly, s.date)
	if err != nil {
		return nil
	}
	var ids []string
	for _, id := range x.byBody[s.class] {
		said, err := time.Parse(time.DateOnly, x.days[id])
		if days := said.Sub(held).Hours() / 24; err != nil || days <= touchedBefore && days >= -touchedAfter {
			ids = append(ids, x.ids[id])
		}
	}
	return ids
}

// First is the claim made first, another than the given one, that says the same: the same figures,
// the same denial, and as many telling words as a repeat shares. "" without one.
func (x *ClaimIndex) First(c Claim) string {
	g, use := gistOf(c), map[string]int{}
	var own []int32
	for _, stem := range g.stems {
		if n, ok := x.words[stem]; ok {
			use[stem] = int(x.lists[n].count)
			own = append(own, n)
		}
	}
	slices.Sort(own)
	mark, first := g.mark(), int32(-1)
	for _, stem := range g.prefix(use) {
		n, ok := x.words[stem]
		if !ok {
			continue
		}
		x.lists[n].each(func(id int32, _ float64) {
			earlier := first < 0 || cmp.Or(strings.Compare(x.days[id], x.days[first]), cmp.Compare(id, first)) < 0
			if earlier && x.marks[id] == mark && x.ids[id] != c.ID && !g.apart.excludes(x.apart[id]) && sharedAreEnough(own, x.stems[id], len(g.stems)) {
				first = id
			}
		})
	}
	if first < 0 {
		return ""
	}
	return x.ids[first]
}

// sharedAreEnough says whether two sorted lists of words share as many as a repeat does; the first
// claim has n words, of which those known are in a.
func sharedAreEnough(a, b []int32, n int) bool {
	shared := 0
	for i, k := 0, 0; i < len(a) && k < len(b); {
		switch cmp.Compare(a[i], b[k]) {
		case 0:
			shared++
			i, k = i+1, k+1
		case -1:
			i++
		default:
			k++
		}
	}
	return shared >= fewestShared && float64(shared) >= leastShared*float64(max(n, len(b)))
}

// Speaks says whether one of the sentences of the index of records, which touch a claim, might
// speak for it or against it: whether looking for all that speaks of the claim is worth while.
// It reckons as if nothing nearer were found, and asks for half of what a link needs.
func (l *Linker) Speaks(c Claim, sentences []int) bool {
	a := l.reader.claim(c)
	claim := l.asked(a)
	for _, s := range sentences {
		record := l.index.recordOf(s)
		if l.index.records[record].Document.URL == c.URL {
			continue
		}
		r := l.index.assertion(s)
		reasons := compare(a, r)
		if len(reasons) == 0 {
			continue
		}
		slices.SortStableFunc(reasons, func(x, y Reason) int { return cmp.Compare(y.Strength, x.Strength) })
		x := Candidate{Rank: 1, Reasons: reasons, Gate: l.gate(claim, r, hit{sentence: s, record: record, rank: 1, neighbours: 1, document: 1}, 1, 0)}
		x.Near = gateWeights().score(x.Gate)
		supports := slices.ContainsFunc(reasons, func(r Reason) bool { return r.Supports && r.Strength >= leastSupport })
		if supports && x.Near >= l.Threshold || x.kind() != "" && l.weights.score(scoreTerms([]Candidate{x}, 0)) >= l.Threshold/2 {
			return true
		}
	}
	return false
}

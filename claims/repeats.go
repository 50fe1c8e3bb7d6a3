package claims

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math"
	"slices"

	"contredit/french"
)

// fewestShared is how many telling words two claims have to share to be one, and leastShared
// their share of the longer one's.
const (
	fewestShared = 4
	leastShared  = 0.6
)

// gist is what of a claim is compared with another's.
type gist struct {
	claim   Claim
	stems   []string // sorted, each once
	figures []float64
	negated bool
	apart   identity
}

// FindRepeats proposes which claims say again what was said before: from the id of a claim
// to the id of the first one. The same telling words, the same figures and the same denial
// are asked for, and no other year, actor, name or contrary word. A repeat is never merged: each keeps its speaker and its place.
func FindRepeats(all []Claim) map[string]string {
	gists := make([]gist, 0, len(all))
	at := map[string][]int{} // gists by each stem of their prefix
	for _, c := range all {
		if c.Worth {
			gists = append(gists, gistOf(c))
		}
	}
	slices.SortStableFunc(gists, func(a, b gist) int {
		return cmp.Or(cmp.Compare(a.claim.Date, b.claim.Date), cmp.Compare(a.claim.URL, b.claim.URL), cmp.Compare(a.claim.Span.Start, b.claim.Span.Start))
	})
	use := map[string]int{}
	for _, g := range gists {
		for _, stem := range g.stems {
			use[stem]++
		}
	}
	repeats := map[string]string{}
	for i, g := range gists {
		// Who shares so many words shares one of the least used.
		prefix := g.prefix(use)
		var met []int
		for _, stem := range prefix {
			met = append(met, at[stem]...)
			at[stem] = append(at[stem], i)
		}
		slices.Sort(met)
		for _, k := range slices.Compact(met) {
			if first := gists[k]; first.repeatedBy(g) {
				repeats[g.claim.ID] = cmp.Or(repeats[first.claim.ID], first.claim.ID)
				break
			}
		}
	}
	return repeats
}

// prefix are the stems of which two gists that are alike share one: the least used of them, all
// but as many as may be missing.
func (g gist) prefix(use map[string]int) []string {
	stems := slices.Clone(g.stems)
	slices.SortStableFunc(stems, func(a, b string) int { return cmp.Compare(use[a], use[b]) })
	most := len(stems) - int(math.Ceil(leastShared*float64(len(stems)))) + 1
	return stems[:min(max(most, 0), len(stems))]
}

// mark is the same for two gists whose figures and denial are the same, and hardly ever else.
func (g gist) mark() uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%t %v", g.negated, g.figures)
	return h.Sum64()
}

// repeatedBy says whether another claim says the same thing again.
func (g gist) repeatedBy(other gist) bool {
	if g.negated != other.negated || !slices.Equal(g.figures, other.figures) || g.apart.excludes(other.apart) {
		return false
	}
	n := 0
	for _, stem := range g.stems {
		if _, shared := slices.BinarySearch(other.stems, stem); shared {
			n++
		}
	}
	return n >= fewestShared && float64(n) >= leastShared*float64(max(len(g.stems), len(other.stems)))
}

func gistOf(c Claim) gist {
	g := gist{claim: c}
	for _, t := range french.Terms(c.Quote) {
		if !t.Stop {
			g.stems = append(g.stems, t.Stem)
		}
	}
	g.negated = isDenial(c.Quote)
	slices.Sort(g.stems)
	g.stems = slices.Compact(g.stems)
	for _, f := range french.Figures(c.Quote) {
		g.figures = append(g.figures, f.Value)
	}
	g.apart = identityOf(c, g.stems)
	return g
}

package claims

import (
	"cmp"
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
	stems   map[string]bool
	figures []float64
	negated bool
}

// FindRepeats proposes which claims say again what was said before: from the id of a claim
// to the id of the first one. The same telling words, the same figures and the same denial
// are asked for. A repeat is never merged: each keeps its speaker and its place.
func FindRepeats(all []Claim) map[string]string {
	gists := make([]gist, 0, len(all))
	at := map[string][]int{} // of each stem
	for _, c := range all {
		if c.Worth {
			gists = append(gists, gistOf(c))
		}
	}
	slices.SortStableFunc(gists, func(a, b gist) int {
		return cmp.Or(cmp.Compare(a.claim.Date, b.claim.Date), cmp.Compare(a.claim.URL, b.claim.URL), cmp.Compare(a.claim.Span.Start, b.claim.Span.Start))
	})
	repeats := map[string]string{}
	for i, g := range gists {
		count := map[int]int{}
		for _, stem := range sorted(g.stems) {
			for _, k := range at[stem] {
				count[k]++
			}
			at[stem] = append(at[stem], i)
		}
		for k := range i {
			first := gists[k]
			longer := max(len(first.stems), len(g.stems))
			if count[k] >= fewestShared && float64(count[k]) >= leastShared*float64(longer) && first.negated == g.negated && slices.Equal(first.figures, g.figures) {
				repeats[g.claim.ID] = cmp.Or(repeats[first.claim.ID], first.claim.ID)
				break
			}
		}
	}
	return repeats
}

func gistOf(c Claim) gist {
	g := gist{claim: c, stems: map[string]bool{}}
	for _, t := range french.Terms(c.Quote) {
		if !t.Stop {
			g.stems[t.Stem] = true
		}
		switch t.Text {
		case "ne", "n", "n'", "pas", "aucun", "aucune", "jamais", "sans":
			g.negated = true
		}
	}
	for _, f := range french.Figures(c.Quote) {
		g.figures = append(g.figures, f.Value)
	}
	return g
}

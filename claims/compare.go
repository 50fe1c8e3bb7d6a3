package claims

import (
	"cmp"
	"slices"

	"contredit/french"
)

// Comparison is what the comparators say of two sentences that are taken to speak of the
// same thing.
type Comparison struct {
	Score   float64 // 0 to 1: probability that they cannot both hold
	Kind    Kind    // of the strongest reason; "" without one
	Reasons []Reason
}

// Comparer compares given pairs, without an index.
type Comparer struct{ reader reader }

// NewComparer returns a comparer. It is safe for concurrent use.
func NewComparer(analyzer *french.Analyzer) *Comparer { return &Comparer{reader{analyzer: analyzer}} }

// Compare says whether a record contradicts a claim. Spans are bytes of the two texts.
func (c *Comparer) Compare(claim, record string) Comparison {
	reasons := compare(c.reader.read(claim, "", ""), c.reader.read(record, "", ""))
	slices.SortStableFunc(reasons, func(x, y Reason) int { return cmp.Compare(y.Strength, x.Strength) })
	var result Comparison
	for _, r := range reasons {
		if r.Supports {
			continue
		}
		if result.Kind == "" {
			result.Kind = r.Kind
		}
		result.Score = 1 - (1-result.Score)*(1-r.Strength)
		result.Reasons = append(result.Reasons, r)
	}
	return result
}

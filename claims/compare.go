package claims

import (
	"cmp"
	"slices"

	"contredit/french"
)

// Comparison is what the comparators say of two sentences that are taken to speak of the
// same thing.
type Comparison struct {
	Score   float64  // 0 to 1: probability that they cannot both hold
	Kind    Kind     // of the strongest reason; negation when the score alone says so
	Reasons []Reason // against the claim, the strongest first
	Terms   []Term   // what the score is made of, weights included
}

// nothingDiffers bounds the score of two texts in which nothing speaks against the other and
// neither alone denies.
const nothingDiffers = 0.45

// Comparer compares given pairs, without an index.
type Comparer struct{ reader reader }

// NewComparer returns a comparer. It is safe for concurrent use.
func NewComparer(analyzer *french.Analyzer) *Comparer { return &Comparer{reader{analyzer: analyzer}} }

// Compare says whether a record contradicts a claim. Spans are bytes of the two texts.
func (c *Comparer) Compare(claim, record string) Comparison {
	return CompareAssertions(c.Read(claim), c.Read(record))
}

// Read reads one sentence, for CompareAssertions.
func (c *Comparer) Read(text string) *Assertion { return c.reader.read(text, "", "") }

// CompareAssertions compares two sentences that were read before.
func CompareAssertions(claim, record *Assertion) Comparison {
	reasons := compare(claim, record)
	slices.SortStableFunc(reasons, func(x, y Reason) int { return cmp.Compare(y.Strength, x.Strength) })
	result := Comparison{Terms: pairTerms(claim, record, reasons), Kind: KindNegation}
	result.Score = compareWeights().score(result.Terms)
	against := slices.ContainsFunc(reasons, func(r Reason) bool { return !r.Supports })
	if !against && (settled(reasons) || deniesPlainly(claim) == deniesPlainly(record) && refutations(claim) == refutations(record)) {
		result.Score = min(result.Score, nothingDiffers) // however many words they share
	}
	for _, r := range reasons {
		if !r.Supports {
			result.Reasons = append(result.Reasons, r)
		}
	}
	if len(result.Reasons) > 0 {
		result.Kind = result.Reasons[0].Kind
	}
	return result
}

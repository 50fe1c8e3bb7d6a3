package claims_test

import (
	"testing"

	"contredit/claims"
)

// BenchmarkCompareAssertions compares sentences that were read before: the aim is 20,000
// pairs a second on one core.
func BenchmarkCompareAssertions(b *testing.B) {
	c := comparer(b)
	var said, noted []*claims.Assertion
	for _, test := range frameCases {
		said = append(said, c.Read(test.claim))
		noted = append(noted, c.Read(test.record))
	}
	b.ResetTimer()
	pairs := 0
	for b.Loop() {
		for _, x := range said {
			for _, y := range noted {
				claims.CompareAssertions(x, y)
				pairs++
			}
		}
	}
	b.ReportMetric(float64(pairs)/b.Elapsed().Seconds(), "pairs/s")
}

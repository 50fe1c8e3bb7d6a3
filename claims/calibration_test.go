package claims_test

import (
	"errors"
	"testing"

	"contredit/claims"
)

func decided(n int, name string, right bool) []claims.Labelled {
	var list []claims.Labelled
	for range n {
		list = append(list, claims.Labelled{Terms: []claims.Term{{Name: name, Value: 1}, {Name: "cover", Value: 0.5}}, Right: right})
	}
	return list
}

func TestRecalibrate(t *testing.T) {
	from := claims.BuiltIn()
	good, bad := decided(40, "finds_vote", true), decided(40, "finds_number", false)
	to, err := from.Recalibrate("essai", append(good, bad...))
	if err != nil {
		t.Fatal(err)
	}
	// People confirm the one and reject the other: the first must come out plainly likelier.
	if to.Score(good[0].Terms) <= from.Score(good[0].Terms) || to.Score(bad[0].Terms) > to.Score(good[0].Terms)/3 {
		t.Errorf("confirmed %.3f → %.3f, rejected %.3f → %.3f", from.Score(good[0].Terms), to.Score(good[0].Terms), from.Score(bad[0].Terms), to.Score(bad[0].Terms))
	}
	again, err := from.Recalibrate("essai", append(good, bad...))
	if err != nil || again.Score(good[0].Terms) != to.Score(good[0].Terms) {
		t.Errorf("the same decisions gave other weights: %v", err)
	}
	if _, err := from.Recalibrate("essai", append(decided(40, "x", true), decided(3, "y", false)...)); !errors.Is(err, claims.ErrTooFew) {
		t.Errorf("error = %v, want too few", err)
	}
}

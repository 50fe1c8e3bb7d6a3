package main

import (
	"contredit/claims"
)

// worth fits the weights of worthiness on the gold's sentences: those that are claims worth
// checking, and those that only look so.
func (b *bench) worth(out string) error {
	var samples []claims.Labelled
	for _, row := range b.gold.Claims {
		s := claims.Labelled{Right: row.Worth}
		for _, signal := range b.claims[row.ID].Signals {
			if signal.Name == "length" { // chosen, not fitted
				s.Given += signal.Weight
				continue
			}
			s.Terms = append(s.Terms, claims.Term{Name: signal.Name, Value: 1})
		}
		if len(s.Terms) > 0 {
			samples = append(samples, s)
		}
	}
	return writeWeights(out, "fitted by « linking worth » on the odd half of the fictional council; a positive one speaks for checking", samples)
}

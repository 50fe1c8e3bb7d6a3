package main

import (
	"contredit/claims"
)

// worth fits the weights of worthiness on the gold's sentences: those that are claims worth
// checking, and those that only look so.
func (b *bench) worth(out string) error {
	var samples []sample
	for _, row := range b.gold.Claims {
		s := sample{right: row.Worth, mass: 1}
		for _, signal := range b.claims[row.ID].Signals {
			s.terms = append(s.terms, claims.Term{Name: signal.Name, Value: 1})
		}
		if len(s.terms) > 0 {
			samples = append(samples, s)
		}
	}
	return writeWeights(out, "fitted by « linking worth » on the odd half of the fictional council; a positive one speaks for checking", samples)
}

package claims

import "math"

// weights turn features into the probability that a reviewer would confirm a link.
type weights struct {
	name      string
	threshold float64
	bias      float64
	of        map[string]float64
}

var defaultWeights = weights{name: "unfitted", threshold: 0.5, bias: 0, of: map[string]float64{}}

// score is the logistic of the weighted features. It writes the weights into terms.
func (w weights) score(terms []Term) float64 {
	logit := w.bias
	for i := range terms {
		terms[i].Weight = w.of[terms[i].Name]
		logit += terms[i].Weight * terms[i].Value
	}
	return 1 / (1 + math.Exp(-logit))
}

// features are what the score of a pair is made of: how surely both speak of the same
// thing, and what the comparators found.
func (l *Linker) features(claim, record *Assertion, found []candidate, i int, reasons []Reason) []Term {
	var terms []Term
	for _, r := range reasons {
		terms = append(terms, Term{Name: r.Rule, Value: r.Strength})
	}
	return terms
}

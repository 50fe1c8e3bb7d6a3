package main

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"slices"

	"contredit/claims"
)

// sample is one candidate with its truth.
type sample struct {
	terms []claims.Term
	right bool
	mass  float64
}

const (
	perClaim = 40
	pull     = 1.0 // of the weights towards zero (L2)
	rounds   = 4000
)

// fit finds the weights under which contradictions get a high score and everything else a
// low one, by gradient descent on the logistic loss. The order of the samples is fixed, so
// the same database gives the same weights.
func (b *bench) fit(out string) error {
	return writeWeights(out, "fitted by « linking fit » on the odd half of the fictional council; a positive one speaks for a contradiction", b.samples())
}

// writeWeights fits and writes a table that parseWeights of package claims reads.
func writeWeights(out, origin string, samples []sample) error {
	names := namesOf(samples)
	w := descend(samples, names)
	var text bytes.Buffer
	fmt.Fprintf(&text, "# name\tweight: %s\n", origin)
	for i, name := range names {
		fmt.Fprintf(&text, "%s\t%.4f\n", name, w[i])
	}
	if out == "" {
		_, err := os.Stdout.Write(text.Bytes())
		return err
	}
	return os.WriteFile(out, text.Bytes(), 0o644)
}

func (b *bench) samples() []sample {
	var list []sample
	right := 0
	for _, row := range b.gold.Claims {
		if !row.Worth {
			continue
		}
		for _, c := range b.linker.Candidates(b.claims[row.ID], perClaim) {
			s := sample{terms: c.Terms, mass: 1}
			for _, link := range b.gold.LinksOf(row.ID) {
				if link.Kind != "absence" && b.touches(c.Evidence, link) {
					s.right = s.right || link.Label == "contradiction"
					s.mass = 2 // labelled: a trap or a find
				}
			}
			if s.right {
				right++
			}
			list = append(list, s)
		}
	}
	fmt.Fprintf(os.Stderr, "%d pairs, %d of them contradictions\n", len(list), right)
	return list
}

func namesOf(samples []sample) []string {
	seen := map[string]bool{"bias": true}
	for _, s := range samples {
		for _, t := range s.terms {
			seen[t.Name] = true
		}
	}
	names := make([]string, 0, len(seen))
	for name := range seen {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// descend is full-batch gradient descent with a step for each weight (Adagrad).
func descend(samples []sample, names []string) []float64 {
	at := map[string]int{}
	for i, name := range names {
		at[name] = i
	}
	w, squares := make([]float64, len(names)), make([]float64, len(names))
	type feature struct {
		i int
		v float64
	}
	rows := make([][]feature, len(samples))
	for i, s := range samples {
		rows[i] = append(rows[i], feature{at["bias"], 1})
		for _, t := range s.terms {
			if t.Value != 0 {
				rows[i] = append(rows[i], feature{at[t.Name], t.Value})
			}
		}
	}
	for range rounds {
		gradient := make([]float64, len(names))
		for i, s := range samples {
			logit := 0.0
			for _, f := range rows[i] {
				logit += w[f.i] * f.v
			}
			want := 0.0
			if s.right {
				want = 1
			}
			off := s.mass * (1/(1+math.Exp(-logit)) - want)
			for _, f := range rows[i] {
				gradient[f.i] += off * f.v
			}
		}
		for i := range w {
			if names[i] != "bias" {
				gradient[i] += pull * w[i]
			}
			squares[i] += gradient[i] * gradient[i]
			if squares[i] > 0 {
				w[i] -= 0.3 * gradient[i] / math.Sqrt(squares[i])
			}
		}
	}
	return w
}

package claims

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// Labelled is a pair that somebody decided on, with what its score was made of.
type Labelled struct {
	Terms []Term
	Right bool    // a contradiction, as people see it
	Mass  float64 // how much it counts; 0 for 1

	Given float64 // of the logit: what no weight that is fitted says
}

// FewestDecided is how many decided pairs of each side a recalibration needs: under it, chance
// decides.
const FewestDecided = 15

// ErrTooFew is returned by Recalibrate when people have not decided enough pairs yet.
var ErrTooFew = errors.New("too few decided pairs")

// Calibration is a table of weights that turns the terms of a pair into a score.
type Calibration struct {
	Name    string             `json:"name"`
	Weights map[string]float64 `json:"weights"` // « bias » is the one of every pair
}

// BuiltIn is the calibration that the program comes with.
func BuiltIn() Calibration {
	w := fitted()
	return Calibration{Name: w.name, Weights: w.of}
}

// Score is the probability, from 0 to 1, that a reviewer would confirm a pair of these terms.
func (c Calibration) Score(terms []Term) float64 {
	return weights{c.Name, c.Weights}.score(slices.Clone(terms))
}

// Recalibrate moves the weights towards what people decided, no further than the decisions
// carry. The same decisions give the same weights.
func (c Calibration) Recalibrate(name string, pairs []Labelled) (Calibration, error) {
	right, wrong := 0, 0
	for _, p := range pairs {
		switch {
		case p.Mass > 0 && p.Mass < 1: // an opinion beside the decisions stands for none of them
		case p.Right:
			right++
		default:
			wrong++
		}
	}
	if right < FewestDecided || wrong < FewestDecided {
		return c, fmt.Errorf("%w: %d confirmed and %d rejected, %d of each are needed", ErrTooFew, right, wrong, FewestDecided)
	}
	return Calibration{Name: name, Weights: FitWeights(pairs, c.Weights, calibrationPull)}, nil
}

// calibrationPull is how strongly weights are held where they were: about as much as four
// decided pairs.
const calibrationPull = 4

const (
	fitRounds = 4000
	fitStep   = 0.3
)

// FitWeights finds the weights with the least logistic loss, each pulled towards its prior
// value (0 for one without), by full-batch gradient descent with a step for each weight
// (Adagrad: Duchi et al. 2011). The result depends on the pairs alone.
func FitWeights(pairs []Labelled, prior map[string]float64, pull float64) map[string]float64 {
	names := termNames(pairs, prior)
	at := map[string]int{}
	for i, name := range names {
		at[name] = i
	}
	w, squares := make([]float64, len(names)), make([]float64, len(names))
	for i, name := range names {
		w[i] = prior[name]
	}
	rows := fitRows(pairs, at)
	for range fitRounds {
		gradient := make([]float64, len(names))
		for i, p := range pairs {
			logit := p.Given
			for _, f := range rows[i] {
				logit += w[f.at] * f.value
			}
			off := 1 / (1 + math.Exp(-logit))
			if p.Right {
				off--
			}
			if p.Mass > 0 {
				off *= p.Mass
			}
			for _, f := range rows[i] {
				gradient[f.at] += off * f.value
			}
		}
		for i, name := range names {
			if name != "bias" || prior != nil {
				gradient[i] += pull * (w[i] - prior[name])
			}
			squares[i] += gradient[i] * gradient[i]
			if squares[i] > 0 {
				w[i] -= fitStep * gradient[i] / math.Sqrt(squares[i])
			}
		}
	}
	fittedTo := map[string]float64{}
	for i, name := range names {
		fittedTo[name] = w[i]
	}
	return fittedTo
}

// fitTerm is one term of a pair, by the place of its weight.
type fitTerm struct {
	at    int
	value float64
}

func fitRows(pairs []Labelled, at map[string]int) [][]fitTerm {
	rows := make([][]fitTerm, len(pairs))
	for i, p := range pairs {
		rows[i] = append(rows[i], fitTerm{at["bias"], 1})
		for _, t := range p.Terms {
			if t.Value != 0 {
				rows[i] = append(rows[i], fitTerm{at[t.Name], t.Value})
			}
		}
	}
	return rows
}

func termNames(pairs []Labelled, prior map[string]float64) []string {
	seen := map[string]bool{"bias": true}
	for name := range prior {
		seen[name] = true
	}
	for _, p := range pairs {
		for _, t := range p.Terms {
			seen[t.Name] = true
		}
	}
	return sorted(seen)
}

package main

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"slices"

	"contredit/claims"
)

const (
	pull   = 0.7 // of the weights towards zero (L2)
	rounds = 1500
	step   = 0.3
	// RTE3 holds few contradictions and other texts than a council's: it only keeps the rest from being flagged.
	rteMass   = 0.2
	linksMass = 0.4
	// Pairs written for development: whole families of them are one author's.
	writtenMass = 0.5
	called      = 0.5 // score from which a pair is called a contradiction
)

// sample is a pair as the features see it.
type sample struct {
	pair
	terms []claims.Term
	mass  float64
	score float64
}

func (b *bench) samplesOf(pairs []pair, mass float64) []sample {
	list := make([]sample, len(pairs))
	for i, p := range pairs {
		list[i] = sample{pair: p, terms: b.comparer.Compare(p.claim, p.record).Terms, mass: mass}
	}
	return list
}

// fit finds the weights and prints what they reach on pairs that they were not fitted on.
// The order of the samples is fixed: the same data give the same weights.
func (b *bench) fit() error {
	if b.half != "odd" {
		return fmt.Errorf("fit on the odd half alone: the other one is for measuring")
	}
	daccord, err := b.daccord()
	if err != nil {
		return err
	}
	rte, err := b.rte()
	if err != nil {
		return err
	}
	links, err := b.goldPairs()
	if err != nil {
		return err
	}
	written, err := b.writtenPairs()
	if err != nil {
		return err
	}
	alone := b.samplesOf(daccord, 1)
	crossValidate(alone)
	if b.table == "errors" {
		for _, s := range alone {
			if (s.score >= called) != s.right {
				fmt.Printf("%v %.2f | %s || %s\n", s.right, s.score, s.record, s.claim)
			}
		}
	}
	report("5-fold cross-validation, fitted on this set alone", alone)
	samples := slices.Concat(b.samplesOf(daccord, 1), b.samplesOf(rte, rteMass), b.samplesOf(links, linksMass), b.samplesOf(written, writtenMass))
	if b.misses {
		for _, s := range samples {
			fmt.Print(s.set, "\t", s.fold(), "\t", s.right)
			for _, t := range s.terms {
				fmt.Printf("\t%s=%.4f", t.Name, t.Value)
			}
			fmt.Println()
		}
		return nil
	}
	crossValidate(samples)
	report("5-fold cross-validation", samples)
	w := descend(samples)
	for i := range samples {
		samples[i].score = scoreOf(w, samples[i].terms)
	}
	report("in sample", samples)
	return write(w, b.out)
}

// crossValidate scores each sample with weights fitted on the other parts.
func crossValidate(samples []sample) {
	for part := range folds {
		var train []sample
		for _, s := range samples {
			if s.fold() != part {
				train = append(train, s)
			}
		}
		w := descend(train)
		for i := range samples {
			if samples[i].fold() == part {
				samples[i].score = scoreOf(w, samples[i].terms)
			}
		}
	}
}

func write(w map[string]float64, out string) error {
	var text bytes.Buffer
	text.WriteString("# name\tweight: fitted by bench/compare on DACCORD dev, RTE3-FR dev, the odd half of the fictional council and pairs written for development; a positive one speaks for a contradiction\n")
	for _, name := range namesOf(w) {
		fmt.Fprintf(&text, "%s\t%.4f\n", name, w[name])
	}
	if out == "" {
		_, err := os.Stdout.Write(text.Bytes())
		return err
	}
	return os.WriteFile(out, text.Bytes(), 0o644)
}

func namesOf(w map[string]float64) []string {
	var names []string
	for name := range w {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func scoreOf(w map[string]float64, terms []claims.Term) float64 {
	logit := w["bias"]
	for _, t := range terms {
		logit += w[t.Name] * t.Value
	}
	return 1 / (1 + math.Exp(-logit))
}

// positive are the features that may only speak for a contradiction: what a comparator found.
var positive = map[string]bool{"finds": true, "finds_all": true, "finds_action": true, "finds_opposite": true, "finds_other": true,
	"finds_part": true, "finds_scale": true, "finds_unsure": true}

// descend is full-batch gradient descent on the logistic loss with a step for each weight
// (Adagrad).
func descend(samples []sample) map[string]float64 {
	at := map[string]int{"bias": 0}
	names := []string{"bias"}
	for _, t := range samples[0].terms {
		at[t.Name] = len(names)
		names = append(names, t.Name)
	}
	w, squares := make([]float64, len(names)), make([]float64, len(names))
	for range rounds {
		gradient := make([]float64, len(names))
		for _, s := range samples {
			logit := w[0]
			for _, t := range s.terms {
				logit += w[at[t.Name]] * t.Value
			}
			miss := s.mass * (1/(1+math.Exp(-logit)) - truth(s.right))
			gradient[0] += miss
			for _, t := range s.terms {
				gradient[at[t.Name]] += miss * t.Value
			}
		}
		for i := range w {
			g := gradient[i]
			if i > 0 {
				g += pull * w[i]
			}
			squares[i] += g * g
			if squares[i] > 0 {
				w[i] -= step * g / math.Sqrt(squares[i])
			}
			if positive[names[i]] {
				w[i] = max(w[i], 0)
			}
		}
	}
	result := map[string]float64{}
	for i, name := range names {
		result[name] = w[i]
	}
	return result
}

func truth(right bool) float64 {
	if right {
		return 1
	}
	return 0
}

// report prints accuracy, precision at recall 0.35 and the share of other pairs flagged.
func report(title string, samples []sample) {
	for _, set := range []string{"daccord", "rte3", "links", "written"} {
		var mine []sample
		for _, s := range samples {
			if s.set == set {
				mine = append(mine, s)
			}
		}
		if len(mine) == 0 {
			continue
		}
		var right, found, flagged, wrong, total int
		for _, s := range mine {
			call := s.score >= called
			if s.right {
				total++
			}
			switch {
			case call == s.right:
				right++
			case call:
				wrong++
			}
			if call {
				flagged++
				if s.right {
					found++
				}
			}
		}
		fmt.Printf("%s · %s: %d pairs, accuracy %.3f; at %.1f: precision %.3f, recall %.3f, %.1f %% of the others flagged; precision at recall 0.35: %.3f\n",
			title, set, len(mine), share(right, len(mine)), called, share(found, flagged), share(found, total), 100*share(wrong, len(mine)-total), precisionAt(mine, 0.35))
	}
}

func precisionAt(samples []sample, recall float64) float64 {
	list := slices.Clone(samples)
	slices.SortStableFunc(list, func(a, b sample) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return 0
	})
	total, found := 0, 0
	for _, s := range list {
		if s.right {
			total++
		}
	}
	for i, s := range list {
		if s.right {
			found++
		}
		if share(found, total) >= recall {
			return share(found, i+1)
		}
	}
	return 0
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

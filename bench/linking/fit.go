package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"slices"

	"contredit/claims"
)

const (
	perClaim = 40
	pull     = 1.0 // of the weights towards zero
)

// fit finds the weights under which contradictions get a high score and everything else a
// low one.
func (b *bench) fit(out string) error {
	return writeWeights(out, "fitted by « linking fit » on the odd half of the fictional council; a positive one speaks for a contradiction", b.samples())
}

// writeWeights fits and writes a table such as those that package claims embeds.
func writeWeights(out, origin string, samples []claims.Labelled) error {
	w := claims.FitWeights(samples, nil, pull)
	var text bytes.Buffer
	fmt.Fprintf(&text, "# name\tweight: %s\n", origin)
	for _, name := range slices.Sorted(maps.Keys(w)) {
		fmt.Fprintf(&text, "%s\t%.4f\n", name, w[name])
	}
	if out == "" {
		_, err := os.Stdout.Write(text.Bytes())
		return err
	}
	return os.WriteFile(out, text.Bytes(), 0o644)
}

// samples are the first candidates of every claim worth checking. What the gold names, a
// find or a trap, counts twice.
func (b *bench) samples() []claims.Labelled {
	var list []claims.Labelled
	right := 0
	for _, row := range b.gold.Claims {
		if !row.Worth {
			continue
		}
		for _, c := range b.linker.Candidates(b.claims[row.ID], perClaim) {
			s := claims.Labelled{Terms: c.Terms, Mass: 1}
			for _, link := range b.gold.LinksOf(row.ID) {
				if link.Kind != "absence" && b.touches(c.Evidence, link) {
					s.Right = s.Right || link.Label == "contradiction"
					s.Mass = 2
				}
			}
			if s.Right {
				right++
			}
			list = append(list, s)
		}
	}
	fmt.Fprintf(os.Stderr, "%d pairs, %d of them contradictions\n", len(list), right)
	return list
}

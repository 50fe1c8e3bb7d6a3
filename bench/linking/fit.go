package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"contredit/claims"
	"contredit/gold"
)

const (
	perClaim = 40
	pull     = 1.0 // of the weights towards zero
)

// fit finds the weights under which contradictions get a high score and everything else a
// low one.
func (b *bench) fit(out string) error {
	var list []claims.Labelled
	for _, s := range b.samples() {
		list = append(list, s.Labelled)
	}
	return writeWeights(out, "fitted by « linking fit » on "+b.fittedOn()+"; a positive one speaks for a contradiction", list)
}

// fittedOn says what the samples are of.
func (b *bench) fittedOn() string {
	names := []string{"the odd half of the fictional council"}
	if b.half != "odd" {
		names[0] = "the fictional council, half " + b.half
	}
	for _, o := range b.others {
		names = append(names, o.name)
	}
	return strings.Join(names, " and on ")
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

// fitGate finds the weights that tell the records that the gold puts beside a claim,
// whatever they say of it, from the others.
func (b *bench) fitGate(out string) error {
	var list []claims.Labelled
	for _, s := range b.samples() {
		if s.known {
			list = append(list, s.subject)
		}
	}
	return writeWeights(out, "fitted by « linking gate » on "+b.fittedOn()+"; a positive one says that both speak of the same thing", list)
}

// sample is a candidate with its label, and the document that its claim stands in.
type sample struct {
	claims.Labelled
	subject claims.Labelled // whether both speak of the same thing
	path    string
	known   bool // the gold has the claim
}

// samples are the first candidates of every claim that the engine finds worth checking: what
// nobody labelled is taken for wrong. What the gold names, a find or a trap, counts twice.
func (b *bench) samples() []sample {
	var list []sample
	right := 0
	for _, claim := range b.heard {
		path := gold.Path(claim.URL, "")
		rows := b.gold.ClaimsAt(path, claim.Quote)
		for _, c := range b.linker.Candidates(claim, perClaim) {
			s, subject := claims.Labelled{Terms: c.Terms, Mass: 1}, claims.Labelled{Terms: c.Gate, Mass: 1}
			for _, row := range rows {
				for _, link := range b.gold.LinksOf(row.ID) {
					if link.Kind != "absence" && b.touches(c.Evidence, link) {
						s.Right = s.Right || link.Label == "contradiction"
						s.Mass, subject.Mass, subject.Right = namedMass, 2, true
					}
				}
			}
			right += int(truth(s.Right))
			list = append(list, sample{s, subject, path, len(rows) > 0})
		}
	}
	fmt.Fprintf(os.Stderr, "%d claims, %d pairs, %d of them contradictions\n", len(b.heard), len(list), right)
	for _, o := range b.others {
		list = append(list, o.samples()...)
	}
	return list
}

// namedMass is what a pair counts that the gold names.
const namedMass = 2

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

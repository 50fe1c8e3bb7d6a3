package claims

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"contredit/document"
	"contredit/french"
)

const (
	candidatesPerClaim = 60
	linksPerClaim      = 3
	passagesPerLink    = 3
)

// Linker compares claims with records.
type Linker struct {
	Threshold float64         // links with a lower score are not kept
	Glossary  french.Glossary // other names of bodies
	Calendar  []Meeting       // sittings known of even when no record was obtained

	index     *Memory
	directory *Directory
	reader    reader
	weights   weights
}

// NewLinker returns a linker over the records of the index.
func NewLinker(index *Memory, directory *Directory, analyzer *french.Analyzer) *Linker {
	return &Linker{Threshold: defaultWeights.threshold, index: index, directory: directory, reader: reader{analyzer: analyzer}, weights: defaultWeights}
}

// Link returns what speaks against a claim, the strongest first.
func (l *Linker) Link(ctx context.Context, c Claim) ([]Link, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	a := l.reader.claim(c)
	links := l.structure(c, a)
	links = append(links, l.compareAll(c, a)...)
	for i := range links {
		links[i].finish(c, l.weights.name)
	}
	slices.SortStableFunc(links, func(x, y Link) int { return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.ID, y.ID)) })
	links = slices.DeleteFunc(links, func(x Link) bool { return x.Score < l.Threshold })
	return links[:min(len(links), linksPerClaim)], nil
}

// compareAll compares the claim with the sentences that speak of the same thing.
func (l *Linker) compareAll(c Claim, a *Assertion) []Link {
	var links []Link
	var support *Evidence
	best := 0.0
	found := l.index.search(a, candidatesPerClaim)
	for i, cand := range found {
		e := l.index.evidence[cand.sentence]
		if e.URL == c.URL {
			continue
		}
		r := l.index.read[cand.sentence]
		reasons := compare(a, r)
		terms := l.features(a, r, found, i, reasons)
		score := l.weights.score(terms)
		if agrees(reasons) && cand.rank > best {
			best, support = cand.rank, &e
		}
		against := slices.DeleteFunc(slices.Clone(reasons), func(r Reason) bool { return r.Supports })
		if len(against) == 0 {
			continue
		}
		slices.SortStableFunc(against, func(x, y Reason) int { return cmp.Compare(y.Strength, x.Strength) })
		links = append(links, Link{Kind: against[0].Kind, Evidence: []Evidence{e}, Reasons: against, Terms: terms, Score: score})
	}
	for i := range links {
		links[i].Support = support
	}
	return links
}

func agrees(reasons []Reason) bool {
	return slices.ContainsFunc(reasons, func(r Reason) bool { return r.Supports })
}

// finish gives a link its claim, its fingerprint and its visibility.
func (k *Link) finish(c Claim, calibration string) {
	k.Claim, k.Calibration, k.Visibility = c, calibration, c.Visibility
	parts := []string{c.ID, string(k.Kind)}
	for _, e := range k.Evidence {
		parts = append(parts, e.URL, e.Quote)
		if e.Visibility == document.Private {
			k.Visibility = document.Private
		}
	}
	if k.Absence != nil {
		parts = append(parts, k.Absence.Body, k.Absence.From, k.Absence.To)
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	k.ID = hex.EncodeToString(sum[:8])
}

func claimID(url, quote string, nth int) string {
	sum := sha256.Sum256([]byte(url + "\x00" + quote + "\x00" + strconv.Itoa(nth)))
	return hex.EncodeToString(sum[:8])
}

package claims

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"math"
	"slices"
	"strconv"
	"strings"

	"contredit/document"
	"contredit/french"
)

const (
	candidatesPerClaim = 60
	linksPerClaim      = 3
	passagesPerLink    = 3 // bench/score/SCORING.md: at most 3 passages
	documentsPerLink   = 2 // out of at most 2 documents
	defaultThreshold   = 0.18
)

// Linker compares claims with records.
type Linker struct {
	Threshold float64         // links with a lower score are not kept
	Glossary  french.Glossary // other names of bodies
	Calendar  []Meeting       // sittings known of even when no record was obtained
	Judge     Judge           // optional second opinion; nil for none
	Logger    *slog.Logger    // nil for none

	index     *Memory
	directory *Directory
	reader    reader
	weights   weights

	met     []sitting         // of the records, once they were asked for
	classes map[string]string // of bodies, by their names
}

// NewLinker returns a linker over the records of the index.
func NewLinker(index *Memory, directory *Directory, analyzer *french.Analyzer) *Linker {
	return &Linker{Threshold: defaultThreshold, index: index, directory: directory, reader: reader{analyzer: analyzer}, weights: fitted(), classes: map[string]string{}}
}

// Use makes the linker score with another calibration than the program's own.
func (l *Linker) Use(c Calibration) { l.weights = weights{c.Name, c.Weights} }

// Link returns what speaks against a claim, the strongest first.
func (l *Linker) Link(ctx context.Context, c Claim) ([]Link, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	a := l.reader.claim(c)
	list := l.candidates(c, a, candidatesPerClaim)
	links := append(l.structure(c, a), l.assemble(list)...)
	if l.Judge != nil {
		l.ask(ctx, c, links)
	}
	for i := range links {
		links[i].finish(c, l.weights.name)
		if links[i].Support == nil {
			links[i].Support = bestSupport(list, links[i].Evidence)
		}
	}
	slices.SortStableFunc(links, func(x, y Link) int { return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.ID, y.ID)) })
	links = slices.DeleteFunc(links, func(x Link) bool { return x.Score < l.Threshold })
	return links[:min(len(links), linksPerClaim)], nil
}

// assemble makes one link of the strongest sentence and of those that speak with it.
func (l *Linker) assemble(list []Candidate) []Link {
	list = slices.DeleteFunc(slices.Clone(list), func(c Candidate) bool { return c.kind() == "" })
	slices.SortStableFunc(list, func(x, y Candidate) int { return cmp.Compare(y.Score, x.Score) })
	if len(list) == 0 || list[0].Score < l.Threshold {
		return nil
	}
	link := Link{Kind: list[0].kind(), Terms: list[0].Terms, Score: list[0].Score}
	documents := map[string]bool{}
	for _, c := range list {
		if len(link.Evidence) == passagesPerLink || c.Score < l.Threshold/2 || c.Score < list[0].Score/3 {
			break
		}
		if !documents[c.Evidence.URL] && len(documents) == documentsPerLink {
			continue
		}
		documents[c.Evidence.URL] = true
		for _, r := range c.Reasons {
			if !r.Supports {
				r.Evidence = len(link.Evidence)
				link.Reasons = append(link.Reasons, r)
			}
		}
		link.Evidence = append(link.Evidence, c.Evidence)
	}
	return []Link{link}
}

// kind is that of the strongest reason against the claim; "" without one.
func (c Candidate) kind() Kind {
	for _, r := range c.Reasons {
		if !r.Supports {
			return r.Kind
		}
	}
	return ""
}

// leastSupport is how sure a rule has to be of an agreement, and how near its sentence to the
// claim, before it is shown.
const leastSupport = 0.45

// bestSupport is the record sentence that agrees with the claim the most, and is not one of
// those that speak against it.
func bestSupport(list []Candidate, against []Evidence) *Evidence {
	var best *Evidence
	strength := 0.0
	for i, c := range list {
		if slices.ContainsFunc(against, func(e Evidence) bool { return e.URL == c.Evidence.URL && e.Span == c.Evidence.Span }) {
			continue
		}
		for _, r := range c.Reasons {
			if v := r.Strength * c.Rank; r.Supports && r.Strength >= leastSupport && c.Rank >= leastSupport*list[0].Rank && v > strength {
				best, strength = &list[i].Evidence, v
			}
		}
	}
	return best
}

// finish gives a link its claim, its fingerprint and its visibility.
func (k *Link) finish(c Claim, calibration string) {
	k.Claim, k.Calibration, k.Visibility = c, calibration, c.Visibility
	k.Score = math.Round(k.Score*1e6) / 1e6 // the same on every machine
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

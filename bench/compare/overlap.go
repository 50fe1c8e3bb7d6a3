package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"contredit/claims"
	"contredit/document"
	"contredit/french"
	"contredit/gold"
)

// nearest is how many record sentences each claim is compared with.
const nearest = 30

// noted is a record sentence, read.
type noted struct {
	path, quote string
	assertion   *claims.Assertion
	words       map[string]bool
}

// overlap compares each claim with the record sentences that share most of its words and
// counts the pairs that fire though nobody labelled them: what a queue would be flooded with.
func (b *bench) overlap() error {
	g, err := gold.Read(b.goldFolder, b.half)
	if err != nil {
		return err
	}
	all, err := gold.Read(b.goldFolder, "") // the records of both halves: a claim meets them all
	if err != nil {
		return err
	}
	notes, err := b.records(all)
	if err != nil {
		return err
	}
	tally := map[string][]int{}
	pairs := 0
	var spent time.Duration
	for _, c := range g.Claims {
		if !c.Worth {
			continue
		}
		a, own := b.comparer.Read(c.Quote), wordsOf(c.Quote)
		for _, n := range closest(notes, own, c.Path) {
			pairs++
			began := time.Now()
			result := claims.CompareAssertions(a, n.assertion)
			spent += time.Since(began)
			label := labelOf(g, c.ID, n)
			for _, r := range result.Reasons {
				b.count(tally, label, r)
				if b.misses && label == "unlabelled" && r.Strength >= 0.3 {
					fmt.Printf("%.2f %s %s\n  %s\n  %s\n  %s\n", r.Strength, r.Rule, r.Kind, c.Quote, n.quote, r.Text)
				}
			}
		}
	}
	fmt.Printf("%d sentences, %d pairs compared, %.0f a second\n", len(notes), pairs, float64(pairs)/spent.Seconds())
	fmt.Println("fired at a strength of at least 0.15, 0.3, 0.5, 0.7:")
	for _, key := range slices.Sorted(keys(tally)) {
		fmt.Printf("%-44s %v\n", key, tally[key])
	}
	return nil
}

func keys(m map[string][]int) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func (b *bench) count(tally map[string][]int, label string, r claims.Reason) {
	for _, key := range []string{label, label + " " + r.Rule} {
		if tally[key] == nil {
			tally[key] = make([]int, 4)
		}
		for i, least := range []float64{0.15, 0.3, 0.5, 0.7} {
			tally[key][i] += one(r.Strength >= least)
		}
	}
}

// labelOf is what the gold set says of the pair.
func labelOf(g *gold.Set, claim string, n noted) string {
	for _, l := range g.LinksOf(claim) {
		if g.Touches(l, n.path, n.quote) {
			return l.Label
		}
	}
	return "unlabelled"
}

// records reads the sentences of the records of the site that can be read here.
func (b *bench) records(g *gold.Set) ([]noted, error) {
	var list []noted
	for _, d := range g.Documents {
		if d.Role != string(document.RoleRecord) {
			continue
		}
		content, err := os.ReadFile(filepath.Join(b.site, d.Path))
		if err != nil {
			return nil, fmt.Errorf("read the record %s: %w", d.Path, err)
		}
		doc := document.Document{URL: d.Path, Title: d.Title, Date: d.Date, Role: document.RoleRecord}
		reading, err := document.Reader{PDF: b.pdf}.Read(context.Background(), document.Origin{URL: d.Path}, content)
		if err != nil {
			return nil, fmt.Errorf("read the record %s: %w", d.Path, err)
		}
		for _, e := range claims.Records(doc, reading) {
			list = append(list, noted{path: d.Path, quote: e.Quote, assertion: b.comparer.Read(e.Quote), words: wordsOf(e.Quote)})
		}
	}
	return list, nil
}

func wordsOf(text string) map[string]bool {
	set := map[string]bool{}
	for _, t := range french.Terms(text) {
		if !t.Stop && strings.TrimSpace(t.Stem) != "" {
			set[t.Stem] = true
		}
	}
	return set
}

func closest(notes []noted, own map[string]bool, path string) []noted {
	type ranked struct {
		noted
		shared int
	}
	var list []ranked
	for _, n := range notes {
		shared := 0
		for w := range own {
			shared += one(n.words[w])
		}
		if shared > 0 && n.path != path {
			list = append(list, ranked{n, shared})
		}
	}
	slices.SortStableFunc(list, func(x, y ranked) int {
		return cmp.Or(cmp.Compare(y.shared, x.shared), cmp.Compare(len(x.words), len(y.words)))
	})
	var best []noted
	for _, r := range list[:min(nearest, len(list))] {
		best = append(best, r.noted)
	}
	return best
}

package main

import (
	"fmt"
	"maps"
	"slices"

	"contredit/claims"
)

// tell measures a table of mirror pairs, by scale. A pair is called by its strongest reason
// and by its score.
func (b *bench) tell() error {
	rows, err := readTable(b.table, false)
	if err != nil {
		return err
	}
	type count struct{ yes, no, found, wrong, foundReason, wrongReason int }
	counts := map[string]*count{}
	for _, r := range rows {
		p := pair{id: r["id"], kind: r["scale"], claim: r["claim"], record: r["record"], right: r["contradiction"] == "yes"}
		result := b.comparer.Compare(p.claim, p.record)
		flagged, reasoned := result.Score >= called, strongest(result) >= reasonCalled
		for _, key := range []string{p.kind, "~ all"} {
			if counts[key] == nil {
				counts[key] = &count{}
			}
			c := counts[key]
			if p.right {
				c.yes++
				c.found += one(flagged)
				c.foundReason += one(reasoned)
			} else {
				c.no++
				c.wrong += one(flagged)
				c.wrongReason += one(reasoned)
			}
		}
		if b.misses && (flagged != p.right || reasoned != p.right) {
			fmt.Printf("%s %s right=%v score %.2f\n  %s\n  %s\n", p.id, p.kind, p.right, result.Score, p.claim, p.record)
			tellReasons(result)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(counts)) {
		c := counts[key]
		fmt.Printf("%-16s contradictions: %d of %d by score, %d by reason; others flagged: %d of %d by score, %d by reason\n", key, c.found, c.yes, c.foundReason, c.wrong, c.no, c.wrongReason)
	}
	return nil
}

// reasonCalled is the strength from which a reason alone calls a mirror pair.
const reasonCalled = 0.4

func strongest(c claims.Comparison) float64 {
	if len(c.Reasons) == 0 {
		return 0
	}
	return c.Reasons[0].Strength
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

func tellReasons(c claims.Comparison) {
	for _, r := range c.Reasons {
		fmt.Printf("    %.2f %s %s: %s\n", r.Strength, r.Rule, r.Kind, r.Text)
	}
}

// links prints what is found in the pairs of the gold set.
func (b *bench) links() error {
	if b.half != "odd" {
		b.misses = false
	}
	pairs, err := b.goldPairs()
	if err != nil {
		return err
	}
	var yes, no, found, wrong, reasoned, wrongReasoned, kinds int
	for _, p := range pairs {
		result := b.comparer.Compare(p.claim, p.record)
		flagged, hit := result.Score >= called, strongest(result) >= 0.3
		if p.right {
			yes++
			found += one(flagged)
			reasoned += one(hit)
			kinds += one(hit && string(result.Kind) == p.kind)
		} else {
			no++
			wrong += one(flagged)
			wrongReasoned += one(hit)
		}
		if b.misses {
			fmt.Printf("%s %s right=%v score %.2f\n  %s\n  %s\n", p.id, p.kind, p.right, result.Score, p.claim, p.record)
			tellReasons(result)
		}
	}
	fmt.Printf("contradictions: %d of %d by score, %d by reason (%d of the right kind); others: %d of %d by score, %d by reason\n", found, yes, reasoned, kinds, wrong, no, wrongReasoned)
	return nil
}

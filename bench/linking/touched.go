package main

import (
	"fmt"
	"runtime"
	"strconv"
	"time"

	"contredit/bench/prose"
	"contredit/bench/rounds"
	"contredit/claims"
	"contredit/french"
)

// Of the benchmark of new records: how many come, how long each is, and how many passages came before.
const (
	newRecords      = 20
	newPassages     = 40
	earlierPassages = 12_000
)

// scaleClaims asks, for ever more claims, which of them a new record touches, and prints what a record costs.
func scaleClaims(sizes []int, site string, analyzer *french.Analyzer) error {
	fmt.Printf("\n%d new records of %d passages each against the claims that were made before them.\n\n", newRecords, newPassages)
	fmt.Println("| claims | index: processor, s | bytes a claim | a record: median, ms | 99th percentile, ms | processor: median, ms | claims touched |")
	fmt.Println("| --- | --- | --- | --- | --- | --- | --- |")
	for _, size := range sizes {
		w, err := prose.New(1, site, 200_000)
		if err != nil {
			return err
		}
		index := claims.NewMemory(analyzer)
		earlier := earlierPassages / passagesARecord
		for n := range earlier {
			index.AddDocument(w.Record(n, passagesARecord))
		}
		before, x, built := heap(), claims.NewClaimIndex(), time.Duration(0)
		for i := range size {
			c := claims.Claim{ID: strconv.Itoa(i), Quote: w.Sentence(), Date: "2025-10-09"}
			start := processor()
			x.Add(c)
			built += processor() - start
		}
		held := heap() - before
		var took, used rounds.Figures
		touched := 0
		for n := range newRecords {
			doc, r := w.Record(earlier+n, newPassages)
			index.AddDocument(doc, r)
			start, before := time.Now(), processor()
			t := x.Touched(index, doc.URL)
			took, used = append(took, milliseconds(time.Since(start))), append(used, milliseconds(processor()-before))
			touched += len(t.Sentences) + len(t.Meeting)
		}
		fmt.Printf("| %d | %.1f | %d | %.1f | %.1f | %.1f | %d |\n", size, built.Seconds(), held/int64(size), took.Median(), took.Quantile(0.99), used.Median(), touched)
		runtime.KeepAlive(x)
	}
	return nil
}

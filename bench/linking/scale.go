package main

import (
	"context"
	"fmt"
	"hash/fnv"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"strconv"
	"time"

	"contredit/bench/prose"
	"contredit/bench/rounds"
	"contredit/claims"
	"contredit/french"
)

// passagesARecord is how long the minutes of the benchmark are.
const passagesARecord = 120

// scale links claims against ever more record passages, and prints what one claim costs and
// what the index takes.
func scale(sizes []int, site string, asked int, profile string) error {
	lexicon, err := french.LoadLexicon()
	if err != nil {
		return err
	}
	debug.SetGCPercent(50) // as « contredit run » does
	analyzer := french.NewAnalyzer(lexicon)
	fmt.Printf("%d new claims against records of %d passages each; « at a meeting » are the same claims, saying in which body and on which day.\n\n", asked, passagesARecord)
	fmt.Println("| passages | index: processor, s | memory, MiB | bytes a passage | claims | median, ms | 99th percentile, ms | processor: median, ms | 99th percentile, ms | links | their sum |")
	fmt.Println("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
	for _, size := range sizes {
		if err := scaleOne(size, site, asked, analyzer, profile); err != nil {
			return err
		}
	}
	return scaleClaims(sizes, site, analyzer)
}

func scaleOne(size int, site string, asked int, analyzer *french.Analyzer, profile string) error {
	w, err := prose.New(1, site, 200_000)
	if err != nil {
		return err
	}
	before := heap()
	index := claims.NewMemory(analyzer)
	built := time.Duration(0)
	for n := 0; n*passagesARecord < size; n++ {
		doc, r := w.Record(n, passagesARecord)
		start := processor()
		index.AddDocument(doc, r)
		built += processor() - start
	}
	held := heap() - before
	linker := claims.NewLinker(index, claims.NewDirectory(), analyzer)
	if profile != "" {
		stop, err := profileTo(profile)
		if err != nil {
			return err
		}
		defer stop()
	}
	quotes := make([]string, asked)
	for i := range quotes {
		quotes[i] = w.Sentences[i*7%len(w.Sentences)]
	}
	all, err := linkAll(linker, quotes)
	if err != nil {
		return err
	}
	fmt.Printf("| %d | %.1f | %d | %d | as said | %s |\n", size, built.Seconds(), rounds.Resident()>>10, held/int64(size), all)
	for i := range quotes {
		_, day := prose.Meeting(i)
		said, err := time.Parse(time.DateOnly, day)
		if err != nil {
			return err
		}
		quotes[i] = fmt.Sprintf("En commission %d, le %s : %s", i%40, said.Format("02/01/2006"), quotes[i])
	}
	if all, err = linkAll(linker, quotes); err != nil {
		return err
	}
	fmt.Printf("| %d | | | | at a meeting | %s |\n", size, all)
	runtime.KeepAlive(linker)
	return nil
}

// linkAll links claims with these quotes and writes what one costs, and what came of all.
func linkAll(linker *claims.Linker, quotes []string) (string, error) {
	var took, used rounds.Figures
	found, sum := 0, fnv.New64a()
	for i, quote := range quotes {
		c := claims.Claim{
			ID: strconv.Itoa(i), URL: fmt.Sprintf("https://conseil.example/cp/%d", i), Quote: quote,
			Speaker: "Claire Dupont", Medium: "Commission 3", Date: "2025-10-09", Worth: true,
		}
		start, before := time.Now(), processor()
		links, err := linker.Link(context.Background(), c)
		if err != nil {
			return "", err
		}
		took, used = append(took, milliseconds(time.Since(start))), append(used, milliseconds(processor()-before))
		found += len(links)
		for _, l := range links {
			fmt.Fprintln(sum, l.ID, l.Score, l.Kind)
		}
	}
	return fmt.Sprintf("%.1f | %.1f | %.1f | %.1f | %d | %x", took.Median(), took.Quantile(0.99), used.Median(), used.Quantile(0.99), found, sum.Sum64()), nil
}

// processor is the processor time that this process used, of all its threads: what a claim costs on a
// machine that others share.
func processor() time.Duration {
	used, _ := rounds.Own()
	return used
}

// profileTo writes the processor's profile to a file until it is stopped.
func profileTo(path string) (stop func(), err error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, fmt.Errorf("profile: %w", err)
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, fmt.Errorf("profile to %s: %w", path, err)
	}
	return func() {
		pprof.StopCPUProfile()
		if err := f.Close(); err != nil {
			fmt.Fprintln(os.Stderr, "linking: profile:", err)
		}
	}, nil
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// heap is how many bytes are held.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

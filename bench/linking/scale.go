package main

import (
	"context"
	"fmt"
	"hash/fnv"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"contredit/bench/prose"
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
	fmt.Println("| passages | index built, s | memory, MiB | bytes a passage | a claim: median, ms | 99th percentile, ms | processor: median, ms | 99th percentile, ms | links | their sum |")
	fmt.Println("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
	for _, size := range sizes {
		if err := scaleOne(size, site, asked, french.NewAnalyzer(lexicon), profile); err != nil {
			return err
		}
	}
	return nil
}

func scaleOne(size int, site string, asked int, analyzer *french.Analyzer, profile string) error {
	w, err := prose.New(1, site, 200_000)
	if err != nil {
		return err
	}
	before := heap()
	index := claims.NewMemory(analyzer)
	start := time.Now()
	for n := 0; n*passagesARecord < size; n++ {
		index.AddDocument(w.Record(n, passagesARecord))
	}
	built := time.Since(start)
	held := heap() - before
	linker := claims.NewLinker(index, claims.NewDirectory(), analyzer)
	if profile != "" {
		stop, err := profileTo(profile)
		if err != nil {
			return err
		}
		defer stop()
	}
	var took, used []time.Duration
	found, sum := 0, fnv.New64a()
	for i := range asked {
		c := claims.Claim{
			ID: strconv.Itoa(i), URL: fmt.Sprintf("https://conseil.example/cp/%d", i), Quote: w.Sentences[i*7%len(w.Sentences)],
			Speaker: "Claire Dupont", Medium: "Commission 3", Date: "2025-10-09", Worth: true,
		}
		start, before := time.Now(), processor()
		links, err := linker.Link(context.Background(), c)
		if err != nil {
			return err
		}
		took, used = append(took, time.Since(start)), append(used, processor()-before)
		found += len(links)
		for _, l := range links {
			fmt.Fprintln(sum, l.ID, l.Score, l.Kind)
		}
	}
	slices.Sort(took)
	slices.Sort(used)
	fmt.Printf("| %d | %.1f | %d | %d | %.1f | %.1f | %.1f | %.1f | %d | %x |\n", size, built.Seconds(), resident(), held/int64(size),
		milliseconds(took[len(took)/2]), milliseconds(took[len(took)*99/100]), milliseconds(used[len(used)/2]), milliseconds(used[len(used)*99/100]), found, sum.Sum64())
	runtime.KeepAlive(linker)
	return nil
}

// processor is the processor time that this process used, of all its threads: what a claim costs on a
// machine that others share.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
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

// resident is the memory of this process in MiB, as the system counts it; 0 where it does not say.
func resident() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kilobytes, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			if err != nil {
				return 0
			}
			return kilobytes >> 10
		}
	}
	return 0
}

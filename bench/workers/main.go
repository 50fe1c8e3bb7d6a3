// Command workers measures how long contredit takes to read, extract and link a made archive with so
// many worker processes: a folder of documents, half of which speak and half of which record, written in the words of the fictional
// council from a seed. It is run from the root of the repository.
//
// The wall's time says little on a machine that others use. What the first process does itself is the part that workers do not
// share: « reckoned » is that and the rest divided among them, as on so many free cores.
//
//	make build && go run ./bench/workers -documents 400 -workers 1,2,4
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"contredit/bench/prose"
)

// site holds the pages whose words are used, from the root of the repository.
const site = "cmd/contredit/demo/site"

func main() {
	program := flag.String("program", "./contredit", "the program to measure")
	documents := flag.Int("documents", 400, "how many documents, half statements and half records")
	workers := flag.String("workers", "1,2,4", "how many processes, one measurement each")
	flag.Parse()
	path, err := filepath.Abs(*program)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("| processes | wall, s | processor, s | of it the first process, s | reckoned on free cores, s | pairs |")
	fmt.Println("| --- | --- | --- | --- | --- | --- |")
	for _, text := range strings.Split(*workers, ",") {
		n, err := strconv.Atoi(text)
		if err != nil {
			log.Fatal(err)
		}
		if err := measure(path, *documents, n); err != nil {
			log.Fatal(err)
		}
	}
}

// measure prints one line: the whole of « contredit crawl » on a fresh database.
func measure(program string, documents, workers int) error {
	dir, err := os.MkdirTemp("", "contredit-workers-")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary folder
	if err := write(dir, documents); err != nil {
		return err
	}
	crawl := exec.Command(program, "crawl", "--config", filepath.Join(dir, "contredit.toml"), "--workers", strconv.Itoa(workers))
	start := time.Now()
	var talk bytes.Buffer
	crawl.Stdout, crawl.Stderr = &talk, &talk
	if err := crawl.Start(); err != nil {
		return fmt.Errorf("start %s: %w", program, err)
	}
	ended := make(chan error, 1)
	go func() { ended <- crawl.Wait() }()
	own, err := watch(crawl.Process.Pid, ended)
	if err != nil {
		return fmt.Errorf("crawl with %d processes: %w\n%s", workers, err, &talk)
	}
	took := time.Since(start)
	flags, err := exec.Command(program, "export", "flags", "--all", "--config", filepath.Join(dir, "contredit.toml")).Output()
	if err != nil {
		return fmt.Errorf("export the pairs: %w", err)
	}
	// The children of a process that ended are counted with it once it waited for them.
	u, ok := crawl.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return fmt.Errorf("measure the processor's time: %T", crawl.ProcessState.SysUsage())
	}
	processor := time.Duration(u.Utime.Nano() + u.Stime.Nano())
	reckoned := own
	if workers > 1 {
		reckoned += (processor - own) / time.Duration(workers)
	}
	fmt.Printf("| %d | %.1f | %.1f | %.1f | %.1f | %d |\n", workers, took.Seconds(), processor.Seconds(), own.Seconds(), reckoned.Seconds(), strings.Count(string(flags), "\n"))
	return nil
}

// watch returns the processor's time that a process took itself, without its children, when it ends.
func watch(process int, ended chan error) (own time.Duration, err error) {
	const tick = time.Second / 100 // USER_HZ
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for {
		select {
		case err := <-ended:
			return own, err
		case <-look.C:
		}
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", process))
		if err != nil {
			continue // it just ended
		}
		// proc_pid_stat(5): fields 14 and 15, user and system; the state, field 3, follows the name in brackets.
		_, rest, _ := strings.Cut(string(stat), ") ")
		fields := strings.Fields(rest)
		if len(fields) < 13 {
			continue
		}
		user, userErr := strconv.Atoi(fields[11])
		system, systemErr := strconv.Atoi(fields[12])
		if now := time.Duration(user+system) * tick; userErr == nil && systemErr == nil && now > own {
			own = now
		}
	}
}

// write makes the archive and a configuration for it.
func write(dir string, documents int) error {
	config := "[instance]\nname = \"Mesure\"\ncontact = \"mailto:a@section.example\"\n"
	words, err := prose.New(1, site, 20_000)
	if err != nil {
		return err
	}
	for i, role := range []string{"statement", "record"} {
		folder := filepath.Join(dir, role)
		if err := os.Mkdir(folder, 0o700); err != nil {
			return fmt.Errorf("make a folder: %w", err)
		}
		config += fmt.Sprintf("[[source]]\nname = %q\nrole = %q\nbody = \"Région Exemple\"\nform = \"folder\"\nstart = [%q]\nbudget = 100000\n", role, role, role)
		for n := range documents / 2 {
			text := page(words.Reseeded(uint64(2*n+i+1)), rand.New(rand.NewSource(int64(n/2))), n)
			if err := os.WriteFile(filepath.Join(folder, strconv.Itoa(n)+".html"), []byte(text), 0o600); err != nil {
				return fmt.Errorf("write a document: %w", err)
			}
		}
	}
	return os.WriteFile(filepath.Join(dir, "contredit.toml"), []byte(config), 0o600)
}

// page is a document of about two pages. Statements and records of one number speak of the same votes and sums.
func page(words *prose.Writer, figures *rand.Rand, n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang="fr"><title>Publication %d</title><main><h1>Publication %d</h1><p>Le %d mars 2026</p>`, n, n, 1+n%28)
	for range 6 {
		fmt.Fprintf(&b, "<p>Le rapport n° %d a été adopté par %d voix pour et %d contre. ", figures.Intn(900), 20+figures.Intn(30), figures.Intn(20))
		fmt.Fprintf(&b, "La Région Exemple consacre %d euros en 2026 à l’opération n° %d. ", 1000*(1+figures.Intn(900)), figures.Intn(900))
		for range 5 {
			b.WriteString(words.Sentence() + " ")
		}
		b.WriteString("</p>")
	}
	return b.String() + "</main>"
}

// Command search measures the search of passages: that of contredit's store, that of its index in memory, plain
// FTS5 and Xapian, side by side on the same passages and the same questions. Each engine is a process
// of its own, which is asked in turn with the others.
//
//	search [-sizes 10000,100000,1000000] [-rounds 5] [-asked 100]
//
// Xapian is asked from C++ (apt-get install g++ libxapian-dev), with its French stemmer.
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"contredit/bench/prose"
	"contredit/bench/rounds"
	"contredit/french"
)

// passagesARecord is how long the minutes of the benchmark are; wanted is how many passages a question asks for.
const (
	passagesARecord = 120
	wanted          = 50
	rareWords       = 200_000
)

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "search: error:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) == 4 && args[0] == "engine" {
		return serve(ctx, args[1], args[2], args[3])
	}
	flags := flag.NewFlagSet("search", flag.ContinueOnError)
	sizes := flags.String("sizes", "10000,100000,1000000", "numbers of passages, with commas")
	turns := flags.Int("rounds", 5, "how often each engine is asked all questions")
	asked := flags.Int("asked", 100, "how many questions")
	site := flags.String("site", "cmd/contredit/demo/site", "the `folder` of pages whose French is imitated")
	if err := flags.Parse(args); err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "search-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	xapian, err := buildXapian(ctx, folder)
	if err != nil {
		return err
	}
	fmt.Printf("The %d best passages for each of %d sentences of the fictional council, without their stop words, in %d rounds. Milliseconds of wall time a question; the ratio is of medians to Xapian's, round by round. ", wanted, *asked, *turns)
	fmt.Println("contredit's store looks for passages with all the words, and then for those with any of the telling ones; all others rank what holds any word. ")
	fmt.Println()
	if xapian == "" {
		fmt.Print("Xapian is left out: apt-get install g++ libxapian-dev.\n\n")
	}
	fmt.Println("| passages | engine | median, ms | 99th percentile, ms | processor a question, ms | ratio to Xapian | index: processor, s | index: bytes a passage | memory while asked, MiB |")
	fmt.Println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
	for _, text := range strings.Split(*sizes, ",") {
		size, err := strconv.Atoi(text)
		if err != nil {
			return fmt.Errorf("sizes: %w", err)
		}
		in, err := writeInput(filepath.Join(folder, text), *site, size, *asked)
		if err != nil {
			return err
		}
		if err := compare(ctx, in, xapian, size, *turns); err != nil {
			return err
		}
		if err := os.RemoveAll(in); err != nil {
			return err
		}
	}
	return nil
}

// compare prints a row for each engine.
func compare(ctx context.Context, in, xapian string, size, turns int) error {
	list, err := start(ctx, in, xapian)
	defer func() {
		for _, e := range list {
			e.stop()
		}
	}()
	if err != nil {
		return err
	}
	for range turns {
		for _, e := range list {
			if err := e.ask(); err != nil {
				return fmt.Errorf("ask %s: %w", e.name, err)
			}
		}
	}
	reference := list[len(list)-1] // Xapian, where it is there
	for _, e := range list {
		ratio := "–"
		if xapian != "" {
			ratio = e.medians.Over(reference.medians).Spread(2)
		}
		fmt.Printf("| %d | %s | %s | %.1f | %s | %s | %.1f | %d | %d |\n", size, e.name, e.medians.Spread(2), e.all.Quantile(0.99), e.processor.Spread(2), ratio,
			e.made.Processor, e.made.Bytes/int64(size), e.resident>>10)
	}
	return nil
}

// writeInput writes the passages and the questions, one a line.
func writeInput(folder, site string, size, asked int) (string, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	w, err := prose.New(1, site, rareWords)
	if err != nil {
		return "", err
	}
	var questions strings.Builder
	for i := range asked {
		question := w.Sentences[i*7%len(w.Sentences)]
		var words []string
		for _, t := range french.Terms(question) {
			if !t.Stop {
				words = append(words, t.In(question))
			}
		}
		questions.WriteString(strings.Join(words, " ") + "\n")
	}
	if err := os.WriteFile(filepath.Join(folder, "questions"), []byte(questions.String()), 0o600); err != nil {
		return "", err
	}
	f, err := os.Create(filepath.Join(folder, "passages"))
	if err != nil {
		return "", err
	}
	out := bufio.NewWriter(f)
	for n := 0; n*passagesARecord < size; n++ {
		_, r := w.Record(n, passagesARecord)
		if _, err := out.WriteString(r.Text); err != nil {
			return "", err
		}
	}
	if err := out.Flush(); err != nil {
		return "", err
	}
	return folder, f.Close()
}

// engine is a running process that answers questions.
type engine struct {
	name      string
	process   *process
	made      made
	medians   rounds.Figures // of each round, milliseconds
	all       rounds.Figures // of each question, milliseconds
	processor rounds.Figures // of each round, milliseconds a question
	resident  int64          // KiB
}

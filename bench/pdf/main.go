// Command pdf measures the reading of PDF files beside « pdftotext -raw », on one processor and with
// the start of every program: contredit's reader starts a child for a batch of files, pdftotext is a
// process a file.
//
//	pdf [-rounds 7] [-files 20] [FOLDER...]
//
// It needs the taskset command, and apt-get install poppler-utils.
package main

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"contredit/bench/rounds"
	"contredit/document"
	"contredit/document/pdf"
)

// beside are the folders of PDF files that may stand beside the project, and the one that is in it.
var beside = []string{"../shared/corpus", "../shared/data/councils/montpellier"}

const bundled = "cmd/contredit/demo/site"

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "pdf: error:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) > 2 && args[0] == "read" {
		return read(ctx, args[1], args[2:])
	}
	if len(args) > 1 && args[0] == "text" {
		return text(ctx, args[1:])
	}
	flags := flag.NewFlagSet("pdf", flag.ContinueOnError)
	turns := flags.Int("rounds", 7, "how often each program reads the batch")
	most := flags.Int("files", 20, "how many files a batch has")
	program := flags.String("program", "./contredit", "the `program` whose child reads (make build)")
	if err := flags.Parse(args); err != nil {
		return err
	}
	for _, tool := range []string{"taskset", "pdftotext"} {
		if _, err := exec.LookPath(tool); err != nil {
			fmt.Printf("Skipped: %s is not installed (apt-get install util-linux poppler-utils).\n", tool)
			return nil
		}
	}
	folders := flags.Args()
	if len(folders) == 0 {
		for _, folder := range beside {
			if _, err := os.Stat(folder); err != nil {
				fmt.Printf("Skipped: %s is not beside the project.\n\n", folder)
				continue
			}
			folders = append(folders, folder)
		}
	}
	if len(folders) == 0 {
		folders = []string{bundled}
	}
	fmt.Printf("Batches of up to %d files on one processor (taskset -c 0), starts included, in %d rounds. The ratio is of pages a second to pdftotext's, round by round; the memory is that of the largest process.\n\n", *most, *turns)
	fmt.Println("| files | program | pages | pages/s | ratio | processor ratio | processor a page, ms | memory, MiB |")
	fmt.Println("| --- | --- | --- | --- | --- | --- | --- | --- |")
	for _, folder := range folders {
		if err := compare(ctx, folder, *program, *most, *turns); err != nil {
			return err
		}
	}
	return nil
}

// compare prints a row for each program.
func compare(ctx context.Context, folder, program string, most, turns int) error {
	files, err := filesIn(folder, most)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		fmt.Printf("| %s: no PDF file | | | | | | | |\n", filepath.Base(folder))
		return nil
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	programs := [][]string{append([]string{self, "read", program}, files...), append([]string{self, "text"}, files...)}
	took, used, held, pages := [2]rounds.Figures{}, [2]rounds.Figures{}, [2]rounds.Figures{}, 0
	if _, err := rounds.Spend(ctx, programs[0]...); err != nil { // the engine is compiled once in the life of an installation
		return err
	}
	for range turns {
		for i, command := range programs {
			s, err := rounds.Spend(ctx, append([]string{"taskset", "-c", "0"}, command...)...)
			if err != nil {
				return err
			}
			took[i], used[i], held[i] = append(took[i], s.Wall.Seconds()), append(used[i], s.Processor.Seconds()), append(held[i], float64(s.Resident)/1024)
			if i == 0 {
				if pages, err = strconv.Atoi(strings.TrimSpace(string(s.Out))); err != nil {
					return fmt.Errorf("count the pages: %w", err)
				}
			}
		}
	}
	for i, name := range []string{"contredit (lines with their places)", "pdftotext -raw"} {
		var rate, cost rounds.Figures
		for k := range took[i] {
			rate, cost = append(rate, float64(pages)/took[i][k]), append(cost, 1000*used[i][k]/float64(pages))
		}
		fmt.Printf("| %s (%d) | %s | %d | %s | %s | %s | %s | %.0f |\n", filepath.Base(folder), len(files), name, pages, rate.Spread(0), took[1].Over(took[i]).Spread(2),
			used[1].Over(used[i]).Spread(2), cost.Spread(1), held[i].Median())
	}
	return nil
}

func filesIn(folder string, most int) (files []string, err error) {
	err = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".pdf" || len(files) == most {
			return err
		}
		files = append(files, path)
		return nil
	})
	return files, err
}

// read reads files as contredit does and prints how many pages they have.
func read(ctx context.Context, program string, files []string) error {
	r, n := pdf.NewReader(program, "pdf-worker"), 0
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		pages, state, err := r.Pages(ctx, content)
		if err != nil {
			return err
		}
		if state != document.StateRead {
			fmt.Fprintln(os.Stderr, "pdf:", filepath.Base(file), "is", state)
		}
		n += len(pages)
	}
	fmt.Println(n)
	return r.Close()
}

// text runs pdftotext for each file. One that it cannot read costs its time all the same.
func text(ctx context.Context, files []string) error {
	for _, file := range files {
		c := exec.CommandContext(ctx, "pdftotext", "-raw", file, "-")
		if err := c.Run(); err != nil && c.ProcessState == nil {
			return err
		}
	}
	return nil
}

// Command results runs the parts of the benchmark and writes what they print, with the versions of what
// was measured and the machine's load, into a file of results. A part that is not run keeps what stands there.
//
//	results [-o bench/RESULTS.md] [search|pdf|crawl|linking|job ...]
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"

	"contredit/bench/rounds"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "results: error:", err)
		os.Exit(1)
	}
}

// part is one benchmark: a program that prints its section.
type part struct {
	name, title string
	command     []string // arguments of « go run »
	versions    [][]string
}

var parts = []part{
	{"search", "Search", []string{"./bench/search"}, [][]string{{"g++", "--version"}, {"xapian-config", "--version"}}},
	{"pdf", "PDF", []string{"./bench/pdf"}, [][]string{{"pdftotext", "-v"}}},
	{"crawl", "Crawl", []string{"./bench/crawl"}, [][]string{{"wget", "--version"}, {"scrapy", "version"}}},
	{"linking", "Linking", []string{"./bench/linking", "scale", "-sizes", "10000,100000,1000000"}, nil},
	{"job", "The whole job", []string{"./bench/job"}, nil},
}

const introduction = `# Results

What ` + "`make bench`" + ` wrote: each part stands as it was last measured, with the versions and the load of that time. Other work may share the
machine: the processor's time says more than the wall's, and a ratio is taken round by round between programs that ran in turn on the same input.
A figure with two others behind it is the median of the rounds, with the least and the greatest. What these figures led to is told in
[docs/scale.md](../docs/scale.md).
`

func run(args []string) error {
	flags := flag.NewFlagSet("results", flag.ContinueOnError)
	path := flags.String("o", "bench/RESULTS.md", "the `file` to write")
	if err := flags.Parse(args); err != nil {
		return err
	}
	asked := flags.Args()
	for _, name := range asked {
		if !slices.ContainsFunc(parts, func(p part) bool { return p.name == name }) {
			return fmt.Errorf("no part is called %q: say search, pdf, crawl, linking or job", name)
		}
	}
	before, err := os.ReadFile(*path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	sections := sectionsOf(string(before))
	for _, p := range parts {
		if len(asked) > 0 && !slices.Contains(asked, p.name) {
			continue
		}
		fmt.Fprintln(os.Stderr, "results: measuring", p.name)
		section, err := p.measure()
		if err != nil {
			return fmt.Errorf("measure %s: %w", p.name, err)
		}
		sections[p.title] = section
		// What was measured is kept even if the next part breaks.
		if err := write(*path, sections); err != nil {
			return err
		}
	}
	return nil
}

// sectionsOf takes a file of results apart, by title.
func sectionsOf(text string) map[string]string {
	sections := map[string]string{}
	for _, s := range strings.Split("\n"+text, "\n## ")[1:] {
		title, body, _ := strings.Cut(s, "\n")
		sections[title] = strings.TrimSpace(body)
	}
	return sections
}

func write(path string, sections map[string]string) error {
	var b strings.Builder
	b.WriteString(introduction)
	for _, p := range parts {
		if body, ok := sections[p.title]; ok {
			fmt.Fprintf(&b, "\n## %s\n\n%s\n", p.title, body)
		}
	}
	return os.WriteFile(path, []byte(b.String()), 0o644)
}

// measure runs a part and returns its section.
func (p part) measure() (string, error) {
	load, begun, measured := rounds.Load(), time.Now(), revision()
	c := exec.Command("go", append([]string{"run", "-tags", "sqlite_fts5"}, p.command...)...)
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, os.Stderr
	if err := c.Run(); err != nil {
		return "", err
	}
	versions := []string{runtime.Version(), "contredit " + measured}
	for _, v := range p.versions {
		if line := rounds.Version(v...); line != "" {
			versions = append(versions, line)
		} else {
			versions = append(versions, v[0]+" is not installed")
		}
	}
	return fmt.Sprintf("`make bench-%s` on %s: %s; %s, %d processors; load %s before, %s after %s.\n\n%s", p.name, begun.Format(time.DateOnly), strings.Join(versions, "; "),
		processorName(), runtime.NumCPU(), load, rounds.Load(), time.Since(begun).Round(time.Second), strings.TrimSpace(out.String())), nil
}

// revision is the version of the sources that are measured.
func revision() string {
	out, err := exec.Command("git", "describe", "--always", "--dirty").Output()
	if err != nil {
		return "of unknown version"
	}
	return strings.TrimSpace(string(out))
}

// processorName is what the processor calls itself.
func processorName() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}

// Command compare measures and fits the comparison of given pairs on development data:
// French pair sets that stay outside of the project, and the gold set's links.
//
//	compare fit     -pairs ../shared/data -gold bench/score/gold -half odd -out claims/compare.tsv
//	compare table   -table claims/testdata/mirrors.tsv [-misses]
//	compare links   -gold bench/score/gold -half odd
//	compare overlap -gold bench/score/gold -half odd -site ../shared/corpus/val-de-brenne/site
package main

import (
	"flag"
	"fmt"
	"os"

	"contredit/claims"
	"contredit/document"
	"contredit/document/pdf"
	"contredit/french"
)

// worker is the argument that makes this program the child that reads PDF files.
const worker = "pdf-worker"

func main() {
	if len(os.Args) > 1 && os.Args[1] == worker {
		if err := pdf.Work(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "compare: error:", err)
		os.Exit(1)
	}
}

// options say where the data lie.
type options struct {
	pairs, goldFolder, half, out, table, site, written string
	misses                                             bool
}

func run(args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("say fit, table, links or overlap")
	}
	var o options
	flags := flag.NewFlagSet(args[0], flag.ContinueOnError)
	flags.StringVar(&o.pairs, "pairs", "../shared/data", "the `folder` of pair sets")
	flags.StringVar(&o.goldFolder, "gold", "bench/score/gold", "the gold `folder`")
	flags.StringVar(&o.written, "written", "claims/testdata/pairs.tsv", "a `file` of pairs written for development")
	flags.StringVar(&o.half, "half", "odd", "half of the gold set; fit takes odd alone")
	flags.StringVar(&o.out, "out", "", "where to write the weights")
	flags.StringVar(&o.table, "table", "", "a `file` with the columns id, scale, claim, record, contradiction")
	flags.StringVar(&o.site, "site", "../shared/corpus/val-de-brenne/site", "the `folder` of the documents")
	flags.BoolVar(&o.misses, "misses", false, "list what was missed")
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	lexicon, err := french.LoadLexicon()
	if err != nil {
		return err
	}
	b := &bench{options: o, comparer: claims.NewComparer(french.NewAnalyzer(lexicon)), lexicon: lexicon, pdf: pdf.NewReader(os.Args[0], worker)}
	switch args[0] {
	case "fit":
		return b.fit()
	case "table":
		return b.tell()
	case "links":
		return b.links()
	case "overlap":
		return b.overlap()
	}
	return fmt.Errorf("unknown measure %q: say fit, table, links or overlap", args[0])
}

type bench struct {
	options
	comparer *claims.Comparer
	lexicon  *french.Lexicon
	pdf      document.PageReader
}

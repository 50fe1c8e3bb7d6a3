// Command linking measures and fits the links of contredit on a database and a gold set:
// how often the right record is among the candidates, and which weights tell contradictions
// from records that merely resemble. It judges nothing by itself.
//
//	linking recall -db contredit.db -gold bench/score/gold -half odd
//	linking flags  -db contredit.db -gold bench/score/gold -half even
//	linking fit    -db contredit.db -gold bench/score/gold -half odd -out claims/weights.tsv
//	linking scale  -sizes 10000,100000,1000000
//	linking cross  -db contredit.db: flags of claims whose documents the weights were not fitted on
//	linking why    -db contredit.db: what was seen in the evidence of each contradiction
//	linking dump   -db contredit.db: the first candidates of every claim as JSON lines, for other learners
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"contredit/claims"
	"contredit/document"
	"contredit/french"
	"contredit/gold"
	"contredit/store"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "linking: error:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("say recall, flags or fit")
	}
	flags := flag.NewFlagSet(args[0], flag.ContinueOnError)
	path := flags.String("db", "", "a `database` that was crawled")
	folder := flags.String("gold", "bench/score/gold", "the gold `folder`")
	half := flags.String("half", "odd", "odd, even or empty for all")
	out := flags.String("out", "", "where to write the weights")
	free := flags.Bool("free", false, "flags: by the subject alone")
	also := flags.String("also", "", "fit, gate: further databases with their gold folders, `db=gold` with commas between; the whole of each")
	misses := flags.Bool("misses", false, "list what was missed")
	sizes := flags.String("sizes", "10000,100000", "scale: numbers of passages, with commas")
	profile := flags.String("profile", "", "scale: a `file` for the processor's profile of the linking alone")
	site := flags.String("site", "cmd/contredit/demo/site", "scale: the `folder` of pages whose French is imitated")
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	if args[0] == "scale" {
		var list []int
		for _, text := range strings.Split(*sizes, ",") {
			n, err := strconv.Atoi(text)
			if err != nil {
				return fmt.Errorf("sizes: %w", err)
			}
			list = append(list, n)
		}
		return scale(list, *site, 400, *profile)
	}
	ctx := context.Background()
	b, err := openBench(ctx, *path, *folder, *half)
	if err != nil {
		return err
	}
	for pair := range strings.SplitSeq(*also, ",") {
		db, gold, found := strings.Cut(pair, "=")
		if !found {
			continue
		}
		other, err := openBench(ctx, db, gold, "")
		if err != nil {
			return err
		}
		other.name = filepath.Base(filepath.Dir(db)) + " of bench/councils"
		b.others = append(b.others, other)
	}
	switch args[0] {
	case "recall":
		return b.recall(*misses)
	case "flags":
		return b.flags(*free, *misses)
	case "heard":
		return b.heardFlags(*misses)
	case "worth":
		return b.worth(*out)
	case "cross":
		return b.cross(*misses)
	case "gate":
		return b.fitGate(*out)
	case "wrong":
		return b.wrong()
	case "dump":
		return b.dump()
	case "why":
		return b.why()
	case "fit":
		return b.fit(*out)
	}
	return fmt.Errorf("unknown measure %q: say recall, flags or fit", args[0])
}

// bench is a linker over the records of a database, beside the truth.
type bench struct {
	name   string // of another council
	half   string // odd, even, or empty for all
	gold   *gold.Set
	linker *claims.Linker
	claims map[string]claims.Claim // the claim of each gold row
	others []*bench                // of other councils, to fit on as well
	heard  []claims.Claim          // what the engine itself finds worth checking in the documents of the half
}

func openBench(ctx context.Context, path, folder, half string) (*bench, error) {
	g, err := gold.Read(folder, half)
	if err != nil {
		return nil, err
	}
	lexicon, err := french.LoadLexicon()
	if err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	analyzer := french.NewAnalyzer(lexicon)
	index, directory := claims.NewMemory(analyzer), claims.NewDirectory()
	x := &claims.Extractor{Analyzer: analyzer}
	said := map[string][]claims.Claim{}
	var readings []store.ReadDocument
	err = db.EachDocument(ctx, func(d store.ReadDocument) error {
		if d.Reading == nil || d.Reading.State != document.StateRead || d.Document.Duplicate != "" {
			return nil
		}
		directory.Learn(d.Document, d.Reading)
		readings = append(readings, d)
		if d.Document.Role.Records() {
			index.AddDocument(d.Document, d.Reading)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	x.Directory = directory
	var order []string
	for _, d := range readings {
		if d.Document.Role.Speaks() {
			p := g.Same(gold.Path(d.Document.URL, ""))
			said[p] = append(said[p], x.Claims(d.Document, d.Reading)...)
			order = append(order, p)
		}
	}
	slices.Sort(order)
	b := &bench{half: half, gold: g, linker: claims.NewLinker(index, directory, analyzer), claims: map[string]claims.Claim{}}
	for _, p := range slices.Compact(order) {
		for _, c := range said[p] {
			if c.Worth && g.Holds(p) {
				b.heard = append(b.heard, c)
			}
		}
	}
	found := 0
	for _, row := range g.Claims {
		c, best := claims.Claim{ID: row.ID, Quote: row.Quote, Speaker: row.Speaker, Date: row.Date}, 0.0
		want := gold.Words(row.Quote)
		for _, s := range said[g.Same(row.Path)] {
			if o := gold.Overlap(gold.Words(s.Quote), want); o > best {
				c, best = s, o
			}
		}
		if best > 0 {
			found++
		}
		b.claims[row.ID] = c
	}
	fmt.Printf("%d of %d gold sentences are claims of the engine\n", found, len(g.Claims))
	return b, nil
}

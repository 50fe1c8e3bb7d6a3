package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"contredit/claims"
	"contredit/digest"
	"contredit/evidence"
	"contredit/french"
)

// compareThreshold is the score from which a pair is called a contradiction: more likely
// confirmed than not.
const compareThreshold = 0.5

// comparisonRow is one line of « compare --format jsonl », a contract of bench/score/SCORING.md.
type comparisonRow struct {
	ID            string                `json:"id,omitempty"`
	Contradiction bool                  `json:"contradiction"`
	Score         float64               `json:"score"`
	Kind          *claims.Kind          `json:"kind"`
	Reasons       []evidence.FlagReason `json:"reasons"`
}

func runCompare(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	table := o.String("tsv", "", "compare every row of this `file`; - is standard input")
	format := o.String("format", "text", "text or jsonl")
	rest, err := o.parse(args, 0, 2)
	if err != nil {
		return err
	}
	if err := oneOf(*format, "text", "jsonl", "json"); err != nil {
		return wrongUsage("--format: %w", err)
	}
	if (*table == "") != (len(rest) == 2) || (*table != "" && len(rest) > 0) {
		return withHint(wrongUsage("compare takes a claim and a record, or --tsv"), "contredit compare --help")
	}
	lexicon, err := french.LoadLexicon()
	if err != nil {
		return err
	}
	comparer := claims.NewComparer(french.NewAnalyzer(lexicon))
	if *table == "" {
		return printComparison(t, *format, comparisonPair{claim: rest[0], record: rest[1]}, comparer)
	}
	in := t.in
	if *table != "-" {
		file, err := os.Open(*table)
		if err != nil {
			return fmt.Errorf("compare: %w", err)
		}
		defer func() { err = errors.Join(err, file.Close()) }()
		in = file
	}
	return eachPair(in, *table, func(p comparisonPair) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return printComparison(t, *format, p, comparer)
	})
}

// comparisonPair is one row of the table.
type comparisonPair struct {
	id, claim, record string
}

// longestRow holds a page of text on each side.
const longestRow = 1 << 20

// eachPair reads a table with a header row that names id and either claim and record, or
// premise and hypothesis: there the hypothesis is what was claimed.
func eachPair(in io.Reader, name string, f func(comparisonPair) error) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, longestRow)
	columns := map[string]int{}
	claimColumn, recordColumn := "claim", "record"
	for n := 1; lines.Scan(); n++ {
		cells := strings.Split(strings.TrimSuffix(lines.Text(), "\r"), "\t")
		if n == 1 {
			for i, cell := range cells {
				columns[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(cell, "\ufeff")))] = i
			}
			if _, ok := columns[claimColumn]; !ok {
				claimColumn, recordColumn = "hypothesis", "premise"
			}
			for _, column := range []string{"id", claimColumn, recordColumn} {
				if _, ok := columns[column]; !ok {
					return withHint(usageError{fmt.Errorf("%s:1: no column %q in the header row", name, column)},
						"the header names id and either claim and record, or premise and hypothesis, with tabs between")
				}
			}
			continue
		}
		if len(cells) == 1 && cells[0] == "" {
			continue
		}
		if last := max(columns["id"], columns[claimColumn], columns[recordColumn]); last >= len(cells) {
			return fmt.Errorf("%s:%d: %d column(s), at least %d are needed", name, n, len(cells), last+1)
		}
		if err := f(comparisonPair{cells[columns["id"]], cells[columns[claimColumn]], cells[columns[recordColumn]]}); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	return nil
}

func printComparison(t terminal, format string, p comparisonPair, comparer *claims.Comparer) error {
	result := comparer.Compare(p.claim, p.record)
	if format == "text" {
		printComparisonText(t.out, p, result)
		return nil
	}
	row := comparisonRow{ID: p.id, Contradiction: result.Score >= compareThreshold, Score: result.Score, Reasons: []evidence.FlagReason{}}
	if row.Contradiction {
		row.Kind = &result.Kind
	}
	for _, r := range result.Reasons {
		row.Reasons = append(row.Reasons, evidence.Reason(r, p.claim, p.record))
	}
	encoder := json.NewEncoder(t.out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(row)
}

func printComparisonText(w io.Writer, p comparisonPair, result claims.Comparison) {
	if p.id != "" {
		fmt.Fprintf(w, "%s\n", p.id)
	}
	wrapText(w, "  dit      : ", quoted(p.claim))
	wrapText(w, "  consigné : ", quoted(p.record))
	if result.Score >= compareThreshold {
		fmt.Fprintf(w, "  à examiner · %s · %.2f\n", digest.KindNames[result.Kind], result.Score)
	} else {
		fmt.Fprintf(w, "  rien qui s’oppose assez · %.2f\n", result.Score)
	}
	for _, r := range result.Reasons {
		wrapText(w, "  "+r.Rule+" : ", r.Text)
	}
}

package main

import (
	"crypto/sha1"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"contredit/gold"
)

// pair is two sentences with the truth about them.
type pair struct {
	id, set, group string
	claim, record  string
	kind           string // scale of a mirror, kind of a link
	right          bool   // they contradict each other
}

// folds is the number of parts of a cross-validation.
const folds = 5

// fold is the part in which a pair lies, by what it was made from.
func (p pair) fold() int { return int(sha1.Sum([]byte(p.group))[0]) % folds }

// readTable reads a table with a header row into rows by column name.
func readTable(path string, quotes bool) ([]map[string]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var rows [][]string
	if quotes {
		r := csv.NewReader(strings.NewReader(string(text)))
		r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
		if rows, err = r.ReadAll(); err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
	} else {
		for line := range strings.Lines(string(text)) {
			if line = strings.TrimRight(line, "\r\n"); line != "" && line[0] != '#' {
				rows = append(rows, strings.Split(line, "\t"))
			}
		}
	}
	var list []map[string]string
	for _, row := range rows[1:] {
		cells := map[string]string{}
		for i, name := range rows[0] {
			if i < len(row) {
				cells[name] = strings.TrimSpace(row[i])
			}
		}
		list = append(list, cells)
	}
	return list, nil
}

func (b *bench) daccord() ([]pair, error) {
	rows, err := readTable(filepath.Join(b.pairs, "daccord", "dev.tsv"), true)
	var list []pair
	for _, r := range rows {
		list = append(list, pair{id: r["id"], set: "daccord", group: r["url"], claim: r["hypothesis"], record: r["premise"], right: r["label"] == "1"})
	}
	return list, err
}

func (b *bench) rte() ([]pair, error) {
	rows, err := readTable(filepath.Join(b.pairs, "rte3-fr", "dev.tsv"), true)
	var list []pair
	for _, r := range rows {
		list = append(list, pair{id: r["id"], set: "rte3", group: r["group"], claim: r["hypothesis"], record: r["premise"], right: r["label3"] == "contradiction"})
	}
	return list, err
}

// writtenPairs are those of claims/testdata/pairs.tsv that may be looked at: the even groups of four judge.
func (b *bench) writtenPairs() ([]pair, error) {
	rows, err := readTable(b.written, false)
	if err != nil {
		return nil, err
	}
	var list []pair
	for n, r := range rows {
		if group := n / 4; group%2 == 1 {
			list = append(list, pair{id: r["id"], set: "written", group: fmt.Sprint("pairs.tsv", group), claim: r["claim"], record: r["record"], kind: r["kind"], right: r["label"] == "yes"})
		}
	}
	return list, nil
}

// goldPairs are the links of the gold set, each claim beside each quote.
func (b *bench) goldPairs() ([]pair, error) {
	g, err := gold.Read(b.goldFolder, b.half)
	if err != nil {
		return nil, err
	}
	var list []pair
	for _, c := range g.Claims {
		for _, l := range g.LinksOf(c.ID) {
			for _, e := range l.Evidence {
				if e.Quote == "" || l.Kind == "absence" {
					continue
				}
				list = append(list, pair{id: l.ID, set: "links", group: c.ID, claim: c.Quote, record: e.Quote, kind: l.Kind, right: l.Label == "contradiction"})
			}
		}
	}
	return list, nil
}

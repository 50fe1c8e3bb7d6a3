package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"contredit/claims"
	"contredit/evidence"
	"contredit/gold"
	"contredit/store"
)

func runEval(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	base := o.String("base", "", "the `address` under which the corpus was collected")
	half := o.String("half", "", "only the claims of half of the documents: even or odd")
	misses := o.Bool("misses", false, "list what was missed or wrongly flagged, on standard error")
	rest, err := o.parse(args, 1, 1)
	if err != nil {
		return err
	}
	if err := oneOf(*half, "", "even", "odd"); err != nil {
		return wrongUsage("--half: %w", err)
	}
	set, err := gold.Read(rest[0], *half)
	if err != nil {
		return withHint(err, "a gold set is a folder with documents.jsonl, claims.jsonl and links.jsonl, such as bench/score/gold")
	}
	_, db, err := where.openExisting(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var log io.Writer
	if *misses {
		log = t.err
	}
	return evaluate(ctx, t.out, db, set, *base, log)
}

// evaluate scores what the exports would hold.
func evaluate(ctx context.Context, out io.Writer, db *store.DB, set *gold.Set, base string, misses io.Writer) error {
	var documents []evidence.DocumentRow
	err := db.EachDocument(ctx, func(d store.ReadDocument) error {
		documents = append(documents, evidence.Document(d.Document, d.Reading, d.SHA256, d.FetchedAt, d.GoneAt))
		return nil
	})
	if err != nil {
		return err
	}
	if base == "" {
		base = commonBase(documents)
	}
	list, err := db.Claims(ctx, store.ClaimFilter{Private: true})
	if err != nil {
		return err
	}
	rows := make([]evidence.ClaimRow, len(list))
	for i, c := range list {
		rows[i] = evidence.Claim(c.Claim, c.EditedOut)
	}
	links, err := db.Links(ctx, store.LinkFilter{Private: true})
	if err != nil {
		return err
	}
	var flags []evidence.FlagRow
	for _, l := range links {
		if l.Status != claims.StatusRejected {
			flags = append(flags, evidence.Flag(l.Link, l.Status))
		}
	}
	set.ScoreDocuments(documents, base, misses).Print(out)
	set.ScoreClaims(rows, base, misses).Print(out)
	set.ScoreLinks(flags, base, misses).Print(out)
	return nil
}

// commonBase is the site that most of the documents stand under: a corpus is served from one.
func commonBase(documents []evidence.DocumentRow) string {
	count, best := map[string]int{}, ""
	for _, d := range documents {
		scheme, rest, ok := strings.Cut(d.URL, "://")
		if !ok {
			continue
		}
		host, _, _ := strings.Cut(rest, "/")
		site := fmt.Sprintf("%s://%s/", scheme, host)
		if count[site]++; count[site] > count[best] {
			best = site
		}
	}
	return best
}

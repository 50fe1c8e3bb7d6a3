package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"time"

	"contredit/claims"
	"contredit/crawler"
	"contredit/document"
	"contredit/store"
)

// statusRow is « status --format json ».
type statusRow struct {
	Counts  store.Counts     `json:"counts"`
	Sources []crawler.Health `json:"sources"`
	Held    []store.HeldWork `json:"held"` // items under work, and by which process
}

func runStatus(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	format := o.String("format", "text", "text or json")
	if _, err := o.parse(args, 0, 0); err != nil {
		return err
	}
	config, db, err := where.openExisting(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	counts, err := db.Count(ctx)
	if err != nil {
		return err
	}
	sources, err := db.SourceHealth(ctx)
	if err != nil {
		return err
	}
	held, err := db.HeldWork(ctx)
	if err != nil {
		return err
	}
	if *format == "json" {
		return printJSON(t, statusRow{counts, sources, held})
	}
	printCounts(t, counts)
	for _, h := range held {
		fmt.Fprintf(t.out, "    en cours : %s %s, par le processus %d\n", stageNames[string(h.Stage)], h.Subject, h.Process)
	}
	if err := errors.Join(sayMails(ctx, t, db, config.Mail.Operator), sayBackups(ctx, t, db, config, time.Now()), sayRequests(ctx, t, config, db)); err != nil {
		return err
	}
	loc := config.Instance.TimeZone.location()
	now := time.Now()
	for _, s := range config.Sources {
		i := slices.IndexFunc(sources, func(h crawler.Health) bool { return h.Source == s.Name })
		if i < 0 {
			fmt.Fprintf(t.out, "%s\n    jamais collectée\n", s.Name)
		} else {
			fmt.Fprintf(t.out, "%s\n", s.Name)
			printHealth(t.out, sources[i], loc)
		}
		if document.Visibility(s.Visibility) == document.Private {
			fmt.Fprintf(t.out, "    privée\u00a0: « %s » dans /metrics\n", privateLabel(s.Name))
		}
		fmt.Fprintf(t.out, "    %s\n", frenchNext(s, loc, now))
	}
	return nil
}

func printCounts(t terminal, c store.Counts) {
	documents := 0
	for _, n := range c.Documents {
		documents += n
	}
	fmt.Fprintf(t.out, "%d document(s), %d version(s), %d assertion(s) à vérifier, %d verdict(s), %.1f Mo\n",
		documents, c.Snapshots, c.Claims, c.Verdicts, float64(c.Bytes)/1e6)
	for _, status := range []claims.Decision{claims.StatusNew, claims.StatusInReview, claims.StatusConfirmed, claims.StatusNuance,
		claims.StatusRejected, claims.StatusUndecidable, claims.StatusPublished} {
		if n := c.Flags[string(status)]; n > 0 {
			fmt.Fprintf(t.out, "    %d %s\n", n, statusNames[status])
		}
	}
	for state, n := range sorted(c.Unread) {
		fmt.Fprintf(t.out, "    %d document(s) sans texte : %s\n", n, state)
	}
	for stage, n := range sorted(c.Backlog) {
		fmt.Fprintf(t.out, "    %d en attente : %s\n", n, stageNames[string(stage)])
	}
	if c.Failing > 0 {
		fmt.Fprintf(t.out, "    %d en échec, nouvel essai à la prochaine collecte\n", c.Failing)
	}
}

// sorted ranges over a map in the order of its keys, so that two runs print the same.
func sorted[K ~string, V any](m map[K]V) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}

// printHealth says how a source has been, one line a fact, four spaces in.
func printHealth(w io.Writer, h crawler.Health, loc *time.Location) {
	seen := "jamais vue"
	if !h.LastSuccess.IsZero() {
		seen = "vue le " + frenchMoment(h.LastSuccess.In(loc))
	}
	fmt.Fprintf(w, "    %s ; %d document(s) gardé(s), %.0f par passage\n", seen, h.Documents, h.DocumentsAPass())
	if !h.LastNew.IsZero() {
		fmt.Fprintf(w, "    dernière nouveauté le %s\n", frenchMoment(h.LastNew.In(loc)))
	}
	if h.Error != "" {
		fmt.Fprintf(w, "    %s\n", h.Error)
	}
	for _, a := range h.Alarms {
		fmt.Fprintf(w, "    alerte depuis le %s : %s\n", frenchMoment(a.Since.In(loc)), a.Sentence)
	}
}

// frenchNext says when a source is collected next, by the clock of its instance.
func frenchNext(s sourceConfig, loc *time.Location, now time.Time) string {
	next := nextRun(s, loc, now)
	if next.IsZero() {
		return "pas de calendrier : seulement par « contredit crawl »"
	}
	return "prochain passage le " + frenchMoment(next.In(loc))
}

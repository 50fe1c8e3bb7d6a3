package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"contredit/crawler"
	"contredit/document"
	"contredit/pipeline"
)

func runCrawl(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	where.workerFlag(o)
	names, err := o.parse(args, 0, -1)
	if err != nil {
		return err
	}
	config, db, err := where.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	lock, err := lockDatabase(ctx, config, db)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	work, err := newWork(ctx, config, db, t)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, work.close()) }()
	if len(config.Sources) == 0 {
		return withHint(fmt.Errorf("%s names no source", config.path), "config.example.toml shows how to describe one")
	}
	return work.collect(ctx, names)
}

// choose returns the sources named, or all of them without a name.
func (w *work) choose(names []string) ([]crawler.Source, error) {
	w.reloading.RLock()
	sources := w.sources
	w.reloading.RUnlock()
	if len(names) == 0 {
		return sources, nil
	}
	var chosen []crawler.Source
	for _, name := range names {
		found := false
		for _, s := range sources {
			if strings.EqualFold(s.Name, name) {
				chosen, found = append(chosen, s), true
			}
		}
		if !found {
			var known []string
			for _, s := range sources {
				known = append(known, s.Name)
			}
			return nil, withHint(wrongUsage("no source is called %q", name), "the configuration has: %s", strings.Join(known, "; "))
		}
	}
	return chosen, nil
}

// collect crawls the sources named, or all of them, takes what is new through the stages, and
// says what came of it. It returns errQuiet when a source could not be collected at all.
func (w *work) collect(ctx context.Context, names []string) error {
	chosen, err := w.choose(names)
	if err != nil {
		return err
	}
	var reports []crawler.Report
	var silent []string
	run := newRunID()
	for _, s := range chosen {
		report, err := w.crawler.Crawl(ctx, s, w.keep)
		if err != nil && ctx.Err() != nil {
			return fmt.Errorf("collect %s: %w", s.Name, ctx.Err())
		}
		if err != nil {
			w.t.say("%s : interrompu : %v", s.Name, err)
			silent = append(silent, s.Name)
		}
		if sawNothing(report) {
			silent = append(silent, s.Name)
		}
		w.meter.note(report, err != nil || sawNothing(report))
		reports = append(reports, report)
		w.logReport(run, report, err)
		w.sayReport(report)
		if err := w.sayHealth(ctx, report); err != nil {
			return err
		}
	}
	if err := w.watch(ctx); err != nil {
		return err
	}
	started := time.Now()
	w.refresh()
	summary, err := w.pipeline.Process(ctx)
	w.logSummary(run, summary, time.Since(started), err)
	w.sayProblems(reports, summary)
	if err != nil {
		return err
	}
	if err := w.markImports(ctx, reports); err != nil {
		return err
	}
	if len(silent) > 0 {
		w.t.say("Rien n’a pu être collecté de : %s", strings.Join(silent, ", "))
		return errQuiet
	}
	return nil
}

// markImports keeps what the past of a new source holds out of the digests, and says so.
func (w *work) markImports(ctx context.Context, reports []crawler.Report) error {
	var names []string
	pairs := int64(0)
	for _, r := range reports {
		if !r.First {
			continue
		}
		n, err := w.db.MarkImported(ctx, r.Source, r.Started)
		if err != nil {
			return err
		}
		names = append(names, r.Source)
		pairs += n
	}
	if len(names) > 0 {
		w.t.say("Première collecte de %s : un fonds ancien ; ses %d paire(s) sont dans la file et n’entrent dans aucun courriel.", strings.Join(names, ", "), pairs)
	}
	return nil
}

// keep is the crawler's sink. A crawl goes on with its own copy of its source when a reload makes it private.
func (w *work) keep(ctx context.Context, doc document.Document, charset string, snap document.Snapshot) (isNew, changed bool, err error) {
	if slices.Contains(w.privateSources(), doc.Source) {
		doc.Visibility = document.Private
	}
	kept, err := w.db.SaveSnapshot(ctx, doc, charset, snap)
	return kept.New, kept.Changed, err
}

// processWaiting takes through the stages what reviewers left: a claim that they marked, what they put
// right. It does nothing when nothing waits.
func (w *work) processWaiting(ctx context.Context) error {
	waits, err := w.db.HasWork(ctx)
	if err != nil || !waits {
		return err
	}
	started := time.Now()
	w.refresh()
	summary, err := w.pipeline.Process(ctx)
	w.logSummary(newRunID(), summary, time.Since(started), err)
	return err
}

// process takes what waits through the stages and says what came of it.
func (w *work) process(ctx context.Context) error {
	summary, err := w.pipeline.Process(ctx)
	w.sayProblems(nil, summary)
	return err
}

func (w *work) sayReport(r crawler.Report) {
	line := fmt.Sprintf("%s : %d document(s), dont %d nouveau(x), %d modifié(s), %d inchangé(s)", r.Source, r.Found, r.New, r.Changed, r.Unchanged)
	if r.Pending > 0 {
		line += fmt.Sprintf(" ; %d à la prochaine collecte", r.Pending)
	}
	w.t.say("%s", line)
	for _, a := range r.Alarms {
		w.t.say("  alerte : %s", a.Sentence)
	}
}

// sayHealth says how a source has been, and when it is collected next. The alarms that began
// in this run were said with its report.
func (w *work) sayHealth(ctx context.Context, r crawler.Report) error {
	sources := w.followed()
	i := slices.IndexFunc(sources, func(s sourceConfig) bool { return s.Name == r.Source })
	if i < 0 {
		return nil // the demo's sources have no schedule, and one run
	}
	health, err := w.db.CrawlArchive().Health(ctx, r.Source)
	if err != nil {
		return err
	}
	health.Alarms = slices.DeleteFunc(health.Alarms, func(a crawler.Alarm) bool {
		return slices.ContainsFunc(r.Alarms, func(b crawler.Alarm) bool { return a.Kind == b.Kind })
	})
	loc := w.config.Instance.TimeZone.location()
	printHealth(w.t.err, health, loc)
	w.t.say("    %s", frenchNext(sources[i], loc, w.db.Now()))
	return nil
}

// sayProblems names everything that went wrong, each with what to do about it.
func (w *work) sayProblems(reports []crawler.Report, summary pipeline.Summary) {
	w.t.say("\n%d document(s) lu(s), %d assertion(s) à vérifier relevée(s), %d rapprochée(s) des comptes rendus",
		summary.Read, summary.Claims, summary.Linked)
	for _, e := range summary.Edits {
		w.sayEdit(e)
	}
	first := true
	point := func(format string, args ...any) {
		if first {
			w.t.say("À regarder :")
			first = false
		}
		w.t.say("  - "+format, args...)
	}
	for _, r := range reports {
		for _, p := range r.Problems {
			point("%s\n    %s", p.URL, p.Sentence)
		}
		for _, p := range r.Standing {
			point("%s\n    %s (déjà signalé)", p.URL, p.Sentence)
		}
	}
	for _, u := range summary.Unread {
		point("%s\n    %s", u.URL, u.Note)
	}
	for _, f := range summary.Failed {
		point("%s : %s\n    %v ; nouvel essai à la prochaine collecte", stageNames[string(f.Stage)], f.Subject, f.Err)
	}
}

// sayEdit tells of a change after publication, once for all pages that it stands on.
func (w *work) sayEdit(e pipeline.Edit) {
	where := e.URLs[0]
	if n := len(e.URLs) - 1; n > 0 {
		where += fmt.Sprintf(" et %d autre(s) page(s)", n)
	}
	w.t.say("Modifié après publication : %s", where)
	for _, p := range e.Removed[:min(len(e.Removed), 2)] {
		wrapText(w.t.err, "  - ", p)
	}
	for _, p := range e.Added[:min(len(e.Added), 2)] {
		wrapText(w.t.err, "  + ", p)
	}
}

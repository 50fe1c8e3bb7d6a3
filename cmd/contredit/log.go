package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io"
	"log/slog"
	"slices"
	"strings"
	"time"

	"contredit/crawler"
	"contredit/pipeline"
)

// newRunID names one collection in the log, so that its lines are found together.
func newRunID() string {
	id := make([]byte, 6)
	rand.Read(id) // never fails, says its documentation
	return hex.EncodeToString(id)
}

// speakInLines makes the talk of a terminal silent: a daemon writes one JSON object a line,
// and a sentence between them would be read by no program.
func (w *work) speakInLines() {
	w.lines = true
	w.t.out, w.t.err = io.Discard, io.Discard
	w.pipeline.Progress = nil
}

// logReport is the one line of a crawl. Addresses and titles stay out of it: those of private
// sources may name persons, and logs travel further than the database.
func (w *work) logReport(run string, r crawler.Report, err error) {
	if !w.lines {
		return
	}
	if err == nil && sawNothing(r) {
		err = errors.New(silence(r))
	}
	level := slog.LevelInfo
	if err != nil || len(r.Alarms) > 0 {
		level = slog.LevelWarn
	}
	w.logger.Log(context.Background(), level, "collected", "run", run, "source", r.Source, "found", r.Found, "new", r.New, "changed", r.Changed,
		"unchanged", r.Unchanged, "pending", r.Pending, "problems", len(r.Problems), "alarms", len(r.Alarms), "requests", r.Requests,
		"bytes", r.Bytes, "seconds", r.Ended.Sub(r.Started).Seconds(), "error", err)
}

// sawNothing says whether a run over a source found no document for what went wrong, and not for want of any.
func sawNothing(r crawler.Report) bool {
	return r.Found == 0 && len(r.Problems)+len(r.Standing) > 0
}

// silence says why a run saw nothing, by kinds: the sentences of problems may hold addresses.
func silence(r crawler.Report) string {
	var kinds []string
	for _, p := range slices.Concat(r.Problems, r.Standing) {
		if !slices.Contains(kinds, string(p.Kind)) {
			kinds = append(kinds, string(p.Kind))
		}
	}
	return "nothing could be collected: " + strings.Join(kinds, ", ")
}

// logSummary is the one line of the stages after a crawl.
func (w *work) logSummary(run string, s pipeline.Summary, took time.Duration, err error) {
	w.meter.duration.WithLabelValues("process").Observe(took.Seconds())
	if !w.lines {
		return
	}
	for _, f := range s.Failed {
		w.logger.Warn("a stage failed on an item; it is tried again", "run", run, "stage", f.Stage, "item", f.Subject, "error", f.Err)
	}
	level := slog.LevelInfo
	if err != nil || len(s.Failed) > 0 {
		level = slog.LevelWarn
	}
	w.logger.Log(context.Background(), level, "processed", "run", run, "read", s.Read, "unread", len(s.Unread), "claims", s.Claims, "linked", s.Linked,
		"edits", len(s.Edits), "failed", len(s.Failed), "seconds", took.Seconds(), "error", err)
}

package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"contredit/claims"
	"contredit/evidence"
	"contredit/review"
	"contredit/store"
)

// listedFlag is a pair as JSON: its row in the exports, under both names that its id has.
type listedFlag struct {
	evidence.FlagRow
	Flag string `json:"flag"`
}

func listFlags(ctx context.Context, t terminal, db *store.DB, f store.LinkFilter, format string) error {
	links, err := db.Links(ctx, f)
	if err != nil {
		return err
	}
	if format == "json" {
		rows := make([]listedFlag, 0, len(links))
		for _, l := range links {
			rows = append(rows, listedFlag{evidence.Flag(l.Link, l.Status), l.ID})
		}
		return printJSON(t, rows)
	}
	for i, l := range links {
		printFlag(t.out, i+1, l)
	}
	t.say("%d flag(s)", len(links))
	return nil
}

func findFlag(ctx context.Context, db *store.DB, id string) (store.StoredLink, error) {
	l, err := db.Link(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return l, withHint(err, "contredit review list shows the ids; the first six characters are enough when no other begins so")
	}
	return l, err
}

// shownFlag is a pair as JSON with all that people did to it.
type shownFlag struct {
	listedFlag
	Assignee string       `json:"assignee"`
	Snoozed  string       `json:"snoozed,omitempty"` // ISO day
	Tags     []string     `json:"tags"`
	History  []verdictRow `json:"history"` // oldest first, those taken back too
	Notes    []noteRow    `json:"notes"`
}

// noteRow is one note of a reviewer.
type noteRow struct {
	Text string `json:"text"`
	By   string `json:"by"`
	At   string `json:"at"` // RFC 3339, UTC
}

func shownRow(l store.QueuedLink, verdicts []claims.Verdict, remarks []store.Remark) shownFlag {
	row := shownFlag{listedFlag: listedFlag{evidence.Flag(l.Link, l.Status), l.ID}, Assignee: l.Assigned, Snoozed: l.Snoozed, Tags: l.Tags,
		History: []verdictRow{}, Notes: []noteRow{}}
	row.Replies, row.Corrections = store.Notes(remarks)
	for _, v := range verdicts {
		row.History = append(row.History, rowOfVerdict(v))
	}
	for _, m := range remarks {
		if m.Kind == store.RemarkNote {
			row.Notes = append(row.Notes, noteRow{m.Text, m.Reviewer, m.At})
		}
	}
	return row
}

func (d desk) showFlag(ctx context.Context, t terminal, id, format string) error {
	found, err := findFlag(ctx, d.db, id)
	if err != nil {
		return err
	}
	l, err := d.db.Queued(ctx, found.ID)
	if err != nil {
		return err
	}
	verdicts, err := d.db.Verdicts(ctx, l.ID)
	if err != nil {
		return err
	}
	remarks, err := d.db.Remarks(ctx, l.ID)
	if err != nil {
		return err
	}
	if format == "json" {
		return printJSON(t, shownRow(l, verdicts, remarks))
	}
	printFlag(t.out, 0, l.StoredLink)
	fmt.Fprintf(t.out, "    Score %s (%s) :\n", frenchFigure("%.2f", l.Score), l.Calibration)
	for _, term := range l.Terms {
		fmt.Fprintf(t.out, "      %s  %s\n", frenchFigure("%+.2f", term.Value*term.Weight), review.TermName(term.Name))
	}
	if l.Assigned != "" {
		fmt.Fprintf(t.out, "    Confiée à %s\n", l.Assigned)
	}
	if len(l.Tags) > 0 {
		fmt.Fprintf(t.out, "    Étiquettes : %s\n", strings.Join(l.Tags, ", "))
	}
	d.printHistory(t, verdicts, remarks)
	return nil
}

// printHistory prints what people did, oldest first, at the times of the instance.
func (d desk) printHistory(t terminal, verdicts []claims.Verdict, remarks []store.Remark) {
	type line struct{ at, text string }
	var lines []line
	for _, v := range verdicts {
		lines = append(lines, line{v.At, v.Reviewer + " : " + withNote(review.VerdictText(v), v.Note)})
	}
	for _, m := range remarks {
		lines = append(lines, line{m.At, m.Reviewer + " : " + remarkLine(m)})
	}
	slices.SortStableFunc(lines, func(a, b line) int { return strings.Compare(a.at, b.at) })
	for _, one := range lines {
		fmt.Fprintf(t.out, "    %s  %s\n", review.Moment(one.at, d.zone), one.text)
	}
}

// remarkLine is what a remark did, with the words that it keeps.
func remarkLine(m store.Remark) string {
	switch m.Kind {
	case store.RemarkNote, store.RemarkReply, store.RemarkCorrection:
		return withNote(review.RemarkText(m), m.Text)
	}
	return review.RemarkText(m)
}

func withNote(text, note string) string {
	if note == "" {
		return text
	}
	return text + " ; " + quoted(note)
}

// frenchFigure writes a figure with a decimal comma: « 0,97 ».
func frenchFigure(format string, v float64) string {
	return strings.Replace(fmt.Sprintf(format, v), ".", ",", 1)
}

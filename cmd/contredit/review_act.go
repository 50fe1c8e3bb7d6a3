package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"contredit/claims"
	"contredit/review"
	"contredit/store"
)

// reviewActs are the acts on one flag that have a word of their own.
func reviewActs() []string {
	var all []string
	for word := range decisions {
		all = append(all, word)
	}
	for word := range remarkActs {
		all = append(all, word)
	}
	slices.Sort(all)
	return all
}

// remark adds a note, a tag, a day or an assignment, by the rules of the pages' forms: the state of
// the flag stays as it is.
func (d desk) remark(ctx context.Context, t terminal, act string, v claims.Verdict, order reviewOrder) error {
	m, err := d.readRemark(ctx, act, v, order)
	if err != nil {
		return err
	}
	l, err := findFlag(ctx, d.db, v.Link)
	if err != nil {
		return err
	}
	who, err := d.signer(ctx, act, v)
	if err != nil {
		return err
	}
	if m.Kind == store.RemarkAssign && m.Text != "" && m.Text != who.Name {
		if err := mayBeGiven(ctx, d.db, m.Text); err != nil {
			return err
		}
	}
	m.Reviewer = who.Name
	if err := d.db.SaveRemarks(ctx, []string{l.ID}, m); err != nil {
		return err
	}
	if order.format == "json" {
		return printJSON(t, struct {
			Flag string `json:"flag"`
			ID   string `json:"id"`
			Kind string `json:"kind"`
			Text string `json:"text"`
			By   string `json:"by"`
		}{l.ID, l.ID, m.Kind, m.Text, m.Reviewer})
	}
	t.say("%s : %s (%s)", l.ID, remarkLine(m), m.Reviewer)
	return nil
}

// readRemark is the remark that the options hold.
func (d desk) readRemark(_ context.Context, act string, v claims.Verdict, order reviewOrder) (m store.Remark, err error) {
	m.Kind = remarkActs[act]
	switch m.Kind {
	case store.RemarkAssign:
		m.Text, err = review.Tag(order.to)
	case store.RemarkSnooze:
		m.Text = strings.TrimSpace(order.until)
		if _, no := time.Parse(time.DateOnly, m.Text); m.Text != "" && (no != nil || m.Text <= d.db.Now().In(d.zone).Format(time.DateOnly)) {
			return m, wrongUsage("--until %q is no day to come; allowed: a day such as 2026-03-31, after today", order.until)
		}
	case store.RemarkTag, store.RemarkUntag:
		if m.Text, err = review.Tag(order.tag); err == nil && m.Text == "" {
			return m, withHint(wrongUsage("review %s takes --tag", act), `contredit review %s %s --by "Mme Dupont" --tag "budget"`, act, v.Link)
		}
	default:
		if m.Text, err = review.Note(v.Note); err == nil && m.Text == "" {
			return m, withHint(wrongUsage("review %s takes --note", act), `contredit review %s %s --by "Mme Dupont" --note "appeler le secrétariat"`, act, v.Link)
		}
	}
	if err != nil {
		return m, fmt.Errorf("read what review %s is to keep: %w", act, err)
	}
	return m, nil
}

// mayBeGiven refuses to give a flag to somebody without an account, where there are accounts.
func mayBeGiven(ctx context.Context, db *store.DB, name string) error {
	all, err := db.Reviewers(ctx)
	if err != nil || len(all) == 0 {
		return err
	}
	_, err = knownReviewer(ctx, db, name)
	return err
}

func (d desk) decide(ctx context.Context, t terminal, act string, v claims.Verdict, format string) error {
	l, err := findFlag(ctx, d.db, v.Link)
	if err != nil {
		return err
	}
	who, err := d.signer(ctx, act, v)
	if err != nil {
		return err
	}
	if v.Note, err = review.Note(v.Note); err != nil {
		return fmt.Errorf("read --note: %w", err)
	}
	v.Link, v.Reviewer, v.Decision = l.ID, who.Name, decisions[act]
	if act == "undo" {
		done, err := d.db.UndoVerdicts(ctx, store.Undo{Links: []string{l.ID}, Reviewer: who.Name, Publishes: who.Publishes(), TwoPeople: d.rules.TwoPeople})
		if err != nil {
			return toldWhy(err)
		}
		v = done[0]
	} else {
		if v.Decision == claims.StatusRejected && v.Reason == "" {
			return withHint(wrongUsage("a rejection has a reason; --reason is missing; allowed: %s", review.ReasonList()), `contredit review reject %s --by "Mme Dupont" --reason other_subject`, l.ID)
		}
		if v, err = d.db.SaveVerdict(ctx, v); err != nil {
			return err
		}
	}
	if err := saidDecision(t, v, format); err != nil || format == "json" {
		return err
	}
	if l.Status == claims.StatusPublished && v.Decision != claims.StatusPublished {
		t.say("elle était publiée et ne l’est plus : « contredit publish » la retire du site, « contredit review publish %s » la publie de nouveau", l.ID)
	}
	return nil
}

// verdictRow is one verdict as JSON; the pair has both names that it has elsewhere.
type verdictRow struct {
	Flag     string          `json:"flag"`
	ID       string          `json:"id"`
	Number   int64           `json:"number"`
	Decision claims.Decision `json:"status"`
	Reason   string          `json:"reason,omitempty"`
	Note     string          `json:"note,omitempty"`
	By       string          `json:"by"`
	At       string          `json:"at"`               // RFC 3339, UTC
	Undoes   int64           `json:"undoes,omitempty"` // number of the verdict that this one takes back
}

func rowOfVerdict(v claims.Verdict) verdictRow {
	return verdictRow{v.Link, v.Link, v.ID, v.Decision, v.Reason, v.Note, v.Reviewer, v.At, v.Undoes}
}

func saidDecision(t terminal, v claims.Verdict, format string) error {
	if format == "json" {
		return printJSON(t, rowOfVerdict(v))
	}
	t.say("%s : %s (%s)", v.Link, review.VerdictText(v), v.Reviewer)
	return nil
}

package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"contredit/claims"
	"contredit/evidence"
	"contredit/review"
	"contredit/store"
)

// decisionImport is one file of decisions on its way into the store.
type decisionImport struct {
	db        *store.DB
	by        store.Reviewer
	reason    string // code, of rejections that say none
	trial     bool   // report, and keep nothing
	overwrite bool   // decide anew where somebody decided otherwise
	twoPeople bool

	tried map[string]claims.Decision // by pair: what the lines before would have decided, when nothing is kept
}

// importDecisions takes decisions out of a spreadsheet or an export. Each line is decided by
// itself; what cannot be taken is named, and the exit code says so.
func importDecisions(ctx context.Context, t terminal, path string, in decisionImport) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("read decisions: %w", err)
	}
	rows, err := evidence.ReadDecisions(content)
	if err != nil {
		return withHint(fmt.Errorf("read decisions of %s: %w", path, err), "export the queue as a sheet from the review pages, fill « décision », and save it as CSV")
	}
	if len(rows) == 0 {
		t.say("aucune ligne de %s ne porte de décision ni de note : rien n’est écrit", path)
		return nil
	}
	kept, same, conflicts := 0, 0, 0
	in.tried = map[string]claims.Decision{}
	for _, row := range rows {
		result, outcome, err := in.take(ctx, row)
		if err != nil {
			return fmt.Errorf("line %d of %s: %w", row.Line, path, err)
		}
		switch outcome {
		case decisionKept:
			kept++
		case decisionSame:
			same++
		default:
			conflicts++
		}
		fmt.Fprintf(t.out, "%d\t%s\t%s\n", row.Line, row.Link, result)
	}
	if in.trial {
		t.say("à blanc, rien n’est écrit : %d décision(s) seraient prises, %d déjà ainsi, %d en conflit", kept, same, conflicts)
	} else {
		t.say("%d décision(s) prises, %d déjà ainsi, %d en conflit", kept, same, conflicts)
	}
	if conflicts > 0 {
		return withHint(fmt.Errorf("%d line(s) of %s were not taken", conflicts, path), "each is named above with why; --overwrite settles those where somebody decided otherwise")
	}
	return nil
}

type decisionOutcome int

const (
	decisionRefused decisionOutcome = iota
	decisionKept
	decisionSame
)

// take decides one line, or says why not.
func (in decisionImport) take(ctx context.Context, row evidence.DecisionRow) (string, decisionOutcome, error) {
	if row.Problem != "" {
		return row.Problem, decisionRefused, nil
	}
	if row.Decision == "" {
		return in.takeNote(ctx, row)
	}
	a := store.Act{Reviewer: in.by.Name, Note: row.Note, Seen: row.Seen, TwoPeople: in.twoPeople, Trial: in.trial, Decision: review.DecisionNamed(row.Decision)}
	if a.Decision == claims.StatusNew {
		return "rien n’est décidé", decisionSame, nil
	}
	if a.Decision == "" {
		return "décision inconnue : " + row.Decision + " ; décisions possibles : " + review.DecisionList(), decisionRefused, nil
	}
	l, err := in.db.Link(ctx, row.Link)
	if errors.Is(err, store.ErrNotFound) {
		return "paire inconnue", decisionRefused, nil
	}
	if err != nil {
		return "", decisionRefused, err
	}
	if d, ok := in.tried[l.ID]; ok {
		l.Status = d
	}
	said := a.Decision
	if said == claims.StatusPublished && l.Status != claims.StatusConfirmed && l.Status != claims.StatusPublished {
		a.Decision = claims.StatusConfirmed // the past decision is taken; what leaves this house is decided in it
	}
	switch {
	case l.Status == a.Decision:
		return "déjà « " + statusNames[l.Status] + " »", decisionSame, nil
	case row.Seen < 0 && !in.overwrite && l.Status != claims.StatusNew && l.Status != claims.StatusInReview && a.Decision != claims.StatusPublished:
		return "conflit : la paire est « " + statusNames[l.Status] + " », le fichier dit « " + statusNames[a.Decision] + " »", decisionRefused, nil
	case in.overwrite:
		a.Seen = -1
	}
	a.Links = []string{l.ID}
	if a.Decision == claims.StatusPublished && !in.by.Publishes() {
		return review.Barred(store.ErrNotPublisher), decisionRefused, nil
	}
	var problem string
	if a.Reason, problem = in.reasonOf(a.Decision, row.Reason); problem != "" {
		return problem, decisionRefused, nil
	}
	_, err = in.db.Decide(ctx, a)
	switch {
	case errors.Is(err, store.ErrConflict):
		return "conflit : quelqu’un a décidé entre-temps (« " + statusNames[l.Status] + " »)", decisionRefused, nil
	case review.Barred(err) != "":
		return review.Barred(err), decisionRefused, nil
	case err != nil:
		return "", decisionRefused, err
	}
	if in.trial {
		in.tried[l.ID] = a.Decision
	}
	if said != a.Decision {
		return fmt.Sprintf("%s (le fichier dit « %s » : publier se décide ici, contredit review publish %s)", statusNames[a.Decision], statusNames[said], l.ID), decisionKept, nil
	}
	return statusNames[a.Decision], decisionKept, nil
}

// reasonOf reads the reason of a line. The exports have a column of the same name that says why the
// engine proposed the pair: beside a decision that takes no reason it is left alone.
func (in decisionImport) reasonOf(d claims.Decision, word string) (code, problem string) {
	if d != claims.StatusRejected && d != claims.StatusNuance {
		return "", ""
	}
	if word == "" && d == claims.StatusRejected && in.reason != "" {
		return in.reason, ""
	}
	return review.DecisionReason(d, word)
}

// takeNote adds the note of a line that decides nothing; the same file taken again adds it once.
func (in decisionImport) takeNote(ctx context.Context, row evidence.DecisionRow) (string, decisionOutcome, error) {
	if _, err := in.db.Link(ctx, row.Link); errors.Is(err, store.ErrNotFound) {
		return "paire inconnue", decisionRefused, nil
	} else if err != nil {
		return "", decisionRefused, err
	}
	remarks, err := in.db.Remarks(ctx, row.Link)
	if err != nil {
		return "", decisionRefused, err
	}
	for _, one := range remarks {
		if one.Kind == store.RemarkNote && one.Reviewer == in.by.Name && one.Text == row.Note {
			return "note déjà là", decisionSame, nil
		}
	}
	if in.trial {
		return "note", decisionKept, nil
	}
	return "note ajoutée", decisionKept, in.db.SaveRemarks(ctx, []string{row.Link}, store.Remark{Reviewer: in.by.Name, Kind: store.RemarkNote, Text: row.Note})
}

package main

import (
	"strings"
	"testing"

	"contredit/claims"
	"contredit/evidence"
	"contredit/store"
)

// TestPastDecisionsAreTaken holds that a trial says of each line what taking it does, and that what a
// file says was published is confirmed here and published by nobody.
func TestPastDecisionsAreTaken(t *testing.T) {
	const id = "eau0"
	for name, tt := range map[string]struct {
		rows []string // decisions, all of one pair
		want []decisionOutcome
		ends claims.Decision
		says string // in the first result
	}{
		"Published":        {[]string{"published"}, []decisionOutcome{decisionKept}, claims.StatusConfirmed, "publier se décide ici"},
		"PublishedTwice":   {[]string{"published", "confirmed"}, []decisionOutcome{decisionKept, decisionSame}, claims.StatusConfirmed, "confirmé"},
		"TwoLinesOfAPair":  {[]string{"confirmed", "rejected"}, []decisionOutcome{decisionKept, decisionRefused}, claims.StatusConfirmed, "confirmé"},
		"ConfirmedAlready": {[]string{"confirmé", "confirmed"}, []decisionOutcome{decisionKept, decisionSame}, claims.StatusConfirmed, "confirmé"},
	} {
		t.Run(name, func(t *testing.T) {
			w, _ := quietWork(t)
			pairsOf(t, w, "eau", 0.9)
			for _, trial := range []bool{true, false} {
				in := decisionImport{db: w.db, by: store.Reviewer{Name: "Ada Fictive", Role: "admin"}, trial: trial, tried: map[string]claims.Decision{}}
				for i, decision := range tt.rows {
					said, outcome, err := in.take(t.Context(), evidence.DecisionRow{Link: id, Decision: decision, Seen: -1})
					if err != nil || outcome != tt.want[i] || i == 0 && !strings.Contains(said, tt.says) {
						t.Errorf("trial %t, line %d (%s): %q, outcome %d (%v), want %d", trial, i+1, decision, said, outcome, err, tt.want[i])
					}
				}
				l, err := w.db.Link(t.Context(), id)
				if want := map[bool]claims.Decision{true: claims.StatusNew, false: tt.ends}[trial]; err != nil || l.Status != want {
					t.Errorf("trial %t leaves the pair %s (%v), want %s", trial, l.Status, err, want)
				}
			}
		})
	}
}

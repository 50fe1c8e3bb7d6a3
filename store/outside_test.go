package store_test

import (
	"testing"
	"time"

	"contredit/claims"
)

func TestOutsidePairSaysWhenItWasConfirmed(t *testing.T) {
	db := mustJournal(t)
	at := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	db.Now = func() time.Time { at = at.Add(24 * time.Hour); return at.Truncate(24 * time.Hour) }
	confirmed := func() string {
		l, err := db.Link(t.Context(), "l1")
		if err != nil {
			t.Fatal(err)
		}
		p, err := db.OutsidePair(t.Context(), l)
		if err != nil {
			t.Fatal(err)
		}
		return p.Confirmed
	}
	first := confirmed()
	for _, c := range []struct {
		decision claims.Decision
		same     bool
	}{{claims.StatusConfirmed, true}, {claims.StatusPublished, true}, {claims.StatusRejected, false}, {claims.StatusConfirmed, false}} {
		if _, err := db.SaveVerdict(t.Context(), claims.Verdict{Link: "l1", Reviewer: "Bob Fictif", Decision: c.decision}); err != nil {
			t.Fatal(err)
		}
		got := confirmed()
		if (got == first) != c.same || (got == "") != (c.decision == claims.StatusRejected) {
			t.Errorf("after %s confirmed at %q, at first %q", c.decision, got, first)
		}
	}
}

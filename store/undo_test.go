package store_test

import (
	"errors"
	"testing"

	"contredit/claims"
	"contredit/store"
)

// TestTakingBackPublishesByTheRulesOfPublishing holds that a verdict whose taking back would publish a
// pair again is taken back by those alone who may publish it.
func TestTakingBackPublishesByTheRulesOfPublishing(t *testing.T) {
	for name, tt := range map[string]struct {
		undo store.Undo
		want error
	}{
		"ByAReviewer":      {store.Undo{Reviewer: "Léa"}, store.ErrNotPublisher},
		"ByWhoConfirmed":   {store.Undo{Reviewer: "Ada", Publishes: true, TwoPeople: true}, store.ErrSamePerson},
		"ByAnotherPerson":  {store.Undo{Reviewer: "Bea", Publishes: true, TwoPeople: true}, nil},
		"WithoutTwoPeople": {store.Undo{Reviewer: "Ada", Publishes: true}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			db := mustJournal(t) // its pair was confirmed by Ada Fictive
			for _, v := range []claims.Verdict{{Reviewer: "Ada", Decision: claims.StatusConfirmed}, {Reviewer: "Bea", Decision: claims.StatusPublished}, {Reviewer: "Ada", Decision: claims.StatusNuance}} {
				v.Link = "l1"
				if v.Reviewer == "Ada" && v.Decision == claims.StatusConfirmed {
					// the first of the run of confirmations is who confirmed
					for {
						if _, err := db.UndoVerdict(ctx, "l1", "x"); err != nil {
							break
						}
					}
				}
				if _, err := db.SaveVerdict(ctx, v); err != nil {
					t.Fatal(err)
				}
			}
			tt.undo.Links = []string{"l1"}
			_, err := db.UndoVerdicts(ctx, tt.undo)
			l, lost := db.Link(ctx, "l1")
			if !errors.Is(err, tt.want) || lost != nil || (l.Status == claims.StatusPublished) != (tt.want == nil) {
				t.Errorf("%v, and the pair is %s; want %v", err, l.Status, tt.want)
			}
		})
	}
}

package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"contredit/claims"
	"contredit/digest"
	"contredit/store"
)

// TestWithdrawnIsForgottenUnlessSomebodyKnowsIt holds that what the engine withdrew long ago goes, and
// that nothing goes which a person decided, wrote about or was told of.
func TestWithdrawnIsForgottenUnlessSomebodyKnowsIt(t *testing.T) {
	for name, tt := range map[string]struct {
		before func(*testing.T, context.Context, *store.DB) // while it is proposed
		after  time.Duration                                // from the withdrawal
		stays  bool
	}{
		"NobodyKnowsIt": {func(*testing.T, context.Context, *store.DB) {}, 48 * time.Hour, false},
		"Lately":        {func(*testing.T, context.Context, *store.DB) {}, time.Hour, true},
		"Decided": {func(t *testing.T, ctx context.Context, db *store.DB) {
			if _, err := db.SaveVerdict(ctx, claims.Verdict{Link: "l1", Reviewer: "x", Decision: claims.StatusRejected}); err != nil {
				t.Fatal(err)
			}
		}, 48 * time.Hour, true},
		"DecidedAndTakenBack": {func(t *testing.T, ctx context.Context, db *store.DB) {
			if _, err := db.SaveVerdict(ctx, claims.Verdict{Link: "l1", Reviewer: "x", Decision: claims.StatusInReview}); err != nil {
				t.Fatal(err)
			}
			if _, err := db.UndoVerdict(ctx, "l1", "x"); err != nil {
				t.Fatal(err)
			}
		}, 48 * time.Hour, true},
		"Noted": {func(t *testing.T, ctx context.Context, db *store.DB) {
			if err := db.SaveRemarks(ctx, []string{"l1"}, store.Remark{Kind: store.RemarkNote, Reviewer: "x", Text: "à voir"}); err != nil {
				t.Fatal(err)
			}
		}, 48 * time.Hour, true},
		"Mailed": {func(t *testing.T, ctx context.Context, db *store.DB) {
			if _, err := db.QueueIssue(ctx, digest.Issue{Letter: digest.Letter{Digest: "Lundi", Items: []digest.Item{{ID: "l1"}}}, Run: "1", Recipients: []string{reader}}, day); err != nil {
				t.Fatal(err)
			}
		}, 48 * time.Hour, true},
		"Entered": {func(t *testing.T, ctx context.Context, db *store.DB) {
			if _, err := db.Enter(ctx, "dossier", "l1", map[string]string{}); err != nil {
				t.Fatal(err)
			}
		}, 48 * time.Hour, true},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			db := mustOpen(t)
			kept := mustSave(t, db, "https://exemple.test/a", "texte")
			if err := db.SaveReading(ctx, kept.Snapshot, "1", reading("texte")); err != nil {
				t.Fatal(err)
			}
			c := claims.Claim{ID: "c1", URL: "https://exemple.test/a", Span: claims.Span{End: 5}, Quote: "texte", Worth: true, Visibility: "public"}
			if err := db.SaveExtraction(ctx, kept.Document, kept.Snapshot, []claims.Claim{c}, nil); err != nil {
				t.Fatal(err)
			}
			stays := claims.Link{ID: "l2", Claim: c, Kind: claims.KindVote, Visibility: "public", Calibration: "initiale"}
			if err := db.SaveLinks(ctx, "c1", []claims.Link{{ID: "l1", Claim: c, Kind: claims.KindVote, Visibility: "public", Calibration: "initiale"}, stays}); err != nil {
				t.Fatal(err)
			}
			tt.before(t, ctx, db)
			if err := db.SaveLinks(ctx, "c1", []claims.Link{stays}); err != nil {
				t.Fatal(err)
			}
			n, err := db.ForgetWithdrawn(ctx, db.Now().Add(tt.after).Add(-24*time.Hour))
			if err != nil || (n == 1) == tt.stays {
				t.Errorf("%d links forgotten (%v), stays: %t", n, err, tt.stays)
			}
			if _, err := db.Link(ctx, "l1"); errors.Is(err, store.ErrNotFound) == tt.stays {
				t.Errorf("the withdrawn one: %v", err)
			}
			if _, err := db.Link(ctx, "l2"); err != nil {
				t.Errorf("the one that is proposed: %v", err)
			}
			if err := db.SaveLinks(ctx, "c1", []claims.Link{stays, {ID: "l1", Claim: c, Kind: claims.KindVote, Visibility: "public", Calibration: "initiale"}}); err != nil {
				t.Fatal(err)
			}
			if l, err := db.Link(ctx, "l1"); err != nil || l.Withdrawn != "" {
				t.Errorf("found again it is %+v (%v)", l, err)
			}
			if faults := faultsOf(t, db); len(faults) > 0 {
				t.Errorf("faults: %q", faults)
			}
		})
	}
}

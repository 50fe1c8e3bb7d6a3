package store_test

import (
	"context"
	"testing"
)

// A run that somebody named otherwise than by its moment is not the last of a schedule.
func TestLastRunIsAMoment(t *testing.T) {
	ctx := context.Background()
	db := mustOpen(t)
	for _, run := range []string{"2026-03-30T05:00:00Z", "demo 0"} {
		if err := db.SaveRun(ctx, "Lundi", run, "first seen", day); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := db.LastRun(ctx, "Lundi"); err != nil || got != "2026-03-30T05:00:00Z" {
		t.Errorf("last run %q (%v)", got, err)
	}
}

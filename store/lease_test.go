package store_test

import (
	"context"
	"errors"
	"strconv"
	"testing"
	"time"

	"contredit/store"
)

// TestLease is about who may end an item: the one that holds it, and nobody else.
func TestLease(t *testing.T) {
	ctx := context.Background()
	now := day
	begin := func(t *testing.T) (db *store.DB, kept store.Kept, one, two store.Worker) {
		t.Helper()
		db, now = mustOpen(t), day
		db.Now = func() time.Time { return now }
		return db, mustSave(t, db, "https://exemple.test/a", "un"), store.NewWorker(time.Minute), store.NewWorker(time.Minute)
	}
	take := func(t *testing.T, db *store.DB, w store.Worker, want bool) store.Lease {
		t.Helper()
		l, ok, err := db.TakeWork(ctx, store.StageRead, w)
		if err != nil || ok != want {
			t.Fatalf("take = %v, %v; want %v", ok, err, want)
		}
		return l
	}
	unread := func(t *testing.T, db *store.DB, kept store.Kept) {
		t.Helper()
		if _, err := db.ReadingOf(ctx, kept.Snapshot); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("what a worker that lost its item wrote was kept: %v", err)
		}
	}
	t.Run("ItemOfAnotherIsNotEnded", func(t *testing.T) {
		db, kept, one, two := begin(t)
		slow := take(t, db, one, true)
		now = now.Add(2 * time.Minute)
		quick := take(t, db, two, true)
		if err := db.Holding(slow).SaveReading(ctx, kept.Snapshot, "1", reading("Un.")); !errors.Is(err, store.ErrLeaseLost) {
			t.Errorf("the first worker's reading: %v", err)
		}
		if err := db.RenewWork(ctx, slow, time.Hour); !errors.Is(err, store.ErrLeaseLost) {
			t.Errorf("the first worker's renewal: %v", err)
		}
		unread(t, db, kept)
		if err := db.Holding(quick).SaveReading(ctx, kept.Snapshot, "1", reading("Un.")); err != nil {
			t.Error(err)
		}
		if err := db.Holding(quick).SaveReading(ctx, kept.Snapshot, "1", reading("Deux.")); !errors.Is(err, store.ErrLeaseLost) {
			t.Errorf("the same item ended twice: %v", err)
		}
	})
	t.Run("AnotherThreadOfTheSameProcessIsAnother", func(t *testing.T) {
		db, kept, one, _ := begin(t)
		slow := take(t, db, one, true)
		now = now.Add(2 * time.Minute)
		take(t, db, one, true)
		if err := db.Holding(slow).SaveReading(ctx, kept.Snapshot, "1", reading("Un.")); !errors.Is(err, store.ErrLeaseLost) {
			t.Errorf("%v", err)
		}
	})
	t.Run("WorkAskedForAnewIsNotEndedWithTheOld", func(t *testing.T) {
		db, kept, one, _ := begin(t)
		l := take(t, db, one, true)
		if err := db.AttachTranscript(ctx, store.Transcript{Document: kept.Document, Snapshot: kept.Snapshot, Name: "a.txt", MediaType: "text/plain", Reviewer: "Mme Dupont", SHA256: "t", Content: []byte("Typed.")}); err != nil {
			t.Fatal(err)
		}
		if err := db.Holding(l).SaveReading(ctx, kept.Snapshot, "1", reading("Un.")); !errors.Is(err, store.ErrLeaseLost) {
			t.Errorf("%v", err)
		}
		take(t, db, one, true)
	})
	t.Run("RenewedLeaseIsKept", func(t *testing.T) {
		db, _, one, two := begin(t)
		l := take(t, db, one, true)
		now = now.Add(50 * time.Second)
		if err := db.RenewWork(ctx, l, time.Minute); err != nil {
			t.Fatal(err)
		}
		now = now.Add(50 * time.Second)
		take(t, db, two, false)
	})
	t.Run("ReturnedItemCountsNoAttempt", func(t *testing.T) {
		db, _, one, _ := begin(t)
		for range 20 {
			if err := db.ReturnWork(ctx, take(t, db, one, true)); err != nil {
				t.Fatal(err)
			}
		}
	})
	t.Run("DeadProcessGivesBackItsOwn", func(t *testing.T) {
		db, _, one, two := begin(t)
		one.Name, two.Name = "12.aa", "123.bb"
		take(t, db, two, true)
		if n, err := db.ReleaseWorkOf(ctx, 12); err != nil || n != 0 {
			t.Errorf("process 12 gave back %d (%v), which 123 holds", n, err)
		}
		if held, err := db.HeldWork(ctx); err != nil || len(held) != 1 || held[0].Process != 123 || held[0].Stage != store.StageRead {
			t.Errorf("held = %+v, %v", held, err)
		}
		if n, err := db.ReleaseWorkOf(ctx, 123); err != nil || n != 1 {
			t.Errorf("process 123 gave back %d, %v", n, err)
		}
		take(t, db, one, true)
	})
	t.Run("ItemThatKillsItsWorkersWaitsForAPerson", func(t *testing.T) {
		db, _, one, _ := begin(t)
		one.Name = "12.aa"
		for range 5 {
			take(t, db, one, true)
			if _, err := db.ReleaseWorkOf(ctx, 12); err != nil {
				t.Fatal(err)
			}
		}
		take(t, db, one, false)
	})
}

// TestTurn is about what worker processes may take when, and the account of what they did.
func TestTurn(t *testing.T) {
	ctx := context.Background()
	db := mustOpen(t)
	kept := mustSave(t, db, "https://exemple.test/a", "un")
	worker := store.NewWorker(time.Minute)
	take := func(turn int64, want bool) store.Lease {
		t.Helper()
		l, ok, err := db.TakeWork(ctx, store.StageRead, worker.In(turn))
		if err != nil || ok != want {
			t.Fatalf("take in turn %d = %v, %v; want %v", turn, ok, err, want)
		}
		return l
	}
	closes := func(turn store.Turn, want bool) {
		t.Helper()
		if closed, err := db.CloseTurnWhenDone(ctx, turn); err != nil || closed != want {
			t.Fatalf("closed = %v, %v; want %v", closed, err, want)
		}
	}
	other, err := db.OpenTurn(ctx, store.StageExtract)
	if err != nil {
		t.Fatal(err)
	}
	take(other.Number, false) // of another stage
	turn, err := db.OpenTurn(ctx, store.StageRead)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := db.Turn(ctx); err != nil || got != turn {
		t.Errorf("turn = %+v, %v; want %+v", got, err, turn)
	}
	take(other.Number, false) // what was prepared for another turn is not good for this one
	closes(turn, false)       // an item waits
	l := take(turn.Number, true)
	closes(turn, false) // it is under work
	l.URL, l.Yield = "https://exemple.test/a", 1
	if err := db.Holding(l).SaveReading(ctx, kept.Snapshot, "1", reading("Un.")); err != nil {
		t.Fatal(err)
	}
	closes(turn, true)
	want := store.Done{Stage: store.StageRead, Subject: strconv.FormatInt(kept.Snapshot, 10), URL: l.URL, Yield: 1}
	if done, err := db.TakeDone(ctx); err != nil || len(done) != 1 || done[0] != want {
		t.Errorf("done = %+v, %v; want %+v", done, err, want)
	}
	if done, err := db.TakeDone(ctx); err != nil || len(done) != 0 {
		t.Errorf("what was done is told twice: %+v, %v", done, err)
	}
	mustSave(t, db, "https://exemple.test/b", "deux")
	take(turn.Number, false) // closed
}

package main

import (
	"context"
	"errors"
	"io"
	"maps"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"

	"contredit/claims"
	"contredit/store"
)

// TestNewRecordsFindTheClaimsTheyTouch collects the fictional council source by source, statements first,
// so that each record comes when the claims are long linked; only what a record touches is linked again. It
// holds that nearly all pairs are found that linking everything with everything finds.
func TestNewRecordsFindTheClaimsTheyTouch(t *testing.T) {
	whole, grown := pairsOfDemo(t, 0, 0), pairsOfDemo(t, -1, 0)
	missed := 0
	for pair := range whole {
		if !grown[pair] {
			missed++
			t.Logf("not found by what records touch: %s", pair)
		}
	}
	extra := 0
	for pair := range grown {
		if !whole[pair] {
			extra++
		}
	}
	t.Logf("%d pairs linked whole; of these %d missed, and %d others kept, when only what is touched is linked", len(whole), missed, extra)
	if len(whole) < 50 || missed*10 > len(whole) || extra*10 > len(whole) {
		t.Errorf("%d of %d pairs missed, %d others kept", missed, len(whole), extra)
	}
	// Workers that keep what they learned from pass to pass, each of those passes in which it did something.
	if shared := pairsOfDemo(t, -1, 3); !maps.Equal(grown, shared) {
		t.Errorf("three workers found %d pairs, one process %d; theirs alone: %v; its alone: %v", len(shared), len(grown), without(shared, grown), without(grown, shared))
	}
}

func without(a, b map[string]bool) (only []string) {
	for pair := range a {
		if !b[pair] {
			only = append(only, pair)
		}
	}
	slices.Sort(only)
	return only
}

// threads are workers of this very process, each with a database handle and a memory of its own.
type threads struct{ wake []chan struct{} }

func (c *threads) Wake() {
	for _, w := range c.wake {
		select {
		case w <- struct{}{}:
		default:
		}
	}
}

func (c *threads) Tend() bool { return true }

// serveAs adds so many workers to a pipeline; they end with the test.
func serveAs(t *testing.T, w *work, few, workers int) {
	t.Helper()
	crew := new(threads)
	ctx, end := context.WithCancel(context.Background())
	var serving sync.WaitGroup
	for range workers {
		db, err := store.Open(ctx, w.config.Instance.Database)
		if err != nil {
			t.Fatal(err)
		}
		other, err := wire(ctx, w.config, db, terminal{out: io.Discard, err: io.Discard}, claims.BuiltIn())
		if err != nil {
			t.Fatal(err)
		}
		other.pipeline.Few = few
		wake := make(chan struct{}, 1)
		crew.wake = append(crew.wake, wake)
		serving.Go(func() {
			if err := errors.Join(other.pipeline.Serve(ctx, wake), other.close(), db.Close()); err != nil {
				t.Error(err)
			}
		})
	}
	t.Cleanup(func() { end(); serving.Wait() })
	w.pipeline.Crew = crew
}

// pairsOfDemo are the claims with a pair, by the claim's address and words, after each source of the demo
// was collected on its own.
func pairsOfDemo(t *testing.T, few, workers int) map[string]bool {
	t.Helper()
	files, err := newDemoSite(false)
	if err != nil {
		t.Fatal(err)
	}
	site := httptest.NewServer(files)
	defer site.Close()
	state := demoState{Base: site.URL, Review: "127.0.0.1:8480"}
	path := t.TempDir() + "/contredit.toml"
	if err := state.writeConfig(path); err != nil {
		t.Fatal(err)
	}
	config, err := loadConfig(path)
	if err != nil {
		t.Fatal(err)
	}
	config.Instance.Database = t.TempDir() + "/contredit.db"
	ctx := context.Background()
	db, err := store.Open(ctx, config.Instance.Database)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	w, err := newWork(ctx, config, db, terminal{out: io.Discard, err: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	w.pipeline.Few = few
	if workers > 0 {
		serveAs(t, w, few, workers)
	}
	for _, s := range config.Sources {
		if err := w.collect(ctx, []string{s.Name}); err != nil {
			t.Fatalf("%s: %v", s.Name, err)
		}
	}
	links, err := db.Links(ctx, store.LinkFilter{Private: true})
	if err != nil {
		t.Fatal(err)
	}
	pairs := map[string]bool{}
	for _, l := range links {
		pairs[l.Claim.URL[len(site.URL):]+" "+l.Claim.Quote+" "+string(l.Kind)] = true
	}
	return pairs
}

package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"contredit/crawler"
	"contredit/digest"
)

// reloadingKeeper is a daemon's keeper whose configuration write replaces.
func reloadingKeeper(t *testing.T, w *work) (d *keeper, reload func(text string)) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "contredit.toml")
	d = &keeper{place: place{configPath: path}, config: w.config, work: w, logger: w.logger}
	running, err := d.schedule(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return d, func(text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte("[instance]\ncontact = \"mailto:a@section.example\"\n"+text), 0o600); err != nil {
			t.Fatal(err)
		}
		running = d.reload(t.Context(), running)
		running.Stop()
	}
}

// TestReloadTakesHooks holds that a hook begins, moves and ends with a reload.
func TestReloadTakesHooks(t *testing.T) {
	w, now, _ := strictWork(t, 1, nil)
	_, reload := reloadingKeeper(t, w)
	var heard [2]int
	var hooks [2]string
	for i := range heard {
		server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { heard[i]++ }))
		t.Cleanup(server.Close)
		hooks[i] = fmt.Sprintf("[[hook]]\nname = \"salon\"\nurl = %q\n", server.URL)
	}
	for step, tt := range []struct {
		hook string
		want [2]int
	}{{hooks[0], [2]int{0, 0}}, {hooks[0], [2]int{1, 0}}, {hooks[1], [2]int{1, 1}}, {"", [2]int{1, 1}}} {
		*now = now.Add(time.Minute)
		reload(tt.hook)
		if step > 0 {
			pairsOf(t, w, fmt.Sprint("mot", step), 0.8)
		}
		if err := w.queueHooks(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := w.deliver(t.Context()); err != nil {
			t.Fatal(err)
		}
		if heard != tt.want {
			t.Errorf("after reload %d the hooks heard %v, want %v", step, heard, tt.want)
		}
	}
}

// TestReloadBesideReaders is for the race detector: mails, hooks, alarms and pages ask for the
// configuration while it is read again.
func TestReloadBesideReaders(t *testing.T) {
	w, _ := quietWork(t)
	w.t = terminal{err: io.Discard}
	w.crawler = &crawler.Crawler{}
	d, reload := reloadingKeeper(t, w)
	stop := make(chan struct{})
	var readers sync.WaitGroup
	for name, read := range map[string]func() error{
		"Deliver": func() error { d.deliver(t.Context()); return nil },
		"CatchUp": func() error { d.catchUp(t.Context()); return nil },
		"Hooks":   func() error { return w.queueHooks(t.Context()) },
		"Bounces": func() error { return w.bounced(t.Context(), digest.Bounce{Recipient: "a@b.example"}) },
		"Pages":   func() error { _, err := newReviewPages(w); return err },
		"Watch":   func() error { return w.watch(t.Context()) },
	} {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if err := read(); err != nil {
					t.Errorf("%s: %v", name, err)
					return
				}
			}
		})
	}
	for n := range 30 {
		reload(fmt.Sprintf("[[digest]]\nname = \"Lundi %d\"\nrecipients = [\"a@b.example\"]\n[[hook]]\nname = \"salon %d\"\nurl = \"https://chat.example/\"\n", n, n))
	}
	close(stop)
	readers.Wait()
}

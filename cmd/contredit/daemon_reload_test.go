package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"contredit/claims"
	"contredit/crawler"
	"contredit/digest"
	"contredit/document"
	"contredit/store"
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

// TestReloadTakesTopics holds that what is extracted after a reload knows its new topics, also by worker processes, none of
// which counts as dead for it.
func TestReloadTakesTopics(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := errors.Join(os.Mkdir(filepath.Join(dir, "depot"), 0o700), os.Mkdir(filepath.Join(dir, "presse"), 0o700),
		os.WriteFile(filepath.Join(dir, "presse", "2026-03-12-patinoire.txt"), []byte("Communiqué du 12 mars 2026\n\nMme Claire Dupont, présidente de la Région Exemple, a déclaré : "+
			"« Le conseil régional a voté 12 millions d’euros pour la patinoire d’Exempleville le 5 mars 2026. »\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	d := startDaemon(t, dir, "[engine]\nworkers = 2\n"+folderSource)
	d.waitFor("processed")
	path := filepath.Join(dir, "contredit.toml")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	press := strings.NewReplacer("Dépôt", "Presse", "\"record\"", "\"statement\"", "depot", "presse").Replace(folderSource)
	topic := "[[topic]]\nname = \"Glace\"\nwords = [\"patinoire\"]\n"
	if err := errors.Join(os.WriteFile(path, slices.Concat(text, []byte(press+topic)), 0o600), d.cmd.Process.Signal(syscall.SIGHUP)); err != nil {
		t.Fatal(err)
	}
	d.waitFor("configuration reloaded")
	processed := d.waitFor("processed")
	if n, _ := processed["claims"].(float64); n == 0 {
		t.Fatalf("no claim was extracted: %v", processed)
	}
	if _, metrics := d.get("/metrics"); !strings.Contains(metrics, "contredit_worker_deaths_total 0") {
		t.Error("a worker process that was replaced counts as dead")
	}
	d.stop(syscall.SIGTERM)
	db, err := store.Open(t.Context(), filepath.Join(dir, "contredit.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	topics := map[string]int{}
	if err := db.EachClaim(t.Context(), func(c claims.Claim) error {
		for _, topic := range c.Topics {
			topics[topic]++
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if topics["Glace"] == 0 {
		t.Errorf("topics = %v, want what the reload brought", topics)
	}
}

// TestCrawlGoesOnWithItsOwnSource holds that what a crawl under way brings is private once a reload says so.
func TestCrawlGoesOnWithItsOwnSource(t *testing.T) {
	w, _ := quietWork(t)
	_, reload := reloadingKeeper(t, w)
	reload(sourceText("Voisins", "https://voisins.example/") + "visibility = \"private\"\n")
	doc := document.Document{URL: "https://voisins.example/1", Source: "Voisins", Role: document.RoleRecord, Visibility: document.Public}
	if _, _, err := w.keep(t.Context(), doc, "", document.Snapshot{URL: doc.URL, FinalURL: doc.URL, MediaType: "text/html", Status: http.StatusOK, SHA256: "1", Content: []byte("x"), FetchedAt: w.db.Now()}); err != nil {
		t.Fatal(err)
	}
	if private, err := w.db.PrivateAddresses(t.Context()); err != nil || !private[doc.URL] {
		t.Errorf("private: %v, %v", private, err)
	}
}

// TestPagesAnswerWhileRunsEnd holds that the pages and their health go on until what is under way has ended.
func TestPagesAnswerWhileRunsEnd(t *testing.T) {
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "contredit.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	config := defaultConfig()
	config.Instance.Database = db.Path()
	w, err := newWork(t.Context(), &config, db, terminal{err: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	d := &keeper{config: &config, work: w, logger: w.logger}
	ctx, stop := context.WithCancel(t.Context())
	d.jobs.Add(1) // a run that takes its time
	ended := make(chan error, 1)
	go func() { ended <- d.run(ctx, listener) }()
	ask := func() error {
		res, err := http.Get("http://" + listener.Addr().String() + "/livez")
		if err != nil {
			return err
		}
		if res.StatusCode != http.StatusOK {
			err = fmt.Errorf("status %d", res.StatusCode)
		}
		return errors.Join(err, res.Body.Close())
	}
	if err := ask(); err != nil {
		t.Fatal(err)
	}
	http.DefaultClient.CloseIdleConnections()
	stop()
	for range 20 {
		time.Sleep(10 * time.Millisecond)
		if err := ask(); err != nil {
			t.Fatalf("while a run ends: %v", err)
		}
	}
	d.jobs.Done()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

package crawler_test

import (
	"bufio"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"contredit/crawler"
	"contredit/document"
)

const demoSite = "../cmd/contredit/demo/site"

// demoSources are those of cmd/contredit/demo/contredit.toml.tmpl.
func demoSources(base string) []crawler.Source {
	at := func(form crawler.Form, start ...string) crawler.Source {
		s := crawler.Source{Name: start[0], Form: form, Role: document.RoleRecord, Body: "Conseil"}
		for _, p := range start {
			s.Start = append(s.Start, base+p)
		}
		return s
	}
	seances := at(crawler.FormListing, "/seances/index.html")
	seances.Exclude = []string{"/seances/cri-", `/seances/commissions\.html$`, `/seances/instances\.html$`}
	return []crawler.Source{
		at(crawler.FormListing, "/region/espace-presse/index.html"),
		at(crawler.FormFeed, "/region/actualites.xml"),
		at(crawler.FormVideo, "/videos/index.html"),
		at(crawler.FormFiles, "/videos/seance-2024-10-17.fr.vtt", "/videos/seance-2025-03-27.fr.vtt", "/videos/seance-2025-10-09.fr.vtt"),
		at(crawler.FormFiles, "/seances/cri-2025-06-26.pdf"),
		at(crawler.FormListing, "/syndicats/rubrique1.html"),
		at(crawler.FormListing, "/presse/index.html"),
		at(crawler.FormListing, "/cst/index.html"),
		seances,
		at(crawler.FormSitemap, "/seances/sitemap.xml"),
		at(crawler.FormListing, "/seances/commissions.html"),
		at(crawler.FormListing, "/seances/instances.html"),
		at(crawler.FormListing, "/syndicats/rubrique2.html"),
		at(crawler.FormListing, "/presse/tribunal/index.html"),
	}
}

// TestDemoCouncil collects the fictional council as the demo does, and holds that every
// document that its truth names is found, drafts that robots.txt refuses are not, and a
// second run transfers no body.
func TestDemoCouncil(t *testing.T) {
	files := http.FileServer(http.Dir(demoSite))
	var bodies atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		counted := &statusWriter{ResponseWriter: w}
		files.ServeHTTP(counted, r)
		if counted.status == http.StatusOK && r.URL.Path != "/robots.txt" {
			bodies.Add(1)
		}
	}))
	t.Cleanup(server.Close)
	archive, k, c := newMemory(), newKept(), newClock()
	crawl := func() (requests, found int) {
		for _, s := range demoSources(server.URL) {
			report := mustCrawl(t, visitor(archive, c), s, k)
			requests += report.Requests
			found += report.Found
		}
		return requests, found
	}
	requests, found := crawl()
	t.Logf("first run: %d requests, %d links, %d documents", requests, found, len(k.docs))
	for _, want := range goldPaths(t) {
		if _, ok := k.docs[server.URL+"/"+want]; !ok && !strings.Contains(want, ".v2.") {
			t.Errorf("%s was not found", want)
		}
	}
	for _, got := range k.addresses(server.URL) {
		if strings.HasPrefix(got, "/region/brouillons/") {
			t.Errorf("%s was fetched against robots.txt", got)
		}
	}
	captions := k.docs[server.URL+"/videos/seance-2025-10-09.fr.vtt"]
	if captions.VideoURL != "https://youtu.be/VDB_2510_09" {
		t.Errorf("captions belong to %q", captions.VideoURL)
	}
	if got := k.docs[server.URL+"/cst/pv-cst-2025-06-12.pdf"]; got.Date != "2025-06-12" || !strings.HasPrefix(got.Title, "Procès-verbal") {
		t.Errorf("the listing announces %q, %q", got.Title, got.Date)
	}
	bodies.Store(0)
	if requests, _ = crawl(); bodies.Load() != 0 {
		t.Errorf("the second run transferred %d bodies in %d requests", bodies.Load(), requests)
	}
	t.Logf("second run: %d requests, %d bodies", requests, bodies.Load())
}

type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(code int) {
	w.status = code
	w.ResponseWriter.WriteHeader(code)
}

// goldPaths are the documents that the truth about the fictional council names; those that
// the copied site must have when the truth is not here.
func goldPaths(t *testing.T) []string {
	file, err := os.Open(filepath.Join("..", "..", "shared", "corpus", "val-de-brenne", "gold", "documents.jsonl"))
	if err != nil {
		t.Logf("the shared truth is not here (%v); looking for the minutes alone", err)
		names, err := filepath.Glob(filepath.Join(demoSite, "cst", "pv-*"))
		if err != nil || len(names) == 0 {
			t.Fatalf("no minutes in %s: %v", demoSite, err)
		}
		for i := range names {
			names[i] = "cst/" + filepath.Base(names[i])
		}
		return names
	}
	defer file.Close()
	var paths []string
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var d struct{ Path string }
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, d.Path)
	}
	return paths
}

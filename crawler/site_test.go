package crawler_test

import (
	"context"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"contredit/crawler"
	"contredit/document"
)

// memory is an archive for tests.
type memory struct {
	pages  map[string]crawler.Page
	tasks  map[string][]crawler.Task
	robots map[string]crawler.Robots
	hosts  map[string]crawler.Host
	health map[string]crawler.Health
}

func newMemory() *memory {
	return &memory{map[string]crawler.Page{}, map[string][]crawler.Task{}, map[string]crawler.Robots{}, map[string]crawler.Host{}, map[string]crawler.Health{}}
}

func (m *memory) Page(_ context.Context, a string) (crawler.Page, error) { return m.pages[a], nil }
func (m *memory) Pending(_ context.Context, s string) ([]crawler.Task, error) {
	return append([]crawler.Task(nil), m.tasks[s]...), nil
}

func (m *memory) Advance(_ context.Context, source string, step crawler.Step) error {
	drop := map[string]bool{}
	for _, d := range step.Done {
		drop[d] = true
	}
	found := map[string]crawler.Task{}
	for _, t := range step.Found {
		found[t.URL] = t
	}
	var left []crawler.Task
	for _, t := range m.tasks[source] {
		if _, again := found[t.URL]; !drop[t.URL] && !again {
			left = append(left, t)
		}
	}
	for _, t := range step.Found {
		if !drop[t.URL] {
			left = append(left, t)
		}
	}
	m.tasks[source] = left
	for _, p := range step.Pages {
		m.pages[p.URL] = p
	}
	return nil
}

func (m *memory) Robots(_ context.Context, o string) (crawler.Robots, error) { return m.robots[o], nil }
func (m *memory) SaveRobots(_ context.Context, r crawler.Robots) error {
	m.robots[r.Origin] = r
	return nil
}
func (m *memory) Host(_ context.Context, n string) (crawler.Host, error) { return m.hosts[n], nil }
func (m *memory) SaveHost(_ context.Context, h crawler.Host) error       { m.hosts[h.Name] = h; return nil }
func (m *memory) Health(_ context.Context, s string) (crawler.Health, error) {
	return m.health[s], nil
}
func (m *memory) SaveHealth(_ context.Context, h crawler.Health) error {
	m.health[h.Source] = h
	return nil
}

// kept collects what a run hands over.
type kept struct {
	docs  map[string]document.Document
	snaps map[string][]document.Snapshot
}

func newKept() *kept {
	return &kept{map[string]document.Document{}, map[string][]document.Snapshot{}}
}

func (k *kept) sink(_ context.Context, d document.Document, _ string, s document.Snapshot) (bool, bool, error) {
	before := k.snaps[d.URL]
	k.docs[d.URL] = d
	if len(before) > 0 && before[len(before)-1].SHA256 == s.SHA256 {
		return false, false, nil
	}
	k.snaps[d.URL] = append(before, s)
	return len(before) == 0, len(before) > 0, nil
}

func mustServe(t testing.TB, h http.Handler) string {
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL
}

func visitor(a crawler.Archive) *crawler.Crawler {
	return &crawler.Crawler{Archive: a, Version: "test", Contact: "mailto:essai@section.example", AllowLoopback: true}
}

const demoSite = "../cmd/contredit/demo/site"

// demoSources are the sources of cmd/contredit/demo/contredit.toml.tmpl.
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

func TestDemoSite(t *testing.T) {
	if _, err := os.Stat(demoSite); err != nil {
		t.Skipf("the fictional council is not here: %v", err)
	}
	base := mustServe(t, http.FileServer(http.Dir(demoSite)))
	archive, store := newMemory(), newKept()
	c := visitor(archive)
	for _, s := range demoSources(base) {
		report, err := c.Crawl(t.Context(), s, store.sink)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: found %d, new %d, unchanged %d, requests %d", s.Name, report.Found, report.New, report.Unchanged, report.Requests)
		for _, p := range report.Problems {
			t.Logf("   %s %s %s", p.Kind, p.URL, p.Sentence)
		}
	}
	found := map[string]bool{}
	for u := range store.docs {
		found[u[len(base):]] = true
	}
	_ = filepath.WalkDir(demoSite, func(p string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			rel := "/" + filepath.ToSlash(p[len(demoSite)+1:])
			if !found[rel] {
				t.Logf("not found: %s", rel)
			}
		}
		return err
	})
}

package crawler_test

import (
	"context"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"contredit/crawler"
	"contredit/document"
)

// memory is an archive for tests; store.CrawlArchive is tested in package store.
type memory struct {
	mutex  sync.Mutex
	pages  map[string]crawler.Page
	owners map[string]string // the source that had a page first
	tasks  map[string][]crawler.Task
	robots map[string]crawler.Robots
	hosts  map[string]crawler.Host
	health map[string]crawler.Health
	broken error // what every method returns, when set
}

func newMemory() *memory {
	return &memory{
		pages: map[string]crawler.Page{}, owners: map[string]string{}, tasks: map[string][]crawler.Task{}, robots: map[string]crawler.Robots{},
		hosts: map[string]crawler.Host{}, health: map[string]crawler.Health{},
	}
}

func (m *memory) Page(_ context.Context, a string) (crawler.Page, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return m.pages[a], m.broken
}

func (m *memory) Pending(_ context.Context, s string) ([]crawler.Task, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return slices.Clone(m.tasks[s]), m.broken
}

func (m *memory) Known(_ context.Context, source string) ([]string, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	var all []string
	for _, address := range slices.Sorted(maps.Keys(m.pages)) {
		if p := m.pages[address]; m.owners[address] == source && !p.Listing && p.SHA256 != "" && p.Gone.IsZero() {
			all = append(all, address)
		}
	}
	return all, m.broken
}

func (m *memory) Advance(_ context.Context, source string, step crawler.Step) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	replaced := func(address string) bool {
		return slices.Contains(step.Done, address) || slices.ContainsFunc(step.Found, func(t crawler.Task) bool { return t.URL == address })
	}
	left := slices.DeleteFunc(m.tasks[source], func(t crawler.Task) bool { return replaced(t.URL) })
	for _, t := range step.Found {
		if !slices.Contains(step.Done, t.URL) {
			left = append(left, t)
		}
	}
	m.tasks[source] = left
	for _, p := range step.Pages {
		m.pages[p.URL] = p
		if m.owners[p.URL] == "" {
			m.owners[p.URL] = source
		}
	}
	return m.broken
}

func (m *memory) Robots(_ context.Context, o string) (crawler.Robots, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return m.robots[o], m.broken
}

func (m *memory) SaveRobots(_ context.Context, r crawler.Robots) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.robots[r.Origin] = r
	return m.broken
}

func (m *memory) Host(_ context.Context, n string) (crawler.Host, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return m.hosts[n], m.broken
}

func (m *memory) SaveHost(_ context.Context, h crawler.Host) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.hosts[h.Name] = h
	return m.broken
}

func (m *memory) Health(_ context.Context, s string) (crawler.Health, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return m.health[s], m.broken
}

func (m *memory) SaveHealth(_ context.Context, h crawler.Health) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.health[h.Source] = h
	return m.broken
}

// kept collects what runs hand over.
type kept struct {
	mutex sync.Mutex
	docs  map[string]document.Document
	snaps map[string][]document.Snapshot
}

func newKept() *kept {
	return &kept{docs: map[string]document.Document{}, snaps: map[string][]document.Snapshot{}}
}

func (k *kept) sink(_ context.Context, d document.Document, _ string, s document.Snapshot) (bool, bool, error) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	before := k.snaps[d.URL]
	k.docs[d.URL] = d
	if len(before) > 0 && before[len(before)-1].SHA256 == s.SHA256 {
		return false, false, nil
	}
	k.snaps[d.URL] = append(before, s)
	return len(before) == 0, len(before) > 0, nil
}

// addresses are the documents kept, sorted, without their site.
func (k *kept) addresses(base string) []string {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	var all []string
	for _, a := range slices.Sorted(maps.Keys(k.docs)) {
		if len(a) > len(base) && a[:len(base)] == base {
			a = a[len(base):]
		}
		all = append(all, a)
	}
	return all
}

// clock is a time that passes only when somebody sleeps.
type clock struct {
	mutex sync.Mutex
	at    time.Time
	naps  []time.Duration
}

// The session season has begun: nothing here is about August unless a test says so.
func newClock() *clock { return &clock{at: time.Date(2025, 10, 6, 8, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.at = c.at.Add(d)
}

func (c *clock) sleep(ctx context.Context, d time.Duration) error {
	c.pass(d)
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.naps = append(c.naps, d)
	return ctx.Err()
}

// visitor is a crawler on a clock of its own, allowed to visit the sites of tests.
func visitor(a crawler.Archive, c *clock) *crawler.Crawler {
	return &crawler.Crawler{
		Archive: a, Version: "1.0", Contact: "mailto:essai@section.example", AllowLoopback: true,
		Now: c.now, Sleep: c.sleep, Jitter: func() float64 { return 0 },
	}
}

func mustCrawl(t testing.TB, c *crawler.Crawler, s crawler.Source, k *kept) crawler.Report {
	t.Helper()
	report, err := c.Crawl(t.Context(), s, k.sink)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// kinds are the problems of a report by address, without the site.
func kinds(problems []crawler.Problem, base string) map[string]crawler.Kind {
	found := map[string]crawler.Kind{}
	for _, p := range problems {
		address := p.URL
		if len(address) >= len(base) && address[:len(base)] == base {
			address = address[len(base):]
		}
		found[address] = p.Kind
	}
	return found
}

package crawler_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"contredit/crawler"
)

// TestThousandsOfLinksInOneRow: the row was read for its day once for every link in it.
func TestThousandsOfLinksInOneRow(t *testing.T) {
	var b strings.Builder
	b.WriteString("<main><article>")
	for i := range 2000 {
		fmt.Fprintf(&b, "<p>Délibération du 12 mars 2026 : <a href=/d%d>Numéro %d</a></p>", i, i)
	}
	c := newClock()
	s := newSite(t, c, map[string]string{"/": b.String()})
	src := s.source(crawler.FormListing, "/")
	src.Budget = 2
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	report := mustCrawl(t, visitor(newMemory(), c), src, newKept())
	runtime.ReadMemStats(&after)
	if report.Found != 2000 {
		t.Errorf("found %d, want 2000", report.Found)
	}
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 300 {
		t.Errorf("%d MB went through memory for %d kB", used, b.Len()>>10)
	}
}

// TestPageThatCannotBeReadIsSaid: a page nested too deep for the parser looked like a list
// without links.
func TestPageThatCannotBeReadIsSaid(t *testing.T) {
	c := newClock()
	s := newSite(t, c, map[string]string{"/": "<main><a href=/a>A</a>" + strings.Repeat("<div>", 2000)})
	report := mustCrawl(t, visitor(newMemory(), c), s.source(crawler.FormListing, "/"), newKept())
	if got := kinds(report.Problems, s.base)["/"]; got != crawler.KindFormat {
		t.Errorf("problem %q, want %q", got, crawler.KindFormat)
	}
}

// TestResumedListIsNoTrap: after a run that its budget or a kill ended, whole pages of the list
// name only what waits already.
func TestResumedListIsNoTrap(t *testing.T) {
	c, k := newClock(), newKept()
	pages := map[string]string{}
	for p := 1; p <= 40; p++ {
		var b strings.Builder
		b.WriteString("<main>")
		for d := p * 10; d < p*10+10; d++ {
			fmt.Fprintf(&b, "<li><a href=/d%d>Procès-verbal numéro %d</a></li>", d, d)
			pages[fmt.Sprintf("/d%d", d)] = page(fmt.Sprint(d))
		}
		if p < 40 {
			fmt.Fprintf(&b, "<a rel=next href=/p%d>Page suivante</a>", p+1)
		}
		pages[fmt.Sprintf("/p%d", p)] = b.String() + "</main>"
	}
	s, v := newSite(t, c, pages), visitor(newMemory(), c)
	src := s.source(crawler.FormListing, "/p1")
	src.Budget = 200
	fetched := 0
	for run := range 4 {
		report := mustCrawl(t, v, src, k)
		fetched += report.New
		for _, p := range report.Problems {
			if p.Kind != crawler.KindBudget {
				t.Errorf("run %d: %s of %s", run+1, p.Kind, p.URL)
			}
		}
		if report.Listings != 40 {
			t.Errorf("run %d looked at %d pages of the list, want 40", run+1, report.Listings)
		}
		c.pass(24 * time.Hour)
	}
	if fetched != 400 {
		t.Errorf("%d documents, want 400", fetched)
	}
}

package crawler_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

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

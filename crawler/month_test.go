package crawler_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"contredit/crawler"
)

// TestMonthOfASite visits a site every morning for thirty days while it edits, renames,
// slows, breaks, redirects, lies about lengths, is redesigned and goes quiet: each event is
// said once, and nothing that was ever published is lost.
func TestMonthOfASite(t *testing.T) {
	c, k := newClock(), newKept()
	c.at = time.Date(2025, 9, 1, 8, 0, 0, 0, time.UTC)
	s := newSite(t, c, map[string]string{"/robots.txt": "User-agent: *\nDisallow: /prive/\n"})
	m := &month{site: s}
	for n := range 12 {
		m.publish(fmt.Sprintf("/pv-%02d.html", n))
	}
	v := visitor(newMemory(), c)
	v.Timeout = 2 * time.Second
	src := s.source(crawler.FormListing, "/seances")
	for day := 1; day <= 30; day++ {
		m.live(day)
		report := mustCrawl(t, v, src, k)
		m.note(day, s.base, report)
		for c.now().Hour() != 7 {
			c.pass(time.Hour)
		}
		c.pass(time.Hour)
	}
	want := []string{
		"1 new 12 ", "2 new 1 ", "3 changed 1 ", "4 new 2 ",
		"6 busy /pv-03.html", "6 new 1 ", "7 gone /pv-02.html", "7 mended /pv-03.html", "8 new 1 ",
		"9 http_status /seances", "10 alarm broken", "12 mended /seances", "12 calm broken", "12 new 2 ", "14 new 1 ",
		"15 broken /nouveau-14.html", "16 mended /nouveau-14.html", "16 new 1 ",
		"17 alarm empty", "19 calm empty", "19 new 1 ",
		"21 timeout /pv-05.html", "22 mended /pv-05.html", "26 alarm silent", "29 calm silent", "29 new 1 ",
	}
	if !slices.Equal(m.said, want) {
		t.Errorf("said\n%s\nwant\n%s", strings.Join(m.said, "\n"), strings.Join(want, "\n"))
	}
	for _, path := range append(m.everListed, "/pv-02.html") {
		if len(k.snaps[s.base+path]) == 0 {
			t.Errorf("%s was lost", path)
		}
	}
	if n := len(k.snaps[s.base+"/pv-01.html"]); n != 2 {
		t.Errorf("%d versions of the page that was rewritten, want 2", n)
	}
}

// month is the life of a site.
type month struct {
	site       *site
	listed     []string
	everListed []string
	said       []string
}

func (m *month) publish(path string) {
	m.site.put(path, page("Texte de "+path))
	m.listed = append(m.listed, path)
	m.everListed = append(m.everListed, path)
	m.site.put("/seances", listing(m.listed...))
}

// live is what happens on a day.
func (m *month) live(day int) {
	s := m.site
	if day < 20 && day%2 == 0 || day == 29 {
		m.publish(fmt.Sprintf("/nouveau-%02d.html", day))
	}
	switch day {
	case 3:
		s.put("/pv-01.html", page("Texte récrit sans le dire"))
	case 4: // renamed
		s.drop("/pv-02.html")
		m.listed = slices.DeleteFunc(m.listed, func(p string) bool { return p == "/pv-02.html" })
		m.publish("/proces-verbal-02.html")
	case 6:
		s.answer("/pv-03.html", status(http.StatusServiceUnavailable, "Retry-After", "7200"))
	case 7:
		s.answer("/pv-03.html", nil)
	case 9:
		s.answer("/seances", status(http.StatusInternalServerError))
	case 12:
		s.answer("/seances", nil)
	case 13:
		s.answer("/seances", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/assemblee/seances", http.StatusMovedPermanently)
		})
		s.put("/assemblee/seances", listing(m.listed...))
	case 15:
		s.answer("/nouveau-14.html", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "99999")
			fmt.Fprint(w, page("coupé"))
		})
	case 16:
		s.answer("/nouveau-14.html", nil)
	case 17:
		s.answer("/seances", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, listing()) })
	case 19:
		s.answer("/seances", nil)
	case 21: // slower than anybody waits
		s.answer("/pv-05.html", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	case 22:
		s.answer("/pv-05.html", nil)
	}
	if day >= 13 && day < 17 {
		s.put("/assemblee/seances", listing(m.listed...))
	}
}

// note writes down what a run said.
func (m *month) note(day int, base string, r crawler.Report) {
	add := func(what, address string) {
		m.said = append(m.said, fmt.Sprintf("%d %s %s", day, what, strings.TrimPrefix(address, base)))
	}
	for _, p := range r.Problems {
		add(string(p.Kind), p.URL)
	}
	for _, a := range r.Mended {
		add("mended", a)
	}
	for _, a := range r.Alarms {
		if a.Ended.IsZero() {
			add("alarm", string(a.Kind))
		} else {
			add("calm", string(a.Kind))
		}
	}
	if r.New > 0 {
		add(fmt.Sprintf("new %d", r.New), "")
	}
	if r.Changed > 0 {
		add(fmt.Sprintf("changed %d", r.Changed), "")
	}
}

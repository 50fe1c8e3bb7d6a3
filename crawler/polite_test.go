package crawler_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"contredit/crawler"
)

func TestPoliteness(t *testing.T) {
	start := func(t *testing.T, robots string) (*site, *clock, *memory, *kept) {
		c := newClock()
		s := newSite(t, c, map[string]string{"/": listing("/a", "/b", "/c"), "/a": page("a"), "/b": page("b"), "/c": page("c")})
		if robots != "" {
			s.put("/robots.txt", robots)
		}
		return s, c, newMemory(), newKept()
	}
	gaps := func(s *site) (all []time.Duration) {
		for i := 1; i < len(s.asked); i++ {
			all = append(all, s.asked[i].at.Sub(s.asked[i-1].at))
		}
		return all
	}

	t.Run("RefusedPathIsNotAsked", func(t *testing.T) {
		s, c, m, k := start(t, "User-agent: *\nDisallow: /b\n")
		report := mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k)
		if got := s.paths(); slices.Contains(got, "/b") {
			t.Errorf("asked %v", got)
		}
		if got := kinds(report.Problems, s.base)["/b"]; got != crawler.KindRobots {
			t.Errorf("problem of /b is %q", got)
		}
	})
	t.Run("RefusedRedirectTargetIsNotAsked", func(t *testing.T) {
		s, c, m, k := start(t, "User-agent: *\nDisallow: /prive/\n")
		s.answer("/a", http.RedirectHandler("/prive/pv", http.StatusFound).ServeHTTP)
		s.put("/prive/pv", page("secret"))
		report := mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k)
		if got := s.paths(); slices.Contains(got, "/prive/pv") {
			t.Errorf("asked %v", got)
		}
		if got := kinds(report.Problems, s.base)["/a"]; got != crawler.KindRobots {
			t.Errorf("problem of /a is %q", got)
		}
	})
	t.Run("NoRobotsAllows", func(t *testing.T) {
		s, c, m, k := start(t, "")
		if report := mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k); report.New != 3 {
			t.Errorf("%d new, want 3", report.New)
		}
	})
	for _, code := range []int{500, 503, 429} {
		t.Run("RobotsThatFailsRefusesAll", func(t *testing.T) {
			s, c, m, k := start(t, "")
			s.answer("/robots.txt", status(code))
			report := mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k)
			if got := s.paths(); len(got) > 0 {
				t.Errorf("asked %v", got)
			}
			if got := kinds(report.Problems, s.base)["/"]; got != crawler.KindRobotsDown {
				t.Errorf("problem is %q", got)
			}
			s.answer("/robots.txt", nil)
			c.pass(time.Hour)
			if report := mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k); report.New != 3 {
				t.Errorf("%d new after robots.txt came back, want 3", report.New)
			}
		})
	}
	t.Run("RobotsIsKeptForADayOverRestarts", func(t *testing.T) {
		s, c, m, k := start(t, "User-agent: *\nDisallow:\n")
		times := func() (n int) {
			for _, a := range s.asked {
				if a.path == "/robots.txt" {
					n++
				}
			}
			return n
		}
		for _, hours := range []time.Duration{0, 6, 12} {
			c.pass(hours * time.Hour)
			mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k)
		}
		if times() != 1 {
			t.Errorf("asked for robots.txt %d times in 18 hours", times())
		}
		c.pass(7 * time.Hour)
		mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k)
		if times() != 2 {
			t.Errorf("asked for robots.txt %d times in 25 hours", times())
		}
	})
	t.Run("GapIsKept", func(t *testing.T) {
		s, c, m, k := start(t, "")
		v := visitor(m, c)
		v.Delay = 5 * time.Second
		mustCrawl(t, v, s.source(crawler.FormListing, "/"), k)
		for _, gap := range gaps(s) {
			if gap < 5*time.Second {
				t.Errorf("gap of %s", gap)
			}
		}
	})
	t.Run("CrawlDelayWins", func(t *testing.T) {
		s, c, m, k := start(t, "User-agent: *\nCrawl-delay: 12\n")
		mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k)
		for _, gap := range gaps(s)[1:] {
			if gap < 12*time.Second {
				t.Errorf("gap of %s", gap)
			}
		}
	})
	t.Run("LongCrawlDelayOutlivesTheProgram", func(t *testing.T) {
		s, c, m, k := start(t, "User-agent: *\nCrawl-delay: 2400\n") // more than a run sits out
		report := mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k)
		if got := s.paths(); len(got) != 1 || report.Pending == 0 {
			t.Errorf("asked %v with %d pending", got, report.Pending)
		}
		c.pass(5 * time.Minute)
		mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k)
		if got := s.paths(); len(got) != 1 {
			t.Errorf("asked %v after five minutes", got)
		}
	})
	t.Run("SourcesOfOneHostShareItsGap", func(t *testing.T) {
		s, c, m, k := start(t, "")
		v := visitor(m, c)
		v.Delay = 3 * time.Second
		other := s.source(crawler.FormFiles, "/c")
		other.Name = "autre"
		var wait sync.WaitGroup
		for _, src := range []crawler.Source{s.source(crawler.FormListing, "/"), other} {
			wait.Go(func() {
				if _, err := v.Crawl(t.Context(), src, k.sink); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		for _, gap := range gaps(s) {
			if gap < 3*time.Second {
				t.Errorf("gap of %s", gap)
			}
		}
	})
	t.Run("SaysWhoAsks", func(t *testing.T) {
		s, c, m, k := start(t, "")
		v := visitor(m, c)
		v.URL = "https://section.example/contredit"
		mustCrawl(t, v, s.source(crawler.FormListing, "/"), k)
		for _, a := range s.asked {
			if got := a.header.Get("User-Agent"); got != "contredit/1.0 (+https://section.example/contredit; mailto:essai@section.example)" {
				t.Errorf("user agent %q", got)
			}
			if got := a.header.Get("From"); got != "essai@section.example" {
				t.Errorf("from %q", got)
			}
		}
	})
	t.Run("WithoutContactNothingIsAsked", func(t *testing.T) {
		s, c, m, k := start(t, "")
		v := visitor(m, c)
		v.Contact = " "
		if _, err := v.Crawl(t.Context(), s.source(crawler.FormListing, "/"), k.sink); !errors.Is(err, crawler.ErrNoContact) {
			t.Errorf("got %v, want ErrNoContact", err)
		}
		if len(s.asked) > 0 {
			t.Errorf("asked %v", s.paths())
		}
	})
	t.Run("EnvironmentCannotLoosenIt", func(t *testing.T) {
		t.Setenv("COLLY_IGNORE_ROBOTSTXT", "yes")
		s, c, m, k := start(t, "")
		if _, err := visitor(m, c).Crawl(t.Context(), s.source(crawler.FormListing, "/"), k.sink); err == nil || !strings.Contains(err.Error(), "COLLY_IGNORE_ROBOTSTXT") {
			t.Errorf("got %v", err)
		}
	})
}

func TestBusySites(t *testing.T) {
	t.Run("RetryAfterSecondsIsKeptOverARestart", func(t *testing.T) {
		testRetryAfter(t, func(*clock) string { return "3600" })
	})
	t.Run("RetryAfterDateIsKeptOverARestart", func(t *testing.T) {
		testRetryAfter(t, func(c *clock) string { return c.now().Add(time.Hour).Format(http.TimeFormat) })
	})
	t.Run("ShortFailureIsAskedAgainInTheRun", func(t *testing.T) {
		c := newClock()
		s := newSite(t, c, map[string]string{"/": listing("/a"), "/a": page("a")})
		times := 0
		s.answer("/a", func(w http.ResponseWriter, r *http.Request) {
			if times++; times < 3 {
				w.WriteHeader(http.StatusBadGateway)
				return
			}
			s.serve(w, r, page("a"))
		})
		report := mustCrawl(t, visitor(newMemory(), c), s.source(crawler.FormListing, "/"), newKept())
		if report.New != 1 || len(report.Problems) != 0 || times != 3 {
			t.Errorf("%d new, %v, asked %d times", report.New, report.Problems, times)
		}
	})
	t.Run("BackoffGrowsAndNeverGivesUp", func(t *testing.T) {
		c, m := newClock(), newMemory()
		s := newSite(t, c, map[string]string{"/": listing("/a"), "/a": page("a")})
		s.answer("/", status(http.StatusInternalServerError))
		last := c.now()
		for range 40 {
			mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), newKept())
			c.pass(3 * time.Hour)
		}
		var longest time.Duration
		for _, a := range s.asked {
			longest = max(longest, a.at.Sub(last))
			last = a.at
		}
		if n := len(s.asked); n > 25 || longest < 12*time.Hour || longest > 30*time.Hour {
			t.Errorf("asked %d times in five days, longest gap %s", n, longest)
		}
		s.answer("/", nil)
		c.pass(48 * time.Hour)
		if report := mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), newKept()); report.New != 1 {
			t.Errorf("%d new after it came back, want 1", report.New)
		}
	})
	t.Run("SilentHostIsNotHammered", func(t *testing.T) {
		c := newClock()
		links := []string{}
		for i := range 50 {
			links = append(links, "/pv-"+string(rune('a'+i%26))+string(rune('a'+i/26)))
		}
		s := newSite(t, c, map[string]string{"/": listing(links...)})
		for _, l := range links {
			s.answer(l, status(http.StatusServiceUnavailable))
		}
		report := mustCrawl(t, visitor(newMemory(), c), s.source(crawler.FormListing, "/"), newKept())
		if n := len(s.paths()); n > 6 {
			t.Errorf("asked %d times", n)
		}
		if report.Pending != 50 || len(report.Problems) > 3 {
			t.Errorf("%d pending, %d problems", report.Pending, len(report.Problems))
		}
	})
}

func testRetryAfter(t *testing.T, header func(*clock) string) {
	c, m, k := newClock(), newMemory(), newKept()
	s := newSite(t, c, map[string]string{"/": listing("/a"), "/a": page("a")})
	s.answer("/a", status(http.StatusTooManyRequests, "Retry-After", header(c)))
	report := mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k)
	if got := kinds(report.Problems, s.base)["/a"]; got != crawler.KindBusy || report.Pending != 1 {
		t.Errorf("problem is %q, %d pending", got, report.Pending)
	}
	s.answer("/a", nil)
	s.forget()
	c.pass(50 * time.Minute)
	mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k)
	if got := s.paths(); len(got) > 0 {
		t.Errorf("asked %v ten minutes early", got)
	}
	c.pass(11 * time.Minute)
	if report := mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k); report.New != 1 {
		t.Errorf("%d new after the wait, want 1", report.New)
	}
}

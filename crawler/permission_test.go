package crawler_test

import (
	"context"
	"net/http"
	"testing"

	"contredit/crawler"
)

// TestPermission asks robots.txt alone, once for each site, and names the start pages that it closes.
func TestPermission(t *testing.T) {
	clock := newClock()
	s := newSite(t, clock, map[string]string{"/robots.txt": "User-agent: contredit\nDisallow: /prive/\n", "/": "<p>x", "/prive/": "<p>x"})
	down := newSite(t, clock, nil)
	down.answers["/robots.txt"] = func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusInternalServerError) }
	c := &crawler.Crawler{Archive: newMemory(), Contact: "mailto:a@section.example", AllowLoopback: true, Now: clock.now, Sleep: clock.sleep}
	source := func(start ...string) crawler.Source {
		return crawler.Source{Name: "S", Form: crawler.FormListing, Role: "record", Body: "B", Start: start}
	}
	for range 2 {
		problems, err := c.Permission(context.Background(), source(s.base+"/", s.base+"/prive/", down.base+"/"))
		if err != nil || len(problems) != 2 {
			t.Fatalf("problems = %+v, %v; want the closed page and the silent site", problems, err)
		}
		if problems[0].Kind != crawler.KindRobots || problems[0].URL != s.base+"/prive/" || problems[1].Kind != crawler.KindRobotsDown {
			t.Errorf("problems = %+v", problems)
		}
	}
	if asked := s.paths(); len(asked) > 0 || len(s.asked) != 1 {
		t.Errorf("pages asked: %v, requests %d; want robots.txt once", asked, len(s.asked))
	}
}

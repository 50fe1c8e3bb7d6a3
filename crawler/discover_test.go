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

func TestListings(t *testing.T) {
	tests := []struct {
		name  string
		pages map[string]string
		set   func(*crawler.Source)
		want  []string
	}{
		{
			"MenusAndFootersAreNotDocuments",
			map[string]string{"/": listing("/a"), "/contact": page("x"), "/mentions": page("x")},
			nil, []string{"/a"},
		},
		{
			"SelectorNamesTheLinks",
			map[string]string{"/": `<div class=une><h2><a href=/a>A</a></h2><p><a href=/pub>Pub</a></p></div>`, "/pub": page("p")},
			func(s *crawler.Source) { s.Link = ".une h2 a" }, []string{"/a"},
		},
		{
			"SelectorMayNameABlock",
			map[string]string{"/": `<div class=une><a href=/a>A</a></div><a href=/pub>Pub</a>`, "/pub": page("p")},
			func(s *crawler.Source) { s.Link = ".une" }, []string{"/a"},
		},
		{
			"IncludeNarrows",
			map[string]string{"/": listing("/a", "/pv/1.pdf", "/pv/2.pdf?dl=1"), "/pv/1.pdf": "%PDF 1", "/pv/2.pdf?dl=1": "%PDF 2"},
			func(s *crawler.Source) { s.Include = []string{`\.pdf($|\?)`} }, []string{"/pv/1.pdf", "/pv/2.pdf?dl=1"},
		},
		{
			"ExcludeWins",
			map[string]string{"/": listing("/a", "/a-brouillon"), "/a-brouillon": page("x")},
			func(s *crawler.Source) { s.Include, s.Exclude = []string{"/a"}, []string{"brouillon"} }, []string{"/a"},
		},
		{
			"RelNextLeadsToTheLastPage",
			map[string]string{
				"/":   `<main><a href=/a>A</a> <a rel=next href=/p2>Page suivante</a></main>`,
				"/p2": `<main><a href=/b>B</a> <a rel="nofollow next" href=/p3>Page suivante</a></main>`,
				"/p3": `<main><a href=/c>C</a></main>`,
			},
			nil, []string{"/a", "/b", "/c"},
		},
		{
			"NumberedPagesAreFollowed",
			map[string]string{
				"/":                   `<main><a href=/a>A</a><p class=pagination><strong>0</strong> | <a class=lien_pagination href="?debut_articles=10#pagination_articles">10</a></p></main>`,
				"/?debut_articles=10": `<main><a href=/b>B</a><p class=pagination><a href="?debut_articles=0#pagination_articles">0</a></p></main>`,
				"/?debut_articles=0":  `<main><a href=/a>A</a><p class=pagination><a href="?debut_articles=10">10</a></p></main>`,
			},
			nil, []string{"/a", "/b"},
		},
		{
			"NextByItsWord",
			map[string]string{"/": `<main><a href=/a>A</a> <a href=/p2>Suivant ›</a></main>`, "/p2": `<main><a href=/b>B</a></main>`},
			nil, []string{"/a", "/b"},
		},
		{
			"NextBySelector",
			map[string]string{"/": `<main><a href=/a>A</a> <a class=encore href=/p2>Encore</a></main>`, "/p2": `<main><a href=/b>B</a></main>`},
			func(s *crawler.Source) { s.Next, s.Exclude = "a.encore", []string{"/p2"} }, []string{"/a", "/b"},
		},
		{
			"BaseElementCounts",
			map[string]string{"/": `<head><base href="/docs/"></head><main><a href="a">A</a></main>`, "/docs/a": page("a")},
			nil, []string{"/docs/a"},
		},
		{
			"SessionsAndTrackingAreOneAddress",
			map[string]string{"/": listing("/a?utm_source=une", "/a?PHPSESSID=1", "/a#forum")},
			nil, []string{"/a"},
		},
		{
			"PageThatSendsOnIsFollowed",
			map[string]string{"/": `<html><head><meta http-equiv="refresh" content="0; url=/liste"></head><body>Redirection</body></html>`, "/liste": listing("/a", "/vieux"),
				"/vieux": `<html><head><META HTTP-EQUIV=Refresh CONTENT='1;URL=b'></head></html>`},
			nil, []string{"/a", "/b"},
		},
		{
			"PagesThatSendRoundAreNotFollowed",
			map[string]string{"/": listing("/a", "/x"), "/x": `<meta http-equiv="refresh" content="0;url=/y">`, "/y": `<meta http-equiv="refresh" content="0;url=/x">`},
			nil, []string{"/a"},
		},
		{
			"FramesShowDocuments",
			map[string]string{"/": `<main><a href=/a>A</a><iframe src="/viewer.html?file=%2Fpv.pdf"></iframe><object data="/cr.pdf"></object><iframe src="/carte.html"></iframe></main>`,
				"/pv.pdf": "%PDF pv", "/cr.pdf": "%PDF cr"},
			nil, []string{"/a", "/cr.pdf", "/pv.pdf"},
		},
		{
			"PicturesAreLeftAlone",
			map[string]string{"/": listing("/a", "/logo.png", "/tout.zip"), "/logo.png": "x", "/tout.zip": "x"},
			nil, []string{"/a"},
		},
		{
			"FollowGoesDeeper",
			map[string]string{"/": listing("/seance"), "/seance": listing("/pv.pdf"), "/pv.pdf": "%PDF pv"},
			func(s *crawler.Source) { s.Follow = 1 }, []string{"/pv.pdf", "/seance"},
		},
		{
			"WithoutFollowStays",
			map[string]string{"/": listing("/seance"), "/seance": listing("/pv.pdf"), "/pv.pdf": "%PDF pv"},
			nil, []string{"/seance"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, k := newClock(), newKept()
			for _, p := range []string{"/a", "/b", "/c"} {
				tt.pages[p] = page(p)
			}
			s := newSite(t, c, tt.pages)
			src := s.source(crawler.FormListing, "/")
			if tt.set != nil {
				tt.set(&src)
			}
			report := mustCrawl(t, visitor(newMemory(), c), src, k)
			if got := k.addresses(s.base); !slices.Equal(got, tt.want) {
				t.Errorf("kept %v, want %v (asked %v, problems %v)", got, tt.want, s.paths(), report.Problems)
			}
		})
	}
}

func TestTraps(t *testing.T) {
	t.Run("CalendarWithoutEndIsLeft", func(t *testing.T) {
		c, m := newClock(), newMemory()
		s := newSite(t, c, map[string]string{"/a": page("a")})
		month := func(n int) http.HandlerFunc {
			return func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/html")
				fmt.Fprintf(w, `<main><p>Mois %d</p><a href=/a>A</a><a rel=next href="/agenda?mois=%d">Mois suivant</a></main>`, n, n+1)
			}
		}
		for n := range 1000 {
			s.answer(fmt.Sprintf("/agenda?mois=%d", n), month(n))
		}
		src := s.source(crawler.FormListing, "/agenda?mois=0")
		report := mustCrawl(t, visitor(m, c), src, newKept())
		if n := len(s.paths()); n > 12 {
			t.Errorf("asked %d pages", n)
		}
		if len(report.Problems) != 1 || report.Problems[0].Kind != crawler.KindTrap || report.New != 1 {
			t.Errorf("%d new, %v", report.New, report.Problems)
		}
		if report := mustCrawl(t, visitor(m, c), src, newKept()); len(report.Problems) != 0 {
			t.Errorf("told again: %v", report.Problems)
		}
	})
	t.Run("LastPageRepeatedEndsTheListing", func(t *testing.T) {
		c := newClock()
		s := newSite(t, c, map[string]string{"/a": page("a")})
		for n := range 100 {
			s.answer(fmt.Sprintf("/l?p=%d", n), func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/html")
				fmt.Fprintf(w, `<main><a href=/a>A</a><a rel=next href="/l?p=%d">Suivant</a></main>`, n+1)
			})
		}
		report := mustCrawl(t, visitor(newMemory(), c), s.source(crawler.FormListing, "/l?p=0"), newKept())
		if n := len(s.paths()); n > 12 || report.New != 1 {
			t.Errorf("asked %d pages", n)
		}
	})
	t.Run("EndlessDepthIsBoundedByFollow", func(t *testing.T) {
		c := newClock()
		s := newSite(t, c, map[string]string{})
		path := "/d"
		for range 60 {
			next := path + "/d"
			s.pages[path] = listing(next)
			path = next
		}
		src := s.source(crawler.FormListing, "/d")
		src.Follow = 3
		mustCrawl(t, visitor(newMemory(), c), src, newKept())
		if n := len(s.paths()); n > 5 {
			t.Errorf("asked %d pages", n)
		}
	})
	t.Run("BudgetBoundsEverything", func(t *testing.T) {
		c := newClock()
		s := newSite(t, c, map[string]string{})
		for n := range 1000 {
			s.pages[fmt.Sprintf("/l?p=%d", n)] = strings.Replace(listing(fmt.Sprintf("/doc-%d", n)), "</main>", fmt.Sprintf(`<a rel=next href="/l?p=%d">Suivant</a></main>`, n+1), 1)
		}
		src := s.source(crawler.FormListing, "/l?p=0")
		src.Budget = 40
		if report := mustCrawl(t, visitor(newMemory(), c), src, newKept()); report.Requests != 40 {
			t.Errorf("%d requests", report.Requests)
		}
	})
}

func TestVideos(t *testing.T) {
	c, m, k := newClock(), newMemory(), newKept()
	embed := `<iframe src="https://www.youtube-nocookie.com/embed/VDB_2510_09"></iframe>`
	s := newSite(t, c, map[string]string{
		"/":          listing("/s1", "/s2", "/s3"),
		"/s1":        page(embed + `<a href="/s1.fr.vtt">Sous-titres</a>`),
		"/s2":        page(embed),
		"/s3":        page("Pas de vidéo ici"),
		"/s1.fr.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nBonjour.\n",
	})
	src := s.source(crawler.FormVideo, "/")
	report := mustCrawl(t, visitor(m, c), src, k)
	if got := k.docs[s.base+"/s1.fr.vtt"].VideoURL; got != "https://youtu.be/VDB_2510_09" {
		t.Errorf("captions belong to %q", got)
	}
	if got := kinds(report.Problems, s.base); len(got) != 1 || got["/s2"] != crawler.KindNoCaptions {
		t.Errorf("problems %v", got)
	}
	report = mustCrawl(t, visitor(m, c), src, k)
	if len(report.Problems) != 0 || len(report.Standing) != 1 {
		t.Errorf("second run tells %v, stands %v", report.Problems, report.Standing)
	}
	s.put("/s2", page(embed+`<track src="/s2.vtt">`))
	s.put("/s2.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nBonsoir.\n")
	report = mustCrawl(t, visitor(m, c), src, k)
	if len(report.Mended) != 1 || k.docs[s.base+"/s2.vtt"].VideoURL == "" {
		t.Errorf("captions that come later: mended %v, kept %v", report.Mended, k.addresses(s.base))
	}
}

// TestImportIsAsNewAsTheSourceSays holds that the past of a new source is not called new today.
func TestImportIsAsNewAsTheSourceSays(t *testing.T) {
	c, m := newClock(), newMemory()
	feed := `<rss version="2.0"><channel><title>x</title><item><title>A</title><link>/a</link><pubDate>Mon, 03 Mar 2025 10:00:00 +0000</pubDate></item></channel></rss>`
	s := newSite(t, c, map[string]string{"/rss.xml": feed, "/a": page("a"), "/b": page("b")})
	src := s.source(crawler.FormFeed, "/rss.xml")
	mustCrawl(t, visitor(m, c), src, newKept())
	if got := m.health[src.Name].LastNew.Format(time.DateOnly); got != "2025-03-03" {
		t.Errorf("after the import the last news is of %s", got)
	}
	c.pass(24 * time.Hour)
	s.put("/rss.xml", strings.Replace(feed, "</item>", "</item><item><title>B</title><link>/b</link></item>", 1))
	mustCrawl(t, visitor(m, c), src, newKept())
	if got := m.health[src.Name].LastNew.Format(time.DateOnly); got != c.now().Format(time.DateOnly) {
		t.Errorf("after a new document the last news is of %s", got)
	}
}

// TestVideoFeed holds that a feed of session videos leads to their pages and captions.
func TestVideoFeed(t *testing.T) {
	c, k := newClock(), newKept()
	embed := `<iframe src="https://www.youtube-nocookie.com/embed/VDB_2510_09"></iframe>`
	s := newSite(t, c, map[string]string{
		"/videos.xml": `<rss version="2.0"><channel><title>Vidéos</title><item><title>Séance du 9 octobre 2025</title><link>/s1</link></item><item><title>Séance du 2 octobre 2025</title><link>/s2</link></item></channel></rss>`,
		"/s1":         page(embed + `<track src="/s1.vtt">`),
		"/s2":         page(embed),
		"/s1.vtt":     "WEBVTT\n\n00:01.000 --> 00:02.000\nBonjour.\n",
	})
	report := mustCrawl(t, visitor(newMemory(), c), s.source(crawler.FormVideo, "/videos.xml"), k)
	if got := k.docs[s.base+"/s1.vtt"].VideoURL; got != "https://youtu.be/VDB_2510_09" {
		t.Errorf("captions belong to %q, kept %v", got, k.addresses(s.base))
	}
	if got := kinds(report.Problems, s.base); len(got) != 1 || got["/s2"] != crawler.KindNoCaptions {
		t.Errorf("problems %v", got)
	}
}

// TestSitemapDates holds that what a sitemap calls unchanged is asked once a week, and what it
// calls changed comes first.
func TestSitemapDates(t *testing.T) {
	c, m, k := newClock(), newMemory(), newKept()
	sitemap := func(b string) string {
		return `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>/a</loc><lastmod>2025-09-01</lastmod></url><url><loc>/b</loc><lastmod>` + b + `</lastmod></url><url><loc>/c</loc></url></urlset>`
	}
	s := newSite(t, c, map[string]string{"/sitemap.xml": sitemap("2025-09-01T10:00:00+02:00"), "/a": page("a"), "/b": page("b"), "/c": page("c")})
	src := s.source(crawler.FormSitemap, "/sitemap.xml")
	crawl := func(days int) (string, crawler.Report) {
		s.forget()
		c.pass(time.Duration(days) * 24 * time.Hour)
		report := mustCrawl(t, visitor(m, c), src, k)
		return strings.Join(s.paths(), " "), report
	}
	crawl(0)
	if asked, report := crawl(1); asked != "/sitemap.xml /c" || report.Unchanged != 3 {
		t.Errorf("a day later asked %s, %d unchanged", asked, report.Unchanged)
	}
	s.put("/sitemap.xml", sitemap("2025-10-07T10:00:00+02:00"))
	s.put("/b", page("b, corrigé"))
	if asked, report := crawl(1); asked != "/sitemap.xml /b /c" || report.Changed != 1 {
		t.Errorf("after its edit asked %s, %d changed", asked, report.Changed)
	}
	s.put("/a", page("a, corrigé sans le dire"))
	if asked, report := crawl(8); !strings.Contains(asked, "/a") || report.Changed != 1 {
		t.Errorf("a week later asked %s, %d changed: silent edits are never seen", asked, report.Changed)
	}
}

package crawler_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"contredit/crawler"
	"contredit/document"
)

func TestConditionalRequests(t *testing.T) {
	c, m, k := newClock(), newMemory(), newKept()
	s := newSite(t, c, map[string]string{"/": listing("/a", "/b.pdf"), "/a": page("a"), "/b.pdf": "%PDF-1.7 b"})
	mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k)
	s.forget()
	c.pass(24 * time.Hour)
	report := mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k)
	if s.bodies != 0 || report.Unchanged != 2 || report.Fetched != 0 {
		t.Errorf("unchanged site: %d bodies, %d unchanged, %d fetched", s.bodies, report.Unchanged, report.Fetched)
	}
	s.put("/a", page("a, corrigé"))
	s.forget()
	report = mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k)
	if s.bodies != 1 || report.Changed != 1 || len(k.snaps[s.base+"/a"]) != 2 {
		t.Errorf("edited page: %d bodies, %d changed, %d versions", s.bodies, report.Changed, len(k.snaps[s.base+"/a"]))
	}
}

// TestConditionalRedirect holds that validators go to the address that gave them: another
// target of the redirect may well be older than the one before.
func TestConditionalRedirect(t *testing.T) {
	c, m, k := newClock(), newMemory(), newKept()
	s := newSite(t, c, map[string]string{"/": listing("/actuel.pdf")})
	old := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	for path, text := range map[string]string{"/v1.pdf": "%PDF un", "/v2.pdf": "%PDF deux"} {
		s.answer(path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/pdf")
			http.ServeContent(w, r, "", old, strings.NewReader(text))
		})
	}
	s.answer("/actuel.pdf", http.RedirectHandler("/v1.pdf", http.StatusFound).ServeHTTP)
	mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k)
	if report := mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k); report.Fetched != 0 {
		t.Errorf("same target: %d fetched, want 0", report.Fetched)
	}
	s.answer("/actuel.pdf", http.RedirectHandler("/v2.pdf", http.StatusFound).ServeHTTP)
	if report := mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k); report.Changed != 1 {
		t.Errorf("other target of the same date: %d changed, want 1", report.Changed)
	}
}

// TestEditWithinASecond holds that a page which changed twice in the second of its
// Last-Modified is not taken for unchanged.
func TestEditWithinASecond(t *testing.T) {
	c, m, k := newClock(), newMemory(), newKept()
	s := newSite(t, c, map[string]string{"/": listing("/a.txt")})
	text, at := "Délibération", time.Now()
	s.answer("/a.txt", func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, "", at, strings.NewReader(text))
	})
	mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k)
	text = "Délibération corrigée"
	if report := mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k); report.Changed != 1 {
		t.Errorf("%d changed, want the edit of the same second", report.Changed)
	}
	s.answer("/a.txt", func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, "", at.Add(-time.Hour), strings.NewReader(text))
	})
	mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k)
	if report := mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k); report.Fetched != 0 {
		t.Errorf("an old page was fetched %d times again", report.Fetched)
	}
}

func TestBodies(t *testing.T) {
	big := strings.Repeat("x", 1<<20)
	tests := []struct {
		name   string
		answer http.HandlerFunc
		want   crawler.Kind
	}{
		{"OverCapIsRefused", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/pdf")
			fmt.Fprint(w, "%PDF-"+big)
		}, crawler.KindTooBig},
		{"AnnouncedOverCapIsRefusedUnread", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/pdf")
			w.Header().Set("Content-Length", strconv.Itoa(1<<40))
		}, crawler.KindTooBig},
		{"GzipBombIsRefused", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			for range 400 {
				fmt.Fprint(z, big)
			}
			z.Close()
		}, crawler.KindTooBig},
		{"ShorterThanAnnouncedIsRefused", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/pdf")
			w.Header().Set("Content-Length", "1000")
			fmt.Fprint(w, "%PDF-1.7 coupé")
		}, crawler.KindBroken},
		{"CutGzipIsRefused", func(w http.ResponseWriter, _ *http.Request) {
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			fmt.Fprint(z, page("a"))
			z.Close()
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(b.Bytes()[:b.Len()-20]) //nolint:errcheck // the client's view counts
		}, crawler.KindBroken},
		{"UnaskedEncodingIsRefused", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "br")
			fmt.Fprint(w, "\x0b\x02\x80abc\x03")
		}, crawler.KindBroken},
		{"VideoIsRefusedUnread", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "video/mp4")
		}, crawler.KindType},
		{"EmptyIsNotContent", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
		}, crawler.KindNotContent},
		{"NotFoundThatSays200IsNotContent", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "<html><title>Page non trouvée | Région</title><body><h1>Page non trouvée</h1></body></html>")
		}, crawler.KindNotContent},
		{"WallAgainstRobotsIsNotContent", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "<html><title>Request Rejected</title><body>The requested URL was rejected. Your support ID is: 123</body></html>")
		}, crawler.KindNotContent},
		{"CaptchaIsNotContent", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "<html><title>Just a moment...</title><body>Enable JavaScript and cookies to continue</body></html>")
		}, crawler.KindNotContent},
		{"CookieWallIsNotContent", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "<html><title>Procès-verbal</title><body>Acceptez les cookies pour accéder à ce site.</body></html>")
		}, crawler.KindNotContent},
		{"PageMadeByScriptsIsNotContent", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `<html><head><title>Délibérations</title></head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div><script src="/m.js"></script></body></html>`)
		}, crawler.KindNotContent},
		{"MaintenanceIsNotContent", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "<html><title>Site en maintenance</title><body>De retour bientôt</body></html>")
		}, crawler.KindNotContent},
		{"LoopOfRedirectsEnds", http.RedirectHandler("/a", http.StatusFound).ServeHTTP, crawler.KindLoop},
		{"ForbiddenIsTold", status(http.StatusForbidden), crawler.KindStatus},
		{"DeadLinkIsTold", status(http.StatusNotFound), crawler.KindMissing},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, m, k := newClock(), newMemory(), newKept()
			s := newSite(t, c, map[string]string{"/": listing("/a", "/b"), "/b": page("b")})
			s.answer("/a", tt.answer)
			v := visitor(m, c)
			v.MaxBody = 512 << 10
			report := mustCrawl(t, v, s.source(crawler.FormListing, "/"), k)
			if got := kinds(report.Problems, s.base)["/a"]; got != tt.want {
				t.Errorf("problem is %q, want %q (%v)", got, tt.want, report.Problems)
			}
			if got := k.addresses(s.base); !slices.Equal(got, []string{"/b"}) {
				t.Errorf("kept %v, want the other document alone", got)
			}
			for _, p := range report.Problems {
				if p.Sentence == "" || strings.Contains(p.Sentence, "%!") || !strings.Contains(p.Sentence, ":") {
					t.Errorf("sentence %q", p.Sentence)
				}
			}
			s.forget()
			if again := mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k); kinds(again.Problems, s.base)["/a"] != "" {
				t.Errorf("told again: %v", again.Problems)
			}
		})
	}
}

func TestArticleAboutCaptchasIsContent(t *testing.T) {
	c, k := newClock(), newKept()
	s := newSite(t, c, map[string]string{"/": listing("/a"), "/a": strings.Replace(page("Le captcha du site régional est supprimé."), "Procès-verbal", "Fin du captcha", 1)})
	if report := mustCrawl(t, visitor(newMemory(), c), s.source(crawler.FormListing, "/"), k); report.New != 1 {
		t.Errorf("%d new: %v", report.New, report.Problems)
	}
}

// TestVideoThatWantsCookiesIsContent holds that the note of an embedded player walls nothing.
func TestVideoThatWantsCookiesIsContent(t *testing.T) {
	c, k := newClock(), newKept()
	s := newSite(t, c, map[string]string{"/": listing("/a"), "/a": "<html><title>Séance du 9 octobre</title><body><p>Acceptez les cookies pour consulter cette vidéo.</p><p>Ordre du jour : budget.</p></body></html>"})
	if report := mustCrawl(t, visitor(newMemory(), c), s.source(crawler.FormListing, "/"), k); report.New != 1 {
		t.Errorf("%d new: %v", report.New, report.Problems)
	}
}

// TestBytesAreKeptAsServed holds that nothing recodes what is evidence.
func TestBytesAreKeptAsServed(t *testing.T) {
	latin, err := charmap.Windows1252.NewEncoder().String(strings.Replace(page("La présidente : « été »"), "<head>", `<head><meta charset="windows-1252">`, 1))
	if err != nil {
		t.Fatal(err)
	}
	for name, served := range map[string]string{"ByHeader": "text/html; charset=windows-1252", "ByMeta": "text/html", "HeaderLies": "text/html; charset=utf-8"} {
		t.Run(name, func(t *testing.T) {
			c, k := newClock(), newKept()
			links, err := charmap.Windows1252.NewEncoder().String(listing("/a"))
			if err != nil {
				t.Fatal(err)
			}
			s := newSite(t, c, map[string]string{})
			for path, text := range map[string]string{"/": links, "/a": latin} {
				s.answer(path, func(w http.ResponseWriter, _ *http.Request) {
					w.Header().Set("Content-Type", served)
					fmt.Fprint(w, text)
				})
			}
			mustCrawl(t, visitor(newMemory(), c), s.source(crawler.FormListing, "/"), k)
			got := k.snaps[s.base+"/a"]
			if len(got) != 1 || string(got[0].Content) != latin {
				t.Errorf("bytes differ from those served")
			}
			if title := k.docs[s.base+"/a"].Title; title != "Procès-verbal /a" {
				t.Errorf("title %q", title)
			}
		})
	}
}

func TestMissingDocuments(t *testing.T) {
	c, m, k := newClock(), newMemory(), newKept()
	s := newSite(t, c, map[string]string{"/": listing("/a"), "/a": page("a")})
	crawl := func() crawler.Report {
		c.pass(24 * time.Hour)
		return mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k)
	}
	crawl()
	s.drop("/a")
	for i := range 2 {
		if report := crawl(); len(report.Problems) != 0 {
			t.Errorf("told after %d answers 404: %v", i+1, report.Problems)
		}
	}
	if report := crawl(); kinds(report.Problems, s.base)["/a"] != crawler.KindGone {
		t.Errorf("third 404 in a row: %v", report.Problems)
	}
	if m.pages[s.base+"/a"].Gone.IsZero() {
		t.Error("the archive does not know that it is gone")
	}
	if report := crawl(); len(report.Problems) != 0 || len(report.Standing) != 1 {
		t.Errorf("told twice: %v, %v", report.Problems, report.Standing)
	}
	s.put("/a", page("a"))
	if report := crawl(); len(report.Mended) != 1 || !m.pages[s.base+"/a"].Gone.IsZero() {
		t.Errorf("back again: %v, gone %s", report.Mended, m.pages[s.base+"/a"].Gone)
	}
	if n := len(k.snaps[s.base+"/a"]); n != 1 {
		t.Errorf("%d versions kept, want 1", n)
	}
}

// TestResume kills a run after each number of documents, and holds that the next ones go on
// without asking again for what was kept.
func TestResume(t *testing.T) {
	const documents = 160 // more than 119 and what waits for the keeper, so that no run ends before it is killed
	for _, killAt := range []int{1, 49, 50, 51, 119} {
		t.Run("KilledAfter"+strconv.Itoa(killAt), func(t *testing.T) {
			c, m, k := newClock(), newMemory(), newKept()
			pages := map[string]string{}
			var links []string
			for i := range documents {
				path := fmt.Sprintf("/pv-%03d", i)
				links = append(links, path)
				pages[path] = page(path)
			}
			pages["/"] = listing(links...)
			s := newSite(t, c, pages)
			ctx, kill := context.WithCancel(t.Context())
			n := 0
			_, err := visitor(m, c).Crawl(ctx, s.source(crawler.FormListing, "/"), func(ctx context.Context, d document.Document, charset string, snap document.Snapshot) (bool, bool, error) {
				if n++; n == killAt {
					kill()
				}
				return k.sink(ctx, d, charset, snap)
			})
			if !errors.Is(err, context.Canceled) {
				t.Fatalf("got %v, want context.Canceled", err)
			}
			// The listing is not there any more: only what was found before leads on.
			s.put("/", listing())
			before := s.bodies
			report := mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k)
			if len(k.docs) != documents || report.Pending != 0 {
				t.Errorf("%d documents, %d pending", len(k.docs), report.Pending)
			}
			// The one that was on its way when the run was killed may be asked for again.
			if again := s.bodies - before - 1 - (documents - killAt); again > 1 {
				t.Errorf("%d documents were transferred twice", again)
			}
		})
	}
}

func TestBudgetSpansRuns(t *testing.T) {
	c, m, k := newClock(), newMemory(), newKept()
	pages := map[string]string{}
	var links []string
	for i := range 25 {
		path := fmt.Sprintf("/pv-%02d", i)
		links = append(links, path)
		pages[path] = page(path)
	}
	pages["/"] = listing(links...)
	s := newSite(t, c, pages)
	v := visitor(m, c)
	v.Budget = 12
	src := s.source(crawler.FormListing, "/")
	first := mustCrawl(t, v, src, k)
	if first.Requests != 12 || first.New != 10 || first.Pending != 15 || !first.First || kinds(first.Problems, s.base)["/"] != crawler.KindBudget {
		t.Errorf("first run: %+v", first)
	}
	second := mustCrawl(t, v, src, k)
	if second.New != 11 || !second.First {
		t.Errorf("second run: %d new, import %v", second.New, second.First)
	}
	third := mustCrawl(t, v, src, k)
	if third.New != 4 || !third.First || len(k.docs) != 25 {
		t.Errorf("third run: %d new, import %v, %d documents", third.New, third.First, len(k.docs))
	}
	s.put("/", listing(append([]string{"/nouveau"}, links...)...))
	s.put("/nouveau", page("nouveau"))
	if fourth := mustCrawl(t, v, src, k); fourth.New != 1 || fourth.First {
		t.Errorf("after the import: %d new, import %v", fourth.New, fourth.First)
	}
}

func TestRunEndsWhenNothingCanBeKept(t *testing.T) {
	c := newClock()
	pages, links := map[string]string{}, []string{}
	for i := range 40 {
		links = append(links, fmt.Sprintf("/pv-%d", i))
		pages[links[i]] = page(links[i])
	}
	pages["/"] = listing(links...)
	s := newSite(t, c, pages)
	full := errors.New("disk full")
	_, err := visitor(newMemory(), c).Crawl(t.Context(), s.source(crawler.FormListing, "/"), func(context.Context, document.Document, string, document.Snapshot) (bool, bool, error) {
		return false, false, full
	})
	if !errors.Is(err, full) {
		t.Errorf("sink: got %v", err)
	}
	// While one document is kept the next is fetched, and a few may wait.
	if got := s.paths(); len(got) > 8 {
		t.Errorf("asked %v after the disk was full", got)
	}
	m := newMemory()
	m.broken = full
	if _, err := visitor(m, c).Crawl(t.Context(), s.source(crawler.FormListing, "/"), newKept().sink); !errors.Is(err, full) {
		t.Errorf("archive: got %v", err)
	}
}

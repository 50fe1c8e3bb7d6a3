package crawler_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"contredit/crawler"
)

// Two blocks of links on one index: an operator corrects the selector, or two sources share it.
const twoBlocks = `<!doctype html><html><body><main><ul class="pv"><li><a href="/pv-1">Procès-verbal du comité</a></li></ul>
<ul class="cr"><li><a href="/cr-1">Compte rendu de la commission</a></li></ul></main></body></html>`

func TestCorrectedSourceLooksAgain(t *testing.T) {
	c, m, k := newClock(), newMemory(), newKept()
	s := newSite(t, c, map[string]string{"/": twoBlocks, "/pv-1": page("pv"), "/cr-1": page("cr")})
	source := s.source(crawler.FormListing, "/")
	source.Link = ".pv a"
	mustCrawl(t, visitor(m, c), source, k)
	if _, early := k.docs[s.base+"/cr-1"]; early {
		t.Fatal("the first selector caught the second list")
	}
	c.pass(24 * time.Hour)
	source.Link = ".cr a"
	mustCrawl(t, visitor(m, c), source, k)
	if _, ok := k.docs[s.base+"/cr-1"]; !ok {
		t.Error("a corrected selector saw nothing: the listing had answered « unchanged »")
	}
	c.pass(24 * time.Hour)
	s.forget()
	if mustCrawl(t, visitor(m, c), source, k); s.bodies != 0 {
		t.Errorf("%d bodies in a run over what did not change", s.bodies)
	}
}

func TestSourcesShareAListing(t *testing.T) {
	c, m, k := newClock(), newMemory(), newKept()
	s := newSite(t, c, map[string]string{"/": twoBlocks, "/pv-1": page("pv"), "/cr-1": page("cr")})
	first, second := s.source(crawler.FormListing, "/"), s.source(crawler.FormListing, "/")
	first.Name, first.Link, second.Name, second.Link = "pv", ".pv a", "cr", ".cr a"
	both := func() {
		mustCrawl(t, visitor(m, c), first, k)
		mustCrawl(t, visitor(m, c), second, k)
		c.pass(24 * time.Hour)
	}
	both()
	if k.docs[s.base+"/pv-1"].Source != "pv" || k.docs[s.base+"/cr-1"].Source != "cr" {
		t.Errorf("each source has its own documents of the page: %v", k.docs)
	}
	s.forget()
	if both(); s.bodies != 0 {
		t.Errorf("%d bodies in a second run of both", s.bodies)
	}
}

func TestDocumentThatSendsToItsListingIsMissing(t *testing.T) {
	for name, to := range map[string]string{"Listing": "/liste", "Home": "/"} {
		t.Run(name, func(t *testing.T) {
			c, m, k := newClock(), newMemory(), newKept()
			s := newSite(t, c, map[string]string{"/": page("accueil"), "/liste": listing("/a", "/b"), "/a": page("a"), "/b": page("b")})
			crawl := func() crawler.Report {
				c.pass(24 * time.Hour)
				return mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/liste"), k)
			}
			crawl()
			s.answer("/a", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) })
			crawl()
			crawl()
			if report := crawl(); kinds(report.Problems, s.base)["/a"] != crawler.KindGone {
				t.Errorf("after three redirects: %v", report.Problems)
			}
			if n := len(k.snaps[s.base+"/a"]); n != 1 {
				t.Errorf("%d versions of the document, want the one that it had", n)
			}
		})
	}
}

func TestGoneTakesTime(t *testing.T) {
	c, m, k := newClock(), newMemory(), newKept()
	s := newSite(t, c, map[string]string{"/": listing("/a"), "/a": page("a")})
	mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k)
	s.drop("/a")
	for range 8 {
		c.pass(20 * time.Minute)
		if report := mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k); len(report.Problems) != 0 {
			t.Fatalf("said to be gone within three hours: %v", report.Problems)
		}
	}
	c.pass(6 * time.Hour)
	mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k)
	c.pass(6 * time.Hour)
	if report := mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k); kinds(report.Problems, s.base)["/a"] != crawler.KindGone {
		t.Errorf("after three misses, six hours apart each: %v", report.Problems)
	}
}

func TestRobotsAskForTime(t *testing.T) {
	c := newClock()
	for name, value := range map[string]string{"Seconds": "7200", "Date": c.now().Add(2 * time.Hour).UTC().Format(http.TimeFormat)} {
		t.Run(name, func(t *testing.T) {
			c, m := newClock(), newMemory()
			s := newSite(t, c, map[string]string{"/": listing("/a"), "/a": page("a")})
			s.answer("/robots.txt", status(http.StatusServiceUnavailable, "Retry-After", value))
			for range 10 { // each run is another program that knows only the archive
				mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), newKept())
				c.pass(11 * time.Minute)
			}
			if n := len(s.asked); n != 1 {
				t.Errorf("asked %d times in the two hours that robots.txt asked for", n)
			}
			s.answer("/robots.txt", nil)
			c.pass(time.Hour)
			if report := mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), newKept()); report.New != 1 {
				t.Errorf("%d new afterwards, want 1: %v", report.New, report.Problems)
			}
		})
	}
}

func TestPlainVideoLacksItsTranscript(t *testing.T) {
	for name, player := range map[string]string{
		"Video":  `<video controls src="/v/1.mp4"></video>`,
		"Source": `<video><source src="/v/1.webm"><source src="/v/1.mp4"></video>`,
		"Audio":  `<audio src="/v/1.mp3"></audio>`,
		"Two":    `<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe><iframe src="https://www.youtube.com/embed/abcdefghijl"></iframe>`,
	} {
		t.Run(name, func(t *testing.T) {
			c, k := newClock(), newKept()
			s := newSite(t, c, map[string]string{"/": listing("/seance"), "/seance": strings.Replace(page("séance"), "<main>", "<main>"+player, 1)})
			report := mustCrawl(t, visitor(newMemory(), c), s.source(crawler.FormVideo, "/"), k)
			if kinds(report.Problems, s.base)["/seance"] != crawler.KindNoCaptions {
				t.Errorf("nobody is told that the transcript is missing: %v", report.Problems)
			}
		})
	}
	t.Run("CaptionsOfAPlainVideo", func(t *testing.T) {
		c, k := newClock(), newKept()
		s := newSite(t, c, map[string]string{"/": listing("/seance"), "/v/1.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nBonjour\n",
			"/seance": strings.Replace(page("séance"), "<main>", `<main><video src="/v/1.mp4"><track src="/v/1.vtt"></video>`, 1)})
		mustCrawl(t, visitor(newMemory(), c), s.source(crawler.FormVideo, "/"), k)
		if got := k.docs[s.base+"/v/1.vtt"].VideoURL; got != s.base+"/v/1.mp4" {
			t.Errorf("the captions belong to %q", got)
		}
	})
}

func TestRedirectToAPrivateAddressSaysSo(t *testing.T) {
	c := newClock()
	s := newSite(t, c, map[string]string{"/": listing("/a")})
	s.answer("/a", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://192.168.1.1/a", http.StatusFound)
	})
	report := mustCrawl(t, visitor(newMemory(), c), s.source(crawler.FormListing, "/"), newKept())
	if kinds(report.Problems, s.base)["/a"] != crawler.KindAddress {
		t.Errorf("the advice is about another site: %v", report.Problems)
	}
}

func TestTryProposesWhatCatchesEveryRow(t *testing.T) {
	c := newClock()
	var b strings.Builder
	b.WriteString(`<!doctype html><html><body><main><table>`)
	pages := map[string]string{}
	for i := range 8 {
		fmt.Fprintf(&b, `<tr class="%s row-%d acte"><td><a href="/d-%d">Délibération numéro %d du conseil</a></td></tr>`, []string{"pair", "impair"}[i%2], i, i, i)
		pages[fmt.Sprintf("/d-%d", i)] = page("texte")
	}
	pages["/"] = b.String() + `</table></main></body></html>`
	s := newSite(t, c, pages)
	got, err := visitor(newMemory(), c).Try(t.Context(), s.base+"/", "")
	if err != nil || got.Selector != ".acte a" || len(got.Links) != 8 {
		t.Errorf("proposes %q, which catches %d of 8 (%v)", got.Selector, len(got.Links), err)
	}
}

func TestDropFolderWaitsForTheFileOfAProvenance(t *testing.T) {
	folder := dropped(t, map[string]string{"pv.txt.toml": "title = \"PV\"\n"})
	c, m, k := newClock(), newMemory(), newKept()
	at := func(age time.Duration) {
		if err := os.Chtimes(filepath.Join(folder, "pv.txt.toml"), c.now().Add(-age), c.now().Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	at(time.Minute)
	if report := mustCrawl(t, visitor(m, c), dropSource(folder), k); len(report.Problems) != 0 || report.Pending != 1 || !exists(folder, "pv.txt.toml") {
		t.Fatalf("a provenance that came first: %v, %d pending", report.Problems, report.Pending)
	}
	if err := os.WriteFile(filepath.Join(folder, "pv.txt"), []byte("Procès-verbal."), 0o600); err != nil {
		t.Fatal(err)
	}
	mustCrawl(t, visitor(m, c), dropSource(folder), k)
	if len(k.docs) != 1 || !exists(folder, crawler.DoneFolder, "pv.txt.toml") {
		t.Errorf("with its file: %v", k.docs)
	}
	if err := os.WriteFile(filepath.Join(folder, "seul.pdf.toml"), []byte("title = \"PV\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(filepath.Join(folder, "seul.pdf.toml"), c.now().Add(-2*time.Hour), c.now().Add(-2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	report := mustCrawl(t, visitor(m, c), dropSource(folder), k)
	if len(report.Problems) != 1 || !strings.Contains(report.Problems[0].Sentence, "seul.pdf") || !exists(folder, crawler.RefusedFolder, "seul.pdf.toml") {
		t.Errorf("a provenance whose file never came: %v", report.Problems)
	}
}

func TestDropFolderReadsSubfolders(t *testing.T) {
	folder := dropped(t, nil)
	if err := os.MkdirAll(filepath.Join(folder, "2026", ".cache"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"2026/pv.txt": "Procès-verbal.", "2026/pv.txt.toml": "date = \"2026-03-12\"\n", "2026/.cache/x.txt": "caché"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c, m, k := newClock(), newMemory(), newKept()
	report := mustCrawl(t, visitor(m, c), dropSource(folder), k)
	if report.New != 1 || len(report.Problems) != 0 || !exists(folder, crawler.DoneFolder, "2026", "pv.txt") || !exists(folder, crawler.DoneFolder, "2026", "pv.txt.toml") {
		t.Errorf("%d new, %v", report.New, report.Problems)
	}
	for _, d := range k.docs {
		if d.Date != "2026-03-12" {
			t.Errorf("the provenance beside it was not taken: %+v", d)
		}
	}
	if again := mustCrawl(t, visitor(m, c), dropSource(folder), k); again.Found != 0 {
		t.Errorf("what was read is found again: %d", again.Found)
	}
}

func TestLongCrawlDelayStarvesNobody(t *testing.T) {
	c, m, k := newClock(), newMemory(), newKept()
	pages := map[string]string{"/robots.txt": "User-agent: *\nCrawl-delay: 60\n"}
	var links []string
	for i := range 40 {
		links = append(links, fmt.Sprintf("/d-%d", i))
		pages[links[i]] = page("texte")
	}
	pages["/"] = listing(links...)
	s := newSite(t, c, pages)
	for range 3 {
		mustCrawl(t, visitor(m, c), s.source(crawler.FormListing, "/"), k)
		c.pass(24 * time.Hour)
	}
	if len(k.docs) != 40 {
		t.Errorf("%d of 40 documents after three runs", len(k.docs))
	}
	for i := 1; i < len(s.asked); i++ {
		if gap := s.asked[i].at.Sub(s.asked[i-1].at); gap < time.Minute && s.asked[i-1].path != "/robots.txt" {
			t.Errorf("%s was asked %s after %s", s.asked[i].path, gap, s.asked[i-1].path)
		}
	}
}

func TestPagesThatSendOnEnd(t *testing.T) {
	refresh := func(to string) string {
		return `<!doctype html><html><head><meta http-equiv="refresh" content="0; url=` + to + `"></head><body></body></html>`
	}
	for name, pages := range map[string]map[string]string{
		"Chain": {}, "Loop": {"/": refresh("/b"), "/b": refresh("/")},
	} {
		t.Run(name, func(t *testing.T) {
			c := newClock()
			if name == "Chain" {
				pages["/"] = refresh("/1")
				for i := 1; i < 60; i++ {
					pages[fmt.Sprintf("/%d", i)] = refresh(fmt.Sprintf("/%d", i+1))
				}
			}
			s := newSite(t, c, pages)
			report := mustCrawl(t, visitor(newMemory(), c), s.source(crawler.FormListing, "/"), newKept())
			found := false
			for _, p := range report.Problems {
				found = found || p.Kind == crawler.KindLoop
			}
			if n := len(s.paths()); !found || n > 12 {
				t.Errorf("%d requests, problems %v", n, report.Problems)
			}
		})
	}
}

func TestMissingPageWithALongMenu(t *testing.T) {
	c, k := newClock(), newKept()
	menu := strings.Repeat(`<li><a href="/rubrique">Une rubrique du site de la ville</a></li>`, 60)
	s := newSite(t, c, map[string]string{"/": listing("/a"), "/a": `<!doctype html><html><head><title>Erreur 404 – Ville</title></head><body><ul>` + menu + `</ul><p>Page introuvable</p></body></html>`})
	report := mustCrawl(t, visitor(newMemory(), c), s.source(crawler.FormListing, "/"), k)
	if len(k.docs) != 0 || kinds(report.Problems, s.base)["/a"] != crawler.KindNotContent {
		t.Errorf("kept %d documents, %v", len(k.docs), report.Problems)
	}
}

func TestFirstRunThatFindsNothingIsAnAlarm(t *testing.T) {
	c, m := newClock(), newMemory()
	s := newSite(t, c, map[string]string{"/": listing("/a"), "/a": page("a")})
	source := s.source(crawler.FormListing, "/")
	source.Link = ".absent a"
	mustCrawl(t, visitor(m, c), source, newKept())
	h, err := m.Health(t.Context(), source.Name)
	if err != nil || len(h.Alarms) != 1 || !strings.Contains(h.Alarms[0].Sentence, "ne montre aucun lien") {
		t.Errorf("alarms %v (%v)", h.Alarms, err)
	}
}

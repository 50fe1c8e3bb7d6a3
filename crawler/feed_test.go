package crawler_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"contredit/crawler"
)

func mustURL(t testing.TB, address string) *url.URL {
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

const spipFeed = `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel xml:lang="fr"><title>Section</title><link>https://section.example/</link>
<item xml:lang="fr"><title>Ardoise : le CST dit non</title><link>https://section.example/spip.php?article25</link>
<guid isPermaLink="true">https://section.example/spip.php?article25</guid><dc:date>2025-11-12T10:00:00Z</dc:date><dc:format>text/html</dc:format>
<description>&lt;p&gt;Le CST&lt;/p&gt;</description></item>
<item><title>Sans lien</title><guid isPermaLink="true">https://section.example/spip.php?article24</guid><pubDate>mercredi 5 novembre 2025</pubDate></item>
<item><title>Tract</title><link>/spip.php?article23</link><enclosure url="https://section.example/IMG/pdf/tract.pdf" type="application/pdf" length="1"/>
<enclosure url="https://section.example/IMG/photo.jpg" type="image/jpeg" length="1"/></item>
</channel></rss>`

func TestFeeds(t *testing.T) {
	base := mustURL(t, "https://section.example/spip.php?page=backend")
	tests := []struct {
		name, text string
		want       []string
	}{
		{"SpipBackend", spipFeed, []string{
			"https://section.example/spip.php?article25 2025-11-12 Ardoise : le CST dit non",
			"https://section.example/spip.php?article24 2025-11-05 Sans lien",
			"https://section.example/spip.php?article23  Tract",
			"https://section.example/IMG/pdf/tract.pdf  Tract",
		}},
		{"BlankLinesBefore", "\n\n" + spipFeed[:strings.Index(spipFeed, "<item><title>Sans")] + "</channel></rss>", []string{
			"https://section.example/spip.php?article25 2025-11-12 Ardoise : le CST dit non",
		}},
		{"Atom", `<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title type="html">Un &lt;b&gt;titre&lt;/b&gt;</title>
<link rel="alternate" href="/a?utm_source=atom"/><updated>2025-10-01T12:00:00+02:00</updated></entry></feed>`, []string{
			"https://section.example/a 2025-10-01 Un titre",
		}},
		{"OneBadItemDoesNotLoseTheOthers", `<rss version="2.0"><channel><title>x</title>
<item><title>A</title><link>/a</link></item>
<item><title>B & <b>gras</title><link>/b</b></item>
<item><title>C</title><link>/c</link></item></channel></rss>`, []string{
			"https://section.example/a  A", "https://section.example/b  B & gras", "https://section.example/c  C",
		}},
		{"CutFeedGivesWhatCame", spipFeed[:strings.Index(spipFeed, "<item><title>Tract")+30], []string{
			"https://section.example/spip.php?article25 2025-11-12 Ardoise : le CST dit non",
			"https://section.example/spip.php?article24 2025-11-05 Sans lien",
		}},
		{"ForeignSchemesAreLeftOut", `<rss version="2.0"><channel><title>x</title><item><title>A</title><link>javascript:alert(1)</link></item>
<item><title>B</title><link>file:///etc/passwd</link></item></channel></rss>`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			links, err := crawler.ReadFeed([]byte(tt.text), "application/xml", base)
			var got []string
			for _, l := range links {
				got = append(got, l.URL+" "+l.Date+" "+l.Title)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, %v; want %q", got, err, tt.want)
			}
		})
	}
	if _, err := crawler.ReadFeed([]byte(page("pas un flux")), "text/html", base); err == nil {
		t.Error("a page was taken for a feed")
	}
}

// TestBillionLaughs holds that entities that multiply are neither expanded nor fatal.
func TestBillionLaughs(t *testing.T) {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">`)
	for i := 1; i < 12; i++ {
		fmt.Fprintf(&b, `<!ENTITY l%d "%s">`, i, strings.Repeat(fmt.Sprintf("&l%d;", i-1), 10))
	}
	b.WriteString(`]><rss version="2.0"><channel><title>&l11;</title><item><title>&l11;</title><link>/a</link></item></channel></rss>`)
	links, err := crawler.ReadFeed([]byte(b.String()), "application/xml", mustURL(t, "https://section.example/"))
	for _, l := range links {
		if len(l.Title) > 1000 {
			t.Errorf("a title of %d bytes", len(l.Title))
		}
	}
	t.Logf("%d links, %v", len(links), err)
	if _, err := crawler.ReadSitemap([]byte(strings.ReplaceAll(b.String(), "rss", "urlset")), mustURL(t, "https://section.example/")); err == nil {
		t.Log("read as a sitemap without entities")
	}
}

func TestSitemaps(t *testing.T) {
	base := mustURL(t, "https://region.example/sitemap.xml")
	const head = `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">`
	zip := func(text string) string {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		fmt.Fprint(z, text)
		z.Close()
		return b.String()
	}
	const plain = head + `<url><loc>
 https://region.example/a </loc><lastmod>2025-01-01</lastmod><image:image><image:loc>https://region.example/i.png</image:loc></image:image></url><url><loc>/b</loc></url></urlset>`
	tests := []struct {
		name, text string
		want       []string
		fails      bool
	}{
		{"Plain", plain, []string{"https://region.example/a 2025-01-01", "https://region.example/b "}, false},
		{"Gzip", zip(plain), []string{"https://region.example/a 2025-01-01", "https://region.example/b "}, false},
		{"Index", `<sitemapindex><sitemap><loc>/s1.xml.gz</loc><lastmod>2025-02-02</lastmod></sitemap></sitemapindex>`, []string{"https://region.example/s1.xml.gz 2025-02-02 listing"}, false},
		{"Text", "https://region.example/a\nhttps://region.example/b\n", []string{"https://region.example/a ", "https://region.example/b "}, false},
		{"CutGivesWhatCame", plain[:len(plain)-20], []string{"https://region.example/a 2025-01-01"}, true},
		{"PageIsNone", page("x"), nil, true},
		{"CutGzip", zip(plain)[:40], nil, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			links, err := crawler.ReadSitemap([]byte(tt.text), base)
			var got []string
			for _, l := range links {
				line := l.URL + " " + l.Modified
				if l.Listing {
					line += " listing"
				}
				got = append(got, line)
			}
			if !slices.Equal(got, tt.want) || (err != nil) != tt.fails {
				t.Errorf("got %q, %v; want %q", got, err, tt.want)
			}
		})
	}
	if _, err := crawler.ReadSitemap([]byte(zip(strings.Repeat(" ", 51<<20))), base); err == nil {
		t.Error("a gzip bomb was taken for a sitemap")
	}
}

func TestSitemapIndexIsFollowed(t *testing.T) {
	c, k := newClock(), newKept()
	s := newSite(t, c, map[string]string{
		"/sitemap.xml": `<sitemapindex><sitemap><loc>/s1.xml</loc></sitemap><sitemap><loc>/sitemap.xml</loc></sitemap><sitemap><loc>/absent.xml</loc></sitemap></sitemapindex>`,
		"/s1.xml":      `<urlset><url><loc>/a</loc></url><url><loc>/brouillon</loc></url><url><loc>https://ailleurs.example/x</loc></url></urlset>`,
		"/a":           page("a"),
	})
	src := s.source(crawler.FormSitemap, "/sitemap.xml")
	src.Exclude = []string{"brouillon"}
	report := mustCrawl(t, visitor(newMemory(), c), src, k)
	if got := k.addresses(s.base); !slices.Equal(got, []string{"/a"}) {
		t.Errorf("kept %v", got)
	}
	if got := kinds(report.Problems, s.base); len(got) != 1 || got["/absent.xml"] != crawler.KindMissing {
		t.Errorf("problems %v", report.Problems)
	}
}

// TestTortureFeeds reads every feed of the shared collections: links or a reason, no panic.
func TestTortureFeeds(t *testing.T) {
	root := filepath.Join("..", "..", "shared", "data", "torture", "feeds")
	if _, err := os.Stat(root); err != nil {
		t.Skipf("the shared feeds are not here: %v", err)
	}
	base := mustURL(t, "https://section.example/")
	var read, salvaged, refused int
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		links, err := crawler.ReadFeed(content, "", base)
		switch {
		case err == nil:
			read++
		case len(links) > 0:
			salvaged++
		default:
			refused++
			if err.Error() == "" {
				t.Errorf("%s: refused without a reason", path)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d read, %d read item by item, %d refused with a reason", read, salvaged, refused)
}

// TestTortureCharsets decodes every page of the shared collection: text or a reason.
func TestTortureCharsets(t *testing.T) {
	root := filepath.Join("..", "..", "shared", "data", "torture", "charset")
	if _, err := os.Stat(root); err != nil {
		t.Skipf("the shared pages are not here: %v", err)
	}
	var read, refused int
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if text, err := crawler.DecodePage("text/html", "", content); err != nil {
			refused++
			t.Logf("%s: %v", filepath.Base(path), err)
		} else if read++; len(text) == 0 && len(content) > 0 {
			t.Errorf("%s: decoded to nothing", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d decoded, %d refused with a reason", read, refused)
}

func FuzzReadFeed(f *testing.F) {
	f.Add([]byte(spipFeed))
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/a"/></entry></feed>`))
	f.Add([]byte(`<rss><channel><item><link>/a</item></channel>`))
	base := mustURL(f, "https://section.example/")
	f.Fuzz(func(t *testing.T, content []byte) {
		links, _ := crawler.ReadFeed(content, "", base)
		checkLinks(t, links)
	})
}

func FuzzReadSitemap(f *testing.F) {
	f.Add([]byte(`<urlset><url><loc>/a</loc><lastmod>x</lastmod></url></urlset>`))
	f.Add([]byte("https://region.example/a\n"))
	f.Add([]byte("\x1f\x8b\x08\x00"))
	base := mustURL(f, "https://section.example/")
	f.Fuzz(func(t *testing.T, content []byte) {
		links, _ := crawler.ReadSitemap(content, base)
		checkLinks(t, links)
	})
}

// checkLinks holds that whatever the bytes, only canonical web addresses come out.
func checkLinks(t *testing.T, links []crawler.Link) {
	for _, l := range links {
		if again, err := crawler.Canonical(l.URL); err != nil || again != l.URL {
			t.Errorf("link %q is not canonical: %q, %v", l.URL, again, err)
		}
	}
}

// TestFeedOfDeepElementsIsRefused: gofeed recurses, and an exhausted stack would end the daemon.
func TestFeedOfDeepElementsIsRefused(t *testing.T) {
	base := mustURL(t, "https://section.example/")
	for name, head := range map[string]string{
		"rss":  `<rss xmlns:x="u"><channel><item><link>/a</link>`,
		"atom": `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:x="u"><entry><link href="/a"/>`,
	} {
		for _, tail := range []string{"", "</item></channel></rss>"} {
			content := head + strings.Repeat("<x:a>", 2_500_000) + tail
			if links, err := crawler.ReadFeed([]byte(content), "application/xml", base); err == nil {
				t.Errorf("%s: %d links and no error", name, len(links))
			}
		}
	}
}

// TestHostileSitemaps: an address in a million pieces took hours, elements in each other 1.3 GB.
func TestHostileSitemaps(t *testing.T) {
	base := mustURL(t, "https://region.example/")
	const good = `<urlset><url><loc>/a</loc></url>`
	pieces := good + `<url><loc>` + strings.Repeat("a<!---->", 5_000_000) + `</loc></url><url><loc>/b</loc></url></urlset>`
	links, err := crawler.ReadSitemap([]byte(pieces), base)
	if len(links) != 2 || err != nil {
		t.Errorf("%d links, %v beside an address in pieces, want 2", len(links), err)
	}
	links, err = crawler.ReadSitemap([]byte(good+strings.Repeat("<a>", 1000)), base)
	if len(links) != 1 || err == nil || !strings.Contains(err.Error(), "imbriqués") {
		t.Errorf("%d links, %v of elements in each other", len(links), err)
	}
}

// TestMalformedFeedOfManyNamespaces: each item was read behind all of the feed's namespaces, and
// a feed of 20 MB took days.
func TestMalformedFeedOfManyNamespaces(t *testing.T) {
	var b strings.Builder
	b.WriteString("<rss")
	for i := range 40_000 {
		fmt.Fprintf(&b, ` xmlns:a%d="u"`, i)
	}
	b.WriteString("><channel>" + strings.Repeat("<item><link>/a</link></item>", 2_000) + "</x>")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	links, err := crawler.ReadFeed([]byte(b.String()), "application/xml", mustURL(t, "https://section.example/"))
	runtime.ReadMemStats(&after)
	if len(links) != 1 {
		t.Errorf("%d links, %v", len(links), err)
	}
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 500 {
		t.Errorf("%d MB went through memory for %d kB", used, b.Len()>>10)
	}
}

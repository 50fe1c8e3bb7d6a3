package crawler_test

import (
	"fmt"
	"strings"
	"testing"

	"contredit/crawler"
)

// drupalList is a list of releases such as Drupal's views make them.
func drupalList(n int) string {
	var b strings.Builder
	b.WriteString(`<!doctype html><html><head><title>Presse</title><meta name="Generator" content="Drupal 10"><link rel="alternate" type="application/rss+xml" href="/rss.xml" title="Actualités"></head><body><main>
<p><a href="/aide">Comment s’abonner à la lettre</a></p>`)
	for i := range n {
		fmt.Fprintf(&b, `<div class="views-row"><h2><a href="/cp-%d">Communiqué numéro %d de la Région</a></h2><a href="/theme">Lycées</a></div>`, i, i)
	}
	b.WriteString(`</main></body></html>`)
	return b.String()
}

func TestTry(t *testing.T) {
	c := newClock()
	pages := map[string]string{
		"/robots.txt":  "User-agent: *\nDisallow: /prive\n",
		"/presse":      drupalList(6),
		"/rss.xml":     `<rss version="2.0"><channel><title>x</title><item><title>Un titre</title><link>/cp-1</link></item></channel></rss>`,
		"/sitemap.xml": `<urlset><url><loc>/cp-1</loc></url><url><loc>/cp-2</loc></url></urlset>`,
		"/index.xml":   `<sitemapindex><sitemap><loc>/sitemap.xml</loc></sitemap><sitemap><loc>/autre.xml</loc></sitemap></sitemapindex>`,
		"/vide":        page("rien à suivre"),
	}
	for i := range 6 {
		pages[fmt.Sprintf("/cp-%d", i)] = page(fmt.Sprintf("Communiqué %d", i))
	}
	s := newSite(t, c, pages)
	for name, tt := range map[string]struct {
		path, selector string
		form           crawler.Form
		system, want   string
		links, read    int
	}{
		"ProposesTheTitles":     {"/presse", "", crawler.FormListing, "Drupal", ".views-row h2 a", 6, 3},
		"TakesTheAskedSelector": {"/presse", ".views-row > a", crawler.FormListing, "Drupal", ".views-row > a", 1, 0},
		"Feed":                  {"/rss.xml", "", crawler.FormFeed, "", "", 1, 1},
		"Sitemap":               {"/sitemap.xml", "", crawler.FormSitemap, "", "", 2, 2},
		"SitemapIndex":          {"/index.xml", "", crawler.FormSitemap, "", "", 4, 2},
		"PageWithoutLinks":      {"/vide", "", crawler.FormListing, "", "", 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s.forget()
			got, err := visitor(newMemory(), c).Try(t.Context(), s.base+tt.path, tt.selector)
			if err != nil {
				t.Fatal(err)
			}
			if got.Form != tt.form || got.System != tt.system || got.Selector != tt.want || len(got.Links) != tt.links || len(got.Documents) != tt.read {
				t.Errorf("got form %s, system %q, selector %q, %d links, %d documents", got.Form, got.System, got.Selector, len(got.Links), len(got.Documents))
			}
			if n := len(s.asked); n > crawler.TrialRequests || got.Requests > crawler.TrialRequests {
				t.Errorf("%d requests, %d counted; at most %d are polite", n, got.Requests, crawler.TrialRequests)
			}
		})
	}
	s.forget()
	if _, err := visitor(newMemory(), c).Try(t.Context(), s.base+"/prive/x", ""); err == nil || !strings.Contains(err.Error(), "robots") {
		t.Errorf("error = %v, want robots.txt to refuse", err)
	}
	if got := s.paths(); len(got) != 0 {
		t.Errorf("asked %v against robots.txt", got)
	}
}

// TestTryProposesNoClassThatNeedsEscapes: « .@container a » catches nothing.
func TestTryProposesNoClassThatNeedsEscapes(t *testing.T) {
	c := newClock()
	list := strings.ReplaceAll(drupalList(6), `class="views-row"`, `class="@container !flex carte"`)
	s := newSite(t, c, map[string]string{"/": list})
	got, err := visitor(newMemory(), c).Try(t.Context(), s.base+"/", "")
	if err != nil || got.Selector != ".carte h2 a" || len(got.Links) != 6 {
		t.Errorf("selector %q catches %d links, %v", got.Selector, len(got.Links), err)
	}
}

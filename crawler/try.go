package crawler

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/gocolly/colly/v2"

	"contredit/document"
)

// TrialRequests is how many requests a trial sends at the most: robots.txt, the page, and
// three of its documents.
const TrialRequests = 5

// triedDocuments is how many documents of the site a trial fetches.
const triedDocuments = 3

// Trial is what a site was found to be, for somebody who is about to describe it.
type Trial struct {
	Address   string
	System    string // what makes the site: « SPIP », « WordPress »…; "" unknown
	Form      Form   // that the source should have
	Feeds     []Link // feeds that the page announces, which change less often than pages
	Selector  string // of the links, as asked for or proposed; "" for those of the main content
	Links     []Link // that it catches, documents and further pages
	Documents []document.Snapshot
	Problems  []Problem // with robots.txt, the page or a document
	Requests  int
}

// Try looks at an address in at most TrialRequests polite requests and proposes a source.
// selector "" lets it propose one. Nothing is kept. An error means that the address itself
// could not be had; its message is for people.
func (c *Crawler) Try(ctx context.Context, address, selector string) (Trial, error) {
	t := Trial{Address: address, Selector: selector, Form: FormListing}
	if err := c.prepare(); err != nil {
		return t, fmt.Errorf("try %s: %w", address, err)
	}
	start, err := Canonical(address)
	if err != nil {
		return t, fmt.Errorf("try %s: %w", address, err)
	}
	s := Source{Name: address, Form: FormListing, Start: []string{start}, Link: selector, Budget: TrialRequests}
	if err := s.Check(); err != nil {
		return t, err
	}
	sc := newScope(s)
	f, err := newFetcher(ctx, c, s, sc)
	if err != nil {
		return t, err
	}
	defer func() { t.Requests = f.requests }()
	x, err := f.get(ctx, Page{URL: start}, func(e *colly.HTMLElement) { t.look(e, linkFinder{s, sc}) })
	t.Requests = f.requests
	if err == nil && x.status != http.StatusOK {
		err = statusTrouble(x.status, 0)
	}
	if err == nil {
		err = checkContent(x.mediaType, x.body)
	}
	if err != nil {
		if known := asTrouble(err); known != nil {
			return t, fmt.Errorf("try %s: %s", address, known.problem(start, c.Now()).Sentence)
		}
		return t, err
	}
	t.readOther(x)
	t.openIndex(ctx, f)
	t.fetchSome(ctx, c, f)
	t.Requests = f.requests
	return t, nil
}

// readOther reads what is no page: a feed, a sitemap, a file.
func (t *Trial) readOther(x *exchange) {
	if len(t.Links) > 0 || strings.Contains(x.mediaType, "html") {
		return
	}
	t.Selector = ""
	if links, err := readFeed(x.body, x.mediaType, x.final); err == nil && len(links) > 0 {
		t.Form, t.Links = FormFeed, links
		return
	}
	if links, err := readSitemap(x.body, x.final); err == nil && len(links) > 0 {
		t.Form, t.Links = FormSitemap, links
		return
	}
	t.Form, t.Links = FormFiles, []Link{{URL: x.final.String()}}
}

// openIndex puts in the place of an index of sitemaps what its first one names.
func (t *Trial) openIndex(ctx context.Context, f *fetcher) {
	if t.Form != FormSitemap || slices.ContainsFunc(t.Links, func(l Link) bool { return !l.Listing }) {
		return
	}
	if u, err := url.Parse(t.Links[0].URL); err != nil || !f.scope.sameSite(u) {
		return // a run would not follow it either
	}
	x, err := f.get(ctx, Page{URL: t.Links[0].URL}, nil)
	if err == nil && x.status != http.StatusOK {
		err = statusTrouble(x.status, 0)
	}
	var links []Link
	if err == nil {
		links, err = readSitemap(x.body, x.final)
	}
	t.Links = slices.Concat(links, t.Links)
	if err != nil {
		t.note(err, t.Links[len(links)].URL, f.c.Now())
	}
}

// note keeps why an address could not be had.
func (t *Trial) note(err error, address string, now time.Time) {
	why := asTrouble(err)
	if why == nil {
		why = diagnose(err)
	}
	t.Problems = append(t.Problems, why.problem(address, now))
}

// look reads a page of links.
func (t *Trial) look(e *colly.HTMLElement, f linkFinder) {
	t.System = systemOf(e.DOM)
	e.DOM.Find("link[rel~=alternate][href]").Each(func(_ int, s *goquery.Selection) {
		if kind := s.AttrOr("type", ""); !strings.Contains(kind, "rss") && !strings.Contains(kind, "atom") {
			return
		}
		if u := resolve(e, s.AttrOr("href", "")); u != nil {
			t.Feeds = append(t.Feeds, Link{URL: u.String(), Title: s.AttrOr("title", "")})
		}
	})
	if t.Selector == "" {
		if proposed := proposeSelector(e.DOM, f); proposed != "" {
			t.Selector, f.source.Link = proposed, proposed
		}
	}
	t.Links = f.listing(e)
	if captions := f.captions(e); len(captions) > 0 || isVideoList(t.Links) {
		t.Form = FormVideo
	}
}

// isVideoList says that most links name session videos.
func isVideoList(links []Link) bool {
	n := 0
	for _, l := range links {
		if !l.Listing && strings.Contains(strings.ToLower(l.URL+" "+l.Title), "vid") {
			n++
		}
	}
	return n >= 2 && n*2 > len(links)
}

// systems are the marks by which content management systems give themselves away, in the
// generator first; read off public sites, 2026.
var systems = []struct{ name, selector string }{
	{"SPIP", `meta[name=generator i][content*="SPIP" i], link[href*="spip.php"], a[href*="spip.php"], img[class*="spip_logo"]`},
	{"WordPress", `meta[name=generator i][content*="WordPress" i], link[href*="/wp-content/"], script[src*="/wp-content/"], script[src*="/wp-includes/"]`},
	{"Drupal", `meta[name=generator i][content*="Drupal" i], script[src*="/core/misc/drupal"], [data-drupal-selector], .views-row`},
	{"Joomla", `meta[name=generator i][content*="Joomla" i], script[src*="/media/jui/"]`},
	{"TYPO3", `meta[name=generator i][content*="TYPO3" i], link[href*="typo3temp"]`},
	{"eZ Publish", `meta[name=generator i][content*="eZ" i]`},
}

func systemOf(page *goquery.Selection) string {
	for _, s := range systems {
		if page.Find(s.selector).Length() > 0 {
			return s.name
		}
	}
	return ""
}

// fewestProposed is how many links a proposed selector has to catch.
const fewestProposed = 3

// proposeSelector finds the class or tag under which the documents of a page are listed: the
// one that catches the most links with long texts. "" leaves the choice to the main content.
func proposeSelector(page *goquery.Selection, f linkFinder) string {
	weight := map[string]int{}
	f.candidates(page).Each(func(_ int, s *goquery.Selection) {
		u, err := url.Parse(s.AttrOr("href", ""))
		if err != nil || len(linkTitle(s)) < 12 || isPassedOver(u.Path) {
			return
		}
		for _, place := range []string{"h2", "h3", "h4"} {
			if s.Closest(place).Length() > 0 {
				weight[classSelector(s.Closest(place).Parent(), place+" a")]++
			}
		}
		weight[classSelector(s.Closest(row), "a")]++
	})
	delete(weight, "")
	best := ""
	for _, selector := range slices.Sorted(maps.Keys(weight)) {
		// Of two that catch as many, the narrower one leaves out « Lycées » beside the title.
		narrower := weight[selector] == weight[best] && len(selector) > len(best)
		if weight[selector] >= fewestProposed && (weight[selector] > weight[best] || narrower) {
			best = selector
		}
	}
	return best
}

// classSelector is the first class that says what an element is with what stands below it; "" without one.
func classSelector(s *goquery.Selection, below string) string {
	for class := range strings.FieldsSeq(s.AttrOr("class", "")) {
		if plainClass.MatchString(class) && !placeClass.MatchString(class) {
			return "." + class + " " + below
		}
	}
	return ""
}

// plainClass are the classes that a selector names without escapes: « @container » is none.
var plainClass = regexp.MustCompile(`^-?[\pL_][\pL\pN_-]*$`)

// placeClass are classes that tell rows apart by their place or number, of which one catches only
// some: « pair », « views-row-3 », « post-1234 », « col-md-4 ».
var placeClass = regexp.MustCompile(`(?i)^(?:alt|alternate|clearfix|col|column|even|first|impaire?|last|middle|odd|paire?|premi(?:er|ère|ere)|derni(?:er|ère|ere)|row|row_(?:even|odd|first)|zebra|.*[-_](?:even|first|impaire?|last|odd|paire?)|.*\d.*)$`)

// fetchSome fetches a few documents, so that a person sees what would be read in them.
func (t *Trial) fetchSome(ctx context.Context, c *Crawler, f *fetcher) {
	f.scope.anywhere = t.Form == FormFeed
	for _, l := range t.Links {
		if l.Listing || len(t.Documents) == triedDocuments || f.requests >= TrialRequests {
			continue
		}
		x, err := f.get(ctx, Page{URL: l.URL}, nil)
		if err == nil && x.status != http.StatusOK {
			err = statusTrouble(x.status, 0)
		}
		if err == nil {
			err = checkContent(x.mediaType, x.body)
		}
		if err != nil {
			t.note(err, l.URL, c.Now())
			continue
		}
		t.Documents = append(t.Documents, document.Snapshot{
			URL: l.URL, FinalURL: x.final.String(), MediaType: x.mediaType, Status: x.status, Header: x.header,
			SHA256: x.sha256(), Content: x.body, FetchedAt: x.at,
		})
	}
}

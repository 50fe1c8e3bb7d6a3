package crawler

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/gocolly/colly/v2"
	"golang.org/x/net/html"

	"contredit/document"
	"contredit/french"
)

// linkFinder finds in a page the links that a source follows.
type linkFinder struct {
	source Source
	scope  *scope
}

// mainContent are the places of a page's own content in the markup of French public sites
// (Drupal, SPIP, WordPress, eZ, Typo3 and hand-made), most telling first.
var mainContent = []string{
	"main", "[role=main]", "#contenu", "#content", "#main-content", "#main", ".main-content", ".region-content", "#contenu_principal", "body",
}

// aside are the parts of a page that lead elsewhere: menus, breadcrumbs, footers, shares.
const aside = "nav:not(.pager):not(.pagination), header, footer, aside, form, [role=navigation]:not(.pager):not(.pagination), [role=banner], " +
	"[role=contentinfo], [role=search], .breadcrumb, .breadcrumbs, .fil-ariane, .parcours, #fil, #fil-ariane, #ariane, .ariane, .skip-link, " +
	".menu, #menu, #nav, .navigation-menu, #footer, #pied, #header, #bandeau, .social, .share, .partage, .tags, [rel=home], [rel=tag], [rel~=author]"

// pagers are where listings keep the links to their other pages.
const pagers = ".pager, .pagination, .paginate, .nav-links, .page-numbers, .wp-pagenavi, [class*=pagination], [aria-label*=agination]"

var (
	nextWord   = regexp.MustCompile(`^(?:page |pages |articles |actualites |resultats )?(?:suivant|suivante|suivants|suivantes|next|plus anciens?|older)(?: page| posts?)?(?: ?[>»›→]*)$|^[›»>→]{1,2}$`)
	pageWord   = regexp.MustCompile(`^(?:page )?\d{1,4}$`)
	captionExt = regexp.MustCompile(`(?i)\.(vtt|srt|sbv|ttml)$`)
)

// listing returns the links of a listing in the order of the page: its documents and its
// other pages.
func (f *linkFinder) listing(e *colly.HTMLElement) []Link {
	root := e.DOM
	var links []Link
	seen := map[string]int{}
	for _, l := range f.pages(e) {
		seen[l.URL] = len(links)
		links = append(links, l)
	}
	pages := len(links)
	days := map[*html.Node]string{}
	f.candidates(root).Each(func(_ int, s *goquery.Selection) {
		u := resolve(e, target(s))
		if u == nil || !f.mayBeDocument(e.Request.URL, u) {
			return
		}
		l := Link{URL: u.String(), Title: linkTitle(s), Date: rowDay(s, days)}
		if i, known := seen[l.URL]; known {
			// « Lire la suite » names the same document as its title, and says less.
			if i >= pages && links[i].Date == "" {
				links[i].Date = l.Date
			}
			return
		}
		seen[l.URL] = len(links)
		links = append(links, l)
	})
	return links
}

// candidates are the anchors that the source's selector names, or those of the main content.
func (f *linkFinder) candidates(root *goquery.Selection) *goquery.Selection {
	if f.source.Link != "" {
		named := root.Find(f.source.Link)
		return named.Filter("[href]").AddSelection(named.Find("a[href]"))
	}
	place := root
	for _, selector := range mainContent {
		if found := root.Find(selector); found.Length() > 0 && found.Find("a[href]").Length() > 0 {
			place = found.First()
			break
		}
	}
	return place.Find("a[href], area[href], iframe[src], embed[src], object[data]").FilterFunction(func(_ int, s *goquery.Selection) bool {
		if goquery.NodeName(s) != "a" && goquery.NodeName(s) != "area" && !shownFile.MatchString(target(s)) {
			return false
		}
		return !inside(s, place, aside) && !inside(s, place, pagers) && s.AttrOr("rel", "") != "next" && s.AttrOr("rel", "") != "prev"
	})
}

// shownFile is a file that a page shows in a frame instead of linking it.
var shownFile = regexp.MustCompile(`(?i)\.(pdf|docx|odt)(?:$|[?#])`)

// target is where a link or a frame leads. Viewers such as pdf.js take the file as a parameter.
func target(s *goquery.Selection) string {
	if href, ok := s.Attr("href"); ok {
		return href
	}
	shown := s.AttrOr("src", s.AttrOr("data", ""))
	if u, err := url.Parse(shown); err == nil {
		for _, name := range []string{"file", "url", "src"} {
			if file := u.Query().Get(name); shownFile.MatchString(file) {
				return file
			}
		}
	}
	return shown
}

// inside says whether s or an ancestor of it below place matches the selector.
func inside(s, place *goquery.Selection, selector string) bool {
	near := s.Closest(selector)
	return near.Length() > 0 && !near.IsSelection(place) && !place.Closest(selector).IsSelection(near)
}

// mayBeDocument leaves out what stands beside documents: the listing itself, the pages above
// it, pictures, archives.
func (f *linkFinder) mayBeDocument(from, u *url.URL) bool {
	if f.source.Link == "" {
		if isPassedOver(u.Path) || isAbove(from, u) {
			return false
		}
	}
	return f.scope.wants(u)
}

// isAbove says whether u is an entry page of a folder that from stands in.
func isAbove(from, u *url.URL) bool {
	if u.Host != from.Host || u.RawQuery != "" {
		return false
	}
	dir := u.Path
	if base := path.Base(dir); !strings.HasSuffix(dir, "/") {
		if name, _, _ := strings.Cut(base, "."); name != "index" && name != "accueil" && name != "default" {
			return u.Path == from.Path && from.RawQuery == ""
		}
		dir = strings.TrimSuffix(dir, base)
	}
	return strings.HasPrefix(from.Path, dir)
}

// pages returns the other pages of a listing.
func (f *linkFinder) pages(e *colly.HTMLElement) []Link {
	var links []Link
	seen := map[string]bool{}
	add := func(s *goquery.Selection) {
		u := resolve(e, s.AttrOr("href", ""))
		if u != nil && f.scope.sameSite(u) && !seen[u.String()] && !isPassedOver(u.Path) {
			seen[u.String()] = true
			links = append(links, Link{URL: u.String(), Listing: true})
		}
	}
	if f.source.Next != "" {
		named := e.DOM.Find(f.source.Next)
		named.Filter("[href]").AddSelection(named.Find("a[href]")).Each(func(_ int, s *goquery.Selection) { add(s) })
		return links
	}
	e.DOM.Find("link[rel=next][href], a[rel~=next][href]").Each(func(_ int, s *goquery.Selection) {
		// WordPress says rel=next of the next article, too; those stand in no listing.
		add(s)
	})
	e.DOM.Find(pagers).Find("a[href]").Each(func(_ int, s *goquery.Selection) {
		text := french.Fold(strings.Join(strings.Fields(s.Text()), " "))
		if pageWord.MatchString(text) || nextWord.MatchString(text) {
			add(s)
		}
	})
	e.DOM.Find("a[href]").Each(func(_ int, s *goquery.Selection) {
		if nextWord.MatchString(french.Fold(strings.Join(strings.Fields(s.Text()), " "))) {
			add(s)
		}
	})
	return links
}

// captions returns the captions that a page of a video names, and the recording's address.
func (f *linkFinder) captions(e *colly.HTMLElement) []Link {
	video := recording(e)
	var links []Link
	seen := map[string]bool{}
	e.DOM.Find("track[src], a[href]").Each(func(_ int, s *goquery.Selection) {
		u := resolve(e, s.AttrOr("href", s.AttrOr("src", "")))
		if u == nil || !captionExt.MatchString(u.Path) || seen[u.String()] || !f.scope.sameSite(u) {
			return
		}
		seen[u.String()] = true
		links = append(links, Link{URL: u.String(), Captions: true, VideoURL: video})
	})
	return links
}

// recording is the address of the one recording that a page shows; "" when none or several.
func recording(e *colly.HTMLElement) string {
	if found := recordings(e); len(found) == 1 {
		return found[0]
	}
	return ""
}

// recordings are the addresses of the recordings that a page shows, each once, in its order.
func recordings(e *colly.HTMLElement) []string {
	var found []string
	add := func(address string) {
		if !slices.Contains(found, address) {
			found = append(found, address)
		}
	}
	note := func(address string) {
		if id := document.VideoID(address); id != "" {
			add("https://youtu.be/" + id)
		} else if strings.Contains(address, "vimeo.com/video/") || strings.Contains(address, "dailymotion.com/embed/") {
			add(address)
		}
	}
	e.DOM.Find("iframe[src], iframe[data-src]").Each(func(_ int, s *goquery.Selection) { note(s.AttrOr("data-src", s.AttrOr("src", ""))) })
	// Consent banners keep the player back until they are accepted, and its number in an attribute.
	e.DOM.Find("[videoid], [data-videoid]").Each(func(_ int, s *goquery.Selection) {
		note("https://youtu.be/" + s.AttrOr("videoid", s.AttrOr("data-videoid", "")))
	})
	e.DOM.Find("a[href]").Each(func(_ int, s *goquery.Selection) { note(s.AttrOr("href", "")) })
	// The sources of one player are the same recording in several formats.
	e.DOM.Find("video, audio").Each(func(_ int, s *goquery.Selection) {
		for _, at := range []*goquery.Selection{s, s.Find("source[src]").First()} {
			if u := resolve(e, at.AttrOr("src", at.AttrOr("data-src", ""))); u != nil {
				add(u.String())
				return
			}
		}
	})
	return found
}

// resolve makes a reference absolute and canonical; nil when it leads to no document.
func resolve(e *colly.HTMLElement, href string) *url.URL {
	href = strings.TrimSpace(href)
	if href == "" || strings.HasPrefix(href, "#") {
		return nil
	}
	absolute := e.Request.AbsoluteURL(href) // knows <base>
	u, err := url.Parse(absolute)
	if err != nil || absolute == "" || canonicalize(u) != nil {
		return nil
	}
	return u
}

// linkTitle is what the link announces: its text, else its title or the picture's.
func linkTitle(s *goquery.Selection) string {
	for _, text := range []string{s.Text(), s.AttrOr("title", ""), s.Find("img[alt]").AttrOr("alt", ""), s.AttrOr("aria-label", "")} {
		text = strings.Join(strings.Fields(text), " ")
		if text != "" && !moreWord.MatchString(french.Fold(text)) {
			return text
		}
	}
	return ""
}

// moreWord are links that announce nothing.
var moreWord = regexp.MustCompile(`^(?:lire(?: la suite| plus)?|en savoir plus|plus d.?infos?|voir(?: plus| la suite)?|telecharger|consulter|ouvrir|ici|cliquez ici|\+|[>»›→.]+)(?: (?:le|la) (?:document|fichier|pdf))?$`)

// row is what a listing says of one document.
const row = "tr, li, article, .views-row, .item, .card, .teaser, .node, dd, .post, .actualite"

var isoDay = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}`)

// rowDay is the announcedDate of a link. Links of one row share it: a page may hold thousands in
// one, which is then read once and not once a link.
func rowDay(s *goquery.Selection, known map[*html.Node]string) string {
	place := s.Closest(row)
	if place.Length() == 0 {
		return ""
	}
	day, found := known[place.Get(0)]
	if !found {
		day = announcedDate(place)
		known[place.Get(0)] = day
	}
	return day
}

// announcedDate is the day that a row of a listing gives for its document, ISO; "" when it gives
// none, or several.
func announcedDate(place *goquery.Selection) string {
	if days := machineDays(place); len(days) == 1 {
		return days[0]
	}
	if day := frenchDay(place.Find(".date, .field--name-field-date, .published, time").First().Text()); day != "" {
		return day
	}
	return frenchDay(place.Text())
}

func machineDays(place *goquery.Selection) []string {
	var days []string
	place.Find("time[datetime], abbr[title]").Each(func(_ int, s *goquery.Selection) {
		day := isoDay.FindString(s.AttrOr("datetime", s.AttrOr("title", "")))
		if day != "" && (len(days) == 0 || days[len(days)-1] != day) {
			days = append(days, day)
		}
	})
	return days
}

// frenchDay is the one whole date that a text names; "" when it names none or several.
func frenchDay(text string) string {
	found := ""
	for _, p := range french.Dates(text, time.Time{}) {
		if p.Relative || p.From.IsZero() || !p.From.Equal(p.To) || p.From.Year() < 1900 {
			continue
		}
		day := p.From.Format(time.DateOnly)
		if found != "" && found != day {
			return ""
		}
		found = day
	}
	return found
}

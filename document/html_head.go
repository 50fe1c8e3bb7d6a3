package document

import (
	"encoding/json"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// pageHead is what a page says of itself outside of its text.
type pageHead struct {
	title     string // <title>
	social    string // og:title
	heading   string // h1
	site      []string
	published []string // days announced, the surest first, as printed
	author    string
}

func readHead(doc *goquery.Document) *pageHead {
	h := &pageHead{title: fold(doc.Find("head title").First().Text())}
	if h.title == "" {
		h.title = fold(doc.Find("title").First().Text())
	}
	h.social = metaContent(doc, "og:title", "twitter:title")
	if site := metaContent(doc, "og:site_name", "application-name", "dc.publisher"); site != "" {
		h.site = append(h.site, site)
	}
	h.published = append(h.published, metaAll(doc, "article:published_time", "dcterms.date", "dc.date",
		"dcterms.issued", "dc.date.issued", "dcterms.created", "date", "pubdate", "publish-date")...)
	doc.Find(`script[type="application/ld+json"]`).Each(func(_ int, s *goquery.Selection) {
		h.linked(s.Text())
	})
	h.published = append(h.published, attributes(doc.Find("[itemprop=datePublished], [property=datePublished]"), "content", "datetime", "title")...)
	if author := metaContent(doc, "author", "article:author", "dcterms.creator"); h.author == "" && !strings.HasPrefix(author, "http") {
		h.author = author
	}
	return h
}

func metaAll(doc *goquery.Document, names ...string) []string {
	var found []string
	for _, name := range names {
		doc.Find("meta[content]").Each(func(_ int, s *goquery.Selection) {
			key := s.AttrOr("property", s.AttrOr("name", s.AttrOr("itemprop", "")))
			if content := fold(s.AttrOr("content", "")); strings.EqualFold(key, name) && content != "" {
				found = append(found, content)
			}
		})
	}
	return found
}

func metaContent(doc *goquery.Document, names ...string) string {
	if all := metaAll(doc, names...); len(all) > 0 {
		return all[0]
	}
	return ""
}

func attributes(s *goquery.Selection, names ...string) []string {
	var found []string
	s.Each(func(_ int, e *goquery.Selection) {
		for _, name := range names {
			if value := fold(e.AttrOr(name, "")); value != "" {
				found = append(found, value)
				return
			}
		}
		found = append(found, fold(e.Text()))
	})
	return found
}

// linked reads the JSON-LD of a page: its day, author and publisher.
func (h *pageHead) linked(text string) {
	var value any
	if json.Unmarshal([]byte(text), &value) != nil {
		return // broken JSON-LD is common, and never the only source
	}
	h.linkedValue(value)
}

func (h *pageHead) linkedValue(value any) {
	switch v := value.(type) {
	case []any:
		for _, e := range v {
			h.linkedValue(e)
		}
	case map[string]any:
		if graph, ok := v["@graph"]; ok {
			h.linkedValue(graph)
		}
		if date, ok := v["datePublished"].(string); ok {
			h.published = append(h.published, date)
		}
		if name := linkedName(v["author"]); name != "" && h.author == "" {
			h.author = name
		}
		if name := linkedName(v["publisher"]); name != "" {
			h.site = append(h.site, name)
		}
		if kind, _ := v["@type"].(string); kind == "WebSite" {
			h.site = append(h.site, linkedName(v))
		}
	}
}

func linkedName(value any) string {
	switch v := value.(type) {
	case string:
		return fold(v)
	case []any:
		if len(v) > 0 {
			return linkedName(v[0])
		}
	case map[string]any:
		name, _ := v["name"].(string)
		return fold(name)
	}
	return ""
}

var (
	byAuthor    = lazily(`(?i)(?:^|[\s,|–-])par\s+(\p{Lu}[\pL'’-]+(?:\s+(?:de\s+|du\s+|d['’])?\p{Lu}[\pL'’-]+){1,3})\s*$`)
	publishedOn = lazily(`(?i)(?:publié|mis en ligne|posté|paru|diffusé|date de publication)[^.\d]{0,40}`)
)

var signed = lazily(`^(?:(?i:(?:une\s+)?tribune\s+de|par|signé\s*:?))\s+(?:` + civilityWord + `\s+)?(` + nameToken + `(?:\s+(?:` + nameParticle + `)?` + nameToken + `){1,3})\s*(?:,[^.!?]{2,140})?\.?$`)

// signedBy is who signs a text in its first or last lines: « Par Florence Guérigny,
// secrétaire de la section. »
func signedBy(r *Reading) string {
	for i, p := range r.Passages {
		if i > 3 && i < len(r.Passages)-3 {
			continue
		}
		if m := signed.FindStringSubmatch(p.In(r.Text)); m != nil && p.Len() < 200 {
			return trimName(m[1])
		}
	}
	return ""
}

// look reads the heading, the day and the author where the page prints them. Nothing
// outside of the main text counts for a day: a template's footer carries one too.
func (h *pageHead) look(doc *goquery.Document, main *goquery.Selection) {
	h.heading = fold(main.Find("h1").AddSelection(main.Filter("h1")).First().Text())
	if h.heading == "" {
		h.heading = fold(doc.Find("h1").First().Text())
	}
	frame := doc.Find("[role=banner], body > header, footer, [role=contentinfo], #bandeau, #header, #pied, #footer")
	frame.AddSelection(frame.Find("a, span, strong, div, p, small")).Each(func(_ int, s *goquery.Selection) {
		if text := fold(s.Text()); text != "" && len(text) < 80 {
			h.site = append(h.site, text)
		}
	})
	h.published = append(h.published, attributes(main.Find("abbr.published, time.published, time.entry-date, time[pubdate]"), "datetime", "title")...)
	main.Find(strings.Join(bylines, ",")).Each(func(_ int, s *goquery.Selection) {
		text := fold(s.Text())
		if len(text) < 200 && len(daysIn(text)) > 0 {
			h.published = append(h.published, text)
		}
		if m := byAuthor.FindStringSubmatch(text); m != nil && h.author == "" {
			h.author = m[1]
		}
		if s.Is("[itemprop=author], [rel=author], .author") && h.author == "" && len(text) < 60 {
			h.author = strings.TrimPrefix(text, "par ")
		}
	})
	for _, m := range publishedOn.FindAllStringIndex(fold(main.Text()), 3) {
		h.published = append(h.published, cutAt(fold(main.Text())[m[0]:], 80))
	}
	h.published = append(h.published, attributes(main.Find("time[datetime]").First(), "datetime")...)
}

func cutAt(text string, n int) string {
	if len(text) <= n {
		return text
	}
	return text[:n]
}

// titleSeparators part a page's title from the site's name.
var titleSeparators = lazily(`\s+(?:[|–—:•·»-]|::)\s+`)

// pageTitle is the title without the name of the site, which only its other appearances in
// the page's head and foot give away: « A – B – Site » and « A – B » look the same.
func (h *pageHead) pageTitle(announced string) string {
	if before, _, found := strings.Cut(h.title, " | "); found && h.heading != "" && strings.EqualFold(before, h.heading) {
		return h.heading // « Heading | Site »: the bar parts nothing else
	}
	for _, title := range []string{h.title, h.social} {
		title = h.withoutSite(title)
		if title == "" || h.isSite(title) {
			continue
		}
		// A title that shares no word with the heading or the announcement is the site's.
		if h.heading == "" || shareWords(title, h.heading) || shareWords(title, announced) {
			return title
		}
	}
	if h.heading != "" {
		return h.heading
	}
	if announced != "" {
		return fold(announced)
	}
	return h.withoutSite(h.title)
}

func (h *pageHead) withoutSite(title string) string {
	for {
		seps := titleSeparators.FindAllStringIndex(title, -1)
		if len(seps) == 0 {
			return title
		}
		first, last := seps[0], seps[len(seps)-1]
		switch {
		case h.isSite(title[last[1]:]):
			title = title[:last[0]]
		case h.isSite(title[:first[0]]) && !strings.HasPrefix(h.heading, title[:first[0]]):
			title = title[first[1]:]
		default:
			return title
		}
	}
}

func (h *pageHead) isSite(name string) bool {
	for _, site := range h.site {
		if strings.EqualFold(name, site) {
			return true
		}
	}
	return false
}

var longWord = lazily(`[\pL\pN]{4,}`)

func shareWords(a, b string) bool {
	words := map[string]bool{}
	for _, w := range longWord.FindAllString(strings.ToLower(a), -1) {
		words[w] = true
	}
	for _, w := range longWord.FindAllString(strings.ToLower(b), -1) {
		if words[w] {
			return true
		}
	}
	return false
}

var addressDay = lazily(`(?:^|[^\d])(20\d\d)[-/_]?(\d\d)[-/_]?(\d\d)(?:[^\d]|$)`)

// pageDate is the day on which the page was published: as it says itself, as its address or
// its listing says, else the first day that its first lines name. A day later than the
// fetch is refused: it is an event to come.
func (h *pageHead) pageDate(origin Origin, text string) string {
	for _, printed := range h.published {
		for _, d := range daysIn(printed) {
			if notLater(d.ISO, origin) {
				return d.ISO
			}
		}
	}
	if notLater(origin.Date, origin) {
		return origin.Date
	}
	if u, err := url.Parse(origin.URL); err == nil {
		if m := addressDay.FindStringSubmatch(u.Path); m != nil {
			if iso, ok := isoOf(number(m[1]), number(m[2]), number(m[3])); ok && notLater(iso, origin) {
				return iso
			}
		}
	}
	for _, d := range daysIn(cutAt(text, 400)) {
		if notLater(d.ISO, origin) {
			return d.ISO
		}
	}
	return ""
}

func notLater(iso string, origin Origin) bool {
	return iso != "" && (origin.FetchedAt.IsZero() || iso <= origin.FetchedAt.UTC().AddDate(0, 0, 1).Format("2006-01-02"))
}

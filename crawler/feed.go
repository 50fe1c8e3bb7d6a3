package crawler

import (
	"bytes"
	"encoding/xml"
	"io"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html/charset"

	"contredit/french"
)

// maxFeed is the size of a feed that is parsed, in bytes.
const maxFeed = 20 << 20

// readFeed returns the links of an RSS or Atom feed, in its order; base is its address. A
// feed that is malformed somewhere gives the items that are not.
func readFeed(content []byte, served string, base *url.URL) ([]Link, error) {
	if len(content) > maxFeed {
		return nil, tooBig(int64(len(content)), maxFeed)
	}
	feed, err := parseFeed(content)
	if err != nil {
		items := salvage(content, served)
		if len(items) == 0 {
			return nil, &trouble{kind: KindFormat, detail: "ni RSS ni Atom", cause: err}
		}
		return itemLinks(items, base), &trouble{kind: KindFormat, detail: "flux mal formé, lu article par article", cause: err}
	}
	// gofeed ends a feed at the first tag that does not match, without an error.
	if items := salvage(content, served); len(items) > len(feed.Items) {
		return itemLinks(items, base), &trouble{kind: KindFormat, detail: "flux mal formé, lu article par article"}
	}
	return itemLinks(feed.Items, base), nil
}

func itemLinks(items []*gofeed.Item, base *url.URL) []Link {
	var links []Link
	seen := map[string]bool{}
	add := func(address string, item *gofeed.Item) {
		u, err := base.Parse(strings.TrimSpace(address))
		if strings.TrimSpace(address) == "" || err != nil || canonicalize(u) != nil || seen[u.String()] {
			return
		}
		seen[u.String()] = true
		links = append(links, Link{URL: u.String(), Title: plainTitle(item.Title), Date: itemDay(item)})
	}
	for _, item := range items {
		if item == nil {
			continue
		}
		add(itemAddress(item), item)
		for _, enclosure := range item.Enclosures {
			if u, err := base.Parse(strings.TrimSpace(enclosure.URL)); err == nil && !isPassedOver(u.Path) && checkMediaType(enclosure.Type) == nil {
				add(enclosure.URL, item)
			}
		}
	}
	return links
}

// plainTitle undoes the markup that some feeds put into titles.
func plainTitle(title string) string {
	return strings.Join(strings.Fields(anyTag.ReplaceAllString(title, " ")), " ")
}

// parseFeed never panics: the feed is a stranger's.
func parseFeed(content []byte) (feed *gofeed.Feed, err error) {
	defer func() {
		if r := recover(); r != nil {
			feed, err = nil, &trouble{kind: KindPanic, detail: "flux"}
		}
	}()
	// Some sites send empty lines before the declaration, which XML forbids.
	content = bytes.TrimLeft(content, " \t\r\n")
	if isTooDeep(content) {
		return nil, &trouble{kind: KindFormat, detail: "éléments trop imbriqués"}
	}
	return gofeed.NewParser().Parse(bytes.NewReader(content))
}

// mostNesting is how deep the elements of a feed or sitemap may stand in each other; real ones
// need ten, and embedded XHTML some tens.
const mostNesting = 500

// isTooDeep says that elements stand deeper in each other than mostNesting. gofeed reads them by
// recursion, and an exhausted stack ends the whole program: no recover catches it.
func isTooDeep(content []byte) bool {
	decoder := xml.NewDecoder(bytes.NewReader(content))
	decoder.Strict = false
	decoder.CharsetReader = func(label string, input io.Reader) (io.Reader, error) {
		if r, err := charset.NewReaderLabel(label, input); err == nil {
			return r, nil
		}
		return input, nil // gofeed may know it: tags are ASCII in all it knows
	}
	for depth := 0; depth <= mostNesting; {
		token, err := decoder.Token()
		if err != nil {
			return false // nobody else reads further either
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return true
}

var (
	rssItem   = regexp.MustCompile(`(?is)<item[\s>].*?</item>`)
	atomEntry = regexp.MustCompile(`(?is)<entry[\s>].*?</entry>`)
	prefixes  = regexp.MustCompile(`xmlns:[A-Za-z0-9_.-]{1,40}\s*=\s*("[^"]{0,200}"|'[^']{0,200}')`)
)

// mostPrefixes is how many namespaces of a malformed feed are carried over to its items; real
// feeds declare a dozen.
const mostPrefixes = 40

// salvage parses the items of a malformed feed one by one, so that one bad item does not
// lose the others.
func salvage(content []byte, served string) []*gofeed.Item {
	text, err := decodePage(served, xmlCharset(content), content)
	if err != nil {
		return nil
	}
	// Every item is read with them in front: a thousand would make a small feed long work.
	spaces := strings.Join(prefixes.FindAllString(string(text), mostPrefixes), " ")
	var items []*gofeed.Item
	for _, form := range []struct {
		item       *regexp.Regexp
		head, tail string
	}{
		{rssItem, `<rss version="2.0" ` + spaces + `><channel>`, `</channel></rss>`},
		{atomEntry, `<feed xmlns="http://www.w3.org/2005/Atom" ` + spaces + `>`, `</feed>`},
	} {
		for _, one := range form.item.FindAllString(string(text), -1) {
			if feed, err := parseFeed([]byte(form.head + one + form.tail)); err == nil {
				items = append(items, feed.Items...)
			}
		}
	}
	return items
}

var declared = regexp.MustCompile(`^[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_-]+)["']`)

// xmlCharset is the charset that an XML declaration names, when it is one that is known.
func xmlCharset(content []byte) string {
	if m := declared.FindSubmatch(content); m != nil && isCharset(string(m[1])) {
		return string(m[1])
	}
	return ""
}

func itemAddress(item *gofeed.Item) string {
	if item.Link != "" {
		return item.Link
	}
	if len(item.Links) > 0 {
		return item.Links[0]
	}
	if strings.HasPrefix(item.GUID, "http://") || strings.HasPrefix(item.GUID, "https://") {
		return item.GUID
	}
	return ""
}

// itemDay is the day of publication. gofeed reads no French dates: those are ours.
func itemDay(item *gofeed.Item) string {
	for _, at := range []*time.Time{item.PublishedParsed, item.UpdatedParsed} {
		if at != nil && at.Year() > 1900 {
			return at.Format(time.DateOnly)
		}
	}
	for _, text := range []string{item.Published, item.Updated} {
		if day := isoDay.FindString(text); day != "" {
			return day
		}
		if day := frenchDay(french.Lower(text)); day != "" {
			return day
		}
	}
	return ""
}

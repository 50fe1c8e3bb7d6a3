package crawler

import (
	"bytes"
	"net/url"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"contredit/french"
)

// readFeed returns the links of an RSS or Atom feed, in its order; base is its address.
func readFeed(content []byte, base *url.URL) ([]Link, error) {
	feed, err := parseFeed(content)
	if err != nil {
		return nil, &trouble{kind: KindFormat, detail: "ni RSS ni Atom", cause: err}
	}
	var links []Link
	seen := map[string]bool{}
	for _, item := range feed.Items {
		address := itemAddress(item)
		u, err := base.Parse(strings.TrimSpace(address))
		if address == "" || err != nil || canonicalize(u) != nil || seen[u.String()] {
			continue
		}
		seen[u.String()] = true
		links = append(links, Link{URL: u.String(), Title: strings.Join(strings.Fields(item.Title), " "), Date: itemDay(item)})
		for _, enclosure := range item.Enclosures {
			v, err := base.Parse(strings.TrimSpace(enclosure.URL))
			if enclosure.URL == "" || err != nil || canonicalize(v) != nil || seen[v.String()] || isPassedOver(v.Path) || checkMediaType(enclosure.Type) != nil {
				continue
			}
			seen[v.String()] = true
			links = append(links, Link{URL: v.String(), Title: item.Title, Date: itemDay(item)})
		}
	}
	return links, nil
}

// parseFeed never panics: the feed is a stranger's.
func parseFeed(content []byte) (feed *gofeed.Feed, err error) {
	defer func() {
		if r := recover(); r != nil {
			feed, err = nil, &trouble{kind: KindPanic, detail: "flux"}
		}
	}()
	// Some sites send an empty line or a mark before the declaration, which XML forbids.
	return gofeed.NewParser().Parse(bytes.NewReader(bytes.TrimLeft(content, " \t\r\n")))
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

package document

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// readHTML reads a web page: its main text in located passages, title, day, recording and
// hyperlinks. What the text says of a meeting is read later, from the passages.
func readHTML(origin Origin, content []byte) (*Reading, error) {
	text, err := decodeHTML(origin, content)
	if err != nil {
		return nil, fmt.Errorf("decode page %s: %w", origin.URL, err)
	}
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("parse page %s: %w", origin.URL, err)
	}
	doc := goquery.NewDocumentFromNode(root)
	base := pageBase(doc, origin.URL)
	r := &Reading{State: StateRead, Lang: pageLang(doc), Refresh: metaRefresh(doc, base)}
	r.Links = pageLinks(doc, base)
	r.VideoURL = pageVideo(doc)
	if r.VideoURL == "" {
		r.VideoURL = origin.VideoURL
	}
	head := readHead(doc)
	main := mainText(doc, base)
	head.look(doc, main)
	page := walkBlocks(main)
	r.Text, r.Passages = page.text.String(), page.passages
	r.Title = head.pageTitle(origin.Title)
	r.Date = head.pageDate(origin, r.Text)
	if strings.TrimSpace(r.Text) == "" {
		r.State, r.Note = StateEmpty, "La page ne contient pas de texte."
		return r, nil
	}
	r.Author = either(head.author, signedBy(r))
	return r, nil
}

// pageBase is the address that relative links start from.
func pageBase(doc *goquery.Document, address string) *url.URL {
	base, err := url.Parse(address)
	if err != nil {
		base = &url.URL{}
	}
	if href, ok := doc.Find("base[href]").First().Attr("href"); ok {
		if ref, err := base.Parse(strings.TrimSpace(href)); err == nil {
			return ref
		}
	}
	return base
}

func pageLang(doc *goquery.Document) string {
	lang, _ := doc.Find("html").Attr("lang")
	if lang == "" {
		lang, _ = doc.Find("html").Attr("xml:lang")
	}
	if lang = strings.TrimSpace(lang); lang == "" {
		return "fr"
	}
	return lang
}

var refreshTarget = lazily(`(?i)^\s*[\d.]*\s*[;,]?\s*url\s*=\s*['"]?([^'"]+?)['"]?\s*$`)

func metaRefresh(doc *goquery.Document, base *url.URL) string {
	target := ""
	doc.Find("meta[http-equiv]").EachWithBreak(func(_ int, s *goquery.Selection) bool {
		if !strings.EqualFold(s.AttrOr("http-equiv", ""), "refresh") {
			return true
		}
		if m := refreshTarget.FindStringSubmatch(s.AttrOr("content", "")); m != nil {
			target = absolute(base, m[1])
		}
		return target == ""
	})
	return target
}

// absolute resolves an address found in a page; "" when it leads nowhere a crawler may go.
func absolute(base *url.URL, ref string) string {
	u, err := base.Parse(strings.TrimSpace(ref))
	if err != nil || (u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "file") {
		return ""
	}
	return u.String()
}

// pageLinks lists the addresses that the page names, once each, in order.
func pageLinks(doc *goquery.Document, base *url.URL) []Hyperlink {
	var links []Hyperlink
	seen := map[string]bool{}
	add := func(ref, text, rel string) {
		if strings.HasPrefix(strings.TrimSpace(ref), "#") {
			return
		}
		if address := absolute(base, ref); address != "" && !seen[address] {
			seen[address] = true
			links = append(links, Hyperlink{URL: address, Text: fold(text), Rel: rel})
		}
	}
	doc.Find("a[href], area[href]").Each(func(_ int, s *goquery.Selection) {
		add(s.AttrOr("href", ""), s.Text(), s.AttrOr("rel", ""))
	})
	doc.Find("track[src]").Each(func(_ int, s *goquery.Selection) {
		add(s.AttrOr("src", ""), s.AttrOr("label", ""), "captions")
	})
	doc.Find("video[src], video source[src], audio[src], audio source[src]").Each(func(_ int, s *goquery.Selection) {
		add(s.AttrOr("src", ""), "", "enclosure")
	})
	return links
}

var (
	youTubeEmbed = lazily(`(?i)^(?:https?:)?//(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|live|shorts)/([\w-]{6,})`)
	youTubeShort = lazily(`(?i)^(?:https?:)?//youtu\.be/([\w-]{6,})`)
	youTubeWatch = lazily(`(?i)^(?:https?:)?//(?:www\.|m\.)?youtube\.com/watch\?(?:[^#]*&)?v=([\w-]{6,})`)
	otherPlayer  = lazily(`(?i)^(?:https?:)?//(?:player\.vimeo\.com/video/\d+|(?:www\.)?dailymotion\.com/embed/video/\w+)`)
)

// VideoID returns the identifier of a YouTube recording in any of the forms that pages
// link or embed, or "".
func VideoID(address string) string {
	for _, form := range []*pattern{youTubeEmbed, youTubeShort, youTubeWatch} {
		if m := form.FindStringSubmatch(address); m != nil {
			return m[1]
		}
	}
	return ""
}

// pageVideo is the recording that the page shows: what it embeds first, then what it links.
func pageVideo(doc *goquery.Document) string {
	found := ""
	look := func(selector, attr string) {
		doc.Find(selector).EachWithBreak(func(_ int, s *goquery.Selection) bool {
			address := strings.TrimSpace(s.AttrOr(attr, ""))
			if id := VideoID(address); id != "" {
				found = "https://youtu.be/" + id
			} else if otherPlayer.MatchString(address) {
				found = address
			}
			return found == ""
		})
	}
	for _, attr := range []string{"src", "data-src", "data-lazy-src"} {
		if found == "" {
			look("iframe["+attr+"]", attr)
		}
	}
	if found == "" {
		// A footer's link to the council's channel is no recording: only the forms with an
		// identifier count, and a page of many recordings has none of its own.
		ids := map[string]bool{}
		doc.Find("a[href]").Each(func(_ int, s *goquery.Selection) {
			if id := VideoID(s.AttrOr("href", "")); id != "" {
				ids[id] = true
				found = "https://youtu.be/" + id
			}
		})
		if len(ids) > 1 {
			found = ""
		}
	}
	return found
}

// fold turns every run of white space, no-break spaces included, into one space, and drops
// characters that print nothing.
func fold(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	gap := false
	for _, c := range text {
		switch {
		case isBlank(c):
			gap = true
		case isInvisible(c):
		default:
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(c)
		}
	}
	return b.String()
}

func isBlank(c rune) bool {
	switch c {
	case ' ', '\t', '\n', '\r', '\f', '\v', 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
		return true
	}
	return c >= 0x2000 && c <= 0x200A
}

// isInvisible names what editors leave behind: soft hyphens, zero-width spaces and joiners,
// direction marks, byte order marks. None may stand between two letters of a quote.
func isInvisible(c rune) bool {
	switch c {
	case 0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF:
		return true
	}
	return c < 0x20 || c == 0x7F
}

var byteOrderMark = []byte{0xEF, 0xBB, 0xBF}

func trimMark(content []byte) []byte { return bytes.TrimPrefix(content, byteOrderMark) }

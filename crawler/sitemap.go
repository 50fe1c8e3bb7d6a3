package crawler

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"golang.org/x/net/html/charset"
)

// maxSitemap is the size of one sitemap, plain: the protocol allows 50 MB and 50,000 addresses.
const (
	maxSitemap      = 50 << 20
	maxSitemapLinks = 50_000
)

// readSitemap returns the addresses of a sitemap, or of an index those of its sitemaps as
// listings. Compressed ones are known by their bytes: servers disagree about the type. What
// stands before a fault is kept and returned with it.
func readSitemap(content []byte, base *url.URL) ([]Link, error) {
	content, err := gunzip(content)
	if err != nil {
		return nil, err
	}
	if trimmed := bytes.TrimSpace(content); len(trimmed) > 0 && trimmed[0] != '<' && !bytes.HasPrefix(trimmed, []byte("\xef\xbb\xbf<")) {
		return plainSitemap(trimmed, base)
	}
	decoder := xml.NewDecoder(bytes.NewReader(content))
	decoder.Strict = false
	decoder.CharsetReader = charset.NewReaderLabel
	var links []Link
	var current *Link
	var field string
	root := false
	for depth := 0; ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return links, &trouble{kind: KindFormat, detail: "plan de site mal formé", cause: err}
		}
		switch t := token.(type) {
		case xml.StartElement:
			// The decoder keeps every open element: fifty million of them fill the memory.
			if depth++; depth > mostNesting {
				return links, &trouble{kind: KindFormat, detail: "éléments trop imbriqués"}
			}
			field = t.Name.Local
			switch field {
			case "urlset", "sitemapindex":
				root = true
			case "url":
				current = &Link{}
			case "sitemap":
				current = &Link{Listing: true}
			}
			// <image:loc> is no page.
			if t.Name.Space != "" && !strings.Contains(t.Name.Space, "schemas/sitemap/") {
				field = ""
			}
		case xml.CharData:
			if current != nil && field == "loc" {
				current.URL = join(current.URL, t)
			} else if current != nil && field == "lastmod" {
				current.Modified = join(current.Modified, t)
			}
		case xml.EndElement:
			depth--
			field = ""
			if current != nil && (t.Name.Local == "url" || t.Name.Local == "sitemap") {
				links = appendAddress(links, *current, base)
				current = nil
				if len(links) > maxSitemapLinks {
					return links, &trouble{kind: KindFormat, detail: fmt.Sprintf("plus de %d adresses", maxSitemapLinks)}
				}
			}
		}
	}
	if !root {
		return nil, &trouble{kind: KindFormat, detail: "ce n’est pas un plan de site"}
	}
	return links, nil
}

// longestAddress is what the protocol allows (2,048 characters), in bytes and with room for blanks.
const longestAddress = 8 << 10

// join adds a piece of a value. Comments cut a value into pieces, a million of them in one address
// of a hostile sitemap; what is longer than any address becomes none.
func join(value string, piece []byte) string {
	if len(value) > longestAddress {
		return value
	}
	return value + string(piece)
}

// plainSitemap is the protocol's text form: an address a line.
func plainSitemap(content []byte, base *url.URL) ([]Link, error) {
	var links []Link
	for _, line := range strings.Split(string(content), "\n") {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "http://") || strings.HasPrefix(line, "https://") {
			links = appendAddress(links, Link{URL: line}, base)
		}
	}
	if len(links) == 0 {
		return nil, &trouble{kind: KindFormat, detail: "ce n’est pas un plan de site"}
	}
	return links, nil
}

func appendAddress(links []Link, l Link, base *url.URL) []Link {
	// Addresses must be whole; many sites write paths.
	u, err := base.Parse(strings.TrimSpace(l.URL))
	if strings.TrimSpace(l.URL) == "" || len(l.URL) > longestAddress || err != nil || canonicalize(u) != nil {
		return links
	}
	l.URL, l.Modified = u.String(), strings.TrimSpace(l.Modified)
	return append(links, l)
}

// gunzip unpacks a compressed sitemap within its allowed size.
func gunzip(content []byte) ([]byte, error) {
	if !bytes.HasPrefix(content, []byte{0x1f, 0x8b}) {
		return content, nil
	}
	r, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		return nil, &trouble{kind: KindFormat, detail: "compression illisible", cause: err}
	}
	plain, err := io.ReadAll(io.LimitReader(r, maxSitemap+1))
	if err != nil {
		return nil, &trouble{kind: KindFormat, detail: "compression illisible", cause: err}
	}
	if len(plain) > maxSitemap {
		return nil, tooBig(0, maxSitemap)
	}
	return plain, nil
}

package document

import (
	"slices"
	"strings"
)

// Running heads stand in the outer parts of the page, as shares of its height.
const (
	headZone = 0.09
	footZone = 0.90
)

var (
	anyNumber  = lazily(`\d+`)
	pageNumber = lazily(`(?i)^(?:page|p\.?|feuillet|folio)?\s*[–—-]?\s*(\d{1,4})\s*[–—-]?(?:\s*(?:/|sur|de)\s*\d{1,4})?$`)
	pageTail   = lazily(`(?i)(?:page|p\.)\s*(\d{1,4})(?:\s*(?:/|sur|de)\s*\d{1,4})?$`)
)

// withoutRunningHeads takes heads, feet and page numbers out of the pages, and keeps the
// printed number of each.
func withoutRunningHeads(pages []Page) []Page {
	repeated := repeatedLines(pages)
	body := bodySize(pages)
	bare := make([]Page, len(pages))
	for i, p := range pages {
		q := p
		q.Lines = nil
		for _, l := range p.Lines {
			if !isOuter(p, l) {
				q.Lines = append(q.Lines, l)
				continue
			}
			text := fold(l.Text)
			m := pageNumber.FindStringSubmatch(text)
			running := repeated[headKey(l)]
			if m == nil && running {
				m = pageTail.FindStringSubmatch(text)
			}
			switch {
			case m != nil:
				if q.Printed == "" {
					q.Printed = m[1]
				}
			case running, len(pages) == 1 && l.Size < body-0.5 && isFar(p, l):
			default:
				q.Lines = append(q.Lines, l)
			}
		}
		bare[i] = q
	}
	return bare
}

func isOuter(p Page, l Line) bool {
	return p.Height > 0 && (l.Bottom < headZone*p.Height || l.Top > footZone*p.Height)
}

// isFar says that a line stands where only heads and feet do.
func isFar(p Page, l Line) bool {
	return l.Bottom < 0.06*p.Height || l.Top > 0.94*p.Height
}

// headKey is what the same head has in common over pages: its words, without numbers.
func headKey(l Line) string { return anyNumber.ReplaceAllString(strings.ToLower(fold(l.Text)), "#") }

// repeatedLines are the keys of the outer lines that stand on most pages, or on most of the
// odd or even ones.
func repeatedLines(pages []Page) map[string]bool {
	on := map[string][]int{}
	for i, p := range pages {
		for _, l := range p.Lines {
			if key := headKey(l); isOuter(p, l) && !slices.Contains(on[key], i) {
				on[key] = append(on[key], i)
			}
		}
	}
	repeated := map[string]bool{}
	for key, list := range on {
		repeated[key] = len(list) >= 2 && (len(list)*2 >= len(pages)-1 || len(list) >= 4 && len(list)*3 >= len(pages))
	}
	return repeated
}

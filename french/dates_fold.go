package french

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// foldWithPlaces writes text in lower case without accents, apostrophes and hyphens of one
// kind, spaces plain, and tells for each byte of it where in the text it comes from; the last
// place is the text's end.
func foldWithPlaces(text string) (string, []int) {
	var b strings.Builder
	b.Grow(len(text))
	places := make([]int, 0, len(text)+1)
	for i := 0; i < len(text); {
		c, size := utf8.DecodeRuneInString(text[i:])
		piece := text[i : i+size]
		switch {
		case c < utf8.RuneSelf:
			piece = string(unicode.ToLower(c))
		case c == '’' || c == 'ʼ':
			piece = "'"
		case c == '‑' || c == '–' || c == '‐':
			piece = "-"
		case unicode.IsSpace(c):
			piece = " "
		default:
			if d := norm.NFD.String(string(unicode.ToLower(c))); d[0] < utf8.RuneSelf {
				piece = d[:1]
			}
		}
		for range len(piece) {
			places = append(places, i)
		}
		b.WriteString(piece)
		i += size
	}
	return b.String(), append(places, len(text))
}

// leanOf says where dates without a year lie: ahead when the text speaks of what will be.
func leanOf(text string) Lean {
	for _, t := range Terms(text) {
		w := t.Text
		if len(w) > 5 && (strings.HasSuffix(w, "rons") || strings.HasSuffix(w, "ront") || strings.HasSuffix(w, "erai") || strings.HasSuffix(w, "erez")) ||
			len(w) > 4 && (strings.HasSuffix(w, "era") || strings.HasSuffix(w, "ira") || strings.HasSuffix(w, "dra")) || w == "aura" || w == "fera" || w == "sera" || w == "prochain" || w == "prochaine" {
			return LeanFuture
		}
	}
	return LeanPast
}

package claims

import (
	"sort"
	"strings"
	"unicode"
)

// plainText is a text in lower case without accents, with the way back: Go's \b knows ASCII
// letters only, so that patterns on the text itself miss « à l’unanimité ».
type plainText struct {
	s  string
	of string
	at []int32 // of each byte of s: the byte of the text that it comes from
}

func plainOf(text string) plainText {
	p := plainText{of: text, at: make([]int32, 0, len(text)+1)}
	var b strings.Builder
	b.Grow(len(text))
	for i, c := range text {
		r := plainRune(c)
		b.WriteString(r)
		for range len(r) {
			p.at = append(p.at, int32(i))
		}
	}
	p.at = append(p.at, int32(len(text)))
	p.s = b.String()
	return p
}

// plainLetters are the letters of French with a sign, and the signs that have a plain twin.
var plainLetters = map[rune]string{
	'à': "a", 'á': "a", 'â': "a", 'ä': "a", 'æ': "ae", 'ç': "c", 'è': "e", 'é': "e", 'ê': "e", 'ë': "e", 'í': "i", 'î': "i", 'ï': "i", 'ñ': "n",
	'ó': "o", 'ô': "o", 'ö': "o", 'œ': "oe", 'ù': "u", 'ú': "u", 'û': "u", 'ü': "u", 'ÿ': "y",
	'’': "'", '‘': "'", 'ʼ': "'", '‐': "-", '‑': "-", '–': "-", '—': "-", '\u00a0': " ", '\u202f': " ", '\u2009': " ", '\u00ad': "",
	'\u0300': "", '\u0301': "", '\u0302': "", '\u0308': "", '\u0327': "",
}

func plainRune(c rune) string {
	if c < 128 {
		return string(unicode.ToLower(c))
	}
	c = unicode.ToLower(c)
	if r, known := plainLetters[c]; known {
		return r
	}
	return string(c)
}

// span gives back a stretch of the plain text as one of the text.
func (p plainText) span(s Span) Span {
	if s.Start >= s.End {
		return Span{}
	}
	start := int(p.at[s.Start])
	end := len(p.of)
	if s.End < len(p.at) {
		end = int(p.at[s.End])
		if s.End > 0 && p.at[s.End] == p.at[s.End-1] { // inside of « œ »
			next := sort.Search(len(p.at), func(i int) bool { return p.at[i] > p.at[s.End] })
			end = int(p.at[next])
		}
	}
	return Span{Start: start, End: end}
}

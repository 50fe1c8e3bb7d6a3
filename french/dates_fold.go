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
	lexicon, err := theLexicon()
	if err != nil {
		return LeanPast
	}
	list := Terms(text)
	for i, t := range list {
		if t.Text == "prochain" || t.Text == "prochaine" || isVerbForm(lexicon, t.In(text), IndicativeFuture) { // « pourra », but not « caméra »
			return LeanFuture
		}
		if goesTo[t.Text] && i+1 < len(list) && isVerbForm(lexicon, list[i+1].In(text), Infinitive) {
			return LeanFuture
		}
	}
	return LeanPast
}

// goesTo are the forms of « aller » that an infinitive follows: « va ouvrir ».
var goesTo = wordSet("vais va allons allez vont")

// isVerbForm says whether a word may be a verb in one of the given forms.
func isVerbForm(lexicon *Lexicon, word string, forms Features) bool {
	for _, e := range lexicon.Lookup(word) {
		if e.POS == Verb && e.Features.Has(forms) {
			return true
		}
	}
	return false
}

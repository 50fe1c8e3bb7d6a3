package french

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// piece is a word or sign before it is read.
type piece struct {
	Span
	glued bool // a pronoun tied to the verb before it by a hyphen
}

// clitics are the pronouns that a hyphen ties to a verb.
var clitics = wordSet("ce elle elles en eux il ils je la le les leur lui moi nous on toi tu vous y")

// pieces cuts the sentence as the grammar needs it: « va-t-il » is two words, « aujourd'hui »
// one, « non-respect » two, and signs count. Bytes that are not UTF-8 are passed over.
func (a *Analyzer) pieces(text string) []piece {
	list := make([]piece, 0, len(text)/5+2)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case isWordRune(r):
			end := pieceEnd(text, i)
			list = a.hyphens(list, text, Span{i, end})
			i = end
		case unicode.IsSpace(r) || unicode.Is(unicode.Mn, r) || unicode.IsControl(r) || r == utf8.RuneError || unicode.Is(unicode.Cf, r):
			i += size
		default:
			list = append(list, piece{Span: Span{i, i + size}})
			i += size
		}
	}
	return list
}

// pieceEnd passes one word from i: letters, digits, their marks, inner hyphens, decimal
// signs, and the apostrophe that closes an elided word.
func pieceEnd(text string, i int) int {
	start := i
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		next, _ := utf8.DecodeRuneInString(text[i+size:])
		switch {
		case isWordRune(r), r != utf8.RuneError && (unicode.Is(unicode.Mn, r) || r == '\u00ad'):
			i += size
		case (r == '-' || r == '\u2010' || r == '\u2011') && isWordRune(next) && i > start:
			i += size
		case (r == '.' || r == ',') && unicode.IsDigit(next) && i > start && text[i-1] >= '0' && text[i-1] <= '9':
			i += size
		case isApostrophe(r) && i > start:
			if w := text[start:i]; isWordRune(next) && (strings.EqualFold(w, "aujourd") || strings.EqualFold(w, "prud") || strings.EqualFold(w, "quelqu") && next == 'u') {
				i += size
				continue
			}
			if elides(text[start:i]) {
				return i + size
			}
			return i
		default:
			return i
		}
	}
	return i
}

// elides says whether the word may lose its last letter: an apostrophe after another
// word closes a quotation.
func elides(word string) bool {
	switch Fold(word) {
	case "c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu", "presqu":
		return true
	}
	return strings.HasSuffix(strings.ToLower(word), "qu")
}

// hyphens adds the word, cut at the hyphens of an inversion or after « non- ».
func (a *Analyzer) hyphens(list []piece, text string, w Span) []piece {
	word := text[w.Start:w.End]
	i := strings.LastIndexByte(word, '-')
	if i <= 0 {
		return append(list, piece{Span: w})
	}
	if len(word) > 4 && strings.EqualFold(word[:4], "non-") {
		return append(list, piece{Span: Span{w.Start, w.Start + 3}}, piece{Span: Span{w.Start + 4, w.End}})
	}
	low := strings.ToLower(word)
	if !clitics[low[strings.LastIndexByte(low, '-')+1:]] || a.lex.Known(word) && !strings.HasSuffix(low, "-vous") {
		return append(list, piece{Span: w})
	}
	verb := word[:i]
	if n := len(verb); n > 2 && (verb[n-2:] == "-t" || verb[n-2:] == "-T") {
		verb = verb[:n-2]
	}
	// « rendez-vous » is the noun unless it opens the sentence's second person, which is rare.
	if low == "rendez-vous" || !a.isVerb(verb) {
		return append(list, piece{Span: w})
	}
	list = a.hyphens(list, text, Span{w.Start, w.Start + len(verb)})
	return append(list, piece{Span: Span{w.Start + i + 1, w.End}, glued: true})
}

func (a *Analyzer) isVerb(word string) bool {
	if i := strings.IndexByte(word, '-'); i > 0 {
		word = word[:i]
	}
	for _, e := range a.lex.Lookup(word) {
		if e.POS == Verb && e.Features.Has(FiniteForms) {
			return true
		}
	}
	return false
}

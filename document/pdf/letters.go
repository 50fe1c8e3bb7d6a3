package pdf

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func isSpace(c rune) bool { return c == ' ' || c == 0xA0 || c == '\t' || c == 0 }

// isLineHyphen says that a character is what the engine writes for a hyphen that ends a
// line, and for the end of the line with it.
func isLineHyphen(c rune) bool { return c == 0x02 || c == 0xFFFE }

// ligatures are single characters for several letters, which no search would find.
var ligatures = map[rune]string{
	0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st",
}

// accents are the spacing forms that some producers draw over a letter, with the combining
// form that belongs after it.
var accents = map[rune]rune{'´': 0x301, '`': 0x300, 'ˆ': 0x302, '¨': 0x308, '¸': 0x327, '˜': 0x303}

// letters writes characters as people read them: ligatures undone, accents on their letter,
// a hyphen where a line breaks a word.
func letters(chars []rune) string {
	var b strings.Builder
	for i, c := range chars {
		switch {
		case isLineHyphen(c):
			b.WriteByte('-')
		case c == 0 || c == utf8.RuneError || (c >= 0xE000 && c <= 0xF8FF) || c == 0xFFFF:
			// private characters are signs of the font: bullets, arrows, logos
			if c >= 0xE000 && c <= 0xF8FF {
				b.WriteRune('•')
			}
		case ligatures[c] != "":
			b.WriteString(ligatures[c])
		case accents[c] != 0 && i > 0 && isLetter(chars[i-1]):
			b.WriteRune(accents[c])
		default:
			b.WriteRune(c)
		}
	}
	return norm.NFC.String(b.String())
}

func isLetter(c rune) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

package french

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s in the form in which words are compared: lower case, without accents,
// œ and æ spelled out, apostrophes, hyphens and spaces of one kind, soft hyphens and
// byte order marks gone. It does not keep lengths: keep spans of the text itself.
func Fold(s string) string {
	if foldsToItself(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		foldRune(&b, r)
	}
	return b.String()
}

func foldsToItself(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}

func foldRune(b *strings.Builder, r rune) {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		b.WriteByte(byte(r))
		return
	}
	switch r {
	case 'œ', 'Œ':
		b.WriteString("oe")
	case 'æ', 'Æ':
		b.WriteString("ae")
	case 'ß':
		b.WriteString("ss")
	case 'é', 'è', 'ê', 'ë', 'É', 'È', 'Ê', 'Ë':
		b.WriteByte('e')
	case 'à', 'â', 'ä', 'À', 'Â', 'Ä':
		b.WriteByte('a')
	case '’', '‘', 'ʼ', '′', '´':
		b.WriteByte('\'')
	case '\u2010', '\u2011':
		b.WriteByte('-')
	case '\u00ad', '\ufeff', '\u200b', '\u200c', '\u200d', '\u2060', '\u0002':
		// Soft hyphens and the like stand inside words and are not part of them.
	default:
		foldOther(b, r)
	}
}

// foldOther decomposes what the table above does not know and drops the marks.
func foldOther(b *strings.Builder, r rune) {
	if unicode.IsSpace(r) {
		b.WriteByte(' ')
		return
	}
	if unicode.Is(unicode.Mn, r) {
		return
	}
	var buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(buf[:], r)
	for _, d := range norm.NFKD.String(string(buf[:n])) {
		if !unicode.Is(unicode.Mn, d) {
			b.WriteRune(unicode.ToLower(d))
		}
	}
}

// Lower returns s in lower case with its accents composed (NFC), apostrophes and hyphens
// of one kind: the form in which the lexicon and the stemmer know words.
func Lower(s string) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] < utf8.RuneSelf && (s[i] < 'A' || s[i] > 'Z')
	}
	if plain {
		return s
	}
	s = strings.ToLower(s)
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	return lowerSigns.Replace(s)
}

var lowerSigns = strings.NewReplacer("’", "'", "‘", "'", "ʼ", "'", "\u2010", "-", "\u2011", "-", "\u00ad", "", "\u200b", "")

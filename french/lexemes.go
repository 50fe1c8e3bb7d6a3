package french

import (
	"unicode"
	"unicode/utf8"
)

// lexeme is a word, a run of digits or one sign: the grain at which numbers and dates
// are read. Hyphens and decimal signs are signs of their own here.
type lexeme struct {
	Span
	text  string // folded
	kind  lexemeKind
	glued bool // no white space before it
}

type lexemeKind uint8

const (
	wordLexeme lexemeKind = iota
	digitLexeme
	signLexeme
)

// lexemes cuts text; an elided word keeps its apostrophe (« d' »).
func lexemes(text string) []lexeme {
	list := make([]lexeme, 0, len(text)/5+1)
	space := true
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsSpace(r) || r == '\u00ad' {
			space = space || r != '\u00ad'
			i += size
			continue
		}
		x := lexeme{Span: Span{i, i + size}, glued: !space}
		space = false
		switch {
		case r >= '0' && r <= '9':
			x.kind = digitLexeme
			for x.End < len(text) && text[x.End] >= '0' && text[x.End] <= '9' {
				x.End++
			}
			x.text = text[x.Start:x.End]
		case unicode.IsLetter(r):
			x.End = wordEnd(text, i)
			x.text = Fold(text[x.Start:x.End])
		default:
			x.kind = signLexeme
			x.text = Fold(text[x.Start:x.End])
		}
		list = append(list, x)
		i = x.End
	}
	return list
}

// wordEnd passes the letters from i, their marks, and one closing apostrophe.
func wordEnd(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if isApostrophe(r) && i+size < len(text) {
			if next, _ := utf8.DecodeRuneInString(text[i+size:]); unicode.IsLetter(next) || unicode.IsDigit(next) {
				return i + size
			}
			return i
		}
		if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) && r != '\u00ad' {
			return i
		}
		i += size
	}
	return i
}

// reader walks the lexemes of a text.
type reader struct {
	src string
	lx  []lexeme
}

func newReader(text string) *reader { return &reader{src: text, lx: lexemes(text)} }

// word returns the folded text at i, "" outside.
func (r *reader) word(i int) string {
	if i < 0 || i >= len(r.lx) {
		return ""
	}
	return r.lx[i].text
}

// is says whether the lexemes from i are these words.
func (r *reader) is(i int, words ...string) bool {
	for k, w := range words {
		if r.word(i+k) != w {
			return false
		}
	}
	return i >= 0
}

// glued says whether there is a lexeme at i and it touches the one before.
func (r *reader) glued(i int) bool { return i > 0 && i < len(r.lx) && r.lx[i].glued }

func (r *reader) digits(i int) bool {
	return i >= 0 && i < len(r.lx) && r.lx[i].kind == digitLexeme
}

// span covers the lexemes from i to j, j excluded.
func (r *reader) span(i, j int) Span { return Span{r.lx[i].Start, r.lx[j-1].End} }

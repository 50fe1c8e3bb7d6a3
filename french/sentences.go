package french

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestWhole is the length in bytes up to which a quotation or a bracket stays inside
// one sentence, whatever it holds. A longer one is cut at its inner sentences: a speech
// printed between « and » is not one sentence.
const longestWhole = 600

// Sentences returns the sentences of text, in order, without the white space around
// them. A quotation or a bracket with sentences in it stays whole unless it is very long;
// a semicolon or a colon ends nothing; a blank line ends everything. Captions without
// punctuation come back whole: only their pauses can cut them, and the caller has those.
func Sentences(text string) []Span {
	return newSplitter(text, true).split()
}

// InnerSentences is Sentences, but cuts inside quotations too: each assertion that a
// quotation holds comes back by itself, its quotation marks where they stand.
func InnerSentences(text string) []Span {
	return newSplitter(text, false).split()
}

type splitter struct {
	text       string
	keepQuotes bool
	start      int // of the sentence being read
	closed     int // no break before this byte: inside a quotation or a bracket
	list       []Span
}

func newSplitter(text string, keepQuotes bool) *splitter {
	return &splitter{text: text, keepQuotes: keepQuotes}
}

func (s *splitter) split() []Span {
	for i := 0; i < len(s.text); {
		r, size := utf8.DecodeRuneInString(s.text[i:])
		next := i + size
		switch {
		case r == '\n':
			next = s.newline(i)
		case i >= s.closed && opens(r):
			s.open(i, r)
		case i < s.closed:
		case r == ';':
			s.semicolon(next)
		case isTerminal(r):
			next = s.terminal(i)
		}
		i = next
	}
	s.cut(len(s.text))
	return s.list
}

func (s *splitter) cut(end int) {
	s.list = appendTrimmed(s.list, s.text, Span{s.start, end})
	s.start = end
}

// newline cuts at a blank line and before a line that opens with a bullet; any other line
// end is the printer's.
func (s *splitter) newline(i int) int {
	j := i + 1
	for j < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[j:])
		if r == '\n' {
			s.cut(i)
			s.closed = min(s.closed, j)
			return j + 1
		}
		if !unicode.IsSpace(r) {
			if isBullet(s.text[j:]) || itemMarker.MatchString(s.text[j:min(len(s.text), j+12)]) {
				s.cut(i)
			}
			break
		}
		j += size
	}
	return i + 1
}

func isBullet(line string) bool {
	for _, b := range []string{"•", "▪", "■", "●", "◦", "‣", "➢", "➔", "→", "\uf0b7", "- ", "– ", "— ", "* "} {
		if strings.HasPrefix(line, b) {
			return true
		}
	}
	return false
}

func isTerminal(r rune) bool { return r == '.' || r == '!' || r == '?' || r == '…' }

func opens(r rune) bool { return r == '«' || r == '“' || r == '"' || r == '(' || r == '[' }

// open finds where the quotation or bracket at i closes and keeps it whole, if it is
// short enough; a break may follow the closing sign.
func (s *splitter) open(i int, r rune) {
	quote := r != '(' && r != '['
	if quote && !s.keepQuotes {
		return
	}
	end := closing(s.text, i, r)
	if end < 0 {
		return
	}
	s.closed = end
	if !quote {
		s.afterBracket(i, end)
	} else {
		s.afterQuote(end)
	}
}

// closing returns the byte after the sign that closes the one at i; -1 when a blank line
// or longestWhole comes first.
func closing(text string, i int, open rune) int {
	closer := map[rune]rune{'«': '»', '“': '”', '"': '"', '(': ')', '[': ']'}[open]
	depth := 0
	limit := min(len(text), i+longestWhole)
	for j, r := range text[i:limit] {
		switch {
		case r == closer && j > 0:
			depth--
			if depth <= 0 {
				return i + j + utf8.RuneLen(r)
			}
		case r == open:
			depth++
		case r == '\n' && strings.HasPrefix(strings.TrimLeft(text[i+j+1:], " \t\r"), "\n"):
			return -1
		}
	}
	return -1
}

// afterQuote cuts behind a quotation that ends with its own full stop, when a new
// sentence plainly follows: « … » a dit Mme X goes on.
func (s *splitter) afterQuote(end int) {
	inside := strings.TrimRightFunc(s.text[s.start:end], func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(`»”"`, r)
	})
	last, _ := utf8.DecodeLastRuneInString(inside)
	if !isTerminal(last) {
		return
	}
	s.cutIfSentenceFollows(end)
}

// afterBracket cuts behind « (Rires.) » that stands between two sentences.
func (s *splitter) afterBracket(start, end int) {
	if strings.TrimSpace(s.text[s.start:start]) == "" {
		s.cutIfSentenceFollows(end)
	}
}

func (s *splitter) cutIfSentenceFollows(end int) {
	rest := s.text[end:]
	trimmed := strings.TrimLeftFunc(rest, unicode.IsSpace)
	if len(trimmed) == len(rest) || trimmed == "" {
		return
	}
	if beginsSentence(trimmed) {
		s.cut(end)
	}
}

// beginsSentence says whether text opens with a capital, a digit or an opening sign.
func beginsSentence(text string) bool {
	for _, r := range text {
		if r == '«' || r == '“' || r == '"' || r == '(' || r == '[' || r == '’' || r == '\'' || unicode.IsSpace(r) ||
			r == '–' || r == '—' || r == '-' || r == '•' || r == '…' || r == '¡' || r == '>' {
			continue
		}
		return unicode.IsUpper(r) || unicode.IsDigit(r)
	}
	return false
}

// terminal handles the full stop (or ! ? …) at i and returns where to read on.
func (s *splitter) terminal(i int) int {
	end := i
	dots, strong := 0, false
	for end < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[end:])
		if !isTerminal(r) {
			break
		}
		if r == '.' {
			dots++
		}
		strong = strong || r == '!' || r == '?' || r == '…'
		end += size
	}
	after := skipClosers(s.text, end)
	gap := strings.TrimLeftFunc(s.text[after:], unicode.IsSpace)
	if len(gap) == len(s.text)-after || gap == "" {
		return end // « 3.60 », « .fr », « M. X.- »: nothing but white space ends a sentence
	}
	if strong && dots == 0 || dots > 1 {
		if unicode.IsUpper(firstLetter(gap)) || unicode.IsDigit(firstLetter(gap)) {
			s.cutUnlessLabel(after, gap)
		}
		return end
	}
	if after == end {
		s.numbered(i)
		if nextItem(s.text[s.start:i], gap) {
			s.cut(after)
			return end
		}
	}
	if s.fullStopEnds(i, gap) {
		s.cutUnlessLabel(after, gap)
	}
	return max(end, s.start)
}

// skipClosers passes the closing signs that belong to the sentence before.
func skipClosers(text string, i int) int {
	for i < len(text) {
		j := i
		for j < len(text) { // « . » » with its white space inside
			r, size := utf8.DecodeRuneInString(text[j:])
			if r != ' ' && r != '\u00a0' && r != '\u202f' {
				break
			}
			j += size
		}
		r, size := utf8.DecodeRuneInString(text[j:])
		if r == '»' || r == '”' || j == i && (r == ')' || r == ']' || r == '"') {
			i = j + size
			continue
		}
		return i
	}
	return i
}

func firstLetter(text string) rune {
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		if r == ',' || r == ';' || r == ':' {
			return r
		}
	}
	return 0
}

// cutUnlessLabel cuts at end, unless what ends there is the label of a speaker
// (« Mme NEBBULA. – Merci »), which belongs to what it introduces.
func (s *splitter) cutUnlessLabel(end int, rest string) {
	dash, _ := utf8.DecodeRuneInString(rest)
	if dash == '–' || dash == '—' || dash == '-' {
		if head := s.text[s.start:end]; len(head) < 80 && isLabel(head) {
			return
		}
	}
	s.cut(end)
}

func isLabel(head string) bool {
	first, _, _ := strings.Cut(strings.TrimSpace(head), " ")
	switch strings.TrimRight(Fold(first), ".") {
	case "m", "mm", "mme", "mmes", "mlle", "monsieur", "madame", "article", "art":
		return true
	}
	return strings.ToUpper(head) == head && strings.ToLower(head) != head
}

func appendTrimmed(list []Span, text string, s Span) []Span {
	in := s.In(text)
	left := strings.TrimLeftFunc(in, unicode.IsSpace)
	s.Start += len(in) - len(left)
	s.End = s.Start + len(strings.TrimRightFunc(left, unicode.IsSpace))
	if s.Len() <= 0 {
		return list
	}
	return append(list, s)
}

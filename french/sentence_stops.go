package french

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// fullStopEnds says whether the single full stop at i ends the sentence, rest being what
// follows after white space.
func (s *splitter) fullStopEnds(i int, rest string) bool {
	before := s.text[s.start:i]
	word := lastChunk(before)
	if !beginsSentence(rest) {
		return s.plainWordEnds(word, rest)
	}
	low := Lower(strings.TrimLeft(word, `«"“(['’`))
	if k := strings.LastIndexByte(low, '\''); k >= 0 {
		low = low[k+1:] // « l'art. 3 »
	}
	starts := sentenceStarters[Fold(firstWord(rest))]
	next := firstLetter(rest)
	switch {
	case word == "":
		return true
	case timeAndMeasures[word] && endsWithDigit(chunkBefore(before, word)):
		return true
	case s.isMarker(before, word), isNumberUnderHeading(before, word):
		return false
	case isReferenceLetter(word) && unicode.IsDigit(next):
		return false // art. L. 4132-12
	case isDayOrMonth(word) && looksLikeDate(rest):
		return false // 12. 03. 2025
	case titleAbbreviations[low]:
		return false
	case isInitials(word):
		return s.initialEnds(before, word, rest)
	case nameAbbreviations[low]:
		return starts
	case numberAbbreviations[low]:
		return starts && !unicode.IsDigit(next) && !isReferenceLetter(firstWord(rest))
	case closingAbbreviations[low]:
		return unicode.IsUpper(next) && (starts || low != "ex")
	}
	return true
}

// lastChunk returns the run without white space at the end of text.
func lastChunk(text string) string {
	i := strings.LastIndexFunc(text, unicode.IsSpace)
	if i < 0 {
		return text
	}
	_, size := utf8.DecodeRuneInString(text[i:])
	return text[i+size:]
}

func chunkBefore(text, chunk string) string {
	return lastChunk(strings.TrimRightFunc(text[:len(text)-len(chunk)], unicode.IsSpace))
}

// isMarker says whether the sentence so far is only the number of a list: « 1. », « II. »,
// « A. », « 2.1. ».
func (s *splitter) isMarker(before, word string) bool {
	if strings.TrimSpace(before) != word || len(word) > 6 {
		return false
	}
	return isNumeral(word) || utf8.RuneCountInString(word) == 1
}

// isNumeral accepts digits with inner points and Roman numbers.
func isNumeral(word string) bool {
	return strings.Trim(word, "0123456789.") == "" || strings.Trim(word, "IVXLC") == ""
}

// isReferenceLetter: L., R., D. before the number of an article of a code; also LO., A.
func isReferenceLetter(word string) bool {
	switch strings.TrimLeft(word, "(«") {
	case "L", "R", "D", "A", "LO", "L.O", "R*", "l", "r", "d":
		return true
	}
	return false
}

// isNumberUnderHeading: « Article 1. », « Point 12. » when nothing else stands before.
func isNumberUnderHeading(before, word string) bool {
	fields := strings.Fields(before)
	if len(fields) != 2 || !headings[Fold(fields[0])] {
		return false
	}
	w := strings.TrimRight(Fold(word), "er")
	return isNumeral(word) || strings.Trim(w, "0123456789") == "" || utf8.RuneCountInString(word) == 1
}

// isInitials: « J », « J.-P », « C.S.T », « A.B ».
func isInitials(word string) bool {
	word = strings.TrimLeft(word, `«"“([`)
	if i := strings.LastIndexAny(word, "'’"); i >= 0 {
		word = strings.TrimLeft(word[i:], "'’")
	}
	letters := 0
	for _, part := range strings.FieldsFunc(word, func(r rune) bool { return r == '.' || r == '-' }) {
		if n := utf8.RuneCountInString(part); n != 1 && !(n == 2 && (part == "Ch" || part == "Ph" || part == "Th" || part == "Fr")) {
			return false
		}
		r, _ := utf8.DecodeRuneInString(part)
		if !unicode.IsUpper(r) {
			return false
		}
		letters++
	}
	return letters > 0
}

// initialEnds decides between the initial of a first name, which goes on, and a letter
// or an acronym that closes a sentence (« la catégorie A. Les … », « le C.S.T. Il … »).
func (s *splitter) initialEnds(before, word, rest string) bool {
	if word == "M" || word == "MM" {
		return false
	}
	starter := sentenceStarters[Fold(firstWord(rest))]
	if strings.ContainsRune(word, '.') && !strings.ContainsRune(word, '-') {
		return starter
	}
	prev := chunkBefore(before, word)
	noun := prev
	if k := strings.LastIndexAny(prev, "'’"); k >= 0 {
		_, size := utf8.DecodeRuneInString(prev[k:])
		noun = prev[k+size:]
	}
	if letteredNouns[Fold(noun)] {
		return true
	}
	r, _ := utf8.DecodeRuneInString(prev)
	if unicode.IsUpper(r) && !strings.HasSuffix(word, "-") {
		// « M. A. Le Goff », « Jean C. Le Goff » go on; « Mme L. Elle » stops.
		switch Fold(firstWord(rest)) {
		case "le", "la", "les", "de", "du", "des":
			return false
		}
		return starter
	}
	return starter && prev != "" && prev != "," && prev != "et" && prev != "par"
}

func firstWord(text string) string {
	text = strings.TrimLeftFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	i := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' })
	if i < 0 {
		return text
	}
	return text[:i]
}

func isDayOrMonth(word string) bool {
	return len(word) <= 2 && strings.Trim(word, "0123456789") == ""
}

// looksLikeDate: « 03. 2025 » after « 12. ».
func looksLikeDate(rest string) bool {
	n := 0
	for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' {
		n++
	}
	return n > 0 && n <= 2 && strings.HasPrefix(rest[n:], ".") || n == 4 && (strings.HasPrefix(rest, "20") || strings.HasPrefix(rest, "19"))
}

func endsWithDigit(word string) bool {
	return word != "" && word[len(word)-1] >= '0' && word[len(word)-1] <= '9'
}

// plainWordEnds lets a sentence go on in lower case (captions, product names) when the
// full stop stands behind a word that is known and no abbreviation.
func (s *splitter) plainWordEnds(word, rest string) bool {
	low := Lower(strings.TrimLeft(word, `«"“(['’`))
	if k := strings.LastIndexByte(low, '\''); k >= 0 {
		low = low[k+1:]
	}
	if utf8.RuneCountInString(low) < 2 || low == "bis" || low == "ter" || strings.ContainsAny(low, "0123456789") || !unicode.IsLower(firstLetter(rest)) || titleAbbreviations[low] ||
		nameAbbreviations[low] || numberAbbreviations[low] || closingAbbreviations[low] || timeAndMeasures[low] {
		return false
	}
	lex, err := theLexicon()
	return err == nil && lex.Known(low)
}

// numbered cuts before « 2. » when the sentence being read opened with « 1. »: a list
// printed on one line.
func (s *splitter) numbered(i int) {
	before := s.text[s.start:i]
	word := lastChunk(before)
	if len(word) > 2 || !isDayOrMonth(word) || len(word) == len(strings.TrimSpace(before)) {
		return
	}
	n, err := strconv.Atoi(word)
	if err == nil && strings.HasPrefix(strings.TrimSpace(before), strconv.Itoa(n-1)+". ") {
		s.cut(i - len(word))
	}
}

// itemMarker opens an item of a list: « b) », « 2° », « 2°) », « b. ».
var itemMarker = regexp.MustCompile(`^(?:([a-h])[.)]|(\d{1,2})(?:°\)?|\)))[\s\x{a0}\x{202f}]+`)

// nextItem says that a text goes on with the item after the one with which the sentence before opened:
// « a) … » and « b) … », « 1° … » and « 2° … ».
func nextItem(before, rest string) bool {
	if rest == "" || rest[0] > 'h' || rest[0] < '0' || rest[0] > '9' && rest[0] < 'a' {
		return false // most texts go on with a capital, and the pattern takes long
	}
	one, two := itemMarker.FindStringSubmatch(strings.TrimLeftFunc(before, unicode.IsSpace)), itemMarker.FindStringSubmatch(rest)
	switch {
	case one == nil || two == nil:
		return false
	case one[1] != "" && two[1] != "":
		return two[1][0] == one[1][0]+1
	case one[2] != "" && two[2] != "":
		n, _ := strconv.Atoi(one[2]) // two digits at most
		return two[2] == strconv.Itoa(n+1)
	}
	return false
}

// semicolon cuts between the visas of an act: « Vu … ; Considérant … ».
func (s *splitter) semicolon(i int) {
	rest := strings.TrimLeftFunc(s.text[i:], unicode.IsSpace)
	if len(rest) == len(s.text)-i || !unicode.IsUpper(firstLetter(itemMarker.ReplaceAllString(rest, ""))) {
		return
	}
	if nextItem(s.text[s.start:i-1], rest) {
		s.cut(i)
		return
	}
	if recitals[Fold(firstWord(s.text[s.start:i]))] || recitals[Fold(firstWord(rest))] {
		s.cut(i)
	}
}

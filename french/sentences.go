package french

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var sentenceEnd = regexp.MustCompile(`[.!?…]+["»”)\]]*(\s+)|\n\s*\n`)

var titleEnd = regexp.MustCompile(`(?i)(^|[\s('’«])(m|mm|mme|mmes|mlle|dr|me|art|p|pp|n|no|al|l|r|d|cf|ex|env|[A-Z])$`)

// Sentences returns the sentences of text, in order, without the white space around them.
func Sentences(text string) []Span {
	var list []Span
	start := 0
	for _, m := range sentenceEnd.FindAllStringSubmatchIndex(text, -1) {
		if m[0] < start {
			continue
		}
		blank := m[2] < 0
		next, _ := utf8.DecodeRuneInString(text[m[1]:])
		if !blank {
			if unicode.IsLower(next) || text[m[0]] == '.' && titleEnd.MatchString(text[start:m[0]]) {
				continue
			}
		}
		list = appendTrimmed(list, text, Span{start, m[1]})
		start = m[1]
	}
	return appendTrimmed(list, text, Span{start, len(text)})
}

func appendTrimmed(list []Span, text string, s Span) []Span {
	in := s.In(text)
	left := strings.TrimLeftFunc(in, unicode.IsSpace)
	s.Start += len(in) - len(left)
	s.End = s.Start + len(strings.TrimRightFunc(left, unicode.IsSpace))
	if s.Len() == 0 {
		return list
	}
	return append(list, s)
}

package review

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a form takes at most, in characters: the same that its fields say in maxlength.
const (
	longestNote  = 20_000
	longestLine  = 200 // a name, a tag, a view
	longestQuote = 2000
)

// typed reads what somebody typed: trimmed, line ends as \n, at most longest characters. errTooLong,
// errControls for what would be seen otherwise than it is written (the marks that turn the direction
// of writing, Unicode TR 36), errBadRequest for what is no text.
func typed(value string, longest int) (string, error) {
	value = strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n", "\v", "\n").Replace(value))
	if !utf8.ValidString(value) {
		return "", errBadRequest
	}
	if utf8.RuneCountInString(value) > longest {
		return "", errTooLong
	}
	if strings.ContainsFunc(value, turnsOrHides) {
		return "", errControls
	}
	return value, nil
}

// typedLine is typed for one line.
func typedLine(value string) (string, error) {
	value, err := typed(value, longestLine)
	return strings.Join(strings.Fields(value), " "), err
}

func turnsOrHides(c rune) bool {
	switch {
	case c == '\n' || c == '\t':
		return false
	case c >= 0x202a && c <= 0x202e, c >= 0x2066 && c <= 0x2069, c == 0x200e, c == 0x200f, c == 0x061c, c == 0xfeff:
		return true
	}
	return unicode.IsControl(c)
}

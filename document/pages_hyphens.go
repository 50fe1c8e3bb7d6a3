package document

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"contredit/french"
)

// theWords tells a word that a line end parted from one that has a hyphen of its own.
var theWords = sync.OnceValues(french.LoadLexicon)

// joinLines joins a line to the text before it. A hyphen at the end of a line goes when it
// only parts a word, and stays in « vice-présidente » and « Val-de-Brenne ».
func joinLines(text, line string) string {
	switch {
	case text == "":
		return line
	case line == "":
		return text
	case !strings.HasSuffix(text, "-"):
		return text + " " + line
	}
	head, tail := lastWord(strings.TrimSuffix(text, "-")), wordAhead(line)
	if head == "" || strings.HasSuffix(text, " -") {
		return text + " " + line
	}
	next, _ := utf8.DecodeRuneInString(line)
	switch {
	case !unicode.IsLower(next):
		return text + line // « Val-de-/Brenne », « 2024-/2025 »
	case keepsHyphen(head, tail):
		return text + line
	}
	return strings.TrimSuffix(text, "-") + line
}

// keepsHyphen says that the two halves are words that stand together with a hyphen.
func keepsHyphen(head, tail string) bool {
	if strings.Contains(head, "-") && !strings.HasSuffix(head, "-") && len(tail) > 0 {
		// « Saint-Jean-/d’Arc » goes on; « co-construc-/tion » is parted.
		head = head[strings.LastIndex(head, "-")+1:]
	}
	words, err := theWords()
	if err != nil {
		return false
	}
	if words.Known(head + tail) {
		return false
	}
	if prefixes[french.Fold(head)] {
		return true
	}
	return words.Known(head) && words.Known(tail)
}

// prefixes are first halves that keep their hyphen, whatever follows.
var prefixes = map[string]bool{
	"auto": true, "avant": true, "celui": true, "celle": true, "ceux": true, "celles": true, "ci": true, "co": true, "contre": true, "demi": true, "ex": true,
	"grand": true, "haut": true, "inter": true, "mi": true, "micro": true, "moyen": true, "multi": true, "non": true, "plan": true, "procès": true, "proces": true,
	"quasi": true, "quatre": true, "rez": true, "semi": true, "sous": true, "tiers": true, "vice": true, "vingt": true, "trente": true, "quarante": true, "cinquante": true, "soixante": true,
}

func lastWord(text string) string {
	i := strings.LastIndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' })
	if i < 0 {
		return text
	}
	_, size := utf8.DecodeRuneInString(text[i:])
	return text[i+size:]
}

func wordAhead(text string) string {
	i := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	if i < 0 {
		return text
	}
	return text[:i]
}

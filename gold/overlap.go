package gold

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Words are the folded words of a text: letters and digits, without case and accents.
func Words(text string) []string {
	text = strings.ReplaceAll(cases.Fold().String(norm.NFKD.String(text)), "œ", "oe")
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r) && norm.NFKD.PropertiesString(string(r)).CCC() != 0:
			return -1
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			return r
		}
		return ' '
	}, text)
	return strings.Fields(text)
}

// Overlap is how far two quotes are the same, from 0 to 1: one holds the other, or they
// share content words. Quoting much more than the passage is not quoting it.
func Overlap(a, b []string) float64 {
	short, long := a, b
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) == 0 || len(long) > 3*len(short)+10 {
		return 0
	}
	if slices.Equal(short, long) {
		return 1
	}
	if len(short) >= 3 && strings.Contains(" "+strings.Join(long, " ")+" ", " "+strings.Join(short, " ")+" ") {
		return 0.95
	}
	head, rest, shared := content(short), content(long), 0
	for _, w := range head {
		if i := slices.Index(rest, w); i >= 0 {
			rest = slices.Delete(rest, i, i+1)
			shared++
		}
	}
	if part := ratio(shared, len(head)); shared >= 3 && part >= 0.6 {
		return 0.9 * part
	}
	return 0
}

// content are the words of four letters and more, and the numbers.
func content(words []string) []string {
	var kept []string
	for _, w := range words {
		if utf8.RuneCountInString(w) >= 4 || strings.Trim(w, "0123456789") == "" {
			kept = append(kept, w)
		}
	}
	return kept
}

func ratio(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

func f1(p, r float64) float64 {
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

var (
	titleWords = wordSet("m mm mme mmes monsieur madame le la les l president presidente vice premier premiere dr conseiller conseillere regional regionale de")
	council    = wordSet("region regional departement departemental conseil collectivite executif")
)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// samePerson goes by surnames; first names must not disagree; a bare title names nobody; a
// council is a council.
func samePerson(a, b string) bool {
	fa, fb := Words(a), Words(b)
	if slices.Equal(fa, fb) {
		return true
	}
	if isCouncil(fa) && isCouncil(fb) {
		return true
	}
	short, long := withoutTitles(fa), withoutTitles(fb)
	if len(short) == 0 || len(long) == 0 {
		return false
	}
	if len(short) > len(long) {
		short, long = long, short
	}
	return slices.Equal(long[len(long)-len(short):], short)
}

func isCouncil(words []string) bool {
	if len(words) == 0 || !council[words[0]] && words[0] != "la" && words[0] != "le" {
		return false
	}
	return slices.ContainsFunc(words, func(w string) bool { return council[w] })
}

func withoutTitles(words []string) []string {
	var kept []string
	for _, w := range words {
		if !titleWords[w] {
			kept = append(kept, w)
		}
	}
	return kept
}

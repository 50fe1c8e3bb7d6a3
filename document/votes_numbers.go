package document

import (
	"strconv"
	"strings"
)

// frenchUnits are the words that French numbers up to a hundred are made of, in today's
// spelling, that of 1990 and the regional ones. Sorted by value.
var frenchUnits = map[string]int{
	"aucun": 0, "aucune": 0, "néant": 0, "zéro": 0,
	"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7,
	"huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14,
	"quinze": 15, "seize": 16, "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40,
	"cinquante": 50, "soixante": 60, "septante": 70, "huitante": 80, "octante": 80, "nonante": 90,
}

const (
	numberWord  = `(?:aucune?|néant|zéro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante|septante|huitante|octante|nonante|cents?|mille?)`
	numberWords = numberWord + `(?:[- ]et[- ](?:une?|onze)\b|[- ]` + numberWord + `)*`
	// amountOf is a count in figures or in words. No assembly has a thousand members, and four
	// figures are a year.
	amountOf = `(?:\d{1,3}|` + numberWords + `)`
)

var wordsOfNumber = lazily(`[\pL]+`)

// readCount reads a count written in figures or in words.
func readCount(text string) (int, bool) {
	text = strings.TrimSpace(text)
	if n, err := strconv.Atoi(text); err == nil {
		return n, n >= 0
	}
	total, group, seen := 0, 0, false
	for _, word := range wordsOfNumber.FindAllString(strings.ToLower(text), -1) {
		value, unit := frenchUnits[word]
		switch {
		case word == "et":
		case word == "cent" || word == "cents":
			group, seen = max(group, 1)*100, true
		case word == "mille" || word == "mil":
			total, group, seen = max(group, 1)*1000, 0, true
		case !unit:
			return 0, false
		case value == 20 && group%100 == 4: // quatre-vingts
			group, seen = group+76, true
		default:
			group, seen = group+value, true
		}
	}
	return total + group, seen
}

package document

import (
	"fmt"
	"strings"
	"time"
)

// day is a calendar day named in a text.
type day struct {
	Span
	ISO string
}

var monthNames = map[string]int{
	"janvier": 1, "janv": 1, "février": 2, "fevrier": 2, "févr": 2, "fév": 2, "mars": 3, "avril": 4, "avr": 4,
	"mai": 5, "juin": 6, "juillet": 7, "juil": 7, "août": 8, "aout": 8, "septembre": 9, "sept": 9,
	"octobre": 10, "oct": 10, "novembre": 11, "nov": 11, "décembre": 12, "decembre": 12, "déc": 12,
}

const monthWord = `(janvier|janv|février|fevrier|févr|fév|mars|avril|avr|mai|juin|juillet|juil|août|aout|septembre|sept|octobre|oct|novembre|nov|décembre|decembre|déc)`

var (
	longDay = lazily(`(?i)(\d{1,2})\s*(?:er|ᵉʳ)?\s+` + monthWord + `\.?\s+(\d{4})`)
	wordDay = lazily(`(?i)(premier|` + numberWords + `)\s+` + monthWord + `\s+(?:de\s+l['’]an\s+)?(deux[- ]mil(?:le)?(?:[- ]et[- ](?:une?|onze)|[- ]` + numberWord + `)*)`)
	// yearDay: « L'an deux mille vingt-cinq, le vendredi vingt et un mars », « L'an 2024 et le 4 mars ».
	yearDay  = lazily(`(?i)\bl['’]an\s+(deux[- ]mil(?:le)?(?:[- ]et[- ](?:une?|onze)|[- ]` + numberWord + `)*|\d{4})\s*,?\s*(?:et\s+)?le\s+(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)?(premier|\d{1,2}|` + numberWords + `)(?:\s*er)?\s+(?:du\s+mois\s+de\s+|(?:jour\s+)?(?:du\s+mois\s+)?d['’e]\s*)?` + monthWord + `\b`)
	slashDay = lazily(`\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b`)
	isoDay   = lazily(`\b(\d{4})-(\d{2})-(\d{2})(?:\b|T)`)
)

// daysIn lists the full days that a text names, in order: « 9 octobre 2025 », « dix-neuf
// juin deux mil quinze », « 09/10/2025 », « 2025-10-09 ».
func daysIn(text string) []day {
	var days []day
	add := func(at []int, year, month, d int) {
		if iso, ok := isoOf(year, month, d); ok {
			days = append(days, day{Span: Span{Start: at[0], End: at[1]}, ISO: iso})
		}
	}
	for _, m := range longDay.FindAllStringSubmatchIndex(text, -1) {
		add(m, number(text[m[6]:m[7]]), monthNames[strings.ToLower(text[m[4]:m[5]])], number(text[m[2]:m[3]]))
	}
	for _, m := range wordDay.FindAllStringSubmatchIndex(text, -1) {
		d, _ := readCount(text[m[2]:m[3]])
		if strings.EqualFold(text[m[2]:m[3]], "premier") {
			d = 1
		}
		year, _ := readCount(text[m[6]:m[7]])
		add(m, year, monthNames[strings.ToLower(text[m[4]:m[5]])], d)
	}
	for _, m := range yearDay.FindAllStringSubmatchIndex(text, -1) {
		d, _ := readCount(text[m[4]:m[5]])
		if strings.EqualFold(text[m[4]:m[5]], "premier") {
			d = 1
		}
		add(m, number(text[m[2]:m[3]]), monthNames[strings.ToLower(text[m[6]:m[7]])], d)
	}
	for _, m := range slashDay.FindAllStringSubmatchIndex(text, -1) {
		add(m, number(text[m[6]:m[7]]), number(text[m[4]:m[5]]), number(text[m[2]:m[3]]))
	}
	for _, m := range isoDay.FindAllStringSubmatchIndex(text, -1) {
		add(m, number(text[m[2]:m[3]]), number(text[m[4]:m[5]]), number(text[m[6]:m[7]]))
	}
	for i := 1; i < len(days); i++ {
		for j := i; j > 0 && days[j].Start < days[j-1].Start; j-- {
			days[j], days[j-1] = days[j-1], days[j]
		}
	}
	return days
}

func number(digits string) int {
	n, _ := readCount(digits)
	return n
}

// isoOf checks that a day exists and that a council could have met on it.
func isoOf(year, month, d int) (string, bool) {
	if year < 1900 || year > 2200 || month < 1 || month > 12 || d < 1 {
		return "", false
	}
	t := time.Date(year, time.Month(month), d, 0, 0, 0, 0, time.UTC)
	if t.Day() != d {
		return "", false
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, d), true
}

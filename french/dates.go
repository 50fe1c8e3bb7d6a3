package french

import (
	"regexp"
	"strconv"
	"time"
)

// Precision is how finely a period is told.
type Precision uint8

// Precisions, from fine to coarse.
const (
	ToMinute Precision = iota
	ToHour
	ToDay
	ToWeek
	ToMonth
	ToQuarter
	ToSeason
	ToSemester
	ToYear
	ToSchoolYear
)

// When is how an event lies to the period named.
type When uint8

// Relations of an event to a period.
const (
	During  When = iota // « le 27 mars », « en 2025 »
	Earlier             // « avant le »
	Later               // « après le »
	Since               // « depuis », « dès », « à partir de »
	Until               // « jusqu'au »
	By                  // « d'ici », « au plus tard le »
)

// Period is a stretch of days, or of hours of a day, that a text names.
type Period struct {
	Span
	From, To   time.Time // first and last day, both included, at midnight of the reference's place; zero when open
	Begin, End time.Time // the same as instants, end excluded: finer than days when an hour is told
	Precision  Precision
	Relation   When
	Relative   bool // told against the reference day: « la semaine dernière », « en décembre »
	Repeated   bool // a habit: « chaque lundi », « tous les mois »
	Clock      bool // an hour is told
}

// Lean is where to look for a date that is told without its year or week.
type Lean uint8

// Leans.
const (
	LeanByTense Lean = iota // after the tense of the sentence; the past when it tells nothing
	LeanPast
	LeanFuture
	LeanNear
)

var months = []string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}

var plainDate = regexp.MustCompile(`(?i)\b(\d{1,2})(?:er)?\s+(janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\s+(\d{4})`)

// Dates returns the periods named in text, in order of their spans. What is told
// without a year is resolved against ref, the day on which the text was said.
func Dates(text string, ref time.Time) []Period {
	return DatesLeaning(text, ref, LeanByTense)
}

// DatesLeaning is Dates with a direction in which to look for years that are left out.
func DatesLeaning(text string, ref time.Time, lean Lean) []Period {
	var list []Period
	for _, m := range plainDate.FindAllStringSubmatchIndex(text, -1) {
		day, _ := strconv.Atoi(text[m[2]:m[3]])
		year, _ := strconv.Atoi(text[m[6]:m[7]])
		for i, name := range months {
			if Fold(name) == Fold(text[m[4]:m[5]]) {
				at := time.Date(year, time.Month(i+1), day, 0, 0, 0, 0, ref.Location())
				list = append(list, Period{Span: Span{m[0], m[1]}, From: at, To: at, Begin: at, End: at.AddDate(0, 0, 1), Precision: ToDay})
			}
		}
	}
	return list
}

// monthNumber returns 1 to 12 for a folded month or its abbreviation, 0 else.
func monthNumber(w string) int { return monthNumbers[w] }

var monthNumbers = map[string]int{
	"janvier": 1, "janv": 1, "jan": 1, "fevrier": 2, "fev": 2, "fevr": 2, "mars": 3, "avril": 4, "avr": 4, "mai": 5, "juin": 6,
	"juillet": 7, "juil": 7, "juill": 7, "aout": 8, "septembre": 9, "sept": 9, "octobre": 10, "oct": 10, "novembre": 11, "nov": 11, "decembre": 12, "dec": 12,
}

package french

import (
	"cmp"
	"slices"
	"strings"
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

// Dates returns the periods named in text, in order of their spans. What is told without a
// year is resolved against ref, the day on which the text was said; with a zero ref only
// whole dates come back.
func Dates(text string, ref time.Time) []Period {
	return DatesLeaning(text, ref, LeanByTense)
}

// DatesLeaning is Dates with a direction in which to look for years that are left out.
func DatesLeaning(text string, ref time.Time, lean Lean) []Period {
	low, places := foldWithPlaces(text)
	r := dateReader{low: low, ref: midnight(ref), text: text, lean: lean, known: !ref.IsZero()}
	var list []Period
	var taken []Span // of the folded text; a date that the calendar does not have is taken, too
	cues := cuesOf(r.low)
	for _, form := range dateForms {
		if cues&form.cues != form.cues {
			continue
		}
		for _, m := range form.pattern.FindAllStringSubmatchIndex(r.low, -1) {
			s := Span{m[0], m[1]}
			if slices.ContainsFunc(taken, func(t Span) bool { return t.Overlaps(s) }) {
				continue
			}
			p, ok := form.resolve(&r, m)
			if ok || form.final {
				taken = append(taken, s)
			}
			if !ok {
				continue
			}
			p.Span = Span{places[s.Start], places[s.End]}
			p.Begin = p.From
			if !p.To.IsZero() {
				p.End = p.To.AddDate(0, 0, 1)
			}
			p.Relation = cmp.Or(p.Relation, r.relation(s.Start))
			if p.Relation == Earlier && strings.HasPrefix(r.low[s.Start:], "fin") {
				p.Relation = By // « avant la fin de 2026 » leaves all of the year
			}
			p.Repeated = p.Repeated || r.repeated(s.Start)
			list = append(list, p)
			r.found = append(r.found, foundDate{s.Start, p.To})
		}
	}
	slices.SortStableFunc(list, func(a, b Period) int { return cmp.Compare(a.Start, b.Start) })
	// « en 2023, pardon, en 2024 »: what is taken back is not told.
	for i := len(list) - 1; i > 0; i-- {
		if list[i-1].Span.End <= list[i].Span.Start && corrects(Fold(text[list[i-1].Span.End:list[i].Span.Start])) {
			list = slices.Delete(list, i-1, i)
		}
	}
	return list
}

// dateReader resolves what one text names.
type dateReader struct {
	low   string // folded text
	text  string
	ref   time.Time
	known bool // the reference day is
	found []foundDate
	lean  Lean
}

// leaning is where to look for a year that is left out; the tense is read when one is.
func (r *dateReader) leaning() Lean {
	if r.lean == LeanByTense {
		r.lean = leanOf(r.text)
	}
	return r.lean
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// part is the nth group of a match; "" when it did not take part.
func (r *dateReader) part(m []int, n int) string {
	if 2*n+1 >= len(m) || m[2*n] < 0 {
		return ""
	}
	return r.low[m[2*n]:m[2*n+1]]
}

func (r *dateReader) day(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, r.ref.Location())
}

// relations are the words before a period that place an event, without the article between.
var relations = []struct {
	words string
	when  When
}{
	{"au plus tard", By}, {"avant la fin de", By}, {"d'ici", By}, {"d'ici a", By}, {"d'ici a la fin de", By}, {"d'ici la fin de", By},
	{"jusqu'a", Until}, {"jusqu'au", Until}, {"jusqu'en", Until}, {"jusqu'a la fin de", Until},
	{"avant", Earlier}, {"prealablement a", Earlier}, {"en amont de", Earlier}, {"en amont", Earlier},
	{"apres", Later}, {"au-dela de", Later}, {"au-dela", Later}, {"posterieurement a", Later},
	{"a compter de", Since}, {"a compter", Since}, {"a partir de", Since}, {"a partir", Since}, {"depuis", Since}, {"des", Since},
}

// relationReach is how many bytes before a period its relation may stand.
const relationReach = 28

func (r *dateReader) relation(start int) When {
	before := strings.TrimRight(r.low[max(0, start-relationReach):start], " ")
	for _, article := range []string{"", " le", " la", " l'", " les", " du", " au", " en", " de la", " d'"} {
		tail, cut := strings.CutSuffix(before, article)
		for _, rel := range relations {
			if cut && strings.HasSuffix(tail, rel.words) && wordBefore(tail, len(tail)-len(rel.words)) {
				return rel.when
			}
		}
	}
	return During
}

// wordBefore says that a word begins at i.
func wordBefore(s string, i int) bool {
	return i == 0 || s[i-1] == ' ' || s[i-1] == '\'' || s[i-1] == '('
}

func (r *dateReader) repeated(start int) bool {
	before := r.low[max(0, start-12):start]
	return strings.HasSuffix(before, "chaque ") || strings.HasSuffix(before, "tous les ") || strings.HasSuffix(before, "toutes les ")
}

// monthNumber returns 1 to 12 for a folded month or its abbreviation, 0 else.
func monthNumber(w string) int { return monthNumbers[w] }

var monthNumbers = map[string]int{
	"janvier": 1, "janv": 1, "jan": 1, "fevrier": 2, "fev": 2, "fevr": 2, "mars": 3, "avril": 4, "avr": 4, "mai": 5, "juin": 6,
	"juillet": 7, "juil": 7, "juill": 7, "aout": 8, "septembre": 9, "sept": 9, "octobre": 10, "oct": 10, "novembre": 11, "nov": 11, "decembre": 12, "dec": 12,
}

package french

import (
	"strings"
	"time"
)

// wholeDay is a day with its year; one that the calendar does not have is none.
func (r *dateReader) wholeDay(year, month, day int) (Period, bool) {
	at := r.day(year, time.Month(month), day)
	if year < 1000 || month < 1 || month > 12 || at.Day() != day {
		return Period{}, false
	}
	return Period{From: at, To: at, Precision: ToDay}, true
}

func (r *dateReader) dayOfMonth(m []int) (Period, bool) {
	day, month, year := dayNumber(r.part(m, 1)), plainMonth(r.part(m, 2)), yearOf(r.part(m, 3))
	if month == 0 {
		return Period{}, false
	}
	if year > 0 {
		return r.wholeDay(year, int(month), day)
	}
	if !r.known {
		return Period{}, false
	}
	p, ok := r.wholeDay(r.yearNear(month, day), int(month), day)
	p.Relative = true
	return p, ok
}

// yearNear is the year of a day that is told without one.
func (r *dateReader) yearNear(month time.Month, day int) int {
	year := r.ref.Year()
	at := r.day(year, month, day)
	switch r.leaning() {
	case LeanFuture:
		if at.Before(r.ref) {
			return year + 1
		}
	case LeanPast:
		if at.After(r.ref) {
			return year - 1
		}
	default:
		if at.Sub(r.ref) > 183*24*time.Hour {
			return year - 1
		}
		if r.ref.Sub(at) > 183*24*time.Hour {
			return year + 1
		}
	}
	return year
}

func (r *dateReader) dayRange(m []int) (Period, bool) {
	from, until := dayNumber(r.part(m, 1)), dayNumber(r.part(m, 4))
	first, last := plainMonth(r.part(m, 2)), plainMonth(r.part(m, 5))
	year := yearOf(r.part(m, 6))
	relative := year == 0
	if last == 0 || relative && !r.known {
		return Period{}, false
	}
	if relative {
		year = r.yearNear(last, until)
	}
	if first == 0 {
		first = last
	}
	begin := yearOf(r.part(m, 3))
	if begin == 0 {
		begin = year
		if first > last {
			begin--
		}
	}
	p := Period{From: r.day(begin, first, from), To: r.day(year, last, until), Precision: ToDay, Relative: relative}
	return p, !p.To.Before(p.From)
}

func (r *dateReader) monthRange(m []int) (Period, bool) {
	first, last, year := plainMonth(r.part(m, 1)), plainMonth(r.part(m, 2)), yearOf(r.part(m, 3))
	relative := year == 0
	if first == 0 || last == 0 || relative && !r.known {
		return Period{}, false
	}
	if relative {
		year = r.yearNear(last, 1)
	}
	begin := year
	if first > last {
		begin--
	}
	return Period{From: r.day(begin, first, 1), To: r.day(year, last+1, 0), Precision: ToMonth, Relative: relative}, true
}

// partOf narrows a stretch to its start, middle or end.
func partOf(word string, from, to time.Time) (time.Time, time.Time) {
	third := time.Duration(float64(to.Sub(from)) / 3).Truncate(24 * time.Hour)
	switch w := word; {
	case strings.Contains(w, "fin"):
		return to.Add(-third), to
	case strings.Contains(w, "debut"):
		return from, from.Add(third)
	case strings.Contains(w, "mi"):
		return from.Add(third), to.Add(-third)
	}
	return from, to
}

func (r *dateReader) month(m []int) (Period, bool) {
	month, year := plainMonth(r.part(m, 2)), yearOf(r.part(m, 3))
	word := r.low[m[4]:m[5]]
	if month == 0 || len(strings.Trim(word, ".")) < 5 && year == 0 && r.part(m, 1) == "" && !r.monthMeant(m[4], month) {
		return Period{}, false // « mars », « mai » and « sept » are other words, too
	}
	relative := year == 0
	if relative {
		if !r.known {
			return Period{}, false
		}
		year = r.yearNear(month, 28)
		if r.leaning() == LeanPast && month == r.ref.Month() {
			year = r.ref.Year()
		}
	}
	from, to := partOfMonth(r.part(m, 1), r.day(year, month, 1))
	return Period{From: from, To: to, Precision: ToMonth, Relative: relative}, true
}

// monthMeant says that a short word is a month: a preposition of time stands before it, or
// it is all there is.
func (r *dateReader) monthMeant(start int, month time.Month) bool {
	if len(strings.TrimSpace(r.low)) < 6 {
		return true
	}
	if month == time.June || month == time.August || month == time.April {
		return true
	}
	before := strings.TrimRight(r.low[:start], " ")
	for _, w := range []string{"en", "de", "depuis", "des", "d'ici", "jusqu'en", "avant", "fin", "courant", "debut", "au mois de", "a partir de"} {
		if strings.HasSuffix(before, " "+w) || before == w {
			return month == time.March || month == time.May
		}
	}
	return false
}

func (r *dateReader) quarter(m []int) (Period, bool) {
	year, told := yearOf(r.part(m, 3)), r.part(m, 4)
	relative := year == 0
	if relative && !r.known {
		return Period{}, false
	}
	if relative {
		year = r.ref.Year()
	}
	length, precision := 3, ToQuarter
	if r.part(m, 2) == "semestre" {
		length, precision = 6, ToSemester
	}
	nth := map[string]int{"premier": 1, "1er": 1, "deuxieme": 2, "second": 2, "2e": 2, "2eme": 2, "troisieme": 3, "3e": 3, "quatrieme": 4, "4e": 4, "dernier": 12 / length}[r.part(m, 1)]
	if nth == 0 || nth*length > 12 {
		return Period{}, false
	}
	p := r.monthsFrom(year, time.Month((nth-1)*length+1), length)
	switch {
	case !relative:
	case strings.HasPrefix(told, "de"):
		p = r.monthsFrom(year+1, p.From.Month(), length)
	case told != "" && !p.From.After(r.ref), r.leaning() == LeanFuture && p.To.Before(r.ref):
		p = r.monthsFrom(year+1, p.From.Month(), length)
	case r.leaning() == LeanPast && p.From.After(r.ref):
		p = r.monthsFrom(year-1, p.From.Month(), length)
	}
	p.Precision, p.Relative = precision, relative
	return p, true
}

// monthsFrom is a stretch of whole months.
func (r *dateReader) monthsFrom(year int, first time.Month, length int) Period {
	return Period{From: r.day(year, first, 1), To: r.day(year, first+time.Month(length), 0)}
}

// nearQuarter is « le trimestre prochain », « la fin du semestre »: whole ones of the calendar.
func (r *dateReader) nearQuarter(m []int) (Period, bool) {
	length, precision, n := 3, ToQuarter, 0
	if strings.Contains(r.low[m[0]:m[1]], "semestre") {
		length, precision = 6, ToSemester
	}
	if word := r.part(m, 1) + r.part(m, 4); word != "" {
		n = shift(word)
	}
	first := (int(r.ref.Month())-1)/length*length + 1 + n*length
	p := r.monthsFrom(r.ref.Year(), time.Month(first), length)
	p.Precision, p.Relative = precision, true
	return p, r.known
}

// schoolStart is September: when lessons begin again, and councils say « à la rentrée ».
func (r *dateReader) schoolStart(m []int) (Period, bool) {
	year := yearOf(r.part(m, 2))
	relative := year == 0
	if relative {
		if !r.known {
			return Period{}, false
		}
		year = r.yearNear(time.September, 30)
		if r.part(m, 1)+r.part(m, 3) != "" {
			year = r.ref.AddDate(0, 4, 0).Year() // « la rentrée prochaine » is not the one at hand
		}
	}
	return Period{From: r.day(year, time.September, 1), To: r.day(year, time.September, 30), Precision: ToMonth, Relative: relative}, true
}

// seasons begin in the month given and last three; winter belongs to the year it ends in.
var seasons = map[string]time.Month{"printemps": time.March, "ete": time.June, "automne": time.September, "hiver": time.December}

func (r *dateReader) season(m []int) (Period, bool) {
	name := r.part(m, 1)
	first, year := seasons[name], yearOf(r.part(m, 2))
	if first == 0 {
		return Period{}, false
	}
	relative := year == 0
	if relative {
		if !r.known {
			return Period{}, false
		}
		year = r.yearNear(first+2, 15)
	}
	if first == time.December && !relative {
		year--
	}
	return Period{From: r.day(year, first, 1), To: r.day(year, first+3, 0), Precision: ToSeason, Relative: relative}, true
}

// nearSeason is a season without its year, the next or the last one where the text says so.
func (r *dateReader) nearSeason(m []int) (Period, bool) {
	p, ok := r.season([]int{m[0], m[1], m[2], m[3], -1, -1})
	which := r.part(m, 2)
	for years := 0; ok && which != "" && years < 3; years++ {
		switch next := shift(which) > 0; {
		case next && !p.From.After(r.ref):
			p.From, p.To = p.From.AddDate(1, 0, 0), p.To.AddDate(1, 0, 0)
		case !next && !p.To.Before(r.ref):
			p.From, p.To = p.From.AddDate(-1, 0, 0), p.To.AddDate(-1, 0, 0)
		case next && p.From.After(r.ref.AddDate(1, 0, 0)):
			p.From, p.To = p.From.AddDate(-1, 0, 0), p.To.AddDate(-1, 0, 0)
		}
	}
	return p, ok
}

func (r *dateReader) yearRange(m []int) (Period, bool) {
	from, to := yearOf(r.part(m, 1)), yearOf(r.part(m, 2))
	if to < from || to > from+30 {
		return Period{}, false
	}
	return Period{From: r.day(from, 1, 1), To: r.day(to, 12, 31), Precision: ToYear}, true
}

// year is a year by itself. Four digits behind « n° », « article » or a unit sign are none.
func (r *dateReader) year(m []int) (Period, bool) {
	year := yearOf(r.part(m, 2))
	before := strings.TrimRight(r.low[max(0, m[4]-14):m[4]], " ")
	after := strings.TrimLeft(r.low[m[5]:min(len(r.low), m[5]+14)], " ")
	for _, w := range []string{"n°", "no", "article", "page", "art.", "l.", "r.", "d.", "/", "-", "+", "rn", "rd"} {
		if strings.HasSuffix(before, w) {
			return Period{}, false
		}
	}
	for _, w := range []string{"euro", "€", "agent", "%", "voix", "poste", "ha", "km", "lyce", "el", "habitant", "personne", "-"} {
		if strings.HasPrefix(after, w) {
			return Period{}, false
		}
	}
	if year < 1900 || year > 2099 {
		return Period{}, false
	}
	from, to := partOf(r.part(m, 1), r.day(year, 1, 1), r.day(year, 12, 31))
	return Period{From: from, To: to, Precision: ToYear}, true
}

// shift is how many steps ahead « dernier », « prochain » and « cette » lie.
func shift(word string) int {
	switch w := word; {
	case strings.HasPrefix(w, "prochain"):
		return 1
	case strings.HasPrefix(w, "c"):
		return 0
	}
	return -1
}

func (r *dateReader) firstPart(m []int) string {
	for n := 1; 2*n < len(m); n++ {
		if s := r.part(m, n); s != "" {
			return s
		}
	}
	return ""
}

func (r *dateReader) nearYear(m []int) (Period, bool) {
	year := r.ref.Year() + shift(r.firstPart(m))
	return Period{From: r.day(year, 1, 1), To: r.day(year, 12, 31), Precision: ToYear, Relative: true}, r.known
}

func (r *dateReader) nearMonth(m []int) (Period, bool) {
	n := shift(r.firstPart(m))
	if strings.Contains(r.low[m[0]:m[1]], "semaine") {
		monday := r.ref.AddDate(0, 0, -(int(r.ref.Weekday())+6)%7+7*n)
		return Period{From: monday, To: monday.AddDate(0, 0, 6), Precision: ToWeek, Relative: true}, r.known
	}
	first := r.day(r.ref.Year(), r.ref.Month()+time.Month(n), 1)
	return Period{From: first, To: first.AddDate(0, 1, -1), Precision: ToMonth, Relative: true}, r.known
}

func (r *dateReader) nearDay(m []int) (Period, bool) {
	n := map[string]int{"avant-hier": -2, "hier": -1, "aujourd'hui": 0, "ce jour": 0, "demain": 1, "apres-demain": 2}[r.part(m, 1)]
	at := r.ref.AddDate(0, 0, n)
	return Period{From: at, To: at, Precision: ToDay, Relative: true}, r.known
}

var weekdays = map[string]time.Weekday{"dimanche": 0, "lundi": 1, "mardi": 2, "mercredi": 3, "jeudi": 4, "vendredi": 5, "samedi": 6, "dim": 0, "lun": 1, "ven": 5, "sam": 6}

func (r *dateReader) weekdayNamed(m []int) (Period, bool) {
	back := (int(r.ref.Weekday()) - int(weekdays[r.part(m, 1)]) + 7) % 7
	at := r.ref.AddDate(0, 0, -back)
	switch r.part(m, 2) {
	case "dernier":
		if back == 0 {
			at = at.AddDate(0, 0, -7)
		}
	case "prochain":
		at = at.AddDate(0, 0, 7)
	default:
		if r.leaning() == LeanFuture && back > 0 {
			at = at.AddDate(0, 0, 7)
		}
	}
	return Period{From: at, To: at, Precision: ToDay, Relative: true}, r.known
}

func (r *dateReader) distance(m []int) (Period, bool) {
	n, sign := countOf(r.part(m, 2)), 1
	if r.part(m, 1) == "il y a" {
		sign = -1
	}
	if n == 0 || !r.known {
		return Period{}, false
	}
	p := Period{Precision: ToDay, Relative: true}
	switch r.part(m, 3) {
	case "jour":
		p.From = r.ref.AddDate(0, 0, sign*n)
		p.To = p.From
	case "semaine":
		p.From = r.ref.AddDate(0, 0, sign*7*n-3)
		p.To, p.Precision = p.From.AddDate(0, 0, 6), ToWeek
	case "mois":
		at := r.day(r.ref.Year(), r.ref.Month()+time.Month(sign*n), 1)
		p.From, p.To, p.Precision = at, at.AddDate(0, 1, -1), ToMonth
	default:
		year := r.ref.Year() + sign*n
		p.From, p.To, p.Precision = r.day(year, 1, 1), r.day(year, 12, 31), ToYear
	}
	if r.part(m, 1) == "d'ici" {
		p.Relation = By
	}
	return p, true
}

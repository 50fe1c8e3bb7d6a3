package french

import (
	"regexp"
	"strings"
	"time"
)

// Forms that name days: short numeric ones, ranges, weekdays with their number, feasts.

const (
	dayWords    = `(?:trente et un|trente-et-un|vingt et un|vingt-et-un|(?:vingt|trente)(?:[ -](?:deux|trois|quatre|cinq|six|sept|huit|neuf))?|dix[ -](?:sept|huit|neuf)|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize)`
	anyDay      = `(\d{1,2}(?:er|e|eme)?|premier|` + dayWords + `)`
	weekdayName = `(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)`
)

// dayForms go before the forms of months and years, which would take a part of them.
var dayForms = []dateForm{
	form(digitCue, `\b(\d{1,2})([/ ])(\d{1,2})[/ ]((?:19|20)\d\d|\d\d)\b`, (*dateReader).shortDate),
	form(digitCue, `(?:\b(?:le|du|au|depuis le|des le) |^ *)(\d{1,2})([/ ])(\d{1,2})\b`, (*dateReader).dayAndMonth),
	form(monthCue|numberCue, `\b(?:du +)?`+weekday+anyDay+`(?: +`+monthForm+`)?(?: +`+yearForm+`)? *(?:au|jusqu'au|-) *`+weekday+anyDay+` +`+monthForm+`(?: +`+yearForm+`)?`, (*dateReader).dayRange),
	form(monthCue|numberCue, `\bentre +(?:le +)?`+weekday+anyDay+`(?: +`+monthForm+`)?(?: +`+yearForm+`)? +et +(?:le +)?`+weekday+anyDay+` +`+monthForm+`(?: +`+yearForm+`)?`, (*dateReader).dayRange),
	form(numberCue, `\b(?:du|entre le) +`+anyDay+` +(?:au|et le) +`+anyDay+`(?: *$|[,;.)])`, (*dateReader).daysOfMonth),
	form(monthCue|unitCue, `\bsemaine du +`+weekday+anyDay+` +`+monthForm+`(?: +`+yearForm+`)?`, (*dateReader).weekOf),
	form(monthCue|numberCue, `\b`+weekday+anyDay+` +`+monthForm+`(?: +`+yearForm+`)?`, (*dateReader).dayOfMonth),
	form(monthCue|unitCue, `\b(premier|1er|premiere|1ere|deuxieme|2e|2eme|troisieme|3e|3eme|quatrieme|4e|4eme|derniere?) +(jour|semaine|quinzaine) +(?:de +|d'|du mois de +|du mois d')`+monthForm+`(?: +`+yearForm+`)?`, (*dateReader).stretchOfMonth),
	form(weekdayCue|monthCue, `\b(premier|1er|deuxieme|2e|2eme|troisieme|3e|3eme|quatrieme|4e|4eme|dernier) +`+weekdayName+` +(?:de +|d'|du mois de +|du mois d')`+monthForm+`(?: +`+yearForm+`)?`, (*dateReader).nthWeekday),
	form(weekdayCue|unitCue, `\b(premier|1er|deuxieme|2e|2eme|troisieme|3e|3eme|quatrieme|4e|4eme|dernier) +`+weekdayName+` +(?:de |du )mois (prochain|dernier)\b`, (*dateReader).nthWeekday),
	form(feastCue, `\b(jour de l'an|nouvel an|fete du travail|fete nationale|toussaint|jour des morts|armistice|jour de noel|(?:a|avant|apres|pour|depuis|jusqu'a|d'ici) noel)\b(?: +(?:de +)?`+yearForm+`)?`, (*dateReader).feast),
	form(weekdayCue|numberCue, `\b`+weekdayName+` +`+anyDay+`\b`, (*dateReader).weekdayAndNumber),
	form(digitCue, `\ble +(\d{1,2}|1er)(?: *$|[,;.)]| (?:vers|a partir|au matin|au soir)\b)`, (*dateReader).numberOfDay),
}

// wholeOrAfter says that a match is all the text there is, or that an article of time stands
// before it: three numbers in a row are a date in a cell of their own, not among votes.
func (r *dateReader) wholeOrAfter(m []int) bool {
	if strings.TrimSpace(r.low[:m[0]]) == "" && strings.TrimSpace(r.low[m[1]:]) == "" {
		return true
	}
	before := strings.TrimRight(r.low[max(0, m[0]-12):m[0]], " ")
	for _, w := range []string{"le", "du", "au", "des le", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"} {
		if before == w || strings.HasSuffix(before, " "+w) {
			return true
		}
	}
	return false
}

func (r *dateReader) shortDate(m []int) (Period, bool) {
	if r.part(m, 2) == " " && !r.wholeOrAfter(m) {
		return Period{}, false
	}
	year := number4(r.part(m, 4))
	if year < 100 {
		if !r.known && r.part(m, 2) == " " {
			return Period{}, false
		}
		year += 2000
	}
	return r.wholeDay(year, number4(r.part(m, 3)), number4(r.part(m, 1)))
}

func (r *dateReader) dayAndMonth(m []int) (Period, bool) {
	day, month := number4(r.part(m, 1)), time.Month(number4(r.part(m, 3)))
	whole := strings.TrimSpace(r.low[:m[0]]) == "" && strings.TrimSpace(r.low[m[1]:]) == ""
	bare := strings.Trim(r.low[m[0]:m[2]], " ") == "" // « 3/4 des élus » is a share
	if !r.known || month < 1 || month > 12 || (bare || r.part(m, 2) == " ") && !whole {
		return Period{}, false
	}
	p, ok := r.wholeDay(r.yearNear(month, day), int(month), day)
	p.Relative = true
	return p, ok
}

// daysOfMonth is « du 13 au 18 », of the month at hand.
func (r *dateReader) daysOfMonth(m []int) (Period, bool) {
	from, until := dayNumber(r.part(m, 1)), dayNumber(r.part(m, 2))
	if !r.known || from < 1 || until <= from || until > 31 {
		return Period{}, false
	}
	year, month := r.monthOfDay(from)
	p := Period{From: r.day(year, month, from), To: r.day(year, month, until), Precision: ToDay, Relative: true}
	return p, p.To.Day() == until
}

// monthOfDay is the month of a day told by its number alone.
func (r *dateReader) monthOfDay(day int) (int, time.Month) {
	at := r.day(r.ref.Year(), r.ref.Month(), day)
	switch {
	case r.leaning() == LeanFuture && at.Before(r.ref):
		at = r.day(r.ref.Year(), r.ref.Month()+1, day)
	case r.leaning() == LeanPast && at.After(r.ref):
		at = r.day(r.ref.Year(), r.ref.Month()-1, day)
	}
	return at.Year(), at.Month()
}

func (r *dateReader) numberOfDay(m []int) (Period, bool) {
	day := dayNumber(r.part(m, 1))
	if !r.known || day < 1 || day > 31 {
		return Period{}, false
	}
	year, month := r.monthOfDay(day)
	p, ok := r.wholeDay(year, int(month), day)
	p.Relative = true
	return p, ok
}

// weekdayAndNumber is « jeudi 15 »: the nearest month whose 15th is a Thursday.
func (r *dateReader) weekdayAndNumber(m []int) (Period, bool) {
	wanted, day := weekdays[r.part(m, 1)], dayNumber(r.part(m, 2))
	if !r.known || day < 1 || day > 31 {
		return Period{}, false
	}
	step := 1
	if r.leaning() == LeanPast {
		step = -1
	}
	for n := range 15 {
		at := r.day(r.ref.Year(), r.ref.Month()+time.Month(n*step), day)
		if at.Day() != day || at.Weekday() != wanted || step > 0 && at.Before(r.ref) || step < 0 && at.After(r.ref) {
			continue
		}
		return Period{From: at, To: at, Precision: ToDay, Relative: true}, true
	}
	return Period{}, false
}

// nth reads « premier » as 1; the last one is -1.
func nth(word string) int {
	if strings.HasPrefix(word, "dern") {
		return -1
	}
	for n, stem := range []string{"premier", "deuxieme", "troisieme", "quatrieme"} {
		if strings.HasPrefix(word, stem) || word[0] == byte('1'+n) {
			return n + 1
		}
	}
	return 0
}

// monthNamed is the first day of a month that a text names, with or without its year.
func (r *dateReader) monthNamed(name, year string) (first time.Time, relative, ok bool) {
	month, y := plainMonth(name), yearOf(year)
	if month == 0 || y == 0 && !r.known {
		return time.Time{}, false, false
	}
	if y == 0 {
		return r.day(r.yearNear(month, 28), month, 1), true, true
	}
	return r.day(y, month, 1), false, true
}

func (r *dateReader) stretchOfMonth(m []int) (Period, bool) {
	first, relative, ok := r.monthNamed(r.part(m, 3), r.part(m, 4))
	n := nth(r.part(m, 1))
	if !ok || n == 0 {
		return Period{}, false
	}
	last := first.AddDate(0, 1, -1)
	p := Period{Precision: ToDay, Relative: relative}
	switch r.part(m, 2) {
	case "jour":
		p.From = first.AddDate(0, 0, n-1)
		if n < 0 {
			p.From = last
		}
		p.To = p.From
	case "quinzaine":
		if p.From, p.To = first, first.AddDate(0, 0, 14); n != 1 {
			p.From, p.To = first.AddDate(0, 0, 14), last // the middle belongs to both
		}
	default: // weeks that lie in the month from their Monday on
		p.Precision = ToWeek
		if p.From = first.AddDate(0, 0, (8-int(first.Weekday()))%7+7*(n-1)); n < 0 {
			p.From = last.AddDate(0, 0, -int(last.Weekday())-6)
		}
		p.To = p.From.AddDate(0, 0, 6)
	}
	return p, true
}

func (r *dateReader) nthWeekday(m []int) (Period, bool) {
	var first time.Time
	relative, ok := true, r.known
	switch name := r.part(m, 3); name {
	case "prochain", "dernier":
		first = r.day(r.ref.Year(), r.ref.Month()+time.Month(shift(name)), 1)
	default:
		first, relative, ok = r.monthNamed(name, r.part(m, 4))
	}
	n, wanted := nth(r.part(m, 1)), int(weekdays[r.part(m, 2)])
	if !ok || n == 0 {
		return Period{}, false
	}
	at := first.AddDate(0, 0, (wanted-int(first.Weekday())+7)%7+7*(n-1))
	if n < 0 {
		last := first.AddDate(0, 1, -1)
		at = last.AddDate(0, 0, -(int(last.Weekday())-wanted+7)%7)
	}
	return Period{From: at, To: at, Precision: ToDay, Relative: relative}, true
}

// weekOf is « la semaine du 6 octobre »: that which holds the day; a Sunday opens the next.
func (r *dateReader) weekOf(m []int) (Period, bool) {
	p, ok := r.dayOfMonth(m)
	if !ok {
		return p, false
	}
	p.From = p.From.AddDate(0, 0, -(int(p.From.Weekday())+6)%7)
	if p.To.Weekday() == time.Sunday {
		p.From = p.To.AddDate(0, 0, 1)
	}
	p.To, p.Precision = p.From.AddDate(0, 0, 6), ToWeek
	return p, true
}

// feasts are days that have a name instead of a number.
var feasts = map[string]struct {
	month time.Month
	day   int
}{
	"armistice": {11, 11}, "fete du travail": {5, 1}, "fete nationale": {7, 14}, "jour de l'an": {1, 1}, "jour des morts": {11, 2},
	"noel": {12, 25}, "nouvel an": {1, 1}, "toussaint": {11, 1},
}

func (r *dateReader) feast(m []int) (Period, bool) {
	name := r.part(m, 1)
	if strings.HasSuffix(name, "noel") {
		name = "noel"
	}
	f, year := feasts[name], yearOf(r.part(m, 2))
	if year == 0 && !r.known {
		return Period{}, false
	}
	relative := year == 0
	if relative {
		year = r.yearNear(f.month, f.day)
	}
	p, ok := r.wholeDay(year, int(f.month), f.day)
	p.Relative = relative
	switch words := r.part(m, 1); {
	case strings.HasPrefix(words, "avant"):
		p.Relation = Earlier
	case strings.HasPrefix(words, "apres"):
		p.Relation = Later
	case strings.HasPrefix(words, "depuis"):
		p.Relation = Since
	case strings.HasPrefix(words, "jusqu"):
		p.Relation = Until
	case strings.HasPrefix(words, "d'ici"):
		p.Relation = By
	}
	return p, ok
}

var dayWordNumbers = map[string]int{
	"premier": 1, "1er": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13,
	"quatorze": 14, "quinze": 15, "seize": 16, "dix-sept": 17, "dix-huit": 18, "dix-neuf": 19, "vingt": 20, "vingt-et-un": 21, "vingt-deux": 22, "vingt-trois": 23,
	"vingt-quatre": 24, "vingt-cinq": 25, "vingt-six": 26, "vingt-sept": 27, "vingt-huit": 28, "vingt-neuf": 29, "trente": 30, "trente-et-un": 31,
}

var ordinalEnd = regexp.MustCompile(`(?:er|eme|e)$`)

// dayNumber reads « 12 », « 1er », « 10e », « vingt et un »; 0 for none.
func dayNumber(s string) int {
	if n := dayWordNumbers[strings.ReplaceAll(s, " ", "-")]; n > 0 {
		return n
	}
	return number4(ordinalEnd.ReplaceAllString(s, ""))
}

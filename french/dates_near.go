package french

import (
	"strings"
	"time"
)

// Forms that are told against the reference day or against a date named before them.

const (
	unitForm  = `(jours?|semaines?|mois|ans?|annees?|trimestres?)`
	afterward = `(?:suivante?s?|d'apres)`
)

var nearForms = []dateForm{
	form(weekdayCue|unitCue, `\b`+weekdayName+` +(?:de +)?la semaine (prochaine|derniere|passee|suivante|d'apres|precedente|d'avant)\b`, (*dateReader).weekdayOfWeek),
	form(weekdayCue, `\b`+weekdayName+` +en +(huit|8|quinze|15)\b`, (*dateReader).weekdayIn),
	form(weekdayCue, `\b`+weekdayName+` +`+afterward+`(?:[ ,.;]|$)`, (*dateReader).weekdayAfter),
	form(unitCue, `\b(?:la semaine|le mois|l'annee|l'an) (suivante?|d'apres|d'avant)(?:[ ,.;]|$)`, (*dateReader).stretchAfter),
	form(nearCue, `\b(?:la |le )(veille|lendemain|surlendemain|avant-veille)\b|\ble jour (d'avant|d'apres|suivant|precedent)\b`, (*dateReader).dayBeside),
	form(unitCue|numberCue, `\b`+countForm+` `+unitForm+` (?:plus tard|apres|auparavant|plus tot|avant)(?:[,.;]| *$)`, (*dateReader).distanceFrom),
	form(unitCue|numberCue, `\b(?:les |ces |des |au cours des |dans les )?`+countForm+` (derniere?s?|prochaine?s?) +`+unitForm+`\b`, (*dateReader).lastOrNext),
	form(unitCue|numberCue, `\b(?:les |ces |des |au cours des |dans les )?`+countForm+` +`+unitForm+` (derniere?s?|prochaine?s?|passee?s?|suivante?s?|precedente?s?|ecoulee?s?)\b`, (*dateReader).lastOrNext),
	form(unitCue, `\b(debut|milieu|fin) (?:de )?(?:la |l'|d')?(?:semaine)\b`, (*dateReader).partOfWeek),
	form(unitCue, `\b(debut|milieu|fin) (?:du |de )mois\b(?: de| d')?`, (*dateReader).partOfMonth),
	form(unitCue, `\b(debut|milieu|fin) (?:d'|de l')annee\b`, (*dateReader).partOfYear),
	form(nearCue, `\b(ce jour)\b`, func(r *dateReader, m []int) (Period, bool) {
		if before := strings.TrimRight(r.low[:m[0]], " "); before == "a" || strings.HasSuffix(before, " a") || strings.HasSuffix(before, "qu'a") {
			return Period{}, false // « à ce jour » is how things stand, and dates nothing
		}
		return r.nearDay(m)
	}),
	form(shortCue, `\b(lun|ven|sam|dim)\.`, (*dateReader).weekdayNamed),
	form(seasonCue, `\b(cet) ete\b`, func(r *dateReader, _ []int) (Period, bool) {
		year := r.ref.Year()
		return Period{From: r.day(year, time.June, 1), To: r.day(year, time.August, 31), Precision: ToSeason, Relative: true}, r.known
	}),
}

// antecedent is the day that « la veille », « le mois suivant » count from: the last date named
// before them in the text, else the reference day.
func (r *dateReader) antecedent(start int) time.Time {
	best, at := r.ref, -1
	for _, p := range r.found {
		if p.at < start && p.at > at && !p.to.IsZero() {
			best, at = p.to, p.at
		}
	}
	return best
}

// foundDate is a date that was read already: where in the folded text, and its last day.
type foundDate struct {
	at int
	to time.Time
}

func monday(of time.Time) time.Time { return of.AddDate(0, 0, -(int(of.Weekday())+6)%7) }

func (r *dateReader) weekdayOfWeek(m []int) (Period, bool) {
	base, weeks := r.ref, 1
	switch word := r.part(m, 2); {
	case strings.HasPrefix(word, "dern"), strings.HasPrefix(word, "pass"), strings.HasPrefix(word, "prec"), word == "d'avant":
		weeks = -1
	case word == "suivante", word == "d'apres":
		base = r.antecedent(m[0])
	}
	at := monday(base).AddDate(0, 0, 7*weeks+(int(weekdays[r.part(m, 1)])+6)%7)
	return Period{From: at, To: at, Precision: ToDay, Relative: true}, r.known
}

func (r *dateReader) weekdayIn(m []int) (Period, bool) {
	days := 7
	if w := r.part(m, 2); w == "quinze" || w == "15" {
		days = 14
	}
	at := r.ref.AddDate(0, 0, (int(weekdays[r.part(m, 1)])-int(r.ref.Weekday())+7)%7+days)
	return Period{From: at, To: at, Precision: ToDay, Relative: true}, r.known
}

func (r *dateReader) weekdayAfter(m []int) (Period, bool) {
	base := r.antecedent(m[0])
	ahead := (int(weekdays[r.part(m, 1)]) - int(base.Weekday()) + 7) % 7
	if ahead == 0 {
		ahead = 7
	}
	at := base.AddDate(0, 0, ahead)
	return Period{From: at, To: at, Precision: ToDay, Relative: true}, r.known
}

func (r *dateReader) stretchAfter(m []int) (Period, bool) {
	base, n := r.antecedent(m[0]), 1
	if r.part(m, 1) == "d'avant" {
		n = -1
	}
	switch words := r.low[m[0]:m[1]]; {
	case strings.Contains(words, "semaine"):
		from := monday(base).AddDate(0, 0, 7*n)
		return Period{From: from, To: from.AddDate(0, 0, 6), Precision: ToWeek, Relative: true}, r.known
	case strings.Contains(words, "mois"):
		from := r.day(base.Year(), base.Month()+time.Month(n), 1)
		return Period{From: from, To: from.AddDate(0, 1, -1), Precision: ToMonth, Relative: true}, r.known
	}
	return Period{From: r.day(base.Year()+n, 1, 1), To: r.day(base.Year()+n, 12, 31), Precision: ToYear, Relative: true}, r.known
}

func (r *dateReader) dayBeside(m []int) (Period, bool) {
	word, rest := r.firstPart(m), strings.TrimLeft(r.low[m[1]:], " ")
	for _, of := range []string{"de ", "du ", "des ", "d'"} {
		if strings.HasPrefix(rest, of) {
			return Period{}, false // « la veille du vote » is another day
		}
	}
	days := map[string]int{"veille": -1, "d'avant": -1, "precedent": -1, "avant-veille": -2, "surlendemain": 2}[word]
	if days == 0 {
		days = 1
	}
	at := r.antecedent(m[0]).AddDate(0, 0, days)
	return Period{From: at, To: at, Precision: ToDay, Relative: true}, r.known
}

// unitOf is a unit of time without its plural, years under one name.
func unitOf(word string) string {
	switch {
	case strings.HasPrefix(word, "an"):
		return "an"
	case word == "mois":
		return word
	}
	return strings.TrimSuffix(word, "s")
}

func (r *dateReader) distanceFrom(m []int) (Period, bool) {
	n := countOf(r.part(m, 1))
	if words := r.low[m[0]:m[1]]; strings.Contains(words, "auparavant") || strings.Contains(words, "plus tot") || strings.Contains(words, " avant") {
		n = -n
	}
	if n == 0 || !r.known {
		return Period{}, false
	}
	base := r.antecedent(m[0])
	switch unitOf(r.part(m, 2)) {
	case "jour":
		at := base.AddDate(0, 0, n)
		return Period{From: at, To: at, Precision: ToDay, Relative: true}, true
	case "semaine":
		from := monday(base.AddDate(0, 0, 7*n))
		return Period{From: from, To: from.AddDate(0, 0, 6), Precision: ToWeek, Relative: true}, true
	case "mois":
		from := r.day(base.Year(), base.Month()+time.Month(n), 1)
		return Period{From: from, To: from.AddDate(0, 1, -1), Precision: ToMonth, Relative: true}, true
	case "an":
		return Period{From: r.day(base.Year()+n, 1, 1), To: r.day(base.Year()+n, 12, 31), Precision: ToYear, Relative: true}, true
	}
	return Period{}, false
}

// lastOrNext is « les deux derniers mois »: whole units before or after the one at hand.
func (r *dateReader) lastOrNext(m []int) (Period, bool) {
	n, which, unit := countOf(r.part(m, 1)), r.part(m, 2), r.part(m, 3)
	if strings.HasPrefix(which, "jour") || strings.HasPrefix(which, "sem") || strings.HasPrefix(which, "mois") || strings.HasPrefix(which, "an") || strings.HasPrefix(which, "trim") {
		which, unit = unit, which
	}
	if n == 0 || !r.known {
		return Period{}, false
	}
	back := !strings.HasPrefix(which, "proch") && !strings.HasPrefix(which, "suiv")
	span := func(at func(int) time.Time, precision Precision) (Period, bool) {
		p := Period{From: at(1), To: at(n+1).AddDate(0, 0, -1), Precision: precision, Relative: true}
		if back {
			p.From, p.To = at(-n), at(0).AddDate(0, 0, -1)
		}
		return p, true
	}
	switch unitOf(unit) {
	case "jour":
		return span(func(k int) time.Time { return r.ref.AddDate(0, 0, k) }, ToDay)
	case "semaine":
		return span(func(k int) time.Time { return monday(r.ref).AddDate(0, 0, 7*k) }, ToWeek)
	case "mois":
		return span(func(k int) time.Time { return r.day(r.ref.Year(), r.ref.Month()+time.Month(k), 1) }, ToMonth)
	case "trimestre":
		first := (r.ref.Month()-1)/3*3 + 1
		return span(func(k int) time.Time { return r.day(r.ref.Year(), first+time.Month(3*k), 1) }, ToQuarter)
	}
	return span(func(k int) time.Time { return r.day(r.ref.Year()+k, 1, 1) }, ToYear)
}

func (r *dateReader) partOfWeek(m []int) (Period, bool) {
	days := map[string][2]int{"debut": {0, 1}, "milieu": {2, 3}, "fin": {3, 6}}[r.part(m, 1)]
	from := monday(r.ref)
	return Period{From: from.AddDate(0, 0, days[0]), To: from.AddDate(0, 0, days[1]), Precision: ToDay, Relative: true}, r.known
}

func (r *dateReader) partOfMonth(m []int) (Period, bool) {
	if words := r.low[m[0]:m[1]]; strings.HasSuffix(words, " de") || strings.HasSuffix(words, " d'") {
		return Period{}, false // « fin du mois de mars » says which
	}
	first := r.day(r.ref.Year(), r.ref.Month(), 1)
	from, to := partOfMonth(r.part(m, 1), first)
	switch {
	case r.leaning() == LeanFuture && to.Before(r.ref):
		from, to = partOfMonth(r.part(m, 1), first.AddDate(0, 1, 0))
	case r.leaning() == LeanPast && from.After(r.ref):
		from, to = partOfMonth(r.part(m, 1), first.AddDate(0, -1, 0))
	}
	return Period{From: from, To: to, Precision: ToDay, Relative: true}, r.known
}

// partOfMonth is a third of a month, as people count it: ten days, ten days, the rest.
func partOfMonth(word string, first time.Time) (time.Time, time.Time) {
	last := first.AddDate(0, 1, -1)
	switch {
	case strings.Contains(word, "debut"):
		return first, first.AddDate(0, 0, 9)
	case strings.Contains(word, "fin"):
		return first.AddDate(0, 0, 20), last
	case strings.Contains(word, "mi"):
		return first.AddDate(0, 0, 10), first.AddDate(0, 0, 19)
	}
	return first, last
}

// partOfYear is « en fin d'année »: its last two months, its first two, or those between.
func (r *dateReader) partOfYear(m []int) (Period, bool) {
	months := map[string][2]time.Month{"debut": {1, 2}, "milieu": {5, 8}, "fin": {11, 12}}[r.part(m, 1)]
	year := r.ref.Year()
	return Period{From: r.day(year, months[0], 1), To: r.day(year, months[1]+1, 0), Precision: ToMonth, Relative: true}, r.known
}

package french

import (
	"regexp"
	"strings"
	"time"
)

// Deadline is the last day that words of a promise leave.
type Deadline struct {
	Span              // of the words, in the text
	Day     time.Time // zero when the text tells a term whose day it does not tell
	Mandate bool      // the term is the end of the mandate
}

const delayCount = `(\d{1,3}|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix(?:[ -](?:sept|huit|neuf))?|onze|douze|treize|quatorze|quinze|seize|vingt(?:[ -](?:deux|trois|quatre|cinq|six|sept|huit|neuf))?|trente(?:[ -]six)?|quarante[ -](?:cinq|huit)|soixante(?:[ -]douze)?|quatre[ -]vingt[ -]dix|cent)`

var (
	// delay bounds an act from the day on which it is promised: « dans les six mois ».
	delay = regexp.MustCompile(`\b(?:dans les|dans (?:un|le) delai (?:maximal |maximum )?de|dans un maximum de|dans moins de|en moins de|d'ici(?: a)?|sous|avant) ` +
		delayCount + ` (?:prochaine?s )?(heures?|jours?|semaines?|mois|trimestres?|semestres?|ans?|annees?)\b`)
	delayWord = regexp.MustCompile(`\bsous (huitaine|quinzaine)\b`)
	// fromAnother says that a delay counts from something else than the day of the promise; inPast that it is over.
	fromAnother = regexp.MustCompile(`^ (?:a (?:compter|partir|dater) (?:de l|des|du|d'u|de s|de c[^e])|apres|d'apres|de la |de l'|du |qui (?:suiv|precede)|suivant|suivis)`)
	inPast      = regexp.MustCompile(`^ (?:avant|derniere?s|ecoulee?s|passee?s|precedent|qui (?:ont|viennent de))`)
	mandateEnd  = regexp.MustCompile(`\b(?:(?:d'ici(?: a)?|avant|jusqu'a|a) (?:la fin|l'issue|le terme) (?:du|de (?:ce|cette|la|l'actuelle?|notre|mon)) |en fin de |(?:sous|pendant|durant|dans|au cours d[eu]) ?(?:ce|le|notre|mon)? ?)(?:present |actuel )?(?:mandat|mandature)\b`)
)

// delayUnits are how far one unit goes; weeks are seven days.
var delayUnits = map[string][3]int{"jour": {0, 0, 1}, "semaine": {0, 0, 7}, "mois": {0, 1, 0}, "trimestre": {0, 3, 0}, "semestre": {0, 6, 0}, "an": {1, 0, 0}}

var delayNumbers = map[string]int{"quarante-cinq": 45, "quarante-huit": 48, "soixante": 60, "soixante-douze": 72, "trente-six": 36, "quatre-vingt-dix": 90, "cent": 100, "un": 1, "une": 1}

// DeadlineOf reads until when a text that was said on a day leaves time: a delay counted from that
// day (« sous quinze jours »), else a date that lies after it. « Avant l'été » ends with spring by
// the calendar, « d'ici la rentrée » with the first of September: the later of two readings, since a
// promise that is called late too early does harm. False when no term is told; a term counted from an
// event (« dans les six mois suivant le vote ») and the end of the mandate have no day.
func DeadlineOf(text string, said time.Time) (Deadline, bool) {
	low, places := foldWithPlaces(text)
	at := func(m []int) Span { return Span{places[m[0]], places[m[1]]} }
	if m := mandateEnd.FindStringIndex(low); m != nil {
		return Deadline{Span: at(m), Mandate: true}, true
	}
	if m := delayWord.FindStringSubmatchIndex(low); m != nil {
		return Deadline{Span: at(m), Day: midnight(said).AddDate(0, 0, map[string]int{"huitaine": 8, "quinzaine": 15}[low[m[2]:m[3]]])}, true
	}
	if m := delay.FindStringSubmatchIndex(low); m != nil {
		switch day := delayed(midnight(said), low[m[2]:m[3]], low[m[4]:m[5]]); {
		case fromAnother.MatchString(low[m[1]:]):
			return Deadline{Span: at(m)}, true
		case !inPast.MatchString(low[m[1]:]) && day.After(said):
			return Deadline{Span: at(m), Day: day}, true
		}
	}
	best, finest := Deadline{}, ToSchoolYear+1
	for _, p := range DatesLeaning(text, said, LeanFuture) {
		if day := p.lastBefore(Fold(text[:p.Start]), Fold(p.In(text))); !day.IsZero() && day.After(said) && p.Relation != Later && p.Relation != Since {
			if p.Precision < finest { // « au service d'hiver, le 14 décembre »
				best, finest = Deadline{Span: p.Span, Day: day}, p.Precision
			}
		}
	}
	return best, !best.Day.IsZero()
}

// delayed is the day so many units after another. A month that is shorter ends sooner: six months
// after the 31st of August is the last of February.
func delayed(from time.Time, count, unit string) time.Time {
	count = strings.ReplaceAll(count, " ", "-")
	n := delayNumbers[count]
	if n == 0 {
		n = dayNumber(count)
	}
	if unit = unitOf(unit); strings.HasPrefix(unit, "heure") {
		return from.AddDate(0, 0, (n+23)/24)
	}
	step := delayUnits[unit]
	day := from.AddDate(n*step[0], n*step[1], n*step[2])
	if step[2] == 0 && day.Day() != from.Day() {
		day = day.AddDate(0, 0, -day.Day())
	}
	return day
}

// calendarSeasons are the first days of the seasons, which move by a day between years; words are
// folded.
var calendarSeasons = map[string]struct {
	month time.Month
	day   int
}{"automne": {time.September, 22}, "ete": {time.June, 21}, "hiver": {time.December, 21}, "printemps": {time.March, 20}}

// lastBefore is the last day that a period leaves to an act; zero when it leaves all time.
func (p Period) lastBefore(before, words string) time.Time {
	if p.From.IsZero() {
		return p.To
	}
	for name, s := range calendarSeasons {
		if p.Precision != ToSeason || !strings.Contains(words, name) {
			continue
		}
		first := time.Date(p.From.Year(), s.month, s.day, 0, 0, 0, 0, p.From.Location())
		if (p.Relation == Earlier || p.Relation == By) && !strings.HasSuffix(before, "fin de ") {
			return first.AddDate(0, 0, -1)
		}
		return first.AddDate(0, 3, -1)
	}
	if p.Relation == By && strings.Contains(words, "rentree") {
		return p.From
	}
	switch {
	case p.Relation != Earlier:
		return p.To
	case p.Precision > ToDay:
		return p.From.AddDate(0, 0, -1) // « avant 2028 »: its first day is too late
	}
	return p.From
}

package claims

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"contredit/french"
)

// dateWords are words of days and periods, folded: they say when, not about what.
var dateWords = strings.Fields("an annee annees an ans aujourd'hui automne avril aout avant-hier debut decembre demain dernier derniere ete fevrier fin hier hiver janvier jour jours juillet juin lundi mai mardi mars mercredi jeudi vendredi samedi dimanche matin mi mi-mai mois novembre octobre printemps prochain prochaine quinze rentree semaine semaines septembre soir trimestre semestre tard tot")

func isDateWord(w string) bool { return slices.Contains(dateWords, w) }

// window is the stretch of days in which a claim puts a meeting.
type window struct {
	from, to string // ISO days, both included; "" open
	exact    bool   // one day is named
	told     bool   // the claim says when
	span     Span   // of the words that say so
}

// windowOf reads when a claim puts what it tells. Days after the claim are cut off: what is
// told as done was done before.
func windowOf(a *Assertion) window {
	w := window{}
	if !a.Day.IsZero() {
		w.to = a.Day.Format(time.DateOnly)
	}
	for _, p := range a.Dates {
		if p.Repeated || p.From.IsZero() && p.To.IsZero() {
			continue
		}
		if fromElsewhere(a, p) {
			continue
		}
		from, to := isoDay(p.From), isoDay(p.To)
		switch p.Relation {
		case french.Earlier, french.Until, french.By:
			from, to = "", firstFilled(from, to)
		case french.Later:
			from, to = firstFilled(to, from), ""
		case french.Since:
			// « dès l'automne » names when; « depuis janvier » runs on to the claim.
			if !fromThen.MatchString(french.Fold(a.Text[:p.Span.Start])) {
				to = ""
			} else if !p.From.IsZero() {
				to = isoDay(p.From.AddDate(0, monthsOf(p.Precision), -1))
			}
		}
		if from != "" && w.to != "" && from > w.to {
			continue // a plan
		}
		if w.told && w.exact && p.Precision > french.ToDay {
			continue // the day goes before the month
		}
		if to == "" || w.to != "" && to > w.to && !w.told {
			to = w.to
		}
		if w.told && from == "" && w.from < to { // « au premier semestre, avant l'été »
			from = w.from
		}
		w = window{from: from, to: to, told: true, exact: from != "" && from == to, span: Span{Start: p.Span.Start, End: p.Span.End}}
		if w.exact {
			break
		}
	}
	return w
}

// fromElsewhere says whether a period is earlier or later than something else, not than the claim: « un mois plus tôt ».
func fromElsewhere(a *Assertion, p french.Period) bool {
	told := plainOf(p.Span.In(a.Text)).s
	return p.Relative && (strings.HasSuffix(told, "plus tot") || strings.HasSuffix(told, "plus tard") || strings.HasSuffix(told, "auparavant"))
}

// fromThen stands before a period that only names when something was first done.
var fromThen = regexp.MustCompile(`(?:^|[^\pL])des (?:l['’]|le |la |les )?$`)

// monthsOf is how long a period runs that is told by its beginning: « dès l'automne » is some
// day of that season, or little later.
func monthsOf(p french.Precision) int {
	switch p {
	case french.ToQuarter, french.ToSeason:
		return 4
	case french.ToSemester:
		return 6
	case french.ToYear, french.ToSchoolYear:
		return 12
	}
	return 2
}

func isoDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func (w window) holds(day string) bool {
	return day != "" && (w.from == "" || day >= w.from) && (w.to == "" || day <= w.to)
}

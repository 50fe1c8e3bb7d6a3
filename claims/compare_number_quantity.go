package claims

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"contredit/french"
)

// quantityKind is what dimension a quantity has.
type quantityKind uint8

const (
	quantityMoney  quantityKind = iota
	quantityShare               // of a whole, 0 to 1
	quantityChange              // relative: +0.3 for « hausse de 30 % »
	quantityCount
	quantityTime
	quantityOther
)

// quantity is one figure of a sentence with what is needed to compare it.
type quantity struct {
	kind        quantityKind
	low, high   float64
	unit        string
	span        Span
	figure      french.Figure
	noun        map[string]bool // stems of what is counted
	near        map[string]bool // telling stems around it
	years       map[int]bool    // that it is told for
	target      bool
	tax, credit string
	per         string
}

var timeUnits = map[string]bool{"an": true, "heure": true, "jour": true, "minute": true, "mois": true, "seconde": true, "semaine": true}

// clockTime stands before an hour of the day, amongThem before those in which something moved.
var (
	clockTime = regexp.MustCompile(`(?i)(?:^|[\s,;(])(?:à|de|vers|dès|avant|après|jusqu['’]à|entre|et|,)\s*$`)
	amongThem = regexp.MustCompile(`(?i)\b(?:dans|chez|pour|sur|en)\s+$`)
	// fromNow and offsetAfter tell how far an event lies from another, not how long anything lasts.
	fromNow     = regexp.MustCompile(`(?i)(?:^|[\s,(])(?:à|il y a|voilà|dans|sous)\s+(?:près de |environ |moins de |plus de )?$`)
	offsetAfter = regexp.MustCompile(`(?i)^\s*(?:après|avant|plus tard|plus tôt|auparavant|du vote|de la |des élections)`)
)

// quantities are the figures of the sentence that can be compared, derived changes included.
func (a *Assertion) quantities() []quantity {
	if a.measured == nil {
		list := []quantity{}
		for i, f := range a.Figures {
			list = append(list, a.quantitiesOf(i, f)...)
		}
		a.measured = list
	}
	return a.measured
}

var votesCounted = regexp.MustCompile(`^\s*(?:voix|pour\b|contre\b|abst)`)

// compared is a figure as it is compared; false for one that is no quantity: a vote, an ordinal, an hour of the day.
func (a *Assertion) compared(i int, f french.Figure) (french.Figure, bool) {
	if f.Unit == "voix" || votesCounted.MatchString(a.Text[f.End:min(len(a.Text), f.End+12)]) {
		return f, false // left to the comparison of votes
	}
	if f.Ordinal || f.InWords && f.Value == 1 && !f.Ratio && f.Multiplier == 0 && f.Unit == "" {
		return f, false
	}
	if f.Unit == "" && i > 0 && a.Figures[i-1].Unit != "" && a.Figures[i-1].End < f.Start && earlierWords.MatchString(a.Text[a.Figures[i-1].End:f.Start]) {
		if f.Unit = a.Figures[i-1].Unit; f.Unit == "voix" { // « 7,4 années, au lieu de 6,1 », but « 43 voix contre 34 »
			return f, false
		}
	}
	if f.Unit == "heure" && clockTime.MatchString(tailBytes(a.Text[:f.Start], 16)) && f.Value <= 24 {
		return f, false // « de 12 heures à 14 heures »
	}
	if f.Direction != 0 && f.Unit == "" && !f.Ratio && f.Multiplier == 0 && amongThem.MatchString(tailBytes(a.Text[:f.Start], 8)) {
		f.Direction = 0 // « diminue dans cinq communes »
	}
	return f, true
}

func (a *Assertion) quantitiesOf(i int, f french.Figure) []quantity {
	f, ok := a.compared(i, f)
	if !ok {
		return nil
	}
	q := quantity{figure: f, span: f.Span, unit: f.Unit, low: f.Low, high: f.High, target: f.Target, tax: f.Tax, credit: f.Credit, per: f.Per}
	if q.low == 0 && q.high == 0 {
		q.low, q.high = f.Value, f.Value
	}
	q.near, q.years = a.near(f.Span), a.yearsNear(f.Span)
	q.noun = stemSet(f.Noun)
	for stem := range q.noun { // « un stagiaire sur deux » is about trainees
		if !measureStems[stem] && !isNumber(stem) {
			q.near[stem] = true
		}
	}
	var list []quantity
	if f.Side == french.After && f.Peer >= 0 && f.Peer < len(a.Figures) && a.Figures[f.Peer].Value > 0 {
		change := q
		before := a.Figures[f.Peer]
		change.kind, change.unit = quantityChange, ""
		change.low = f.Value/before.Value - 1
		change.high = change.low
		change.span = Span{Start: min(before.Start, f.Start), End: max(before.End, f.End)}
		list = append(list, change)
	} else if change, ok := a.comparedBefore(i, f, q); ok {
		list = append(list, change)
	} else if change, ok := a.comparedYears(i, f, q); ok {
		list = append(list, change)
	}
	switch share, isShare := f.Share(); {
	case f.Multiplier != 0:
		q.kind, q.unit, q.low = quantityChange, "", f.Multiplier-1
		q.high = q.low
	case f.Direction != 0 && (f.Unit == "%" || f.Ratio):
		q.kind, q.unit = quantityChange, ""
		value := share
		if !isShare {
			value = f.Value / 100
		}
		q.low = float64(f.Direction) * value
		q.high = q.low
	case isShare:
		q.kind, q.unit, q.low, q.high = quantityShare, "", share, share
		if f.Unit == "%" && f.High > f.Low {
			q.low, q.high = f.Low/100, f.High/100
		} else if f.Ratio && f.High > f.Low {
			q.low, q.high = f.Low, f.High
		}
		if loosely.MatchString(tailBytes(a.Text[:f.Start], 12)) {
			q.low, q.high = q.low*0.78, q.high*1.22
		}
	case f.Unit == "EUR":
		q.kind = quantityMoney
	case timeUnits[f.Unit]:
		q.kind, q.unit = quantityTime, "jour"
		if fromNow.MatchString(tailBytes(a.Text[:f.Start], 24)) || offsetAfter.MatchString(a.Text[f.End:]) {
			q.per = "écart"
		}
		q.low, q.high = q.low*daysIn[f.Unit], q.high*daysIn[f.Unit]
	case f.Unit == "":
		q.kind = quantityCount
		if len(q.noun) == 0 && f.Direction == 0 { // « soixante-huit de moins » tells a sense at least
			return list
		}
	default:
		q.kind = quantityOther
	}
	return append(list, q)
}

// loosely are words that make a share a rough one: « une petite moitié ».
var loosely = regexp.MustCompile(`(?i)\b(?:petite?|grosse?|gros|bonne?|bon|quelque)\s*$`)

var daysIn = map[string]float64{"an": 365, "mois": 30.4, "semaine": 7, "jour": 1, "heure": 1.0 / 24, "minute": 1.0 / 1440, "seconde": 1.0 / 86400}

// earlierWords stand between a figure and the one that it is compared with.
var earlierWords = regexp.MustCompile(`^[^.;]{0,30}?\b(?:après|contre|au lieu de|au lieu d['’]|et non|pour)\b[^.;]{0,12}$`)

// comparedBefore derives the change of « 3,91 M€, après 4,12 M€ en 2023 ».
func (a *Assertion) comparedBefore(i int, f french.Figure, q quantity) (quantity, bool) {
	if i+1 >= len(a.Figures) || f.Side != french.NoSide {
		return q, false
	}
	before := a.Figures[i+1]
	if before.Value <= 0 || before.Target || before.Unit != f.Unit && before.Unit != "" || before.Start < f.End || !earlierWords.MatchString(a.Text[f.End:before.Start]) {
		return q, false
	}
	if f.Unit == "" && f.Ratio {
		return q, false
	}
	q.kind, q.unit = quantityChange, ""
	q.low = f.Value/before.Value - 1
	q.high, q.span = q.low, Span{Start: f.Start, End: before.End}
	return q, math.Abs(q.low) < 5
}

// ofYear is the year that stands right after a figure: « 612 000 euros en 2022 ».
var ofYear = regexp.MustCompile(`^[^.;\d]{0,25}?\b(?:en|pour|de|au titre de|fin|exercice|au 31 décembre) ((?:19|20)\d\d)\b`)

// comparedYears derives the change of « 612 000 euros en 2022 et 574 000 euros en 2024 ».
func (a *Assertion) comparedYears(i int, f french.Figure, q quantity) (quantity, bool) {
	from, ok := a.yearAfter(f)
	if !ok || f.Unit != "EUR" && f.Unit != "%" || f.Value <= 0 || f.Target {
		return q, false
	}
	for _, g := range a.Figures[i+1:] {
		to, ok := a.yearAfter(g)
		if !ok || g.Unit != f.Unit || g.Value <= 0 || g.Target || to == from || g.Start-f.End > longestYears {
			continue
		}
		before, after := f, g
		if to < from {
			before, after = g, f
		}
		q.kind, q.unit, q.years = quantityChange, "", nil
		q.low = after.Value/before.Value - 1
		q.high, q.span = q.low, Span{Start: f.Start, End: g.End}
		return q, math.Abs(q.low) < 5
	}
	return q, false
}

// longestYears is how many bytes may stand between two figures of one thing in two years.
const longestYears = 60

func (a *Assertion) yearAfter(f french.Figure) (int, bool) {
	m := ofYear.FindStringSubmatch(a.Text[f.End:])
	if m == nil {
		return 0, false
	}
	year, err := strconv.Atoi(m[1])
	return year, err == nil
}

// nearWords is how many words on each side are around a figure.
const nearWords = 18

// near are the telling stems around a span.
func (a *Assertion) near(s Span) map[string]bool {
	set := map[string]bool{}
	first, last := len(a.Terms), -1
	for i, t := range a.Terms {
		if t.Overlaps(s) {
			first, last = min(first, i), max(last, i)
		}
	}
	part := a.segment(s)
	for i, t := range a.Terms {
		if !part.Contains(t.Span) || i < first-nearWords || i > last+nearWords || i >= first && i <= last || t.Stop || isNumber(t.Text) || measureStems[t.Stem] {
			continue
		}
		set[t.Stem] = true
	}
	return set
}

// goesOnPart opens a part that speaks of what the one before names.
var goesOnPart = regexp.MustCompile(`(?i)^\s*(?:et |mais |or )?(?:c['’]est|il|elle|ils|elles|soit|dont|celui|celle|ceux|celles|ce qui|cela|ce )\b`)

// segment is the part between semicolons that holds a span: « le club reçoit 14 000 € ; la MJC passe de … » tells two
// things.
func (a *Assertion) segment(s Span) Span {
	start, end := strings.LastIndexByte(a.Text[:s.Start], ';')+1, len(a.Text)
	if start > 1 && goesOnPart.MatchString(a.Text[start:]) {
		start = strings.LastIndexByte(a.Text[:start-1], ';') + 1
	}
	if i := strings.IndexByte(a.Text[s.End:], ';'); i >= 0 {
		end = s.End + i
	}
	return Span{Start: start, End: end}
}

// measureStems are words of figures, which say nothing of what is counted.
var measureStems = subjectStems("euro euros million millions milliard milliards millier milliers mille cent cents centime centimes pour cent % k€ m€ hors taxes taxe comprise ht ttc montant somme total environ près plus moins an ans année années mois jour jours semaine semaines heure heures minute minutes")

func isNumber(w string) bool { return strings.ContainsAny(w, "0123456789") }

func stemSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, t := range french.Terms(text) {
		if !t.Stop {
			set[t.Stem] = true
		}
	}
	return set
}

var (
	yearWord  = regexp.MustCompile(`\b(?:19|20)\d\d\b`)
	lastYear  = regexp.MustCompile(`(?i)l['’](?:an|année) (?:dernier|dernière|passée?|précédent|précédente)`)
	thisYear  = regexp.MustCompile(`(?i)cette année|l['’]année en cours`)
	yearWords = regexp.MustCompile(`(?i)deux mille (?:vingt|dix)(?:[- ](?:et[- ])?(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf))?`)
)

// yearsNear are the years that a figure is told for: those of its sentence, nearest first;
// of « de 2024 à 2025 » both.
func (a *Assertion) yearsNear(Span) map[int]bool {
	years := map[int]bool{}
	for _, m := range yearWord.FindAllString(a.Text, -1) {
		if y, err := strconv.Atoi(m); err == nil {
			years[y] = true
		}
	}
	for _, m := range yearWords.FindAllString(a.Text, -1) {
		for _, f := range french.Figures(m) {
			years[int(f.Value)] = true
		}
	}
	if !a.Day.IsZero() {
		if lastYear.MatchString(a.Text) {
			years[a.Day.Year()-1] = true
		}
		if thisYear.MatchString(a.Text) {
			years[a.Day.Year()] = true
		}
	}
	if len(years) > 0 || a.Day.IsZero() {
		return years
	}
	for _, p := range a.Dates { // « au 31 décembre », said in January, is of the year before
		if p.Relative && !p.Repeated && p.Relation == french.During && p.Precision <= french.ToMonth && !p.From.IsZero() && p.From.Year() == p.To.Year() {
			years[p.From.Year()] = true
		}
	}
	return years
}

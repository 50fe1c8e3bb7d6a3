package claims

import (
	"fmt"
	"math"
	"slices"

	"contredit/french"
)

// compareNumbers compares amounts, shares, counts, durations and changes that two sentences
// give for one thing. Other periods, bases, taxes and aims are not compared.
func compareNumbers(claim, record *Assertion) []Reason {
	var reasons []Reason
	said, written := claim.quantities(), record.quantities()
	for _, c := range said {
		if r, ok := bestNumber(claim, record, c, written); ok {
			reasons = append(reasons, r)
		}
	}
	if r, ok := wholeAndPart(claim, record, said, written); ok {
		reasons = append(reasons, r)
	}
	reasons = append(reasons, compareTrends(claim, record, written)...)
	reasons = append(reasons, compareTarget(claim, record, written)...)
	return withoutRefuted(append(reasons, compareNothing(claim, record, written)...))
}

// withoutRefuted leaves out what agrees by the words that another reason is against: « toutes
// les vingt » agrees in « vingt » with « douze sur les vingt », « bondit de 30 % » in its sense
// with a rise of 5 %.
func withoutRefuted(reasons []Reason) []Reason {
	return slices.DeleteFunc(reasons, func(r Reason) bool {
		return r.Supports && slices.ContainsFunc(reasons, func(other Reason) bool {
			return !other.Supports && (r.ClaimSpan.Overlaps(other.ClaimSpan) || r.Rule == "NOMBRE-SENS-ACCORD-1" && r.EvidenceSpan.Overlaps(other.EvidenceSpan))
		})
	})
}

// bestNumber finds the record's quantity that is about the same thing as the claim's: one
// that agrees ends the search, one that cannot hold beside it is a reason.
func bestNumber(claim, record *Assertion, c quantity, written []quantity) (Reason, bool) {
	if f, ok := sameFigure(claim, record, c); ok {
		near := quantity{near: record.near(f.Span)}
		return Reason{
			Rule: "NOMBRE-ACCORD-1", Kind: KindNumber, ClaimSpan: c.span, EvidenceSpan: f.Span, Supports: true, Strength: 0.4 + 0.6*figuresAligned(c, near, record),
			Text: fmt.Sprintf("Les deux donnent la même valeur : %s et %s.", guillemets(c.span.In(claim.Text)), guillemets(f.In(record.Text))),
		}, true
	}
	var best Reason
	found := false
	for _, w := range written {
		if w.kind != c.kind || !comparable(c, w) || w.figure.Side == french.Before && w.kind != quantityChange || spentAndOpened(claim, record, w.figure) {
			continue // « de 17 à 15 agents »: seventeen are no more
		}
		align := figuresAligned(c, w, record)
		if sameValue(c, w) && (c.target || !w.target) {
			return Reason{
				Rule: "NOMBRE-ACCORD-1", Kind: KindNumber, ClaimSpan: c.span, EvidenceSpan: w.span, Supports: true, Strength: 0.4 + 0.6*align,
				Text: fmt.Sprintf("Les deux donnent la même valeur : %s et %s.", guillemets(c.span.In(claim.Text)), guillemets(w.span.In(record.Text))),
			}, true
		}
		if align < leastNumberAlignment || sameValue(c, w) { // an aim of the same value says nothing else
			continue
		}
		strength := notYet(claim, record) * (0.15 + 0.75*align) * farApart(c, w) * otherThing(claim, record, c, w)
		if w.target && !c.target {
			strength *= 0.4 // an aim beside a result
		}
		if !found || strength > best.Strength {
			found = true
			best = Reason{
				Rule: numberRuleOf[c.kind], Kind: KindNumber, ClaimSpan: c.span, EvidenceSpan: w.span, Strength: strength,
				Text: fmt.Sprintf("Il est dit %s ; l’acte porte %s.", guillemets(c.span.In(claim.Text)), guillemets(w.span.In(record.Text))),
			}
		}
	}
	return best, found
}

// sameFigure finds a figure of the record that is the claim's, however it is worded: an aim
// is no result, and « trente-trois millions » may be euros.
func sameFigure(claim, record *Assertion, c quantity) (french.Figure, bool) {
	f := c.figure
	for i, w := range record.Figures {
		if w.Target && !f.Target || w.Ordinal || w.Side == french.Before || c.kind == quantityCount && otherNoun(c, w) || spentAndOpened(claim, record, w) {
			continue
		}
		if f.Unit == w.Unit || f.Unit == "EUR" && w.Unit == "" && w.Value >= 1000 || f.Unit == "" && w.Unit == "EUR" && f.Value >= 1000 {
			if closeTo(f.Value, w.Value) && f.Multiplier == w.Multiplier && f.Ratio == w.Ratio {
				return w, true
			}
		}
		share, known := f.Share()
		if other, same := w.Share(); known && same && closeTo(share, other) && f.Direction*w.Direction >= 0 {
			return w, true
		}
		// « près de six euros de plus » and « de 46,15 à 52 euros »
		if w.Side == french.After && w.Peer >= 0 && w.Peer < i+1 && f.Unit == w.Unit && f.Direction*w.Direction >= 0 {
			difference := math.Abs(w.Value - record.Figures[w.Peer].Value)
			if difference > 0 && difference >= f.Low*(1-rounding) && difference <= f.High*(1+rounding) {
				return w, true
			}
		}
	}
	return french.Figure{}, false
}

// otherNoun says whether a plain number of the record counts something else: « vingt agents », « vingt postes budgétés ».
func otherNoun(c quantity, w french.Figure) bool {
	noun := stemSet(w.Noun)
	return len(c.noun) > 0 && len(noun) > 0 && w.Unit == "" && !sameNoun(c, quantity{noun: noun})
}

func closeTo(a, b float64) bool {
	return math.Abs(a-b) <= 0.006*math.Max(math.Abs(a), math.Abs(b))
}

var numberRuleOf = map[quantityKind]string{
	quantityMoney: "NOMBRE-MONTANT-1", quantityShare: "NOMBRE-PART-1", quantityChange: "NOMBRE-EVOLUTION-1", quantityCount: "NOMBRE-COMPTE-1",
	quantityTime: "NOMBRE-DUREE-1", quantityOther: "NOMBRE-MESURE-1",
}

// comparable says that nothing told of two quantities makes them different things.
func comparable(c, w quantity) bool {
	switch {
	case c.unit != w.unit && c.kind != quantityShare && c.kind != quantityChange,
		c.tax != "" && w.tax != "" && c.tax != w.tax,
		c.credit != "" && w.credit != "" && c.credit != w.credit,
		c.per != "" && w.per != "" && c.per != w.per,
		c.kind == quantityTime && (c.per == "écart") != (w.per == "écart"),
		c.kind == quantityCount && !sameNoun(c, w),
		len(c.years) > 0 && len(w.years) > 0 && !meet(c.years, w.years):
		return false
	case c.kind == quantityMoney && w.low > 0 && c.low > 0 && (c.low/w.low > 60 || w.low/c.low > 60):
		return false // a ticket's price beside a budget
	}
	return true
}

func meet(a, b map[int]bool) bool {
	for y := range a {
		if b[y] {
			return true
		}
	}
	return false
}

// sameNoun says that two counts are of the same things.
func sameNoun(c, w quantity) bool {
	for stem := range c.noun {
		if w.noun[stem] {
			return true
		}
	}
	wide := widened(c.noun)
	for stem := range w.noun {
		if wide[stem] > 0 {
			return true
		}
	}
	return somePeople(c, w) || somePeople(w, c)
}

// anyone are the nouns that stand for people of any kind.
var anyone = stemSet("personnes gens")

// somePeople says that one counts persons, and the other those whom the words around the first name:
// « 500 personnes ont participé », « 143 participants ».
func somePeople(c, w quantity) bool {
	for stem := range c.noun {
		if anyone[stem] {
			for other := range w.noun {
				if c.near[other] {
					return true
				}
			}
		}
	}
	return false
}

// rounding is how far two figures of one thing may be apart when both are rounded as people
// do in speech, as a share.
const rounding = 0.02

// sameValue says that both may hold: their intervals meet, rounding allowed for.
func sameValue(c, w quantity) bool {
	slack := rounding * math.Max(math.Abs(c.high), math.Abs(w.high))
	if c.figure.InWords && !c.figure.Ratio && c.figure.Multiplier == 0 {
		slack = math.Max(slack, spokenSlack(c.low))
		if c.kind == quantityTime { // « sept ans » are said of 7,4
			slack = math.Max(slack, 0.45*daysIn[c.figure.Unit])
		}
	}
	switch c.kind {
	case quantityShare:
		slack = math.Max(slack, 0.006)
	case quantityChange:
		slack = math.Max(slack, 0.008)
	}
	if (c.kind == quantityShare || c.kind == quantityChange) && c.figure.InWords && c.figure.Unit == "%" && math.Mod(c.figure.Value, 5) == 0 {
		slack = math.Max(slack, 0.015) // « trente pour cent » are said of 31 %
	}
	if math.IsInf(slack, 1) {
		slack = rounding * math.Max(math.Abs(c.low), math.Abs(w.low))
	}
	return c.low <= w.high+slack && w.low <= c.high+slack
}

// spokenSlack is how far a number in words may be from what it stands for: « huit mille » is said of 8 200, but
// « douze » of no eleven.
func spokenSlack(value float64) float64 {
	if value < 1000 {
		return 0
	}
	unit := math.Pow(10, math.Floor(math.Log10(value)))
	for digits := 0; digits < 2; digits++ {
		if math.Mod(value, unit) < unit/1e6 {
			return unit * 0.45
		}
		unit /= 10
	}
	return 0
}

// figuresAligned is how surely two quantities are of one thing, from 0 to 1: the words around one
// stand around the other, those of the record's heading counting half. Words that name no
// subject count little, and one word alone is no proof.
func figuresAligned(c, w quantity, record *Assertion) float64 {
	if len(c.near) == 0 {
		return 0.3
	}
	around := map[string]bool{}
	for _, t := range record.Around {
		around[t.Stem] = true
	}
	// Counted apart and in order: a sum of floats depends on its order.
	l, sum, mass := frameWords(), 0.0, 0.0
	for _, stem := range sorted(c.near) {
		weight := 1.0
		if l.weak[stem] {
			weight = 0.4
		}
		mass += weight
		switch {
		case w.near[stem]:
			sum += weight
		case around[stem]:
			sum += 0.4 * weight
		case synonymIn(stem, w.near):
			sum += 0.5 * weight
		}
	}
	return math.Min(sum/math.Min(math.Max(mass, fewestNear), mostNear), 1)
}

// leastNumberAlignment is how much of what is around two figures must agree before they are
// compared at all.
const leastNumberAlignment = 0.08

// Between these many words around a figure, the share of those that are found again tells
// whether two figures are of one thing.
const (
	fewestNear = 2
	mostNear   = 5
)

// farApart weakens what two figures say of each other the further they lie apart: people
// round, stretch and double, and seldom multiply by ten.
func farApart(c, w quantity) float64 {
	low, high := math.Abs(c.low), math.Abs(w.low)
	if low == 0 {
		low = math.Abs(c.high) // « jusqu'à 8 200 »
	}
	if high == 0 {
		high = math.Abs(w.high)
	}
	if c.kind == quantityChange || low == 0 || high == 0 || math.IsInf(c.low, 0) || math.IsInf(w.low, 0) {
		return 1
	}
	if low > high {
		low, high = high, low
	}
	switch factor := high / low; {
	case factor <= 3:
		return 1
	case factor <= 6:
		return 0.8
	case factor <= 15:
		return 0.5
	}
	return 0.3
}

func synonymIn(stem string, set map[string]bool) bool {
	for other := range widened(map[string]bool{stem: true}) {
		if set[other] {
			return true
		}
	}
	return false
}

// wholeAndPart compares « les vingt rames sont toutes … » with « sur les vingt rames, douze ».
func wholeAndPart(claim, record *Assertion, said, written []quantity) (Reason, bool) {
	whole := -1
	for i, q := range claim.Sentence.Quantifiers {
		if q.Kind == french.All || q.Kind == french.Every {
			whole = i
		}
	}
	if whole < 0 || claim.Sentence.Negated || onlyPlanned(claim, record) {
		return Reason{}, false
	}
	for _, c := range said {
		for _, w := range written {
			f := w.figure
			if c.kind == quantityCount && f.Denominator > 0 && f.Denominator == c.figure.Value && f.Numerator < f.Denominator && sameNoun(c, w) {
				return Reason{
					Rule: "NOMBRE-TOTAL-1", Kind: KindNumber, ClaimSpan: c.span, EvidenceSpan: w.span, Strength: 0.8,
					Text: fmt.Sprintf("Il est dit que tous le sont (%s) ; l’acte en compte %s sur %.0f.", guillemets(c.span.In(claim.Text)), guillemets(w.span.In(record.Text)), f.Denominator),
				}, true
			}
		}
	}
	return Reason{}, false
}

// guillemets puts words between quotation marks, as French prints them.
func guillemets(words string) string { return "«\u00a0" + words + "\u00a0»" }

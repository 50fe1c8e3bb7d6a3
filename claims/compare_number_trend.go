package claims

import (
	"fmt"
	"regexp"

	"contredit/french"
)

// trend is what a sentence says of how something moves, without a figure.
type trend uint8

const (
	trendNone trend = iota
	trendUp
	trendDown
	trendStable
	trendNotUp
	trendNotDown
)

var (
	stableWords = regexp.MustCompile(`(?i)\bstables?\b|inchangée?s?|au même (?:prix|tarif|niveau|montant)|(?:le|la) même (?:prix|tarif|niveau|montant)|à l['’]identique|n['’](?:a|ont|avons|aura) pas (?:varié|bougé|changé|évolué)|ne (?:bouge|bougera|varie|variera|changera|change)(?:nt|ont)? pas|n['’]y touche(?:ra|rons|ons)? pas|ne touche(?:ra|rons)? pas|sans avoir touché|gelée?s?\b`)
	upWords     = regexp.MustCompile(`(?i)\b(?:augment|progress|haus|relèv|relev|accroi|accru|croi(?:t|ssent)|grimp|bondi|envol|alourd|allong|renforc|davantage|plus (?:cher|élevé|nombreu|de moyens))`)
	downWords   = regexp.MustCompile(`(?i)\b(?:baiss|diminu|rédui|recul|chut|repli|allég|désendett|ampu|raccourc|plus vite|moins (?:cher|élevé|nombreu|de )|perd(?:u|ent|re))`)
)

// trendOf reads the trend of a claim once, and where it says so.
func trendOf(a *Assertion) (trend, Span) {
	if a.trend == nil {
		said, at := readTrend(a)
		a.trend = &saidTrend{said, at}
	}
	return a.trend.said, a.trend.at
}

type saidTrend struct {
	said trend
	at   Span
}

func readTrend(a *Assertion) (trend, Span) {
	if m := stableWords.FindStringIndex(a.Text); m != nil {
		return trendStable, Span{Start: m[0], End: m[1]}
	}
	up, down := upWords.FindStringIndex(a.Text), downWords.FindStringIndex(a.Text)
	switch {
	case up != nil && down == nil:
		s := Span{Start: up[0], End: up[1]}
		return deniedTrend(a, s, trendUp, trendNotUp)
	case down != nil && up == nil:
		s := Span{Start: down[0], End: down[1]}
		return deniedTrend(a, s, trendDown, trendNotDown)
	}
	return trendNone, Span{}
}

// deniedTrend is one of two trends, by whether the words at s are denied. A denied infinitive tells neither: « personne
// ne se réjouit de voir la dette progresser ».
func deniedTrend(a *Assertion, s Span, plain, denied trend) (trend, Span) {
	if !a.Sentence.NegatedAt(s) {
		return plain, s
	}
	if at := a.Sentence.At(s.Start); at >= 0 && a.Sentence.Tokens[at].Mood == french.InfinitiveMood {
		return trendNone, Span{}
	}
	return denied, s
}

// smallChange is what still counts as stable.
const smallChange = 0.005

// compareTrends compares « reste stable », « ne baissera pas », « nous avons réduit » with a
// change that the record measures.
func compareTrends(claim, record *Assertion, written []quantity) []Reason {
	said, at := trendOf(claim)
	if said == trendNone || claim.Sentence.Modality.Has(french.Conditional|french.Hypothetical|french.Question|french.Wish) {
		return nil
	}
	var best Reason
	for _, w := range written {
		moved, ok := movement(w)
		if !ok {
			continue
		}
		align := trendAlign(claim, w, record)
		if align < leastNumberAlignment {
			continue
		}
		if w.kind == quantityChange {
			align = min(align+0.05, 1) // both ends of the change are shown
		}
		if !conflicts(said, moved) {
			if support := 0.3 + 0.5*align; (said == trendUp && moved > smallChange || said == trendDown && moved < -smallChange) && support > best.Strength {
				best = Reason{Rule: "NOMBRE-SENS-ACCORD-1", Kind: KindNumber, ClaimSpan: at, EvidenceSpan: w.span, Supports: true, Strength: support,
					Text: fmt.Sprintf("L’évolution mesurée va dans le sens de %s.", guillemets(at.In(claim.Text)))}
			}
			continue
		}
		kind, rule := KindAntonym, "NOMBRE-SENS-1"
		switch {
		case claim.Sentence.Tense == french.FutureTense || commits.find(french.Lower(claim.Text)) != nil:
			kind, rule = KindPromise, "ENGAGEMENT-SENS-1"
		case said == trendStable:
			kind, rule = KindNumber, "NOMBRE-STABLE-1"
		}
		if strength := (0.15 + 0.75*align) * otherThing(claim, record, quantity{span: at}, w); strength > best.Strength || best.Supports {
			best = Reason{Rule: rule, Kind: kind, ClaimSpan: at, EvidenceSpan: w.span, Strength: strength,
				Text: fmt.Sprintf("Il est dit %s ; l’acte mesure une évolution contraire : %s.", guillemets(at.In(claim.Text)), guillemets(w.span.In(record.Text)))}
		}
	}
	if best.Strength == 0 {
		return nil
	}
	return []Reason{best}
}

// movement is how a quantity moved, relative where it is known, else only its sense.
func movement(w quantity) (float64, bool) {
	if w.kind == quantityChange {
		return w.low, true
	}
	if w.figure.Direction != 0 && w.kind != quantityShare {
		return float64(w.figure.Direction), true
	}
	return 0, false
}

func conflicts(said trend, moved float64) bool {
	switch said {
	case trendUp:
		return moved < -smallChange
	case trendDown:
		return moved > smallChange
	case trendStable:
		return moved > smallChange || moved < -smallChange
	case trendNotUp:
		return moved > smallChange
	case trendNotDown:
		return moved < -smallChange
	}
	return false
}

// trendAlign is how surely a measured change is of what the claim speaks of.
func trendAlign(claim *Assertion, w quantity, record *Assertion) float64 {
	c := quantity{near: map[string]bool{}}
	for _, t := range claim.Terms {
		if !t.Stop && !isNumber(t.Text) {
			c.near[t.Stem] = true
		}
	}
	return figuresAligned(c, w, record)
}

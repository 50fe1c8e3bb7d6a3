package claims

import (
	"fmt"
	"math"
	"regexp"

	"contredit/french"
)

var (
	// noMoney says that nothing is paid. Without « pas », « un euro » is an amount or a price.
	noMoney = regexp.MustCompile(`(?i)(?:\b(?:pas|sans|ni|plus) (?:même )?(?:(?:un|1)(?: seul| traître| malheureux)?|le moindre) |\baucun |\bzéro )(?:euro|centime|sou)\b`)
	// beyond follows when nothing more than an amount is meant.
	// Go's \b knows no « à »: none after it.
	beyond = regexp.MustCompile(`(?i)^[^.;:,]{0,12}? (?:au-delà|au delà|au-dessus|en plus|en sus|de plus|supplémentaires?)`)
	// below denies that an amount is passed; the amount comes next.
	below = regexp.MustCompile(`(?i)(?:\bne (?:dépasser|excéder)(?:a|ont|ons|ai) (?:pas|jamais)|\bn['’]excéder(?:a|ont|ons|ai) (?:pas|jamais)|\bsans (?:jamais )?(?:dépasser|excéder))\b(?: (?:les?|la|un montant de|le montant de))?`)
)

const (
	limitGap     = 14 // bytes between « au-delà » and its amount, « des » and the like
	enoughShared = 2  // telling words that must be shared: one is a subject alone
)

// compareNothing compares « pas un euro » with an amount for the same thing, and « pas un
// centime au-delà de quinze millions » with an amount over it.
func compareNothing(claim, record *Assertion, written []quantity) []Reason {
	if len(written) == 0 {
		return nil
	}
	if at := noMoney.FindStringIndex(claim.Text); at != nil {
		said := Span{Start: at[0], End: at[1]}
		if more := beyond.FindStringIndex(claim.Text[at[1]:]); more == nil {
			return nothingPaid(claim, record, said, written)
		} else if limit, ok := amountAfter(claim, at[1]+more[1]); ok {
			return overLimit(claim, record, said, limit, written)
		}
		return nil
	}
	if at := below.FindStringIndex(claim.Text); at != nil {
		if limit, ok := amountAfter(claim, at[1]); ok {
			return overLimit(claim, record, Span{Start: at[0], End: at[1]}, limit, written)
		}
	}
	return nil
}

// amountAfter is the amount of money that begins right after a place. « quinze millions » is
// one without its euros.
func amountAfter(a *Assertion, place int) (french.Figure, bool) {
	for _, f := range a.Figures {
		if f.Start >= place-1 && f.Start <= place+limitGap && (f.Unit == "EUR" || f.Unit == "" && f.Value >= 1000) && !f.Ordinal {
			return f, true
		}
	}
	return french.Figure{}, false
}

func nothingPaid(claim, record *Assertion, said Span, written []quantity) []Reason {
	c := quantity{near: stemSet(claim.Text[:said.Start] + claim.Text[said.End:]), years: claim.yearsNear(said)}
	best := Reason{Rule: "NOMBRE-RIEN-1", Kind: numberOrPromise(claim, KindNegation), ClaimSpan: said}
	all := stemSet(record.Text)
	for _, w := range written {
		w.near = all // what is paid for may stand far from the amount
		if !paid(record, w) || len(c.years) > 0 && len(w.years) > 0 && !meet(c.years, w.years) || stemsShared(c.near, w.near) < enoughShared {
			continue
		}
		if strength := 0.15 + 0.75*figuresAligned(c, w, record); strength > best.Strength {
			best.Strength, best.EvidenceSpan = strength, w.span
			best.Text = fmt.Sprintf("Il est dit %s ; l’acte porte %s.", guillemets(said.In(claim.Text)), guillemets(w.span.In(record.Text)))
		}
	}
	return atLeastOne(best)
}

func overLimit(claim, record *Assertion, said Span, limit french.Figure, written []quantity) []Reason {
	said.End = limit.End
	c := quantity{near: claim.near(said)}
	best := Reason{Rule: "NOMBRE-PLAFOND-1", Kind: numberOrPromise(claim, KindNumber), ClaimSpan: said}
	for _, w := range written {
		f := w.figure
		if !paid(record, w) || limit.Tax != "" && w.tax != "" && limit.Tax != w.tax || w.low <= limit.Value*(1+rounding) || w.low > 60*limit.Value {
			continue
		}
		// « porte de 15 à 22,5 millions »: raised from the very limit, which says that it is the same one.
		raised := f.Side == french.After && f.Peer >= 0 && f.Peer < len(record.Figures) && closeTo(record.Figures[f.Peer].Value, limit.Value)
		strength := 0.15 + 0.75*figuresAligned(c, w, record)
		switch shared := stemsShared(c.near, w.near); {
		case raised:
			strength = math.Max(strength, 0.7)
		case shared < enoughShared:
			continue
		}
		if strength > best.Strength {
			best.Strength, best.EvidenceSpan = strength, w.span
			best.Text = fmt.Sprintf("La limite dite est %s ; l’acte porte %s.", guillemets(limit.In(claim.Text)), guillemets(w.span.In(record.Text)))
		}
	}
	return atLeastOne(best)
}

// paid says that a quantity is an amount that the record grants, not one that it aims at or denies.
func paid(record *Assertion, w quantity) bool {
	return w.kind == quantityMoney && w.low > 0 && !w.target && w.figure.Side != french.Before && w.figure.Direction >= 0 && !record.Sentence.Negated
}

func numberOrPromise(claim *Assertion, otherwise Kind) Kind {
	if claim.Sentence.Tense == french.FutureTense || commits.find(french.Lower(claim.Text)) != nil {
		return KindPromise
	}
	return otherwise
}

func stemsShared(a, b map[string]bool) int {
	n := 0
	for stem := range a {
		if b[stem] {
			n++
		}
	}
	return n
}

func atLeastOne(r Reason) []Reason {
	if r.Strength == 0 {
		return nil
	}
	return []Reason{r}
}

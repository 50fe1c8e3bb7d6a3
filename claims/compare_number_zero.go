package claims

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"contredit/french"
)

var (
	// noMoney says that nothing is paid. Without « pas », « un euro » is an amount or a price.
	noMoney = regexp.MustCompile(`(?i)(?:\b(?:pas|sans|ni|plus) (?:même )?(?:(?:un|1)(?: seul| traître| malheureux)?|le moindre) |\baucun |\bzéro )(?:euro|centime|sou)\b`)
	// beyond follows when nothing more than an amount is meant.
	// Go's \b knows no « à »: none after it.
	beyond = regexp.MustCompile(`(?i)^[^.;:,]{0,12}? (?:au-delà|au delà|au-dessus|en plus|en sus|de plus|supplémentaires?)`)
	// losing stands before « pas un centime » that nobody takes away.
	losing = regexp.MustCompile(`(?i)\b(?:perd|retir|enl[eè]v|amput|rogn)\p{L}*\s*$`)
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
	if r, ok := freeOfCharge(claim, record, written); ok {
		return []Reason{r}
	}
	if len(written) == 0 {
		return nil
	}
	if at := noMoney.FindStringIndex(claim.Text); at != nil && !losing.MatchString(tailBytes(claim.Text[:at[0]], 30)) {
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

var (
	// free says that nothing is asked for a thing; charged, that something is.
	free    = regexp.MustCompile(`(?i)\bgratuit(?:e|s|es|é|ement)?(?:[^\pL]|$)|\bne (?:co[uû]t|pai|pay|débours)\p{L}* (?:\p{L}+ )?rien\b|\bsans (?:rien|avoir à) (?:payer|débourser|verser)|\bsans bourse délier`)
	charged = regexp.MustCompile(`(?i)\bpayante?s?\b|\b(?:tarif|redevance|participation|contribution|forfait|prix|facturée?s?|facturation|acquitt\p{L}+|tarifée?s?|majoration)\b`)
)

// freeOfCharge compares what is said to cost nothing with a price or a charge for it: « l'étude restera gratuite »,
// « donnera lieu à une participation de 1,50 € ».
func freeOfCharge(claim, record *Assertion, written []quantity) (Reason, bool) {
	at := free.FindStringIndex(claim.Text)
	if at == nil {
		return Reason{}, false
	}
	said := Span{Start: at[0], End: at[1]}
	if claim.Sentence.Modality.Has(french.Question|french.Hypothetical|french.Wish) || deniedFree(claim, said) || free.MatchString(record.Text) && !payable.MatchString(record.Text) {
		return Reason{}, false
	}
	asked := slices.ContainsFunc(charged.FindAllStringIndex(record.Text, -1), func(m []int) bool {
		return !record.Sentence.NegatedAt(Span{Start: m[0], End: m[1]}) // « qui ne faisait l'objet d'aucune facturation »
	})
	if !asked && !payable.MatchString(record.Text) {
		return Reason{}, false
	}
	var words Span
	if m := payable.FindStringIndex(record.Text); m != nil {
		words = Span{Start: m[0], End: m[1]}
	} else if i := slices.IndexFunc(written, func(w quantity) bool { return w.kind == quantityMoney && w.low > 0 && !w.target }); i >= 0 {
		words = written[i].span
	} else {
		return Reason{}, false
	}
	same := sameMatter(claim, record)
	if same < leastFree {
		return Reason{}, false
	}
	return Reason{Rule: "NOMBRE-GRATUIT-1", Kind: numberOrPromise(claim, KindAntonym), ClaimSpan: said, EvidenceSpan: words, Strength: min(0.3+0.55*same, 0.85),
		Text: fmt.Sprintf("Il est dit que rien n’est demandé (%s) ; l’acte porte %s.", guillemets(strings.TrimSpace(said.In(claim.Text))), guillemets(words.In(record.Text)))}, true
}

// payable says itself that a thing is no longer free.
var payable = regexp.MustCompile(`(?i)\b(?:devien\p{L}+|deviendr\p{L}+|est|sont|sera|seront|rendue?s?) payante?s?\b`)

// leastFree is how surely both have to be about one thing.
const leastFree = 0.25

// deniedFree tells « n'est plus gratuit » from « ne coûte rien », which holds a denial of its own.
func deniedFree(a *Assertion, s Span) bool {
	return !strings.Contains(strings.ToLower(s.In(a.Text)), "rien") && a.Sentence.NegatedAt(s)
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

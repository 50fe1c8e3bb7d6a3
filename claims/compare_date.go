package claims

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"contredit/french"
)

// datedEvent is a period of a sentence, and when the event told around it may have been.
type datedEvent struct {
	period   french.Period
	from, to time.Time       // of the event; zero when open
	near     map[string]bool // telling stems around it
	due      bool            // a term that is still ahead of who speaks
	ahead    bool            // told as to come, whatever the day
}

var (
	// referred stand before the day of an act that is named, not of an event that is told.
	referred = regexp.MustCompile(`(?i)(?:délibérations?|séance|réunion|rapport|note|avis|convention|arrêté|loi|décret|procès-verbal|compte rendu|règlement|courrier|lettre|décision|ordonnance|schéma|budget|situation|état|marché|avenant|contrat)[^.;:]{0,30}$|\b(?:celui|celle|ceux|celles|par rapport à|comparée?s?)\s(?:de|à|du|des)?\s*$`)
	awaited  = regexp.MustCompile(`(?i)attendu\b|attend(?:re|ait|ons)\b`)
	moved    = regexp.MustCompile(`(?i)report|repouss|décal|différ|au plus tôt|désormais|renvoy|retard|ajourn|attendue?s?\b|prorog`)
	toDate   = regexp.MustCompile(`(?i)\bau 31 décembre|\bau 1er janvier|exercice|compte administratif`)
)

// compareDates compares when two sentences say that one thing was, or will be: intervals that
// cannot meet are a reason.
func compareDates(claim, record *Assertion) []Reason {
	said := claim.events()
	if len(said) == 0 {
		return nil
	}
	var best Reason
	for _, c := range said {
		for _, w := range record.events() {
			if onlyWeekday.MatchString(plainOf(w.period.In(record.Text)).s) || c.ahead && !w.to.IsZero() && !claim.Day.IsZero() && w.to.Before(claim.Day) {
				continue // « fermeture du samedi matin »; what was before the claim is not what it announces
			}
			if r, ok := postponed(claim, record, c, w); ok && r.Strength > best.Strength {
				best = r
			}
			if !disjoint(c, w) || w.period.Precision >= french.ToYear && c.period.Precision >= french.ToYear {
				continue
			}
			if meets(claim, c) && meets(record, w) {
				continue // two sittings of one body
			}
			shared := datesShare(claim, record, c, w)
			if shared < 1.5 || shared < 3 && !c.due {
				continue
			}
			r := dateReason(claim, record, c, w, shared)
			if !(c.due && w.from.After(c.to)) && !samePredicate(claim, record, c, w) {
				r.Strength *= otherPredicate // « approuvé le 6 février », « des réunions tenues en mai »
			}
			if r.Strength > best.Strength {
				best = r
			}
		}
	}
	if best.Strength == 0 {
		return nil
	}
	return []Reason{best}
}

func dateReason(claim, record *Assertion, c, w datedEvent, shared float64) Reason {
	r := Reason{
		Rule: "DATE-EVENEMENT-1", Kind: KindDate, ClaimSpan: c.period.Span, EvidenceSpan: w.period.Span,
		Strength: min(0.15+0.15*shared, 0.8),
		Text:     fmt.Sprintf("Il est dit %s ; l’acte donne %s pour la même chose.", guillemets(c.period.In(claim.Text)), guillemets(w.period.In(record.Text))),
	}
	switch {
	case c.due && !w.from.IsZero() && w.from.After(c.to):
		r.Rule, r.Kind = "ENGAGEMENT-TERME-1", KindPromise
		r.Text = fmt.Sprintf("Le terme annoncé est %s ; l’acte le place plus tard : %s.", guillemets(c.period.In(claim.Text)), guillemets(w.period.In(record.Text)))
		if moved.MatchString(record.Text) {
			r.Strength = min(r.Strength+0.25, 0.9)
		}
	case c.period.Relation != french.During:
		r.Rule = "DATE-ORDRE-1"
	}
	return r
}

// onlyWeekday is a day of the week without a date: mostly a habit.
var onlyWeekday = regexp.MustCompile(`^(?:(?:le|du|ce|chaque) )?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)s?\.?$`)

// postponed compares a term that was announced with a record that puts the thing off: « ouvrira à la
// rentrée », « l'ouverture est reportée au printemps ». The words that put off stand for shared ones.
func postponed(claim, record *Assertion, c, w datedEvent) (Reason, bool) {
	term := c.to
	if c.period.Relation == french.Since {
		term = c.period.To // « dès la rentrée »
	}
	if !c.ahead || term.IsZero() || w.from.IsZero() || !w.from.After(term) {
		return Reason{}, false
	}
	at := clauseAt(record, w.period.Span)
	if at < 0 {
		return Reason{}, false
	}
	clause := record.Sentence.Clauses[at]
	if !moved.MatchString(clause.In(record.Text)) || clause.Negated {
		return Reason{}, false
	}
	same := sameMatter(claim, record)
	if same < leastPostponed {
		return Reason{}, false
	}
	return Reason{
		Rule: "ENGAGEMENT-TERME-1", Kind: KindPromise, ClaimSpan: c.period.Span, EvidenceSpan: w.period.Span, Strength: min(0.35+0.5*same, 0.9),
		Text: fmt.Sprintf("Le terme annoncé est %s ; l’acte le place plus tard : %s.", guillemets(c.period.In(claim.Text)), guillemets(w.period.In(record.Text))),
	}, true
}

// leastPostponed is how surely both have to be about one thing.
const leastPostponed = 0.25

// datesShare is how many words around two dates are the same; one that means about the same or
// stands in the record's heading counts half, and the same predicate counts one more.
func datesShare(claim, record *Assertion, c, w datedEvent) float64 {
	around := map[string]bool{}
	for _, t := range record.Around {
		around[t.Stem] = true
	}
	n, l := 0.0, frameWords()
	for stem := range c.near { // halves: their sum does not depend on the order
		switch {
		case w.near[stem]:
			n++
		case !l.weak[stem] && (synonymIn(stem, w.near) || around[stem]):
			n += 0.5
		}
	}
	at := record.Sentence.At(w.period.Start)
	if at < 0 {
		return n
	}
	head := record.Sentence.Clauses[record.Sentence.Tokens[at].Clause].Head
	if head < 0 || emptyVerbs[record.Sentence.Tokens[head].Lemma] {
		return n
	}
	for _, k := range claim.Sentence.Clauses {
		if k.Head >= 0 && l.family(claim.Sentence.Tokens[k.Head]) == l.family(record.Sentence.Tokens[head]) {
			return n + 1
		}
	}
	return n
}

// otherPredicate is what is left of a reason when two dates are not told of the same deed.
const otherPredicate = 0.3

// samePredicate says whether the two dates are told of one deed: by its verb, the noun of it, or words of one
// value on one scale.
func samePredicate(claim, record *Assertion, c, w datedEvent) bool {
	l := frameWords()
	x, y := predicatesAt(claim, c.period.Span), predicatesAt(record, w.period.Span)
	for _, i := range x {
		for _, k := range y {
			a, b := claim.Sentence.Tokens[i], record.Sentence.Tokens[k]
			if a.Lemma == "attendre" || emptyVerbs[a.Lemma] || emptyVerbs[b.Lemma] {
				continue
			}
			if l.family(a) == l.family(b) || l.groupOf(a) == l.groupOf(b) {
				return true
			}
		}
	}
	for _, f := range claim.frames.list {
		for _, g := range record.frames.list {
			if f.scale != nil && f.scale == g.scale && f.mask == g.mask && f.clause == clauseAt(claim, c.period.Span) && g.clause == clauseAt(record, w.period.Span) {
				return true
			}
		}
	}
	return false
}

// predicatesAt are the tokens that a date may date: the head of its clause, its subject, and the noun or participle
// right before it.
func predicatesAt(a *Assertion, s Span) []int {
	clause := clauseAt(a, s)
	if clause < 0 {
		return nil
	}
	var list []int
	c := a.Sentence.Clauses[clause]
	for _, i := range [...]int{c.Head, c.SubjectHead, c.ObjectHead} {
		if i >= 0 {
			list = append(list, i)
		}
	}
	for i := a.Sentence.At(s.Start) - 1; i >= 0 && i >= a.Sentence.At(s.Start)-4; i-- {
		if t := a.Sentence.Tokens[i]; t.POS == french.Noun || t.POS == french.Verb {
			return append(list, i)
		}
	}
	return list
}

// clauseAt is the index of the clause in which a span begins, -1 when none does.
func clauseAt(a *Assertion, s Span) int {
	at := a.Sentence.At(s.Start)
	if at < 0 || a.Sentence.Tokens[at].Clause >= len(a.Sentence.Clauses) {
		return -1
	}
	return a.Sentence.Tokens[at].Clause
}

// meets says whether what is dated is a meeting, of which a body holds many.
func meets(a *Assertion, e datedEvent) bool {
	at := a.Sentence.At(e.period.Start)
	if at < 0 {
		return false
	}
	c := a.Sentence.Clauses[a.Sentence.Tokens[at].Clause]
	for _, i := range [...]int{c.Head, c.SubjectHead} {
		if i >= 0 {
			switch a.Sentence.Tokens[i].Lemma {
			case "réunir", "siéger", "tenir", "convoquer", "réunion", "séance", "session":
				return true
			}
		}
	}
	return false
}

// disjoint says that two events cannot have been at one time.
func disjoint(c, w datedEvent) bool {
	if c.period.Relation == french.Since && w.period.Relation == french.Since { // « depuis le 1er janvier », « depuis le 3 juillet »
		return w.period.From.After(c.period.To) || c.period.From.After(w.period.To)
	}
	return !c.to.IsZero() && !w.from.IsZero() && w.from.After(c.to) || !w.to.IsZero() && !c.from.IsZero() && c.from.After(w.to)
}

// events are the periods of a sentence that date something it tells.
func (a *Assertion) events() []datedEvent {
	if a.dated != nil {
		return a.dated
	}
	list := []datedEvent{}
	future := a.Sentence.Tense == french.FutureTense || commits.find(french.Lower(a.Text)) != nil
	for _, p := range a.Dates {
		before := a.Text[:p.Span.Start]
		relation := p.Relation
		if relation == french.During && referred.MatchString(before) {
			if !awaited.MatchString(before) {
				continue
			}
			relation = french.Later
		}
		if p.Repeated || toDate.MatchString(strings.ToLower(tailBytes(before, 40)+p.In(a.Text))) {
			continue
		}
		e := datedEvent{period: p, near: a.near(p.Span), due: future && !a.Day.IsZero() && p.To.After(a.Day), ahead: future && (a.Day.IsZero() || p.To.After(a.Day))}
		switch relation {
		case french.Earlier:
			e.to = p.From.AddDate(0, 0, -1)
		case french.By, french.Until:
			e.to = p.To
		case french.Since, french.Later:
			e.from = p.From
		default:
			e.from, e.to = p.From, p.To
		}
		list = append(list, e)
	}
	a.dated = list
	return list
}

// tailBytes are the last bytes of a text, from the start of a character.
func tailBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[len(s)-n:], "")
}

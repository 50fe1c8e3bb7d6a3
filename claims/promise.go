package claims

import (
	"regexp"
	"time"

	"contredit/french"
)

// commits are the words by which somebody binds themselves.
// « J'assure que » binds only to what is to come.
var commits = wordSignal{name: "promise", form: regexp.MustCompile(`m['’]y engage|m['’]engage|nous engageons|engagement|je (?:vous )?(?:promets|garantis)|(?:je|nous) (?:vous |l['’])?assur(?:e|ons) qu.*\p{L}{2}r(?:a|ai|ons|ez|ont)(?:[^\p{L}]|$)|peux vous garantir|promis|s['’]engagent?\b|s['’](?:est|sont) engagé|\bpromet(?:tent)?\b`)}

// committedBefore are promises that were made in their time: what came of them is told.
var committedBefore = regexp.MustCompile(`\b(?:avais|avait|avions|aviez|avaient) (?:\p{L}+ )?promis`)

// readPromise marks what the speaker commits to, and until when: a future, or words of
// commitment, with or without a term.
func (x *Extractor) readPromise(c *Claim, body string) {
	lower := french.Lower(c.Quote)
	if committedBefore.MatchString(lower) {
		return
	}
	committed := commits.find(lower) != nil
	if x.Analyzer != nil && !committed {
		s := x.Analyzer.Analyse(c.Quote)
		committed = s.Tense == french.FutureTense && !s.Modality.Has(french.Hypothetical|french.Conditional|french.Possible|french.Question)
	}
	if !committed {
		return
	}
	c.Promise = true
	day, err := time.Parse(time.DateOnly, c.Date)
	if err != nil {
		return
	}
	switch due, told := french.DeadlineOf(c.Quote, day); {
	case !told:
	case due.Mandate:
		c.Due = x.endOfMandate(body, c.Date)
	case !due.Day.IsZero():
		c.Due = due.Day.Format(time.DateOnly)
	}
}

// endOfMandate is the day configured for the institution that publishes a claim, when it lies after the
// day of the claim; "" when nothing tells it.
func (x *Extractor) endOfMandate(institution, said string) string {
	for body, end := range x.Mandates {
		if french.Fold(body) == french.Fold(institution) && end > said {
			return end
		}
	}
	return ""
}

package claims

import (
	"regexp"
	"time"

	"contredit/french"
)

// commits are the words by which somebody binds themselves.
var commits = regexp.MustCompile(`m['’]y engage|m['’]engage|nous engageons|engagement|je (?:vous )?(?:promets|garantis|assure)|peux vous garantir|promis|s['’]engagent?\b|s['’](?:est|sont) engagé|\bpromet(?:tent)?\b`)

// committedBefore are promises that were made in their time: what came of them is told.
var committedBefore = regexp.MustCompile(`\b(?:avais|avait|avions|aviez|avaient) (?:\p{L}+ )?promis`)

// readPromise marks what the speaker commits to, and until when: a future, or words of
// commitment, with or without a term.
func (x *Extractor) readPromise(c *Claim) {
	lower := french.Lower(c.Quote)
	if committedBefore.MatchString(lower) {
		return
	}
	committed := commits.MatchString(lower)
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
	for _, p := range french.DatesLeaning(c.Quote, day, french.LeanFuture) {
		due := p.To
		if p.Relation == french.Earlier && !p.From.IsZero() {
			due = p.From
			if p.Precision > french.ToDay {
				due = due.AddDate(0, 0, -1) // « avant 2028 »: its first day is too late
			}
		}
		if !due.IsZero() && due.After(day) && p.Relation != french.Later && p.Relation != french.Since {
			c.Due = due.Format(time.DateOnly)
			return
		}
	}
}

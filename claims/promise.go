package claims

import (
	"regexp"
	"time"

	"contredit/french"
)

// commits are the words by which somebody binds themselves.
var commits = regexp.MustCompile(`m['’]y engage|m['’]engage|nous engageons|engagement|je (?:vous )?(?:promets|garantis|assure)|peux vous garantir|promis`)

// readPromise marks what the speaker commits to, and until when: a future, or words of
// commitment, with or without a term.
func (x *Extractor) readPromise(c *Claim) {
	committed := commits.MatchString(french.Lower(c.Quote))
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
		}
		if !due.IsZero() && due.After(day) && p.Relation != french.Later && p.Relation != french.Since {
			c.Due = due.Format(time.DateOnly)
			return
		}
	}
}

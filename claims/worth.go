package claims

import "contredit/french"

// weigh says how much a sentence is worth checking, and why.
func (x *Extractor) weigh(c *Claim) {
	if len(french.Figures(c.Quote)) > 0 {
		c.Signals = append(c.Signals, Signal{Name: "figure", Text: "un chiffre", Weight: 0.3})
	}
	c.Worthiness = 0.4
	for _, s := range c.Signals {
		c.Worthiness += s.Weight
	}
	c.Worth = c.Worthiness >= x.threshold()
}

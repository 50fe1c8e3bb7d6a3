package claims

import (
	"math"
	"slices"
	"strings"

	"contredit/document"
	"contredit/french"
)

// shortEvidence is the least number of words that can deny or confirm anything.
const shortEvidence = 3

// longContext bounds the context kept beside a sentence, in bytes.
const longContext = 400

// Record is the document of a meeting, cut into the sentences and table rows that may serve as
// evidence, with what its minutes state formally. Its text is packed: an archive has millions
// of sentences, of which few are looked at.
type Record struct {
	Document document.Document
	Title    string // as announced or read
	Date     string // ISO day, of the minutes before that of the document
	Minutes  *document.Minutes
	read     bool // it has a text
	gone     bool // another version took its place
	first    int  // number of its first sentence in the index
	rows     []row
	headings []string
	speakers []string
	locators []document.Locator
	packed   []byte
	sitting  *sitting // the meeting that it records, nil for none
}

// row is a sentence or a table row: where it stands in the text, in bytes, and which of the
// record's headings, speakers and locators are its own.
type row struct {
	start, end                 int32 // texts end before 2 GiB
	heading, speaker, location uint16
}

func (s row) in(text string) string { return text[s.start:s.end] }

// newRecord reads what of a record is looked for, without its text; rows are its sentences in
// order. A record that could not be read has none.
func newRecord(doc document.Document, r *document.Reading) Record {
	rec := Record{Document: doc, Title: doc.Title}
	if r == nil || r.State != document.StateRead {
		return rec
	}
	rec.Title, rec.Date, rec.Minutes = firstFilled(doc.Title, r.Title), firstFilled(doc.Date, r.Date), r.Minutes
	rec.read = true
	for _, p := range r.Passages {
		if p.Kind == document.KindHeading || p.Kind == document.KindDirection && p.Len() < 40 {
			continue
		}
		for _, s := range sentencesOf(r.Text, p) {
			at := p.Locator
			for _, m := range p.Marks {
				if m.Offset <= s.Start {
					at = m.Locator
				}
			}
			speaker := ""
			if t, ok := r.SpeakerAt(s.Start); ok {
				speaker = firstFilled(t.Speaker, t.Label)
			}
			rec.rows = append(rec.rows, row{
				int32(s.Start), int32(s.End), numbered(&rec.headings, p.Heading), numbered(&rec.speakers, speaker), numbered(&rec.locators, at),
			})
		}
	}
	rec.rows = slices.Clone(rec.rows) // without the room that appending left
	rec.headings, rec.speakers, rec.locators = slices.Clone(rec.headings), slices.Clone(rec.speakers), slices.Clone(rec.locators)
	return rec
}

// numbered is the place of a value in a list, which gets it when it is not among the last ones.
// The list's last place takes what comes when it is full.
func numbered[V comparableValue](list *[]V, v V) uint16 {
	for i := len(*list) - 1; i >= 0 && i >= len(*list)-8; i-- {
		if (*list)[i] == v {
			return uint16(i)
		}
	}
	if len(*list) > math.MaxUint16 {
		(*list)[math.MaxUint16] = v
		return math.MaxUint16
	}
	*list = append(*list, v)
	return uint16(len(*list) - 1)
}

// comparableValue is what numbered takes.
type comparableValue interface{ string | document.Locator }

// evidence is row i, from 0, of a record with this text, with what stands around it.
func (rec *Record) evidence(i int, text string) Evidence {
	doc, s := rec.Document, rec.rows[i]
	e := Evidence{
		URL: doc.URL, Title: rec.Title, Body: doc.Body, Date: rec.Date, Role: doc.Role, Span: Span{Start: int(s.start), End: int(s.end)}, Quote: s.in(text),
		Heading: rec.headings[s.heading], Speaker: rec.speakers[s.speaker], Locator: rec.locators[s.location], Visibility: doc.Visibility,
	}
	if rec.Minutes != nil {
		e.Body, e.Date = firstFilled(rec.Minutes.Body, e.Body), firstFilled(rec.Minutes.Date, e.Date)
	}
	if i > 0 {
		e.Before = tailOf(rec.rows[i-1].in(text))
	}
	if i+1 < len(rec.rows) {
		e.After = headOf(rec.rows[i+1].in(text))
	}
	return e
}

// Records returns the sentences and table rows of a record that may serve as evidence, in
// order. Spans are bytes of the reading's text.
func Records(doc document.Document, r *document.Reading) []Evidence {
	rec := newRecord(doc, r)
	list := make([]Evidence, len(rec.rows))
	for i := range list {
		list[i] = rec.evidence(i, r.Text)
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

package claims

import (
	"regexp"
	"strings"
	"time"

	"contredit/french"
)

// Assertion is one sentence, of a claim or of a record, read once for all comparators.
// Spans in it are bytes of Text.
type Assertion struct {
	Text     string
	Day      time.Time // on which it was said, or of the meeting recorded; zero when unknown
	Speaker  string    // who says it; "" when the record itself states it
	Body     string    // institution that publishes or meets
	Context  string    // title, heading and sentences around it: what it is about when it does not say
	Sentence french.Sentence
	Figures  []french.Figure
	Dates    []french.Period
	Terms    []french.Term // words of Text, stop words included and marked
	Around   []french.Term // words of Context that carry a subject

	dated    []datedEvent
	trend    *saidTrend    // nil until it is asked for
	measured []quantity    // figures made ready to be compared; nil until they are asked for
	vote     *voteSaid     // nil until it is asked for
	presence *presenceSaid // nil until it is asked for
	frames   *frames       // what compareFrames reads, read once
	cues     []cue         // what compareCues reads
	groups   []string      // of meaning, of the words that say what it is about
	table    *voteTable    // nil until it is asked for
	told     *subjects     // nil until it is asked for
	about    []themeWord   // nil until it is asked for
	refers   *bool         // nil until it is asked for
}

// reader makes assertions of sentences.
type reader struct {
	analyzer *french.Analyzer
}

func (r reader) read(text, context, day string) *Assertion {
	a := &Assertion{Text: text, Context: context, Terms: french.Terms(text), Figures: french.Figures(text)}
	a.Day, _ = time.Parse(time.DateOnly, day) // an unknown day stays zero
	a.Dates = french.Dates(text, a.Day)
	if r.analyzer != nil {
		a.Sentence = r.analyzer.Analyse(withoutLead(text))
	}
	for _, t := range french.Terms(context) {
		if !t.Stop {
			a.Around = append(a.Around, t)
		}
	}
	a.frames = readFrames(a)
	a.cues, a.groups = readCues(a), groupsOf(a)
	return a
}

func (r reader) claim(c Claim) *Assertion {
	a := r.read(c.Quote, aroundClaim(c), c.Date)
	a.Speaker, a.Body = c.Speaker, c.Medium
	return a
}

// aroundClaim is what a claim is about when it does not say.
func aroundClaim(c Claim) string { return c.Heading + "\n" + c.Lead + "\n" + c.Before + "\n" + c.After }

func (r reader) evidence(e Evidence) *Assertion {
	a := r.read(e.Quote, contextOf(e), e.Date)
	a.Speaker, a.Body = e.Speaker, e.Body
	return a
}

// contextOf is what a record sentence is about when it does not say.
func contextOf(e Evidence) string {
	return e.Title + "\n" + e.Heading + "\n" + e.Before + "\n" + e.After
}

// leads stand before what an article of a decision says and are no part of the sentence.
var leads = regexp.MustCompile(`^\s*(?:[«"]\s*)?(?:(?i:article|art\.?|point|item|rapport n°) ?(?:\d+|1er|premier|unique|[IVX]+)(?:er)?|\d{1,2}(?:\.\d+)*[.)°]|[a-h]\)|[–—•-])\s*[.:–—-]*\s*[–—-]?\s*`)

// withoutLead blanks the number of an article, so that all places stay.
func withoutLead(text string) string {
	m := leads.FindStringIndex(text)
	if m == nil || m[1] == len(text) {
		return text
	}
	return strings.Repeat(" ", m[1]) + text[m[1]:]
}

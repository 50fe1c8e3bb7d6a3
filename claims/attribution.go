package claims

import (
	"regexp"
	"strings"

	"contredit/document"
	"contredit/french"
)

// voice is who answers for words.
type voice struct {
	name       string
	function   string
	collective bool
	medium     string // institution that quotes the speaker
	reported   bool   // told in the words of the medium
	date       string // ISO day told beside the words; "" when untold
}

// attribution finds out who says each stretch of one document.
type attribution struct {
	doc      document.Document
	reading  *document.Reading
	people   *Directory
	date     string
	mentions []mention
	narrator voice // who answers for text outside of turns and quotations
	last     string
	relay    relay
	pending  pending

	interview map[int]exchange // by passage; nil for any other text

	analyzer *french.Analyzer // cuts captions without punctuation; nil leaves them to their cues
}

// pending is what a passage leaves open for the next one.
type pending struct {
	quoting   bool  // a quotation is not closed
	announced voice // « X déclare : » ends the passage
}

// relay is who goes on in a turn in which the label of another stands.
type relay struct {
	turn  document.Span
	voice voice
	on    bool
}

// spoken is a stretch of a passage with its voice. Spans are bytes of the reading's text.
type spoken struct {
	document.Span
	voice  voice
	quoted bool // words of a quotation, without its marks
	first  bool // opens its turn or passage
}

func newAttribution(doc document.Document, r *document.Reading, people *Directory) *attribution {
	a := &attribution{doc: doc, reading: r, people: people, date: firstFilled(doc.Date, r.Date)}
	a.mentions = mentionsIn(r.Text, people)
	a.narrator = narratorOf(doc, r, people, a.mentions)
	a.interview = a.readInterview()
	return a
}

// quotation is a stretch between quotation marks; Span holds the marks.
type quotation struct {
	document.Span
	inner document.Span
}

// quotationsIn finds the quotations of text; one that is never closed runs to the end. A straight mark
// opens before a word and closes after one, so that one quotation may stand in another.
func quotationsIn(text string) []quotation {
	var list []quotation
	depth, start, inner := 0, 0, 0
	for i, c := range text {
		n := len(string(c))
		switch {
		case c == '«' || c == '“' || c == '"' && (depth == 0 || opensInside(text, i)):
			if depth == 0 {
				start, inner = i, i+n
			}
			depth++
		case depth > 0 && (c == '»' || c == '”' || c == '"'):
			if depth--; depth == 0 {
				list = append(list, quotation{document.Span{Start: start, End: i + n}, trimmed(text, document.Span{Start: inner, End: i})})
			}
		}
	}
	if depth > 0 && strings.ContainsRune("«“", []rune(text[start:])[0]) {
		list = append(list, quotation{document.Span{Start: start, End: len(text)}, trimmed(text, document.Span{Start: inner, End: len(text)})})
	}
	return list
}

// opensInside says that a straight mark within a quotation opens another: a space or a bracket stands
// before it, a word after it, and a mark that closes it further on.
func opensInside(text string, at int) bool {
	before, after := text[:at], text[at+1:]
	if before == "" || !strings.ContainsAny(before[len(before)-1:], " \n('’") || after == "" || strings.ContainsAny(after[:1], " ,.;:)\n") {
		return false
	}
	// Both the inner and the outer one have to be closed.
	return strings.Count(after, `"`) >= 2
}

// trimmed takes white space off both ends of a span.
func trimmed(text string, s document.Span) document.Span {
	const blanks = " \t\n\r\u00a0\u202f\u2009"
	part := s.In(text)
	s.Start += len(part) - len(strings.TrimLeft(part, blanks))
	s.End -= len(part) - len(strings.TrimRight(part, blanks))
	return document.Span{Start: s.Start, End: max(s.Start, s.End)}
}

// narrated cuts a stretch of text outside of turns into the narrator's words and
// quotations, each with its speaker.
func (a *attribution) narrated(stretch document.Span) []spoken {
	text := stretch.In(a.reading.Text)
	list, at := a.continued(stretch)
	previous := a.pending.announced // of the quotation before, in the same stretch
	defer func() { a.leave(stretch) }()
	if v, from, ok := a.labelled(stretch); ok && at == 0 {
		return append(list, spoken{Span: trimmed(a.reading.Text, document.Span{Start: stretch.Start + from, End: stretch.End}), voice: v, first: true})
	}
	for _, q := range quotationsIn(text) {
		if q.Start < at || !isSpeechQuote(text, q) {
			continue
		}
		lead := document.Span{Start: at, End: q.Start}
		tail := quoteTail(text, q.End)
		v, own := a.quoteVoice(stretch.Start, text, lead, tail, previous)
		if signer, ok := a.signedInside(text, q.End); ok {
			v, tail = signer, document.Span{Start: len(text), End: len(text)}
		}
		if own {
			// The lead « X déclare : » and the incise belong to the quotation.
			lead.End = leadSentence(text, lead)
		}
		list = append(list, a.narrationOf(stretch.Start, text, lead)...)
		list = append(list, spoken{Span: q.inner.Shift(stretch.Start), voice: v, quoted: true})
		if rest, ok := tailClaim(text, tail); ok {
			more := v
			more.reported = true
			list = append(list, spoken{Span: rest.Shift(stretch.Start), voice: more})
		}
		previous, a.last = v, v.name
		at = max(q.End, tail.End)
	}
	return append(list, a.narrationOf(stretch.Start, text, document.Span{Start: at, End: len(text)})...)
}

// narrationOf cuts the narrator's own text into sentences, each with its voice: indirect
// speech belongs to the person whose words it tells.
func (a *attribution) narrationOf(base int, text string, part document.Span) []spoken {
	var list []spoken
	for _, s := range french.Sentences(part.In(text)) {
		s = trimmed(text, s.Shift(part.Start))
		if s.Len() == 0 {
			continue
		}
		for _, part := range a.tellings(base, text, s) {
			v := a.narrator
			if told, ok := a.indirect(base+part.Start, part.In(text)); ok {
				v = told
			}
			list = append(list, spoken{Span: part.Shift(base), voice: v})
		}
	}
	return list
}

// tellings cuts a sentence that tells the words of two persons: « A assure que …, mais B
// rappelle que … ».
func (a *attribution) tellings(base int, text string, sentence document.Span) []document.Span {
	for _, m := range otherTelling.FindAllStringIndex(sentence.In(text), -1) {
		first := document.Span{Start: sentence.Start, End: sentence.Start + m[0]}
		second := document.Span{Start: sentence.Start + m[1], End: sentence.End}
		one, ok := a.indirect(base+first.Start, first.In(text))
		other, also := a.indirect(base+second.Start, second.In(text))
		if ok && also && one.name != other.name {
			return []document.Span{first, second}
		}
	}
	return []document.Span{sentence}
}

var otherTelling = regexp.MustCompile(`[,;]\s+(?:mais|et|tandis que|alors que|quand)\s+`)

// isSpeechQuote tells words that somebody said from a title, a name or a borrowed word:
// « Lycées 2030 », « main dans la main ».
func isSpeechQuote(text string, q quotation) bool {
	inner := q.inner.In(text)
	words := french.Words(inner)
	if len(words) < 3 || namesQuote.MatchString(text[:q.Start]) {
		return false
	}
	if strings.ContainsAny(lastOf(inner), ".!?…") {
		return true
	}
	before := strings.TrimRight(text[:q.Start], " \u00a0\u202f\n")
	opens := before == "" || strings.ContainsAny(lastOf(before), ".!?…:»”")
	tail := quoteTail(text, q.End)
	if opens && (len(words) > 4 || hasReporting(tail.In(text))) {
		return true
	}
	return len(words) > 7 || len(words) > 4 && hasReporting(tail.In(text))
}

// namesQuote ends in what is quoted as a name, a title or a question, whatever stands in it: « le
// rapport intitulé « Où va l'argent ? » montre que ».
var namesQuote = regexp.MustCompile(`(?i)(?:questions?|titres?|intitulée?s?|(?:dé)?nommée?s?|baptisée?s?|appelée?s?|opérations?|associations?|collectifs?|slogans?|campagnes?|programmes?|projets?|plans?|dispositifs?|pétitions?|mentions?|expositions?|festivals?|rubriques?|mot\s+d['’]ordre)[ \x{a0}\x{202f}]*$`)

func lastOf(s string) string {
	s = strings.TrimRight(s, " \u00a0\u202f\n»”\"")
	if s == "" {
		return ""
	}
	runes := []rune(s)
	return string(runes[len(runes)-1])
}

// quoteTail is what follows a quotation in its sentence: « , a-t-elle lancé. »; empty when
// a new sentence begins.
func quoteTail(text string, from int) document.Span {
	rest := text[from:]
	lead := strings.TrimLeft(rest, " \u00a0\u202f")
	if lead == "" || !tailStarts.MatchString(lead) {
		return document.Span{Start: from, End: from}
	}
	end := len(rest)
	if sentences := french.Sentences(rest); len(sentences) > 0 {
		end = sentences[0].End
	}
	if next := strings.IndexAny(rest, "«“"); next >= 0 && next < end {
		end = next
	}
	return document.Span{Start: from, End: from + end}
}

var (
	tailStarts = regexp.MustCompile(`^[,–—-]?\s*\p{Ll}|^[,–—-]\s*\p{L}|^\(\p{Lu}|^:\s*(?:voilà|c['’]est|telles?\s|tels?\s|ainsi\s)`)
	bracketed  = regexp.MustCompile(`^\s*\(`) // « … » (Anne Morel, présidente)
)

// leadSentence is where the last sentence of the lead begins: that which announces the
// quotation is no claim by itself.
func leadSentence(text string, lead document.Span) int {
	part := lead.In(text)
	if !strings.HasSuffix(strings.TrimRight(part, " \u00a0\u202f\n"), ":") {
		return lead.End
	}
	sentences := french.Sentences(part)
	if len(sentences) == 0 {
		return lead.Start
	}
	return lead.Start + sentences[len(sentences)-1].Start
}

// quoteVoice says who speaks a quotation. own says that the lead announces it.
func (a *attribution) quoteVoice(base int, text string, lead, tail document.Span, previous voice) (v voice, own bool) {
	medium := firstFilled(a.doc.Body, a.narrator.name)
	inner := document.Span{Start: lead.End, End: tail.Start}
	if found, ok := a.inserted(base+inner.Start, inner.In(text)); ok {
		return a.dated(found, medium, ""), false
	}
	if m := bracketed.FindStringIndex(tail.In(text)); m != nil {
		for _, o := range a.mentions {
			if o.Start == base+tail.Start+m[1] {
				return a.dated(a.mentionVoice(o), medium, ""), false
			}
		}
	}
	if tail.Len() > 0 && (hasReporting(tail.In(text)) || teller.MatchString(tail.In(text)) || a.inverts(base+tail.Start, tail.In(text))) {
		if found, ok := a.personIn(base+tail.Start, tail.In(text)); ok {
			return a.dated(found, medium, tail.In(text)), false
		}
	}
	if tellsOfSomebody(tail.In(text)) {
		return voice{medium: medium}, false // somebody speaks, whom nothing here makes known
	}
	if found, announces, ok := a.announcedBy(base, text, lead, previous); ok {
		if found.medium == "" {
			found = a.dated(found, medium, lead.In(text))
		}
		return found, announces
	}
	if previous.name != "" {
		return previous, false
	}
	if found, ok := a.subjectOf(base+lead.Start, lead.In(text)); ok {
		return a.dated(found, medium, ""), false
	}
	if a.last != "" {
		return a.dated(a.memberVoice(a.last), medium, ""), false
	}
	return voice{medium: medium}, false
}

// dated adds the medium and the day told in the words beside the quotation.
func (a *attribution) dated(v voice, medium, beside string) voice {
	v.medium = medium
	v.date = saidOn(beside, a.date)
	return v
}

// memberVoice is the voice of somebody known by name.
func (a *attribution) memberVoice(name string) voice {
	v := voice{name: name}
	if m, ok := a.people.Resolve(name, a.doc.Body, a.date); ok {
		v.name, v.function = m.Name, m.Function
	}
	return v
}

// tailClaim is what an incise goes on to tell: « …, indique X, qui rappelle que le comité
// n'avait jamais été saisi ».
func tailClaim(text string, tail document.Span) (document.Span, bool) {
	part := tail.In(text)
	m := tailRelative.FindStringIndex(part)
	if m == nil {
		return document.Span{}, false
	}
	s := trimmed(text, document.Span{Start: tail.Start + m[0], End: tail.End})
	return s, len(french.Words(s.In(text))) >= 5 && hasReporting(part[m[0]:])
}

var tailRelative = regexp.MustCompile(`\bqui\s+\p{L}+\s+(?:aussi\s+|également\s+|par ailleurs\s+)?(?:que\s|qu['’])`)

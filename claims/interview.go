package claims

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"contredit/document"
	"contredit/french"
)

// exchange is what a passage of an interview is: words of the one who asks, or of the one who answers.
type exchange struct {
	asks  bool
	voice voice // of the answer
	from  int   // byte of the passage where the words begin, after « Q. », « Jean Martin : », a dash
}

var (
	interviewed = regexp.MustCompile(`(?i:\bentretien\s+(?:avec|de|d['’])|\binterview\s+(?:avec|de|d['’])|\bquestions?\s+à|\brencontre\s+avec|^propos\s+de)\s*(?:(?:M\.|Mme|Monsieur|Madame)\s+)?(` + mentionName + `)`)
	titleNames  = regexp.MustCompile(`^(?:(?:M\.|Mme)\s+)?(` + mentionName + `)(?:,[^:]{2,80})?\s*:\s*[«“"]`)
	// speakingLabel opens a passage: « La Gazette : », « J. M. : », « Q. », « R – ».
	speakingLabel = regexp.MustCompile(`^(?:(\p{Lu}[\p{L}.’'-]*(?:[ \x{a0}]+(?:d[eu]s?[ \x{a0}]+|d['’]|la[ \x{a0}]+|le[ \x{a0}]+)*\p{Lu}[\p{L}.’'-]*){0,4})[ \x{a0}\x{202f}]*:|([QR])[ \x{a0}]*[.):–—-])[ \x{a0}\x{202f}]+`)
	openingDash   = regexp.MustCompile(`^[–—-][ \x{a0}\x{202f}]+`)
	gathered      = regexp.MustCompile(`(?i)^\(?(?:propos\s+recueillis|entretien\s+(?:réalisé|mené|conduit)|recueilli\s+par)`)
	asksFor       = regexp.MustCompile(`^(?:q|question|questions|journaliste|la redaction|redaction|le journal|animateur|animatrice)$`)
	answersFor    = regexp.MustCompile(`^(?:r|reponse)$`)
)

// readInterview finds who asks and who answers in a text of questions and answers, by passage: with labels,
// with « Q. » and « R. », with dashes, or with the questions in bold. The questions stay the publisher's;
// the answers are the one person's who is questioned. nil for any other text.
func (a *attribution) readInterview() map[int]exchange {
	if m := a.reading.Minutes; m != nil && len(m.Attendance) > 0 || a.severalSpeak() {
		return nil
	}
	who, known := a.interviewee()
	if found := a.labelledInterview(who, known); found != nil {
		return found
	}
	if !known {
		return nil
	}
	dashed := func(_ document.Passage, text string) bool { return openingDash.MatchString(text) && asksAtEnd(text) }
	bold := func(p document.Passage, text string) bool {
		return p.Kind != document.KindHeading && p.Lead*10 >= len(text)*9 || p.Kind == document.KindHeading && asksAtEnd(text)
	}
	if found := a.alternating(who, dashed); found != nil {
		return found
	}
	return a.alternating(who, bold)
}

// severalSpeak says that the reader found turns of more than one speaker: a debate has labels of its own.
func (a *attribution) severalSpeak() bool {
	for _, t := range a.reading.Turns {
		if t.Label != a.reading.Turns[0].Label {
			return true
		}
	}
	return false
}

// interviewee is who is announced in the title or the first lines.
func (a *attribution) interviewee() (voice, bool) {
	places := []string{firstFilled(a.reading.Title, a.doc.Title)}
	for _, p := range a.reading.Passages[:min(4, len(a.reading.Passages))] {
		if p.Len() < 200 {
			places = append(places, p.In(a.reading.Text))
		}
	}
	for _, text := range places {
		m := titleNames.FindStringSubmatch(text)
		if m == nil {
			m = interviewed.FindStringSubmatch(text)
		}
		if m != nil && looksLikeName(strings.Join(strings.Fields(m[1]), " "), false) {
			return a.namedVoice(m[1]), true
		}
	}
	return voice{}, false
}

// namedVoice is the voice of a full name, with the function that the text prints beside it.
func (a *attribution) namedVoice(name string) voice {
	name = strings.Join(strings.Fields(name), " ")
	for _, m := range a.mentions {
		if french.Fold(m.name) == french.Fold(name) && m.function != "" {
			return a.mentionVoice(m)
		}
	}
	return a.memberVoice(name)
}

// labelledInterview reads labels at the start of passages: one at least asks, another answers.
func (a *attribution) labelledInterview(who voice, known bool) map[int]exchange {
	type labelled struct {
		label string // folded
		name  string // as printed
		from  int
	}
	labels, asking := map[int]labelled{}, map[string]bool{}
	count, questions := map[string]int{}, map[string]int{}
	for i, p := range a.reading.Passages {
		text := p.In(a.reading.Text)
		m := speakingLabel.FindStringSubmatchIndex(text)
		if m == nil || p.Kind == document.KindCue {
			continue
		}
		l := labelled{from: m[1]}
		if m[2] >= 0 {
			l.name = text[m[2]:m[3]]
		} else {
			l.name = text[m[4]:m[5]]
		}
		l.label = strings.Trim(french.Fold(l.name), ". ")
		labels[i] = l
		count[l.label]++
		if asksAtEnd(text) {
			questions[l.label]++
		}
	}
	answering := map[string]voice{}
	for _, l := range labels {
		switch {
		case asksFor.MatchString(l.label), a.isOutlet(l.label):
			asking[l.label] = true
		case answersFor.MatchString(l.label):
			answering[l.label] = who // nobody, when nobody is announced
		case looksLikeName(l.name, false) && len(nameWords(l.name)) > 1 && !strings.Contains(l.name, "."):
			answering[l.label] = a.namedVoice(l.name)
			if !known {
				who, known = answering[l.label], true
			}
		}
	}
	for _, l := range labels {
		if known && answering[l.label].name == "" && !asking[l.label] && initialsOf(who.name) == strings.NewReplacer(".", "", " ", "", "-", "").Replace(l.label) {
			answering[l.label] = who
		}
	}
	asked := 0
	for label := range asking {
		asked += count[label]
	}
	if asked == 0 || len(answering) == 0 {
		return nil
	}
	found, open := map[int]exchange{}, exchange{}
	for i, p := range a.reading.Passages {
		l, has := labels[i]
		v, answers := answering[l.label]
		switch {
		case p.Kind == document.KindHeading, gathered.MatchString(p.In(a.reading.Text)):
			open = exchange{}
			continue
		case has && asking[l.label]:
			open = exchange{asks: true}
			found[i] = exchange{asks: true, from: l.from}
			continue
		case has && answers:
			open = exchange{voice: v}
			found[i] = exchange{voice: v, from: l.from}
			continue
		case has && count[l.label] > 1:
			open = exchange{} // a third voice, whom nothing makes known
			continue
		}
		if open.asks || open.voice.name != "" {
			found[i] = open
		}
	}
	return found
}

// isOutlet says that a folded label is the publisher's name, or a part of it.
func (a *attribution) isOutlet(label string) bool {
	body := french.Fold(a.doc.Body)
	return len(label) > 3 && body != "" && (strings.Contains(body, label) || strings.Contains(label, body)) && outletOf(a.doc.Body) == mediumOutlet
}

// initialsOf are the folded first letters of a name: « jm » of Jean Martin, « jpm » of Jean-Paul Martin.
func initialsOf(name string) string {
	var b strings.Builder
	for _, w := range nameWords(name) {
		c, _ := utf8.DecodeRuneInString(w)
		b.WriteRune(c)
	}
	return b.String()
}

// fewestQuestions is how many passages have to ask, so that a text is an interview.
const fewestQuestions = 2

// alternating reads an interview whose questions are told by their form alone; two at least, one of which
// ends with a question mark.
func (a *attribution) alternating(who voice, isQuestion func(document.Passage, string) bool) map[int]exchange {
	found, questions, marks, open := map[int]exchange{}, 0, 0, false
	for i, p := range a.reading.Passages {
		text := p.In(a.reading.Text)
		from := len(openingDash.FindString(text))
		switch {
		case p.Kind == document.KindCue:
			return nil
		case isQuestion(p, text):
			questions++
			if asksAtEnd(text) {
				marks++
			}
			found[i], open = exchange{asks: true, from: from}, true
		case p.Kind == document.KindHeading, gathered.MatchString(text):
			open = false
		case open:
			found[i] = exchange{voice: who, from: from}
		}
	}
	if questions < fewestQuestions || marks == 0 {
		return nil
	}
	return found
}

func asksAtEnd(text string) bool {
	return strings.HasSuffix(strings.TrimRightFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("»”\"", r) }), "?")
}

// exchanged is what is said in a passage of an interview. The words of a question are the publisher's.
func (a *attribution) exchanged(p document.Passage, e exchange) []spoken {
	said := trimmed(a.reading.Text, document.Span{Start: p.Start + e.from, End: p.End})
	if e.asks {
		return []spoken{{Span: said, voice: a.narrator, first: true}}
	}
	v := e.voice
	v.medium = firstFilled(a.doc.Body, a.narrator.name)
	return []spoken{{Span: said, voice: v, first: true}}
}

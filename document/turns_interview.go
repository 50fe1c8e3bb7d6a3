package document

import (
	"strings"
)

var (
	// interviewOf names who is questioned, in a title: « Nadège Fourcaud : « … » »,
	// « Entretien avec M. X », « Trois questions à Mme Y ».
	interviewOf = lazily(`^(?:(?i:(?:le\s+)?(?:grand\s+)?entretien\s+(?:avec|de|:)|interview\s+(?:de|:)|(?:\pL+\s+)?questions?\s+à|rencontre\s+avec)\s*)?(?:` + civilityWord + `\s+)?(` + nameToken + `(?:\s+(?:` + nameParticle + `)?` + nameToken + `){1,3})\s*(?:,[^:]{2,80})?(?::\s*[«"“]|$)`)
	announcing  = lazily(`(?i)(?:entretien\s+(?:avec|de)|interview\s+(?:de|d['’])|questions?\s+à|rencontre\s+avec)\s+((?:` + civilityWord + `\s+)?` + nameToken + `(?:\s+(?:` + nameParticle + `)?` + nameToken + `){1,3})`)
	gathering   = lazily(`(?i)^\(?(?:propos\s+recueillis|entretien\s+(?:réalisé|mené|conduit)|recueilli\s+par|interview\s+(?:réalisée|menée))`)
	answersList = lazily(`(?i)\bfaq\b|foire\s+aux\s+questions|questions?\s*[-/–]\s*réponses?|questions\s+fréquentes|vos\s+questions`)
)

// interview reads questions in bold (or set as headings) and the answers of one person below
// them. Pages of frequent questions look the same and answer for nobody.
func (t *turnReader) interview() []Turn {
	questions := 0
	for _, p := range t.r.Passages {
		if isQuestion(p, p.In(t.r.Text)) {
			questions++
		}
	}
	if questions < 2 || answersList.MatchString(t.r.Title) {
		return nil
	}
	who, ok := t.questioned()
	if !ok {
		return nil
	}
	var turns []Turn
	asked, open, speaker := false, false, who
	for _, p := range t.r.Passages {
		text, start := p.In(t.r.Text), p.Start
		if isQuestion(p, text) {
			asked, open, speaker = true, false, who
			continue
		}
		if l, labelled := labelOf(text, p.Lead); labelled && !l.several && l.person.Name != "" && p.Kind != KindHeading {
			asked, open, speaker = true, false, l
			start += l.body
		}
		switch {
		case gathering.MatchString(text):
			return turns
		case !asked || p.Kind == KindHeading:
			open = false
		case open:
			turns[len(turns)-1].End = p.End
		default:
			turns = append(turns, Turn{Span: Span{Start: start, End: p.End}, Label: fold(speaker.person.Civility + " " + speaker.person.Name),
				Speaker: t.named(speaker), Title: titleOf(speaker.role)})
			open = true
		}
	}
	return turns
}

// isQuestion says that all of a passage is in bold or a heading, and asks.
func isQuestion(p Passage, text string) bool {
	return (p.Kind == KindHeading || p.Lead*10 >= len(text)*9) && strings.HasSuffix(strings.TrimRight(text, ` »"`), "?")
}

// questioned is who answers: the name set before an answer, else the one in the title or
// the first lines.
func (t *turnReader) questioned() (label, bool) {
	for _, p := range t.r.Passages {
		text := p.In(t.r.Text)
		if l, ok := labelOf(text, p.Lead); ok && p.Kind != KindHeading && !l.several && l.person.Name != "" && !isQuestion(p, text) {
			return l, true
		}
	}
	places := []string{t.r.Title}
	for _, p := range t.r.Passages[:min(4, len(t.r.Passages))] {
		places = append(places, p.In(t.r.Text))
	}
	for i, text := range places {
		m := interviewOf.FindStringSubmatch(text)
		if m == nil || i > 0 && len(text) > 200 {
			m = announcing.FindStringSubmatch(text)
		}
		if m != nil {
			if name := trimName(strings.TrimSpace(withoutCivility.ReplaceAllString(m[1], ""))); name != "" {
				return label{person: person{Name: fold(name)}}, true
			}
		}
	}
	return label{}, false
}

var withoutCivility = lazily(`^` + civilityWord + `\s+`)

package claims

import (
	"regexp"
	"strings"

	"contredit/document"
	"contredit/french"
)

// spoken cuts the document into stretches with their voices, in order: each turn belongs to
// its speaker, what stands outside of turns to the narrator and to those it quotes.
func (a *attribution) spoken() []spoken {
	var list []spoken
	signature := 0 // passage that signs the one before it
	for i, p := range a.reading.Passages {
		if e, ok := a.interview[i]; ok {
			list = append(list, a.exchanged(p, e)...)
			continue
		}
		if p.Kind == document.KindHeading || p.Kind == document.KindDirection {
			continue
		}
		if v, ok := a.signedBelow(i); ok {
			if said, ok := a.signed(p, v); ok {
				list, signature, a.last = append(list, said...), i+1, v.name
				continue
			}
		}
		if i > 0 && i == signature {
			continue
		}
		at := p.Start
		for _, t := range a.reading.Turns {
			part := document.Span{Start: max(at, t.Start), End: min(p.End, t.End)}
			if part.Start >= part.End {
				continue
			}
			list = append(list, a.outside(document.Span{Start: at, End: part.Start}, t)...)
			list = append(list, a.turn(p, part, t)...)
			at = part.End
		}
		if p.Kind == document.KindCue {
			// Captions that nobody introduced: somebody speaks, and it is not known who.
			for _, s := range a.cues(p, trimmed(a.reading.Text, document.Span{Start: at, End: p.End})) {
				list = append(list, spoken{Span: s, voice: voice{medium: a.doc.Body}})
			}
			continue
		}
		if len(a.reading.Turns) == 0 || at > p.Start || !a.between(p) {
			list = append(list, a.narrated(document.Span{Start: at, End: p.End})...)
		}
	}
	return list
}

// between says that a passage stands between two turns: a label, a vote, a stage direction.
func (a *attribution) between(p document.Passage) bool {
	first, last := a.reading.Turns[0], a.reading.Turns[len(a.reading.Turns)-1]
	return p.Start >= first.Start && p.End <= last.End && p.Len() < 120
}

// outside is what a passage holds before a turn: the turn's own label is nobody's words.
func (a *attribution) outside(part document.Span, t document.Turn) []spoken {
	text := strings.TrimSpace(part.In(a.reading.Text))
	if text == "" || len(text) < len(t.Label)+60 {
		return nil
	}
	return a.narrated(part)
}

// turn is what one speaker says in a passage. Words that the speaker quotes stay the
// speaker's: who answers for « vous avez dit … » is not who is quoted.
func (a *attribution) turn(p document.Passage, part document.Span, t document.Turn) []spoken {
	label := firstFilled(t.Speaker, t.Label)
	if label == "" {
		return nil
	}
	v := a.memberVoice(label)
	if v.function == "" {
		v.function = t.Title
	}
	if a.relay.on && a.relay.turn == t.Span {
		v = a.relay.voice
	}
	if other, from, ok := a.officeLabel(part); ok && part.Start == p.Start && part.Start > t.Start {
		v, part.Start = other, part.Start+from
		a.relay = relay{t.Span, other, true}
	}
	if p.Kind != document.KindCue {
		return a.relayed(t, part, spoken{Span: part, voice: v, first: t.Start >= p.Start})
	}
	var list []spoken
	for _, s := range a.cues(p, part) {
		list = append(list, spoken{Span: s, voice: v})
	}
	return list
}

// innerLabel is a speaker's label within a turn, where it was not told from the words before
// it: capitals, then the dash that no sentence has after a full stop.
var innerLabel = regexp.MustCompile(`(?:^|[.!?…»)]\s+)((?:M\.|Mme)\s+(?:\p{Lu}[\p{Lu}'’-]+(?:\s+\p{Lu}[\p{Lu}'’-]+){0,3}|le\s+Président|la\s+Présidente|LE\s+PRÉSIDENT|LA\s+PRÉSIDENTE))\s*\.\s*[–—-]\s+`)

// relayed cuts what one speaker says where the label of another stands in the same passage.
// A label that the directory does not know counts too: it is nobody's word that the one
// before it goes on.
func (a *attribution) relayed(t document.Turn, part document.Span, whole spoken) []spoken {
	text := part.In(a.reading.Text)
	var list []spoken
	for at := 0; ; {
		m := innerLabel.FindStringSubmatchIndex(text[at:])
		if m == nil {
			whole.Start = part.Start + at
			return append(list, whole)
		}
		before := whole
		before.Span = document.Span{Start: part.Start + at, End: part.Start + at + m[2]}
		if before.Len() > 0 {
			list = append(list, before)
		}
		whole.voice, whole.first = a.memberVoice(text[at+m[2]:at+m[3]]), true
		a.relay = relay{t.Span, whole.voice, true}
		at += m[1]
	}
}

// longCue is how many words of captions may stand together as one sentence.
const longCue = 28

// cues parts captions into sentences; where they have no punctuation, into utterances, and what is too
// long even then at its cues: automatic ones break where the speaker takes breath.
func (a *attribution) cues(p document.Passage, part document.Span) []document.Span {
	var list []document.Span
	for _, s := range french.Sentences(part.In(a.reading.Text)) {
		s = trimmed(a.reading.Text, s.Shift(part.Start))
		text := s.In(a.reading.Text)
		if n := len(french.Words(text)); n <= longCue || n <= overlongCue && strings.ContainsAny(text[len(text)-1:], ".!?") {
			list = append(list, s)
			continue
		}
		if a.analyzer == nil {
			list = append(list, a.atCues(p, s)...)
			continue
		}
		for _, u := range a.analyzer.Utterances(text) {
			list = append(list, a.atCues(p, withoutHesitation(a.reading.Text, u.Shift(s.Start)))...)
		}
	}
	return list
}

// withoutHesitation leaves out the « euh » with which an utterance begins.
func withoutHesitation(text string, s document.Span) document.Span {
	for {
		first, rest, found := strings.Cut(s.In(text), " ")
		if !found || first != "euh" && first != "heu" && first != "hein" {
			return s
		}
		s.Start = s.End - len(strings.TrimLeft(rest, " "))
	}
}

// overlongCue is how many words an utterance may have that is not cut at its cues.
const overlongCue = 60

func (a *attribution) atCues(p document.Passage, s document.Span) []document.Span {
	if len(french.Words(s.In(a.reading.Text))) <= overlongCue {
		return []document.Span{s}
	}
	var list []document.Span
	at := s.Start
	for _, m := range p.Marks {
		if m.Offset <= at || m.Offset >= s.End {
			continue
		}
		list = append(list, trimmed(a.reading.Text, document.Span{Start: at, End: m.Offset}))
		at = m.Offset
	}
	return append(list, trimmed(a.reading.Text, document.Span{Start: at, End: s.End}))
}

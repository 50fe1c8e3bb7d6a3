package claims

import "contredit/document"

// spoken cuts the document into stretches with their voices, in order: each turn belongs to
// its speaker, what stands outside of turns to the narrator and to those it quotes.
func (a *attribution) spoken() []spoken {
	var list []spoken
	for _, p := range a.reading.Passages {
		if p.Kind == document.KindHeading || p.Kind == document.KindDirection {
			continue
		}
		if t, ok := a.reading.SpeakerAt(p.Start); ok {
			v := a.memberVoice(firstFilled(t.Speaker, t.Label))
			list = append(list, spoken{Span: p.Span, voice: v, first: t.Start >= p.Start})
			continue
		}
		list = append(list, a.narrated(p.Span)...)
	}
	return list
}

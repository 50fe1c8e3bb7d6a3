package claims

import (
	"regexp"
	"strings"

	"contredit/document"
)

var (
	// signature is who said what stands above it: « — Marie Durand, vice-présidente ».
	signature = regexp.MustCompile(`^[\s\x{a0}]*([—–-]{1,2})?[\s\x{a0}]*(?:M\.|Mme)?[\s\x{a0}]*(` + mentionName + `)(?:[\s\x{a0}]*\(([^()]{2,40})\))?(?:[\s\x{a0}]*,[\s\x{a0}]*((?:l['’]|la\s+|le\s+)?` + functionWords + `[^.!?«»:;]{0,120}))?[\s\x{a0}.]*$`)
	// closesQuote ends a passage with a quotation.
	closesQuote = regexp.MustCompile(`[»”"][\s\x{a0}]*\.?[\s\x{a0}]*$`)
)

// signer reads a text that is nothing but a signature. A name without a dash before it or an office after
// it is no signature by itself.
func (a *attribution) signer(text string) (v voice, dashed, ok bool) {
	m := signature.FindStringSubmatch(text)
	if m == nil || len(text) > longestAnnounce {
		return voice{}, false, false
	}
	name := strings.Join(strings.Fields(m[2]), " ")
	if !looksLikeName(name, false) || m[1] == "" && m[4] == "" {
		return voice{}, false, false
	}
	v = a.namedVoice(name)
	v.function = firstFilled(v.function, strings.TrimSpace(m[4]))
	v.medium = firstFilled(a.doc.Body, a.narrator.name)
	return v, m[1] != "", true
}

// signedBelow is who signs a passage in the next one. Under a quotation a name with its office will do;
// what has no quotation marks, as the quotations that a page sets apart, takes a dash too.
func (a *attribution) signedBelow(i int) (voice, bool) {
	list := a.reading.Passages
	if i+1 >= len(list) || len(a.reading.Turns) > 0 || list[i].Kind == document.KindHeading || list[i+1].Kind == document.KindHeading || list[i+1].Kind == document.KindCue {
		return voice{}, false
	}
	v, dashed, ok := a.signer(list[i+1].In(a.reading.Text))
	if !ok || !dashed && !closesQuote.MatchString(list[i].In(a.reading.Text)) {
		return voice{}, false
	}
	_, _, signature := a.signer(list[i].In(a.reading.Text))
	return v, !signature
}

// signed is what a signed passage says: its last quotation, or all of it where it has none. ok is false
// when a quotation in it has a speaker of its own.
func (a *attribution) signed(p document.Passage, v voice) (list []spoken, ok bool) {
	text := p.In(a.reading.Text)
	quotes := quotationsIn(text)
	if len(quotes) == 0 {
		return []spoken{{Span: trimmed(a.reading.Text, p.Span), voice: v, quoted: true, first: true}}, true
	}
	last := quotes[len(quotes)-1]
	if strings.Trim(text[last.End:], " .\u00a0\u202f\n") != "" {
		return nil, false
	}
	before := document.Span{Start: 0, End: last.Start}
	if strings.TrimSpace(before.In(text)) != "" {
		list = a.narrated(document.Span{Start: p.Start, End: p.Start + last.Start})
	}
	return append(list, spoken{Span: last.inner.Shift(p.Start), voice: v, quoted: true}), true
}

// signedInside is who signs the quotation that ends at an offset of a passage's text, in what is left of it:
// « … » — Anne Morel.
func (a *attribution) signedInside(text string, from int) (voice, bool) {
	rest := text[from:]
	if !strings.HasPrefix(strings.TrimLeft(rest, " \u00a0\u202f."), "\n") && !dashAfter.MatchString(rest) {
		return voice{}, false
	}
	v, _, ok := a.signer(strings.TrimLeft(rest, " .\u00a0\u202f"))
	return v, ok
}

var dashAfter = regexp.MustCompile(`^[\s\x{a0}\x{202f}.]*[—–-]`)

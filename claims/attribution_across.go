package claims

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"contredit/document"
)

// farthestClose is how many passages a quotation may run through before it is closed: a mark
// that somebody forgot makes no quotation of the rest of the page.
const farthestClose = 4

// continued reads what a quotation opened in an earlier passage goes on to say in this one;
// at is where it ends.
func (a *attribution) continued(stretch document.Span) (list []spoken, at int) {
	if !a.pending.quoting || a.last == "" {
		return nil, 0
	}
	text := stretch.In(a.reading.Text)
	opens, closes := strings.IndexAny(text, "«“"), strings.IndexAny(text, "»”")
	switch {
	case opens >= 0 && (closes < 0 || opens < closes):
		return nil, 0 // each paragraph opens the quotation anew
	case closes >= 0:
		at = closes + len("»")
		if strings.HasPrefix(text[closes:], "”") {
			at = closes + len("”")
		}
	case a.closesAfter(stretch.End):
		closes, at = len(text), len(text)
	default:
		return nil, 0
	}
	said := trimmed(a.reading.Text, document.Span{Start: stretch.Start, End: stretch.Start + closes})
	return []spoken{{Span: said, voice: a.dated(a.memberVoice(a.last), firstFilled(a.doc.Body, a.narrator.name), ""), quoted: true}}, at
}

// closesAfter says that a quotation which is open at an offset is closed in one of the next
// passages, before another begins.
func (a *attribution) closesAfter(offset int) bool {
	n := 0
	for _, p := range a.reading.Passages {
		if p.Start < offset {
			continue
		}
		if n++; n > farthestClose {
			return false
		}
		if text := p.In(a.reading.Text); strings.ContainsAny(text, "«“»”") {
			first := text[strings.IndexAny(text, "«“»”"):]
			return strings.HasPrefix(first, "»") || strings.HasPrefix(first, "”")
		}
	}
	return false
}

// leave notes what a passage leaves open for the next.
func (a *attribution) leave(stretch document.Span) {
	text := strings.TrimSpace(stretch.In(a.reading.Text))
	quoting := a.pending.quoting
	a.pending = pending{}
	switch opens, closes := strings.LastIndexAny(text, "«“"), strings.LastIndexAny(text, "»”"); {
	case opens > closes:
		a.pending.quoting = true
	case opens < 0 && closes < 0:
		a.pending.quoting = quoting && a.closesAfter(stretch.End)
	}
	if strings.HasSuffix(text, ":") && len(text) < longestAnnounce {
		if v, ok := a.personIn(stretch.Start, stretch.In(a.reading.Text)); ok {
			a.pending.announced = a.dated(v, firstFilled(a.doc.Body, a.narrator.name), text)
		}
	}
}

// longestAnnounce is how many bytes « X, présidente de la Région, déclare : » may have.
const longestAnnounce = 200

// labelled reads a passage that opens with the full name of a member and a colon, where the
// reader saw no turns: « Paul Guérin : Le siège a coûté… ». from is where the words begin.
func (a *attribution) labelled(stretch document.Span) (v voice, from int, ok bool) {
	for _, m := range a.mentions {
		if m.Start != stretch.Start {
			continue
		}
		rest := a.reading.Text[m.End:stretch.End]
		words := strings.TrimLeft(rest, " \u00a0\u202f")
		if !strings.HasPrefix(words, ":") {
			continue
		}
		words = strings.TrimLeft(words[1:], " \u00a0\u202f")
		if words == "" || strings.ContainsAny(words, "«“\"") || len(nameWords(m.name)) < 2 {
			continue
		}
		return a.mentionVoice(m), stretch.Len() - len(words), true
	}
	return a.officeLabel(stretch)
}

// shortLabel opens a paragraph with an office or an initial and a surname before a colon: « Le
// Président : », « J. DUBOIS : ». A quotation after it is read as one.
var shortLabel = regexp.MustCompile(`^((?:L[Ee]|L[Aa])[ \x{a0}]+(?:[Pp]résidente?|PRÉSIDENTE?|[Vv]ice-[Pp]résidente?|VICE-PRÉSIDENTE?|[Mm]aire|MAIRE|[Pp]réfète?|PRÉF(?:ET|ÈTE)|[Rr]apporteure?|DGA|DGS)|(?:\p{Lu}\.[ \x{a0}]?){1,2}\p{Lu}[\p{Lu}'’-]{2,})[ \x{a0}]*:[ \x{a0}]+[^«“"\s]`)

// officeLabel reads a short label at the start of a passage. Who is not known goes by the label.
func (a *attribution) officeLabel(stretch document.Span) (v voice, from int, ok bool) {
	text := stretch.In(a.reading.Text)
	m := shortLabel.FindStringSubmatchIndex(text)
	if m == nil {
		return a.surnameLabel(text)
	}
	label := strings.Join(strings.Fields(text[m[2]:m[3]]), " ")
	_, first := utf8.DecodeLastRuneInString(text[:m[1]])
	from = m[1] - first
	if words := nameWords(label); isRole(words) && !soleOffices[words[0]] {
		return voice{name: label}, from, true // which vice-president is not told
	}
	if surname := label[strings.LastIndexAny(label, ". ")+1:]; strings.Contains(label, ".") {
		initials := strings.TrimSuffix(label, surname)
		if known, found := a.people.withInitials(surname, initials, a.doc.Body, a.date); found {
			return voice{name: known.Name, function: known.Function}, from, true
		}
		// « A. BUDGET : » heads a part; a stranger who has a member's surname speaks, and is not that member.
		return voice{name: label}, from, len(a.reading.Turns) > 0 || len(a.people.bearers(surname)) > 0
	}
	return a.memberVoice(label), from, true
}

package claims

import (
	"regexp"
	"slices"
	"strings"

	"contredit/document"
	"contredit/french"
)

// bareSurname opens a paragraph with a surname alone: « Dubois : », « LE GOFF : ».
var bareSurname = regexp.MustCompile(`^((?:(?:[Dd]e|[Dd]u|[Ll][ea]|LE|LA|DE|DU)[ \x{a0}])?\p{Lu}[\p{L}'’-]{2,})[ \x{a0}\x{202f}]*:[ \x{a0}\x{202f}]+[^«“"\s]`)

// surnameLabel reads a surname alone at the start of a passage, of a member who is known. Two who bear it
// leave it open who speaks, and « Budget : » is nobody's name.
func (a *attribution) surnameLabel(text string) (v voice, from int, ok bool) {
	m := bareSurname.FindStringSubmatchIndex(text)
	if m == nil {
		return voice{}, 0, false
	}
	surname := text[m[2]:m[3]]
	bearers := a.people.bearers(surname)
	if len(bearers) == 0 && !a.strangerSpeaks(surname) {
		return voice{}, 0, false
	}
	from = strings.IndexByte(text, ':') + 1
	from += len(text[from:]) - len(strings.TrimLeft(text[from:], " \u00a0\u202f"))
	if present := a.present(bearers); len(present) > 0 {
		bearers = present
	}
	if len(bearers) == 1 {
		return a.memberVoice(bearers[0]), from, true
	}
	return voice{medium: a.doc.Body}, from, true
}

// strangerSpeaks says that a word before a colon is the name of somebody unknown: it is no word of the
// language, and members open other paragraphs of the text so.
func (a *attribution) strangerSpeaks(word string) bool {
	if terms := french.Terms(word); len(terms) == 0 || !terms[len(terms)-1].Rare {
		return false
	}
	return slices.ContainsFunc(a.reading.Passages, func(p document.Passage) bool {
		m := bareSurname.FindStringSubmatch(p.In(a.reading.Text))
		return m != nil && len(a.people.bearers(m[1])) > 0
	})
}

// present keeps those whom the attendance list of the text shows there; none without such a list.
func (a *attribution) present(names []string) []string {
	if a.reading.Minutes == nil {
		return nil
	}
	var list []string
	for _, name := range names {
		words := nameWords(name)
		if slices.ContainsFunc(a.reading.Minutes.Attendance, func(p document.Attendee) bool {
			return p.Presence == document.Present && slices.Equal(nameWords(p.Name), words)
		}) {
			list = append(list, name)
		}
	}
	return list
}

// bearers are the names of the different persons who bear a surname, in full where it is known.
func (d *Directory) bearers(surname string) []string {
	words := nameWords(surname)
	if d == nil || len(words) == 0 {
		return nil
	}
	full := map[string]bool{}
	for _, i := range d.named(words, "") {
		if m := d.members[i]; len(m.words) > len(words) {
			full[m.Name] = true
		}
	}
	var list []string
	for name := range full {
		list = append(list, name)
	}
	slices.Sort(list)
	return slices.CompactFunc(list, func(a, b string) bool { return slices.Equal(nameWords(a), nameWords(b)) })
}

// withInitials is the one person who bears a surname and whose first names begin so: « J. Dubois » is no
// Anne Dubois.
func (d *Directory) withInitials(surname, initials, body, date string) (Member, bool) {
	initials = strings.ToLower(strings.NewReplacer(".", "", " ", "", "\u00a0", "", "-", "").Replace(initials))
	var fitting []string
	for _, name := range d.bearers(surname) {
		first := strings.TrimSuffix(initialsOf(name), initialsOf(surname))
		if strings.HasPrefix(first, french.Fold(initials)) {
			fitting = append(fitting, name)
		}
	}
	if len(fitting) != 1 {
		return Member{}, false
	}
	return d.Resolve(fitting[0], body, date)
}

package document

import (
	"slices"
	"strings"
)

// turnReader follows a sitting passage by passage.
type turnReader struct {
	r        *Reading
	people   *directory
	chair    []chairChange
	labels   []label // per passage; body 0 when none
	turns    []Turn
	open     bool
	homonyms map[string][]string // printed label to the people it may mean
}

// read finds who speaks where. A text in which fewer than two passages are introduced
// by a speaker has no turns: one line that looks like a label is a heading or a list.
func (t *turnReader) read() []Turn {
	t.findLabels()
	for i := range t.r.Passages {
		t.passage(i)
	}
	// A speaker who was cut short and did not go on has an empty second turn.
	return slices.DeleteFunc(t.turns, func(u Turn) bool { return strings.TrimSpace(u.In(t.r.Text)) == "" })
}

func (t *turnReader) findLabels() {
	t.labels = make([]label, len(t.r.Passages))
	count, single, alone, bare := 0, 0, 0, map[string]int{}
	for i, p := range t.r.Passages {
		if p.Kind == KindRow || p.Kind == KindCue {
			continue
		}
		lead := p.Lead
		if p.Kind == KindHeading {
			lead = 0 // headings are bold throughout
		}
		l, ok := labelOf(p.In(t.r.Text), lead)
		lone := false
		if !ok {
			l, ok = t.lone(i)
			lone = ok
		}
		if !ok || (!isSpeech(p.In(t.r.Text)[l.body:]) && !t.runsOn(i, l)) {
			continue
		}
		t.labels[i] = l
		if lone {
			alone++
		}
		if l.bare {
			bare[plain(l.person.Name)]++
			continue
		}
		count++
		if !l.several {
			single++
		}
	}
	for i := range t.labels {
		l := &t.labels[i]
		if !l.bare {
			continue
		}
		// A name without civility is a speaker's when it comes back or is known; « Fonds
		// régional. – » is not, nor is « FINANCES – », however often.
		_, known := t.people.find("", l.person.Name)
		if known || bare[plain(l.person.Name)] > 1 && strings.Contains(l.person.Name, " ") {
			count, single = count+1, single+1
			continue
		}
		*l = label{}
	}
	if alone > 1 {
		count, single = count+t.runTogether(), single+1
	}
	if count < 2 || single == 0 {
		clear(t.labels)
	}
}

// lone reads a label that fills its line and has no separator, with the speech below.
func (t *turnReader) lone(i int) (label, bool) {
	text := t.r.Passages[i].In(t.r.Text)
	if len(text) > 80 || i+1 == len(t.r.Passages) || t.r.Passages[i+1].Kind == KindRow {
		return label{}, false
	}
	l, ok := parseLabel(text, 0)
	if !ok || l.several || l.bare {
		return label{}, false
	}
	next := t.r.Passages[i+1].In(t.r.Text)
	if _, another := parseLabel(next, 0); another || !startsSpeech(next) {
		return label{}, false
	}
	l.Span, l.body = Span{Start: 0, End: len(text)}, len(text)
	return l, true
}

// together is a label in capitals that a layout has run into the speech of the next line.
var together = lazily(`^(` + civilityWord + `\s+(?:L[EA]\s+PR[EÉ]SIDENTE?|\p{Lu}[\p{Lu}'’-]{2,}(?:\s\p{Lu}[\p{Lu}'’-]+){0,2}))\s+[«"]?\s*\p{Lu}(?:\p{Ll}|['’\s])`)

// runTogether finds the labels that stand without a separator before the speech, in a record
// that sets its labels on lines of their own.
func (t *turnReader) runTogether() int {
	n := 0
	for i, p := range t.r.Passages {
		text := p.In(t.r.Text)
		m := together.FindStringSubmatchIndex(text)
		if m == nil || t.labels[i].body > 0 || p.Kind == KindRow || p.Kind == KindCue || p.Kind == KindHeading {
			continue
		}
		l, ok := parseLabel(text[:m[3]], 0)
		if !ok || l.several || isCivility(l.person.Name) || !isSpeech(text[m[3]:]) {
			continue
		}
		l.Span, l.body = Span{Start: 0, End: m[3]}, m[3]+1
		t.labels[i] = l
		n++
	}
	return n
}

// runsOn says that a label stands alone on its line, with the speech below.
func (t *turnReader) runsOn(i int, l label) bool {
	p := t.r.Passages[i]
	return strings.TrimSpace(p.In(t.r.Text)[l.body:]) == "" && i+1 < len(t.r.Passages) && isSpeech(t.r.Passages[i+1].In(t.r.Text))
}

func (t *turnReader) passage(i int) {
	p := t.r.Passages[i]
	text := p.In(t.r.Text)
	switch l := t.labels[i]; {
	case l.body > 0:
		t.begin(p, l)
	case p.Kind == KindDirection && isClosing(strings.TrimLeft(text, "(")):
		t.open = false
	case p.Kind == KindDirection:
		t.interjection(p, text)
	case p.Kind == KindRow || isClosing(text) || (p.Kind == KindHeading && !isSpeech(text)):
		t.open = false
	case t.open:
		last := &t.turns[len(t.turns)-1]
		if last.Len() == 0 {
			last.Start = p.Start // the label stood on its own line
		}
		last.End = p.End
	}
}

func (t *turnReader) begin(p Passage, l label) {
	if p.Kind == KindHeading {
		t.demote(p) // a short line that was taken for a heading
	}
	turn := Turn{Span: Span{Start: p.Start + l.body, End: p.End}, Label: l.In(p.In(t.r.Text)), Title: titleOf(l.role)}
	turn.Label = strings.TrimLeft(turn.Label, "-–—•* ")
	turn.Speaker = t.who(l, p.Start)
	t.takeChair(l, p.Start, turn.Speaker)
	t.turns = append(t.turns, turn)
	t.open = true
}

// takeChair notes that a label says of its speaker that they chair.
func (t *turnReader) takeChair(l label, at int, name string) {
	if l.person.Name != "" && isChairRole(plain(l.role)) {
		t.chair = append(t.chair, chairChange{at: at, name: name, civility: l.person.Civility})
	}
}

var article = lazily(`^(?i:l[ea]\s+|l['’]\s*)`)

// titleOf is a role without its article: « le Président » is « Président ».
func titleOf(role string) string { return article.ReplaceAllString(role, "") }

// interjection reads « (M. X. – Et les cartes grises ?) »: another speaks, and the speaker
// goes on after it.
func (t *turnReader) interjection(p Passage, text string) {
	inner := strings.TrimSuffix(strings.TrimPrefix(text, "("), ")")
	l, ok := labelOf(inner, 0)
	if !ok || l.several || len(inner) == len(text) || len(t.turns) == 0 {
		return
	}
	before := t.turns[len(t.turns)-1]
	t.turns = append(t.turns, Turn{Span: Span{Start: p.Start + 1 + l.body, End: p.Start + 1 + len(inner)},
		Label: l.In(inner), Speaker: t.who(l, p.Start)})
	if t.open {
		before.Span = Span{Start: p.End, End: p.End}
		t.turns = append(t.turns, before)
	}
}

// who resolves a label to a person, at that moment of the sitting.
func (t *turnReader) who(l label, at int) string {
	switch {
	case l.several:
		return ""
	case l.person.Name != "":
		return t.named(l)
	}
	role := plain(l.role)
	if isChairRole(role) {
		return t.chairAt(at, l.person.Civility)
	}
	return t.people.inRole(role, l.person.Civility)
}

// named resolves a printed name: to the one member who bears it, else to the one person
// whom the text names so. Homonyms that neither civility, group nor function parts are
// nobody, and a person is told.
func (t *turnReader) named(l label) string {
	for _, listed := range []bool{true, false} {
		found := t.people.all(l.person.Civility, l.person.Name, listed)
		if len(found) > 1 {
			found = partedBy(found, l)
		}
		switch {
		case len(found) == 1:
			return found[0].Name
		case len(found) > 1:
			if t.homonyms == nil {
				t.homonyms = map[string][]string{}
			}
			var names []string
			for _, p := range found {
				names = append(names, p.Name)
			}
			t.homonyms[fold(l.person.Civility+" "+l.person.Name)] = names
			return ""
		}
	}
	return readableName(l.person.Name)
}

// partedBy keeps those whom the label's group or function names.
func partedBy(found []KnownPerson, l label) []KnownPerson {
	var kept []KnownPerson
	for _, p := range found {
		if l.group != "" && p.Group != "" && strings.Contains(plain(p.Group), plain(l.group)) ||
			l.role != "" && p.Function != "" && strings.HasPrefix(plain(p.Function), plain(firstWord(l.role))) {
			kept = append(kept, p)
		}
	}
	if len(kept) == 1 {
		return kept
	}
	return found
}

// isChairRole says that a role is that of whoever chairs: « le Président », « la présidente
// de séance »; the president of a commission or of a group is somebody else.
func isChairRole(role string) bool {
	switch titleOf(role) {
	case "president", "presidente", "president de seance", "presidente de seance", "maire", "president du conseil regional", "presidente du conseil regional":
		return true
	}
	return false
}

func isClosing(text string) bool {
	p := plain(cutAt(text, 60))
	return strings.HasPrefix(p, "la seance est levee") || strings.HasPrefix(p, "l'ordre du jour etant epuise") || strings.HasPrefix(p, "annexe")
}

// inRole finds the one person who holds a function.
func (d *directory) inRole(role, civility string) string {
	role = titleOf(role)
	found := ""
	for _, p := range d.people {
		if p.Function == "" || (civility != "" && p.Civility != "" && civility != p.Civility) {
			continue
		}
		if strings.HasPrefix(plain(p.Function), role) {
			if found != "" && found != p.Name {
				return ""
			}
			found = p.Name
		}
	}
	return found
}

func (t *turnReader) demote(p Passage) {
	for i := range t.r.Passages {
		if t.r.Passages[i].Start == p.Start {
			t.r.Passages[i].Kind = KindParagraph
			return
		}
	}
}

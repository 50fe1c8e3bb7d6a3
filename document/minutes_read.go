package document

import (
	"strings"
)

// understand reads what the text of any form says of a meeting: who speaks when, who was
// there, what was voted. Every reader calls it last, when text, passages, title and day are
// set. Turns that a form names by itself (voice tags of captions) are kept.
func (r *Reading) understand(origin Origin) {
	if r.State != StateRead || len(r.Passages) == 0 {
		return
	}
	labels := &turnReader{r: r, people: newDirectory()}
	speech := labels.speech()
	roll := readRoll(r, speech)
	head := cutAt(r.Text, headLength)
	m := &Minutes{Chair: roll.chair, Secretary: roll.clerk, Body: bodyOf(r.Title, head), Members: membersOf(r.Text)}
	if roll.listed {
		m.Attendance = roll.people
	}
	r.Minutes = m
	people := r.people()
	t := &turnReader{r: r, people: people}
	m.Directions = cutDirections(r, labels.count() >= 2)
	if len(r.Turns) > 0 {
		t.resolveVoices()
	} else {
		t.chair = chairOf(r, people, speech)
		r.Turns = t.read()
		switch {
		case r.isCaptions():
			r.Turns = t.announcedTurns()
		case len(r.Turns) == 0:
			r.Turns = t.interview()
		}
	}
	m.Items = itemsOf(r)
	r.nameByAct()
	m.Votes = readVotes(r, m.Items)
	m.settle(r)
	if m.Date = r.Date; !heldOn(r.Date, head) {
		m.Date = either(meetingDay(r.Title, head, origin), r.Date)
	}
	if origin.Role.Records() && m.Date != "" && r.Author == "" && (len(m.Attendance) > 1 || ofMeeting.MatchString(r.Title+" "+cutAt(head, 200))) {
		r.Date = m.Date // a record is of the day of its meeting; a signed article about it, of its own
	}
	m.Opened, m.Closed = hours(r)
	r.examine(t)
	if !m.formal() && t.count() < 2 {
		r.Minutes = nil // a text that records no meeting
	}
}

// ofMeeting are the names of what a meeting leaves.
var ofMeeting = lazily(`(?i)proc[èe]s[- ]verba|compte[- ]rendu|relevé\s+de\s+(?:décisions|conclusions)|délibération\s+n|extrait\s+du\s+registre`)

// formal says that the text states anything of a meeting.
func (m *Minutes) formal() bool {
	return len(m.Attendance)+len(m.Votes)+len(m.Directions) > 0 || m.Chair != "" || m.Secretary != ""
}

// count is how many passages begin with a speaker's label.
func (t *turnReader) count() int {
	n := 0
	for _, l := range t.labels {
		if l.body > 0 {
			n++
		}
	}
	return n
}

// speech says of each passage whether somebody says it in the sitting.
func (t *turnReader) speech() []bool {
	t.findLabels()
	said := make([]bool, len(t.r.Passages))
	open := false
	for i, p := range t.r.Passages {
		text := p.In(t.r.Text)
		switch {
		case t.labels[i].body > 0:
			open = true
		case p.Kind == KindRow || isClosing(text) || (p.Kind == KindHeading && !isSpeech(text)) || classOf(firstLabel(text)) > listOther:
			open = false
		}
		said[i] = open || p.Kind == KindCue
	}
	return said
}

// firstLabel is what stands before the first colon of a short line.
func firstLabel(text string) string {
	label, _, found := strings.Cut(cutAt(text, 100), ":")
	if !found {
		return ""
	}
	return label
}

// people lists everybody whom the document names in full.
func (r *Reading) people() *directory {
	d := newDirectory()
	if r.Minutes != nil {
		for _, a := range r.Minutes.Attendance {
			d.add(KnownPerson{Name: a.Name, Civility: a.Civility, Function: a.Function, Group: a.Group, listed: true, surname: surnameFirst(a.Span.In(r.Text))})
		}
	}
	for _, p := range r.Passages {
		for _, who := range personsIn(p.In(r.Text)) {
			if len(nameTokens(who.Name)) > 1 {
				d.add(KnownPerson{Name: who.Name, Civility: who.Civility})
			}
		}
	}
	return d
}

func nameTokens(name string) []string {
	var tokens []string
	for _, w := range anyWord.FindAllString(name, -1) {
		if !isParticle(w) {
			tokens = append(tokens, w)
		}
	}
	return tokens
}

package document

// understand reads what the text of any form says of a meeting: who speaks when, who was
// there, what was voted. Every reader calls it last, when text, passages, title and day are
// set. Turns that a form names by itself (voice tags of captions) are kept.
func (r *Reading) understand(origin Origin) {
	if r.State != StateRead || len(r.Passages) == 0 {
		return
	}
	roll := readRoll(r)
	head := cutAt(r.Text, headLength)
	m := &Minutes{Chair: roll.chair, Secretary: roll.clerk, Body: bodyOf(r.Title, head), Members: membersOf(r.Text)}
	if roll.listed {
		m.Attendance = roll.people
	}
	r.Minutes = m
	people := r.people()
	t := &turnReader{r: r, people: people}
	if len(r.Turns) == 0 {
		m.Directions = cutDirections(r, countLabels(r, people) >= 2)
		t.chair = chairOf(r, people)
		r.Turns = t.read()
		if r.isCaptions() {
			r.Turns = t.announcedTurns()
		}
	}
	m.Items = itemsOf(r)
	m.Votes = readVotes(r, m.Items)
	m.settle(r)
	m.Date = meetingDay(r.Title, head, origin)
	m.Opened, m.Closed = hours(r)
	r.examine(t)
}

func countLabels(r *Reading, people *directory) int {
	t := &turnReader{r: r, people: people}
	t.findLabels()
	n := 0
	for _, l := range t.labels {
		if l.body > 0 {
			n++
		}
	}
	return n
}

// people lists everybody whom the document names in full.
func (r *Reading) people() *directory {
	d := newDirectory()
	if r.Minutes != nil {
		for _, a := range r.Minutes.Attendance {
			d.add(KnownPerson{Name: a.Name, Civility: a.Civility, Function: a.Function, Group: a.Group, listed: true})
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

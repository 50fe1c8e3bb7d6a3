package document

// understand reads what the text of any form says of a meeting: who speaks when, who was
// there, what was voted. Every reader calls it last, when text, passages, title and day are
// set. Turns that a form names by itself (voice tags of captions) are kept.
func (r *Reading) understand(origin Origin) {
	if r.State != StateRead || len(r.Passages) == 0 {
		return
	}
	roll := readRoll(r)
	m := &Minutes{Chair: roll.chair, Secretary: roll.clerk}
	if roll.listed {
		m.Attendance = roll.people
	}
	m.Votes = readVotes(r, nil)
	r.Minutes = m
}

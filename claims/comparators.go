package claims

// comparator looks at a claim and at a record that speak of the same thing, and says what
// in them cannot both hold, or that they agree. It is pure, and says nothing in doubt. The
// Strength of a reason, over 0 up to 1, is how sure the rule is of what it read; what that
// is worth is left to the weights.
type comparator func(claim, record *Assertion) []Reason

// comparators are all rules that compare two sentences. Rules that need whole minutes
// (attendance, votes by group, absence) are in structure.
var comparators = []comparator{
	compareNumbers,
	compareDates,
	compareVoteWords,
	compareFrames,
	compareCues,
}

func compare(claim, record *Assertion) []Reason {
	var reasons []Reason
	for _, c := range comparators {
		reasons = append(reasons, c(claim, record)...)
	}
	return reasons
}

package claims

import (
	"slices"
	"strings"
)

// comparator looks at a claim and at a record that speak of the same thing, and says what
// in them cannot both hold, or that they agree. It is pure, and says nothing in doubt. The
// Strength of a reason, over 0 up to 1, is how sure the rule is of what it read; what that
// is worth is left to the weights.
type comparator func(claim, record *Assertion) []Reason

// comparators are all rules that compare two sentences. Rules that need whole minutes
// (attendance lists, votes by group, absence) are in structure.
var comparators = []comparator{
	compareNumbers,
	compareDates,
	compareVoteWords,
	comparePresence,
	compareWholes,
	compareThings,
	compareFrames,
	compareCues,
}

func compare(claim, record *Assertion) []Reason {
	var reasons []Reason
	for _, c := range comparators {
		reasons = append(reasons, c(claim, record)...)
	}
	return withoutSettledCues(withoutVotedOpposites(reasons))
}

// withoutVotedOpposites leaves out the opposite words (« adoptée », « rejeté ») of a pair in which
// the vote itself was read and agrees.
func withoutVotedOpposites(reasons []Reason) []Reason {
	if !slices.ContainsFunc(reasons, func(r Reason) bool {
		return r.Supports && r.Kind == KindVote && strings.HasPrefix(r.Rule, "VOTE-") && r.Strength >= leastUnderstood
	}) {
		return reasons
	}
	return slices.DeleteFunc(reasons, func(r Reason) bool { return !r.Supports && (r.Rule == ruleOpposite || r.Rule == rulePosition) })
}

// withoutSettledCues leaves out which way the two lean where a rule settled what they say.
func withoutSettledCues(reasons []Reason) []Reason {
	if !settled(reasons) {
		return reasons
	}
	return slices.DeleteFunc(reasons, func(r Reason) bool { return !r.Supports })
}

// settled says whether a rule has read the very vote or the very presence in both, found that
// they agree, and nothing but cues opposes them.
func settled(reasons []Reason) bool {
	agree := false
	for _, r := range reasons {
		if !r.Supports && !strings.HasPrefix(r.Rule, cuePrefix) {
			return false
		}
		agree = agree || r.Supports && r.Strength >= leastUnderstood && (r.Kind == KindVote || r.Kind == KindAttendance)
	}
	return agree
}

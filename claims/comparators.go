package claims

import (
	"slices"
	"strings"

	"contredit/french"
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
	return asPromises(claim, record, withoutSettledCues(withoutVotedOpposites(reasons)))
}

// asPromises calls a figure, a day, a whole or a denial that a later record contradicts what it is when the claim
// bound somebody to it: a promise that was not kept.
func asPromises(claim, record *Assertion, reasons []Reason) []Reason {
	if len(reasons) == 0 || !claim.promised() || !record.Day.IsZero() && record.Day.Before(claim.Day) {
		return reasons
	}
	for i, r := range reasons {
		switch r.Kind {
		case KindNumber, KindDate, KindScope, KindNegation:
			if !r.Supports && !strings.HasPrefix(r.Rule, cuePrefix) && !strings.HasPrefix(r.Rule, "ECHELLE-") {
				reasons[i].Kind = KindPromise
			}
		}
	}
	return reasons
}

// promised says whether a claim binds somebody, or says what will be at a time.
func (a *Assertion) promised() bool {
	if commits.find(french.Lower(a.Text)) != nil {
		return true
	}
	return a.Sentence.Tense == french.FutureTense && slices.ContainsFunc(a.events(), func(e datedEvent) bool { return e.ahead })
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

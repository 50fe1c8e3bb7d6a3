package claims

import (
	"regexp"
	"time"

	"contredit/french"
)

// compareVoteWords compares what a sentence says of a vote with the vote that another
// sentence records. That both are about one vote is for the gate to say; a vote on an
// amendment, in another body or by another college is left alone here.
func compareVoteWords(claim, record *Assertion) []Reason {
	if f, ok := compareRounds(claim, record); ok {
		return []Reason{{Rule: f.rule, Kind: KindVote, ClaimSpan: f.claim, EvidenceSpan: f.record, Text: f.text, Strength: f.strength * voteSubjectShared(claim, record)}}
	}
	said := claim.voteSaid()
	if !said.talk || !tellsVote(claim, said, true) || opinions.MatchString(plainOf(record.Text).s) {
		return nil
	}
	if a, b := claim.voteTable().class, record.voteTable().class; a != "" && b != "" && a != b {
		return nil
	}
	if proclaims(claim) && !claim.Day.IsZero() && !record.Day.IsZero() && !claim.Day.Equal(record.Day) {
		return nil
	}
	f, ok, personal := voteFinding{}, false, false
	if !said.unions && !said.majority && claim.voteTable().objects == record.voteTable().objects {
		f, ok, personal = compareVoters(claim, record, record.voteSaid())
	}
	if !personal {
		f, ok = compareWholeVote(claim, record, said)
	}
	if !ok {
		return nil
	}
	strength := f.strength * voteSubjectShared(claim, record) * votedThen(claim, record)
	if !said.unions && record.voteSaid().unions && !f.supports {
		strength *= otherVoters // what the unions voted is not what the council did
	}
	return []Reason{{Rule: f.rule, Kind: KindVote, ClaimSpan: f.claim, EvidenceSpan: f.record, Text: f.text, Strength: strength, Supports: f.supports}}
}

// What is left of a reason when the record tells how others voted, or of a sitting at another time.
const (
	otherVoters = 0.5
	otherItem   = 0.5 // nothing of what the claim names stands in the record or in the heading of its item
	otherTime   = 0.4
)

// votedThen weakens what a record tells of a sitting outside of the time that the claim names.
func votedThen(claim, record *Assertion) float64 {
	if record.Day.IsZero() {
		return 1
	}
	named := false
	for _, p := range claim.Dates {
		if p.Relation != french.During || p.Repeated || p.From.IsZero() || p.To.IsZero() || p.From.After(claim.Day) || fromElsewhere(claim, p) {
			continue
		}
		if named = true; !record.Day.Before(p.From) && !record.Day.After(p.To.Add(24*time.Hour)) {
			return 1
		}
	}
	if named {
		return otherTime
	}
	return 1
}

// opinions are counted for and against, and are no votes: « 214 observations : 139 défavorables ».
var opinions = regexp.MustCompile(`\b(?:observations|contributions|remarques|questionnaires|petition)\b`)

// proclamation is how whoever chairs tells how the vote just held ended: « Il est adopté par … », « Ont voté contre : … ».
var proclamation = regexp.MustCompile(`^\W*(?:(?:il|elle)\s+est\s+(?:donc\s+|ainsi\s+)?(?:adopte|rejete|approuve)e?\b|(?:adopte|rejete|approuve)e?s?\s+(?:par|a)\b|(?:ont|a)\s+vote\b|s(?:e\s+sont|'est)\s+abstenu)`)

// proclaims says whether a sentence tells of a vote that it does not name: the one of its own sitting.
func proclaims(a *Assertion) bool { return proclamation.MatchString(plainOf(a.Text).s) }

var employerSide = regexp.MustCompile(`\b(?:employeurs?|administration|college\s+de\s+la\s+collectivite)\b`)

// compareWholeVote compares what is said of a vote as a whole with the one recorded.
func compareWholeVote(claim, record *Assertion, said voteSaid) (voteFinding, bool) {
	fact, ok := voteRecorded(claim, record)
	if !ok || !statesVote(fact) {
		return voteFinding{}, false
	}
	fact.college = record.voteTable().college
	if fact.college != "" && employerSide.MatchString(plainOf(claim.Text).s) && len(collegeWords.FindAllString(plainOf(record.Text).s, -1)) > 1 {
		return voteFinding{}, false // of two colleges the first alone was read
	}
	fact.complete = fact.count(voteSideFor) >= 0 && fact.count(voteSideAgainst) >= 0
	return compareVotes(said, fact)
}

// voteRecorded reads the vote that a record tells: of several, divided by semicolons or full
// stops, the one that speaks of what the claim speaks of. False when it tells none of it.
func voteRecorded(claim, record *Assertion) (voteFact, bool) {
	fact := voteFact{voteSaid: record.voteSaid(), text: record.Text}
	if !fact.talk || !tellsVote(record, fact.voteSaid, false) {
		return fact, false
	}
	parts := voteParts(record.Text)
	if len(parts) < 2 || record.voteTable().college != "" || fact.count(voteSideFor) >= 0 && fact.count(voteSideAgainst) >= 0 {
		return fact, claim.voteTable().objects == record.voteTable().objects
	}
	best, shared, sides := voteFact{}, -1, map[voteSide]bool{}
	for _, part := range parts {
		v := readVote(part.In(record.Text))
		if v.side != voteSideFor && v.side != voteSideAgainst && v.side != voteSideGone {
			continue
		}
		sides[v.side] = true
		if claim.voteTable().objects != voteObjectsIn(part.In(record.Text)) {
			continue
		}
		if n := votedAbout(claim, part.In(record.Text)); n > shared {
			v.shift(part.Start)
			best, shared = voteFact{voteSaid: v, text: part.In(record.Text), offset: part.Start}, n
		}
	}
	switch {
	case len(sides) < 2:
		return fact, claim.voteTable().objects == record.voteTable().objects
	case shared < 0:
		return fact, false
	}
	return best, true
}

// voteParts divides a text at semicolons and full stops.
func voteParts(text string) []Span {
	var list []Span
	start := 0
	for i := range len(text) {
		if text[i] == ';' || text[i] == '.' && i > 3 && i+1 < len(text) && text[i+1] == ' ' && text[i-2] != ' ' {
			list = append(list, Span{Start: start, End: i})
			start = i + 1
		}
	}
	return append(list, Span{Start: start, End: len(text)})
}

func votedAbout(claim *Assertion, part string) int {
	n, known := 0, map[string]bool{}
	for _, t := range french.Terms(part) {
		known[t.Stem] = true
	}
	for _, t := range claim.Terms {
		if !t.Stop && known[t.Stem] && !procedureStems[t.Stem] {
			n++
		}
	}
	return n
}

// voteSubjectShared is how surely a vote is on what the claim speaks of: the words of the
// claim that are no words of votes stand in the record, or in its heading.
func voteSubjectShared(claim, record *Assertion) float64 {
	known := map[string]bool{}
	for _, list := range [...][]french.Term{record.Terms, record.Around} {
		for _, t := range list {
			known[t.Stem] = true
		}
	}
	n, telling, seen := 0, 0, map[string]bool{}
	for _, t := range claim.Terms {
		if t.Stop || seen[t.Stem] || procedureStems[t.Stem] || isNumber(t.Text) || numberWords[t.Text] {
			continue
		}
		seen[t.Stem] = true
		telling++
		if known[t.Stem] {
			n++
		}
	}
	if telling == 0 {
		// « adopté à l'unanimité » names no subject: it is said of what was voted lately, and the gate decides.
		if !claim.Day.IsZero() && len(claim.Dates) == 0 && claim.Day.Sub(record.Day) > lately {
			return 0.5
		}
		return 1
	}
	return [...]float64{otherItem, 0.8, 1}[min(n, 2)]
}

// lately is how long people speak of a vote without saying which.
const lately = 30 * 24 * time.Hour

// voteSaid is what the sentence says of a vote, read once. Its slices are the assertion's own:
// who changes them takes a copy.
func (a *Assertion) voteSaid() voteSaid {
	if a.vote == nil {
		v := voteSaid{}
		if mayTellVote(a.Text) {
			v = readVote(a.Text)
		}
		a.vote = &v
	}
	return *a.vote
}

// voteTable is around which table a sentence says that a vote was taken, and on what.
type voteTable struct {
	class, college string
	objects        voteObject
}

// voteTable is read once.
func (a *Assertion) voteTable() voteTable {
	if a.table == nil {
		a.table = &voteTable{bodyClassIn(a.Text), collegeIn(a.Text), voteObjectsIn(a.Text)}
	}
	return *a.table
}

// ownDenial is in the words of a refusal that is told as one: « n'a pas été adopté ».
var ownDenial = regexp.MustCompile(`\b(?:n'|pas\b|aucune?\b)`)

// statesVote tells a vote from a sentence that only holds a word of one: numbers, unanimity,
// positions or how it ended.
func statesVote(f voteFact) bool {
	return len(f.counts) > 0 || f.unanimous || f.nobodyAgainst || len(f.groups) > 0 || f.majority || f.side != voteSideUnsaid
}

// tellsVote says that a sentence tells of the vote as a fact: no plan, wish, question or
// condition. A claim may be told in indirect speech; a record that reports what somebody
// said of a vote does not record it.
func tellsVote(a *Assertion, v voteSaid, reported bool) bool {
	if v.denied {
		return false
	}
	at := v.sideSpan.Start
	if v.unanimousSpan.Len() > 0 {
		at = v.unanimousSpan.Start
	}
	allowed := french.Obligation | french.Planned
	if reported {
		allowed |= french.Reported
	}
	best, length := -1, 0
	for i, c := range a.Sentence.Clauses {
		if c.Start <= at && at < c.End && (best < 0 || c.Len() < length) {
			best, length = i, c.Len()
		}
	}
	if best < 0 {
		return true
	}
	c := a.Sentence.Clauses[best]
	// « n'a pas rendu d'avis favorable » is neither approval nor refusal.
	denied := c.Negated && (v.side == voteSideFor || v.side == voteSideAgainst && !ownDenial.MatchString(plainOf(v.sideSpan.In(a.Text)).s))
	return c.Modality&^allowed == 0 && !(denied && !v.nobodyAgainst && !v.majority)
}

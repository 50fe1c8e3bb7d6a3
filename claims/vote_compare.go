package claims

import (
	"fmt"
	"regexp"
	"strings"

	"contredit/french"
)

// voteFact is a vote as a record states it.
type voteFact struct {
	voteSaid
	text     string
	college  string // « personnel », « collectivité »; "" when one body votes
	offset   int    // of the text in the record
	complete bool   // positions that are not named got nobody
}

// voteFinding is what a claim and a recorded vote say together.
type voteFinding struct {
	rule     string
	claim    Span
	record   Span
	text     string
	strength float64
	supports bool
}

// against and abstained are the numbers stated; none when a complete list leaves them out,
// -1 when nothing is known.
func (f voteFact) number(side voteSide) int {
	if n := f.count(side); n >= 0 || !f.complete {
		return n
	}
	return 0
}

// outcome says how the vote ended: in the words of the record, else by its numbers.
func (f voteFact) outcome() voteSide {
	if f.side == voteSideFor || f.side == voteSideAgainst || f.side == voteSideGone {
		return f.side
	}
	yes, no := f.number(voteSideFor), f.number(voteSideAgainst)
	switch {
	case yes >= 0 && no >= 0 && yes > no:
		return voteSideFor
	case yes >= 0 && no >= 0 && no > yes:
		return voteSideAgainst
	}
	return f.side
}

// tally is the vote in the words of an explanation: « 43 pour, 27 contre, 7 abstentions ».
func (f voteFact) tally() string {
	var parts []string
	for _, side := range []voteSide{voteSideFor, voteSideAgainst, voteSideAbstain} {
		switch n := f.number(side); {
		case n < 0:
		case side == voteSideFor:
			parts = append(parts, fmt.Sprintf("%d pour", n))
		case side == voteSideAgainst:
			parts = append(parts, fmt.Sprintf("%d contre", n))
		default:
			parts = append(parts, fmt.Sprintf("%d abstention%s", n, plural(n)))
		}
	}
	return strings.Join(parts, ", ")
}

func plural(n int) string {
	if n > 1 {
		return "s"
	}
	return ""
}

// voteObjects are what may be voted beside the text itself.
var voteObjects = []string{"amendement", "motion", "voeu", "renvoi", "question prealable"}

// voteObject holds one bit for each of voteObjects that a text names.
type voteObject uint8

// voteObjectsIn are the objects that a text names: a vote on an amendment is not taken for one on
// the whole text.
func voteObjectsIn(text string) voteObject {
	folded, found := french.Fold(text), voteObject(0)
	for i, o := range voteObjects {
		if strings.Contains(folded, o) {
			found |= 1 << i
		}
	}
	return found
}

// compareVotes says what a claim and a recorded vote on the same thing say together; false
// when they say nothing about each other.
func compareVotes(said voteSaid, fact voteFact) (voteFinding, bool) {
	if !said.talk || !fact.talk {
		return voteFinding{}, false
	}
	if said.unions {
		return compareUnions(said, fact)
	}
	if said.majority {
		return compareMajority(said, fact)
	}
	if f, ok := compareGroups(said, fact); ok {
		return f, true
	}
	if fact.college == "collectivité" || fact.majority {
		return voteFinding{}, false // one side of the table is not the vote
	}
	if said.unanimous || said.nobodyAgainst {
		return compareUnanimity(said, fact)
	}
	if f, ok := compareMargin(said, fact); ok {
		return f, true
	}
	if f, ok := compareVoteCounts(said, fact); ok {
		return f, true
	}
	return compareOutcome(said, fact)
}

func compareUnanimity(said voteSaid, fact voteFact) (voteFinding, bool) {
	yes, no, abstain := fact.number(voteSideFor), fact.number(voteSideAgainst), fact.number(voteSideAbstain)
	f := voteFinding{claim: said.unanimousSpan}
	against := said.side == voteSideAgainst && !said.nobodyAgainst
	opposed, abstained := fact.opposedInWords()
	switch {
	case !against && no > 0:
		f.rule, f.record, f.strength = ruleVoteUnanimous, fact.countSpan(voteSideAgainst), 0.9
		f.text = fmt.Sprintf("La déclaration parle d’un vote sans opposition ; le relevé compte %s.", fact.tally())
	case against && yes > 0:
		f.rule, f.record, f.strength = ruleVoteUnanimous, fact.countSpan(voteSideFor), 0.9
		f.text = fmt.Sprintf("La déclaration parle d’un rejet unanime ; le relevé compte %s.", fact.tally())
	case against && fact.outcome() == voteSideFor || !against && fact.outcome() == voteSideAgainst:
		return compareOutcome(said, fact)
	case !against && opposed.Len() > 0:
		f.rule, f.record, f.strength = ruleVoteUnanimous, opposed, 0.85
		f.text = "La déclaration parle d’un vote sans opposition ; le relevé dit qui s’y est opposé."
	case !against && said.unanimous && !said.expressed && abstain < 0 && abstained.Len() > 0 && !fact.unanimous:
		f.rule, f.record, f.strength = ruleVoteAbstain, abstained, 0.65
		f.text = "La déclaration dit le vote unanime sans parler des suffrages exprimés ; le relevé dit des abstentions."
	case said.unanimous && !said.expressed && abstain > 0 && !fact.unanimous:
		f.rule, f.record, f.strength = ruleVoteAbstain, fact.countSpan(voteSideAbstain), 0.65
		f.text = fmt.Sprintf("La déclaration dit le vote unanime sans parler des suffrages exprimés ; le relevé compte %s.", fact.tally())
	case !against && fact.minus:
		f.rule, f.record, f.strength = ruleVoteUnanimous, fact.unanimousSpan, 0.85
		f.text = "La déclaration parle d’un vote sans voix contraire ; le relevé dit l’unanimité moins une ou plusieurs voix."
	case said.nobodyAgainst && fact.side == voteSideFor && len(fact.counts) == 0 && abstained.Len() > 0:
		f.rule, f.record, f.strength, f.supports = ruleVoteUnanimous, fact.sideSpan, 0.6, true
		f.text = "Le relevé ne dit que des abstentions."
	case fact.unanimous, no == 0 && (abstain == 0 || said.expressed || said.nobodyAgainst):
		f.rule, f.record, f.strength, f.supports = ruleVoteUnanimous, fact.unanimousSpan, 0.8, true
		f.text = "Le relevé ne compte aucune voix de l’autre côté."
	default:
		return f, false
	}
	return f, true
}

// opposedInWords finds who is told to have voted against, or to have abstained, a text that was
// adopted: « adopté, le groupe d'opposition votant contre ».
func (f voteFact) opposedInWords() (opposed, abstained Span) {
	if f.side != voteSideFor || f.unanimous && !f.minus {
		return opposed, abstained
	}
	p := plainOf(f.text)
	for _, s := range stancesIn(p.s) {
		switch after := strings.TrimLeft(p.s[s.End:], " :="); {
		case strings.HasPrefix(after, "0") || strings.HasPrefix(after, "neant") || strings.HasPrefix(after, "aucun"):
		case s.stance == stanceAgainst && opposed.Len() == 0 && !labelOnly.MatchString(p.s[s.Start:s.End]):
			opposed = p.span(s.Span).Shift(f.offset)
		case s.stance == stanceAbstain && abstained.Len() == 0 && !strings.Contains(p.s[max(0, s.Start-12):s.Start], "sans ") && !strings.Contains(p.s[max(0, s.Start-12):s.Start], "aucune "):
			abstained = p.span(s.Span).Shift(f.offset)
		}
	}
	return opposed, abstained
}

// labelOnly are words that count votes elsewhere, « contre : 0 », or tell no vote of their own.
var labelOnly = regexp.MustCompile(`^(?:contre\b|\d|defavorable|opposition)`)

// decidesTwice says whether one sentence adopts one thing and rejects another: « rejette le
// renvoi et adopte le schéma ». Which of them is meant cannot be told.
func (f voteFact) decidesTwice() bool {
	p := plainOf(f.text)
	return votedDown.MatchString(p.s) && votedUp.MatchString(p.s)
}

var (
	votedDown = regexp.MustCompile(`\b(?:rejet(?:te|ee?s?|ent)|repouss(?:e|ee?s?|ent))\b`)
	votedUp   = regexp.MustCompile(`\b(?:adopt(?:e|ee?s?|ent)|approuv(?:e|ee?s?|ent))\b`)
)

// compareOutcome compares how a vote is said to have ended with how it ended.
func compareOutcome(said voteSaid, fact voteFact) (voteFinding, bool) {
	got := fact.outcome()
	f := voteFinding{claim: said.sideSpan, record: fact.sideSpan}
	if f.record.Len() == 0 && len(fact.counts) > 0 {
		f.record = Span{Start: fact.counts[0].Start, End: fact.counts[len(fact.counts)-1].End}
	}
	detail := ""
	if t := fact.tally(); t != "" {
		detail = " (" + t + ")"
	}
	staff := fact.college == "personnel"
	if fact.decidesTwice() {
		return f, false
	}
	switch {
	case said.side == voteSideFor && got == voteSideAgainst:
		f.rule, f.strength, f.text = ruleVoteOutcome, 0.85, "La déclaration parle d’un vote favorable ; le relevé consigne le contraire"+detail+"."
	case said.side == voteSideAgainst && got == voteSideFor:
		f.rule, f.strength, f.text = ruleVoteOutcome, 0.85, "La déclaration parle d’un vote défavorable ; le relevé consigne le contraire"+detail+"."
	case said.side == voteSideFor && staff && fact.number(voteSideFor) == 0:
		f.rule, f.strength, f.text = ruleVoteOpinion, 0.75, "Le comité ne rend qu’un avis, et aucune voix du collège du personnel n’y était favorable"+detail+"."
	case said.side == voteSideFor && got == voteSideActed:
		f.rule, f.strength, f.text = ruleVoteActed, 0.6, "Le relevé dit que l’instance a pris acte : ce n’est pas une approbation."
	case said.side == voteSideFor && got == voteSideGone:
		f.rule, f.strength, f.text = ruleVoteGone, 0.75, "Le relevé dit que le point a été retiré ou reporté : il n’a pas été adopté."
	case said.side == got && (got == voteSideFor || got == voteSideAgainst):
		f.rule, f.strength, f.supports, f.text = ruleVoteOutcome, 0.6, true, "Le relevé consigne la même issue."
	default:
		return f, false
	}
	if staff && f.rule == ruleVoteOutcome && !f.supports {
		f.rule, f.strength = ruleVoteOpinion, 0.75
	}
	return f, true
}

// compareVoteCounts compares two numbers of votes with two numbers of votes, in whatever
// order: « désavouée à vingt et une voix contre huit ».
func compareVoteCounts(said voteSaid, fact voteFact) (voteFinding, bool) {
	a, b := said.count(voteSideFor), said.count(voteSideAgainst)
	x, y := fact.number(voteSideFor), fact.number(voteSideAgainst)
	if a < 0 || b < 0 || x < 0 || y < 0 {
		return voteFinding{}, false
	}
	f := voteFinding{rule: ruleVoteNumber, claim: said.countSpan(voteSideFor), record: fact.countSpan(voteSideFor), strength: 0.7}
	f.claim.End = max(f.claim.End, said.countSpan(voteSideAgainst).End)
	if a == x && b == y || a == y && b == x {
		f.supports, f.text = true, "Le relevé compte les mêmes voix."
		return f, true
	}
	f.text = fmt.Sprintf("La déclaration compte %d voix contre %d ; le relevé compte %s.", max(a, b), min(a, b), fact.tally())
	return f, true
}

// compareGroups compares how a group is said to have voted with how it voted.
func compareGroups(said voteSaid, fact voteFact) (voteFinding, bool) {
	for _, g := range said.groups {
		for _, r := range fact.groups {
			if voterBodies[french.Fold(g.name)] || !sameGroup(g.name, r.name) || !isStand(g.side) || !isStand(r.side) {
				continue
			}
			f := voteFinding{rule: ruleVoteGroup, claim: g.Span, record: r.Span, strength: 0.85, supports: g.side == r.side}
			f.text = fmt.Sprintf("La déclaration dit que %s %s ; le relevé dit %s.", g.name, voteVerbs[g.side], votePlain[r.side])
			if f.supports {
				f.text = fmt.Sprintf("Le relevé dit aussi que %s %s.", g.name, voteVerbs[g.side])
			}
			return f, true
		}
	}
	return voteFinding{}, false
}

var (
	voteVerbs = map[voteSide]string{voteSideFor: "a voté pour", voteSideAgainst: "a voté contre", voteSideAbstain: "s’est abstenu"}
	votePlain = map[voteSide]string{voteSideFor: "pour", voteSideAgainst: "contre", voteSideAbstain: "abstention", voteSideNoPart: "ne prend pas part au vote"}
)

func isStand(s voteSide) bool {
	return s == voteSideFor || s == voteSideAgainst || s == voteSideAbstain
}

// sameGroup says whether two names are of one group: « CGT » and « la CGT », never « SUD »
// and « Sud Vienne habitat ».
func sameGroup(a, b string) bool {
	wa, wb := nameWords(a), nameWords(b)
	return len(wa) > 0 && strings.Join(wa, " ") == strings.Join(wb, " ")
}

// compareUnions compares what the organisations of the staff are said to have done together
// with what each did: one of them is not « les syndicats ».
func compareUnions(said voteSaid, fact voteFact) (voteFinding, bool) {
	if !isStand(said.side) || fact.college != "personnel" && !fact.ofStaff() {
		return voteFinding{}, false
	}
	f := voteFinding{rule: ruleVoteUnions, claim: said.sideSpan, record: fact.sideSpan, strength: 0.85}
	if said.each && said.unanimousSpan.Len() > 0 {
		f.claim = said.unanimousSpan
	}
	var others []string
	opposed, same := false, 0
	for _, g := range fact.groups {
		if isStand(g.side) && g.side != said.side {
			others = append(others, fmt.Sprintf("%s (%s)", g.name, votePlain[g.side]))
			opposed = opposed || g.side != voteSideAbstain && said.side != voteSideAbstain
			f.record = g.Span
		} else if g.side == said.side {
			same++
		}
	}
	left := 0
	for _, side := range []voteSide{voteSideFor, voteSideAgainst, voteSideAbstain} {
		if n := fact.number(side); side != said.side && n > 0 {
			left += n
			if len(fact.groups) == 0 {
				f.record = fact.countSpan(side)
			}
			opposed = opposed || side != voteSideAbstain && said.side != voteSideAbstain
		}
	}
	switch {
	case len(others) == 0 && left == 0:
		f.supports, f.strength, f.text = true, 0.8, "Le relevé ne dit d’aucune organisation qu’elle ait voté autrement."
		return f, same > 0 || fact.number(said.side) > 0 || fact.unanimous
	case said.each || opposed && same == 0:
		f.text = "La déclaration parle de toutes les organisations ; le relevé donne d’autres votes"
		if len(others) > 0 {
			f.text += " : " + strings.Join(others, ", ")
		} else {
			f.text += " : " + fact.tally()
		}
		f.text += "."
		return f, true
	case opposed && !said.each:
		f.strength, f.text = 0.7, "La déclaration parle des organisations en général ; le relevé en montre d’un autre avis : "+strings.Join(others, ", ")+"."
		return f, len(others) > 0
	}
	return f, false
}

// ofStaff says that the groups of a vote are organisations of the staff.
func (f voteFact) ofStaff() bool {
	folded := french.Fold(f.text)
	return strings.Contains(folded, "personnel") || strings.Contains(folded, "organisations") || strings.Contains(folded, "syndica") || strings.Contains(folded, "representants de la ") && len(f.groups) > 0
}

// compareMajority looks at a record that tells of members of the majority who left it.
func compareMajority(said voteSaid, fact voteFact) (voteFinding, bool) {
	if !fact.majority || !said.unanimous && !said.each {
		return voteFinding{}, false
	}
	side := fact.side
	if side != voteSideAbstain && side != voteSideAgainst {
		return voteFinding{}, false
	}
	return voteFinding{rule: ruleVoteMajority, claim: said.unanimousSpan, record: fact.sideSpan, strength: 0.85,
		text: "La déclaration dit que nul n’a manqué à la majorité ; le relevé en montre qui se sont abstenus ou ont voté contre."}, true
}

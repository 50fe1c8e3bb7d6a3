package claims

import (
	"fmt"
	"math"
	"regexp"

	"contredit/french"
)

// Shares of the voices for and against from which a majority is large, and to which it is narrow.
const (
	leastLarge = 0.58
	mostNarrow = 0.6
	mostApart  = 0.1 // between a share that is told and the one that was counted
)

var (
	voteNarrow   = regexp.MustCompile(`\b(?:de\s+justesse|d'une\s+courte\s+tete|d'extreme\s+justesse|a\s+(?:une|deux|quelques)\s+voix\s+pres|une\s+voix\s+d'ecart|sur\s+le\s+fil|courte\s+majorite|d'un\s+cheveu)`)
	voteOneVoice = regexp.MustCompile(`\ba\s+une\s+voix\s+pres|\bune\s+voix\s+d'ecart`)
	voteShareOf  = regexp.MustCompile(`((?:un|deux|trois)\s+(?:tiers|quarts?|cinquiemes)|\d{1,2}\s*%)\s+des\s+(?:voix|suffrages|votes|votants|elus|conseillers)`)
)

// compareMargin compares how large a majority is said to have been with the numbers of votes.
func compareMargin(said voteSaid, fact voteFact) (voteFinding, bool) {
	yes, no := fact.number(voteSideFor), fact.number(voteSideAgainst)
	if yes < 0 || no < 0 || yes+no == 0 || said.side == voteSideFor && no > yes || said.side == voteSideAgainst && yes > no { // the outcome tells more
		return voteFinding{}, false
	}
	share := float64(max(yes, no)) / float64(yes+no)
	f := voteFinding{rule: ruleVoteNumber, claim: said.marginSpan, record: fact.countSpan(voteSideFor), strength: 0.8}
	f.record.End = max(f.record.End, fact.countSpan(voteSideAgainst).End)
	switch {
	case said.share > 0:
		f.supports = math.Abs(share-said.share) <= mostApart
	case said.narrow:
		f.supports = share <= mostNarrow && (!said.oneVoice || max(yes, no)-min(yes, no) <= 2)
	case said.large:
		f.supports = share >= leastLarge
	default:
		return voteFinding{}, false
	}
	if f.text = fmt.Sprintf("La déclaration dit une autre majorité ; le relevé compte %s.", fact.tally()); f.supports {
		f.text = fmt.Sprintf("Le relevé compte une telle majorité : %s.", fact.tally())
	}
	return f, true
}

// readMargin reads how large a majority is said to be.
func (v *voteSaid) readMargin(p plainText) {
	span := func(m []int) Span { return p.span(Span{Start: m[0], End: m[1]}) }
	if m := voteLarge.FindStringIndex(p.s); m != nil {
		v.large, v.marginSpan = true, span(m)
	}
	if m := voteNarrow.FindStringIndex(p.s); m != nil {
		v.narrow, v.oneVoice, v.marginSpan = true, voteOneVoice.MatchString(p.s), span(m)
	}
	if m := voteShareOf.FindStringIndex(p.s); m != nil {
		for _, f := range french.Figures(p.span(Span{Start: m[0], End: m[1]}).In(p.of)) {
			if share, ok := f.Share(); ok && share > 0.4 {
				v.share, v.marginSpan = share, span(m)
			}
		}
	}
}

var (
	firstRound = regexp.MustCompile(`\b(?:premier|1er)\s+tour\b`)
	laterRound = regexp.MustCompile(`\b(?:second|deuxieme|troisieme|2e|3e)\s+tour\b`)
	wasElected = regexp.MustCompile(`\b(?:elue?s?|election|proclamee?s?|designee?s?)\b`)
)

// compareRounds compares the round in which somebody is said to have been elected with the one
// recorded.
func compareRounds(claim, record *Assertion) (voteFinding, bool) {
	p, q := plainOf(claim.Text), plainOf(record.Text)
	x := firstRound.FindStringIndex(p.s)
	y := laterRound.FindStringIndex(q.s)
	if x == nil || y == nil || !wasElected.MatchString(p.s) || !wasElected.MatchString(q.s) || laterRound.MatchString(p.s) || noLaterRound.MatchString(q.s[:y[0]]) {
		return voteFinding{}, false
	}
	return voteFinding{rule: ruleVoteOutcome, claim: p.span(Span{Start: x[0], End: x[1]}), record: q.span(Span{Start: y[0], End: y[1]}), strength: 0.85,
		text: "La déclaration dit une élection au premier tour ; le relevé porte un autre tour."}, true
}

// noLaterRound stands before a round that was not held.
var noLaterRound = regexp.MustCompile(`\b(?:sans|pas|evit[a-z]+|inutile)\s+(?:[a-z']+\s+){0,3}$`)

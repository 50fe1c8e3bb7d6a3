package claims

import (
	"regexp"
	"slices"
	"strings"

	"contredit/french"
)

// voteSide is a way to vote, or how a vote ended.
type voteSide string

// A vote that is noted or gone approved nothing.
const (
	voteSideUnsaid  voteSide = ""
	voteSideFor     voteSide = "for"
	voteSideAgainst voteSide = "against"
	voteSideAbstain voteSide = "abstain"
	voteSideNoPart  voteSide = "no_part"
	voteSideActed   voteSide = "acted"
	voteSideGone    voteSide = "gone"
)

// voteCount is a number of votes that a text states.
type voteCount struct {
	Span
	side  voteSide
	count int
	names Span // of the words in brackets after it
}

// voteSaid is what a text says of one vote. Spans are bytes of the text.
type voteSaid struct {
	side          voteSide
	sideSpan      Span
	unanimous     bool
	unanimousSpan Span
	denied        bool // « pas à l'unanimité »: nothing more is known of it
	expressed     bool // « des suffrages exprimés »: abstentions are compatible
	nobodyAgainst bool // « sans une voix contre »: so are they
	large         bool
	narrow        bool    // « de justesse »
	oneVoice      bool    // « à une voix près »
	share         float64 // « les trois quarts des voix »; 0 when not told
	marginSpan    Span
	minus         bool // « à l'unanimité moins une voix »
	counts        []voteCount
	groups        []votePosition // who is said to have voted how
	unions        bool           // the organisations of the staff are said to have voted so
	each          bool           // with no exception
	majority      bool           // the political majority is said to have voted so
	talk          bool
}

// votePosition is how a group, union or person voted.
type votePosition struct {
	name string
	side voteSide
	Span
}

// mayTellVote says in a moment of most texts that readVote would find no talk of a vote.
func mayTellVote(text string) bool {
	plain := plainOf(text).s
	return slices.ContainsFunc(voteStems, func(stem string) bool { return strings.Contains(plain, stem) })
}

// readVote reads what a text says of a vote. It is cheap for a text that speaks of none.
func readVote(text string) voteSaid {
	p := plainOf(text)
	var v voteSaid
	v.counts = voteCountsIn(p.s)
	if v.talk = len(v.counts) > 0 || voteTalk.MatchString(p.s); !v.talk {
		return v
	}
	v.side, v.sideSpan = voteSideOf(p, Span{Start: 0, End: len(p.s)})
	v.readUnanimity(p.s)
	v.readMargin(p)
	v.minus = voteMinus.MatchString(p.s)
	v.groups = votePositionsIn(p, v.counts)
	v.unions = voteUnions.MatchString(p.s)
	v.each = voteEach.MatchString(p.s)
	v.majority = voteMajority.MatchString(p.s)
	for i := range v.counts {
		v.counts[i].Span = p.span(v.counts[i].Span)
	}
	for i := range v.groups {
		v.groups[i].Span = p.span(v.groups[i].Span)
	}
	v.sideSpan, v.unanimousSpan = p.span(v.sideSpan), p.span(v.unanimousSpan)
	return v
}

func (v *voteSaid) readUnanimity(plain string) {
	if m := voteNobodyAgainst.FindStringIndex(plain); m != nil {
		v.nobodyAgainst, v.unanimousSpan = true, Span{Start: m[0], End: m[1]}
		return
	}
	for _, m := range voteAll.FindAllStringIndex(plain, -1) {
		if voteUnsaid.MatchString(plain[:m[0]]) {
			v.denied = true
			continue
		}
		v.unanimous, v.unanimousSpan = true, Span{Start: m[0], End: m[1]}
		v.expressed = voteExpressed.MatchString(plain[m[1]:])
		return
	}
}

// voteSideOf says how a vote ended by the words of a stretch of the plain text. « Défavorable »
// holds « favorable », and « n'a pas été adopté » holds « adopté »: the refusals go first.
func voteSideOf(p plainText, part Span) (voteSide, Span) {
	plain := part.In(p.s)
	forms := []struct {
		side voteSide
		form *regexp.Regexp
	}{{voteSideAgainst, voteIsAgainst}, {voteSideGone, voteIsGone}, {voteSideAbstain, voteIsAbstain}, {voteSideActed, voteIsActed}}
	yes := voteForIn(p, part)
	for _, f := range forms {
		m := f.form.FindStringIndex(plain)
		if m == nil {
			continue
		}
		s := Span{Start: m[0], End: m[1]}.Shift(part.Start)
		if (f.side == voteSideAbstain || f.side == voteSideActed) && yes.Len() > 0 && yes.Start < s.Start {
			return voteSideFor, yes // « adopté, 7 s'étant abstenus »
		}
		if f.side == voteSideAgainst && yes.Len() > 0 && yes.Start < s.Start && strings.HasSuffix(s.In(p.s), " contre") {
			return voteSideFor, yes // « adopté : vingt-six conseillers ont voté contre »
		}
		return f.side, s
	}
	if yes.Len() > 0 {
		return voteSideFor, yes
	}
	return voteSideUnsaid, Span{}
}

// voteForIn finds the first word of approval. « Le vote » is none, « voté » is one: only the
// accent tells.
func voteForIn(p plainText, part Span) Span {
	best := Span{}
	if m := voteIsFor.FindStringIndex(part.In(p.s)); m != nil {
		best = Span{Start: m[0], End: m[1]}.Shift(part.Start)
	}
	for _, m := range voteVoted.FindAllStringIndex(part.In(p.s), -1) {
		s := Span{Start: m[0], End: m[1]}.Shift(part.Start)
		if strings.Contains(french.Lower(p.span(s).In(p.of)), "voté") && (best.Len() == 0 || s.Start < best.Start) {
			best = s
		}
	}
	return best
}

var voteVoted = regexp.MustCompile(`\bvotee?s?\b`)

// voteCountsIn finds the numbers of votes of a plain text, each position once: a text that counts
// two votes has the first.
func voteCountsIn(plain string) []voteCount {
	if !voteCounted.MatchString(plain) {
		return nil
	}
	var list []voteCount
	add := func(side voteSide, s Span, number string, names Span) {
		n, ok := voteNumber(number)
		if !ok || side == voteSideUnsaid {
			return
		}
		for _, c := range list {
			if c.side == side || c.Start < s.End && s.Start < c.End {
				return
			}
		}
		list = append(list, voteCount{s, side, n, names})
	}
	at := func(m []int, n int) Span { return Span{Start: max(m[2*n], 0), End: max(m[2*n+1], 0)} }
	for _, m := range voteOpposed.FindAllStringSubmatchIndex(plain, -1) {
		if m[6] >= 0 {
			continue // « 14 % contre 16 % »
		}
		// « rejeté par 19 voix contre 4 »: the first number is that of the winners.
		first, second := voteSideFor, voteSideAgainst
		if no := voteIsAgainst.FindStringIndex(plain); no != nil && no[0] < m[0] {
			first, second = second, first
		}
		add(first, Span{Start: m[0], End: m[3]}, at(m, 1).In(plain), Span{})
		add(second, Span{Start: m[3], End: m[5]}, at(m, 2).In(plain), Span{})
	}
	for _, m := range voteAbstaining.FindAllStringSubmatchIndex(plain, -1) {
		add(voteSideAbstain, Span{Start: m[0], End: m[1]}, at(m, 1).In(plain), Span{})
	}
	for _, m := range voteCountFirst.FindAllStringSubmatchIndex(plain, -1) {
		if strings.HasPrefix(strings.TrimLeft(plain[m[5]:], " "), ":") {
			continue // « 60 contre : 20 »
		}
		add(voteLabel(at(m, 2).In(plain)), Span{Start: m[0], End: m[1]}, at(m, 1).In(plain), at(m, 3))
	}
	for _, m := range voteLabelFirst.FindAllStringSubmatchIndex(plain, -1) {
		if !strings.ContainsAny(plain[m[3]:m[4]], ":=,") && !voteListed.MatchString(plain[m[5]:]) {
			continue // « pour 11 communes »
		}
		add(voteLabel(at(m, 1).In(plain)), Span{Start: m[0], End: m[1]}, at(m, 2).In(plain), at(m, 3))
	}
	for _, m := range voteGathered.FindAllStringSubmatchIndex(plain, -1) {
		add(voteSideFor, Span{Start: m[0], End: m[1]}, firstFilled(at(m, 1).In(plain), at(m, 2).In(plain)), Span{})
	}
	return list
}

func voteLabel(word string) voteSide {
	switch w := word; {
	case strings.HasPrefix(w, "ne pren"), w == "nppv":
		return voteSideNoPart
	case w == "pour", strings.HasPrefix(w, "favorable"):
		return voteSideFor
	case w == "contre", strings.HasPrefix(w, "defavorable"):
		return voteSideAgainst
	case strings.HasPrefix(w, "absten"):
		return voteSideAbstain
	}
	return voteSideUnsaid
}

func voteNumber(words string) (int, bool) {
	switch words {
	case "aucun", "aucune", "zero":
		return 0, true
	case "un", "une":
		return 1, true
	}
	figures := french.Figures(words + " voix")
	if len(figures) == 0 || figures[0].Ratio {
		return 0, false
	}
	return int(figures[0].Value), true
}

// count is the number of votes on one side; -1 when the text does not state it.
func (v voteSaid) count(side voteSide) int {
	for _, c := range v.counts {
		if c.side == side {
			return c.count
		}
	}
	return -1
}

func (v voteSaid) countSpan(side voteSide) Span {
	for _, c := range v.counts {
		if c.side == side {
			return c.Span
		}
	}
	return Span{}
}

// votePositionsIn finds who is said to have voted how: names in brackets after a number,
// and names beside the verb of their clause (« contre les représentants de la CGT ; ceux de
// la CFDT se sont abstenus »). Spans are of the plain text, names of the text itself.
func votePositionsIn(p plainText, counts []voteCount) []votePosition {
	var list []votePosition
	for _, c := range counts {
		if c.names.Len() == 0 {
			continue
		}
		for name := range strings.FieldsFuncSeq(p.span(c.names).In(p.of), func(r rune) bool { return r == ',' || r == ';' }) {
			if name = strings.TrimSpace(name); name != "" {
				list = append(list, votePosition{name, c.side, c.Span})
			}
		}
	}
	if len(list) > 0 {
		return list
	}
	start := 0
	for part := range strings.SplitSeq(p.s, ";") {
		clause := Span{Start: start, End: start + len(part)}
		start = clause.End + 1
		side, _ := voteSideOf(p, clause)
		if side == voteSideFor && voteAgainstWord.MatchString(part) {
			side = voteSideAgainst
		}
		if !isStand(side) {
			continue
		}
		for _, name := range voteName.FindAllString(p.span(clause).In(p.of), -1) {
			list = append(list, votePosition{name, side, clause})
		}
	}
	return list
}

var voteAgainstWord = regexp.MustCompile(`\bcontre\b`)

// shift moves all spans, read in a part of a text, to their places in the text.
func (v *voteSaid) shift(by int) {
	move := func(s *Span) {
		if s.Len() > 0 {
			*s = s.Shift(by)
		}
	}
	move(&v.sideSpan)
	move(&v.unanimousSpan)
	move(&v.marginSpan)
	for i := range v.counts {
		move(&v.counts[i].Span)
	}
	for i := range v.groups {
		move(&v.groups[i].Span)
	}
}

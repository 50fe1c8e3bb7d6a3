package claims

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"contredit/document"
	"contredit/french"
)

// voteCase is one recorded vote beside the words of what was voted.
type voteCase struct {
	sitting  sitting
	fact     voteFact
	evidence Evidence
	title    map[string]bool // stems of the item
	section  map[string]bool // stems of the text around the vote
	item     string
	match    float64
}

// nearVote is how far around a vote its subject is looked for, in bytes, when the record
// sets off no items.
const nearVote = 700

// structureVotes compares what a claim says of a vote with the votes on the same thing.
func (l *Linker) structureVotes(c Claim, a *Assertion) []Link {
	said := readVote(c.Quote)
	if !saysOutcome(said) || !tellsVote(a, said, true) || voteIsPlan.MatchString(plainOf(c.Quote).s) {
		return nil
	}
	said.readOwnGroup(c, a, l)
	cases := l.matchingVotes(c, a, said)
	var best *voteCase
	var finding voteFinding
	for i := range cases {
		f, ok := compareVotes(said, cases[i].fact)
		if !ok {
			continue
		}
		if f.supports {
			return nil // two votes fit and one of them agrees
		}
		if best == nil {
			best, finding = &cases[i], f
		}
	}
	if best == nil {
		return nil
	}
	reason := Reason{Rule: finding.rule, Kind: KindVote, ClaimSpan: finding.claim, EvidenceSpan: finding.record, Text: finding.text, Strength: finding.strength}
	return []Link{structureLink(KindVote, []Evidence{best.evidence}, []Reason{reason},
		Term{Name: "structure_vote", Value: finding.strength}, Term{Name: "structure_subject", Value: min(best.match, 1)})}
}

// voteIsPlan are votes to come, or to be wished.
var voteIsPlan = regexp.MustCompile(`\b(?:ser(?:a|ont|ait|aient)|soumi(?:s|se|ses|t)\s+au\s+vote|on\s+vous\s+le\s+propose|appelee?s?\s+a\s+voter|mets?\s+aux\s+voix|nous\s+(?:voterons|abstiendrons)|explication\s+de\s+vote)\b`)

// saysOutcome says that a claim tells how a vote ended or who voted how.
func saysOutcome(v voteSaid) bool {
	if !v.talk {
		return false
	}
	return v.unanimous || v.nobodyAgainst || isStand(v.side) || len(v.counts) > 1
}

// readOwnGroup makes « nous avons voté contre » the vote of the speaker's group or union.
func (v *voteSaid) readOwnGroup(c Claim, a *Assertion, l *Linker) {
	if !firstPlural.MatchString(plainOf(c.Quote).s) || !isStand(v.side) {
		return
	}
	group := c.Speaker
	if !c.Collective {
		m, ok := l.directory.Resolve(c.Speaker, "", c.Date)
		if !ok || m.Group == "" {
			v.side, v.unanimous, v.nobodyAgainst = voteSideUnsaid, false, false
			return
		}
		group = m.Group
	}
	v.groups = []votePosition{{name: group, side: v.side, Span: v.sideSpan}}
	v.unanimous, v.nobodyAgainst = false, false
}

var firstPlural = regexp.MustCompile(`\b(?:nous\s+(?:avons|avions|nous\s+sommes)\s+(?:[a-z]+\s+)?(?:vote|choisi|approuve|rejete|soutenu|abstenue?s|opposee?s)|notre\s+(?:groupe|organisation|syndicat)\s)`)

// matchingVotes lists the votes that a claim may speak of, the surest first: of the body
// and the time that it names, on the subject that it or its context names. Only those near
// the surest are kept.
func (l *Linker) matchingVotes(c Claim, a *Assertion, said voteSaid) []voteCase {
	named, hasBody := l.bodyIn(c.Quote)
	if !hasBody && said.unions {
		named, hasBody = bodyNamed{class: "cst", name: "CST"}, true
	}
	when := windowOf(a)
	own, around := l.subjectOf(c, a, named, hasBody, when)
	var cases []voteCase
	for _, s := range l.sittings() {
		if !when.holds(s.date) || hasBody && !s.isOf(named) || !hasBody && s.class == "thematic" || l.index.records[s.record].Document.URL == c.URL {
			continue
		}
		for _, v := range l.voted.get(s.record, func() []voteCase { return l.votesOf(s) }) {
			if !sameVoteObject(c.Quote, v.item+" "+v.evidence.Quote) {
				continue
			}
			if v.match = l.subjectMatch(own, around, v.title, v.section, hasBody || when.exact); v.match > 0 {
				cases = append(cases, v)
			}
		}
	}
	slices.SortStableFunc(cases, func(x, y voteCase) int {
		return cmp.Or(cmp.Compare(y.match, x.match), cmp.Compare(y.sitting.date, x.sitting.date))
	})
	if len(cases) == 0 {
		return nil
	}
	floor := 0.85 * cases[0].match
	return slices.DeleteFunc(cases, func(v voteCase) bool { return v.match < floor })
}

// votesOf lists the votes of a sitting: the sentences and rows that state one, with what the
// minutes know of it.
func (l *Linker) votesOf(s sitting) []voteCase {
	r := l.index.records[s.record]
	var list []voteCase
	for i := range r.rows {
		e := l.index.evidence(r.first + i)
		if !mayTellVote(e.Quote) && !(s.minute != nil && slices.ContainsFunc(s.minute.Votes, func(v document.Vote) bool { return v.Span.Start < e.Span.End && e.Span.Start < v.Span.End })) {
			continue
		}
		fact := voteFact{voteSaid: readVote(e.Quote), text: e.Quote}
		formal := false
		var item string
		if s.minute != nil {
			for _, v := range s.minute.Votes {
				if v.Span.Start < e.Span.End && e.Span.Start < v.Span.End && (v.College == "" || collegeIn(e.Quote) == "" || collegeIn(e.Quote) == v.College) {
					formal, item = true, v.Item
					fact.take(v, e)
					break
				}
			}
		}
		stated := len(fact.counts) > 0 || fact.unanimous || fact.majority && fact.side != voteSideUnsaid || len(fact.groups) > 1
		if !fact.talk || !formal && (!stated || e.Speaker != "" || !tellsVote(l.index.assertion(r.first+i), fact.voteSaid, false)) {
			continue
		}
		if fact.college == "" {
			fact.college = collegeIn(e.Quote)
		}
		v := voteCase{sitting: s, fact: fact, evidence: e, item: item}
		v.title, v.section = l.aboutVote(s, e, item)
		list = append(list, v)
	}
	return list
}

// take fills a fact with what the minutes read of the vote: a table row has no words.
func (f *voteFact) take(v document.Vote, e Evidence) {
	f.talk = true
	f.college, f.complete = v.College, v.Complete
	if len(f.counts) == 0 {
		whole := Span{Start: 0, End: len(e.Quote)}
		for _, n := range []struct {
			side  voteSide
			count *int
		}{{voteSideFor, v.For}, {voteSideAgainst, v.Against}, {voteSideAbstain, v.Abstain}} {
			if n.count != nil {
				f.counts = append(f.counts, voteCount{Span: whole, side: n.side, count: *n.count})
			}
		}
	}
	if len(f.groups) == 0 {
		for _, g := range v.Groups {
			f.groups = append(f.groups, votePosition{name: g.Name, side: voteSide(g.Position), Span: Span{Start: 0, End: len(e.Quote)}})
		}
	}
	if v.Unanimous {
		f.unanimous, f.expressed = true, f.expressed || v.Expressed
	}
	if f.side == voteSideUnsaid {
		switch v.Result {
		case "adopté", "favorable":
			f.side = voteSideFor
		case "rejeté", "défavorable":
			f.side = voteSideAgainst
		}
	}
}

// aboutVote gives the stems of the item voted on, and of the text around the vote.
func (l *Linker) aboutVote(s sitting, e Evidence, item string) (title, section map[string]bool) {
	text := l.index.text(s.record)
	titles := []string{item, e.Heading, e.Quote}
	from, to := max(0, e.Span.Start-nearVote), min(len(text), e.Span.End+nearVote/4)
	if s.minute != nil {
		for _, it := range s.minute.Items {
			if it.Span.Start <= e.Span.Start && e.Span.Start < it.Span.End {
				titles = append(titles, it.Title)
				from, to = max(from, it.Span.Start), min(to, it.Span.End)
			}
		}
	}
	section = subjectStems(text[from:to])
	for stem := range s.stems {
		section[stem] = true // « au lycée X, le conseil d'administration a… »
	}
	return subjectStems(titles...), section
}

func subjectStems(texts ...string) map[string]bool {
	set := map[string]bool{}
	for _, text := range texts {
		for _, t := range french.Terms(strings.ToValidUTF8(text, "")) {
			if !t.Stop {
				set[t.Stem] = true
			}
		}
	}
	return set
}

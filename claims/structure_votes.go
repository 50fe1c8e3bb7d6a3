package claims

import (
	"iter"
	"regexp"
	"slices"
	"strings"

	"contredit/document"
	"contredit/french"
)

// voteCase is one recorded vote beside the words of what was voted.
type voteCase struct {
	sitting  *sitting
	fact     voteFact
	evidence Evidence
	item     string
	formal   bool // the minutes' own vote; any other sentence may tell of a plan or a wish
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
	var best *voteCase
	var finding voteFinding
	match := 0.0
	for v, m := range l.matchingVotes(c, a, said) {
		f, ok := compareVotes(said, v.fact)
		if !ok {
			continue
		}
		if f.supports {
			return nil // two votes fit and one of them agrees
		}
		if best == nil {
			best, finding, match = v, f, m
		}
	}
	if best == nil {
		return nil
	}
	reason := Reason{Rule: finding.rule, Kind: KindVote, ClaimSpan: finding.claim, EvidenceSpan: finding.record, Text: finding.text, Strength: finding.strength}
	return []Link{structureLink(KindVote, []Evidence{best.evidence}, []Reason{reason},
		Term{Name: "structure_vote", Value: finding.strength}, Term{Name: "structure_subject", Value: min(match, 1)})}
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

// matchingVotes yields the votes that a claim may speak of, the surest first, with how surely each
// is about what the claim is: of the body and the time that it names, on the subject that it or its
// context names. Only those near the surest are yielded.
func (l *Linker) matchingVotes(c Claim, a *Assertion, said voteSaid) iter.Seq2[*voteCase, float64] {
	named, hasBody := l.bodyIn(c.Quote)
	if !hasBody && said.unions {
		named, hasBody = bodyNamed{class: "cst", name: "CST"}, true
	}
	when := windowOf(a)
	own, around := l.subjectOf(c, a, named, hasBody, when)
	objects := voteObjectsIn(c.Quote)
	of, fits := int32(-1), false // the votes of a record follow one another
	found := l.index.votesOn(own, around, hasBody || when.exact, func(v heldVote) bool {
		if v.record != of {
			r := l.index.records[v.record]
			s := r.sitting
			of, fits = v.record, r.read && when.holds(s.date) && !(hasBody && !s.isOf(named)) && !(!hasBody && s.class == "thematic") && r.Document.URL != c.URL
		}
		return fits && v.objects == objects
	})
	return func(yield func(*voteCase, float64) bool) {
		floor := 0.0
		for _, f := range found {
			if f.match < floor {
				return
			}
			v := l.index.vote(f.vote)
			if v == nil {
				continue
			}
			if floor == 0 {
				floor = 0.85 * f.match
			}
			if !yield(v, f.match) {
				return
			}
		}
	}
}

// voteAt is the vote that row i of a record with this text states, with what the minutes know of it;
// false when it states none. Whether it tells of it as a fact is not asked here.
func (rec *Record) voteAt(i int, text string) (voteCase, bool) {
	s, e := rec.sitting, rec.evidence(i, text)
	touches := func(v document.Vote) bool { return v.Span.Start < e.Span.End && e.Span.Start < v.Span.End }
	if !mayTellVote(e.Quote) && !(s.minute != nil && slices.ContainsFunc(s.minute.Votes, touches)) {
		return voteCase{}, false
	}
	c := voteCase{sitting: s, evidence: e, fact: voteFact{voteSaid: readVote(e.Quote), text: e.Quote}}
	college := collegeIn(e.Quote)
	if s.minute != nil {
		for _, v := range s.minute.Votes {
			if touches(v) && (v.College == "" || college == "" || college == v.College) {
				c.formal, c.item = true, v.Item
				c.fact.take(v, e)
				break
			}
		}
	}
	fact := &c.fact
	stated := len(fact.counts) > 0 || fact.unanimous || fact.majority && fact.side != voteSideUnsaid || len(fact.groups) > 1
	if !fact.talk || !c.formal && (!stated || e.Speaker != "") {
		return voteCase{}, false
	}
	fact.college = firstFilled(fact.college, college)
	return c, true
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

// about gives the stems of the item voted on, and of the text around the vote.
func (v *voteCase) about(text string) (title, section map[string]bool) {
	e := v.evidence
	titles := []string{v.item, e.Heading, e.Quote}
	from, to := max(0, e.Span.Start-nearVote), min(len(text), e.Span.End+nearVote/4)
	if v.sitting.minute != nil {
		for _, it := range v.sitting.minute.Items {
			if it.Span.Start <= e.Span.Start && e.Span.Start < it.Span.End {
				titles = append(titles, it.Title)
				from, to = max(from, it.Span.Start), min(to, it.Span.End)
			}
		}
	}
	section = subjectStems(text[from:to])
	for stem := range v.sitting.stems {
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

package claims

import (
	"math/bits"
	"regexp"
	"slices"
	"strings"
	"time"

	"contredit/french"
)

// Strengths of what a rule reads, before they are multiplied.
const (
	leastStrength   = 0.15 // a weaker reason is not told
	leastAlignment  = 0.3
	actionStrength  = 0.85 // the same verb, asserted and denied
	pairStrength    = 0.6  // two words of scales/contraires.tsv
	nominalStrength = 0.72 // a noun of action without a verb that says that it happened
	partialStrength = 0.65 // some of the set against the set
	unsureStrength  = 0.5  // planned or possible against done
	reportStrength  = 0.85 // told as somebody's words
)

// compareFrames compares what two sentences say of the same theme on the same scale.
func compareFrames(claim, record *Assertion) []Reason {
	if claim.frames == nil || record.frames == nil {
		return nil
	}
	var reasons []Reason
	x, y := claim.frames.list, record.frames.list
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i].key < y[j].key:
			i++
		case x[i].key > y[j].key:
			j++
		default:
			for k := j; k < len(y) && y[k].key == x[i].key; k++ {
				p := framePair{claim: claim, record: record, x: &x[i], y: &y[k]}
				if r, ok := p.reason(); ok {
					reasons = strongestOf(reasons, r)
				}
			}
			i++
		}
	}
	return unsettled(reasons)
}

// unsettled leaves out what speaks against the claim on a scale on which the same record
// speaks as much for it: it tells the whole story, « adopté en juin, en vigueur en septembre ».
func unsettled(reasons []Reason) []Reason {
	return slices.DeleteFunc(reasons, func(r Reason) bool {
		return !r.Supports && strings.HasPrefix(r.Rule, "ECHELLE-") && slices.ContainsFunc(reasons, func(o Reason) bool {
			return o.Supports && o.Rule == r.Rule && o.Strength >= 0.9*r.Strength
		})
	})
}

// strongestOf keeps one reason of each rule and kind.
func strongestOf(list []Reason, r Reason) []Reason {
	for i, o := range list {
		if o.Rule == r.Rule && o.Supports == r.Supports {
			if r.Strength > o.Strength {
				list[i] = r
			}
			return list
		}
	}
	return append(list, r)
}

// framePair is a frame of a claim beside one of a record, of one key.
type framePair struct {
	claim, record *Assertion
	x, y          *frame
}

// relation of two frames of one scale.
type frameRelation int

const (
	frameUnrelated frameRelation = iota
	frameAgrees
	frameOpposes
	frameExceeds // one tells all, the other some
	frameUnsure  // one tells as done what the other tells as possible or planned
)

func (p framePair) reason() (Reason, bool) {
	relation := p.relate()
	if relation == frameUnrelated {
		return Reason{}, false
	}
	alignment := p.alignment()
	if alignment < leastAlignment {
		return Reason{}, false
	}
	r := Reason{ClaimSpan: Span{Start: p.x.span.Start, End: p.x.span.End}, EvidenceSpan: Span{Start: p.y.span.Start, End: p.y.span.End},
		Supports: relation == frameAgrees, Strength: alignment * p.trust(relation)}
	if r.Strength < leastStrength {
		return Reason{}, false
	}
	r.Kind = p.kind(relation)
	r.Rule = p.rule(relation)
	r.Text = p.text(relation)
	return r, true
}

// relate says how the two values lie to each other, the themes taken for one.
func (p framePair) relate() frameRelation {
	x, y := p.x, p.y
	if x.modality.Has(french.Question|french.Hypothetical|french.Wish) || y.modality.Has(french.Question|french.Hypothetical) {
		return frameUnrelated
	}
	if x.scale == nil && x.key[0] != '=' && x.word == y.word {
		return frameUnrelated // an action of its own
	}
	if x.tense == french.Past && y.tense == french.FutureTense {
		return frameUnrelated // what is to come refutes nothing of what was
	}
	if x.denied && !y.denied && y.tense != french.Past && untilThen.MatchString(plainOf(p.claim.Text).s) {
		return frameUnrelated // « n'avait jamais été saisi auparavant »: it is now
	}
	if x.scale != nil && x.scale.name == "position" && len(p.record.Figures) > 0 && abstains(y.word) {
		return frameUnrelated // counted abstentions are left to the comparison of votes
	}
	disjoint := p.claimed()&y.mask == 0
	if x.scale != nil && disjoint && p.distance() < x.scale.gap && !x.denied && !y.denied && !x.only && !y.only {
		disjoint = false
		if x.mask != y.mask {
			return frameUnrelated
		}
	}
	if x.scale != nil && x.scale.cumulative && disjoint && x.mask < y.mask && !x.denied && !x.only {
		return frameUnrelated // a record that tells more than the claim
	}
	if x.scale != nil && x.scale.name == "etape" && disjoint && !x.denied && !y.denied && !x.only && !y.only && x.value != 1 && y.value != 1 {
		return frameUnrelated // of two steps the one does not exclude the other, but for « à l'étude »
	}
	if x.asserted() != y.asserted() {
		return p.unsure(disjoint)
	}
	if !x.asserted() && !(x.planned() && y.planned()) {
		return frameUnrelated
	}
	switch {
	case disjoint && (x.ofOne && !y.universal || y.ofOne && !x.universal):
		return frameUnrelated
	case disjoint && x.partial && y.partial:
		return frameUnrelated
	case disjoint:
		return frameOpposes
	case x.universal && y.partial && !x.denied && !y.denied:
		return frameExceeds
	case x.mask == y.mask:
		return frameAgrees
	}
	return frameUnrelated
}

// untilThen bounds a denial to the time before.
var untilThen = regexp.MustCompile(`\b(?:auparavant|jusqu'alors|jusqu'ici|jusque-la|jusqu'a present|precedemment|par le passe)\b`)

func abstains(word string) bool { return word == actionRoot("abstenir") || word == "abstention" }

// claimed are the values that the claim leaves open: on a cumulative scale those above too.
func (p framePair) claimed() uint16 {
	x := p.x
	if x.scale != nil && x.scale.cumulative && !x.only && !x.denied && x.mask > 1 {
		return x.scale.all() &^ (x.mask - 1)
	}
	return x.mask
}

// unsure compares a fact with what is only possible or planned.
func (p framePair) unsure(disjoint bool) frameRelation {
	plain, other := p.x, p.y
	if !plain.asserted() {
		plain, other = other, plain
	}
	if disjoint && other.denied && other.planned() {
		return frameOpposes // « aucune fermeture n'est prévue » against a closing
	}
	if p.x.scale != nil && !p.x.scale.events() || disjoint || plain.denied || other.denied || plain.value != other.value || plain.nominal || other.nominal {
		return frameUnrelated
	}
	if p.claim.frames.promise && p.x == plain {
		return frameUnrelated
	}
	return frameUnsure
}

// events says whether the values of the scale come about, so that they can be planned.
func (s *frameScale) events() bool {
	switch s.name {
	case "achevement", "changement", "couverture", "emploi", "existence", "financement", "gestion":
		return true
	}
	return false
}

// distance is the number of steps between the nearest values of the two.
func (p framePair) distance() int {
	x, y := p.x.value, p.y.value
	if x > y {
		x, y = y, x
	}
	return bits.TrailingZeros16(y) - (15 - bits.LeadingZeros16(x))
}

// alignment says how surely both frames are about the same thing.
func (p framePair) alignment() float64 {
	value := aligned(p.x.theme, p.y.theme)
	if p.claim.frames.pronoun && value < 0.4 {
		// « cela », « il »: what the claim is about stands before it.
		value = max(value, 0.5*aligned(p.claim.frames.around, p.y.theme))
	}
	if p.x.scale != nil && p.x.scale.name == "position" && value < sameVoice && p.sameActor() {
		value = sameVoice // the same body on what is before it
	}
	if p.x.scale != nil && value < 0.4 {
		// A record that does not name its subject stands under a heading that does.
		value = max(value, 0.6*aligned(p.x.theme, p.record.frames.around))
	}
	return value
}

// sameVoice is how surely a position of one body is on one thing, when nothing says on what.
const sameVoice = 0.45

// sameActor says whether the subjects of both clauses are one named body or person.
func (p framePair) sameActor() bool {
	a, b := subjectOfClause(p.claim, p.x.clause), subjectOfClause(p.record, p.y.clause)
	return a != "" && a == b
}

// subjectOfClause is the group of the name that is the subject of a clause or of the one that it hangs on; "" for a
// common noun, which may be any.
func subjectOfClause(a *Assertion, clause int) string {
	l := frameWords()
	for steps := 0; clause >= 0 && clause < len(a.Sentence.Clauses) && steps < 3; steps++ {
		c := a.Sentence.Clauses[clause]
		if c.SubjectHead >= 0 {
			t := a.Sentence.Tokens[c.SubjectHead]
			if isNameToken(&a.Sentence, c.SubjectHead) && !l.weak[t.Stem] {
				return l.groupOf(t)
			}
			if t.POS != french.Pronoun {
				return ""
			}
		}
		clause = c.Parent
	}
	return ""
}

// trust is the part of the strength that does not depend on the theme.
func (p framePair) trust(relation frameRelation) float64 {
	x, y := p.x, p.y
	t := pairStrength
	switch {
	case x.scale != nil:
		t = x.scale.strength
	case x.key[0] == '=':
		t = actionStrength
	}
	if x.nominal {
		t *= nominalStrength
	}
	if y.nominal {
		t *= nominalStrength
	}
	switch relation {
	case frameUnsure:
		t *= unsureStrength
	case frameExceeds:
		t *= partialStrength
	case frameOpposes:
		if x.partial != y.partial && !x.universal && !y.universal {
			t *= partialStrength
		}
	}
	if x.modality.Has(french.Reported) || y.modality.Has(french.Reported) {
		t *= reportStrength
	}
	if !p.samePeriod() && !p.stillUndone() {
		t *= 0.35
	}
	if x.modality.Has(french.Future) && !p.record.Day.IsZero() && p.record.Day.Before(p.claim.Day) {
		t *= 0.35 // told before it was promised
	}
	return t
}

// samePeriod says whether the days that the two tell may be the same; a promise is held
// against what came of it whenever that was.
func (p framePair) samePeriod() bool {
	if p.claim.frames.promise || len(p.claim.Dates) == 0 || len(p.record.Dates) == 0 {
		return true
	}
	for _, a := range p.claim.Dates {
		for _, b := range p.record.Dates {
			if a.Repeated || b.Repeated || overlaps(a, b) {
				return true
			}
		}
	}
	return false
}

// stillUndone says whether the record denies, at a later day than the claim tells, that the
// thing was done.
func (p framePair) stillUndone() bool {
	if !p.y.denied || p.x.denied {
		return false
	}
	for _, a := range p.claim.Dates {
		for _, b := range p.record.Dates {
			if a.To.IsZero() || b.From.IsZero() || b.From.Before(a.To) {
				return false
			}
		}
	}
	return true
}

func overlaps(a, b french.Period) bool {
	before := func(end, start time.Time) bool { return !end.IsZero() && !start.IsZero() && end.Before(start) }
	return !before(a.To, b.From) && !before(b.To, a.From)
}

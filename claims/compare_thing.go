package claims

import (
	"fmt"
	"slices"

	"contredit/french"
)

// What it is worth that one denies a thing which the other names, before what else they share is weighed.
const (
	thingStrength   = 0.22
	thingShared     = 0.5 // on top, where all that the claim tells besides is in the record
	thingAlone      = 0.3 // on top, where the claim tells nothing besides: « il n'y aura aucun licenciement »
	thingOtherNames = 0.5
	thingOtherTime  = 0.35
)

// thing is a noun that a sentence denies or says to be there.
type thing struct {
	token int
	span  Span // with the words that deny it
	group string
}

// compareThings puts a thing that one sentence denies beside the other which names it as there: « aucune
// plainte », « trente et une plaintes »; « une étude a été réalisée », « l'absence d'étude ». Verbs are left to
// the frames. A definite thing may be another one, so the record has to count it or tell of « un », « des ».
func compareThings(claim, record *Assertion) []Reason {
	if claim.Sentence.Modality.Has(french.Question|french.Hypothetical|french.Wish|french.Conditional) || record.Sentence.Modality.Has(french.Question|french.Hypothetical|french.Wish) {
		return nil
	}
	var best Reason
	for _, pair := range [...]struct {
		rule         string
		said, record []thing
		text         string
	}{
		{"NEGATION-CHOSE-1", claim.thingsDenied(), record.thingsThere(false), "La déclaration dit qu’il n’y en a pas (%s), le document en montre (%s)."},
		{"NEGATION-CHOSE-2", claim.thingsThere(true), record.thingsDenied(), "La déclaration dit que la chose est là (%s), le document dit que non (%s)."},
	} {
		for _, x := range pair.said {
			for _, y := range pair.record {
				same := sameThing(claim, record, x, y)
				if same == 0 {
					continue
				}
				if s := same * thingsAlike(claim, record, x, y); s > best.Strength {
					best = Reason{Rule: pair.rule, Kind: thingKind(claim, x, pair.rule), ClaimSpan: x.span, EvidenceSpan: y.span, Strength: s,
						Text: fmt.Sprintf(pair.text, guillemets(x.span.In(claim.Text)), guillemets(y.span.In(record.Text)))}
				}
			}
		}
	}
	if best.Strength < leastStrength {
		return nil
	}
	return []Reason{best}
}

// sameThing is 1 for one noun or what the tables call the same, less for a synonym of councils, 0 else.
func sameThing(claim, record *Assertion, x, y thing) float64 {
	if x.group == y.group {
		return 1
	}
	if a, b := claim.termAt(x.token), record.termAt(y.token); a != "" && (a == b || synonymIn(a, map[string]bool{b: true})) {
		return synonymThing
	}
	return 0
}

// termAt is the stem under which search knows a token: it takes « plainte » for the verb, as it takes any such form.
func (a *Assertion) termAt(token int) string {
	for _, t := range a.Terms {
		if t.Overlaps(a.Sentence.Tokens[token].Span) {
			return t.Stem
		}
	}
	return ""
}

// synonymThing is what a synonym is worth beside the noun itself.
const synonymThing = 0.8

// thingKind is a question of scope where the claim says that none of a set does what its clause tells, else a denial.
func thingKind(claim *Assertion, x thing, rule string) Kind {
	c := claim.Sentence.Clauses[claim.Sentence.Tokens[x.token].Clause]
	switch {
	case rule == "NEGATION-CHOSE-2":
		return KindNegation
	case c.SubjectHead == x.token && !emptyVerbs[headLemma(claim, c)]:
		return KindScope
	}
	return KindNegation
}

func headLemma(a *Assertion, c french.Clause) string {
	if c.Head < 0 {
		return ""
	}
	return a.Sentence.Tokens[c.Head].Lemma
}

// thingsAlike weighs what else the claim tells of its thing that is in the record or around it.
func thingsAlike(claim, record *Assertion, x, y thing) float64 {
	var mass, shared float64
	var names, namesShared bool
	for _, w := range claim.matter() {
		if w.group == x.group || w.weak {
			continue
		}
		weight := min(w.weight, 1)
		mass += weight
		here := hasGroup(record.matter(), w.group)
		switch {
		case here:
			shared += weight
		case hasGroup(record.frames.around, w.group):
			shared += weight / 2
		}
		if w.name {
			names, namesShared = true, namesShared || here || hasGroup(record.frames.around, w.group)
		}
	}
	s := thingStrength
	if mass == 0 {
		s += thingAlone
	} else {
		s += thingShared * min(shared/min(mass, 2.5), 1)
	}
	if names && !namesShared {
		s *= thingOtherNames
	}
	if !claim.frames.promise && !(framePair{claim: claim, record: record}).samePeriod() {
		s *= thingOtherTime
	}
	return s * notYet(claim, record)
}

// thingsDenied are the nouns that a sentence says not to be there.
func (a *Assertion) thingsDenied() []thing {
	var list []thing
	for _, q := range a.Sentence.Quantifiers {
		if q.Kind == french.None && q.Head >= 0 {
			list = a.addThing(list, q.Head, Span{Start: q.Start, End: max(q.End, a.Sentence.Tokens[q.Head].End)})
		}
	}
	for _, n := range a.Sentence.Negations {
		if len(n.Cues) == 0 {
			continue
		}
		last := n.Cues[len(n.Cues)-1]
		from := Span{Start: n.Cues[0].Start, End: last.End}
		switch n.Kind {
		case french.DeniesNoun:
			for i, t := range a.Sentence.Tokens {
				if n.Scope.Contains(t.Span) && t.POS == french.Noun {
					list = a.addThing(list, i, Span{Start: from.Start, End: t.End})
					break
				}
			}
			list = a.neither(list, n.Scope)
		case french.DeniesClause: // « pas d'étude »: what has an article of its own is not denied
			for i, t := range a.Sentence.Tokens {
				if i > 0 && t.Start >= last.End && t.Start < n.Scope.End && t.POS == french.Noun && (a.Sentence.Tokens[i-1].Text == "de" || a.Sentence.Tokens[i-1].Text == "d'") && noVerbBetween(a, last.End, t.Start) {
					list = a.addThing(list, i, Span{Start: from.Start, End: t.End})
					break
				}
			}
		}
	}
	return list
}

// neither adds what « ni » denies after « sans »: « sans publicité ni mise en concurrence ».
func (a *Assertion) neither(list []thing, scope french.Span) []thing {
	for i, t := range a.Sentence.Tokens {
		if t.Text == "ni" && t.Start >= scope.Start {
			for k := i + 1; k < len(a.Sentence.Tokens) && k < i+5; k++ {
				if n := a.Sentence.Tokens[k]; n.POS == french.Noun {
					list = a.addThing(list, k, Span{Start: t.Start, End: n.End})
				}
			}
		}
	}
	return list
}

func noVerbBetween(a *Assertion, from, to int) bool {
	return !slices.ContainsFunc(a.Sentence.Tokens, func(t french.Token) bool {
		return t.Start >= from && t.End <= to && t.POS == french.Verb && t.Mood != french.ParticipleMood && t.Lemma != "avoir" && t.Lemma != "être"
	})
}

// addThing adds the noun at a token; of « projet d'antenne » and « mise en concurrence » it is what completes the first.
func (a *Assertion) addThing(list []thing, i int, span Span) []thing {
	l, t := frameWords(), a.Sentence.Tokens[i]
	if l.weak[l.themeStem(t)] || l.weak[t.Stem] || t.Lemma == "mise" || t.Lemma == "prise" {
		if i = a.completion(i); i < 0 {
			return list
		}
		t = a.Sentence.Tokens[i]
		span.End = max(span.End, t.End)
		if l.weak[l.themeStem(t)] || l.weak[t.Stem] {
			return list
		}
	}
	if measureStems[t.Stem] || measureNouns[t.Stem] || t.End-t.Start < 4 || slices.ContainsFunc(a.Dates, func(p french.Period) bool { return p.Overlaps(t.Span) }) {
		return list
	}
	return append(list, thing{token: i, span: span, group: l.groupOf(t)})
}

// measureNouns say how much of a thing there is, and are none themselves.
var measureNouns = stemSet("taux part nombre niveau volume quantité moyenne hausse baisse point coût prix montant dépense budget crédit somme charge recette effort enveloppe")

// completion is the noun that completes another: « projet d'antenne »; -1 without one.
func (a *Assertion) completion(i int) int {
	if i+2 >= len(a.Sentence.Tokens) {
		return -1
	}
	switch a.Sentence.Tokens[i+1].Text {
	case "de", "d'", "du", "des", "en":
	default:
		return -1
	}
	for k := i + 2; k < len(a.Sentence.Tokens) && k < i+5; k++ {
		if a.Sentence.Tokens[k].POS == french.Noun {
			return k
		}
	}
	return -1
}

// thingsThere are the nouns that a sentence says to be there. Of a claim, with heads, only what its clauses tell
// of; of a record what it counts, or tells of as « un », « des », « plusieurs ».
func (a *Assertion) thingsThere(heads bool) []thing {
	var list []thing
	for i, t := range a.Sentence.Tokens {
		if t.POS != french.Noun || a.deniedNoun(t) || t.Modality.Has(irrealis) && !t.Modality.Has(french.Planned|french.Future) {
			continue
		}
		c := a.Sentence.Clauses[t.Clause]
		if c.Negated {
			continue
		}
		head := (c.SubjectHead == i || c.ObjectHead == i) && !a.onlyMeant(i)
		if heads && !head && !a.madeObject(i) || !heads && !a.indefinite(i) {
			continue
		}
		list = a.addThing(list, i, t.Span)
	}
	return list
}

// onlyMeant says whether the verb before a noun is an infinitive: « tend à créer un tarif » tells of none that is there.
func (a *Assertion) onlyMeant(i int) bool {
	for k := i - 1; k >= 0 && k > i-6; k-- {
		if t := a.Sentence.Tokens[k]; t.POS == french.Verb {
			return t.Mood == french.InfinitiveMood
		}
	}
	return false
}

// deniedNoun says whether a noun stands in what a denial covers; « non-renouvellement » covers its own word alone.
func (a *Assertion) deniedNoun(t french.Token) bool {
	return slices.ContainsFunc(a.Sentence.Negations, func(n french.Negation) bool {
		if !n.Kind.Denies() || !n.Scope.Contains(t.Span) || len(n.Cues) == 0 {
			return false
		}
		cue := n.Cues[0]
		return french.Fold(cue.In(a.Text)) != "non" || t.Start <= cue.End+1
	})
}

// madeObject says whether a noun follows « a fait l'objet d'une ».
func (a *Assertion) madeObject(i int) bool {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		if a.Sentence.Tokens[k].Text == "objet" {
			return true
		}
	}
	return false
}

// indefinite says whether a noun is counted, or has an article that brings it in.
func (a *Assertion) indefinite(i int) bool {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		t := a.Sentence.Tokens[k]
		switch t.Text {
		case "un", "une", "des", "plusieurs", "quelques", "certains", "certaines", "divers", "diverses", "nombreux", "nombreuses", "autre", "autres":
			return t.Text != "des" || k == 0 || a.Sentence.Tokens[k-1].POS != french.Noun // « la liste des plaintes »
		}
		if t.POS == french.Numeral || isNumber(t.Text) {
			return true
		}
		if t.POS != french.Adjective {
			return false
		}
	}
	return false
}

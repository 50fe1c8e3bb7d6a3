package claims

import (
	"contredit/french"
)

// polarity is how a frame's words are meant.
type polarity struct {
	denied    bool
	only      bool // « ne … que », « seulement »: no more than that
	universal bool // of all, or of none
	partial   bool // of some
	ofOne     bool // « ne ferme que son bassin »: of one part alone, the rest is as it was
	money     bool // « pas un euro » denies the sum; it tells no set
	modality  french.Modality
	tense     french.Tense
	cue       french.Span // of the denial; zero without one
}

// endingVerbs deny the action that depends on them.
var endingVerbs = map[string]bool{"arrêter": true, "cesser": true, "renoncer": true, "éviter": true, "abstenir": true}

// polarityOf reads how the word at i is meant. A noun of action takes what is said of it from
// the verb that supports it.
func (l *frameLexicon) polarityOf(s *french.Sentence, i int, supported bool) polarity {
	t := s.Tokens[i]
	c := s.Clauses[t.Clause]
	p := polarity{denied: t.Negated, modality: t.Modality | c.Modality, tense: c.Tense}
	if !p.denied && c.Negated && (supported || c.Head == i || c.Verb == i) {
		p.denied = true
	}
	p.readGovernor(s, i, c)
	p.readDoubleDenial(s, i, c)
	if t.Lemma == "cesser" && !t.Negated && hasNe(s, i) {
		p.denied = true // « n'a cessé de » goes on
	}
	if p.denied && nothingMore(s) {
		p.denied, p.only = false, true
	}
	if p.modality.Has(french.Denied) {
		p.denied = !p.denied
	}
	p.readCues(s, i, t.Clause)
	p.readQuantifiers(s, t.Clause)
	return p
}

// nothingMore says whether the sentence ends « rien de plus », « rien d'autre », which limits
// what it asserts.
func nothingMore(s *french.Sentence) bool {
	for k := 0; k+2 < len(s.Tokens); k++ {
		if w := s.Tokens[k+2].Text; s.Tokens[k].Text == "rien" && (w == "plus" || w == "autre") && (k == 0 || !hasNe(s, k)) {
			return true
		}
	}
	return false
}

// ungrantedVerbs leave open whether the action that depends on them is done.
var ungrantedVerbs = map[string]bool{"attendre": true, "autoriser": true, "charger": true, "contraindre": true, "craindre": true, "demander": true,
	"dispenser": true, "empêcher": true, "envisager": true, "exclure": true, "forcer": true, "hésiter": true, "interdire": true, "interdit": true, "inviter": true,
	"libre": true, "menacer": true, "obliger": true, "permettre": true, "possible": true, "prier": true, "proposer": true, "risquer": true, "souhaiter": true,
	"tenir": true, "vouloir": true, "éviter": true}

// limitingVerbs, denied, assert more than the action that depends on them.
var limitingVerbs = map[string]bool{"borner": true, "contenter": true, "limiter": true}

// readGovernor reads the verb on which an infinitive depends: « cesser de », « proposer de »,
// « ne pas se contenter de ».
func (p *polarity) readGovernor(s *french.Sentence, i int, c french.Clause) {
	if c.Kind != french.InfinitiveClause || c.Parent < 0 || c.Head != i {
		return
	}
	parent := s.Clauses[c.Parent]
	if parent.Head < 0 {
		return
	}
	switch lemma := s.Tokens[parent.Head].Lemma; {
	case endingVerbs[lemma] && !hasNe(s, parent.Verb):
		p.denied = !p.denied
		p.cue = s.Tokens[parent.Head].Span
		p.tense = parent.Tense
		p.modality |= parent.Modality
	case limitingVerbs[lemma] && parent.Negated:
		p.denied = false
	case ungrantedVerbs[lemma]:
		p.modality |= french.Hypothetical
	}
}

// readDoubleDenial undoes what only looks denied, and denies what only looks asserted: « pas
// un qui ne soit couvert », « n'est pas exclu ».
func (p *polarity) readDoubleDenial(s *french.Sentence, i int, c french.Clause) {
	if c.Negation >= 0 && c.Head == i && s.Negations[c.Negation].Kind == french.DoubleDenial && french.Fold(s.Tokens[i].Lemma) != "ignorer" {
		p.denied = true
	}
	if c.Kind == french.RelativeClause && c.Mood == french.SubjunctiveMood && c.Parent >= 0 && s.Clauses[c.Parent].Negated && p.denied {
		p.denied, p.universal = false, true
	}
	if opensWithout(s, c) {
		p.denied = true // « sans qu'aucune décision ait été prise » denies once
		return
	}
	if c.Mood == french.SubjunctiveMood && (c.Kind == french.CompletiveClause || c.Kind == french.CircumstanceClause) && !grantsSubjunctive(s, c) {
		p.modality |= french.Hypothetical // « avant que », « craindre que »
	}
	if (c.Negated || c.SubjectHead >= 0 && s.Tokens[c.SubjectHead].Text == "rien") && c.Head == i && withoutAfter(s, i) {
		p.modality |= french.Hypothetical // « rien ne sera fait sans accord » says when, not that
	}
	for k, child := range s.Clauses {
		if child.Parent >= 0 && c.Negated && s.Clauses[k].Kind == french.CircumstanceClause && child.Mood == french.SubjunctiveMood &&
			s.Clauses[child.Parent].Head == c.Head && c.Head >= 0 && !grantsSubjunctive(s, child) {
			p.modality |= french.Hypothetical // « aucune aide n'est versée avant que … »
		}
	}
}

// withoutAfter says whether « sans » and a noun follow the verb in its clause.
func withoutAfter(s *french.Sentence, i int) bool {
	for k := i + 1; k+1 < len(s.Tokens) && s.Tokens[k].Text != ","; k++ {
		if s.Tokens[k].Text == "sans" && s.Tokens[k].Clause == s.Tokens[i].Clause && s.Tokens[k+1].POS != french.Verb {
			return true
		}
	}
	return false
}

// opensWithout says whether « sans que » opens the clause: it denies as a fact.
func opensWithout(s *french.Sentence, c french.Clause) bool {
	first := s.At(c.Start)
	for k := max(first-2, 0); k <= first && k >= 0 && k+1 < len(s.Tokens); k++ {
		if next := s.Tokens[k+1].Text; s.Tokens[k].Text == "sans" && (next == "que" || next == "qu'") {
			return true
		}
	}
	return false
}

// grantsSubjunctive says whether what the clause tells is true in spite of its mood: « bien
// que », « regretter que ».
func grantsSubjunctive(s *french.Sentence, c french.Clause) bool {
	for k := range s.Tokens {
		if s.Tokens[k].Start >= c.Start || c.Start-s.Tokens[k].Start > 60 {
			continue
		}
		switch s.Tokens[k].Lemma {
		case "regretter", "déplorer", "bien", "quoique", "féliciter", "constater", "noter":
			return true
		}
	}
	first := s.At(c.Start)
	return first >= 0 && (s.Tokens[first].Text == "bien" || s.Tokens[first].Text == "quoique")
}

// hasNe says whether « ne » stands before the verb: « n'a cessé de » goes on.
func hasNe(s *french.Sentence, verb int) bool {
	for k := verb - 1; k >= 0 && k >= verb-3; k-- {
		if s.Tokens[k].Text == "n'" || s.Tokens[k].Text == "ne" {
			return true
		}
	}
	return false
}

func (p *polarity) readCues(s *french.Sentence, i, clause int) {
	for n, neg := range s.Negations {
		mine := neg.Scope.Contains(s.Tokens[i].Span) || s.Clauses[clause].Negation == n
		if !mine || len(neg.Cues) == 0 {
			continue
		}
		switch {
		case neg.Kind == french.Restricts && neg.Scope.Contains(s.Tokens[i].Span):
			p.only = true
		case neg.Kind == french.Restricts:
			p.partial, p.ofOne = true, true // « ne ferme que son bassin »: the verb holds of that alone
		case neg.Kind.Denies():
			p.cue = neg.Cues[len(neg.Cues)-1]
			if neg.Cues[0].Start < p.cue.Start {
				p.cue = french.Span{Start: min(neg.Cues[0].Start, p.cue.Start), End: max(neg.Cues[0].End, p.cue.End)}
			}
		}
	}
	for k := max(i-3, 0); k < min(i+3, len(s.Tokens)); k++ {
		switch s.Tokens[k].Text {
		case "entierement", "totalement", "integralement", "completement":
			p.universal = true
		case "seulement", "uniquement", "simplement", "simple", "exclusivement":
			if k == 0 || s.Tokens[k-1].Text != "non" && s.Tokens[k-1].Text != "pas" {
				p.only = true
			}
		}
	}
}

// readQuantifiers reads of how much of a set the clause speaks.
func (p *polarity) readQuantifiers(s *french.Sentence, clause int) {
	for _, q := range s.Quantifiers {
		at := s.At(q.Start)
		if at < 0 || s.Tokens[at].Clause != clause && (q.Head < 0 || s.Tokens[q.Head].Clause != clause && s.Clauses[clause].SubjectHead != q.Head) {
			continue
		}
		if q.Head >= 0 && moneyNouns[s.Tokens[q.Head].Lemma] {
			p.money = true
			continue
		}
		if q.Head >= 0 && spanNouns[s.Tokens[q.Head].Lemma] {
			continue
		}
		switch q.Kind {
		case french.All, french.Every:
			p.universal = true
		case french.None:
			p.universal = q.Head >= 0
		case french.Some, french.Few, french.Half, french.Fraction, french.NotAll, french.Most, french.Only:
			p.partial = true
		}
	}
	for k := 0; k+1 < len(s.Tokens); k++ {
		if s.Tokens[k].Clause == clause && s.Tokens[k].Text == "pas" && (s.Tokens[k+1].Text == "un" || s.Tokens[k+1].Text == "une") && k+2 < len(s.Tokens) {
			if moneyNouns[s.Tokens[k+2].Lemma] {
				p.money = true
			} else if s.Tokens[k+2].Text == "seul" || s.Tokens[k+2].Text == "seule" {
				p.universal = true
			}
		}
	}
}

// spanNouns with « tout » tell how long or how wide, and no set.
var spanNouns = map[string]bool{"année": true, "cas": true, "durée": true, "fois": true, "jour": true, "mois": true, "moment": true, "région": true,
	"semaine": true, "temps": true, "territoire": true}

var moneyNouns = map[string]bool{"centime": true, "denier": true, "euro": true, "kopeck": true, "sou": true}

// irrealis are the ways in which something is not told as done or decided.
const irrealis = french.Conditional | french.Possible | french.Planned | french.Hypothetical | french.Wish | french.Question

// asserted says whether the words are told as a fact, a decision or a commitment.
func (p polarity) asserted() bool {
	return p.modality&(french.Conditional|french.Possible|french.Hypothetical|french.Wish|french.Question|french.Planned|french.Order) == 0
}

// planned says whether the words tell a plan and nothing less sure.
func (p polarity) planned() bool {
	return p.modality.Has(french.Planned) && p.modality&(french.Conditional|french.Hypothetical|french.Wish|french.Question|french.Order) == 0
}

package claims

import (
	"slices"

	"contredit/french"
)

// plainDenials are the words that deny in any text, whatever they stand by: the crudest cue,
// and one that a reader of the pair sees first.
var plainDenials = map[string]bool{"aucun": true, "aucune": true, "aucunement": true, "jamais": true, "n'": true, "ne": true, "ni": true, "nul": true, "nulle": true,
	"nullement": true, "pas": true, "rien": true, "sans": true}

// turningWords tell that a text goes against what one might think.
var turningWords = map[string]bool{"cependant": true, "contrairement": true, "effet": true, "mais": true, "neanmoins": true, "pourtant": true, "realite": true,
	"revanche": true, "seulement": true, "simplement": true, "toutefois": true, "uniquement": true}

func deniesPlainly(a *Assertion) bool {
	return slices.ContainsFunc(a.Sentence.Tokens, func(t french.Token) bool { return plainDenials[t.Text] })
}

func turns(a *Assertion) bool {
	return slices.ContainsFunc(a.Sentence.Tokens, func(t french.Token) bool { return turningWords[t.Text] })
}

// plainTerms are features of a pair that need no grammar.
func plainTerms(claim, record *Assertion, cover, back, unexplained float64) []Term {
	c, r := deniesPlainly(claim), deniesPlainly(record)
	fc, fr := refutations(claim), refutations(record)
	tc, tr := turns(claim), turns(record)
	fresh, _ := newNames(claim, record)
	back2, _ := newNames(record, claim)
	return []Term{
		{Name: "plain_once", Value: unexplained * flag01(c != r)}, {Name: "plain_both", Value: flag01(c && r)},
		{Name: "refuted_once", Value: unexplained * flag01(fc != fr)}, {Name: "refuted_both", Value: flag01(fc && fr)},
		{Name: "plain_or_refuted", Value: unexplained * flag01((c || fc) != (r || fr))},
		{Name: "turned_once", Value: flag01(tc != tr)},
		{Name: "cover_both", Value: cover * back}, {Name: "fresh_names", Value: fresh}, {Name: "fresh_names_back", Value: back2},
		{Name: "plain_cover", Value: unexplained * flag01(c != r) * max(cover, back)},
	}
}

// assertive says whether the sentence tells a fact in plain words: no wish, plan or condition,
// and no turn that denies a denial.
func assertive(a *Assertion) bool {
	if a.Sentence.Modality.Has(french.Wish | french.Hypothetical | french.Question) {
		return false
	}
	return !slices.ContainsFunc(a.Sentence.Negations, func(n french.Negation) bool { return n.Kind == french.DoubleDenial || n.Kind == french.NotOnly })
}

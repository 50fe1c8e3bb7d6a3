package claims

import (
	_ "embed"
	"math"
	"slices"
	"strings"
	"sync"

	"contredit/french"
)

//go:embed compare.tsv
var compareText string

// compareWeights score a pair without an index; bench/compare fits them on development data.
var compareWeights = sync.OnceValue(func() weights { return parseWeights("compare", compareText) })

// pairTerms are the features of a pair that is taken to speak of one thing: what the
// comparators find, and how the words of the two differ. All lie between about -1 and 2.
func pairTerms(claim, record *Assertion, reasons []Reason) []Term {
	terms := reasonTerms(reasons)
	find := func(name string) float64 {
		for _, t := range terms {
			if t.Name == name {
				return t.Value
			}
		}
		return 0
	}
	cover, back := overlapOf(claim, record)
	c, r := denialsOf(claim) > 0, denialsOf(record) > 0
	taken := flag01((c || refutations(claim)) != (r || refutations(record)))
	_, names := newNames(claim, record)
	add := func(name string, value float64) { terms = append(terms, Term{Name: name, Value: value}) }
	add("cover", cover)
	add("cover_back", back)
	loose := flag01(cover < nearCover && !explained(reasons))
	add("taken_back", taken*loose)
	add("taken_back_agreed", taken*loose*find("supports_alone"))
	add("denied_once_cover", flag01(c != r)*loose*cover)
	add("shared_turned", turnedWords(claim, record)*loose)
	add("unsure_once", flag01(claim.Sentence.Modality.Has(irrealis) != record.Sentence.Modality.Has(irrealis)))
	add("shared_names", names)
	add("new_figures", newFigures(claim, record))
	add("longer", math.Tanh(math.Log(float64(len(record.Terms)+1)/float64(len(claim.Terms)+1))))
	add("but_not", flag01(butNot(claim) || butNot(record)))
	terms = append(terms, plainTerms(claim, record, cover, back, flag01(!understood(reasons) && assertive(claim) && assertive(record)))...)
	return terms
}

// nearCover is the share of the claim's words in the record from which the two are so alike
// that the comparators understand them: a mere count of denials then says nothing.
const nearCover = 0.8

// explained says whether the two agree on a scale: a denial in one of them is then one way
// to say what the other says (« maintenu », « ne ferme pas »).
func explained(reasons []Reason) bool {
	agree, oppose := 0.0, 0.0
	for _, r := range reasons {
		switch {
		case r.Supports && strings.HasPrefix(r.Rule, "ECHELLE-"):
			agree = max(agree, r.Strength)
		case !r.Supports:
			oppose = max(oppose, r.Strength)
		}
	}
	return agree >= 0.3 && agree > oppose
}

// understood says whether a comparator read both texts, agreed or not: a mere count of denials
// then says nothing.
func understood(reasons []Reason) bool {
	return slices.ContainsFunc(reasons, func(r Reason) bool { return !strings.HasPrefix(r.Rule, cuePrefix) && r.Strength >= leastUnderstood })
}

const leastUnderstood = 0.45

// reasonTerms are the strongest reason of each kind, and of all.
func reasonTerms(reasons []Reason) []Term {
	against, support := map[string]float64{}, 0.0
	var strongest, miss float64 = 0, 1
	for _, r := range reasons {
		if r.Supports {
			support = max(support, r.Strength)
			continue
		}
		family := familyOf(r.Rule)
		against[family] = max(against[family], r.Strength)
		if family == "cue" {
			continue
		}
		strongest = max(strongest, r.Strength)
		miss *= 1 - r.Strength
	}
	var terms []Term
	for _, f := range [...]string{"action", "scale", "other", "cue"} {
		terms = append(terms, Term{Name: "finds_" + f, Value: against[f]})
	}
	return append(terms, Term{Name: "finds", Value: strongest}, Term{Name: "finds_all", Value: 1 - miss}, Term{Name: "supports", Value: support},
		Term{Name: "supports_alone", Value: support * flag01(strongest == 0)})
}

func familyOf(rule string) string {
	switch {
	case strings.HasPrefix(rule, cuePrefix):
		return "cue"
	case rule == ruleDenied:
		return "action"
	case rule == ruleOpposite, rule == ruleExceeds, rule == ruleUnsure, strings.HasPrefix(rule, "ECHELLE-"):
		return "scale"
	}
	return "other"
}

// overlapOf is how much of the claim's words the record has, and how much of the record's the
// claim has.
func overlapOf(claim, record *Assertion) (cover, back float64) {
	x, y := contentStems(claim), contentStems(record)
	return shareIn(x, y), shareIn(y, x)
}

func shareIn(list, other []string) float64 {
	known := make(map[string]bool, len(other))
	for _, s := range other {
		known[s] = true
	}
	n := 0
	for _, s := range list {
		if known[s] {
			n++
		}
	}
	return share(float64(n), float64(len(list)))
}

func contentStems(a *Assertion) []string {
	list := make([]string, 0, len(a.Terms))
	for _, t := range a.Terms {
		if !t.Stop {
			list = append(list, t.Stem)
		}
	}
	return list
}

func denialsOf(a *Assertion) int {
	n := 0
	for _, d := range a.Sentence.Negations {
		if d.Kind.Denies() {
			n++
		}
	}
	return n
}

// turnedWords is the share of the claim's words that the record has with the other polarity.
func turnedWords(claim, record *Assertion) float64 {
	const plain, denied = 1, 2
	sign := func(negated bool) int {
		if negated {
			return denied
		}
		return plain
	}
	other := map[string]int{}
	for _, t := range record.Sentence.Tokens {
		if carriesTheme(t) {
			other[t.Stem] |= sign(t.Negated)
		}
	}
	n, turned := 0, 0
	for _, t := range claim.Sentence.Tokens {
		if carriesTheme(t) {
			n++
			if has := other[t.Stem]; has != 0 && has&sign(t.Negated) == 0 {
				turned++
			}
		}
	}
	return share(float64(turned), float64(n))
}

// refutations says whether the text takes something back.
func refutations(a *Assertion) bool {
	words := frameWords().refutes
	for _, t := range a.Sentence.Tokens {
		if words[t.Lemma] {
			return true
		}
	}
	return false
}

// newNames is the share of the claim's names that the record does not have, and of those
// that it has, among all words.
func newNames(claim, record *Assertion) (fresh, shared float64) {
	known := map[string]bool{}
	for _, t := range record.Terms {
		known[t.Stem] = true
	}
	var n, missing int
	for i, t := range claim.Sentence.Tokens {
		if carriesTheme(t) && isNameToken(&claim.Sentence, i) {
			n++
			if !known[t.Stem] && !known[french.Stem(t.Text)] {
				missing++
			}
		}
	}
	if n == 0 {
		return 0, 0
	}
	return float64(missing) / float64(n), float64(n-missing) / float64(n)
}

// newFigures says whether both tell figures and the claim has one that the record lacks.
func newFigures(claim, record *Assertion) float64 {
	if len(record.Figures) == 0 {
		return 0
	}
	for _, f := range claim.Figures {
		if !slices.ContainsFunc(record.Figures, func(g french.Figure) bool { return g.Value == f.Value }) {
			return 1
		}
	}
	return 0
}

// butNot reads « mais non », « et non », « pas … mais ».
func butNot(a *Assertion) bool {
	tokens := a.Sentence.Tokens
	for i := range tokens {
		switch tokens[i].Text {
		case "non":
			if i > 0 && (tokens[i-1].Text == "et" || tokens[i-1].Text == "mais") && (i+1 >= len(tokens) || tokens[i+1].Text != "seulement") {
				return true
			}
		case "mais":
			for k := i - 1; k >= 0 && k > i-12; k-- {
				if tokens[k].Text == "pas" {
					return true
				}
			}
		}
	}
	return false
}

func flag01(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

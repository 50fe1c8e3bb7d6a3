package french

import (
	"strconv"
	"strings"
)

// share is how much of a set a word tells.
type share struct {
	kind      QuantifierKind
	low, high float64
}

// shares are the words that tell a share before « de » or a noun, folded.
var shares = map[string]share{
	"aucun": {None, 0, 0}, "aucune": {None, 0, 0}, "nul": {None, 0, 0}, "nulle": {None, 0, 0},
	"certaines": {Some, 0, 1}, "certains": {Some, 0, 1}, "chacun": {Every, 1, 1}, "chacune": {Every, 1, 1},
	"chaque": {Every, 1, 1}, "divers": {Some, 0, 1}, "diverses": {Some, 0, 1}, "ensemble": {All, 1, 1},
	"essentiel": {Most, 0.5, 1}, "integralite": {All, 1, 1}, "majorite": {Most, 0.5, 1}, "minorite": {Few, 0, 0.5},
	"moitie": {Half, 0.5, 0.5}, "partie": {Some, 0, 1}, "peu": {Few, 0, 0.5}, "plupart": {Most, 0.5, 1},
	"plusieurs": {Some, 0, 1}, "poignee": {Few, 0, 0.5}, "quart": {Fraction, 0.25, 0.25}, "quasi-totalite": {Most, 0.9, 1},
	"quelques": {Some, 0, 1}, "rares": {Few, 0, 0.5}, "tiers": {Fraction, 1.0 / 3, 1.0 / 3}, "totalite": {All, 1, 1},
	"tous": {All, 1, 1}, "tout": {All, 1, 1}, "toute": {Every, 1, 1}, "toutes": {All, 1, 1}, "quarts": {Fraction, 0.25, 0.25},
	"personne": {None, 0, 0}, "rien": {None, 0, 0}, "unanimite": {All, 1, 1}, "certain": {Some, 0, 1},
}

// nounShares need « de » after them to tell a share.
var nounShares = wordSet("ensemble essentiel integralite majorite minorite moitie partie plupart poignee quart quarts quasi-totalite tiers totalite")

// quantifiers finds the shares that the sentence tells.
func (r *analysis) quantifiers() {
	for i := 0; i < len(r.words); i++ {
		q, ok := r.shareAt(i)
		if !ok {
			q, ok = r.onlyAt(i)
		}
		if !ok {
			q, ok = r.percentAt(i)
		}
		if ok {
			r.Quantifiers = append(r.Quantifiers, q)
		}
	}
	for _, n := range r.Negations {
		if n.Kind == Restricts {
			r.Quantifiers = append(r.Quantifiers, Quantifier{Span: n.Cues[len(n.Cues)-1], Kind: Only, High: 1, Scope: n.Scope, Head: r.headIn(n.Scope)})
		}
	}
}

func (r *analysis) headIn(s Span) int {
	for i, t := range r.Tokens {
		if s.Contains(t.Span) && (t.POS == Noun || t.POS == ProperNoun || t.POS == Numeral && i == len(r.Tokens)-1) {
			return i
		}
	}
	return -1
}

func (r *analysis) shareAt(i int) (Quantifier, bool) {
	w := r.text(i)
	if w == "un" || w == "une" {
		return r.notOneAt(i)
	}
	s, ok := shares[w]
	if !ok {
		return Quantifier{}, false
	}
	first, j := i, i+1
	switch {
	case w == "unanimite":
		return Quantifier{}, false
	case nounShares[w]:
		if next := r.text(j); next != "de" && next != "des" && next != "du" && next != "d'" || r.text(i-1) == "en" {
			if w != "moitie" && w != "plupart" && w != "majorite" || next == "plus" {
				return Quantifier{}, false
			}
		}
		if r.tag(i-1) == tagDet || r.tag(i-1) == tagNumber || r.tag(i-1) == tagAdj {
			first--
		}
		s, first = r.scaled(i, first, s)
	case w == "tout" && (r.tag(i) == tagAdv || r.tag(j) != tagDet && r.tag(j) != tagNoun && r.tag(j) != tagAdj), w == "toute" && r.tag(i) == tagAdv:
		return Quantifier{}, false
	case w == "tout" && r.tag(j) != tagDet:
		s = share{Every, 1, 1}
	case w == "toute" && r.tag(j) == tagDet:
		s = share{All, 1, 1}
	case w == "certain" && (r.text(i+1) != "nombre" || r.text(i-1) != "un"):
		return Quantifier{}, false
	case w == "certain":
		first, j = i-1, i+2
	case w == "personne" && r.tag(i) != tagPron, w == "rien" && r.tag(i) != tagPron:
		return Quantifier{}, false
	case w == "peu" && r.text(j) != "de" && r.text(j) != "d'", w == "rares" && r.tag(j) != tagNoun:
		return Quantifier{}, false
	case (w == "certains" || w == "certaines") && r.tag(i) == tagAdj && r.tag(i-1) != tagMark && i > 0 && r.tag(i-1) != tagPrep:
		return Quantifier{}, false
	}
	q := Quantifier{Span: r.span(first, i), Kind: s.kind, Low: s.low, High: s.high, Head: -1}
	q = r.notAll(q, first, i)
	return r.quantified(q, i, j), true
}

// notOneAt reads « pas un lycée ne … », « pas une seule école », « n'a pas touché à une seule subvention ».
func (r *analysis) notOneAt(i int) (Quantifier, bool) {
	single := r.text(i+1) == "seul" || r.text(i+1) == "seule"
	first, opens := i, r.text(i-1) == "pas" && (i < 2 || r.tag(i-2) == tagMark)
	switch {
	case r.text(i-1) == "pas" && (single || opens):
		first--
	case single && r.deniedBefore(i):
	default:
		return Quantifier{}, false
	}
	q, j := Quantifier{Span: r.span(first, i), Kind: None, Head: -1}, i+1
	if single {
		q.Span, j = r.span(first, i+1), i+2
	}
	if len(r.nounScope(j)) == 0 {
		return Quantifier{}, false
	}
	return r.quantified(q, i, j), true
}

// deniedBefore says whether the clause of a token is denied by words before it.
func (r *analysis) deniedBefore(i int) bool {
	n := r.Clauses[r.Tokens[i].Clause].Negation
	return n >= 0 && r.Negations[n].Kind == DeniesClause && len(r.Negations[n].Cues) > 0 && r.Negations[n].Cues[0].Start < r.Tokens[i].Start
}

// scaled reads « deux tiers », « plus de la moitié », « moins de la moitié ».
func (r *analysis) scaled(i, first int, s share) (share, int) {
	if r.tag(first) == tagNumber && first < i {
		if n := smallNumbers[r.text(first)]; n > 0 && s.kind == Fraction {
			s.low, s.high = s.low*n, s.high*n
		}
		if r.tag(first-1) == tagDet {
			first--
		}
	}
	if s.kind == Half || s.kind == Fraction || s.kind == Most {
		of := first - 1
		if r.text(of) == "de" || r.text(of) == "d'" {
			switch r.text(of - 1) {
			case "plus":
				s, first = share{s.kind, s.low, 1}, of-1
				if s.low >= 0.5 {
					s.kind = Most
				}
			case "moins":
				s, first = share{Few, 0, s.high}, of-1
			case "pres":
				s, first = share{s.kind, s.low * 0.8, s.high}, of-1
			}
		} else if r.text(of) == "moins" && r.text(of-1) == "au" {
			s, first = share{s.kind, s.low, 1}, of-1
			if s.low >= 0.5 {
				s.kind = Most
			}
		}
	}
	return s, first
}

var smallNumbers = map[string]float64{"deux": 2, "trois": 3, "quatre": 4, "2": 2, "3": 3}

// notAll reads « pas tous » and « tous … ne … pas », which in French deny the whole alone.
func (r *analysis) notAll(q Quantifier, first, i int) Quantifier {
	if q.Kind != All && q.Kind != Every {
		return q
	}
	denied := r.text(first-1) == "pas" || r.text(first-1) == "plus" && r.tag(first-1) == tagPas
	if c := r.Tokens[i].Clause; !denied && r.links[c].group >= 0 && q.Kind == All {
		v := r.groups[r.links[c].group]
		if n := r.Clauses[c].Negation; n >= 0 && r.Negations[n].Kind == DeniesClause && i < v.first && v.ne >= 0 {
			denied = true
		}
		if n := r.Clauses[c].Negation; n >= 0 && r.Negations[n].Kind == DeniesClause && i > v.verb && i < v.head {
			denied = r.text(i-1) == "pas"
		}
	}
	if denied {
		q.Kind, q.Low, q.High = NotAll, 0, 1
	}
	return q
}

// quantified finds the set: the noun group after, or the subject when the word floats.
func (r *analysis) quantified(q Quantifier, i, j int) Quantifier {
	for r.text(j) == "de" || r.text(j) == "d'" || r.text(j) == "des" || r.text(j) == "du" || r.text(j) == "entre" {
		j++
	}
	scope := r.nounScope(j)
	if len(scope) == 0 || r.words[i].group >= 0 && r.groups[r.words[i].group].head != i || r.tag(j) == tagPrep {
		c := r.Clauses[r.Tokens[i].Clause]
		q.Scope, q.Head = c.Subject, c.SubjectHead
		return q
	}
	q.Scope = r.span(scope[0], scope[len(scope)-1])
	q.Head = r.firstNoun(scope)
	return q
}

// onlyAt reads « seul le maire », « seulement », « uniquement ».
func (r *analysis) onlyAt(i int) (Quantifier, bool) {
	switch r.text(i) {
	case "seul", "seule", "seuls", "seules":
		if r.tag(i-1) == tagDet && r.tag(i-1) != tagEdge && (r.text(i-2) == "pas" || r.text(i-1) == "un" || r.text(i-1) == "une") {
			return Quantifier{}, false
		}
	case "seulement", "uniquement", "exclusivement":
		if w := r.text(i - 1); w == "non" || w == "pas" {
			return Quantifier{}, false
		}
	default:
		return Quantifier{}, false
	}
	q := Quantifier{Span: r.Tokens[i].Span, Kind: Only, High: 1, Head: -1}
	j := i + 1
	for r.tag(j) == tagPrep || r.tag(j) == tagContracted {
		j++
	}
	scope := r.nounScope(j)
	if len(scope) > 0 {
		q.Scope, q.Head = r.span(scope[0], scope[len(scope)-1]), r.firstNoun(scope)
	}
	return q, true
}

// percentAt reads « 30 % des agents » and « 38 agents sur 112 ».
func (r *analysis) percentAt(i int) (Quantifier, bool) {
	if r.tag(i) != tagNumber {
		return Quantifier{}, false
	}
	n, ok := plainNumber(r.text(i))
	if !ok {
		return Quantifier{}, false
	}
	if r.text(i+1) == "%" || r.text(i+1) == "pour" && (r.text(i+2) == "cent" || r.text(i+2) == "100") {
		j := i + 2
		if r.text(i+1) == "pour" {
			j++
		}
		if w := r.text(j); w != "de" && w != "des" && w != "du" && w != "d'" || n > 100 {
			return Quantifier{}, false
		}
		q := Quantifier{Span: r.span(i, j-1), Kind: Fraction, Low: n / 100, High: n / 100, Head: -1}
		switch n {
		case 100:
			q.Kind = All
		case 0:
			q.Kind = None
		}
		return r.quantified(q, i, j), true
	}
	for j := i + 1; j <= i+4; j++ {
		if r.text(j) == "sur" && r.tag(j+1) == tagNumber {
			m, ok := plainNumber(r.text(j + 1))
			if !ok || m < n || m == 0 || r.tag(j+2) == tagMark && r.text(j+2) == "%" {
				return Quantifier{}, false
			}
			q := Quantifier{Span: r.span(i, j+1), Kind: Fraction, Low: n / m, High: n / m, Head: -1}
			if n == m {
				q.Kind = All
			}
			for k := i + 1; k < j; k++ {
				if r.tag(k) == tagNoun {
					q.Head, q.Scope = k, r.Tokens[k].Span
				}
			}
			if q.Head < 0 {
				return r.quantified(q, i, j+2), true
			}
			return q, true
		}
		if r.tag(j) != tagNoun && r.tag(j) != tagAdj && r.tag(j) != tagPast {
			break
		}
	}
	return Quantifier{}, false
}

// plainNumber reads digits with a decimal comma, and the small numbers in letters.
func plainNumber(s string) (float64, bool) {
	if n, ok := smallNumbers[s]; ok {
		return n, true
	}
	n, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	return n, err == nil && n >= 0 && n < 1e12
}

package french

import (
	"math"
	"strings"
)

// pairUp joins the last figure with one that follows it at lexeme i in an interval
// (« entre 10 et 20 euros », « 3,60 à 3,80 euros », « deux ou trois ») or a change
// (« passe de 74 à 96 M€ »), and returns where to read on.
func (s *figureScan) pairUp(i int) int {
	f := &s.list[len(s.list)-1]
	if f.Ratio && f.Denominator > 0 || f.Multiplier != 0 || f.Ordinal {
		return i
	}
	joint := s.word(i)
	lead := s.word(f.from - 1)
	switch joint {
	case "a", "et", "ou", "-", "–":
	default:
		return i
	}
	if joint == "et" && lead != "entre" || s.notAFigure(i+1) > i+1 {
		return i
	}
	g, ok := s.figureAt(i + 1)
	if !ok || g.Ordinal || g.Ratio != f.Ratio || f.Unit != "" && g.Unit != f.Unit {
		return i
	}
	if (joint == "-" || joint == "–") && g.Unit == "" || joint == "ou" && (g.Value <= f.Value || g.Value > 3*f.Value+2 || f.Unit != "" && g.Unit == "") {
		return i
	}
	s.share(f, &g)
	if joint == "a" && (lead == "de" || lead == "d'" || lead == "des" || lead == "du") && s.changes(f.from-2) {
		f.Side, g.Side = Before, After
		f.Peer, g.Peer = len(s.list), len(s.list)-1
		if g.Value > f.Value {
			g.Direction = 1
		} else if g.Value < f.Value {
			g.Direction = -1
		}
		f.Direction = g.Direction
		s.list = append(s.list, g)
		return g.to
	}
	if g.Value < f.Value || joint == "a" && f.Unit == "" && g.Unit == "" && lead != "de" && lead != "des" && lead != "d'" && !s.counts(g) {
		return i
	}
	f.High = g.High
	f.Value = (f.Low + f.High) / 2
	f.Bound, f.Unit, f.Tax, f.Per = Between, g.Unit, g.Tax, g.Per
	s.extend(f, g.to)
	return g.to
}

// share gives the first of two figures the unit and the scale that are told once, behind
// the second: « de 74 à 96 M€ ».
func (s *figureScan) share(f, g *Figure) {
	if f.Unit == "" && f.scale <= 1 && g.scale > 1 && f.Value*g.scale < 100*g.Value && f.Value < g.scale {
		f.times(g.scale)
	}
	if k := elidedScale(f, g); k > 1 {
		f.times(k)
	}
	if f.Unit == "" {
		f.Unit, f.Tax, f.Per = g.Unit, g.Tax, g.Per
	}
	// « de 6,42 millions de trains à 6,22 »: told with the first alone.
	if g.Unit == "" && g.scale <= 1 && f.scale > 1 && g.Value < 1000 {
		g.times(f.scale)
		g.Unit = f.Unit
	}
}

// elidedScale is what the first of two numbers leaves to the second: « 3 à 4 000 », « trois à quatre cents ».
// In digits, « 3 à 400 » says what it says.
func elidedScale(f, g *Figure) float64 {
	for _, k := range []float64{1000, 100} {
		if f.Unit == "" && f.scale <= 1 && g.scale <= 1 && (k == 1000 || g.InWords) && f.Value < k && math.Mod(g.Value, k) == 0 && f.Value*k < g.Value && f.Value*k*3 >= g.Value {
			return k
		}
	}
	return 1
}

// counts says that something is counted behind a figure: « 10 à 15 agents », and not « 3 à 1 » or « 12 à 8
// voix ».
func (s *figureScan) counts(f Figure) bool {
	w := s.word(f.to)
	if f.to >= len(s.lx) || s.lx[f.to].kind != wordLexeme || len(w) < 3 || w == "voix" || w == "contre" || monthNumber(w) > 0 {
		return false
	}
	return strings.HasSuffix(w, "s") || strings.HasSuffix(w, "x")
}

// changes looks for a verb of change in the few words up to lexeme i.
func (s *figureScan) changes(i int) bool {
	for k := i; k >= 0 && k > i-9; k-- {
		w := s.word(k)
		if w == "." || w == ";" || w == "entre" {
			return false
		}
		for _, stem := range changeVerbs {
			if strings.HasPrefix(w, stem) && len(w) <= len(stem)+6 {
				return true
			}
		}
	}
	return false
}

// complete adds what stands around each figure.
func (s *figureScan) complete() {
	for i := range s.list {
		f := &s.list[i]
		s.bound(f)
		if f.Multiplier == 0 {
			s.noun(f)
			s.lookBack(f)
		}
		s.credit(f)
	}
	s.linkDistantChanges()
	s.basedOn()
}

// linkDistantChanges links « passe de 6,42 millions de trains-kilomètres en 2024 à 6,22
// millions »: the two figures are apart.
func (s *figureScan) linkDistantChanges() {
	for i := 0; i+1 < len(s.list); i++ {
		f, g := &s.list[i], &s.list[i+1]
		if f.Peer >= 0 || g.Peer >= 0 || f.Ordinal || g.Ordinal || s.word(f.from-1) != "de" || s.word(g.from-1) != "a" || g.from-f.to > 12 {
			continue
		}
		if !s.changes(f.from-2) || f.Unit != "" && g.Unit != "" && f.Unit != g.Unit || f.Unit == "" && g.Unit != "" {
			continue
		}
		s.share(f, g)
		f.Side, g.Side, f.Peer, g.Peer = Before, After, i+1, i
		switch {
		case g.Value > f.Value:
			f.Direction, g.Direction = 1, 1
		case g.Value < f.Value:
			f.Direction, g.Direction = -1, -1
		}
		if g.Noun == "" {
			g.Noun, g.NounSpan = f.Noun, f.NounSpan
		}
	}
}

// basedOn gives « Sur les vingt rames commandées, douze sont là » its denominator.
func (s *figureScan) basedOn() {
	for i := range s.list {
		base := s.list[i]
		if base.Unit != "" || base.Ratio || base.Ordinal || base.Bound != Exact {
			continue
		}
		k := base.from - 1
		switch s.word(k) {
		case "les", "nos", "ses", "ces", "leurs":
			k--
		}
		if s.word(k) != "sur" && s.word(k) != "parmi" || k > 0 && s.lx[k-1].kind == wordLexeme && s.word(k-1) != "que" && s.word(k-1) != "mais" && s.word(k-1) != "et" {
			continue
		}
		for j := i + 1; j < len(s.list) && j <= i+3; j++ {
			f := &s.list[j]
			if s.endsBetween(base.to, f.from) {
				break
			}
			if f.Unit == "" && !f.Ratio && !f.Ordinal && f.Value <= base.Value && f.Denominator == 0 {
				f.Numerator, f.Denominator = f.Value, base.Value
				if f.Noun == "" {
					f.Noun, f.NounSpan = base.Noun, base.NounSpan
				}
			}
		}
	}
}

func (s *figureScan) endsBetween(i, j int) bool {
	for k := i; k < j; k++ {
		if w := s.word(k); w == "." && !s.glued(k+1) || w == ";" || w == "?" || w == "!" {
			return true
		}
	}
	return false
}

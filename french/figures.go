package french

import (
	"math"
	"strings"
)

// Bound says how a figure limits what it counts.
type Bound uint8

// Bounds of a figure.
const (
	Exact    Bound = iota
	About          // « près de », « environ », « une centaine »
	AtLeast        // « au moins », « minimum »
	AtMost         // « au plus », « jusqu'à », « maximum »
	MoreThan       // « plus de »
	LessThan       // « moins de »
	Between        // « de 3,60 à 3,80 euros »
)

// Side is the place of a figure in a change « passe de A à B ».
type Side uint8

// Sides of a change.
const (
	NoSide Side = iota
	Before
	After
)

// Figure is one number of a text with what it counts.
type Figure struct {
	Span                // the number and its unit
	Value       float64 // for an interval: its middle
	Low, High   float64 // what the words allow: +Inf where open, equal to Value when exact
	Unit        string  // "EUR", "%", "ETP", "an", "mois", "semaine", "jour", "heure", "minute", "seconde", "km", "m", "m²", "ha", "voix", "point"…; "" for a plain count
	Per         string  // « par mois », "an"; "" when none
	Noun        string  // what is counted, as written: « postes d'agents »
	NounSpan    Span
	Bound       Bound
	BoundSpan   Span    // of the cue; zero when none
	Target      bool    // an aim or a forecast: « objectif de », « prévisionnel »
	Tax         string  // "HT", "TTC" or ""
	Credit      string  // "AE", "CP", "AP" or ""
	Ratio       bool    // « 38 sur 112 », « un tiers », « la moitié », « 38/112 »: Value is the share from 0 to 1
	Numerator   float64 // of a ratio told with both numbers; also for « sur les vingt rames, douze »
	Denominator float64
	Multiplier  float64 // « doublé » 2, « divisé par deux » 0.5; 0 when none
	Ordinal     bool    // « deuxième », « 1er »
	Side        Side    // of a change « passe de A à B »
	Peer        int     // index in the list of the other side; -1 when none
	Direction   int     // +1 for « hausse de », -1 for « baisse de », 0 unsaid
	InWords     bool    // written in words

	from, to int // lexemes
	scale    float64
}

// Share is the figure as a part of a whole, from 0 up; false when it is none.
func (f Figure) Share() (float64, bool) {
	switch {
	case f.Ratio:
		return f.Value, true
	case f.Unit == "%":
		return f.Value / 100, true
	case f.Denominator > 0:
		return f.Numerator / f.Denominator, true
	}
	return 0, false
}

// Figures returns the numbers of text, in order of their spans. Days, hours, years and
// the numbers of articles, reports and pages are left out, and what its speaker takes back.
func Figures(text string) []Figure {
	s := figureScan{reader: newReader(text)}
	for i := 0; i < len(s.lx); {
		if j := s.notAFigure(i); j > i {
			i = j
			continue
		}
		f, ok := s.figureAt(i)
		if !ok {
			i++
			continue
		}
		s.correct(&f)
		s.list = append(s.list, f)
		i = max(f.to, i+1)
		i = s.pairUp(i)
	}
	s.complete()
	return s.list
}

// correct drops the figure before one that takes its place, and gives that one the unit which is told once:
// « 12, pardon, 14 lycées ».
func (s *figureScan) correct(f *Figure) {
	if len(s.list) == 0 {
		return
	}
	old := s.list[len(s.list)-1]
	if f.Start-old.End > longestTakenBack || old.Peer >= 0 || old.Ordinal != f.Ordinal || old.Ratio != f.Ratio || old.Unit != "" && f.Unit != "" && old.Unit != f.Unit || !corrects(Fold(s.src[old.End:f.Start])) {
		return
	}
	if f.Unit == "" {
		f.Unit, f.Tax, f.Per = old.Unit, old.Tax, old.Per
		if old.scale > 1 && f.scale <= 1 && f.Value < old.scale {
			f.times(old.scale)
		}
	}
	s.list = s.list[:len(s.list)-1]
}

type figureScan struct {
	*reader
	list []Figure
}

// figureAt reads a figure that begins at lexeme i, with its unit but without its context.
func (s *figureScan) figureAt(i int) (Figure, bool) {
	for _, read := range []func(int) (Figure, bool){s.currencyFirst, s.fraction, s.multiplier, s.ordinal, s.half} {
		if f, ok := read(i); ok {
			return f, true
		}
	}
	n, ok := s.number(i)
	if !ok {
		return Figure{}, false
	}
	f := s.newFigure(n.from, n.to, n.value)
	f.InWords, f.scale = n.inWords, n.scale
	switch {
	case n.many:
		f.Bound, f.Low, f.High = About, f.Value*2/3, f.Value*3
	case n.about:
		f.Bound, f.Low, f.High = About, f.Value*0.85, f.Value*1.15
	}
	s.readUnit(&f)
	if n.article && !s.articleCounts(f) || s.word(i) == "neuf" && !s.nineCounts(f) {
		return Figure{}, false
	}
	if s.isYear(f) {
		return Figure{}, false
	}
	s.readRatio(&f)
	return f, true
}

func (s *figureScan) newFigure(from, to int, value float64) Figure {
	return Figure{Span: s.span(from, to), Value: value, Low: value, High: value, Peer: -1, from: from, to: to}
}

// extend moves the end of f to lexeme j.
func (s *figureScan) extend(f *Figure, j int) {
	f.to = j
	f.Span = s.span(f.from, j)
}

func (f *Figure) times(scale float64) {
	f.Value, f.Low, f.High = f.Value*scale, f.Low*scale, f.High*scale
}

// readUnit reads « d'euros », « M€ HT », « % », « jours » behind the number.
func (s *figureScan) readUnit(f *Figure) {
	i := f.to
	if s.is(i, "d'") || s.is(i, "de") {
		if u, j := s.unitAt(i + 1); j > 0 && (f.scale >= 1e6 || f.Bound == About) {
			s.setUnit(f, u, j)
		}
	} else if u, j := s.unitAt(i); j > 0 {
		s.setUnit(f, u, j)
	}
	if (s.is(f.to, "et", "demi") || s.is(f.to, "et", "demie")) && f.Unit != "" {
		f.Value += 0.5
		f.Low, f.High = f.Low+0.5, f.High+0.5
		s.extend(f, f.to+2)
	}
	s.centimes(f)
	s.readTax(f)
	s.readPer(f)
}

func (s *figureScan) setUnit(f *Figure, u unit, j int) {
	f.Unit = u.name
	f.times(u.scale)
	f.scale = max(f.scale, u.scale)
	s.extend(f, j)
}

// unitAt returns the longest unit at i and the lexeme after it; 0 when there is none.
func (s *figureScan) unitAt(i int) (unit, int) {
	for n := unitWordsMost; n > 0; n-- {
		if i+n > len(s.lx) {
			continue
		}
		u, ok := units[s.joined(i, i+n)]
		if !ok || !s.unitFits(i, i+n) {
			continue
		}
		return u, i + n
	}
	return unit{}, 0
}

func (r *reader) joined(i, j int) string {
	words := make([]string, 0, j-i)
	for k := i; k < j; k++ {
		words = append(words, r.lx[k].text)
	}
	return strings.Join(words, " ")
}

// unitFits refuses letters that are words of their own: « 12 l'ont », « 3 s'opposent »,
// and « M » for metre.
func (s *figureScan) unitFits(i, j int) bool {
	raw := s.lx[i].In(s.src)
	switch raw {
	case "'", "’", "′", "\"", "″":
		return s.glued(i) && (j == len(s.lx) || !s.glued(j))
	case "M", "K", "k", "Md", "Mds":
		return j > i+1
	case "m", "s", "j", "g", "l", "h", "t":
		return !(j < len(s.lx) && (s.word(j) == "'" || s.word(j) == "." && s.glued(j) && s.glued(j+1)))
	case "livres":
		return !s.is(j, "scolaires") && !s.is(j, "ont")
	}
	return true
}

// currencyFirst reads « EUR29,99 », « $10k », « £9 ».
func (s *figureScan) currencyFirst(i int) (Figure, bool) {
	switch s.word(i) {
	case "$", "£", "€", "eur", "usd", "gbp":
	default:
		return Figure{}, false
	}
	if !s.glued(i+1) && s.word(i) != "eur" && s.word(i) != "usd" || !s.digits(i+1) {
		return Figure{}, false
	}
	n, ok := s.number(i + 1)
	if !ok {
		return Figure{}, false
	}
	f := s.newFigure(i, n.to, n.value)
	f.Unit = units[s.word(i)].name
	return f, true
}

// centimes adds « et 23 centimes ».
func (s *figureScan) centimes(f *Figure) {
	if f.Unit != "EUR" && f.Unit != "USD" {
		return
	}
	i := f.to
	if s.word(i) == "et" {
		i++
	}
	n, ok := s.number(i)
	end := n.to
	switch {
	case !ok:
		return
	case strings.HasPrefix(s.word(n.to), "centime"):
		end++
	case i != f.to || n.value < 10 || n.value > 99 || n.value != math.Trunc(n.value) || f.Value > 1000 || !s.pauses(n.to):
		return // « onze euros vingt », but « deux euros vingt fois par an »
	}
	f.Value += n.value / 100
	f.Low, f.High = f.Value, f.Value
	s.extend(f, end)
}

// pauses says whether no noun begins at a lexeme: the text ends, or a sign or a little word follows.
func (s *figureScan) pauses(i int) bool {
	w := s.word(i)
	return i >= len(s.lx) || s.lx[i].kind != wordLexeme || stopWords[w] && w != "fois"
}

func (s *figureScan) readTax(f *Figure) {
	i := f.to
	if s.word(i) == "," || s.word(i) == "(" {
		i++
	}
	switch {
	case s.is(i, "ht"):
		f.Tax, i = "HT", i+1
	case s.is(i, "ttc"):
		f.Tax, i = "TTC", i+1
	case s.is(i, "hors", "taxes"), s.is(i, "hors", "taxe"), s.is(i, "hors", "tva"):
		f.Tax, i = "HT", i+2
	case s.is(i, "h", ".", "t"):
		f.Tax, i = "HT", i+3
	case s.is(i, "toutes", "taxes", "comprises"):
		f.Tax, i = "TTC", i+3
	case s.is(i, "t", ".", "t", ".", "c"):
		f.Tax, i = "TTC", i+5
	default:
		return
	}
	if i > f.to {
		s.extend(f, i)
	}
}

func (s *figureScan) readPer(f *Figure) {
	if f.Unit == "" {
		return
	}
	if w := s.word(f.to); w == "par" || w == "/" {
		if s.lx[f.to+0].kind == wordLexeme || s.glued(f.to) {
			f.Per = s.word(f.to + 1)
		}
	}
	switch s.word(f.to) {
	case "annuel", "annuels", "annuelle", "annuelles":
		f.Per = "an"
	case "mensuel", "mensuels":
		f.Per = "mois"
	}
}

// isYear: a bare number from 1900 to 2099 counts nothing unless a unit says so.
func (s *figureScan) isYear(f Figure) bool {
	if f.Unit != "" || f.Value < 1900 || f.Value > 2099 || f.Value != math.Trunc(f.Value) || f.from == 0 && f.to == len(s.lx) {
		return false
	}
	if f.InWords {
		return monthNumber(s.word(f.from-1)) > 0
	}
	return f.to == f.from+1
}

// articleCounts: « un » and « une » count when a unit, « sur » or « seul » follows, or alone.
func (s *figureScan) articleCounts(f Figure) bool {
	if f.Unit != "" {
		return f.Unit != "point" && f.Unit != "jour" && f.Unit != "heure" && f.Unit != "voix" || s.word(f.from-1) != "d'"
	}
	if len(s.lx) == 1 {
		return true
	}
	if s.word(f.to) == "seul" || s.word(f.to) == "seule" || s.word(f.to) == "sur" {
		return true
	}
	for k := f.to + 1; k < f.to+4; k++ { // « un agent sur deux »
		if s.word(k) == "sur" {
			n, ok := s.number(k + 1)
			return ok && !n.article
		}
	}
	return false
}

// nineCounts: « neuf » is also « new », and then no plural or unit follows.
func (s *figureScan) nineCounts(f Figure) bool {
	if f.Unit != "" || f.to > f.from+1 || len(s.lx) == 1 || s.word(f.to) == "sur" || f.from == 0 {
		return true
	}
	next := s.word(f.to)
	return strings.HasSuffix(next, "s") || strings.HasSuffix(next, "x") || next == "etaient" || next == "avaient" || next == "ont" || next == "sont"
}

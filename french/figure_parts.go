package french

import "strings"

// fraction reads « la moitié », « deux tiers », « le quart », « quatre cinquièmes ».
func (s *figureScan) fraction(i int) (Figure, bool) {
	count, j := 1.0, i
	switch s.word(i) {
	case "la", "le", "du", "un", "l'":
		j++
	case "une":
		j++
	case "moitie":
	default:
		n, ok := s.number(i)
		if !ok || n.value < 2 || n.value > 99 {
			return Figure{}, false
		}
		count, j = n.value, n.to
	}
	share, ok := fractions[s.word(j)]
	if !ok || s.word(j+1) == "-" && s.glued(j+1) {
		return Figure{}, false
	}
	if s.is(j+1, "d'", "heure") || s.is(j+1, "d'", "heures") {
		return Figure{}, false
	}
	sure := s.word(j) == "moitie" || s.word(j) == "tiers" || strings.HasPrefix(s.word(j), "quart")
	of := s.word(j + 1)
	partOf := of == "de" || of == "des" || of == "du" || of == "d'" || of == "seulement"
	if !sure && (count == 1 && (s.word(i) != "un" || !partOf)) {
		return Figure{}, false // « le cinquième rapport » is an ordinal
	}
	if s.word(j) == "tiers" && count == 1 && s.word(i) != "un" && s.word(i) != "le" && s.word(i) != "du" {
		return Figure{}, false
	}
	f := s.newFigure(i, j+1, count*share)
	if s.word(i) == "la" || s.word(i) == "le" || s.word(i) == "du" || s.word(i) == "l'" {
		f.from = i + 1
		f.Span = s.span(i+1, j+1)
	}
	f.Ratio, f.InWords = true, true
	return f, true
}

// multiplier reads « doublé », « multiplié par trois », « divisé par deux », « réduit de
// moitié », « deux fois plus ».
func (s *figureScan) multiplier(i int) (Figure, bool) {
	w := s.word(i)
	for stem, m := range multipliers {
		if strings.HasPrefix(w, stem) && s.isMultiplying(i, stem) {
			return s.multiplying(i, i+1, m), true
		}
	}
	if (strings.HasPrefix(w, "multipli") || strings.HasPrefix(w, "divis")) && s.word(i+1) == "par" {
		if n, ok := s.number(i + 2); ok && n.value > 0 {
			m := n.value
			if w[0] == 'd' {
				m = 1 / m
			}
			return s.multiplying(i, n.to, m), true
		}
	}
	if n, ok := s.number(i); ok && s.word(n.to) == "fois" && n.value > 0 {
		switch s.word(n.to + 1) {
		case "plus":
			return s.multiplying(i, n.to+2, n.value), true
		case "moins":
			return s.multiplying(i, n.to+2, 1/n.value), true
		}
	}
	return Figure{}, false
}

// isMultiplying tells the verb from « doublon », « le double vitrage », « en double ».
func (s *figureScan) isMultiplying(i int, stem string) bool {
	switch ending := s.word(i)[len(stem):]; ending {
	case "e", "ent":
		prev := s.word(i - 1)
		if raw := s.lx[i].In(s.src); strings.HasSuffix(Lower(raw), "é") {
			return true
		}
		next := s.word(i + 1)
		return prev == "a" || prev == "le" && (next == "de" || next == "des" || next == "du") || prev == "et" || prev == "va" || ending == "ent"
	case "er", "ees", "es", "ee", "era", "eront", "ait", "aient", "ant", "ement":
		return true
	}
	return false
}

func (s *figureScan) multiplying(i, j int, m float64) Figure {
	f := s.newFigure(i, j, m)
	f.Multiplier, f.InWords = m, true
	if m > 1 {
		f.Direction = 1
	} else {
		f.Direction = -1
	}
	return f
}

var smallOrdinals = map[string]float64{
	"premier": 1, "premiere": 1, "premiers": 1, "premieres": 1, "second": 2, "seconde": 2, "secondes": 2, "seconds": 2,
	"neuvieme": 9, "cinquieme": 5, "quatrieme": 4, "onzieme": 11, "douzieme": 12, "treizieme": 13, "quatorzieme": 14, "quinzieme": 15, "seizieme": 16,
	"trentieme": 30, "quarantieme": 40, "cinquantieme": 50, "soixantieme": 60, "millieme": 1000,
}

// ordinal reads « deuxième », « 2e », « 1er », « vingt et unième ».
func (s *figureScan) ordinal(i int) (Figure, bool) {
	if s.digits(i) && s.glued(i+1) && len(s.word(i)) < 4 {
		switch s.word(i + 1) {
		case "er", "ere", "re", "e", "eme", "ieme", "nd", "nde", "d", "es", "emes", "ers", "res":
			if s.glued(i+2) && s.lx[i+2].kind != signLexeme {
				return Figure{}, false
			}
			n, _ := s.digitNumber(i)
			return s.newOrdinal(i, i+2, n.value), true
		}
		return Figure{}, false
	}
	if v, ok := ordinalWord(s.word(i)); ok {
		return s.newOrdinal(i, i+1, v), true
	}
	if n, ok := s.wordNumber(i); ok && !n.about {
		j := n.to
		if s.word(j) == "-" || s.word(j) == "et" {
			j++
		}
		if s.word(j) == "-" {
			j++
		}
		v, isOrdinal := ordinalWord(s.word(j))
		if s.word(j) == "unieme" {
			v, isOrdinal = 1, true
		}
		if isOrdinal && v < 20 && j > n.to && n.value >= 20 {
			f := s.newOrdinal(i, j+1, n.value+v)
			f.InWords = true
			return f, true
		}
	}
	return Figure{}, false
}

func (s *figureScan) newOrdinal(i, j int, v float64) Figure {
	f := s.newFigure(i, j, v)
	f.Ordinal = true
	return f
}

func ordinalWord(w string) (float64, bool) {
	if v, ok := smallOrdinals[w]; ok {
		return v, true
	}
	base, ok := strings.CutSuffix(strings.TrimSuffix(w, "s"), "ieme")
	if !ok {
		return 0, false
	}
	for _, end := range []string{"", "e", "s"} {
		if v, known := unitWords[base+end]; known && v > 1 {
			return v, true
		}
		if v, known := scaleWords[base+end]; known && v <= 1000 {
			return v, true
		}
	}
	return 0, false
}

// half reads « demi-litre », « une demi-journée », « un demi-million ».
func (s *figureScan) half(i int) (Figure, bool) {
	j := i
	if w := s.word(i); w == "un" || w == "une" {
		j++
	}
	if w := s.word(j); w != "demi" && w != "demie" {
		return Figure{}, false
	}
	j++
	if s.word(j) == "-" {
		j++
	}
	scale := 0.5
	f := s.newFigure(i, j, scale)
	if k := scaleWords[s.word(j)]; k >= 1e6 {
		f = s.newFigure(i, j+1, k/2)
		f.scale = k
		s.readUnit(&f)
		f.InWords = true
		return f, true
	}
	u, end := s.unitAt(j)
	if end == 0 {
		return Figure{}, false
	}
	s.setUnit(&f, u, end)
	f.InWords = true
	return f, true
}

// readRatio reads « 38 agents sur 112 », « neuf sur dix », « 38/112 ».
func (s *figureScan) readRatio(f *Figure) {
	if f.Unit != "" && f.Unit != "voix" && !(f.Unit == "EUR" && f.Value <= 10 && s.word(f.to) == "sur") || f.Value < 0 {
		return
	}
	if s.word(f.to) == "/" && s.glued(f.to) && s.digits(f.to+1) {
		if n, ok := s.number(f.to + 1); ok && n.value >= f.Value && n.value > 0 && (n.value > 12 || f.Value > 31) {
			s.setRatio(f, n)
		}
		return
	}
	if n, ok := s.partOfMany(f.to); ok && n.value > f.Value && !s.spreadOver(n) {
		s.setRatio(f, n)
		return
	}
	for k := f.to; k < f.to+4 && k < len(s.lx); k++ {
		if s.word(k) == "sur" {
			n, ok := s.number(k + 1)
			if !ok && (s.word(k+1) == "les" || s.word(k+1) == "ses" || s.word(k+1) == "nos") {
				n, ok = s.number(k + 2)
			}
			if ok && !n.article && n.value >= f.Value && !s.spreadOver(n) {
				if k > f.to {
					f.Noun, f.NounSpan = s.span(f.to, k).In(s.src), s.span(f.to, k)
				}
				s.setRatio(f, n)
			}
			return
		}
		if s.lx[k].kind != wordLexeme && s.word(k) != "-" {
			return
		}
	}
}

// partOfMany is the number after « des » or « de nos »: « sept des douze écoles ».
func (s *figureScan) partOfMany(k int) (number, bool) {
	switch s.word(k) {
	case "des":
		k++
	case "de":
		if w := s.word(k + 1); w != "nos" && w != "ses" && w != "leurs" && w != "vos" && w != "ces" && w != "mes" {
			return number{}, false
		}
		k += 2
	default:
		return number{}, false
	}
	n, ok := s.number(k)
	return n, ok && !n.article && n.value > 1
}

// spreadOver: « 410 millions sur six ans » is no ratio.
func (s *figureScan) spreadOver(n number) bool {
	u, j := s.unitAt(n.to)
	return j > 0 && u.name != "voix" || monthNumber(s.word(n.to)) > 0 || n.value >= 1900 && n.value < 2100 && !n.inWords
}

func (s *figureScan) setRatio(f *Figure, n number) {
	if n.value <= 0 {
		return
	}
	if f.Unit == "EUR" { // « six euros sur dix »
		f.Unit = ""
	}
	f.Ratio, f.Numerator, f.Denominator = true, f.Value, n.value
	f.Value = f.Numerator / f.Denominator
	f.Low, f.High = f.Low/n.value, f.High/n.value
	s.extend(f, n.to)
}

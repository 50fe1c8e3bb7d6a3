package french

import (
	"math"
	"strconv"
)

// number is a cardinal read at a place of the text.
type number struct {
	value   float64
	from    int // first lexeme
	to      int // lexeme after the last
	inWords bool
	scale   float64 // « millions » already in value; 0 when none
	about   bool    // « une centaine »
	many    bool    // « des centaines », « plusieurs milliers »
	article bool    // « un », « une » that may be the article
}

var unitWords = map[string]float64{
	"zero": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
	"dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
	"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
	"septante": 70, "huitante": 80, "octante": 80, "nonante": 90,
}

var scaleWords = map[string]float64{
	"cent": 100, "cents": 100, "mille": 1e3, "mil": 1e3,
	"million": 1e6, "millions": 1e6, "milliard": 1e9, "milliards": 1e9, "md": 1e9, "mds": 1e9, "mrd": 1e9, "mrds": 1e9,
}

// gluedScales are letters that multiply a number they touch: « 100k », « 1,2M ».
var gluedScales = map[string]float64{"K": 1e3, "k": 1e3, "M": 1e6, "G": 1e9, "Md": 1e9, "Mds": 1e9}

// collectives are nouns that make a rounded number: « une centaine ».
var collectives = map[string]float64{
	"dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40,
	"cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1000,
	"dizaines": 10, "douzaines": 12, "quinzaines": 15, "vingtaines": 20, "trentaines": 30, "centaines": 100, "milliers": 1000,
}

// number reads a cardinal that begins at lexeme i.
func (r *reader) number(i int) (number, bool) {
	if n, ok := r.digitNumber(i); ok {
		return r.scaled(n), true
	}
	if n, ok := r.wordNumber(i); ok {
		return n, true
	}
	return number{}, false
}

// digitNumber reads « 1 200 000 », « 1.200.000,50 », « 3.60 », « ,0012 » and a sign.
func (r *reader) digitNumber(i int) (number, bool) {
	start, sign := i, 1.0
	if w := r.word(i); (w == "-" || w == "−" || w == "–") && r.negates(i) || w == "moins" && r.digits(i+1) && r.word(i-1) != "au" && r.word(i-1) != "du" {
		sign, i = -1, i+1
	}
	text := ""
	switch {
	case r.digits(i):
		text, i = r.thousands(i)
	case r.word(i) == "," && r.glued(i+1) && r.digits(i+1) && !r.glued(i):
		text = "0"
	default:
		return number{}, false
	}
	if w := r.word(i); (w == "," || w == ".") && r.glued(i+1) && r.digits(i+1) && (r.glued(i) || text == "0") {
		text += "." + r.word(i+1)
		i += 2
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return number{}, false
	}
	return number{value: sign * v, from: start, to: i}, true
}

// negates says whether the hyphen at i is a minus: it opens the text, or it touches the
// number and nothing before it.
func (r *reader) negates(i int) bool {
	if !r.digits(i + 1) {
		return false
	}
	alone := i == 0 && !r.glued(i+1)
	return alone && len(r.lx) < 10 || r.glued(i+1) && !r.glued(i)
}

// thousands joins groups of three digits.
func (r *reader) thousands(i int) (string, int) {
	text := r.word(i)
	j := i + 1
	if len(text) > 3 {
		return text, j
	}
	for r.digits(j) && len(r.word(j)) == 3 && r.oneSpaceBefore(j) {
		text += r.word(j)
		j++
	}
	if j > i+1 || text[0] == '0' {
		return text, j
	}
	for r.word(j) == "." && r.glued(j) && r.glued(j+1) && r.digits(j+1) && len(r.word(j+1)) == 3 {
		text += r.word(j + 1)
		j += 2
	}
	return text, j
}

func (r *reader) oneSpaceBefore(j int) bool {
	switch r.src[r.lx[j-1].End:r.lx[j].Start] {
	case " ", "\u00a0", "\u202f", "\u2009", "\u00a0 ":
		return true
	}
	return false
}

// scaled multiplies digits by what follows: « 1,2 million », « 100k », « 640 k€ ».
func (r *reader) scaled(n number) number {
	w := r.word(n.to)
	if scale := scaleWords[w]; scale >= 1e3 && w != "mil" {
		n.value *= scale
		n.scale = scale
		n.to++
		return r.andHalf(n, scale)
	}
	if n.to < len(r.lx) && r.lx[n.to].kind == wordLexeme {
		raw := r.lx[n.to].In(r.src)
		money := r.word(n.to+1) == "€" || r.word(n.to+1) == "$"
		if scale := gluedScales[raw]; scale > 0 && (money && r.glued(n.to+1) || r.glued(n.to) && !r.glued(n.to+1)) {
			n.value *= scale
			n.scale = scale
			n.to++
		}
	}
	return n
}

// andHalf adds « et demi » after a scale: « un million et demi ».
func (r *reader) andHalf(n number, scale float64) number {
	if r.is(n.to, "et", "demi") || r.is(n.to, "et", "demie") {
		n.value += scale / 2
		n.to += 2
	}
	return n
}

// wordNumber reads « quatre-vingt-dix millions », « deux mil quinze », « une centaine ».
func (r *reader) wordNumber(i int) (number, bool) {
	sum := wordSum{}
	j := i
	for j < len(r.lx) {
		k := j
		if j > i && r.word(j) == "-" && r.glued(j) && r.glued(j+1) {
			k = j + 1
		} else if j > i && r.word(j) == "et" && r.joinsByEt(j+1) {
			k = j + 1
		} else if j > i+1 && r.word(j) == "-" && r.is(j+1, "et", "-") {
			k = j + 3 // « vingt-et-un »
		}
		if !sum.add(r.word(k)) {
			break
		}
		j = k + 1
	}
	if j == i {
		return r.collective(i, i, 0)
	}
	n := number{value: sum.total + sum.group, from: i, to: j, inWords: true}
	if c, ok := r.collective(i, j, n.value); ok {
		return c, true
	}
	n.article = j == i+1 && (r.word(i) == "un" || r.word(i) == "une")
	if sum.lastScale >= 1e3 {
		n.scale = sum.lastScale
		n = r.andHalf(n, sum.lastScale)
	}
	return n, true
}

func (r *reader) joinsByEt(i int) bool {
	w := r.word(i)
	if w == "-" {
		w = r.word(i + 1)
	}
	return w == "un" || w == "une" || w == "onze"
}

// collective reads « une centaine », « deux douzaines », « plusieurs centaines »; j is
// where the noun is expected, count what stands before it.
func (r *reader) collective(i, j int, count float64) (number, bool) {
	many := false
	if j == i {
		switch r.word(i) {
		case "des", "plusieurs", "quelques", "les":
			many, j, count = true, i+1, 3
		case "la":
			j, count = i+1, 1
		default:
			return number{}, false
		}
	}
	if r.is(j, "demi") || r.is(j, "bonne") || r.is(j, "petite") {
		j++
	}
	size, ok := collectives[r.word(j)]
	if !ok || many && r.word(i) == "les" {
		return number{}, false
	}
	if r.word(i) == "la" && r.word(j) == "quinzaine" || r.word(j) == "quarantaine" && r.word(i) == "la" {
		return number{}, false // a fortnight, a quarantine
	}
	n := number{value: count * size, from: i, to: j + 1, inWords: true, about: true, many: many}
	if r.is(n.to, "de") || r.is(n.to, "d'") {
		if scale := scaleWords[r.word(n.to+1)]; scale >= 1e3 {
			n.value *= scale
			n.to += 2
		}
	}
	return n, true
}

// wordSum adds number words up, refusing what cannot follow (« deux trois »).
type wordSum struct {
	total, group float64
	last         float64 // value of the last word
	lastScale    float64
	any          bool
}

func (s *wordSum) add(word string) bool {
	if scale, ok := scaleWords[word]; ok && len(word) > 2 && word != "mds" && word != "mrd" && word != "mrds" {
		return s.scale(scale)
	}
	v, ok := unitWords[word]
	if !ok {
		return false
	}
	if !s.any {
		s.group, s.last, s.any = v, v, true
		return true
	}
	rest := math.Mod(s.group, 100)
	switch {
	case s.last == 4 && v == 20:
		s.group += 76
	case s.last == 0 && s.group == 0 && s.total == 0:
		return false
	case rest == 0 && (s.last >= 100 || s.group == 0):
		s.group += v
	case v < 10 && rest >= 20 && math.Mod(rest, 10) == 0,
		v >= 10 && v < 20 && (rest == 60 || rest == 80),
		v >= 7 && v < 10 && (rest == 10 || rest == 70 || rest == 90):
		s.group += v
	default:
		return false
	}
	s.last = v
	return true
}

func (s *wordSum) scale(scale float64) bool {
	if !s.any && scale > 1e3 {
		return false // « million » alone is a noun
	}
	switch {
	case scale == 100:
		if s.group >= 100 {
			return false
		}
		s.group = max(s.group, 1) * 100
	default:
		if s.any && s.group == 0 || s.lastScale != 0 && scale >= s.lastScale {
			return false
		}
		s.total += max(s.group, 1) * scale
		s.group, s.lastScale = 0, scale
	}
	s.last, s.any = scale, true
	return true
}

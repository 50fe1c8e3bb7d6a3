package french

import "strings"

// notAFigure returns the lexeme after a day, an hour, a reference or a year that begins
// at i, i itself when none does.
func (s *figureScan) notAFigure(i int) int {
	if !s.digits(i) {
		return s.wordsNotAFigure(i)
	}
	if j := s.reference(i); j > i {
		return j
	}
	if j := s.clock(i); j > i {
		return j
	}
	return s.dayOrYear(i)
}

// reference: « n° 24-07 », « art. L. 4132-12 », « rapport 118 », « 2025-118 », « A13 ».
func (s *figureScan) reference(i int) int {
	j := i + 1
	code := false
	for s.glued(j) && s.glued(j+1) && (s.word(j) == "-" || s.word(j) == "/" || s.word(j) == ".") && s.digits(j+1) {
		code = code || s.word(j) == "-"
		j += 2
	}
	k := i - 1
	for s.word(k) == "°" || s.word(k) == "." || s.word(k) == "º" {
		k--
	}
	if referenceWords[s.word(k)] && !(s.word(k) == "n" && s.word(k+1) != "°" && s.word(k+1) != "º") && s.lx[max(k, 0)].kind == wordLexeme {
		if _, unit := s.unitAt(j); unit == 0 || s.word(k) == "n" {
			return j
		}
	}
	if s.glued(i) && i > 0 && (s.lx[i-1].kind == wordLexeme && !isMoneyWord(s.word(i-1)) || s.word(i-1) == "-" && s.glued(i-1) && i > 1 && s.lx[i-2].kind == wordLexeme) {
		return j // « CR2017 », « Covid-19 »
	}
	if code && j == i+3 {
		// « 24-07 » is a reference unless a unit makes it an interval.
		if _, unit := s.unitAt(j); unit == 0 && (len(s.word(i)) == 4 || s.word(i + 2)[0] == '0') {
			return j
		}
	}
	if code && j > i+3 {
		return j
	}
	return i
}

func isMoneyWord(w string) bool { return w == "eur" || w == "usd" || w == "gbp" }

// clock: « 14 h 30 », « 15:30 », « à 14 heures », « 10h07 ».
func (s *figureScan) clock(i int) int {
	if len(s.word(i)) > 2 {
		return i
	}
	if s.word(i+1) == ":" && s.glued(i+1) && s.glued(i+2) && s.digits(i+2) && len(s.word(i+2)) == 2 {
		return i + 3
	}
	if w := s.word(i + 1); w != "h" && w != "heures" && w != "heure" {
		return i
	}
	if s.digits(i+2) && len(s.word(i+2)) == 2 && (s.word(i+1) == "h" || !s.is(i+3, "agents")) {
		return i + 3
	}
	switch s.word(i - 1) {
	case "a", "vers", "des", "avant", "apres":
		if s.word(i+2) != "par" && s.word(i+2) != "hebdomadaires" {
			return i + 2
		}
	}
	return i
}

// dayOrYear: « 27 mars 2025 », « 1er janvier », « 12/03/2025 », « 2025-2027 ».
func (s *figureScan) dayOrYear(i int) int {
	j := i + 1
	if s.glued(j) && (s.word(j) == "er" || s.word(j) == "ᵉʳ") {
		j++
	}
	if len(s.word(i)) <= 2 {
		k := j
		for _, w := range []string{"et", "au", "-", "–", "ou", ","} { // « les 13 et 15 juillet »
			if s.word(k) == w && s.digits(k+1) && len(s.word(k+1)) <= 2 {
				k += 2
				break
			}
		}
		for _, at := range []int{j, k} {
			if monthNumber(s.word(at)) > 0 {
				if s.digits(at+1) && len(s.word(at+1)) == 4 {
					return at + 2
				}
				return at + 1
			}
		}
	}
	if s.word(j) == "/" && s.glued(j) && s.digits(j+1) && s.word(j+2) == "/" && s.digits(j+3) {
		return j + 4
	}
	if s.word(j) == "/" && s.glued(j) && s.digits(j+1) && (s.word(i-1) == "le" || s.word(i-1) == "du" || s.word(i-1) == "au") {
		return j + 2
	}
	if s.word(j) == "." && s.glued(j) && s.digits(j+1) && s.word(j+2) == "." && s.digits(j+3) && len(s.word(j+1)) == 2 && len(s.word(j+3)) == 4 {
		return j + 4
	}
	if len(s.word(i)) == 4 && (s.word(i)[:2] == "20" || s.word(i)[:2] == "19") && (s.word(j) == "-" || s.word(j) == "/" || s.word(j) == "–") && s.digits(j+1) {
		return j + 2
	}
	return i
}

// wordsNotAFigure: « premier ministre », « le premier janvier », « quinze heures trente »
// after « à », « deux mille quinze » after a month.
func (s *figureScan) wordsNotAFigure(i int) int {
	w := s.word(i)
	if strings.HasPrefix(w, "premi") || strings.HasPrefix(w, "second") {
		switch next := s.word(i + 1); {
		case next == "ministre", next == "lieu", next == "plan", next == "abord", monthNumber(next) > 0,
			next == "semestre", next == "trimestre", next == "quinzaine":
			return i + 2
		}
	}
	if monthNumber(w) > 0 {
		if n, ok := s.wordNumber(i + 1); ok && n.value >= 1900 && n.value < 2100 {
			return n.to
		}
		if s.digits(i+1) && len(s.word(i+1)) == 4 {
			return i + 2
		}
		return i
	}
	n, ok := s.wordNumber(i)
	if !ok || n.article || n.about {
		return i
	}
	if n.value <= 31 && monthNumber(s.word(n.to)) > 0 {
		return n.to + 1
	}
	prev := s.word(i - 1)
	if (prev == "a" || prev == "vers") && n.value <= 24 && (s.word(n.to) == "heures" || s.word(n.to) == "heure") {
		if m, more := s.wordNumber(n.to + 1); more && m.value < 60 {
			return m.to
		}
		return n.to + 1
	}
	return i
}

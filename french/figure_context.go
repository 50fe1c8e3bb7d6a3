package french

import "strings"

// bound reads « au moins », « près de » before the figure, « environ » behind it.
func (s *figureScan) bound(f *Figure) {
	if f.Bound == Between || f.Ordinal {
		return
	}
	end := f.from
	if s.word(end-1) == "les" || s.word(end-1) == "la" && f.Ratio || s.word(end-1) == "un" {
		if cue, k := s.boundEnding(end - 1); k >= 0 {
			s.setBound(f, cue, s.span(k, end-1))
			return
		}
	}
	if f.Ratio && f.InWords && s.word(end-1) == "du" || s.word(end-1) == "la" {
		if cue, k := s.boundEnding(end); k >= 0 {
			s.setBound(f, cue, s.span(k, end))
			return
		}
	}
	if cue, k := s.boundEnding(end); k >= 0 {
		s.setBound(f, cue, s.span(k, end))
		return
	}
	for n := 2; n > 0; n-- {
		if f.to+n <= len(s.lx) {
			if cue, ok := boundsAfter[s.joined(f.to, f.to+n)]; ok {
				s.setBound(f, cue, s.span(f.to, f.to+n))
				return
			}
		}
	}
}

// boundEnding returns the longest phrase that ends before lexeme end, and its first lexeme.
func (s *figureScan) boundEnding(end int) (boundCue, int) {
	for n := boundWordsMost; n > 0; n-- {
		if end-n < 0 {
			continue
		}
		if cue, ok := boundsBefore[s.joined(end-n, end)]; ok {
			return cue, end - n
		}
	}
	return boundCue{}, -1
}

func (s *figureScan) setBound(f *Figure, cue boundCue, at Span) {
	f.Bound, f.BoundSpan = cue.bound, at
	if cue.bound == Exact {
		return
	}
	f.Low, f.High = f.Value*cue.low, f.Value*cue.high
	if f.Value < 0 {
		f.Low, f.High = f.High, f.Low
	}
}

// lookBack reads direction and target in the words before the figure, up to the last
// figure or sign.
func (s *figureScan) lookBack(f *Figure) {
	for k := f.from - 1; k >= 0 && k > f.from-9; k-- {
		w := s.word(k)
		if w == "." && !s.glued(k+1) || w == ";" || w == ":" && f.from-k > 2 || s.digits(k) {
			break
		}
		if f.from-k <= 6 && f.Direction == 0 && f.Side == NoSide && w != "," {
			f.Direction = directionOf(w)
		}
		f.Target = f.Target || hasPrefix(w, targetWords)
		if w == "," {
			break
		}
	}
	switch {
	case f.Side != NoSide:
	case s.is(f.to, "de", "plus"), s.is(f.to, "en", "plus"), hasPrefix(s.word(f.to), []string{"supplementaire"}):
		f.Direction = 1
	case s.is(f.to, "de", "moins"), s.is(f.to, "en", "moins"):
		f.Direction = -1
	}
	if w := s.word(f.to); strings.HasPrefix(w, "prevu") || strings.HasPrefix(w, "previsionnel") || strings.HasPrefix(w, "attendu") {
		f.Target = true
	}
}

func directionOf(w string) int {
	switch {
	case w == "sur" || w == "+" || w == "suppression":
		if w == "sur" {
			return 0
		}
		if w == "+" {
			return 1
		}
		return -1
	case hasPrefix(w, risingWords):
		return 1
	case hasPrefix(w, fallingWords):
		return -1
	}
	return 0
}

func hasPrefix(w string, stems []string) bool {
	for _, p := range stems {
		if strings.HasPrefix(w, p) {
			return true
		}
	}
	return false
}

// credit reads AE, CP and AP, spelled out or not, near an amount.
func (s *figureScan) credit(f *Figure) {
	if f.Unit != "EUR" {
		return
	}
	for d := 0; d <= 7; d++ {
		if c := s.creditAt(f.to + d); c != "" && !s.figureBetween(f.to, f.to+d) {
			f.Credit = c
			return
		}
		if c := s.creditAt(f.from - 1 - d); c != "" && !s.figureBetween(f.from-1-d, f.from) {
			f.Credit = c
			return
		}
	}
}

func (s *figureScan) figureBetween(i, j int) bool {
	for k := i; k < j; k++ {
		if s.digits(k) || s.word(k) == ";" || s.word(k) == "." {
			return true
		}
	}
	return false
}

func (s *figureScan) creditAt(i int) string {
	w := s.word(i)
	if i < 0 || i >= len(s.lx) {
		return ""
	}
	switch {
	case strings.HasPrefix(w, "autorisation") && strings.HasPrefix(s.word(i+2), "engagement"):
		return "AE"
	case strings.HasPrefix(w, "autorisation") && strings.HasPrefix(s.word(i+2), "programme"):
		return "AP"
	case strings.HasPrefix(w, "credit") && strings.HasPrefix(s.word(i+2), "paiement"):
		return "CP"
	}
	switch raw := s.lx[i].In(s.src); raw {
	case "AE", "AP", "CP":
		return raw
	}
	return ""
}

// noun reads what is counted: « 12 postes d'agents », « 46 % des agents », « contre : 20 ».
func (s *figureScan) noun(f *Figure) {
	if f.NounSpan.Len() > 0 {
		return
	}
	i := f.to
	switch f.Unit {
	case "", "%", "ETP", "voix", "point":
	default:
		return // an amount is about its sentence, and a duration counts time
	}
	if w := s.word(i); w == "(" {
		return
	}
	i = s.skipToNoun(i)
	if j := s.nounPhrase(i); j > i {
		f.NounSpan = s.span(i, j)
		f.Noun = f.NounSpan.In(s.src)
		return
	}
	if k := f.from - 1; s.word(k) == ":" && k > 0 && s.lx[k-1].kind == wordLexeme {
		f.NounSpan = s.lx[k-1].Span
		f.Noun = f.NounSpan.In(s.src)
	}
}

// skipToNoun passes « de », « des », « de nos », « seulement » between figure and noun.
func (s *figureScan) skipToNoun(i int) int {
	for k := 0; k < 3; k++ {
		switch s.word(i) {
		case "de", "d'", "des", "du", "la", "les", "l'", "le", "nos", "ses", "leurs", "ces", "seulement", "autres", "nouveaux", "nouvelles", "seuls", "premiers", "premieres", "derniers", "dernieres", "prochains":
			i++
		}
	}
	return i
}

// nounPhrase returns the lexeme after the noun at i with one complement or adjective, i
// when there is no noun.
func (s *figureScan) nounPhrase(i int) int {
	j := s.hyphenated(i)
	if j == i || !s.couldBe(i, j, Noun) || stopWords[s.word(i)] || noThing[s.word(i)] {
		return i
	}
	switch s.word(j) {
	case "de", "d'", "des", "du":
		k := j + 1
		for s.word(k) == "la" || s.word(k) == "l'" {
			k++
		}
		if end := s.hyphenated(k); end > k && s.couldBe(k, end, Noun) && !stopWords[s.word(k)] {
			return end
		}
		return j
	}
	if end := s.hyphenated(j); end > j+1 && !s.couldBe(j, end, Verb) {
		return end // « rames bi-modes »: no lexicon has them all
	}
	if end := s.hyphenated(j); end > j && s.couldBe(j, end, Adjective) && !s.couldBe(j, end, Preposition) && !stopWords[s.word(j)] {
		return end
	}
	return j
}

// noThing are nouns that nobody counts right behind a number: « soixante-huit de moins »,
// « cinquante-deux l'année précédente ».
var noThing = map[string]bool{"annee": true, "moins": true, "plus": true}

// hyphenated returns the lexeme after the word at i and what hyphens tie to it.
func (s *figureScan) hyphenated(i int) int {
	if i >= len(s.lx) || i < 0 || s.lx[i].kind != wordLexeme {
		return i
	}
	j := i + 1
	for s.word(j) == "-" && s.glued(j) && s.glued(j+1) && s.lx[j+1].kind == wordLexeme {
		j += 2
	}
	return j
}

// couldBe asks the lexicon; an unknown word in lower case may be a noun.
func (s *figureScan) couldBe(i, j int, pos POS) bool {
	lex, err := theLexicon()
	if err != nil {
		return pos == Noun
	}
	form := s.span(i, j).In(s.src)
	entries := lex.Lookup(form)
	if len(entries) == 0 && j > i+1 {
		entries = lex.Lookup(s.lx[i].In(s.src))
	}
	if len(entries) == 0 {
		return pos == Noun
	}
	for _, e := range entries {
		if e.POS == pos {
			return true
		}
	}
	return false
}

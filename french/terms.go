package french

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/french"
)

// Term is one word of a text as search sees it.
type Term struct {
	Span
	Text string // folded
	Stem string // folded stem of the lemma: forms of one verb or noun share it
	Stop bool   // a word that carries no subject: article, preposition, auxiliary…
	Rare bool   // not a word of the lexicon: name, acronym, number, reference
}

// theLexicon serves Terms and the functions that take no lexicon. It is decoded once
// from constant bytes.
var theLexicon = sync.OnceValues(LoadLexicon)

// Stem returns the Snowball stem of a French word, folded. Stemming comes before accent
// folding: the algorithm tells « é » from « e ».
func Stem(word string) string {
	return Fold(snowball(Lower(word)))
}

func snowball(low string) string {
	env := snowballstem.NewEnv(low)
	french.Stem(env)
	return env.Current()
}

// Terms returns the words of text, in order, stop words included and marked.
func Terms(text string) []Term {
	lex, err := theLexicon()
	if err != nil {
		lex = nil
	}
	var terms []Term
	for _, w := range words(text) {
		terms = append(terms, newTerm(lex, text, w))
	}
	return terms
}

// newTerm is the word at w. Texts repeat their words: those met last are remembered.
func newTerm(lex *Lexicon, text string, w Span) Term {
	word := w.In(text)
	t, known := termsMet.get(word)
	if !known {
		word = strings.Clone(word) // not to hold the text
		t = termOf(lex, word)
		termsMet.put(word, t)
	}
	t.Span = w
	return t
}

// termOf is a word without its place.
func termOf(lex *Lexicon, word string) Term {
	low := Lower(word)
	t := Term{Text: Fold(low)}
	t.Stop = stopWords[t.Text]
	base := low
	if lex != nil {
		entries := lex.Lookup(word)
		t.Rare = len(entries) == 0
		for _, e := range entries {
			if e.POS == Verb {
				base = e.Lemma
				break
			}
		}
	}
	t.Stem = Stem(base)
	return t
}

// mostTermsMet is how many words of each of two generations are remembered, about 200 bytes each.
const mostTermsMet = 1 << 15

// termsMet holds what was found out of the words met last. It changes no result: a word is the
// same term wherever it stands.
var termsMet = &termMemory{young: map[string]Term{}}

// termMemory keeps a young and an old generation of words; when the young one is full, it
// becomes the old one.
type termMemory struct {
	mutex      sync.RWMutex
	young, old map[string]Term
}

func (m *termMemory) get(word string) (Term, bool) {
	m.mutex.RLock()
	defer m.mutex.RUnlock()
	if t, ok := m.young[word]; ok {
		return t, true
	}
	t, ok := m.old[word]
	return t, ok
}

func (m *termMemory) put(word string, t Term) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if len(m.young) >= mostTermsMet {
		m.old, m.young = m.young, map[string]Term{}
	}
	m.young[word] = t
}

// words cuts text into words: runs of letters and digits, with inner hyphens, inner
// decimal points and commas between digits; an elided article is a word of its own.
func words(text string) []Span {
	var list []Span
	start := -1
	for i, r := range text {
		if isWordRune(r) || unicode.Is(unicode.Mn, r) || r == '\u00ad' {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 && joins(text, i, r) {
			continue
		}
		if start >= 0 {
			end := i
			if isApostrophe(r) && !apostropheStays(text[start:i]) {
				end = i + utf8.RuneLen(r)
			}
			list = append(list, Span{start, end})
			start = -1
		}
	}
	if start >= 0 {
		list = append(list, Span{start, len(text)})
	}
	return list
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' }

func apostropheStays(string) bool { return false }

// joins says whether the sign r at i holds two parts of one word together.
func joins(text string, i int, r rune) bool {
	_, size := utf8.DecodeRuneInString(text[i:]) // not RuneLen: a broken byte is one long
	next, _ := utf8.DecodeRuneInString(text[i+size:])
	prev, _ := utf8.DecodeLastRuneInString(text[:i])
	switch {
	case r == '-' || r == '\u2011' || r == '\u2010':
		return isWordRune(next) && isWordRune(prev)
	case r == '.' || r == ',':
		return unicode.IsDigit(next) && unicode.IsDigit(prev)
	case isApostrophe(r):
		return strings.EqualFold(lastWord(text[:i]), "aujourd") && isWordRune(next)
	}
	return false
}

func lastWord(s string) string {
	i := strings.LastIndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	return s[i+1:]
}

// Words returns the folded words of text, in order: what stays when case, accents,
// punctuation and spacing do not count.
func Words(text string) []string {
	spans := words(text)
	list := make([]string, len(spans))
	for i, w := range spans {
		list[i] = Fold(w.In(text))
	}
	return list
}

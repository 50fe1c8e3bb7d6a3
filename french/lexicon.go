package french

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"github.com/blevesearch/vellum"
)

//go:generate go run contredit/french/lexicon/build -in ../../shared/data/lexicon/dicollecte-forms.tsv.gz -out lexicon/dicollecte.lex

// The inflected forms of Dicollecte (MPL-2.0, licence beside the file), packed by
// french/lexicon/build.
//
//go:embed lexicon/dicollecte.lex
var lexiconBytes string

// POS is a part of speech.
type POS uint8

// Parts of speech. The numbers are written in the packed lexicon: add at the end.
const (
	UnknownPOS POS = iota
	Noun
	ProperNoun
	Verb
	Adjective
	Adverb
	Determiner
	Pronoun
	Preposition
	Conjunction
	Numeral
	Interjection
	Negator // ne, pas, point
	Affix   // prefixes and suffixes written apart
	Mark    // punctuation and signs
)

var posNames = [...]string{"unknown", "noun", "proper noun", "verb", "adjective", "adverb", "determiner",
	"pronoun", "preposition", "conjunction", "numeral", "interjection", "negator", "affix", "mark"}

func (p POS) String() string { return posNames[p] }

// Features is the set of what a form may be: an ambiguous form has several of one kind.
type Features uint32

// Features of forms. The numbers are written in the packed lexicon: add at the end.
const (
	Masculine Features = 1 << iota
	Feminine
	Singular
	Plural
	FirstPerson
	SecondPerson
	ThirdPerson
	IndicativePresent
	IndicativeImperfect
	PastSimple
	IndicativeFuture
	ConditionalPresent
	SubjunctivePresent
	SubjunctiveImperfect
	ImperativePresent
	Infinitive
	PresentParticiple
	PastParticiple
	AuxiliaryEtre // its compound past takes être (partir), so « est parti » is no passive
	Subordinates  // a conjunction that opens a subordinate clause
)

// FiniteForms are the features of a conjugated verb.
const FiniteForms = IndicativePresent | IndicativeImperfect | PastSimple | IndicativeFuture |
	ConditionalPresent | SubjunctivePresent | SubjunctiveImperfect | ImperativePresent

// Has says whether f has one of the features g.
func (f Features) Has(g Features) bool { return f&g != 0 }

// Entry is one reading of a form.
type Entry struct {
	Lemma    string
	POS      POS
	Features Features
}

// Lexicon maps inflected forms to their readings. It reads the embedded bytes in place
// and is safe for concurrent use.
type Lexicon struct {
	forms    *vellum.FST
	readings []byte
	lists    []uint32 // offset in readings of each list of readings
}

// LoadLexicon opens the embedded lexicon. The error means that the program was built
// from a damaged file.
func LoadLexicon() (*Lexicon, error) {
	return openLexicon([]byte(lexiconBytes))
}

var errLexiconShort = errors.New("file ends early")

// openLexicon reads: number of lists, offsets of lists, length and bytes of readings, the FST.
func openLexicon(b []byte) (*Lexicon, error) {
	const word = 4
	if len(b) < word {
		return nil, fmt.Errorf("read lexicon: %w", errLexiconShort)
	}
	n := int(binary.LittleEndian.Uint32(b))
	b = b[word:]
	if len(b) < (n+1)*word {
		return nil, fmt.Errorf("read %d lists of the lexicon: %w", n, errLexiconShort)
	}
	lex := &Lexicon{lists: make([]uint32, n)}
	for i := range lex.lists {
		lex.lists[i] = binary.LittleEndian.Uint32(b[i*word:])
	}
	size := int(binary.LittleEndian.Uint32(b[n*word:]))
	b = b[(n+1)*word:]
	if len(b) < size {
		return nil, fmt.Errorf("read readings of the lexicon: %w", errLexiconShort)
	}
	lex.readings = b[:size]
	fst, err := vellum.Load(b[size:])
	if err != nil {
		return nil, fmt.Errorf("read forms of the lexicon: %w", err)
	}
	lex.forms = fst
	return lex, nil
}

// Lookup returns the readings of a form as it is written, then those of its lower case;
// nil when neither is known.
func (l *Lexicon) Lookup(form string) []Entry {
	low := Lower(form)
	entries := l.exact(nil, low)
	if low != form {
		entries = l.exact(entries, form)
	}
	return entries
}

func (l *Lexicon) exact(to []Entry, form string) []Entry {
	id, found, err := l.forms.Get([]byte(form))
	if err != nil || !found || id >= uint64(len(l.lists)) {
		return to
	}
	b := l.readings[l.lists[id]:]
	for n := int(b[0]); n > 0; n-- {
		strip, suffix := int(b[1]), int(b[2])
		lemma := string(b[3 : 3+suffix])
		if strip <= len(form) {
			lemma = form[:len(form)-strip] + lemma
		}
		b = b[3+suffix:]
		to = append(to, Entry{Lemma: lemma, POS: POS(b[0]), Features: Features(binary.LittleEndian.Uint32(b[1:]))})
		b = b[4:]
	}
	return to
}

// Known says whether the lexicon has the form, or its lower case.
func (l *Lexicon) Known(form string) bool {
	for _, f := range []string{form, Lower(form), strings.ToLower(form)} {
		if ok, err := l.forms.Contains([]byte(f)); err == nil && ok {
			return true
		}
	}
	return false
}

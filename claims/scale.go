package claims

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"contredit/french"
)

// The tables of scales and of the words around them, for a French speaker to correct:
// scales/LISEZ-MOI.md tells their format.
//
//go:embed scales/*.tsv
var scaleFiles embed.FS

// frameScale is an ordered list of values of which one thing has one at a time.
type frameScale struct {
	name       string
	rule       string
	kind       Kind
	values     []string
	gap        int     // steps between two plain values that cannot both hold
	cumulative bool    // a value includes those below it
	support    bool    // triggers are nouns that need a verb which says that they happened
	strength   float64 // how much the scale is trusted
}

// all is the set of all values.
func (s *frameScale) all() uint16 { return 1<<len(s.values) - 1 }

// denied is the set of values that stay when those of mask are denied: on a ladder what is
// below, elsewhere all others.
func (s *frameScale) denied(mask uint16) uint16 {
	lowest := mask & -mask
	if len(s.values) > 3 && lowest > 1 {
		return lowest - 1
	}
	return s.all() &^ mask
}

// scaleTrigger is a word or a phrase that gives a value. Without a scale value it only
// keeps shorter triggers from being read in it.
type scaleTrigger struct {
	scale  *frameScale
	mask   uint16
	words  []triggerWord
	themes []themeWord // what it is about by itself: « désendettement » is about the debt
	denies bool        // holds its own denial: « sans concertation »
}

type triggerWord struct {
	text string // lemma or word in lower case, function words of one kind made one
	stem string // of verbs: their participles used as adjectives match
	gap  bool   // up to maxTriggerGap words may stand before it
}

// maxTriggerGap is how many words « … » in a trigger stands for, at most.
const maxTriggerGap = 10

// frameLexicon holds all tables.
type frameLexicon struct {
	scales    []*frameScale
	triggers  map[string][]*scaleTrigger // by their first word, the longest first
	actions   map[string]string          // noun to verb, folded
	opposites map[string][]opposition
	contrary  [][2]string       // the pairs of opposites, as printed
	groups    map[string]string // stem to the first stem of its group of themes
	weak      map[string]bool   // stems that do not say what a text is about
	refutes   map[string]bool   // lemmas with which a text takes back what was said
	supports  map[string]bool   // lemmas of verbs that only say that something happened
}

// opposition is one side of a pair of words that exclude each other.
type opposition struct {
	pair string
	mask uint16
}

var frameWords = sync.OnceValue(func() *frameLexicon {
	l, err := readScales()
	if err != nil {
		panic("claims: " + err.Error()) // embedded: a test would have told
	}
	return l
})

// scaleTables are the files of the folder that are no scales.
var scaleTables = []string{"appuis.tsv", "contraires.tsv", "dementis.tsv", "faibles.tsv", "noms.tsv", "themes.tsv"}

func readScales() (*frameLexicon, error) {
	l := &frameLexicon{triggers: map[string][]*scaleTrigger{}, actions: map[string]string{}, opposites: map[string][]opposition{},
		groups: map[string]string{}, weak: map[string]bool{}, supports: map[string]bool{}, refutes: map[string]bool{}}
	tables := map[string][][]string{}
	files, err := scaleFiles.ReadDir("scales")
	if err != nil {
		return nil, fmt.Errorf("list scales: %w", err)
	}
	for _, f := range files {
		text, err := scaleFiles.ReadFile("scales/" + f.Name())
		if err != nil {
			return nil, fmt.Errorf("read scales/%s: %w", f.Name(), err)
		}
		for line := range strings.Lines(string(text)) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
				tables[f.Name()] = append(tables[f.Name()], strings.Split(line, "\t"))
			}
		}
	}
	l.readTables(tables)
	for _, f := range files {
		if slices.Contains(scaleTables, f.Name()) {
			continue
		}
		if err := l.readScale(strings.TrimSuffix(f.Name(), ".tsv"), tables[f.Name()]); err != nil {
			return nil, err
		}
	}
	for _, list := range l.triggers {
		slices.SortStableFunc(list, func(a, b *scaleTrigger) int { return len(b.words) - len(a.words) })
	}
	return l, nil
}

func (l *frameLexicon) readTables(tables map[string][][]string) {
	for _, row := range tables["noms.tsv"] {
		l.actions[french.Fold(row[0])] = french.Fold(row[1])
	}
	for _, row := range tables["contraires.tsv"] {
		pair := "≠" + row[0] + "/" + row[1]
		l.contrary = append(l.contrary, [2]string{row[0], row[1]})
		for side, word := range row[:2] {
			key := actionRoot(french.Fold(word))
			l.opposites[key] = append(l.opposites[key], opposition{pair, 1 << side})
		}
	}
	for _, row := range tables["themes.tsv"] {
		for _, word := range row {
			l.groups[french.Stem(word)] = french.Stem(row[0])
		}
	}
	for _, row := range tables["faibles.tsv"] {
		l.weak[french.Stem(row[0])] = true
	}
	for _, row := range tables["dementis.tsv"] {
		l.refutes[row[0]] = true
	}
	for _, row := range tables["appuis.tsv"] {
		l.supports[french.Fold(row[0])] = true
	}
}

func (l *frameLexicon) readScale(name string, rows [][]string) error {
	s := &frameScale{name: name, gap: 1, strength: 0.8}
	for _, row := range rows {
		if len(row) < 2 {
			return fmt.Errorf("scales/%s.tsv: %q has no second column", name, row[0])
		}
		if row[0][0] == '@' {
			if err := s.set(row[0], row[1]); err != nil {
				return fmt.Errorf("scales/%s.tsv: %w", name, err)
			}
			continue
		}
		t := &scaleTrigger{scale: s, words: triggerWords(row[1])}
		if row[0] != "-" {
			for value := range strings.SplitSeq(row[0], "|") {
				v := slices.Index(s.values, value)
				if v < 0 {
					return fmt.Errorf("scales/%s.tsv: %q is none of the values", name, value)
				}
				t.mask |= 1 << v
			}
		}
		for _, w := range t.words {
			t.denies = t.denies || denyingWords[w.text]
		}
		if len(row) > 2 {
			for _, word := range strings.Fields(row[2]) {
				t.themes = append(t.themes, l.themeWord(french.Stem(word), 1, true))
			}
		}
		l.index(t)
	}
	l.scales = append(l.scales, s)
	return nil
}

var denyingWords = map[string]bool{"ne": true, "pas": true, "plus": true, "sans": true, "rien": true, "aucun": true, "jamais": true, "non": true, "ni": true}

func (s *frameScale) set(key, value string) (err error) {
	switch key {
	case "@règle":
		s.rule = value
	case "@nature":
		s.kind = Kind(value)
	case "@valeurs":
		s.values = strings.Fields(value)
	case "@écart":
		s.gap, err = strconv.Atoi(value)
	case "@force":
		s.strength, err = strconv.ParseFloat(value, 64)
	case "@cumul":
		s.cumulative = value == "oui"
	case "@appui":
		s.support = value == "oui"
	default:
		err = fmt.Errorf("%s is no setting", key)
	}
	return err
}

// index files a trigger under its first word, and under its stem when that is a verb.
func (l *frameLexicon) index(t *scaleTrigger) {
	first := t.words[0]
	l.triggers[first.text] = append(l.triggers[first.text], t)
	if first.stem != "" {
		l.triggers["~"+first.stem] = append(l.triggers["~"+first.stem], t)
	}
}

func triggerWords(phrase string) []triggerWord {
	var list []triggerWord
	gap := false
	for part := range strings.FieldsSeq(french.Lower(phrase)) {
		if part == "…" {
			gap = true
			continue
		}
		for word := range strings.SplitAfterSeq(part, "'") {
			w := triggerWord{text: oneForm(word), gap: gap}
			if word == "" || len(list) > 0 && (w.text == "le" || w.text == "un" || w.text == "son") {
				continue // articles are passed over in a text
			}
			if looksInfinitive(word) {
				w.stem = french.Stem(word)
			}
			list = append(list, w)
			gap = false
		}
	}
	return list
}

// looksInfinitive says whether the word may be a verb, whose participle serves as adjective.
func looksInfinitive(w string) bool {
	return len(w) > 3 && (strings.HasSuffix(w, "er") || strings.HasSuffix(w, "ir") || strings.HasSuffix(w, "re") || strings.HasSuffix(w, "é"))
}

// actionSuffixes are the endings of verbs and of the nouns of their action, the longest first.
var actionSuffixes = []string{"issement", "ation", "ition", "ement", "ment", "age", "er", "ir", "re"}

// actionRoot is what a verb and the noun of its action share: « raccorder », « raccordement ».
// A word that is too short to tell stays as it is.
func actionRoot(folded string) string {
	for _, suffix := range actionSuffixes {
		if root, ok := strings.CutSuffix(folded, suffix); ok && len(root) >= 4 {
			return root
		}
	}
	return folded
}

// isActionNoun says whether a noun has the ending of an action.
func isActionNoun(folded string) bool {
	for _, suffix := range actionSuffixes[:6] {
		if len(folded) > len(suffix)+4 && strings.HasSuffix(folded, suffix) {
			return true
		}
	}
	return false
}

// oneForm gives the function words of one kind one form: « du », « des », « d' » are « de ».
func oneForm(w string) string {
	switch w {
	case "d'", "de", "du", "des":
		return "de"
	case "à", "au", "aux":
		return "à"
	case "l'", "le", "la", "les":
		return "le"
	case "un", "une":
		return "un"
	case "s'", "se", "me", "m'", "nous", "vous":
		return "se"
	case "n'", "ne":
		return "ne"
	case "son", "sa", "ses", "leur", "leurs", "mon", "ma", "mes", "notre", "nos", "votre", "vos":
		return "son"
	case "aucune":
		return "aucun"
	case "qu'":
		return "que"
	}
	return w
}

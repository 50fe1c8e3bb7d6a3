// Package claims_test measures the extraction of claims on what may not enter the project:
// French debates with two annotators' selections (FREDSum, CC BY-SA 4.0), read from
// ../shared. Nothing is tuned on them. Run: go test -tags sqlite_fts5 -v ./bench/claims
package claims_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"contredit/claims"
	"contredit/document"
	"contredit/french"
)

const fredsum = "../../../shared/data/debates/fredsum"

// rated is a sentence of a debate: how much the engine wants it checked, and whether an
// annotator selected it.
type rated struct {
	worthiness float64
	selected   bool
	words      int
}

// TestFredsumSelections logs the area under the ROC curve of worthiness against « selected by
// at least one annotator », by debate. Selection for a summary is a weak label of what is
// worth checking, so the figure is compared with what the length of a sentence reaches alone.
func TestFredsumSelections(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(fredsum, "transcript", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("no debates beside the project: " + fredsum)
	}
	x := newExtractor(t)
	debates := map[string][]rated{}
	lost := 0
	for _, file := range files {
		name, _, _ := strings.Cut(filepath.Base(file), "--")
		list, missed := rateDebate(t, x, file)
		debates[name] = append(debates[name], list...)
		lost += missed
	}
	var all []rated
	var byWorth, byLength []float64
	for _, name := range sortedNames(debates) {
		list := debates[name]
		worth := areaUnderROC(list, func(r rated) float64 { return r.worthiness })
		byWorth = append(byWorth, worth)
		byLength = append(byLength, areaUnderROC(list, func(r rated) float64 { return float64(r.words) }))
		t.Logf("%-45s %.3f (%d sentences, %d selected)", name, worth, len(list), selected(list))
		all = append(all, list...)
	}
	t.Logf("mean over %d debates: worthiness %.3f, number of words alone %.3f; all sentences together: %.3f; %d of %d selected; %d selections found in no sentence",
		len(debates), mean(byWorth), mean(byLength), areaUnderROC(all, func(r rated) float64 { return r.worthiness }), selected(all), len(all), lost)
	if got := mean(byWorth); got <= 0.5 {
		t.Errorf("worthiness tells selected sentences from others no better than chance: %.3f", got)
	}
}

func newExtractor(tb testing.TB) *claims.Extractor {
	tb.Helper()
	lexicon, err := french.LoadLexicon()
	if err != nil {
		tb.Fatal(err)
	}
	return &claims.Extractor{Analyzer: french.NewAnalyzer(lexicon), Directory: claims.NewDirectory()}
}

// rateDebate takes a transcript through the extractor; lost counts the selected sentences
// that match none of its claims.
func rateDebate(t *testing.T, x *claims.Extractor, file string) (list []rated, lost int) {
	t.Helper()
	var wanted []string
	for _, annotator := range []string{"1", "2"} {
		for _, turn := range turnsOf(mustRead(t, filepath.Join(fredsum, "summary_extractive", annotator, filepath.Base(file)))) {
			for _, s := range french.Sentences(turn.words) {
				wanted = append(wanted, key(s.In(turn.words)))
			}
		}
	}
	found := make([]bool, len(wanted))
	for _, c := range x.Claims(document.Document{URL: "file:" + file, Role: document.RoleStatement}, readingOf(mustRead(t, file))) {
		r := rated{worthiness: c.Worthiness, words: len(french.Words(c.Quote))}
		for i, w := range wanted {
			if sameSentence(key(c.Quote), w) {
				found[i], r.selected = true, true
			}
		}
		list = append(list, r)
	}
	for _, ok := range found {
		if !ok {
			lost++
		}
	}
	return list, lost
}

// sameSentence says that one holds the other, and at least half of its words: annotators cut
// sentences where they liked.
func sameSentence(a, b string) bool {
	short, long := a, b
	if len(short) > len(long) {
		short, long = long, short
	}
	if strings.Count(short, " ") < 2 {
		return short == long
	}
	return 2*len(short) >= len(long) && strings.Contains(" "+long+" ", " "+short+" ")
}

func mustRead(tb testing.TB, file string) string {
	tb.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	return string(text)
}

// turn is what one speaker says: « EC : … », « M. DURAND : … ».
type turn struct{ label, words string }

// longestLabel is how many bytes a speaker's label may have.
const longestLabel = 40

func turnsOf(text string) []turn {
	var list []turn
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(strings.TrimPrefix(line, "\ufeff"))
		label, words, ok := strings.Cut(line, " : ")
		switch {
		case ok && len(label) <= longestLabel:
			list = append(list, turn{label, words})
		case line != "" && len(list) > 0:
			list = append(list, turn{list[len(list)-1].label, line})
		}
	}
	return list
}

// readingOf is a transcript as a reader hands it over: one passage and one turn a line.
func readingOf(text string) *document.Reading {
	r := &document.Reading{State: document.StateRead, Lang: "fr"}
	var b strings.Builder
	for _, turn := range turnsOf(text) {
		span := document.Span{Start: b.Len(), End: b.Len() + len(turn.words)}
		b.WriteString(turn.words + "\n")
		r.Passages = append(r.Passages, document.Passage{Span: span})
		r.Turns = append(r.Turns, document.Turn{Span: span, Label: turn.label})
	}
	r.Text = b.String()
	return r
}

func key(sentence string) string { return strings.Join(french.Words(sentence), " ") }

// areaUnderROC is the chance that a selected sentence stands above one that is not.
func areaUnderROC(list []rated, of func(rated) float64) float64 {
	sorted := slices.Clone(list)
	slices.SortFunc(sorted, func(a, b rated) int {
		switch {
		case of(a) < of(b):
			return -1
		case of(a) > of(b):
			return 1
		}
		return 0
	})
	sum, positives := 0.0, 0
	for i := 0; i < len(sorted); {
		k, here := i, 0
		for k < len(sorted) && of(sorted[k]) == of(sorted[i]) {
			if sorted[k].selected {
				here++
			}
			k++
		}
		sum += float64(here) * float64(i+1+k) / 2 // mean rank of a tie
		positives += here
		i = k
	}
	negatives := len(sorted) - positives
	if positives == 0 || negatives == 0 {
		return 0.5
	}
	p := float64(positives)
	return (sum - p*(p+1)/2) / (p * float64(negatives))
}

func selected(list []rated) int {
	n := 0
	for _, r := range list {
		if r.selected {
			n++
		}
	}
	return n
}

func mean(list []float64) float64 {
	sum := 0.0
	for _, v := range list {
		sum += v
	}
	return sum / float64(max(len(list), 1))
}

func sortedNames(m map[string][]rated) []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

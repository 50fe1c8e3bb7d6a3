package claims

import (
	_ "embed"
	"fmt"
	"math"
	"strings"
	"sync"
	"unicode"

	"contredit/french"
)

//go:embed worth.tsv
var worthText string

// worthWeights are fitted on development data by bench/linking; a French speaker can read
// and correct the table.
var worthWeights = sync.OnceValue(func() weights { return parseWeights("worth", worthText) })

// decides are the signals that keep a sentence from being a claim whatever else it says: it
// asserts nothing, or nothing of the speaker's own.
var decides = map[string]bool{"question": true}

// weigh says how much a sentence is worth checking, and why. Signals are named; each has a
// phrase for a reviewer.
func (x *Extractor) weigh(c *Claim) {
	w := worthWeights()
	c.Signals = x.signals(c)
	logit, decided := w.of["bias"], false
	for i := range c.Signals {
		if c.Signals[i].Name != lengthSignal {
			c.Signals[i].Weight = w.of[c.Signals[i].Name]
		}
		logit += c.Signals[i].Weight
		decided = decided || decides[c.Signals[i].Name]
	}
	if len(c.Topics) > 0 {
		logit += topicLift
	}
	c.Worthiness = math.Round(1000/(1+math.Exp(-logit))) / 1000
	c.Worth = c.Worthiness >= x.threshold() && !decided
}

// topicLift is what a watched subject adds to the logit: it lifts a doubtful sentence, no
// more.
const topicLift = 0.4

// lengthSignal is the one signal whose weight is no number of the table.
const lengthSignal = "length"

// lengthWeight is how much the number of words of a sentence speaks for checking it. It is
// chosen, not fitted: in a debate, interjections of five words assert nothing and a sentence
// of thirty words holds more than one assertion, while between the two length says little.
func lengthWeight(words int) float64 {
	const usual, interjection, developed = 14, 7, 22
	n := float64(max(words, 1))
	return 1.5*math.Log(n/usual) + 2*min(0, math.Log(n/interjection)) + 2*max(0, math.Log(n/developed))
}

// signals are what in a sentence speaks for checking it, and against.
func (x *Extractor) signals(c *Claim) []Signal {
	var list []Signal
	add := func(name, text string, at Span) { list = append(list, Signal{Name: name, Text: text, Span: at}) }
	quote := french.Lower(c.Quote)
	for _, s := range wordSignals {
		if m := s.find(quote); m != nil {
			list = append(list, Signal{Name: s.name, Text: s.text, Span: inQuote(c.Quote, quote, m)})
		}
	}
	for _, f := range french.Figures(c.Quote) {
		if name := figureSignal(f); name != "" {
			add(name, "un chiffre : "+f.In(c.Quote), f.Span)
			if f.Unit != "" || f.Ratio || f.Multiplier != 0 || f.Value >= 10_000 {
				add("measure", "une mesure : "+f.In(c.Quote), f.Span)
			}
			break
		}
	}
	words := len(french.Words(c.Quote))
	list = append(list, Signal{Name: lengthSignal, Text: fmt.Sprintf("%d mots", words), Weight: lengthWeight(words)})
	if names := properNouns(c.Quote); names > 0 {
		add("names", "des noms propres", Span{})
	}
	if x.Analyzer != nil {
		list = append(list, grammarSignals(x.Analyzer.Analyse(c.Quote))...)
	}
	if c.Reported {
		add("reported", "des propos rapportés", Span{})
	}
	if c.Collective {
		add("institution", "une institution parle", Span{})
	}
	return list
}

// figureSignal names what a number says; "" for one that counts nothing, such as « un ».
func figureSignal(f french.Figure) string {
	if f.Ordinal || f.InWords && f.Value <= 1 && f.Unit == "" && !f.Ratio {
		return ""
	}
	return "figure"
}

// grammarSignals are what tense, mood and denial say of the main clause.
func grammarSignals(s french.Sentence) []Signal {
	var list []Signal
	add := func(name, text string) { list = append(list, Signal{Name: name, Text: text}) }
	switch s.Tense {
	case french.Past:
		add("past", "un fait accompli")
	case french.FutureTense:
		add("future", "un futur")
	}
	if s.Negated {
		add("negated", "une négation")
	}
	if s.Modality.Has(french.Hypothetical | french.Conditional) {
		add("irrealis", "un conditionnel")
	}
	if s.Modality.Has(french.Wish | french.Order) {
		add("volition", "un vœu ou un ordre")
	}
	for _, c := range s.Clauses {
		if c.Verb >= 0 {
			return list
		}
	}
	add("verbless", "pas de verbe conjugué")
	return list
}

// properNouns counts the capitalised words that do not open the sentence.
func properNouns(text string) int {
	n, opens := 0, true
	for w := range strings.FieldsSeq(text) {
		w = strings.TrimLeft(w, "«“\"('’")
		if i := strings.LastIndexAny(w, "’'"); i >= 0 && i+3 < len(w) {
			w = strings.TrimLeft(w[i:], "’'")
		}
		if w == "" {
			continue
		}
		first := []rune(w)[0]
		if unicode.IsUpper(first) && !opens {
			n++
		}
		opens = strings.ContainsAny(w[len(w)-1:], ".!?:")
	}
	return n
}

// inQuote brings a match in the lower-case form back to the quote. The two have the same
// length but for rare letters; then the whole quote is meant.
func inQuote(quote, lower string, m []int) Span {
	if len(quote) == len(lower) {
		return Span{Start: m[0], End: m[1]}
	}
	return Span{Start: 0, End: len(quote)}
}

package claims

import (
	_ "embed"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// weights turn features into the probability that a reviewer would confirm a link.
type weights struct {
	name string
	of   map[string]float64 // « bias » is the one of every pair
}

//go:embed weights.tsv
var weightsText string

// fitted are the weights of the embedded table, which bench/linking fits on development data.
var fitted = sync.OnceValue(func() weights { return parseWeights("val-de-brenne-odd", weightsText) })

// parseWeights reads lines of a name and a number, a tab between.
func parseWeights(name, text string) weights {
	w := weights{name: name, of: map[string]float64{}}
	for line := range strings.Lines(text) {
		key, value, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || key[0] == '#' {
			continue
		}
		n, err := strconv.ParseFloat(value, 64)
		if err != nil {
			panic("claims: weights.tsv: " + line) // embedded: a test would have told
		}
		w.of[key] = n
	}
	return w
}

// score is the logistic of the weighted features. It writes the weights into terms.
func (w weights) score(terms []Term) float64 {
	logit := w.of["bias"]
	for i := range terms {
		terms[i].Weight = w.of[terms[i].Name]
		logit += terms[i].Weight * terms[i].Value
	}
	return 1 / (1 + math.Exp(-logit))
}

// findings turn what the comparators found into features: the strongest reason of each
// kind, alone and together with how surely the two speak of the same thing.
func findings(reasons []Reason, near float64) []Term {
	against, leaning, support, miss, leans := map[string]float64{}, map[string]float64{}, 0.0, 1.0, 0.0
	for _, r := range reasons {
		if r.Supports {
			support = max(support, r.Strength)
			continue
		}
		if strings.HasPrefix(r.Rule, cuePrefix) {
			leaning[r.Rule] = max(leaning[r.Rule], r.Strength)
			leans = max(leans, r.Strength)
			continue
		}
		against[string(r.Kind)] = max(against[string(r.Kind)], r.Strength)
		miss *= 1 - r.Strength
	}
	var terms []Term
	strongest := 0.0
	for _, kind := range slices.Sorted(maps.Keys(against)) {
		terms = append(terms, Term{Name: "finds_" + kind, Value: against[kind]})
		strongest = max(strongest, against[kind])
	}
	for _, rule := range slices.Sorted(maps.Keys(leaning)) {
		terms = append(terms, Term{Name: "leans_" + strings.ToLower(rule[len(cuePrefix):]), Value: leaning[rule]})
	}
	return append(terms, Term{Name: "leans", Value: leans}, Term{Name: "leans_near", Value: leans * near}, Term{Name: "finds", Value: strongest}, Term{Name: "finds_all", Value: 1 - miss}, Term{Name: "finds_near", Value: strongest * near},
		Term{Name: "supports", Value: support}, Term{Name: "supports_near", Value: support * near})
}

func sorted(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }

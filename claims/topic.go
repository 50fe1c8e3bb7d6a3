package claims

import (
	"slices"
	"strings"

	"contredit/french"
)

// Topic is a subject that the operator watches.
type Topic struct {
	Name   string
	Words  []string // words or phrases, one of which has to stand in the claim or its context
	Bodies []string // only claims published by these; empty for all
}

// topicsOf are the watched subjects of a claim: one of their phrases stands in it, in any
// form of its words, or in the sentence before it.
func (x *Extractor) topicsOf(c *Claim, body string) []string {
	var names []string
	text := stemsInOrder(c.Quote)
	before := stemsInOrder(c.Before)
	for _, t := range x.Topics {
		if len(t.Bodies) > 0 && !slices.ContainsFunc(t.Bodies, func(b string) bool { return french.Fold(b) == french.Fold(body) }) {
			continue
		}
		if slices.ContainsFunc(t.Words, func(phrase string) bool {
			p := stemsInOrder(phrase)
			return p != "  " && (strings.Contains(text, p) || strings.Contains(before, p))
		}) {
			names = append(names, t.Name)
		}
	}
	return names
}

// stemsInOrder writes the stems of a text with a space around each.
func stemsInOrder(text string) string {
	var b strings.Builder
	b.WriteByte(' ')
	for _, t := range french.Terms(text) {
		b.WriteString(t.Stem)
		b.WriteByte(' ')
	}
	return b.String()
}

package document

import (
	"hash/fnv"
	"slices"
	"strings"
)

// Change is what became of a document's text between two versions.
type Change struct {
	Print   uint64   // the same for the same change on many pages: a footer, a banner
	Removed []string // paragraphs that went, in the order of the text
	Added   []string // paragraphs that came
}

// ChangeBetween compares the texts of two readings of one document. The second result is
// false when not a word changed: only the frame of the page did.
func ChangeBetween(before, after *Reading) (Change, bool) {
	if before == nil || after == nil {
		return Change{}, false
	}
	c := Change{Removed: paragraphsOnlyIn(before.Text, after.Text), Added: paragraphsOnlyIn(after.Text, before.Text)}
	if len(c.Removed)+len(c.Added) == 0 {
		return Change{}, false
	}
	h := fnv.New64a()
	for _, list := range [][]string{c.Removed, c.Added} {
		sorted := slices.Clone(list)
		slices.Sort(sorted)
		for _, p := range sorted {
			h.Write([]byte(p)) // a hash never fails
			h.Write([]byte{0})
		}
		h.Write([]byte{1})
	}
	c.Print = h.Sum64()
	return c, true
}

func paragraphsOnlyIn(text, other string) []string {
	left := map[string]int{}
	for p := range strings.SplitSeq(other, "\n") {
		left[fold(p)]++
	}
	var only []string
	for p := range strings.SplitSeq(text, "\n") {
		if p = fold(p); p == "" {
			continue
		}
		if left[p] > 0 {
			left[p]--
			continue
		}
		only = append(only, p)
	}
	return only
}

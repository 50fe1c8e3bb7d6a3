package claims

import (
	_ "embed"
	"strings"
	"sync"

	"contredit/french"
)

//go:embed synonyms.txt
var synonymsText string

// synonymGroup is a list of entries that speak of one subject; an entry is the stems of its
// words.
type synonymGroup [][]string

// synonyms are the groups by the first stem of each entry.
var synonyms = sync.OnceValue(func() map[string][]synonymMatch {
	at := map[string][]synonymMatch{}
	for line := range strings.Lines(synonymsText) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		var group synonymGroup
		for entry := range strings.SplitSeq(line, ",") {
			var stems []string
			for _, t := range french.Terms(entry) {
				if !t.Stop {
					stems = append(stems, t.Stem)
				}
			}
			if len(stems) > 0 {
				group = append(group, stems)
			}
		}
		for i, entry := range group {
			at[entry[0]] = append(at[entry[0]], synonymMatch{group, i})
		}
	}
	return at
})

type synonymMatch struct {
	group synonymGroup
	entry int
}

// widened returns the stems that speak of the same subjects as the given ones, with how much
// each counts, from 0 to 1. The given stems are left out.
func widened(stems map[string]bool) map[string]float64 {
	found := map[string]float64{}
	for stem := range stems {
		for _, m := range synonyms()[stem] {
			whole := true
			for _, s := range m.group[m.entry] {
				whole = whole && stems[s]
			}
			if !whole {
				continue
			}
			for i, entry := range m.group {
				if i == m.entry {
					continue
				}
				for _, s := range entry {
					if !stems[s] {
						found[s] = max(found[s], synonymWeight/float64(len(entry)))
					}
				}
			}
		}
	}
	return found
}

// synonymWeight is what a word of the same group counts beside the word itself.
const synonymWeight = 0.4

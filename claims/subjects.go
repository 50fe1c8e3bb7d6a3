package claims

import (
	"slices"
	"strings"
)

// subjects are what the gate looks for in a sentence of a record, read once: a sentence that many
// claims share words with is looked at again and again.
type subjects struct {
	own, around          wordList // stems of its telling words, and of those around it
	groups, aroundGroups wordList // of meaning
}

// wordList holds words, sorted, each once. It takes a fifth of the memory of a map.
type wordList []string

func (l wordList) has(word string) bool {
	_, found := slices.BinarySearch(l, word)
	return found
}

func newWordList(words []string) wordList {
	slices.Sort(words)
	return slices.Clip(slices.Compact(words))
}

func (a *Assertion) subjects() *subjects {
	if a.told != nil {
		return a.told
	}
	l, told := frameWords(), &subjects{own: sorted(stemsOf(a))}
	var around, groups, aroundGroups []string
	for _, t := range a.Around {
		around = append(around, t.Stem)
		aroundGroups = append(aroundGroups, l.themeWord(t.Stem, 1, false).group)
	}
	for _, t := range a.Sentence.Tokens {
		if carriesTheme(t) {
			groups = append(groups, l.themeWord(l.themeStem(t), 1, false).group)
		}
	}
	told.around, told.groups, told.aroundGroups = newWordList(around), newWordList(groups), newWordList(aroundGroups)
	a.told = told
	return told
}

// stemsOf are the stems of the telling words of a sentence.
func stemsOf(a *Assertion) map[string]bool {
	set := map[string]bool{}
	for _, t := range a.Terms {
		if !t.Stop && strings.TrimSpace(t.Stem) != "" {
			set[t.Stem] = true
		}
	}
	return set
}

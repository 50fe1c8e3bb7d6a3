package claims

import (
	"cmp"
	"slices"
)

// Rules are all rules of the comparators, by their id.
func Rules() []Rule {
	list := slices.Concat(cueRules, frameRules, numberRules, structureRules, presenceRules, []Rule{{RuleJudge, KindNegation, "L’avis d’un modèle facultatif, une raison parmi d’autres."}})
	slices.SortFunc(list, func(a, b Rule) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

package claims

import (
	"regexp"
	"strings"
)

var (
	// toldPast is the past conditional of what a paper tells without vouching for it: « aurait
	// coûté », « auraient ainsi été prévenus ».
	toldPast = regexp.MustCompile(`\b(?:aurai(?:t|ent)|serai(?:t|ent))\s+(?:(?:ainsi|aussi|déjà|donc|en outre|également|jamais|notamment|pas|même|plus)\s+)?(?:été\s+)?\p{L}{2,}(?:é|ée|és|ées|i|ie|ies|is|ise|it|ite|u|ue|us|ues|ert|erte|erts)(?:[\s,.;:»)]|$)`)
	toldThat = regexp.MustCompile(`\s(?:que\s|qu['’])`)
	// onCondition is what makes a conditional an hypothesis of the one who speaks.
	onCondition = regexp.MustCompile(`(?i)(?:^|[\s,«])(?:si\s|s['’]ils?\s|à condition|à supposer|sans\s|sinon|faute d|à défaut|en cas d|dans le cas|au conditionnel|il (?:faudrait|suffirait))`)
)

// isUnvouched says that a sentence is in the journalistic conditional.
func isUnvouched(sentence string) bool {
	m := toldPast.FindStringIndex(sentence)
	if m == nil || onCondition.MatchString(sentence) {
		return false
	}
	// « avait promis qu'aucun poste ne serait supprimé » is the future of a past.
	clause := sentence[:m[0]]
	clause = clause[strings.LastIndexAny(clause, ",;:")+1:]
	return !toldThat.MatchString(clause)
}

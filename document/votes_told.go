package document

import (
	"strings"
)

// toldOfAnother are the words with which somebody tells of a vote that was taken elsewhere or
// before: « Mme X rappelle que le vœu avait été rejeté par 43 voix contre 34 ».
var toldOfAnother = lazily(`(?i)\b(?:rappel(?:le|lent|ait|ant|é)|avai(?:t|ent|ons)|avions|eut|lors\s+(?:de\s+(?:la|l['’])|du)\s*(?:dernière\s+|précédente\s+)?(?:assemblée|conseil|comité|réunion|séance|session|vote)|l['’]an(?:née)?\s+(?:dernière?|passée?)|la\s+dernière\s+fois)\b`)

// isOpinionOf says that a member speaks in the passage: what a rapporteur or an opponent says
// of an amendment, « Avis défavorable. », is their opinion and no result. The chair states results.
func (v *voteReader) isOpinionOf(p Passage) bool {
	for _, t := range v.r.Turns {
		if t.Start >= p.Start && t.Start < p.End && t.Label != "" && p.Kind != KindDirection {
			return !statesResults.MatchString(plain(t.Label + " " + t.Title))
		}
	}
	return false
}

// statesResults are the offices of those who put to the vote.
var statesResults = lazily(`\b(?:president|presidente|maire|doyen|doyenne)\b`)

// numbersOf gives a result that was stated without numbers those that the record states after
// it: an act says « Article 1er. – Le schéma est approuvé. », and at its end who voted how.
func (v *voteReader) numbersOf(vote Vote) bool {
	if bare(vote) || vote.Inherited || vote.Result != "" {
		return false
	}
	for _, i := range v.section {
		old := &v.votes[i]
		if !bare(*old) || old.Unanimous || old.Inherited || old.College != vote.College || old.Item != vote.Item || old.Result == "" {
			continue
		}
		vote.Result = old.Result
		*old = vote
		return true
	}
	return false
}

// adoptedOn is how the head of a text says what became of the whole of it.
var adoptedOn = lazily(`(?i)^\W*(?:texte\s+|avis\s+|vœu\s+)?(?:adopté|approuvé|rejeté)e?\s+(?:[^.;:\d]{0,60}\s)?le\s+(?:\pL+\s+)?\d`)

// settleResult joins what the head of a text says of the whole, « Adopté en assemblée plénière
// le 10 décembre 2024 », with the one vote that has its numbers.
func (v *voteReader) settleResult() {
	stated, counted := -1, -1
	for i, vote := range v.votes {
		switch {
		case stated < 0 && bare(vote) && vote.Span.Start < headLength && adoptedOn.MatchString(strings.TrimSpace(vote.Span.In(v.r.Text))):
			stated = i
		case vote.Counted() && counted >= 0:
			return
		case vote.Counted():
			counted = i
		}
	}
	if stated < 0 || counted < 0 || v.votes[counted].Result != "" && v.votes[counted].Result != v.votes[stated].Result {
		return
	}
	v.votes[counted].Result, v.votes[counted].Item = v.votes[stated].Result, v.votes[stated].Item
	v.votes = append(v.votes[:stated], v.votes[stated+1:]...)
}

package claims

import (
	"regexp"
	"slices"
	"strings"

	"contredit/french"
)

// otherThing weakens what two figures say of each other when they may be of two things: other
// names, other people, or a figure that is only possible.
func otherThing(claim, record *Assertion, c, w quantity) float64 {
	factor := 1.0
	if a, b := nameStems(claim), nameStems(record); len(a) > 0 && len(b) > 0 && !slices.ContainsFunc(a, func(n string) bool {
		return slices.ContainsFunc(b, func(m string) bool { return strings.Contains(m, n) || strings.Contains(n, m) }) || slices.ContainsFunc(record.Around, func(t french.Term) bool { return t.Stem == n })
	}) {
		factor *= otherNames
	}
	if c.kind != quantityChange && isDelta(claim.Text, c.span) != isDelta(record.Text, w.span) {
		factor *= otherRole // « perdre vingt places » of sixty-two
	}
	if grants(claim.Text, c.span) && costs(record.Text, w.span) {
		factor *= otherRole // what is given towards a thing is not what it costs
	}
	if otherSubjects(claim, record) {
		factor *= otherSubject
	}
	people := peopleWords()
	isPeople := func(g string) bool { return people[g] }
	if slices.ContainsFunc(claim.groups, isPeople) && slices.ContainsFunc(record.groups, isPeople) &&
		!slices.ContainsFunc(claim.groups, func(g string) bool { return people[g] && slices.Contains(record.groups, g) }) {
		factor *= otherSubject
	}
	if at := record.Sentence.At(w.span.Start); at >= 0 {
		if m := record.Sentence.Clauses[record.Sentence.Tokens[at].Clause].Modality; m.Has(french.Conditional | french.Possible | french.Hypothetical | french.Wish | french.Question) {
			factor *= unsureFigure
		}
	}
	return factor
}

// What is granted, and what a thing costs as a whole, by the words before an amount.
var (
	grantWords = regexp.MustCompile(`(?i)(?:accord|subvention|aide|particip|contribu|vers|attribu|sout|allou|dot)\p{L}*[^.;]{0,40}$`)
	costWords  = regexp.MustCompile(`(?i)(?:coût|cout|montant (?:total|global|de l['’]opération)|estim|chiffr|enveloppe (?:totale|globale))\p{L}*[^.;]{0,40}$`)
)

// deltaBefore and deltaAfter stand beside a figure that says by how much, not how many.
var (
	deltaBefore = regexp.MustCompile(`(?i)(?:\b(?:perd|supprim|gagn|ajout|économis|retir)\p{L}*|\b(?:hausse|baisse|augmentation|diminution|surcoût|écart|perte|gain) (?:de|d['’])|\bd['’]autres)\s[^.;,]{0,12}$`)
	deltaAfter  = regexp.MustCompile(`(?i)^[^.;,\d]{0,30}\b(?:de plus|de moins|en plus|en moins|supplémentaires?|supprimée?s?|additionnel\p{L}*)\b`)
)

func isDelta(text string, s Span) bool {
	return deltaBefore.MatchString(tailBytes(text[:s.Start], 40)) || deltaAfter.MatchString(text[s.End:])
}

func grants(text string, s Span) bool {
	before := tailBytes(text[:s.Start], 70)
	return grantWords.MatchString(before) && !costWords.MatchString(before)
}

func costs(text string, s Span) bool {
	before := tailBytes(text[:s.Start], 70)
	return costWords.MatchString(before) && !grantWords.MatchString(before)
}

// otherSubjects says whether the main subjects of both, or what completes them, are two things of which neither is
// named in the other sentence or around it.
func otherSubjects(claim, record *Assertion) bool {
	a, b := claim.mainSubjects(), record.mainSubjects()
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	named := func(groups []string, in *Assertion) bool {
		return slices.ContainsFunc(groups, func(g string) bool { return hasGroup(in.matter(), g) || hasGroup(in.frames.around, g) })
	}
	return !named(a, record) && !named(b, claim)
}

// mainSubjects are the groups of the subject of the first clause that has a telling one, and of its complement.
func (a *Assertion) mainSubjects() []string {
	l := frameWords()
	for _, c := range a.Sentence.Clauses {
		if c.SubjectHead < 0 {
			continue
		}
		t := a.Sentence.Tokens[c.SubjectHead]
		if t.POS != french.Noun && t.POS != french.ProperNoun {
			continue
		}
		var groups []string
		if w := l.themeWord(l.themeStem(t), 1, false); !w.weak && !measureNouns[t.Stem] && !measureStems[t.Stem] {
			groups = append(groups, w.group)
		}
		if of := l.complementOf(&a.Sentence, c.SubjectHead); of != "" && !l.weak[of] {
			groups = append(groups, of)
		}
		return groups
	}
	return nil
}

// What is left of the strength of a reason when the names differ, and when the figure of the
// record is only possible.
const (
	otherNames   = 0.5
	otherRole    = 0.35
	unsureFigure = 0.4
)

// What was spent, and what was only opened for it: a budget is no account.
var (
	spentWords  = regexp.MustCompile(`\b(?:effectives?|effectivement|realise[es]*|mandate[es]*|depense[es]*|consomme[es]*|execute[es]*|verse[es]*|mobilise)\b`)
	openedWords = regexp.MustCompile(`^[^,;.]{0,12}\b(?:de )?credits? (?:ouverts?|inscrits?|votes?)|^[^,;.]{0,20}\b(?:inscrite?s?|budgetee?s?|prevue?s?|ouverte?s?)\b`)
)

// spentAndOpened says whether the claim tells what was spent and the figure of the record what was opened.
func spentAndOpened(claim, record *Assertion, w french.Figure) bool {
	return spentWords.MatchString(plainOf(claim.Text).s) && openedWords.MatchString(plainOf(record.Text[w.End:]).s)
}

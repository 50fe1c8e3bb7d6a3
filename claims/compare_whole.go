package claims

import (
	"fmt"
	"regexp"
	"slices"

	"contredit/french"
)

// What the rules of this file are worth before the matter of both sentences is weighed.
const (
	wholeStrength     = 0.4  // a part counted where all are claimed
	exceptionStrength = 0.35 // an exception named
	leastWhole        = 0.25 // how surely both have to be about one thing
	genericSet        = 0.75 // « établissements » where the claim says « lycées »
)

// exceptions name what a record leaves out of a whole: plain forms, from what clerks write.
var exceptions = regexp.MustCompile(`\b(?:a l['’](?:exception|exclusion) (?:de|du|des|d['’])|exceptee?s?\b|hormis\b|sauf\b|en dehors (?:de|du|des)\b|restent? a (?:equiper|raccorder|traiter|faire|livrer|installer|renover|ouvrir|signer)\b|n['’](?:est|sont) pas (?:concerne|inclu|compris|vise|retenu|couvert|desservi|equipe|raccorde|reconduit|renouvele))`)

// compareWholes compares what is claimed of all, or of none, with a part that the record counts: « toutes les
// écoles sont équipées », « sept des douze écoles »; « pas un lycée ne trie », « trente lycées sur quarante trient ».
// It leaves alone what is only planned, and wholes that the claim denies itself.
func compareWholes(claim, record *Assertion) []Reason {
	if claim.Sentence.Modality.Has(french.Question|french.Hypothetical|french.Wish|french.Conditional) || record.Sentence.Modality.Has(french.Question|french.Hypothetical|french.Wish|french.Conditional) {
		return nil
	}
	if onlyPlanned(claim, record) {
		return nil
	}
	for _, q := range claim.Sentence.Quantifiers {
		if q.Head < 0 || claim.Sentence.Tokens[q.Head].POS != french.Noun || q.Kind != french.All && q.Kind != french.Every && q.Kind != french.None {
			continue
		}
		if q.Kind != french.None && (claim.Sentence.Negated || voidOf.MatchString(tailBytes(claim.Text[:q.Start], 24))) {
			continue // « toutes les écoles ne sont pas … », « dépourvu de toute clause »
		}
		if r, ok := partCounted(claim, record, q); ok {
			return []Reason{r}
		}
		if r, ok := exceptionNamed(claim, record, q); ok {
			return []Reason{r}
		}
	}
	return nil
}

// planWords tell what a record only plans.
var planWords = regexp.MustCompile(`\b(?:(?:le|ce) projet (?:retient|prevoit|comporte|porte)|il est (?:propose|prevu|envisage)|(?:propose|prevoi(?:t|ent)|envisage(?:nt)?) (?:de|d'|que|l'|la|le|les)\b)`)

// onlyPlanned says whether the record plans what the claim tells as a fact of today.
func onlyPlanned(claim, record *Assertion) bool {
	return claim.Sentence.Tense != french.FutureTense && planWords.MatchString(plainOf(record.Text).s)
}

// voidOf turns « toute » after it into none.
var voidOf = regexp.MustCompile(`(?i)\b(?:dépourvue?s?|exempte?s?|vides?|vierges?|privée?s?|à l['’]abri|en dehors|indépendamment|hors)\s+(?:de|d['’])\s*$`)

// partCounted finds the part of the claim's whole that the record counts.
func partCounted(claim, record *Assertion, q french.Quantifier) (Reason, bool) {
	l := frameWords()
	set := claim.Sentence.Tokens[q.Head]
	for _, f := range record.Figures {
		part, ok := f.Share()
		if !ok || part >= 1 || part <= 0 || f.Target || f.Unit == "%" && f.Direction != 0 {
			continue
		}
		same := l.sameSet(set, record, f)
		if same == 0 {
			continue
		}
		if q.Kind == french.None && (deniedAt(record, f.Span) || !l.sameDeed(claim, record, q)) {
			continue // « douze sur vingt ne le font pas »: others do, but it does not say so
		}
		matter := matterBeside(claim, record, l.groupOf(set))
		if matter < leastWhole {
			continue
		}
		rule, text := "PORTEE-COMPTE-1", "La déclaration parle de tous (%s), le document en compte une part (%s)."
		if q.Kind == french.None {
			rule, text = "PORTEE-COMPTE-2", "La déclaration dit qu’il n’y en a aucun (%s), le document en compte (%s)."
		}
		whole := Span{Start: q.Start, End: q.End}
		return Reason{Rule: rule, Kind: KindScope, ClaimSpan: whole, EvidenceSpan: f.Span, Strength: min((wholeStrength+0.5*matter)*same*notYet(claim, record), 0.9),
			Text: fmt.Sprintf(text, guillemets(whole.In(claim.Text)), guillemets(f.In(record.Text)))}, true
	}
	return Reason{}, false
}

// exceptionNamed finds what the record leaves out of the claim's whole: « sont maintenues, à l'exception de … ».
func exceptionNamed(claim, record *Assertion, q french.Quantifier) (Reason, bool) {
	p := plainOf(record.Text)
	m := exceptions.FindStringIndex(p.s)
	if m == nil || exceptions.MatchString(plainOf(claim.Text).s) {
		return Reason{}, false
	}
	set := frameWords().groupOf(claim.Sentence.Tokens[q.Head])
	if !hasGroup(record.matter(), set) {
		return Reason{}, false
	}
	matter := matterBeside(claim, record, set)
	if matter < leastWhole {
		return Reason{}, false
	}
	whole := Span{Start: q.Start, End: q.End}
	words := p.span(Span{Start: m[0], End: m[1]})
	return Reason{Rule: "PORTEE-EXCEPTION-1", Kind: KindScope, ClaimSpan: whole, EvidenceSpan: words, Strength: min((exceptionStrength+0.5*matter)*notYet(claim, record), 0.9),
		Text: fmt.Sprintf("La déclaration ne connaît pas d’exception (%s), le document en fait une (%s).", guillemets(whole.In(claim.Text)), guillemets(words.In(record.Text)))}, true
}

// deniedAt says whether the clause around a span is denied.
func deniedAt(a *Assertion, s Span) bool {
	at := clauseAt(a, s)
	return at >= 0 && a.Sentence.Clauses[at].Negated
}

// sameDeed says whether the record names what the claim says that none does.
func (l *frameLexicon) sameDeed(claim, record *Assertion, q french.Quantifier) bool {
	head := claim.Sentence.Clauses[claim.Sentence.Tokens[q.Head].Clause].Head
	return head >= 0 && hasGroup(record.matter(), l.groupOf(claim.Sentence.Tokens[head]))
}

// notYet weakens what a record says before the day to which a promise looks.
func notYet(claim, record *Assertion) float64 {
	if claim.Sentence.Tense == french.FutureTense && !record.Day.IsZero() && !record.Day.After(claim.Day) {
		return 0.4
	}
	return 1
}

// genericSets are nouns that stand for the things counted.
var genericSets = stemSet("établissements structures sites services communes équipements bénéficiaires organismes agents usagers personnes dossiers demandes cas bâtiments associations participants répondants membres élus foyers ménages")

// sameSet is how surely a figure of the record counts things of the claim's set: 1 for the same noun or
// one that means the same, less for one that stands for many, 0 for another.
func (l *frameLexicon) sameSet(set french.Token, record *Assertion, f french.Figure) float64 {
	nouns := stemSet(f.Noun)
	at := record.Sentence.At(f.Start)
	if f.Unit == "%" && at >= 0 { // « le taux de raccordement des foyers atteint 74 % »
		at = max(at-8, 0)
	}
	for i := max(at, 0); at >= 0 && i < len(record.Sentence.Tokens) && i <= at+8; i++ { // « sept des douze écoles »
		if t := record.Sentence.Tokens[i]; t.POS == french.Noun {
			nouns[t.Stem] = true
		}
	}
	group := l.groupOf(set)
	for stem := range nouns {
		if stem == set.Stem || l.themeWord(stem, 1, false).group == group {
			return 1
		}
	}
	for stem := range nouns {
		if genericSets[stem] {
			return genericSet
		}
	}
	return 0
}

func (l *frameLexicon) groupOf(t french.Token) string {
	return l.themeWord(l.themeStem(t), 1, false).group
}

// matterBeside is how surely two sentences are about one thing but for a set that both name: 0 when the
// set is all that they share.
func matterBeside(claim, record *Assertion, set string) float64 {
	shared := slices.ContainsFunc(claim.matter(), func(w themeWord) bool {
		return w.group != set && !w.weak && hasGroup(record.matter(), w.group)
	})
	if !shared {
		return 0
	}
	return sameMatter(claim, record)
}

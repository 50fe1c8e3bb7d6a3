package claims

import (
	"fmt"
	"regexp"
	"strings"

	"contredit/french"
)

// targetMet says that an aim was reached; plain forms.
var targetMet = regexp.MustCompile(`\b(?:objectifs?|cibles?|engagements?|seuils?|plafonds?|quotas?|obligations?|ambitions?|promesses?)\b.{0,80}\b(?:tenue?s?|atteinte?s?|respectee?s?|remplie?s?|depassee?s?|honoree?s?)\b|\b(?:tenons|tenu|atteint|respecte|rempli|depasse|honore)\b.{0,40}\b(?:objectifs?|cibles?|engagements?|seuils?|quotas?)\b`)

// aimBefore stands between what was measured and what was aimed at.
var aimBefore = regexp.MustCompile(`(?i)(?:pour|contre|sur|face à|au lieu de|alors que|quand) (?:un |une |l['’]|le |la |les )?(?:objectif|cible|engagement|seuil|plafond|quota|obligation)|(?:objectif|cible|seuil|plafond|quota)[^.;]{0,40}(?:de|à|fixée?) $`)

// compareTarget compares « l'objectif a été tenu » with a result beside its aim: « 88,3 %, pour
// un objectif de 94 % ».
func compareTarget(claim, record *Assertion, written []quantity) []Reason {
	if len(written) < 2 {
		return nil
	}
	m := targetMet.FindStringIndex(plainOf(claim.Text).s)
	if m == nil || claim.Sentence.Negated || claim.Sentence.Modality.Has(french.Wish|french.Hypothetical|french.Question|french.Planned) || claim.Sentence.Tense == french.FutureTense {
		return nil
	}
	at := plainOf(claim.Text).span(Span{Start: m[0], End: m[1]})
	for i, got := range written {
		for k, aim := range written {
			if i == k || got.target || !aim.target && !aimBefore.MatchString(tailBytes(record.Text[:aim.span.Start], 60)) || got.kind != aim.kind || got.unit != aim.unit || got.span.Start > aim.span.Start || sameValue(got, aim) {
				continue
			}
			align := trendAlign(claim, got, record)
			if align < leastNumberAlignment {
				continue
			}
			words := strings.TrimSpace(Span{Start: got.span.Start, End: aim.span.End}.In(record.Text))
			return []Reason{{Rule: "NOMBRE-OBJECTIF-1", Kind: KindNumber, ClaimSpan: at, EvidenceSpan: Span{Start: got.span.Start, End: aim.span.End},
				Strength: 0.3 + 0.6*align,
				Text:     fmt.Sprintf("Il est dit %s ; l’acte mesure autre chose que ce qui était visé : %s.", guillemets(at.In(claim.Text)), guillemets(words))}}
		}
	}
	return nil
}

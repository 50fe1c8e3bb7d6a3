package claims

import (
	"fmt"
	"strings"

	"contredit/french"
)

// Rules without a scale of their own.
const (
	ruleDenied   = "NEGATION-ACTION-1"
	ruleOpposite = "CONTRAIRE-1"
	ruleExceeds  = "PORTEE-PARTIE-1"
	ruleUnsure   = "MODALITE-ACTION-1"
	rulePosition = "ECHELLE-POSITION-1" // of scales/position.tsv
)

// kind is the nature of the contradiction, one of the ten of corpus/FORMAT.md.
func (p framePair) kind(relation frameRelation) Kind {
	x, y := p.x, p.y
	switch {
	case relation == frameUnsure:
		return KindModality
	case relation == frameExceeds:
		return KindScope
	case x.scale != nil && (x.scale.kind == KindModality || x.scale.kind == KindScope):
		return x.scale.kind
	case x.scale != nil && x.scale.name == "position" && votes(p.record):
		return KindVote
	case x.universal && !(y.universal && y.denied):
		return KindScope
	case p.claim.frames.promise && !y.modality.Has(french.Future) || x.money && x.modality.Has(french.Future):
		return KindPromise
	case x.denied != y.denied && x.word == y.word:
		return KindNegation
	case x.scale != nil && x.scale.kind == KindVote:
		return KindAntonym
	case x.scale != nil:
		return x.scale.kind
	case x.key[0] == '=':
		return KindNegation
	}
	return KindAntonym
}

// votes says whether the sentence tells a ballot.
func votes(a *Assertion) bool {
	for _, t := range a.Sentence.Tokens {
		switch t.Lemma {
		case "voix", "suffrage", "votant", "scrutin", "abstention", "voter", "unanimité":
			return true
		}
	}
	return false
}

func (p framePair) rule(relation frameRelation) string {
	switch {
	case relation == frameExceeds:
		return ruleExceeds
	case p.x.scale != nil:
		return p.x.scale.rule
	case relation == frameUnsure:
		return ruleUnsure
	case p.x.key[0] == '=':
		return ruleDenied
	}
	return ruleOpposite
}

// text is the reason in one sentence that quotes both.
func (p framePair) text(relation frameRelation) string {
	said, noted := quote(p.claim.Text, p.x.span), quote(p.record.Text, p.y.span)
	switch {
	case relation == frameAgrees:
		return fmt.Sprintf("La déclaration dit %s et le document %s\u202f: les deux s’accordent.", said, noted)
	case relation == frameExceeds:
		return fmt.Sprintf("La déclaration parle de tous (%s), le document d’une partie (%s).", said, noted)
	case relation == frameUnsure && p.x.asserted():
		return fmt.Sprintf("La déclaration donne pour fait %s, le document pour possible ou prévu %s.", said, noted)
	case relation == frameUnsure:
		return fmt.Sprintf("La déclaration donne pour possible ou prévu %s, le document pour fait %s.", said, noted)
	case p.x.scale != nil:
		return fmt.Sprintf("La déclaration dit %s (%s), le document dit %s (%s)\u202f: les deux ne vont pas ensemble.",
			said, p.x.scale.named(p.x.mask), noted, p.x.scale.named(p.y.mask))
	case p.x.denied != p.y.denied:
		return fmt.Sprintf("L’un affirme ce que l’autre nie\u202f: la déclaration dit %s, le document dit %s.", said, noted)
	}
	return fmt.Sprintf("La déclaration dit %s, le document dit le contraire\u202f: %s.", said, noted)
}

// named lists the values of a mask, the lowest first.
func (s *frameScale) named(mask uint16) string {
	var names []string
	for i, v := range s.values {
		if mask&(1<<i) != 0 {
			names = append(names, strings.ReplaceAll(v, "-", " "))
		}
	}
	return strings.Join(names, " ou ")
}

func quote(text string, span french.Span) string {
	return "«\u202f" + strings.Join(strings.Fields(span.In(text)), " ") + "\u202f»"
}

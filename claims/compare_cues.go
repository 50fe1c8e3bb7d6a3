package claims

import (
	"fmt"
	"slices"
	"strings"
)

// cuePrefix opens the ids of the rules that only see which way two sentences lean. They are
// no findings: what they are worth depends on how surely both speak of one thing.
const cuePrefix = "INDICE-"

// cueRule sets two sentences against each other that lean two ways.
type cueRule struct {
	id            string
	kind          Kind
	claim, record string // classes of cues
	strength      float64
	unless        string // class that keeps the record from being read so
	later         bool   // only a record that is younger than the claim
	shared        int    // least number of words that both must share
	text          string // « %s » is the claim's words, then the record's
}

var cueComparisons = []cueRule{
	{"INDICE-DATE-1", KindDate, "ponctuel", "en-retard", 0.35, "", false, 1, "La déclaration dit %s, le document parle d’un retard ou d’un report (%s)."},
	{"INDICE-DATE-1", KindDate, "avant", "après", 0.35, "", false, 1, "La déclaration dit %s, le document place la chose après coup (%s)."},
	{"INDICE-DATE-1", KindDate, "après", "avant", 0.25, "", false, 1, "La déclaration dit %s, le document place la chose avant (%s)."},
	{"INDICE-DATE-1", KindDate, "en-retard", "ponctuel", 0.3, "", false, 1, "La déclaration parle de retard (%s), le document dit %s."},
	{"INDICE-PREMIERE-1", KindDate, "avant", "première-fois", 0.4, "", false, 1, "La déclaration dit %s, le document dit que c’était la première fois (%s)."},
	{"INDICE-PREMIERE-1", KindNegation, "", "première-fois", 0.25, "", false, 2, "La déclaration place la chose plus tôt (%s), le document dit que c’était la première fois (%s)."},
	{"INDICE-PORTEE-1", KindScope, cueAll, cueSome, 0.4, "", false, 1, "La déclaration parle de tous (%s), le document d’une partie (%s)."},
	{"INDICE-PORTEE-1", KindScope, cueAll, "autres", 0.4, "", false, 1, "La déclaration parle de tous (%s), le document en excepte (%s)."},
	{"INDICE-PORTEE-1", KindScope, cueAll, cueDenied, 0.3, "", false, 2, "La déclaration parle de tous (%s), le document dit que non (%s)."},
	{"INDICE-PORTEE-2", KindScope, cueNone, cueSome, 0.4, cueDenied, false, 1, "La déclaration dit %s, le document en montre une partie (%s)."},
	{"INDICE-PORTEE-2", KindScope, cueNone, "", 0.3, cueDenied, false, 2, "La déclaration dit %s, le document en montre (%s)."},
	{"INDICE-PORTEE-3", KindScope, "exclusif", "étendu", 0.35, cueDenied, false, 1, "La déclaration pose une limite (%s), le document va au-delà (%s)."},
	{"INDICE-ETAPE-1", KindModality, "indécidé", "décidé", 0.4, "indécidé", false, 1, "La déclaration dit la chose ouverte (%s), le document la dit décidée (%s)."},
	{"INDICE-ETAPE-1", KindModality, "décidé", "indécidé", 0.35, "", false, 1, "La déclaration dit la chose décidée (%s), le document la dit ouverte (%s)."},
	{"INDICE-OBLIGATION-1", KindModality, "obligatoire", "facultatif", 0.4, "", false, 1, "La déclaration dit une obligation (%s), le document un choix (%s)."},
	{"INDICE-OBLIGATION-1", KindModality, "facultatif", "obligatoire", 0.4, "", false, 1, "La déclaration dit un choix (%s), le document une obligation (%s)."},
	{"INDICE-ENGAGEMENT-1", KindPromise, cuePromise, "en-retard", 0.45, "", true, 1, "Un engagement (%s), et un document qui dit plus tard un retard ou un report (%s)."},
	{"INDICE-ENGAGEMENT-1", KindPromise, cuePromise, "manqué", 0.4, "", true, 1, "Un engagement (%s), et un document qui en montre plus tard autre chose (%s)."},
	{"INDICE-ENGAGEMENT-1", KindPromise, cuePromise, cueDenied, 0.35, "", true, 1, "Un engagement (%s), et un document qui dit plus tard que non (%s)."},
	{"INDICE-ENGAGEMENT-1", KindPromise, cuePromise, cueSome, 0.35, "", true, 1, "Un engagement (%s), et un document qui en montre plus tard une partie (%s)."},
	{"INDICE-ENGAGEMENT-1", KindPromise, cuePromise, "indécidé", 0.3, "", true, 1, "Un engagement (%s), et un document qui dit plus tard la chose ouverte (%s)."},
	{"INDICE-SENS-1", KindAntonym, "appréciation-bonne", "appréciation-mauvaise", 0.3, "", false, 1, "La déclaration dit %s, le document dit %s."},
	{"INDICE-SENS-1", KindAntonym, "appréciation-mauvaise", "appréciation-bonne", 0.25, "", false, 1, "La déclaration dit %s, le document dit %s."},
	{"INDICE-NEGATION-1", KindNegation, "", cueDenied, 0.3, "", false, 3, "La déclaration affirme (%s), le document nie (%s)."},
}

// compareCues sees which way two sentences lean.
func compareCues(claim, record *Assertion) []Reason {
	if len(claim.cues) == 0 && len(record.cues) == 0 || len(claim.Sentence.Clauses) == 0 || len(record.Sentence.Clauses) == 0 {
		return nil
	}
	if strings.HasSuffix(strings.TrimSpace(record.Text), "?") {
		return nil
	}
	if !assertive(claim) || !assertive(record) {
		return nil
	}
	shared := themesShared(claim, record)
	if shared == 0 {
		return nil
	}
	var reasons []Reason
	for _, rule := range cueComparisons {
		if rule.later && !after(claim, record) || shared < rule.shared {
			continue
		}
		if _, spoken := record.cueOf(rule.unless); rule.unless != "" && spoken {
			continue
		}
		if rule.claim == cueNone && !sameNone(claim, record) {
			continue
		}
		x, ok := claim.leans(rule.claim, rule.record)
		y, also := record.leans(rule.record, rule.claim)
		if !ok || !also {
			continue
		}
		reasons = strongestOf(reasons, Reason{Rule: rule.id, Kind: rule.kind, ClaimSpan: x, EvidenceSpan: y, Strength: rule.strength * min(0.7+0.1*float64(shared), 1),
			Text: fmt.Sprintf(rule.text, guillemets(x.In(claim.Text)), guillemets(y.In(record.Text)))})
	}
	return reasons
}

// leans finds the words that lean as the class says. Without a class any sentence that does
// not lean as the other one is plain enough, and its predicate is quoted.
func (a *Assertion) leans(class, other string) (Span, bool) {
	if class != "" {
		return a.cueOf(class)
	}
	if _, same := a.cueOf(other); same {
		return Span{}, false
	}
	return predicateSpan(&a.Sentence), true
}

// themesShared counts the words of the claim, weak ones left out, that the record has too,
// itself or by one that means about the same. What the claim is about may stand before it.
func themesShared(claim, record *Assertion) int {
	n := 0
	for _, g := range claim.groups {
		for _, h := range record.groups {
			if g == h {
				n++
				break
			}
		}
	}
	return n
}

// groupsOf are the groups of meaning of the words that say what a sentence is about.
func groupsOf(a *Assertion) []string {
	l, seen := frameWords(), map[string]bool{}
	var list []string
	for _, t := range a.Sentence.Tokens {
		if !carriesTheme(t) {
			continue
		}
		if w := l.themeWord(l.themeStem(t), 1, false); !w.weak && !seen[w.group] {
			seen[w.group] = true
			list = append(list, w.group)
		}
	}
	return list
}

// sameNone says whether the record tells of what the claim says there is none of: the noun or
// the verb that is denied.
func sameNone(claim, record *Assertion) bool {
	s := &claim.Sentence
	for _, q := range s.Quantifiers {
		if q.Head < 0 {
			continue
		}
		heads := []int{q.Head}
		if c := s.Clauses[s.Tokens[q.Head].Clause]; c.Head >= 0 {
			heads = append(heads, c.Head)
		}
		l := frameWords()
		for _, i := range heads {
			if w := l.themeWord(l.themeStem(s.Tokens[i]), 1, false); !w.weak && slices.Contains(record.groups, w.group) {
				return true
			}
		}
	}
	return false
}

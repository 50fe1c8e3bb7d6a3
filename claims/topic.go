package claims

import (
	"regexp"
	"slices"
	"strings"

	"contredit/document"
	"contredit/french"
)

// Topic is a subject that the operator watches.
type Topic struct {
	Name   string
	Words  []string // words or phrases, one of which has to stand in the claim, or in the sentence that it takes up
	Bodies []string // only claims published by these; empty for all
}

// topicsOf are the watched subjects of a sentence: one of their phrases stands in it, in any form of
// its words. What stands around it may be another subject, or another speaker.
func (x *Extractor) topicsOf(sentence, body string) []string {
	var names []string
	text := stemsInOrder(sentence)
	for _, t := range x.Topics {
		if len(t.Bodies) > 0 && !slices.ContainsFunc(t.Bodies, func(b string) bool { return french.Fold(b) == french.Fold(body) }) {
			continue
		}
		if slices.ContainsFunc(t.Words, func(phrase string) bool {
			p := stemsInOrder(phrase)
			return p != " " && strings.Contains(text, p)
		}) {
			names = append(names, t.Name)
		}
	}
	return names
}

// withTopics adds the subjects of the sentence that a claim refers back to.
func withTopics(own, before []string) []string {
	for _, name := range before {
		if !slices.Contains(own, name) {
			own = append(own, name)
		}
	}
	return own
}

// sameTurn says that two claims are of one speaker in one go: within one turn, or one paragraph where
// there are no turns.
func sameTurn(r *document.Reading, a, b *Claim) bool {
	if a.Speaker != b.Speaker || a.Reported != b.Reported || a.Medium != b.Medium {
		return false
	}
	one, in := r.SpeakerAt(a.Span.Start)
	other, too := r.SpeakerAt(b.Span.Start)
	if in || too {
		return in && too && one.Span == other.Span
	}
	p, ok := passageAt(r, a.Span.Start)
	return ok && p.Contains(b.Span)
}

// refersBack says that a sentence takes up what the one before it spoke of: « Cela », « cette méthode »,
// « Elle n'a jamais eu lieu ». « Il faut », « C'est en 2024 que » and « cette année » take up nothing.
func refersBack(sentence string) bool {
	words := french.Words(sentence)
	if len(words) > 1 && leadIns[words[0]] {
		words = words[1:]
	}
	head := strings.Join(words[:min(len(words), farthestAnaphor)], " ") + " "
	if impersonal.MatchString(head) {
		return false
	}
	return anaphoric.MatchString(head) || pointing.MatchString(head) && !pointsAround.MatchString(head)
}

// farthestAnaphor is within how many words of its start a sentence takes up the one before.
const farthestAnaphor = 5

// leadIns may stand before what refers back.
var leadIns = map[string]bool{"alors": true, "aussi": true, "donc": true, "et": true, "mais": true, "or": true}

// All are matched against folded words.
var (
	impersonal   = regexp.MustCompile(`^(?:il (?:faut|faudra|faudrait|y a|y avait|y aura|s'agit|s agit|est (?:temps|vrai|clair|urgent|possible|impossible|faux|important|prevu que)|reste|manque|suffit)|c'?(?:est| est) (?:pourquoi|ainsi|en \d+|le \d+|a la |au |aux |un plaisir|moi|nous|vous)) `)
	anaphoric    = regexp.MustCompile(`^(?:il|elle|ils|elles|cela|ca|ceci|c'(?:est|etait)|c' ?(?:est|etait)|ce (?:sera|fut|n'est|n'etait)|celui|celle|celles|ceux|tel est|telle est) |^(?:\S+ ){1,3}(?:cela|celui-ci|celle-ci|celles-ci|ceux-ci|ce dernier|cette derniere) |^(?:je|j'|nous|on|vous) y `)
	pointing     = regexp.MustCompile(`(?:^|\s)(?:ce|cet|cette|ces) [a-z]{3,}`)
	pointsAround = regexp.MustCompile(`(?:^|\s)(?:ce|cet|cette|ces) (?:annee|apres-midi|assemblee|automne|conseil|commune|departement|derniers?|dernieres?|ete|hemicycle|hiver|jour|jours|mandat|matin|mois|moment|nuit|pays|printemps|qui|que|region|salle|seance|semaine|soir|territoire|ville|sont|sera|fut|etait)\b`)
)

// stemsInOrder writes the stems of a text with a space around each.
func stemsInOrder(text string) string {
	var b strings.Builder
	b.WriteByte(' ')
	for _, t := range french.Terms(text) {
		b.WriteString(t.Stem)
		b.WriteByte(' ')
	}
	return b.String()
}

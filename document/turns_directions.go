package document

import (
	"strings"
)

// directionWords begin what a reporter notes of the room. From the records of regions and
// of the Assemblée nationale.
var directionWords = lazily(`(?i)^(?:vifs?\s+|vives?\s+|longs?\s+|nouveaux?\s+|nouvelles?\s+|mêmes?\s+|quelques\s+)?(?:acclamations|applaudi|approbation|assentiment|brouhaha|bravo|bruit|claquements|colloques|dénégations|exclamations|hilarité|huées|inaudible|hors\s+micro|interruptions?|les\s+conseillers|marques|micro|minute\s+de\s+silence|mis\s+aux\s+voix|mise\s+aux\s+voix|mouvements|murmures|non\s+sur|oh\s|oui\s+sur|pause|protestations|réactions|reprise|rires|rumeurs|signes?|silence|sourires|suspension|vote|il\s+est\s+procédé|l['’]amendement|l['’]assemblée|la\s+(?:séance|motion|délibération)|le\s+(?:rapport|vœu|scrutin|vote)|les\s+(?:amendements|rapports)|l['’]article|«\s*(?:oh|ah|non|oui|très bien))`)

var (
	moves      = lazily(`(?i)(?:entre(?:nt)?\s+(?:dans|en)|sort(?:ent)?\s+(?:de|du)|quitte(?:nt)?|regagne(?:nt)?|rejoint|arrive|rejoignent|prend\s+place|se\s+lèvent|se\s+lève|fait\s+un\s+signe|échangent|reprend\s+(?:sa|la|le)|hémicycle|salle|fauteuil|applaudi)`)
	inParens   = lazily(`\(([^()]{3,300})\)`)
	sittingRun = lazily(`(?i)^(?:\(?\s*)(?:la\s+séance|la\s+réunion),?\s+(?:est\s+)?(?:ouverte|suspendue|reprise|levée|interrompue)|^suspension\s+de\s+séance|^reprise\s+de\s+la\s+séance`)
	wordOf     = lazily(`^` + civilityWord + `\s+`)
)

// cutDirections finds the stage directions and keeps them apart from the speech: a passage
// in brackets becomes one, a bracket within a passage is noted.
func cutDirections(r *Reading, labelled bool) []Direction {
	var found []Direction
	for i := range r.Passages {
		p := &r.Passages[i]
		if p.Kind == KindRow || p.Kind == KindCue {
			continue
		}
		text := p.In(r.Text)
		if p.Kind == KindDirection {
			found = append(found, Direction{Text: text, Span: p.Span})
			continue
		}
		whole := strings.HasPrefix(text, "(") && strings.HasSuffix(strings.TrimRight(text, ". "), ")") && strings.Count(text, "(") == strings.Count(text, ")") && strings.Index(text, ")") >= len(strings.TrimRight(text, ". "))-1
		if (whole && (labelled || isDirection(strings.Trim(text, "(). ")))) || (labelled && p.Kind != KindHeading && len(text) < 120 && sittingRun.MatchString(text)) {
			p.Kind = KindDirection
			found = append(found, Direction{Text: text, Span: p.Span})
			continue
		}
		for _, m := range inParens.FindAllStringSubmatchIndex(text, -1) {
			if isDirection(text[m[2]:m[3]]) {
				found = append(found, Direction{Text: text[m[0]:m[1]], Span: Span{Start: p.Start + m[0], End: p.Start + m[1]}})
			}
		}
	}
	return found
}

func isDirection(text string) bool {
	return directionWords.MatchString(text) || (wordOf.MatchString(text) && moves.MatchString(text))
}

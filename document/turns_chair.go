package document

import (
	"strings"
)

// chairChange says who sits in the chair from a byte of the text on.
type chairChange struct {
	at       int
	name     string
	civility string
}

var (
	takesChair = lazily(oneName + `\s*(?:,[^.;()]{0,60},)?\s*(?i:prend\s+place\s+au\s+fauteuil|(?:prend|assure|reprend|occupe)\s+(?:alors\s+|ensuite\s+|de\s+nouveau\s+)?la\s+présidence|remplace\s+[^.;()]{2,40}\s+(?:au\s+fauteuil|à\s+la\s+présidence)|assurant\s+la\s+présidence|est\s+(?:désignée?|élue?|nommée?)\s+présidente?\s+de\s+séance|préside\s+(?:alors\s+)?la\s+séance)`)
	leavesTo   = lazily(`(?i:cède|confie|laisse|transmet|donne|est\s+cédée|est\s+confiée)\s+(?:le\s+fauteuil|la\s+présidence)(?:\s+de\s+(?:la\s+)?séance)?\s+(?i:à)\s+` + oneName)
	backInSeat = lazily(`(?i)(?:président|maire)[^.;()]{0,40}(?:regagne|retrouve|reprend)\s+(?:son|le|sa|la|place)\s*(?:fauteuil|présidence|place|dans)?`)
	underChair = lazily(`(?i:sous\s+la\s+présidence\s+(?:effective\s+)?(?:de|d['’])|présidence\s*:|présidence\s+(?:de|d['’])|présidée?\s+par|présidente?(?:\s+de\s+séance)?\s*:)\s*` + oneName)
)

var chairStems = []string{"fauteuil", "maire", "présid"}

// chairOf lists who takes the chair and when, in the order of the text. What somebody says
// in the sitting may hand the chair over, but names nobody to it: « M. le Président :
// Madame X. » gives her the floor.
func chairOf(r *Reading, people *directory, speech []bool) []chairChange {
	var changes []chairChange
	add := func(at int, who person) {
		name := readableName(who.Name)
		if known, ok := people.find(who.Civility, who.Name); ok {
			name = known.Name
		}
		changes = append(changes, chairChange{at: at, name: name, civility: who.Civility})
	}
	for i, p := range r.Passages {
		text := p.In(r.Text)
		if !hasAny(strings.ToLower(text), chairStems) {
			continue
		}
		forms := []*pattern{underChair, takesChair, leavesTo}
		if speech[i] && p.Kind != KindDirection {
			forms = forms[2:]
		}
		for _, form := range forms {
			for _, m := range form.FindAllStringSubmatchIndex(text, -1) {
				if who := personsIn(text[m[2]:m[3]]); len(who) > 0 && !reportsAnother(text[:m[0]]) {
					add(p.Start+m[0], who[0])
				}
			}
		}
		if m := backInSeat.FindStringIndex(text); m != nil && len(changes) > 0 {
			first := changes[0]
			first.at = p.Start + m[0]
			changes = append(changes, first)
		}
	}
	for i := 1; i < len(changes); i++ {
		for j := i; j > 0 && changes[j].at < changes[j-1].at; j-- {
			changes[j], changes[j-1] = changes[j-1], changes[j]
		}
	}
	return changes
}

// reportsAnother says that the words before tell of another meeting: « le comité de suivi,
// réuni sous la présidence de M. X ».
func reportsAnother(before string) bool {
	tail := plain(cutTail(before, 60))
	return strings.Contains(tail, "comite de suivi") || strings.Contains(tail, "groupe de travail") || strings.Contains(tail, "jury")
}

// chairAt is whoever chairs at that byte; "" when the record has not said it, or says it of
// somebody whom the label cannot mean.
func (t *turnReader) chairAt(at int, civility string) string {
	name := ""
	for _, c := range t.chair {
		if c.at > at {
			break
		}
		if civility != "" && c.civility != "" && c.civility != civility {
			continue
		}
		name = c.name
	}
	if name == "" && len(t.chair) > 0 && t.chair[0].at <= at {
		return ""
	}
	if name == "" && t.r.Minutes != nil {
		return t.r.Minutes.Chair
	}
	return name
}

package claims

import (
	"regexp"
	"slices"
	"strings"

	"contredit/document"
	"contredit/french"
)

// outlet is what kind of institution publishes.
type outlet int

const (
	mediumOutlet outlet = iota
	councilOutlet
	unionOutlet
)

func outletOf(body string) outlet {
	words := french.Words(body)
	has := func(list []string) bool {
		return slices.ContainsFunc(words, func(w string) bool {
			return slices.Contains(list, strings.TrimRight(strings.TrimPrefix(w, "l'"), "'"))
		})
	}
	switch {
	case has(unionWords):
		return unionOutlet
	case has(councilWords):
		return councilOutlet
	}
	return mediumOutlet
}

var (
	signedBy    = regexp.MustCompile(`^(?:Tribune de|Par|Signé\s*:?|Propos de|Un texte de)\s+(` + mentionName + `)`)
	releaseOf   = regexp.MustCompile(`(?i:communiqué|déclaration|tract|motion|courrier|lettre ouverte|appel)(?:\s+(?:commune?|intersyndicale?|de presse))?\s+(?:du|de la|de l['’]|des)\s*([\p{L}\s’'-]+?\(([\p{Lu}][\p{Lu}\d-]+)\)|(?:section\s+)?(\p{Lu}[\p{Lu}\d-]{2,}(?:\s+\p{Lu}[\p{L}-]+)*))`)
	councilName = regexp.MustCompile(`\b((?:Région|Département|Ville|Commune|Métropole|Communauté de communes|Agglomération)[ \x{a0}]+(?:de la\s+|de l['’]|de\s+|du\s+|des\s+|d['’])?\p{Lu}[\p{L}’'-]+(?:[ \x{a0}]+\p{Lu}[\p{L}’'-]+)*)`)
	singular    = regexp.MustCompile(`(?i)(?:^|[\s(«])(?:je\s|j['’]|mon\s|ma\s|mes\s)`)
	weVoice     = regexp.MustCompile(`(?i)(?:^|[\s(«])(?:nous|notre|nos)\s`)
)

// narratorOf says who answers for the text outside of turns and quotations: the signatory
// of an opinion piece, the union of a leaflet, the council of a release, the medium.
func narratorOf(doc document.Document, r *document.Reading, people *Directory, mentions []mention) voice {
	kind := outletOf(doc.Body)
	if name := signatory(r, kind); name != "" {
		v := voice{name: name}
		for _, m := range mentions {
			if m.name == name && m.function != "" {
				v.function = m.function
			}
		}
		if m, ok := people.Resolve(name, doc.Body, firstFilled(doc.Date, r.Date)); ok {
			v.name, v.function = m.Name, firstFilled(v.function, m.Function)
		}
		return v
	}
	switch kind {
	case unionOutlet:
		return voice{name: firstFilled(unionName(doc, r, people, mentions), doc.Body), collective: true}
	case councilOutlet:
		return voice{name: councilVoice(doc, r), collective: true}
	}
	return voice{name: doc.Body, collective: true}
}

// signatory is the author of a piece that is signed in its own text, or written in the
// first person of a named author.
func signatory(r *document.Reading, kind outlet) string {
	for i, p := range r.Passages {
		if i > 5 && i < len(r.Passages)-3 {
			continue
		}
		if m := signedBy.FindStringSubmatch(strings.TrimSpace(p.In(r.Text))); m != nil && kind != mediumOutlet {
			return strings.Join(strings.Fields(m[1]), " ")
		}
	}
	author := byline.ReplaceAllString(r.Author, "")
	if author == "" || len(nameWords(author)) < 2 || len(r.Turns) > 0 || kind == mediumOutlet {
		return ""
	}
	outside := r.Text
	for _, q := range quotationsIn(r.Text) {
		outside = strings.Replace(outside, q.In(r.Text), " ", 1)
	}
	if singular.MatchString(outside) && !weVoice.MatchString(outside) {
		return author
	}
	return ""
}

// byline is the word before the author of a page.
var byline = regexp.MustCompile(`(?i)^\s*(?:par|écrit par|publié par|propos recueillis par)\s+`)

// unionName is the union that a leaflet speaks for: as it calls itself, else that of its
// author or of the only union whose officer it quotes.
func unionName(doc document.Document, r *document.Reading, people *Directory, mentions []mention) string {
	head := r.Text[:min(len(r.Text), 1500)]
	if m := releaseOf.FindStringSubmatch(head); m != nil {
		return firstFilled(m[2], m[3])
	}
	if r.Author != "" {
		if m, ok := people.Resolve(r.Author, doc.Body, firstFilled(doc.Date, r.Date)); ok {
			if group := firstFilled(unionOf(m.Function), m.Group); group != "" {
				return group
			}
		}
	}
	group := ""
	for _, m := range mentions {
		if m.group == "" || m.group != unionOf(m.function) {
			continue
		}
		if r.Author != "" && french.Fold(m.name) == french.Fold(r.Author) {
			return m.group
		}
		if group != "" && group != m.group {
			return ""
		}
		group = m.group
	}
	return group
}

// councilVoice is the council's name as the release prints it most, « Région Exemple ».
func councilVoice(doc document.Document, r *document.Reading) string {
	count := map[string]int{}
	best := ""
	for _, m := range councilName.FindAllString(r.Title+"\n"+r.Text, -1) {
		m = strings.Join(strings.Fields(m), " ")
		count[m]++
		if best == "" || count[m] > count[best] {
			best = m
		}
	}
	if fields := french.Words(best); len(fields) > 0 && slices.Contains(french.Words(doc.Body), councilKin[fields[0]]) {
		return best
	}
	return doc.Body
}

// councilKin maps the name of a territory to the adjective of its council.
var councilKin = map[string]string{"commune": "municipal", "departement": "departemental", "metropole": "metropolitain", "region": "regional", "ville": "municipal"}

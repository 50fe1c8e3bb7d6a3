package claims

import (
	"regexp"
	"slices"
	"strings"

	"contredit/french"
)

// office is how a text names somebody by what they hold: « le président de la commission ».
type office struct {
	role      string // folded: « president »
	of        string // folded first word of what it is the office of; "" untold
	printed   string // without its article
	elsewhere bool   // of another house than that which the text is about
}

// officePrinted is an office from its head word on, with what it is the office of.
var officePrinted = regexp.MustCompile(`^\p{L}[\p{L}-]+(?:\s+(?:départementale?|déléguée?|exécuti(?:f|ve)|fédérale?|générale?|municipale?|nationale?|régionale?))*(?:\s+(?:chargée?\s+|en\s+charge\s+)?(?:du\s+|de\s+la\s+|de\s+l['’]|des\s+|de\s+|d['’]|aux?\s+|à\s+la\s+|à\s+l['’])(\p{L}[\p{L}-]*)(?:\s+(?:\p{Lu}[\p{L}’'-]*|d['’]administration|départemental|municipal|régional))*)?`)

// officeAt reads the office that text begins with.
func (a *attribution) officeAt(text, role string) office {
	o := office{role: french.Fold(role), printed: role}
	m := officePrinted.FindStringSubmatchIndex(text)
	if m == nil {
		return o
	}
	o.printed = text[:m[1]]
	if m[2] >= 0 {
		o.of = french.Fold(text[m[2]:m[3]])
	}
	o.elsewhere = isElsewhere(nameWords(text[len(role):m[1]]), firstFilled(a.councilBody(), a.people.houses()))
	return o
}

// holds says that a function may be the office: one of the same house, for the same subject.
func (o office) holds(function, house string) bool {
	words := nameWords(function)
	switch {
	case o.of == "" || !soleOffices[o.role] && !strings.HasPrefix(o.role, "vice"):
		return true
	case o.elsewhere || strings.HasPrefix(o.role, "vice") && !houseWords[o.of]:
		return slices.ContainsFunc(words, func(w string) bool { return strings.TrimPrefix(strings.TrimPrefix(w, "l'"), "d'") == o.of })
	}
	return len(words) < 2 || !isElsewhere(words[1:], house)
}

// soleOffices are those that one person of a house holds at a time, by which the text may name
// somebody whom it has not named before.
var soleOffices = map[string]bool{"maire": true, "ministre": true, "prefet": true, "prefete": true, "president": true, "presidente": true, "recteur": true, "rectrice": true}

// houseWords are what a text calls the house that it is about.
var houseWords = map[string]bool{"assemblee": true, "collectivite": true, "conseil": true, "executif": true, "institution": true, "region": true, "seance": true}

// isElsewhere says that the folded words after the head of a function name another house than the
// body: « de la commission », « du groupe Écologistes », « du conseil départemental ».
func isElsewhere(after []string, body string) bool {
	of := false
	for len(after) > 0 {
		w := after[0]
		if elided, found := strings.CutPrefix(w, "l'"); found {
			after, of = append([]string{elided}, after[1:]...), true
		} else if elided, found := strings.CutPrefix(w, "d'"); found {
			after, of = append([]string{elided}, after[1:]...), true
		} else if slices.Contains([]string{"d", "de", "des", "du", "l", "la", "les"}, w) {
			after, of = after[1:], true
		} else {
			break
		}
	}
	if !of || len(after) == 0 {
		return false
	}
	house, head := french.Words(body), after[0]
	kin := councilKin[head]
	switch {
	case head == "conseil" && len(after) > 1:
		kin = after[1]
		return body != "" && !slices.Contains(house, kin)
	case kin != "":
		return body != "" && !slices.Contains(house, kin) && !slices.Contains(house, head)
	}
	return !houseWords[head] && !slices.Contains(house, head)
}

// houses are the names of all bodies whose members are known, in one text.
func (d *Directory) houses() string {
	if d == nil {
		return ""
	}
	var list []string
	for _, m := range d.members {
		if m.configured && !slices.Contains(list, m.Body) {
			list = append(list, m.Body)
		}
	}
	return strings.Join(list, " ")
}

// unknownHolder names who speaks by an office of which nobody is known, as it is printed: « le
// président de la CGT » is not that of the council.
func (a *attribution) unknownHolder(part string) (voice, bool) {
	for _, m := range roleSubject.FindAllStringSubmatchIndex(part, -1) {
		role := french.Fold(part[m[4]:m[5]])
		if !soleOffices[role] && !strings.HasPrefix(role, "vice-president") || m[2] >= 0 {
			continue
		}
		before := part[:m[0]] + " "
		if complementBefore.MatchString(before) || ofBefore.MatchString(before) {
			continue
		}
		article := strings.ToLower(strings.TrimLeft(part[m[0]:m[4]], ", \u00a0\u202f\n"))
		return voice{name: strings.Join(strings.Fields(article+a.officeAt(part[m[4]:], part[m[4]:m[5]]).printed), " ")}, true
	}
	return voice{}, false
}

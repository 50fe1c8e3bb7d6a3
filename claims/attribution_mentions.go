package claims

import (
	"regexp"
	"slices"
	"strings"

	"contredit/document"
	"contredit/french"
)

// mention is a person named in a text.
type mention struct {
	document.Span
	name     string
	civility string
	function string
	group    string
}

// A name or a function never goes over a line end: below « Le président » another name may stand.
const (
	mentionToken = `\p{Lu}[\p{L}’']*(?:-\p{L}[\p{L}’']*)*`
	mentionName  = mentionToken + `(?:[ \x{a0}\x{202f}]+(?:de[ \x{a0}\x{202f}]+la[ \x{a0}\x{202f}]+|de[ \x{a0}\x{202f}]+|du[ \x{a0}\x{202f}]+|des[ \x{a0}\x{202f}]+|d['’]|[Ll]e[ \x{a0}\x{202f}]+|[Ll]a[ \x{a0}\x{202f}]+)?` + mentionToken + `){1,3}`
)

var (
	mentionFunction = regexp.MustCompile(`(` + mentionName + `)[ \x{a0}\x{202f}]*(?:\(([^()]{2,40})\))?[ \x{a0}\x{202f}]*,[ \x{a0}\x{202f}]*((?:l['’]|le[ \x{a0}\x{202f}]+|la[ \x{a0}\x{202f}]+)?` + functionWords + `(?:[ \x{a0}\x{202f}]*\([^()]{1,40}\))?(?:[ \x{a0}\x{202f}]+[\p{L}\d’'«»-]+){0,9})`)
	mentionPresides = regexp.MustCompile(`(` + mentionName + `)[ \x{a0}\x{202f}]*,[ \x{a0}\x{202f}]*qui[ \x{a0}\x{202f}]+(préside[^,.;]{3,80})`)
	mentionReversed = regexp.MustCompile(`(?:\b[Ll]e|\b[Ll]a|\b[Ll]['’])[ \x{a0}\x{202f}]*(` + functionWords + `(?:[ \x{a0}\x{202f}]+(?:du|de|des|d['’]|régionale?|départementale?|générale?|municipale?)[ \x{a0}\x{202f}]*[\p{L}’'-]*){0,4})[ \x{a0}\x{202f}]*,?[ \x{a0}\x{202f}]+(` + mentionName + `)`)
	mentionCivil    = regexp.MustCompile(`\b(M\.|Mme|Mlle|[Mm]onsieur|[Mm]adame)[ \x{a0}\x{202f}]+(` + mentionToken + `(?:[ \x{a0}\x{202f}]+(?:de[ \x{a0}\x{202f}]+|du[ \x{a0}\x{202f}]+|d['’]|[Ll]e[ \x{a0}\x{202f}]+)?` + mentionToken + `){0,2})`)
	mentionBare     = regexp.MustCompile(mentionName)
	mentionUnion    = regexp.MustCompile(`(?:secrétaire|déléguée?|représentante?|élue?|responsable|porte-parole|trésori(?:er|ère)|co-?secrétaire|membre)[\p{L}\s]*?\s(?:de la section|de l['’]|de la|du|des|de)\s*([\p{Lu}][\p{Lu}\d-]{1,}(?:[- ]\p{Lu}[\p{Lu}\d-]+)*)`)
)

// mentionsIn lists the persons named in text, in order. A name without civility or
// function counts only when the directory knows it.
func mentionsIn(text string, d *Directory) []mention {
	var list []mention
	add := func(m mention) {
		if m.name = strings.Join(strings.Fields(m.name), " "); !looksLikeName(m.name, m.civility != "") {
			return
		}
		for i, o := range list {
			if o.Overlaps(m.Span) {
				list[i].function = firstFilled(o.function, m.function)
				list[i].civility = firstFilled(o.civility, m.civility)
				list[i].group = firstFilled(o.group, m.group)
				return
			}
		}
		list = append(list, m)
	}
	part := func(m []int, n int) string {
		if m[2*n] < 0 {
			return ""
		}
		return text[m[2*n]:m[2*n+1]]
	}
	for _, m := range mentionFunction.FindAllStringSubmatchIndex(text, -1) {
		function := trimFunction(part(m, 3))
		add(mention{Span: document.Span{Start: m[2], End: m[3]}, name: part(m, 1), function: function, group: firstFilled(unionOf(function), part(m, 2))})
	}
	for _, m := range mentionPresides.FindAllStringSubmatchIndex(text, -1) {
		add(mention{Span: document.Span{Start: m[2], End: m[3]}, name: part(m, 1), function: part(m, 2)})
	}
	for _, m := range mentionReversed.FindAllStringSubmatchIndex(text, -1) {
		add(mention{Span: document.Span{Start: m[4], End: m[5]}, name: part(m, 2), function: part(m, 1)})
	}
	for _, m := range mentionCivil.FindAllStringSubmatchIndex(text, -1) {
		add(mention{Span: document.Span{Start: m[0], End: m[1]}, name: part(m, 2), civility: civilityOf(part(m, 1))})
	}
	if d != nil {
		for _, m := range mentionBare.FindAllStringIndex(text, -1) {
			addKnown(text, m, d, add)
		}
	}
	slices.SortStableFunc(list, func(a, b mention) int { return a.Start - b.Start })
	return list
}

// addKnown adds the longest end or start of a run of capitalised words that is a known name.
func addKnown(text string, m []int, d *Directory, add func(mention)) {
	run := text[m[0]:m[1]]
	starts := mentionWordStarts(run)
	for _, start := range starts {
		for k := len(starts) - 1; k >= 0; k-- {
			end := len(run)
			if k+1 < len(starts) {
				end = starts[k+1]
			}
			name := strings.TrimRight(run[min(start, end):end], " \n\u00a0")
			words := nameWords(name)
			if len(words) < 2 {
				continue
			}
			for _, i := range d.bySurname[words[len(words)-1]] {
				if known := d.members[i]; slices.Equal(known.words, words) {
					add(mention{Span: document.Span{Start: m[0] + start, End: m[0] + start + len(name)}, name: name, civility: known.Civility})
					addKnown(text, []int{m[0] + start + len(name), m[1]}, d, add) // « lance à A B »
					return
				}
			}
		}
	}
}

func mentionWordStarts(run string) []int {
	starts := []int{0}
	for i := 1; i < len(run); i++ {
		elided := run[i-1] == '\'' || strings.HasSuffix(run[:i], "’") // « d’Anne Morel »
		if (run[i-1] == ' ' || run[i-1] == '\n' || elided) && run[i] != ' ' {
			starts = append(starts, i)
		}
	}
	return starts
}

// notNames open capitalised runs that are institutions, places or the head of a sentence.
var notNames = map[string]bool{
	"academie": true, "agence": true, "assemblee": true, "au": true, "aucun": true, "aucune": true, "avec": true, "ce": true, "centre": true, "ces": true, "cette": true, "chambre": true, "collectif": true, "comite": true, "commission": true, "communaute": true, "commune": true, "conseil": true, "cour": true,
	"dans": true, "departement": true, "depuis": true, "des": true, "direction": true, "du": true, "ecole": true, "en": true, "et": true, "federation": true, "fonds": true, "groupe": true, "hotel": true, "institut": true, "la": true, "le": true, "les": true, "lycee": true, "mais": true, "maison": true, "mairie": true,
	"metropole": true, "mission": true, "nos": true, "notre": true, "office": true, "parc": true, "plan": true, "pour": true, "prefecture": true, "quant": true, "region": true, "reseau": true, "saint": true, "sainte": true, "salle": true, "selon": true, "service": true, "si": true, "syndicat": true, "theatre": true, "tribunal": true, "un": true, "une": true, "union": true, "universite": true, "ville": true,
}

// looksLikeName tells « Hervé Pontcharral » from « Conseil Régional ».
func looksLikeName(name string, civil bool) bool {
	fields := strings.Fields(name)
	if len(fields) == 0 || len(fields) == 1 && !civil {
		return false
	}
	first := french.Fold(fields[0])
	if civil && len(fields) > 1 && (first == "le" || first == "la") {
		return !isRole(nameWords(name)) // « M. Le Goff »
	}
	return !notNames[first] && !isRole(nameWords(name))
}

// isRole says that the words of a label name an office, not a person.
func isRole(words []string) bool {
	for _, w := range words {
		if _, role := attributionRoles[w]; role {
			return true
		}
	}
	return len(words) > 0 && (words[0] == "vice" || words[0] == "premier" || words[0] == "premiere")
}

// trimFunction cuts a printed function where the sentence goes on.
func trimFunction(f string) string {
	words := strings.Fields(f)
	for i, w := range words {
		low := french.Fold(w)
		if i == 0 {
			continue
		}
		if functionStops[low] || strings.HasPrefix(low, "qu'") || strings.HasPrefix(low, "s'") || strings.HasPrefix(low, "a-t") {
			words = words[:i]
			break
		}
	}
	return strings.Join(words, " ")
}

// functionStops are words that no function holds: the verb or clause that follows it.
var functionStops = map[string]bool{
	"a": true, "affirme": true, "ajoute": true, "ant": true, "assure": true, "avait": true, "avant": true, "dit": true, "dont": true, "est": true, "etait": true, "garde": true, "mais": true, "n'a": true, "ne": true, "ou": true, "pour": true, "puis": true, "que": true, "qui": true, "refuse": true, "rappelle": true, "se": true, "sera": true, "sont": true, "va": true, "veut": true,
}

// unionOf reads the union out of « secrétaire de la section CFDT de la Région ».
func unionOf(function string) string {
	m := mentionUnion.FindStringSubmatch(function)
	if m == nil {
		return ""
	}
	return m[1]
}

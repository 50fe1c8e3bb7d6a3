package document

import (
	"strings"
	"unicode"
)

// entry is one item of a list of names.
type entry struct {
	span     Span
	civility string
	name     string
	function string
	group    string
	proxy    string
	presence Presence
	from     string
	until    string
}

var (
	bareName       = lazily(`^(?:et\s+|dont\s+|ainsi que\s+)?(` + nameWords + `)(?:\s*\(|\s*$|\s+[–-]\s|\s+(?i:donne|a\s+donné|ayant\s+donné|pouvoir|procuration|représentée?\s+par|excusée?|absente?|arrivée?|partie?)(?:\s|$))`)
	civilItem      = lazily(`^(?:[^\p{Lu}(]{0,40}?(?:et|dont|que|:)\s+)?(` + civilities + `)\s+(?:` + nameParticle + `)?\p{Lu}`)
	onlyCivilities = lazily(`^` + civilities + `$`)
	forGroup       = lazily(`^(?:et\s+)?pour\s+(?:la\s+|le\s+|les\s+|l['’]\s*)?(.{2,60})$`)
	gaveProxy      = lazily(`(?i)(?:pouvoirs?|procuration|délégation(?: de vote)?|mandat|représentée?|supplée?é?e?|suppléée?|remplacée?)\s*(?:est\s+|a été\s+)?(?:donnée?\s+)?(?:à|par|:)\s+((?:` + civilityWord + `\s+)?` + nameWords + `)`)
	// holderOnly: « Absents représentés : M. X par Mme Y ».
	holderOnly = lazily(`^(?:à|par)\s+((?:` + civilityWord + `)\s+` + nameWords + `)`)
	arrived    = lazily(`(?i)(?:arrivée?|présente?|à partir|dès|entrée?)\s+(?:à partir\s+)?(?:de\s+|du\s+|au\s+|à\s+)?((?:l['’]examen\s+)?(?:du\s+)?(?:point|rapport|dossier|question|délibération)[^,;)]{0,20}|\d{1,2}\s*[hH:]\s*\d{0,2})`)
	left       = lazily(`(?i)(?:parti|partie|départ|quitte|jusqu['’](?:à|au)|sortie?)\s+(?:la séance\s+)?(?:à\s+|au\s+|après\s+|avant\s+)?(?:le\s+)?((?:point|rapport|dossier|question|délibération)[^,;)]{0,20}|\d{1,2}\s*[hH:]\s*\d{0,2})`)
)

// listEntries splits a list at the commas, semicolons, line ends and « et » that stand
// outside of brackets, and reads each item.
func listEntries(text string) []entry {
	var entries []entry
	plural, group, pending := "", "", 0
	for _, item := range splitItems(text) {
		raw := item.In(text)
		lead := len(raw) - len(strings.TrimLeft(raw, " \n"))
		body := strings.TrimSpace(raw)
		start := item.Start + lead
		if m := forGroup.FindStringSubmatch(body); m != nil && !civilItem.MatchString(body) {
			group, pending = m[1], len(entries)
			continue
		}
		if onlyCivilities.MatchString(body) {
			continue // « M. MMES, Luc SORIN »: the comma parts nobody
		}
		outside, inside := brackets(body)
		e, ok := entryOf(body, outside, start, &plural)
		if !ok {
			if n := len(entries); n > 0 {
				entries[n-1].complete(outside, inside)
			} else {
				entries = append(entries, entry{span: Span{Start: start, End: start + len(body)}})
			}
			if len(entries) > 0 {
				spreadGroup(entries, inside, &pending)
			}
			continue
		}
		e.group = group
		if said := e.function; gaveProxy.MatchString(said) || holderOnly.MatchString(said) || arrived.MatchString(said) || left.MatchString(said) {
			e.function = ""
			e.complete(said, nil)
		}
		e.complete("", inside)
		entries = append(entries, e)
		spreadGroup(entries, inside, &pending)
		if strings.HasSuffix(text[item.Start:min(len(text), item.End+1)], ";") {
			plural, pending = "", len(entries)
		}
	}
	return entries
}

// spreadGroup gives a group in brackets to all the names that it closes: « Mme A, M. B (CGT) ».
func spreadGroup(entries []entry, inside []string, pending *int) {
	for _, note := range inside {
		if !isGroup(note) {
			continue
		}
		for i := *pending; i < len(entries); i++ {
			if i == len(entries)-1 || entries[i].function == "" {
				entries[i].group = note
			}
		}
		*pending = len(entries)
	}
}

func isGroup(note string) bool {
	if note == "" || len(note) > 70 || gaveProxy.MatchString(note) || strings.ContainsAny(note, "0123456789") {
		return false
	}
	first := []rune(note)[0]
	return unicode.IsUpper(first) && !functionWords[strings.ToLower(firstWord(note))]
}

// entryOf reads a name at the start of an item.
func entryOf(body, outside string, start int, plural *string) (entry, bool) {
	if strings.HasPrefix(body, "qui ") || gaveProxy.FindStringIndex(body) != nil && gaveProxy.FindStringIndex(body)[0] == 0 {
		return entry{}, false
	}
	if m := civilItem.FindStringSubmatchIndex(body); m != nil {
		if people := personsIn(body[m[2]:]); len(people) > 0 {
			p := people[0]
			*plural = ""
			if isPlural(body[m[2]:m[3]]) {
				*plural = p.Civility
			}
			return entry{span: p.Span.Shift(start + m[2]), civility: p.Civility, name: readableName(p.Name),
				function: functionAfter(outside, p.Name)}, true
		}
	}
	m := bareName.FindStringSubmatchIndex(body)
	if m == nil {
		return entry{}, false
	}
	name := trimName(body[m[2]:m[3]])
	words := strings.Fields(name)
	if len(words) < 2 && (*plural == "" && !(len(words) == 1 && isUpper(words[0]) && len(words[0]) > 3) || len(words) == 0) {
		return entry{}, false
	}
	if len(words) >= 2 && notAName[plain(words[0])] {
		return entry{}, false
	}
	return entry{span: Span{Start: start + m[2], End: start + m[2] + len(name)}, civility: *plural,
		name: readableName(fold(name)), function: functionAfter(outside, name)}, true
}

// notAName are the capitalised words that begin an institution rather than a person.
var notAName = map[string]bool{
	"association": true, "centre": true, "chambre": true, "collectif": true, "comite": true, "commune": true,
	"conseil": true, "departement": true, "direction": true, "etat": true, "federation": true, "groupe": true,
	"la": true, "le": true, "les": true, "mairie": true, "prefecture": true, "region": true, "reseau": true,
	"saint": true, "service": true, "syndicat": true, "union": true, "ville": true,
}

// functionAfter is what follows the name in the same item: « M. X – maire », « M. X Maire ».
func functionAfter(outside, name string) string {
	_, after, _ := strings.Cut(outside, name)
	return strings.Trim(after, " –-:.")
}

// complete adds what an item or its brackets say of the name before.
func (e *entry) complete(outside string, inside []string) {
	for i, note := range append([]string{outside}, inside...) {
		if note == "" {
			continue
		}
		used := false
		if m := gaveProxy.FindStringSubmatch(note); m != nil && e.proxy == "" {
			e.proxy, used = m[1], true
		}
		if m := holderOnly.FindStringSubmatch(note); m != nil && e.proxy == "" {
			e.proxy, used = m[1], true
		}
		if m := arrived.FindStringSubmatch(note); m != nil {
			e.from, used = strings.TrimSpace(m[1]), true
		}
		if m := left.FindStringSubmatch(note); m != nil {
			e.until, used = strings.TrimSpace(m[1]), true
		}
		switch p := plain(note); {
		case used:
		case strings.HasPrefix(p, "excuse"):
			e.presence = Excused
		case strings.HasPrefix(p, "absent"):
			e.presence = Absent
		case strings.HasPrefix(p, "qui "):
		case i == 0 && e.function == "", i > 0 && !isGroup(note) && e.function == "":
			e.function = strings.Trim(note, " .,")
		}
	}
}

// splitItems cuts a list into its items.
func splitItems(text string) []Span {
	var items []Span
	depth, start := 0, 0
	cut := func(end, next int) {
		if strings.TrimSpace(text[start:end]) != "" {
			items = append(items, Span{Start: start, End: end})
		}
		start = next
	}
	for i, ch := range text {
		switch {
		case ch == '(':
			depth++
		case ch == ')':
			depth = max(0, depth-1)
		case depth > 0:
		case ch == 'M' && i > start && text[i-1] == ' ' && memberLine.MatchString(cutAt(text[i:], 60)) && officeBefore.MatchString(cutTail(text[:i], 40)):
			cut(i, i) // « Luc SORIN, adjoints M. Paul ALBY, conseiller »: the line ended there
		case ch == ',' || ch == ';' || ch == '\n' || ch == '•':
			cut(i, i+len(string(ch)))
		case ch == 'e' && i > 0 && (text[i-1] == ' ' || text[i-1] == '\n') && strings.HasPrefix(text[i:], "et ") && startsName(text[i+3:]) && !endsInCivility(text[start:i]):
			cut(i, i+3)
		}
	}
	cut(len(text), len(text))
	return items
}

// officeBefore ends with what members are, after which the next member begins.
var officeBefore = lazily(`(?i)\b(?:adjointe?s?|conseill(?:ers?|ères?)|délégué(?:e|s|es)?|maire|municip(?:al|ale|aux|ales)|présidente?s?|communautaires?|départementa(?:l|le|ux)|régiona(?:l|le|ux))\s+$`)

// endsInCivility: « Mesdames et Messieurs » opens one list of both.
func endsInCivility(text string) bool {
	words := strings.Fields(text)
	return len(words) > 0 && isPlural(words[len(words)-1])
}

func startsName(text string) bool {
	for _, c := range text {
		return unicode.IsUpper(c)
	}
	return false
}

// brackets parts an item into what stands outside and inside of round brackets.
func brackets(item string) (string, []string) {
	var outside strings.Builder
	var inside []string
	depth, open := 0, 0
	for i, c := range item {
		switch {
		case c == '(':
			if depth == 0 {
				open = i + 1
			}
			depth++
		case c == ')' && depth > 0:
			depth--
			if depth == 0 {
				inside = append(inside, strings.TrimSpace(item[open:i]))
			}
		case depth == 0:
			outside.WriteRune(c)
		}
	}
	return strings.TrimSpace(outside.String()), inside
}

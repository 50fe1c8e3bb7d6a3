package claims

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"contredit/document"
	"contredit/french"
)

var (
	inciseName    = regexp.MustCompile(`^[\s,–—-]*(?:(?:s['’]|se\s|m['’]|a[- ]|ont\s|est\s|avait\s|nous\s|l['’])\s*)*(?:\p{Ll}[\p{L}’'-]*\s+){1,5}?(` + mentionName + `)`)
	inciseSurname = regexp.MustCompile(`^[\s,–—-]*(?:(?:s['’]|se\s|lui\s|a\s|a-t-)\s*)?(\p{Ll}+)\s+(\p{Lu}[\p{L}'’-]+)(?:[\s,.]|$)`)
	// unnamedPerson is somebody whom the text does not name: not the one who spoke before.
	unnamedPerson  = regexp.MustCompile(`(?:^|\s)(une?\s+(?:agente?|conseill(?:er|ère)|élue?|enseignante?|habitante?|lycéenne?|membre|mère|parent|père|proche|représentante?|riveraine?|salariée?|syndicaliste|usag(?:er|ère))(?:\s+(?:d['’]|de\s|du\s|des\s|\p{Ll}+)[^,.;:«»]{0,40})?)(?:[,.;:\s]|$)`)
	officeEnd      = regexp.MustCompile(`[,.;:()«»]|\s(?:a|qui|que|dans|devant|lors|mardi|lundi|mercredi|jeudi|vendredi)\s`)
	pronounSubject = regexp.MustCompile(`(?:^|[\s,’'-])(?:t-)?(elle|il|elles|ils)\b`)
	roleSubject    = regexp.MustCompile(`(?:^|[\s,])(?:[Ll]e\s+|[Ll]a\s+|[Ll]['’])(?:(premi(?:er|ère)|ancien(?:ne)?)\s+)?(\p{L}[\p{L}-]+)`)
)

// hasReporting says whether one of the words says that somebody speaks.
func hasReporting(part string) bool {
	if makesKnown.MatchString(part) {
		return true
	}
	for i, w := range french.Words(part) {
		if i > 40 {
			return false
		}
		w = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(w, "-t-elle"), "-t-il"), "-t-on")
		w = strings.TrimSuffix(strings.TrimSuffix(w, "-elle"), "-il")
		if isReporting(w) {
			return true
		}
	}
	return false
}

// makesKnown is a verb of saying in two words.
var makesKnown = regexp.MustCompile(`\bf(?:ait|aisait|ont)(?:-(?:on|il|elle|ils|elles))?\s+(?:savoir|valoir|remarquer|observer)\b`)

// reportingEndings are the endings that a reporting verb takes in a report: present,
// imperfect, past participle, simple past.
var reportingEndings = []string{
	"", "a", "aient", "ait", "ant", "e", "ee", "ees", "ent", "er", "erent", "es", "ie", "ient", "is", "issent", "it", "ne", "nent", "s", "se", "sent", "t", "te", "tent", "u", "ue", "ut", "x",
}

func isReporting(word string) bool {
	if french.Fold(word) == "ni" {
		return false // shares its stem with « nier »
	}
	if terms := french.Terms(word); len(terms) == 1 && reportingStems()[terms[0].Stem] {
		return true
	}
	word = french.Fold(word)
	for n := len(word); n >= 2 && n >= len(word)-5; n-- {
		if slices.Contains(reportingEndings, word[n:]) {
			if _, found := slices.BinarySearch(reportingSorted, word[:n]); found {
				return true
			}
		}
	}
	return false
}

// reportingStems are the stems of reportingLemmas, as the lexicon has them.
var reportingStems = sync.OnceValue(func() map[string]bool {
	stems := map[string]bool{}
	for _, lemma := range reportingLemmas {
		for _, t := range french.Terms(lemma) {
			stems[t.Stem] = true
		}
	}
	return stems
})

// reportingSorted is reportingVerbs in byte order.
var reportingSorted = func() []string {
	list := slices.Clone(reportingVerbs)
	slices.Sort(list)
	return list
}()

// personIn finds the speaker in the words around a quotation: a name, a role, a pronoun.
func (a *attribution) personIn(base int, part string) (voice, bool) {
	if m, ok := a.mentionIn(document.Span{Start: base, End: base + len(part)}); ok {
		return a.mentionVoice(m), true
	}
	if m := inciseName.FindStringSubmatch(part); m != nil && looksLikeName(m[1], false) {
		return a.memberVoice(strings.Join(strings.Fields(m[1]), " ")), true
	}
	if v, ok := a.surnameIn(part); ok {
		return v, true
	}
	for _, m := range roleSubject.FindAllStringSubmatchIndex(part, -1) {
		o := a.officeAt(part[m[4]:], part[m[4]:m[5]])
		if v, ok := a.byOffice(part[m[4]:], o); ok {
			return v, true
		}
		order := ""
		if m[2] >= 0 {
			order = part[m[2]:m[3]]
		}
		if v, ok := a.byRole(base, french.Fold(order), o); ok {
			return v, true
		}
	}
	if m := unnamedPerson.FindStringSubmatch(part); m != nil {
		return voice{name: strings.Join(strings.Fields(m[1]), " ")}, true
	}
	if m := pronounSubject.FindStringSubmatch(french.Fold(part)); m != nil {
		return a.byPronoun(base, m[1])
	}
	if v, ok := a.collectiveIn(part); ok {
		return v, true
	}
	return a.unknownHolder(part)
}

// surnameIn reads a surname without first name or civility, as the press writes after a verb
// of saying: « , note Lestrade ».
func (a *attribution) surnameIn(part string) (voice, bool) {
	m := inciseSurname.FindStringSubmatch(part)
	if m == nil || !isReporting(m[1]) {
		return voice{}, false
	}
	known, ok := a.people.Resolve(m[2], a.councilBody(), a.date)
	return voice{name: known.Name, function: known.Function}, ok
}

// byOffice finds the one person who holds the office that text begins with, in as many of
// its words as the directory knows: « vice-présidente chargée du numérique ».
func (a *attribution) byOffice(text string, o office) (voice, bool) {
	words := strings.Fields(officeEnd.Split(text, 2)[0])
	least := 2
	if o.elsewhere || o.of != "" && strings.HasPrefix(o.role, "vice") {
		least = len(strings.Fields(o.printed)) // « vice-président chargé » is any of them
	}
	for n := min(len(words), longestOffice); n >= least; n-- {
		office := strings.Join(words[:n], " ")
		if head := nameWords(office); len(head) == 0 || !isRole(head[:1]) {
			return voice{}, false
		}
		if m, ok := a.people.Resolve(office, a.councilBody(), a.date); ok {
			return voice{name: m.Name, function: m.Function}, true
		}
	}
	return voice{}, false
}

// longestOffice is how many words of an office are looked up.
const longestOffice = 9

// councilBody is the institution whose members a text names by their office: that of the
// publisher, but for papers and unions, which write about the council.
func (a *attribution) councilBody() string {
	if outletOf(a.doc.Body) == councilOutlet {
		return a.doc.Body
	}
	return ""
}

// mentionIn is the first person named in a stretch who is no complement: « interrogé par
// M. X, M. Y affirme » makes Y speak.
func (a *attribution) mentionIn(span document.Span) (first mention, ok bool) {
	for _, m := range a.mentions {
		if !span.Contains(m.Span) {
			continue
		}
		if !complementBefore.MatchString(a.reading.Text[span.Start:m.Start]) {
			return m, true
		}
		if !ok {
			first, ok = m, true
		}
	}
	return first, ok
}

// complementBefore ends in words after which a person is acted on or with, up to a title.
var complementBefore = regexp.MustCompile(`(?:^|[\s,])(?i:par|avec|contre|à|devant|chez|auprès de|face à|à l['’]adresse de|aux? (?:questions?|interpellations?|critiques?|demandes?|remarques?) de|à (?:la |une |l['’])(?:question|interpellation|critique|demande|remarque) de)\s+(?:l[ae]\s+|l['’])?(?:[\p{Ll}-]+\s+){0,4}$`)

// mentionVoice is the voice of somebody named in the text, under the full name where the
// document or the directory has it.
func (a *attribution) mentionVoice(m mention) voice {
	v := voice{name: m.name, function: m.function}
	label := m.name
	if m.civility != "" && len(nameWords(m.name)) == 1 {
		label = m.civility + " " + m.name
	}
	if known, ok := a.people.Resolve(label, a.doc.Body, a.date); ok {
		v.name, v.function = known.Name, firstFilled(v.function, known.Function)
		return v
	}
	words := nameWords(m.name)
	if len(words) == 1 && m.civility != "" {
		v.name = label // as printed: a surname alone is nobody's name
	}
	if o, ok := a.longerName(m, words); ok {
		v.name = a.memberVoice(o.name).name
		v.function = firstFilled(v.function, o.function)
	}
	return v
}

// longerName is the one person whom the text names in full and who may be meant by a part of
// the name; namesakes whom no civility tells apart are nobody.
func (a *attribution) longerName(m mention, words []string) (longer mention, ok bool) {
	for _, o := range a.mentions {
		long := nameWords(o.name)
		if len(long) <= len(words) || !slices.Equal(long[len(long)-len(words):], words) {
			continue
		}
		if woman, sure := a.isWoman(o, voice{name: o.name}); m.civility != "" && sure && woman != isWoman(m.civility) {
			continue
		}
		if ok && !slices.Equal(nameWords(longer.name), long) {
			return mention{}, false
		}
		longer, ok = o, true
	}
	return longer, ok
}

// byRole finds whom « la vice-présidente », « l'élue » stands for: the nearest person before
// it whose office and gender agree, else the only one of that office in the directory.
func (a *attribution) byRole(base int, order string, o office) (voice, bool) {
	role := o.role
	known, isRole := attributionRoles[role]
	if !isRole {
		return voice{}, false
	}
	female := strings.HasSuffix(role, "e") && role != "maire" && role != "ministre" && role != "responsable" && role != "porte-parole" && role != "syndicaliste" && role != "secretaire"
	neutral := slices.Contains([]string{"maire", "ministre", "responsable", "porte-parole", "syndicaliste", "secretaire"}, role)
	for i := len(a.mentions) - 1; i >= 0; i-- {
		m := a.mentions[i]
		if m.Start >= base {
			continue
		}
		v := a.mentionVoice(m)
		functions := french.Fold(m.function + " " + v.function)
		if len(known) > 0 && !slices.ContainsFunc(known, func(k string) bool { return strings.Contains(functions, k) }) {
			continue
		}
		if !o.holds(firstFilled(m.function, v.function), a.councilBody()) {
			continue
		}
		if role == "president" && strings.Contains(functions, "vice") && !strings.Contains(strings.ReplaceAll(functions, "vice-president", ""), "presid") {
			continue
		}
		if order != "" && strings.Contains(functions, "vice") && !strings.Contains(functions, order) {
			continue
		}
		if woman, sure := a.isWoman(m, v); sure && !neutral && woman != female {
			continue
		}
		return v, true
	}
	if order == "ancien" || order == "ancienne" || o.elsewhere || order == "" && !soleOffices[role] {
		return voice{}, false
	}
	if m, ok := a.people.Resolve(strings.TrimSpace(order+" "+role), a.councilBody(), a.date); ok && len(known) > 0 {
		return voice{name: m.Name, function: m.Function}, true
	}
	return voice{}, false
}

// byPronoun finds the nearest person before base whom the pronoun may stand for.
func (a *attribution) byPronoun(base int, pronoun string) (voice, bool) {
	woman := strings.HasPrefix(pronoun, "elle")
	for i := len(a.mentions) - 1; i >= 0; i-- {
		m := a.mentions[i]
		if m.Start >= base {
			continue
		}
		v := a.mentionVoice(m)
		if is, sure := a.isWoman(m, v); sure && is != woman {
			continue
		}
		return v, true
	}
	return voice{}, false
}

// isWoman goes by the civility, then by the function as it is written.
func (a *attribution) isWoman(m mention, v voice) (woman, sure bool) {
	civility := m.civility
	if civility == "" {
		if known, ok := a.people.Resolve(v.name, a.doc.Body, a.date); ok {
			civility, v.function = known.Civility, firstFilled(v.function, known.Function)
		}
	}
	if civility != "" {
		return isWoman(civility), true
	}
	return womanByOffice(firstFilled(m.function, v.function))
}

// subjectOf finds the person of the last sentence before a quotation that nothing
// announces: « Solange Attier refuse de parler de coup de massue. « … » ».
func (a *attribution) subjectOf(base int, part string) (voice, bool) {
	sentences := french.Sentences(part)
	for i := len(sentences) - 1; i >= 0; i-- {
		s := sentences[i]
		span := document.Span{Start: base + s.Start, End: base + s.End}
		best := -1
		for k, m := range a.mentions {
			if span.Contains(m.Span) {
				best = k
				break
			}
		}
		if best >= 0 {
			return a.mentionVoice(a.mentions[best]), true
		}
		if m := roleSubject.FindStringSubmatch(s.In(part)); m != nil {
			if v, ok := a.byRole(base+s.Start, french.Fold(m[1]), a.officeAt(s.In(part)[strings.Index(s.In(part), m[2]):], m[2])); ok {
				return v, true
			}
		}
	}
	return voice{}, false
}

// collectiveIn reads an institution as the speaker: « selon la Région », « assure la CGT ».
func (a *attribution) collectiveIn(part string) (voice, bool) {
	for _, m := range collectiveSpeaker.FindAllStringSubmatchIndex(part, -1) {
		before := part[:m[0]]
		if !saidThere.MatchString(before) && (complementBefore.MatchString(before) || ofBefore.MatchString(before)) {
			continue
		}
		name := strings.TrimSpace(part[m[2]:m[3]])
		if a.narrator.collective && councilHead.MatchString(name) && outletOf(a.doc.Body) == councilOutlet {
			return a.narrator, true // « la Région » in its own release
		}
		return voice{name: name, collective: true}, true
	}
	return voice{}, false
}

var (
	// saidThere ends in « fait-on savoir à », where a house speaks.
	saidThere         = regexp.MustCompile(`-on\s+(?:\p{Ll}+\s+)?(?:à|chez|du côté de|au)\s+$`)
	collectiveSpeaker = regexp.MustCompile(`\b(?:[Ll][ae]\s+|[Ll]es\s+|[Ll]['’])((?:(?:syndicats|ministère|organisations\s+syndicales|représentants\s+du\s+personnel|élus\s+(?:d['’]opposition|de\s+la\s+majorité)|oppositions?|usagers|riverains|[Cc]hambre\s+régionale\s+des\s+comptes|[Cc]our\s+des\s+comptes|[Aa]gence\s+régionale\s+de\s+santé|préfecture|rectorat|mairie|région|département|métropole|direction(?:\s+générale(?:\s+(?:des\s+services|adjointe))?)?)\b|Région|Département|Ville|Métropole|Mairie|Commune|Agglomération|Collectivité|Préfecture|État|[Gg]ouvernement|[Ee]xécutif(?:\s+(?:régional|départemental|municipal))?|[Dd]irection\s+générale(?:\s+(?:des\s+services|adjointe))?|[Cc]onseil\s+(?:régional|départemental|municipal|communautaire)|[Mm]ajorité|[Oo]pposition|[Ii]ntersyndicale|[Ss]ection\s+\p{Lu}[\p{Lu}\d-]+|[Gg]roupe\s+\p{Lu}[\p{L}-]+(?:\s+(?:\p{Lu}[\p{L}-]+|et|de|du|des|pour|solidaires?|écologistes?|socialistes?|citoyens?|citoyennes?|centristes?|communistes?|républicaine?s?|indépendante?s?|unie?s?|ensemble))*|\p{Lu}[\p{Lu}\d-]{2,})(?:\s+\p{Lu}[\p{L}-]+)*)`)
	ofBefore          = regexp.MustCompile(`\sd['’e]\s*$`)
	councilHead       = regexp.MustCompile(`^(?:Région|Département|Ville|Métropole|Mairie|Commune|Agglomération|Collectivité|[Ee]xécutif|[Cc]onseil)`)
)

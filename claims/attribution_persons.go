package claims

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"contredit/document"
	"contredit/french"
)

var (
	inciseName     = regexp.MustCompile(`^[\s,–—-]*(?:(?:s['’]|se\s|m['’]|a[- ]|ont\s|est\s|avait\s|nous\s|l['’])\s*)*(?:\p{Ll}[\p{L}’'-]*\s+){1,5}?(` + mentionName + `)`)
	pronounSubject = regexp.MustCompile(`(?:^|[\s,’'-])(?:t-)?(elle|il|elles|ils)\b`)
	roleSubject    = regexp.MustCompile(`(?:^|[\s,])(?:[Ll]e\s+|[Ll]a\s+|[Ll]['’])(?:(première?|ancienne?)\s+)?(\p{Ll}[\p{L}-]+)`)
	selonPerson    = regexp.MustCompile(`^(?:Selon|D['’]après|Pour|Aux yeux de|De l['’]avis de|Au dire de|À en croire|A en croire)\s+`)
	indirectQue    = regexp.MustCompile(`^(.{2,200}?)\s(?:que\s|qu['’])`)
	indirectAvoir  = regexp.MustCompile(`^(.{2,160}?)\s(?:affirme|assure|certifie|confirme|déclare|dit|prétend|reconnaît|soutient|admet|concède|jure)\s+(?:ne\s+(?:pas|jamais|plus)\s+)?(?:avoir|être|n['’]avoir|n['’]être)\s`)
)

// hasReporting says whether one of the words says that somebody speaks.
func hasReporting(part string) bool {
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

// reportingEndings are the endings that a reporting verb takes in a report: present,
// imperfect, past participle, simple past.
var reportingEndings = []string{
	"", "a", "aient", "ait", "ant", "e", "ee", "ees", "ent", "er", "erent", "es", "ie", "ient", "is", "issent", "it", "ne", "nent", "s", "se", "sent", "t", "te", "tent", "u", "ue", "ut", "x",
}

func isReporting(word string) bool {
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
	for _, m := range roleSubject.FindAllStringSubmatch(part, -1) {
		if found, ok := a.byRole(base, french.Fold(m[1]), french.Fold(m[2])); ok {
			return found, true
		}
	}
	if m := pronounSubject.FindStringSubmatch(french.Fold(part)); m != nil {
		return a.byPronoun(base, m[1])
	}
	if v, ok := a.collectiveIn(part); ok {
		return v, true
	}
	return voice{}, false
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
	for _, o := range a.mentions {
		long := nameWords(o.name)
		if len(long) > len(words) && slices.Equal(long[len(long)-len(words):], words) {
			v.name = o.name
			v.function = firstFilled(v.function, o.function)
			break
		}
	}
	return v
}

// byRole finds whom « la vice-présidente », « l'élue » stands for: the nearest person before
// it whose office and gender agree, else the only one of that office in the directory.
func (a *attribution) byRole(base int, order, role string) (voice, bool) {
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
	label, body := strings.TrimSpace(order+" "+role), a.doc.Body
	if a.press {
		body = "" // a newspaper's president is that of the council it writes about
	}
	if m, ok := a.people.Resolve(label, body, a.date); ok && len(known) > 0 {
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
			civility = known.Civility
		}
	}
	if civility != "" {
		return isWoman(civility), true
	}
	words := nameWords(firstFilled(m.function, v.function))
	for _, w := range words {
		switch w {
		case "adjointe", "conseillere", "deleguee", "deputee", "directrice", "elue", "presidente", "rapporteure", "senatrice", "tresoriere", "premiere":
			return true, true
		case "adjoint", "conseiller", "delegue", "depute", "directeur", "elu", "president", "senateur", "tresorier":
			return false, true
		}
	}
	return false, false
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
			if v, ok := a.byRole(base+s.Start, french.Fold(m[1]), french.Fold(m[2])); ok {
				return v, true
			}
		}
	}
	return voice{}, false
}

// collectiveIn reads an institution as the speaker: « selon la Région », « assure la CGT ».
func (a *attribution) collectiveIn(part string) (voice, bool) {
	for _, m := range collectiveSpeaker.FindAllStringSubmatchIndex(part, -1) {
		if complementBefore.MatchString(part[:m[0]]) || ofBefore.MatchString(part[:m[0]]) {
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
	collectiveSpeaker = regexp.MustCompile(`\b(?:[Ll][ae]\s+|[Ll]['’])((?:Région|Département|Ville|Métropole|Mairie|Commune|Agglomération|Collectivité|Préfecture|État|[Gg]ouvernement|[Ee]xécutif(?:\s+(?:régional|départemental|municipal))?|[Dd]irection\s+générale|[Cc]onseil\s+(?:régional|départemental|municipal|communautaire)|[Mm]ajorité|[Oo]pposition|[Ii]ntersyndicale|[Gg]roupe\s+\p{Lu}[\p{L}-]+|\p{Lu}[\p{Lu}\d-]{2,})(?:\s+\p{Lu}[\p{L}-]+)*)`)
	ofBefore          = regexp.MustCompile(`\sd['’e]\s*$`)
	councilHead       = regexp.MustCompile(`^(?:Région|Département|Ville|Métropole|Mairie|Commune|Agglomération|Collectivité|[Ee]xécutif|[Cc]onseil)`)
)

// indirect reads who is told to have said a sentence of the narrator: « X assure que … »,
// « selon X, … ».
func (a *attribution) indirect(base int, sentence string) (voice, bool) {
	if m := selonPerson.FindStringIndex(sentence); m != nil {
		head := sentence[m[1]:]
		if end := a.endOfSource(base+m[1], head); end > 0 {
			if v, ok := a.personIn(base+m[1], head[:end]); ok {
				return a.reported(v), true
			}
		}
		return voice{}, false
	}
	if v, ok := a.inserted(base, sentence); ok {
		return a.reported(v), true
	}
	for _, form := range []*regexp.Regexp{indirectQue, indirectAvoir} {
		m := form.FindStringSubmatchIndex(sentence)
		if m == nil {
			continue
		}
		head := sentence[m[2]:m[3]]
		if form == indirectQue && !endsReporting(head) {
			continue
		}
		if firstPerson.MatchString(head) {
			return voice{}, false
		}
		if v, ok := a.personIn(base, head); ok {
			return a.reported(v), true
		}
	}
	return voice{}, false
}

// endOfSource is where the source ends that opens a sentence after « Selon »: at the comma,
// or at the next one when a name or a relative clause stands between: « la présidente, Anne
// Morel, … ».
func (a *attribution) endOfSource(base int, head string) int {
	end := strings.IndexByte(head, ',')
	if end <= 0 {
		return end
	}
	rest := head[end+1:]
	comma := strings.IndexByte(rest, ',')
	if comma <= 0 {
		return end
	}
	between := trimmed(head, document.Span{Start: end + 1, End: end + 1 + comma})
	named := slices.ContainsFunc(a.mentions, func(m mention) bool { return m.Span == between.Shift(base) })
	if named || strings.HasPrefix(between.In(head), "qui ") {
		return end + 1 + comma
	}
	return end
}

// inserted reads who is told to have said a sentence by words set between commas or at its
// end: « …, affirme X. », « …, selon X, … ».
func (a *attribution) inserted(base int, sentence string) (voice, bool) {
	for _, m := range insertedSource.FindAllStringSubmatchIndex(sentence, -1) {
		part := sentence[m[2]:m[3]]
		if m[4] >= 0 { // « selon »
			if v, ok := a.personIn(base+m[4], sentence[m[4]:m[3]]); ok {
				return v, true
			}
			continue
		}
		if !opensReporting(part) {
			continue
		}
		if v, ok := a.personIn(base+m[2], part); ok {
			return v, true
		}
	}
	return voice{}, false
}

var (
	insertedSource = regexp.MustCompile(`[,–—]\s+((?:(?:selon|d['’]après|aux yeux de|de l['’]avis de|à en croire)\s+([^,–—]{3,90})|[^,–—.]{6,90}))`)
	insertedVerb   = regexp.MustCompile(`^(?:(?:s['’]|se\s|lui\s|leur\s|nous\s|l['’])?\s*)(?:(?:a|ont|avait|est|sont)\s+|(?:a|ont|avait|est)-t?-?(?:il|elle|ils|elles|on)\s+)?([\p{L}]+)(?:-t)?(?:-(?:il|elle|ils|elles))?(?:[\s,.]|$)`)
)

// opensReporting says that words open with a verb of saying, as an incise does.
func opensReporting(part string) bool {
	m := insertedVerb.FindStringSubmatch(part)
	return m != nil && isReporting(m[1])
}

func (a *attribution) reported(v voice) voice {
	v.reported, v.medium = true, firstFilled(a.doc.Body, a.narrator.name)
	return v
}

// endsReporting says whether a verb of saying stands near the end of « X assure » or
// « Elle maintient en revanche ».
func endsReporting(head string) bool {
	words := strings.Fields(head) // with their accents: the lexicon knows no « pretend »
	for i := len(words) - 1; i >= 0 && i >= len(words)-4; i-- {
		if isReporting(strings.Trim(words[i], ",;:.")) {
			return true
		}
	}
	return false
}

var firstPerson = regexp.MustCompile(`(?i)(?:^|\s)(?:je|j['’]|nous|on)\s`)

// saidOn is the day on which words were said, when it is told beside them.
func saidOn(beside, published string) string {
	day, err := time.Parse(time.DateOnly, published)
	if beside == "" || err != nil {
		return ""
	}
	for _, p := range french.DatesLeaning(beside, day, french.LeanPast) {
		if p.Precision <= french.ToDay && !p.Repeated && !p.From.IsZero() && p.Relation == french.During && !p.From.After(day) && p.From.After(day.AddDate(0, 0, -15)) {
			return p.From.Format(time.DateOnly)
		}
	}
	return ""
}

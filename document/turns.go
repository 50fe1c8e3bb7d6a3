package document

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// label is the start of a passage that says who speaks in it.
type label struct {
	Span           // as printed, without the separator
	body    int    // where the speech begins
	person  person // Name is "" when only a role is printed
	role    string // « le Président », « rapporteur »
	group   string // in brackets after the name
	several bool   // « MM. X et Y », « Plusieurs conseillers »: no single speaker
	bare    bool   // no civility: « Nadège Fourcaud. – »
	printed string // as said, when it is no start of a passage
}

// The nine styles of speaker line of the records read (regions, departments, communes,
// Assemblée nationale) part the label from the speech with a dash, a dot and a dash, a
// colon, or a full stop when the label is bold.
var (
	labelEnd = lazily(`\s*\.\s*[-–—]\s*|\s+[-–—]\s+|\s*:\s+|\s*:$`)
	// civilLabel parts a label into civility, role, name and function.
	civilLabel = lazily(`^(` + civilityWord + `)\s+(?:((?:[Ll][ea]|LE|LA|[Ll]['’]|L['’])\s*[^,(]{3,60}?)|(` + nameWords + `(?:\s+et\s+(?:` + civilityWord + `\s+)?` + nameWords + `)*))(?:\s*,\s*([^()]{3,160}?))?\s*(?:\(([^()]{1,60})\))?$`)
	// namedLabel has the parts of civilLabel, without a role.
	namedLabel = lazily(`^(` + civilityWord + `)()\s+(` + nameWords + `(?:\s+et\s+(?:` + civilityWord + `\s+)?` + nameWords + `)*)(?:\s*,\s*([^()]{3,160}?))?\s*(?:\(([^()]{1,60})\))?$`)
	roleWords  = lazily(`^(?:l[ea]\s+|l')(?:\S+\s+){0,2}?(?:co-?)?(?:president|vice-president|maire|rapporteu|secretaire|ministre|prefet|directeu|directrice|adjoint|conseiller|doyen|delegue|garde des sceaux|depute|questeur|premier|premiere|recteur|rectrice|president de seance)`)
	voices     = lazily(`(?i)^(?:plusieurs\s+(?:voix|conseillère?s|conseillers|élus|députés|membres)|une?\s+(?:voix|conseillère?|conseiller|élue?|députée?|membre|intervenante?|habitante?)|voix\s+diverses|des\s+voix|le\s+public|un\s+intervenant|de\s+nombreux\s+[\pL]+|de\s+nombreuses\s+[\pL]+|tous|l['’]assemblée)(?:\s+[^:–—-]{0,60})?$`)
	bareLabel  = lazily(`^(` + nameToken + `(?:\s+(?:` + nameParticle + `)?` + nameToken + `){1,3})(?:\s*\(([^()]{1,40})\))?$`)
	capsLabel  = lazily(`^\p{Lu}[\p{Lu}'’-]{2,}(?:\s+\p{Lu}[\p{Lu}'’-]+){0,2}$`)
)

// labelOf reads the label at the start of a passage. lead is how much of it is bold.
func labelOf(text string, lead int) (label, bool) {
	head := cutAt(text, 260)
	for _, m := range labelEnd.FindAllStringIndex(head, 4) {
		if l, ok := parseLabel(strings.TrimSpace(head[:m[0]]), 0); ok {
			l.Span, l.body = Span{Start: 0, End: m[0]}, m[1]
			if strings.TrimSpace(text[m[1]:]) == "" || startsSpeech(text[m[1]:]) {
				return l, true
			}
		}
	}
	if lead <= 0 || lead > 200 || lead >= len(text) {
		return label{}, false
	}
	return boldLabel(text, lead)
}

// boldLabel reads « M. le président. La parole est à… », where bold type alone tells the
// label from the sentence, and « Mme X, garde des sceaux. Monsieur… » with its function in
// italics after the bold name.
func boldLabel(text string, lead int) (label, bool) {
	end := lead
	if m := secondName.FindStringIndex(text[lead:]); m != nil {
		end = lead + m[1] // « **M. X** et **Mme Y.** Très bien ! »
	} else if strings.HasSuffix(strings.TrimRight(text[:lead], " "), ",") {
		stop := strings.Index(text[lead:], ". ")
		if stop < 0 || stop > 220 {
			return label{}, false
		}
		end = lead + stop + 1
	} else if strings.HasPrefix(text[lead:], ".") {
		end = lead + 1
	}
	printed := strings.TrimRight(text[:end], " ")
	if !strings.HasSuffix(printed, ".") && !strings.HasSuffix(printed, ":") {
		return label{}, false
	}
	l, ok := parseLabel(strings.TrimRight(printed, " .:"), len(printed))
	l.Span = Span{Start: 0, End: len(strings.TrimRight(printed, " .:"))}
	l.body = end + len(text[end:]) - len(strings.TrimLeft(text[end:], " "))
	return l, ok && l.body < len(text)
}

var secondName = lazily(`^(?:\s*,\s*` + civilityWord + `\s+` + nameWords + `)*\s*\bet\s+` + civilityWord + `\s+` + nameWords + `\s*[.:]`)

// parseLabel says whether a stretch is nothing but a speaker's label.
func parseLabel(printed string, bold int) (label, bool) {
	printed = strings.TrimLeft(printed, "-–—•* ")
	if voices.MatchString(printed) {
		return label{several: true}, true
	}
	if m := civilLabel.FindStringSubmatch(printed); m != nil {
		return civilLabelOf(printed, m)
	}
	if m := bareLabel.FindStringSubmatch(printed); m != nil && !notAName[plain(firstWord(printed))] {
		return label{person: person{Name: m[1]}, group: m[2], bare: true}, true
	}
	if capsLabel.MatchString(printed) {
		return label{person: person{Name: printed}, bare: true}, true
	}
	return label{}, false
}

func civilLabelOf(printed string, m []string) (label, bool) {
	if m[2] != "" && !roleWords.MatchString(plain(fold(m[2]))) {
		// « M. LEROY », « Mme Le Goff », « M. L'HERMITE » only begin like a role.
		if m = namedLabel.FindStringSubmatch(printed); m == nil {
			return label{}, false
		}
	}
	civility, role, name, function := m[1], fold(m[2]), fold(m[3]), fold(m[4])
	last := strings.Fields(plain(printed))
	if narration[strings.Trim(last[len(last)-1], "., ")] {
		return label{}, false // « M. X, rapporteur, expose : » tells of a speech
	}
	if function != "" && !isFunction(function) {
		return label{}, false // « Monsieur X, vous proposez : » speaks to somebody
	}
	if role != "" {
		if !isFunction(role) {
			return label{}, false
		}
		l := label{role: role, person: person{Civility: civilityOf(civility)}}
		if at := roleName.FindStringSubmatch(role); at != nil {
			l.person.Name = trimName(at[1]) // « M. le Président Lauzière »
		}
		return l, true
	}
	if isPlural(civility) || regexpEt.MatchString(name) || andAnother.MatchString(function) {
		return label{several: true, person: person{Civility: civilityOf(civility)}}, true
	}
	trimmed := trimName(m[3])
	if trimmed == "" {
		return label{}, false
	}
	return label{person: person{Civility: civilityOf(civility), Name: fold(trimmed)}, role: function, group: fold(m[5])}, true
}

var (
	roleName   = lazily(`(?:[Pp]résidente?|PR[EÉ]SIDENTE?|[Mm]aire|[Mm]inistre|[Rr]apporteure?)\s+(\p{Lu}[\pL'’-]+(?:\s+\p{Lu}[\pL'’-]+){0,3})$`)
	regexpEt   = lazily(`\s+et\s+`)
	andAnother = lazily(`\s+et\s+` + civilityWord + `\s+\p{Lu}`)
	// addresses are the words of one who speaks to another, and the end of a sentence.
	addresses = lazily(`(?i)(?:^|[\s'’])(?:je|j['’]\pL+|tu|vous|nous|on|votre|vos|notre|nos|merci|bonjour|c['’]est)(?:[\s,]|$)|[?!]|\pL{4,}\.\s+\p{Lu}`)
)

// isFunction says that what follows a name in a label is what they are, and not a sentence
// said to them.
func isFunction(text string) bool {
	last := strings.Fields(plain(text))
	return !addresses.MatchString(text) && !narration[last[len(last)-1]]
}

// startsSpeech says that what follows a label reads like speech: a capital, a quote, an
// ellipsis, a number; not « pour », « 3 voix », « adjoint au maire ».
func startsSpeech(body string) bool {
	body = strings.TrimLeft(body, " «\"“(…[-–—")
	c, _ := utf8.DecodeRuneInString(body)
	return unicode.IsUpper(c) || (unicode.IsDigit(c) && len(body) > 25)
}

// isSpeech tells a line of speech from a line of a list: « M. X – Maire ».
func isSpeech(body string) bool {
	body = strings.TrimRight(body, ` »"”)`)
	return len(body) > 0 && (strings.ContainsAny(lastRune(body), ".!?…:") || len(body) > 90)
}

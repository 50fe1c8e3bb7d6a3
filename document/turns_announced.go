package document

import (
	"strings"
)

// Captions rarely name who speaks; those in the room do: whoever chairs gives the floor, and
// those who answer say to whom. Nothing is guessed beyond that: a stretch that no word ties
// to somebody stays without a speaker.

const (
	// spokenName is a name as captions write it, after a civility in full; recognised speech
	// may leave out capitals.
	spokenCivility = `(?:[Mm]onsieur|[Mm]adame|M\.|Mme)`
	spokenName     = `(?:` + nameParticle + `)?\p{Lu}[\pL'’-]+(?:\s+(?:` + nameParticle + `)?\p{Lu}[\pL'’-]+){0,2}`
	spokenRole     = `(?:l[ea]\s+|l['’])(?:\pL+\s+){0,2}?(?i:vice-présidente?|vice présidente?|rapporteure?|maire|préfète?|conseill(?:er|ère)|directeur|directrice)(?:\s+(?i:délégué|général)e?)?`
	// fullName needs no civility: « la parole est à Karim Lestrade ».
	fullName     = `(\p{Lu}[\pL'’-]+(?:\s+(?:` + nameParticle + `)?\p{Lu}[\pL'’-]+){1,2})`
	spokenPerson = `(` + spokenCivility + `\s+(?:` + spokenRole + `(?:\s+` + spokenName + `)?|` + spokenName + `))`
)

var (
	givesFloor = lazily(`(?i:la\s+parole\s+(?:est\s+)?à|(?:donne|passe|laisse|cède|rends?)\s+la\s+parole\s+à|(?:^|[.,!?]\s*)à\s+vous,?|je\s+vous\s+en\s+prie,?)\s*,?\s*` + spokenPerson + `|` +
		spokenPerson + `\s*,?\s*(?i:vous\s+avez\s+la\s+parole|c['’]est\s+à\s+vous|à\s+vous\s+la\s+parole|pour\s+(?:une\s+explication|la\s+présentation|présenter|répondre|défendre|votre\s+(?:amendement|question|vœu|voeu))|vous\s+(?:voulez|souhaitez)\s+(?:compléter|répondre|réagir|intervenir|ajouter|prendre)|je\s+vous\s+en\s+prie)|` +
		`(?i:la\s+parole\s+(?:est\s+)?à|(?:donne|passe|laisse|cède)\s+la\s+parole\s+à|(?:rapport|amendement|vœu|dossier|délibération|point)\s+(?:\pL+\s+){0,3}?(?:est|sera|va\s+(?:nous\s+)?être)\s+(?:présentée?|rapportée?|défendue?|exposée?)\s+par)\s+` + fullName + `|` +
		`(?i:(?:rapport|amendement|vœu|dossier|délibération|point)\s+(?:\pL+\s+){0,3}?(?:est|sera|va\s+(?:nous\s+)?être)\s+(?:présentée?|rapportée?|défendue?|exposée?)\s+par)\s+` + spokenPerson)
	chairs    = lazily(`(?i)je\s+(?:déclare|lève|suspends|reprends)\s+la\s+séance|je\s+déclare\s+ouverte|la\s+séance\s+est\s+(?:ouverte|levée|suspendue|reprise)|je\s+(?:mets|vais\s+mettre|soumets)\s+(?:[\pL'’]+\s+){0,4}?(?:aux\s+voix|au\s+vote)|qui\s+(?:est|s['’])\s*(?:pour|contre|abstient)\s*\?|le\s+quorum\s+est\s+atteint|plus\s+d['’](?:autres?\s+)?interventions?|l['’]ordre\s+du\s+jour\s+appelle|nous\s+(?:passons|allons\s+passer)\s+(?:à|au|aux)\s|la\s+parole\s+est\s+à|vous\s+avez\s+la\s+parole|je\s+vous\s+(?:signale|informe)\s+(?:que|également)`)
	toChair   = lazily(`(?i)^(?:merci,?\s+|oui,?\s+|alors,?\s+|donc,?\s+)?(?:beaucoup,?\s+)?(?:monsieur|madame|m\.|mme)\s+l[ea]\s+présidente?\b`)
	called    = lazily(`(^|[^\pL'’]|[\pL'’]+\s+)` + spokenPerson)
	asRole    = lazily(`(?i)^(?:[\pL'’]+\s+){0,3}(?:comme|en\s+(?:tant\s+que|qualité\s+de|ma\s+qualité\s+de))\s+((?:vice-)?(?:présidente?|rapporteure?|maire|élue?)\b[^.,;:?!]{0,60})`)
	isNamed   = lazily(`(?i:^|[.!]\s+|\bcollègues,?\s+)(?i:je\s+(?:suis|m['’]appelle)|ici)\s+` + fullName + `\s*[,.]`)
	isAsking  = lazily(`(?i)\?\s*$|(?:est-ce\s+qu|combien|pourquoi|quand|comment|qui\s+va)[^.?!]{0,110}$`)
	changes   = lazily(`(?i)^(?:merci|oui|non|si|moi|bien|bon|d['’]accord|très\s+bien|est-ce\s+que\s+je\s+peux|je\s+(?:l['’]|vous\s+)entends|je\s+vous\s+(?:remercie|réponds)|vous\b|mes\s+chers\s+collègues|nous\s+nous\s+abst)`)
	furthers  = lazily(`(?i)^(?:j['’]ajoute|je\s+(?:conclus|poursuis|termine|reviens)|prenons|par\s+(?:exemple|ailleurs)|enfin|ensuite|puis\b|de\s+plus|en\s+outre|voilà|autrement\s+dit|c['’]est\s+pourquoi|(?:deuxième|second|troisième|dernier|dernière|autre)(?:ment)?\b|un\s+autre|une\s+autre|pour\s+(?:conclure|terminer|finir)|quant\s+à|et\s)`)
	chairName = lazily(`(?i)\b(?:monsieur\s+le\s+président|madame\s+la\s+présidente)\b`)
)

// apart are the words before a name that speak of somebody, not to them.
var apart = wordSet(`à au aux avec chez contre de des dont du et la le les par pour que selon sur`)

// spokenPart is what one stretch of captions says of who speaks.
type spokenPart struct {
	at        int // passage
	text      string
	second    float64
	floor     string // whom it gives the floor
	addressed string // whom it speaks to
	early     bool   // and at its start
	who       label
	known     bool
}

// announcedTurns attributes the stretches of captions that name no voice.
func (t *turnReader) announcedTurns() []Turn {
	parts := t.spokenParts()
	chair := t.chairLabel()
	known := func(i int, printed string) {
		if i >= 0 && i < len(parts) && !parts[i].known && printed != "" {
			parts[i].who, parts[i].known = spokenLabel(printed), true
		}
	}
	for i := range parts {
		p := &parts[i]
		if i > 0 && follows(parts[i-1], *p) {
			known(i, parts[i-1].floor)
		}
		if m := asRole.FindStringSubmatch(p.text); m != nil && !p.known {
			p.who, p.known = label{printed: fold(m[1]), role: fold(m[1])}, true
		}
		if m := isNamed.FindStringSubmatch(p.text); m != nil && !p.known {
			p.who, p.known = label{printed: m[1], person: person{Name: m[1]}}, true
		}
		if !p.known && (p.floor != "" || chairs.MatchString(p.text)) {
			p.who, p.known = chair, true
		}
	}
	for i := range parts {
		p := parts[i]
		if p.addressed == "" || plain(p.addressed) == plain(p.who.printed) {
			continue
		}
		asks := p.early && isAsking.MatchString(p.text)
		if i > 0 && follows(parts[i-1], p) && !asks {
			known(i-1, p.addressed)
			if before := parts[i-1]; toChair.MatchString(before.text) && strings.Contains(plain(before.text), " vous ") && !parts[i].known {
				parts[i].who, parts[i].known = chair, true // the chair was spoken to, and answers
			}
		}
		if i+1 < len(parts) && asks && follows(p, parts[i+1]) {
			known(i+1, p.addressed)
		}
	}
	return t.spokenTurns(parts)
}

// follows says that one stretch comes right after another: a recording that jumps, or a
// long silence, leaves nobody the floor.
func follows(a, b spokenPart) bool {
	// Ten characters a second is slow speech.
	return b.second-a.second < float64(len(a.text))/10+8
}

func (t *turnReader) spokenParts() []spokenPart {
	var parts []spokenPart
	for i, p := range t.r.Passages {
		if p.Kind != KindCue {
			continue
		}
		part := spokenPart{at: i, text: p.In(t.r.Text), second: p.Locator.At}
		tail := len(part.text) - 160
		for _, m := range givesFloor.FindAllStringSubmatchIndex(part.text, -1) {
			if m[1] < tail {
				continue
			}
			for g := 2; g < len(m); g += 2 {
				if m[g] >= 0 {
					part.floor = part.text[m[g]:m[g+1]]
				}
			}
		}
		if m := lowFloor.FindAllStringSubmatchIndex(part.text, -1); part.floor == "" && len(m) > 0 && m[len(m)-1][1] >= tail {
			part.floor = part.text[m[len(m)-1][2]:m[len(m)-1][3]]
		}
		part.addressed, part.early = addressedIn(part.text, part.floor)
		parts = append(parts, part)
	}
	return parts
}

// addressedIn is the first person whom a stretch speaks to, other than to give the floor;
// and whether it begins so.
func addressedIn(text, floor string) (string, bool) {
	for _, m := range called.FindAllStringSubmatchIndex(text, -1) {
		before := strings.Trim(plain(text[m[2]:m[3]]), " ,.")
		name := text[m[4]:m[5]]
		if apart[before] || floor != "" && plain(name) == plain(floor) {
			continue
		}
		return name, m[4] < 4
	}
	return "", false
}

// chairLabel is what the captions call whoever chairs.
func (t *turnReader) chairLabel() label {
	role, civility := "le président", ""
	if printed := chairName.FindString(t.r.Text); printed != "" {
		civility = civilityOf(upperFirst(firstWord(printed)))
		if civility == "Mme" {
			role = "la présidente"
		}
	}
	return label{printed: role, role: role, person: person{Civility: civility}}
}

// spokenLabel reads a person as said: « madame Escarpit », « Monsieur le rapporteur ».
func spokenLabel(printed string) label {
	printed = fold(printed)
	civil, rest, _ := strings.Cut(printed, " ")
	l := label{printed: printed, person: person{Civility: civilityOf(upperFirst(civil))}}
	if c := firstWord(rest); c == "le" || c == "la" || strings.HasPrefix(rest, "l'") || strings.HasPrefix(rest, "l’") {
		l.role = rest
		return l
	}
	l.person.Name = rest
	return l
}

// spokenTurns makes turns of the stretches whose speaker is known; a punctuated file lets a
// speaker go on through a pause until a sign of another.
func (t *turnReader) spokenTurns(parts []spokenPart) []Turn {
	sentences := isPunctuated(t.r.Text)
	var turns []Turn
	for i, p := range parts {
		passage := t.r.Passages[p.at]
		if p.known {
			turn := Turn{Span: passage.Span, Label: p.who.printed, Title: titleOf(p.who.role)}
			turn.Speaker = t.who(p.who, passage.Start)
			if n := len(turns); n > 0 && turns[n-1].Label == turn.Label && parts[i-1].at+1 == p.at && turns[n-1].End == t.r.Passages[parts[i-1].at].End {
				turns[n-1].End = turn.End
				continue
			}
			turns = append(turns, turn)
			continue
		}
		if n := len(turns); n > 0 && sentences && i > 0 && turns[n-1].End == t.r.Passages[parts[i-1].at].End && goesOn(parts[i-1], p) {
			turns[n-1].End = passage.End
			parts[i].who = parts[i-1].who
		}
	}
	return turns
}

// goesOn says that a stretch goes on with the one before, by its first words: a pause is a
// change of speaker more often than not, and nobody is given another's words on a guess.
func goesOn(before, p spokenPart) bool {
	return follows(before, p) && furthers.MatchString(p.text) && before.floor == "" && !isChairRole(plain(before.who.role)) && !isAsking.MatchString(before.text) &&
		!changes.MatchString(p.text) && !toChair.MatchString(p.text) && !(p.addressed != "" && p.early)
}

// isPunctuated says that a text has sentence ends: recognised speech often has none.
func isPunctuated(text string) bool {
	return strings.Count(text, ". ")+strings.Count(text, ".\n") > len(text)/800
}

// anonymous are the voices that a machine numbers.
var anonymous = lazily(`(?i)^(?:speaker|spk|voix|voice|intervenante?|locut(?:eur|rice)|orat(?:eur|rice)|participante?|homme|femme|inconnue?)[\s_]*\d*$`)

// resolveVoices turns the voices that a file names into persons: a title or a surname is
// looked up, a number names nobody.
func (t *turnReader) resolveVoices() {
	t.chair = chairOf(t.r, t.people, make([]bool, len(t.r.Passages)))
	for i := range t.r.Turns {
		u := &t.r.Turns[i]
		if u.Label == "" {
			u.Label = u.Speaker
		}
		if anonymous.MatchString(u.Label) {
			u.Speaker = ""
			continue
		}
		if l, ok := parseLabel(u.Label, 0); ok {
			u.Speaker, u.Title = t.who(l, u.Start), titleOf(l.role)
			t.takeChair(l, u.Start, u.Speaker)
		}
	}
}

package claims

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"contredit/document"
	"contredit/french"
)

var (
	selonPerson    = regexp.MustCompile(`^(?:(?:Selon|D['’]après|Pour|Aux yeux de|De l['’]avis de|Aux? dires? de|[ÀA] en croire|De l['’]aveu(?:\s+même)?\s+de|Du côté de|[ÀA] écouter|(?:Comme|Ainsi que)\s+(?:l['’](?:a\s+)?|le\s+)(?:écrit|indiquée?|indique|rappelle|rappelé|souligne|souligné|précise|précisé|note|noté|explique|expliqué|affirme|affirmé|dit|disait))\s+|(?:Aux yeux|De l['’]avis|Aux? dires?|De l['’]aveu(?:\s+même)?)\s+d['’])(?:(?:les\s+(?:chiffres|données|calculs|estimations|informations|services|comptes|propos|déclarations)|le\s+décompte|l['’]entourage)\s+(?:de\s+|d['’]))?`)
	wholeName      = regexp.MustCompile(`^` + mentionName + `$`)
	selonPronoun   = regexp.MustCompile(`^(lui|elle|eux|elles)$`)
	indirectQue    = regexp.MustCompile(`^(.{2,200}?)\s(?:que\s|qu['’])`)
	indirectAvoir  = regexp.MustCompile(`^(.{2,160}?)\s(?:affirme|assure|certifie|confirme|déclare|dit|prétend|reconnaît|soutient|admet|concède|jure)\s+(?:ne\s+(?:pas|jamais|plus)\s+)?(?:avoir|être|n['’]avoir|n['’]être)\s`)
	indirectAccuse = regexp.MustCompile(`^(.{2,160}?)\s(?:accuse(?:nt)?|soupçonne(?:nt)?|reproche(?:nt)?\s+(?:à|aux?))\s.{2,80}?\s(?:de\s+ne\s+(?:pas|jamais)\s+|d['’])(?:avoir|être)\s`)
)

// indirect reads who is told to have said a sentence of the narrator: « X assure que … »,
// « selon X, … ».
func (a *attribution) indirect(base int, sentence string) (voice, bool) {
	if m := selonPerson.FindStringIndex(sentence); m != nil {
		head := sentence[m[1]:]
		if end := a.endOfSource(base+m[1], head); end > 0 {
			if p := selonPronoun.FindString(head[:end]); p != "" {
				v, ok := a.byPronoun(base, strings.NewReplacer("lui", "il", "eux", "ils").Replace(p))
				return a.reported(v), ok
			}
			if v, ok := a.personIn(base+m[1], head[:end]); ok {
				return a.reported(v), true
			}
			if name := strings.Join(strings.Fields(head[:end]), " "); wholeName.MatchString(name) && looksLikeName(name, false) {
				return a.reported(voice{name: name}), true
			}
		}
		return voice{}, false
	}
	if v, ok := a.inserted(base, sentence); ok {
		return a.reported(v), true
	}
	if v, ok := a.relatesAfter(base, sentence); ok {
		return a.reported(v), true
	}
	for _, form := range []*regexp.Regexp{indirectQue, indirectAvoir, indirectAccuse} {
		m := form.FindStringSubmatchIndex(sentence)
		if m == nil {
			continue
		}
		head := sentence[m[2]:m[3]]
		if form == indirectQue && !endsReporting(head) {
			continue
		}
		if firstPerson.MatchString(head) || form == indirectQue && isUnsaid(head) {
			return voice{}, false
		}
		if v, ok := a.personIn(base, head); ok {
			return a.reported(v), true
		}
	}
	return voice{}, false
}

// whoRelates opens what somebody named just before it tells: « …, répond X, qui assure que … ».
var whoRelates = regexp.MustCompile(`,\s*qui\s+(?:(?:a|lui|leur|en|nous)\s+)*(\p{L}+)\s+(?:[^,.;«»]{0,40}?\s)?(?:que\s|qu['’])`)

// relatesAfter reads whose words a relative clause tells, when its verb is one of saying and a name stands
// right before it.
func (a *attribution) relatesAfter(base int, sentence string) (voice, bool) {
	for _, m := range whoRelates.FindAllStringSubmatchIndex(sentence, -1) {
		if !isReporting(sentence[m[2]:m[3]]) {
			continue
		}
		for _, o := range a.mentions {
			if o.End == base+m[0] && o.Start >= base {
				return a.mentionVoice(o), true
			}
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

// inverts says that words after a quotation are a verb and right after it a person, as in an
// incise whatever the verb: « , compte Odile Fabre, secrétaire générale. »
func (a *attribution) inverts(base int, tail string) bool {
	m := inverted.FindStringSubmatchIndex(tail)
	if m == nil || notIncise[french.Fold(tail[m[2]:m[3]])] {
		return false
	}
	return slices.ContainsFunc(a.mentions, func(o mention) bool { return o.Start == base+m[1] })
}

var (
	inverted = regexp.MustCompile(`^\s*,\s*(?:s['’]|se\s+|l['’])?(\p{Ll}{3,})\s+`)
	// notIncise are the words between a quotation and a name that are no verb.
	notIncise = map[string]bool{
		"ainsi": true, "apres": true, "avec": true, "chez": true, "comme": true, "contre": true, "depuis": true, "dont": true, "entre": true, "mais": true, "par": true,
		"pour": true, "puis": true, "sans": true, "sauf": true, "selon": true, "sous": true, "sur": true, "vers": true,
	}
)

func (a *attribution) reported(v voice) voice {
	v.reported, v.medium = true, firstFilled(a.doc.Body, a.narrator.name)
	return v
}

// endsReporting says whether a verb of saying stands near the end of « X assure » or
// « Elle maintient en revanche ».
func endsReporting(head string) bool {
	words := strings.Fields(head) // with their accents: the lexicon knows no « pretend »
	for i := len(words) - 1; i >= 0 && i >= len(words)-12; i-- {
		if !isReporting(strings.Trim(words[i], ",;:.")) || i > 0 && nounOfSaying(words[i-1], words[i]) {
			continue
		}
		// Farther off, a complement follows the verb: « a rappelé devant les élus, mardi, que ».
		return i >= len(words)-4 || complementAfter[french.Fold(strings.Trim(words[i+1], ",;:."))] || dayAfter.MatchString(strings.Join(words[i+1:], " ")) || strings.HasSuffix(words[i], ",")
	}
	return false
}

// nounOfSaying says that a word which reads like a verb of saying is a noun: « le rapport »,
// « une demande », « la conseillère »; « ni » shares its stem with « nier ».
func nounOfSaying(before, word string) bool {
	word = french.Fold(strings.Trim(word, ",;:."))
	return word == "ni" || strings.HasPrefix(word, "conseiller") || nounsOfSaying.MatchString(word) && determinerBefore.MatchString(french.Fold(before))
}

var (
	nounsOfSaying    = regexp.MustCompile(`^(?:annonce|critique|demande|note|observation|point|proposition|rapport|rejet|releve|reprise|reponse|vote)s?$`)
	determinerBefore = regexp.MustCompile(`^(?:l[ea]s?|une?|des?|du|ce|cet|cette|ces|[mts](?:on|a|es)|notre|nos|votre|vos|leurs|aux?|chaque|aucune?|tout)$`)
)

// dayAfter is a day told after a verb of saying: « a affirmé le 3 mars que ».
var dayAfter = regexp.MustCompile(`^le \d`)

// complementAfter are the words that open what stands between a verb of saying and « que ».
var complementAfter = map[string]bool{
	"a": true, "apres": true, "au": true, "aupres": true, "aussi": true, "aux": true, "avec": true, "dans": true, "des": true, "devant": true, "dimanche": true, "en": true, "face": true, "hier": true,
	"jeudi": true, "lors": true, "lundi": true, "mardi": true, "mercredi": true, "par": true, "pendant": true, "samedi": true, "sur": true, "vendredi": true,
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

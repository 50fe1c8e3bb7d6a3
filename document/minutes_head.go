package document

import (
	"fmt"
	"strings"
)

// headLength is how much of a record, in bytes, its head may fill: the letterhead, the day,
// the formula of the convocation, before the attendance.
const headLength = 1500

// bodies name the institutions that keep records, the narrowest first: a commission of the
// regional council is not the regional council. From the heads of records of regions,
// departments, communes, staff committees and schools.
var bodies = []struct {
	name string
	form *pattern
}{
	{"CST", lazily(`(?i)\bcomité\s+social\s+territorial|\bCST\b`)},
	{"F3SCT", lazily(`(?i)\bformation\s+spécialisée\s+en\s+matière|\bF3SCT\b`)},
	{"CAP", lazily(`(?i)\bcommission\s+administrative\s+paritaire`)},
	{"CESER", lazily(`(?i)\bconseil\s+économique,?\s+social\s+et\s+environnemental|\bCESER\b`)},
	{"Commission permanente", lazily(`(?i)\bcommission\s+permanente`)},
	{"Conseil académique", lazily(`(?i)\bconseil\s+académique|\bCAEN\b`)},
	{"Conseil d’administration", lazily(`(?i)\bconseil\s+d['’]administration`)},
	{"Bureau", lazily(`(?i)\bréunion\s+du\s+bureau\b|\bbureau\s+communautaire|\bbureau\s+métropolitain`)},
	{"Conseil municipal", lazily(`(?i)\bconseil\s+municipal|\bassemblée\s+municipale`)},
	{"Conseil communautaire", lazily(`(?i)\bconseil\s+(?:de\s+)?communaut(?:é|aire)`)},
	{"Conseil métropolitain", lazily(`(?i)\bconseil\s+(?:de\s+)?(?:la\s+)?métropol`)},
	{"Conseil départemental", lazily(`(?i)\bconseil\s+(?:départemental|général)|\bassemblée\s+départementale`)},
	{"Conseil syndical", lazily(`(?i)\b(?:conseil|comité)\s+syndical`)},
	{"Conseil régional", lazily(`(?i)\bconseil\s+régional|\bassemblée\s+(?:plénière|régionale)|\bséance\s+plénière|\bcommission\s+(?:«\s*)?[\pL, ]{3,60}\s+du\s+conseil\s+régional`)},
	{"Assemblée nationale", lazily(`(?i)\bassemblée\s+nationale`)},
}

var thematic = lazily(`(?i)\b(commission|comité|conférence|groupe\s+de\s+travail)\s+((?:de\s+la\s+|de\s+l['’]|des?\s+|du\s+|n°\s*)?[\pL]{4,}(?:(?:[ ,'’-]+(?:et|de|la|des|du|l))*[ ,'’-]+[\pL]{3,}){0,5})`)

// bodyOf says whose meeting a record is of: by its title, then by its head, where the first
// body named is the one that met. "" when neither names one.
func bodyOf(title, head string) string {
	for i, text := range []string{title, head} {
		first, name := len(text), ""
		for _, b := range bodies {
			if m := b.form.FindStringIndex(text); m != nil && m[0] < first {
				first, name = m[0], b.name
			}
		}
		if m := thematic.FindStringSubmatchIndex(text); m != nil && m[0] < first && !reportsTo(text[m[0]:m[1]]) && (i == 0 || opensLine(text[:m[0]])) {
			return upperFirst(fold(text[m[2]:m[5]]))
		}
		if name != "" {
			return name
		}
	}
	return ""
}

var meetingOf = lazily(`(?i)(?:^|\n)(?:[^\n]{0,60}(?:réunion|séance|compte[- ]rendu|procès-verbal|relevé)\s+(?:de\s+(?:la|l['’])|du|de)\s*)?$`)

// opensLine says that a name stands where the head of a record puts that of the body.
func opensLine(before string) bool { return meetingOf.MatchString(cutTail(before, 120)) }

// reportsTo says that the words are of a verb, not of a name: « commission réunie le ».
func reportsTo(name string) bool {
	p := plain(name)
	return strings.Contains(p, "reuni") || strings.Contains(p, "permanente") || strings.Contains(p, "social")
}

func upperFirst(text string) string {
	for i, c := range text {
		return strings.ToUpper(string(c)) + text[i+len(string(c)):]
	}
	return text
}

var (
	// otherDay are the words before a day that is not that of the meeting. From the heads
	// of deliberations: convocation, posting, reception by the prefecture, approval.
	otherDay = lazily(`(?i)(?:(?:convo|envo[iy]|dépos|affich|publi(?:é|cation)|mise?\s+en\s+ligne|mis\s+à\s+jour|reçu|réception|transmi|approuv|notifi|certifi|né\(?e?\)?|loi\s+(?:n°\S*\s+)?du|décret|arrêté|ordonnance|précédente|dernière|du\s+mandat|en\s+date\s+du)[^.;\n]{0,40}|\bvu\s+(?:l[ae]s?|l['’])\s*[^;\n]{0,80}|(?:approbation|adoption)[^.;\n]{0,60}|adopté[es]{0,2}\s+(?:\(e\)\s+)?le\s*)$`)
	metOn    = lazily(`(?i)(?:séance|réunion|session|assemblée|réunie?s?|réunion\s+du\s+comité|comité|conseil|commission|procès-verbal|compte[- ]rendu|tenue?|plénière)\b[^.;\n]{0,80}$`)
)

// meetingDay is the day on which the meeting was held: one that the title or the head ties
// to it, else the first that stands there for nothing else.
func meetingDay(title, head string, origin Origin) string {
	first := ""
	for _, text := range []string{title, head} {
		for _, d := range daysIn(text) {
			before := text[:d.Start]
			if !notLater(d.ISO, origin) || ofLastMinutes(text, d.Start, d.End) || text != title && otherDay.MatchString(cutTail(before, 90)) {
				continue
			}
			if text == title || metOn.MatchString(cutTail(before, 140)) {
				return d.ISO
			}
			if first == "" {
				first = d.ISO
			}
		}
	}
	return first
}

var (
	lastMinutes  = lazily(`(?i)(?:compte[- ]rendu|proc[èe]s[- ]verbal)\s+(?:de\s+la\s+)?(?:réunion|séance)\s+du\s+(?:\pL+\s+)?$`)
	wereApproved = lazily(`(?i)^\s*:?[^\n]{0,40}\b(?:pas\s+d|aucune|observation|remarque|adopt|approuv)`)
)

// ofLastMinutes says that a day is that of the minutes which the meeting approved: « Compte
// rendu de la réunion du 19 avril : pas d'observation ».
func ofLastMinutes(text string, start, end int) bool {
	return lastMinutes.MatchString(cutTail(text[:start], 80)) && wereApproved.MatchString(cutAt(text[end:], 120))
}

// heldOn says that the head of a record names a day that its listing or address announced
// as one of the meeting: a title left over from another document does not prevail.
func heldOn(announced, head string) bool {
	for _, d := range daysIn(head) {
		if d.ISO == announced && !ofLastMinutes(head, d.Start, d.End) && !otherDay.MatchString(cutTail(head[:d.Start], 90)) {
			return true
		}
	}
	return false
}

const hourWords = `(\d{1,2}|` + numberWords + `)\s*(?:h(?:eures?)?\b|:|H)\s*(\d{2}|` + numberWords + `\b)?`

var (
	opens  = lazily(`(?i)(?:séance|réunion|assemblée|comité|conseil|commission)[^.;\n]{0,80}?(?:ouverte?|ouvre|débute|commence|réunie?s?)[^.;\n]{0,90}?[\s,](?:à|de|dès)\s+` + hourWords + `|(?:ouvre|ouvrir|ouverture)\s+(?:de\s+)?(?:la\s+)?(?:séance|réunion|assemblée)[^.;\n]{0,60}?(?:à|:)\s*` + hourWords)
	closes = lazily(`(?i)(?:l[eè]v(?:ée?|er|e)|clos(?:e|ture)?|termin(?:ée?|e)|s['’]achève|fin\s+de(?:\s+la)?\s+(?:séance|réunion))[^.;\n]{0,60}?(?:à|:)\s*` + hourWords)
	agreed = lazily(`(?i)\b(?:mil(?:le)?|20\d\d)\b[^.;\n]{0,60}?,?\s+à\s+` + hourWords)
	fromTo = lazily(`(?i)\bde\s+` + hourWords + `\s+à\s+` + hourWords)
)

var closeStems = []string{"achève", "clos", "clôt", "fin de", "lev", "lève", "termin"}

// hours are those at which the sitting opened and closed, « 14:05 »; "" when unsaid.
func hours(r *Reading) (string, string) {
	opened, called, closed := "", "", ""
	for _, p := range r.Passages {
		text := p.In(r.Text)
		if !strings.ContainsAny(text, "hH:") {
			continue
		}
		if p.Start < 2*headLength {
			opened = either(opened, hourIn(opens, text))
			called = either(called, hourIn(agreed, text))
			if m := fromTo.FindStringSubmatch(text); m != nil && opened == "" && p.Start < headLength {
				opened, closed = hour(m[1], m[2]), hour(m[3], m[4])
			}
		}
		if hasAny(strings.ToLower(text), closeStems) {
			closed = either(hourIn(closes, text), closed)
		}
	}
	return either(opened, called), closed // called for seven, opened at five past
}

func hourIn(form *pattern, text string) string {
	m := form.FindStringSubmatch(text)
	for i := 1; i+1 < len(m); i += 2 {
		if m[i] != "" {
			return hour(m[i], m[i+1])
		}
	}
	return ""
}

// hour writes an hour in figures or words as « 14:05 »; "" when the day has no such hour.
func hour(h, m string) string {
	hours, ok := readCount(h)
	minutes := 0
	if m != "" {
		minutes, _ = readCount(m)
	}
	if !ok || hours > 23 || minutes > 59 {
		return ""
	}
	return fmt.Sprintf("%02d:%02d", hours, minutes)
}

var inExercise = lazily(`(?i)(?:nombre\s+de\s+)?(?:membres|conseillers|élus|délégués)(?:\s+[\pL]+)?\s+en\s+exercice\s*(?::|=|–|-)?\s*(` + amountOf + `)\b|\b(` + amountOf + `)\s+(?:membres|conseillers|élus|délégués)(?:\s+[\pL]+)?\s+en\s+exercice`)

// membersOf is how many members the record says the body has; 0 when unsaid.
func membersOf(text string) int {
	for at := 0; ; {
		i := strings.Index(text[at:], "en exercice")
		if i < 0 {
			return 0
		}
		at += i + len("en exercice")
		if m := inExercise.FindStringSubmatch(cutTail(text[:at], 120) + cutAt(text[at:], 40)); m != nil {
			n, _ := readCount(either(m[1], m[2]))
			return n
		}
	}
}

package document

import (
	"slices"
	"strings"
)

var (
	// extractOf heads a single act taken out of the register of an assembly: « Extrait du registre des
	// délibérations du conseil municipal » (CGCT, art. R. 2121-9 and R. 2121-10).
	extractOf = lazily(`(?i)\bextraits?\s+d(?:u|es)\s+registres?\s+d(?:es|u|e)\b|\bextraits?\s+d(?:u|es)\s+(?:délibérations|procès-verba)`)
	// stampOf are the words of the stamps that the prefecture and the posting leave on an act. Their days
	// are not that of the meeting, and they are no title.
	stampOf = lazily(`(?i)accusé\s+de\s+réception|certifiée?\s+(?:conforme|exécutoire)|(?:envo[iy]|réception|reçue?|transmi|déposée?|dépôt)[^.;\n]{0,30}\bpréfecture|télétransmi|^\W*(?:publié|affich|notifi)[^.;\n]{0,20}(?:le|du)?\s*:?\s*\d|\b\d{3}-\d{9}-\d{8}-|^\W*ID\s*:`)
	// objectLine names the object of an act before its attendance.
	objectLine = lazily(`(?i)^\W*objet\s*(?:de\s+la\s+délibération\s*)?:\s*(.*)$`)
	// actNumber is the number of an act in the head: « n° 2014 / 161 », « Délibération n° DE-2025-14 ».
	actNumber = lazily(`(?i)(?:\bn°|\bnuméro|\bno)\s*((?:[A-Z]{1,6}[-_ ]?)?\d{2,4}\s*[./_-]\s*\d{1,4}(?:[./_-]\d{1,4})?)\b`)
	// reportBegins are the lines with which what is proposed begins, after the object.
	reportBegins = lazily(`(?i)^\W*(?:vu\b|considérant|exposé|rapporteu|le\s+conseil|l['’]assemblée|la\s+commission|il\s+est\s+(?:proposé|rappelé|exposé)|délibération\b)|\b(?:rapport|expos|présent|inform|rappel|propos|expliqu|indiqu)(?:e|ent)\b[^.;]{0,80}$|\bdonne\s+lecture`)
)

const (
	longestObject = 260 // bytes of one line of an object
	objectLines   = 6
)

// isStamp says that a line is a stamp of the prefecture or of the posting.
func isStamp(text string) bool { return len(text) < 200 && stampOf.MatchString(text) }

// soleAct reads the object of an extract of the register, which is one act and one item: the line
// « Objet : » of its head, or the lines between the attendance and the words with which the report begins.
func soleAct(r *Reading) (AgendaItem, bool) {
	head := cutAt(r.Text, headLength)
	if len(extractOf.FindAllStringIndex(r.Text, 2)) != 1 || !extractOf.MatchString(head) {
		return AgendaItem{}, false
	}
	number := ""
	if m := actNumber.FindStringSubmatch(cutAt(r.Text, 2*headLength)); m != nil {
		number = strings.Join(strings.Fields(m[1]), "")
	}
	after := endOfRoll(r)
	for i, p := range r.Passages {
		if p.Start > 2*headLength && p.Start > after {
			break
		}
		m := objectLine.FindStringSubmatch(p.In(r.Text))
		if m == nil {
			continue
		}
		title := m[1]
		if title == "" && i+1 < len(r.Passages) {
			title = r.Passages[i+1].In(r.Text)
		}
		if title = itemTitle(title); len(title) > 2 && len(title) <= 2*longestObject {
			return AgendaItem{Number: number, Title: title, Span: p.Span}, true
		}
	}
	return objectAfter(r, after, number)
}

// rollGap is how far apart, in bytes, two names of one list of those present may stand: the heading of
// those absent who gave a proxy, with the article of the code, stands between.
const rollGap = 400

// endOfRoll is where the list of those present ends, however long: a member whom the act names later,
// elected to something, is not of it. 0 without a list.
func endOfRoll(r *Reading) int {
	end := 0
	for _, a := range slices.SortedFunc(slices.Values(r.Minutes.Attendance), func(a, b Attendee) int { return a.Span.Start - b.Span.Start }) {
		if end > 0 && a.Span.Start > end+rollGap {
			break
		}
		end = max(end, a.Span.End)
	}
	return end
}

// objectAfter reads the object between the attendance and the report; none when no report begins near.
func objectAfter(r *Reading, after int, number string) (AgendaItem, bool) {
	it := AgendaItem{Number: number}
	var lines []string
	for _, p := range r.Passages {
		text := p.In(r.Text)
		switch {
		case p.Start < after || after == 0:
			continue
		case isStamp(text) || isRollHead(text) || notAnItem.MatchString(text) || extractOf.MatchString(text):
			lines = nil // names of the roll, before another of its headings
			continue
		case reportBegins.MatchString(text) || len(text) > longestObject || p.Kind == KindRow:
			if len(lines) == 0 {
				return it, false
			}
			it.Title = itemTitle(strings.Join(lines, " – "))
			return it, true
		case len(lines) == objectLines:
			return it, false
		}
		if len(lines) == 0 {
			it.Span = p.Span
		}
		lines = append(lines, strings.TrimRight(fold(text), " .:;–—-"))
	}
	return it, false
}

// isRollHead says that a line heads a list of names. « Participation de la Ville aux séjours » heads none.
func isRollHead(text string) bool {
	return classOf(text) > listOther && (len(text) < 40 || strings.HasSuffix(strings.TrimSpace(text), ":"))
}

// nameByAct gives an extract whose title is only « Extrait du registre » or a stamp that of its act.
func (r *Reading) nameByAct() {
	if len(r.Minutes.Items) != 1 || !extractOf.MatchString(r.Title) && !isStamp(r.Title) || r.Minutes.Items[0].Title == "" {
		return
	}
	it := r.Minutes.Items[0]
	if r.Title = it.Title; it.Number != "" {
		r.Title = "Délibération n° " + it.Number + " – " + it.Title
	}
}

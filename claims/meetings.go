package claims

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"contredit/document"
	"contredit/french"
)

// How a meeting is known of; what tells more surely that it was held stands first.
const (
	KnownByRecord        = "record"
	KnownByLink          = "link" // a listing announces its record, and the link is dead
	KnownByMention       = "mention"
	KnownByAgenda        = "agenda"
	KnownByCalendar      = "calendar"
	KnownByConfiguration = "configuration"
)

var knownOrder = []string{KnownByRecord, KnownByLink, KnownByMention, KnownByAgenda, KnownByCalendar, KnownByConfiguration}

// The states of a meeting's record.
const (
	MeetingRead     = "read"
	MeetingObtained = "obtained" // and not readable
	MeetingMissing  = "missing"
)

// MeetingNamed is a meeting that a document records, announces or mentions, and where: the
// span is in bytes of the reading's text, empty when the whole document says it.
type MeetingNamed struct {
	Meeting
	Span Span
}

var (
	agendaTitle   = regexp.MustCompile(`\b(?:ordre\s+du\s+jour|convocation)\b`)
	calendarTitle = regexp.MustCompile(`\bcalendrier\b.{0,40}\b(?:seances?|reunions?|sessions?|20\d\d|comites?|conseil|assemblee|commissions?)\b`)
	fullDate      = regexp.MustCompile(`\b(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)?\d{1,2}(?:er)?\s+(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)\s+20\d\d\b|\b\d{1,2}/\d{1,2}/20\d\d\b`)
	// betweenMeetingAndDate may stand between what names a meeting and its day, no more.
	betweenMeetingAndDate = regexp.MustCompile(`^(?:\s|,|\(|du|le|de|en|date|des|sa|la|reuni[es]*|tenu[es]*|qui|s'est|s'etait|ayant|eu|lieu|convoque[es]*|pleniere|publique|ordinaire|extraordinaire|seance|session|reunion|territorial|regional[e]?|departemental[e]?|municipal[e]?|communautaire|social)*$`)
	ownMeeting            = regexp.MustCompile(`\b(?:proces[- ]verbal|proces[- ]verbaux|pv|compte[- ]rendu|comptes[- ]rendus|releve\s+de\s+(?:decisions|conclusions))\s+(?:integral\s+)?(?:de\s+(?:la|sa)|des)\s+(?:derniere\s+|precedente\s+)?(?:seance|reunion|session)s?`)
	notHeld               = regexp.MustCompile(`\b(?:report|annul|ajourn|deplac|decal|defaut\s+de\s+quorum)`)
	// memberOf stands before an institution that acts by somebody, on a day on which it need not sit.
	memberOf        = regexp.MustCompile(`\b(?:president|presidente|vice-presidente?s?|membres?|elue?s?|services?|secretaire|secretariat|direction|saisine|avis|convocation|ordre\s+du\s+jour)\s+(?:du|de\s+la|de\s+l'|des|de)\s*$`)
	attendanceSheet = regexp.MustCompile(`emargement|feuille\s+de\s+presence`)
	genericAssembly = regexp.MustCompile(`assemblee|seance|session`)
	endOfStatement  = regexp.MustCompile(`[.;!?\n]`)
)

// beforeDate is how many bytes before a date may name its meeting.
const beforeDate = 110

// MeetingsNamed finds the meetings that a document tells of: its own when it is the record of one,
// those of an agenda, a convocation or a calendar, and those that its text names with their body
// and full date. What was put off is left out: in doubt no meeting is known.
func MeetingsNamed(doc document.Document, r *document.Reading) []MeetingNamed {
	if r == nil || r.State != document.StateRead {
		return nil
	}
	title := plainOf(firstFilled(doc.Title, r.Title)).s
	date := firstFilled(doc.Date, r.Date)
	if doc.Role.Records() {
		switch {
		case calendarTitle.MatchString(title):
			return calendarMeetings(doc, r)
		case agendaTitle.MatchString(title):
			body := firstFilled(ownBody(doc, r), doc.Body)
			if day := dayIn(title); day != "" {
				date = day
			}
			return meetingsOf(MeetingNamed{Meeting: Meeting{Body: body, Date: date, Known: KnownByAgenda}})
		}
	}
	list := mentionedMeetings(doc, r)
	if own, ok := ownSitting(doc, r); ok {
		list = append([]MeetingNamed{own}, slices.DeleteFunc(list, func(m MeetingNamed) bool {
			return m.Date == own.Date && SameBody(m.Body, own.Body)
		})...)
	}
	return list
}

func meetingsOf(m MeetingNamed) []MeetingNamed {
	if m.Body == "" || m.Date == "" {
		return nil
	}
	m.State = MeetingMissing
	return []MeetingNamed{m}
}

// ownSitting is the meeting that a document is the record of. What others tell of a meeting is
// a mention: a union's account stands for no minutes.
func ownSitting(doc document.Document, r *document.Reading) (MeetingNamed, bool) {
	if !doc.Role.Records() {
		return MeetingNamed{}, false
	}
	record := &Record{Document: doc, Title: firstFilled(doc.Title, r.Title), Date: firstFilled(doc.Date, r.Date), Minutes: r.Minutes}
	s, ok := sittingOf(0, record)
	titled := dayIn(plainOf(record.Title).s)
	if !ok || !s.formal && titled == "" || !recordTitle.MatchString(plainOf(record.Title).s) && !s.formal {
		return MeetingNamed{}, false
	}
	m := Meeting{Body: ownBody(doc, r), Date: firstFilled(titled, s.date), URL: doc.URL, Title: record.Title, State: MeetingRead, Known: KnownByRecord}
	if m.Body == "" && s.formal {
		m.Body = doc.Body
	}
	if strings.Contains(french.Fold(doc.Body), "syndica") {
		m.State, m.Known, m.URL, m.Title = MeetingMissing, KnownByMention, "", ""
	}
	return MeetingNamed{Meeting: m}, m.Body != ""
}

// MeetingOfTitle is the meeting of which a title says that it is the record, for a document without
// text: its body, its day, the publisher's name and date standing in for what the title leaves out.
func MeetingOfTitle(title, date, publisher string) (Meeting, bool) {
	plain := plainOf(title).s
	if notASitting.MatchString(plain) && !strings.HasPrefix(plain, "feuille d'emargement") || !recordTitle.MatchString(plain) && !attendanceSheet.MatchString(plain) {
		return Meeting{}, false
	}
	m := Meeting{Body: publisher, Date: firstFilled(dayIn(plain), date)}
	if named, ok := bodyIn(title); ok {
		m.Body = nameOfBody(named, publisher)
	}
	return m, m.Body != "" && m.Date != ""
}

// ownBody is the institution whose meeting a document is about: the publisher's own name of it
// when it is the same, so that « CST » and « Comité social territorial » stay one.
func ownBody(doc document.Document, r *document.Reading) string {
	for _, text := range []string{firstFilled(doc.Title, r.Title), bodyOfMinutes(r.Minutes)} {
		if named, ok := bodyIn(text); ok {
			return nameOfBody(named, doc.Body)
		}
	}
	return ""
}

func bodyOfMinutes(m *document.Minutes) string {
	if m == nil {
		return ""
	}
	return m.Body
}

func nameOfBody(named bodyNamed, publisher string) string {
	if own, ok := bodyIn(publisher); ok && own.class == named.class && named.class != "thematic" {
		return publisher
	}
	return named.name
}

// SameBody says whether two names are of one institution: the same words, or the same class of
// institution, « CST » and « comité social territorial ».
func SameBody(a, b string) bool {
	if french.Fold(a) == french.Fold(b) {
		return true
	}
	x, okX := bodyIn(a)
	y, okY := bodyIn(b)
	if !okX || !okY || x.class != y.class {
		return false
	}
	if x.class != "thematic" {
		return true
	}
	slices.Sort(x.stems)
	slices.Sort(y.stems)
	return slices.Equal(x.stems, y.stems)
}

// calendarMeetings reads the first day of each line or row of a calendar: the others are terms.
func calendarMeetings(doc document.Document, r *document.Reading) []MeetingNamed {
	body := firstFilled(ownBody(doc, r), doc.Body)
	var list []MeetingNamed
	for _, p := range r.Passages {
		for at := p.Start; at < p.End; {
			line := r.Text[at:p.End]
			if end := strings.IndexByte(line, '\n'); end >= 0 {
				line = line[:end]
			}
			plain := plainOf(line)
			m := fullDate.FindStringIndex(plain.s)
			if m != nil && !notHeld.MatchString(plain.s) && len(strings.TrimSpace(plain.s[:m[0]])) <= beforeDate/2 && !strings.Contains(plain.s[:m[0]], "mention ajoutee") {
				of := body
				if named, ok := bodyIn(line); ok {
					of = nameOfBody(named, doc.Body)
				}
				if day := dayIn(plain.s[m[0]:m[1]]); day != "" && of != "" {
					list = append(list, MeetingNamed{Meeting{Body: of, Date: day, State: MeetingMissing, Known: KnownByCalendar}, plain.span(Span{Start: m[0], End: m[1]}).Shift(at)})
				}
			}
			at += len(line) + 1
		}
	}
	return distinctMeetings(list)
}

// mentionedMeetings are those that a text names in passing: « le CST du 12 mars 2025 », « le
// procès-verbal de la séance du 4 juillet 2024 ».
func mentionedMeetings(doc document.Document, r *document.Reading) []MeetingNamed {
	p := plainOf(r.Text)
	var list []MeetingNamed
	for _, m := range fullDate.FindAllStringIndex(p.s, -1) {
		before := p.s[max(0, m[0]-beforeDate):m[0]]
		if ends := endOfStatement.FindAllStringIndex(before, -1); len(ends) > 0 {
			before = before[ends[len(ends)-1][1]:]
		}
		after := p.s[m[1]:min(len(p.s), m[1]+60)]
		if end := endOfStatement.FindStringIndex(after); end != nil {
			after = after[:end[0]]
		}
		if notHeld.MatchString(before) || notHeld.MatchString(after) {
			continue
		}
		body := bodyBefore(before, doc, r)
		day := dayIn(p.s[m[0]:m[1]])
		if body == "" || day == "" {
			continue
		}
		list = append(list, MeetingNamed{Meeting{Body: body, Date: day, State: MeetingMissing, Known: KnownByMention}, p.span(Span{Start: m[0], End: m[1]})})
	}
	return distinctMeetings(list)
}

// bodyBefore is whose meeting the words right before a date name, "" when they name none.
func bodyBefore(before string, doc document.Document, r *document.Reading) string {
	if own := ownMeeting.FindAllStringIndex(before, -1); len(own) > 0 && doc.Role.Records() {
		if rest := before[own[len(own)-1][1]:]; betweenMeetingAndDate.MatchString(rest) {
			return ownBody(doc, r)
		}
	}
	named, start, end := bodyNamed{}, -1, -1
	for _, b := range bodyClasses {
		if b.class == "" {
			continue // too many commissions and committees share a word
		}
		for _, m := range b.form.FindAllStringIndex(before, -1) {
			if m[1] > end {
				named, start, end = bodyNamed{class: b.class, name: b.name}, m[0], m[1]
			}
		}
	}
	if end < 0 || !betweenMeetingAndDate.MatchString(before[end:]) || memberOf.MatchString(before[:start]) {
		return ""
	}
	if named.class == "assembly" && genericAssembly.MatchString(before[start:end]) && doc.Role.Records() {
		if own := ownBody(doc, r); own != "" {
			return own // every institution has its plenary sessions
		}
	}
	return nameOfBody(named, doc.Body)
}

// dayIn is the ISO day that a full date in plain letters names, "" for one that no calendar has.
func dayIn(plain string) string {
	for _, p := range french.Dates(plain, time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)) {
		if p.Precision == french.ToDay && p.From.Equal(p.To) && p.From.Year() > 2000 {
			return p.From.Format(time.DateOnly)
		}
	}
	return ""
}

func distinctMeetings(list []MeetingNamed) []MeetingNamed {
	seen := map[[2]string]bool{}
	return slices.DeleteFunc(list, func(m MeetingNamed) bool {
		key := [2]string{m.Body, m.Date}
		double := seen[key]
		seen[key] = true
		return double
	})
}

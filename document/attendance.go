package document

import (
	"strings"
)

// rollCall gathers who was there, as the lists and the formulas of the record say.
type rollCall struct {
	text   string
	people []Attendee
	chair  string
	clerk  string // secretary of the meeting
	listed bool   // a list or a formula was found: the document records a meeting

	columns []rollColumn // of the attendance table that is being read; nil outside of one
}

// listClass says what a label announces.
type listClass int

const (
	listNone listClass = iota
	listOther
	listPresent
	listExcused
	listAbsent
	listProxies
	listChair
	listClerk
)

var (
	// listLabel is what stands before a colon at the start of a sentence.
	listLabel = lazily(`(?:^|[.;)\n]\s*)([\pL](?:[^.:;\n()]|\b[LRD]\.){1,120}?(?:\([se.]+\)[^.:;\n()]{0,80}?)?)\s*:(?:\s|$)`)
	// bareList is a list without a colon: « Sont présents M. X, Mme Y ».
	bareList = lazily(`(?i)(?:^|[.;\n]\s*)((?:étaient|etaient|sont|ont été|est|était)\s+(?:présente?s?|excusée?s?|absente?s?(?:\s+excusée?s?)?|représentée?s?)|(?:présents|présentes|excusés|excusée?|absents|absente?))\s+(?:MM\.|M\.|Mmes?|Monsieur|Madame|Messieurs|Mesdames)\s`)
)

func classOf(label string) listClass {
	l := plain(label)
	words := strings.Fields(l)
	if len(words) > 16 || len(words) == 0 {
		return listNone
	}
	has := func(stems ...string) bool {
		for _, stem := range stems {
			if strings.HasPrefix(l, stem) || strings.Contains(l, " "+stem) || strings.Contains(l, "'"+stem) {
				return true
			}
		}
		return false
	}
	switch {
	case has("delegation de vote", "delegations de vote", "pouvoir", "procuration", "mandataire", "donne delegation"):
		if has("present") {
			return listPresent
		}
		return listProxies
	case has("ordre du jour", "vote", "avis", "objet", "quorum", "resultat", "nombre"):
		return listOther
	case has("president ", "presidente ", "presidence", "co-presidence", "president de", "presidente de") || l == "president" || l == "presidente":
		return listChair
	case has("secretaire", "secretariat"):
		return listClerk
	case has("sans etre excus", "sans excuse", "non excus"):
		return listAbsent
	case has("excus"):
		return listExcused
	case has("absent"):
		return listAbsent
	case has("present", "participa", "participe", "assistai", "assistent", "assiste", "invite", "a la tribune", "siegeai", "represente la", "membres elus"):
		return listPresent
	}
	return listOther
}

// readRoll reads the attendance of the record; speech[i] says that passage i is what
// somebody says in the sitting, whose « Présents : » lists nobody.
func readRoll(r *Reading, speech []bool) *rollCall {
	c := &rollCall{text: r.Text}
	section, sectionGroup := listNone, ""
	for i, p := range r.Passages {
		if speech[i] {
			section, sectionGroup = listNone, ""
			continue
		}
		text := p.In(r.Text)
		if p.Kind != KindRow {
			c.columns = nil
		} else if columns := rollColumns(text); columns != nil {
			c.columns = columns
			continue
		} else if c.columns != nil && c.markedRow(p, text) {
			continue
		}
		if (p.Kind == KindRow || len(text) < 160 && printedRow.MatchString(text)) && c.row(p, text) || c.bareProxies(p, text) {
			continue
		}
		if p.Kind == KindHeading || opensList(text) {
			section, sectionGroup = headingClass(text, section)
			continue
		}
		if !c.passage(p, text, section, sectionGroup) && !groupLabel.MatchString(text) {
			section, sectionGroup = listNone, "" // the list is over
		}
	}
	c.rejoin()
	c.formulas(r, speech)
	return c
}

// opensList says that a short line is nothing but the label of the list below: « Présents : ».
func opensList(text string) bool {
	label := strings.TrimRight(text, " :")
	return len(text) < 120 && classOf(label) > listOther && !strings.Contains(label, ":") && len(personsIn(label)) == 0 && (len(text) < 60 || label != text)
}

// headingClass says which list a heading opens. A heading inside of an open list (a group,
// a college) names its part.
func headingClass(text string, section listClass) (listClass, string) {
	class := classOf(text)
	switch {
	case len(strings.Fields(text)) > 8:
		return listNone, ""
	case class > listOther:
		return class, ""
	case strings.Contains(plain(text), "presence"), strings.Contains(plain(text), "emargement"):
		return listPresent, ""
	case section != listNone && groupLabel.MatchString(text):
		return section, text
	}
	return listNone, ""
}

var groupLabel = lazily(`(?i)^(?:groupe|collège|college|représentants?|representants?|pour |membres|titulaires|suppléants|élus|majorité|opposition)`)

// labelled is one label of a passage with the stretch that it announces.
type labelled struct {
	label string
	class listClass
	body  Span
}

func labelsOf(text string) []labelled {
	var found []labelled
	starts := []int{}
	for at := 0; at < len(text); {
		m := listLabel.FindStringSubmatchIndex(text[at:])
		if m == nil {
			break
		}
		starts = append(starts, at+m[2])
		found = append(found, labelled{label: text[at+m[2] : at+m[3]], body: Span{Start: at + m[1], End: len(text)}})
		at += m[3]
	}
	for _, m := range bareList.FindAllStringSubmatchIndex(text, -1) {
		i := 0
		for i < len(starts) && starts[i] < m[2] {
			i++
		}
		if i > 0 && m[2] < found[i-1].body.Start {
			continue
		}
		starts = append(starts[:i], append([]int{m[2]}, starts[i:]...)...)
		found = append(found[:i], append([]labelled{{label: text[m[2]:m[3]], body: Span{Start: m[3], End: len(text)}}}, found[i:]...)...)
	}
	for i := range found {
		found[i].class = classOf(found[i].label)
		if i+1 < len(found) {
			found[i].body.End = starts[i+1]
		}
	}
	return found
}

// passage reads the lists of one passage, and says whether it held any.
func (c *rollCall) passage(p Passage, text string, section listClass, group string) bool {
	labels, held := labelsOf(text), false
	if section > listOther && (len(labels) == 0 || labels[0].body.Start > 200) && isNameList(text) {
		c.list(section, group, Span{Start: 0, End: len(text)}, p)
		return true
	}
	for _, l := range labels {
		class, of := l.class, groupOf(l.label)
		if class == listOther && section > listOther {
			class = section
		}
		if class == listOther && groupLabel.MatchString(l.label) && isNameList(l.body.In(text)) && !verbatimVote.MatchString(l.label) {
			class = listPresent
		}
		if class > listOther {
			c.list(class, either(of, group), endOfList(text, l.body), p)
			held = true
		}
	}
	return held
}

var verbatimVote = lazily(`(?i)\b(?:vot|pour|contre|absten)`)

// isNameList says that a stretch is made of names rather than of sentences.
func isNameList(text string) bool {
	entries := listEntries(text)
	named := 0
	for _, e := range entries {
		if e.name != "" {
			named++
		}
	}
	return named > 0 && named*3 >= len(entries) && len(text) < 400*(named+1)
}

// endOfList cuts a list at the sentence that follows it.
func endOfList(text string, body Span) Span {
	stretch := body.In(text)
	depth := 0
	for i, ch := range stretch {
		switch ch {
		case '(':
			depth++
		case ')':
			depth = max(0, depth-1)
		case '.':
			rest := stretch[i+1:]
			if depth == 0 && (rest == "" || rest[0] == ' ' || rest[0] == '\n') && !endsAbbreviation(stretch[:i]) {
				return Span{Start: body.Start, End: body.Start + i}
			}
		}
	}
	return body
}

var abbreviated = lazily(`(?:^|[\s(,;])(?:M|MM|Mr|Mme|Mmes|Mlle|Dr|\p{Lu}|(?:\p{Lu}\.-?)+\p{Lu})$`)

func endsAbbreviation(text string) bool { return abbreviated.MatchString(cutTail(text, 12)) }

func cutTail(text string, n int) string {
	if len(text) > n {
		return text[len(text)-n:]
	}
	return text
}

// groupNoise are the words of a label that name no side. Folded, sorted.
var groupNoise = wordSet(`absent absente absentes absents au college de des du ete etaient etre excuse excusee excusees
excuses groupe invite invitee invitees invites l la le les non ont participant participants pour present presente presentes
presents represente representee representees representes sans sont titre`)

// groupOf is what a label says of the side that its list speaks of.
func groupOf(label string) string {
	var kept []string
	for _, w := range strings.Fields(label) {
		if folded := strings.Trim(strings.TrimPrefix(strings.TrimPrefix(plain(w), "l'"), "d'"), ".,;:()"); !groupNoise[folded] && folded != "present(e)s" {
			kept = append(kept, strings.TrimPrefix(strings.TrimPrefix(w, "l’"), "l'"))
		}
	}
	g := strings.Trim(strings.Join(kept, " "), " ,")
	folded := plain(g)
	if len(g) < 2 || len(kept) > 7 || strings.Contains(folded, "presiden") || strings.Contains(folded, "secretai") || strings.HasPrefix(folded, "a ") {
		return "" // « À la tribune », « Co-présidence », « Secrétaire » are no sides
	}
	return g
}

// list adds what one list says.
func (c *rollCall) list(class listClass, group string, body Span, p Passage) {
	text := body.In(p.In(c.text))
	offset := p.Start + body.Start
	if class == listProxies {
		if c.proxies(text, offset) > 0 {
			return
		}
		class = listExcused // « Absents ayant voté par procuration : A, B », to whom unsaid
	}
	for _, e := range listEntries(text) {
		if e.name == "" {
			continue
		}
		c.listed = true
		a := Attendee{Name: e.name, Civility: e.civility, Function: e.function, Group: either(e.group, group),
			Proxy: e.proxy, From: e.from, Until: e.until, Span: e.span.Shift(offset)}
		switch class {
		case listExcused:
			a.Presence = Excused
		case listAbsent:
			a.Presence = Absent
		default:
			a.Presence = Present
		}
		if e.presence != "" {
			a.Presence = e.presence
		}
		if a.Proxy != "" && a.Presence == Present && e.from == "" && e.until == "" {
			a.Presence = Excused // a proxy is not a presence
		}
		name := c.add(a)
		switch {
		case class == listChair && c.chair == "":
			c.chair = name
		case class == listClerk && c.clerk == "":
			c.clerk = name
		}
		if a.Proxy != "" {
			c.addProxy(a.Proxy)
		}
		if class == listClerk {
			return
		}
	}
}

// addProxy notes that whoever holds a proxy is there to use it.
func (c *rollCall) addProxy(holder string) {
	for _, p := range personsIn(holder) {
		if _, known := c.find(p.Civility, p.Name); !known {
			at := strings.Index(c.text, holder)
			if at < 0 {
				at = 0
			}
			c.add(Attendee{Name: readableName(p.Name), Civility: p.Civility, Presence: Present, Span: p.Span.Shift(at)})
		}
	}
}

// add notes an attendee once. What is said later completes what was said before; a named
// absence stands against a mere mention.
func (c *rollCall) add(a Attendee) string {
	if i, known := c.find(a.Civility, a.Name); known {
		q := &c.people[i]
		if len(strings.Fields(a.Name)) > len(strings.Fields(q.Name)) {
			q.Name = a.Name
		}
		q.Civility, q.Function, q.Group = either(q.Civility, a.Civility), either(q.Function, a.Function), either(q.Group, a.Group)
		q.Proxy, q.From, q.Until = either(q.Proxy, a.Proxy), either(q.From, a.From), either(q.Until, a.Until)
		if a.Presence != Present && q.From == "" && q.Until == "" && q.Presence == Present && a.Proxy != "" {
			q.Presence = a.Presence
		}
		return q.Name
	}
	c.people = append(c.people, a)
	return a.Name
}

func (c *rollCall) find(civility, name string) (int, bool) {
	short := strings.Fields(plain(name))
	found, n := 0, 0
	for i, a := range c.people {
		if civility != "" && a.Civility != "" && civility != a.Civility {
			continue
		}
		full := strings.Fields(plain(a.Name))
		if sameName(full, short) || sameName(short, full) || c.surname(a) == strings.Join(short, " ") {
			found = i
			n++
		}
	}
	return found, n == 1
}

// surname is that of somebody whom the list prints surname first; "" when it does not.
func (c *rollCall) surname(a Attendee) string {
	if a.Span.Start < 0 || a.Span.End > len(c.text) || a.Span.Start > a.Span.End {
		return ""
	}
	return surnameFirst(a.Span.In(c.text))
}

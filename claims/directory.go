package claims

import (
	"slices"
	"sort"
	"strings"

	"contredit/document"
	"contredit/french"
)

// Member is what is known of a person for a time: the same person has several when the
// office changes.
type Member struct {
	Name     string // « Nadège Fourcaud »
	Civility string // « M. », « Mme »; "" unknown
	Function string // « vice-présidente chargée des lycées »; "" unknown
	Group    string // political group or union; "" unknown
	Body     string // institution; "" unknown
	From, To string // ISO days, both included; "" open
}

// Directory says who stands behind a label such as « M. le Président » or « Mme NEBBULA ».
// It is filled by the configuration and by what documents print; what reviewers put right goes
// before both. Homonyms are kept apart: what fits several persons resolves to nobody.
type Directory struct {
	members   []listedMember
	bySurname map[string][]int
	roster    *Roster // nil when nobody put anything right
}

// listedMember is a member with the days on which documents showed the office.
type listedMember struct {
	Member
	words       []string // folded words of the name
	role        []string // folded words of the function
	configured  bool
	person      string // key of the person whom a reviewer put right; "" else
	seen        int    // times that documents say it
	first, last string // ISO days of the oldest and youngest document that says it
}

// NewDirectory returns a directory that knows nobody.
func NewDirectory() *Directory { return &Directory{bySurname: map[string][]int{}} }

// Add enters what an operator states; it goes before what documents say.
func (d *Directory) Add(m Member) { d.add(m, "", true) }

func (d *Directory) add(m Member, day string, configured bool) {
	m.Name = strings.Join(strings.Fields(m.Name), " ")
	words := nameWords(m.Name)
	if len(words) == 0 {
		return
	}
	surname := words[len(words)-1]
	for _, i := range d.bySurname[surname] {
		known := &d.members[i]
		if !slices.Equal(known.words, words) || known.configured != configured {
			continue
		}
		if !sameOrEmpty(known.Function, m.Function) || !sameOrEmpty(known.Body, m.Body) || known.From != m.From || known.To != m.To {
			continue
		}
		known.fill(m, day)
		return
	}
	l := listedMember{seen: 1, Member: m, words: words, role: nameWords(m.Function), configured: configured, first: day, last: day}
	d.enter(l)
}

// fill completes a member with another mention of the same office.
func (l *listedMember) fill(m Member, day string) {
	l.seen++
	if l.Civility == "" {
		l.Civility = m.Civility
	}
	if l.Function == "" {
		l.Function, l.role = m.Function, nameWords(m.Function)
	}
	if l.Group == "" {
		l.Group = m.Group
	}
	if l.Body == "" {
		l.Body = m.Body
	}
	if day != "" && (l.first == "" || day < l.first) {
		l.first = day
	}
	if day > l.last {
		l.last = day
	}
}

// Clone returns a directory that can learn without changing d.
func (d *Directory) Clone() *Directory {
	c := NewDirectory()
	if d == nil {
		return c
	}
	c.members, c.roster = slices.Clone(d.members), d.roster
	for surname, list := range d.bySurname {
		c.bySurname[surname] = slices.Clone(list)
	}
	return c
}

// Learn enters the persons whom a document prints with a name of their own: attendance
// lists, speaker turns, members' pages, and names with a function beside them.
func (d *Directory) Learn(doc document.Document, r *document.Reading) {
	if r == nil {
		return
	}
	day := firstFilled(doc.Date, r.Date)
	if r.Minutes != nil {
		body := firstFilled(doc.Body, r.Minutes.Body)
		for _, a := range r.Minutes.Attendance {
			d.add(Member{Name: a.Name, Civility: a.Civility, Function: a.Function, Group: a.Group, Body: body}, day, false)
		}
	}
	for _, t := range r.Turns {
		if len(nameWords(t.Speaker)) > 1 {
			d.add(Member{Name: t.Speaker, Civility: civilityOf(t.Label), Function: t.Title, Body: doc.Body}, day, false)
		}
	}
	for _, m := range mentionsIn(r.Text, nil) {
		if m.function != "" && len(nameWords(m.name)) > 1 {
			d.add(Member{Name: m.name, Civility: m.civility, Function: m.function, Group: m.group}, day, false)
		}
	}
}

// Resolve returns the person whom a label names in the documents of a body on a day. It
// answers false rather than choose between two persons.
func (d *Directory) Resolve(label, body, date string) (Member, bool) {
	if d == nil {
		return Member{}, false
	}
	civility := civilityOf(label)
	words := nameWords(label)
	if len(words) == 0 {
		return Member{}, false
	}
	if p, ok := d.roster.Find(label); ok {
		return d.choose(d.put(PersonKey(p.Name)), body, date)
	}
	if list := d.wholly(d.named(words, civility), words); len(list) > 0 {
		return d.choose(list, body, date)
	}
	if isRole(words) {
		if list := d.holding(words, civility, body, date); len(list) > 0 {
			return d.choose(list, body, date)
		}
	}
	return Member{}, false
}

// named lists the members whose name ends with the words, and whose civility agrees.
func (d *Directory) named(words []string, civility string) []int {
	var found []int
	for _, i := range d.bySurname[words[len(words)-1]] {
		m := d.members[i]
		short, long := words, m.words
		if len(short) > len(long) {
			if m.person != "" {
				continue // a reviewer said how this person is named
			}
			short, long = long, short
		}
		if !slices.Equal(long[len(long)-len(short):], short) {
			continue
		}
		if woman, sure := m.isWoman(); civility != "" && sure && woman != isWoman(civility) {
			continue
		}
		found = append(found, i)
	}
	return found
}

// put lists the offices of a person whom a reviewer put right.
func (d *Directory) put(key string) []int {
	var found []int
	for i, m := range d.members {
		if m.person == key {
			found = append(found, i)
		}
	}
	return found
}

// wholly keeps those who have exactly that name, when a reviewer put one of them right: another
// whose name only ends so is somebody else.
func (d *Directory) wholly(list []int, words []string) []int {
	known := func(i int) bool { return slices.Equal(d.members[i].words, words) }
	if len(words) < 2 || !slices.ContainsFunc(list, func(i int) bool { return d.members[i].person != "" && known(i) }) {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(i int) bool { return !known(i) })
}

// holding lists the members of a body whose function is the role.
func (d *Directory) holding(role []string, civility, body, date string) []int {
	var found []int
	for i, m := range d.members {
		if len(m.role) < len(role) || !slices.Equal(m.role[:len(role)], role) || !sameBody(m.Body, body) {
			continue
		}
		if civility != "" && m.Civility != "" && isWoman(civility) != isWoman(m.Civility) {
			continue
		}
		if !m.inForce(date) || len(role) == 1 && soleOffices[role[0]] && isElsewhere(m.role[1:], firstFilled(m.Body, body)) {
			continue
		}
		found = append(found, i)
	}
	// « le président » is no vice-president, and « président de la commission » is another office.
	sort.SliceStable(found, func(a, b int) bool { return len(d.members[found[a]].role) < len(d.members[found[b]].role) })
	if len(found) > 0 {
		least := len(d.members[found[0]].role)
		found = slices.DeleteFunc(found, func(i int) bool { return len(d.members[i].role) > least })
	}
	return found
}

// inForce says whether the office is held on a day; any may be when the day is unknown.
func (l listedMember) inForce(date string) bool {
	return date == "" || l.From <= date && (l.To == "" || l.To >= date)
}

// choose keeps one person out of the offices found: that of the body first, then the
// office that fits the day.
func (d *Directory) choose(list []int, body, date string) (Member, bool) {
	if inBody := slices.DeleteFunc(slices.Clone(list), func(i int) bool { return !sameBody(d.members[i].Body, body) || d.members[i].Body == "" }); d.persons(list) > 1 && len(inBody) > 0 {
		list = inBody
	}
	if held := slices.DeleteFunc(slices.Clone(list), func(i int) bool { return !d.members[i].inForce(date) }); d.persons(list) > 1 && len(held) > 0 {
		list = held
	}
	if d.persons(list) > 1 {
		list = d.oftenest(list)
	}
	if d.persons(list) != 1 {
		return Member{}, false
	}
	best, bestRank := -1, 0
	for _, i := range list {
		if rank := d.members[i].rank(body, date); best < 0 || rank > bestRank {
			best, bestRank = i, rank
		}
	}
	m := d.members[best].Member
	if d.members[best].person != "" && !d.members[best].inForce(date) {
		m.Function, m.Group = "", "" // a reviewer said that the office is not that of the day
		return m, true
	}
	for _, i := range list { // the longest form of the name, and what the other offices know
		if d.members[best].person == "" && len(d.members[i].Name) > len(m.Name) {
			m.Name = d.members[i].Name
		}
		m.Civility = firstFilled(m.Civility, d.members[i].Civility)
		m.Group = firstFilled(m.Group, d.members[i].Group)
	}
	return m, true
}

// plainlyMore is how many times oftener one office must be met than another to be the one
// that is meant: a label that was misread once makes no second president.
const plainlyMore = 3

// oftenest keeps the offices that are met plainly more often than all those of others.
func (d *Directory) oftenest(list []int) []int {
	best := 0
	for _, i := range list {
		best = max(best, d.members[i].seen)
	}
	return slices.DeleteFunc(slices.Clone(list), func(i int) bool { return d.members[i].seen*plainlyMore <= best })
}

// persons counts the different persons among offices: « Fourcaud » and « Nadège Fourcaud »
// are one.
func (d *Directory) persons(list []int) int {
	put := map[string]bool{} // those whom reviewers put right
	var kept, full [][]string
	for _, i := range list {
		m := d.members[i]
		if m.person == "" {
			full = append(full, m.words)
			continue
		}
		put[m.person] = true
		if m.Name == plainName(m.Name) { // one with a remark in brackets has a homonym, who may be meant
			kept = append(kept, m.words)
		}
	}
	slices.SortStableFunc(full, func(a, b []string) int { return len(b) - len(a) })
	others := 0
	for _, w := range full {
		known := slices.ContainsFunc(kept, func(k []string) bool { return len(k) >= len(w) && slices.Equal(k[len(k)-len(w):], w) })
		if !known {
			kept = append(kept, w)
			others++
		}
	}
	return len(put) + others
}

// rank says how well an office fits a body and a day; the configuration goes first.
func (l listedMember) rank(body, date string) int {
	rank := 0
	if l.configured {
		rank += 32
	}
	if !l.inForce(date) {
		rank -= 64
	}
	if l.Body != "" && sameBody(l.Body, body) {
		rank += 4
	}
	if l.Function != "" {
		rank += 8
	}
	if date != "" && l.first != "" && l.first <= date {
		rank += 2
		if l.last >= date {
			rank++
		}
	}
	return rank
}

// civilityWords are the forms of address that are no part of a name.
var civilityWords = map[string]string{
	"m": "M.", "mm": "M.", "madame": "Mme", "mademoiselle": "Mme", "mlle": "Mme", "mme": "Mme", "mmes": "Mme", "monsieur": "M.", "mr": "M.",
}

// nameWords are the folded words of a name or role, without civility and article.
func nameWords(label string) []string {
	words := french.Words(strings.NewReplacer("-", " ", "‑", " ").Replace(label))
	var kept []string
	for _, w := range words {
		w = strings.TrimRight(w, "'.")
		if _, civil := civilityWords[w]; civil || w == "" {
			continue
		}
		if len(kept) == 0 && (w == "le" || w == "la" || w == "l") {
			continue
		}
		kept = append(kept, w)
	}
	return kept
}

func civilityOf(label string) string {
	for i, w := range french.Words(label) {
		if c := civilityWords[strings.TrimRight(w, ".")]; c != "" && i < 2 {
			return c
		}
	}
	return ""
}

// isWoman goes by the civility, then by the function as it is written.
func (m Member) isWoman() (woman, sure bool) {
	if m.Civility != "" {
		return isWoman(m.Civility), true
	}
	return womanByOffice(m.Function)
}

// womanByOffice goes by the gender in which a function is written.
func womanByOffice(function string) (woman, sure bool) {
	for _, w := range nameWords(function) {
		switch w {
		case "adjointe", "conseillere", "deleguee", "deputee", "directrice", "elue", "presidente", "rapporteure", "senatrice", "tresoriere", "premiere":
			return true, true
		case "adjoint", "conseiller", "delegue", "depute", "directeur", "elu", "president", "senateur", "tresorier":
			return false, true
		}
	}
	return false, false
}

func isWoman(civility string) bool { return civility == "Mme" || civility == "Mlle" }

func sameOrEmpty(a, b string) bool { return a == "" || b == "" || french.Fold(a) == french.Fold(b) }

// sameBody says whether two names may be of one institution.
func sameBody(a, b string) bool {
	fa, fb := french.Fold(a), french.Fold(b)
	return fa == "" || fb == "" || fa == fb || strings.Contains(fa, fb) || strings.Contains(fb, fa)
}

func firstFilled(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

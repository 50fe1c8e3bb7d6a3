package document

import (
	"strings"
	"unicode"
)

// rollColumn says what a column of an attendance table holds.
type rollColumn int

const (
	columnOther rollColumn = iota
	columnName
	columnPresent
	columnExcused
	columnAbsent
	columnHolder // who votes for the absent
)

// rollColumns reads the head of a table that marks presence by column, « Élu ; Présent ; Excusé ;
// Pouvoir à », or that pairs proxies, « Mandant ; Mandataire »; nil when the row is no such head.
func rollColumns(text string) []rollColumn {
	cells := strings.Split(text, ";")
	if len(cells) < 2 || len(text) > 240 {
		return nil
	}
	columns := make([]rollColumn, len(cells))
	marks, givers, holders := 0, false, false
	for i, cell := range cells {
		columns[i] = rollColumnOf(plain(strings.TrimSpace(cell)))
		switch columns[i] {
		case columnPresent, columnExcused, columnAbsent:
			marks++
		case columnHolder:
			holders = true
		case columnName:
			givers = givers || strings.HasPrefix(plain(strings.TrimSpace(cell)), "mandant")
		}
	}
	if marks >= 2 || marks == 1 && holders || givers && holders {
		return columns
	}
	return nil
}

func rollColumnOf(head string) rollColumn {
	if len(strings.Fields(head)) > 4 {
		return columnOther
	}
	starts := func(stems ...string) bool {
		for _, stem := range stems {
			if strings.HasPrefix(head, stem) {
				return true
			}
		}
		return false
	}
	switch {
	case starts("present"):
		return columnPresent
	case starts("excuse"), starts("absent") && strings.Contains(head, "excus") && !strings.Contains(head, "non"):
		return columnExcused
	case starts("absent"):
		return columnAbsent
	case starts("pouvoir", "procuration", "mandataire", "donne pouvoir", "donne procuration", "a donne", "represente", "ayant donne"):
		return columnHolder
	case starts("nom", "elu", "mandant", "conseill", "membre", "delegue", "titulaire", "prenom"):
		return columnName
	}
	return columnOther
}

// markedRow reads a row below such a head. Empty cells must be there: without them nobody
// knows which column a mark stands in.
func (c *rollCall) markedRow(p Passage, text string) bool {
	cells := strings.Split(text, ";")
	if len(cells) != len(c.columns) {
		return false
	}
	a := Attendee{}
	for i, at := 0, 0; i < len(cells); at, i = at+len(cells[i])+1, i+1 {
		cell := strings.TrimSpace(cells[i])
		column := c.columns[i]
		switch {
		case cell == "" || noMark[plain(cell)]:
		case a.Name == "" && (column == columnName || column == columnOther && i == 0):
			entries := listEntries(cell)
			if len(entries) != 1 || entries[0].name == "" {
				return false
			}
			lead := strings.Index(cells[i], cell)
			a.Name, a.Civility, a.Function = entries[0].name, entries[0].civility, entries[0].function
			a.Span = entries[0].span.Shift(p.Start + at + lead)
		case column == columnHolder:
			if entries := listEntries(cell); len(entries) == 1 && entries[0].name != "" {
				a.Proxy = cell
			}
		case a.Presence != "":
		case column == columnPresent:
			a.Presence = Present
		case column == columnExcused:
			a.Presence = Excused
		case column == columnAbsent:
			a.Presence = Absent
		}
	}
	if a.Presence == "" && a.Proxy != "" {
		a.Presence = Excused // a proxy is not a presence
	}
	if a.Name == "" || a.Presence == "" {
		return false
	}
	c.listed = true
	if i, known := c.find(a.Civility, a.Name); known && a.Proxy != "" {
		c.people[i].Proxy = either(c.people[i].Proxy, a.Proxy)
		return true
	}
	c.add(a)
	return true
}

// noMark are the cells that mark nothing. Folded.
var noMark = wordSet(`- – — / 0 non`)

// surnameFirst is the surname of a person listed surname first, « TISSOT Odile », folded;
// "" when the list does not print it so.
func surnameFirst(printed string) string {
	words := strings.Fields(printed)
	for len(words) > 0 && isCivility(words[0]) {
		words = words[1:]
	}
	n := 0
	for n < len(words) && isUpper(words[n]) && len([]rune(words[n])) > 1 && !strings.HasSuffix(words[n], ".") {
		n++
	}
	if n == 0 || n == len(words) {
		return ""
	}
	return plain(strings.Join(words[:n], " "))
}

// rejoin mends the surnames in capitals that a line end parted, « DU-/RAND », where the same
// text prints them whole and never so again: the line breaks tell no hyphen from a compound
// surname.
func (c *rollCall) rejoin() {
	var whole map[string]int
	for i, a := range c.people {
		words := strings.Fields(a.Name)
		for j, w := range words {
			if !strings.Contains(w, "-") || !strings.Contains(a.Span.In(c.text), strings.ToUpper(w)) {
				continue
			}
			if whole == nil {
				whole = wordCounts(c.text)
			}
			joined := strings.ReplaceAll(w, "-", "")
			if whole[plain(joined)] > 0 && whole[plain(w)] == 1 {
				words[j] = capitalised(joined)
			}
		}
		c.people[i].Name = strings.Join(words, " ")
	}
}

// wordCounts counts the words of a text, folded, with their hyphens.
func wordCounts(text string) map[string]int {
	counts := map[string]int{}
	for _, w := range strings.FieldsFunc(plain(text), func(ch rune) bool { return !unicode.IsLetter(ch) && ch != '-' }) {
		counts[w]++
	}
	return counts
}

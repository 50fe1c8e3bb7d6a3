package evidence

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"contredit/claims"
	"contredit/document"
)

// ByteOrderMark begins a sheet: without it the best known spreadsheet reads accents as two signs.
const ByteOrderMark = "\ufeff"

// InertCell keeps a spreadsheet from running a cell as a formula (OWASP, CSV injection).
func InertCell(cell string) string {
	if first, _ := utf8.DecodeRuneInString(cell); cell != "" && strings.ContainsRune("=+-@\t\r\n|＝＋－＠", first) {
		return "'" + cell
	}
	return cell
}

// RecordLines are records for one cell, a line each: day, body, place, quote and address. A
// record without a quote was looked through, or is missing.
func RecordLines(records []claims.Evidence) string {
	var lines []string
	for _, e := range records {
		said := e.Title
		if e.Quote != "" {
			said = "« " + collapse(e.Quote) + " »"
		}
		lines = append(lines, strings.TrimSpace(strings.Join([]string{e.Date, joined(e.Body, sheetPlace(e.Locator)), ":", said, e.URL}, " ")))
	}
	return strings.Join(lines, "\n")
}

// MeetingLines are meetings for one cell, a line each.
func MeetingLines(meetings []claims.Meeting) string {
	var lines []string
	for _, m := range meetings {
		lines = append(lines, strings.TrimSpace(m.Date+" "+m.Body+" "+m.URL))
	}
	return strings.Join(lines, "\n")
}

func joined(parts ...string) string {
	var said []string
	for _, part := range parts {
		if part != "" {
			said = append(said, part)
		}
	}
	return strings.Join(said, ", ")
}

func sheetPlace(l document.Locator) string {
	if l.Timed {
		return joined(fmt.Sprintf("%d s", int(l.At)), l.Caveat())
	}
	return Place(l)
}

// ReasonLines are the reasons for one cell, a line each.
func ReasonLines(reasons []claims.Reason) string {
	var lines []string
	for _, r := range reasons {
		lines = append(lines, r.Text)
	}
	return strings.Join(lines, "\n")
}

// NoteLines are dated texts for one cell, a line each.
func NoteLines(notes []Note) string {
	var lines []string
	for _, n := range notes {
		lines = append(lines, day(n.At)+" : "+collapse(n.Text))
	}
	return strings.Join(lines, "\n")
}

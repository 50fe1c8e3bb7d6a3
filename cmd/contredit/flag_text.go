package main

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"contredit/claims"
	"contredit/document"
	"contredit/store"
)

// kindNames are the kinds of contradiction as readers call them.
var kindNames = map[claims.Kind]string{
	claims.KindNegation: "négation", claims.KindAntonym: "contraire", claims.KindNumber: "nombre", claims.KindDate: "date",
	claims.KindAttendance: "présence", claims.KindVote: "vote", claims.KindScope: "portée", claims.KindModality: "possible ou décidé",
	claims.KindPromise: "engagement", claims.KindAbsence: "aucune trace",
}

const textWidth = 96

// printFlag shows one flag: who said what and when, what the record says, why, both links.
func printFlag(w io.Writer, n int, l store.StoredLink) {
	c := l.Claim
	head := fmt.Sprintf("%s · %.2f · %s · %s", kindNames[l.Kind], l.Score, statusNames[l.Status], l.ID)
	if n > 0 {
		head = fmt.Sprintf("%d. %s", n, head)
	}
	who := c.Speaker
	if who == "" {
		who = "Quelqu’un"
	}
	if c.Function != "" {
		who += " (" + c.Function + ")"
	}
	fmt.Fprintf(w, "%s\n", head)
	wrapText(w, "    ", fmt.Sprintf("%s, %s — %s", who, frenchDay(c.Date), l.Title))
	wrapText(w, "      ", quoted(c.Quote))
	if l.EditedOut != "" {
		fmt.Fprintf(w, "      (modifié après publication)\n")
	}
	fmt.Fprintf(w, "      %s\n", document.OpenAt(c.URL, c.Locator, c.Quote, l.VideoURL))
	printEvidence(w, l.Link)
	for _, r := range l.Reasons {
		wrapText(w, "    Pourquoi : ", r.Text)
		break
	}
	if l.Support != nil {
		wrapText(w, "    À décharge : ", quoted(l.Support.Quote)+" ("+l.Support.Title+", "+frenchDay(l.Support.Date)+")")
	}
	fmt.Fprintln(w)
}

func printEvidence(w io.Writer, l claims.Link) {
	if a := l.Absence; a != nil {
		wrapText(w, "    ", absenceText(*a))
		for _, m := range a.Read {
			fmt.Fprintf(w, "      %s  %s\n", frenchDay(m.Date), m.URL)
		}
		for _, m := range a.Missing {
			fmt.Fprintf(w, "      %s  (compte rendu manquant)\n", frenchDay(m.Date))
		}
		return
	}
	for _, e := range l.Evidence {
		wrapText(w, "    ", fmt.Sprintf("%s — %s%s", e.Title, frenchDay(e.Date), placeOf(e.Locator)))
		wrapText(w, "      ", quoted(e.Quote))
		fmt.Fprintf(w, "      %s\n", document.OpenAt(e.URL, e.Locator, e.Quote, ""))
	}
}

// absenceText never says « contredit »: silence is only said with what was looked through.
func absenceText(a claims.Absence) string {
	held := len(a.Read) + len(a.Missing)
	text := fmt.Sprintf("Aucune trace dans %d compte(s) rendu(s) lu(s) sur %d réunion(s) connue(s) — %s, du %s au %s",
		len(a.Read), held, a.Body, frenchDay(a.From), frenchDay(a.To))
	if len(a.Missing) > 0 {
		text += fmt.Sprintf(" ; %d manquant(s)", len(a.Missing))
	}
	return text
}

// quoted puts guillemets around a quote that has none.
func quoted(quote string) string {
	if strings.HasPrefix(quote, "«") {
		return quote
	}
	return "«\u00a0" + quote + "\u00a0»"
}

var monthNames = []string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}

// frenchDay writes an ISO day as people do: « 27 mars 2026 ».
func frenchDay(day string) string {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return "date inconnue"
	}
	number := fmt.Sprint(d.Day())
	if d.Day() == 1 {
		number = "1er"
	}
	return fmt.Sprintf("%s %s %d", number, monthNames[d.Month()-1], d.Year())
}

// placeOf says where in the original: « , page 7 » or « , à 1:02:03 ».
func placeOf(l document.Locator) string {
	switch {
	case l.Timed:
		s := int(l.At)
		return fmt.Sprintf(", à %d:%02d:%02d", s/3600, s/60%60, s%60)
	case l.Page > 0 && l.Printed != "" && l.Printed != fmt.Sprint(l.Page):
		return fmt.Sprintf(", page %d (imprimée %s)", l.Page, l.Printed)
	case l.Page > 0:
		return fmt.Sprintf(", page %d", l.Page)
	}
	return ""
}

// wrapText breaks at plain spaces; the first line begins with head, the others with as many
// spaces.
func wrapText(w io.Writer, head, text string) {
	indent := strings.Repeat(" ", utf8.RuneCountInString(head))
	line := head
	empty := true
	for _, word := range strings.Split(text, " ") {
		if !empty && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > textWidth {
			fmt.Fprintln(w, line)
			line, empty = indent, true
		}
		if !empty {
			line += " "
		}
		line, empty = line+word, false
	}
	fmt.Fprintln(w, line)
}

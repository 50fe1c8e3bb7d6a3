package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"contredit/claims"
	"contredit/digest"
	"contredit/document"
	"contredit/store"
)

const textWidth = 96

// printFlag shows one flag: who said what and when, what the record says, why, both links.
func printFlag(w io.Writer, n int, l store.StoredLink) {
	c := l.Claim
	head := fmt.Sprintf("%s · %s · %s · %s", digest.KindNames[l.Kind], frenchFigure("%.2f", l.Score), statusNames[l.Status], l.ID)
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

// frenchDay writes an ISO day as people do: « 27 mars 2026 ».
func frenchDay(day string) string { return digest.LongDay(day) }

// placeOf says where in the original: « , page 7 » or « , à 1:02:03 »; "" when the whole is meant.
func placeOf(l document.Locator) string {
	if place := digest.Place(l); place != "" {
		return ", " + place
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

package digest

import (
	"fmt"
	"strings"
	"time"

	"contredit/claims"
	"contredit/document"
	"contredit/french"
)

// KindNames are the kinds as readers call them.
var KindNames = map[claims.Kind]string{
	claims.KindNegation: "négation", claims.KindAntonym: "contraire", claims.KindNumber: "nombre", claims.KindDate: "date",
	claims.KindAttendance: "présence", claims.KindVote: "vote", claims.KindScope: "portée", claims.KindModality: "possible ou décidé",
	claims.KindPromise: "engagement", claims.KindAbsence: "aucune trace",
}

// ItemOf makes a line of a digest of a flag. title and video are of the document of the claim,
// page is the address of the pair for reviewers.
func ItemOf(l claims.Link, status claims.Decision, title, video, page string, edited bool) Item {
	c := l.Claim
	item := Item{
		ID: l.ID, Kind: KindNames[l.Kind], Confirmed: status == claims.StatusConfirmed || status == claims.StatusPublished,
		Silence: l.Kind == claims.KindAbsence, Page: page, Edited: edited,
		Said: Quoted{Quote: c.Quote, Who: c.Speaker, Title: title, Day: c.Date, Place: Place(c.Locator), URL: document.OpenAt(c.URL, c.Locator, c.Quote, video)},
	}
	if len(c.Topics) > 0 {
		item.Subject = c.Topics[0]
	}
	for _, e := range l.Evidence {
		item.Noted = append(item.Noted, Quoted{
			Quote: e.Quote, Who: e.Body, Title: e.Title, Day: e.Date, Place: Place(e.Locator), URL: document.OpenAt(e.URL, e.Locator, e.Quote, ""),
		})
	}
	if len(l.Evidence) > 0 && !item.Silence {
		item.Session = sessionOf(l.Evidence[0].Body, l.Evidence[0].Date)
	}
	if a := l.Absence; a != nil {
		item.Session = a.Body
		for _, m := range a.Missing {
			item.Missing = append(item.Missing, m.Date)
		}
	}
	if len(l.Reasons) > 0 {
		item.Why = l.Reasons[0].Text
	}
	return item
}

func sessionOf(body, day string) string {
	if day == "" {
		return body
	}
	return body + ", " + LongDay(day)
}

// Place says where in the original, and whether the text is the file's own: « page 7 », « à 1:02:03 »,
// « page 2, texte reconnu par une machine »; "" when the whole is meant, as it stands.
func Place(l document.Locator) string {
	var said []string
	switch {
	case l.Timed:
		s := int(l.At)
		said = append(said, fmt.Sprintf("à %d:%02d:%02d", s/3600, s/60%60, s%60))
	case l.Page > 0 && l.Printed != "" && l.Printed != fmt.Sprint(l.Page):
		said = append(said, fmt.Sprintf("page\u00a0%d (imprimée\u00a0%s)", l.Page, l.Printed))
	case l.Page > 0:
		said = append(said, fmt.Sprintf("page\u00a0%d", l.Page))
	}
	if caveat := l.Caveat(); caveat != "" {
		said = append(said, caveat)
	}
	return strings.Join(said, ", ")
}

var months = []string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}

// LongDay writes an ISO day as people do: « 1er mars 2026 »; « date inconnue » for anything else.
func LongDay(day string) string {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return "date inconnue"
	}
	number := fmt.Sprint(d.Day())
	if d.Day() == 1 {
		number = "1er"
	}
	return fmt.Sprintf("%s %s %d", number, months[d.Month()-1], d.Year())
}

// plain is a text in small letters without signs.
func plain(s string) string { return french.Fold(french.Lower(s)) }

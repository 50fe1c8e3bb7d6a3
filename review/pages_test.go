package review_test

import (
	"fmt"
	"strconv"

	"contredit/document"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func recordOf(n int) document.Document {
	return document.Document{URL: fmt.Sprintf("https://region.exemple/pv/%d.pdf", n), Source: "cst", Title: "Procès-verbal rectifié", Date: "2026-02-03",
		Role: document.RoleRecord, Body: "CST", Visibility: document.Public}
}

// pagePaths are all the pages of a house with one pair.
func pagePaths(id string) []string {
	return []string{"/", "/?status=all&kind=scope&words=syndicales", "/paires/" + id, "/affirmations", "/affirmations/0000000000000002", "/personnes", "/personnes?nom=Odile+Tranchant", "/glossaire", "/documents", "/documents/1",
		"/documents/2", "/copies/1", "/recherche?mots=syndicales", "/recherche?mots=syndicales&pour=0000000000000002", "/sujets", "/sujets?nom=Num%C3%A9rique", "/regles", "/couverture", "/demandes", "/sources", "/journal", "/reglages", "/a-propos",
		"/touches"}
}

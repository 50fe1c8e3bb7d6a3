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
	return []string{"/", "/?status=all&kind=scope&words=syndicales", "/paires/" + id, "/affirmations/0000000000000002", "/personnes?nom=Odile+Tranchant", "/documents", "/documents/1",
		"/documents/2", "/copies/1", "/recherche?mots=syndicales", "/recherche?mots=syndicales&pour=0000000000000002", "/sujets", "/sujets?nom=Num%C3%A9rique", "/regles", "/couverture", "/sources", "/journal", "/reglages", "/a-propos",
		"/touches"}
}

// payloads are words that would run if a page did not make them inert: the common forms
// against HTML, attributes, addresses, scripts, styles, templates and spreadsheets.
var payloads = makePayloads()

func makePayloads() []string {
	bare := []string{
		`<script>alert(1)</script>`, `<img src=x onerror=alert(1)>`, `<svg onload=alert(1)>`, `<svg/onload=alert(1)>`, `<iframe src=javascript:alert(1)>`,
		`<body onload=alert(1)>`, `<a href=javascript:alert(1)>x</a>`, `javascript:alert(1)`, `<style>*{background:url(//x.exemple)}</style>`, `<base href=//x.exemple>`,
		`<meta http-equiv=refresh content=0>`, `<form action=//x.exemple><input>`, `{{.Token}}`, `${alert(1)}`, `=HYPERLINK("//x.exemple")`, `@SUM(1)`, `+1+cmd|' /C calc'!A0`, `-1+1`,
		`<object data=x>`, `<embed src=x>`, `<math><mtext></table></math><img src=x onerror=alert(1)>`, `<!--><script>alert(1)</script>-->`, `<![CDATA[<script>alert(1)</script>]]>`,
		`</textarea><script>alert(1)</script>`, `</title><script>alert(1)</script>`, "\u202e<script>alert(1)</script>",
	}
	var all []string
	for _, wrap := range []string{"%s", `">%s`, `'>%s`, "</mark></blockquote>%s"} {
		for _, p := range bare {
			all = append(all, fmt.Sprintf(wrap, p))
		}
	}
	return all
}

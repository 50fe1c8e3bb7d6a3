package review_test

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"contredit/review"
)

// plainSpace is a breaking space where French typography wants one that does not break. An
// English « : » has none before it, so that this is for French pages.
var plainSpace = regexp.MustCompile(`[ \n][;:!?»](?:[ \n<]|$)|« `)

// ourWords gives the words of the interface: quotes and titles (lang="fr" inside a page) are
// shown as they were printed.
func ourWords(n *html.Node, say func(string)) {
	if n.Type == html.TextNode {
		say(n.Data)
	}
	if n.Type == html.ElementNode && n.Data != "html" {
		for _, a := range n.Attr {
			switch a.Key {
			case "lang":
				if a.Val == "fr" {
					return
				}
			case "title", "aria-label", "placeholder":
				say(a.Val)
			}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		ourWords(c, say)
	}
}

func wordsOf(t *testing.T, page string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	ourWords(root, func(s string) { b.WriteString(s + "\x00") })
	return b.String()
}

func TestTypography(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) {
		c.Languages = []string{"fr", "en"}
		c.Contact, c.UserAgent = "nous@veille.exemple", "contredit/1 (essai)"
		c.Sources = []review.Source{{Name: "Région Exemple", URL: "https://region.exemple/"}}
		c.Bodies = []review.Body{{Name: "CST", Sittings: []string{"2025-06-10"}}}
	})
	id := addPair(t, h.db, plain(1))
	paths := append(pagePaths(id), "/nulle-part", "/recherche?mots=zzz", "/?words=zzz")
	seen := 0
	for _, path := range paths {
		_, page := h.get(path)
		words := wordsOf(t, page)
		seen += strings.Count(words, "\u202f;") + strings.Count(words, "\u00a0:") + strings.Count(words, "«\u00a0")
		for _, at := range plainSpace.FindAllStringIndex(words, -1) {
			t.Errorf("%s: breaking space in %q", path, words[max(0, at[0]-40):min(len(words), at[1]+20)])
		}
	}
	if seen < 20 {
		t.Errorf("%d signs with their space were seen: the test looks at nothing", seen)
	}
	h.cookies["contredit_lang"] = "en"
	for _, path := range paths {
		_, page := h.get(path)
		if words := wordsOf(t, page); strings.ContainsAny(words, "«»") || strings.Contains(words, "\u00a0:") {
			t.Errorf("%s: French typography on an English page", path)
		}
	}
}

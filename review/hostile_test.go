package review_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"

	"contredit/digest"
	"contredit/review"
)

// payloads are words that would run if a page did not make them inert: the common forms
// against HTML, attributes, addresses, scripts, styles, templates and spreadsheets.
var payloads = makePayloads()

func makePayloads() []string {
	bare := []string{
		`<script>alert(1)</script>`, `<img src=x onerror=alert(1)>`, `<svg onload=alert(1)>`, `<svg/onload=alert(1)>`, `<iframe src=javascript:alert(1)>`,
		`<body onload=alert(1)>`, `<a href=javascript:alert(1)>x</a>`, `javascript:alert(1)`, `<style>*{background:url(//x.exemple)}</style>`, `<base href=//x.exemple>`,
		`<meta http-equiv=refresh content=0>`, `<form action=//x.exemple><input>`, `{{.Token}}`, `${alert(1)}`, `=HYPERLINK("//x.exemple")`, `@SUM(1)`, `+1+cmd|' /C calc'!A0`, `-1+1`,
		`<object data=x>`, `<embed src=x>`, `<math><mtext></table></math><img src=x onerror=alert(1)>`, `<!--><script>alert(1)</script>-->`, `<![CDATA[<script>alert(1)</script>]]>`,
		`</textarea><script>alert(1)</script>`, `</title><script>alert(1)</script>`, "\u202e<script>alert(1)</script>", `</script><script>alert(1)</script>`, `&#60;script&#62;alert(1)`, `%3Cscript%3Ealert(1)`, `\u003cscript\u003ealert(1)`,
		`=DDE("cmd";"/C calc";"x")`, "\t=1+1", "＝1+1", `vbscript:msgbox(1)`, `data:text/html,<script>alert(1)</script>`,
	}
	var all []string
	for _, wrap := range []string{"%s", `">%s`, `'>%s`, "</mark></blockquote>%s"} {
		for _, p := range bare {
			all = append(all, fmt.Sprintf(wrap, p))
		}
	}
	return all
}

// strangers are elements that no page of ours has.
var strangers = map[string]bool{"applet": true, "base": true, "embed": true, "frame": true, "iframe": true, "img": true, "math": true, "object": true, "style": true, "video": true}

// alive says what in a page could run, load or send something that is not ours; "" for nothing.
// It reads the page as a browser does, so that no way of writing a payload matters.
func alive(page string) string {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return err.Error()
	}
	found := ""
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			if what := aliveElement(n); what != "" {
				found = what
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	return found
}

func aliveElement(n *html.Node) string {
	if strangers[n.Data] {
		return "<" + n.Data + ">"
	}
	if n.Data == "script" && (n.FirstChild != nil || len(n.Attr) == 0) {
		return "an inline script"
	}
	for _, a := range n.Attr {
		value := strings.ToLower(strings.TrimSpace(a.Val))
		own := strings.HasPrefix(value, "/") && !strings.HasPrefix(value, "//") || strings.HasPrefix(value, "#") || strings.HasPrefix(value, "?")
		switch {
		case strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "http-equiv" || a.Key == "srcdoc":
			return "<" + n.Data + " " + a.Key + ">"
		case a.Key == "src" && !strings.HasPrefix(value, "/fichiers/"), (a.Key == "action" || a.Key == "formaction") && !own:
			return "<" + n.Data + " " + a.Key + "=" + a.Val + ">"
		case a.Key == "href" && !own && !strings.HasPrefix(value, "https://region.exemple/") && !strings.HasPrefix(value, "https://video.exemple/"):
			return "<" + n.Data + " href=" + a.Val + ">"
		}
	}
	return ""
}

func TestAliveSeesWhatRuns(t *testing.T) {
	for _, page := range []string{"<p><script>alert(1)</script>", "<p onclick=x>", "<a href=' javascript:x'>", "<form action=//x>", "<svg onload=x>", "<IMG src=x>", "<a href='data:x'>"} {
		if alive(page) == "" {
			t.Errorf("%q is taken for inert", page)
		}
	}
}

// hostileHouse holds every payload in every place that people or documents fill.
func hostileHouse(t *testing.T) (*house, []string) {
	h := mustHouse(t, func(c *review.Config) {
		c.Contact, c.UserAgent, c.Title = payloads[0], payloads[1], payloads[2]
		c.Reviewer, c.AnswerKey = "Ada Fictive", mailKey
		for _, p := range payloads {
			c.Sources = append(c.Sources, review.Source{Name: p, URL: p, Body: p, Schedule: p})
			c.Bodies = append(c.Bodies, review.Body{Name: p, Sittings: []string{"2025-06-10"}})
		}
	})
	var ids []string
	for i, payload := range payloads {
		p := plain(i + 1)
		p.speaker, p.said, p.record, p.title, p.before, p.after = payload, payload, payload, payload, payload, payload
		id := addPair(t, h.db, p)
		ids = append(ids, id)
		if i%8 == 0 {
			for _, kind := range []string{"tag", "note", "reply"} {
				h.post("/paires/"+id, "/paires/"+id+"/remarques", url.Values{"kind": {kind}, "text": {payload}})
			}
			h.post("/", "/vues", url.Values{"name": {payload}, "query": {"words=" + url.QueryEscape(payload)}})
			h.post("/", "/paires/"+id+"/verdict", url.Values{"act": {"nuance"}, "note": {payload}})
		}
	}
	return h, ids
}

func TestHostileText(t *testing.T) {
	if len(payloads) < 100 {
		t.Fatalf("%d payloads, want 100", len(payloads))
	}
	h, ids := hostileHouse(t)
	t.Run("IsInertInPages", func(t *testing.T) { hostilePages(t, h, ids) })
	t.Run("IsInertInMailAnswers", func(t *testing.T) { hostileAnswers(t, h, ids) })
	t.Run("IsTextInFeeds", func(t *testing.T) { hostileFeeds(t, h) })
	t.Run("StaysInItsFrame", func(t *testing.T) { hostileCopies(t, h) })
	t.Run("RunsNothingInASheet", func(t *testing.T) { hostileSheet(t, h, ids) })
	t.Run("IsInertInADossier", func(t *testing.T) { hostileDossiers(t, h, ids) })
}

func hostilePages(t *testing.T, h *house, ids []string) {
	check := func(path string) {
		t.Helper()
		if status, page := h.get(path); status >= 500 || alive(page) != "" {
			t.Errorf("%s: status %d, alive: %s", path, status, alive(page))
		}
	}
	for i, id := range ids {
		check("/paires/" + id)
		check("/affirmations/" + fmt.Sprintf("%016x", i+2))
		check("/documents/" + itoa(int64(2*i+1)))
		check("/copies/" + itoa(int64(2*i+1)))
		word := url.QueryEscape(payloads[i])
		for _, path := range []string{"/personnes?nom=", "/recherche?mots=", "/?words=", "/?speaker=", "/sujets?nom=", "/documents?words=", "/connexion?back=", "/?done="} {
			check(path + word)
		}
	}
	for page := range (len(ids) + 24) / 25 {
		check("/?status=all&page=" + itoa(int64(page+1)))
	}
	for _, path := range []string{"/journal", "/documents", "/regles", "/couverture", "/demandes", "/sources", "/reglages", "/a-propos", "/sujets", "/touches"} {
		check(path)
	}
}

// hostileAnswers visits and confirms the links of mails whose digest, reader and quote are hostile.
func hostileAnswers(t *testing.T, h *house, ids []string) {
	for i, id := range ids {
		for _, ticket := range []digest.Ticket{{Item: id, Answer: digest.AnswerWrong}, {Answer: digest.AnswerStop}} {
			ticket.Digest, ticket.Recipient, ticket.Until = payloads[i], payloads[i], now.AddDate(1, 0, 0)
			path := "/courrier/" + mailKey.Sign(ticket)
			if status, page := h.get(path); status != 200 || alive(page) != "" {
				t.Errorf("%q asked: status %d, alive: %s", payloads[i], status, alive(page))
			}
			if status, page := h.postBare(t, path, ""); status != 200 || alive(page) != "" {
				t.Errorf("%q confirmed: status %d, alive: %s", payloads[i], status, alive(page))
			}
		}
	}
}

// hostileFeeds follows every saved view: what was crawled stands in the feed as text, and its
// addresses are those of the fixtures and ours.
func hostileFeeds(t *testing.T, h *house) {
	h.post("/", "/vues", url.Values{"name": {"Tout"}, "query": {"status=all"}})
	views, err := h.db.Views(t.Context(), "Ada Fictive")
	if err != nil || len(views) < 10 {
		t.Fatalf("%d views, %v", len(views), err)
	}
	entries := 0
	for _, v := range views {
		page := body(t, h.post("/reglages", "/vues/"+itoa(v.ID)+"/flux", url.Values{}))
		m := feedAddress.FindStringSubmatch(page)
		if m == nil || alive(page) != "" {
			t.Fatalf("view %q: no address, or alive: %s", v.Name, alive(page))
		}
		_, text := h.get(m[1])
		feed, err := gofeed.NewParser().ParseString(text)
		if err != nil {
			t.Errorf("view %q: %v", v.Name, err)
			continue
		}
		entries += len(feed.Items)
		for _, bad := range []string{"<script", "<img", "<svg", "<iframe", "<body", "<!--", "<![CDATA["} {
			if strings.Contains(text, bad) {
				t.Errorf("the feed of %q carries %q as markup", v.Name, bad)
			}
		}
		for _, item := range feed.Items {
			for _, link := range item.Links {
				if !strings.HasPrefix(link, "http://"+h.host+"/") && !strings.HasPrefix(link, "https://region.exemple/") {
					t.Errorf("the feed of %q links to %q", v.Name, link)
				}
			}
		}
	}
	if entries < 40 {
		t.Errorf("%d entries in all feeds: nothing was tried", entries)
	}
}

func hostileCopies(t *testing.T, h *house) {
	for i := range payloads {
		path := "/copies/" + itoa(int64(2*i+1)) + "/original"
		res := h.do(httptest.NewRequest("GET", path, nil))
		policy := res.Header.Get("Content-Security-Policy")
		if res.StatusCode != 200 || !strings.HasPrefix(policy, "sandbox; default-src 'none'") || strings.Contains(policy, "script-src") || strings.Contains(policy, "allow-") {
			t.Errorf("%s: status %d, policy %q", path, res.StatusCode, policy)
		}
		if res.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: the browser may guess what it is", path)
		}
	}
}

func hostileSheet(t *testing.T, h *house, ids []string) {
	_, sheet := h.get("/paires.csv?status=all")
	in := csv.NewReader(strings.NewReader(strings.TrimPrefix(sheet, "\ufeff")))
	in.Comma = ';' // the pages are French
	rows, err := in.ReadAll()
	if err != nil || len(rows) != len(ids)+1 {
		t.Fatalf("%d rows (%v), want %d", len(rows), err, len(ids)+1)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r\n|") || strings.HasPrefix(cell, "＝") {
				t.Errorf("a cell begins like a formula: %q", cell)
			}
		}
	}
}

func hostileDossiers(t *testing.T, h *house, ids []string) {
	for _, id := range ids {
		_, content := h.get("/paires/" + id + "/dossier")
		archive, err := zip.NewReader(bytes.NewReader([]byte(content)), int64(len(content)))
		if err != nil {
			t.Fatal(err)
		}
		file, err := archive.Open("dossier.html")
		if err != nil {
			t.Fatal(err)
		}
		page, err := io.ReadAll(file)
		if err != nil {
			t.Fatal(err)
		}
		lower := strings.ToLower(string(page))
		for _, bad := range []string{"<script", "<img", "<svg onload", "<iframe", "<base", "javascript:alert(1)\"", "<meta http-equiv=refresh"} {
			if strings.Contains(lower, bad) {
				t.Errorf("the dossier of %s carries %q alive", id, bad)
			}
		}
	}
}

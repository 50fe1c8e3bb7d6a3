package document

import (
	"strings"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// webPage is the text of a page as it grows, with what the layout says of each passage.
type webPage struct {
	text     strings.Builder
	passages []Passage
	heading  string
	anchor   string
	skip     map[*html.Node]bool
	line     []run // the passage being gathered
}

// run is a stretch of text in one weight; a run of "\n" is a line break.
type run struct {
	text string
	bold bool
}

// walkBlocks turns the nodes into passages, in reading order.
func walkBlocks(main *goquery.Selection) *webPage {
	w := &webPage{skip: skipped(main)}
	for _, n := range main.Nodes {
		w.walk(n, KindParagraph, false)
		w.flush(n, KindParagraph)
	}
	return w
}

// skipped marks what is no text of the page. An element that holds most of the words stays
// whatever it is called: some sites wrap the whole page in one form.
func skipped(main *goquery.Selection) map[*html.Node]bool {
	skip := map[*html.Node]bool{}
	total := len(strings.Fields(main.Text()))
	main.Find(strings.Join(boilerplate, ",") + ",footer,body > header").Each(func(_ int, s *goquery.Selection) {
		if s.Is("footer") && s.Closest("blockquote").Length() > 0 {
			return // who said what is quoted
		}
		if n := len(strings.Fields(s.Text())); n*2 <= total || goquery.NodeName(s) == "script" {
			skip[s.Nodes[0]] = true
		}
	})
	main.Find(strings.Join(bylines, ",")).Each(func(_ int, s *goquery.Selection) {
		own, around := utf8.RuneCountInString(fold(s.Text())), utf8.RuneCountInString(fold(s.Parent().Text()))
		if isInline(s.Nodes[0]) && around-own > 60 {
			return // « <time>12 juin</time> » in the middle of a sentence
		}
		if own <= 200 {
			skip[s.Nodes[0]] = true
		}
	})
	return skip
}

var inlineElements = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.B: true, atom.Bdi: true, atom.Big: true, atom.Cite: true,
	atom.Code: true, atom.Data: true, atom.Del: true, atom.Dfn: true, atom.Em: true, atom.Font: true,
	atom.I: true, atom.Img: true, atom.Ins: true, atom.Kbd: true, atom.Label: true, atom.Mark: true,
	atom.Q: true, atom.S: true, atom.Samp: true, atom.Small: true, atom.Span: true, atom.Strong: true,
	atom.Sub: true, atom.Sup: true, atom.Time: true, atom.Tt: true, atom.U: true, atom.Var: true, atom.Wbr: true,
}

func isInline(n *html.Node) bool {
	return n.Type == html.TextNode || (n.Type == html.ElementNode && inlineElements[n.DataAtom])
}

var headingElements = map[atom.Atom]bool{
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
}

func (w *webPage) walk(n *html.Node, kind PassageKind, bold bool) {
	switch {
	case w.skip[n]:
		return
	case n.Type == html.TextNode:
		w.line = append(w.line, run{n.Data, bold})
		return
	case n.Type == html.DocumentNode:
		w.children(n, kind, bold)
		return
	case n.Type != html.ElementNode || n.DataAtom == atom.Head:
		return
	}
	anchor := w.anchor
	// The library that finds articles adds an element with an id that the page has not.
	if id := attribute(n, "id"); id != "" && !strings.HasPrefix(id, "readability-") {
		w.anchor = id
	} else if n.DataAtom == atom.A && attribute(n, "href") == "" && attribute(n, "name") != "" {
		w.anchor = attribute(n, "name")
	}
	switch {
	case n.DataAtom == atom.Br:
		w.line = append(w.line, run{"\n", false})
	case n.DataAtom == atom.Table && !isLayout(n):
		w.flush(n, kind)
		w.table(n)
		w.anchor = anchor
	case isInline(n):
		w.children(n, kind, bold || isBold(n))
	default:
		w.flush(n.Parent, kind)
		kind = kindOf(n, kind)
		w.children(n, kind, bold)
		w.flush(n, kind)
		if !headingElements[n.DataAtom] {
			w.anchor = anchor
		}
	}
}

func (w *webPage) children(n *html.Node, kind PassageKind, bold bool) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.walk(c, kind, bold)
	}
}

func kindOf(n *html.Node, kind PassageKind) PassageKind {
	switch {
	case headingElements[n.DataAtom]:
		return KindHeading
	case n.DataAtom == atom.Li, n.DataAtom == atom.Dt, n.DataAtom == atom.Dd:
		return KindItem
	case n.DataAtom == atom.Section, n.DataAtom == atom.Article:
		return KindParagraph
	}
	return kind
}

func isBold(n *html.Node) bool {
	if n.DataAtom == atom.Strong || n.DataAtom == atom.B {
		return true
	}
	style := strings.ReplaceAll(strings.ToLower(attribute(n, "style")), " ", "")
	return strings.Contains(style, "font-weight:bold") || strings.Contains(style, "font-weight:7")
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// flush ends the passage being gathered. A line break inside a block parts two passages
// when what stands before it is a sentence's end: addresses stay together, lists written
// with <br> come apart.
func (w *webPage) flush(n *html.Node, kind PassageKind) {
	runs := w.line
	w.line = nil
	var part []run
	for i, r := range runs {
		if r.text == "\n" {
			if blankRuns(part) {
				part = nil
				continue
			}
			if endsPassage(part) || (i+1 < len(runs) && runs[i+1].text == "\n") {
				w.emit(n, kind, part)
				part = nil
				continue
			}
			r.text = " "
		}
		part = append(part, r)
	}
	w.emit(n, kind, part)
}

func blankRuns(runs []run) bool {
	for _, r := range runs {
		if fold(r.text) != "" {
			return false
		}
	}
	return true
}

func endsPassage(runs []run) bool {
	if len(runs) > 0 && runs[len(runs)-1].bold {
		return true
	}
	text := ""
	for _, r := range runs {
		text += r.text
	}
	return strings.HasSuffix(strings.TrimRight(fold(text), ` »"`), ".") || strings.ContainsAny(lastRune(fold(text)), ":;!?…»")
}

func lastRune(text string) string {
	_, size := utf8.DecodeLastRuneInString(text)
	return text[len(text)-size:]
}

func (w *webPage) emit(n *html.Node, kind PassageKind, runs []run) {
	whole, lead, leading := "", "", true
	for _, r := range runs {
		whole += r.text
		if leading && (r.bold || fold(r.text) == "") {
			lead += r.text
		} else {
			leading = false
		}
	}
	text := fold(whole)
	if text == "" {
		return
	}
	w.add(n, kind, text, len(fold(lead)))
}

func (w *webPage) add(n *html.Node, kind PassageKind, text string, bold int) {
	if w.text.Len() > 0 {
		w.text.WriteString("\n")
		if last := w.passages[len(w.passages)-1].Kind; kind != last || (kind != KindItem && kind != KindRow) {
			w.text.WriteString("\n")
		}
	}
	start := w.text.Len()
	w.text.WriteString(text)
	if kind == KindHeading {
		w.heading = text
	}
	w.passages = append(w.passages, Passage{
		Span: Span{Start: start, End: w.text.Len()}, Kind: kind,
		Locator: Locator{Anchor: w.anchor}, Heading: w.heading, Lead: bold,
	})
}

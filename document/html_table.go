package document

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// isLayout says that a table only places things on the page: its cells hold headings,
// lists or other tables, or it has one column.
func isLayout(table *html.Node) bool {
	if attribute(table, "role") == "presentation" {
		return true
	}
	layout, widest := false, 0
	visit(table, func(n *html.Node) bool {
		switch n.DataAtom {
		case atom.Table:
			layout = layout || n != table
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.Ul, atom.Ol:
			layout = true
		case atom.Tr:
			widest = max(widest, len(cellsOf(n)))
		case atom.Td:
			layout = layout || paragraphs(n) > 2
		}
		return !layout
	})
	return layout || widest < 2
}

func paragraphs(cell *html.Node) int {
	n := 0
	for c := cell.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.P || c.DataAtom == atom.Div {
			n++
		}
	}
	return n
}

// visit walks the tree until see says no.
func visit(n *html.Node, see func(*html.Node) bool) bool {
	if n.Type == html.ElementNode && !see(n) {
		return false
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if !visit(c, see) {
			return false
		}
	}
	return true
}

func cellsOf(row *html.Node) []*html.Node {
	var cells []*html.Node
	for c := row.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
			cells = append(cells, c)
		}
	}
	return cells
}

// table emits one passage a row.
func (w *webPage) table(table *html.Node) {
	visit(table, func(n *html.Node) bool {
		switch n.DataAtom {
		case atom.Caption:
			w.children(n, KindParagraph, false)
			w.flush(n, KindParagraph)
		case atom.Tr:
			w.row(n)
		}
		return true
	})
}

// row joins the cells with « ; ». A cell that is a sentence of its own starts a line
// instead: some pages hold all of their text in a table.
func (w *webPage) row(row *html.Node) {
	var cells []string
	for _, cell := range cellsOf(row) {
		cells = append(cells, w.cellText(cell))
	}
	if strings.Join(cells, "") == "" {
		return
	}
	var b strings.Builder
	for i, cell := range cells {
		switch {
		case i == 0:
		case isProse(cell) || isProse(cells[i-1]):
			b.WriteString("\n")
		default:
			b.WriteString(" ; ")
		}
		b.WriteString(cell)
	}
	text := strings.TrimSpace(strings.ReplaceAll(b.String(), ";  ;", "; ;"))
	if text != "" {
		w.add(row, KindRow, text, 0)
	}
}

func (w *webPage) cellText(cell *html.Node) string {
	var b strings.Builder
	var gather func(*html.Node)
	gather = func(n *html.Node) {
		if w.skip[n] {
			return
		}
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		if n.Type == html.ElementNode && !isInline(n) {
			b.WriteByte(' ')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			gather(c)
		}
	}
	gather(cell)
	return fold(b.String())
}

func isProse(cell string) bool {
	return len(strings.Fields(cell)) >= 6 && strings.ContainsAny(lastRune(cell), ".!?…»")
}

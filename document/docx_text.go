package document

import (
	"encoding/xml"
	"strings"
)

// wordText gathers the blocks of a Word file.
type wordText struct {
	headings map[string]bool
	blocks   []block
	cut      bool

	text    strings.Builder // of the paragraph
	lead    int             // bold bytes at its start
	leading bool
	bold    bool
	kind    PassageKind
	anchor  string
	inRun   bool
	inText  bool
	skip    int // inside of something that is not read
	tables  int // depth
	row     []string
	cell    []string
	nested  []wordRow // rows around the one being read
}

// wordRow is a row that waits while a table inside one of its cells is read.
type wordRow struct{ row, cell []string }

// Deleted text, field codes, and the second copy that mc:Fallback keeps of a drawing.
var wordSkipped = map[string]bool{"del": true, "moveFrom": true, "delText": true, "instrText": true, "Fallback": true, "footnoteReference": true, "rPrChange": true, "pPrChange": true}

func (d *wordText) begin(e xml.StartElement) {
	name := e.Name.Local
	if d.skip > 0 || wordSkipped[name] {
		d.skip++
		return
	}
	switch name {
	case "p":
		d.text.Reset()
		d.lead, d.leading, d.kind, d.anchor = 0, true, KindParagraph, ""
	case "pStyle":
		if d.headings[xmlValue(e, "val")] {
			d.kind = KindHeading
		}
	case "outlineLvl":
		if v := xmlValue(e, "val"); v < "9" && d.kind == KindParagraph && !d.inRun {
			d.kind = KindHeading
		}
	case "numPr":
		if d.kind == KindParagraph {
			d.kind = KindItem
		}
	case "bookmarkStart":
		if d.anchor == "" {
			d.anchor = xmlValue(e, "name")
		}
	case "r":
		d.inRun, d.bold = true, false
	case "b":
		if v := xmlValue(e, "val"); d.inRun && v != "0" && v != "false" {
			d.bold = true
		}
	case "t":
		d.inText = true
	case "tab", "br", "cr":
		if d.inRun {
			d.put(" ")
		}
	case "noBreakHyphen":
		d.put("-")
	case "tbl":
		d.nested = append(d.nested, wordRow{d.row, d.cell})
		d.tables++
	case "tr":
		d.row = nil
	case "tc":
		d.cell = nil
	}
}

func (d *wordText) end(name string) {
	if d.skip > 0 {
		d.skip--
		return
	}
	switch name {
	case "t":
		d.inText = false
	case "r":
		d.inRun = false
	case "p":
		d.paragraph()
	case "tc":
		d.row = append(d.row, strings.Join(d.cell, " "))
	case "tr":
		if text := joinCells(d.row); text != "" {
			d.blocks = append(d.blocks, block{kind: KindRow, text: text})
		}
	case "tbl":
		if n := len(d.nested); n > 0 {
			d.row, d.cell = d.nested[n-1].row, d.nested[n-1].cell
			d.nested = d.nested[:n-1]
			d.tables--
		}
	}
}

func (d *wordText) paragraph() {
	text := d.text.String()
	d.text.Reset()
	if fold(text) == "" {
		return
	}
	if d.tables > 0 {
		d.cell = append(d.cell, fold(text))
		return
	}
	kind, lead := d.kind, d.lead
	if kind == KindParagraph && looksLikeHeading(fold(text), lead >= len(strings.TrimRight(text, " "))) {
		kind = KindHeading
	}
	d.blocks = append(d.blocks, block{kind: kind, text: text, lead: lead, anchor: d.anchor})
}

// looksLikeHeading says that a short line wholly in bold is a heading that its author never
// gave a style.
func looksLikeHeading(text string, bold bool) bool {
	return bold && len([]rune(text)) <= 120 && !endsSentence(text) && !strings.HasSuffix(text, ",") && !strings.HasSuffix(text, ";")
}

func joinCells(cells []string) string {
	var kept []string
	for _, c := range cells {
		if c = fold(c); c != "" {
			kept = append(kept, c)
		}
	}
	return strings.Join(kept, " ; ")
}

func (d *wordText) chars(text string) {
	if d.skip == 0 && d.inText {
		d.put(text)
	}
}

func (d *wordText) put(text string) {
	d.text.WriteString(text)
	if d.leading && (d.bold || strings.TrimSpace(text) == "") {
		d.lead = d.text.Len()
	} else {
		d.leading = false
	}
}

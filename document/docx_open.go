package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"strings"
)

// readODT reads an OpenDocument text.
func readODT(origin Origin, content []byte) (*Reading, error) {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return brokenFile(origin, err), nil
	}
	manifest, err := readPart(z, "META-INF/manifest.xml")
	if err == nil && bytes.Contains(manifest, []byte("encryption-data")) {
		return refused(origin, StateEncrypted, "Le fichier est protégé par un mot de passe ; demandez-en une copie ouverte."), nil
	}
	body, err := readPart(z, "content.xml")
	if err != nil || body == nil {
		return brokenFile(origin, err), nil
	}
	d := &openText{bold: map[string]bool{}}
	if err := walkXML(body, d); err != nil && len(d.blocks) == 0 {
		return brokenFile(origin, err), nil
	}
	return layBlocks(origin, d.blocks), nil
}

// openText gathers the blocks of an OpenDocument text.
type openText struct {
	blocks []block
	bold   map[string]bool // names of styles in bold

	style   string // being declared
	text    strings.Builder
	depth   int // of paragraphs
	skip    int
	spans   []bool // bold or not, one an open span
	lead    int
	leading bool
	heading bool
	lists   int
	tables  int
	row     []string
	cell    []string
}

var openSkipped = map[string]bool{"annotation": true, "tracked-changes": true, "note-citation": true, "sequence-decls": true, "page-number": true}

func (d *openText) begin(e xml.StartElement) {
	name := e.Name.Local
	if d.skip > 0 || openSkipped[name] {
		d.skip++
		return
	}
	switch name {
	case "style":
		d.style = xmlValue(e, "name")
	case "text-properties":
		if xmlValue(e, "font-weight") == "bold" {
			d.bold[d.style] = true
		}
	case "p", "h":
		if d.depth++; d.depth == 1 {
			d.text.Reset()
			d.lead, d.leading, d.heading = 0, true, name == "h"
			d.spans = append(d.spans[:0], d.bold[xmlValue(e, "style-name")])
		}
	case "span":
		d.spans = append(d.spans, d.isBold() || d.bold[xmlValue(e, "style-name")])
	case "s", "tab", "line-break":
		d.chars(" ")
	case "list":
		d.lists++
	case "table":
		d.tables++
	case "table-row":
		d.row = nil
	case "table-cell":
		d.cell = nil
	}
}

func (d *openText) isBold() bool { return len(d.spans) > 0 && d.spans[len(d.spans)-1] }

func (d *openText) end(name string) {
	if d.skip > 0 {
		d.skip--
		return
	}
	switch name {
	case "p", "h":
		if d.depth--; d.depth == 0 {
			d.paragraph()
		}
	case "span":
		if len(d.spans) > 1 {
			d.spans = d.spans[:len(d.spans)-1]
		}
	case "list":
		d.lists--
	case "table":
		d.tables--
	case "table-cell":
		d.row = append(d.row, strings.Join(d.cell, " "))
	case "table-row":
		if text := joinCells(d.row); text != "" {
			d.blocks = append(d.blocks, block{kind: KindRow, text: text})
		}
	}
}

func (d *openText) paragraph() {
	text := d.text.String()
	folded := fold(text)
	switch {
	case folded == "":
		return
	case d.tables > 0:
		d.cell = append(d.cell, folded)
		return
	}
	b := block{kind: KindParagraph, text: text, lead: d.lead}
	switch {
	case d.heading, looksLikeHeading(folded, d.lead >= len(strings.TrimRight(text, " "))):
		b.kind = KindHeading
	case d.lists > 0:
		b.kind = KindItem
	}
	d.blocks = append(d.blocks, b)
}

func (d *openText) chars(text string) {
	if d.skip > 0 || d.depth == 0 {
		return
	}
	d.text.WriteString(text)
	if d.leading && (d.isBold() || strings.TrimSpace(text) == "") {
		d.lead = d.text.Len()
	} else {
		d.leading = false
	}
}

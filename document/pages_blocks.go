package document

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pageBlock is a paragraph, heading, item or row as the pages show it.
type pageBlock struct {
	kind  PassageKind
	text  string
	lead  int       // bytes in bold at its start
	size  float64   // of its first line
	marks []Mark    // where its pages begin; the first at 0
	rows  []textRow // of its lines
	open  bool      // its last line may go on in the next column or page
}

// pageBlocks gathers the blocks of a file.
type pageBlocks struct {
	body float64 // size of the running text, in points
	list []pageBlock
}

// add takes the rows of one stretch of a page.
func (b *pageBlocks) add(p Page, rows []textRow) {
	if len(rows) == 0 {
		return
	}
	at := Locator{Page: p.Number, Printed: p.Printed, Recognised: p.OCR}
	tables := tablesIn(rows)
	if from, to, x := besideText(p, rows, tables); to > from {
		b.add(p, rows[:from])
		b.beside(p, rows[from:to], x)
		b.add(p, rows[to:])
		return
	}
	shape := shapeOf(rows, tables)
	for i := 0; i < len(rows); i++ {
		if n := tables[i]; n != 0 {
			end := i
			for end < len(rows) && tables[end] == n {
				end++
			}
			for _, r := range tableRows(rows[i:end]) {
				if text := joinCells(r.cells); text != "" {
					b.list = append(b.list, pageBlock{kind: KindRow, text: text, marks: []Mark{{0, at}}})
				}
			}
			i = end - 1
			continue
		}
		row := rows[i]
		if i == 0 && b.goesOn(row) || i > 0 && tables[i-1] == 0 && !b.starts(rows[i-1], row, shape) {
			b.extend(row, at)
			continue
		}
		b.begin(row, at)
	}
}

// shape is how the lines of a stretch usually lie.
type shape struct {
	left, right float64 // of most lines
	leading     float64 // between the tops of two lines
}

func shapeOf(rows []textRow, tables []int) shape {
	var lefts, rights, leads []float64
	for i, r := range rows {
		if tables[i] != 0 {
			continue
		}
		lefts, rights = append(lefts, r.left), append(rights, r.right)
		if i > 0 && tables[i-1] == 0 && r.top-rows[i-1].top < 2.2*r.size {
			leads = append(leads, r.top-rows[i-1].top)
		}
	}
	s := shape{}
	if len(lefts) == 0 {
		return s
	}
	slices.Sort(lefts)
	slices.Sort(rights)
	s.left, s.right = lefts[len(lefts)/4], rights[len(rights)*9/10]
	if len(leads) > 0 {
		slices.Sort(leads)
		s.leading = leads[len(leads)*2/5]
	}
	return s
}

var (
	bullet   = lazily(`^(?:[•●▪◦‣■□○➢➤✓✔►▶·*]|[–—-](?: |$)|o )\s*`)
	actWord  = lazily(`^(?:VU|Vu|CONSID[EÉ]RANT|Considérant|ARTICLE|Article|D[EÉ]CIDE|D[EÉ]LIB[EÈ]RE|APR[EÈ]S)[ ,:]`)
	enumerat = lazily(`^(?:\d{1,2}(?:\.\d{1,2})*[.)°]|[a-z]\)|[IVX]{1,5}[.)]|[A-Z][.)])\s`)
)

var (
	// rollLine opens a part of the attendance; memberLine names somebody, and begins a line of
	// its own where the one before ends with what somebody is or with whom they gave their vote to.
	rollLine   = lazily(`^(?:A été (?:élue?|nommée?|désignée?) secrétaire|(?:(?:É|E)taient |Sont )?(?:[Pp]résente?s?|[Aa]bsente?s?(?: excusée?s?)?|[Ee]xcusée?s?)\s*:|Date d[’']affichage|Convocation\s*:)`)
	memberLine = lazily(`^` + civilities + `\s+\p{Lu}`)
	givesProxy = lazily(`(?i)(?:pouvoir|procuration)(?: donnée?)? à ` + civilities + `\s+` + nameWords + `$`)
)

// starts says that a line begins a block of its own.
func (b *pageBlocks) starts(above, row textRow, s shape) bool {
	last := &b.list[len(b.list)-1]
	text, first := pieceText(row.pieces), row.pieces[0]
	gap := row.top - above.top
	ended := lineEnds(last.text)
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, "«“\"( "))
	switch {
	case last.text == "", row.size > above.size+0.8, above.size > row.size+0.8 && above.size > b.body+0.8:
		return true
	case strings.HasSuffix(last.text, "-") && unicode.IsLower(next):
		return false
	case s.leading > 0 && gap > 1.3*s.leading && gap > 1.5*row.size:
		return true
	case ended && actWord.MatchString(text):
		return true
	case bullet.MatchString(text), enumerat.MatchString(text) && (allBold(row) || ended && (gap > 1.08*s.leading || s.right-above.right > 0.1*(s.right-s.left))):
		return true // « Contre : » at the end of a full line goes on with « 18. »
	case allBold(above) && !allBold(row) && sameSize(above, row) && gap < 1.15*s.leading && strings.HasSuffix(last.text, "."):
		return false // a run-in heading that fills its line
	case allBold(row) != allBold(above):
		// A bold run-in heading that wraps goes on in a line that begins in bold.
		return !(allBold(above) && first.Bold && sameSize(above, row))
	case first.Bold && !allBold(row) && ended:
		return true
	case rollLine.MatchString(text), memberLine.MatchString(text) && memberLine.MatchString(last.text) &&
		s.right-above.right > 0.05*(s.right-s.left) && (officeBefore.MatchString(last.text+" ") || givesProxy.MatchString(last.text)):
		return true // a list of members, line by line
	case row.left > s.left+8 && above.left < s.left+4 && ended:
		return true
	case row.left < above.left-8 && last.kind == KindItem && ended:
		return true
	}
	missing := (s.right - above.right) / max(s.right-s.left, 1)
	return missing > 0.22 && ended && !unicode.IsLower(next) || missing > 0.3 && unicode.IsUpper(next)
}

// goesOn says that the first line of a stretch goes on with what the last one left open.
func (b *pageBlocks) goesOn(row textRow) bool {
	n := len(b.list) - 1
	if n < 0 || !b.list[n].open || b.list[n].kind == KindHeading || b.list[n].kind == KindRow {
		return false
	}
	last := &b.list[n]
	if last.text == "" {
		return false // a line of signs that show nothing
	}
	text := pieceText(row.pieces)
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, "«“\"( "))
	if strings.HasSuffix(last.text, "-") {
		return true
	}
	if !sameSize(last.rows[len(last.rows)-1], row) || row.pieces[0].Bold || bullet.MatchString(text) {
		return false
	}
	switch last.text[len(last.text)-1] {
	case ';':
		return !actWord.MatchString(text)
	case ':':
		return unicode.IsLower(next) || unicode.IsDigit(next)
	}
	if lineEnds(last.text) {
		return false
	}
	return unicode.IsLower(next) || unicode.IsDigit(next) || strings.HasSuffix(last.text, ",") || len(last.text) > 60
}

func sameSize(a, b textRow) bool { return a.size-b.size < 0.8 && b.size-a.size < 0.8 }

func lineEnds(text string) bool {
	text = strings.TrimRight(text, " »”\")")
	return text == "" || strings.ContainsAny(text[len(text)-1:], ".!?:;") || strings.HasSuffix(text, "…")
}

// allBold passes over bullets and dashes, which come from another font.
func allBold(r textRow) bool {
	return slices.ContainsFunc(r.pieces, func(l Line) bool { return l.Bold }) &&
		!slices.ContainsFunc(r.pieces, func(l Line) bool { return !l.Bold && hasWord(l.Text) })
}

func hasWord(text string) bool {
	return strings.ContainsFunc(text, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) })
}

// begin opens a block with a line.
func (b *pageBlocks) begin(row textRow, at Locator) {
	if n := len(b.list) - 1; n >= 0 {
		b.list[n].open = b.list[n].kind != KindRow
	}
	text := pieceText(row.pieces)
	block := pageBlock{kind: KindParagraph, text: text, size: row.size, marks: []Mark{{0, at}}, rows: []textRow{row}, open: true}
	if m := bullet.FindString(text); m != "" && len(text) > len(m) {
		block.kind = KindItem
		block.text = text[len(m):]
	}
	block.lead = leadOfRow(row, block.text)
	b.list = append(b.list, block)
}

// leadOfRow is how many bytes of the text the bold pieces at the start of a row make.
func leadOfRow(row textRow, text string) int {
	n := 0
	bold := false
	for n < len(row.pieces) && (row.pieces[n].Bold || !hasWord(row.pieces[n].Text)) {
		bold = bold || row.pieces[n].Bold
		n++
	}
	if !bold {
		return 0
	}
	return min(len(pieceText(row.pieces[:n])), len(text))
}

// extend adds a line to the last block.
func (b *pageBlocks) extend(row textRow, at Locator) {
	last := &b.list[len(b.list)-1]
	line := pieceText(row.pieces)
	wasBold := last.lead > 0 && last.lead >= len(last.text)
	before := last.text
	last.text = joinLines(last.text, line)
	if last.marks[len(last.marks)-1].Locator.Page != at.Page {
		last.marks = append(last.marks, Mark{len(last.text) - len(line), at})
	}
	if wasBold {
		if n := leadOfRow(row, line); n > 0 {
			last.lead = len(last.text) - len(line) + n
		} else {
			last.lead = len(strings.TrimSuffix(before, "-"))
		}
	}
	last.rows = append(last.rows, row)
}

// longHeading is the most that a heading holds, in bytes.
const longHeading = 220

// isHeading says that a block is set larger than the text, or wholly in bold on few lines.
func (b *pageBlocks) isHeading(p pageBlock) bool {
	if p.kind != KindParagraph || len(p.text) > longHeading || len(p.rows) > 4 {
		return false
	}
	bold := p.lead >= len(p.text)
	if p.size >= b.body*1.15 && (bold || p.size >= b.body*1.25) {
		return true
	}
	return bold && !strings.HasSuffix(p.text, ".") && !strings.HasSuffix(p.text, ",") && !strings.HasSuffix(p.text, ":") && !strings.HasSuffix(p.text, ";")
}

// lay writes the blocks as passages.
func (b *pageBlocks) lay(origin Origin) *Reading {
	blocks := make([]block, 0, len(b.list))
	var kept []pageBlock
	for _, p := range b.list {
		if p.text == "" {
			continue
		}
		if b.isHeading(p) {
			p.kind = KindHeading
		}
		kept = append(kept, p)
		blocks = append(blocks, block{kind: p.kind, text: p.text, lead: p.lead})
	}
	r := layBlocks(origin, blocks)
	for i := range r.Passages { // one for each block: none is empty
		p := &r.Passages[i]
		p.Locator = kept[i].marks[0].Locator
		for _, m := range kept[i].marks[1:] {
			p.Marks = append(p.Marks, Mark{Offset: p.Start + min(m.Offset, p.Len()), Locator: m.Locator})
		}
	}
	return r
}

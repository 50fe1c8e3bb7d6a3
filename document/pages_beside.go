package document

import (
	"math"
	"unicode"
	"unicode/utf8"
)

const (
	besideRows  = 4    // that a column of notes has at the least
	besideWidth = 0.45 // of the page, from which what stands beside notes is running text
)

// besideText finds notes set beside running text, as the heads of municipal minutes have them:
// « en exercice : 19 », « Convocation : », to the left of « L'an deux mil huit… ». Read as a
// table, every line of the text would be cut by a note. It returns the rows from and to (not
// included) and where the text begins, in points; none when to is not greater than from.
func besideText(p Page, rows []textRow, tables []int) (int, int, float64) {
	for i := 0; i < len(rows); i++ {
		if tables[i] == 0 {
			continue
		}
		end := i
		for end < len(rows) && tables[end] == tables[i] {
			end++
		}
		if x, ok := textBeside(p, rows[i:end]); ok {
			from, to := i, end
			for from > 0 && opensBeside(rows[from-1], x) {
				from--
			}
			for to < len(rows) && rows[to].left >= x-alignment && rows[to].top-rows[to-1].bottom < 2*rows[to].size {
				to++
			}
			return from, to, x
		}
		i = end - 1
	}
	return 0, 0, 0
}

// firstIndent is how far the first line of a paragraph may be set in, in points.
const firstIndent = 60

// opensBeside says that a row holds the first note and the first line of the text beside it.
func opensBeside(r textRow, x float64) bool {
	cells := r.cells()
	if len(cells) != 2 {
		return false
	}
	note, text := cells[0], cells[1]
	return note[len(note)-1].Right < x && text[0].Left > x-alignment && text[0].Left < x+firstIndent
}

// textBeside says where running text begins beside the first cells of rows: lines, many of them
// wide, that go on in the next one.
func textBeside(p Page, rows []textRow) (float64, bool) {
	x := math.Inf(1)
	for _, r := range rows {
		if cells := r.cells(); len(cells) == 2 {
			x = min(x, cells[1][0].Left)
		}
	}
	wide, goesOn, beside := 0, 0, 0
	var above string
	for _, r := range rows {
		cells := r.cells()
		text := cells[len(cells)-1]
		if len(cells) > 2 || math.Abs(text[0].Left-x) >= alignment {
			if len(cells) > 1 {
				return 0, false
			}
			continue
		}
		beside++
		if text[len(text)-1].Right-text[0].Left > besideWidth*p.Width {
			wide++
		}
		line := pieceText(text)
		first, _ := utf8.DecodeRuneInString(line)
		if unicode.IsLower(first) || above != "" && !lineEnds(above) {
			goesOn++
		}
		above = line
	}
	return x, beside >= besideRows && wide*3 >= beside && goesOn*2 >= beside
}

// beside adds the notes, then the text beside them.
func (b *pageBlocks) beside(p Page, rows []textRow, x float64) {
	var notes, text []Line
	for _, r := range rows {
		for _, l := range r.pieces {
			if l.Left < x-alignment {
				notes = append(notes, l)
			} else {
				text = append(text, l)
			}
		}
	}
	b.shut()
	b.addPlain(p, rowsOf(notes))
	b.shut()
	b.addPlain(p, rowsOf(text))
}

// shut keeps what comes next from going on with the last block.
func (b *pageBlocks) shut() {
	if n := len(b.list) - 1; n >= 0 {
		b.list[n].open = false
	}
}

// addPlain takes rows that are no table.
func (b *pageBlocks) addPlain(p Page, rows []textRow) {
	at := Locator{Page: p.Number, Printed: p.Printed, Recognised: p.OCR}
	none := make([]int, len(rows))
	shape := shapeOf(rows, none)
	for i, row := range rows {
		if i > 0 && !b.starts(rows[i-1], row, shape) {
			b.extend(row, at)
			continue
		}
		b.begin(row, at)
		b.list[max(len(b.list)-2, 0)].open = b.list[max(len(b.list)-2, 0)].open && i > 0
	}
}

package document

import (
	"math"
	"slices"
	"strings"
)

// tableRow is a row of a table: its cells, by column, each of one or several lines.
type tableRow struct {
	cells       []string
	top, bottom float64
}

// tablesIn finds the stretches of rows that are tables: several cells a row, which begin at
// the same places. It returns for each row the number of its table, 0 for none.
func tablesIn(rows []textRow) []int {
	in := make([]int, len(rows))
	table := 0
	for i := 0; i+1 < len(rows); i++ {
		if in[i] != 0 || len(rows[i].cells()) < 2 || !aligned(rows[i], rows[i+1]) && (i+2 >= len(rows) || !aligned(rows[i], rows[i+2])) {
			continue
		}
		table++
		starts := startsOf(rows[i])
		for k := i; k < len(rows); k++ {
			cells := startsOf(rows[k])
			fits := matches(starts, cells)
			if fits == 0 && len(cells) == 1 && rows[k].right < slices.Min(starts) && rows[k].top-rows[k-1].bottom < 0.6*rows[k].size {
				fits = 1 // the first column of a head whose other cells are taller
			}
			far := k > i && rows[k].top-rows[k-1].bottom > 4*rows[k].size
			if far || fits == 0 || len(cells) > 1 && fits < 2 || len(cells) == 1 && rows[k].right-rows[k].left > 0.6*widthOf(rows[i:k]) {
				break
			}
			in[k] = table
			for _, s := range cells {
				if matches(starts, []float64{s}) == 0 {
					starts = append(starts, s)
				}
			}
		}
	}
	return in
}

// alignment is how far two cells of a column may begin apart, in points.
const alignment = 4

func startsOf(r textRow) []float64 {
	var starts []float64
	for _, c := range r.cells() {
		starts = append(starts, c[0].Left)
	}
	return starts
}

func matches(starts, cells []float64) int {
	n := 0
	for _, c := range cells {
		if slices.ContainsFunc(starts, func(s float64) bool { return math.Abs(s-c) < alignment }) {
			n++
		}
	}
	return n
}

// aligned says that two rows hold cells that begin at the same places, two at least.
func aligned(a, b textRow) bool {
	return len(b.cells()) >= 2 && matches(startsOf(a), startsOf(b)) >= 2
}

func widthOf(rows []textRow) float64 {
	left, right := math.Inf(1), math.Inf(-1)
	for _, r := range rows {
		left, right = min(left, r.left), max(right, r.right)
	}
	return right - left
}

// tableRows joins the lines of a table to rows: a line without a first cell, or close below
// a row that has none yet, goes on with the row above.
func tableRows(rows []textRow) []tableRow {
	var columns []float64
	for _, r := range rows {
		for _, s := range startsOf(r) {
			if matches(columns, []float64{s}) == 0 {
				columns = append(columns, s)
			}
		}
	}
	slices.Sort(columns)
	var list []tableRow
	for _, r := range rows {
		cells := make([]string, len(columns))
		for _, c := range r.cells() {
			at := nearestColumn(columns, c[0].Left)
			cells[at] = joinLines(cells[at], pieceText(c))
		}
		n := len(list) - 1
		if n >= 0 && cellGoesOn(list[n], cells, r) {
			for i, c := range cells {
				list[n].cells[i] = joinLines(list[n].cells[i], c)
			}
			list[n].bottom = r.bottom
			continue
		}
		list = append(list, tableRow{cells, r.top, r.bottom})
	}
	return list
}

func nearestColumn(columns []float64, x float64) int {
	best := 0
	for i, c := range columns {
		if math.Abs(c-x) < math.Abs(columns[best]-x) {
			best = i
		}
	}
	return best
}

// cellGoesOn says that a line of a table belongs to the row above it.
func cellGoesOn(above tableRow, cells []string, r textRow) bool {
	close := r.top-above.bottom < 0.6*r.size
	if !close {
		return false
	}
	alone := strings.Join(cells[1:], "") == ""
	return cells[0] == "" || above.cells[0] == "" || alone && r.top-above.bottom < 0.4*r.size
}

// pieceText joins the pieces of a cell or of a line.
func pieceText(pieces []Line) string {
	var b strings.Builder
	for i, p := range pieces {
		if i > 0 && p.Left-pieces[i-1].Right > 0.12*p.Size && !strings.HasSuffix(pieces[i-1].Text, " ") {
			b.WriteByte(' ')
		}
		b.WriteString(p.Text)
	}
	return fold(b.String())
}

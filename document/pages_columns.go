package document

import (
	"cmp"
	"slices"
)

// gutterOf is where the pages part into two columns, in points from the left; 0 when they
// do not. Most pages have to agree.
func gutterOf(pages []Page) float64 {
	count, full := map[int]int{}, 0
	for _, p := range pages {
		if len(p.Lines) < 12 {
			continue
		}
		full++
		if x := pageGutter(p); x > 0 {
			count[int(x)]++
		}
	}
	best, near := 0, 0
	for x := range count {
		n := 0
		for y, c := range count {
			if y-x < 12 && x-y < 12 {
				n += c
			}
		}
		if n > near || n == near && x < best {
			best, near = x, n
		}
	}
	if near*2 < full || near == 0 {
		return 0
	}
	return float64(best)
}

// pageGutter is the middle of the widest strip that the fewest lines of a page cross, when
// running text stands on both sides of it. Titles may cross; one line in five at the most.
func pageGutter(p Page) float64 {
	best, width, fewest := 0.0, 0.0, len(p.Lines)/5
	from, count := -1.0, 0
	end := func(x float64) {
		if from >= 0 && (count < fewest || count == fewest && x-from > width) {
			best, width, fewest = (from+x)/2, x-from, count
		}
	}
	for x := 0.3 * p.Width; x <= 0.7*p.Width; x++ {
		crossing := 0
		for _, l := range p.Lines {
			if l.Left < x && l.Right > x {
				crossing++
			}
		}
		if crossing != count || from < 0 {
			end(x)
			from, count = x, crossing
		}
	}
	end(0.7 * p.Width)
	if best == 0 {
		return 0
	}
	left, right := sideOf(p, 0, best), sideOf(p, best, p.Width)
	if len(left) < 5 || len(right) < 4 || typicalWidth(left) < 0.24*p.Width || typicalWidth(right) < 0.2*p.Width {
		return 0 // cells of a table are shorter than lines of a column
	}
	return best
}

func sideOf(p Page, from, to float64) []Line {
	var side []Line
	for _, l := range p.Lines {
		if l.Left >= from-2 && l.Right <= to+2 {
			side = append(side, l)
		}
	}
	return side
}

// typicalWidth is the median width of the rows that lines make.
func typicalWidth(lines []Line) float64 {
	var widths []float64
	for _, r := range rowsOf(lines) {
		widths = append(widths, r.right-r.left)
	}
	slices.Sort(widths)
	return widths[len(widths)/2]
}

// columnsOf parts the lines of a page into stretches in reading order: between lines that
// cross the gutter, the left column comes before the right one.
func columnsOf(p Page, gutter float64) [][]Line {
	lines := slices.Clone(p.Lines)
	slices.SortStableFunc(lines, func(a, b Line) int { return cmp.Or(cmp.Compare(a.Top, b.Top), cmp.Compare(a.Left, b.Left)) })
	if gutter == 0 {
		return [][]Line{lines}
	}
	var stretches [][]Line
	var left, right, across []Line
	flush := func() {
		for _, part := range []*[]Line{&across, &left, &right} {
			if len(*part) > 0 {
				stretches = append(stretches, *part)
				*part = nil
			}
		}
	}
	for _, l := range lines {
		switch {
		case l.Left < gutter-2 && l.Right > gutter+2:
			if len(left)+len(right) > 0 {
				flush()
			}
			across = append(across, l)
		case l.Right <= gutter+2:
			left = append(left, l)
		default:
			right = append(right, l)
		}
	}
	flush()
	return stretches
}

// textRow is what stands on one base line of a column.
type textRow struct {
	pieces                   []Line
	left, top, right, bottom float64
	size                     float64
}

// rowsOf groups lines by their base line, from the top down.
func rowsOf(lines []Line) []textRow {
	lines = slices.Clone(lines)
	slices.SortStableFunc(lines, func(a, b Line) int { return cmp.Or(cmp.Compare(a.Top, b.Top), cmp.Compare(a.Left, b.Left)) })
	var rows []textRow
	for _, l := range lines {
		if n := len(rows) - 1; n >= 0 && onRow(rows[n], l) {
			rows[n].take(l)
			continue
		}
		rows = append(rows, textRow{pieces: []Line{l}, left: l.Left, top: l.Top, right: l.Right, bottom: l.Bottom, size: l.Size})
	}
	for i := range rows {
		slices.SortStableFunc(rows[i].pieces, func(a, b Line) int { return cmp.Compare(a.Left, b.Left) })
	}
	return rows
}

// onRow says that a line shares the height of a row, and stands beside what is there.
func onRow(r textRow, l Line) bool {
	shared := min(r.bottom, l.Bottom) - max(r.top, l.Top)
	if shared < 0.45*min(r.bottom-r.top, l.Bottom-l.Top) {
		return false
	}
	for _, p := range r.pieces {
		if min(p.Right, l.Right)-max(p.Left, l.Left) > 0.3*l.Size {
			return false
		}
	}
	return true
}

func (r *textRow) take(l Line) {
	r.pieces = append(r.pieces, l)
	r.left, r.right = min(r.left, l.Left), max(r.right, l.Right)
	r.top, r.bottom = min(r.top, l.Top), max(r.bottom, l.Bottom)
	r.size = max(r.size, l.Size)
}

// cellGap is the gap between two pieces from which they may be cells, in sizes of the letters.
const cellGap = 1.1

// cells are the pieces of a row parted at its gaps.
func (r textRow) cells() [][]Line {
	var cells [][]Line
	for i, p := range r.pieces {
		if i == 0 || p.Left-r.pieces[i-1].Right > cellGap*p.Size {
			cells = append(cells, nil)
		}
		cells[len(cells)-1] = append(cells[len(cells)-1], p)
	}
	return cells
}

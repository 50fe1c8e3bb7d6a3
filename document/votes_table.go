package document

import (
	"strings"
)

// voteColumn is what one column of a table of votes holds.
var voteColumns = lazily(`(?i)\b(pour|contre|abst(?:entions?|\.)?|votants|n['’](?:ont|a) pas pris part|nppv|ne prenn?(?:d|ent) pas part|non[- ]participation|refus de vote)`)

// isVoteHead says that a line names the columns of a table of votes.
func isVoteHead(text string) bool {
	if len(text) > 200 || len(talliesIn(text)) > 0 {
		return false
	}
	seen := map[position]bool{}
	for _, m := range voteColumns.FindAllString(text, -1) {
		seen[columnOf(m)] = true
	}
	return seen[voteFor] && seen[voteAgainst]
}

func columnOf(word string) position {
	if strings.HasPrefix(strings.ToLower(word), "abst") {
		return voteAbstain
	}
	return positionOf(word)
}

// voteRow is the head of the row and its numbers in the order of the columns.
type voteRow struct {
	span   Span
	head   string
	counts []*int
	tail   string
}

var (
	rowNumber = lazily(`^(\d{1,4}|[–—-]|néant)(?:\s|$|\s*\()`)
	rowCells  = lazily(`\s+;\s+|\s*\|\s*|\t`)
)

// readRow parts a row, printed with cells or with spaces, into its words and its numbers.
func readRow(text string, columns int) (voteRow, bool) {
	cells := rowCells.Split(text, -1)
	if counts, only := onlyCounts(cells, columns); only {
		return voteRow{counts: counts}, true
	}
	if len(cells) >= 2 {
		var row voteRow
		for _, cell := range cells {
			cell = strings.TrimSpace(cell)
			n, isNumber := cellCount(cell)
			switch {
			case isNumber && (row.head != "" && len(row.counts) < columns):
				row.counts = append(row.counts, n)
			case len(row.counts) == 0:
				row.head = strings.TrimSpace(row.head + " " + cell)
			default:
				row.tail = strings.TrimSpace(row.tail + " " + cell)
			}
		}
		return row, len(row.counts) >= 2
	}
	words := strings.Fields(text)
	for first := 0; first+1 < len(words); first++ {
		var counts []*int
		i := first
		for ; i < len(words) && len(counts) < columns; i++ {
			n, ok := cellCount(words[i])
			if !ok {
				break
			}
			counts = append(counts, n)
		}
		if len(counts) >= 2 && (len(counts) == columns || i == len(words)) && first > 0 {
			return voteRow{head: strings.Join(words[:first], " "), counts: counts, tail: strings.Join(words[i:], " ")}, true
		}
	}
	return voteRow{}, false
}

// onlyCounts reads a row that has a number for each column and no words: that of a table
// below what it was voted on.
func onlyCounts(cells []string, columns int) ([]*int, bool) {
	if len(cells) != columns || columns < 2 {
		return nil, false
	}
	counts := make([]*int, 0, columns)
	for _, cell := range cells {
		n, ok := cellCount(strings.TrimSpace(cell))
		if !ok {
			return nil, false
		}
		counts = append(counts, n)
	}
	return counts, true
}

// cellCount reads a cell: a number, or a dash for none stated.
func cellCount(cell string) (*int, bool) {
	if m := rowNumber.FindStringSubmatch(cell + " "); m != nil {
		if n, ok := readCount(m[1]); ok {
			return &n, true
		}
		return nil, true
	}
	return nil, cell == ""
}

// table reads the rows under a head, and returns the index of the last of them. A table
// with a total, or whose rows are groups, is one vote; any other has a vote a row.
func (v *voteReader) table(at int) int {
	head := v.r.Passages[at].In(v.r.Text)
	var columns []position
	for _, m := range voteColumns.FindAllString(head, -1) {
		columns = append(columns, columnOf(m))
	}
	var rows []voteRow
	last := at
	for i := at + 1; i < len(v.r.Passages); i++ {
		p := v.r.Passages[i]
		row, ok := readRow(p.In(v.r.Text), len(columns))
		if !ok {
			if brokenRow(p.In(v.r.Text)) && i-last < 3 {
				continue // a name that the page breaks over two lines
			}
			break
		}
		row.span = p.Span
		rows = append(rows, row)
		last = i
	}
	if len(rows) == 0 {
		return at
	}
	if total, ok := totalOf(rows); ok {
		v.groupTable(at, rows, total, columns)
		return last
	}
	for _, row := range rows {
		v.rowVote(at, row, columns)
	}
	return last
}

func brokenRow(text string) bool { return len(text) < 40 && !strings.HasSuffix(text, ".") }

// totalOf returns the row of totals; a table of groups without one is summed.
func totalOf(rows []voteRow) (voteRow, bool) {
	for _, row := range rows {
		if strings.HasPrefix(plain(row.head), "total") || strings.HasPrefix(plain(row.head), "ensemble") {
			return row, true
		}
	}
	groups := 0
	for _, row := range rows {
		if strings.HasPrefix(plain(row.head), "groupe ") {
			groups++
		}
	}
	if groups < len(rows) || groups < 2 {
		return voteRow{}, false
	}
	sum := voteRow{span: rows[0].span, counts: make([]*int, len(rows[0].counts))}
	for _, row := range rows {
		for i, n := range row.counts {
			if n != nil && i < len(sum.counts) {
				if sum.counts[i] == nil {
					sum.counts[i] = new(int)
				}
				*sum.counts[i] += *n
			}
		}
	}
	return sum, true
}

func (v *voteReader) groupTable(at int, rows []voteRow, total voteRow, columns []position) {
	p := v.r.Passages[at]
	vote := Vote{Span: Span{Start: p.Start, End: total.span.End}, Complete: true}
	vote.fill(total, columns)
	for _, row := range rows {
		if row.head == total.head {
			continue
		}
		for i, n := range row.counts {
			if n != nil && *n > 0 && i < len(columns) {
				vote.Groups = append(vote.Groups, GroupVote{Name: row.head, Position: string(columns[i]), Count: n})
			}
		}
	}
	if vote.Span.End < rows[len(rows)-1].span.End {
		vote.Span.End = rows[len(rows)-1].span.End
	}
	vote.Item = v.headingOf(p)
	v.keep(vote)
}

func (v *voteReader) rowVote(at int, row voteRow, columns []position) {
	vote := Vote{Span: row.span, Item: row.head, Complete: true}
	vote.fill(row, columns)
	if row.head == "" {
		vote.Item = v.headingOf(v.r.Passages[at])
	}
	vote.decide(row.tail)
	if vote.For == nil && vote.Against == nil && vote.Abstain == nil {
		return // « Prend acte »: nothing was voted
	}
	if m := collegeOf.FindStringSubmatch(row.head); m != nil {
		vote.College, vote.Item = strings.ToLower(m[1]), v.headingOf(v.r.Passages[at])
	}
	if vote.Result == "" {
		switch plain(firstWord(row.tail)) {
		case "favorable":
			vote.Result = "favorable"
		case "defavorable":
			vote.Result = "défavorable"
		}
	}
	v.keep(vote)
}

func (vote *Vote) fill(row voteRow, columns []position) {
	for i, n := range row.counts {
		if n == nil || i >= len(columns) {
			continue
		}
		vote.count(tally{position: columns[i], count: *n})
	}
}

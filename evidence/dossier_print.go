package evidence

import (
	"unicode/utf8"
)

// printedSizes are the sizes of type in which a pair is printed, by the class of the page's style
// that sets them. Below the last nobody reads: what does not fit then goes on a second page.
var printedSizes = []struct {
	class  string
	points float64
}{{"", 9.6}, {"small", 8.8}, {"smaller", 8.1}, {"smallest", 7.4}}

// An A4 within the page's margins, in points, and the type of the style: height of a line and
// width of a letter, in its size. The letter is a wide one (DejaVu), with some room.
const (
	printedHeight = 768.0
	printedWidth  = 516.0
	lineHeight    = 1.28
	letterWidth   = 0.56
)

// printedType is the class of the largest type in which every pair of a dossier fits on one A4;
// the smallest when none is small enough.
func printedType(d Dossier) string {
	for _, size := range printedSizes {
		fits := true
		for i, p := range d.Pairs {
			lines := printedLines(p, size.points)
			if i == len(d.Pairs)-1 {
				lines += 3.5 + float64(len(d.Originals))*max(.85, 7/size.points)
			}
			fits = fits && lines*size.points*lineHeight <= printedHeight
		}
		if fits {
			return size.class
		}
	}
	return printedSizes[len(printedSizes)-1].class
}

// printedLines is about how many lines a pair takes on paper.
func printedLines(p DossierPair, points float64) float64 {
	row := int(printedWidth / points / letterWidth)
	column := row/2 - 2
	l := p.Link
	said := 3 + wrapped(column, l.Claim.Speaker+l.Claim.Function) + wrapped(column, p.Title+p.Body+"1er septembre 2026, page 12") +
		wrapped(column, l.Claim.Before) + wrapped(column-4, l.Claim.Quote)*1.1 + wrapped(column, l.Claim.After) + wrapped(column, l.Claim.URL)
	written := 2.0
	if l.Absence != nil {
		written += 3 + float64(len(l.Absence.Missing))
		for _, m := range l.Absence.Read {
			written += wrapped(column-4, m.Title+"1er septembre 2026 — ")
		}
	} else {
		for _, e := range l.Evidence {
			written += 1 + wrapped(column, e.Title+e.Body) + 1 + wrapped(column, e.Before) + wrapped(column-4, e.Quote)*1.1 + wrapped(column, e.After) + wrapped(column, e.URL)
		}
	}
	lines := 13 + max(said, written) + float64(len(Chronology(p.Pair)))*.9
	for _, r := range l.Reasons {
		lines += wrapped(row-4, r.Text+r.Rule)
	}
	if l.Support != nil {
		lines += 2 + wrapped(row, l.Support.Title+l.Support.Quote+l.Support.URL+"1er septembre 2026, page 12")
	}
	for _, n := range p.Replies {
		lines += 1.5 + wrapped(row-4, n.Text)*1.1
	}
	for _, n := range p.Corrections {
		lines += wrapped(row, n.Text+"Rectification du 1er septembre 2026 : ")
	}
	for _, w := range p.Earlier {
		all := "Publié ainsi du 1er septembre 2026 au 30 septembre 2026 : "
		for _, line := range w.Lines {
			all += line + " "
		}
		lines += wrapped(row, all)
	}
	for _, v := range p.Verdicts {
		lines += wrapped(row-4, v.Reviewer+v.Reason+v.Note+"1er septembre 2026 — : "+StatusNames[v.Decision])
	}
	return lines
}

// wrapped is how many lines a text takes that breaks before so many letters.
func wrapped(letters int, text string) float64 {
	n := utf8.RuneCountInString(text)
	return float64((n + letters - 1) / letters)
}

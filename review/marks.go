package review

import (
	"slices"
	"sort"
	"unicode"
	"unicode/utf8"

	"contredit/claims"
)

// piece is a stretch of a quote, and the numbers of the reasons that rest on it (from 1).
// Pieces put end to end are the quote, byte for byte.
type piece struct {
	Text    string
	Reasons []int
	Ends    []int // of them, those whose words end with this piece
}

// Tone is which of four tints a piece has: that of its first reason, on both sides.
func (p piece) Tone() int {
	if len(p.Reasons) == 0 {
		return 0
	}
	return (p.Reasons[0]-1)%4 + 1
}

// numbered is a span and the reason that it belongs to.
type numbered struct {
	span   claims.Span
	reason int
}

// pieces cuts a quote where marks begin and end. A mark outside the quote, or inside a
// character, is left out: the quote matters more.
func pieces(quote string, marks []numbered) []piece {
	cuts := []int{0, len(quote)}
	kept := marks[:0:0]
	for _, m := range marks {
		if m.span.Start < 0 || m.span.End > len(quote) || m.span.Start >= m.span.End || !boundary(quote, m.span.Start) || !boundary(quote, m.span.End) {
			continue
		}
		m.span = wholeWords(quote, m.span)
		kept = append(kept, m)
		cuts = append(cuts, m.span.Start, m.span.End)
	}
	sort.Ints(cuts)
	cuts = slices.Compact(cuts)
	var all []piece
	for i := 0; i+1 < len(cuts); i++ {
		p := piece{Text: quote[cuts[i]:cuts[i+1]]}
		for _, m := range kept {
			if m.span.Start <= cuts[i] && cuts[i+1] <= m.span.End {
				p.Reasons = append(p.Reasons, m.reason)
				if m.span.End == cuts[i+1] {
					p.Ends = append(p.Ends, m.reason)
				}
			}
		}
		slices.Sort(p.Reasons)
		p.Reasons = slices.Compact(p.Reasons)
		slices.Sort(p.Ends)
		p.Ends = slices.Compact(p.Ends)
		all = append(all, p)
	}
	return all
}

// wholeWords widens a span to the words that it begins and ends in: a mark that ends after « consult »
// in « consultés » reads like a mistake.
func wholeWords(quote string, s claims.Span) claims.Span {
	inner, size := utf8.DecodeRuneInString(quote[s.Start:])
	for size > 0 && ofWord(inner) {
		before, width := utf8.DecodeLastRuneInString(quote[:s.Start])
		if width == 0 || !ofWord(before) {
			break
		}
		s.Start -= width
	}
	for inner, _ = utf8.DecodeLastRuneInString(quote[:s.End]); ofWord(inner); {
		after, width := utf8.DecodeRuneInString(quote[s.End:])
		if width == 0 || !ofWord(after) {
			break
		}
		s.End += width
	}
	return s
}

func ofWord(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.Is(unicode.Mn, c)
}

func boundary(s string, at int) bool { return at == len(s) || s[at]&0xC0 != 0x80 }

// claimPieces marks in the claim what the reasons rest on.
func claimPieces(l claims.Link) []piece {
	var marks []numbered
	for i, r := range l.Reasons {
		marks = append(marks, numbered{r.ClaimSpan, i + 1})
	}
	return pieces(l.Claim.Quote, marks)
}

// evidencePieces marks in one piece of evidence what the reasons rest on.
func evidencePieces(l claims.Link, evidence int) []piece {
	var marks []numbered
	for i, r := range l.Reasons {
		if r.Evidence == evidence {
			marks = append(marks, numbered{r.EvidenceSpan, i + 1})
		}
	}
	return pieces(l.Evidence[evidence].Quote, marks)
}

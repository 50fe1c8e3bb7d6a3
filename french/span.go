// Package french analyses French administrative prose: sentences, lemmas, figures,
// dates, persons, bodies, polarity, modality and quantifiers. Every function is pure and
// returns spans in bytes of the text it was given. What the words mean for a council
// (claims, contradictions) is left to package claims.
package french

// Span is a stretch of text, in bytes, end excluded.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// In returns the stretch of text that the span covers.
func (s Span) In(text string) string { return text[s.Start:s.End] }

// Len is the length in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Contains says whether o lies inside s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps says whether the two spans share at least one byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Shift moves the span by n bytes.
func (s Span) Shift(n int) Span { return Span{Start: s.Start + n, End: s.End + n} }

package claims

import "math/bits"

// participationScale is the table that names the rungs.
const participationScale = "participation"

// Rungs are the rungs of the ladder of participation, the lowest first.
func Rungs() []string {
	for _, s := range frameWords().scales {
		if s.name == participationScale {
			return append([]string(nil), s.values...)
		}
	}
	return nil
}

// Rung is the highest rung of participation that the sentence says was reached, an index of
// Rungs, and the words that say so. False when it says none, leaves several open, or only wishes or plans one.
func (a *Assertion) Rung() (rung int, words Span, said bool) {
	best := -1
	for _, f := range a.frames.list {
		// « N'a jamais été consulté » leaves « informé » and « rien » open: it reaches no rung.
		if f.key != participationScale || bits.OnesCount16(f.mask) != 1 || f.modality.Has(irrealis) {
			continue
		}
		if top := bits.Len16(f.mask) - 1; top > best {
			best, words = top, Span{Start: f.span.Start, End: f.span.End}
		}
	}
	return best, words, best >= 0
}

package document

import (
	"hash/fnv"
	"slices"

	"contredit/french"
)

// Print is what a reading's words look like from afar: the hashes of its paragraphs, sorted.
type Print []uint64

// leastWords is how long a paragraph must be to count: « Lire la suite » stands everywhere.
const leastWords = 6

// PrintOf makes the print of a reading. Case, accents, quotation marks and spaces do not count.
func PrintOf(r *Reading) Print {
	var hashes Print
	for _, p := range r.Passages {
		if p.Kind == KindHeading {
			continue
		}
		h := fnv.New64a()
		words := 0
		for _, t := range french.Words(p.In(r.Text)) {
			h.Write([]byte(t))
			h.Write([]byte{' '})
			words++
		}
		if words >= leastWords {
			hashes = append(hashes, h.Sum64())
		}
	}
	slices.Sort(hashes)
	return slices.Compact(hashes)
}

// Same says whether two prints are of the same text under two addresses: at least nine
// paragraphs in ten of the longer one are shared.
func (a Print) Same(b Print) bool {
	longer := max(len(a), len(b))
	if longer == 0 {
		return false
	}
	shared := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			shared, i, j = shared+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return shared*10 >= longer*9
}

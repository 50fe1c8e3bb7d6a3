package claims

import (
	"encoding/binary"
	"math"
	"slices"
)

// postings are the sentences that use a word: how far each is from the one before, and twice
// how often it stands there, as variable-length numbers. Most take two bytes.
type postings struct {
	packed []byte
	last   int32 // sentence entered last
	count  int32
}

// add enters a sentence, which comes after all that were entered; n is a multiple of a half.
func (p *postings) add(sentence int32, n float64) {
	gap := sentence - p.last
	if p.count == 0 {
		gap = sentence
	}
	if len(p.packed)+2*binary.MaxVarintLen32 > cap(p.packed) {
		// A quarter more at a time: doubling would leave half of the memory empty.
		p.packed = slices.Grow(p.packed, 2*binary.MaxVarintLen32+len(p.packed)/4)
	}
	p.packed = binary.AppendUvarint(p.packed, uint64(gap))
	p.packed = binary.AppendUvarint(p.packed, uint64(math.Round(2*n)))
	p.last = sentence
	p.count++
}

// each calls f with every sentence in order, and how often the word counts in it.
func (p *postings) each(f func(sentence int32, n float64)) {
	sentence := int32(0)
	for at := 0; at < len(p.packed); {
		gap, n := binary.Uvarint(p.packed[at:])
		at += n
		twice, n := binary.Uvarint(p.packed[at:])
		at += n
		sentence += int32(gap)
		f(sentence, float64(twice)/2)
	}
}

// recent keeps what was made last: a young and an old generation of so many; when the young
// one is full, it becomes the old one.
type recent[V any] struct {
	most       int // of a generation
	young, old map[int]V
}

func (r *recent[V]) peek(key int) (V, bool) {
	if v, ok := r.young[key]; ok {
		return v, true
	}
	v, ok := r.old[key]
	return v, ok
}

func (r *recent[V]) get(key int, fresh func() V) V {
	if v, ok := r.young[key]; ok {
		return v
	}
	v, ok := r.old[key]
	if !ok {
		v = fresh()
	}
	if r.young == nil || len(r.young) >= r.most {
		r.old, r.young = r.young, map[int]V{}
	}
	r.young[key] = v
	return v
}

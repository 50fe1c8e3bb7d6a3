package claims

import (
	"encoding/binary"
	"math"
	"slices"
)

// postings are the sentences that use a word: how far each is from the one before, and twice how
// often the word counts there. Both share a variable-length number: its last two bits are that
// count, or 0 when it stands behind in a number of its own. Most take one or two bytes.
type postings struct {
	packed []byte
	last   int32 // sentence entered last
	count  int32
}

// countBits are the bits of a packed number that hold how often a word counts.
const countBits = 2

// add enters a sentence, which comes after all that were entered; n is a multiple of a half.
func (p *postings) add(sentence int32, n float64) {
	gap, twice := uint64(sentence-p.last), uint64(math.Round(2*n))
	var room [2 * binary.MaxVarintLen32]byte
	next := room[:0]
	if twice < 1<<countBits {
		next = binary.AppendUvarint(next, gap<<countBits|twice)
	} else {
		next = binary.AppendUvarint(binary.AppendUvarint(next, gap<<countBits), twice)
	}
	if len(p.packed)+len(next) > cap(p.packed) {
		// A quarter more at a time: doubling, as append does it, would leave half of the memory empty.
		p.packed = append(slices.Grow([]byte(nil), len(p.packed)+len(next)+len(p.packed)/4), p.packed...)
	}
	p.packed = append(p.packed, next...)
	p.last = sentence
	p.count++
}

// next reads the posting that begins at a byte of packed: the sentence after the given one, twice how
// often the word counts in it, and where the next posting begins.
func (p *postings) next(at int, sentence int32) (next int, of int32, twice uint64) {
	v := uint64(p.packed[at])
	if at++; v >= 0x80 {
		v &= 0x7f
		for shift := 7; ; shift += 7 {
			b := p.packed[at]
			at++
			v |= uint64(b&0x7f) << shift
			if b < 0x80 {
				break
			}
		}
	}
	sentence += int32(v >> countBits)
	if v &= 1<<countBits - 1; v == 0 {
		twice, n := binary.Uvarint(p.packed[at:])
		return at + n, sentence, twice
	}
	return at, sentence, v
}

// each calls f with every sentence in order, and how often the word counts in it.
func (p *postings) each(f func(sentence int32, n float64)) {
	sentence, twice := int32(0), uint64(0)
	for at := 0; at < len(p.packed); {
		at, sentence, twice = p.next(at, sentence)
		f(sentence, float64(twice)/2)
	}
}

// wordPostings are postings by the number of a word, for what few words are asked of.
type wordPostings map[int32]postings

func (w wordPostings) add(word, id int32, n float64) {
	list := w[word]
	list.add(id, n)
	w[word] = list
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

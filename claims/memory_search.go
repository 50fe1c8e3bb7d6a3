package claims

import (
	"cmp"
	"slices"
)

// hit is a record sentence that may speak of what a claim speaks of.
type hit struct {
	sentence   int
	record     int
	rank       float64 // BM25
	neighbours float64 // rank of the better one of the sentences beside it
	document   float64 // mean rank of the three best sentences of its document
}

// Parameters of BM25 (Robertson & Zaragoza 2009), their usual values.
const (
	saturation = 1.2
	lengthPull = 0.6
)

// query is what to look for: stems, each with how much it counts.
type query map[string]float64

// queryOf asks for the words of the claim, then those that mean about the same, then those
// around it.
func queryOf(a *Assertion) query {
	q, own := query{}, map[string]bool{}
	for _, t := range a.Terms {
		if !t.Stop {
			q[t.Stem], own[t.Stem] = 1, true
		}
	}
	for stem, w := range widened(own) {
		q[stem] = max(q[stem], w)
	}
	weight := askedAround
	if a.frames != nil && a.frames.pronoun || len(own) < fewWords {
		weight = askedForPronoun // what it is about stands before it
	}
	for _, t := range a.Around {
		q[t.Stem] = max(q[t.Stem], weight)
	}
	return q
}

// stretch is how many sentences are reckoned at a time, or some more: their scores stay near the processor.
const stretch = 1 << 15

// cursor is a word that is looked for, and how far its postings were read.
type cursor struct {
	list     *postings
	weight   float64
	at       int
	sentence int32
}

// search returns the sentences that share the most telling words with the query, the best
// first. Every sentence that holds a word of it is reckoned: nothing is left out to be quick.
func (m *Memory) search(q query, limit int) []hit {
	if len(m.lengths) == 0 || limit <= 0 {
		return nil
	}
	stems := make([]string, 0, len(q))
	for stem := range q {
		stems = append(stems, stem)
	}
	slices.Sort(stems) // sums of floats depend on their order
	var cursors []cursor
	for _, stem := range stems {
		if number, ok := m.words[stem]; ok {
			cursors = append(cursors, cursor{list: &m.lists[number], weight: q[stem] * m.rarity(stem)})
		}
	}
	pulls := m.pulls()
	var best shortlist
	best.limit = limit
	for record := 0; record < len(m.records); {
		first, from := record, m.records[record].first
		end := from
		for record < len(m.records) && end-from < stretch {
			end += len(m.records[record].rows)
			record++
		}
		m.scores = slices.Grow(m.scores[:0], end-from)[:end-from]
		clear(m.scores)
		for i := range cursors {
			m.reckon(&cursors[i], from, end, pulls)
		}
		m.collect(&best, first, record)
	}
	return best.hits
}

// pulls are what the length of a sentence counts in BM25, by its length in halves of words.
func (m *Memory) pulls() []float64 {
	mean, list := m.total/float64(len(m.lengths)), make([]float64, int(m.longest)+1)
	for halves := range list {
		list[halves] = saturation * (1 - lengthPull + lengthPull*(float64(halves)/2)/mean)
	}
	return list
}

// reckon adds to the scores what a word counts in the sentences of a stretch that use it.
func (m *Memory) reckon(c *cursor, from, end int, pulls []float64) {
	packed := c.list.packed
	for c.at < len(packed) {
		next, sentence, twice := c.at, c.sentence, uint64(0)
		if b := packed[c.at]; b < 0x80 && b&(1<<countBits-1) != 0 { // most of them, without a call
			next, sentence, twice = next+1, sentence+int32(b>>countBits), uint64(b&(1<<countBits-1))
		} else {
			next, sentence, twice = c.list.next(next, sentence)
		}
		if int(sentence) >= end {
			return
		}
		c.at, c.sentence = next, sentence
		n := float64(twice) / 2
		m.scores[int(sentence)-from] += c.weight * n * (saturation + 1) / (n + pulls[m.lengths[sentence]])
	}
}

// shortlist holds the sentences with the highest scores, of equal ones the first.
type shortlist struct {
	limit int
	hits  []hit
	floor float64 // what a sentence has to exceed
}

func (s *shortlist) cut() {
	slices.SortFunc(s.hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.rank, a.rank), cmp.Compare(a.sentence, b.sentence))
	})
	if len(s.hits) >= s.limit {
		s.hits = s.hits[:s.limit]
		s.floor = s.hits[s.limit-1].rank
	}
}

// collect takes the best sentences of the records of a stretch, whose scores were reckoned.
func (m *Memory) collect(best *shortlist, first, end int) {
	from := m.records[first].first
	for number, rec := range m.records[first:end] {
		if rec.gone {
			continue
		}
		for i := range rec.rows {
			rank := m.scores[rec.first-from+i]
			if rank <= best.floor {
				continue
			}
			best.hits = append(best.hits, hit{sentence: rec.first + i, record: first + number, rank: rank})
			if len(best.hits) >= 2*best.limit {
				best.cut()
			}
		}
	}
	best.cut()
	for i := range best.hits {
		if h := &best.hits[i]; h.sentence >= from {
			m.surround(h, m.scores[m.records[h.record].first-from:])
		}
	}
}

// surround notes how well the sentences beside a hit and the rest of its document match; the scores
// begin with those of its document.
func (m *Memory) surround(h *hit, scores []float64) {
	rec := m.records[h.record]
	scores = scores[:len(rec.rows)]
	at := h.sentence - rec.first
	if at > 0 {
		h.neighbours = max(h.neighbours, scores[at-1])
	}
	if at+1 < len(scores) {
		h.neighbours = max(h.neighbours, scores[at+1])
	}
	var best [3]float64
	for _, s := range scores {
		for i := range best {
			if s > best[i] {
				s, best[i] = best[i], s
			}
		}
	}
	for _, s := range best {
		h.document += s / 3
	}
}

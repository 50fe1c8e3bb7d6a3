package claims

import (
	"cmp"
	"math"
	"slices"

	"contredit/document"
	"contredit/french"
)

// Memory is the index of all record sentences, in memory, rebuilt from what the store keeps.
type Memory struct {
	reader   reader
	records  []Record
	evidence []Evidence
	record   []int // of each sentence: its record
	read     []*Assertion
	postings map[string][]posting
	lengths  []float64
	total    float64
}

type posting struct {
	sentence int32
	weight   float32 // occurrences; a word of the context counts less than one of the sentence
}

// aroundWeight is what a word of the heading or of the sentences around counts.
const aroundWeight = 0.5

// askedAround is what a word around the claim counts in a search.
const askedAround = 0.2

// NewMemory returns an empty index.
func NewMemory(analyzer *french.Analyzer) *Memory {
	return &Memory{reader: reader{analyzer: analyzer}, postings: map[string][]posting{}}
}

// AddDocument enters a record. Documents are added once each, before any search.
func (m *Memory) AddDocument(doc document.Document, r *document.Reading) {
	rec := Record{Document: doc, Reading: r, Evidence: Records(doc, r, m.reader.analyzer)}
	for _, e := range rec.Evidence {
		m.add(e, len(m.records))
	}
	m.records = append(m.records, rec)
}

func (m *Memory) add(e Evidence, record int) {
	a := m.reader.evidence(e)
	counts := map[string]float64{}
	for _, t := range a.Around {
		counts[t.Stem] = aroundWeight
	}
	for _, t := range a.Terms {
		if !t.Stop {
			counts[t.Stem]++
		}
	}
	id := int32(len(m.evidence))
	length := 0.0
	for stem, n := range counts {
		m.postings[stem] = append(m.postings[stem], posting{id, float32(n)})
		length += n
	}
	m.evidence = append(m.evidence, e)
	m.record = append(m.record, record)
	m.read = append(m.read, a)
	m.lengths = append(m.lengths, length)
	m.total += length
}

// rarity is the inverse document frequency of a stem, from 0 for one that is everywhere.
func (m *Memory) rarity(stem string) float64 {
	n, df := float64(len(m.evidence)), float64(len(m.postings[stem]))
	return math.Log(1 + (n-df+0.5)/(df+0.5))
}

// hit is a record sentence that may speak of what a claim speaks of.
type hit struct {
	sentence   int
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
	for _, t := range a.Around {
		q[t.Stem] = max(q[t.Stem], askedAround)
	}
	return q
}

// search returns the sentences that share the most telling words with the query, the best
// first.
func (m *Memory) search(q query, limit int) []hit {
	if len(m.evidence) == 0 {
		return nil
	}
	stems := make([]string, 0, len(q))
	for stem := range q {
		stems = append(stems, stem)
	}
	slices.Sort(stems) // sums of floats depend on their order
	mean := m.total / float64(len(m.evidence))
	score := map[int32]float64{}
	for _, stem := range stems {
		idf := m.rarity(stem)
		for _, p := range m.postings[stem] {
			n := float64(p.weight)
			k := saturation * (1 - lengthPull + lengthPull*m.lengths[p.sentence]/mean)
			score[p.sentence] += q[stem] * idf * n * (saturation + 1) / (n + k)
		}
	}
	list := make([]hit, 0, len(score))
	for id, s := range score {
		list = append(list, hit{sentence: int(id), rank: s})
	}
	slices.SortFunc(list, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.rank, a.rank), cmp.Compare(a.sentence, b.sentence))
	})
	best := map[int][]float64{} // of each document
	for _, h := range list {
		if d := m.record[h.sentence]; len(best[d]) < 3 {
			best[d] = append(best[d], h.rank)
		}
	}
	list = list[:min(limit, len(list))]
	for i, h := range list {
		d := m.record[h.sentence]
		for _, beside := range []int{h.sentence - 1, h.sentence + 1} {
			if beside >= 0 && beside < len(m.record) && m.record[beside] == d {
				list[i].neighbours = max(list[i].neighbours, score[int32(beside)])
			}
		}
		for _, r := range best[d] {
			list[i].document += r / 3
		}
	}
	return list
}

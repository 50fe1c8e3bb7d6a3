package claims

import (
	"cmp"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/klauspost/compress/s2"

	"contredit/document"
	"contredit/french"
)

// Memory is the index of all record sentences, in memory, rebuilt from what the store keeps.
// It holds the readings, the places of their sentences and who uses which word; a sentence is
// read for the comparators when it is first a candidate, and the last ones read are kept. It
// is searched by one goroutine at a time.
type Memory struct {
	reader  reader
	records []*Record
	of      map[string]int   // record by address
	dropped int              // records that were dropped
	words   map[string]int32 // number of each stem
	lists   []postings       // of each stem
	rare    []float64        // rarity of each stem, NaN until it is asked for
	rareOf  int              // how many sentences the rarities were reckoned for
	lengths []uint16         // of each sentence, in halves of words
	longest uint16           // of lengths
	record  []int32          // of each sentence: its record
	total   float64          // of lengths, in words
	scores  []float64        // of each sentence, in the search under way
	votes   votesHeld
	// inMinutes are the records of formal meetings whose whole text uses a word, by its number: an
	// absence would else have all of them read.
	inMinutes wordPostings
	read      recent[*Assertion]
	texts     recent[string] // of records
	mutex     sync.Mutex     // of texts
}

// aroundWeight is what a word of the heading or of the sentences around counts.
const aroundWeight = 0.5

// askedAround is what a word around the claim counts in a search, and askedForPronoun where
// the claim names no subject of its own, or has few words.
const (
	askedAround     = 0.2
	askedForPronoun = 0.35
	fewWords        = 6
)

// mostRead is how many sentences of each of two generations stay read, about 7 kB each.
const mostRead = 2000

// mostTexts is how many texts of records of each of two generations stay unpacked.
const mostTexts = 200

// NewMemory returns an empty index.
func NewMemory(analyzer *french.Analyzer) *Memory {
	return &Memory{reader: reader{analyzer: analyzer}, words: map[string]int32{}, of: map[string]int{}, read: recent[*Assertion]{most: mostRead}, texts: recent[string]{most: mostTexts},
		inMinutes: wordPostings{}, votes: votesHeld{words: wordPostings{}, ready: recent[*voteCase]{most: mostVotes}}}
}

// AddDocument enters a record. One that was entered under its address is dropped first.
func (m *Memory) AddDocument(doc document.Document, r *document.Reading) {
	m.Drop(doc.URL)
	rec := newRecord(doc, r)
	rec.first = len(m.record)
	for i := range rec.rows {
		m.add(rec.evidence(i, r.Text), len(m.records))
	}
	if rec.read {
		// A sixth longer than by flate, and unpacked ten times faster: each claim has some fifty unpacked.
		rec.packed = slices.Clone(s2.EncodeBetter(nil, []byte(r.Text)))
		if s, ok := sittingOf(len(m.records), &rec); ok {
			rec.sitting = &s
			m.addVotes(&rec, len(m.records), r.Text)
			m.addMinutes(&rec, int32(len(m.records)), r.Text)
		}
	}
	m.of[doc.URL] = len(m.records)
	m.records = append(m.records, &rec)
}

// addMinutes enters the words of the minutes of a formal meeting, which was just entered under a number.
func (m *Memory) addMinutes(rec *Record, record int32, text string) {
	if !rec.sitting.formal {
		return
	}
	seen := map[int32]bool{}
	for _, t := range french.Terms(text) {
		number := m.number(t.Stem)
		if seen[number] {
			continue
		}
		seen[number] = true
		m.inMinutes.add(number, record, 1)
	}
}

// Drop takes the record of an address out of what is found. Its words go on being counted until
// the index is built anew.
func (m *Memory) Drop(url string) {
	at, ok := m.of[url]
	if !ok {
		return
	}
	rec := m.records[at]
	rec.read, rec.gone, rec.packed = false, true, nil
	delete(m.of, url)
	m.dropped++
}

// Len is how many sentences the index holds.
func (m *Memory) Len() int { return len(m.record) }

// Worn says whether so much was dropped that the index had better be built anew.
func (m *Memory) Worn() bool { return m.dropped > 20+len(m.of)/5 }

// text is the whole text of a record; the last ones asked for are kept. Several goroutines may
// ask at the same time.
func (m *Memory) text(record int) string {
	m.mutex.Lock()
	text, ok := m.texts.peek(record)
	m.mutex.Unlock()
	if ok {
		return text
	}
	rec := m.records[record]
	plain, err := s2.Decode(nil, rec.packed)
	if err != nil {
		panic(fmt.Sprintf("unpack the text of %s, packed by this very program: %v", rec.Document.URL, err))
	}
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return m.texts.get(record, func() string { return string(plain) })
}

func (m *Memory) add(e Evidence, record int) {
	counts := map[string]float64{}
	for _, t := range french.Terms(contextOf(e)) {
		if !t.Stop {
			counts[t.Stem] = aroundWeight
		}
	}
	for _, t := range french.Terms(e.Quote) {
		if !t.Stop {
			counts[t.Stem]++
		}
	}
	id := int32(len(m.record))
	length := 0.0
	for stem, n := range counts {
		m.lists[m.number(stem)].add(id, n)
		length += n
	}
	m.record = append(m.record, int32(record))
	halves := uint16(min(2*length, math.MaxUint16)) // exact but for a table row of 30,000 words
	m.lengths = append(m.lengths, halves)
	m.longest = max(m.longest, halves)
	m.total += length
}

// number is that of a stem, which gets one when it has none.
func (m *Memory) number(stem string) int32 {
	number, ok := m.words[stem]
	if !ok {
		number = int32(len(m.lists))
		m.words[strings.Clone(stem)] = number
		m.lists = append(m.lists, postings{})
	}
	return number
}

// evidence is a sentence of the index with what stands around it.
func (m *Memory) evidence(sentence int) Evidence {
	record := int(m.record[sentence])
	rec := m.records[record]
	return rec.evidence(sentence-rec.first, m.text(record))
}

// assertion is a sentence of the index, read for the comparators.
func (m *Memory) assertion(sentence int) *Assertion {
	return m.read.get(sentence, func() *Assertion { return m.reader.evidence(m.evidence(sentence)) })
}

// readAll reads the sentences of the hits that are not read yet, on every processor.
func (m *Memory) readAll(hits []hit) {
	var missing []int
	for _, h := range hits {
		if _, ok := m.read.peek(h.sentence); !ok {
			missing = append(missing, h.sentence)
		}
	}
	fresh := make([]*Assertion, len(missing))
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(missing)) {
		group.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(missing)); i = next.Add(1) - 1 {
				fresh[i] = m.reader.evidence(m.evidence(missing[i]))
				fresh[i].subjects()
			}
		})
	}
	group.Wait()
	for i, sentence := range missing {
		m.read.get(sentence, func() *Assertion { return fresh[i] })
	}
}

// rarity is the inverse document frequency of a stem, from 0 for one that is everywhere.
func (m *Memory) rarity(stem string) float64 {
	number, ok := m.words[stem]
	if !ok {
		return m.rarityOf(0)
	}
	if m.rareOf != len(m.record) { // each new sentence changes all of them
		m.rareOf, m.rare = len(m.record), m.rare[:0]
	}
	for len(m.rare) < len(m.lists) {
		m.rare = append(m.rare, math.NaN())
	}
	if math.IsNaN(m.rare[number]) {
		m.rare[number] = m.rarityOf(float64(m.lists[number].count))
	}
	return m.rare[number]
}

// rarityOf is the rarity of a stem that so many sentences hold.
func (m *Memory) rarityOf(df float64) float64 {
	return math.Log(1 + (float64(len(m.record))-df+0.5)/(df+0.5))
}

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

// search returns the sentences that share the most telling words with the query, the best
// first. Every sentence that holds a word of it is reckoned: nothing is left out to be quick.
func (m *Memory) search(q query, limit int) []hit {
	if len(m.record) == 0 || limit <= 0 {
		return nil
	}
	stems := make([]string, 0, len(q))
	for stem := range q {
		stems = append(stems, stem)
	}
	slices.Sort(stems) // sums of floats depend on their order
	if len(m.scores) < len(m.record) {
		m.scores = make([]float64, len(m.record))
	}
	clear(m.scores)
	pulls := m.pulls()
	for _, stem := range stems {
		if number, ok := m.words[stem]; ok {
			m.reckon(&m.lists[number], q[stem]*m.rarity(stem), pulls)
		}
	}
	list := m.best(limit)
	for i := range list {
		m.surround(&list[i])
	}
	return list
}

// pulls are what the length of a sentence counts in BM25, by its length in halves of words.
func (m *Memory) pulls() []float64 {
	mean, list := m.total/float64(len(m.record)), make([]float64, int(m.longest)+1)
	for halves := range list {
		list[halves] = saturation * (1 - lengthPull + lengthPull*(float64(halves)/2)/mean)
	}
	return list
}

// reckon adds to the scores what a word counts in the sentences that use it.
func (m *Memory) reckon(list *postings, weight float64, pulls []float64) {
	sentence, twice := int32(0), uint64(0)
	for at := 0; at < len(list.packed); {
		if b := list.packed[at]; b < 0x80 && b&(1<<countBits-1) != 0 { // most of them, without a call
			at, sentence, twice = at+1, sentence+int32(b>>countBits), uint64(b&(1<<countBits-1))
		} else {
			at, sentence, twice = list.next(at, sentence)
		}
		n := float64(twice) / 2
		m.scores[sentence] += weight * n * (saturation + 1) / (n + pulls[m.lengths[sentence]])
	}
}

// best returns the sentences with the highest scores, of equal ones the first.
func (m *Memory) best(limit int) []hit {
	var list []hit
	floor := 0.0
	better := func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.rank, a.rank), cmp.Compare(a.sentence, b.sentence))
	}
	for id, s := range m.scores[:len(m.record)] {
		if s <= floor || m.records[m.record[id]].gone {
			continue
		}
		list = append(list, hit{sentence: id, record: int(m.record[id]), rank: s})
		if len(list) == 2*limit {
			slices.SortFunc(list, better)
			list = list[:limit]
			floor = list[limit-1].rank
		}
	}
	slices.SortFunc(list, better)
	return list[:min(limit, len(list))]
}

// surround notes how well the sentences beside a hit and the rest of its document match.
func (m *Memory) surround(h *hit) {
	rec := m.records[h.record]
	scores := m.scores[rec.first : rec.first+len(rec.rows)]
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

package claims

import (
	"math"
	"runtime"
	"sort"
	"strings"
	"sync"
	"sync/atomic"

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
	total   float64          // of lengths, in words
	scores  []float64        // of each sentence of the stretch that is searched
	packer  packer
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
	return &Memory{reader: reader{analyzer: analyzer}, packer: newPacker(), words: map[string]int32{}, of: map[string]int{}, read: recent[*Assertion]{most: mostRead}, texts: recent[string]{most: mostTexts},
		inMinutes: wordPostings{}, votes: votesHeld{words: wordPostings{}, ready: recent[*voteCase]{most: mostVotes}}}
}

// AddDocument enters a record. One that was entered under its address is dropped first.
func (m *Memory) AddDocument(doc document.Document, r *document.Reading) {
	m.Drop(doc.URL)
	rec := newRecord(doc, r)
	rec.first = len(m.lengths)
	for i := range rec.rows {
		m.add(rec.evidence(i, r.Text))
	}
	if rec.read {
		rec.packed = m.packer.pack(r.Text)
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
func (m *Memory) Len() int { return len(m.lengths) }

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
	plain := m.packer.unpack(rec.packed)
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return m.texts.get(record, func() string { return plain })
}

func (m *Memory) add(e Evidence) {
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
	id := int32(len(m.lengths))
	length := 0.0
	for stem, n := range counts {
		m.lists[m.number(stem)].add(id, n)
		length += n
	}
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

// recordOf is the number of the record of a sentence: the last one that begins at it or before.
func (m *Memory) recordOf(sentence int) int {
	return sort.Search(len(m.records), func(i int) bool { return m.records[i].first > sentence }) - 1
}

// evidence is a sentence of the index with what stands around it.
func (m *Memory) evidence(sentence int) Evidence {
	record := m.recordOf(sentence)
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
	if m.rareOf != len(m.lengths) { // each new sentence changes all of them
		m.rareOf, m.rare = len(m.lengths), m.rare[:0]
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
	return math.Log(1 + (float64(len(m.lengths))-df+0.5)/(df+0.5))
}

// Package prose writes French-like texts for benchmarks, the same ones for the same seed: a
// chain of words learned from the fictional council's pages, with a long tail of rare words as
// names of people, places and projects make it. It leaves measuring to the benchmarks.
package prose

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"strings"

	"contredit/document"
	"contredit/french"
)

// Writer writes sentences.
type Writer struct {
	rng       *rand.Rand
	next      map[string][]string // the words that followed a word, as often as they did
	tail      []string            // rare words, the less rare ones first
	Sentences []string            // those that the chain was learned from
}

// start stands before the first word of a sentence, and after the last.
const start = ""

// New learns from the pages of a folder. tail is how many rare words there are.
func New(seed uint64, folder string, tail int) (*Writer, error) {
	w := &Writer{rng: rand.New(rand.NewPCG(seed, seed)), next: map[string][]string{}}
	err := fs.WalkDir(os.DirFS(folder), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".html") {
			return err
		}
		content, err := fs.ReadFile(os.DirFS(folder), path)
		if err != nil {
			return err
		}
		r, err := document.Reader{}.Read(context.Background(), document.Origin{URL: "https://conseil.example/" + path, MediaType: "text/html"}, content)
		if err != nil {
			return err
		}
		for _, p := range r.Passages {
			for _, s := range french.Sentences(p.In(r.Text)) {
				w.learn(s.In(p.In(r.Text)))
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("learn from the pages of %s: %w", folder, err)
	}
	if len(w.Sentences) == 0 {
		return nil, fmt.Errorf("learn from the pages of %s: no sentence in them", folder)
	}
	for range tail {
		w.tail = append(w.tail, w.name())
	}
	return w, nil
}

// Reseeded is a writer that learned the same and writes something else. Several may write at the same time.
func (w *Writer) Reseeded(seed uint64) *Writer {
	other := *w
	other.rng = rand.New(rand.NewPCG(seed, seed))
	return &other
}

func (w *Writer) learn(sentence string) {
	words := strings.Fields(sentence)
	if len(words) < 5 {
		return
	}
	w.Sentences = append(w.Sentences, sentence)
	last := start
	for _, word := range words {
		w.next[last] = append(w.next[last], word)
		last = word
	}
	w.next[last] = append(w.next[last], start)
}

var syllables = strings.Fields("al an ar bel bou bra bri ca chan che clo cou cra dan del don du es fa fer fon gar gen gra hau jar la lan len li lou ma mar mer mon na nor ou pan per pla pon que ra ren ri ro sa sal sen tan ter tou tri va ver vi")

// Name writes a name, such as a place may have.
func (w *Writer) Name() string {
	name := w.name()
	return strings.ToUpper(name[:1]) + name[1:]
}

func (w *Writer) name() string {
	var b strings.Builder
	for range 2 + w.rng.IntN(3) {
		b.WriteString(syllables[w.rng.IntN(len(syllables))])
	}
	return b.String()
}

// rare draws from the tail, by Zipf's law.
func (w *Writer) rare() string {
	i := int(float64(len(w.tail)) * w.rng.Float64() * w.rng.Float64() * w.rng.Float64())
	return w.tail[i]
}

// Sentence writes one of five to forty words, of which one in twelve is rare.
func (w *Writer) Sentence() string {
	var words []string
	last := start
	for len(words) < 40 {
		choices := w.next[last]
		word := choices[w.rng.IntN(len(choices))]
		if word == start {
			if len(words) >= 5 {
				break
			}
			last = start
			continue
		}
		last = word
		if w.rng.IntN(12) == 0 {
			word = w.rare()
		}
		words = append(words, word)
	}
	text := strings.Join(words, " ")
	if !strings.HasSuffix(text, ".") {
		text += "."
	}
	return text
}

// Meeting is the body that held a meeting, and its day.
func Meeting(n int) (body, day string) {
	return fmt.Sprintf("Commission %d", n%40), fmt.Sprintf("20%02d-%02d-%02d", 15+n%11, 1+n%12, 1+n%28)
}

// Record writes the minutes of a meeting with so many passages, of a sentence each.
func (w *Writer) Record(n, passages int) (document.Document, *document.Reading) {
	body, day := Meeting(n)
	doc := document.Document{
		URL: fmt.Sprintf("https://conseil.example/pv/%d", n), Source: "bench", Title: fmt.Sprintf("Procès-verbal n° %d du %s", n, day), Date: day,
		Role: document.RoleRecord, Body: body, Visibility: document.Public, MediaType: "text/html",
	}
	r := &document.Reading{State: document.StateRead, Title: doc.Title, Date: day}
	var text strings.Builder
	heading := ""
	for i := range passages {
		if i%12 == 0 {
			heading = w.Sentence()
		}
		from := text.Len()
		text.WriteString(w.Sentence())
		r.Passages = append(r.Passages, document.Passage{
			Span: document.Span{Start: from, End: text.Len()}, Kind: document.KindParagraph, Heading: heading, Locator: document.Locator{Page: 1 + i/30},
		})
		text.WriteByte('\n')
	}
	r.Text = text.String()
	return doc, r
}

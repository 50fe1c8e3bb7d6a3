package document

import (
	"strings"
)

// A silence of half a second and more parts two stretches of speech; recognised speech
// without punctuation has nothing else to go by. A stretch longer than this many bytes is
// parted at the next end of a sentence, so that a search finds a page of speech, not an hour.
const (
	pause      = 0.6 // seconds
	longPause  = 3.0 // seconds: parts even in the middle of a sentence
	fullCue    = 900 // bytes
	overlong   = 2400
	punctuated = 120 // at most so many words a sentence, or the file has no punctuation
)

// cueText grows the text of a recording.
type cueText struct {
	r         *Reading
	text      strings.Builder
	open      bool // a passage is being written
	voice     string
	last      float64 // end of the last cue
	sentences bool    // the file is punctuated
}

// layCues writes the cues as passages that know their second, and the voices as turns.
func layCues(r *Reading, cues []cue) {
	t := &cueText{r: r, sentences: hasSentences(cues)}
	for _, c := range cues {
		for i, l := range c.lines {
			silence := 0.0
			if i == 0 {
				silence = c.from - t.last
			}
			t.line(c, l, silence)
		}
		t.last = c.to
	}
	t.close()
	r.Text = t.text.String()
}

func hasSentences(cues []cue) bool {
	words, ends := 0, 0
	for _, c := range cues {
		for _, w := range wordsOf(c) {
			words++
			if strings.ContainsAny(lastRune(w), ".!?…") {
				ends++
			}
		}
	}
	return ends > 0 && words <= ends*punctuated
}

func (t *cueText) line(c cue, l captionLine, silence float64) {
	at := Locator{Timed: true, At: c.from}
	if loneNoise.MatchString(l.text) {
		t.begin(at, KindDirection)
		t.write(l.text)
		t.close()
		return
	}
	l.text = fold(innerNoise.ReplaceAllString(l.text, " "))
	if l.text == "" {
		return
	}
	other := l.voice != t.voice || l.change
	if !t.open || other || t.parts(silence) || t.changesSpeaker(l.text) {
		t.begin(at, KindCue)
		t.turn(l, other)
	} else {
		t.text.WriteByte(' ')
		p := &t.r.Passages[len(t.r.Passages)-1]
		if t.locator(p).At != at.At {
			p.Marks = append(p.Marks, Mark{Offset: t.text.Len(), Locator: at})
		}
	}
	t.voice = l.voice
	t.sentencesOf(l.text, at)
}

// parts says whether the passage being written ends before what follows the silence.
func (t *cueText) parts(silence float64) bool {
	if silence >= longPause {
		return true
	}
	size := t.text.Len() - t.r.Passages[len(t.r.Passages)-1].Start
	if t.sentences && !endsSentence(t.text.String()[t.text.Len()-min(size, 12):]) {
		return size > overlong
	}
	return silence >= pause || (!t.sentences && size > fullCue)
}

// sentencesOf writes a line; a passage grown long ends at a sentence's end inside of it.
func (t *cueText) sentencesOf(text string, at Locator) {
	for {
		size := t.text.Len() - t.r.Passages[len(t.r.Passages)-1].Start
		cut := -1
		if t.sentences && size > fullCue {
			cut = cutAfterSentence(text)
		} else if !t.sentences {
			cut = cutAfterFloor(text)
		}
		if cut < 0 {
			t.write(text)
			return
		}
		t.write(text[:cut])
		t.begin(at, KindCue)
		t.turn(captionLine{voice: t.voice}, false)
		text = strings.TrimLeft(text[cut:], " ")
	}
}

// cutAfterSentence is where a sentence ends inside a line and another begins; -1 when nowhere.
func cutAfterSentence(text string) int {
	for i := 0; i+1 < len(text); i++ {
		if text[i+1] == ' ' && strings.IndexByte(".!?", text[i]) >= 0 && i > 2 && text[i-1] != 'M' && text[i-2] != ' ' {
			return i + 1
		}
	}
	return -1
}

func endsSentence(text string) bool {
	return strings.ContainsAny(lastRune(strings.TrimRight(text, ` »"”)`)), ".!?…")
}

func (t *cueText) begin(at Locator, kind PassageKind) {
	t.close()
	if t.text.Len() > 0 {
		t.text.WriteByte('\n')
	}
	t.r.Passages = append(t.r.Passages, Passage{Span: Span{Start: t.text.Len(), End: t.text.Len()}, Kind: kind, Locator: at})
	t.open = true
}

func (t *cueText) write(text string) {
	t.text.WriteString(text)
	t.r.Passages[len(t.r.Passages)-1].End = t.text.Len()
}

func (t *cueText) close() {
	if !t.open {
		return
	}
	t.open = false
	p := t.r.Passages[len(t.r.Passages)-1]
	if n := len(t.r.Turns); n > 0 && p.Kind == KindCue && t.r.Turns[n-1].Start <= p.Start && t.r.Turns[n-1].Speaker == t.voice {
		t.r.Turns[n-1].End = p.End
	}
}

// turn opens a turn when a voice begins, or goes on after somebody else's.
func (t *cueText) turn(l captionLine, other bool) {
	if l.voice == "" {
		return
	}
	start := t.r.Passages[len(t.r.Passages)-1].Start
	if n := len(t.r.Turns); n > 0 && t.r.Turns[n-1].Speaker == l.voice && !l.change {
		return
	}
	t.r.Turns = append(t.r.Turns, Turn{Span: Span{Start: start, End: start}, Speaker: l.voice})
}

func (t *cueText) locator(p *Passage) Locator {
	if n := len(p.Marks); n > 0 {
		return p.Marks[n-1].Locator
	}
	return p.Locator
}

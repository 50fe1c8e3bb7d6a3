package document

import "strings"

// leastLabels is how many lines of a file must open with a speaker's label: one line that
// looks like it is somebody who is spoken to.
const leastLabels = 2

// labelVoices gives the lines of captions the voice that a label at the start of a line prints,
// « M. GUÉRIN : … », up to the next label: whoever captions by hand names the speakers so.
func labelVoices(cues []cue) []cue {
	n := 0
	for _, c := range cues {
		for _, l := range c.lines {
			if l.voice != "" {
				return cues // the file has voices of its own
			}
			if _, _, ok := lineLabel(l.text); ok {
				n++
			}
		}
	}
	if n < leastLabels {
		return cues
	}
	voice := ""
	for i := range cues {
		var lines []captionLine
		for _, l := range cues[i].lines {
			printed, words, ok := lineLabel(l.text)
			if ok {
				voice, l.text, l.change = printed, words, true
			} else if l.change {
				voice = "" // a sign of somebody else, whom nothing names
			}
			l.voice = voice
			if l.text != "" {
				lines = append(lines, l)
			}
		}
		cues[i].lines = lines
	}
	return cues
}

// lineLabel parts « Mme VARENNES : Je réponds » into the label and the words.
func lineLabel(text string) (printed, words string, ok bool) {
	colon := strings.Index(text, ":")
	if colon < 0 {
		return "", "", false
	}
	printed, words = strings.TrimSpace(text[:colon]), strings.TrimSpace(text[colon+1:])
	l, found := parseLabel(printed, 0)
	if !found || l.several || l.bare && !capsLabel.MatchString(printed) || words != "" && !startsSpeech(words) {
		return "", "", false
	}
	return printed, words, true
}

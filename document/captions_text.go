package document

import (
	"html"
	"strings"
)

var (
	captionTag = lazily(`<[^<>]*>`)
	voiceTag   = lazily(`^<v(?:\.[^\s>]*)?[ \t]+([^>]+)>$`)
	// SubRip files carry style overrides of other formats: « {\an8} ».
	override  = lazily(`\{\\[^{}]*\}`)
	newVoice  = lazily(`^(?:>>+|[-–—‒])\s*`)
	loneNoise = lazily(`^(?:\[[^\[\]]{1,80}\]|\([^()]{1,80}\)|[♪♫#\s]+|♪.*♪)$`)
	// Speech recognition writes « [Musique] » inside the line.
	innerNoise = lazily(`\[(?:\s|\x{a0})*(?:Musique|Applaudissements|Rires|Rire|Music|Applause|Laughter|__)(?:\s|\x{a0})*\]`)
)

// cueLines reads the text of a cue: voices, without tags and entities.
func cueLines(lines []string) []captionLine {
	var out []captionLine
	voice := ""
	for _, raw := range lines {
		raw = override.ReplaceAllString(raw, "")
		var text strings.Builder
		put := func() {
			if l, ok := plainLine(voice, text.String()); ok {
				out = append(out, l)
			}
			text.Reset()
		}
		last := 0
		for _, m := range captionTag.FindAllStringIndex(raw, -1) {
			text.WriteString(raw[last:m[0]])
			last = m[1]
			tag := raw[m[0]:m[1]]
			switch v := voiceTag.FindStringSubmatch(tag); {
			case v != nil:
				put()
				voice = fold(html.UnescapeString(v[1]))
			case tag == "</v>":
				put()
				voice = ""
			case !isCaptionTag(tag):
				text.WriteString(tag) // « a < b et c > d »
			}
		}
		text.WriteString(raw[last:])
		put()
	}
	return out
}

var knownTag = lazily(`(?i)^</?(?:v|c|i|b|u|s|ruby|rt|lang|font|span|br|em|strong|\d[\d:.,]*)(?:[.\s/][^>]*)?>$|^</?>$`)

func isCaptionTag(tag string) bool { return knownTag.MatchString(tag) }

func plainLine(voice, raw string) (captionLine, bool) {
	text := fold(html.UnescapeString(raw))
	l := captionLine{voice: voice, text: text}
	if m := newVoice.FindString(text); m != "" {
		l.change, l.text = true, text[len(m):]
	}
	return l, l.text != ""
}

// unroll drops what a cue repeats of the one before, when the file does so as a rule: live
// and automatic captions show each line twice or let it grow word by word.
func unroll(cues []cue) []cue {
	overlaps := make([]int, len(cues))
	rolling := 0
	for i := 1; i < len(cues); i++ {
		if cues[i].from-cues[i-1].to > 1 {
			continue
		}
		if overlaps[i] = repeated(wordsOf(cues[i-1]), cues[i]); overlaps[i] > 0 {
			rolling++
		}
	}
	if rolling*5 < len(cues) || rolling < 2 {
		return cues // somebody repeats a word
	}
	var out []cue
	for i, c := range cues {
		c.lines = dropWords(c.lines, overlaps[i])
		if len(c.lines) > 0 {
			out = append(out, c)
		}
	}
	return out
}

func wordsOf(c cue) []string {
	var words []string
	for _, l := range c.lines {
		words = append(words, strings.Fields(l.text)...)
	}
	return words
}

// repeated counts the words at the start of a cue that were the last ones shown before it:
// whole lines of it, or all that was shown.
func repeated(shown []string, c cue) int {
	words := wordsOf(c)
	ends := map[int]bool{len(shown): true}
	n := 0
	for _, l := range c.lines {
		n += len(strings.Fields(l.text))
		ends[n] = true
	}
	for k := min(len(shown), len(words)); k > 0; k-- {
		if ends[k] && equalWords(shown[len(shown)-k:], words[:k]) {
			return k
		}
	}
	return 0
}

func equalWords(a, b []string) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func dropWords(lines []captionLine, n int) []captionLine {
	var out []captionLine
	for _, l := range lines {
		words := strings.Fields(l.text)
		if n >= len(words) {
			n -= len(words)
			continue
		}
		if n > 0 {
			l.text, n = strings.Join(words[n:], " "), 0
		}
		out = append(out, l)
	}
	return out
}

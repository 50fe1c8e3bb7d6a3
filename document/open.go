package document

import (
	"net/url"
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// earlier is how many seconds before a quote its recording opens: captions are late, and a
// sentence is understood from its start.
const earlier = 3

// longQuote is the length in characters over which a text fragment names the two ends of a
// quote instead of all of it (advice of the WICG text fragments explainer).
const longQuote = 300

// OpenAt returns the address that opens a document at a place: the physical page of a PDF,
// the second of a recording (three seconds early), the quoted words of a page, else the
// nearest anchor. quote "" is a place without words; videoURL "" a recording that is not
// known. The address of a form that opens nowhere in particular comes back as it is.
func OpenAt(address string, l Locator, quote, videoURL string) string {
	return openAt(address, l, textDirective(quote, "", ""), videoURL)
}

// OpenAt returns the address that opens the document at a stretch of its text. Unlike the
// function of the same name it sees the text around: words that stand elsewhere too are
// told apart by those before and after them.
func (r *Reading) OpenAt(address string, s Span, videoURL string) string {
	if s.Start < 0 || s.End > len(r.Text) || s.Start >= s.End {
		return address
	}
	prefix, suffix := r.around(s)
	return openAt(address, r.LocatorAt(s.Start), textDirective(s.In(r.Text), prefix, suffix), either(videoURL, r.VideoURL))
}

func openAt(address string, l Locator, directive, videoURL string) string {
	bare, fragment, _ := strings.Cut(address, "#")
	fragment, _, _ = strings.Cut(fragment, ":~:")
	ext := strings.ToLower(path.Ext(pathOf(bare)))
	switch {
	case l.Timed:
		return openRecording(address, ext, l.At, videoURL)
	case l.Page > 0:
		return bare + "#page=" + strconv.Itoa(l.Page)
	case noPlaces[ext]:
		return address
	}
	if l.Anchor != "" {
		fragment = (&url.URL{Fragment: l.Anchor}).EscapedFragment()
	}
	// An anchor before the directive is where a browser goes that does not find the words.
	switch {
	case directive != "":
		return bare + "#" + fragment + ":~:" + directive
	case fragment != "":
		return bare + "#" + fragment
	}
	return bare
}

// noPlaces are the forms that a browser hands over to another program, or shows whole.
var noPlaces = map[string]bool{".csv": true, ".doc": true, ".docx": true, ".odt": true, ".pdf": true, ".rtf": true, ".srt": true, ".vtt": true, ".zip": true}

// playable are the recordings that a browser opens by itself, at a media fragment.
var playable = map[string]bool{".m4a": true, ".m4v": true, ".mov": true, ".mp3": true, ".mp4": true, ".oga": true, ".ogg": true, ".ogv": true, ".wav": true, ".webm": true}

func pathOf(address string) string {
	if u, err := url.Parse(address); err == nil {
		return u.Path
	}
	return address
}

// openRecording opens a recording at a second. Each host has its own way to say it; a media
// fragment (W3C Media Fragments URI 1.0) is the common one.
func openRecording(address, ext string, at float64, videoURL string) string {
	recording := videoURL
	if recording == "" {
		if VideoID(address) == "" && !playable[ext] && !otherPlayer.MatchString(address) {
			return address // a caption file without a known recording
		}
		recording = address
	}
	second := strconv.Itoa(max(0, int(at)-earlier))
	if id := VideoID(recording); id != "" {
		return "https://www.youtube.com/watch?v=" + id + "&t=" + second + "s"
	}
	bare, _, _ := strings.Cut(recording, "#")
	if strings.Contains(bare, "dailymotion.com/") {
		sep := "?"
		if strings.Contains(bare, "?") {
			sep = "&"
		}
		return bare + sep + "start=" + second
	}
	return bare + "#t=" + second
}

// textDirective writes `text=[prefix-,]start[,end][,-suffix]` (WICG scroll-to-text-fragment);
// "" when there are no words to look for.
func textDirective(quote, prefix, suffix string) string {
	start, end := fragmentEnds(quote)
	if start == "" {
		return ""
	}
	var b strings.Builder
	b.WriteString("text=")
	if prefix != "" {
		b.WriteString(encodeTerm(prefix) + "-,")
	}
	b.WriteString(encodeTerm(start))
	if end != "" {
		b.WriteString("," + encodeTerm(end))
	}
	if suffix != "" {
		b.WriteString(",-" + encodeTerm(suffix))
	}
	return b.String()
}

// fragmentEnds gives the words to look for: all of a short quote, else its first and last
// words. A term may not cross the border of two blocks, so lines and cells part it too.
func fragmentEnds(quote string) (string, string) {
	blocks := quoteBlocks(quote)
	if len(blocks) == 0 {
		return "", ""
	}
	first, last := blocks[0], blocks[len(blocks)-1]
	if len(blocks) == 1 && utf8.RuneCountInString(first) <= longQuote {
		return first, ""
	}
	if len(blocks) > 1 {
		return headWords(first), tailWords(last, quote)
	}
	return headWords(first), tailWords(first, first)
}

func quoteBlocks(quote string) []string {
	var blocks []string
	for _, line := range strings.Split(quote, "\n") {
		for _, cell := range strings.Split(fold(line), " ; ") {
			// A cell that is a lone sign is no word, and nothing to look for.
			if cell = strings.Trim(fold(cell), " ;"); strings.ContainsFunc(cell, isLetterOrDigit) {
				blocks = append(blocks, cell)
			}
		}
	}
	return blocks
}

// fragmentWords is how many words each end of a long quote is found by, and mostWords how
// many it may take to tell its end from words inside of it.
const (
	fragmentWords = 6
	mostWords     = 24
)

// headWords are the first words of a block: where a browser finds them first is the start.
func headWords(block string) string { return firstWords(block, fragmentWords) }

// tailWords are the last words of a block, as many as it takes to stand once in the quote:
// a browser stops at the first place that it finds them in.
func tailWords(block, quote string) string {
	whole := fold(quote)
	for n := fragmentWords; n < mostWords; n++ {
		if tail := lastWords(block, n); strings.Index(whole, tail) >= len(whole)-len(tail)-2 || tail == block {
			return tail
		}
	}
	return lastWords(block, mostWords)
}

// around gives the words before and after a stretch that tell it from the same words
// elsewhere; "" and "" when it stands once.
func (r *Reading) around(s Span) (string, string) {
	start, _ := fragmentEnds(s.In(r.Text))
	if start == "" {
		return "", ""
	}
	found, from := 0, 0
	for at := 0; at < len(r.Text) && found < 2; {
		i := strings.Index(r.Text[at:], start)
		if i < 0 {
			break
		}
		found, from = found+1, at+i
		at += i + len(start)
	}
	if found < 2 && from == s.Start {
		return "", ""
	}
	return lastWords(blockBefore(r.Text[:s.Start]), 5), firstWords(blockAfter(r.Text[s.End:]), 5)
}

// blockBefore and blockAfter are the text of the nearest block with words in it: a prefix
// may stand in another block than the quote, but must itself lie in one.
func blockBefore(text string) string {
	text = strings.TrimRight(text, " \n")
	if i := strings.LastIndexByte(text, '\n'); i >= 0 {
		text = text[i+1:]
	}
	if i := strings.LastIndex(text, " ; "); i >= 0 {
		text = text[i+3:]
	}
	return text
}

func blockAfter(text string) string {
	text = strings.TrimLeft(text, " \n")
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		text = text[:i]
	}
	if i := strings.Index(text, " ; "); i >= 0 {
		text = text[:i]
	}
	return text
}

func lastWords(text string, n int) string {
	words := strings.Fields(text)
	return strings.Join(words[max(0, len(words)-n):], " ")
}

func firstWords(text string, n int) string {
	words := strings.Fields(text)
	return strings.Join(words[:min(n, len(words))], " ")
}

const hexDigits = "0123456789ABCDEF"

// encodeTerm escapes all but what no part of a directive gives a meaning to: `-`, `,` and
// `&` are its syntax, and net/url leaves the first and the last of them alone.
func encodeTerm(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		c := text[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '.' || c == '_' || c == '~' {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hexDigits[c>>4])
		b.WriteByte(hexDigits[c&15])
	}
	return b.String()
}

func isLetterOrDigit(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }

package document

import (
	"fmt"
	"strings"
)

// cue is what a caption file shows at one moment.
type cue struct {
	from, to float64 // seconds from the start of the recording
	lines    []captionLine
}

// captionLine is one line of a cue in one voice.
type captionLine struct {
	voice  string // of a voice tag; "" when none
	change bool   // a dash or « >> » says that another person speaks
	text   string
}

// readCaptions reads WebVTT and SubRip: sentences rebuilt across cues, each with the second
// at which it begins, the lines that rolling captions repeat shown once, voice tags as turns.
func readCaptions(origin Origin, content []byte) (*Reading, error) {
	text, err := decodeHTML(origin, content)
	if err != nil {
		return nil, fmt.Errorf("decode captions %s: %w", origin.URL, err)
	}
	r := &Reading{State: StateRead, Lang: "fr", VideoURL: origin.VideoURL}
	file := parseCaptions(text)
	r.Title, r.Date = captionsTitle(origin, file), announcedDay(origin)
	if file.lang != "" {
		r.Lang = file.lang
	}
	if r.VideoURL == "" {
		r.VideoURL = file.video
	}
	if file.broken > 0 {
		r.Report = append(r.Report, Finding{Code: "broken_cue",
			Text: fmt.Sprintf("%d repère(s) de temps illisible(s) : les sous-titres concernés sont laissés de côté.", file.broken)})
	}
	layCues(r, labelVoices(unroll(file.cues)))
	if len(r.Passages) > 0 {
		return r, nil
	}
	if file.broken > 0 {
		r.State, r.Note = StateMalformed, "Aucun repère de temps du fichier de sous-titres n’est lisible ; demandez un nouvel export au service des assemblées."
	} else {
		r.State, r.Note = StateEmpty, "Le fichier de sous-titres ne contient aucun texte ; joignez une transcription si vous en avez une."
	}
	return r, nil
}

// captionFile is a file of captions as it is written.
type captionFile struct {
	cues   []cue
	title  string
	lang   string
	video  string
	broken int // timing lines that cannot be read
}

var (
	// SubRip writes a comma; players also take one or two digits after it, and no hours.
	cueTiming = lazily(`^\s*(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?\s*-->\s*(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?(?:\s.*|\pL.*)?$`)
	headField = lazily(`(?i)^(?:NOTE\s+)?(title|titre|language|langue|kind|source|vid[ée]o|url)\s*:\s*(.+)$`)
	blockName = lazily(`^(?:NOTE|STYLE|REGION)(?:\s|$)`)
)

// parseCaptions reads what it can: a missing header, a time stamp that cannot be read or a
// blank line too few cost what they stand on, never the file.
func parseCaptions(text string) *captionFile {
	f := &captionFile{}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\uFFFD").Replace(text)
	lines := strings.Split(text, "\n")
	if len(lines) > 0 && strings.HasPrefix(lines[0], "WEBVTT") {
		lines = lines[1:]
	}
	for i := 0; i < len(lines); {
		line := lines[i]
		if !strings.Contains(line, "-->") {
			if blockName.MatchString(line) {
				i = f.block(lines, i)
				continue
			}
			f.field(line)
			i++
			continue
		}
		m := cueTiming.FindStringSubmatch(line)
		end := cueEnd(lines, i+1)
		if c, ok := timing(m); ok {
			c.lines = cueLines(lines[i+1 : end])
			if len(c.lines) > 0 {
				f.cues = append(f.cues, c)
			}
		} else {
			f.broken++
		}
		i = end
	}
	return f
}

// cueEnd finds where the text of a cue stops: at a blank line or, in a file that lacks one,
// before the next timing line and the number above it.
func cueEnd(lines []string, from int) int {
	i := from
	for ; i < len(lines) && strings.TrimSpace(lines[i]) != ""; i++ {
		if strings.Contains(lines[i], "-->") {
			if i > from && isCounter(lines[i-1]) {
				return i - 1
			}
			return i
		}
	}
	// Rolling captions of a well-known site hold a line with one space, which is text to the
	// format: the cue goes on when more text follows it that is neither number nor timing.
	if i < len(lines) && lines[i] != "" && i+1 < len(lines) && strings.TrimSpace(lines[i+1]) != "" &&
		!strings.Contains(lines[i+1], "-->") && !isCounter(lines[i+1]) {
		return cueEnd(lines, i+1)
	}
	return i
}

func isCounter(line string) bool {
	line = strings.TrimSpace(line)
	return line != "" && strings.Trim(line, "0123456789") == ""
}

// block passes over a note, a style sheet or a region; a note may name the recording.
func (f *captionFile) block(lines []string, from int) int {
	i := from
	for ; i < len(lines) && strings.TrimSpace(lines[i]) != ""; i++ {
		f.field(lines[i])
	}
	return i
}

func (f *captionFile) field(line string) {
	m := headField.FindStringSubmatch(strings.TrimSpace(line))
	if m == nil || len(f.cues) > 0 {
		return
	}
	value := fold(m[2])
	switch strings.ToLower(m[1]) {
	case "title", "titre":
		f.title = value
	case "language", "langue":
		f.lang = value
	case "source", "video", "vidéo", "url":
		if strings.HasPrefix(value, "http://") || strings.HasPrefix(value, "https://") {
			f.video = value
		}
	}
}

func timing(m []string) (cue, bool) {
	if m == nil {
		return cue{}, false
	}
	from, ok := seconds(m[1:5])
	to, fine := seconds(m[5:9])
	return cue{from: from, to: max(from, to)}, ok && fine
}

func seconds(m []string) (float64, bool) {
	hours, minutes, secs := digits(m[0]), digits(m[1]), digits(m[2])
	if minutes > 59 || secs > 59 {
		return 0, false
	}
	thousandths := digits((m[3] + "000")[:3])
	return float64(hours*3600+minutes*60+secs) + float64(thousandths)/1000, true
}

func digits(s string) int {
	n := 0
	for _, c := range s {
		n = n*10 + int(c-'0')
	}
	return n
}

// announcedDay is the day that the listing or the address gives a file that says none.
func announcedDay(origin Origin) string {
	if notLater(origin.Date, origin) {
		return origin.Date
	}
	if m := addressDay.FindStringSubmatch(origin.URL); m != nil {
		if iso, ok := isoOf(number(m[1]), number(m[2]), number(m[3])); ok && notLater(iso, origin) {
			return iso
		}
	}
	return ""
}

func captionsTitle(origin Origin, f *captionFile) string {
	if f.title != "" {
		return f.title
	}
	if title := fold(origin.Title); title != "" && !isFileName(title) {
		return title
	}
	if iso := announcedDay(origin); iso != "" {
		return "Séance du " + printedDay(iso) + " – sous-titres"
	}
	return titleOfAddress(origin.URL)
}

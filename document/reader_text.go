package document

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

var blankLine = lazily(`\n[ \t]*\n`)

// readPlain reads text without markup: paragraphs parted by blank lines or, in a file that
// has none, one a line.
func readPlain(origin Origin, content []byte) (*Reading, error) {
	text, err := decodeHTML(origin, content)
	if err != nil {
		return nil, fmt.Errorf("decode text %s: %w", origin.URL, err)
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n\n").Replace(text)
	var blocks []block
	if blankLine.MatchString(strings.TrimSpace(text)) {
		for _, part := range blankLine.Split(text, -1) {
			for _, paragraph := range unbreak(part) {
				blocks = append(blocks, block{kind: KindParagraph, text: paragraph})
			}
		}
	} else {
		for _, line := range strings.Split(text, "\n") {
			blocks = append(blocks, block{kind: KindParagraph, text: line})
		}
	}
	r := layBlocks(origin, blocks)
	if r.State == StateEmpty {
		r.Note = "Le fichier ne contient pas de texte."
	}
	return r, nil
}

// opensParagraph begins a line that is joined to none before: a speaker's label, an item of a list.
var opensParagraph = lazily(`^\s*(?:[-–—•*▪]\s|\d{1,2}[.)]\s|[a-z]\)\s|(?:(?:M\.|Mme|Mlle|MM\.|Mmes|Monsieur|Madame|Dr|Pr|Me)\s+[^:.!?]{2,60}|(?:L[Ee]|L[Aa])\s+\p{Lu}[\p{L}’' -]{2,40}|\p{Lu}[\p{Lu}’'.-]+(?:\s+[\p{Lu}’'.-]+){0,4})\s*(?:\([^)]{1,60}\))?\s*(?::|\.\s*[–—-])\s)`)

// usualWidth is that of lines which a program broke, in characters.
const usualWidth = 70

// unbreak joins the lines that a program broke. A line that begins something of its own, or that ends
// long before the others do, ends its paragraph.
func unbreak(part string) []string {
	lines := strings.Split(part, "\n")
	width := usualWidth
	for _, l := range lines {
		width = max(width, utf8.RuneCountInString(l))
	}
	var list []string
	for i, l := range lines {
		if i > 0 && !opensParagraph.MatchString(l) && !endsEarly(lines[i-1], l, width) {
			list[len(list)-1] += " " + l
			continue
		}
		list = append(list, l)
	}
	return list
}

// endsEarly says that a line ends where no program would have broken it: the next word, which begins
// like a sentence, would have fitted.
func endsEarly(line, next string, width int) bool {
	next = strings.TrimSpace(next)
	first, _ := utf8.DecodeRuneInString(next)
	if !unicode.IsUpper(first) && !unicode.IsDigit(first) && first != '«' {
		return false
	}
	word, _, _ := strings.Cut(next, " ")
	return utf8.RuneCountInString(strings.TrimSpace(line))+1+utf8.RuneCountInString(word) <= width*6/10
}

// block is a paragraph, heading, list item or row as a file without pages holds it.
type block struct {
	kind   PassageKind
	text   string
	lead   int    // bytes in bold at its start, of the text as given
	anchor string // id or bookmark; "" when none
}

// layBlocks writes blocks as passages, and takes the title and the day from the first ones.
func layBlocks(origin Origin, blocks []block) *Reading {
	r := &Reading{State: StateRead, Lang: "fr", VideoURL: origin.VideoURL}
	var text strings.Builder
	heading := ""
	for _, b := range blocks {
		folded := fold(b.text)
		if folded == "" {
			continue
		}
		if text.Len() > 0 {
			text.WriteByte('\n')
			if last := r.Passages[len(r.Passages)-1].Kind; b.kind != last || (b.kind != KindItem && b.kind != KindRow) {
				text.WriteByte('\n')
			}
		}
		start := text.Len()
		text.WriteString(folded)
		if b.kind == KindHeading {
			heading = folded
		}
		r.Passages = append(r.Passages, Passage{Span: Span{Start: start, End: text.Len()}, Kind: b.kind,
			Locator: Locator{Anchor: b.anchor}, Heading: heading, Lead: len(fold(b.text[:min(b.lead, len(b.text))]))})
	}
	r.Text = text.String()
	if len(r.Passages) == 0 {
		r.State, r.Note = StateEmpty, "Le document ne contient pas de texte."
	}
	r.Title, r.Date = fileTitle(origin, r), fileDay(origin, r)
	return r
}

// fileTitle is what a listing called the file, unless that is only its name or « télécharger
// »; else the file's first headings.
func fileTitle(origin Origin, r *Reading) string {
	if title := fold(origin.Title); title != "" && !isFileName(title) && !vagueTitle.MatchString(title) {
		return title
	}
	if title := firstHeading(r); title != "" {
		return title
	}
	if title := fold(origin.Title); title != "" {
		return title
	}
	return titleOfAddress(origin.URL)
}

var vagueTitle = lazily(`(?i)^(?:pdf|docx?|télécharger|consulter|lire|ouvrir|voir|ici|lien|document|fichier|pièce jointe|en savoir plus|cliquez ici)\b[^\pL]*(?:le |la |les )?(?:pdf|document|fichier|suite|pièce jointe)?[^\pL]*(?:\(.{0,30}\))?$`)

// actName are the names of what councils publish: a heading that holds one says more than
// that of the institution above it.
var actName = lazily(`(?i)procès[- ]verba|comptes?[- ]rendus?|délibération|rapport|avis|relevé|ordre du jour|convocation|convention|note de|bilan|budget|motion|vœu|arrêté|décision|communiqué|schéma|orientations`)

// firstHeading is the first heading of the file that names an act, else its first heading,
// else its first short paragraph.
func firstHeading(r *Reading) string {
	for i, p := range r.Passages {
		if i > 8 {
			break
		}
		if text := p.In(r.Text); p.Kind == KindHeading && len([]rune(text)) > 8 && actName.MatchString(text) && !isStamp(text) {
			return text
		}
	}
	for i, p := range r.Passages {
		if i > 12 {
			break
		}
		if text := p.In(r.Text); p.Kind == KindHeading && len([]rune(text)) > 8 && !isStamp(text) {
			return text
		}
	}
	for i, p := range r.Passages {
		if i > 3 {
			break
		}
		if text := p.In(r.Text); p.Kind == KindParagraph && len(text) > 12 && len(text) < 160 && !isStamp(text) {
			return text
		}
	}
	return ""
}

// fileDay is the day of the meeting or publication: one that the title names, else the
// listing's, else the one that the head of the file ties to the meeting, else the address's.
func fileDay(origin Origin, r *Reading) string {
	for _, d := range daysIn(r.Title) {
		if notLater(d.ISO, origin) {
			return d.ISO
		}
	}
	if notLater(origin.Date, origin) {
		return origin.Date
	}
	if iso := dateline(r, origin); iso != "" {
		return iso
	}
	if iso := meetingDay("", cutAt(r.Text, 3000), origin); iso != "" {
		return iso
	}
	return announcedDay(origin)
}

const weekday = `(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)?`

var (
	// placeAndDay is what stands before the day on the line of a letter or a release.
	placeAndDay = lazily(`(?i)^\s*(?:[\p{L}’'][\p{L}’' .-]{1,40},\s*)?(?:le\s+)?` + weekday + `$`)
	// releasedOn are the words before the day on which a text was made public.
	releasedOn = lazily(`(?i)(?:communiqué(?:\s+de\s+presse)?|tract|tribune|éditorial|lettre|publiée?|mise?\s+en\s+ligne|diffusée?|postée?)\s+(?:du|le)\s+` + weekday + `$`)
)

// dateline is the day that the first lines of a text give as its own: « Exempleville, le 12 mai 2026 »,
// « Communiqué de presse du 12 mai 2026 ». What records a meeting is of the day of the meeting.
func dateline(r *Reading, origin Origin) string {
	head := cutAt(r.Text, 800)
	if ofMeeting.MatchString(r.Title + " " + cutAt(head, 200)) {
		return ""
	}
	for n, line := range strings.Split(head, "\n") {
		if n > 9 {
			break
		}
		for _, d := range daysIn(line) {
			after := strings.Trim(line[d.End:], " .,;:–—-\u00a0")
			if notLater(d.ISO, origin) && (after == "" && placeAndDay.MatchString(line[:d.Start]) || releasedOn.MatchString(line[:d.Start])) {
				return d.ISO
			}
		}
	}
	return ""
}

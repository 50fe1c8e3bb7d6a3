package pdf

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"unicode/utf16"

	"contredit/document"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// pageText reads one page. The engine is asked about stretches of text, not about each
// letter: a call into it costs more than the work it does.
type pageText struct {
	engine pdfium.Pdfium
	page   requests.Page
	text   references.FPDF_TEXTPAGE
	chars  []rune // one an index of the engine
	out    document.Page
	left   float64 // of the page, in the file's coordinates
	top    float64
	turned enums.FPDF_PAGE_ROTATION
}

const (
	boldWeight   = 600  // of 100 to 900, from which letters are bold
	imageShare   = 0.5  // of the page, from which a picture covers it
	widestGap    = 1.2  // times the size of the letters: two stretches further apart are two lines
	highLine     = 1.45 // times the size of the letters: higher than one line of them
	manyObjects  = 4000
	invisibleInk = enums.FPDF_TEXTRENDERMODE_INVISIBLE
)

func (p *pageText) read() error {
	if err := p.measure(); err != nil {
		return err
	}
	loaded, err := p.engine.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: p.page})
	if err != nil {
		return fmt.Errorf("load the text of the page: %w", err)
	}
	p.text = loaded.TextPage
	if err := p.load(); err != nil {
		return err
	}
	start := 0
	for i := 0; i <= len(p.chars); i++ {
		end := i
		switch {
		case i == len(p.chars) || p.chars[i] == '\n' || p.chars[i] == '\r':
		case isLineHyphen(p.chars[i]):
			end++ // it stands for the hyphen and for the end of the line
		default:
			continue
		}
		if err := p.line(start, end); err != nil {
			return err
		}
		start = i + 1
	}
	if _, err := p.engine.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: p.text}); err != nil {
		return fmt.Errorf("close the text of the page: %w", err)
	}
	if len(p.out.Lines) < 5 || p.out.OCR {
		p.pictures()
	}
	return nil
}

func (p *pageText) measure() error {
	box, err := p.engine.FPDF_GetPageBoundingBox(&requests.FPDF_GetPageBoundingBox{Page: p.page})
	if err != nil {
		return fmt.Errorf("measure the page: %w", err)
	}
	r := box.Rect
	p.left, p.top = float64(r.Left), float64(r.Top)
	p.out.Width, p.out.Height = float64(r.Right-r.Left), float64(r.Top-r.Bottom)
	if turned, err := p.engine.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: p.page}); err == nil {
		p.turned = turned.PageRotation
	}
	if p.turned == enums.FPDF_PAGE_ROTATION_90_CW || p.turned == enums.FPDF_PAGE_ROTATION_270_CW {
		p.out.Width, p.out.Height = p.out.Height, p.out.Width
	}
	return nil
}

// load reads all characters, so that an index into them is an index of the engine.
func (p *pageText) load() error {
	count, err := p.engine.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: p.text})
	if err != nil {
		return fmt.Errorf("count the characters of the page: %w", err)
	}
	if count.Count <= 0 {
		return nil
	}
	whole, err := p.engine.FPDFText_GetText(&requests.FPDFText_GetText{TextPage: p.text, StartIndex: 0, Count: count.Count})
	if err == nil {
		runes := []rune(strings.TrimRight(whole.Text, "\x00"))
		if len(runes) == count.Count && len(utf16.Encode(runes)) == count.Count {
			p.chars = runes
			return nil
		}
	}
	// The text leaves out what has no character; one by one the indexes hold.
	p.chars = make([]rune, count.Count)
	for i := range p.chars {
		c, err := p.engine.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: p.text, Index: i})
		if err != nil {
			return fmt.Errorf("read character %d of the page: %w", i, err)
		}
		p.chars[i] = rune(c.Unicode)
	}
	return nil
}

// line adds the stretch of characters as one line, or as several when gaps part it: cells of
// a row, or two columns that the file draws across.
func (p *pageText) line(start, end int) error {
	for start < end && isSpace(p.chars[start]) {
		start++
	}
	for start < end && isSpace(p.chars[end-1]) {
		end--
	}
	if start >= end {
		return nil
	}
	count, err := p.engine.FPDFText_CountRects(&requests.FPDFText_CountRects{TextPage: p.text, StartIndex: start, Count: end - start})
	if err != nil {
		return fmt.Errorf("measure a line: %w", err)
	}
	boxes := make([]box, 0, count.Count)
	for i := range count.Count {
		r, err := p.engine.FPDFText_GetRect(&requests.FPDFText_GetRect{TextPage: p.text, Index: i})
		if err != nil {
			return fmt.Errorf("measure a line: %w", err)
		}
		boxes = append(boxes, p.place(box{r.Left, r.Top, r.Right, r.Bottom}))
	}
	if len(boxes) == 0 {
		return nil
	}
	size, err := p.size(start, boxes)
	if err != nil {
		return err
	}
	if !hasGap(boxes, size, end-start) {
		return p.stretch(start, end, around(boxes), size)
	}
	return p.pieces(start, end, size)
}

// box is a rectangle; in the page's own coordinates, from its top left corner downwards.
type box struct{ left, top, right, bottom float64 }

// place turns a rectangle of the file, whose origin is below, into the page as it is shown.
func (p *pageText) place(b box) box {
	x0, x1 := b.left-p.left, b.right-p.left
	y0, y1 := p.top-max(b.top, b.bottom), p.top-min(b.top, b.bottom)
	switch p.turned {
	case enums.FPDF_PAGE_ROTATION_90_CW:
		return box{p.out.Width - y1, x0, p.out.Width - y0, x1}
	case enums.FPDF_PAGE_ROTATION_180_CW:
		return box{p.out.Width - x1, p.out.Height - y1, p.out.Width - x0, p.out.Height - y0}
	case enums.FPDF_PAGE_ROTATION_270_CW:
		return box{y0, p.out.Height - x1, y1, p.out.Height - x0}
	}
	return box{x0, y0, x1, y1}
}

func around(boxes []box) box {
	all := boxes[0]
	for _, b := range boxes[1:] {
		all = box{min(all.left, b.left), min(all.top, b.top), max(all.right, b.right), max(all.bottom, b.bottom)}
	}
	return all
}

// hasGap says that a line may hold a gap: between two of its rectangles, or inside of one
// that is too wide for its letters; or that it is two lines, which the engine took for one.
func hasGap(boxes []box, size float64, letters int) bool {
	for i := 1; i < len(boxes); i++ {
		if follows(boxes[i-1], boxes[i], size) {
			return true
		}
	}
	all := around(boxes)
	return all.right-all.left > float64(letters)*size*0.85 || all.bottom-all.top > size*highLine
}

// follows says that a box does not go on the line of the one before.
func follows(last, next box, size float64) bool {
	below := next.top > last.bottom || next.bottom < last.top
	return next.left-last.right > size*widestGap || next.right < last.left || (below && next.left < last.right-size/2)
}

// size is that of the letters in points, as they are shown: some files write at size 1 and
// scale.
func (p *pageText) size(at int, boxes []box) (float64, error) {
	s, err := p.engine.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: p.text, Index: at})
	if err != nil {
		return 0, fmt.Errorf("measure the letters: %w", err)
	}
	size := s.FontSize
	if m, err := p.engine.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: p.text, Index: at}); err == nil {
		if scale := math.Hypot(float64(m.Matrix.C), float64(m.Matrix.D)); scale > 0 {
			size *= scale
		}
	}
	if high := boxes[0].bottom - boxes[0].top; size < high*0.5 || size > high*20 {
		size = high
	}
	return math.Max(math.Round(size*10)/10, 1), nil
}

// pieces parts a line at its gaps, word by word.
func (p *pageText) pieces(start, end int, size float64) error {
	from, last := start, box{}
	var around box
	for at := start; at < end; {
		stop := at
		for stop < end && !isSpace(p.chars[stop]) {
			stop++
		}
		if stop > at {
			first, err := p.charBox(at)
			if err != nil {
				return err
			}
			final, err := p.charBox(stop - 1)
			if err != nil {
				return err
			}
			word := box{min(first.left, final.left), min(first.top, final.top), max(first.right, final.right), max(first.bottom, final.bottom)}
			if at > start && follows(last, word, size) {
				if err := p.stretch(from, at, around, size); err != nil {
					return err
				}
				from, around = at, word
			} else if at == start {
				around = word
			} else {
				around = box{min(around.left, word.left), min(around.top, word.top), max(around.right, word.right), max(around.bottom, word.bottom)}
			}
			last = word
		}
		at = stop + 1
	}
	return p.stretch(from, end, around, size)
}

func (p *pageText) charBox(at int) (box, error) {
	b, err := p.engine.FPDFText_GetCharBox(&requests.FPDFText_GetCharBox{TextPage: p.text, Index: at})
	if err != nil {
		return box{}, fmt.Errorf("measure a letter: %w", err)
	}
	return p.place(box{b.Left, b.Top, b.Right, b.Bottom}), nil
}

// stretch adds a line; its part in bold at the start is a line of its own.
func (p *pageText) stretch(start, end int, b box, size float64) error {
	for end > start && isSpace(p.chars[end-1]) {
		end--
	}
	if len(p.out.Lines) == 0 {
		p.out.OCR = p.invisible(start)
	}
	bold := p.bold(start)
	if bold == p.bold(end-1) {
		p.add(start, end, b, size, bold)
		return nil
	}
	cut := p.change(start, end, bold)
	at, err := p.charBox(cut)
	if err != nil || at.left <= b.left {
		p.add(start, end, b, size, false)
		return nil //nolint:nilerr // a letter without a box stays in its line
	}
	p.add(start, cut, box{b.left, b.top, at.left, b.bottom}, size, bold)
	p.add(cut, end, box{at.left, b.top, b.right, b.bottom}, size, !bold)
	return nil
}

// change finds where the weight of the letters changes, at the start of a word.
func (p *pageText) change(start, end int, bold bool) int {
	for at := start + 1; at < end; at++ {
		if isSpace(p.chars[at-1]) && !isSpace(p.chars[at]) && p.bold(at) != bold {
			return at
		}
	}
	return end - 1
}

// bold goes by the weight of the font and, since many files leave it out, by its name.
func (p *pageText) bold(at int) bool {
	w, err := p.engine.FPDFText_GetFontWeight(&requests.FPDFText_GetFontWeight{TextPage: p.text, Index: at})
	if err == nil && w.FontWeight >= boldWeight {
		return true
	}
	font, err := p.engine.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: p.text, Index: at})
	return err == nil && boldName.MatchString(font.FontName)
}

var boldName = regexp.MustCompile(`(?i)bold|black|heavy|gras|[-,]bd|-b$`)

func (p *pageText) add(start, end int, b box, size float64, bold bool) {
	text := letters(p.chars[start:end])
	if strings.TrimSpace(text) == "" {
		return
	}
	p.out.Lines = append(p.out.Lines, document.Line{Text: text, Left: b.left, Top: b.top, Right: b.right, Bottom: b.bottom, Size: size, Bold: bold})
}

// invisible says that text is drawn without ink: recognised from the picture above it.
func (p *pageText) invisible(at int) bool {
	object, err := p.engine.FPDFText_GetTextObject(&requests.FPDFText_GetTextObject{TextPage: p.text, Index: at})
	if err != nil {
		return false
	}
	mode, err := p.engine.FPDFTextObj_GetTextRenderMode(&requests.FPDFTextObj_GetTextRenderMode{PageObject: object.TextObject})
	return err == nil && mode.TextRenderMode == invisibleInk
}

// pictures counts the pictures that cover most of the page.
func (p *pageText) pictures() {
	count, err := p.engine.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: p.page})
	if err != nil {
		return
	}
	covered := 0.0
	for i := range min(count.Count, manyObjects) {
		object, err := p.engine.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: p.page, Index: i})
		if err != nil {
			return
		}
		kind, err := p.engine.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object.PageObject})
		if err != nil || (kind.Type != enums.FPDF_PAGEOBJ_IMAGE && kind.Type != enums.FPDF_PAGEOBJ_FORM) {
			continue
		}
		b, err := p.engine.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: object.PageObject})
		if err != nil {
			continue
		}
		// Scanners cut a page into strips.
		covered += float64(b.Right-b.Left) * float64(b.Top-b.Bottom)
	}
	if covered >= imageShare*p.out.Width*p.out.Height && covered > 0 {
		p.out.Images++
	}
}

// pageLabel is the number that the file itself gives the page; "" when it gives none.
func pageLabel(engine pdfium.Pdfium, file references.FPDF_DOCUMENT, index int) string {
	label, err := engine.FPDF_GetPageLabel(&requests.FPDF_GetPageLabel{Document: file, Page: index})
	if err != nil {
		return ""
	}
	return strings.TrimSpace(label.Label)
}

// Package ocr recognises the text of pages that are pictures, with tesseract where the operator
// installed it and asked for it. The pictures are drawn by the PDF reader in its own process; a
// program from elsewhere sees those alone, under a limit of time and memory. What the lines mean is
// left to document, which marks them wherever they are quoted.
package ocr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"

	"contredit/document"
)

const (
	program  = "tesseract"
	language = "fra"
	perPage  = 2 * time.Minute
	memory   = 2 << 20 // kilobytes of address space
	mostRead = 400     // pages of a file; the rest is said to be unread
	perInch  = 72.0    // points
)

// ErrNotInstalled is returned by Find when tesseract or its French is missing.
var ErrNotInstalled = errors.New("tesseract with its French is not installed")

// Find says whether pages can be recognised here.
func Find(ctx context.Context) error {
	out, err := exec.CommandContext(ctx, program, "--list-langs").CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNotInstalled, err)
	}
	for line := range strings.Lines(string(out)) {
		if strings.TrimSpace(line) == language {
			return nil
		}
	}
	return ErrNotInstalled
}

// Files draws the pages of files. document/pdf.Reader is one.
type Files interface {
	document.PageReader
	// Picture is a page, from 1, as a picture; nil when it cannot be drawn.
	Picture(ctx context.Context, content []byte, page int) ([]byte, error)
}

// Reader reads files as Files does, and recognises the pages that hold a picture and no text.
type Reader struct{ Files Files }

var _ document.PageReader = Reader{}

// Pages is of document.PageReader. A page that cannot be recognised stays without lines and says
// why; only a done ctx and a broken reader of files are errors.
func (r Reader) Pages(ctx context.Context, content []byte) ([]document.Page, document.State, error) {
	pages, state, err := r.Files.Pages(ctx, content)
	if err != nil || state != document.StateRead {
		return pages, state, err
	}
	read := 0
	for i := range pages {
		p := &pages[i]
		if len(p.Lines) > 0 || p.Images == 0 {
			continue
		}
		if read++; read > mostRead {
			p.Unread = fmt.Sprintf("Seules les %d premières pages numérisées d’un fichier sont reconnues.", mostRead)
			continue
		}
		picture, err := r.Files.Picture(ctx, content, p.Number)
		if err != nil {
			return nil, "", err
		}
		if picture == nil {
			p.Unread = "La page n’a pas pu être dessinée."
			continue
		}
		if err := recognise(ctx, p, picture); err != nil {
			return nil, "", err
		}
	}
	return pages, state, nil
}

// Pictures reads a file that is itself a picture, as one page.
type Pictures struct{}

var _ document.PageReader = Pictures{}

// Pages is of document.PageReader.
func (Pictures) Pages(ctx context.Context, content []byte) ([]document.Page, document.State, error) {
	p := document.Page{Number: 1, Images: 1}
	if err := recognise(ctx, &p, content); err != nil {
		return nil, "", err
	}
	return []document.Page{p}, document.StateRead, nil
}

// recognise fills a page with the lines of its picture, or says in it why not.
func recognise(ctx context.Context, p *document.Page, picture []byte) error {
	limited, cancel := context.WithTimeout(ctx, perPage)
	defer cancel()
	// The shell sets the limit that the program inherits, and becomes it.
	cmd := exec.CommandContext(limited, "/bin/sh", "-c", fmt.Sprintf("ulimit -v %d; exec %s stdin stdout -l %s tsv", memory, program, language))
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "TESSDATA_PREFIX=" + os.Getenv("TESSDATA_PREFIX"), "OMP_THREAD_LIMIT=1"}
	if os.Getenv("TESSDATA_PREFIX") == "" {
		cmd.Env = []string{cmd.Env[0], cmd.Env[2]} // set to nothing, it is looked into
	}
	cmd.Stdin = bytes.NewReader(picture)
	cmd.WaitDelay = 5 * time.Second
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("recognise page %d: %w", p.Number, ctx.Err())
	case limited.Err() != nil:
		p.Unread = fmt.Sprintf("La reconnaissance du texte a dépassé %d minutes.", int(perPage.Minutes()))
	case err != nil:
		p.Unread = "La reconnaissance du texte a échoué (" + lastLine(said.String(), err) + ")."
	default:
		p.Lines, p.Width, p.Height = lines(string(out), p.Width, p.Height)
		p.OCR = len(p.Lines) > 0
	}
	return nil
}

func lastLine(said string, err error) string {
	all := strings.Split(strings.TrimSpace(said), "\n")
	if last := strings.TrimSpace(all[len(all)-1]); last != "" {
		return last
	}
	return err.Error()
}

// word is a row of tesseract's TSV: level, page, block, paragraph, line, word, left, top, width,
// height, confidence, text; lengths in pixels.
type word struct {
	level                    int
	block, paragraph, line   int
	left, top, width, height float64
	text                     string
}

func wordOf(row string) (word, bool) {
	cells := strings.Split(row, "\t")
	if len(cells) < 12 {
		return word{}, false
	}
	var n [10]int
	for i := range n {
		v, err := strconv.Atoi(cells[i])
		if err != nil {
			return word{}, false // the head of the table
		}
		n[i] = v
	}
	return word{level: n[0], block: n[2], paragraph: n[3], line: n[4], left: float64(n[6]), top: float64(n[7]), width: float64(n[8]), height: float64(n[9]),
		text: strings.TrimSpace(cells[11])}, true
}

// The levels of a row.
const (
	levelPage = 1
	levelWord = 5
)

// lines makes lines, in points, of tesseract's words; width and height are those of the page in
// points, 0 when they are not known: then the picture is taken for one of 300 pixels an inch.
func lines(tsv string, width, height float64) ([]document.Line, float64, float64) {
	scale := perInch / 300
	var out []document.Line
	var last word
	for row := range strings.Lines(tsv) {
		w, ok := wordOf(strings.TrimRight(row, "\r\n"))
		if !ok {
			continue
		}
		if w.level == levelPage && w.width > 0 {
			if width > 0 {
				scale = width / w.width
			}
			width, height = w.width*scale, w.height*scale
		}
		if w.level != levelWord || w.text == "" {
			continue
		}
		left, top, right, bottom := w.left*scale, w.top*scale, (w.left+w.width)*scale, (w.top+w.height)*scale
		if n := len(out); n > 0 && w.block == last.block && w.paragraph == last.paragraph && w.line == last.line {
			l := &out[n-1]
			l.Text += " " + w.text
			l.Left, l.Top, l.Right, l.Bottom = min(l.Left, left), min(l.Top, top), max(l.Right, right), max(l.Bottom, bottom)
		} else {
			out = append(out, document.Line{Text: w.text, Left: left, Top: top, Right: right, Bottom: bottom})
		}
		last = w
	}
	setSizes(out)
	return out, width, height
}

// setSizes gives lines the size of their letters. A line is as high as the letters in it happen to
// be (« nous » or « Après »): what is near the middle of all has its size.
func setSizes(all []document.Line) {
	heights := make([]float64, len(all))
	for i, l := range all {
		heights[i] = l.Bottom - l.Top
	}
	slices.Sort(heights)
	for i := range all {
		size, middle := all[i].Bottom-all[i].Top, heights[len(heights)/2]
		if size > 0.6*middle && size < 1.5*middle {
			size = middle
		}
		all[i].Size = size
	}
}

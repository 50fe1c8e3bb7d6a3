package document

import "context"

// PageReader turns the bytes of a PDF into the text of its pages. document/pdf does it in a
// child process; a test may hand in pages of its own.
type PageReader interface {
	// Pages returns the pages in order, or a State other than StateRead with a nil error
	// when the file cannot be read. An error means that the reader itself broke.
	Pages(ctx context.Context, content []byte) ([]Page, State, error)
}

// Page is one page of a PDF: boxes of text in points from the top left corner.
type Page struct {
	Number  int // physical, from 1
	Width   float64
	Height  float64
	Lines   []Line
	Images  int // pictures that cover most of the page
	OCR     bool
	Unread  string // why the text of its picture was not recognised, in French; "" when nobody tried
	Printed string
}

// Line is a run of text on one line, in the order in which the file draws it.
type Line struct {
	Text                     string
	Left, Top, Right, Bottom float64
	Size                     float64 // of the letters, in points
	Bold                     bool
}

// Reader reads any publication that a council makes.
type Reader struct {
	PDF      PageReader
	Pictures PageReader // reads what is a picture itself; nil when nothing does
}

package document

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"path"
	"strings"
	"unicode/utf8"
)

// MaxSize is the largest content, in bytes, that Read looks into.
const MaxSize = 256 << 20

// form is what the bytes are, whatever they are called.
type form int

const (
	formUnknown form = iota
	formHTML
	formPDF
	formDOCX
	formODT
	formCaptions
	formText
	formOldWord // .doc, and what else is kept in its container
	formZip
	formImage
	formSound
	formRTF
)

// Read turns the bytes of a publication into located passages and minutes. Bytes that
// cannot be read give a Reading whose State and Note say so, with a nil error; an error
// means that the reader itself failed, or that ctx was done.
func (r Reader) Read(ctx context.Context, origin Origin, content []byte) (*Reading, error) {
	if len(content) > MaxSize {
		return refused(origin, StateTooBig, fmt.Sprintf("Le fichier pèse %d Mo, plus que les %d Mo que contredit lit ; déposez-en une partie.", len(content)>>20, MaxSize>>20)), nil
	}
	if len(bytes.TrimSpace(content)) == 0 {
		return refused(origin, StateEmpty, "Le fichier est vide ; vérifiez l’adresse auprès de qui le publie."), nil
	}
	read, err := r.read(ctx, origin, content)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", origin.URL, err)
	}
	if read.VideoURL == "" {
		read.VideoURL = origin.VideoURL
	}
	if origin.TypedBy != "" {
		read.markTyped(origin.TypedBy)
	}
	read.understand(origin)
	return read, nil
}

func (r Reader) read(ctx context.Context, origin Origin, content []byte) (*Reading, error) {
	switch formOf(origin, content) {
	case formHTML:
		return readHTML(origin, content)
	case formCaptions:
		return readCaptions(origin, content)
	case formPDF:
		return r.readPDF(ctx, origin, content)
	case formDOCX:
		return readDOCX(origin, content)
	case formODT:
		return readODT(origin, content)
	case formText:
		return readPlain(origin, content)
	case formOldWord:
		return refused(origin, StateUnsupported, "Ancien format Word (.doc) : demandez le fichier en PDF ou en .docx, ou enregistrez-le dans ce format puis joignez-le."), nil
	case formRTF:
		return refused(origin, StateUnsupported, "Format RTF : enregistrez le fichier en .docx ou en PDF puis joignez-le."), nil
	case formZip:
		return refused(origin, StateUnsupported, "Archive compressée : joignez un à un les fichiers qu’elle contient."), nil
	case formImage:
		if r.Pictures != nil {
			pages, state, err := r.Pictures.Pages(ctx, content)
			if err != nil {
				return nil, err
			}
			return readPages(origin, pages, state), nil
		}
		return refused(origin, StateScanned, "Le document est une image : joignez une transcription pour qu’il puisse être lu."), nil
	case formSound:
		return refused(origin, StateUnsupported, "Enregistrement sonore ou vidéo : joignez des sous-titres ou une transcription."), nil
	}
	return refused(origin, StateUnsupported, "Format de fichier inconnu : demandez le document en PDF, ou joignez une transcription."), nil
}

// markTyped says of every place in the text that a person attached it.
func (r *Reading) markTyped(by string) {
	r.TypedBy = by
	for i := range r.Passages {
		r.Passages[i].Locator.Typed = true
		for k := range r.Passages[i].Marks {
			r.Passages[i].Marks[k].Locator.Typed = true
		}
	}
}

// refused is a reading without text: why, and what to do.
func refused(origin Origin, state State, note string) *Reading {
	r := &Reading{State: state, Note: note, Lang: "fr", VideoURL: origin.VideoURL, Date: announcedDay(origin)}
	if r.Title = fold(origin.Title); r.Title == "" || isFileName(r.Title) {
		r.Title = titleOfAddress(origin.URL)
	}
	return r
}

func (r Reader) readPDF(ctx context.Context, origin Origin, content []byte) (*Reading, error) {
	if r.PDF == nil {
		return nil, errors.New("no reader of PDF files is configured")
	}
	pages, state, err := r.PDF.Pages(ctx, content)
	if err != nil {
		return nil, err
	}
	return readPages(origin, pages, state), nil
}

var (
	pdfObject  = lazily(`(?m)(?:^|[\r\n])\d{1,10} \d{1,5} obj\b`)
	timingLine = lazily(`(?m)^\s*(?:\d{1,4}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?\s*-->`)
	htmlStart  = lazily(`(?i)<(?:!doctype\s+html|html|head|body|meta|title|div|p|table|h[1-6]|article|section)[\s>]`)
	fileName   = lazily(`(?i)^\S*\.(?:pdf|docx?|odt|rtf|txt|vtt|srt|html?|zip)$|^[\w.%-]*[_/][\w./%-]*$`)
)

// formOf tells the form from the bytes first: servers announce « text/html » for anything
// and listings link « .pdf » addresses that answer with an error page.
func formOf(origin Origin, content []byte) form {
	if f := signature(content); f != formUnknown {
		return f
	}
	text := content
	if enc := markedEncoding(content); enc != nil {
		if decoded, err := decodeWith(enc, content); err == nil {
			text = []byte(decoded)
		}
	}
	text = trimMark(text)
	head := text[:min(len(text), 4096)]
	if bytes.HasPrefix(text, []byte("WEBVTT")) || timingLine.Match(head) {
		return formCaptions
	}
	media, _, _ := strings.Cut(strings.ToLower(origin.MediaType), ";")
	media = strings.TrimSpace(media)
	ext := strings.ToLower(path.Ext(addressPath(origin.URL)))
	if origin.TypedBy != "" {
		ext = strings.ToLower(path.Ext(origin.TypedFile))
	}
	switch {
	case htmlStart.Match(head), media == "text/html" && looksLikeText(text), media == "application/xhtml+xml":
		return formHTML
	case media == "text/vtt", media == "application/x-subrip", ext == ".vtt", ext == ".srt":
		return formCaptions
	case !looksLikeText(text):
		return formUnknown
	case ext == ".html", ext == ".htm":
		return formHTML
	}
	return formText
}

func signature(content []byte) form {
	// Readers of PDF take the header anywhere in the first kilobyte.
	if at := bytes.Index(content[:min(len(content), 1024)], []byte("%PDF-")); at >= 0 && !htmlStart.Match(content[:at]) {
		return formPDF
	}
	// A file that lost its header would be read as text: its source would be quoted.
	if pdfObject.Match(content[:min(len(content), 1024)]) && bytes.Contains(content, []byte("endobj")) {
		return formPDF
	}
	for _, s := range signatures {
		if bytes.HasPrefix(content, []byte(s.start)) {
			if s.form == formZip {
				return zipForm(content)
			}
			return s.form
		}
	}
	if len(content) > 12 && string(content[4:8]) == "ftyp" {
		return formSound
	}
	return formUnknown
}

var signatures = []struct {
	start string
	form  form
}{
	{"PK\x03\x04", formZip},
	{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", formOldWord},
	{"{\\rtf", formRTF},
	{"\xFF\xD8\xFF", formImage},
	{"\x89PNG\r\n", formImage},
	{"GIF8", formImage},
	{"II*\x00", formImage},
	{"MM\x00*", formImage},
	{"ID3", formSound},
	{"OggS", formSound},
	{"\x1A\x45\xDF\xA3", formSound},
	{"RIFF", formSound},
	{"Rar!", formZip},
	{"7z\xBC\xAF\x27\x1C", formZip},
	{"\x1F\x8B", formZip},
}

// looksLikeText says that hardly any byte is one that no text holds.
func looksLikeText(content []byte) bool {
	head := content[:min(len(content), 8192)]
	odd := 0
	for _, b := range head {
		if b < 0x20 && b != '\n' && b != '\r' && b != '\t' && b != '\f' {
			odd++
		}
	}
	return odd*50 < len(head) && (utf8.Valid(content) || odd == 0)
}

func addressPath(address string) string {
	if u, err := url.Parse(address); err == nil {
		return u.Path
	}
	return address
}

// isFileName says that a title is only what the file is called.
func isFileName(title string) bool { return fileName.MatchString(strings.TrimSpace(title)) }

// titleOfAddress makes a title of the last part of an address: better than none.
func titleOfAddress(address string) string {
	name := path.Base(addressPath(address))
	name = strings.TrimSuffix(name, path.Ext(name))
	if name == "." || name == "/" {
		return ""
	}
	return fold(strings.NewReplacer("_", " ", "-", " ").Replace(name))
}

// printedDay writes an ISO day as people do: « 9 octobre 2025 ».
func printedDay(iso string) string {
	var y, m, d int
	if _, err := fmt.Sscanf(iso, "%d-%d-%d", &y, &m, &d); err != nil || m < 1 || m > 12 {
		return iso
	}
	day := fmt.Sprint(d)
	if d == 1 {
		day = "1er"
	}
	return day + " " + monthOrder[m-1] + " " + fmt.Sprint(y)
}

var monthOrder = []string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}

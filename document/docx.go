package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Limits on what is unpacked: a file of a few kilobytes may hold gigabytes of zeros.
const (
	maxPart  = 128 << 20 // bytes of one part
	maxDepth = 256       // nested elements
)

var errTooBig = errors.New("part larger than the limit")

// zipForm tells what a container of parts is from the names in it.
func zipForm(content []byte) form {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return formDOCX // cut short: the reader says that it is malformed
	}
	for _, f := range z.File {
		switch {
		case f.Name == "word/document.xml" || strings.HasPrefix(f.Name, "word/document"):
			return formDOCX
		case f.Name == "mimetype" && f.UncompressedSize64 < 100:
			if kind, err := readPart(z, "mimetype"); err == nil && bytes.HasPrefix(kind, []byte("application/vnd.oasis.opendocument.text")) {
				return formODT
			}
		}
	}
	return formZip
}

// readPart unpacks one part; nil without an error when there is none of that name.
func readPart(z *zip.Reader, name string) ([]byte, error) {
	for _, f := range z.File {
		if !strings.EqualFold(f.Name, name) {
			continue
		}
		if f.UncompressedSize64 > maxPart {
			return nil, fmt.Errorf("unpack %s: %w", name, errTooBig)
		}
		part, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("unpack %s: %w", name, err)
		}
		// The size that the archive announces may be wrong.
		all, err := io.ReadAll(io.LimitReader(part, maxPart+1))
		if cerr := part.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			return nil, fmt.Errorf("unpack %s: %w", name, err)
		}
		if len(all) > maxPart {
			return nil, fmt.Errorf("unpack %s: %w", name, errTooBig)
		}
		return all, nil
	}
	return nil, nil
}

// brokenFile is the reading of a file whose parts cannot be read.
func brokenFile(origin Origin, err error) *Reading {
	if errors.Is(err, errTooBig) {
		return refused(origin, StateTooBig, "Le fichier, une fois décompressé, dépasse ce que contredit lit ; demandez-le en PDF.")
	}
	return refused(origin, StateMalformed, "Le fichier est incomplet ou abîmé ; demandez-le de nouveau à qui le publie.")
}

// readDOCX reads a Word file: headings, paragraphs, lists and tables in the order of the
// text, without what tracked changes removed and without headers and footers.
func readDOCX(origin Origin, content []byte) (*Reading, error) {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		if bytes.Contains(content[:min(len(content), 1<<16)], []byte("EncryptedPackage")) {
			return refused(origin, StateEncrypted, "Le fichier est protégé par un mot de passe ; demandez-en une copie ouverte."), nil
		}
		return brokenFile(origin, err), nil
	}
	body, err := readPart(z, "word/document.xml")
	if err != nil || body == nil {
		return brokenFile(origin, err), nil
	}
	styles, err := readPart(z, "word/styles.xml")
	if err != nil {
		return brokenFile(origin, err), nil
	}
	d := &wordText{headings: headingStyles(styles)}
	if err := walkXML(body, d); err != nil {
		if len(d.blocks) == 0 {
			return brokenFile(origin, err), nil
		}
		d.cut = true
	}
	r := layBlocks(origin, d.blocks)
	if d.cut {
		r.Report = append(r.Report, Finding{Code: "cut_file", Text: "Le fichier est incomplet : la fin du texte manque."})
	}
	if core, err := readPart(z, "docProps/core.xml"); err == nil && len(core) > 0 {
		r.Author = coreAuthor(core)
	}
	return r, nil
}

var creator = lazily(`<dc:creator>([^<]{1,120})</dc:creator>`)

func coreAuthor(core []byte) string {
	if m := creator.FindSubmatch(core); m != nil {
		return fold(string(m[1]))
	}
	return ""
}

// markup receives the elements and text of an XML part.
type markup interface {
	begin(e xml.StartElement)
	end(name string)
	chars(text string)
}

func walkXML(part []byte, m markup) error {
	d := xml.NewDecoder(bytes.NewReader(part))
	d.Strict = false
	depth := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			if depth > 0 {
				return io.ErrUnexpectedEOF
			}
			return nil
		}
		if err != nil {
			return fmt.Errorf("parse part at byte %d: %w", d.InputOffset(), err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return errors.New("elements nested too deep")
			}
			m.begin(t)
		case xml.EndElement:
			depth--
			m.end(t.Name.Local)
		case xml.CharData:
			m.chars(string(t))
		}
	}
}

func xmlValue(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

var headingName = lazily(`(?i)^(?:heading|titre|title|sous-titre|subtitle|überschrift)\s*[1-9]?$`)

// headingStyles lists the style ids that stand for headings: by name, which is English in
// files of any language, by outline level, or based on one.
func headingStyles(styles []byte) map[string]bool {
	var file struct {
		Style []struct {
			ID      string `xml:"styleId,attr"`
			Name    value  `xml:"name"`
			Based   value  `xml:"basedOn"`
			Outline *value `xml:"pPr>outlineLvl"`
		} `xml:"style"`
	}
	headings := map[string]bool{}
	if len(styles) == 0 || xml.Unmarshal(styles, &file) != nil {
		return headings // without styles everything is a paragraph, and nothing is lost
	}
	for range 3 {
		for _, s := range file.Style {
			if headingName.MatchString(s.Name.Val) || headings[s.Based.Val] || (s.Outline != nil && s.Outline.Val < "9") {
				headings[s.ID] = true
			}
		}
	}
	return headings
}

type value struct {
	Val string `xml:"val,attr"`
}

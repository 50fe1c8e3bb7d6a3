package document_test

import (
	"archive/zip"
	"bytes"
	"io"
	"runtime"
	"strings"
	"testing"

	"contredit/document"
)

// zipped is an archive of one part that repeats a text until it has so many bytes.
func zipped(t *testing.T, name, head, fill, tail string, size int) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	part, err := z.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	many := strings.Repeat(fill, 1<<20/len(fill))
	io.WriteString(part, head) //nolint:errcheck // into memory
	for n := 0; n < size; n += len(many) {
		io.WriteString(part, many) //nolint:errcheck // into memory
	}
	io.WriteString(part, tail) //nolint:errcheck // into memory
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestBombsAreRefusedWithinBounds holds that a small file which unpacks to gigabytes is a
// state that is said, and does not fill the memory on the way.
func TestBombsAreRefusedWithinBounds(t *testing.T) {
	const mostAllocated = 1 << 30
	const body = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`
	entities := `<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaaaaaaaaaaaa">`
	for i := 'b'; i < 'k'; i++ {
		entities += "<!ENTITY " + string(i) + ` "` + strings.Repeat("&"+string(i-1)+";", 20) + `">`
	}
	tests := map[string]struct {
		content []byte
		want    document.State
	}{
		"ManyZeros":       {zipped(t, "word/document.xml", body, "\x00", "", 600<<20), document.StateTooBig},
		"ManyParagraphs":  {zipped(t, "word/document.xml", body, "<w:p><w:r><w:t>a</w:t></w:r></w:p>", "</w:body></w:document>", 300<<20), document.StateTooBig},
		"NestedElements":  {zipped(t, "word/document.xml", body, "<w:p>", "", 4<<20), document.StateMalformed},
		"EntitiesInXML":   {zipped(t, "word/document.xml", entities+"]>"+strings.Replace(body, "<w:body>", "<w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p>", 1), " ", "</w:body></w:document>", 1), document.StateRead},
		"OpenDocumentToo": {zipped(t, "content.xml", "<office:document-content>", " ", "", 300<<20), ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			r, err := document.Reader{}.Read(t.Context(), document.Origin{URL: "https://region.example/pv.docx"}, tt.content)
			runtime.ReadMemStats(&after)
			if err != nil {
				t.Fatal(err)
			}
			if r.State != tt.want && (tt.want != "" || r.State == document.StateRead) {
				t.Errorf("state %q (%s), want %q", r.State, r.Note, tt.want)
			}
			if (r.Note == "") != (r.State == document.StateRead) {
				t.Errorf("state %q is explained by %q", r.State, r.Note)
			}
			if len(r.Text) > 1000 {
				t.Errorf("entities grew into %d bytes of text", len(r.Text))
			}
			if allocated := after.TotalAlloc - before.TotalAlloc; allocated > mostAllocated {
				t.Errorf("%d MB were allocated for a file of %d kB", allocated>>20, len(tt.content)>>10)
			}
		})
	}
}

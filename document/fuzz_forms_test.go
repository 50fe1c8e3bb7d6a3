package document_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"strings"
	"testing"
	"time"

	"contredit/document"
)

// readForm reads bytes that claim to be of a form, and checks the spans of whatever came of them.
func readForm(t *testing.T, address, mediaType string, content []byte) {
	t.Helper()
	r, err := document.Reader{}.Read(context.Background(), document.Origin{URL: address, MediaType: mediaType, Role: document.RoleRecord,
		FetchedAt: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}, content)
	if err != nil {
		return
	}
	checkSpans(t, r)
}

// TestFuzzedFormsAreRead keeps the fuzz targets from fuzzing what no reader takes.
func TestFuzzedFormsAreRead(t *testing.T) {
	for address, content := range map[string][]byte{
		"a.docx": packed(t, "word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>La séance est ouverte.</w:t></w:r></w:p></w:body></w:document>`),
		"a.odt":  packed(t, "content.xml", `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text><text:p>La séance est ouverte.</text:p></office:text></office:body></office:document-content>`),
	} {
		r, err := document.Reader{}.Read(context.Background(), document.Origin{URL: "https://r.example/" + address}, content)
		if err != nil || r.Text != "La séance est ouverte." {
			t.Errorf("%s: %+v, %v", address, r, err)
		}
	}
}

// FuzzReadText reads any bytes as captions and as plain text.
func FuzzReadText(f *testing.F) {
	f.Add([]byte("WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<v Mme Prévert>La séance est ouverte.\n\n00:00:03.000 --> 00:00:05.000\n<c>La séance</c> est ouverte. Merci."))
	f.Add([]byte("1\n00:00:01,000 --> 00:00:03,000\n<i>Qui est pour ?</i>\n\n2\n00:00:03,000 --> 00:00:02,000\n>> Moi."))
	f.Add([]byte("SÉANCE DU 15 JANVIER 2024\n\nPrésents : M. SORIN Luc, Mme PRÉVERT Anne\n\n1) Budget\nPour : 3 Contre : 0\nMême vote."))
	f.Add([]byte("\xff\xfeM\x00.\x00 \x00S\x00"))
	f.Fuzz(func(t *testing.T, content []byte) {
		readForm(t, "https://r.example/a.vtt", "text/vtt", content)
		readForm(t, "https://r.example/a.srt", "application/x-subrip", content)
		readForm(t, "https://r.example/a.txt", "text/plain", content)
	})
}

// FuzzReadOffice reads any three paragraphs, the last two also as a row of a table, in the
// two forms of office documents.
func FuzzReadOffice(f *testing.F) {
	f.Add("Étaient présents : Mme Anne Prévert", "Pour", "3")
	f.Add("1. Budget", "Conseillers ; Présent ; Pouvoir à", "M. SORIN Luc ; X ;")
	f.Add("M. le Président. –", "(Rires)", "\u00a0")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		a, b, c = inXML(a), inXML(b), inXML(c)
		p := func(s string) string { return "<w:p><w:r><w:t>" + s + "</w:t></w:r></w:p>" }
		readForm(t, "https://r.example/a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", packed(t, "word/document.xml",
			`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`+p(a)+p(b)+`<w:tbl><w:tr><w:tc>`+p(b)+`</w:tc><w:tc>`+p(c)+`</w:tc></w:tr></w:tbl></w:body></w:document>`))
		q := func(s string) string { return "<text:p>" + s + "</text:p>" }
		readForm(t, "https://r.example/a.odt", "application/vnd.oasis.opendocument.text", packed(t, "content.xml",
			`<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>`+q(a)+q(b)+
				`<table:table><table:table-row><table:table-cell>`+q(b)+`</table:table-cell><table:table-cell>`+q(c)+`</table:table-cell></table:table-row></table:table></office:text></office:body></office:document-content>`))
	})
}

func inXML(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

func packed(t *testing.T, name, content string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range []struct{ name, content string }{{"mimetype", "application/vnd.oasis.opendocument.text"}, {name, content}} {
		if part.name == "mimetype" && name != "content.xml" {
			continue // of ODT alone
		}
		w, err := z.Create(part.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(part.content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

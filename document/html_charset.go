package document

import (
	"bytes"
	"fmt"
	"mime"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// decodeHTML turns the bytes of a page into UTF-8. In this order: a byte order mark, the
// charset of the source's configuration, bytes that are UTF-8 beyond doubt, the header, the
// page's own meta element, and windows-1252.
//
// Bytes come before the header because French pages that declare ISO-8859-1 and are UTF-8
// are common, while text of another charset that happens to be valid UTF-8 is not.
func decodeHTML(origin Origin, content []byte) (string, error) {
	if enc := markedEncoding(content); enc != nil {
		return decodeWith(enc, content)
	}
	if origin.Charset != "" {
		enc, err := htmlindex.Get(origin.Charset)
		if err != nil {
			return "", fmt.Errorf("charset %q of the source: %w", origin.Charset, err)
		}
		return decodeWith(enc, content)
	}
	if utf8.Valid(content) && !looks7bit(content) {
		return string(content), nil
	}
	label := ""
	if _, params, err := mime.ParseMediaType(origin.MediaType); err == nil {
		label = params["charset"]
	}
	contentType := "text/html"
	if _, err := htmlindex.Get(label); err == nil {
		contentType += "; charset=" + label
	}
	enc, name, _ := charset.DetermineEncoding(content, contentType)
	if name == "utf-8" && !utf8.Valid(content) {
		// Declared UTF-8, and a byte says otherwise: pages pasted from a word processor.
		enc, _ = charset.Lookup("windows-1252")
	}
	return decodeWith(enc, content)
}

func markedEncoding(content []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(content, byteOrderMark):
		return unicode.UTF8BOM
	case bytes.HasPrefix(content, []byte{0xFE, 0xFF}):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case bytes.HasPrefix(content, []byte{0xFF, 0xFE}):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	}
	return nil
}

// looks7bit says that no byte tells the charset: plain ASCII, or UTF-16 without a mark, or
// an ISO-2022 charset.
func looks7bit(content []byte) bool {
	for _, b := range content {
		if b >= 0x80 {
			return false
		}
	}
	return true
}

func decodeWith(enc encoding.Encoding, content []byte) (string, error) {
	if enc == nil {
		return string(bytes.ToValidUTF8(content, []byte("\uFFFD"))), nil
	}
	text, err := enc.NewDecoder().Bytes(content)
	if err != nil {
		return "", fmt.Errorf("decode %d bytes: %w", len(content), err)
	}
	return string(bytes.ToValidUTF8(trimMark(text), []byte("\uFFFD"))), nil
}

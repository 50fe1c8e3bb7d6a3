package evidence

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"slices"
	"sort"
	"strings"
)

// warcRecord is one record of a WARC 1.1 file (ISO 28500:2017).
type warcRecord struct {
	kind, id, date, target, media, refersTo string
	payload                                 []byte // of a response, without its HTTP head
	block                                   []byte
}

// writeWARC writes the captures as a WARC 1.1 file, one gzip member a record: warcinfo, then
// of every capture what was answered and the text that was read of it.
func writeWARC(w io.Writer, d Dossier) error {
	info := "software: contredit\r\nformat: WARC File Format 1.1\r\nconformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n" +
		"description: transfer and content codings are removed, as the client removed them; header fields are in alphabetical order\r\n"
	if d.Instance != "" {
		info += "operator: " + strings.Join(strings.Fields(d.Instance), " ") + "\r\n"
	}
	records := []warcRecord{{kind: "warcinfo", id: urn("warcinfo", d.MadeAt, d.ids()), date: d.MadeAt, media: "application/warc-fields", block: []byte(info)}}
	for _, o := range d.Originals {
		r := warcRecord{kind: "response", id: o.recordID(), date: o.FetchedAt, target: o.URL, media: "application/http;msgtype=response", payload: o.Content}
		if o.Status == 0 || !strings.HasPrefix(o.URL, "http") {
			r.kind, r.media, r.block = "resource", orElse(o.MediaType, "application/octet-stream"), o.Content // a file that nobody served
		} else {
			r.block = append(httpHead(o), o.Content...)
		}
		records = append(records, r)
		if o.Text != "" {
			records = append(records, warcRecord{kind: "conversion", id: urn("conversion", o.URL, o.SHA256, o.FetchedAt), date: d.MadeAt, target: o.URL,
				media: "text/plain; charset=utf-8", refersTo: r.id, payload: []byte(o.Text), block: []byte(o.Text)})
		}
	}
	for _, r := range records {
		if err := r.write(w); err != nil {
			return fmt.Errorf("write WARC record %s: %w", r.id, err)
		}
	}
	return nil
}

func (o Original) recordID() string { return urn("capture", o.URL, o.SHA256, o.FetchedAt) }

// httpHead is the head of the answer as it was kept. Fields about a coding that was removed,
// or that end a line, are left out; the length is that of the bytes that follow.
func httpHead(o Original) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", o.Status, orElse(http.StatusText(o.Status), "Unknown"))
	var names []string
	for name := range o.Header {
		if !slices.Contains([]string{"Content-Encoding", "Content-Length", "Transfer-Encoding", "Connection"}, textproto.CanonicalMIMEHeaderKey(name)) {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	oneLine := strings.NewReplacer("\r", " ", "\n", " ")
	for _, name := range names {
		for _, value := range o.Header[name] {
			fmt.Fprintf(&b, "%s: %s\r\n", oneLine.Replace(name), oneLine.Replace(value))
		}
	}
	if !slices.ContainsFunc(names, func(n string) bool { return textproto.CanonicalMIMEHeaderKey(n) == "Content-Type" }) && o.MediaType != "" {
		fmt.Fprintf(&b, "Content-Type: %s\r\n", oneLine.Replace(o.MediaType))
	}
	fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n", len(o.Content))
	return b.Bytes()
}

func (r warcRecord) write(w io.Writer) error {
	member := gzip.NewWriter(w)
	var head strings.Builder
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&head, "%s: %s\r\n", name, value)
		}
	}
	head.WriteString("WARC/1.1\r\n")
	field("WARC-Type", r.kind)
	field("WARC-Record-ID", "<"+r.id+">")
	field("WARC-Date", r.date)
	field("WARC-Target-URI", r.target)
	if r.refersTo != "" {
		field("WARC-Refers-To", "<"+r.refersTo+">")
	}
	field("WARC-Block-Digest", warcDigest(r.block))
	if r.kind != "warcinfo" {
		field("WARC-Payload-Digest", warcDigest(r.payload))
	}
	field("Content-Type", r.media)
	field("Content-Length", fmt.Sprint(len(r.block)))
	head.WriteString("\r\n")
	for _, part := range [][]byte{[]byte(head.String()), r.block, []byte("\r\n\r\n")} {
		if _, err := member.Write(part); err != nil {
			return err
		}
	}
	return member.Close()
}

func warcDigest(content []byte) string {
	sum := sha256.Sum256(content)
	return "sha256:" + hex.EncodeToString(sum[:])
}

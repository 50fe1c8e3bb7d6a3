package digest

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
)

// Bounce is what a mail system says of a mail that it could not deliver.
type Bounce struct {
	Recipient string // address
	Permanent bool   // the address is gone: status 5.1.x, or without a telling one an answer that says so
	Status    string // such as 5.1.1 (RFC 3463); "" when none is given
	Reason    string // what the other server said
	MessageID string // of the mail that came back, before its « @ »; "" when the report returns no headers
}

// ErrNoBounce is returned for a mail that reports no failure: an answer, a receipt, anything.
var ErrNoBounce = errors.New("the mail reports no failed delivery")

// mostBounce is how much of a mail is read: a report stands at its beginning.
const mostBounce = 1 << 20

// ReadBounce reads a delivery status notification (RFC 3464), which names each recipient that a
// mail did not reach. A mail of another form is ErrNoBounce: guessing from its prose would
// suspend the wrong people.
func ReadBounce(r io.Reader) ([]Bounce, error) {
	m, err := mail.ReadMessage(bufio.NewReader(io.LimitReader(r, mostBounce)))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoBounce, err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/report" || !strings.EqualFold(params["report-type"], "delivery-status") {
		return nil, ErrNoBounce
	}
	var found []Bounce
	returned := ""
	for parts := multipart.NewReader(m.Body, params["boundary"]); ; {
		part, err := parts.NextRawPart()
		if err != nil {
			break // the end, or a report that is cut off: what was read counts
		}
		switch kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type")); kind {
		case "message/delivery-status", "message/global-delivery-status":
			if found, err = readStatus(decodedPart(part)); err != nil {
				return nil, err
			}
		case "message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers":
			// A fault further down leaves the headers before it.
			header, _ := textproto.NewReader(bufio.NewReader(decodedPart(part))).ReadMIMEHeader()
			returned, _, _ = strings.Cut(strings.Trim(strings.TrimSpace(header.Get("Message-Id")), "<>"), "@")
		}
	}
	if len(found) == 0 {
		return nil, ErrNoBounce
	}
	for i := range found {
		found[i].MessageID = returned
	}
	return found, nil
}

func decodedPart(part *multipart.Part) io.Reader {
	switch strings.ToLower(part.Header.Get("Content-Transfer-Encoding")) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, part)
	case "quoted-printable":
		return quotedprintable.NewReader(part)
	}
	return part
}

// readStatus reads the groups of fields after the first one, which is about the whole message.
func readStatus(r io.Reader) ([]Bounce, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoBounce, err)
	}
	var found []Bounce
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	for _, group := range bytes.Split(text, []byte("\n\n")) {
		// A group with a fault in one line still names its recipient in another.
		fields, _ := textproto.NewReader(bufio.NewReader(bytes.NewReader(append(bytes.TrimSpace(group), "\n\n"...)))).ReadMIMEHeader()
		action := strings.ToLower(strings.TrimSpace(fields.Get("Action")))
		if action != "failed" {
			continue // delayed, delivered, relayed, expanded
		}
		address := addressField(fields.Get("Final-Recipient"))
		if original := addressField(fields.Get("Original-Recipient")); original != "" {
			address = original // the one that we wrote to; the final one may be behind a forward
		}
		if address == "" {
			continue
		}
		status := strings.TrimSpace(fields.Get("Status"))
		reason := oneLine(addressOrText(fields.Get("Diagnostic-Code")))
		gone := addressGone(status)
		if status == "" || status == "5.0.0" { // « other »: some servers give no more
			gone = readReply(reason).noMailbox()
		}
		found = append(found, Bounce{Recipient: address, Permanent: gone, Status: status, Reason: reason})
	}
	if len(found) == 0 {
		return nil, ErrNoBounce
	}
	return found, nil
}

// addressField is the address of « rfc822; a@b.example »; "" when there is none.
func addressField(value string) string {
	kind, text, ok := strings.Cut(value, ";")
	if !ok || !strings.EqualFold(strings.TrimSpace(kind), "rfc822") && !strings.EqualFold(strings.TrimSpace(kind), "utf-8") {
		return ""
	}
	address, err := mail.ParseAddress(strings.Trim(strings.TrimSpace(text), "<>"))
	if err != nil {
		return ""
	}
	return address.Address
}

func addressOrText(value string) string {
	if _, text, ok := strings.Cut(value, ";"); ok {
		return text
	}
	return value
}

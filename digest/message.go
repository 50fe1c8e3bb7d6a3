package digest

import (
	"fmt"
	"io"
	"net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Message is one mail, ready to be handed over.
type Message struct {
	Recipient string // address alone
	msg       *gomail.Msg
}

// WriteTo writes the message as RFC 5322 has it.
func (m *Message) WriteTo(w io.Writer) (int64, error) { return m.msg.WriteTo(w) }

// Links are the addresses in a mail that belong to its recipient alone; "" for none.
type Links struct {
	Unsubscribe string              // https: takes a one-click POST (RFC 8058) and a visit
	Useful      func(string) string // of an item, by its ID; nil for none
	Wrong       func(string) string
	Mute        func(string) string
}

// Writer turns mails into messages.
type Writer struct {
	From  string                                             // as configured: « contredit <contredit@section.example> »
	Links func(digest, recipient string, at time.Time) Links // nil for none
}

// Write composes the message of a mail. The same mail gives the same message.
func (w Writer) Write(m Mail) (*Message, error) {
	from, err := mail.ParseAddress(w.From)
	if err != nil {
		return nil, fmt.Errorf("mail.from %q: %w", w.From, err)
	}
	to, err := mail.ParseAddress(m.Recipient)
	if err != nil {
		return nil, fmt.Errorf("%w: recipient %q: %w", ErrRefused, m.Recipient, err)
	}
	var links Links
	if w.Links != nil {
		links = w.Links(m.Letter.Digest, to.Address, m.Letter.Written)
	}
	text, html, err := Compose(m.Letter, links)
	if err != nil {
		return nil, err
	}
	_, domain, _ := strings.Cut(from.Address, "@")
	id := m.MessageID()
	msg := gomail.NewMsg(gomail.WithBoundary(id), gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(from)
	msg.ToMailAddress(to)
	msg.Subject(oneLine(Subject(m.Letter)))
	msg.SetMessageIDWithValue(id + "@" + domain)
	msg.SetDateWithValue(m.Letter.Written)
	// RFC 3834: nobody's answering machine should answer.
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("X-Auto-Response-Suppress", "All")
	msg.SetGenHeader("List-Id", listID(m.Letter.Digest, domain))
	switch {
	case strings.HasPrefix(links.Unsubscribe, "https://"):
		msg.SetGenHeader("List-Unsubscribe", "<"+links.Unsubscribe+">, <mailto:"+from.Address+"?subject=unsubscribe>")
		msg.SetGenHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	default:
		msg.SetGenHeader("List-Unsubscribe", "<mailto:"+from.Address+"?subject=unsubscribe>")
	}
	msg.SetBodyString(gomail.TypeTextPlain, text)
	msg.AddAlternativeString(gomail.TypeTextHTML, html)
	return &Message{Recipient: to.Address, msg: msg}, nil
}

// listID is of RFC 2919: letters, digits and dots of the digest's name before the domain.
func listID(name, domain string) string {
	var b strings.Builder
	for _, r := range plain(name) {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return "<" + strings.Trim(b.String()+".contredit", "-.") + "." + domain + ">"
}

// oneLine makes of a text what a header can hold: what was crawled may hold line breaks, which
// would begin a header of its author's choice.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r < ' ' || r == 0x7f || r == ' ' || r == '\u2028' || r == '\u2029' || r == '\u0085'
	}), " ")
}

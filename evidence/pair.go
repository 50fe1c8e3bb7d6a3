package evidence

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"contredit/claims"
	"contredit/document"
)

// Pair is a link with all that may leave the house with it.
type Pair struct {
	Link        claims.Link
	Status      claims.Decision
	Found       string        // when the engine or a person made it; RFC 3339, UTC
	Decided     string        // when the decision that stands was taken; "" when none was
	Confirmed   string        // when it was confirmed, for a pair that is confirmed or published
	Body        string        // institution that published the claim
	Title       string        // of the claim's document
	MediaType   string        // of the claim's document
	VideoURL    string        // recording that the claim's captions belong to
	First       *claims.Claim // the first time it was said, when it was not here
	Replies     []Note        // of the person or body quoted (right of reply), oldest first
	Corrections []Note        // ours, oldest first
	Earlier     []Wording     // what was published before and has changed since, oldest first
	Captures    map[string]Capture
}

// Note is a dated text about a pair.
type Note struct {
	At   string `json:"at"` // RFC 3339, UTC
	Text string `json:"text"`
}

// Wording is how a pair was published until it was changed.
type Wording struct {
	From  string   `json:"from"`  // RFC 3339, UTC
	Until string   `json:"until"` // when another took its place
	Lines []string `json:"lines"`
}

// Capture is the version of a document that a quote is a slice of.
type Capture struct {
	SHA256    string
	FetchedAt string // RFC 3339, UTC
	MediaType string
	Text      string // as read; quotes are slices of it
}

// Lines is what a pair says, line by line: what is kept of each publication, to show what
// changed.
func (p Pair) Lines() []string {
	c := p.Link.Claim
	lines := []string{fmt.Sprintf("%s, %s : « %s »", orElse(c.Speaker, "Quelqu’un"), FrenchDay(c.Date), c.Quote)}
	for _, e := range p.Link.Evidence {
		if e.Quote == "" {
			lines = append(lines, fmt.Sprintf("%s, %s", e.Title, FrenchDay(e.Date)))
			continue
		}
		lines = append(lines, fmt.Sprintf("%s, %s : « %s »", e.Title, FrenchDay(e.Date), e.Quote))
	}
	for _, r := range p.Link.Reasons {
		lines = append(lines, r.Text)
	}
	return lines
}

// Outside leaves out of a link what rests on private documents. The link itself may be
// public while the record that supports the claim is not.
func Outside(l claims.Link) claims.Link {
	if l.Support != nil && l.Support.Visibility != document.Public {
		l.Support = nil
	}
	return l
}

// IsPublic says whether a link may leave the house at all.
func IsPublic(l claims.Link) bool {
	return l.Visibility == document.Public && l.Claim.Visibility != document.Private &&
		!slices.ContainsFunc(l.Evidence, func(e claims.Evidence) bool { return e.Visibility == document.Private })
}

// urn is a stable name: a UUID of version 5 in form, made of what it names.
func urn(parts ...string) string {
	sum := sha256.Sum256([]byte("contredit\x00" + strings.Join(parts, "\x00")))
	sum[6], sum[8] = sum[6]&0x0f|0x50, sum[8]&0x3f|0x80
	h := hex.EncodeToString(sum[:16])
	return fmt.Sprintf("urn:uuid:%s-%s-%s-%s-%s", h[:8], h[8:12], h[12:16], h[16:20], h[20:])
}

// day is the date of a time stamp.
func day(at string) string { return at[:min(len(at), len("2006-01-02"))] }

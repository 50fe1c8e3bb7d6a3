// Package document says what a publication is, and turns its bytes into located passages
// and minutes. It neither fetches nor stores, and judges nothing that it reads. The only
// reader that needs a process of its own, PDF, lives in document/pdf.
package document

import (
	"time"

	"contredit/french"
)

// Role says what a publication is used as.
type Role string

// A verbatim report is both: what was said in session, and the record of it.
const (
	RoleStatement Role = "statement"
	RoleRecord    Role = "record"
	RoleBoth      Role = "both"
)

// Speaks says whether claims are looked for in a document of this role.
func (r Role) Speaks() bool { return r == RoleStatement || r == RoleBoth }

// Records says whether a document of this role may serve as evidence.
func (r Role) Records() bool { return r == RoleRecord || r == RoleBoth }

// Visibility says whether a document may be named outside the house.
type Visibility string

// CST minutes go to members only (décret 2021-571), so a section's copies are private.
const (
	Public  Visibility = "public"
	Private Visibility = "private"
)

// State says what became of the bytes. Anything but StateRead has no text, and is kept
// and said.
type State string

// The states of a reading.
const (
	StateRead        State = "read"
	StateEmpty       State = "empty"       // well formed, nothing to read in it
	StateScanned     State = "scanned"     // pages are pictures
	StateEncrypted   State = "encrypted"   // asks for a password
	StateMalformed   State = "malformed"   // cut or broken
	StateTooBig      State = "too_big"     // over the reader's time, memory or size budget
	StateUnsupported State = "unsupported" // a form that no reader knows
)

// Document is a publication at one address, whatever its versions.
type Document struct {
	ID         int64
	URL        string
	Source     string // name of the source in the configuration
	Title      string
	Date       string // ISO 8601 day of the meeting or publication; "" when unknown
	Role       Role
	Body       string // institution: « Conseil régional », « CST », a union, a newspaper
	Lang       string // BCP 47, « fr » when unsaid
	MediaType  string
	Visibility Visibility
	VideoURL   string // recording that the captions belong to
	Duplicate  string // address of the first document with the same text; "" when none
}

// Snapshot is the bytes of a document as they were fetched. It is never changed.
type Snapshot struct {
	URL       string
	FinalURL  string // after redirects
	MediaType string // as served
	Status    int
	Header    map[string][]string
	SHA256    string // hexadecimal, of Content
	Content   []byte
	FetchedAt time.Time
}

// Origin is what is known of the bytes before they are read.
type Origin struct {
	URL       string
	MediaType string // as served; "" to go by the bytes and the address
	Role      Role
	Body      string
	Title     string    // as the listing, feed or operator announced it; "" when unknown
	Date      string    // ISO day announced for it; "" when unknown
	FetchedAt time.Time // no date read in it may be later
	VideoURL  string    // known recording, for captions
	Charset   string    // per-source override; "" to detect
	TypedBy   string    // who typed the content, for a document that has no text of its own; "" for what was published
	TypedFile string    // name of the file that was typed, for its form
}

// Span is a stretch of Reading.Text in bytes, end excluded.
type Span = french.Span

// Reading is what was understood of one snapshot. Every span in it is a stretch of Text.
type Reading struct {
	State    State
	Note     string // one French sentence for people when State is not StateRead
	Title    string
	Date     string // ISO day; "" when unknown
	Lang     string
	Text     string
	Passages []Passage // in reading order; they do not overlap
	Turns    []Turn    // speaker turns, in order; empty when nobody is introduced
	Minutes  *Minutes  // what the record states formally; nil when it is not one
	VideoURL string
	Links    []Hyperlink // addresses found in the document, absolute
	Refresh  string      // target of a meta refresh; "" when none
	Report   []Finding   // what a person should look at
	OCR      bool        // text recognised from pictures
	TypedBy  string      `json:",omitempty"` // who attached the text to a document that has none; "" for the document's own
	Author   string      // byline of a page, as printed; "" when none
}

// Hyperlink is an address named by a document.
type Hyperlink struct {
	URL  string
	Text string
	Rel  string // « enclosure », « captions »…; usually ""
}

// PassageKind says what a passage is in the layout.
type PassageKind string

// The kinds of passage.
const (
	KindHeading   PassageKind = "heading"
	KindParagraph PassageKind = "paragraph"
	KindItem      PassageKind = "item" // of a list
	KindRow       PassageKind = "row"  // of a table: cells joined by « ; » or spaces as printed
	KindCue       PassageKind = "cue"  // captions, sentences rebuilt across cues
	KindDirection PassageKind = "direction"
)

// Passage is a located stretch of text: a heading, paragraph, list item, table row or
// stretch of captions. Without its locator it is no evidence.
type Passage struct {
	Span
	Kind    PassageKind
	Locator Locator
	Heading string // nearest heading above, as printed
	Marks   []Mark // places inside the passage where the page or the second changes
	Lead    int    // bytes at its start that the layout sets in bold: a label, a run-in heading
}

// Locator is where in the original a passage stands.
type Locator struct {
	Page    int     // physical page from 1; 0 when the form has no pages
	Printed string  // page number as printed; "" when none
	Anchor  string  // id of the nearest element; "" when none
	Timed   bool    // At is meaningful
	At      float64 // seconds from the start of the recording

	Recognised bool `json:",omitempty"` // a machine read the text off a picture
	Typed      bool `json:",omitempty"` // a person attached the text to a document that has none
}

// Caveat says to people, in French, that the text is not the file's own; "" when it is.
func (l Locator) Caveat() string {
	switch {
	case l.Typed:
		return "transcription jointe à la main"
	case l.Recognised:
		return "texte reconnu par une machine"
	}
	return ""
}

// Mark says that from byte Offset of Reading.Text on, Locator holds.
type Mark struct {
	Offset  int
	Locator Locator
}

// Turn is one stretch of speech by one speaker.
type Turn struct {
	Span
	Label   string // as printed: « M. le Président », « Mme NEBBULA »; "" in captions
	Speaker string // resolved name « Bertrand Lauzière »; "" when not known
	Title   string // function as printed, « président de séance »
}

// Finding is a line of the parse report, for people, in French.
type Finding struct {
	Code string // "unknown_speaker", "open_turn", "vote_without_item", "vote_sum", "page_without_text"…
	Text string
	Span Span // where; zero when nowhere
	Page int
}

// LocatorAt returns where the byte offset of the reading's text stands in the original.
func (r *Reading) LocatorAt(offset int) Locator {
	var found Locator
	for _, p := range r.Passages {
		if p.Start > offset {
			break
		}
		found = p.Locator
		for _, m := range p.Marks {
			if m.Offset <= offset {
				found = m.Locator
			}
		}
	}
	return found
}

// SpeakerAt returns the turn that covers the byte offset. Nobody speaks a stage direction,
// but one may hold what somebody throws in.
func (r *Reading) SpeakerAt(offset int) (Turn, bool) {
	for _, t := range r.Turns {
		if t.Start <= offset && offset < t.End {
			if r.inDirection(offset, t.Start) {
				return Turn{}, false
			}
			return t, true
		}
	}
	return Turn{}, false
}

// inDirection says that a stage direction that opens after the turn does covers the offset.
func (r *Reading) inDirection(offset, turn int) bool {
	if r.Minutes == nil {
		return false
	}
	for _, d := range r.Minutes.Directions {
		if d.Span.Start >= turn && d.Span.Start <= offset && offset < d.Span.End {
			return true
		}
	}
	return false
}

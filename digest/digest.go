// Package digest writes the periodic mail and sends it: what was found and not carried yet, each
// pair with both its sources, once to each recipient. What must neither be lost nor mailed twice
// is in its Ledger, which the store keeps; choosing what is worth a line is the caller's. It
// judges nothing: a pair is « à examiner » until a person confirmed it.
package digest

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// Letter is what one issue of a digest says, the same to all who get it. It is kept as it was
// when it was queued, so that a mail tried again is the same mail.
type Letter struct {
	Digest   string    // name, as configured
	Instance string    // who runs contredit
	Language string    // "fr" or "en"
	Day      string    // ISO day of the issue, by the digest's clock
	Pages    string    // address of the review pages; "" when nobody else can reach them
	Items    []Item    // at most as many as the digest takes, the strongest first
	More     int       // that wait for the next issue
	Agenda   []Agenda  // of a coming sitting, for a digest « before the session »
	Life     *Life     // what was looked through, when there was nothing to tell
	Alarms   []string  // what went wrong, or right again, for the operator
	Written  time.Time // when the letter was composed
}

// Item is one pair: what was said, what was noted, and why they are shown together.
type Item struct {
	ID        string // fingerprint of the flag
	Subject   string // what it is grouped under; "" for none
	Session   string // meeting that noted it: its body and day
	Kind      string // French name of the kind: « vote »
	Confirmed bool   // by a person; else it is « à examiner »
	Silence   bool   // « aucune trace »: nothing contradicts, nothing was found
	Said      Quoted
	Noted     []Quoted
	Missing   []string // ISO days of the meetings whose record could not be had
	Why       string   // one French sentence
	Page      string   // address of the pair on the review pages; "" for none
	Edited    bool     // the claim was changed after its publication
}

// Quoted is a quote with its source.
type Quoted struct {
	ID    string // of the claim, beside a point of an agenda; "" elsewhere
	Quote string
	Who   string // speaker, or body whose meeting noted it; "" unknown
	Title string // of the document
	Day   string // ISO day; "" unknown
	Place string // « page 7 », « à 1:02:03 »; "" for none
	URL   string // opens the original at the quote
}

// Agenda is an item of a coming sitting, beside what was said about it.
type Agenda struct {
	Body, Day string // of the sitting; ISO day
	Title     string
	URL       string
	Said      []Quoted
}

// key is what a point is known by, also when its document is published again elsewhere.
func (a Agenda) key() string {
	sum := sha256.Sum256([]byte(a.Body + "\x00" + a.Day + "\x00" + a.Title))
	return "point " + hex.EncodeToString(sum[:12])
}

// Carries lists what a point tells its reader: that it comes, and each claim about it. It is worth
// telling when one of these was not told yet.
func (a Agenda) Carries() []string {
	list := []string{a.key()}
	for _, q := range a.Said {
		list = append(list, a.key()+" "+q.ID)
	}
	return list
}

// Life is a sign of life: a quiet digest says once a month what it looked through.
type Life struct {
	Since     string   // ISO day of the last mail
	Documents int      // looked through since
	Pairs     int      // found since, under the digest's filters or not
	Failed    []string // sources that could not be read, each with its reason
}

// Issue is a letter on its way to its recipients. Run names the run that made it: a digest,
// recipient and run have one mail.
type Issue struct {
	Letter     Letter
	Run        string
	Recipients []string // addresses
}

// State is where a mail is.
type State string

// The states of a mail. A mail under way when the program was killed is queued again: whether
// the server took it cannot be known, so that recipient may get it twice, under one Message-ID.
const (
	StateQueued    State = "queued"
	StateSent      State = "sent"
	StateRefused   State = "refused"   // by the recipient's server, for good
	StateWithdrawn State = "withdrawn" // its address was suspended before it went out
)

// Mail is one letter to one recipient.
type Mail struct {
	ID        int64
	Letter    Letter
	Run       string
	Recipient string
	Attempts  int // so far, this one included
	Queued    time.Time
}

// MessageID is the part before « @ » of the mail's Message-ID: the same for every attempt.
func (m Mail) MessageID() string {
	sum := sha256.Sum256([]byte(m.Letter.Digest + "\x00" + m.Run + "\x00" + m.Recipient))
	return "contredit." + hex.EncodeToString(sum[:12])
}

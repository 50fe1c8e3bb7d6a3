// Package digest writes the periodic mail and sends it: what was found and not carried yet, each
// pair with both its sources, once to each recipient. What must neither be lost nor mailed twice
// is in its Ledger, which the store keeps; choosing what is worth a line is the caller's. It
// judges nothing: a pair is « à examiner » until a person confirmed it.
package digest

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"
)

// Letter is what one issue of a digest says, the same to all who get it. It is kept as it was
// when it was queued; a mail leaves with what of it may still be told.
type Letter struct {
	Digest   string     // name, as configured
	Instance string     // who runs contredit
	Language string     // "fr" or "en"
	Day      string     // ISO day of the issue, by the digest's clock
	Pages    string     // address of the review pages; "" when nobody else can reach them
	Items    []Item     // at most as many as the digest takes, the strongest first
	More     int        // that wait for the next issue
	Agenda   []Agenda   // of a coming sitting, for a digest « before the session »
	Since    []Followup // what was answered or corrected of pairs that earlier letters carried
	Life     *Life      // what was looked through, when there was nothing to tell
	Alarms   []string   // what went wrong, or right again, for the operator
	Written  time.Time  // when the letter was composed
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
	Replies   []Note   // of the person or body quoted, oldest first
	Corrected []Note   // by whoever runs contredit, oldest first
}

// Note is a dated text about a pair.
type Note struct{ Day, Text string }

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

// Followup is a reply to a pair, or a correction of one, that came after a letter carried the pair.
type Followup struct {
	ID    string // as the ledger has it
	Pair  string // fingerprint of the flag
	Reply bool   // of the person or body quoted; else a correction of ours
	Note
	Said Quoted
	Page string // address of the pair on the review pages; "" for none
}

// Agenda is an item of a coming sitting, beside what was said about it.
type Agenda struct {
	Body, Day string // of the sitting; ISO day
	Title     string
	URL       string
	Said      []Quoted
}

// Key is what a point is known by, also when its document is published again elsewhere.
func (a Agenda) Key() string {
	sum := sha256.Sum256([]byte(a.Body + "\x00" + a.Day + "\x00" + a.Title))
	return "point " + hex.EncodeToString(sum[:12])
}

// Carries lists what a point tells its reader: that it comes, and each claim about it. It is worth
// telling when one of these was not told yet.
func (a Agenda) Carries() []string {
	list := []string{a.Key()}
	for _, q := range a.Said {
		list = append(list, a.Key()+" "+q.ID)
	}
	return list
}

// Without is the letter without these items, points, and claims beside points, by their ids as the
// ledger has them. A claim that is dropped leaves its point.
func (l Letter) Without(dropped map[string]bool) Letter {
	if len(dropped) == 0 {
		return l
	}
	l.Items = slices.DeleteFunc(slices.Clone(l.Items), func(i Item) bool { return dropped[i.ID] })
	l.Since = slices.DeleteFunc(slices.Clone(l.Since), func(f Followup) bool { return dropped[f.ID] })
	var agenda []Agenda
	for _, point := range l.Agenda {
		if dropped[point.Key()] {
			continue
		}
		point.Said = slices.DeleteFunc(slices.Clone(point.Said), func(q Quoted) bool { return dropped[point.Key()+" "+q.ID] })
		agenda = append(agenda, point)
	}
	l.Agenda = agenda
	return l
}

// Empty says whether a letter has nothing to tell.
func (l Letter) Empty() bool {
	return len(l.Items)+len(l.Agenda)+len(l.Since)+len(l.Alarms) == 0 && l.Life == nil
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

	Quiet time.Time // a sign of life counts from this last mail: one that was queued since undoes it
}

// State is where a mail is.
type State string

// The states of a mail. A mail under way when the program was killed is queued again: whether
// the server took it cannot be known, so that recipient may get it twice, under one Message-ID.
const (
	StateQueued    State = "queued"
	StateSent      State = "sent"
	StateRefused   State = "refused"   // by the recipient's server, for good
	StateWithdrawn State = "withdrawn" // before it went out: its address was suspended, or nothing of it may be told
)

// Way is how a mail leaves.
type Way int

// The ways. Neither waits for the other.
const (
	WayMail Way = iota
	WayHook
)

// Drop is an item that a mail does not carry after all, and why, as the operator reads it.
type Drop struct {
	Item   string // id of a flag, a point, or a claim beside a point; "" for the whole mail
	Reason string
}

// Mail is one letter to one recipient.
type Mail struct {
	ID        int64
	Letter    Letter
	Run       string
	Recipient string
	Salt      string // makes the Message-ID one that nobody guesses; "" for mails of before
	Attempts  int    // so far, this one included
	Queued    time.Time
}

// MessageID is the part before « @ » of the mail's Message-ID: the same for every attempt.
func (m Mail) MessageID() string {
	text := m.Letter.Digest + "\x00" + m.Run + "\x00" + m.Recipient
	if m.Salt != "" {
		text += "\x00" + m.Salt
	}
	sum := sha256.Sum256([]byte(text))
	return "contredit." + hex.EncodeToString(sum[:12])
}

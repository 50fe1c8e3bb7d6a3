package evidence

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// JournalEntry is one line of the journal: what happened, chained to the line before. Body is
// JSON; the chain holds only its salted digest, so that a text can be erased by law and the
// chain still verify.
type JournalEntry struct {
	Number   int64  `json:"number"` // from 1, without a gap
	At       string `json:"at"`     // RFC 3339, UTC
	Kind     string `json:"kind"`
	Subject  string `json:"subject"` // what it is about: « snapshot 12 », the id of a pair
	Body     string `json:"body"`    // "" when erased
	Salt     string `json:"salt"`    // "" when erased: without it a short text cannot be guessed from the digest
	Digest   string `json:"digest"`
	Previous string `json:"previous"` // hash of the entry before; "" for the first
	Hash     string `json:"hash"`
}

// The kinds of entries.
const (
	JournalCapture     = "capture"
	JournalEngine      = "engine"
	JournalVerdict     = "verdict"
	JournalReply       = "reply"
	JournalCorrection  = "correction"
	JournalNote        = "note" // of a reviewer, for reviewers
	JournalPublication = "publication"
	JournalDossier     = "dossier"
	JournalRequest     = "request"
	JournalErasure     = "erasure"
	JournalRetirement  = "retirement" // of old versions that nothing cites
	JournalOverride    = "override"   // of what the program read, by a reviewer
	JournalClaim       = "claim"      // marked by a reviewer in a document, or taken back
	JournalTranscript  = "transcript" // attached to a document that has no text, or taken off it
)

// Erased is what stands where a text was erased.
const Erased = "(effacé)"

// Erasure is the body of an entry that says that another one's text is gone.
type Erasure struct {
	Entry  int64  `json:"entry"`
	Digest string `json:"digest"`
	By     string `json:"by"`
	Why    string `json:"why"`
}

// Seal completes an entry that has number, time, kind, subject and body, after the one whose
// hash is previous ("" for the first).
func Seal(e JournalEntry, previous string) JournalEntry {
	e.Salt, e.Previous = rand.Text(), previous
	e.Digest = bodyDigest(e.Salt, e.Body)
	e.Hash = e.hash()
	return e
}

func bodyDigest(salt, body string) string {
	sum := sha256.Sum256([]byte(salt + "\x00" + body))
	return hex.EncodeToString(sum[:])
}

// hash is over every field but the text and its salt; each is preceded by its length, so that
// no two entries read the same.
func (e JournalEntry) hash() string {
	var b strings.Builder
	for _, f := range []string{"contredit journal 1", strconv.FormatInt(e.Number, 10), e.At, e.Kind, e.Subject, e.Digest, e.Previous} {
		fmt.Fprintf(&b, "%d:%s,", len(f), f)
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:])
}

// JournalFault is an entry that does not hold.
type JournalFault struct {
	Number int64
	Text   string
}

// JournalCheck verifies a chain entry by entry, in order.
type JournalCheck struct {
	Entries  int64
	Head     string // hash of the last entry
	unread   map[int64]string
	erasures map[int64]string
}

// Next checks one entry against those before it.
func (c *JournalCheck) Next(e JournalEntry) []JournalFault {
	if c.unread == nil {
		c.unread, c.erasures = map[int64]string{}, map[int64]string{}
	}
	var faults []JournalFault
	fault := func(format string, args ...any) {
		faults = append(faults, JournalFault{e.Number, fmt.Sprintf(format, args...)})
	}
	if e.Number != c.Entries+1 {
		fault("porte le numéro %d là où vient le %d", e.Number, c.Entries+1)
	}
	if e.Previous != c.Head {
		fault("ne suit pas l’entrée qui la précède")
	}
	if e.hash() != e.Hash {
		fault("date, nature, objet ou chaîne : son empreinte n’est plus la sienne")
	}
	switch {
	case e.Body == "" && e.Salt == "":
		c.unread[e.Number] = e.Digest
	case bodyDigest(e.Salt, e.Body) != e.Digest:
		fault("son texte ne correspond plus à son empreinte")
	case e.Kind == JournalErasure:
		var gone Erasure
		if err := json.Unmarshal([]byte(e.Body), &gone); err != nil {
			fault("effacement illisible : %v", err)
		}
		c.erasures[gone.Entry] = gone.Digest
	}
	c.Entries, c.Head = e.Number, e.Hash
	return faults
}

// End says what is wrong with the whole: texts gone without an erasure, entries cut off the
// end. head is the hash that is known to be the last; "" when it is not known.
func (c *JournalCheck) End(head string) []JournalFault {
	var faults []JournalFault
	for number, digest := range c.unread {
		if c.erasures[number] != digest {
			faults = append(faults, JournalFault{number, "son texte manque, et aucune entrée ne dit qu’il a été effacé"})
		}
	}
	if head != "" && head != c.Head {
		faults = append(faults, JournalFault{c.Entries, "n’est pas la dernière connue : la fin du journal manque ou a été refaite"})
	}
	return faults
}

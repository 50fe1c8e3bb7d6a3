// Package claims extracts claims from statements and links them to the records that
// contradict them. It proposes; only people decide. It is pure: no SQL, no network, no
// clock. An optional judge that asks a model over HTTP lives in claims/judge.
package claims

import (
	"context"

	"contredit/document"
)

// Span is a stretch of text in bytes, end excluded.
type Span = document.Span

// Claim is one checkable assertion that somebody answers for.
type Claim struct {
	ID          string // 16 hexadecimal digits, from address, quote and place among equal quotes
	URL         string
	Span        Span   // of Quote in the text of the document's reading
	Quote       string // exact slice of that text
	Speaker     string // full name where known, else as printed, or the collective (« Région Val-de-Brenne »)
	Function    string // « vice-présidente chargée du numérique » as printed; "" unsaid
	Collective  bool   // « nous », « la Région »: an institution speaks
	Medium      string // institution that quotes the speaker, when it is another
	Date        string // ISO day on which it was said; publication day when the text does not say
	Worth       bool   // over the threshold of worthiness, and no reason against it decides
	Worthiness  float64
	Signals     []Signal // what made Worthiness, for and against
	Topic       string   // what it is about, in a few words
	Topics      []string // watch topics of the configuration that it matches
	Repeats     string   // id of the first time it was said; "" when it is the first
	Corrects    string   // id of an earlier claim of the same speaker that this one corrects
	Due         string   // ISO day by which a promise falls due; "" when none
	Promise     bool
	Reported    bool // indirect speech: the words are the medium's
	Conditional bool // journalistic conditional: not vouched for
	Locator     document.Locator
	Heading     string // title of the document and heading above, for context
	Lead        string // sentences before it in the same turn or text, nearest last: what « cela » is about
	Before      string // sentence before, for context
	After       string // sentence after
	Visibility  document.Visibility
}

// Signal is one named reason why a claim is worth checking, or not.
type Signal struct {
	Name   string  // "figure", "consultation", "question"…
	Text   string  // one French phrase for a reviewer
	Weight float64 // positive for, negative against
	Span   Span    // in Quote; zero when it is about the whole
}

// Evidence is one sentence or table row of a record, in its context.
type Evidence struct {
	ID         int64 // of the passage sentence in the store; 0 when not stored
	URL        string
	Title      string // of the document
	Body       string // institution whose meeting is recorded
	Date       string // ISO day of the meeting
	Role       document.Role
	Span       Span // of Quote in the text of the document's reading
	Quote      string
	Heading    string // agenda item or heading above
	Before     string
	After      string
	Speaker    string // who is reported to have said it; "" when the record itself states it
	Locator    document.Locator
	Visibility document.Visibility
}

// Kind is a type of contradiction, as corpus/FORMAT.md exports it.
type Kind string

// The ten kinds.
const (
	KindNegation   Kind = "negation"
	KindAntonym    Kind = "antonym"
	KindNumber     Kind = "number"
	KindDate       Kind = "date"
	KindAttendance Kind = "attendance"
	KindVote       Kind = "vote"
	KindScope      Kind = "scope"
	KindModality   Kind = "modality"
	KindPromise    Kind = "promise"
	KindAbsence    Kind = "absence"
)

// Reason is one comparator's finding. Spans are bytes of the claim's quote and of the quote
// of the evidence that it is about; exports turn them into characters.
type Reason struct {
	Rule         string // « VOTE-UNANIMITE-1 »: stable, shown, counted
	Kind         Kind
	ClaimSpan    Span
	Evidence     int // index into Link.Evidence
	EvidenceSpan Span
	Text         string  // one French sentence
	Strength     float64 // over 0, up to 1: how sure the rule is of what it read
	Weight       float64 // what it adds to the logit
	Supports     bool    // it speaks for the claim: the two agree
}

// Link is a claim with the evidence that speaks against it and the reasons.
type Link struct {
	ID          string // fingerprint: claim, kind and evidence; reading again gives the same
	Claim       Claim
	Kind        Kind
	Evidence    []Evidence // at most 3 passages of at most 2 documents; absence: the meetings looked through
	Reasons     []Reason
	Terms       []Term // what the score is made of, weights included
	Score       float64
	Calibration string    // name of the weights that made Score
	Support     *Evidence // best record that supports the claim; nil when none
	Absence     *Absence  // for KindAbsence
	Visibility  document.Visibility
}

// Term is one feature of the score: value times weight is its part of the logit.
type Term struct {
	Name   string
	Value  float64
	Weight float64
}

// Absence is « aucune trace » with what was looked through.
type Absence struct {
	Body    string
	From    string // ISO days, both included
	To      string
	Topic   string
	Read    []Meeting
	Missing []Meeting
}

// Meeting is a sitting of a body that is known of, obtained or not.
type Meeting struct {
	Body  string
	Date  string // ISO day
	URL   string // of its record, or of what announces or mentions it; "" when it is configured
	Title string
	State string // "read", "obtained" (not readable), "missing"
	Known string // how it is known of: "record", "link", "mention", "agenda", "calendar", "configuration"

	Document int64 `json:",omitempty"` // number of the document at URL in the store; 0 without one
}

// Decision is what a reviewer said of a link.
type Decision string

// The states of a flag, as corpus/SCORING.md exports them.
const (
	StatusNew         Decision = "new"
	StatusInReview    Decision = "in_review"
	StatusConfirmed   Decision = "confirmed"
	StatusRejected    Decision = "rejected"
	StatusNuance      Decision = "nuance"
	StatusUndecidable Decision = "undecidable"
	StatusPublished   Decision = "published"
)

// Verdict is one act of a reviewer on one link: a new row, never an update.
type Verdict struct {
	ID       int64
	Link     string
	Reviewer string
	Decision Decision
	Reason   string // reason code, "" when none
	Note     string
	At       string // RFC 3339, UTC
	Undoes   int64  // id of the verdict that this one takes back; 0 when none
}

// Judge is an optional second opinion on one pair, by a model. Its answer is one reason
// among others; an error or a quote that is no exact slice changes nothing.
type Judge interface {
	Judge(ctx context.Context, claim, record string) (Opinion, error)
}

// Opinion is what a judge thinks of a pair: probabilities from 0 to 1.
type Opinion struct {
	Contradiction float64
	Entailment    float64
	ClaimQuote    string // words of the claim that decide; "" when not said
	RecordQuote   string
	Model         string
}

// Package evidence is what leaves the house: the exports' rows (the contract of
// bench/score/SCORING.md), and what a sceptic can check without us. It writes what it is
// given; it looks nothing up and decides nothing.
package evidence

import (
	"time"
	"unicode/utf8"

	"contredit/claims"
	"contredit/document"
)

// DocumentRow is one line of « export documents ». Names are never changed, only added.
type DocumentRow struct {
	URL        string              `json:"url"`
	Title      string              `json:"title"`
	Date       string              `json:"date"` // ISO 8601 day; "" when unknown
	Role       document.Role       `json:"role"`
	Body       string              `json:"body"`
	Speakers   []string            `json:"speakers"`
	Present    []string            `json:"present"`
	Excused    []string            `json:"excused"`
	Votes      []VoteRow           `json:"votes"`             // whose numbers are stated, or settled by what is
	Results    []ResultRow         `json:"results,omitempty"` // stated without a number, and opinions of commissions
	MediaType  string              `json:"media_type"`
	Visibility document.Visibility `json:"visibility"`
	SHA256     string              `json:"sha256"`
	FetchedAt  string              `json:"fetched_at"` // RFC 3339
	State      document.State      `json:"state"`
	Duplicate  string              `json:"duplicate_of,omitempty"`
	Gone       string              `json:"gone_at,omitempty"`
}

// VoteRow is one vote; a count that the record neither states nor settles is null.
type VoteRow struct {
	Item    string `json:"item"`
	Result  string `json:"result"`
	For     *int   `json:"for"`
	Against *int   `json:"against"`
	Abstain *int   `json:"abstain"`
}

// ResultRow is what became of an item when the record names no number, « adopté à l'unanimité »
// of nobody knows how many; or the opinion of a commission, which decides nothing.
type ResultRow struct {
	Item       string `json:"item"`
	Result     string `json:"result"`
	Unanimous  bool   `json:"unanimous,omitempty"`
	Commission bool   `json:"commission,omitempty"`
}

// Document makes the row of a document from its current reading, which may be nil.
func Document(doc document.Document, r *document.Reading, sha256 string, fetched time.Time, gone string) DocumentRow {
	row := DocumentRow{
		URL: doc.URL, Title: doc.Title, Date: doc.Date, Role: doc.Role, Body: doc.Body,
		Speakers: []string{}, Present: []string{}, Excused: []string{}, Votes: []VoteRow{},
		MediaType: doc.MediaType, Visibility: doc.Visibility, SHA256: sha256,
		FetchedAt: fetched.UTC().Format(time.RFC3339), Duplicate: doc.Duplicate, Gone: gone,
	}
	if r == nil {
		return row
	}
	row.State = r.State
	seen := map[string]bool{}
	for _, t := range r.Turns {
		if t.Speaker != "" && !seen[t.Speaker] {
			seen[t.Speaker] = true
			row.Speakers = append(row.Speakers, t.Speaker)
		}
	}
	if r.Minutes == nil {
		return row
	}
	for _, a := range r.Minutes.Attendance {
		switch a.Presence {
		case document.Present:
			row.Present = append(row.Present, a.Name)
		case document.Excused:
			row.Excused = append(row.Excused, a.Name)
		}
	}
	for _, v := range r.Minutes.Votes {
		item := v.Item
		if v.College != "" {
			item += " (collège " + v.College + ")"
		}
		if !v.Counted() || v.Commission {
			row.Results = append(row.Results, ResultRow{item, v.Result, v.Unanimous, v.Commission})
			continue
		}
		vote := VoteRow{item, v.Result, v.For, v.Against, v.Abstain}
		if yes, no, neither, known := v.Tally(); known {
			vote.For, vote.Against, vote.Abstain = &yes, &no, &neither
		}
		row.Votes = append(row.Votes, vote)
	}
	return row
}

// ClaimRow is one line of « export claims ».
type ClaimRow struct {
	ID         string   `json:"id"`
	URL        string   `json:"url"`
	Speaker    string   `json:"speaker"`
	Date       string   `json:"date"`
	Quote      string   `json:"quote"`
	Worth      bool     `json:"worth_checking"`
	Worthiness float64  `json:"worthiness"` // 0 to 1
	Topic      string   `json:"topic"`
	Repeats    *string  `json:"repeats"`
	At         *float64 `json:"at"`   // seconds into the recording
	Page       *int     `json:"page"` // physical, from 1
	Function   string   `json:"function,omitempty"`
	Topics     []string `json:"topics,omitempty"`
	Due        string   `json:"due,omitempty"`
	EditedOut  string   `json:"edited_out,omitempty"`
}

// Claim makes the row of a claim.
func Claim(c claims.Claim, editedOut string) ClaimRow {
	return ClaimRow{
		ID: c.ID, URL: c.URL, Speaker: c.Speaker, Date: c.Date, Quote: c.Quote, Worth: c.Worth, Worthiness: c.Worthiness,
		Topic: c.Topic, Repeats: orNull(c.Repeats), At: seconds(c.Locator), Page: page(c.Locator),
		Function: c.Function, Topics: c.Topics, Due: c.Due, EditedOut: editedOut,
	}
}

// FlagRow is one line of « export flags ».
type FlagRow struct {
	ID          string              `json:"id"`
	Kind        claims.Kind         `json:"kind"`
	Score       float64             `json:"score"` // 0 to 1
	Status      claims.Decision     `json:"status"`
	Visibility  document.Visibility `json:"visibility"`
	Claim       FlagClaim           `json:"claim"`
	Evidence    []FlagEvidence      `json:"evidence"`
	Reasons     []FlagReason        `json:"reasons"`
	Body        string              `json:"body,omitempty"`
	From        string              `json:"from,omitempty"`
	To          string              `json:"to,omitempty"`
	Topic       string              `json:"topic,omitempty"`
	Missing     []FlagEvidence      `json:"missing,omitempty"` // meetings held whose record was not obtained
	Support     *FlagEvidence       `json:"support,omitempty"`
	Calibration string              `json:"calibration,omitempty"`
	Replies     []Note              `json:"replies,omitempty"` // of the person or body quoted
	Corrections []Note              `json:"corrections,omitempty"`
	ReasonCode  string              `json:"reason_code,omitempty"` // why it was rejected, or is to be shaded
}

// FlagClaim is the claim of a flag.
type FlagClaim struct {
	ID      string   `json:"id"`
	URL     string   `json:"url"`
	Speaker string   `json:"speaker"`
	Date    string   `json:"date"`
	Quote   string   `json:"quote"`
	At      *float64 `json:"at"`
	Page    *int     `json:"page"`
	From    string   `json:"text_from,omitempty"` // "hand" or "ocr" when the text is not the file's own
}

// FlagEvidence is one passage of a record, or with a null quote a meeting looked through.
type FlagEvidence struct {
	URL   string   `json:"url"`
	Quote *string  `json:"quote"`
	Date  string   `json:"date"`
	Body  string   `json:"body"`
	Page  *int     `json:"page"`
	At    *float64 `json:"at"`
	From  string   `json:"text_from,omitempty"` // "hand" or "ocr" when the text is not the file's own
}

// FlagReason is why; its spans are in characters of the quotes, end excluded.
type FlagReason struct {
	Kind         claims.Kind `json:"kind"`
	Rule         string      `json:"rule"`
	ClaimSpan    [2]int      `json:"claim_span"`
	Evidence     int         `json:"evidence"` // index into the flag's evidence
	EvidenceSpan [2]int      `json:"evidence_span"`
	Text         string      `json:"text"`
}

// Flag makes the row of a link.
func Flag(l claims.Link, status claims.Decision) FlagRow {
	c := l.Claim
	row := FlagRow{
		ID: l.ID, Kind: l.Kind, Score: l.Score, Status: status, Visibility: l.Visibility, Calibration: l.Calibration,
		Claim:    FlagClaim{c.ID, c.URL, c.Speaker, c.Date, c.Quote, seconds(c.Locator), page(c.Locator), textFrom(c.Locator)},
		Evidence: []FlagEvidence{}, Reasons: []FlagReason{},
	}
	for _, e := range l.Evidence {
		row.Evidence = append(row.Evidence, flagEvidence(e))
	}
	for _, r := range l.Reasons {
		quote := ""
		if r.Evidence >= 0 && r.Evidence < len(l.Evidence) {
			quote = l.Evidence[r.Evidence].Quote
		}
		row.Reasons = append(row.Reasons, Reason(r, c.Quote, quote))
	}
	if l.Support != nil {
		support := flagEvidence(*l.Support)
		row.Support = &support
	}
	if a := l.Absence; a != nil {
		row.Body, row.From, row.To, row.Topic = a.Body, a.From, a.To, a.Topic
		for _, m := range a.Missing {
			row.Missing = append(row.Missing, FlagEvidence{URL: m.URL, Date: m.Date, Body: m.Body})
		}
	}
	return row
}

// Reason makes the row of a reason, given the two quotes that its spans are about.
func Reason(r claims.Reason, claim, record string) FlagReason {
	return FlagReason{r.Kind, r.Rule, Characters(claim, r.ClaimSpan), r.Evidence, Characters(record, r.EvidenceSpan), r.Text}
}

func flagEvidence(e claims.Evidence) FlagEvidence {
	return FlagEvidence{e.URL, orNull(e.Quote), e.Date, e.Body, page(e.Locator), seconds(e.Locator), textFrom(e.Locator)}
}

// Characters turns a span in bytes of the text into one in characters (code points). A span
// outside the text is cut to it.
func Characters(text string, s document.Span) [2]int {
	start := min(max(s.Start, 0), len(text))
	end := min(max(s.End, start), len(text))
	from := utf8.RuneCountInString(text[:start])
	return [2]int{from, from + utf8.RuneCountInString(text[start:end])}
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// textFrom says who made a text that is not the file's own.
func textFrom(l document.Locator) string {
	switch {
	case l.Typed:
		return "hand"
	case l.Recognised:
		return "ocr"
	}
	return ""
}

func seconds(l document.Locator) *float64 {
	if !l.Timed {
		return nil
	}
	return &l.At
}

func page(l document.Locator) *int {
	if l.Page == 0 {
		return nil
	}
	return &l.Page
}

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"contredit/claims"
	"contredit/evidence"
)

// ErrConflict is returned when somebody else acted on the link since the page was made.
var ErrConflict = errors.New("somebody acted on it in the meantime")

// Conflict is ErrConflict with the link that it is about.
type Conflict struct{ Link string }

func (c *Conflict) Error() string { return "flag " + c.Link + ": " + ErrConflict.Error() }

// Unwrap lets errors.Is find ErrConflict.
func (c *Conflict) Unwrap() error { return ErrConflict }

// ErrNotConfirmed is returned when a link is to be published that nobody has confirmed.
var ErrNotConfirmed = errors.New("only a confirmed pair is published")

// ErrSamePerson is returned when who publishes is who confirmed, and two people are asked for.
var ErrSamePerson = errors.New("who publishes is not who confirmed")

// ErrNotPublisher is returned when somebody who does not publish would take a publication back, or publish by
// taking a verdict back.
var ErrNotPublisher = errors.New("a publication is taken back, or made again, by a publisher")

// ErrPrivate is returned when a link is to be published that rests on a private document.
var ErrPrivate = errors.New("a pair that rests on a private document is not published")

// Act is one decision on one or several links at once; each gets its own history.
type Act struct {
	Links     []string
	Reviewer  string
	Decision  claims.Decision
	Reason    string
	Note      string
	Seen      int64            // number of the last verdict on the page that was decided upon; -1 not to look
	SeenOf    map[string]int64 // the same by link, before Seen, for an act on several
	TwoPeople bool             // who publishes is not who confirmed
	Trial     bool             // say what would be, and keep nothing
}

// Decide adds the verdict to every link of the act, all of them or none, and returns them in
// the order of the links.
func (db *DB) Decide(ctx context.Context, a Act) ([]claims.Verdict, error) {
	var done []claims.Verdict
	err := db.write(ctx, "decide", func(tx *sql.Tx) error {
		done = done[:0]
		for _, link := range a.Links {
			if err := mayDecide(ctx, tx, link, a); err != nil {
				return fmt.Errorf("decide on flag %s: %w", link, err)
			}
			v, err := db.addVerdict(ctx, tx, claims.Verdict{Link: link, Reviewer: a.Reviewer, Decision: a.Decision, Reason: a.Reason, Note: a.Note})
			if err != nil {
				return fmt.Errorf("flag %s: %w", link, err)
			}
			done = append(done, v)
		}
		if a.Trial {
			return errOnlyTried
		}
		return nil
	})
	if err != nil && !errors.Is(err, errOnlyTried) {
		return nil, err
	}
	return done, nil
}

// errOnlyTried ends the transaction of an act that was to be tried alone.
var errOnlyTried = errors.New("only tried")

func mayDecide(ctx context.Context, tx *sql.Tx, link string, a Act) error {
	var visibility string
	var last int64
	err := tx.QueryRowContext(ctx, "SELECT visibility, (SELECT coalesce(max(id), 0) FROM verdict WHERE link = ?1) FROM link WHERE id = ?1", link).Scan(&visibility, &last)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("read its last verdict: %w", err)
	}
	seen := a.Seen
	if one, ok := a.SeenOf[link]; ok {
		seen = one
	}
	if seen >= 0 && seen != last {
		return &Conflict{link}
	}
	if a.Decision != claims.StatusPublished {
		return nil
	}
	if visibility != "public" {
		return ErrPrivate
	}
	standing, err := standingVerdicts(ctx, tx, link)
	if err != nil {
		return err
	}
	if len(standing) == 0 || standing[len(standing)-1].Decision != claims.StatusConfirmed {
		return ErrNotConfirmed
	}
	if a.TwoPeople && confirmer(standing) == a.Reviewer {
		return ErrSamePerson
	}
	return nil
}

// mayRepublish says whether taking back the last of the standing verdicts may publish a link again:
// by who may publish it, not by who confirmed it where two people are asked for.
func mayRepublish(ctx context.Context, tx *sql.Tx, link string, standing []claims.Verdict, u Undo) error {
	if !u.Publishes {
		return ErrNotPublisher
	}
	var visibility string
	if err := tx.QueryRowContext(ctx, "SELECT visibility FROM link WHERE id = ?", link).Scan(&visibility); err != nil {
		return fmt.Errorf("read its visibility: %w", err)
	}
	if visibility != "public" {
		return ErrPrivate
	}
	before := standing[:len(standing)-1]
	for len(before) > 0 && before[len(before)-1].Decision == claims.StatusPublished {
		before = before[:len(before)-1]
	}
	if u.TwoPeople && confirmer(before) == u.Reviewer {
		return ErrSamePerson
	}
	return nil
}

// confirmer is who first confirmed in the last run of confirmations: a note added by somebody
// else repeats the state, and must not let the one who confirmed publish too.
func confirmer(standing []claims.Verdict) string {
	who := ""
	for i := len(standing) - 1; i >= 0 && standing[i].Decision == claims.StatusConfirmed; i-- {
		who = standing[i].Reviewer
	}
	return who
}

// Confirmer is who confirmed a link, by its whole history; "" when it is not confirmed now.
// With two people, this one does not publish.
func Confirmer(history []claims.Verdict) string {
	gone := map[int64]bool{}
	for _, v := range history {
		if v.Undoes != 0 {
			gone[v.ID], gone[v.Undoes] = true, true
		}
	}
	return confirmer(slices.DeleteFunc(slices.Clone(history), func(v claims.Verdict) bool { return gone[v.ID] }))
}

// Remark is what a person added to a link beside a verdict.
type Remark struct {
	ID       int64
	Link     string
	Reviewer string
	Kind     string // "assign", "snooze", "tag", "untag", "note", "reply"
	Text     string
	At       string // RFC 3339, UTC
}

// The kinds of remark.
const (
	RemarkAssign = "assign" // text: the reviewer, "" for nobody
	RemarkSnooze = "snooze" // text: ISO day until which it is out of sight, "" to wake it
	RemarkTag    = "tag"
	RemarkUntag  = "untag"
	RemarkNote   = "note"
	RemarkReply  = "reply" // what the person or body quoted answered (right of reply)

	RemarkCorrection = "correction" // what we got wrong or said badly; shown with its date wherever the pair is
)

// SaveRemarks adds a remark to every link named, all of them or none.
func (db *DB) SaveRemarks(ctx context.Context, links []string, r Remark) error {
	return db.write(ctx, "save remark", func(tx *sql.Tx) error {
		for _, link := range links {
			at := db.now()
			row, err := tx.ExecContext(ctx, "INSERT INTO review_act (link, reviewer, kind, text, at) VALUES (?, ?, ?, ?, ?)",
				link, r.Reviewer, r.Kind, r.Text, at)
			if err != nil {
				return fmt.Errorf("on flag %s: %w", link, err)
			}
			if r.Kind == RemarkReply || r.Kind == RemarkCorrection || r.Kind == RemarkNote {
				id, err := row.LastInsertId()
				if err != nil {
					return fmt.Errorf("on flag %s: %w", link, err)
				}
				if _, err := db.enter(ctx, tx, r.Kind, link, remarkBody{id, r.Reviewer, r.Text, at}); err != nil {
					return err
				}
			}
			if err := applyRemark(ctx, tx, link, r); err != nil {
				return fmt.Errorf("on flag %s: %w", link, err)
			}
		}
		return nil
	})
}

func applyRemark(ctx context.Context, tx *sql.Tx, link string, r Remark) error {
	if r.Kind == RemarkTag {
		var err error
		if r.Text, err = tagAsWritten(ctx, tx, strings.TrimSpace(r.Text)); err != nil {
			return err
		}
	}
	query := map[string]string{
		RemarkAssign: "UPDATE queue SET assigned = ?2 WHERE link = ?1",
		RemarkSnooze: "UPDATE queue SET snoozed = ?2 WHERE link = ?1",
		RemarkTag:    "INSERT INTO link_tag (link, tag) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
		RemarkUntag:  "DELETE FROM link_tag WHERE link = ?1 AND tag = ?2",
	}[r.Kind]
	if query == "" {
		return nil
	}
	if _, err := tx.ExecContext(ctx, query, link, strings.TrimSpace(r.Text)); err != nil {
		return fmt.Errorf("apply %s: %w", r.Kind, err)
	}
	return nil
}

// tagAsWritten is a tag as it was first written: « Urgent » and « urgent » are one.
func tagAsWritten(ctx context.Context, tx *sql.Tx, tag string) (string, error) {
	rows, err := tx.QueryContext(ctx, "SELECT DISTINCT tag FROM link_tag")
	if err != nil {
		return "", fmt.Errorf("list the tags: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var known string
		if err := rows.Scan(&known); err != nil {
			return "", fmt.Errorf("list the tags: %w", err)
		}
		if strings.EqualFold(known, tag) {
			tag = known
		}
	}
	return tag, rows.Err()
}

// Remarks are those on a link, oldest first.
func (db *DB) Remarks(ctx context.Context, link string) ([]Remark, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT id, link, reviewer, kind, text, at FROM review_act WHERE link = ? ORDER BY id", link)
	if err != nil {
		return nil, fmt.Errorf("list remarks on %s: %w", link, err)
	}
	defer rows.Close()
	var all []Remark
	for rows.Next() {
		var r Remark
		if err := rows.Scan(&r.ID, &r.Link, &r.Reviewer, &r.Kind, &r.Text, &r.At); err != nil {
			return nil, fmt.Errorf("read remark: %w", err)
		}
		all = append(all, r)
	}
	return all, rows.Err()
}

// JournalEntry is a verdict, a remark or an override, with what it is about.
type JournalEntry struct {
	claims.Verdict
	Kind     string // "verdict", "override", "claim", "transcript", or that of the remark
	Speaker  string
	Quote    string
	Override Override // of that kind
	Document int64    // number of the document that a claim was marked in or a transcript attached to; 0 when it is gone
}

// Journal lists what people did, the latest first. private includes what is about pairs that
// rest on private documents.
func (db *DB) Journal(ctx context.Context, private bool, limit, offset int) ([]JournalEntry, error) {
	// What was put right may be known from private documents alone.
	rows, err := db.r.QueryContext(ctx, `SELECT j.id, j.link, j.reviewer, j.decision, j.reason, j.note, j.at, j.undoes, j.kind, coalesce(c.speaker, ''), coalesce(c.quote, '')
		FROM (SELECT id, link, reviewer, decision, reason, note, at, coalesce(undoes, 0) AS undoes, 'verdict' AS kind FROM verdict
			UNION ALL SELECT id, link, reviewer, '', '', text, at, 0, kind FROM review_act
			UNION ALL SELECT id, '', reviewer, '', '', '', at, coalesce(undoes, 0), 'override' FROM override
			UNION ALL SELECT number, '', coalesce(json_extract(body, '$.reviewer'), ''), '', iif(json_extract(body, '$.removed'), 'removed', ''),
				coalesce(json_extract(body, '$.quote'), json_extract(body, '$.name'), ''), at, 0, kind FROM journal WHERE kind IN ('claim', 'transcript') AND body <> '') j
		LEFT JOIN link l ON l.id = j.link LEFT JOIN claim c ON c.id = l.claim
		WHERE ? OR l.visibility = 'public' ORDER BY j.at DESC, j.kind = 'verdict' DESC, j.id DESC LIMIT ? OFFSET ?`, private, limit, offset)
	if err != nil {
		return nil, fmt.Errorf("list the journal: %w", err)
	}
	defer rows.Close()
	var all []JournalEntry
	for rows.Next() {
		var e JournalEntry
		if err := rows.Scan(&e.ID, &e.Link, &e.Reviewer, &e.Decision, &e.Reason, &e.Note, &e.At, &e.Undoes, &e.Kind, &e.Speaker, &e.Quote); err != nil {
			return nil, fmt.Errorf("read the journal: %w", err)
		}
		all = append(all, e)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("list the journal: %w", err)
	}
	if err := db.fillDocuments(ctx, all); err != nil {
		return nil, err
	}
	return all, db.fillOverrides(ctx, all)
}

// fillDocuments finds the documents of what is told of documents and not of pairs.
func (db *DB) fillDocuments(ctx context.Context, all []JournalEntry) error {
	for i, e := range all {
		if e.Kind != evidence.JournalClaim && e.Kind != evidence.JournalTranscript {
			continue
		}
		err := db.r.QueryRowContext(ctx, "SELECT d.id FROM document d, journal j WHERE j.number = ? AND d.url = json_extract(j.body, '$.url')", e.ID).Scan(&all[i].Document)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("find the document of journal entry %d: %w", e.ID, err)
		}
	}
	return nil
}

func (db *DB) fillOverrides(ctx context.Context, all []JournalEntry) error {
	for i, e := range all {
		if e.Kind != "override" {
			continue
		}
		found, err := overridesWhere(ctx, db.r, "o.id = ?", e.ID)
		if err != nil {
			return err
		}
		for _, o := range found {
			all[i].Override = o
		}
	}
	return nil
}

// RuleCount is how often a rule spoke and what people said of the pairs it spoke for.
type RuleCount struct {
	Rule      string
	Kind      claims.Kind
	Fired     int // links not withdrawn
	Confirmed int // published included
	Nuance    int
	Rejected  int
	Undecided int
}

// RuleCounts counts by rule, in the order of their names.
func (db *DB) RuleCounts(ctx context.Context, private bool) ([]RuleCount, error) {
	rows, err := db.r.QueryContext(ctx, `SELECT rule, kind, count(*), sum(status IN ('confirmed', 'published')), sum(status = 'nuance'), sum(status = 'rejected'),
			sum(status = 'undecidable')
		FROM (SELECT DISTINCT l.id, json_extract(r.value, '$.Rule') AS rule, json_extract(r.value, '$.Kind') AS kind, l.status AS status
			FROM link l, json_each(CAST(l.body AS TEXT), '$.Reasons') r WHERE (l.withdrawn = '' OR l.status <> 'new') AND (? OR l.visibility = 'public'))
		GROUP BY rule, kind ORDER BY rule, kind`, private)
	if err != nil {
		return nil, fmt.Errorf("count by rule: %w", err)
	}
	defer rows.Close()
	var all []RuleCount
	for rows.Next() {
		var c RuleCount
		if err := rows.Scan(&c.Rule, &c.Kind, &c.Fired, &c.Confirmed, &c.Nuance, &c.Rejected, &c.Undecided); err != nil {
			return nil, fmt.Errorf("count by rule: %w", err)
		}
		all = append(all, c)
	}
	return all, rows.Err()
}

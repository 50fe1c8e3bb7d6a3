package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"contredit/claims"
	"contredit/evidence"
)

// engineOrigin is the origin of what the program found; any other names the person who marked it.
const engineOrigin = "engine"

// ByHand says that a person made the link.
func (l StoredLink) ByHand() bool { return l.Origin != engineOrigin }

// ErrMadeAlready is returned when a claim or a link of that fingerprint is there already.
var ErrMadeAlready = errors.New("it is there already")

// ByHand says that a person marked the claim.
func (c StoredClaim) ByHand() bool { return c.Origin != engineOrigin }

// SaveHandClaim keeps a claim that a reviewer marked in the reading of a snapshot. It is linked
// like the engine's, and a new reading of the document does not take it away.
func (db *DB) SaveHandClaim(ctx context.Context, doc, snapshot int64, c claims.Claim, reviewer string) error {
	body, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("encode claim %s: %w", c.ID, err)
	}
	return db.write(ctx, "save the claim marked by "+reviewer, func(tx *sql.Tx) error {
		row, err := tx.ExecContext(ctx, `INSERT INTO claim
				(id, document, snapshot, start, stop, quote, speaker, date, worth, worthiness, topic, origin, found_at, body)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
			c.ID, doc, snapshot, c.Span.Start, c.Span.End, c.Quote, c.Speaker, c.Date, c.Worth, c.Worthiness, c.Topic, reviewer, db.now(), body)
		if err != nil {
			return err
		}
		if n, err := row.RowsAffected(); err != nil || n == 0 {
			return errors.Join(ErrMadeAlready, err)
		}
		if _, err := db.enter(ctx, tx, evidence.JournalClaim, c.ID, claimBody{URL: c.URL, Quote: c.Quote, Speaker: c.Speaker, Reviewer: reviewer}); err != nil {
			return err
		}
		return addWork(ctx, tx, StageLink, c.ID)
	})
}

// claimBody is the journal's word of a claim that a reviewer marked.
type claimBody struct {
	URL      string `json:"url"`
	Quote    string `json:"quote"`
	Speaker  string `json:"speaker"`
	Reviewer string `json:"reviewer"`
	Removed  bool   `json:"removed,omitempty"`
}

// ErrDecided is returned when what is to be taken back has pairs that somebody decided, made or wrote about.
var ErrDecided = errors.New("its pairs were decided, made or written about")

// RemoveHandClaim takes back a claim that a reviewer marked, with the pairs that the engine proposed for it.
// ErrNotFound for a claim that nobody marked, ErrDecided when somebody acted on one of its pairs: then it
// stays, as what they judged.
func (db *DB) RemoveHandClaim(ctx context.Context, id, reviewer string) error {
	return db.write(ctx, "take back the marked claim "+id, func(tx *sql.Tx) error {
		b := claimBody{Reviewer: reviewer, Removed: true}
		err := tx.QueryRowContext(ctx, "SELECT d.url, c.quote, c.speaker FROM claim c JOIN document d ON d.id = c.document WHERE c.id = ? AND c.origin <> ?", id, engineOrigin).
			Scan(&b.URL, &b.Quote, &b.Speaker)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNotFound
		}
		if err != nil {
			return err
		}
		acted, err := actedOn(ctx, tx, id)
		if err != nil {
			return err
		}
		if acted {
			return ErrDecided
		}
		if err := forgetLinksOf(ctx, tx, id); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE claim SET repeats = '' WHERE repeats = ?", id); err != nil {
			return fmt.Errorf("free its repeats: %w", err)
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM claim WHERE id = ?", id); err != nil {
			return err
		}
		_, err = db.enter(ctx, tx, evidence.JournalClaim, id, b)
		return err
	})
}

// SaveHandLink keeps a pair that a reviewer made, with their reason as the first line of its
// history. ErrMadeAlready when the engine or somebody else made the same pair.
func (db *DB) SaveHandLink(ctx context.Context, l claims.Link, reviewer, reason string) error {
	return db.write(ctx, "save the pair made by "+reviewer, func(tx *sql.Tx) error {
		var n int
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM link WHERE id = ?", l.ID).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return ErrMadeAlready
		}
		if err := db.saveLink(ctx, tx, l, reviewer); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO review_act (link, reviewer, kind, text, at) VALUES (?, ?, ?, ?, ?)", l.ID, reviewer, RemarkNote, reason, db.now())
		return err
	})
}

// MayRemoveClaim says whether nobody acted on the pairs of a claim.
func (db *DB) MayRemoveClaim(ctx context.Context, id string) (bool, error) {
	acted, err := actedOn(ctx, db.r, id)
	return !acted, err
}

func actedOn(ctx context.Context, q querier, claim string) (bool, error) {
	var n int
	err := q.QueryRowContext(ctx, `SELECT count(*) FROM link l WHERE l.claim = ?1 AND (l.origin <> ?2 OR EXISTS (SELECT 1 FROM verdict v WHERE v.link = l.id)
				OR EXISTS (SELECT 1 FROM review_act a WHERE a.link = l.id) OR EXISTS (SELECT 1 FROM link_tag t WHERE t.link = l.id) OR l.id IN (SELECT item FROM mail_item))`, claim, engineOrigin).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("look for acts on the pairs of claim %s: %w", claim, err)
	}
	return n > 0, nil
}

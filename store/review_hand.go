package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"contredit/claims"
)

// engineOrigin is the origin of what the program found; any other names the person who marked it.
const engineOrigin = "engine"

// ByHand says that a person made the link.
func (l StoredLink) ByHand() bool { return l.Origin != engineOrigin }

// ErrMadeAlready is returned when a claim or a link of that fingerprint is there already.
var ErrMadeAlready = errors.New("it is there already")

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
		return addWork(ctx, tx, StageLink, c.ID)
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

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// SaveRun notes that a run of a digest is done, with what came of it. A run noted before stays as it was.
func (db *DB) SaveRun(ctx context.Context, digestName, run, result string, now time.Time) error {
	return db.write(ctx, "note the run of "+digestName, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO mail_run (digest, run, result, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", digestName, run, result, stamp(now))
		return err
	})
}

// LastRun is the latest run of a digest that was noted by its moment; "" before the first. A run that
// has another name, as the demo gives, belongs to no schedule.
func (db *DB) LastRun(ctx context.Context, digestName string) (string, error) {
	var run string
	err := db.r.QueryRowContext(ctx, "SELECT run FROM mail_run WHERE digest = ? AND run GLOB '[0-9][0-9][0-9][0-9]-*' ORDER BY run DESC LIMIT 1", digestName).Scan(&run)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("look up the last run of %s: %w", digestName, err)
	}
	return run, nil
}

// LastMail is when a recipient was last sent something of a digest, or it was queued; zero for never.
func (db *DB) LastMail(ctx context.Context, digestName, recipient string) (time.Time, error) {
	var at sql.NullString
	err := db.r.QueryRowContext(ctx, "SELECT max(queued_at) FROM mail WHERE digest = ? AND recipient = ?", digestName, recipient).Scan(&at)
	if err != nil {
		return time.Time{}, fmt.Errorf("look up the last mail of %s to %s: %w", digestName, recipient, err)
	}
	return parseStamp(at.String), nil
}

// CountSince counts the documents fetched and the flags found since a time.
func (db *DB) CountSince(ctx context.Context, since time.Time) (documents, flags int, err error) {
	err = db.r.QueryRowContext(ctx, `SELECT (SELECT count(DISTINCT document) FROM snapshot WHERE fetched_at >= ?1), (SELECT count(*) FROM link WHERE found_at >= ?1)`,
		stamp(since)).Scan(&documents, &flags)
	if err != nil {
		return 0, 0, fmt.Errorf("count what is new since %s: %w", stamp(since), err)
	}
	return documents, flags, nil
}

package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Stage is a step that a work item waits for.
type Stage string

// The stages. Subjects are snapshots for reading, documents for extraction and for looking for the
// claims that a new record touches, claims for linking.
const (
	StageRead    Stage = "read"
	StageExtract Stage = "extract"
	StageTouch   Stage = "touch"
	StageLink    Stage = "link"
)

func addWork(ctx context.Context, tx *sql.Tx, stage Stage, subject string) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO work (stage, subject) VALUES (?, ?) ON CONFLICT DO UPDATE SET attempts = 0, leased = '', holder = '', error = ''",
		stage, subject)
	if err != nil {
		return fmt.Errorf("leave the work %s %s: %w", stage, subject, err)
	}
	return nil
}

func (db *DB) endWork(ctx context.Context, tx *sql.Tx, stage Stage, subject string) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM work WHERE stage = ? AND subject = ?", stage, subject); err != nil {
		return fmt.Errorf("end the work %s %s: %w", stage, subject, err)
	}
	return db.noteDone(ctx, tx, stage, subject, "")
}

// maxAttempts is how often an item may kill its worker before it waits for a person.
const maxAttempts = 5

// FailWork notes why an item could not be done; it is tried again after the delay.
func (db *DB) FailWork(ctx context.Context, stage Stage, subject string, cause error, after time.Duration) error {
	return db.write(ctx, "note failed work", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE work SET error = ?, leased = ?, holder = '' WHERE stage = ? AND subject = ?",
			cause.Error(), stamp(db.Now().Add(after)), stage, subject)
		if err != nil {
			return err
		}
		return db.noteDone(ctx, tx, stage, subject, cause.Error())
	})
}

// Waiting lists the items of a stage that nobody holds.
func (db *DB) Waiting(ctx context.Context, stage Stage) ([]string, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT subject FROM work WHERE stage = ? AND leased <= ? ORDER BY length(subject), subject", stage, db.now())
	if err != nil {
		return nil, fmt.Errorf("list the work of stage %s: %w", stage, err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var subject string
		if err := rows.Scan(&subject); err != nil {
			return nil, fmt.Errorf("list the work of stage %s: %w", stage, err)
		}
		all = append(all, subject)
	}
	return all, rows.Err()
}

// HasWork says whether something waits that nobody holds and that did not break its workers.
func (db *DB) HasWork(ctx context.Context) (bool, error) {
	var waits bool
	err := db.r.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM work WHERE leased <= ? AND attempts < ?)", db.now(), maxAttempts).Scan(&waits)
	if err != nil {
		return false, fmt.Errorf("look for work: %w", err)
	}
	return waits, nil
}

// EndWork says that an item is done and left nothing to keep.
func (db *DB) EndWork(ctx context.Context, stage Stage, subject string) error {
	return db.write(ctx, "end work", func(tx *sql.Tx) error { return db.endWork(ctx, tx, stage, subject) })
}

// Backlog counts the items that wait for each stage.
func (db *DB) Backlog(ctx context.Context) (map[Stage]int, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT stage, count(*) FROM work GROUP BY stage")
	if err != nil {
		return nil, fmt.Errorf("count work: %w", err)
	}
	defer rows.Close()
	counts := map[Stage]int{}
	for rows.Next() {
		var stage Stage
		var n int
		if err := rows.Scan(&stage, &n); err != nil {
			return nil, fmt.Errorf("count work: %w", err)
		}
		counts[stage] = n
	}
	return counts, rows.Err()
}

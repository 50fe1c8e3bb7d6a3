package store

import (
	"context"
	"database/sql"
	"errors"
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
	_, err := tx.ExecContext(ctx, "INSERT INTO work (stage, subject) VALUES (?, ?) ON CONFLICT DO UPDATE SET attempts = 0, leased = '', error = ''",
		stage, subject)
	if err != nil {
		return fmt.Errorf("leave the work %s %s: %w", stage, subject, err)
	}
	return nil
}

func endWork(ctx context.Context, tx *sql.Tx, stage Stage, subject string) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM work WHERE stage = ? AND subject = ?", stage, subject); err != nil {
		return fmt.Errorf("end the work %s %s: %w", stage, subject, err)
	}
	return nil
}

// maxAttempts is how often an item may kill its worker before it waits for a person.
const maxAttempts = 5

// TakeWork leases the next item of a stage: the oldest that nobody holds. The second result
// is false when there is none. A lease ends by itself, so a killed worker's item is taken again.
func (db *DB) TakeWork(ctx context.Context, stage Stage, lease time.Duration) (string, bool, error) {
	var subject string
	now := db.Now()
	err := db.w.QueryRowContext(ctx, `UPDATE work SET leased = ?, attempts = attempts + 1 WHERE stage = ? AND subject = (
			SELECT subject FROM work WHERE stage = ? AND leased <= ? AND attempts < ? ORDER BY length(subject), subject LIMIT 1)
		RETURNING subject`, stamp(now.Add(lease)), stage, stage, stamp(now), maxAttempts).Scan(&subject)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("take work of stage %s: %w", stage, err)
	}
	return subject, true, nil
}

// ReleaseWork ends the leases of workers that died. Only who holds the database's lock may
// say that there is no other worker. Items that failed go on waiting for their next try.
func (db *DB) ReleaseWork(ctx context.Context) error {
	return db.write(ctx, "release the work of a process that died", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE work SET leased = '' WHERE leased <> '' AND error = ''")
		return err
	})
}

// FailWork notes why an item could not be done; it is tried again after the delay.
func (db *DB) FailWork(ctx context.Context, stage Stage, subject string, cause error, after time.Duration) error {
	return db.write(ctx, "note failed work", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE work SET error = ?, leased = ? WHERE stage = ? AND subject = ?",
			cause.Error(), stamp(db.Now().Add(after)), stage, subject)
		return err
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
	return db.write(ctx, "end work", func(tx *sql.Tx) error { return endWork(ctx, tx, stage, subject) })
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

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"contredit/claims"
	"contredit/evidence"
)

// SaveVerdict adds a reviewer's act to a link's history and brings the link's status up to
// date in the same transaction: it is either fully there or not at all. The verdict is
// returned with its number and time.
func (db *DB) SaveVerdict(ctx context.Context, v claims.Verdict) (claims.Verdict, error) {
	err := db.write(ctx, "save verdict on "+v.Link, func(tx *sql.Tx) error {
		var err error
		v, err = db.addVerdict(ctx, tx, v)
		return err
	})
	return v, err
}

func (db *DB) addVerdict(ctx context.Context, tx *sql.Tx, v claims.Verdict) (claims.Verdict, error) {
	v.At = db.now()
	row, err := tx.ExecContext(ctx, "INSERT INTO verdict (link, reviewer, decision, reason, note, at, undoes) VALUES (?, ?, ?, ?, ?, ?, nullif(?, 0))",
		v.Link, v.Reviewer, v.Decision, v.Reason, v.Note, v.At, v.Undoes)
	if err != nil {
		return v, fmt.Errorf("add verdict: %w", err)
	}
	if v.ID, err = row.LastInsertId(); err != nil {
		return v, fmt.Errorf("number verdict: %w", err)
	}
	if _, err := tx.ExecContext(ctx, "UPDATE link SET status = ? WHERE id = ?", v.Decision, v.Link); err != nil {
		return v, fmt.Errorf("update status: %w", err)
	}
	_, err = db.enter(ctx, tx, evidence.JournalVerdict, v.Link, verdictBody{v.ID, v.Reviewer, v.Decision, v.Reason, v.Note, v.At, v.Undoes})
	return v, err
}

// Undo takes back the last verdict on one or several links at once.
type Undo struct {
	Links     []string
	Verdicts  map[string]int64 // number of the verdict that is meant, by link; without one the last, whose ever it is
	Reviewer  string
	Publishes bool // publishes: may take a publication back, and make a link published again
	TwoPeople bool // who confirmed does not
}

// UndoVerdict takes back the last verdict on a link: a new row says so, and the status is
// again what the one before made it.
func (db *DB) UndoVerdict(ctx context.Context, link, reviewer string) (claims.Verdict, error) {
	done, err := db.UndoVerdicts(ctx, Undo{Links: []string{link}, Reviewer: reviewer, Publishes: true})
	if err != nil {
		return claims.Verdict{}, err
	}
	return done[0], nil
}

// UndoVerdicts takes back the verdicts that are meant, all of them or none: ErrConflict when another
// one stands by now.
func (db *DB) UndoVerdicts(ctx context.Context, u Undo) (done []claims.Verdict, err error) {
	err = db.write(ctx, "take back verdicts", func(tx *sql.Tx) error {
		done = done[:0]
		for _, link := range u.Links {
			standing, err := standingVerdicts(ctx, tx, link)
			if err != nil {
				return err
			}
			meant := u.Verdicts[link]
			if len(standing) == 0 && meant == 0 {
				return fmt.Errorf("flag %s: no verdict to take back: %w", link, ErrNotFound)
			}
			if len(standing) == 0 || meant != 0 && standing[len(standing)-1].ID != meant {
				return &Conflict{link}
			}
			last, before := standing[len(standing)-1], claims.StatusNew
			if len(standing) > 1 {
				before = standing[len(standing)-2].Decision
			}
			if last.Decision == claims.StatusPublished && !u.Publishes {
				return fmt.Errorf("flag %s: %w", link, ErrNotPublisher)
			}
			if before == claims.StatusPublished {
				if err := mayRepublish(ctx, tx, link, standing, u); err != nil {
					return fmt.Errorf("flag %s: %w", link, err)
				}
			}
			v, err := db.addVerdict(ctx, tx, claims.Verdict{Link: link, Reviewer: u.Reviewer, Decision: before, Undoes: last.ID})
			if err != nil {
				return err
			}
			done = append(done, v)
		}
		return nil
	})
	return done, err
}

// standingVerdicts are those not taken back, oldest first.
func standingVerdicts(ctx context.Context, tx *sql.Tx, link string) ([]claims.Verdict, error) {
	rows, err := tx.QueryContext(ctx, `SELECT id, decision, reviewer FROM verdict WHERE link = ?1 AND undoes IS NULL
		AND id NOT IN (SELECT undoes FROM verdict WHERE link = ?1 AND undoes IS NOT NULL) ORDER BY id`, link)
	if err != nil {
		return nil, fmt.Errorf("list verdicts: %w", err)
	}
	defer rows.Close()
	var all []claims.Verdict
	for rows.Next() {
		var v claims.Verdict
		if err := rows.Scan(&v.ID, &v.Decision, &v.Reviewer); err != nil {
			return nil, fmt.Errorf("read verdict: %w", err)
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

// Verdicts is the whole history of a link, oldest first.
func (db *DB) Verdicts(ctx context.Context, link string) ([]claims.Verdict, error) {
	rows, err := db.r.QueryContext(ctx, `SELECT id, link, reviewer, decision, reason, note, at, coalesce(undoes, 0)
		FROM verdict WHERE link = ? ORDER BY id`, link)
	if err != nil {
		return nil, fmt.Errorf("list verdicts of %s: %w", link, err)
	}
	defer rows.Close()
	var all []claims.Verdict
	for rows.Next() {
		var v claims.Verdict
		if err := rows.Scan(&v.ID, &v.Link, &v.Reviewer, &v.Decision, &v.Reason, &v.Note, &v.At, &v.Undoes); err != nil {
			return nil, fmt.Errorf("read verdict: %w", err)
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

// Setting returns a value kept under a name, "" when there is none.
func (db *DB) Setting(ctx context.Context, name string) (string, error) {
	var value string
	err := db.r.QueryRowContext(ctx, "SELECT value FROM setting WHERE name = ?", name).Scan(&value)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("read setting %s: %w", name, err)
	}
	return value, nil
}

// SaveSetting keeps a value under a name.
func (db *DB) SaveSetting(ctx context.Context, name, value string) error {
	return db.write(ctx, "save setting "+name, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
			name, value)
		return err
	})
}

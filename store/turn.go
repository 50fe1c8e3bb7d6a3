package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Turn is the time in which worker processes may take the items of one stage. The stages of a pass come
// one after the other: an extraction knows every person that any reading introduced, and a link every
// record. What a worker holds in memory is made after the turn was opened, and good until it is closed.
type Turn struct {
	Number int64
	Stage  Stage // "" between two turns
}

// OpenTurn lets worker processes take the items of a stage.
func (db *DB) OpenTurn(ctx context.Context, stage Stage) (Turn, error) {
	t := Turn{Stage: stage}
	err := db.write(ctx, "open the turn of stage "+string(stage), func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, "UPDATE turn SET number = number + 1, stage = ? RETURNING number", stage).Scan(&t.Number)
	})
	return t, err
}

// Turn is what worker processes may take now.
func (db *DB) Turn(ctx context.Context) (Turn, error) {
	var t Turn
	if err := db.r.QueryRowContext(ctx, "SELECT number, stage FROM turn").Scan(&t.Number, &t.Stage); err != nil {
		return t, fmt.Errorf("look whose turn it is: %w", err)
	}
	return t, nil
}

// unfinished is the condition of an item that is under work or may be taken, by the present and the most attempts.
const unfinished = "(holder <> '' OR (leased <= ? AND attempts < ?))"

// CloseTurnWhenDone closes the turn when no item of its stage is under work or may be taken. It returns
// whether it did.
func (db *DB) CloseTurnWhenDone(ctx context.Context, t Turn) (closed bool, err error) {
	var waits bool
	err = db.r.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM work WHERE stage = ? AND "+unfinished+")", t.Stage, db.now(), maxAttempts).Scan(&waits)
	if err != nil {
		return false, fmt.Errorf("look what is left of stage %s: %w", t.Stage, err)
	}
	if waits {
		return false, nil
	}
	// Somebody may have left work since.
	err = db.write(ctx, "close the turn of stage "+string(t.Stage), func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, "UPDATE turn SET stage = '' WHERE NOT EXISTS (SELECT 1 FROM work WHERE stage = ? AND "+unfinished+")", t.Stage, db.now(), maxAttempts)
		if err != nil {
			return err
		}
		n, err := done.RowsAffected()
		closed = n > 0
		return err
	})
	return closed, err
}

// CloseTurn closes the turn whatever is left: nothing more is taken in it.
func (db *DB) CloseTurn(ctx context.Context) error {
	return db.write(ctx, "close the turn", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE turn SET stage = ''")
		return err
	})
}

// Done is an item that a worker process ended.
type Done struct {
	Stage   Stage
	Subject string
	URL     string
	Yield   int
	Error   string // why it could not be done; "" when it was
}

// noteDone accounts for an item that ended in a turn, in the transaction that ends it.
func (db *DB) noteDone(ctx context.Context, tx *sql.Tx, stage Stage, subject, cause string) error {
	if !db.holds(stage, subject) || !db.lease.turn {
		return nil
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO done (stage, subject, url, yield, error) VALUES (?, ?, ?, ?, ?)", stage, subject, db.lease.URL, db.lease.Yield, cause)
	if err != nil {
		return fmt.Errorf("account for the work %s %s: %w", stage, subject, err)
	}
	return nil
}

// TakeDone returns what worker processes did since it was last asked, in the order of the items.
func (db *DB) TakeDone(ctx context.Context) (all []Done, err error) {
	err = db.write(ctx, "take the account of what was done", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, "SELECT stage, subject, url, yield, error FROM done ORDER BY stage, length(subject), subject, number")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var d Done
			if err := rows.Scan(&d.Stage, &d.Subject, &d.URL, &d.Yield, &d.Error); err != nil {
				return err
			}
			all = append(all, d)
		}
		if err := rows.Err(); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "DELETE FROM done")
		return err
	})
	return all, err
}

// DocumentOf is the number of the document that a snapshot is of.
func (db *DB) DocumentOf(ctx context.Context, snapshot int64) (doc int64, err error) {
	err = db.r.QueryRowContext(ctx, "SELECT document FROM snapshot WHERE id = ?", snapshot).Scan(&doc)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return 0, fmt.Errorf("document of snapshot %d: %w", snapshot, err)
	}
	return doc, nil
}

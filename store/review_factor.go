package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// ErrCodeUsed says that a code of the second factor was used before.
var ErrCodeUsed = errors.New("the code was used already")

// BeginFactor keeps the secret of a second factor until a code confirms it.
func (db *DB) BeginFactor(ctx context.Context, reviewer, secret string) error {
	return db.changeReviewer(ctx, "begin the second factor of "+reviewer, "UPDATE reviewer SET factor_begun = ? WHERE name = ? AND removed = ''", secret, reviewer)
}

// ConfirmFactor puts the secret that was begun in force; step is that of the code which confirms it.
func (db *DB) ConfirmFactor(ctx context.Context, reviewer string, step uint64) error {
	return db.changeReviewer(ctx, "confirm the second factor of "+reviewer,
		"UPDATE reviewer SET factor = factor_begun, factor_begun = '', factor_used = ? WHERE name = ? AND removed = '' AND factor_begun <> ''", int64(step), reviewer)
}

// DropFactor ends the second factor of somebody, and what was begun of another.
func (db *DB) DropFactor(ctx context.Context, reviewer string) error {
	return db.changeReviewer(ctx, "end the second factor of "+reviewer, "UPDATE reviewer SET factor = '', factor_begun = '', factor_used = 0 WHERE name = ? AND removed = ''", reviewer)
}

// UseFactor notes that the code of a time step (RFC 6238, of 30 seconds) was used; ErrCodeUsed when
// it, or a later one, was used before.
func (db *DB) UseFactor(ctx context.Context, reviewer string, step uint64) error {
	err := db.changeReviewer(ctx, "use a code of "+reviewer, "UPDATE reviewer SET factor_used = ? WHERE name = ? AND removed = '' AND factor_used < ?", int64(step), reviewer, int64(step))
	if errors.Is(err, ErrNotFound) {
		return fmt.Errorf("use a code of %s: %w", reviewer, ErrCodeUsed)
	}
	return err
}

func (db *DB) changeReviewer(ctx context.Context, what, query string, args ...any) error {
	return db.write(ctx, what, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, query, args...)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(ErrNotFound, err)
		}
		return nil
	})
}

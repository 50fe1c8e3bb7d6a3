package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// forgottenAtOnce is how many links one transaction takes away: others write in between.
const forgottenAtOnce = 500

// ForgetWithdrawn takes away what the engine proposed, withdrew before a moment, and nobody ever heard
// of or did anything about: no verdict, remark, tag, mail, answer, publication or entry of the journal
// names it. Linking anew withdraws more than it keeps, each with the whole of its quotes. It returns
// how many those were. What the engine finds again comes again, as new.
func (db *DB) ForgetWithdrawn(ctx context.Context, before time.Time) (int, error) {
	total := 0
	for {
		n, err := db.forgetSome(ctx, before)
		total += n
		if err != nil || n < forgottenAtOnce {
			return total, err
		}
	}
}

func (db *DB) forgetSome(ctx context.Context, before time.Time) (n int, err error) {
	err = db.write(ctx, "forget what was withdrawn", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "CREATE TEMP TABLE IF NOT EXISTS forgotten (id TEXT PRIMARY KEY, number INTEGER)"); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM temp.forgotten"); err != nil {
			return err
		}
		chosen, err := tx.ExecContext(ctx, `INSERT INTO temp.forgotten SELECT l.id, q.number FROM link l JOIN queue q ON q.link = l.id
			WHERE l.withdrawn <> '' AND l.withdrawn < ? AND l.status = 'new' AND l.origin = ? AND q.assigned = '' AND q.snoozed = ''
				AND NOT EXISTS (SELECT 1 FROM verdict v WHERE v.link = l.id) AND NOT EXISTS (SELECT 1 FROM review_act a WHERE a.link = l.id)
				AND NOT EXISTS (SELECT 1 FROM link_tag t WHERE t.link = l.id) AND NOT EXISTS (SELECT 1 FROM publication p WHERE p.link = l.id)
				AND NOT EXISTS (SELECT 1 FROM mail_answer a WHERE a.item = l.id) AND l.id NOT IN (SELECT item FROM mail_item)
				AND l.id NOT IN (SELECT item FROM mail_drop) AND l.id NOT IN (SELECT subject FROM journal)
			LIMIT ?`, stamp(before), engineOrigin, forgottenAtOnce)
		if err != nil {
			return err
		}
		for _, step := range []string{
			"DELETE FROM queue_search WHERE rowid IN (SELECT number FROM temp.forgotten)",
			"DELETE FROM queue WHERE number IN (SELECT number FROM temp.forgotten)",
			"DELETE FROM link WHERE id IN (SELECT id FROM temp.forgotten)",
		} {
			if _, err := tx.ExecContext(ctx, step); err != nil {
				return fmt.Errorf("%s: %w", step, err)
			}
		}
		gone, err := chosen.RowsAffected()
		n = int(gone)
		return err
	})
	if err != nil {
		return 0, err
	}
	return n, nil
}

// forgetLinksOf takes away the links of a claim, which nobody acted on.
func forgetLinksOf(ctx context.Context, tx *sql.Tx, claim string) error {
	for _, step := range []string{
		"DELETE FROM queue_search WHERE rowid IN (SELECT q.number FROM queue q JOIN link l ON l.id = q.link WHERE l.claim = ?)",
		"DELETE FROM queue WHERE link IN (SELECT id FROM link WHERE claim = ?)",
		"DELETE FROM link WHERE claim = ?",
	} {
		if _, err := tx.ExecContext(ctx, step, claim); err != nil {
			return fmt.Errorf("forget the pairs of claim %s: %s: %w", claim, step, err)
		}
	}
	return nil
}

package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"contredit/digest"
)

// DropItems is of digest.Ledger. What was dropped counts as carried no longer: when it may be told
// again, another mail carries it.
func (db *DB) DropItems(ctx context.Context, id int64, dropped []digest.Drop, now time.Time) error {
	return db.write(ctx, fmt.Sprintf("drop what mail %d may not carry", id), func(tx *sql.Tx) error {
		for _, d := range dropped {
			if err := noteDrop(ctx, tx, id, d, now); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, "DELETE FROM mail_item WHERE mail = ? AND item = ?", id, d.Item); err != nil {
				return err
			}
		}
		return nil
	})
}

// WithdrawMail is of digest.Ledger. Nothing brings such a mail back: what it carried is free for
// another one.
func (db *DB) WithdrawMail(ctx context.Context, id int64, reason string, now time.Time) error {
	return db.write(ctx, fmt.Sprintf("withdraw mail %d", id), func(tx *sql.Tx) error {
		if err := noteDrop(ctx, tx, id, digest.Drop{Reason: reason}, now); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM mail_item WHERE mail = ?", id); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "UPDATE mail SET state = 'withdrawn', answer = ?, ended_at = ? WHERE id = ? AND state = 'queued'", reason, stamp(now), id)
		return err
	})
}

func noteDrop(ctx context.Context, tx *sql.Tx, id int64, d digest.Drop, now time.Time) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO mail_drop (mail, item, reason, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", id, d.Item, d.Reason, stamp(now))
	return err
}

func droppedFrom(ctx context.Context, tx *sql.Tx, id int64) (map[string]bool, error) {
	rows, err := tx.QueryContext(ctx, "SELECT item FROM mail_drop WHERE mail = ?", id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	dropped := map[string]bool{}
	for rows.Next() {
		var item string
		if err := rows.Scan(&item); err != nil {
			return nil, err
		}
		dropped[item] = true
	}
	return dropped, rows.Err()
}

// DroppedItem is what a mail was to carry and did not.
type DroppedItem struct {
	Mail   int64
	Item   string // "" for the whole mail
	Reason string
	At     time.Time
}

// DroppedItems lists what was dropped, the latest first.
func (db *DB) DroppedItems(ctx context.Context, limit int) ([]DroppedItem, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT mail, item, reason, at FROM mail_drop ORDER BY mail DESC, item LIMIT ?", limit)
	if err != nil {
		return nil, fmt.Errorf("list what mails dropped: %w", err)
	}
	defer rows.Close()
	var all []DroppedItem
	for rows.Next() {
		var d DroppedItem
		var at string
		if err := rows.Scan(&d.Mail, &d.Item, &d.Reason, &at); err != nil {
			return nil, err
		}
		d.At = parseStamp(at)
		all = append(all, d)
	}
	return all, rows.Err()
}

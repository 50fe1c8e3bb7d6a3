package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"contredit/evidence"
)

// ErrNotErasable is returned for an entry whose text is no person's.
var ErrNotErasable = errors.New("only verdicts, notes, replies, corrections, overrides and requests are erased")

// ErrTraceInLog is returned when a text was erased while somebody read the database: its bytes
// stand in the write-ahead log until Erase is called again.
var ErrTraceInLog = errors.New("the text is erased, and a reader keeps its bytes in the write-ahead log")

// Erase takes the text of an entry away, and the same text where the entry took it from and in
// the letters that carried it. The entry's digest stays in the chain, and the erasure is an
// entry. What SQLite frees is overwritten (secure_delete, see dsn), and the log is emptied: the
// bytes are in the file no more. To erase an entry again only empties the log.
func (db *DB) Erase(ctx context.Context, number int64, by, why string) error {
	err := db.write(ctx, fmt.Sprintf("erase journal entry %d", number), func(tx *sql.Tx) error {
		e, err := scanEntry(tx.QueryRowContext(ctx, "SELECT "+journalColumns+" FROM journal WHERE number = ?", number).Scan)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNotFound
		}
		if err != nil || e.Body == "" {
			return err
		}
		if err := eraseOrigin(ctx, tx, e); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE journal SET body = '', salt = '' WHERE number = ?", number); err != nil {
			return err
		}
		_, err = db.enter(ctx, tx, evidence.JournalErasure, fmt.Sprintf("entry %d", number), evidence.Erasure{Entry: number, Digest: e.Digest, By: by, Why: why})
		return err
	})
	if err != nil {
		return err
	}
	return db.emptyLog(ctx)
}

// eraseOrigin takes away what an entry wrote down where it took it from.
func eraseOrigin(ctx context.Context, tx *sql.Tx, e evidence.JournalEntry) error {
	switch e.Kind {
	case evidence.JournalVerdict:
		var v verdictBody
		if err := json.Unmarshal([]byte(e.Body), &v); err != nil {
			return fmt.Errorf("decode verdict: %w", err)
		}
		if _, err := tx.ExecContext(ctx, "UPDATE verdict SET reviewer = ?, note = '' WHERE id = ?", evidence.Erased, v.Verdict); err != nil {
			return fmt.Errorf("erase the verdict: %w", err)
		}
	case evidence.JournalReply, evidence.JournalCorrection, evidence.JournalNote:
		var m remarkBody
		if err := json.Unmarshal([]byte(e.Body), &m); err != nil {
			return fmt.Errorf("decode remark: %w", err)
		}
		if _, err := tx.ExecContext(ctx, "UPDATE review_act SET reviewer = ?1, text = ?1 WHERE id = ?2", evidence.Erased, m.Act); err != nil {
			return fmt.Errorf("erase the remark: %w", err)
		}
		return eraseFromLetters(ctx, tx, m.Text)
	case evidence.JournalOverride:
		var o overrideBody
		if err := json.Unmarshal([]byte(e.Body), &o); err != nil {
			return fmt.Errorf("decode override: %w", err)
		}
		if _, err := tx.ExecContext(ctx, "UPDATE override SET reviewer = ? WHERE id = ?", evidence.Erased, o.Override); err != nil {
			return fmt.Errorf("erase the override: %w", err)
		}
	case evidence.JournalRequest:
	default:
		return fmt.Errorf("a %s: %w", e.Kind, ErrNotErasable)
	}
	return nil
}

// eraseFromLetters takes a text out of the letters that are kept, sent or not.
func eraseFromLetters(ctx context.Context, tx *sql.Tx, text string) error {
	if text == "" {
		return nil
	}
	rows, err := tx.QueryContext(ctx, "SELECT id, packed FROM letter")
	if err != nil {
		return fmt.Errorf("look through the letters: %w", err)
	}
	without := map[int64][]byte{}
	for rows.Next() {
		var id int64
		var packed []byte
		if err := rows.Scan(&id, &packed); err != nil {
			return errors.Join(err, rows.Close())
		}
		var letter any
		if err := unpack(packed, &letter); err != nil {
			return errors.Join(fmt.Errorf("read letter %d: %w", id, err), rows.Close())
		}
		if letter, found := replaceText(letter, text); found {
			if without[id], err = pack(letter); err != nil {
				return errors.Join(fmt.Errorf("write letter %d: %w", id, err), rows.Close())
			}
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return fmt.Errorf("look through the letters: %w", err)
	}
	for id, packed := range without {
		if _, err := tx.ExecContext(ctx, "UPDATE letter SET packed = ? WHERE id = ?", packed, id); err != nil {
			return fmt.Errorf("erase from letter %d: %w", id, err)
		}
	}
	return nil
}

// replaceText puts the word for what was erased in the place of a text, in every string of a
// decoded JSON value.
func replaceText(value any, text string) (any, bool) {
	found := false
	switch v := value.(type) {
	case string:
		return strings.ReplaceAll(v, text, evidence.Erased), strings.Contains(v, text)
	case []any:
		for i := range v {
			part, here := replaceText(v[i], text)
			v[i], found = part, found || here
		}
	case map[string]any:
		for key := range v {
			part, here := replaceText(v[key], text)
			v[key], found = part, found || here
		}
	}
	return value, found
}

// emptyLog moves all that the write-ahead log holds into the file and cuts it to nothing.
func (db *DB) emptyLog(ctx context.Context) error {
	var busy, pages, moved int
	if err := db.w.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &moved); err != nil {
		return fmt.Errorf("empty the write-ahead log: %w", err)
	}
	if busy != 0 {
		return ErrTraceInLog
	}
	return nil
}

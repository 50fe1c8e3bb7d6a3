package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"contredit/claims"
	"contredit/evidence"
)

// journalHead is the setting that holds the hash of the last entry: it tells when the end of
// the journal was cut off.
const journalHead = "journal.head"

type capturedBody struct {
	URL       string `json:"url"`
	FinalURL  string `json:"final_url"`
	Status    int    `json:"status"`
	MediaType string `json:"media_type"`
	SHA256    string `json:"sha256"`
	FetchedAt string `json:"fetched_at"`
	Header    string `json:"header_sha256,omitempty"` // of the stored JSON; entries of before 2026-11 have none
}

// headerDigest is what the journal keeps of the headers of a version.
func headerDigest(stored string) string {
	sum := sha256.Sum256([]byte(stored))
	return hex.EncodeToString(sum[:])
}

type verdictBody struct {
	Verdict  int64           `json:"verdict"`
	Reviewer string          `json:"reviewer"`
	Decision claims.Decision `json:"decision"`
	Reason   string          `json:"reason"`
	Note     string          `json:"note"`
	At       string          `json:"at"`
	Undoes   int64           `json:"undoes,omitempty"`
}

type remarkBody struct {
	Act      int64  `json:"act"`
	Reviewer string `json:"reviewer"`
	Text     string `json:"text"`
	At       string `json:"at"`
}

// enter adds an entry to the journal.
func (db *DB) enter(ctx context.Context, tx *sql.Tx, kind, subject string, body any) (evidence.JournalEntry, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return evidence.JournalEntry{}, fmt.Errorf("encode %s for the journal: %w", kind, err)
	}
	var number int64
	var previous string
	err = tx.QueryRowContext(ctx, "SELECT number, hash FROM journal ORDER BY number DESC LIMIT 1").Scan(&number, &previous)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return evidence.JournalEntry{}, fmt.Errorf("read the end of the journal: %w", err)
	}
	e := evidence.Seal(evidence.JournalEntry{Number: number + 1, At: db.now(), Kind: kind, Subject: subject, Body: string(text)}, previous)
	_, err = tx.ExecContext(ctx, "INSERT INTO journal (number, at, kind, subject, body, salt, digest, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		e.Number, e.At, e.Kind, e.Subject, e.Body, e.Salt, e.Digest, e.Previous, e.Hash)
	if err != nil {
		return e, fmt.Errorf("enter %s in the journal: %w", kind, err)
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", journalHead, e.Hash)
	if err != nil {
		return e, fmt.Errorf("note the end of the journal: %w", err)
	}
	return e, nil
}

// enterOnce adds an entry unless one of its kind is there about the subject.
func (db *DB) enterOnce(ctx context.Context, tx *sql.Tx, kind, subject string, body any) error {
	var n int
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM journal WHERE kind = ? AND subject = ?", kind, subject).Scan(&n); err != nil {
		return fmt.Errorf("look for %s in the journal: %w", subject, err)
	}
	if n > 0 {
		return nil
	}
	_, err := db.enter(ctx, tx, kind, subject, body)
	return err
}

// Enter notes in the journal that something left the house: a dossier, a publication.
func (db *DB) Enter(ctx context.Context, kind, subject string, body any) (e evidence.JournalEntry, err error) {
	err = db.write(ctx, "enter "+kind+" in the journal", func(tx *sql.Tx) error {
		e, err = db.enter(ctx, tx, kind, subject, body)
		return err
	})
	return e, err
}

func snapshotSubject(id int64) string { return fmt.Sprintf("snapshot %d", id) }

const journalColumns = "number, at, kind, subject, body, salt, digest, previous, hash"

func scanEntry(scan func(...any) error) (e evidence.JournalEntry, err error) {
	if err := scan(&e.Number, &e.At, &e.Kind, &e.Subject, &e.Body, &e.Salt, &e.Digest, &e.Previous, &e.Hash); err != nil {
		return e, fmt.Errorf("read the journal: %w", err)
	}
	return e, nil
}

// EachEntry calls f for every entry of the journal, oldest first.
func (db *DB) EachEntry(ctx context.Context, f func(evidence.JournalEntry) error) error {
	return eachEntry(ctx, db.r, f)
}

func eachEntry(ctx context.Context, q querier, f func(evidence.JournalEntry) error) error {
	rows, err := q.QueryContext(ctx, "SELECT "+journalColumns+" FROM journal ORDER BY number")
	if err != nil {
		return fmt.Errorf("read the journal: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		e, err := scanEntry(rows.Scan)
		if err != nil {
			return err
		}
		if err := f(e); err != nil {
			return err
		}
	}
	return rows.Err()
}

// EntryAbout is the last entry of a kind about a subject.
func (db *DB) EntryAbout(ctx context.Context, kind, subject string) (evidence.JournalEntry, error) {
	e, err := scanEntry(db.r.QueryRowContext(ctx, "SELECT "+journalColumns+" FROM journal WHERE kind = ? AND subject = ? ORDER BY number DESC LIMIT 1", kind, subject).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return e, fmt.Errorf("journal entry about %s: %w", subject, ErrNotFound)
	}
	return e, err
}

// startJournal enters what was kept before there was a journal, once.
func (db *DB) startJournal(ctx context.Context) error {
	var entries, snapshots int
	if err := db.w.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM journal), (SELECT count(*) FROM snapshot)").Scan(&entries, &snapshots); err != nil {
		return fmt.Errorf("look at the journal: %w", err)
	}
	if entries > 0 || snapshots == 0 {
		return nil
	}
	return db.write(ctx, "begin the journal", func(tx *sql.Tx) error {
		type found struct {
			kind, subject string
			body          any
		}
		var all []found
		rows, err := tx.QueryContext(ctx, `SELECT s.id, d.url, s.final_url, s.status, s.media_type, s.sha256, s.fetched_at, s.header FROM snapshot s
			JOIN document d ON d.id = s.document ORDER BY s.id`)
		if err != nil {
			return err
		}
		for rows.Next() {
			var id int64
			var b capturedBody
			if err := rows.Scan(&id, &b.URL, &b.FinalURL, &b.Status, &b.MediaType, &b.SHA256, &b.FetchedAt, &b.Header); err != nil {
				return errors.Join(err, rows.Close())
			}
			b.Header = headerDigest(b.Header)
			all = append(all, found{evidence.JournalCapture, snapshotSubject(id), b})
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return err
		}
		if rows, err = tx.QueryContext(ctx, "SELECT link, id, reviewer, decision, reason, note, at, coalesce(undoes, 0) FROM verdict ORDER BY id"); err != nil {
			return err
		}
		for rows.Next() {
			var link string
			var b verdictBody
			if err := rows.Scan(&link, &b.Verdict, &b.Reviewer, &b.Decision, &b.Reason, &b.Note, &b.At, &b.Undoes); err != nil {
				return errors.Join(err, rows.Close())
			}
			all = append(all, found{evidence.JournalVerdict, link, b})
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return err
		}
		if rows, err = tx.QueryContext(ctx, "SELECT kind, link, id, reviewer, text, at FROM review_act WHERE kind IN ('reply', 'correction') ORDER BY id"); err != nil {
			return err
		}
		for rows.Next() {
			var kind, link string
			var b remarkBody
			if err := rows.Scan(&kind, &link, &b.Act, &b.Reviewer, &b.Text, &b.At); err != nil {
				return errors.Join(err, rows.Close())
			}
			all = append(all, found{kind, link, b})
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return err
		}
		for _, f := range all {
			if _, err := db.enter(ctx, tx, f.kind, f.subject, f.body); err != nil {
				return err
			}
		}
		return nil
	})
}

package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"time"

	"contredit/document"
	"contredit/evidence"
)

// Transcript is a text that a person attached to a document that has none.
type Transcript struct {
	Document  int64
	Snapshot  int64  // the version that was typed
	Name      string // of the file, for its form
	MediaType string
	Reviewer  string // who attached it
	At        time.Time
	SHA256    string
	Content   []byte
}

// transcriptBody is the journal's word of a transcript.
type transcriptBody struct {
	URL      string `json:"url"`
	SHA256   string `json:"sha256"`
	Name     string `json:"name"`
	Reviewer string `json:"reviewer"`
	Removed  bool   `json:"removed,omitempty"`
}

// AttachTranscript keeps a text for the current version of a document, in the place of one that
// stood before, and leaves the work of reading it. ErrNotFound when the document is not known or
// was never fetched.
func (db *DB) AttachTranscript(ctx context.Context, t Transcript) error {
	packed, err := deflate(t.Content)
	if err != nil {
		return fmt.Errorf("attach %s: %w", t.Name, err)
	}
	sum := sha256.Sum256(t.Content)
	t.SHA256 = hex.EncodeToString(sum[:])
	return db.write(ctx, fmt.Sprintf("attach %s to document %d", t.Name, t.Document), func(tx *sql.Tx) error {
		var url string
		err := tx.QueryRowContext(ctx, "SELECT url, snapshot FROM document WHERE id = ? AND snapshot IS NOT NULL", t.Document).Scan(&url, &t.Snapshot)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNotFound
		}
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE transcript SET removed = ?, removed_by = ? WHERE document = ? AND removed = ''", db.now(), t.Reviewer, t.Document); err != nil {
			return fmt.Errorf("take off the earlier one: %w", err)
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO content (sha256, size, packed) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET packed = excluded.packed WHERE packed = x''",
			t.SHA256, len(t.Content), packed); err != nil {
			return fmt.Errorf("keep the bytes: %w", err)
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO transcript (document, snapshot, sha256, name, media_type, reviewer, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
			t.Document, t.Snapshot, t.SHA256, t.Name, t.MediaType, t.Reviewer, db.now()); err != nil {
			return fmt.Errorf("keep the transcript: %w", err)
		}
		if _, err := db.enter(ctx, tx, evidence.JournalTranscript, snapshotSubject(t.Snapshot), transcriptBody{URL: url, SHA256: t.SHA256, Name: t.Name, Reviewer: t.Reviewer}); err != nil {
			return err
		}
		return addWork(ctx, tx, StageRead, strconv.FormatInt(t.Snapshot, 10))
	})
}

// RemoveTranscript takes a transcript off its document, whose own bytes are read again. ErrNotFound
// when none stands.
func (db *DB) RemoveTranscript(ctx context.Context, doc int64, reviewer string) error {
	return db.write(ctx, fmt.Sprintf("take the transcript off document %d", doc), func(tx *sql.Tx) error {
		b := transcriptBody{Reviewer: reviewer, Removed: true}
		var snapshot int64
		err := tx.QueryRowContext(ctx, `UPDATE transcript SET removed = ?, removed_by = ? WHERE document = ? AND removed = ''
			RETURNING sha256, name, (SELECT url FROM document WHERE id = document), (SELECT d.snapshot FROM document d WHERE d.id = document)`,
			db.now(), reviewer, doc).Scan(&b.SHA256, &b.Name, &b.URL, &snapshot)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNotFound
		}
		if err != nil {
			return err
		}
		if _, err := db.enter(ctx, tx, evidence.JournalTranscript, snapshotSubject(snapshot), b); err != nil {
			return err
		}
		return addWork(ctx, tx, StageRead, strconv.FormatInt(snapshot, 10))
	})
}

// TranscriptOf is the text that stands attached to a document; ErrNotFound when there is none.
func (db *DB) TranscriptOf(ctx context.Context, doc int64) (Transcript, error) {
	t := Transcript{Document: doc}
	var packed []byte
	var at string
	err := db.r.QueryRowContext(ctx, `SELECT t.snapshot, t.name, t.media_type, t.reviewer, t.at, t.sha256, c.packed FROM transcript t JOIN content c ON c.sha256 = t.sha256
		WHERE t.document = ? AND t.removed = ''`, doc).Scan(&t.Snapshot, &t.Name, &t.MediaType, &t.Reviewer, &at, &t.SHA256, &packed)
	if errors.Is(err, sql.ErrNoRows) {
		return t, fmt.Errorf("transcript of document %d: %w", doc, ErrNotFound)
	}
	if err != nil {
		return t, fmt.Errorf("transcript of document %d: %w", doc, err)
	}
	t.At = parseStamp(at)
	if t.Content, err = inflate(packed); err != nil {
		return t, fmt.Errorf("transcript of document %d: %w", doc, err)
	}
	return t, nil
}

// Reread leaves the work of reading the current versions again: of one address, or with "" of all
// that have one of the states; without states, of all. It returns how many.
func (db *DB) Reread(ctx context.Context, url string, states []document.State) (n int, err error) {
	err = db.write(ctx, "leave documents to be read again", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT d.snapshot, coalesce(r.state, '') FROM document d LEFT JOIN reading r ON r.snapshot = d.snapshot
			WHERE d.snapshot IS NOT NULL AND (?1 = '' OR d.url = ?1) ORDER BY d.snapshot`, url)
		if err != nil {
			return err
		}
		var snapshots []int64
		for rows.Next() {
			var id int64
			var state document.State
			if err := rows.Scan(&id, &state); err != nil {
				return errors.Join(err, rows.Close())
			}
			wanted := len(states) == 0
			for _, s := range states {
				wanted = wanted || s == state
			}
			if wanted {
				snapshots = append(snapshots, id)
			}
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return err
		}
		for _, id := range snapshots {
			if err := addWork(ctx, tx, StageRead, strconv.FormatInt(id, 10)); err != nil {
				return err
			}
		}
		n = len(snapshots)
		return nil
	})
	return n, err
}

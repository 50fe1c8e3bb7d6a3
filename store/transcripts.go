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
	Replaces  bool // another one that stands may be taken off for it
}

// ErrAttached is returned when a text stands attached that is not to be replaced.
var ErrAttached = errors.New("a text is attached already")

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
// was never fetched, ErrAttached when another one stands and is not to be replaced.
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
		// The same moment in both rows says which one was replaced, and may stand again.
		at := db.now()
		row, err := tx.ExecContext(ctx, "UPDATE transcript SET removed = ?, removed_by = ? WHERE document = ? AND removed = ''", at, t.Reviewer, t.Document)
		if err != nil {
			return fmt.Errorf("take off the earlier one: %w", err)
		}
		if n, err := row.RowsAffected(); err != nil || n > 0 && !t.Replaces {
			return errors.Join(err, ErrAttached)
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO content (sha256, size, packed) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET packed = excluded.packed WHERE packed = x''",
			t.SHA256, len(t.Content), packed); err != nil {
			return fmt.Errorf("keep the bytes: %w", err)
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO transcript (document, snapshot, sha256, name, media_type, reviewer, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
			t.Document, t.Snapshot, t.SHA256, t.Name, t.MediaType, t.Reviewer, at); err != nil {
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

// ReplacedTranscript is the text that the standing one of a document replaced; ErrNotFound when it
// replaced none. It has no content.
func (db *DB) ReplacedTranscript(ctx context.Context, doc int64) (Transcript, error) {
	_, t, err := replacedTranscript(ctx, db.r, doc)
	return t, err
}

func replacedTranscript(ctx context.Context, q querier, doc int64) (id int64, t Transcript, err error) {
	t.Document = doc
	var at string
	err = q.QueryRowContext(ctx, `SELECT b.id, b.snapshot, b.sha256, b.name, b.reviewer, b.at FROM transcript t JOIN transcript b
		ON b.document = t.document AND b.id < t.id AND b.removed = t.at WHERE t.document = ? AND t.removed = '' ORDER BY b.id DESC LIMIT 1`, doc).
		Scan(&id, &t.Snapshot, &t.SHA256, &t.Name, &t.Reviewer, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, t, fmt.Errorf("replaced transcript of document %d: %w", doc, ErrNotFound)
	}
	if err != nil {
		return 0, t, fmt.Errorf("replaced transcript of document %d: %w", doc, err)
	}
	t.At = parseStamp(at)
	return id, t, nil
}

// RestoreTranscript takes the standing transcript off a document; the one that it replaced stands again,
// and is read again. ErrNotFound when it replaced none.
func (db *DB) RestoreTranscript(ctx context.Context, doc int64, reviewer string) error {
	return db.write(ctx, fmt.Sprintf("put back the earlier transcript of document %d", doc), func(tx *sql.Tx) error {
		id, before, err := replacedTranscript(ctx, tx, doc)
		if err != nil {
			return err
		}
		gone := transcriptBody{Reviewer: reviewer, Removed: true}
		var snapshot int64
		err = tx.QueryRowContext(ctx, `UPDATE transcript SET removed = ?, removed_by = ? WHERE document = ? AND removed = ''
			RETURNING sha256, name, (SELECT url FROM document WHERE id = document), (SELECT d.snapshot FROM document d WHERE d.id = document)`,
			db.now(), reviewer, doc).Scan(&gone.SHA256, &gone.Name, &gone.URL, &snapshot)
		if err != nil {
			return fmt.Errorf("take off the later one: %w", err)
		}
		// A row of its own: each entry of the journal has one.
		if _, err := tx.ExecContext(ctx, `INSERT INTO transcript (document, snapshot, sha256, name, media_type, reviewer, at)
			SELECT document, snapshot, sha256, name, media_type, reviewer, ? FROM transcript WHERE id = ?`, db.now(), id); err != nil {
			return fmt.Errorf("put back the earlier one: %w", err)
		}
		if _, err := db.enter(ctx, tx, evidence.JournalTranscript, snapshotSubject(snapshot), gone); err != nil {
			return err
		}
		back := transcriptBody{URL: gone.URL, SHA256: before.SHA256, Name: before.Name, Reviewer: before.Reviewer}
		if _, err := db.enter(ctx, tx, evidence.JournalTranscript, snapshotSubject(before.Snapshot), back); err != nil {
			return err
		}
		if db.holds(StageRead, strconv.FormatInt(snapshot, 10)) {
			return nil // who asks is reading it
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

package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"contredit/document"
	"contredit/evidence"
)

// Kept says what SaveSnapshot did.
type Kept struct {
	Document int64
	Snapshot int64
	New      bool // the first time that this address is met
	Changed  bool // another content than the last one
}

// SaveSnapshot keeps the bytes of a snapshot and what is known of its document, and leaves
// the work of reading it. A content equal to the current one adds nothing. Title, Date and
// VideoURL of doc are what was announced for it.
func (db *DB) SaveSnapshot(ctx context.Context, doc document.Document, charset string, snap document.Snapshot) (Kept, error) {
	header, err := json.Marshal(snap.Header)
	if err != nil {
		return Kept{}, fmt.Errorf("save snapshot of %s: encode header: %w", snap.URL, err)
	}
	packed, err := deflate(snap.Content)
	if err != nil {
		return Kept{}, fmt.Errorf("save snapshot of %s: %w", snap.URL, err)
	}
	var kept Kept
	err = db.write(ctx, "save snapshot of "+doc.URL, func(tx *sql.Tx) error {
		id, current, err := db.upsertDocument(ctx, tx, doc, charset, snap.MediaType)
		if err != nil {
			return err
		}
		kept = Kept{Document: id, New: current == ""}
		if current == snap.SHA256 {
			return tx.QueryRowContext(ctx, "SELECT snapshot FROM document WHERE id = ?", id).Scan(&kept.Snapshot)
		}
		kept.Changed = current != ""
		if _, err := tx.ExecContext(ctx, `INSERT INTO content (sha256, size, packed) VALUES (?, ?, ?)
				ON CONFLICT DO UPDATE SET packed = excluded.packed WHERE packed = x''`, // retired bytes that came back
			snap.SHA256, len(snap.Content), packed); err != nil {
			return fmt.Errorf("keep the bytes: %w", err)
		}
		row, err := tx.ExecContext(ctx, `INSERT INTO snapshot (document, sha256, final_url, media_type, status, header, fetched_at)
			VALUES (?, ?, ?, ?, ?, ?, ?)`,
			id, snap.SHA256, snap.FinalURL, snap.MediaType, snap.Status, string(header), stamp(snap.FetchedAt))
		if err != nil {
			return fmt.Errorf("keep the snapshot: %w", err)
		}
		if kept.Snapshot, err = row.LastInsertId(); err != nil {
			return fmt.Errorf("number the snapshot: %w", err)
		}
		if _, err := db.enter(ctx, tx, evidence.JournalCapture, snapshotSubject(kept.Snapshot), capturedBody{doc.URL, snap.FinalURL, snap.Status, snap.MediaType,
			snap.SHA256, stamp(snap.FetchedAt), headerDigest(string(header))}); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE document SET snapshot = ?, gone_at = '' WHERE id = ?", kept.Snapshot, id); err != nil {
			return fmt.Errorf("make the snapshot current: %w", err)
		}
		return addWork(ctx, tx, StageRead, strconv.FormatInt(kept.Snapshot, 10))
	})
	return kept, err
}

// upsertDocument returns the row of the address and the digest of its current content.
func (db *DB) upsertDocument(ctx context.Context, tx *sql.Tx, doc document.Document, charset, mediaType string) (int64, string, error) {
	var id int64
	var current sql.NullString
	err := tx.QueryRowContext(ctx, `SELECT d.id, s.sha256 FROM document d LEFT JOIN snapshot s ON s.id = d.snapshot WHERE d.url = ?`,
		doc.URL).Scan(&id, &current)
	switch {
	case err == nil:
		// What was announced may have come later than the bytes: a session page that names its captions.
		_, err = tx.ExecContext(ctx, `UPDATE document SET
				announced_title = CASE WHEN ?1 <> '' THEN ?1 ELSE announced_title END,
				announced_date = CASE WHEN ?2 <> '' THEN ?2 ELSE announced_date END,
				video_url = CASE WHEN ?3 <> '' THEN ?3 ELSE video_url END
			WHERE id = ?4`, doc.Title, doc.Date, doc.VideoURL, id)
		if err != nil {
			return 0, "", fmt.Errorf("complete document: %w", err)
		}
		if doc.Visibility == document.Private {
			if _, err := hide(ctx, tx, "id = ?", id); err != nil {
				return 0, "", err
			}
		}
		return id, current.String, nil
	case !errors.Is(err, sql.ErrNoRows):
		return 0, "", fmt.Errorf("find document: %w", err)
	}
	if doc.Visibility == "" {
		doc.Visibility = document.Public
	}
	row, err := tx.ExecContext(ctx, `INSERT INTO document
			(url, source, role, body, visibility, media_type, announced_title, announced_date, charset, video_url, first_seen, imported)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?`+importing+`)`,
		doc.URL, doc.Source, doc.Role, doc.Body, doc.Visibility, mediaType, doc.Title, doc.Date, charset, doc.VideoURL, db.now(), doc.Source, doc.Source)
	if err != nil {
		return 0, "", fmt.Errorf("add document: %w", err)
	}
	id, err = row.LastInsertId()
	return id, "", err
}

// importing says of a source, named twice, whether its past is being read for the first time:
// no run over it has ended well yet, or the budget of the runs so far was too small for it. What
// people bring in by hand is no archive.
const importing = ` <> '` + HandSource + `' AND NOT EXISTS (SELECT 1 FROM crawl_health WHERE source = ?
	AND json_extract(body, '$.LastSuccess') > '0002' AND NOT COALESCE(json_extract(body, '$.Importing'), 0))`

// HandSource is the source of documents that are brought in by hand.
const HandSource = "import"

// SnapshotToRead is a snapshot with all that a reader wants to know of it.
type SnapshotToRead struct {
	ID       int64
	Document document.Document
	Origin   document.Origin
	SHA256   string
	Content  []byte
}

// Snapshot returns a snapshot by its number, bytes included, after checking them against
// their digest.
func (db *DB) Snapshot(ctx context.Context, id int64) (SnapshotToRead, error) {
	s := SnapshotToRead{ID: id}
	var fetched, charset string
	var packed []byte
	err := db.r.QueryRowContext(ctx, `SELECT d.id, d.url, d.source, d.role, d.body, d.visibility, d.video_url,
			d.announced_title, d.announced_date, d.charset, s.media_type, s.sha256, s.fetched_at, c.packed
		FROM snapshot s JOIN document d ON d.id = s.document JOIN content c ON c.sha256 = s.sha256 WHERE s.id = ?`, id).Scan(
		&s.Document.ID, &s.Document.URL, &s.Document.Source, &s.Document.Role, &s.Document.Body, &s.Document.Visibility,
		&s.Document.VideoURL, &s.Document.Title, &s.Document.Date, &charset, &s.Origin.MediaType, &s.SHA256, &fetched, &packed)
	if errors.Is(err, sql.ErrNoRows) {
		return s, fmt.Errorf("snapshot %d: %w", id, ErrNotFound)
	}
	if err != nil {
		return s, fmt.Errorf("read snapshot %d: %w", id, err)
	}
	if len(packed) == 0 {
		return s, fmt.Errorf("snapshot %d of %s: %w", id, s.Document.URL, ErrRetired)
	}
	if s.Content, err = inflate(packed); err != nil {
		return s, fmt.Errorf("read snapshot %d of %s: %w", id, s.Document.URL, err)
	}
	s.Document.MediaType = s.Origin.MediaType
	s.Origin.URL, s.Origin.Role, s.Origin.Body = s.Document.URL, s.Document.Role, s.Document.Body
	s.Origin.Title, s.Origin.Date, s.Origin.Charset = s.Document.Title, s.Document.Date, charset
	s.Origin.VideoURL, s.Origin.FetchedAt = s.Document.VideoURL, parseStamp(fetched)
	return s, nil
}

// ReadDocument is a document with its current reading.
type ReadDocument struct {
	Document  document.Document
	Snapshot  int64
	SHA256    string
	FetchedAt time.Time
	GoneAt    string
	Reading   *document.Reading // nil when it was not read yet
}

const readDocumentColumns = `d.id, d.url, d.source, d.role, d.body, d.visibility, d.media_type, d.title, d.date, d.lang, d.video_url,
	coalesce(o.url, ''), d.gone_at, s.id, s.sha256, s.fetched_at, d.body_set, r.packed`

const readDocumentTables = ` FROM document d JOIN snapshot s ON s.id = d.snapshot
	LEFT JOIN reading r ON r.snapshot = s.id LEFT JOIN document o ON o.id = d.duplicate_of `

// Head is what says of a document whether what was made of it is still of today.
type Head struct {
	ID         int64
	URL        string
	Snapshot   int64
	Body       string
	Role       document.Role
	Visibility document.Visibility
	Title      string
	Date       string
	Duplicate  string // address of the original
	Read       bool   // its current snapshot has a reading with a text
}

// Heads lists every document in the order of the addresses, without its reading.
func (db *DB) Heads(ctx context.Context) ([]Head, error) {
	rows, err := db.r.QueryContext(ctx, `SELECT d.id, d.url, s.id, d.body, d.role, d.visibility, d.title, d.date, coalesce(o.url, ''), coalesce(r.state, '') = 'read'`+
		readDocumentTables+"ORDER BY d.url")
	if err != nil {
		return nil, fmt.Errorf("list documents: %w", err)
	}
	defer rows.Close()
	var all []Head
	for rows.Next() {
		var h Head
		if err := rows.Scan(&h.ID, &h.URL, &h.Snapshot, &h.Body, &h.Role, &h.Visibility, &h.Title, &h.Date, &h.Duplicate, &h.Read); err != nil {
			return nil, fmt.Errorf("read document: %w", err)
		}
		all = append(all, h)
	}
	return all, rows.Err()
}

// EachDocument calls f for every document and its current reading, in the order in which
// they were first met.
func (db *DB) EachDocument(ctx context.Context, f func(ReadDocument) error) error {
	rows, err := db.r.QueryContext(ctx, "SELECT "+readDocumentColumns+readDocumentTables+"ORDER BY d.id")
	if err != nil {
		return fmt.Errorf("list documents: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		d, err := scanReadDocument(rows.Scan)
		if err != nil {
			return err
		}
		if err := f(d); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Document returns the document at an address.
func (db *DB) Document(ctx context.Context, url string) (ReadDocument, error) {
	d, err := scanReadDocument(db.r.QueryRowContext(ctx, "SELECT "+readDocumentColumns+readDocumentTables+"WHERE d.url = ?", url).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return d, fmt.Errorf("document %s: %w", url, ErrNotFound)
	}
	return d, err
}

func scanReadDocument(scan func(...any) error) (ReadDocument, error) {
	var d ReadDocument
	var fetched string
	var packed []byte
	var bodySet bool
	doc := &d.Document
	err := scan(&doc.ID, &doc.URL, &doc.Source, &doc.Role, &doc.Body, &doc.Visibility, &doc.MediaType, &doc.Title, &doc.Date, &doc.Lang,
		&doc.VideoURL, &doc.Duplicate, &d.GoneAt, &d.Snapshot, &d.SHA256, &fetched, &bodySet, &packed)
	if err != nil {
		return d, fmt.Errorf("read document: %w", err)
	}
	d.FetchedAt = parseStamp(fetched)
	if packed != nil {
		d.Reading = new(document.Reading)
		if err := unpack(packed, d.Reading); err != nil {
			return d, fmt.Errorf("reading of %s: %w", doc.URL, err)
		}
		if bodySet && d.Reading.Minutes != nil {
			d.Reading.Minutes.Body = doc.Body
		}
	}
	return d, nil
}

// SaveReading keeps what was understood of a snapshot, brings the document's title, date
// and passages up to date when the snapshot is the current one, and ends the work item.
func (db *DB) SaveReading(ctx context.Context, snapshot int64, engine string, r *document.Reading) error {
	packed, err := pack(r)
	if err != nil {
		return fmt.Errorf("save reading of snapshot %d: %w", snapshot, err)
	}
	return db.write(ctx, fmt.Sprintf("save reading of snapshot %d", snapshot), func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO reading (snapshot, engine, state, note, read_at, packed) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (snapshot) DO UPDATE SET engine = excluded.engine, state = excluded.state, note = excluded.note,
				read_at = excluded.read_at, packed = excluded.packed`,
			snapshot, engine, r.State, r.Note, db.now(), packed); err != nil {
			return fmt.Errorf("keep reading: %w", err)
		}
		if err := db.enterOnce(ctx, tx, evidence.JournalEngine, "readers "+engine, map[string]string{"readers": engine}); err != nil {
			return err
		}
		var doc int64
		err := tx.QueryRowContext(ctx, `UPDATE document SET title = ?, date = ?, lang = ?,
				video_url = CASE WHEN video_url = '' THEN ? ELSE video_url END
			WHERE snapshot = ? RETURNING id`, r.Title, r.Date, r.Lang, r.VideoURL, snapshot).Scan(&doc)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("update document: %w", err)
		}
		if err == nil {
			if err := savePassages(ctx, tx, doc, r); err != nil {
				return err
			}
			if err := addWork(ctx, tx, StageExtract, strconv.FormatInt(doc, 10)); err != nil {
				return err
			}
		}
		return db.endWork(ctx, tx, StageRead, strconv.FormatInt(snapshot, 10))
	})
}

// MarkDuplicate says that two addresses carry the same text; original 0 takes it back.
func (db *DB) MarkDuplicate(ctx context.Context, doc, original int64) error {
	return db.write(ctx, "mark duplicate", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE document SET duplicate_of = nullif(?, 0) WHERE id = ?", original, doc)
		return err
	})
}

// Version is one snapshot in the life of a document.
type Version struct {
	Snapshot  int64
	SHA256    string
	FetchedAt time.Time
	Status    int
	Size      int
	State     document.State
}

// Versions lists the snapshots of a document, oldest first.
func (db *DB) Versions(ctx context.Context, doc int64) ([]Version, error) {
	rows, err := db.r.QueryContext(ctx, `SELECT s.id, s.sha256, s.fetched_at, s.status, c.size, coalesce(r.state, '')
		FROM snapshot s JOIN content c ON c.sha256 = s.sha256 LEFT JOIN reading r ON r.snapshot = s.id
		WHERE s.document = ? ORDER BY s.id`, doc)
	if err != nil {
		return nil, fmt.Errorf("list versions of document %d: %w", doc, err)
	}
	defer rows.Close()
	var all []Version
	for rows.Next() {
		var v Version
		var fetched string
		if err := rows.Scan(&v.Snapshot, &v.SHA256, &fetched, &v.Status, &v.Size, &v.State); err != nil {
			return nil, fmt.Errorf("read version: %w", err)
		}
		v.FetchedAt = parseStamp(fetched)
		all = append(all, v)
	}
	return all, rows.Err()
}

// ReadingOf returns the reading of any snapshot, current or not.
func (db *DB) ReadingOf(ctx context.Context, snapshot int64) (*document.Reading, error) {
	var packed []byte
	err := db.r.QueryRowContext(ctx, "SELECT packed FROM reading WHERE snapshot = ?", snapshot).Scan(&packed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("reading of snapshot %d: %w", snapshot, ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("reading of snapshot %d: %w", snapshot, err)
	}
	r := new(document.Reading)
	if err := unpack(packed, r); err != nil {
		return nil, fmt.Errorf("reading of snapshot %d: %w", snapshot, err)
	}
	return r, nil
}

// DocumentByID returns the document with a number.
func (db *DB) DocumentByID(ctx context.Context, id int64) (ReadDocument, error) {
	d, err := scanReadDocument(db.r.QueryRowContext(ctx, "SELECT "+readDocumentColumns+readDocumentTables+"WHERE d.id = ?", id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return d, fmt.Errorf("document %d: %w", id, ErrNotFound)
	}
	return d, err
}

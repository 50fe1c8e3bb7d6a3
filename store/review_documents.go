package store

import (
	"context"
	"fmt"
	"strings"

	"contredit/document"
)

// DocumentFilter narrows a list of documents; a zero field does not.
type DocumentFilter struct {
	Body    string
	Role    document.Role // documents of both roles match either
	Source  string
	State   document.State
	Words   string // part of the title or address
	Private bool
	Limit   int // 0: no limit
	Offset  int
	ByID    bool  // in the order of the numbers, not the latest first
	After   int64 // with ByID: only those after this number
}

// DocumentLine is a document in a list.
type DocumentLine struct {
	document.Document
	FirstSeen string // RFC 3339, UTC
	GoneAt    string
	Versions  int
	State     document.State // of the current reading; "" when it was not read yet
	Note      string
	Claims    int // worth checking
	Flags     int // links of its claims, not withdrawn

	PublicFlags int // of them, those that rest on public documents alone
}

// ListDocuments lists documents, the latest first.
func (db *DB) ListDocuments(ctx context.Context, f DocumentFilter) ([]DocumentLine, error) {
	where, args := []string{"1"}, []any{}
	add := func(condition string, values ...any) {
		where = append(where, condition)
		args = append(args, values...)
	}
	for _, c := range []struct{ column, value string }{{"d.body", f.Body}, {"d.source", f.Source}, {"r.state", string(f.State)}} {
		if c.value != "" {
			add(c.column+" = ?", c.value)
		}
	}
	if f.Role != "" {
		add("d.role IN (?, 'both')", f.Role)
	}
	if f.Words != "" {
		add("(instr(lower(d.title), lower(?)) > 0 OR instr(lower(d.url), lower(?)) > 0)", f.Words, f.Words)
	}
	if !f.Private {
		where = append(where, "d.visibility = 'public'")
	}
	order := "d.date DESC, d.id DESC"
	if f.ByID {
		order = "d.id"
		add("d.id > ?", f.After)
	}
	query := `SELECT d.id, d.url, d.source, coalesce(nullif(d.title, ''), d.announced_title), coalesce(nullif(d.date, ''), d.announced_date), d.role, d.body,
			d.lang, d.media_type, d.visibility, d.video_url, coalesce(o.url, ''), d.first_seen, d.gone_at,
			(SELECT count(*) FROM snapshot s WHERE s.document = d.id), coalesce(r.state, ''), coalesce(r.note, ''),
			(SELECT count(*) FROM claim c WHERE c.document = d.id AND c.worth),
			(SELECT count(*) FROM claim c JOIN link l ON l.claim = c.id WHERE c.document = d.id AND l.withdrawn = ''),
			(SELECT count(*) FROM claim c JOIN link l ON l.claim = c.id WHERE c.document = d.id AND l.withdrawn = '' AND l.visibility = 'public')
		FROM document d LEFT JOIN reading r ON r.snapshot = d.snapshot LEFT JOIN document o ON o.id = d.duplicate_of
		WHERE ` + strings.Join(where, " AND ") + " ORDER BY " + order
	if f.Limit > 0 {
		query += " LIMIT ? OFFSET ?"
		args = append(args, f.Limit, f.Offset)
	}
	rows, err := db.r.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("list documents: %w", err)
	}
	defer rows.Close()
	var all []DocumentLine
	for rows.Next() {
		var d DocumentLine
		if err := rows.Scan(&d.ID, &d.URL, &d.Source, &d.Title, &d.Date, &d.Role, &d.Body, &d.Lang, &d.MediaType, &d.Visibility, &d.VideoURL,
			&d.Duplicate, &d.FirstSeen, &d.GoneAt, &d.Versions, &d.State, &d.Note, &d.Claims, &d.Flags, &d.PublicFlags); err != nil {
			return nil, fmt.Errorf("read document: %w", err)
		}
		all = append(all, d)
	}
	return all, rows.Err()
}

// ClaimsOf lists the claims of a document in reading order, those not worth checking too.
func (db *DB) ClaimsOf(ctx context.Context, doc int64) ([]StoredClaim, error) {
	return db.claimsWhere(ctx, "c.document = ?", doc)
}

// StoredClaim returns one claim with what the store knows beside it.
func (db *DB) StoredClaim(ctx context.Context, id string) (StoredClaim, error) {
	all, err := db.claimsWhere(ctx, "c.id = ?", id)
	if err != nil {
		return StoredClaim{}, err
	}
	if len(all) == 0 {
		return StoredClaim{}, fmt.Errorf("claim %s: %w", id, ErrNotFound)
	}
	return all[0], nil
}

// Repetitions lists the claims that repeat one, in the order of their days.
func (db *DB) Repetitions(ctx context.Context, id string) ([]StoredClaim, error) {
	return db.claimsWhere(ctx, "c.repeats <> '' AND c.repeats = ?", id)
}

// SpeakerClaims lists what somebody said, the latest first, at most limit.
func (db *DB) SpeakerClaims(ctx context.Context, speaker string, private bool, limit int) ([]StoredClaim, error) {
	return db.claimsWhere(ctx, "c.speaker = ? AND c.worth AND (? OR d.visibility = 'public')", speaker, private, limit)
}

func (db *DB) claimsWhere(ctx context.Context, where string, args ...any) ([]StoredClaim, error) {
	order := " ORDER BY c.document, c.start, c.id"
	if strings.HasPrefix(where, "c.speaker") {
		order = " ORDER BY c.date DESC, c.start, c.id LIMIT ?"
	}
	rows, err := db.r.QueryContext(ctx, `SELECT c.body, c.repeats, c.document, c.snapshot, d.body, d.title, c.edited_out, c.origin,
			(SELECT count(*) FROM link l WHERE l.claim = c.id AND l.withdrawn = '')
		FROM claim c JOIN document d ON d.id = c.document WHERE `+where+order, args...)
	if err != nil {
		return nil, fmt.Errorf("list claims: %w", err)
	}
	defer rows.Close()
	return scanClaims(rows)
}

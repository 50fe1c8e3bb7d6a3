package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"contredit/claims"
	"contredit/crawler"
	"contredit/document"
)

// saveMeetings keeps the meetings that the current reading of a document tells of, in place of
// those of an earlier one.
func saveMeetings(ctx context.Context, tx *sql.Tx, doc int64, named []claims.MeetingNamed) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM meeting WHERE document = ?", doc); err != nil {
		return fmt.Errorf("forget the former meetings: %w", err)
	}
	for _, m := range named {
		_, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO meeting (document, body, date, known, start, stop) VALUES (?, ?, ?, ?, ?, ?)",
			doc, m.Body, m.Date, m.Known, m.Span.Start, m.Span.End)
		if err != nil {
			return fmt.Errorf("keep %s of %s: %w", m.Body, m.Date, err)
		}
	}
	return nil
}

// Meetings are all meetings that documents tell of, in a fixed order, with the address and title
// of what tells: records that were read, those that were obtained and cannot be read, those whose
// announced document is a dead link, agendas, calendars and mentions. Private sources count when
// asked for.
func (db *DB) Meetings(ctx context.Context, private bool) ([]claims.Meeting, error) {
	all, err := db.namedMeetings(ctx, private)
	if err != nil {
		return nil, err
	}
	unread, err := db.unreadMeetings(ctx, private)
	if err != nil {
		return nil, err
	}
	dead, err := db.deadMeetings(ctx, private)
	if err != nil {
		return nil, err
	}
	return append(append(all, unread...), dead...), nil
}

// visibleTo is the condition of a document that may be told of.
func visibleTo(private bool) string {
	if private {
		return "1"
	}
	return "d.visibility = 'public'"
}

func (db *DB) namedMeetings(ctx context.Context, private bool) ([]claims.Meeting, error) {
	rows, err := db.r.QueryContext(ctx, `SELECT m.body, m.date, m.known, d.id, d.url, coalesce(nullif(d.title, ''), d.announced_title)
		FROM meeting m JOIN document d ON d.id = m.document
		WHERE d.duplicate_of IS NULL AND `+visibleTo(private)+` ORDER BY d.url, m.body, m.date`)
	if err != nil {
		return nil, fmt.Errorf("list meetings: %w", err)
	}
	defer rows.Close()
	var all []claims.Meeting
	for rows.Next() {
		m := claims.Meeting{State: claims.MeetingMissing}
		if err := rows.Scan(&m.Body, &m.Date, &m.Known, &m.Document, &m.URL, &m.Title); err != nil {
			return nil, fmt.Errorf("list meetings: %w", err)
		}
		if m.Known == claims.KnownByRecord {
			m.State = claims.MeetingRead
		}
		all = append(all, m)
	}
	return all, rows.Err()
}

// unreadMeetings are those whose record came and has no text.
func (db *DB) unreadMeetings(ctx context.Context, private bool) ([]claims.Meeting, error) {
	rows, err := db.r.QueryContext(ctx, `SELECT d.id, d.url, d.body, coalesce(nullif(d.title, ''), d.announced_title), coalesce(nullif(d.date, ''), d.announced_date)
		FROM document d JOIN reading r ON r.snapshot = d.snapshot
		WHERE d.role IN ('record', 'both') AND r.state <> 'read' AND d.duplicate_of IS NULL AND `+visibleTo(private)+` ORDER BY d.url`)
	if err != nil {
		return nil, fmt.Errorf("list unread records: %w", err)
	}
	defer rows.Close()
	var all []claims.Meeting
	for rows.Next() {
		var d document.Document
		var id int64
		if err := rows.Scan(&id, &d.URL, &d.Body, &d.Title, &d.Date); err != nil {
			return nil, fmt.Errorf("list unread records: %w", err)
		}
		if m, ok := claims.MeetingOfTitle(d.Title, d.Date, d.Body); ok {
			m.State, m.Known, m.Document, m.URL, m.Title = claims.MeetingObtained, claims.KnownByRecord, id, d.URL, d.Title
			all = append(all, m)
		}
	}
	return all, rows.Err()
}

// deadMeetings are those whose record a listing announces under an address that gives nothing.
func (db *DB) deadMeetings(ctx context.Context, private bool) ([]claims.Meeting, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT url, links FROM crawl_page WHERE listing AND links IS NOT NULL ORDER BY url")
	if err != nil {
		return nil, fmt.Errorf("list listings: %w", err)
	}
	defer rows.Close()
	var all []claims.Meeting
	for rows.Next() {
		var listing string
		var packed []byte
		if err := rows.Scan(&listing, &packed); err != nil {
			return nil, fmt.Errorf("list listings: %w", err)
		}
		var listed []crawler.Listed
		if err := unpack(packed, &listed); err != nil {
			return nil, fmt.Errorf("read the links of %s: %w", listing, err)
		}
		for _, l := range listed {
			found, err := db.deadOf(ctx, l.Links, private)
			if err != nil {
				return nil, fmt.Errorf("look through %s: %w", listing, err)
			}
			all = append(all, found...)
		}
	}
	return all, rows.Err()
}

// deadOf are the meetings of the links that were asked for and never gave a document. Their
// institution is that of the records which the same listing gave.
func (db *DB) deadOf(ctx context.Context, links []crawler.Link, private bool) ([]claims.Meeting, error) {
	var urls []string
	for _, l := range links {
		if !l.Listing {
			urls = append(urls, l.URL)
		}
	}
	list, err := json.Marshal(urls)
	if err != nil {
		return nil, fmt.Errorf("encode links: %w", err)
	}
	var body sql.NullString
	err = db.r.QueryRowContext(ctx, `SELECT body FROM document d JOIN json_each(?) l ON l.value = d.url WHERE d.role IN ('record', 'both') AND `+visibleTo(private)+
		` GROUP BY body ORDER BY count(*) DESC, body LIMIT 1`, string(list)).Scan(&body)
	if err != nil && err != sql.ErrNoRows {
		return nil, fmt.Errorf("find the body: %w", err)
	}
	if body.String == "" {
		return nil, nil
	}
	rows, err := db.r.QueryContext(ctx, `SELECT p.url FROM crawl_page p JOIN json_each(?) l ON l.value = p.url
		WHERE p.missing > 0 AND NOT EXISTS (SELECT 1 FROM document d WHERE d.url = p.url)`, string(list))
	if err != nil {
		return nil, fmt.Errorf("find dead links: %w", err)
	}
	defer rows.Close()
	dead := map[string]bool{}
	for rows.Next() {
		var url string
		if err := rows.Scan(&url); err != nil {
			return nil, fmt.Errorf("find dead links: %w", err)
		}
		dead[url] = true
	}
	var all []claims.Meeting
	for _, l := range links {
		if !dead[l.URL] {
			continue
		}
		if m, ok := claims.MeetingOfTitle(strings.TrimSpace(l.Title), l.Date, body.String); ok {
			m.State, m.Known, m.URL, m.Title = claims.MeetingMissing, claims.KnownByLink, l.URL, l.Title
			all = append(all, m)
		}
	}
	return all, rows.Err()
}

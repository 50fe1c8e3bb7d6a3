package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"contredit/evidence"
)

// publicationBody is the journal's word of a publication.
type publicationBody struct {
	Publication int64  `json:"publication,omitempty"` // its number; entries of before 2026-11 have neither it nor the time
	At          string `json:"at,omitempty"`
	SHA256      string `json:"sha256"`
	TakenBack   bool   `json:"taken_back"`
}

// SavePublication keeps how a pair is published now, when that is not how it was; no lines
// take it back. It says whether anything changed.
func (db *DB) SavePublication(ctx context.Context, link string, lines []string) (changed bool, err error) {
	if lines == nil {
		lines = []string{}
	}
	text, err := json.Marshal(lines)
	if err != nil {
		return false, fmt.Errorf("encode the publication of %s: %w", link, err)
	}
	digest := sha256.Sum256(text)
	sum := hex.EncodeToString(digest[:])
	err = db.write(ctx, "publish "+link, func(tx *sql.Tx) error {
		var last string
		err := tx.QueryRowContext(ctx, "SELECT sha256 FROM publication WHERE link = ? ORDER BY id DESC LIMIT 1", link).Scan(&last)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("read its last publication: %w", err)
		}
		if last == sum || last == "" && len(lines) == 0 {
			return nil
		}
		changed = true
		b := publicationBody{SHA256: sum, TakenBack: len(lines) == 0, At: db.now()}
		row, err := tx.ExecContext(ctx, "INSERT INTO publication (link, at, sha256, lines) VALUES (?, ?, ?, ?)", link, b.At, sum, string(text))
		if err != nil {
			return err
		}
		if b.Publication, err = row.LastInsertId(); err != nil {
			return fmt.Errorf("number it: %w", err)
		}
		_, err = db.enter(ctx, tx, evidence.JournalPublication, link, b)
		return err
	})
	return changed, err
}

// publicationRow is one state of a pair on the public site.
type publicationRow struct {
	at    string
	lines []string
}

func (db *DB) publicationsOf(ctx context.Context, link string) ([]publicationRow, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT at, lines FROM publication WHERE link = ? ORDER BY id", link)
	if err != nil {
		return nil, fmt.Errorf("list the publications of %s: %w", link, err)
	}
	defer rows.Close()
	var all []publicationRow
	for rows.Next() {
		var p publicationRow
		var lines string
		if err := rows.Scan(&p.at, &lines); err != nil {
			return nil, fmt.Errorf("read a publication of %s: %w", link, err)
		}
		if err := json.Unmarshal([]byte(lines), &p.lines); err != nil {
			return nil, fmt.Errorf("decode a publication of %s: %w", link, err)
		}
		all = append(all, p)
	}
	return all, rows.Err()
}

// earlierWordings are the states of a pair on the public site before the present one, where
// they said something else than it does.
func (db *DB) earlierWordings(ctx context.Context, link string) ([]evidence.Wording, error) {
	all, err := db.publicationsOf(ctx, link)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	var earlier []evidence.Wording
	for i, p := range all[:len(all)-1] {
		if len(p.lines) > 0 && !slices.Equal(p.lines, all[len(all)-1].lines) {
			earlier = append(earlier, evidence.Wording{From: p.at, Until: all[i+1].at, Lines: p.lines})
		}
	}
	return earlier, nil
}

// EverPublished are the links that were on the public site, in the order of their ids, with
// the time of the last change.
func (db *DB) EverPublished(ctx context.Context) (ids, at []string, err error) {
	rows, err := db.r.QueryContext(ctx, "SELECT link, max(at) FROM publication GROUP BY link ORDER BY link")
	if err != nil {
		return nil, nil, fmt.Errorf("list what was published: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, when string
		if err := rows.Scan(&id, &when); err != nil {
			return nil, nil, fmt.Errorf("list what was published: %w", err)
		}
		ids, at = append(ids, id), append(at, when)
	}
	return ids, at, rows.Err()
}

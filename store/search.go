package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"contredit/document"
	"contredit/french"
)

// savePassages replaces the passages of a document and their search terms.
func savePassages(ctx context.Context, tx *sql.Tx, doc int64, r *document.Reading) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM passage_search WHERE rowid IN (SELECT id FROM passage WHERE document = ?)", doc); err != nil {
		return fmt.Errorf("forget old search terms: %w", err)
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM passage WHERE document = ?", doc); err != nil {
		return fmt.Errorf("forget old passages: %w", err)
	}
	for _, p := range r.Passages {
		text := p.In(r.Text)
		row, err := tx.ExecContext(ctx, `INSERT INTO passage (document, start, stop, kind, page, timed, at, heading, text)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			doc, p.Start, p.End, p.Kind, p.Locator.Page, p.Locator.Timed, p.Locator.At, p.Heading, text)
		if err != nil {
			return fmt.Errorf("keep passage: %w", err)
		}
		id, err := row.LastInsertId()
		if err != nil {
			return fmt.Errorf("number passage: %w", err)
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO passage_search (rowid, stems) VALUES (?, ?)", id, searchStems(text)); err != nil {
			return fmt.Errorf("index passage: %w", err)
		}
	}
	return nil
}

// searchStems is the indexed form of a text: stems, so that « subvention » is found in
// « subventions ». It may drop « ne … pas »: nothing is compared by it.
func searchStems(text string) string {
	var out strings.Builder
	for _, t := range french.Terms(text) {
		if t.Stop {
			continue
		}
		if out.Len() > 0 {
			out.WriteByte(' ')
		}
		out.WriteString(t.Stem)
	}
	return out.String()
}

// How many parts the index of passages may be in before they are merged, and how much of it is written
// anew at a time: 2000 pages of 4 kB take a tenth of a second. A negative number would begin to make one part of
// all at every document: after a quarter of a million passages that takes fifteen times as long as all the rest, and
// at some 280,000 SQLite called the file full.
const (
	manyParts  = 8
	mergePages = 2000
)

// mergeParts makes one of the parts of the index of passages, of which each document that is read adds one: a
// search goes through all of them at every step, and SQLite leaves some twenty. What is not done at once
// is done with the next documents.
func mergeParts(ctx context.Context, tx *sql.Tx) error {
	var parts int
	// From one part to the next, without a look at what is in them.
	if err := tx.QueryRowContext(ctx, `WITH RECURSIVE part (id) AS (
			SELECT min(segid) FROM passage_search_idx
			UNION ALL SELECT (SELECT min(segid) FROM passage_search_idx WHERE segid > id) FROM part WHERE id IS NOT NULL)
		SELECT count(id) FROM part`).Scan(&parts); err != nil {
		return fmt.Errorf("count the parts of the index of passages: %w", err)
	}
	if parts < manyParts {
		return nil
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO passage_search (passage_search, rank) VALUES ('merge', ?)", mergePages); err != nil {
		return fmt.Errorf("merge the index of passages: %w", err)
	}
	return nil
}

// Found is a passage that a search found.
type Found struct {
	Document document.Document
	Passage  document.Passage
	Text     string
	Rank     float64 // smaller is better
}

// Search finds the passages that hold every term of the query, or any of them (of the telling
// ones, where some are) when none holds all; the best first, of very many the latest, at most limit.
func (db *DB) Search(ctx context.Context, query string, limit int) ([]Found, error) {
	var quoted []string
	for _, t := range french.Terms(query) {
		if t.Stop {
			continue
		}
		// User text in MATCH is a query language: quoted tokens only.
		quoted = append(quoted, `"`+strings.ReplaceAll(t.Stem, `"`, `""`)+`"`)
	}
	if len(quoted) == 0 {
		return nil, nil
	}
	if len(quoted) == 1 {
		return db.match(ctx, quoted[0], limit)
	}
	telling, all, err := db.telling(ctx, quoted)
	if err != nil {
		return nil, err
	}
	if all {
		found, err := db.match(ctx, strings.Join(quoted, " AND "), limit)
		if err != nil || len(found) > 0 {
			return found, err
		}
	}
	return db.match(ctx, strings.Join(telling, " OR "), limit)
}

// common is how many passages hold a term that tells nothing any more when others do.
const common = 5000

// matchesMore says whether an expression has more matches than so many.
func (db *DB) matchesMore(ctx context.Context, expression string, than int) (bool, error) {
	var row int64
	// To skip rows costs half of what it costs to count them.
	err := db.r.QueryRowContext(ctx, "SELECT rowid FROM passage_search WHERE passage_search MATCH ? LIMIT 1 OFFSET ?", expression, than).Scan(&row)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look how many passages hold %s: %w", expression, err)
	}
	return true, nil
}

// telling leaves out the terms that stand in very many passages, unless all do: to rank a third of a
// million passages by « conseil » takes a second and finds nothing. It says too whether there may be a
// passage with all the terms: none has them all when none has all the rare ones, which is soon found out.
func (db *DB) telling(ctx context.Context, quoted []string) (terms []string, all bool, err error) {
	var rare []string
	all = true
	for _, term := range quoted {
		many, err := db.matchesMore(ctx, term, common)
		if err != nil {
			return nil, false, err
		}
		if many {
			continue
		}
		some, err := db.matchesMore(ctx, term, 0)
		if err != nil {
			return nil, false, err
		}
		if some {
			rare = append(rare, term)
		} else {
			all = false
		}
	}
	if len(rare) == 0 {
		return quoted, all, nil
	}
	if all && len(rare) < len(quoted) {
		if all, err = db.matchesMore(ctx, strings.Join(rare, " AND "), 0); err != nil {
			return nil, false, err
		}
	}
	return rare, all, nil
}

// match lists the passages of an expression, the best first; of very many the latest, whose ranks
// would all be about the same and cost more than all the rest.
func (db *DB) match(ctx context.Context, expression string, limit int) ([]Found, error) {
	many, err := db.matchesMore(ctx, expression, common)
	if err != nil {
		return nil, err
	}
	rank, order := "rank", "score, id"
	if many {
		rank, order = "0.0", "id DESC"
	}
	// The best are chosen before anything of them is read: texts of five thousand passages made up most of a search.
	rows, err := db.r.QueryContext(ctx, `SELECT d.id, d.url, d.title, d.date, d.role, d.body, d.visibility, d.media_type, d.video_url,
			p.start, p.stop, p.kind, p.page, p.timed, p.at, p.heading, p.text, f.score
		FROM (SELECT rowid AS id, `+rank+` AS score FROM passage_search WHERE passage_search MATCH ? ORDER BY `+order+` LIMIT ?) f
			JOIN passage p ON p.id = f.id JOIN document d ON d.id = p.document
		ORDER BY f.`+strings.ReplaceAll(order, ", ", ", f."), expression, limit)
	if err != nil {
		return nil, fmt.Errorf("search %s: %w", expression, err)
	}
	defer rows.Close()
	var all []Found
	for rows.Next() {
		var f Found
		d, p := &f.Document, &f.Passage
		if err := rows.Scan(&d.ID, &d.URL, &d.Title, &d.Date, &d.Role, &d.Body, &d.Visibility, &d.MediaType, &d.VideoURL,
			&p.Start, &p.End, &p.Kind, &p.Locator.Page, &p.Locator.Timed, &p.Locator.At, &p.Heading, &f.Text, &f.Rank); err != nil {
			return nil, fmt.Errorf("read search result: %w", err)
		}
		all = append(all, f)
	}
	return all, rows.Err()
}

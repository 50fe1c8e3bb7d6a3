package store

import (
	"context"
	"database/sql"
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
	found, err := db.match(ctx, strings.Join(quoted, " AND "), limit)
	if err != nil || len(found) > 0 || len(quoted) == 1 {
		return found, err
	}
	telling, err := db.telling(ctx, quoted)
	if err != nil {
		return nil, err
	}
	return db.match(ctx, strings.Join(telling, " OR "), limit)
}

// common is how many passages hold a term that tells nothing any more when others do.
const common = 5000

// countMatches counts the passages of an expression, up to one more than common.
func (db *DB) countMatches(ctx context.Context, expression string) (n int, err error) {
	err = db.r.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT rowid FROM passage_search WHERE passage_search MATCH ? LIMIT ?)", expression, common+1).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count the passages with %s: %w", expression, err)
	}
	return n, nil
}

// telling leaves out the terms that stand in very many passages, unless all do: to rank a third of a
// million passages by « conseil » takes a second and finds nothing.
func (db *DB) telling(ctx context.Context, quoted []string) ([]string, error) {
	var rare []string
	for _, term := range quoted {
		n, err := db.countMatches(ctx, term)
		if err != nil {
			return nil, err
		}
		if n > 0 && n <= common {
			rare = append(rare, term)
		}
	}
	if len(rare) == 0 {
		return quoted, nil
	}
	return rare, nil
}

// match lists the passages of an expression, the best first; of very many the latest, whose ranks
// would all be about the same and cost more than all the rest.
func (db *DB) match(ctx context.Context, expression string, limit int) ([]Found, error) {
	n, err := db.countMatches(ctx, expression)
	if err != nil {
		return nil, err
	}
	rank, order := "f.rank", "f.rank, p.id"
	if n > common {
		rank, order = "0.0", "f.rowid DESC"
	}
	rows, err := db.r.QueryContext(ctx, `SELECT d.id, d.url, d.title, d.date, d.role, d.body, d.visibility, d.media_type, d.video_url,
			p.start, p.stop, p.kind, p.page, p.timed, p.at, p.heading, p.text, `+rank+`
		FROM passage_search f JOIN passage p ON p.id = f.rowid JOIN document d ON d.id = p.document
		WHERE passage_search MATCH ? ORDER BY `+order+` LIMIT ?`, expression, limit)
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

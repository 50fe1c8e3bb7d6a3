package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"contredit/claims"
	"contredit/document"
	"contredit/evidence"
)

// SaveLinks keeps what the engine now proposes for a claim. Links are upserted by their
// fingerprint, so linking again never duplicates, and verdicts stay. A link that is no
// longer proposed is withdrawn, unless somebody has decided on it.
func (db *DB) SaveLinks(ctx context.Context, claim string, links []claims.Link) error {
	return db.write(ctx, "save links of claim "+claim, func(tx *sql.Tx) error {
		keep := make([]string, 0, len(links))
		for _, l := range links {
			if l.Claim.ID != claim {
				return fmt.Errorf("link %s is of claim %s", l.ID, l.Claim.ID)
			}
			keep = append(keep, l.ID)
			if err := db.saveLink(ctx, tx, l, "engine"); err != nil {
				return err
			}
		}
		list, err := json.Marshal(keep)
		if err != nil {
			return fmt.Errorf("list links kept: %w", err)
		}
		// The sign keeps SQLite from looking through the whole queue, which is new, for the claim's few.
		_, err = tx.ExecContext(ctx, `UPDATE link SET withdrawn = ? WHERE claim = ? AND withdrawn = '' AND origin = 'engine' AND +status = 'new'
			AND id NOT IN (SELECT value FROM json_each(?))`, db.now(), claim, string(list))
		if err != nil {
			return fmt.Errorf("withdraw links: %w", err)
		}
		return db.endWork(ctx, tx, StageLink, claim)
	})
}

func (db *DB) saveLink(ctx context.Context, tx *sql.Tx, l claims.Link, origin string) error {
	body, err := encodeLink(l)
	if err != nil {
		return err
	}
	urls := make([]string, len(l.Evidence))
	for i, e := range l.Evidence {
		urls[i] = e.URL
	}
	records, err := json.Marshal(urls)
	if err != nil {
		return fmt.Errorf("list the records of link %s: %w", l.ID, err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO link (id, claim, kind, score, calibration, visibility, origin, found_at, body, imported)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, `+fromArchive+`)
		ON CONFLICT (id) DO UPDATE SET score = excluded.score, calibration = excluded.calibration, withdrawn = '',
			visibility = excluded.visibility, body = excluded.body`,
		l.ID, l.Claim.ID, l.Kind, l.Score, l.Calibration, l.Visibility, origin, db.now(), body, origin, l.Claim.ID, string(records))
	if err != nil {
		return fmt.Errorf("keep link %s: %w", l.ID, err)
	}
	if err := db.enterOnce(ctx, tx, evidence.JournalEngine, "calibration "+l.Calibration, map[string]string{"calibration": l.Calibration}); err != nil {
		return err
	}
	return saveLinkSearch(ctx, tx, l)
}

// fromArchive says whether a pair, by its origin, claim and the addresses of its records, is of
// the past alone: the engine found it, and the document that completed it came, and stayed as it
// came, with the first import of its source. A new record beside an old claim is news.
const fromArchive = `? = '` + engineOrigin + `' AND COALESCE((SELECT imported AND (SELECT count(*) FROM snapshot s WHERE s.document = both.id) = 1
	FROM (SELECT d.id, d.imported, d.snapshot FROM claim c JOIN document d ON d.id = c.document WHERE c.id = ?
		UNION ALL SELECT d.id, d.imported, d.snapshot FROM json_each(?) e JOIN document d ON d.url = e.value) both
	ORDER BY snapshot DESC LIMIT 1), 0)`

// MarkImported marks what the first import of a source's past found since a time: it is shown
// in the queue, and is no news for a digest. It returns how many pairs of claims of the source
// are of the past since then, those that were marked when they were found included.
func (db *DB) MarkImported(ctx context.Context, source string, since time.Time) (int64, error) {
	var n int64
	err := db.write(ctx, "mark the import of "+source, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE link SET imported = 1 WHERE imported = 0 AND found_at >= ?
			AND claim IN (SELECT c.id FROM claim c JOIN document d ON d.id = c.document WHERE d.source = ?)`, stamp(since), source)
		if err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `SELECT count(*) FROM link WHERE imported = 1 AND withdrawn = '' AND found_at >= ?
			AND claim IN (SELECT c.id FROM claim c JOIN document d ON d.id = c.document WHERE d.source = ?)`, stamp(since), source).Scan(&n)
	})
	return n, err
}

// encodeLink leaves the claim out: it has a row of its own.
func encodeLink(l claims.Link) ([]byte, error) {
	l.Claim = claims.Claim{}
	body, err := json.Marshal(l)
	if err != nil {
		return nil, fmt.Errorf("encode link %s: %w", l.ID, err)
	}
	return body, nil
}

// LinkFilter narrows the queue; a zero field does not.
type LinkFilter struct {
	Statuses     []claims.Decision
	Kinds        []claims.Kind
	Bodies       []string // of the document of the claim
	Speaker      string   // part of the name
	Topic        string
	Claim        string // id
	From         string // ISO days of the claim, both included
	To           string
	Words        string // part of the claim or of the evidence
	MinimumScore float64
	Withdrawn    bool // those no longer proposed too
	Private      bool // those that rest on private documents too
	Limit        int  // 0: no limit
	Offset       int
	ByID         bool   // in the order of the ids, not of the scores
	After        string // with ByID: only those after this id
}

// StoredLink is a link with what the store knows beside it.
type StoredLink struct {
	claims.Link
	Status    claims.Decision
	Origin    string
	Withdrawn string
	FoundAt   string
	Body      string // institution that published the claim
	Title     string // of the claim's document
	MediaType string
	VideoURL  string
	EditedOut string
}

// Links lists links, the highest score first.
func (db *DB) Links(ctx context.Context, f LinkFilter) ([]StoredLink, error) {
	var all []StoredLink
	err := db.EachLink(ctx, f, func(l StoredLink) error {
		all = append(all, l)
		return nil
	})
	return all, err
}

// EachLink calls f for every link that Links would list, without holding them all.
func (db *DB) EachLink(ctx context.Context, filter LinkFilter, f func(StoredLink) error) error {
	where, args := filter.conditions()
	order := "l.score DESC, l.id"
	if filter.ByID {
		order = "l.id"
	}
	query := `SELECT l.body, c.body, c.repeats, l.status, l.origin, l.withdrawn, l.found_at, l.visibility, d.body, d.title, d.media_type, d.video_url, c.edited_out
		FROM link l JOIN claim c ON c.id = l.claim JOIN document d ON d.id = c.document
		WHERE ` + where + ` ORDER BY ` + order
	if filter.Limit > 0 {
		query += " LIMIT ? OFFSET ?"
		args = append(args, filter.Limit, filter.Offset)
	}
	rows, err := db.r.QueryContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("list links: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		l, err := scanLink(rows.Scan)
		if err != nil {
			return err
		}
		if err := f(l); err != nil {
			return err
		}
	}
	return rows.Err()
}

// CountLinks counts what Links would list without its limit.
func (db *DB) CountLinks(ctx context.Context, f LinkFilter) (int, error) {
	where, args := f.conditions()
	var n int
	err := db.r.QueryRowContext(ctx, `SELECT count(*) FROM link l JOIN claim c ON c.id = l.claim JOIN document d ON d.id = c.document
		WHERE `+where, args...).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count links: %w", err)
	}
	return n, nil
}

// Link returns one link by its id, or by the only id that begins so.
func (db *DB) Link(ctx context.Context, id string) (StoredLink, error) {
	row := db.r.QueryRowContext(ctx, `SELECT l.body, c.body, c.repeats, l.status, l.origin, l.withdrawn, l.found_at, l.visibility, d.body, d.title, d.media_type,
			d.video_url, c.edited_out
		FROM link l JOIN claim c ON c.id = l.claim JOIN document d ON d.id = c.document
		WHERE l.id = ?1 OR (length(?1) >= 6 AND l.id LIKE ?1 || '%' AND (SELECT count(*) FROM link WHERE id LIKE ?1 || '%') = 1)`, id)
	l, err := scanLink(row.Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return l, fmt.Errorf("flag %s: %w", id, ErrNotFound)
	}
	return l, err
}

// scanLink reads a link. Its visibility is the row's: what became private later is not known in the
// body that the engine wrote.
func scanLink(scan func(...any) error) (StoredLink, error) {
	var l StoredLink
	var link, claim []byte
	var repeats string
	var visibility document.Visibility
	if err := scan(&link, &claim, &repeats, &l.Status, &l.Origin, &l.Withdrawn, &l.FoundAt, &visibility, &l.Body, &l.Title, &l.MediaType,
		&l.VideoURL, &l.EditedOut); err != nil {
		return l, fmt.Errorf("read link: %w", err)
	}
	if err := json.Unmarshal(link, &l.Link); err != nil {
		return l, fmt.Errorf("decode link: %w", err)
	}
	if err := json.Unmarshal(claim, &l.Claim); err != nil {
		return l, fmt.Errorf("decode claim of link %s: %w", l.ID, err)
	}
	l.Claim.Repeats, l.Visibility = repeats, visibility
	return l, nil
}

func (f LinkFilter) conditions() (string, []any) {
	where, args := []string{"1"}, []any{}
	add := func(condition string, values ...any) {
		where = append(where, condition)
		args = append(args, values...)
	}
	in(add, "l.status", f.Statuses)
	in(add, "l.kind", f.Kinds)
	in(add, "d.body", f.Bodies)
	if f.Speaker != "" {
		add("instr(lower(c.speaker), lower(?)) > 0", f.Speaker)
	}
	if f.Topic != "" {
		add(topicIs, f.Topic, f.Topic)
	}
	if f.Claim != "" {
		add("l.claim = ?", f.Claim)
	}
	if f.From != "" {
		add("c.date >= ?", f.From)
	}
	if f.To != "" {
		add("c.date <> '' AND c.date <= ?", f.To)
	}
	if f.Words != "" {
		add("(instr(lower(c.quote), lower(?)) > 0 OR instr(lower(l.body), lower(?)) > 0)", f.Words, f.Words)
	}
	if f.MinimumScore > 0 {
		add("l.score >= ?", f.MinimumScore)
	}
	if f.After != "" {
		add("l.id > ?", f.After)
	}
	if !f.Withdrawn {
		where = append(where, "l.withdrawn = ''")
	}
	if !f.Private {
		where = append(where, "l.visibility = 'public'")
	}
	return strings.Join(where, " AND "), args
}

func in[T ~string](add func(string, ...any), column string, values []T) {
	if len(values) == 0 {
		return
	}
	list := make([]any, len(values))
	for i, v := range values {
		list[i] = string(v)
	}
	add(column+" IN (?"+strings.Repeat(", ?", len(values)-1)+")", list...)
}

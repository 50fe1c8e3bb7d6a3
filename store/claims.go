package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"contredit/claims"
	"contredit/document"
)

// SaveExtraction keeps what was found in the current reading of a document: its claims, its sentences
// when it is a record, and the meetings that it tells of. Claims that the new version lost are kept and
// marked as edited out: they were said. The work of linking is left for every new claim, that of finding
// the claims which it touches for a record.
func (db *DB) SaveExtraction(ctx context.Context, doc, snapshot int64, found []claims.Claim, records []claims.Evidence, meetings ...claims.MeetingNamed) error {
	packed, err := pack(records)
	if err != nil {
		return fmt.Errorf("save extraction of document %d: %w", doc, err)
	}
	return db.write(ctx, fmt.Sprintf("save extraction of document %d", doc), func(tx *sql.Tx) error {
		if err := mergeParts(ctx, tx); err != nil {
			return err
		}
		if err := saveMeetings(ctx, tx, doc, meetings); err != nil {
			return err
		}
		if err := db.saveClaims(ctx, tx, doc, snapshot, found); err != nil {
			return err
		}
		touches := len(records) > 0
		if touches {
			_, err = tx.ExecContext(ctx, `INSERT INTO record (document, snapshot, packed) VALUES (?, ?, ?)
				ON CONFLICT (document) DO UPDATE SET snapshot = excluded.snapshot, packed = excluded.packed`, doc, snapshot, packed)
		} else {
			var gone sql.Result
			if gone, err = tx.ExecContext(ctx, "DELETE FROM record WHERE document = ?", doc); err == nil {
				var n int64
				n, err = gone.RowsAffected()
				touches = n > 0
			}
		}
		if err != nil {
			return fmt.Errorf("keep record sentences: %w", err)
		}
		if touches {
			if err := addWork(ctx, tx, StageTouch, strconv.FormatInt(doc, 10)); err != nil {
				return err
			}
		}
		return db.endWork(ctx, tx, StageExtract, strconv.FormatInt(doc, 10))
	})
}

func (db *DB) saveClaims(ctx context.Context, tx *sql.Tx, doc, snapshot int64, found []claims.Claim) error {
	keep := make([]string, 0, len(found))
	given, err := overridden(ctx, tx, doc)
	if err != nil {
		return err
	}
	roster, err := rosterOf(ctx, tx)
	if err != nil {
		return err
	}
	for _, c := range found {
		if s, ok := given[c.ID]; ok {
			c.Speaker, c.Function, c.Collective = s.Name, s.Function, s.Collective
		}
		if !c.Collective {
			c.Speaker = roster.NameOf(c.Speaker)
		}
		body, err := json.Marshal(c)
		if err != nil {
			return fmt.Errorf("encode claim %s: %w", c.ID, err)
		}
		var before []byte
		err = tx.QueryRowContext(ctx, "SELECT body FROM claim WHERE id = ?", c.ID).Scan(&before)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("look for claim %s: %w", c.ID, err)
		}
		keep = append(keep, c.ID)
		_, err = tx.ExecContext(ctx, `INSERT INTO claim
				(id, document, snapshot, start, stop, quote, speaker, date, worth, worthiness, topic, found_at, body)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET snapshot = excluded.snapshot, start = excluded.start, stop = excluded.stop,
				speaker = excluded.speaker, date = excluded.date, worth = excluded.worth, worthiness = excluded.worthiness,
				topic = excluded.topic, edited_out = '', body = excluded.body`,
			c.ID, doc, snapshot, c.Span.Start, c.Span.End, c.Quote, c.Speaker, c.Date, c.Worth, c.Worthiness, c.Topic, db.now(), body)
		if err != nil {
			return fmt.Errorf("keep claim %s: %w", c.ID, err)
		}
		if string(before) != string(body) {
			if err := addWork(ctx, tx, StageLink, c.ID); err != nil {
				return err
			}
		}
	}
	return loseClaims(ctx, tx, db.now(), doc, snapshot, keep)
}

// loseClaims takes the engine's claims of a document that are found in it no longer. Those whose
// words its text has no more were edited out by whoever publishes it. Those whose words still stand
// are another reading's: nobody changed anything, and they are no longer worth checking.
func loseClaims(ctx context.Context, tx *sql.Tx, now string, doc, snapshot int64, keep []string) error {
	list, err := json.Marshal(keep)
	if err != nil {
		return fmt.Errorf("list claims kept: %w", err)
	}
	rows, err := tx.QueryContext(ctx, `SELECT id, quote, snapshot, worth FROM claim WHERE document = ? AND edited_out = '' AND origin = 'engine'
		AND id NOT IN (SELECT value FROM json_each(?))`, doc, string(list))
	if err != nil {
		return fmt.Errorf("look for claims that are lost: %w", err)
	}
	type lost struct {
		id, quote string
		snapshot  int64
		worth     bool
	}
	var all []lost
	for rows.Next() {
		var one lost
		if err := rows.Scan(&one.id, &one.quote, &one.snapshot, &one.worth); err != nil {
			return errors.Join(err, rows.Close())
		}
		all = append(all, one)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil || len(all) == 0 {
		return err
	}
	text, err := flatText(ctx, tx, snapshot)
	if err != nil {
		return err
	}
	for _, one := range all {
		switch {
		case one.snapshot != snapshot && !strings.Contains(text, strings.Join(strings.Fields(one.quote), " ")):
			_, err = tx.ExecContext(ctx, "UPDATE claim SET edited_out = ? WHERE id = ?", now, one.id)
		case one.worth:
			if _, err = tx.ExecContext(ctx, "UPDATE claim SET worth = 0, body = CAST(json_set(CAST(body AS TEXT), '$.Worth', json('false')) AS BLOB) WHERE id = ?", one.id); err == nil {
				err = addWork(ctx, tx, StageLink, one.id)
			}
		}
		if err != nil {
			return fmt.Errorf("let go of claim %s: %w", one.id, err)
		}
	}
	return nil
}

// flatText is the text that was read of a version, its white space made one blank each; "" when it
// was not read.
func flatText(ctx context.Context, tx *sql.Tx, snapshot int64) (string, error) {
	var packed []byte
	err := tx.QueryRowContext(ctx, "SELECT packed FROM reading WHERE snapshot = ?", snapshot).Scan(&packed)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	var r document.Reading
	if err == nil {
		err = unpack(packed, &r)
	}
	if err != nil {
		return "", fmt.Errorf("read the text of snapshot %d: %w", snapshot, err)
	}
	return strings.Join(strings.Fields(r.Text), " "), nil
}

// SaveRepeats notes which claims repeat an earlier one. Claims absent from the map repeat none.
func (db *DB) SaveRepeats(ctx context.Context, first map[string]string) error {
	list, err := json.Marshal(first)
	if err != nil {
		return fmt.Errorf("save repeats: %w", err)
	}
	return db.write(ctx, "save repeats", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE claim SET repeats = coalesce((SELECT value FROM json_each(?1) WHERE key = claim.id), '')
			WHERE repeats <> coalesce((SELECT value FROM json_each(?1) WHERE key = claim.id), '')`, string(list))
		return err
	})
}

// SetRepeats notes that a claim repeats another.
func (db *DB) SetRepeats(ctx context.Context, claim, first string) error {
	return db.write(ctx, "note that "+claim+" repeats "+first, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE claim SET repeats = ? WHERE id = ? AND id <> ?", first, claim, first)
		return err
	})
}

// SetFirst puts a claim before the one that was the first of several: that one, and those which
// repeat it, repeat the new one.
func (db *DB) SetFirst(ctx context.Context, former, first string) error {
	return db.write(ctx, "put "+first+" before "+former, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE claim SET repeats = ?1 WHERE (id = ?2 OR repeats <> '' AND repeats = ?2) AND id <> ?1", first, former)
		return err
	})
}

// ClaimFilter narrows a list of claims; a zero field does not.
type ClaimFilter struct {
	Speaker string // words of the name, in any order, without accents and case
	Body    string // the same of the institution's name
	Topic   string // part of the heading's or of a watched subject's name
	From    string // ISO days, both included
	To      string
	Since   string // found since, RFC 3339 UTC or ISO day
	Words   string // part of the quote
	All     bool   // those not worth checking too
	Private bool   // those of private documents too
	Limit   int    // 0: no limit
	ByID    bool   // in the order of the ids, not of the documents
	Latest  bool   // the latest first, not by documents
	Offset  int    // with Limit: how many are passed over
	After   string // with ByID: only those after this id
}

// StoredClaim is a claim with what the store knows beside it.
type StoredClaim struct {
	claims.Claim
	Document  int64
	Snapshot  int64
	Body      string // of the document
	Title     string
	EditedOut string // when a later version lost it; "" while it stands
	Origin    string
	Flags     int // links not withdrawn
}

// Claims lists claims in the order of their documents and places.
func (db *DB) Claims(ctx context.Context, f ClaimFilter) ([]StoredClaim, error) {
	where, args := f.conditions()
	for _, named := range [...]struct{ asked, column, query string }{
		{f.Speaker, "c.speaker", "SELECT DISTINCT speaker FROM claim"}, {f.Body, "d.body", "SELECT DISTINCT body FROM document"},
	} {
		if named.asked == "" {
			continue
		}
		names, err := db.namedLike(ctx, named.query, named.asked)
		if err != nil {
			return nil, err
		}
		where, args = where+" AND "+oneOf(named.column, names), append(args, names...)
	}
	order := "c.document, c.start, c.id"
	if f.ByID {
		order = "c.id"
	}
	if f.Latest {
		order = "c.date DESC, c.document, c.start, c.id"
	}
	if f.Limit > 0 {
		order += " LIMIT ? OFFSET ?"
		args = append(args, f.Limit, f.Offset)
	}
	rows, err := db.r.QueryContext(ctx, `SELECT c.body, c.repeats, c.document, c.snapshot, d.body, d.title, c.edited_out, c.origin,
			(SELECT count(*) FROM link l WHERE l.claim = c.id AND l.withdrawn = '')
		FROM claim c JOIN document d ON d.id = c.document WHERE `+where+` ORDER BY `+order, args...)
	if err != nil {
		return nil, fmt.Errorf("list claims: %w", err)
	}
	defer rows.Close()
	return scanClaims(rows)
}

func scanClaims(rows *sql.Rows) ([]StoredClaim, error) {
	var all []StoredClaim
	for rows.Next() {
		var c StoredClaim
		var body []byte
		var repeats string
		if err := rows.Scan(&body, &repeats, &c.Document, &c.Snapshot, &c.Body, &c.Title, &c.EditedOut, &c.Origin, &c.Flags); err != nil {
			return nil, fmt.Errorf("read claim: %w", err)
		}
		if err := json.Unmarshal(body, &c.Claim); err != nil {
			return nil, fmt.Errorf("decode claim: %w", err)
		}
		c.Repeats = repeats
		all = append(all, c)
	}
	return all, rows.Err()
}

// topicIs asks whether a claim is about a topic: by the heading it stands under, or by the
// subject that the operator watches.
const topicIs = `(instr(lower(c.topic), lower(?)) > 0 OR
	EXISTS (SELECT 1 FROM json_each(CAST(c.body AS TEXT), '$.Topics') watched WHERE instr(lower(watched.value), lower(?)) > 0))`

func (f ClaimFilter) conditions() (string, []any) {
	where, args := []string{"1"}, []any{}
	add := func(condition string, value any) {
		where = append(where, condition)
		args = append(args, value)
	}
	like := func(column, value string) {
		if value != "" {
			add("instr(lower("+column+"), lower(?)) > 0", value)
		}
	}
	if f.After != "" {
		add("c.id > ?", f.After)
	}
	if f.Topic != "" {
		where = append(where, topicIs)
		args = append(args, f.Topic, f.Topic)
	}
	like("c.quote", f.Words)
	if f.From != "" {
		add("c.date >= ?", f.From)
	}
	if f.To != "" {
		add("c.date <> '' AND c.date <= ?", f.To)
	}
	if f.Since != "" {
		add("c.found_at >= ?", f.Since)
	}
	if !f.All {
		where = append(where, "c.worth")
	}
	if !f.Private {
		where = append(where, "d.visibility = 'public'")
	}
	return strings.Join(where, " AND "), args
}

// Claim returns one claim by its id.
func (db *DB) Claim(ctx context.Context, id string) (claims.Claim, error) {
	var c claims.Claim
	var body []byte
	var repeats string
	err := db.r.QueryRowContext(ctx, "SELECT body, repeats FROM claim WHERE id = ?", id).Scan(&body, &repeats)
	if errors.Is(err, sql.ErrNoRows) {
		return c, fmt.Errorf("claim %s: %w", id, ErrNotFound)
	}
	if err != nil {
		return c, fmt.Errorf("read claim %s: %w", id, err)
	}
	if err := json.Unmarshal(body, &c); err != nil {
		return c, fmt.Errorf("decode claim %s: %w", id, err)
	}
	c.Repeats = repeats
	return c, nil
}

// EachRecord calls f with the sentences of every record, in the order of the documents.
func (db *DB) EachRecord(ctx context.Context, f func(doc int64, sentences []claims.Evidence) error) error {
	rows, err := db.r.QueryContext(ctx, "SELECT document, packed FROM record ORDER BY document")
	if err != nil {
		return fmt.Errorf("list records: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var doc int64
		var packed []byte
		if err := rows.Scan(&doc, &packed); err != nil {
			return fmt.Errorf("read record: %w", err)
		}
		var sentences []claims.Evidence
		if err := unpack(packed, &sentences); err != nil {
			return fmt.Errorf("record of document %d: %w", doc, err)
		}
		if err := f(doc, sentences); err != nil {
			return err
		}
	}
	return rows.Err()
}

// EachClaim calls f for every claim worth checking, one after the other, in the order of the ids.
func (db *DB) EachClaim(ctx context.Context, f func(claims.Claim) error) error {
	rows, err := db.r.QueryContext(ctx, "SELECT body FROM claim WHERE worth ORDER BY id")
	if err != nil {
		return fmt.Errorf("list claims: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var body []byte
		if err := rows.Scan(&body); err != nil {
			return fmt.Errorf("read claim: %w", err)
		}
		var c claims.Claim
		if err := json.Unmarshal(body, &c); err != nil {
			return fmt.Errorf("decode claim: %w", err)
		}
		if err := f(c); err != nil {
			return err
		}
	}
	return rows.Err()
}

// CountWorth is how many claims are worth checking.
func (db *DB) CountWorth(ctx context.Context) (int, error) {
	var n int
	if err := db.r.QueryRowContext(ctx, "SELECT count(*) FROM claim WHERE worth").Scan(&n); err != nil {
		return 0, fmt.Errorf("count claims: %w", err)
	}
	return n, nil
}

// ClaimsCiting are the ids of the claims with a pair that is not withdrawn and rests on one of the
// addresses, for or against.
func (db *DB) ClaimsCiting(ctx context.Context, urls []string) ([]string, error) {
	list, err := json.Marshal(urls)
	if err != nil {
		return nil, fmt.Errorf("encode addresses: %w", err)
	}
	rows, err := db.r.QueryContext(ctx, `SELECT DISTINCT claim FROM link WHERE withdrawn = '' AND (
			EXISTS (SELECT 1 FROM json_each(CAST(body AS TEXT), '$.Evidence') e JOIN json_each(?1) u ON u.value = json_extract(e.value, '$.URL'))
			OR json_extract(CAST(body AS TEXT), '$.Support.URL') IN (SELECT value FROM json_each(?1))) ORDER BY claim`, string(list))
	if err != nil {
		return nil, fmt.Errorf("list claims that cite: %w", err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("list claims that cite: %w", err)
		}
		all = append(all, id)
	}
	return all, rows.Err()
}

// AskTouched leaves the work of linking the claims that records touch, all claims when ids is nil,
// and ends that of finding them for these records.
func (db *DB) AskTouched(ctx context.Context, ids, records []string) error {
	return db.write(ctx, "ask for linking what records touch", func(tx *sql.Tx) error {
		if err := askLinking(ctx, tx, ids); err != nil {
			return err
		}
		for _, r := range records {
			if err := db.endWork(ctx, tx, StageTouch, r); err != nil {
				return err
			}
		}
		return nil
	})
}

// AskLinking leaves the work of linking the claims again, all of them when ids is nil.
func (db *DB) AskLinking(ctx context.Context, ids []string) error {
	return db.write(ctx, "ask for linking", func(tx *sql.Tx) error { return askLinking(ctx, tx, ids) })
}

func askLinking(ctx context.Context, tx *sql.Tx, ids []string) error {
	if ids == nil {
		_, err := tx.ExecContext(ctx, `INSERT INTO work (stage, subject) SELECT 'link', id FROM claim WHERE worth
				ON CONFLICT DO UPDATE SET attempts = 0, leased = '', holder = '', error = ''`)
		return err
	}
	for _, id := range ids {
		if err := addWork(ctx, tx, StageLink, id); err != nil {
			return err
		}
	}
	return nil
}

package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"contredit/claims"
)

// takeEffect lets an override take effect at once where that can be done, and leaves the work of
// reading again what may change by it. It returns the claims that it gave another speaker, with
// whose they were.
func takeEffect(ctx context.Context, tx *sql.Tx, o *Override) (moved map[string]string, err error) {
	switch o.Kind {
	case OverrideSpeaker:
		return nil, applySpeaker(ctx, tx, o)
	case OverrideBody:
		return nil, applyBody(ctx, tx, o)
	case OverridePerson:
		return applyPerson(ctx, tx, o)
	case OverrideTerm:
		return nil, applyTerm(ctx, tx, o)
	}
	return nil, fmt.Errorf("no such kind of correction: %q", o.Kind)
}

func applySpeaker(ctx context.Context, tx *sql.Tx, o *Override) error {
	var s Speaker
	if err := json.Unmarshal([]byte(o.After), &s); err != nil {
		return fmt.Errorf("decode the speaker: %w", err)
	}
	c, origin, err := claimIn(ctx, tx, o.Subject)
	if err != nil {
		return err
	}
	if o.Undoes == 0 {
		before, err := json.Marshal(Speaker{c.Speaker, c.Function, c.Collective})
		if err != nil {
			return fmt.Errorf("encode the speaker before: %w", err)
		}
		o.Before = string(before)
	}
	c.Speaker, c.Function, c.Collective = s.Name, s.Function, s.Collective
	if err := setClaim(ctx, tx, c); err != nil {
		return err
	}
	if o.Undoes != 0 && origin == engineOrigin { // what the program reads may be another by now
		return askExtraction(ctx, tx, "id = (SELECT document FROM claim WHERE id = ?)", o.Subject)
	}
	return nil
}

func claimIn(ctx context.Context, tx *sql.Tx, id string) (c claims.Claim, origin string, err error) {
	var body []byte
	err = tx.QueryRowContext(ctx, "SELECT body, origin FROM claim WHERE id = ?", id).Scan(&body, &origin)
	if errors.Is(err, sql.ErrNoRows) {
		return c, "", fmt.Errorf("claim %s: %w", id, ErrNotFound)
	}
	if err != nil {
		return c, "", fmt.Errorf("read claim %s: %w", id, err)
	}
	if err := json.Unmarshal(body, &c); err != nil {
		return c, "", fmt.Errorf("decode claim %s: %w", id, err)
	}
	return c, origin, nil
}

// setClaim keeps a claim whose speaker is another, and leaves the work of linking it.
func setClaim(ctx context.Context, tx *sql.Tx, c claims.Claim) error {
	body, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("encode claim %s: %w", c.ID, err)
	}
	if _, err := tx.ExecContext(ctx, "UPDATE claim SET speaker = ?, body = ? WHERE id = ?", c.Speaker, body, c.ID); err != nil {
		return fmt.Errorf("keep claim %s: %w", c.ID, err)
	}
	return addWork(ctx, tx, StageLink, c.ID)
}

// askExtraction leaves the work of extracting again from the documents that are read and speak.
func askExtraction(ctx context.Context, tx *sql.Tx, where string, args ...any) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO work (stage, subject) SELECT 'extract', id FROM document WHERE role IN ('statement', 'both')
		AND snapshot IN (SELECT snapshot FROM reading) AND `+where+` ON CONFLICT DO UPDATE SET attempts = 0, leased = '', holder = '', error = ''`, args...)
	if err != nil {
		return fmt.Errorf("ask for extraction: %w", err)
	}
	return nil
}

func applyBody(ctx context.Context, tx *sql.Tx, o *Override) error {
	var body, before string
	if err := json.Unmarshal([]byte(o.After), &body); err != nil {
		return fmt.Errorf("decode the body: %w", err)
	}
	var id int64
	err := tx.QueryRowContext(ctx, "SELECT id, body FROM document WHERE url = ?", o.Subject).Scan(&id, &before)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("find the document: %w", err)
	}
	set := true
	if o.Undoes == 0 {
		text, err := json.Marshal(before)
		if err != nil {
			return fmt.Errorf("encode the body before: %w", err)
		}
		o.Before = string(text)
	} else { // what an earlier override said stands again
		err := tx.QueryRowContext(ctx, "SELECT count(*) > 0 FROM override o WHERE o.kind = ? AND o.subject = ? AND o.id <> ? AND "+overrideStands, o.Kind, o.Subject, o.Undoes).Scan(&set)
		if err != nil {
			return fmt.Errorf("look for an earlier correction: %w", err)
		}
	}
	if _, err := tx.ExecContext(ctx, "UPDATE document SET body = ?, body_set = ? WHERE id = ?", body, set, id); err != nil {
		return fmt.Errorf("keep the body: %w", err)
	}
	return addWork(ctx, tx, StageExtract, strconv.FormatInt(id, 10))
}

func applyTerm(ctx context.Context, tx *sql.Tx, o *Override) error {
	var before, after *Term
	if err := errors.Join(json.Unmarshal([]byte(o.Before), &before), json.Unmarshal([]byte(o.After), &after)); err != nil {
		return fmt.Errorf("decode the term: %w", err)
	}
	for _, t := range []*Term{before, after} {
		if t == nil {
			continue
		}
		if err := askExtraction(ctx, tx, "id IN (SELECT document FROM claim WHERE lower(speaker) IN (lower(?), lower(?)))", t.Name, t.Body); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO work (stage, subject) SELECT 'link', id FROM claim WHERE worth AND instr(lower(quote), lower(?)) > 0
			ON CONFLICT DO UPDATE SET attempts = 0, leased = '', holder = '', error = ''`, t.Name)
		if err != nil {
			return fmt.Errorf("ask for linking: %w", err)
		}
	}
	return nil
}

// overridden are the speakers that reviewers gave to claims of a document, by claim.
func overridden(ctx context.Context, tx *sql.Tx, doc int64) (map[string]Speaker, error) {
	all, err := overridesWhere(ctx, tx, "o.kind = 'speaker' AND o.subject IN (SELECT id FROM claim WHERE document = ?) AND "+overrideStands+" ORDER BY o.id", doc)
	if err != nil {
		return nil, err
	}
	given := map[string]Speaker{}
	for _, o := range all {
		var s Speaker
		if err := json.Unmarshal([]byte(o.After), &s); err != nil {
			return nil, fmt.Errorf("decode the speaker of %s: %w", o.Subject, err)
		}
		given[o.Subject] = s
	}
	return given, nil
}

// SaveDirectory keeps who is known, as it was last learned.
func (db *DB) SaveDirectory(ctx context.Context, list []claims.Listed) error {
	packed, err := pack(list)
	if err != nil {
		return fmt.Errorf("save the directory: %w", err)
	}
	return db.write(ctx, "save the directory", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO directory (one, packed) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET packed = excluded.packed WHERE packed <> excluded.packed", packed)
		return err
	})
}

// Directory is who is known, as it was last learned, without what reviewers put right; nobody before
// the first extraction.
func (db *DB) Directory(ctx context.Context) ([]claims.Listed, error) {
	var packed []byte
	err := db.r.QueryRowContext(ctx, "SELECT packed FROM directory").Scan(&packed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the directory: %w", err)
	}
	var list []claims.Listed
	if err := unpack(packed, &list); err != nil {
		return nil, fmt.Errorf("read the directory: %w", err)
	}
	return list, nil
}

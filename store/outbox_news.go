package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"contredit/claims"
)

// NewsFilter is what a digest carries; a zero field does not narrow.
type NewsFilter struct {
	Bodies       []string // of the claim's document or of a record
	Topics       []string // watched ones
	Kinds        []claims.Kind
	States       []claims.Decision
	MinimumScore float64
	Archive      bool // what the first import of an archive found, too
	Private      bool // what rests on private documents, too

	PrivateSources []string // whose documents are private now, whatever they were when they were kept
	IDs            []string // only these flags; nil for all

	Digest, Recipient string    // only what this recipient of this digest has not had; "" for all
	Since             time.Time // only what was found then or later; zero for all
}

// News lists the ids of the flags that a digest may carry, the highest score first: all of them,
// since those that nobody has had yet may be the weakest.
func (db *DB) News(ctx context.Context, f NewsFilter) ([]string, error) {
	where, args, err := f.conditions()
	if err != nil {
		return nil, err
	}
	return db.strings(ctx, "list the news", "SELECT l.id FROM link l JOIN claim c ON c.id = l.claim JOIN document d ON d.id = c.document WHERE "+where+" ORDER BY l.score DESC, l.id", args...)
}

func (f NewsFilter) conditions() (string, []any, error) {
	base := LinkFilter{Statuses: f.States, Kinds: f.Kinds, MinimumScore: f.MinimumScore, Private: f.Private}
	where, args := base.conditions()
	and := func(condition string, values ...any) {
		where += " AND " + condition
		args = append(args, values...)
	}
	if f.Recipient != "" {
		and("NOT EXISTS (SELECT 1 FROM mail_item had WHERE had.digest = ? AND had.recipient = ? AND had.item = l.id)", f.Digest, f.Recipient)
	}
	if !f.Since.IsZero() {
		and("l.found_at >= ?", stamp(f.Since))
	}
	if !f.Archive {
		and("l.imported = 0")
	}
	if !f.Private {
		list, err := json.Marshal(append([]string{}, f.PrivateSources...))
		if err != nil {
			return "", nil, fmt.Errorf("private sources: %w", err)
		}
		// What a flag says of itself is as old as its linking.
		and(`NOT EXISTS (SELECT 1 FROM document p WHERE (p.id = d.id OR p.url IN (SELECT json_extract(e.value, '$.URL') FROM json_each(CAST(l.body AS TEXT), '$.Evidence') e))
			AND (p.visibility = 'private' OR p.source IN (SELECT value FROM json_each(?))))`, string(list))
	}
	if f.IDs != nil {
		list, err := json.Marshal(f.IDs)
		if err != nil {
			return "", nil, fmt.Errorf("flags of a digest: %w", err)
		}
		and("l.id IN (SELECT value FROM json_each(?))", string(list))
	}
	if len(f.Bodies) > 0 {
		list, err := json.Marshal(f.Bodies)
		if err != nil {
			return "", nil, fmt.Errorf("bodies of a digest: %w", err)
		}
		and(`(d.body IN (SELECT value FROM json_each(?)) OR EXISTS (SELECT 1 FROM json_each(CAST(l.body AS TEXT), '$.Evidence') e
			WHERE json_extract(e.value, '$.Body') IN (SELECT value FROM json_each(?))))`, string(list), string(list))
	}
	if len(f.Topics) > 0 {
		list, err := json.Marshal(f.Topics)
		if err != nil {
			return "", nil, fmt.Errorf("topics of a digest: %w", err)
		}
		and(`EXISTS (SELECT 1 FROM json_each(CAST(c.body AS TEXT), '$.Topics') t WHERE t.value IN (SELECT value FROM json_each(?)))`, string(list))
	}
	return where, args, nil
}

// FlagSitting is a sitting that a flag speaks of.
type FlagSitting struct {
	Flag, Body, Day string // the body as the record names it; ISO day
}

// SittingsOf lists the sittings up to an ISO day whose records the flags under a filter rest on: of
// the filter's bodies, where it names some and they are not those of the statement.
func (db *DB) SittingsOf(ctx context.Context, f NewsFilter, until string) ([]FlagSitting, error) {
	where, args, err := f.conditions()
	if err != nil {
		return nil, err
	}
	list, err := json.Marshal(f.Bodies)
	if err != nil {
		return nil, fmt.Errorf("bodies of a digest: %w", err)
	}
	args = append(args, until, len(f.Bodies), string(list), string(list))
	rows, err := db.r.QueryContext(ctx, `SELECT DISTINCT l.id, json_extract(s.value, '$.Body'), json_extract(s.value, '$.Date') AS day
		FROM link l JOIN claim c ON c.id = l.claim JOIN document d ON d.id = c.document JOIN json_each(CAST(l.body AS TEXT), '$.Evidence') s
		WHERE `+where+` AND day <> '' AND day <= ? AND (? = 0 OR d.body IN (SELECT value FROM json_each(?)) OR json_extract(s.value, '$.Body') IN (SELECT value FROM json_each(?)))
		ORDER BY 2, 3, 1`, args...)
	if err != nil {
		return nil, fmt.Errorf("list the sittings of flags: %w", err)
	}
	defer rows.Close()
	var all []FlagSitting
	for rows.Next() {
		var s FlagSitting
		if err := rows.Scan(&s.Flag, &s.Body, &s.Day); err != nil {
			return nil, fmt.Errorf("list the sittings of flags: %w", err)
		}
		all = append(all, s)
	}
	return all, rows.Err()
}

// NewsOf reads flags in the order of their ids as given; one that is gone is left out.
func (db *DB) NewsOf(ctx context.Context, ids []string) ([]StoredLink, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, fmt.Errorf("flags of a digest: %w", err)
	}
	rows, err := db.r.QueryContext(ctx, `SELECT l.body, c.body, c.repeats, l.status, l.origin, l.withdrawn, l.found_at, l.visibility, d.body, d.title, d.media_type, d.video_url, c.edited_out
		FROM json_each(?) j JOIN link l ON l.id = j.value JOIN claim c ON c.id = l.claim JOIN document d ON d.id = c.document ORDER BY j.key`, string(list))
	if err != nil {
		return nil, fmt.Errorf("read the flags of a digest: %w", err)
	}
	defer rows.Close()
	var all []StoredLink
	for rows.Next() {
		l, err := scanLink(rows.Scan)
		if err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	return all, rows.Err()
}

package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
)

// HideSources makes the documents of sources private that are private by now, and with them every pair
// that rests on one, for or against: what was found while a source was public leaves the house no
// more. It returns how many documents that were.
func (db *DB) HideSources(ctx context.Context, sources []string) (int, error) {
	if len(sources) == 0 {
		return 0, nil
	}
	list, err := json.Marshal(sources)
	if err != nil {
		return 0, fmt.Errorf("hide sources: %w", err)
	}
	const ofThem = "source IN (SELECT value FROM json_each(?))"
	var open bool
	if err := db.r.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM document WHERE visibility = 'public' AND "+ofThem+")", string(list)).Scan(&open); err != nil || !open {
		return 0, wrapIf(err, "look for public documents of private sources")
	}
	n := 0
	err = db.write(ctx, "hide the documents of private sources", func(tx *sql.Tx) error {
		var err error
		n, err = hide(ctx, tx, ofThem, string(list))
		return err
	})
	return n, err
}

func wrapIf(err error, what string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

// hide makes the public documents that a condition names private, with their claims and pairs.
func hide(ctx context.Context, tx *sql.Tx, condition string, arg any) (int, error) {
	rows, err := tx.QueryContext(ctx, "SELECT id, url FROM document WHERE visibility = 'public' AND "+condition, arg)
	if err != nil {
		return 0, fmt.Errorf("list what becomes private: %w", err)
	}
	defer rows.Close()
	ids, urls := []int64{}, []string{}
	for rows.Next() {
		var id int64
		var url string
		if err := rows.Scan(&id, &url); err != nil {
			return 0, fmt.Errorf("list what becomes private: %w", err)
		}
		ids, urls = append(ids, id), append(urls, url)
	}
	if err := rows.Err(); err != nil || len(ids) == 0 {
		return 0, wrapIf(err, "list what becomes private")
	}
	numbers, err := json.Marshal(ids)
	if err != nil {
		return 0, fmt.Errorf("encode documents: %w", err)
	}
	addresses, err := json.Marshal(urls)
	if err != nil {
		return 0, fmt.Errorf("encode documents: %w", err)
	}
	for _, step := range []struct{ query, list string }{
		{"UPDATE document SET visibility = 'private' WHERE id IN (SELECT value FROM json_each(?))", string(numbers)},
		{`UPDATE claim SET body = CAST(json_set(CAST(body AS TEXT), '$.Visibility', 'private') AS BLOB)
			WHERE document IN (SELECT value FROM json_each(?))`, string(numbers)},
		{`UPDATE link SET visibility = 'private' WHERE visibility = 'public'
			AND claim IN (SELECT id FROM claim WHERE document IN (SELECT value FROM json_each(?)))`, string(numbers)},
		{`UPDATE link SET visibility = 'private' WHERE visibility = 'public' AND (
			json_extract(CAST(body AS TEXT), '$.Support.URL') IN (SELECT value FROM json_each(?1))
			OR EXISTS (SELECT 1 FROM json_each(CAST(body AS TEXT), '$.Evidence') e WHERE json_extract(e.value, '$.URL') IN (SELECT value FROM json_each(?1))))`, string(addresses)},
	} {
		if _, err := tx.ExecContext(ctx, step.query, step.list); err != nil {
			return 0, fmt.Errorf("make documents private with what rests on them: %w", err)
		}
	}
	return len(ids), nil
}

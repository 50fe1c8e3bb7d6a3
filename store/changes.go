package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// LastChanges says when what readers see of each flag last changed: it was found, judged, answered by who
// is quoted, corrected, withdrawn, or its claim left its page.
func (db *DB) LastChanges(ctx context.Context, ids []string) (map[string]time.Time, error) {
	list, err := json.Marshal(append([]string{}, ids...))
	if err != nil {
		return nil, fmt.Errorf("changes of flags: %w", err)
	}
	rows, err := db.r.QueryContext(ctx, `WITH wanted AS (SELECT l.id, l.found_at, l.withdrawn, c.edited_out FROM link l JOIN claim c ON c.id = l.claim
			WHERE l.id IN (SELECT value FROM json_each(?)))
		SELECT id, found_at FROM wanted UNION ALL SELECT id, withdrawn FROM wanted UNION ALL SELECT id, edited_out FROM wanted
		UNION ALL SELECT w.id, v.at FROM wanted w JOIN verdict v ON v.link = w.id
		UNION ALL SELECT w.id, a.at FROM wanted w JOIN review_act a ON a.link = w.id WHERE a.kind IN (?, ?)`, string(list), RemarkReply, RemarkCorrection)
	if err != nil {
		return nil, fmt.Errorf("look up the changes of flags: %w", err)
	}
	defer rows.Close()
	last := make(map[string]time.Time, len(ids))
	for rows.Next() {
		var id, at string
		if err := rows.Scan(&id, &at); err != nil {
			return nil, err
		}
		if at == "" {
			continue
		}
		// As times, since a verdict that was read back from a sheet may name another zone.
		t, err := time.Parse(time.RFC3339, at)
		if err != nil {
			return nil, fmt.Errorf("time of a change of flag %s: %w", id, err)
		}
		if t.After(last[id]) {
			last[id] = t
		}
	}
	return last, rows.Err()
}

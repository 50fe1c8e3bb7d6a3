package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// Mute is a claim that a reader wants to hear no more of in a digest.
type Mute struct {
	Recipient string
	First     string // id of the claim, or of the one that it repeats: all that repeat it are muted
	Item      string // flag that was answered
	Quote     string // of that flag's claim
	At        time.Time
}

// Mutes lists what the readers of a digest muted and did not take back, by reader; those of one reader
// when it is named. The last answer to any flag about a claim or its repeats decides.
func (db *DB) Mutes(ctx context.Context, digestName, recipient string) ([]Mute, error) {
	// SQLite takes the bare columns beside max() from the row that has it.
	rows, err := db.r.QueryContext(ctx, `SELECT recipient, first, item, quote, at FROM (
			SELECT a.recipient, coalesce(nullif(c.repeats, ''), c.id) AS first, a.item, c.quote, a.at, a.answer, max(a.id)
			FROM mail_answer a JOIN link l ON l.id = a.item JOIN claim c ON c.id = l.claim
			WHERE a.digest = ? AND (? = '' OR a.recipient = ?) AND a.answer IN `+tasteAnswers+` GROUP BY a.recipient, first)
		WHERE answer = 'mute' ORDER BY recipient, at, item`, digestName, recipient, recipient)
	if err != nil {
		return nil, fmt.Errorf("list what the readers of %s muted: %w", digestName, err)
	}
	defer rows.Close()
	var all []Mute
	for rows.Next() {
		var m Mute
		var at string
		if err := rows.Scan(&m.Recipient, &m.First, &m.Item, &m.Quote, &at); err != nil {
			return nil, err
		}
		m.At = parseStamp(at)
		all = append(all, m)
	}
	return all, rows.Err()
}

// FirstClaims finds what flags are about: for each id the claim, or the one that it repeats.
func (db *DB) FirstClaims(ctx context.Context, ids []string) (map[string]string, error) {
	list, err := json.Marshal(append([]string{}, ids...))
	if err != nil {
		return nil, fmt.Errorf("claims of flags: %w", err)
	}
	rows, err := db.r.QueryContext(ctx, `SELECT l.id, coalesce(nullif(c.repeats, ''), c.id) FROM link l JOIN claim c ON c.id = l.claim
		WHERE l.id IN (SELECT value FROM json_each(?))`, string(list))
	if err != nil {
		return nil, fmt.Errorf("look up the claims of flags: %w", err)
	}
	defer rows.Close()
	firsts := make(map[string]string, len(ids))
	for rows.Next() {
		var id, first string
		if err := rows.Scan(&id, &first); err != nil {
			return nil, err
		}
		firsts[id] = first
	}
	return firsts, rows.Err()
}

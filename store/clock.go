package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// datedAnswers is how many of the latest answers of sites the clock is compared with.
const datedAnswers = 21

// ClockSeen is what the latest snapshots tell of this machine's clock.
type ClockSeen struct {
	Latest time.Time     // when the last of them was fetched, by this machine's clock; zero without any
	Ahead  time.Duration // this machine's clock before the median of the sites' own; negative when it is late
	Dated  int           // snapshots whose site said what time it was (RFC 9110, 6.6.1)
}

// ClockSeen compares when the latest snapshots were fetched with what their sites said the time was. The
// median stands, since some site is always wrong.
func (db *DB) ClockSeen(ctx context.Context) (seen ClockSeen, err error) {
	rows, err := db.r.QueryContext(ctx, "SELECT header, fetched_at FROM snapshot ORDER BY id DESC LIMIT ?", datedAnswers)
	if err != nil {
		return seen, fmt.Errorf("look at the dates of sites: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var ahead []time.Duration
	for rows.Next() {
		var text, fetched string
		if err := rows.Scan(&text, &fetched); err != nil {
			return seen, fmt.Errorf("look at the dates of sites: %w", err)
		}
		at := parseStamp(fetched)
		if seen.Latest.IsZero() {
			seen.Latest = at
		}
		var header http.Header
		if err := json.Unmarshal([]byte(text), &header); err != nil {
			return seen, fmt.Errorf("decode the headers of a snapshot: %w", err)
		}
		// What comes out of a cache carries the day on which it went in.
		if date, err := http.ParseTime(header.Get("Date")); err == nil && header.Get("Age") == "" {
			ahead = append(ahead, at.Sub(date))
		}
	}
	if seen.Dated = len(ahead); seen.Dated > 0 {
		slices.Sort(ahead)
		seen.Ahead = ahead[len(ahead)/2]
	}
	return seen, rows.Err()
}

package store

import (
	"context"
	"fmt"
	"os"
	"time"
)

// Counts is how much is kept, and how old what waits is.
type Counts struct {
	Documents  map[string]int // by role
	Unread     map[string]int // current readings that are not « read », by state
	Snapshots  int
	Claims     int            // worth checking
	Flags      map[string]int // proposed ones, by status
	Verdicts   int
	OldestFlag time.Time // found first among those that nobody looked at; zero when none waits
	Backlog    map[Stage]int
	Failing    int   // work items whose last attempt failed
	Bytes      int64 // of the database file and its write-ahead log
}

// Count counts what is kept.
func (db *DB) Count(ctx context.Context) (Counts, error) {
	c := Counts{}
	var err error
	if c.Documents, err = db.countBy(ctx, "SELECT role, count(*) FROM document GROUP BY role"); err != nil {
		return c, err
	}
	if c.Unread, err = db.countBy(ctx, `SELECT r.state, count(*) FROM document d JOIN reading r ON r.snapshot = d.snapshot
		WHERE r.state <> 'read' GROUP BY r.state`); err != nil {
		return c, err
	}
	if c.Flags, err = db.countBy(ctx, "SELECT status, count(*) FROM link WHERE withdrawn = '' GROUP BY status"); err != nil {
		return c, err
	}
	if c.Backlog, err = db.Backlog(ctx); err != nil {
		return c, err
	}
	var oldest string
	err = db.r.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM snapshot), (SELECT count(*) FROM claim WHERE worth),
		(SELECT count(*) FROM verdict), (SELECT count(*) FROM work WHERE error <> ''),
		coalesce((SELECT min(found_at) FROM link WHERE withdrawn = '' AND status = 'new'), '')`).Scan(
		&c.Snapshots, &c.Claims, &c.Verdicts, &c.Failing, &oldest)
	if err != nil {
		return c, fmt.Errorf("count what is kept: %w", err)
	}
	c.OldestFlag = parseStamp(oldest)
	for _, suffix := range []string{"", "-wal"} {
		if info, err := os.Stat(db.path + suffix); err == nil {
			c.Bytes += info.Size()
		}
	}
	return c, nil
}

func (db *DB) countBy(ctx context.Context, query string) (map[string]int, error) {
	rows, err := db.r.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("count what is kept: %w", err)
	}
	defer rows.Close()
	counts := map[string]int{}
	for rows.Next() {
		var key string
		var n int
		if err := rows.Scan(&key, &n); err != nil {
			return nil, fmt.Errorf("count what is kept: %w", err)
		}
		counts[key] = n
	}
	return counts, rows.Err()
}

// Ping says whether the database answers and can be written to.
func (db *DB) Ping(ctx context.Context) error {
	if _, err := db.w.ExecContext(ctx, "UPDATE setting SET value = value WHERE name = ''"); err != nil {
		return fmt.Errorf("write to the database %s: %w", db.path, err)
	}
	return nil
}

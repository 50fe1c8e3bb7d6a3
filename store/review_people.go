package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"
)

// Reviewer is somebody who may decide on links.
type Reviewer struct {
	Name     string
	Role     string // "reviewer", "publisher" or "admin"
	Password string // argon2id in PHC form; "" when a proxy signs them in
	MadeAt   string // RFC 3339, UTC
	Removed  string // when; "" while they are there

	Factor      string // base32 secret of the second factor (RFC 6238); "" without one
	FactorBegun string // secret that was shown and no code confirmed yet
}

// Publishes says whether somebody may publish: a publisher or an admin. The pages and the terminal
// both ask here.
func (r Reviewer) Publishes() bool { return r.Role == "publisher" || r.Role == "admin" }

// SaveReviewer adds a reviewer, or changes the role and password of the one of that name. It
// ends their sessions: who changes a password wants the old one to be worth nothing.
func (db *DB) SaveReviewer(ctx context.Context, r Reviewer) error {
	return db.write(ctx, "save reviewer "+r.Name, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO reviewer (name, role, password, made_at) VALUES (?, ?, ?, ?)
			ON CONFLICT (name) DO UPDATE SET role = excluded.role, password = excluded.password, removed = ''`, r.Name, r.Role, r.Password, db.now())
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "DELETE FROM session WHERE reviewer = ?", r.Name)
		return err
	})
}

// RemoveReviewer ends somebody's access. Their verdicts stay, signed.
func (db *DB) RemoveReviewer(ctx context.Context, name string) error {
	return db.write(ctx, "remove reviewer "+name, func(tx *sql.Tx) error {
		row, err := tx.ExecContext(ctx, "UPDATE reviewer SET removed = ?, password = '', factor = '', factor_begun = '' WHERE name = ? AND removed = ''", db.now(), name)
		if err != nil {
			return err
		}
		if n, err := row.RowsAffected(); err != nil || n == 0 {
			return errors.Join(ErrNotFound, err)
		}
		_, err = tx.ExecContext(ctx, "DELETE FROM session WHERE reviewer = ?", name)
		return err
	})
}

// Reviewers lists everybody, by name, those removed too.
func (db *DB) Reviewers(ctx context.Context) ([]Reviewer, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT name, role, password, made_at, removed, factor, factor_begun FROM reviewer ORDER BY name")
	if err != nil {
		return nil, fmt.Errorf("list reviewers: %w", err)
	}
	defer rows.Close()
	var all []Reviewer
	for rows.Next() {
		var r Reviewer
		if err := rows.Scan(&r.Name, &r.Role, &r.Password, &r.MadeAt, &r.Removed, &r.Factor, &r.FactorBegun); err != nil {
			return nil, fmt.Errorf("read reviewer: %w", err)
		}
		all = append(all, r)
	}
	return all, rows.Err()
}

// Reviewer returns who has a name and was not removed.
func (db *DB) Reviewer(ctx context.Context, name string) (Reviewer, error) {
	var r Reviewer
	err := db.r.QueryRowContext(ctx, "SELECT name, role, password, made_at, removed, factor, factor_begun FROM reviewer WHERE name = ? AND removed = ''", name).Scan(
		&r.Name, &r.Role, &r.Password, &r.MadeAt, &r.Removed, &r.Factor, &r.FactorBegun)
	if errors.Is(err, sql.ErrNoRows) {
		return r, fmt.Errorf("reviewer %s: %w", name, ErrNotFound)
	}
	if err != nil {
		return r, fmt.Errorf("read reviewer %s: %w", name, err)
	}
	return r, nil
}

// Session is one signed-in browser.
type Session struct {
	Key      string // SessionKey of its token
	Reviewer string
	MadeAt   string // RFC 3339, UTC
	Until    string
	Agent    string // what the browser says it is
}

// SessionKey is the digest of a session's token: it names the session in lists without giving it away.
func SessionKey(token string) string {
	digest := sha256.Sum256([]byte(token))
	return hex.EncodeToString(digest[:])
}

// SaveSession remembers a signed-in browser, and forgets the sessions that have ended.
func (db *DB) SaveSession(ctx context.Context, token, reviewer, agent string, until time.Time) error {
	return db.write(ctx, "save session", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM session WHERE until < ?", db.now()); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO session (token, reviewer, made_at, until, agent) VALUES (?, ?, ?, ?, ?)",
			SessionKey(token), reviewer, db.now(), stamp(until), agent)
		return err
	})
}

// SessionReviewer returns who is signed in with a token; ErrNotFound when nobody is.
func (db *DB) SessionReviewer(ctx context.Context, token string) (Reviewer, error) {
	var name string
	err := db.r.QueryRowContext(ctx, "SELECT reviewer FROM session WHERE token = ? AND until >= ?", SessionKey(token), db.now()).Scan(&name)
	if errors.Is(err, sql.ErrNoRows) {
		return Reviewer{}, fmt.Errorf("session: %w", ErrNotFound)
	}
	if err != nil {
		return Reviewer{}, fmt.Errorf("read session: %w", err)
	}
	return db.Reviewer(ctx, name)
}

// Sessions lists the sessions of a reviewer, the latest first.
func (db *DB) Sessions(ctx context.Context, reviewer string) ([]Session, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT token, reviewer, made_at, until, agent FROM session WHERE reviewer = ? AND until >= ? ORDER BY made_at DESC, token",
		reviewer, db.now())
	if err != nil {
		return nil, fmt.Errorf("list sessions: %w", err)
	}
	defer rows.Close()
	var all []Session
	for rows.Next() {
		var s Session
		if err := rows.Scan(&s.Key, &s.Reviewer, &s.MadeAt, &s.Until, &s.Agent); err != nil {
			return nil, fmt.Errorf("read session: %w", err)
		}
		all = append(all, s)
	}
	return all, rows.Err()
}

// EndSession signs a browser out by its token.
func (db *DB) EndSession(ctx context.Context, token string) error {
	return db.write(ctx, "end session", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM session WHERE token = ?", SessionKey(token))
		return err
	})
}

// RevokeSession signs a browser out by the key that Sessions lists.
func (db *DB) RevokeSession(ctx context.Context, reviewer, key string) error {
	return db.write(ctx, "revoke session", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM session WHERE token = ? AND reviewer = ?", key, reviewer)
		return err
	})
}

// SavedView is a filter of the queue under a name.
type SavedView struct {
	ID       int64
	Reviewer string
	Name     string
	Query    string // of the queue's address
	Feed     bool   // it can be followed by a token
}

// ErrTakenView is returned when the reviewer has another view of the name.
var ErrTakenView = errors.New("there is another view of this name")

// SaveView keeps a view under its name. ErrTakenView when one with other filters has it: a feed may
// follow that one.
func (db *DB) SaveView(ctx context.Context, v SavedView) error {
	return db.write(ctx, "save view "+v.Name, func(tx *sql.Tx) error {
		var query string
		err := tx.QueryRowContext(ctx, "SELECT query FROM saved_view WHERE reviewer = ? AND name = ?", v.Reviewer, v.Name).Scan(&query)
		switch {
		case err == nil && query != v.Query:
			return ErrTakenView
		case err == nil:
			return nil
		case !errors.Is(err, sql.ErrNoRows):
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO saved_view (reviewer, name, query) VALUES (?, ?, ?)", v.Reviewer, v.Name, v.Query)
		return err
	})
}

// DropView forgets a view.
func (db *DB) DropView(ctx context.Context, reviewer string, id int64) error {
	return db.write(ctx, "drop view", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM saved_view WHERE id = ? AND reviewer = ?", id, reviewer)
		return err
	})
}

// Views lists a reviewer's views by name.
func (db *DB) Views(ctx context.Context, reviewer string) ([]SavedView, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT id, reviewer, name, query, feed <> '' FROM saved_view WHERE reviewer = ? ORDER BY name", reviewer)
	if err != nil {
		return nil, fmt.Errorf("list views: %w", err)
	}
	defer rows.Close()
	var all []SavedView
	for rows.Next() {
		var v SavedView
		if err := rows.Scan(&v.ID, &v.Reviewer, &v.Name, &v.Query, &v.Feed); err != nil {
			return nil, fmt.Errorf("read view: %w", err)
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

// SetFeed lets a view be followed by whoever knows the token whose SHA-256 this is, and by nobody
// else any more; "" ends it.
func (db *DB) SetFeed(ctx context.Context, reviewer string, id int64, hash string) error {
	return db.write(ctx, "set the feed of a view", func(tx *sql.Tx) error {
		row, err := tx.ExecContext(ctx, "UPDATE saved_view SET feed = ? WHERE id = ? AND reviewer = ?", hash, id, reviewer)
		if err != nil {
			return err
		}
		if n, err := row.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, fmt.Errorf("view %d of %s: %w", id, reviewer, ErrNotFound))
		}
		return nil
	})
}

// ViewOfFeed returns the view that a token opens, by its SHA-256. The views of people who were
// removed are no longer followed.
func (db *DB) ViewOfFeed(ctx context.Context, hash string) (SavedView, error) {
	var v SavedView
	err := db.r.QueryRowContext(ctx, `SELECT v.id, v.reviewer, v.name, v.query FROM saved_view v LEFT JOIN reviewer r ON r.name = v.reviewer
		WHERE v.feed = ? AND v.feed <> '' AND coalesce(r.removed, '') = ''`, hash).Scan(&v.ID, &v.Reviewer, &v.Name, &v.Query)
	if errors.Is(err, sql.ErrNoRows) {
		return v, fmt.Errorf("feed: %w", ErrNotFound)
	}
	if err != nil {
		return v, fmt.Errorf("look up a feed: %w", err)
	}
	v.Feed = true
	return v, nil
}

package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"
)

// Token is somebody's right to read over the API.
type Token struct {
	Name    string
	Private bool   // what is private too
	MadeAt  string // RFC 3339, UTC
	Until   string // ISO day of the last use allowed; "" without end
	Removed string // when; "" while it is good
	UsedAt  string // ISO day of the last use; "" when it was not used
}

func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// MakeToken makes a token and returns it: it cannot be had again. A name that is taken gives
// ErrMadeAlready.
func (db *DB) MakeToken(ctx context.Context, t Token) (string, error) {
	token := "ctrd_" + rand.Text()
	err := db.write(ctx, "make token "+t.Name, func(tx *sql.Tx) error {
		row, err := tx.ExecContext(ctx, "INSERT INTO api_token (name, hash, private, made_at, until) VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING",
			t.Name, tokenHash(token), t.Private, db.now(), t.Until)
		if err != nil {
			return err
		}
		if n, err := row.RowsAffected(); err != nil || n == 0 {
			return errors.Join(ErrMadeAlready, err)
		}
		return nil
	})
	return token, err
}

// RemoveToken ends a token. Its name stays taken.
func (db *DB) RemoveToken(ctx context.Context, name string) error {
	return db.write(ctx, "remove token "+name, func(tx *sql.Tx) error {
		row, err := tx.ExecContext(ctx, "UPDATE api_token SET removed = ?, hash = 'removed ' || name WHERE name = ? AND removed = ''", db.now(), name)
		if err != nil {
			return err
		}
		if n, err := row.RowsAffected(); err != nil || n == 0 {
			return errors.Join(ErrNotFound, err)
		}
		return nil
	})
}

// Tokens lists all, by name.
func (db *DB) Tokens(ctx context.Context) ([]Token, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT name, private, made_at, until, removed, used_at FROM api_token ORDER BY name")
	if err != nil {
		return nil, fmt.Errorf("list tokens: %w", err)
	}
	defer rows.Close()
	var all []Token
	for rows.Next() {
		var t Token
		if err := rows.Scan(&t.Name, &t.Private, &t.MadeAt, &t.Until, &t.Removed, &t.UsedAt); err != nil {
			return nil, fmt.Errorf("read token: %w", err)
		}
		all = append(all, t)
	}
	return all, rows.Err()
}

// TokenHolder returns whose token this is; ErrNotFound when it is nobody's, or no longer good.
func (db *DB) TokenHolder(ctx context.Context, token string) (Token, error) {
	var t Token
	err := db.r.QueryRowContext(ctx, "SELECT name, private, made_at, until, used_at FROM api_token WHERE hash = ? AND removed = ''", tokenHash(token)).Scan(
		&t.Name, &t.Private, &t.MadeAt, &t.Until, &t.UsedAt)
	today := db.Now().UTC().Format(time.DateOnly)
	if errors.Is(err, sql.ErrNoRows) || err == nil && t.Until != "" && today > t.Until {
		return Token{}, fmt.Errorf("token: %w", ErrNotFound)
	}
	if err != nil {
		return Token{}, fmt.Errorf("find token: %w", err)
	}
	if t.UsedAt != today { // one write a day
		err = db.write(ctx, "note the use of token "+t.Name, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, "UPDATE api_token SET used_at = ? WHERE name = ?", today, t.Name)
			return err
		})
	}
	return t, err
}

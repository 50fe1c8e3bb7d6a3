// Package store keeps everything in one SQLite file, and searches it: snapshots, readings,
// claims, links, verdicts and the work that is left to do. It is the only place with SQL.
// It decides nothing: what a claim or a contradiction is, packages claims and document say.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	_ "github.com/mattn/go-sqlite3" // the driver « sqlite3 »
)

// applicationID marks the file as contredit's (« ctrd »), so that another program's
// database is never migrated by mistake.
const applicationID = 0x63747264

// ErrNotFound is returned when what was asked for by its key is not in the store.
var ErrNotFound = errors.New("not in the store")

// ErrNewerSchema is returned by Open when a later contredit wrote the file.
var ErrNewerSchema = errors.New("the database was written by a later version of contredit")

// ErrEmptyFile is returned by Open when the file is there and holds nothing: what it held is lost, and must not
// become a new database in silence.
var ErrEmptyFile = errors.New("the database file is empty (0 bytes)")

// ErrNoFTS5 is returned by Open when the program was built without full-text search.
var ErrNoFTS5 = errors.New("this program was built without SQLite's full-text search (build with -tags sqlite_fts5)")

// DB is an open database. Its methods may be called from several goroutines: writes wait
// for one another, reads do not wait.
type DB struct {
	Now  func() time.Time // clock of every stored time
	path string
	w    *sql.DB
	r    *sql.DB

	lease *Lease // of the item that all writes are for; nil for none
}

// Open opens the database at path, makes it when it is absent, and brings its schema up to
// date.
func Open(ctx context.Context, path string) (*DB, error) {
	if dir := filepath.Dir(path); dir != "." {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("make the folder of the database %s: %w", path, err)
		}
	}
	switch info, err := os.Stat(path); {
	case errors.Is(err, fs.ErrNotExist):
		if err := makeFile(ctx, path); err != nil {
			return nil, fmt.Errorf("make database %s: %w", path, err)
		}
	case err == nil && info.Mode().IsRegular() && info.Size() == 0:
		return nil, fmt.Errorf("open database %s: %w", path, ErrEmptyFile)
	}
	w, err := sql.Open("sqlite3", dsn(path, false))
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	// One writer: readers then upgrade nothing and « database is locked » cannot happen inside.
	w.SetMaxOpenConns(1)
	db := &DB{Now: time.Now, path: path, w: w}
	if err := db.prepare(ctx); err != nil {
		w.Close()
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	r, err := sql.Open("sqlite3", dsn(path, true))
	if err != nil {
		w.Close()
		return nil, fmt.Errorf("open database %s for reading: %w", path, err)
	}
	r.SetMaxOpenConns(4)
	db.r = r
	return db, nil
}

// makeFile makes a database without tables. It appears under its name with its first page: killed anywhere, no
// empty file is left that would look like a lost one.
func makeFile(ctx context.Context, path string) (err error) {
	// SQLite makes files that everybody may read; those beside it take the mode of the first.
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".begun-")
	if err != nil {
		return err
	}
	defer func() {
		if gone := os.Remove(file.Name()); !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}()
	if err := file.Close(); err != nil {
		return err
	}
	db, err := sql.Open("sqlite3", dsn(file.Name(), false))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	// Connecting sets the log's mode, which writes the first page.
	if err := errors.Join(db.PingContext(ctx), db.Close()); err != nil {
		return err
	}
	if err := os.Link(file.Name(), path); err == nil || errors.Is(err, fs.ErrExist) {
		return nil // another process may have made it meanwhile
	}
	return os.Rename(file.Name(), path) // a file system without links
}

// dsn builds the only data source name in the program: go-sqlite3 accepts misspelt options
// in silence and ignores mode=ro without the « file: » prefix.
func dsn(path string, readOnly bool) string {
	options := url.Values{
		"_foreign_keys": {"1"},
		"_journal_mode": {"WAL"},
		"_busy_timeout": {"10000"},
		"_synchronous":  {"NORMAL"},
		// In KiB, for one connection that writes and four that read: 64 MB each were a third of a GB on
		// a server that has one. What falls out is still in the system's own cache.
		"_cache_size": {"-24576"},
		// A fifth of a crawl's time went into preparing the same few statements again.
		"_stmt_cache_size": {"64"},
	}
	if readOnly {
		options.Set("mode", "ro")
		options.Set("_cache_size", "-8192")
		options.Set("_query_only", "1")
	} else {
		options.Set("_txlock", "immediate")
		// What a person had erased must not stand on in free pages.
		options.Set("_secure_delete", "on")
	}
	escaped := strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
	return "file:" + escaped + "?" + options.Encode()
}

// prepare checks that the pragmas took, that full-text search is there, and migrates.
func (db *DB) prepare(ctx context.Context) error {
	for pragma, want := range map[string]string{"foreign_keys": "1", "journal_mode": "wal"} {
		var got string
		if err := db.w.QueryRowContext(ctx, "PRAGMA "+pragma).Scan(&got); err != nil {
			return fmt.Errorf("read pragma %s: %w", pragma, err)
		}
		if got != want {
			return fmt.Errorf("pragma %s is %q, want %q: the file system may not support it", pragma, got, want)
		}
	}
	var fts int
	if err := db.w.QueryRowContext(ctx, "SELECT count(*) FROM pragma_module_list WHERE name = 'fts5'").Scan(&fts); err != nil {
		return fmt.Errorf("look for full-text search: %w", err)
	}
	if fts == 0 {
		return ErrNoFTS5
	}
	if err := db.migrate(ctx); err != nil {
		return err
	}
	return db.startJournal(ctx)
}

// Path is where the database file stands.
func (db *DB) Path() string { return db.path }

// Close ends all use of the database.
func (db *DB) Close() error {
	err := db.r.Close()
	return errors.Join(err, db.w.Close())
}

// write runs f in one transaction: all of it is kept, or nothing.
func (db *DB) write(ctx context.Context, what string, f func(tx *sql.Tx) error) error {
	tx, err := db.w.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("%s: begin: %w", what, err)
	}
	err = db.stillHeld(ctx, tx)
	if err == nil {
		err = f(tx)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", what, errors.Join(err, rollback(tx)))
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("%s: commit: %w", what, err)
	}
	return nil
}

func rollback(tx *sql.Tx) error {
	if err := tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) {
		return fmt.Errorf("roll back: %w", err)
	}
	return nil
}

// now is the stored form of the present: RFC 3339 in UTC, seconds, fixed width, so that
// text order is time order.
func (db *DB) now() string { return stamp(db.Now()) }

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

func parseStamp(s string) time.Time {
	t, err := time.Parse("2006-01-02T15:04:05Z", s)
	if err != nil {
		return time.Time{}
	}
	return t
}

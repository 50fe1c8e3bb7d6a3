package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// ErrExists is returned by Backup when the file to write is already there.
var ErrExists = errors.New("the file exists already")

// Backup writes a whole copy of the database to path while others read and write. The copy
// appears under its name only when it is complete.
func (db *DB) Backup(ctx context.Context, path string) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("back up to %s: %w", path, ErrExists)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("back up to %s: %w", path, err)
	}
	next := path + ".new"
	if err := os.Remove(next); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("back up: remove what an earlier try left: %w", err)
	}
	// The reader connections are read-only by pragma, which VACUUM INTO respects.
	if _, err := db.w.ExecContext(ctx, "VACUUM INTO ?", next); err != nil {
		return fmt.Errorf("back up to %s: %w", path, err)
	}
	if err := os.Chmod(next, 0o600); err != nil {
		return fmt.Errorf("back up to %s: %w", path, err)
	}
	file, err := os.Open(next)
	if err != nil {
		return fmt.Errorf("back up to %s: %w", path, err)
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return fmt.Errorf("back up to %s: %w", path, err)
	}
	if err := os.Rename(next, path); err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	return nil
}

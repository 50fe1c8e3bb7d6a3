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
// appears under its name only when it is complete; its owner alone can read it, also while it is written.
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
	if err := db.copyTo(ctx, next); err != nil {
		if gone := os.Remove(next); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
		return fmt.Errorf("back up to %s: %w", path, err)
	}
	if err := os.Rename(next, path); err != nil {
		return fmt.Errorf("back up: %w", errors.Join(err, os.Remove(next)))
	}
	return nil
}

// copyTo writes a copy into a new file, and has it reach the disk.
func (db *DB) copyTo(ctx context.Context, next string) error {
	// VACUUM INTO makes files that everybody may read, and takes an empty one as it is.
	file, err := os.OpenFile(next, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	// The reader connections are read-only by pragma, which VACUUM INTO respects.
	if _, err := db.w.ExecContext(ctx, "VACUUM INTO ?", next); err != nil {
		return errors.Join(err, file.Close())
	}
	return errors.Join(file.Sync(), file.Close())
}

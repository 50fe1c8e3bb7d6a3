package store_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"contredit/store"
)

// TestBackupIsItsOwnersAlone holds that nobody else can read a copy while it is written, and that one that fails
// leaves nothing.
func TestBackupIsItsOwnersAlone(t *testing.T) {
	dir := t.TempDir()
	db, err := store.Open(t.Context(), filepath.Join(dir, "contredit.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	path := filepath.Join(dir, "copie.db")
	watch := make(chan fs.FileMode)
	stop := make(chan struct{})
	go func() {
		var seen fs.FileMode
		for {
			if info, err := os.Stat(path + ".new"); err == nil {
				seen |= info.Mode().Perm()
			}
			select {
			case <-stop:
				watch <- seen
				return
			default:
			}
		}
	}()
	for range 5 {
		if err := errors.Join(db.Backup(t.Context(), path), os.Remove(path)); err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	if seen := <-watch; seen&0o077 != 0 {
		t.Errorf("the half copy was seen with mode %o", seen)
	}
	ctx, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()
	if err := db.Backup(ctx, path); err == nil {
		t.Fatal("want the copy to fail")
	}
	if _, err := os.Stat(path + ".new"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what is left of a copy that failed: %v", err)
	}
}

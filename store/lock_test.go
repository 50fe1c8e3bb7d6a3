package store_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"contredit/store"
)

func TestLockNamesItsOwnerAndEndsWhenReleased(t *testing.T) {
	path := filepath.Join(t.TempDir(), "contredit.db")
	first, err := store.LockFile(path, day)
	if err != nil {
		t.Fatal(err)
	}
	_, err = store.LockFile(path, day)
	if want := fmt.Sprintf("process %d since 2026-03-02T08:00:00Z", os.Getpid()); !errors.Is(err, store.ErrLocked) || !strings.Contains(err.Error(), want) {
		t.Errorf("a second lock = %v, want ErrLocked by %q", err, want)
	}
	if err := first.Release(); err != nil {
		t.Fatal(err)
	}
	second, err := store.LockFile(path, day)
	if err != nil {
		t.Fatalf("after the release: %v", err)
	}
	if err := second.Release(); err != nil {
		t.Fatal(err)
	}
}

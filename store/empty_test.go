package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"contredit/store"
)

// TestEmptyFileIsNoNewDatabase holds that a file of 0 bytes, which was something before, is refused and stays, and
// that a new database leaves nothing else in its folder.
func TestEmptyFileIsNoNewDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "contredit.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), path); !errors.Is(err, store.ErrEmptyFile) {
		t.Fatalf("got %v, want it refused", err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() != 0 {
		t.Errorf("%v, %v: want the file as it was", info, err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v: want a file that its owner alone reads", info, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(files) != 1 {
		t.Errorf("files %v, %v: want the database alone", files, err)
	}
}

package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"contredit/store"
)

// backupWork is what the daemon backs up with, on a clock of the test's own.
func backupWork(t *testing.T, keep int) (*work, *time.Time) {
	t.Helper()
	dir := t.TempDir()
	db, err := store.Open(context.Background(), filepath.Join(dir, "contredit.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	now := time.Date(2026, 10, 20, 1, 0, 0, 0, time.UTC)
	db.Now = func() time.Time { return now }
	c := defaultConfig()
	c.path = filepath.Join(dir, "contredit.toml")
	c.Instance.Database = db.Path()
	c.Backup = backupConfig{Folder: "copies", Schedule: "30 2 * * *", Keep: keep}
	return &work{config: &c, db: db, t: terminal{err: io.Discard}, logger: slog.New(slog.DiscardHandler)}, &now
}

func TestBackupsRotate(t *testing.T) {
	w, now := backupWork(t, 3)
	folder := w.config.resolve("copies")
	foreign := []string{"contredit-2020-01-01-000000.db.txt", "precieux.db"}
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range foreign {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	days := map[string]int{}
	// Half hours over ten days, the hour that comes twice (25 October) among them.
	for range 10 * 48 {
		path, err := w.backUpDue(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if path != "" {
			days[now.In(w.config.Instance.TimeZone.location()).Format(time.DateOnly)]++
		}
		*now = now.Add(30 * time.Minute)
	}
	for day, n := range days {
		if n != 1 {
			t.Errorf("%d backups on %s, want 1", n, day)
		}
	}
	if len(days) != 10 {
		t.Errorf("backups on %d days, want 10: %v", len(days), days)
	}
	kept, err := backups(folder)
	if err != nil || len(kept) != 3 {
		t.Errorf("kept %v, %v; want 3", kept, err)
	}
	for _, name := range foreign {
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
			t.Errorf("what is not the daemon's own: %v", err)
		}
	}
	if err := checkBackup(context.Background(), w.t, filepath.Join(folder, kept[2])); err != nil {
		t.Errorf("the newest backup does not verify: %v", err)
	}
}

func TestBackupThatFailsCostsNoOtherBackup(t *testing.T) {
	w, now := backupWork(t, 1)
	if _, err := w.backUpDue(context.Background()); err != nil {
		t.Fatal(err)
	}
	folder := w.config.resolve("copies")
	before, err := backups(folder)
	if err != nil {
		t.Fatal(err)
	}
	*now = now.Add(24 * time.Hour)
	// A file of the name of the next one stands for whatever keeps a copy from being written.
	taken := filepath.Join(folder, now.Format(backupStamp)+".new")
	if err := errors.Join(os.Mkdir(taken, 0o700), os.WriteFile(filepath.Join(taken, "x"), nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	if _, err := w.backUpDue(context.Background()); err == nil {
		t.Fatal("want the copy to fail")
	}
	if after, err := backups(folder); err != nil || !slices.Equal(before, after) {
		t.Errorf("backups = %v, %v; want %v", after, err, before)
	}
}

func TestDoctorSpeaksOfBackups(t *testing.T) {
	w, now := backupWork(t, 2)
	if f := examineBackups(w.config, backupState{}, *now); !f.warn || f.bad == "" {
		t.Errorf("without a copy: %+v", f)
	}
	if _, err := w.backUpDue(context.Background()); err != nil {
		t.Fatal(err)
	}
	if f := examineBackups(w.config, backupState{}, *now); !f.warn || !strings.Contains(f.bad, "même disque") || f.mend == "" {
		t.Errorf("with a fresh copy beside the database, as when a disk is not mounted: %+v", f)
	}
	if sameDisk(w.config.resolve("not/yet"), "/proc") || !sameDisk(w.config.resolve("not/yet"), w.config.resolve("copies")) {
		t.Error("a folder that is not there yet stands where the one above it does")
	}
	if f := examineBackups(w.config, backupState{}, now.AddDate(0, 0, 3)); f.bad == "" || f.warn || f.mend == "" {
		t.Errorf("with a copy three days old: %+v", f)
	}
	w.config.Backup.Folder = ""
	if f := examineBackups(w.config, backupState{}, *now); !f.warn || f.mend == "" {
		t.Errorf("without [backup]: %+v", f)
	}
	if _, err := os.Stat(w.config.resolve("copies")); errors.Is(err, fs.ErrNotExist) {
		t.Error("the folder is gone")
	}
}

// TestClockThatJumps: neither a year in a second nor a step back makes many copies, or none ever.
func TestClockThatJumps(t *testing.T) {
	for name, jump := range map[string]time.Duration{"AYearAhead": 365 * 24 * time.Hour, "AMonthBack": -30 * 24 * time.Hour} {
		t.Run(name, func(t *testing.T) {
			w, now := backupWork(t, 5)
			made := 0
			for i := range 10 {
				if i == 1 {
					*now = now.Add(jump)
				}
				path, err := w.backUpDue(context.Background())
				if err != nil {
					t.Fatal(err)
				}
				if path != "" {
					made++
				}
				*now = now.Add(time.Second)
			}
			if made != 2 {
				t.Errorf("%d copies, want one before the jump and one after it", made)
			}
		})
	}
}

// TestBackupThatFailsIsTold holds that copies that never worked do not look fresh, and that doctor and status say
// why the last one failed, until one is made.
func TestBackupThatFailsIsTold(t *testing.T) {
	w, now := backupWork(t, 2)
	folder := w.config.resolve("copies")
	if err := os.WriteFile(folder, nil, 0o600); err != nil { // a file where the folder should be
		t.Fatal(err)
	}
	for range 3 {
		if _, err := w.backUpDue(t.Context()); err == nil {
			t.Fatal("want the copy to fail")
		}
		*now = now.Add(24 * time.Hour)
	}
	if err := os.Remove(folder); err != nil {
		t.Fatal(err)
	}
	state, err := backupStateOf(t.Context(), w.db)
	if err != nil {
		t.Fatal(err)
	}
	if age, err := backupAge(folder, state, *now, *now); err != nil || age != 72*time.Hour {
		t.Errorf("age = %v, %v; want the three days since the first try", age, err)
	}
	if age, err := backupAge(folder, backupState{}, now.Add(-time.Minute), *now); err != nil || age != time.Minute {
		t.Errorf("age before the first try = %v, %v; want the time since the start", age, err)
	}
	if f := examineBackups(w.config, state, *now); f.bad == "" || f.warn || !strings.Contains(f.bad, "list backups") {
		t.Errorf("doctor: %+v; want why the last copy failed", f)
	}
	said := func() string {
		var out bytes.Buffer
		if err := sayBackups(t.Context(), terminal{out: &out}, w.db, w.config, *now); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	if text := said(); !strings.Contains(text, "aucune encore") || !strings.Contains(text, "a échoué") {
		t.Errorf("status says %q", text)
	}
	if _, err := w.backUpDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if text := said(); !strings.Contains(text, "la dernière du") || strings.Contains(text, "échoué") {
		t.Errorf("status says %q after a copy was made", text)
	}
}

// TestHalfBackupsAreRemoved holds that what a killed process left goes at the next copy, and what is being written stays.
func TestHalfBackupsAreRemoved(t *testing.T) {
	w, _ := backupWork(t, 2)
	folder := w.config.resolve("copies")
	half, fresh := filepath.Join(folder, "contredit-2026-10-01-014000.db.new"), filepath.Join(folder, "contredit-2026-10-02-014000.db.new")
	if err := errors.Join(os.Mkdir(folder, 0o700), os.WriteFile(half, nil, 0o600), os.WriteFile(fresh, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-2 * halfBackupAge)
	if err := os.Chtimes(half, old, old); err != nil {
		t.Fatal(err)
	}
	if _, err := w.backUpDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(half); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("half a backup: %v", err)
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Errorf("one that is being written: %v", err)
	}
}

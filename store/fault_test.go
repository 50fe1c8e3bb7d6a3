package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"contredit/store"
)

// execute runs SQL on a database file behind the store's back.
func execute(t *testing.T, path, query string) {
	t.Helper()
	raw, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.Exec(query); err != nil {
		t.Fatal(err)
	}
}

// TestNewerSchemaIsLeftAlone: an older program must not touch what a later one wrote.
func TestNewerSchemaIsLeftAlone(t *testing.T) {
	path := filledDatabase(t)
	execute(t, path, "PRAGMA user_version = 9999")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(context.Background(), path); !errors.Is(err, store.ErrNewerSchema) || !strings.Contains(err.Error(), "schema 9999") {
		t.Errorf("open = %v, want ErrNewerSchema with both numbers", err)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file was changed (%v)", err)
	}
}

func TestFileThatIsNoDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "contredit.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("Bonjour. ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(context.Background(), path); store.TroubleOf(err) != store.Corrupt {
		t.Errorf("open = %v, want it told that this is no database", err)
	}
}

func TestDatabaseOfAnotherProgramIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "other.db")
	execute(t, path, "CREATE TABLE precious (x); PRAGMA application_id = 7; PRAGMA user_version = 3")
	if _, err := store.Open(context.Background(), path); err == nil || !strings.Contains(err.Error(), "another program") {
		t.Errorf("open = %v, want it refused as another program's", err)
	}
}

// TestReadOnlyFile opens a database that cannot be written: the error names the file, and the
// file stays as it was.
func TestReadOnlyFile(t *testing.T) {
	filled := filledDatabase(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "contredit.db")
	seal := func() error { return errors.Join(os.Chmod(path, 0o400), os.Chmod(dir, 0o500)) }
	if os.Geteuid() == 0 { // whom file modes do not stop
		if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=8m"); err != nil {
			t.Skipf("run as root, and nothing can be mounted read-only here: %v", err)
		}
		t.Cleanup(func() { _ = syscall.Unmount(dir, 0) })
		seal = func() error { return syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, "") }
	} else {
		t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
	}
	before, err := os.ReadFile(filled)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.WriteFile(path, before, 0o600), seal()); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(context.Background(), path)
	if err == nil {
		err = db.Ping(context.Background())
		db.Close()
	}
	if store.TroubleOf(err) != store.Unwritable || !strings.Contains(err.Error(), path) {
		t.Errorf("error = %v, want one that names the file", err)
	} else {
		t.Logf("said: %v", err)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file was changed (%v)", err)
	}
}

// TestCorruptPageIsNamed overwrites one page after another: what cannot be read is an error or a
// fault, never a panic and never silence where content was lost.
func TestCorruptPageIsNamed(t *testing.T) {
	whole, err := os.ReadFile(filledDatabase(t))
	if err != nil {
		t.Fatal(err)
	}
	const page = 4096
	rng := rand.New(rand.NewSource(1))
	loud := 0
	for n := 1; n < len(whole)/page; n++ {
		path := filepath.Join(t.TempDir(), "broken.db")
		broken := bytes.Clone(whole)
		rng.Read(broken[n*page : (n+1)*page])
		if err := os.WriteFile(path, broken, 0o600); err != nil {
			t.Fatal(err)
		}
		faults := 0
		db, err := store.Open(context.Background(), path)
		if err == nil {
			_, err = db.Check(context.Background(), func(store.Fault) { faults++ })
			db.Close()
		}
		if err == nil && faults == 0 {
			t.Errorf("page %d is noise, and nothing was said", n+1)
		} else {
			loud++
		}
	}
	t.Logf("%d pages broken, %d told", len(whole)/page-1, loud)
}

// TestDiskThatFills writes into a file system of two megabytes until nothing fits: the write
// fails with a reason, what was written before is whole, and goes on once there is room.
func TestDiskThatFills(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=2m"); err != nil {
		t.Skipf("no small file system can be mounted here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, 0) })
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 300<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	path := filepath.Join(dir, "contredit.db")
	db, err := store.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewSource(1))
	noise := make([]byte, 40<<10)
	kept := 0
	for ; kept < 200; kept++ {
		rng.Read(noise) // does not compress
		if _, err = saveSnapshot(ctx, db, fmt.Sprintf("https://exemple.test/%d", kept), noise); err != nil {
			break
		}
	}
	if store.TroubleOf(err) != store.DiskFull {
		t.Fatalf("after %d documents: %v, want the disk to be full", kept, err)
	}
	if err := db.Backup(ctx, filepath.Join(dir, "copy.db")); err == nil {
		t.Error("a backup fitted on a full disk")
	}
	if _, err := os.Stat(filepath.Join(dir, "copy.db")); err == nil {
		t.Error("half a backup stands under its name")
	}
	db.Close() // cannot empty its log on a full disk, which is no harm
	_ = os.Remove(filepath.Join(dir, "copy.db.new"))
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	db, err = store.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	faults := 0
	done, err := db.Check(ctx, func(store.Fault) { faults++ })
	if err != nil || faults > 0 || done.Contents != kept {
		t.Errorf("after the full disk: %d contents, %d faults, %v; want %d, 0", done.Contents, faults, err, kept)
	}
	if _, err := saveSnapshot(ctx, db, "https://exemple.test/again", []byte("court")); err != nil {
		t.Errorf("with room again: %v", err)
	}
	t.Logf("full after %d documents", kept)
}

// migrateEnv turns this test program into one that opens a database and ends.
const migrateEnv = "CONTREDIT_TEST_MIGRATE"

func TestMain(m *testing.M) {
	if path := os.Getenv(migrateEnv); path != "" {
		db, err := store.Open(context.Background(), path)
		if err == nil {
			err = db.Close()
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// TestKillInAMigration kills a process at random moments while it brings an old database up to date.
func TestKillInAMigration(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	run := func(path string) *exec.Cmd {
		c := exec.Command(program)
		c.Env = append(os.Environ(), migrateEnv+"="+path)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		return c
	}
	const old = "testdata/schema-0003.db"
	path := copyOf(t, old)
	start := time.Now()
	if err := run(path).Wait(); err != nil {
		t.Fatal(err)
	}
	whole := time.Since(start)
	rng := rand.New(rand.NewSource(1))
	killed := 0
	versions := map[int]int{}
	for range 40 {
		path := copyOf(t, old)
		c := run(path)
		time.Sleep(time.Duration(rng.Int63n(int64(whole))))
		_ = c.Process.Kill() // it may have ended by itself
		if c.Wait() != nil {
			killed++
		}
		versions[schemaOf(t, path)]++
		holdsWhatItHeld(t, path)
	}
	if killed == 0 {
		t.Error("nothing was killed: this test shows nothing")
	}
	t.Logf("killed %d times of 40; schemas left behind: %v", killed, versions)
}

func schemaOf(t *testing.T, path string) (version int) {
	t.Helper()
	raw, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if err := raw.QueryRow("PRAGMA user_version").Scan(&version); err != nil {
		t.Fatal(err)
	}
	return version
}

// copyOf copies a stored database to a folder of the test's own.
func copyOf(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "contredit.db")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

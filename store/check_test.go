package store_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"contredit/claims"
	"contredit/store"
)

// check returns the faults of the database at path.
func check(t *testing.T, path string) (store.Checked, string) {
	t.Helper()
	db, err := store.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var faults []string
	done, err := db.Check(context.Background(), func(f store.Fault) { faults = append(faults, f.Subject+": "+f.Text) })
	if err != nil {
		t.Fatal(err)
	}
	return done, strings.Join(faults, "\n")
}

// filledDatabase makes a database with one document, its reading and a claim, and closes it.
func filledDatabase(t *testing.T) string {
	t.Helper()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "contredit.db")
	db, err := store.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	const text = "Le comité a été consulté."
	kept := mustSave(t, db, "https://exemple.test/a", text)
	if err := db.SaveReading(ctx, kept.Snapshot, "1", reading(text)); err != nil {
		t.Fatal(err)
	}
	c := claims.Claim{ID: "c1", URL: "https://exemple.test/a", Quote: text, Span: claims.Span{End: len(text)}, Worth: true}
	if err := db.SaveExtraction(ctx, kept.Document, kept.Snapshot, []claims.Claim{c}, nil); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCheckNamesWhatWasChangedBehindItsBack(t *testing.T) {
	for name, c := range map[string]struct{ change, want string }{
		"Nothing": {"SELECT 1", ""},
		"Bytes":   {"UPDATE content SET packed = zeroblob(8)", "octets"},
		"Quote":   {"UPDATE claim SET quote = quote || ' !'", "là où la citation dit"},
		"Place":   {"UPDATE claim SET stop = 100000", "hors du texte"},
		"Orphan":  {"PRAGMA foreign_keys = 0; UPDATE claim SET document = 999", "foreign_key_check"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filledDatabase(t)
			raw, err := sql.Open("sqlite3", "file:"+path)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := raw.Exec(c.change); err != nil {
				t.Fatal(err)
			}
			if err := raw.Close(); err != nil {
				t.Fatal(err)
			}
			done, faults := check(t, path)
			if done.Claims == 0 || done.Contents == 0 {
				t.Fatalf("checked %+v, want claims and contents", done)
			}
			if (c.want == "") != (faults == "") || !strings.Contains(faults, c.want) {
				t.Errorf("faults = %q, want %q", faults, c.want)
			}
		})
	}
}

func TestBackupIsWholeAndNeverOverwrites(t *testing.T) {
	path := filledDatabase(t)
	db, err := store.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	copied := filepath.Join(t.TempDir(), "copy.db")
	if err := db.Backup(context.Background(), copied); err != nil {
		t.Fatal(err)
	}
	done, faults := check(t, copied)
	if faults != "" || done.Claims == 0 {
		t.Errorf("the copy holds %+v with faults %q", done, faults)
	}
	if err := db.Backup(context.Background(), copied); !errors.Is(err, store.ErrExists) {
		t.Errorf("a second backup to the same file = %v, want ErrExists", err)
	}
}

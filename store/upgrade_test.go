package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"contredit/claims"
	"contredit/store"
)

// holdsWhatItHeld checks what every database under testdata holds: two documents, a claim and a pair
// that a person confirmed, made by the program of its day.
func holdsWhatItHeld(t *testing.T, path string) {
	t.Helper()
	ctx := context.Background()
	db, err := store.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	counts, err := db.Count(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if counts.Documents["record"] != 1 || counts.Documents["statement"] != 1 || counts.Claims < 1 || counts.Verdicts != 1 ||
		counts.Flags[string(claims.StatusConfirmed)] != 1 {
		t.Errorf("counts = %+v", counts)
	}
	var faults []string
	done, err := db.Check(ctx, func(f store.Fault) { faults = append(faults, f.Subject+": "+f.Text) })
	if err != nil || len(faults) > 0 || done.Contents != 2 || done.Links < 1 {
		t.Errorf("check = %+v, %v\n%s", done, err, strings.Join(faults, "\n"))
	}
}

// TestOldDatabasesGoForward opens a database of every schema that was used, made by the program
// of its day, and holds that nothing in it is lost and that it ends where a new one begins.
func TestOldDatabasesGoForward(t *testing.T) {
	old, err := filepath.Glob("testdata/schema-*.db")
	if err != nil || len(old) < 3 {
		t.Fatalf("stored databases: %v, %v", old, err)
	}
	fresh := filepath.Join(t.TempDir(), "fresh.db")
	db, err := store.Open(context.Background(), fresh)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range old {
		t.Run(filepath.Base(name), func(t *testing.T) {
			path := copyOf(t, name)
			var number int
			if _, err := fmt.Sscanf(filepath.Base(name), "schema-%d.db", &number); err != nil {
				t.Fatal(err)
			}
			if got := schemaOf(t, path); got != number {
				t.Fatalf("stored at schema %d, want %d", got, number)
			}
			holdsWhatItHeld(t, path)
			if got, want := tables(t, path), tables(t, fresh); got != want {
				t.Errorf("schema after migrating differs from a new database's:\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// tables is the schema, sorted.
func tables(t *testing.T, path string) string {
	t.Helper()
	raw, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	var all string
	if err := raw.QueryRow("SELECT group_concat(line, char(10)) FROM (SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS line FROM sqlite_schema ORDER BY 1)").Scan(&all); err != nil {
		t.Fatal(err)
	}
	return all
}

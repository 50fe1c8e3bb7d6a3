package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"sort"
	"strconv"
	"strings"
)

//go:embed migration/*.sql
var migrations embed.FS

// migration is one step of the schema: NNNN_name.sql, numbered from 1 without a gap.
type migration struct {
	number int
	name   string
	sql    string
}

func loadMigrations() ([]migration, error) {
	names, err := fs.Glob(migrations, "migration/*.sql")
	if err != nil {
		return nil, fmt.Errorf("list migrations: %w", err)
	}
	sort.Strings(names)
	var steps []migration
	for i, name := range names {
		number, err := strconv.Atoi(strings.TrimPrefix(name, "migration/")[:4])
		if err != nil || number != i+1 {
			return nil, fmt.Errorf("migration %s: numbered %d, want %d", name, number, i+1)
		}
		text, err := migrations.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read migration %s: %w", name, err)
		}
		steps = append(steps, migration{number, name, string(text)})
	}
	return steps, nil
}

// migrate brings the schema to the last step, each step in its own transaction: a kill
// leaves the file at a whole step.
func (db *DB) migrate(ctx context.Context) error {
	steps, err := loadMigrations()
	if err != nil {
		return err
	}
	var version, app int
	if err := db.w.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return fmt.Errorf("read schema version: %w", err)
	}
	if err := db.w.QueryRowContext(ctx, "PRAGMA application_id").Scan(&app); err != nil {
		return fmt.Errorf("read application id: %w", err)
	}
	if version > len(steps) {
		return fmt.Errorf("%w: schema %d, this program knows %d", ErrNewerSchema, version, len(steps))
	}
	if app != applicationID && (app != 0 || version != 0) {
		return fmt.Errorf("the file belongs to another program (application id %#x)", app)
	}
	for _, step := range steps[version:] {
		if err := db.apply(ctx, step); err != nil {
			return fmt.Errorf("apply %s: %w", step.name, err)
		}
	}
	return nil
}

func (db *DB) apply(ctx context.Context, step migration) error {
	tx, err := db.w.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it says so, and that is expected
	if _, err := tx.ExecContext(ctx, step.sql); err != nil {
		return err
	}
	set := fmt.Sprintf("PRAGMA user_version = %d; PRAGMA application_id = %d", step.number, applicationID)
	if _, err := tx.ExecContext(ctx, set); err != nil {
		return err
	}
	return tx.Commit()
}

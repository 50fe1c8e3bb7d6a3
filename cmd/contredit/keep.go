package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"contredit/store"
)

func runVerify(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	rest, err := o.parse(args, 0, 1)
	if err != nil {
		return err
	}
	if len(rest) == 1 {
		return verifyDossier(t, rest[0])
	}
	_, db, err := where.openExisting(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return verify(ctx, t, db)
}

// verify checks everything kept in db, prints what does not hold, and fails when there is any.
func verify(ctx context.Context, t terminal, db *store.DB) error {
	done, err := db.Check(ctx, func(f store.Fault) { fmt.Fprintf(t.out, "%s\n    %s\n", f.Subject, f.Text) })
	if err != nil {
		return err
	}
	t.say("%d contenu(s), %d lecture(s), %d assertion(s), %d phrase(s) de comptes rendus, %d paire(s), %d entrée(s) de journal vérifiés : %d faute(s)",
		done.Contents, done.Readings, done.Claims, done.Records, done.Links, done.Entries, done.Faults)
	if done.Retired > 0 {
		t.say("%d ancien(s) contenu(s) retiré(s), comme le journal le dit", done.Retired)
	}
	if done.Faults > 0 {
		return withHint(fmt.Errorf("%d fault(s) in %s", done.Faults, db.Path()),
			"restore the last good backup: contredit restore --check BACKUP; the faults above say what it should hold")
	}
	return nil
}

func runBackup(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	rest, err := o.parse(args, 0, 1)
	if err != nil {
		return err
	}
	config, db, err := where.openExisting(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	target := time.Now().UTC().Format(backupStamp)
	if len(rest) == 1 {
		target = rest[0]
	}
	if info, err := os.Stat(target); err == nil && info.IsDir() {
		target = filepath.Join(target, time.Now().UTC().Format(backupStamp))
	}
	err = db.Backup(ctx, target)
	if errors.Is(err, store.ErrExists) {
		return withHint(err, "name another file; a backup is never overwritten")
	}
	// A backup that fails at night is read by nobody: the operator is told by mail too.
	w := &work{config: config, db: db, t: t, logger: loggerTo(t)}
	if err = errors.Join(err, w.alarm(ctx, backupTrouble, err != nil, backupSentence)); err != nil {
		return err
	}
	fmt.Fprintln(t.out, target)
	return nil
}

func runRestore(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	onlyCheck := o.Bool("check", false, "check the backup and change nothing")
	rest, err := o.parse(args, 1, 1)
	if err != nil {
		return err
	}
	if err := checkBackup(ctx, t, rest[0]); err != nil || *onlyCheck {
		return err
	}
	config, err := where.config()
	if err != nil {
		return err
	}
	target := config.Instance.Database
	if _, err := os.Lstat(target); err == nil {
		return withHint(fmt.Errorf("restore to %s: %w", target, store.ErrExists),
			"stop the daemon and move the old file away, with its -wal and -shm beside it; a database is never overwritten")
	}
	return copyFile(rest[0], target)
}

// checkBackup verifies a copy of the backup, so that not even its schema is changed.
func checkBackup(ctx context.Context, t terminal, path string) (err error) {
	dir, err := os.MkdirTemp("", "contredit-restore-")
	if err != nil {
		return fmt.Errorf("make a folder to check the backup in: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	copied := filepath.Join(dir, "backup.db")
	if err := copyFile(path, copied); err != nil {
		return withHint(err, "name a file that « contredit backup » wrote")
	}
	db, err := store.Open(ctx, copied)
	if err != nil {
		return ofFile(err, copied, path)
	}
	return ofFile(errors.Join(verify(ctx, t, db), db.Close()), copied, path)
}

// ofFile says of an error about a copy which file it is about.
func ofFile(err error, copied, path string) error {
	if err == nil {
		return nil
	}
	return renamedError{err, strings.ReplaceAll(err.Error(), copied, path)}
}

// renamedError is an error that names another file.
type renamedError struct {
	error
	text string
}

func (e renamedError) Error() string { return e.text }
func (e renamedError) Unwrap() error { return e.error }

// copyFile copies a file to a name that must be free, whole or not at all.
func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return fmt.Errorf("copy: %w", err)
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	next := to + ".new"
	out, err := os.OpenFile(next, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("copy to %s: %w", to, err)
	}
	_, err = io.Copy(out, in)
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
		return fmt.Errorf("copy to %s: %w", to, err)
	}
	if err := os.Rename(next, to); err != nil {
		return fmt.Errorf("copy to %s: %w", to, err)
	}
	return nil
}

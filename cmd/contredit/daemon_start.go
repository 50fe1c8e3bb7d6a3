package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"contredit/store"
)

// A start on a full disk waits for room and looks so often, with pauses that double from the first to the most: a
// service manager that starts the daemon again and again would only fill the log, on the same disk.
const (
	firstLook = time.Second
	mostLook  = time.Minute
)

// openWithRoom opens and locks the database that the configuration names. On a full disk it says so and waits until
// there is room. A stop meanwhile returns no database, and no error.
func (p *place) openWithRoom(ctx context.Context, logger *slog.Logger) (*config, *store.DB, *store.Lock, error) {
	for pause := firstLook; ; pause = min(2*pause, mostLook) {
		config, db, err := p.open(ctx)
		if err == nil {
			var lock *store.Lock
			if lock, err = lockDatabase(ctx, config, db); err == nil {
				return config, db, lock, nil
			}
			err = errors.Join(err, db.Close())
		}
		if store.TroubleOf(err) != store.DiskFull {
			return nil, nil, nil, err
		}
		logger.Error("the disk is full: waiting for room", "error", err, "hint", hintFor(err), "pause", pause.Seconds())
		// A start that takes long is no failure for systemd as long as it hears of it.
		notifySystemd(logger, fmt.Sprintf("STATUS=The disk is full: waiting for room\nEXTEND_TIMEOUT_USEC=%d", (2*mostLook).Microseconds()))
		select {
		case <-ctx.Done():
			return nil, nil, nil, nil
		case <-time.After(pause):
		}
	}
}

// warnOfAccounts says at the start that nobody can sign in to pages that others reach.
func warnOfAccounts(ctx context.Context, config *config, db *store.DB, logger *slog.Logger) {
	lacking, err := lacksAccounts(ctx, config, db)
	if err != nil {
		logger.Error("look for accounts", "error", err)
	}
	if lacking {
		logger.Warn("other machines reach the pages, accounts are on and there is none: nobody can sign in",
			"address", config.Review.Listen, "hint", "contredit reviewer add --config "+config.path+" \"Mme Dupont\"")
	}
}

// lockDatabase keeps two processes from collecting into one database, and frees the work that
// a killed one had taken.
func lockDatabase(ctx context.Context, config *config, db *store.DB) (*store.Lock, error) {
	lock, err := store.LockFile(config.Instance.Database, time.Now())
	if errors.Is(err, store.ErrLocked) {
		return nil, withHint(err, "that process collects already; stop it first, or use another database with --db")
	}
	if err != nil {
		return nil, err
	}
	if err := errors.Join(db.ReleaseWork(ctx), db.ReleaseMails(ctx)); err != nil {
		return nil, errors.Join(err, lock.Release())
	}
	return lock, nil
}

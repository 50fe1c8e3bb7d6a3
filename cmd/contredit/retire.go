package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"contredit/store"
)

// retainConfig is [retain]: what of the past is kept beyond what is cited.
type retainConfig struct {
	ReplacedVersions int `toml:"replaced_versions"` // days; 0 keeps all
}

// leastRetained is how long a replaced version stays at least: an edit is often noticed weeks later.
const leastRetained = 90 // days

// retireEvery is how often the daemon looks for versions to retire.
const retireEvery = 24 * time.Hour

func runRetire(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	days := o.Int("days", 0, "versions replaced more than this `number` of days ago, instead of the configured one")
	dry := o.Bool("dry-run", false, "say what would go, and change nothing")
	if _, err := o.parse(args, 0, 0); err != nil {
		return err
	}
	config, db, err := where.openExisting(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if *days == 0 {
		*days = config.Retain.ReplacedVersions
	}
	if *days == 0 {
		return withHint(wrongUsage("all versions are kept: replaced_versions in [retain] is 0"), "contredit retire --days 365 --dry-run")
	}
	if *days < leastRetained {
		return withHint(wrongUsage("--days %d: at least %d", *days, leastRetained), "contredit retire --days %d --dry-run", leastRetained)
	}
	done, err := retireVersions(ctx, db, *days, *dry)
	if err != nil {
		return err
	}
	word := "retirée(s)"
	if *dry {
		word = "à retirer"
	}
	fmt.Fprintf(t.out, "%d ancienne(s) version(s) %s, %.1f Mo\n", done.Versions, word, float64(done.Bytes)/1e6)
	return nil
}

func retireVersions(ctx context.Context, db *store.DB, days int, dry bool) (store.Retired, error) {
	return db.RetireVersions(ctx, db.Now().AddDate(0, 0, -days), dry)
}

// withdrawnDays is how long what the engine withdrew stays, when nobody knows of it.
const withdrawnDays = 30

// forget takes away what was withdrawn long ago and nobody knows of.
func (w *work) forget(ctx context.Context) error {
	n, err := w.db.ForgetWithdrawn(ctx, w.db.Now().AddDate(0, 0, -withdrawnDays))
	if n > 0 {
		w.logger.Info("withdrawn proposals forgotten", "links", n)
	}
	return err
}

// retire takes away what was withdrawn long ago, and what [retain] does not keep. It waits for a
// collection under way.
func (d *keeper) retire(ctx context.Context) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if ctx.Err() != nil {
		return
	}
	if err := d.work.forget(ctx); err != nil && ctx.Err() == nil {
		d.logger.Error("forget what was withdrawn", "error", err)
	}
	if d.config.Retain.ReplacedVersions == 0 {
		return
	}
	done, err := retireVersions(ctx, d.work.db, d.config.Retain.ReplacedVersions, false)
	switch {
	case err != nil && ctx.Err() == nil:
		d.logger.Error("retire old versions", "error", err)
	case done.Versions > 0:
		d.logger.Info("old versions retired", "versions", done.Versions, "bytes", done.Bytes)
	}
}

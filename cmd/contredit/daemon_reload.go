package main

import (
	"context"
	"maps"
	"reflect"
	"slices"

	"github.com/robfig/cron/v3"
)

// reload reads the configuration again and puts its sources, digests, hooks and
// their schedules in place.
// A bad file changes nothing; what else changed needs a restart, and is said.
func (d *keeper) reload(ctx context.Context, running *cron.Cron) *cron.Cron {
	next, err := d.place.config()
	if err != nil {
		d.logger.Error("reload the configuration: the old one stays", "error", err)
		return running
	}
	changes := configChanges(d.config, next)
	d.mutex.Lock()
	defer d.mutex.Unlock()
	before := *d.config
	d.work.follow(next)
	schedule, err := d.schedule(ctx)
	if err != nil {
		d.work.follow(&before)
		d.logger.Error("reload the configuration: the old one stays", "error", err)
		return running
	}
	if _, err := d.work.db.HideSources(ctx, privateAmong(next.Sources)); err != nil {
		d.logger.Error("hide what became private: it stays as it was until the next start", "error", err)
	}
	running.Stop() // a run under way ends by itself
	schedule.Start()
	d.logger.Info("configuration reloaded", "changes", changes)
	return schedule
}

// follow puts the sources, digests and hooks of another reading of the configuration in place. Pages and
// mails ask for them at any time: the lists are replaced, never written into.
func (w *work) follow(next *config) {
	w.reloading.Lock()
	defer w.reloading.Unlock()
	w.config.Sources, w.config.Digests, w.config.Hooks = next.Sources, next.Digests, next.Hooks
	w.sources = sourcesOf(w.config, next.Sources)
}

// configChanges says what differs, in the file's own words.
func configChanges(before, after *config) []string {
	var changes []string
	old := map[string]sourceConfig{}
	for _, s := range before.Sources {
		old[s.Name] = s
	}
	for _, s := range after.Sources {
		was, ok := old[s.Name]
		switch {
		case !ok:
			changes = append(changes, "source added: "+s.Name)
		case !reflect.DeepEqual(was, s):
			changes = append(changes, "source changed: "+s.Name)
		}
		delete(old, s.Name)
	}
	for _, s := range before.Sources {
		if _, gone := old[s.Name]; gone {
			changes = append(changes, "source removed: "+s.Name)
		}
	}
	tables := map[string]bool{
		"instance": !reflect.DeepEqual(before.Instance, after.Instance), "crawler": before.Crawler != after.Crawler,
		"review": !reflect.DeepEqual(before.Review, after.Review), "engine": before.Engine != after.Engine, "mail": before.Mail != after.Mail, "publish": before.Publish != after.Publish, "request": before.Request != after.Request,
		"backup": before.Backup != after.Backup, "retain": before.Retain != after.Retain,
		"body": !reflect.DeepEqual(before.Bodies, after.Bodies), "person": !reflect.DeepEqual(before.People, after.People),
		"topic": !reflect.DeepEqual(before.Topics, after.Topics),
	}
	if !reflect.DeepEqual(before.Digests, after.Digests) {
		changes = append(changes, "digests changed")
	}
	if !reflect.DeepEqual(before.Hooks, after.Hooks) {
		changes = append(changes, "hooks changed")
	}
	for _, name := range slices.Sorted(maps.Keys(tables)) {
		if tables[name] {
			changes = append(changes, "["+name+"] changed: restart to apply it")
		}
	}
	return changes
}

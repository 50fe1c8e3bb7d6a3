package main

import (
	"context"
	"maps"
	"reflect"
	"slices"

	"github.com/robfig/cron/v3"
)

// reload reads the configuration again and puts its sources, digests, hooks, topics and their schedules in place at
// once, and bodies and people before the next pass. It waits for nothing that is under way: a crawl has its own
// copy of its source, and who asks for a stop is heard.
// A bad file changes nothing; what else changed needs a restart, and is said.
func (d *keeper) reload(ctx context.Context, running *cron.Cron) *cron.Cron {
	next, err := d.place.config()
	if err != nil {
		d.logger.Error("reload the configuration: the old one stays", "error", err)
		return running
	}
	before := *d.config
	before.Bodies, before.People = d.work.known()
	changes := configChanges(&before, next)
	d.work.follow(next)
	schedule, err := d.schedule(ctx)
	if err != nil {
		d.work.follow(&before)
		d.logger.Error("reload the configuration: the old one stays", "error", err)
		return running
	}
	running.Stop() // a run under way ends by itself
	schedule.Start()
	d.logger.Info("configuration reloaded", "changes", changes)
	d.jobs.Go(func() {
		if _, err := d.work.db.HideSources(ctx, privateAmong(next.Sources)); err != nil {
			d.logger.Error("hide what became private: it stays as it was until the next start", "error", err)
		}
		d.makeUp(ctx, changedSources(before.Sources, next.Sources))
	})
	return schedule
}

// changedSources are those that are new, or other than they were.
func changedSources(before, after []sourceConfig) (changed []sourceConfig) {
	for _, s := range after {
		if !slices.ContainsFunc(before, func(was sourceConfig) bool { return reflect.DeepEqual(was, s) }) {
			changed = append(changed, s)
		}
	}
	return changed
}

// follow puts the sources, digests, hooks and topics of another reading of the configuration in place, and leaves what
// the engine knows for the next pass. Pages and mails ask for the lists at any time: they are replaced, never written into.
func (w *work) follow(next *config) {
	w.reloading.Lock()
	defer w.reloading.Unlock()
	if !reflect.DeepEqual(w.config.Topics, next.Topics) || !reflect.DeepEqual(w.engine.Bodies, next.Bodies) || !reflect.DeepEqual(w.engine.People, next.People) {
		w.engine.Bodies, w.engine.People, w.engine.Topics, w.engine.text = next.Bodies, next.People, next.Topics, next.text
		w.stale = true
	}
	w.config.Sources, w.config.Digests, w.config.Hooks, w.config.Topics = next.Sources, next.Digests, next.Hooks, next.Topics
	w.sources = sourcesOf(w.config, next.Sources)
	if w.meter != nil {
		w.meter.begin(next.Sources)
	}
}

// known are the bodies and people of which the engine knows, or will at the next pass.
func (w *work) known() ([]bodyConfig, []personConfig) {
	w.reloading.RLock()
	defer w.reloading.RUnlock()
	return w.engine.Bodies, w.engine.People
}

// topics are the topics of the configuration, as it is since the last reload.
func (w *work) topics() []topicConfig {
	w.reloading.RLock()
	defer w.reloading.RUnlock()
	return w.config.Topics
}

// refresh gives the engine, and the worker processes, the topics, bodies and people that a reload left. It is called
// before a pass: none is under way. What was extracted before keeps the topics that it had, as after a restart.
func (w *work) refresh() {
	w.reloading.Lock()
	stale, engine := w.stale, w.engine
	w.stale = false
	w.reloading.Unlock()
	if !stale {
		return
	}
	w.pipeline.Renew(newExtractor(&engine, w.pipeline.Analyzer), w.linkers(&engine))
	if w.crew != nil {
		w.crew.renew(engine.text)
	}
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
	}
	if !reflect.DeepEqual(before.Topics, after.Topics) {
		changes = append(changes, "topics changed: what is extracted from the next pass on")
	}
	if !reflect.DeepEqual(before.People, after.People) {
		changes = append(changes, "people changed: what is extracted from the next pass on")
	}
	if !reflect.DeepEqual(before.Bodies, after.Bodies) {
		changes = append(changes, "bodies changed: the next pass; restart to show their sittings on the pages")
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

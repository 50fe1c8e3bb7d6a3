package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"contredit/document"
	"contredit/store"
)

// place is where a command works: the configuration and the database that it names.
type place struct {
	configPath string
	dbPath     string
	workers    int // processes that do the work, instead of what the configuration says; 0 for that
}

// mostWorkers is how many worker processes there may be: each holds an index, and all write to one file.
const mostWorkers = 64

// workerFlag adds --workers to the options of a command that takes work through the stages.
func (p *place) workerFlag(o *options) {
	o.IntVar(&p.workers, "workers", 0, "so many `processes` read, extract and link, instead of engine.workers")
}

// flags adds --config and --db to a command's options.
func (p *place) flags(o *options) {
	o.StringVar(&p.configPath, "config", "contredit.toml", "the configuration `file`")
	o.StringVar(&p.dbPath, "db", "", "the database `file`, instead of the one that the configuration names")
}

// config reads the configuration. Without a file at the default path the defaults hold, so
// that a command on a database alone needs --db only.
func (p *place) config() (*config, error) {
	c, err := loadConfig(p.configPath)
	if errors.Is(err, fs.ErrNotExist) && p.dbPath != "" {
		d := defaultConfig()
		d.path = p.configPath
		c, err = &d, nil
	}
	if err != nil {
		return nil, err
	}
	if p.workers < 0 || p.workers > mostWorkers {
		return nil, wrongUsage("--workers %d: allowed are 1 to %d", p.workers, mostWorkers)
	}
	if p.workers > 0 {
		c.Engine.Workers = p.workers
	}
	if p.dbPath != "" {
		c.Instance.Database = p.dbPath
	} else {
		c.Instance.Database = c.resolve(c.Instance.Database)
	}
	return c, nil
}

// open opens the database that the configuration names.
func (p *place) open(ctx context.Context) (*config, *store.DB, error) {
	c, err := p.config()
	if err != nil {
		return nil, nil, err
	}
	db, err := store.Open(ctx, c.Instance.Database)
	if err != nil {
		return nil, nil, err
	}
	// What became private in the configuration is private before anything is shown.
	if _, err := db.HideSources(ctx, privateAmong(c.Sources)); err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return c, db, nil
}

// openExisting refuses to make an empty database for a command that only reads.
func (p *place) openExisting(ctx context.Context) (*config, *store.DB, error) {
	c, err := p.config()
	if err != nil {
		return nil, nil, err
	}
	if _, err := os.Stat(c.Instance.Database); err != nil {
		return nil, nil, withHint(fmt.Errorf("open database: %w", err), "collect something first: contredit crawl --config %s", p.configPath)
	}
	return p.open(ctx)
}

// privateAmong are the names of the sources whose documents never leave.
func privateAmong(sources []sourceConfig) (names []string) {
	for _, s := range sources {
		if document.Visibility(s.Visibility) == document.Private {
			names = append(names, s.Name)
		}
	}
	return names
}

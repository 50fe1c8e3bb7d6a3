package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"contredit/store"
)

// demoFlags is how many of the strongest flags the demo prints.
const demoFlags = 20

func runDemo(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	dir := o.String("dir", "", "keep the files in this `folder`; a second run meets the same addresses")
	workers := o.Int("workers", 1, "so many `processes` read, extract and link")
	once := o.Bool("once", false, "end after printing, without serving the review pages")
	if _, err := o.parse(args, 0, 0); err != nil {
		return err
	}
	if *workers < 1 || *workers > mostWorkers {
		return wrongUsage("--workers %d: allowed are 1 to %d", *workers, mostWorkers)
	}
	if *dir == "" {
		temporary, err := os.MkdirTemp("", "contredit-demo-")
		if err != nil {
			return fmt.Errorf("make a folder for the demo: %w", err)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(temporary)) }()
		*dir = temporary
	} else if err := os.MkdirAll(*dir, 0o700); err != nil {
		return fmt.Errorf("make the demo's folder: %w", err)
	}
	d, err := startDemo(*dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.stop()) }()
	return d.show(ctx, t, *once, *workers)
}

// demo is the fictional council's site and the folder that contredit works in.
type demo struct {
	dir    string
	state  demoState
	site   *http.Server
	review net.Listener
}

// startDemo serves the site, where the last run in the folder did, and writes the configuration.
func startDemo(dir string) (*demo, error) {
	state, err := loadDemoState(dir)
	if err != nil {
		return nil, err
	}
	files, err := newDemoSite(state.Runs > 0)
	if err != nil {
		return nil, err
	}
	listener, err := listenAgain(hostOf(state.Base))
	if err != nil {
		return nil, err
	}
	review, err := listenAgain(state.Review)
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	state.Base, state.Review = "http://"+listener.Addr().String(), review.Addr().String()
	d := &demo{dir, state, &http.Server{Handler: files, ReadHeaderTimeout: 10 * time.Second}, review}
	go d.site.Serve(listener) //nolint:errcheck // ends with ErrServerClosed when the demo does
	if err := errors.Join(state.save(dir), state.writeConfig(d.configPath())); err != nil {
		return nil, errors.Join(err, d.stop())
	}
	return d, nil
}

func (d *demo) configPath() string { return filepath.Join(d.dir, "contredit.toml") }

func hostOf(base string) string {
	if len(base) < len("http://") {
		return ""
	}
	return base[len("http://"):]
}

func (d *demo) stop() error {
	if err := d.review.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		return errors.Join(err, d.site.Close())
	}
	return d.site.Close()
}

// show does the whole job with the configuration just written, and prints the strongest flags.
func (d *demo) show(ctx context.Context, t terminal, once bool, workers int) (err error) {
	config, err := loadConfig(d.configPath())
	if err != nil {
		return err
	}
	config.Instance.Database, config.Engine.Workers = config.resolve(config.Instance.Database), workers
	db, err := store.Open(ctx, config.Instance.Database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	lock, err := lockDatabase(ctx, config, db)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	work, err := newWork(ctx, config, db, t)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, work.close()) }()
	t.say("Conseil fictif « Val-de-Brenne » : %s (rien ne sort de cette machine)", d.state.Base)
	if err := work.collect(ctx, nil); err != nil && !errors.Is(err, errQuiet) {
		return err
	}
	if err := work.writeDigests(ctx, fmt.Sprintf("demo %d", d.state.Runs)); err != nil {
		return err
	}
	d.state.Runs++
	if err := d.state.save(d.dir); err != nil {
		return err
	}
	if err := printStrongest(ctx, t, db); err != nil {
		return err
	}
	if once {
		return nil
	}
	t.say("\nPages de relecture : http://%s/  (Ctrl-C pour arrêter)", d.state.Review)
	beat := new(heartbeat)
	beat.Run()
	go keepBeating(ctx, beat)
	go work.keepProcessing(ctx)
	return work.serveReview(ctx, d.review, beat)
}

func printStrongest(ctx context.Context, t terminal, db *store.DB) error {
	f := store.LinkFilter{}
	total, err := db.CountLinks(ctx, f)
	if err != nil {
		return err
	}
	f.Limit = demoFlags
	links, err := db.Links(ctx, f)
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "\n%d paires à examiner ; les %d plus fortes :\n\n", total, len(links))
	for i, l := range links {
		printFlag(t.out, i+1, l)
	}
	fmt.Fprintln(t.out, "Ce sont des propositions : deux documents et les mots qui s’opposent. Une personne décide.")
	return nil
}

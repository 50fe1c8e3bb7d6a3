package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"contredit/store"
)

// workerName is the hidden command that takes work items for another contredit, beside it on the same
// database. It is greeted and woken on standard input, and ends with it: also a daemon that is killed leaves
// no worker behind.
const workerName = "worker"

func runWorker(ctx context.Context, t terminal, c command, args []string) (err error) {
	if _, err := newOptions(t, c).parse(args, 0, 0); err != nil {
		return err
	}
	in := bufio.NewReader(t.in)
	g, config, err := greeted(in)
	if err != nil {
		return err
	}
	db, err := store.Open(ctx, g.Database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	holdLittle()
	work, err := wire(ctx, config, db, t, g.Calibration)
	if err != nil {
		return err
	}
	work.speakInLines()
	defer func() { err = errors.Join(err, work.close()) }()
	ctx, end := context.WithCancel(ctx)
	defer end()
	wake := make(chan struct{}, 1)
	go func() {
		defer end()
		for {
			if _, err := in.ReadByte(); err != nil {
				// An item may take minutes and look at no context; it is given back by who finds us gone.
				time.AfterFunc(workerGrace, func() { os.Exit(exitFailed) })
				return
			}
			select {
			case wake <- struct{}{}:
			default:
			}
		}
	}()
	return work.pipeline.Serve(ctx, wake)
}

// greeted reads what the daemon says first. A program that was replaced under a running daemon must not
// touch its database: it may have another schema.
func greeted(in *bufio.Reader) (g greeting, c *config, err error) {
	line, err := in.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &g)
	}
	if err != nil {
		return g, nil, withHint(fmt.Errorf("read what the daemon says first: %w", err), "this command is started by « contredit run --workers », not by hand")
	}
	if g.Version != programVersion() {
		return g, nil, withHint(fmt.Errorf("this is contredit %s, the daemon is %s", programVersion(), g.Version), "the program was replaced while it ran: restart the daemon")
	}
	if len(g.Text) == 0 {
		d := defaultConfig()
		d.path = g.Path
		c = &d
	} else if c, err = parseConfig(g.Path, g.Text); err != nil {
		return g, nil, err
	}
	c.Instance.Database, c.Engine = g.Database, g.Engine
	c.Engine.Workers = 1
	return g, c, nil
}

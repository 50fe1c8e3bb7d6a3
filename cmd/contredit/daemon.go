package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/robfig/cron/v3"
)

// mostJitter spreads the runs of sources that share a schedule.
const mostJitter = 5 * time.Minute

// drainTime is how long a stop waits for what is under way.
const drainTime = 30 * time.Second

func runDaemon(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	if _, err := o.parse(args, 0, 0); err != nil {
		return err
	}
	config, db, err := where.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	work, err := newWork(ctx, config, db, t)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, work.close()) }()
	listener, err := net.Listen("tcp", config.Review.reviewListen.String())
	if err != nil {
		return withHint(fmt.Errorf("listen on %s: %w", config.Review.Listen, err), "another program holds this port; change review.listen in %s", config.path)
	}
	d := &daemon{config: config, work: work, logger: work.logger}
	t.say("pages de relecture : http://%s/", listener.Addr())
	return d.run(ctx, listener)
}

// daemon keeps the schedule and serves the review pages until its context ends. It stops in
// this order: schedule, the run under way, pages, database.
type daemon struct {
	config *config
	work   *work
	logger *slog.Logger
	mutex  sync.Mutex // one run at a time: hosts are asked politely, the store has one writer
}

func (d *daemon) run(ctx context.Context, listener net.Listener) error {
	schedule, err := d.schedule(ctx)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	schedule.Start()
	go d.catchUp(ctx)
	served := make(chan error, 1)
	go func() { served <- d.work.serveReview(ctx, listener) }()
	select {
	case <-ctx.Done():
	case err = <-served:
		served <- nil
	}
	// Jobs see the same context and end at the next safe place.
	select {
	case <-schedule.Stop().Done():
	case <-time.After(drainTime):
		err = errors.Join(err, fmt.Errorf("a run did not end within %s; the next start goes on where it was", drainTime))
	}
	return errors.Join(err, <-served)
}

// schedule enters every source that has a schedule. Skip stands outside, Recover inside: the
// other way round, cron v3.0.1 never runs a job again after one panic.
func (d *daemon) schedule(ctx context.Context) (*cron.Cron, error) {
	logger := cronLogger{d.logger}
	c := cron.New(cron.WithLocation(d.config.Instance.TimeZone.location()), cron.WithLogger(logger),
		cron.WithChain(cron.SkipIfStillRunning(logger), cron.Recover(logger)))
	for _, s := range d.config.Sources {
		when, err := s.Schedule.parse(d.config.Instance.TimeZone.location())
		if err != nil {
			return nil, fmt.Errorf("schedule of source %s: %w", s.Name, err)
		}
		if when != nil {
			c.Schedule(jitter(when, s.Name, mostJitter), cron.FuncJob(func() { d.collect(ctx, []string{s.Name}) }))
		}
	}
	return c, nil
}

// catchUp runs once the sources whose last scheduled run was missed while the daemon was down.
func (d *daemon) catchUp(ctx context.Context) {
	var missed []string
	now := time.Now()
	for _, s := range d.config.Sources {
		when, err := s.Schedule.parse(d.config.Instance.TimeZone.location())
		if err != nil || when == nil {
			continue
		}
		last, err := d.work.lastRun(ctx, s.Name)
		if err != nil {
			d.logger.Error("look for missed runs", "source", s.Name, "error", err)
			continue
		}
		if last.IsZero() || jitter(when, s.Name, mostJitter).Next(last).Before(now) {
			missed = append(missed, s.Name)
		}
	}
	if len(missed) > 0 {
		d.collect(ctx, missed)
	}
}

// collect crawls and processes; what went wrong is logged and shown on the pages.
func (d *daemon) collect(ctx context.Context, names []string) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if ctx.Err() != nil {
		return
	}
	if err := d.work.collect(ctx, names); err != nil && !errors.Is(err, errQuiet) && ctx.Err() == nil {
		d.logger.Error("collect", "sources", names, "error", err)
	}
}

// cronLogger hands cron's talk to slog; its routine wake-ups are not worth a line.
type cronLogger struct{ logger *slog.Logger }

func (l cronLogger) Info(msg string, keysAndValues ...any) {
	l.logger.Debug("schedule: "+msg, keysAndValues...)
}

func (l cronLogger) Error(err error, msg string, keysAndValues ...any) {
	l.logger.Error("schedule: "+msg, append(keysAndValues, "error", err)...)
}

// serve runs an HTTP server on the listener until the context ends, then lets what is under
// way finish.
func serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, WriteTimeout: 2 * time.Minute,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve the review pages: %w", err)
	case <-ctx.Done():
	}
	patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := server.Shutdown(patience); err != nil {
		return errors.Join(fmt.Errorf("end the review pages: %w", err), server.Close())
	}
	return nil
}

func runSchedule(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	if _, err := o.parse(args, 0, 0); err != nil {
		return err
	}
	config, err := where.config()
	if err != nil {
		return err
	}
	loc := config.Instance.TimeZone.location()
	now := time.Now().In(loc)
	for _, s := range config.Sources {
		printNext(t, s.Name, s.Schedule, loc, now, s.Name)
	}
	for _, d := range config.Digests {
		zone := loc
		if d.TimeZone != "" {
			zone = d.TimeZone.location()
		}
		printNext(t, "bulletin « "+d.Name+" »", d.Schedule, zone, now, d.Name)
	}
	return nil
}

func printNext(t terminal, title string, spec cronSpec, loc *time.Location, now time.Time, name string) {
	fmt.Fprintf(t.out, "%s\n", title)
	when, err := spec.parse(loc)
	if err != nil || when == nil {
		fmt.Fprintf(t.out, "    pas de calendrier : seulement par « contredit crawl »\n")
		return
	}
	at := now
	for range 3 {
		at = jitter(when, name, mostJitter).Next(at)
		fmt.Fprintf(t.out, "    %s\n", frenchMoment(at.In(loc)))
	}
}

var weekdayNames = []string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"}

// frenchMoment is « lundi 30 novembre 2026 à 7 h 02 ».
func frenchMoment(at time.Time) string {
	return fmt.Sprintf("%s %s à %d h %02d", weekdayNames[at.Weekday()], frenchDay(at.Format(time.DateOnly)), at.Hour(), at.Minute())
}

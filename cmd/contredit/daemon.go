package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"sync"
	"syscall"
	"time"

	"github.com/coreos/go-systemd/v22/daemon"
	"github.com/prometheus/client_golang/prometheus"
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
	where.workerFlag(o)
	if _, err := o.parse(args, 0, 0); err != nil {
		return err
	}
	config, db, lock, err := where.openWithRoom(ctx, loggerTo(t))
	if err != nil || db == nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release(), db.Close()) }()
	holdLittle()
	work, err := newWork(ctx, config, db, t)
	if err != nil {
		return err
	}
	work.speakInLines()
	if work.crew != nil {
		work.crew.begin()
	}
	defer func() { err = errors.Join(err, work.close()) }()
	listener, err := net.Listen("tcp", config.Review.reviewListen.String())
	if err != nil {
		return withHint(fmt.Errorf("listen on %s: %w", config.Review.Listen, err), "another program holds this port; change review.listen in %s", config.path)
	}
	d := &keeper{place: where, config: config, work: work, logger: work.logger}
	warnOfAccounts(ctx, config, db, d.logger)
	d.logger.Info("started", "address", "http://"+listener.Addr().String()+"/", "version", programVersion(), "process", os.Getpid(),
		"sources", len(config.Sources), "workers", config.Engine.Workers, "digests", len(config.Digests), "seconds", time.Since(processStart).Seconds())
	err = d.run(ctx, listener)
	d.logger.Info("stopped", "error", err)
	return err
}

// keeper keeps the schedule and serves the review pages until its context ends. It stops in
// this order: schedule, the run under way, pages, database.
type keeper struct {
	place  place
	config *config
	work   *work
	logger *slog.Logger
	beat   heartbeat
	jobs   sync.WaitGroup // what is under way, also what a schedule began that a reload replaced
	mutex  sync.Mutex     // one run at a time: hosts are asked politely, the store has one writer
}

func (d *keeper) run(ctx context.Context, listener net.Listener) error {
	schedule, err := d.schedule(ctx)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	d.beat.Run()
	d.measure()
	schedule.Start()
	d.jobs.Go(func() { d.catchUp(ctx) })
	go feedWatchdog(ctx, d.logger, &d.beat)
	served := make(chan error, 1)
	// The pages and their health go on until the runs have ended: who watches sees a daemon that stops, not one that died.
	reading, closePages := context.WithCancel(context.WithoutCancel(ctx))
	defer closePages()
	go func() { served <- d.work.serveReview(reading, listener, &d.beat) }()
	notifySystemd(d.logger, daemon.SdNotifyReady)
	reloads := make(chan os.Signal, 1)
	signal.Notify(reloads, syscall.SIGHUP)
	defer signal.Stop(reloads)
	for serving := true; serving; {
		select {
		case <-ctx.Done():
			serving = false
		case err = <-served:
			served <- nil
			serving = false
		case <-reloads:
			schedule = d.reload(ctx, schedule)
		}
	}
	notifySystemd(d.logger, daemon.SdNotifyStopping)
	d.logger.Info("stopping", "budget", drainTime.String())
	// Jobs see the same context and end at the next safe place.
	begun := schedule.Stop()
	drained := make(chan struct{})
	go func() {
		defer close(drained)
		<-begun.Done()
		d.jobs.Wait()
	}()
	select {
	case <-drained:
	case <-time.After(drainTime):
		err = errors.Join(err, fmt.Errorf("a run did not end within %s; the next start goes on where it was", drainTime))
	}
	closePages()
	return errors.Join(err, <-served)
}

// measure adds to the metrics what the keeper alone knows.
func (d *keeper) measure() {
	d.work.meter.registry.MustRegister(
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "contredit_scheduler_beat_age_seconds", Help: "Time since the scheduler last turned."},
			func() float64 { return d.beat.age(time.Now()).Seconds() }),
	)
	if folder := d.config.Backup.Folder; folder != "" {
		folder = d.config.resolve(folder)
		d.work.meter.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "contredit_backup_age_seconds",
			Help: "Age of the newest scheduled backup; since the first try while there is none. Absent without [backup]."},
			func() float64 {
				state, err := backupStateOf(context.Background(), d.work.db)
				age, listErr := backupAge(folder, state, processStart, time.Now())
				if err = errors.Join(err, listErr); err != nil {
					d.logger.Error("backups for metrics", "error", err)
				}
				return age.Seconds()
			}))
	}
	if crew := d.work.crew; crew != nil {
		d.work.meter.registry.MustRegister(
			prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "contredit_workers", Help: "Worker processes that live."},
				func() float64 { return float64(crew.alive()) }),
			prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "contredit_worker_deaths_total", Help: "Worker processes that ended and were not told to."},
				func() float64 { return float64(crew.deaths.Load()) }),
		)
	}
}

// schedule enters every source that has a schedule. Skip stands outside, Recover inside: the
// other way round, cron v3.0.1 never runs a job again after one panic.
func (d *keeper) schedule(ctx context.Context) (*cron.Cron, error) {
	logger := cronLogger{d.logger}
	c := cron.New(cron.WithLocation(d.config.Instance.TimeZone.location()), cron.WithLogger(logger),
		cron.WithChain(cron.SkipIfStillRunning(logger), cron.Recover(logger)))
	c.Schedule(cron.Every(beatEvery), &d.beat)
	for _, s := range d.config.Sources {
		when, err := s.Schedule.parse(d.config.Instance.TimeZone.location())
		if err != nil {
			return nil, fmt.Errorf("schedule of source %s: %w", s.Name, err)
		}
		if when != nil {
			c.Schedule(jitter(when, s.Name, mostJitter), d.job(func() { d.collect(ctx, []string{s.Name}) }))
		}
	}
	for _, g := range d.config.Digests {
		when, err := g.Schedule.parse(d.work.zoneOf(g))
		if err != nil {
			return nil, fmt.Errorf("schedule of digest %s: %w", g.Name, err)
		}
		if when != nil {
			c.Schedule(jitter(when, g.Name, mostJitter), d.job(func() { d.compose(ctx, g) }))
		}
	}
	c.Schedule(cron.Every(deliverEvery), d.job(func() { d.deliver(ctx) }))
	c.Schedule(cron.Every(processEvery), d.job(func() { d.process(ctx) }))
	when, err := d.config.backupSchedule()
	if err != nil {
		return nil, fmt.Errorf("schedule of the backups: %w", err)
	}
	if when != nil {
		c.Schedule(when, d.job(func() { d.backUp(ctx) }))
	}
	c.Schedule(cron.Every(retireEvery), d.job(func() { d.retire(ctx) }))
	return c, nil
}

// job is f as cron runs it, counted among what a stop waits for, also when f panics.
func (d *keeper) job(f func()) cron.Job {
	return cron.FuncJob(func() {
		d.jobs.Add(1)
		defer d.jobs.Done()
		f()
	})
}

// backUp copies the database when that is due. It waits for no collection: a copy is made while
// others write. What goes wrong is told to the operator once.
func (d *keeper) backUp(ctx context.Context) {
	path, err := d.work.backUpDue(ctx)
	if ctx.Err() != nil {
		return
	}
	switch {
	case err != nil:
		d.logger.Error("back up", "error", err, "hint", backupHint(err))
		d.work.meter.backups.WithLabelValues("failed").Inc()
	case path != "":
		d.logger.Info("backed up", "file", path)
		d.work.meter.backups.WithLabelValues("done").Inc()
	default:
		return
	}
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if err := d.work.alarm(ctx, backupTrouble, err != nil, backupSentence); err != nil && ctx.Err() == nil {
		d.logger.Error("tell of the backup", "error", err)
	}
}

// catchUp runs once the sources and digests whose last scheduled run was missed while the daemon was down.
func (d *keeper) catchUp(ctx context.Context) {
	d.backUp(ctx)
	d.retire(ctx)
	d.makeUp(ctx, d.work.followed())
	digests, _ := d.work.readers()
	for _, g := range digests {
		d.compose(ctx, g)
	}
	d.deliver(ctx)
}

// makeUp runs once those of the sources whose last scheduled run was missed, or that never ran.
func (d *keeper) makeUp(ctx context.Context, sources []sourceConfig) {
	var missed []string
	now := time.Now()
	for _, s := range sources {
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
func (d *keeper) collect(ctx context.Context, names []string) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if ctx.Err() != nil {
		return
	}
	followed := d.work.followed()
	names = slices.DeleteFunc(slices.Clone(names), func(name string) bool { // while this waited, a reload may have taken it out
		return !slices.ContainsFunc(followed, func(s sourceConfig) bool { return s.Name == name })
	})
	if len(names) == 0 {
		return
	}
	if err := d.work.collect(ctx, names); err != nil && !errors.Is(err, errQuiet) && ctx.Err() == nil {
		d.logger.Error("collect", "sources", names, "error", err)
	}
}

// processEvery is how often what reviewers left to do is looked for.
const processEvery = time.Minute

// process does what reviewers left, unless a collection is under way, which does it at its end.
func (d *keeper) process(ctx context.Context) {
	if ctx.Err() != nil || !d.mutex.TryLock() {
		return
	}
	defer d.mutex.Unlock()
	if err := d.work.processWaiting(ctx); err != nil && ctx.Err() == nil {
		d.logger.Error("process what reviewers left", "error", err)
	}
}

// deliverEvery is how often the outbox is looked at.
const deliverEvery = time.Minute

// compose puts a digest into the outbox when a run of it is due.
func (d *keeper) compose(ctx context.Context, g digestConfig) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if ctx.Err() != nil {
		return
	}
	if err := d.work.queueDue(ctx, g); err != nil && ctx.Err() == nil {
		d.logger.Error("compose a digest", "digest", g.Name, "error", err)
	}
}

// composeMissed makes up for a run that could not be composed at its hour: it would otherwise
// wait for the next one, a week later. It leaves a collection under way alone.
func (d *keeper) composeMissed(ctx context.Context) {
	if !d.mutex.TryLock() {
		return
	}
	d.mutex.Unlock()
	digests, _ := d.work.readers()
	for _, g := range digests {
		d.compose(ctx, g)
	}
}

// deliver sends what waits. Mails are sent beside a collection: neither waits for the other.
func (d *keeper) deliver(ctx context.Context) {
	if ctx.Err() != nil {
		return
	}
	d.composeMissed(ctx)
	if err := d.work.readBounces(ctx); err != nil && ctx.Err() == nil {
		d.logger.Error("read the box of bounces", "error", err)
	}
	if err := d.work.queueHooks(ctx); err != nil && ctx.Err() == nil {
		d.logger.Error("queue for the hooks", "error", err)
	}
	sent, err := d.work.deliver(ctx)
	if err != nil && ctx.Err() == nil {
		d.logger.Error("deliver mails", "error", err)
	}
	if d.mutex.TryLock() { // a collection under way watches when it ends
		if err := d.work.watch(ctx); err != nil && ctx.Err() == nil {
			d.logger.Error("watch sources, disk and mails", "error", err)
		}
		d.mutex.Unlock()
	}
	if sent.Sent > 0 {
		d.logger.Info("mails sent", "sent", sent.Sent)
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

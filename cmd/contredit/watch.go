package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/coreos/go-systemd/v22/daemon"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"contredit/api"
	"contredit/crawler"
	"contredit/digest"
	"contredit/document"
	"contredit/store"
)

// heartbeat says that the scheduler still turns: cron fires it, and who watches looks at it. It
// reads the clock that never jumps: a machine that learns the hour after its start, as small ones
// do, would otherwise look stalled and be started anew.
type heartbeat struct{ last atomic.Int64 } // nanoseconds after processStart

// processStart carries the steady clock.
var processStart = time.Now()

// beatEvery is the rhythm of the scheduler's own job; stalledAfter is when it counts as stopped.
const (
	beatEvery    = 10 * time.Second
	stalledAfter = time.Minute
)

func (h *heartbeat) Run() { h.last.Store(int64(time.Since(processStart))) }

// age is the time since the last beat, as of now, which is a moment after processStart.
func (h *heartbeat) age(now time.Time) time.Duration {
	return now.Sub(processStart) - time.Duration(h.last.Load())
}

func (h *heartbeat) stalled(now time.Time) bool { return h.age(now) > stalledAfter }

// processSoon is how often a process without a schedule looks for what reviewers left to do.
const processSoon = 2 * time.Second

// keepProcessing does what reviewers leave to do until the context ends, where there is no scheduler.
func (w *work) keepProcessing(ctx context.Context) {
	ticker := time.NewTicker(processSoon)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if err := w.processWaiting(ctx); err != nil && ctx.Err() == nil {
				w.logger.Error("process what reviewers left", "error", err)
			}
		}
	}
}

// keepBeating stands in for a scheduler where there is none.
func keepBeating(ctx context.Context, h *heartbeat) {
	ticker := time.NewTicker(beatEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			h.Run()
		}
	}
}

// notifySystemd tells the service manager what goes on; without one it does nothing.
func notifySystemd(logger *slog.Logger, state string) {
	if _, err := daemon.SdNotify(false, state); err != nil {
		logger.Warn("tell systemd", "state", state, "error", err)
	}
}

// feedWatchdog tells systemd that the scheduler turns, as often as it asks; it stops telling
// when the scheduler stalls, and systemd starts the daemon anew.
func feedWatchdog(ctx context.Context, logger *slog.Logger, h *heartbeat) {
	every, err := daemon.SdWatchdogEnabled(false)
	if err != nil || every == 0 {
		return
	}
	ticker := time.NewTicker(every / 3)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-ticker.C:
			if h.stalled(now) {
				logger.Error("the scheduler stalled; the watchdog is not fed", "seconds", int(h.age(now).Seconds()))
				continue // fed again should it turn again before systemd acts
			}
			notifySystemd(logger, daemon.SdNotifyWatchdog)
		}
	}
}

// meter holds what the daemon measures of itself; the rest is counted in the store when asked.
type meter struct {
	registry *prometheus.Registry
	runs     *prometheus.CounterVec
	duration *prometheus.HistogramVec
	requests *prometheus.CounterVec
	received *prometheus.CounterVec
	problems *prometheus.CounterVec
	backups  *prometheus.CounterVec
	followed func() []sourceConfig
}

// labelsOf are the names of sources in the metrics, which travel further than the pages. A private source has a name
// that tells nothing, and « contredit status » tells which it is; what is not followed is treated as private, since
// nothing says that it was not.
func labelsOf(followed []sourceConfig) func(source string) string {
	public := map[string]bool{}
	for _, s := range followed {
		public[s.Name] = document.Visibility(s.Visibility) != document.Private
	}
	return func(source string) string {
		if public[source] {
			return source
		}
		return privateLabel(source)
	}
}

// privateLabel stands for the name of a private source.
func privateLabel(source string) string {
	sum := sha256.Sum256([]byte("source " + source))
	return "privée-" + hex.EncodeToString(sum[:3])
}

func newMeter(db *store.DB, logger *slog.Logger, followed func() []sourceConfig) *meter {
	m := &meter{
		registry: prometheus.NewRegistry(), followed: followed,
		runs: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "contredit_runs_total",
			Help: "Collections of a source that ended, by outcome."}, []string{"source", "outcome"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "contredit_stage_seconds",
			Help: "Time that a collection and the stages after it took.", Buckets: prometheus.ExponentialBuckets(0.1, 4, 9)}, []string{"stage"}),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "contredit_requests_total",
			Help: "Requests sent to a source's hosts."}, []string{"source"}),
		received: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "contredit_received_bytes_total",
			Help: "Bytes of bodies received from a source."}, []string{"source"}),
		problems: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "contredit_problems_total",
			Help: "Problems met with addresses of a source, by kind."}, []string{"source", "kind"}),
		backups: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "contredit_backups_total",
			Help: "Scheduled copies of the database, by outcome."}, []string{"outcome"}),
	}
	info := prometheus.NewGauge(prometheus.GaugeOpts{Name: "contredit_build_info", Help: "1, labelled with the version.",
		ConstLabels: prometheus.Labels{"version": programVersion()}})
	info.Set(1)
	for _, outcome := range outcomes {
		m.backups.WithLabelValues(outcome)
	}
	for _, stage := range []string{"crawl", "process"} {
		m.duration.WithLabelValues(stage)
	}
	m.registry.MustRegister(m.runs, m.duration, m.requests, m.received, m.problems, m.backups, info,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), storeCollector{db, logger, followed})
	return m
}

// outcomes label what ended; they are there from the start, so that an alert rule sees the first failure.
var outcomes = []string{"done", "failed"}

// begin makes the counters of sources 0, of those that are not there yet.
func (m *meter) begin(sources []sourceConfig) {
	label := labelsOf(sources)
	for _, s := range sources {
		for _, outcome := range outcomes {
			m.runs.WithLabelValues(label(s.Name), outcome)
		}
		m.requests.WithLabelValues(label(s.Name))
		m.received.WithLabelValues(label(s.Name))
	}
}

// note counts what a collection did.
func (m *meter) note(r crawler.Report, failed bool) {
	outcome := "done"
	if failed {
		outcome = "failed"
	}
	source := labelsOf(m.followed())(r.Source)
	m.runs.WithLabelValues(source, outcome).Inc()
	m.requests.WithLabelValues(source).Add(float64(r.Requests))
	m.received.WithLabelValues(source).Add(float64(r.Bytes))
	for _, p := range r.Problems {
		m.problems.WithLabelValues(source, string(p.Kind)).Inc()
	}
	m.duration.WithLabelValues("crawl").Observe(r.Ended.Sub(r.Started).Seconds())
}

// storeCollector counts what is kept each time it is asked.
type storeCollector struct {
	db       *store.DB
	logger   *slog.Logger
	followed func() []sourceConfig
}

var (
	documentsDesc = prometheus.NewDesc("contredit_documents", "Documents kept.", []string{"role"}, nil)
	unreadDesc    = prometheus.NewDesc("contredit_documents_unread", "Documents that could not be read.", []string{"state"}, nil)
	snapshotsDesc = prometheus.NewDesc("contredit_snapshots", "Versions of documents kept.", nil, nil)
	claimsDesc    = prometheus.NewDesc("contredit_claims", "Claims worth checking.", nil, nil)
	flagsDesc     = prometheus.NewDesc("contredit_flags", "Flags proposed.", []string{"status"}, nil)
	verdictsDesc  = prometheus.NewDesc("contredit_verdicts", "Verdicts given.", nil, nil)
	oldestDesc    = prometheus.NewDesc("contredit_queue_oldest_seconds", "Age of the oldest flag that nobody looked at.", nil, nil)
	backlogDesc   = prometheus.NewDesc("contredit_backlog", "Work items that wait.", []string{"stage"}, nil)
	failingDesc   = prometheus.NewDesc("contredit_work_failing", "Work items whose last attempt failed.", nil, nil)
	bytesDesc     = prometheus.NewDesc("contredit_database_bytes", "Size of the database file and its log.", nil, nil)
	freshDesc     = prometheus.NewDesc("contredit_source_success_age_seconds", "Time since a source's list was last seen; since the first try when it never was.", []string{"source"}, nil)
	newestDesc    = prometheus.NewDesc("contredit_source_new_age_seconds", "Time since a source brought a new document.", []string{"source"}, nil)
	alarmsDesc    = prometheus.NewDesc("contredit_source_alarms", "Alarms of a source under way.", []string{"source"}, nil)
	mailsDesc     = prometheus.NewDesc("contredit_mails", "Mails of the outbox, by state; queued ones wait.", []string{"state"}, nil)
	stubbornDesc  = prometheus.NewDesc("contredit_mails_stubborn", "Waiting mails that failed several times.", nil, nil)
	heldDesc      = prometheus.NewDesc("contredit_work_held", "Work items that a process has in hand, by stage.", []string{"stage"}, nil)
	freeDesc      = prometheus.NewDesc("contredit_disk_free_bytes", "Free space where the database stands.", nil, nil)
	keptDesc      = prometheus.NewDesc("contredit_source_documents", "Documents that a source brought.", []string{"source"}, nil)
)

// Describe is part of prometheus.Collector.
func (s storeCollector) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{documentsDesc, unreadDesc, snapshotsDesc, claimsDesc, flagsDesc, verdictsDesc, oldestDesc, backlogDesc,
		failingDesc, bytesDesc, freshDesc, newestDesc, alarmsDesc, keptDesc, mailsDesc, stubbornDesc, heldDesc, freeDesc} {
		out <- d
	}
}

// Collect is part of prometheus.Collector.
func (s storeCollector) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	counts, err := s.db.Count(ctx)
	if err != nil {
		s.logger.Error("count for metrics", "error", err)
		out <- prometheus.NewInvalidMetric(documentsDesc, err)
		return
	}
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	for role, n := range counts.Documents {
		gauge(documentsDesc, float64(n), role)
	}
	for state, n := range counts.Unread {
		gauge(unreadDesc, float64(n), state)
	}
	for status := range statusNames {
		gauge(flagsDesc, float64(counts.Flags[string(status)]), string(status))
	}
	for _, stage := range []store.Stage{store.StageRead, store.StageExtract, store.StageLink} {
		gauge(backlogDesc, float64(counts.Backlog[stage]), string(stage))
	}
	gauge(snapshotsDesc, float64(counts.Snapshots))
	gauge(claimsDesc, float64(counts.Claims))
	gauge(verdictsDesc, float64(counts.Verdicts))
	gauge(failingDesc, float64(counts.Failing))
	gauge(bytesDesc, float64(counts.Bytes))
	now := s.db.Now()
	gauge(oldestDesc, ageOf(now, counts.OldestFlag))
	s.collectMails(ctx, gauge)
	s.collectHeld(ctx, gauge)
	if free, err := freeBytes(filepath.Dir(s.db.Path())); err == nil {
		gauge(freeDesc, float64(free))
	}
	sources, err := s.db.SourceHealth(ctx)
	if err != nil {
		s.logger.Error("sources for metrics", "error", err)
		return
	}
	label := labelsOf(s.followed())
	for source, since := range freshness(s.followed(), sources, processStart) {
		gauge(freshDesc, ageOf(now, since), label(source))
	}
	for _, h := range sources {
		if !h.LastNew.IsZero() {
			gauge(newestDesc, ageOf(now, h.LastNew), label(h.Source))
		}
		gauge(alarmsDesc, float64(len(h.Alarms)), label(h.Source))
		gauge(keptDesc, float64(h.Documents), label(h.Source))
	}
}

// collectMails counts the outbox; every state is there from the start, so that an alert rule sees 0.
func (s storeCollector) collectMails(ctx context.Context, gauge func(*prometheus.Desc, float64, ...string)) {
	mails, err := s.db.CountMails(ctx)
	if err != nil {
		s.logger.Error("mails for metrics", "error", err)
		return
	}
	for _, state := range []digest.State{digest.StateQueued, digest.StateSent, digest.StateRefused, digest.StateWithdrawn} {
		gauge(mailsDesc, float64(mails[state]), string(state))
	}
	stubborn, err := s.db.StubbornMails(ctx, stubbornAfter, s.db.Now().Add(-stubbornSince), "")
	if err != nil {
		s.logger.Error("mails for metrics", "error", err)
		return
	}
	gauge(stubbornDesc, float64(stubborn))
}

func (s storeCollector) collectHeld(ctx context.Context, gauge func(*prometheus.Desc, float64, ...string)) {
	held, err := s.db.HeldWork(ctx)
	if err != nil {
		s.logger.Error("work under way for metrics", "error", err)
		return
	}
	for _, stage := range []store.Stage{store.StageRead, store.StageExtract, store.StageLink} {
		n := 0
		for _, h := range held {
			if h.Stage == stage {
				n++
			}
		}
		gauge(heldDesc, float64(n), string(stage))
	}
}

// freshness is the moment from which a source's age is counted, by its name: its last success, before one its
// first try, before that the moment at which this process knew of it. What never worked must not look fresh.
// Sources that are no longer followed have none.
func freshness(followed []sourceConfig, seen []crawler.Health, known time.Time) map[string]time.Time {
	since := map[string]time.Time{}
	for _, s := range followed {
		since[s.Name] = known
	}
	for _, h := range seen {
		if _, ok := since[h.Source]; !ok {
			continue
		}
		for _, at := range []time.Time{h.LastSuccess, h.FirstRun} {
			if !at.IsZero() {
				since[h.Source] = at
				break
			}
		}
	}
	return since
}

// ageOf is in seconds; 0 when it never was.
func ageOf(now, then time.Time) float64 {
	if then.IsZero() {
		return 0
	}
	return now.Sub(then).Seconds()
}

// withHealth puts what machines ask for before the review pages: /livez says that the
// scheduler turns, /readyz that the database can be written to, /metrics counts.
func withHealth(pages http.Handler, w *work, h *heartbeat) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", func(out http.ResponseWriter, _ *http.Request) {
		if h.stalled(time.Now()) {
			answerHealth(out, w.logger, http.StatusServiceUnavailable, "the scheduler stalled")
			return
		}
		answerHealth(out, w.logger, http.StatusOK, "ok")
	})
	mux.HandleFunc("GET /readyz", func(out http.ResponseWriter, r *http.Request) {
		if err := w.db.Ping(r.Context()); err != nil {
			w.logger.Error("not ready", "error", err)
			answerHealth(out, w.logger, http.StatusServiceUnavailable, "the database cannot be written to")
			return
		}
		answerHealth(out, w.logger, http.StatusOK, "ok")
	})
	metrics := promhttp.HandlerFor(w.meter.registry, promhttp.HandlerOpts{})
	mux.HandleFunc("GET /metrics", func(out http.ResponseWriter, r *http.Request) {
		if w.config.Review.Metrics != "everyone" && !ofThisMachine(r) {
			answerHealth(out, w.logger, http.StatusForbidden, "for this machine alone, unless [review] metrics says otherwise")
			return
		}
		metrics.ServeHTTP(out, r)
	})
	mux.Handle(api.Prefix+"/", api.New(w.db, w.logger))
	mux.Handle("/", pages)
	return mux
}

// ofThisMachine says whether a program of this machine asks for itself, and not a proxy for somebody.
func ofThisMachine(r *http.Request) bool {
	for _, header := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via"} {
		if r.Header.Get(header) != "" {
			return false
		}
	}
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && peer.Addr().Unmap().IsLoopback()
}

func answerHealth(out http.ResponseWriter, logger *slog.Logger, status int, text string) {
	out.Header().Set("Content-Type", "application/json")
	out.Header().Set("Cache-Control", "no-store")
	out.WriteHeader(status)
	if err := json.NewEncoder(out).Encode(map[string]string{"status": text}); err != nil {
		logger.Debug(fmt.Sprintf("answer a health check: %v", err))
	}
}

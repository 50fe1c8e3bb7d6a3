package main

import (
	"context"
	"log/slog"
	"maps"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"contredit/crawler"
)

// TestWatchdogStopsWhenTheSchedulerStalls stands in for systemd with a socket of its own.
func TestWatchdogStopsWhenTheSchedulerStalls(t *testing.T) {
	path := filepath.Join(t.TempDir(), "notify")
	socket, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	t.Setenv("NOTIFY_SOCKET", path)
	t.Setenv("WATCHDOG_USEC", "30000")
	t.Setenv("WATCHDOG_PID", "")
	if err := os.Unsetenv("WATCHDOG_PID"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var beat heartbeat
	beat.Run()
	go feedWatchdog(ctx, slog.New(slog.DiscardHandler), &beat)
	message := make([]byte, 100)
	if n, err := socket.Read(message); err != nil || string(message[:n]) != "WATCHDOG=1" {
		t.Fatalf("systemd was told %q, %v; want WATCHDOG=1", message[:n], err)
	}
	beat.last.Add(-int64(stalledAfter + time.Second))
	quiet := func() bool {
		if err := socket.SetReadDeadline(time.Now().Add(200 * time.Millisecond)); err != nil {
			t.Fatal(err)
		}
		_, err := socket.Read(message)
		return err != nil
	}
	quiet() // one may have been on its way
	if !quiet() {
		t.Error("the watchdog is fed while the scheduler stands still")
	}
	beat.Run()
	if quiet() {
		t.Error("the watchdog is not fed although the scheduler turns again")
	}
}

// TestWhatNeverWorkedIsNotFresh holds that the age of a source counts from its last success, before one from the first
// try, before that from the start; and that a removed source rings no alarm.
func TestWhatNeverWorkedIsNotFresh(t *testing.T) {
	start := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	first, good := start.Add(-72*time.Hour), start.Add(-time.Hour)
	got := freshness([]sourceConfig{{Name: "untried"}, {Name: "failing"}, {Name: "good"}}, []crawler.Health{
		{Source: "failing", FirstRun: first}, {Source: "good", FirstRun: first, LastSuccess: good}, {Source: "removed", FirstRun: first},
	}, start)
	if want := map[string]time.Time{"untried": start, "failing": first, "good": good}; !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestFailedCrawlIsNoNews holds that a run that saw nothing is logged as a failure and counted as one.
func TestFailedCrawlIsNoNews(t *testing.T) {
	dir := t.TempDir()
	d := startDaemon(t, dir, "[[source]]\nname = \"Absent\"\nrole = \"record\"\nbody = \"CST\"\nform = \"listing\"\nstart = [\"http://127.0.0.1:1/\"]\nschedule = \"@every 1h\"\n")
	collected := d.waitFor("collected")
	if collected["level"] != "WARN" || collected["error"] == nil {
		t.Errorf("logged %v, want a warning with its error", collected)
	}
	_, metrics := d.get("/metrics")
	if !strings.Contains(metrics, `contredit_runs_total{outcome="failed",source="Absent"} 1`) {
		t.Errorf("a failed run is not counted:\n%s", metrics)
	}
	for line := range strings.Lines(metrics) {
		if strings.HasPrefix(line, "contredit_source_success_age_seconds") && strings.HasSuffix(strings.TrimSpace(line), " 0") {
			t.Errorf("%q: what never worked is measured as fresh", line)
		}
		if strings.HasPrefix(line, "contredit_backup_age_seconds") {
			t.Errorf("%q: no copies are configured", line)
		}
	}
	d.stop(syscall.SIGTERM)
}

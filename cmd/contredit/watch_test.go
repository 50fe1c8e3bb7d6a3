package main

import (
	"context"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"
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

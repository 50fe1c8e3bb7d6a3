package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// killsEnv is how often the crash loop kills: « make soak-crash » sets 100.
const killsEnv = "CONTREDIT_KILLS"

// TestCrashLoop kills the whole job (crawl, read, extract, link) at random moments, lets it
// finish, and holds that the database says what an undisturbed run's says.
func TestCrashLoop(t *testing.T) {
	kills := 6
	if n, err := strconv.Atoi(os.Getenv(killsEnv)); err == nil {
		kills = n
	}
	calm, shaken := t.TempDir(), t.TempDir()
	start := time.Now()
	demoOnce(t, calm)
	whole := time.Since(start)
	rng := rand.New(rand.NewSource(1))
	died := 0
	for range kills {
		c := exec.Command("contredit", "demo", "--once", "--dir", shaken)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(time.Duration(rng.Int63n(int64(whole))), func() { _ = c.Process.Kill() }) // it may have ended by itself
		if err := c.Wait(); err != nil {
			died++
		}
		timer.Stop()
		if died < kills {
			forgetRuns(t, shaken) // an ended run would be followed by the site's later version
		}
	}
	demoOnce(t, shaken)
	t.Logf("%d runs, %d of them killed; a whole run takes %v", kills, died, whole.Round(time.Millisecond))
	if died == 0 {
		t.Fatal("no run was killed: this test showed nothing")
	}
	for _, what := range []string{"documents", "claims", "flags"} {
		want, got := exported(t, calm, what), exported(t, shaken, what)
		if !slices.Equal(want, got) {
			t.Errorf("%s differ: %d and %d rows; only undisturbed: %s; only killed: %s", what, len(want), len(got), firstMissing(want, got), firstMissing(got, want))
		}
		if len(want) == 0 && what == "documents" {
			t.Errorf("no %s: this test showed nothing", what)
		}
	}
	if out, err := exec.Command("contredit", "verify", "--config", filepath.Join(shaken, "contredit.toml")).CombinedOutput(); err != nil {
		t.Errorf("verify: %v\n%s", err, out)
	}
}

func demoOnce(t *testing.T, dir string) {
	t.Helper()
	if out, err := exec.Command("contredit", "demo", "--once", "--dir", dir).CombinedOutput(); err != nil {
		t.Fatalf("demo: %v\n%s", err, out)
	}
}

// forgetRuns lets the demo serve the site's first version again.
func forgetRuns(t *testing.T, dir string) {
	t.Helper()
	s, err := loadDemoState(dir)
	if err != nil {
		t.Fatal(err)
	}
	if s.Runs > 0 {
		s.Runs = 0
		if err := s.save(dir); err != nil {
			t.Fatal(err)
		}
	}
}

// exported are the rows of an export, sorted, without what two runs may differ in: the port
// of the site, what is hashed from it, and when things were fetched.
func exported(t *testing.T, dir, what string) []string {
	t.Helper()
	s, err := loadDemoState(dir)
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("contredit", "export", what, "--all", "--private", "--config", filepath.Join(dir, "contredit.toml")).Output()
	if err != nil {
		t.Fatalf("export %s: %v", what, err)
	}
	var rows []string
	for line := range bytes.Lines(bytes.ReplaceAll(out, []byte(s.Base), []byte("BASE"))) {
		var row map[string]any
		if err := json.Unmarshal(line, &row); err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"id", "fetched_at", "repeats"} {
			delete(row, key)
		}
		if c, ok := row["claim"].(map[string]any); ok {
			delete(c, "id")
		}
		text, err := json.Marshal(row)
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, string(text))
	}
	slices.Sort(rows)
	return rows
}

func firstMissing(from, in []string) string {
	for _, row := range from {
		if !slices.Contains(in, row) {
			return fmt.Sprintf("%.400s", strings.TrimSpace(row))
		}
	}
	return "none"
}

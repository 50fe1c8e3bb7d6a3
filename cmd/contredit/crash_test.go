package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand"
	"mime"
	"mime/multipart"
	"net/mail"
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

// TestCrashLoop kills the whole job (crawl, read, extract, link, digest) at random moments, lets it
// finish, and holds that the database says what an undisturbed run's says.
func TestCrashLoop(t *testing.T) {
	t.Parallel()
	kills := fewKills
	if n, err := strconv.Atoi(os.Getenv(killsEnv)); err == nil {
		kills = n
	}
	calm := t.TempDir()
	start := time.Now()
	demoOnce(t, calm)
	whole := time.Since(start)
	want := outcomeOf(t, calm)
	rng := rand.New(rand.NewSource(1))
	died, rounds := 0, 0
	for ; died < kills; rounds++ {
		dir := filepath.Join(t.TempDir(), strconv.Itoa(rounds))
		died += shake(t, dir, rng, whole, kills-died)
		t.Logf("database %d: %d of %d kills", rounds+1, died, kills)
		demoOnce(t, dir)
		if want.compare(t, dir); t.Failed() {
			return
		}
	}
	t.Logf("killed %d times over %d databases; a whole run takes %v", died, rounds, whole.Round(time.Millisecond))
}

// exports are what two databases are compared by.
var exports = []string{"documents", "claims", "flags"}

// outcome is what a whole run leaves: rows of exports and lines of mails.
type outcome struct {
	rows  map[string][]string
	mails []string
}

func outcomeOf(t *testing.T, dir string) outcome {
	t.Helper()
	o := outcome{map[string][]string{}, mailed(t, dir)}
	for _, what := range exports {
		o.rows[what] = exported(t, dir, what)
	}
	if len(o.rows["documents"]) == 0 || len(o.rows["claims"]) == 0 || len(o.rows["flags"]) == 0 || len(o.mails) < 10 {
		t.Fatal("nothing was found: this test would show nothing")
	}
	return o
}

// compare holds that another folder has the same, and that its quotes and its journal verify.
func (o outcome) compare(t *testing.T, dir string) {
	t.Helper()
	for _, what := range exports {
		if got := exported(t, dir, what); !slices.Equal(o.rows[what], got) {
			t.Errorf("%s differ: %d and %d rows; only undisturbed: %s; only killed: %s", what, len(o.rows[what]), len(got),
				firstMissing(o.rows[what], got), firstMissing(got, o.rows[what]))
		}
	}
	if got := mailed(t, dir); !slices.Equal(o.mails, got) {
		t.Errorf("mails differ; only undisturbed: %s; only killed: %s", firstMissing(o.mails, got), firstMissing(got, o.mails))
	}
	if out, err := exec.Command("contredit", "verify", "--config", filepath.Join(dir, "contredit.toml")).CombinedOutput(); err != nil {
		t.Errorf("verify: %v\n%s", err, out)
	}
}

// shake starts the job and kills it at a random moment of what is left of it, again and again, until
// it ends by itself, hardly anything is left or it was killed often enough. It returns how often it was killed.
func shake(t *testing.T, dir string, rng *rand.Rand, whole time.Duration, most int) (died int) {
	t.Helper()
	for left := whole; died < most && left > whole/20; {
		begun := time.Now()
		c := exec.Command("contredit", "demo", "--once", "--dir", dir)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(time.Duration(rng.Int63n(int64(left))), func() { _ = c.Process.Kill() }) // it may have ended by itself
		err := c.Wait()
		timer.Stop()
		left -= time.Since(begun)
		// A run is counted before it exits: killed in between, or ended, the next one would meet
		// the site's later version, which the undisturbed run never saw.
		forgetRuns(t, dir)
		if err == nil {
			return died
		}
		died++
	}
	return died
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

// mailed are the lines of the mails that a demo wrote, sorted, without addresses and ids, which
// depend on the port of the site.
func mailed(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "mail", "*.eml"))
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{fmt.Sprintf("%d mails", len(files))}
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		m, err := mail.ReadMessage(file)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		lines = append(lines, m.Header.Get("Subject"))
		_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		part, err := multipart.NewReader(m.Body, params["boundary"]).NextPart()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		text, err := io.ReadAll(part)
		if err := errors.Join(err, file.Close()); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for line := range strings.Lines(string(text)) {
			if !strings.Contains(line, "http://") {
				lines = append(lines, strings.TrimSpace(line))
			}
		}
	}
	slices.Sort(lines)
	return lines
}

func firstMissing(from, in []string) string {
	for _, row := range from {
		if !slices.Contains(in, row) {
			return fmt.Sprintf("%.4000s", strings.TrimSpace(row))
		}
	}
	return "none"
}

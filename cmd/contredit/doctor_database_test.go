package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"contredit/digest"
	"contredit/store"
)

// findingOf is the first finding whose subject holds some words.
func findingOf(t *testing.T, c *config, words string) (finding, bool) {
	t.Helper()
	found, err := examineDatabase(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(found, func(f finding) bool { return strings.Contains(f.what, words) })
	if i < 0 {
		return finding{}, false
	}
	return found[i], true
}

// TestDoctorSeesACorruptDatabase breaks one page after the other: where the database still opens, doctor does not call
// it good when SQLite does not.
func TestDoctorSeesACorruptDatabase(t *testing.T) {
	w, _ := backupWork(t, 1)
	path := filepath.Join(t.TempDir(), "contredit.db")
	if err := w.db.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	c := w.config
	c.Instance.Database = path
	if f, _ := findingOf(t, c, "base de données"); f.bad != "" {
		t.Fatalf("a good one: %+v", f)
	}
	for _, name := range []string{path + "-wal", path + "-shm"} {
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	opened := 0
	const page = 4096
	for at := len(whole) - page; at > page && opened < 5; at -= page {
		broken := slices.Clone(whole)
		copy(broken[at:at+page], bytes.Repeat([]byte{0xff}, page))
		c.Instance.Database = filepath.Join(t.TempDir(), "contredit.db")
		if err := os.WriteFile(c.Instance.Database, broken, 0o600); err != nil {
			t.Fatal(err)
		}
		db, err := store.Open(t.Context(), c.Instance.Database)
		if err != nil {
			continue
		}
		opened++
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if f, _ := findingOf(t, c, "base de données"); f.bad == "" || f.warn || !strings.Contains(f.mend, "restore") {
			t.Errorf("page at %d broken: %+v", at, f)
		}
	}
	if opened == 0 {
		t.Error("no broken database opened: nothing was tried")
	}
}

// TestDoctorTellsOfSuspendedAddresses holds that an operator whose own mails are suspended hears of it, and of readers.
func TestDoctorTellsOfSuspendedAddresses(t *testing.T) {
	w, now := backupWork(t, 1)
	w.config.Mail.Operator = "operateur@section.example"
	stop := func(address, name string) {
		t.Helper()
		if err := w.db.StopMail(t.Context(), address, name, "no such user", *now); err != nil {
			t.Fatal(err)
		}
	}
	stop("operateur@section.example", "")
	stop("lecteur@section.example", "")
	stop("parti@section.example", "Lundi")
	if f, _ := findingOf(t, w.config, "adresse de l’opérateur"); f.bad == "" || f.warn || !strings.Contains(f.mend, "digest resume") || !strings.Contains(f.mend, "operateur@section.example") {
		t.Errorf("the operator's: %+v", f)
	}
	if f, _ := findingOf(t, w.config, "lecteur@section.example"); f.bad == "" || !f.warn || !strings.Contains(f.mend, "digest resume") {
		t.Errorf("a reader's: %+v", f)
	}
	if f, ok := findingOf(t, w.config, "parti@"); ok {
		t.Errorf("%+v: who left a digest is no fault", f)
	}
}

// TestAccountsThatNobodyHas holds that pages which others reach and nobody can enter are told of.
func TestAccountsThatNobodyHas(t *testing.T) {
	w, _ := backupWork(t, 1)
	for listen, want := range map[string]bool{"0.0.0.0:8480": true, "127.0.0.1:8480": false} {
		c := parsed(t, t.TempDir(), "[review]\naccounts = true\nlisten = \""+listen+"\"\n")
		c.Instance.Database = w.db.Path()
		if f, ok := findingOf(t, c, "comptes"); ok != want || ok && !strings.Contains(f.mend, "reviewer add") {
			t.Errorf("on %s: %+v, %v", listen, f, ok)
		}
	}
}

// TestDoctorWithoutAConfiguration holds exit code 2, and that nobody is told to write over a file that is there.
func TestDoctorWithoutAConfiguration(t *testing.T) {
	run := func(path string) (int, string) {
		var talk bytes.Buffer
		return Run(t.Context(), []string{"doctor", "--config", path}, strings.NewReader(""), io.Discard, &talk), talk.String()
	}
	if code, said := run(filepath.Join(t.TempDir(), "missing.toml")); code != exitUsage || !strings.Contains(said, "copy config.example.toml") {
		t.Errorf("missing: %d, %s", code, said)
	}
	_, err := loadConfig(t.TempDir()) // a folder cannot be read as a file
	if err == nil {
		t.Error("a folder was read")
	}
	closed := filepath.Join(t.TempDir(), "contredit.toml")
	if err := os.WriteFile(closed, nil, 0o000); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() == 0 {
		t.Log("root reads every file: the hint is not tried")
		return
	}
	if code, said := run(closed); code != exitUsage || strings.Contains(said, "copy config.example.toml") {
		t.Errorf("closed: %d, %s", code, said)
	}
}

// TestMetricsAreThisMachinesAlone holds who may read /metrics: not other machines, and not whom a proxy of this one
// serves, unless the operator opens it.
func TestMetricsAreThisMachinesAlone(t *testing.T) {
	w, _ := backupWork(t, 1)
	w.meter = newMeter(w.db, w.logger, w.followed)
	var beat heartbeat
	beat.Run()
	ask := func(peer, header string) int {
		r := httptest.NewRequest(http.MethodGet, "/metrics", nil)
		r.RemoteAddr = peer
		if header != "" {
			r.Header.Set(header, "192.0.2.7")
		}
		out := httptest.NewRecorder()
		withHealth(http.NotFoundHandler(), w, &beat).ServeHTTP(out, r)
		return out.Code
	}
	for name, tt := range map[string]struct {
		metrics, peer, header string
		want                  int
	}{
		"ThisMachine":    {"local", "127.0.0.1:4000", "", http.StatusOK},
		"ThisMachineV6":  {"local", "[::1]:4000", "", http.StatusOK},
		"AnotherMachine": {"local", "192.0.2.7:4000", "", http.StatusForbidden},
		"ByAProxy":       {"local", "127.0.0.1:4000", "X-Forwarded-For", http.StatusForbidden},
		"Opened":         {"everyone", "192.0.2.7:4000", "", http.StatusOK},
	} {
		w.config.Review.Metrics = tt.metrics
		if got := ask(tt.peer, tt.header); got != tt.want {
			t.Errorf("%s: %d, want %d", name, got, tt.want)
		}
	}
}

// TestKilledAttemptSaysSo holds that a mail whose sender was killed has a reason, and waits for nothing.
func TestKilledAttemptSaysSo(t *testing.T) {
	w, now := quietWork(t)
	issue := digest.Issue{Letter: digest.Letter{Digest: "Lundi"}, Run: "1", Recipients: []string{"a@b.example"}}
	if _, err := w.db.QueueIssue(t.Context(), issue, *now); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, ok, err := w.db.TakeMail(t.Context(), digest.WayMail, *now, time.Hour); err != nil || !ok {
			t.Fatal(ok, err)
		}
		if err := w.db.ReleaseMails(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	w.t.out = &out
	if err := w.listOutbox(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "2 essai(s)") || !strings.Contains(out.String(), "arrêté pendant l’envoi") {
		t.Errorf("the outbox says %q", out.String())
	}
}

// TestCheckedBackupIsNamed holds that what is wrong with a backup is said of the file that was given.
func TestCheckedBackupIsNamed(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "copie.db")
	if err := os.WriteFile(bad, []byte(strings.Repeat("Bonjour. ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	err := checkBackup(t.Context(), terminal{out: io.Discard, err: io.Discard}, bad)
	if err == nil || !strings.Contains(err.Error(), bad) || strings.Contains(err.Error(), "backup.db") || hintFor(err) == "" {
		t.Errorf("got %v, want an error about %s, with its hint", err, bad)
	}
}

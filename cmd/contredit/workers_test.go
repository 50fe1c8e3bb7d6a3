package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"contredit/document"
	"contredit/store"
)

// workerKillsEnv is how often worker processes are killed: « make soak-workers » sets 60.
const workerKillsEnv = "CONTREDIT_WORKER_KILLS"

// TestWorkersKilled does the whole job with four worker processes, kills one after the other of them, and
// now and then the process that started them, at random moments, and lets it finish. The database and the
// mails must be those of one undisturbed process, and no item may have been completed twice.
func TestWorkersKilled(t *testing.T) {
	if _, err := os.Stat("/proc/self/stat"); err != nil {
		t.Skip("worker processes are found in /proc, which this system has not")
	}
	t.Parallel()
	kills := fewKills + 2
	if n, err := strconv.Atoi(os.Getenv(workerKillsEnv)); err == nil {
		kills = n
	}
	calm := t.TempDir()
	countCompletions(t, calm)
	start := time.Now()
	demoOnce(t, calm)
	whole := time.Since(start)
	want, wantDone, wantRows := outcomeOf(t, calm), completions(t, calm), rowsOf(t, calm)
	seed := int64(1)
	if n, err := strconv.ParseInt(os.Getenv("CONTREDIT_SEED"), 10, 64); err == nil {
		seed = n
	}
	rng := rand.New(rand.NewSource(seed))
	died, parents, rounds := 0, 0, 0
	for ; died < kills; rounds++ {
		dir := filepath.Join(t.TempDir(), strconv.Itoa(rounds))
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		countCompletions(t, dir)
		for ended := false; !ended; {
			var n, p int
			n, p, ended = killWorkers(t, dir, rng, whole/6, kills-died)
			died, parents = died+n, parents+p
		}
		t.Logf("database %d: %d of %d kills", rounds+1, died, kills)
		if got := completions(t, dir); !maps.Equal(wantDone, got) {
			t.Errorf("items completed by stage = %v, want %v as by one process", got, wantDone)
		}
		if got := rowsOf(t, dir); !maps.Equal(wantRows, got) {
			t.Errorf("rows by table = %v, want %v as by one process", got, wantRows)
		}
		want.compare(t, dir)
		if t.Failed() {
			return
		}
	}
	t.Logf("seed %d: %d processes killed, %d of them the one that starts the others, over %d databases; completed in each: %v; one undisturbed process takes %v",
		seed, died, parents, rounds, wantDone, whole.Round(time.Millisecond))
}

// killWorkers runs the job with four workers and kills up to so many processes, each a random time under
// pause after the one before. It returns how many it killed, how many of them started the others, and whether the job ended by itself.
func killWorkers(t *testing.T, dir string, rng *rand.Rand, pause time.Duration, most int) (died, parents int, ended bool) {
	t.Helper()
	c := exec.Command("contredit", "demo", "--once", "--workers", "4", "--dir", dir)
	var talk bytes.Buffer
	c.Stdout, c.Stderr, c.WaitDelay = &talk, &talk, time.Second
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	over := make(chan error, 1)
	go func() { over <- c.Wait() }()
	// One in six is the process that starts the others; it may be killed before there are any.
	for parent := rng.Intn(6) == 0; died < most; parent = rng.Intn(6) == 0 {
		select {
		case err := <-over:
			return died, parents, finished(t, dir, err, parents, &talk)
		case <-time.After(time.Duration(rng.Int63n(int64(pause)))):
		}
		workers := workersOf(t, c.Process.Pid)
		switch {
		case parent:
			if c.Process.Kill() == nil {
				died, parents = died+1, parents+1
			}
		case len(workers) > 0:
			if syscall.Kill(workers[rng.Intn(len(workers))], syscall.SIGKILL) == nil {
				died++
			}
		}
	}
	return died, parents, finished(t, dir, <-over, parents, &talk)
}

// finished says whether the job ended by itself; it must have, unless the process that started the others was killed.
func finished(t *testing.T, dir string, err error, parents int, talk *bytes.Buffer) bool {
	t.Helper()
	if err == nil {
		return true
	}
	if parents == 0 {
		t.Fatalf("the job ended though nobody killed it but for workers: %v\n%s", err, talk)
	}
	forgetRuns(t, dir)
	return false
}

// workersOf are the worker processes that a process started and that live.
func workersOf(t *testing.T, parent int) (all []int) {
	t.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range stats {
		stat, err := os.ReadFile(name)
		if err != nil {
			continue // it ended
		}
		// proc_pid_stat(5): after the name in brackets the state and the parent.
		_, rest, _ := strings.Cut(string(stat), ") ")
		fields := strings.Fields(rest)
		if len(fields) < 2 || fields[1] != strconv.Itoa(parent) || fields[0] == "Z" {
			continue
		}
		command, err := os.ReadFile(filepath.Join(filepath.Dir(name), "cmdline"))
		if err != nil || !bytes.HasSuffix(command, []byte("\x00"+workerName+"\x00")) || bytes.Contains(command, []byte(pdfWorkerName)) {
			continue
		}
		n, err := strconv.Atoi(filepath.Base(filepath.Dir(name)))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, n)
	}
	slices.Sort(all)
	return all
}

// rowsOf counts the rows of what the exports do not hold whole.
func rowsOf(t *testing.T, dir string) map[string]int {
	t.Helper()
	raw, err := sql.Open("sqlite3", filepath.Join(dir, "contredit.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	counts := map[string]int{}
	for _, table := range []string{"document", "snapshot", "reading", "passage", "claim", "record", "meeting", "claim_topic", "link", "queue", "verdict", "journal", "directory", "work", "done"} {
		var n int
		if err := raw.QueryRow("SELECT count(*) FROM " + table).Scan(&n); err != nil {
			t.Fatal(err)
		}
		counts[table] = n
	}
	if counts["snapshot"] == 0 || counts["meeting"] == 0 || counts["work"]+counts["done"] > 0 {
		t.Errorf("rows by table = %v; want versions and meetings, and no work left", counts)
	}
	return counts
}

// countCompletions makes the database of a folder and lets it note each item that leaves the queue, which
// one does in the transaction that keeps what came of it.
func countCompletions(t *testing.T, dir string) {
	t.Helper()
	db, err := store.Open(context.Background(), filepath.Join(dir, "contredit.db"))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	execSQL(t, dir, `CREATE TABLE completed (stage TEXT, subject TEXT);
		CREATE TRIGGER completes AFTER DELETE ON work BEGIN INSERT INTO completed VALUES (old.stage, old.subject); END`)
}

func execSQL(t *testing.T, dir, text string) {
	t.Helper()
	raw, err := sql.Open("sqlite3", filepath.Join(dir, "contredit.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.Exec(text); err != nil {
		t.Fatal(err)
	}
}

// completions counts the items that were completed by stage; one that was completed twice fails the test.
func completions(t *testing.T, dir string) map[string]int {
	t.Helper()
	raw, err := sql.Open("sqlite3", filepath.Join(dir, "contredit.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	rows, err := raw.Query("SELECT stage, subject, count(*) FROM completed GROUP BY stage, subject")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	counts := map[string]int{}
	for rows.Next() {
		var stage, subject string
		var n int
		if err := rows.Scan(&stage, &subject, &n); err != nil {
			t.Fatal(err)
		}
		if n > 1 {
			t.Errorf("%s %s was completed %d times", stage, subject, n)
		}
		counts[stage]++
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil || counts["link"] == 0 {
		t.Fatalf("completions = %v, %v", counts, err)
	}
	execSQL(t, dir, "DROP TRIGGER completes; DROP TABLE completed") // « contredit verify » names a trigger that is not ours
	return counts
}

// TestDaemonKeepsWorkers looks at the worker processes of a daemon from its start to its end.
func TestDaemonKeepsWorkers(t *testing.T) {
	if _, err := os.Stat("/proc/self/stat"); err != nil {
		t.Skip("worker processes are found in /proc, which this system has not")
	}
	t.Parallel()
	begin := func(t *testing.T) *daemonProcess {
		t.Helper()
		dir := t.TempDir()
		if err := errors.Join(os.Mkdir(filepath.Join(dir, "depot"), 0o700),
			os.WriteFile(filepath.Join(dir, "depot", "avis.txt"), []byte("Le comité a été consulté le 12 mars 2026. Avis favorable."), 0o600)); err != nil {
			t.Fatal(err)
		}
		d := startDaemon(t, dir, folderSource+"[engine]\nworkers = 3\n")
		if processed := d.waitFor("processed"); processed["read"] != 1.0 {
			t.Errorf("processed = %v, want one document read by a worker", processed)
		}
		waitForWorkers(t, d, 3)
		return d
	}
	t.Run("ReplacesThemAndEndsThem", func(t *testing.T) {
		d := begin(t)
		all := workersOf(t, d.cmd.Process.Pid)
		if err := syscall.Kill(all[0], syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		if entry := d.waitFor("a worker process ended; another takes its place"); entry["process"] != float64(all[0]) {
			t.Errorf("told of the end of %v, killed was %d", entry["process"], all[0])
		}
		next := waitForWorkers(t, d, 3)
		if slices.Contains(next, all[0]) {
			t.Errorf("workers %v, of which %d was killed", next, all[0])
		}
		for _, want := range []string{"contredit_workers 3", "contredit_worker_deaths_total 1", `contredit_work_held{stage="link"} 0`} {
			if _, metrics := d.get("/metrics"); !strings.Contains(metrics, "\n"+want+"\n") {
				t.Errorf("/metrics lacks %s", want)
			}
		}
		if code := d.stop(syscall.SIGTERM); code != 0 {
			t.Errorf("exit code after SIGTERM = %d", code)
		}
		for _, process := range next {
			if works(process) {
				t.Errorf("worker %d lives on after its daemon", process)
			}
		}
		if len(d.raw) > 0 {
			t.Errorf("lines that are no JSON: %q", d.raw)
		}
	})
	t.Run("ThatIsKilledLeavesNone", func(t *testing.T) {
		d := begin(t)
		all := workersOf(t, d.cmd.Process.Pid)
		if err := d.cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		<-d.ended
		for slices.ContainsFunc(all, works) {
			time.Sleep(10 * time.Millisecond)
		}
	})
}

func waitForWorkers(t *testing.T, d *daemonProcess, n int) []int {
	t.Helper()
	for {
		if all := workersOf(t, d.cmd.Process.Pid); len(all) == n {
			return all
		}
		select {
		case err := <-d.ended:
			t.Fatalf("ended (%v) before it had %d workers; logged %v and %q", err, n, d.log, d.raw)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// works says whether a process is a worker that lives.
func works(process int) bool {
	command, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", process)) // empty of a zombie
	return err == nil && bytes.HasSuffix(command, []byte("\x00"+workerName+"\x00"))
}

// Who asks sees which process has what in hand.
func TestStatusSaysWhoWorks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	ctx := context.Background()
	path := filepath.Join(dir, "contredit.db")
	db, err := store.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	keepText(t, db, "https://region.example/a", document.Public, document.RoleRecord, "Le comité a été consulté.")
	w := store.NewWorker(time.Minute)
	w.Name = "4711.aa"
	if _, ok, err := db.TakeWork(ctx, store.StageExtract, w); err != nil || !ok {
		t.Fatal(ok, err)
	}
	for format, want := range map[string]string{"text": "en cours : extraction 1, par le processus 4711", "json": `"process": 4711`} {
		var out, talk bytes.Buffer
		if code := Run(ctx, []string{"status", "--db", path, "--format", format}, nil, &out, &talk); code != 0 || !strings.Contains(out.String(), want) {
			t.Errorf("status --format %s = %d, %s%s; want %q in it", format, code, &out, &talk, want)
		}
	}
}

// A program that was replaced under a running daemon may have another schema: as its worker it leaves the
// database alone.
func TestWorkerOfAnotherVersion(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "contredit.db")
	var out, talk bytes.Buffer
	code := Run(t.Context(), []string{workerName}, strings.NewReader(fmt.Sprintf("{\"version\": \"0.0.1\", \"database\": %q}\n", path)), &out, &talk)
	if code != exitFailed || !strings.Contains(talk.String(), "restart the daemon") {
		t.Errorf("exit code %d, %s", code, &talk)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("it opened the database")
	}
}

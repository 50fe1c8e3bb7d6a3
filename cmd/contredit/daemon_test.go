package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// daemonProcess is « contredit run » as a process of its own, with what it logged.
type daemonProcess struct {
	t       *testing.T
	cmd     *exec.Cmd
	address string
	dir     string
	mutex   sync.Mutex
	log     []map[string]any
	raw     []string // lines that are no JSON object
	ended   chan error
}

// startDaemon starts a daemon on the sources given in TOML, and waits until it serves.
func startDaemon(t *testing.T, dir, more string) *daemonProcess {
	t.Helper()
	d := launchDaemon(t, dir, more)
	started := d.waitFor("started")
	d.address, _ = started["address"].(string)
	if seconds, _ := started["seconds"].(float64); seconds > 0 {
		t.Logf("served after %.0f ms", seconds*1000)
	}
	return d
}

// launchDaemon starts a daemon, and does not wait for it.
func launchDaemon(t *testing.T, dir, more string) *daemonProcess {
	t.Helper()
	text := "[instance]\nname = \"Essai\"\ncontact = \"mailto:a@section.example\"\n[crawler]\ndelay = \"0s\"\nallow_loopback = true\n" +
		"[review]\nlisten = \"127.0.0.1:0\"\n" + more
	if err := os.WriteFile(filepath.Join(dir, "contredit.toml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	d := &daemonProcess{t: t, dir: dir, ended: make(chan error, 1)}
	d.cmd = exec.Command("contredit", "run", "--config", filepath.Join(dir, "contredit.toml"))
	talk, err := d.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	read := make(chan struct{})
	go func() {
		defer close(read)
		lines := bufio.NewScanner(talk)
		for lines.Scan() {
			d.take(lines.Text())
		}
	}()
	go func() { <-read; d.ended <- d.cmd.Wait() }()
	t.Cleanup(func() { _ = d.cmd.Process.Kill() }) // it has ended, mostly
	return d
}

func (d *daemonProcess) take(line string) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	var entry map[string]any
	if json.Unmarshal([]byte(line), &entry) != nil {
		d.raw = append(d.raw, line)
		return
	}
	d.log = append(d.log, entry)
}

// waitFor returns the next log line with this message; the end of the process fails the test.
func (d *daemonProcess) waitFor(message string) map[string]any {
	d.t.Helper()
	for {
		d.mutex.Lock()
		i := slices.IndexFunc(d.log, func(e map[string]any) bool { return e["msg"] == message })
		if i >= 0 {
			entry := d.log[i]
			d.log[i] = map[string]any{"msg": "seen: " + message}
			d.mutex.Unlock()
			return entry
		}
		d.mutex.Unlock()
		select {
		case err := <-d.ended:
			d.t.Fatalf("ended (%v) without %q; logged %v and %q", err, message, d.log, d.raw)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func (d *daemonProcess) get(path string) (int, string) {
	d.t.Helper()
	res, err := http.Get(strings.TrimSuffix(d.address, "/") + path)
	if err != nil {
		d.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

// stop sends the signal and returns the exit code.
func (d *daemonProcess) stop(s os.Signal) int {
	d.t.Helper()
	if err := d.cmd.Process.Signal(s); err != nil {
		d.t.Fatal(err)
	}
	<-d.ended
	return d.cmd.ProcessState.ExitCode()
}

const folderSource = "[[source]]\nname = \"Dépôt\"\nrole = \"record\"\nbody = \"CST\"\nform = \"folder\"\nstart = [\"depot\"]\nschedule = \"@every 1h\"\n"

// TestDaemonSeenFromOutside looks at a daemon as a service manager and a monitor do.
func TestDaemonSeenFromOutside(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := errors.Join(os.Mkdir(filepath.Join(dir, "depot"), 0o700),
		os.WriteFile(filepath.Join(dir, "depot", "avis-de-mme-exemple.txt"), []byte("Le comité a été consulté le 12 mars 2026. Avis favorable."), 0o600)); err != nil {
		t.Fatal(err)
	}
	d := startDaemon(t, dir, folderSource+"visibility = \"private\"\n[backup]\nfolder = \"copies\"\n")
	collected := d.waitFor("collected")
	if processed := d.waitFor("processed"); collected["run"] == "" || collected["run"] != processed["run"] {
		t.Errorf("runs = %v and %v, want one id for both lines", collected["run"], processed["run"])
	}
	for _, path := range []string{"/livez", "/readyz"} {
		if status, body := d.get(path); status != http.StatusOK || !strings.Contains(body, `"ok"`) {
			t.Errorf("%s = %d %s", path, status, body)
		}
	}
	_, metrics := d.get("/metrics")
	ours := map[string]bool{}
	for line := range strings.Lines(metrics) {
		if strings.HasPrefix(line, "contredit_") {
			ours[strings.FieldsFunc(line, func(r rune) bool { return r == '{' || r == ' ' })[0]] = true
		}
	}
	documented, err := os.ReadFile(filepath.Join("..", "..", "docs", "reliability.md"))
	if err != nil {
		t.Fatal(err)
	}
	for name := range ours {
		for _, part := range []string{"_bucket", "_sum", "_count"} {
			name = strings.TrimSuffix(name, part)
		}
		if !bytes.Contains(documented, []byte("`"+name+"`")) {
			t.Errorf("docs/reliability.md does not tell of %s", name)
		}
	}
	if len(ours) < 25 {
		t.Errorf("%d names of ours in /metrics, want 25: %v", len(ours), ours)
	}
	for _, want := range []string{`contredit_source_success_age_seconds{source="` + privateLabel("Dépôt") + `"}`,
		`contredit_runs_total{outcome="failed",source="` + privateLabel("Dépôt") + `"} 0`, `contredit_backups_total{outcome="failed"} 0`, "contredit_queue_oldest_seconds", `contredit_backlog{stage="link"}`,
		`contredit_stage_seconds_count{stage="crawl"} 1`, `contredit_mails{state="queued"}`, "contredit_database_bytes", `contredit_backups_total{outcome="done"} 1`} {
		if !strings.Contains(metrics, want) {
			t.Errorf("/metrics lacks %s", want)
		}
	}
	if strings.Contains(metrics, "mme-exemple") || strings.Contains(metrics, "Dépôt") {
		t.Error("/metrics names a private file or a private source")
	}
	if second, err := exec.Command("contredit", "run", "--config", filepath.Join(dir, "contredit.toml")).CombinedOutput(); err == nil ||
		!strings.Contains(string(second), fmt.Sprintf("process %d since", d.cmd.Process.Pid)) {
		t.Errorf("a second daemon: %v, %s; want it refused, with the first one's number", err, second)
	}
	if code := d.stop(syscall.SIGTERM); code != 0 {
		t.Errorf("exit code after SIGTERM = %d", code)
	}
	if len(d.raw) > 0 {
		t.Errorf("lines that are no JSON: %q", d.raw)
	}
	for _, entry := range d.log {
		if strings.Contains(fmt.Sprint(entry), "mme-exemple") {
			t.Errorf("the log names a private file: %v", entry)
		}
	}
	if names, err := backups(filepath.Join(dir, "copies")); err != nil || len(names) != 1 {
		t.Errorf("backups = %v, %v; want the first one made at the start", names, err)
	}
}

// TestDaemonReloads holds that SIGHUP takes what is good, says what changed, and leaves a bad file.
func TestDaemonReloads(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "depot"), 0o700); err != nil {
		t.Fatal(err)
	}
	d := startDaemon(t, dir, folderSource)
	d.waitFor("processed")
	path := filepath.Join(dir, "contredit.toml")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	reload := func(text []byte, message string) map[string]any {
		t.Helper()
		if err := errors.Join(os.WriteFile(path, text, 0o600), d.cmd.Process.Signal(syscall.SIGHUP)); err != nil {
			t.Fatal(err)
		}
		return d.waitFor(message)
	}
	bad := reload(bytes.Replace(text, []byte("@every 1h"), []byte("0 0 31 2 *"), 1), "reload the configuration: the old one stays")
	if got := fmt.Sprint(bad["error"]); !strings.Contains(got, "never comes") {
		t.Errorf("error = %s", got)
	}
	second := bytes.Replace([]byte(folderSource), []byte("Dépôt"), []byte("Autre"), 1)
	good := reload(slices.Concat(bytes.Replace(text, []byte("@every 1h"), []byte("@every 2h"), 1), second), "configuration reloaded")
	if got := fmt.Sprint(good["changes"]); !strings.Contains(got, "source changed: Dépôt") || !strings.Contains(got, "source added: Autre") {
		t.Errorf("changes = %s", got)
	}
	for collected := d.waitFor("collected"); collected["source"] != "Autre"; collected = d.waitFor("collected") {
		// A source that is added is collected as at a start, and not an hour later.
	}
	if code := d.stop(syscall.SIGTERM); code != 0 {
		t.Errorf("exit code = %d", code)
	}
}

// TestDaemonStops holds that a server that hangs keeps nobody from stopping it: the first signal
// ends the wait, and a second one at once cuts what is left.
func TestDaemonStops(t *testing.T) {
	t.Parallel()
	asked := make(chan struct{}, 16)
	hang := make(chan struct{})
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		asked <- struct{}{}
		<-hang
	}))
	defer site.Close()
	defer close(hang)
	source := fmt.Sprintf("[[source]]\nname = \"Lent\"\nrole = \"record\"\nbody = \"CST\"\nform = \"listing\"\nstart = [%q]\nschedule = \"@every 1h\"\n", site.URL+"/")
	t.Run("DrainsOnTheFirstSignal", func(t *testing.T) {
		d := startDaemon(t, t.TempDir(), source)
		<-asked
		if status, _ := d.get("/livez"); status != http.StatusOK {
			t.Errorf("/livez while a server hangs = %d", status)
		}
		if code := d.stop(syscall.SIGTERM); code != 0 {
			t.Errorf("exit code = %d; logged %v", code, d.log)
		}
	})
	t.Run("ReloadsAndStopsDuringACrawl", func(t *testing.T) {
		dir := t.TempDir()
		d := startDaemon(t, dir, source)
		<-asked
		path := filepath.Join(dir, "contredit.toml")
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		more := strings.NewReplacer("Lent", "Autre", site.URL, "http://127.0.0.1:1").Replace(source)
		if err := errors.Join(os.WriteFile(path, append(text, more...), 0o600), d.cmd.Process.Signal(syscall.SIGHUP)); err != nil {
			t.Fatal(err)
		}
		d.waitFor("configuration reloaded") // while the server still hangs
		if code := d.stop(syscall.SIGTERM); code != 0 {
			t.Errorf("exit code = %d; logged %v", code, d.log)
		}
	})
	t.Run("CutsOnTheSecond", func(t *testing.T) {
		dir := t.TempDir()
		d := startDaemon(t, dir, "")
		// Half a request holds the drain up, for seconds.
		conn, err := net.Dial("tcp", strings.Trim(strings.TrimPrefix(d.address, "http://"), "/"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := io.WriteString(conn, "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Le"); err != nil {
			t.Fatal(err)
		}
		d.get("/livez") // accepted after the half one
		if err := d.cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		d.waitFor("stopping")
		d.stop(syscall.SIGTERM)
		if status, ok := d.cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || !status.Signaled() {
			t.Errorf("ended as %v, want cut by the signal", d.cmd.ProcessState)
		}
		if out, err := exec.Command("contredit", "verify", "--config", filepath.Join(dir, "contredit.toml")).CombinedOutput(); err != nil {
			t.Errorf("verify: %v\n%s", err, out)
		}
	})
}

// TestDaemonWaitsForRoom holds that a full disk at the start is said and waited for: by a first signal the daemon leaves
// in good order, and it goes on by itself once there is room.
func TestDaemonWaitsForRoom(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=4m"); err != nil {
		t.Skipf("no small file system can be mounted here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	if err := os.WriteFile(filepath.Join(dir, "contredit.toml"), make([]byte, 4096), 0o600); err != nil { // room for the text
		t.Fatal(err)
	}
	ballast, err := os.Create(filepath.Join(dir, "ballast"))
	if err != nil {
		t.Fatal(err)
	}
	for err == nil {
		_, err = ballast.Write(make([]byte, 4096))
	}
	if err := ballast.Close(); err != nil {
		t.Fatal(err)
	}
	d := launchDaemon(t, dir, "")
	if said := d.waitFor("the disk is full: waiting for room"); said["hint"] == "" {
		t.Errorf("no hint: %v", said)
	}
	if code := d.stop(syscall.SIGTERM); code != 0 {
		t.Errorf("exit code while it waits = %d", code)
	}
	d = launchDaemon(t, dir, "")
	d.waitFor("the disk is full: waiting for room")
	if err := os.Remove(ballast.Name()); err != nil {
		t.Fatal(err)
	}
	d.waitFor("started")
	if code := d.stop(syscall.SIGTERM); code != 0 {
		t.Errorf("exit code = %d", code)
	}
}

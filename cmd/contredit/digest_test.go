package main

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"math/rand"
	"net"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"contredit/store"
)

// unsteadyServer takes two mails of three, and keeps what it took.
type unsteadyServer struct {
	mutex sync.Mutex
	calls int
	taken map[string]int // by recipient and Message-ID
}

func (s *unsteadyServer) NewSession(*smtp.Conn) (smtp.Session, error) {
	return &unsteadySession{server: s}, nil
}

type unsteadySession struct {
	server *unsteadyServer
	to     string
}

func (s *unsteadySession) Reset()                                    {}
func (s *unsteadySession) Logout() error                             { return nil }
func (s *unsteadySession) Mail(string, *smtp.MailOptions) error      { return nil }
func (s *unsteadySession) Rcpt(to string, _ *smtp.RcptOptions) error { s.to = to; return nil }

func (s *unsteadySession) Data(r io.Reader) error {
	m, err := mail.ReadMessage(r)
	if err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, m.Body); err != nil {
		return err
	}
	s.server.mutex.Lock()
	defer s.server.mutex.Unlock()
	if s.server.calls++; s.server.calls%3 == 0 {
		return &smtp.SMTPError{Code: 451, Message: "try later"}
	}
	s.server.taken[s.to+" "+m.Header.Get("Message-Id")]++
	return nil
}

// mailedDemo is the demo's database with so many recipients and a server, and nothing mailed yet.
func mailedDemo(t testing.TB, recipients int, server string) (config string) {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command("contredit", "demo", "--once", "--dir", dir).CombinedOutput(); err != nil {
		t.Fatalf("demo: %v\n%s", err, out)
	}
	db, err := sql.Open("sqlite3", filepath.Join(dir, "contredit.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, table := range []string{"mail_item", "mail", "letter", "mail_run"} {
		if _, err := db.Exec("DELETE FROM " + table); err != nil {
			t.Fatal(err)
		}
	}
	var list []string
	for i := range recipients {
		list = append(list, strconv.Quote(fmt.Sprintf("lecteur%d@section.example", i)))
	}
	config = filepath.Join(dir, "mail.toml")
	text := fmt.Sprintf("[instance]\ncontact = \"mailto:a@b.example\"\n[mail]\nserver = %q\nsecurity = \"none\"\nfrom = \"contredit <contredit@section.example>\"\n"+
		"[[digest]]\nname = \"Lundi\"\narchive = true\nitems = 10\nminimum_score = 0.5\nrecipients = [%s]\n", server, strings.Join(list, ", "))
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return config
}

// TestMailsAreSentOnce kills « digest send » at random moments, while one mail of three is
// refused for now, and holds that in the end every pair was carried once to every reader.
func TestMailsAreSentOnce(t *testing.T) {
	t.Parallel()
	kills := fewKills
	if n, err := strconv.Atoi(os.Getenv(killsEnv)); err == nil {
		kills = n
	}
	server := &unsteadyServer{taken: map[string]int{}}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	smtpServer := smtp.NewServer(server)
	smtpServer.Domain = "localhost"
	go smtpServer.Serve(listener) //nolint:errcheck // ends when it is closed
	t.Cleanup(func() { smtpServer.Close() })
	const recipients = 25
	config := mailedDemo(t, recipients, listener.Addr().String())
	send := func() *exec.Cmd { return exec.Command("contredit", "digest", "send", "--retry", "--config", config) }
	rng := rand.New(rand.NewSource(2))
	died := 0
	for rounds := 0; died < kills && rounds < 20*kills; rounds++ {
		c := send()
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(time.Duration(20+rng.Intn(400))*time.Millisecond, func() { _ = c.Process.Kill() }) // it may have ended by itself
		if err := c.Wait(); err != nil {
			var exit *exec.ExitError
			if errors.As(err, &exit) && !exit.Exited() {
				died++
			}
		}
		timer.Stop()
	}
	for range 40 {
		time.Sleep(time.Second) // a run is named by its second: two within one are one
		out, err := send().CombinedOutput()
		// Each issue takes the next ten pairs: the last one has none, and nothing waits.
		if err == nil && bytes.Contains(out, []byte(": 0 courriel")) && bytes.Contains(out, []byte(" 0 en attente")) {
			break
		}
	}
	holdOnce(t, filepath.Join(filepath.Dir(config), "contredit.db"), recipients, server, died)
}

// holdOnce looks into the ledger and the server's own books.
func holdOnce(t *testing.T, path string, recipients int, server *unsteadyServer, died int) {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	count := func(query string) (n int) {
		if err := db.QueryRow(query).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := count("SELECT count(*) FROM mail WHERE state <> 'sent'"); n != 0 {
		t.Errorf("%d mails were not sent", n)
	}
	flags := count("SELECT count(*) FROM link WHERE withdrawn = '' AND visibility = 'public' AND score >= 0.5 AND status IN ('new', 'confirmed', 'published')")
	carried := count("SELECT count(*) FROM mail_item")
	if flags == 0 || carried != flags*recipients {
		t.Errorf("%d items in the ledger, want %d flags for %d readers", carried, flags, recipients)
	}
	mails := count("SELECT count(*) FROM mail")
	server.mutex.Lock()
	defer server.mutex.Unlock()
	twice := 0
	for _, n := range server.taken {
		twice += n - 1
	}
	if len(server.taken) != mails {
		t.Errorf("the server took %d different mails, the ledger has %d", len(server.taken), mails)
	}
	// Between the server's answer and our note a kill leaves one mail to be sent again.
	if twice > died {
		t.Errorf("%d mails came twice in %d kills", twice, died)
	}
	t.Logf("killed %d times: %d mails to %d readers, %d pairs each, %d mails came twice", died, mails, recipients, flags, twice)
}

// TestDailyDigestOverDaylightSaving lets the clock pass minute by minute over both changes.
func TestDailyDigestOverDaylightSaving(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range []cronSpec{"30 2 * * *", "0 7 * * *"} {
		for _, day := range []string{"2026-03-29", "2026-10-25"} {
			db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "contredit.db"))
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			at, err := time.ParseInLocation(time.DateOnly, day, paris)
			if err != nil {
				t.Fatal(err)
			}
			config := defaultConfig()
			w := &work{config: &config, db: db, t: terminal{err: io.Discard}, logger: loggerTo(terminal{err: io.Discard})}
			d := digestConfig{Name: "Quotidien", Schedule: spec}
			runs := map[string]int{}
			last := ""
			for now := at.AddDate(0, 0, -1); now.Before(at.AddDate(0, 0, 2)); now = now.Add(time.Minute) {
				db.Now = func() time.Time { return now }
				if err := w.queueDue(t.Context(), d); err != nil {
					t.Fatal(err)
				}
				run, err := db.LastRun(t.Context(), d.Name)
				if err != nil {
					t.Fatal(err)
				}
				if last != "" && run != last {
					runs[now.In(paris).Format(time.DateOnly)]++
				}
				last = run
			}
			for _, date := range []string{at.AddDate(0, 0, -1).Format(time.DateOnly), day, at.AddDate(0, 0, 1).Format(time.DateOnly)} {
				if runs[date] != 1 {
					t.Errorf("%s around %s: %d runs on %s, want 1 (%v)", spec, day, runs[date], date, runs)
				}
			}
		}
	}
}

// TestMissedRunIsMadeUpForOnce holds that a week of sleep costs one mail, not seven, and that a
// new digest waits for its first hour.
func TestMissedRunIsMadeUpForOnce(t *testing.T) {
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "contredit.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	config := defaultConfig()
	w := &work{config: &config, db: db, t: terminal{err: io.Discard}, logger: loggerTo(terminal{err: io.Discard})}
	d := digestConfig{Name: "Quotidien", Schedule: "0 7 * * *", Recipients: []string{"a@b.example"}, SignOfLife: true}
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	db.Now = func() time.Time { return now }
	mails := func() int {
		if err := w.queueDue(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		all, err := db.Outbox(t.Context(), 100)
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	if n := mails(); n != 0 {
		t.Errorf("a new digest sent %d mails at once", n)
	}
	now = now.AddDate(0, 0, 7)
	if n := mails(); n != 1 {
		t.Errorf("after a week of sleep: %d mails, want 1", n)
	}
	if n := mails(); n != 1 {
		t.Errorf("looked again: %d mails, want 1", n)
	}
	now = now.AddDate(0, 0, 1)
	if n := mails(); n != 1 {
		t.Errorf("a quiet day made a sign of life before the month was over: %d mails", n)
	}
	now = now.AddDate(0, 0, 28)
	if n := mails(); n != 2 {
		t.Errorf("after a quiet month: %d mails, want a second sign of life", n)
	}
}

// TestOperatorIsToldOnce holds that what goes wrong is told when it begins and when it ends, each once.
func TestOperatorIsToldOnce(t *testing.T) {
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "contredit.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	config := defaultConfig()
	config.Mail.Operator = "operateur@section.example"
	w := &work{config: &config, db: db, t: terminal{err: io.Discard}, logger: loggerTo(terminal{err: io.Discard})}
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	db.Now = func() time.Time { return now }
	for i, wrong := range []bool{false, true, true, true, false, false, true, false} {
		now = now.Add(time.Hour)
		if err := w.alarm(t.Context(), "disque", wrong, "Le disque se remplit."); err != nil {
			t.Fatal(err)
		}
		all, err := db.Outbox(t.Context(), 100)
		if err != nil {
			t.Fatal(err)
		}
		if want := []int{0, 1, 1, 1, 2, 2, 3, 4}[i]; len(all) != want {
			t.Errorf("step %d: %d mails, want %d", i, len(all), want)
		}
	}
}

// BenchmarkTenThousandReaders composes and queues a digest for ten thousand readers.
func BenchmarkTenThousandReaders(b *testing.B) {
	config := mailedDemo(b, 10_000, "127.0.0.1:1")
	c, err := loadConfig(config)
	if err != nil {
		b.Fatal(err)
	}
	db, err := store.Open(b.Context(), c.resolve(c.Instance.Database))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	w := &work{config: c, db: db, t: terminal{err: io.Discard}, logger: loggerTo(terminal{err: io.Discard})}
	n := 0
	for b.Loop() {
		queued, err := w.queue(b.Context(), c.Digests[0], strconv.Itoa(n))
		if err != nil {
			b.Fatal(err)
		}
		if n++; n == 1 && queued != 10_000 {
			b.Fatalf("%d mails queued", queued)
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapSys)/(1<<20), "MiB-heap")
}

package review_test

import (
	"bufio"
	"context"
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"contredit/claims"
	"contredit/review"
	"contredit/store"
)

const (
	servedEnv   = "CONTREDIT_TEST_SERVE"    // the database that the child process serves
	killsEnv    = "CONTREDIT_VERDICT_KILLS" // how often the loop kills
	fewKills    = 6
	killedPairs = 6
	killedGroup = 3 // pairs decided at once
)

// TestServedUntilKilled is the child process of TestVerdictsUnderKill, and nothing on its own.
func TestServedUntilKilled(t *testing.T) {
	path := os.Getenv(servedEnv)
	if path == "" {
		t.Skip("only as a child process of TestVerdictsUnderKill")
	}
	db, err := store.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	handler, err := review.New(context.Background(), review.Config{DB: db, Now: time.Now, Title: "Essai"})
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("serves %s\n", listener.Addr())
	t.Fatal(http.Serve(listener, handler))
}

// serving is a child process, and the browser that talks to it.
type serving struct {
	command *exec.Cmd
	address string
	token   string
	browser *http.Client
	cookies []*http.Cookie
}

func mustServe(t *testing.T, path string) *serving {
	t.Helper()
	s := &serving{command: exec.Command(os.Args[0], "-test.run=^TestServedUntilKilled$"), browser: &http.Client{
		Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	s.command.Env = append(os.Environ(), servedEnv+"="+path)
	out, err := s.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.kill)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, address, ok := strings.Cut(lines.Text(), "serves "); ok {
			s.address = "http://" + address
			break
		}
	}
	go io.Copy(io.Discard, out) // ends with the process
	res, err := s.browser.Get(s.address + "/?status=all")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	s.cookies = res.Cookies()
	m := tokenField.FindStringSubmatch(mustRead(t, res))
	if m == nil {
		t.Fatal("the queue has no form")
	}
	s.token = m[1]
	return s
}

// kill is SIGKILL, of this process alone; a second time it does nothing.
func (s *serving) kill() {
	_ = s.command.Process.Kill() // it may be dead
	_ = s.command.Wait()
}

// decide sends one group's verdict; told is the way back that the answer gives, "" without an answer.
func (s *serving) decide(t *testing.T, links []string, note string) (told string) {
	t.Helper()
	form := url.Values{"token": {s.token}, "act": {"nuance"}, "note": {note}, "link": links, "back": {"/?status=all"}}
	r, err := http.NewRequest("POST", s.address+"/lot", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for _, c := range s.cookies {
		r.AddCookie(c)
	}
	res, err := s.browser.Do(r)
	if err != nil {
		return ""
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d, want a redirect", res.StatusCode)
	}
	return html.UnescapeString(res.Header.Get("Location"))
}

// TestVerdictsUnderKill decides groups of pairs while the server is killed at random moments.
// What was answered is there, by the numbers that the answer gave; what was not is there for
// the whole group or for none of it; and the journal's chain holds.
func TestVerdictsUnderKill(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills processes")
	}
	kills := fewKills
	if n, err := strconv.Atoi(os.Getenv(killsEnv)); err == nil && n > 0 {
		kills = n
	}
	path := filepath.Join(t.TempDir(), "contredit.db")
	db, err := store.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for n := range killedPairs {
		ids = append(ids, addPair(t, db, plain(n+1)))
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	draw := rand.New(rand.NewPCG(9, 9))
	sent, told := map[string][]string{}, map[string]string{}
	for range kills {
		s := mustServe(t, path)
		time.AfterFunc(time.Duration(20+draw.IntN(400))*time.Millisecond, func() { _ = s.command.Process.Kill() })
		for {
			note := fmt.Sprint("acte ", len(sent))
			first := draw.IntN(killedPairs - killedGroup + 1)
			sent[note] = ids[first : first+killedGroup]
			back := s.decide(t, sent[note], note)
			if back == "" {
				break
			}
			told[note] = back
		}
		s.kill()
	}
	if len(told) == 0 || len(sent) != len(told)+kills {
		t.Fatalf("%d acts sent, %d answered, %d kills: the loop tried nothing", len(sent), len(told), kills)
	}
	wantWhole(t, path, ids, sent, told)
}

func wantWhole(t *testing.T, path string, ids []string, sent map[string][]string, told map[string]string) {
	t.Helper()
	ctx := context.Background()
	db, err := store.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	there, numbered := map[string]int{}, map[string]bool{}
	for _, id := range ids {
		history, err := db.Verdicts(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range history {
			there[v.Note]++
			numbered[fmt.Sprintf("%s %s.%d", v.Note, v.Link, v.ID)] = true
			if v.Decision != claims.StatusNuance || v.Reviewer == "" {
				t.Errorf("%s: half a verdict: %+v", v.Note, v)
			}
		}
	}
	kept := 0
	for note, links := range sent {
		back, answered := told[note]
		switch n := there[note]; {
		case n != 0 && n != len(links):
			t.Errorf("%s: %d of its %d pairs were decided", note, n, len(links))
		case answered && n == 0:
			t.Errorf("%s: answered, and lost", note)
		case !answered && n > 0:
			kept++
		}
		if !answered {
			continue
		}
		u, err := url.Parse(back)
		if err != nil || len(u.Query()["done"]) != len(links) {
			t.Errorf("%s: the answer %q does not say what was done (%v)", note, back, err)
			continue
		}
		for _, done := range u.Query()["done"] {
			if !numbered[note+" "+done] {
				t.Errorf("%s: the answer names %s, which is not there", note, done)
			}
		}
	}
	if _, err := db.Check(ctx, func(f store.Fault) { t.Errorf("fault: %+v", f) }); err != nil {
		t.Error(err)
	}
	t.Logf("%d acts on %d pairs each: %d answered, %d not, of which %d are there", len(sent), killedGroup, len(told), len(sent)-len(told), kept)
}

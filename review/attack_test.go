package review_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"contredit/review"
	"contredit/store"
)

// TestSessionFixation plants a session in a victim's browser: signing in must not make it valid,
// and signing out must end the real one on the server, not in the browser alone.
func TestSessionFixation(t *testing.T) {
	const password = "une phrase assez longue"
	hash, err := review.HashPassword(password)
	if err != nil {
		t.Fatal(err)
	}
	h := mustHouse(t, func(c *review.Config) { c.Accounts = true })
	if err := h.db.SaveReviewer(context.Background(), store.Reviewer{Name: "Ada", Role: "reviewer", Password: hash}); err != nil {
		t.Fatal(err)
	}
	signIn := func() {
		t.Helper()
		h.post("/connexion", "/connexion", url.Values{"name": {"Ada"}, "password": {password}, "back": {"/"}})
	}
	opens := func(cookies map[string]string) bool {
		t.Helper()
		other := &house{tb: t, db: h.db, handler: h.handler, cookies: cookies, host: h.host}
		status, _ := other.get("/")
		return status == http.StatusOK
	}
	signIn()
	session := ""
	for name := range h.cookies {
		if opens(map[string]string{name: h.cookies[name]}) {
			session = name
		}
	}
	if session == "" {
		t.Fatal("no cookie carries the session: this test shows nothing")
	}
	first := h.cookies[session]
	h.post("/", "/deconnexion", url.Values{})
	if opens(map[string]string{session: first}) {
		t.Error("the session lives on after signing out")
	}
	const planted = "plantedplantedplantedplanted"
	h.cookies = map[string]string{session: planted}
	signIn()
	if h.cookies[session] == planted || h.cookies[session] == first {
		t.Errorf("signing in kept the session %q", h.cookies[session])
	}
	if opens(map[string]string{session: planted}) {
		t.Error("the planted session is signed in")
	}
}

// TestOversizedForm sends more than any form holds: it is refused and kept nowhere.
func TestOversizedForm(t *testing.T) {
	h := mustHouse(t, nil)
	id := addPair(t, h.db, plain(1))
	res := h.post("/paires/"+id, "/paires/"+id+"/verdict", url.Values{"act": {"confirmed"}, "note": {strings.Repeat("a", 6<<20)}})
	if res.StatusCode < 400 || res.StatusCode >= 500 {
		t.Errorf("status %d, want a refusal", res.StatusCode)
	}
	l, err := h.db.Link(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	if l.Status != "new" {
		t.Errorf("the verdict was taken: %s", l.Status)
	}
}

// TestLogInjection puts line ends and a forged entry wherever a visitor's text might reach the log.
func TestLogInjection(t *testing.T) {
	var log bytes.Buffer
	h := mustHouse(t, func(c *review.Config) {
		c.Accounts, c.Logger = true, slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	forged := "\n{\"level\":\"INFO\",\"msg\":\"forged\"}\n"
	h.post("/connexion", "/connexion", url.Values{"name": {"Ada" + forged}, "password": {"x"}, "back": {forged}})
	r := httptest.NewRequest("GET", "/paires/"+url.PathEscape(forged)+"?q="+url.QueryEscape(forged), nil)
	r.Header.Set("X-Forwarded-For", "1.2.3.4"+forged)
	r.Header.Set("Accept-Language", forged)
	h.do(r)
	if log.Len() == 0 {
		t.Fatal("nothing was logged: this test shows nothing")
	}
	for line := range strings.Lines(log.String()) {
		if !strings.HasPrefix(line, `{"time":`) {
			t.Errorf("a line of a visitor's own: %s", line)
		}
	}
	if strings.Contains(log.String(), "Ada") {
		t.Errorf("the log names who tried to sign in: %s", log.String())
	}
}

// TestHeaderInjection asks to be sent back to addresses with line ends, or to other sites.
func TestHeaderInjection(t *testing.T) {
	h := mustHouse(t, nil)
	id := addPair(t, h.db, plain(1))
	for _, back := range []string{"/\r\nSet-Cookie: a=b", "//evil.exemple/", "https://evil.exemple/", "/\\evil.exemple", "\t//evil.exemple", "javascript:alert(1)", "/%0d%0aX: y"} {
		res := h.post("/", "/lot", url.Values{"link": {id}, "act": {"undecidable"}, "back": {back}})
		location := res.Header.Get("Location")
		u, err := url.Parse(location)
		if err != nil || u.Host != "" || u.Scheme != "" || strings.ContainsAny(location, "\r\n\\") || strings.HasPrefix(location, "//") {
			t.Errorf("back %q leads to %q (%v)", back, location, err)
		}
		for _, c := range res.Cookies() {
			if c.Name == "a" {
				t.Errorf("back %q set a cookie", back)
			}
		}
	}
}

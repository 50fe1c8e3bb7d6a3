package main

import (
	"database/sql"
	"strings"
	"testing"
	"time"

	"contredit/digest"
)

// TestHookReadsNoOldPair holds that a look of a hook reads neither what it was told nor what is older
// than it: with an archive of pairs that is most of them, each minute. A pair that comes under its
// filter by a decision is news, however old its finding.
func TestHookReadsNoOldPair(t *testing.T) {
	w, now := quietWork(t)
	pairsOf(t, w, "avant", 0.9)
	*now = now.Add(time.Minute)
	w.config.Hooks = []hookConfig{{Name: "salon", URL: "https://chat.example/"}, {Name: "sûr", URL: "https://chat.example/", States: []string{"confirmed"}}}
	look := func(want string) {
		t.Helper()
		if err := w.queueHooks(t.Context()); err != nil {
			t.Fatal(err)
		}
		all, err := w.db.Outbox(t.Context(), 100)
		if err != nil {
			t.Fatal(err)
		}
		var told []string
		for _, m := range all {
			told = append(told, m.Recipient+" "+m.Run)
		}
		if got := strings.Join(told, ", "); got != want {
			t.Errorf("told %q, want %q", got, want)
		}
		*now = now.Add(time.Minute)
	}
	look("")
	pairsOf(t, w, "eau", 0.8)
	look("hook:salon eau0")
	raw, err := sql.Open("sqlite3", w.db.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.Exec(`UPDATE link SET body = '{"Evidence": 1}'`); err != nil { // whoever reads it fails
		t.Fatal(err)
	}
	pairsOf(t, w, "gaz", 0.7)
	look("hook:salon eau0, hook:salon gaz0")
	if _, err := raw.Exec("UPDATE link SET status = 'confirmed' WHERE id = 'gaz0'"); err != nil {
		t.Fatal(err)
	}
	look("hook:salon eau0, hook:salon gaz0, hook:sûr gaz0")
}

// TestHookNamesNoPageWithoutAddress holds that a hook is given the address of a pair only where its
// reader can reach it.
func TestHookNamesNoPageWithoutAddress(t *testing.T) {
	w, now := quietWork(t)
	w.config.Mail.Server = "smtp.section.example:587"
	w.config.Hooks = []hookConfig{{Name: "salon", URL: "https://chat.example/"}}
	for _, claim := range []string{"eau", "gaz"} {
		*now = now.Add(time.Minute)
		pairsOf(t, w, claim, 0.8)
		if err := w.queueHooks(t.Context()); err != nil {
			t.Fatal(err)
		}
		*now = now.Add(time.Minute)
	}
	m, ok, err := w.db.TakeMail(t.Context(), digest.WayHook, *now, time.Minute)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	if items := m.Letter.Items; len(items) != 1 || items[0].Page != "" {
		t.Errorf("queued %+v, want one pair without a page", items)
	}
}

package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"contredit/digest"
	"contredit/store"
)

// bounceOf is a report that a mail to an address came back.
func bounceOf(address, status, messageID string) string {
	return "From: MAILER-DAEMON@section.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=B\n\n--B\nContent-Type: text/plain\n\nsorry\n" +
		"--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; " + address + "\nAction: failed\nStatus: " + status +
		"\n\n--B\nContent-Type: text/rfc822-headers\n\nMessage-ID: <" + messageID + "@section.example>\nSubject: Lundi\n\n--B--\n"
}

// TestBouncesSuspendTheirAddress holds that a mailbox that is gone gets no more mail, that one that
// is full does, that others' addresses are none of our business, and that the box stays as it is.
func TestBouncesSuspendTheirAddress(t *testing.T) {
	dir := t.TempDir()
	box := filepath.Join(dir, "Maildir", "new")
	if err := os.MkdirAll(box, 0o700); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), filepath.Join(dir, "contredit.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	config := defaultConfig()
	config.path = filepath.Join(dir, "contredit.toml")
	config.Mail.Bounces, config.Mail.Operator = "Maildir", "operateur@section.example"
	config.Digests = []digestConfig{{Name: "Lundi", Recipients: []string{"gone@section.example", "full@section.example", "forged@section.example"}}}
	w := &work{config: &config, db: db, t: terminal{err: io.Discard}, logger: loggerTo(terminal{err: io.Discard})}
	if _, err := db.QueueIssue(t.Context(), digest.Issue{Letter: digest.Letter{Digest: "Lundi"}, Run: "before", Recipients: config.Digests[0].Recipients}, db.Now()); err != nil {
		t.Fatal(err)
	}
	ids := map[string]string{}
	for range config.Digests[0].Recipients {
		m, _, err := db.TakeMail(t.Context(), digest.WayMail, db.Now(), time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.EndMail(t.Context(), m.ID, digest.StateSent, "250", db.Now()); err != nil {
			t.Fatal(err)
		}
		ids[m.Recipient] = m.MessageID()
	}
	for name, text := range map[string]string{
		"1": bounceOf("gone@section.example", "5.1.1", ids["gone@section.example"]), "2": bounceOf("full@section.example", "5.2.2", ids["full@section.example"]),
		"3": bounceOf("other@elsewhere.example", "5.1.1", ids["gone@section.example"]), "4": "Subject: bonjour\n\nUser unknown\n",
		"5": bounceOf("forged@section.example", "5.1.1", "contredit.000000000000000000000000"),
		"6": bounceOf("forged@section.example", "5.1.1", ids["gone@section.example"]), // of another reader
	} {
		if err := os.WriteFile(filepath.Join(box, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	// As after a kill before the mail was noted: what follows from it is done twice.
	if err := w.bounced(t.Context(), digest.Bounce{Recipient: "gone@section.example", Permanent: true, Status: "5.1.1", MessageID: ids["gone@section.example"]}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := w.readBounces(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	stopped, err := db.StoppedMails(t.Context())
	if err != nil || len(stopped) != 1 || stopped[0].Address != "gone@section.example" {
		t.Errorf("stopped %+v, %v", stopped, err)
	}
	for range 2 {
		if err := w.watch(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	told, err := db.Outbox(t.Context(), 10)
	if err != nil || len(told) != 4 || told[0].Recipient != "operateur@section.example" {
		t.Errorf("the operator was told %d times, %v", len(told), err)
	}
	if n, err := db.QueueIssue(t.Context(), digest.Issue{Letter: digest.Letter{Digest: "Lundi"}, Run: "r", Recipients: config.Digests[0].Recipients}, db.Now()); err != nil || n != 2 {
		t.Errorf("%d mails queued, want those to the full mailbox and to whom a forger named, %v", n, err)
	}
	left, err := os.ReadDir(box)
	if err != nil || len(left) != 6 {
		t.Errorf("%d mails are left in the box, %v", len(left), err)
	}
}

// TestAnswerLinksNeedAnAddressThatReadersReach holds that no mail leads readers to a machine of ours.
func TestAnswerLinksNeedAnAddressThatReadersReach(t *testing.T) {
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "contredit.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	config := defaultConfig()
	w := &work{config: &config, db: db, t: terminal{err: io.Discard}, logger: loggerTo(terminal{err: io.Discard})}
	if links, err := w.answerLinks(t.Context()); err != nil || links != nil {
		t.Errorf("links without a public address, %v", err)
	}
	config.Review.PublicURL = "https://section.example/contredit"
	links, err := w.answerLinks(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 3, 30, 5, 0, 0, 0, time.UTC)
	if l := links(operatorDigest, "a@b.example", at); l.Unsubscribe != "" {
		t.Error("the operator could unsubscribe from what only an operator can mend")
	}
	first, err := w.answerKey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	again, err := w.answerKey(t.Context())
	if err != nil || !bytes.Equal(first, again) || len(first) < 32 {
		t.Errorf("the key is not kept: %v", err)
	}
}

// TestHooksHearOfEachPairOnce runs the demo's pairs past a hook that fails at first: the past is no
// news, and each new pair arrives once.
func TestHooksHearOfEachPairOnce(t *testing.T) {
	t.Parallel()
	heard := map[string]int{}
	calls := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var posted struct{ Letter digest.Letter }
		if err := json.NewDecoder(r.Body).Decode(&posted); err != nil {
			t.Error(err)
		}
		if calls++; calls%3 == 0 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		for _, item := range posted.Letter.Items {
			heard[item.ID]++
		}
	}))
	t.Cleanup(server.Close)
	path := mailedDemo(t, 1, "127.0.0.1:1")
	db, err := store.Open(t.Context(), filepath.Join(filepath.Dir(path), "contredit.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	config := defaultConfig()
	config.Hooks = []hookConfig{{Name: "salon", URL: server.URL, MinimumScore: 0.5}}
	w := &work{config: &config, db: db, t: terminal{err: io.Discard}, logger: loggerTo(terminal{err: io.Discard})}
	now := time.Now()
	db.Now = func() time.Time { return now }
	look := func() {
		now = now.Add(7 * time.Hour) // past every backoff
		if err := w.queueHooks(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := w.deliver(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	look()
	look()
	if len(heard) != 0 {
		t.Errorf("the hook heard %d pairs of the past", len(heard))
	}
	all, err := db.Links(t.Context(), store.LinkFilter{MinimumScore: 0.5})
	if err != nil || len(all) < 10 {
		t.Fatalf("%d pairs, %v", len(all), err)
	}
	raw, err := sql.Open("sqlite3", filepath.Join(filepath.Dir(path), "contredit.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.Exec("UPDATE link SET imported = 0, found_at = ?", now.Add(time.Hour).UTC().Format(time.RFC3339)); err != nil {
		t.Fatal(err)
	}
	for range 8 {
		look()
	}
	for _, l := range all {
		if heard[l.ID] != 1 {
			t.Errorf("%s was told %d times", l.ID, heard[l.ID])
		}
	}
}

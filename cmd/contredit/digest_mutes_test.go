package main

import (
	"bytes"
	"strings"
	"testing"

	"contredit/digest"
	"contredit/store"
)

// TestNotForMeEndsAClaimForItsReader holds that « pas pour moi » keeps a claim and its repeats out of that
// reader's mails of that digest, those that wait and those that come, until it is taken back.
func TestNotForMeEndsAClaimForItsReader(t *testing.T) {
	w := deskWork(t)
	other := "c@d.example"
	w.config.Digests[0].Recipients = []string{mailReader, other}
	w.config.Digests = append(w.config.Digests, digestConfig{Name: "Mardi", Recipients: []string{mailReader}})
	var out bytes.Buffer
	w.t.out = &out
	answer := func(a digest.Answer, item string) {
		t.Helper()
		if err := w.db.SaveAnswer(t.Context(), store.ReaderAnswer{Digest: "Lundi", Recipient: mailReader, Item: item, Answer: a, At: w.db.Now()}); err != nil {
			t.Fatal(err)
		}
	}
	due := func(d int, recipient string) string {
		t.Helper()
		list, err := w.issues(t.Context(), w.config.Digests[d], "2")
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, issue := range list {
			for _, r := range issue.Recipients {
				for _, item := range issue.Letter.Items {
					if r == recipient {
						ids = append(ids, item.ID)
					}
				}
			}
		}
		return strings.Join(ids, " ")
	}
	gaz, err := w.db.Link(t.Context(), "gaz0")
	if err != nil {
		t.Fatal(err)
	}
	bus, err := w.db.Link(t.Context(), "bus0")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.db.SaveRepeats(t.Context(), map[string]string{bus.Claim.ID: gaz.Claim.ID}); err != nil {
		t.Fatal(err)
	}
	answer(digest.AnswerMute, "bus0")
	answer(digest.AnswerWrong, "bus0") // of the pair: it takes nothing back
	if got := leave(t, w); got != "eau" {
		t.Errorf("the mail that waited carried %q, want eau alone", got)
	}
	if got := due(0, mailReader); got != "" {
		t.Errorf("due to who muted it: %q", got)
	}
	if got := due(0, other); got != "eau0 gaz0 bus0" {
		t.Errorf("due to another reader: %q", got)
	}
	if got := due(1, mailReader); got != "eau0 gaz0 bus0" {
		t.Errorf("due in another digest: %q", got)
	}
	if err := w.listDigests(t.Context()); err != nil || !strings.Contains(out.String(), mailReader+" a dit") {
		t.Errorf("the operator does not see who muted what, %v:\n%s", err, out.String())
	}
	answer(digest.AnswerHear, "gaz0") // from a link about the same claim
	if got := due(0, mailReader); got != "gaz0 bus0" {
		t.Errorf("due once taken back: %q", got)
	}
}

// TestDryRunNamesWhoWouldGetIt holds that who is suspended, or named twice, is not said to get mail.
func TestDryRunNamesWhoWouldGetIt(t *testing.T) {
	w := deskWork(t)
	var out bytes.Buffer
	w.t.out = &out
	d := digestConfig{Name: "Mardi", Recipients: []string{mailReader, "gone@d.example", mailReader, "left@d.example"}}
	if err := w.db.SuspendAddress(t.Context(), "gone@d.example", "550 inconnu", w.db.Now()); err != nil {
		t.Fatal(err)
	}
	if err := w.db.StopMail(t.Context(), "left@d.example", "Mardi", "désinscription", w.db.Now()); err != nil {
		t.Fatal(err)
	}
	if err := w.sayIssues(t.Context(), d, "1"); err != nil {
		t.Fatal(err)
	}
	got := out.String()
	if !strings.Contains(got, "    à "+mailReader+"\n") || !strings.Contains(got, "pas à gone@d.example, suspendu") || !strings.Contains(got, "550 inconnu") ||
		!strings.Contains(got, "pas à left@d.example") || strings.Count(got, "@") != 3 {
		t.Errorf("said:\n%s", got)
	}
}

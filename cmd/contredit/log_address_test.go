package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"contredit/digest"
)

// TestLogNamesNoMailAddress holds that neither refusals, nor delays, nor bounces, nor a suspended operator put
// anybody's address into the log, and that status tells which address a tag stands for.
func TestLogNamesNoMailAddress(t *testing.T) {
	w, now, _ := strictWork(t, 3, map[string]*smtp.SMTPError{
		"lecteur1@section.example": {Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no mailbox LECTEUR1 here"},
		"lecteur2@section.example": {Code: 450, EnhancedCode: smtp.EnhancedCode{4, 2, 0}, Message: "<lecteur2@section.example> greylisted, lecteur2"},
	})
	var log bytes.Buffer
	w.logger = loggerTo(terminal{err: &log})
	if _, err := w.deliver(t.Context()); err != nil {
		t.Fatal(err)
	}
	all, err := w.db.Outbox(t.Context(), 10)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 3 {
		t.Fatalf("%d mails", len(all))
	}
	for _, b := range []digest.Bounce{
		{Recipient: "lecteur0@section.example", Permanent: true, Status: "5.1.1", Reason: "user lecteur0@section.example is gone", MessageID: "forged"},
		{Recipient: w.config.Mail.Operator, Permanent: true, Status: "5.1.1", Reason: "operateur@section.example", MessageID: "forged"},
	} {
		if err := w.bounced(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.db.SuspendAddress(t.Context(), w.config.Mail.Operator, "gone", *now); err != nil {
		t.Fatal(err)
	}
	if told, err := w.tellOperator(t.Context(), "x "+now.Format(time.RFC3339), []string{"Le courrier pour lecteur1@section.example est suspendu."}); told || err != nil {
		t.Fatal(told, err)
	}
	text := log.String()
	for _, person := range []string{"lecteur0", "lecteur1", "lecteur2", "operateur", "@section.example"} {
		if strings.Contains(strings.ToLower(text), person) {
			t.Errorf("the log names %s:\n%s", person, text)
		}
	}
	for _, address := range []string{"lecteur0@section.example", "lecteur1@section.example", "lecteur2@section.example", w.config.Mail.Operator} {
		if !strings.Contains(text, addressTag(address)) {
			t.Errorf("the log does not speak of %s:\n%s", addressTag(address), text)
		}
	}
	var out bytes.Buffer
	if err := sayMails(t.Context(), terminal{out: &out}, w.db, w.config.Mail.Operator); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "lecteur1@section.example ("+addressTag("lecteur1@section.example")) {
		t.Errorf("status does not tell which address is suspended:\n%s", out.String())
	}
}

package digest_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"contredit/digest"
)

// report is a delivery status notification such as Postfix sends.
func report(action, recipient, status string) string {
	return "Return-Path: <>\r\nFrom: MAILER-DAEMON@section.example\r\nTo: contredit@section.example\r\nSubject: Undelivered Mail\r\n" +
		"MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"B\"\r\n\r\n" +
		"--B\r\nContent-Type: text/plain\r\n\r\nI'm sorry to have to inform you.\r\n" +
		"--B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.section.example\r\nArrival-Date: Mon, 30 Mar 2026 07:00:00 +0200\r\n\r\n" +
		"Final-Recipient: rfc822; " + recipient + "\r\nAction: " + action + "\r\nStatus: " + status + "\r\nDiagnostic-Code: smtp; 550 5.1.1 no\r\n such user\r\n\r\n" +
		"--B\r\nContent-Type: message/rfc822\r\n\r\nSubject: Lundi\r\nMessage-ID: <contredit.0a@section.example>\r\n\r\nBonjour\r\n--B--\r\n"
}

func TestReadBounce(t *testing.T) {
	for name, tt := range map[string]struct {
		raw  string
		want digest.Bounce
	}{
		"UnknownMailbox":      {report("failed", "a@b.example", "5.1.1"), digest.Bounce{Recipient: "a@b.example", Permanent: true, Status: "5.1.1", Reason: "550 5.1.1 no such user"}},
		"FullForLong":         {report("failed", "a@b.example", "4.2.2"), digest.Bounce{Recipient: "a@b.example", Status: "4.2.2", Reason: "550 5.1.1 no such user"}},
		"BracketsAndCase":     {report("Failed", "<A@b.example>", "5.0.0"), digest.Bounce{Recipient: "A@b.example", Permanent: true, Status: "5.0.0", Reason: "550 5.1.1 no such user"}},
		"FullForGood":         {report("failed", "a@b.example", "5.2.2"), digest.Bounce{Recipient: "a@b.example", Status: "5.2.2", Reason: "550 5.1.1 no such user"}},
		"Blocked":             {report("failed", "a@b.example", "5.7.1"), digest.Bounce{Recipient: "a@b.example", Status: "5.7.1", Reason: "550 5.1.1 no such user"}},
		"NothingToldOfWhy":    {strings.Replace(report("failed", "a@b.example", "5.0.0"), "550 5.1.1 no", "554 no", 1), digest.Bounce{Recipient: "a@b.example", Status: "5.0.0", Reason: "554 no such user"}},
		"ForwardNamesUs":      {strings.Replace(report("failed", "behind@elsewhere.example", "5.1.1"), "Action:", "Original-Recipient: rfc822;a@b.example\r\nAction:", 1), digest.Bounce{Recipient: "a@b.example", Permanent: true, Status: "5.1.1", Reason: "550 5.1.1 no such user"}},
		"OnlyDelayed":         {report("delayed", "a@b.example", "4.4.1"), digest.Bounce{}},
		"Delivered":           {report("delivered", "a@b.example", "2.0.0"), digest.Bounce{}},
		"NoAddress":           {report("failed", "personne", "5.1.1"), digest.Bounce{}},
		"AnswerOfAPerson":     {"From: a@b.example\r\nSubject: Re: Lundi\r\n\r\nMerci ! User unknown, 550 5.1.1\r\n", digest.Bounce{}},
		"AbsenceMessage":      {"From: a@b.example\r\nAuto-Submitted: auto-replied\r\nContent-Type: text/plain\r\n\r\nJe suis absent.\r\n", digest.Bounce{}},
		"ReportOfDisposition": {strings.Replace(report("failed", "a@b.example", "5.1.1"), "report-type=delivery-status", "report-type=disposition-notification", 1), digest.Bounce{}},
		"Nothing":             {"", digest.Bounce{}},
	} {
		t.Run(name, func(t *testing.T) {
			found, err := digest.ReadBounce(strings.NewReader(tt.raw))
			if tt.want == (digest.Bounce{}) {
				if !errors.Is(err, digest.ErrNoBounce) {
					t.Errorf("got %+v, %v", found, err)
				}
				return
			}
			tt.want.MessageID = "contredit.0a"
			if err != nil || len(found) != 1 || found[0] != tt.want {
				t.Errorf("got %+v, %v, want %+v", found, err, tt.want)
			}
		})
	}
}

func TestReadBoxes(t *testing.T) {
	dir := t.TempDir()
	mbox := filepath.Join(dir, "mbox")
	first, second := report("failed", "a@b.example", "5.1.1"), report("failed", "c@d.example", "5.1.1")
	if err := os.WriteFile(mbox, []byte("From MAILER-DAEMON Mon Mar 30 07:00:00 2026\n"+first+"\nFrom MAILER-DAEMON Mon Mar 30 07:01:00 2026\n"+second), 0o600); err != nil {
		t.Fatal(err)
	}
	maildir := filepath.Join(dir, "Maildir")
	for below, text := range map[string]string{"new": first, "cur": second, "tmp": "half a mail"} {
		if err := os.MkdirAll(filepath.Join(maildir, below), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(maildir, below, "1.x"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{mbox, maildir} {
		all, err := digest.ReadBox(path)
		if err != nil || len(all) != 2 || all[0].ID == all[1].ID {
			t.Fatalf("%s: %d mails, %v", path, len(all), err)
		}
		recipients := map[string]bool{}
		for _, m := range all {
			found, err := digest.ReadBounce(strings.NewReader(string(m.Raw)))
			if err != nil {
				t.Fatalf("%s: %v\n%s", path, err, m.Raw)
			}
			recipients[found[0].Recipient] = true
		}
		if !recipients["a@b.example"] || !recipients["c@d.example"] {
			t.Errorf("%s: %v", path, recipients)
		}
	}
	if all, err := digest.ReadBox(filepath.Join(dir, "absent")); err != nil || len(all) != 0 {
		t.Errorf("a box that is not there yet: %d mails, %v", len(all), err)
	}
}

func FuzzReadBounce(f *testing.F) {
	f.Add([]byte(report("failed", "a@b.example", "5.1.1")))
	f.Add([]byte("Content-Type: multipart/report; report-type=delivery-status; boundary=\"\"\n\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		found, err := digest.ReadBounce(strings.NewReader(string(raw)))
		if (err == nil) != (len(found) > 0) {
			t.Errorf("%d bounces, %v", len(found), err)
		}
		for _, b := range found {
			if !strings.Contains(b.Recipient, "@") {
				t.Errorf("%q is no address", b.Recipient)
			}
		}
	})
}

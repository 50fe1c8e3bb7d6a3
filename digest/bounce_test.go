package digest_test

import (
	"errors"
	"fmt"
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
		box := &digest.Box{Path: path}
		all, err := box.New()
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
	if all, err := (&digest.Box{Path: filepath.Join(dir, "absent")}).New(); err != nil || len(all) != 0 {
		t.Errorf("a box that is not there yet: %d mails, %v", len(all), err)
	}
}

// TestBoxIsReadOnce looks at a box again and again while mails come, move and go.
func TestBoxIsReadOnce(t *testing.T) {
	mail := func(i int) string { return report("failed", fmt.Sprintf("r%d@a.example", i), "5.1.1") }
	look := func(t *testing.T, b *digest.Box, want int, noted bool) {
		t.Helper()
		all, err := b.New()
		if err != nil || len(all) != want {
			t.Errorf("%d mails, want %d (%v)", len(all), want, err)
		}
		if noted {
			b.Seen()
		}
	}
	t.Run("File", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "mbox")
		add := func(flags int, text string) {
			t.Helper()
			f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|flags, 0o600)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if _, err := f.WriteString(text); err != nil {
				t.Fatal(err)
			}
		}
		whole := func(i int) string { return "From MAILER-DAEMON Mon Mar 30 07:00:00 2026\n" + mail(i) + "\n" }
		b := &digest.Box{Path: path}
		add(os.O_APPEND, whole(1))
		look(t, b, 1, false)
		look(t, b, 1, true) // what was not noted comes again
		look(t, b, 0, true)
		add(os.O_APPEND, whole(2))
		look(t, b, 1, true)
		half := whole(3)
		add(os.O_APPEND, half[:len(half)/2])
		look(t, b, 1, true)
		add(os.O_APPEND, half[len(half)/2:])
		look(t, b, 3, true) // read anew: the ids tell what is known
		add(os.O_TRUNC, whole(4))
		look(t, b, 1, true)
	})
	t.Run("Maildir", func(t *testing.T) {
		path := t.TempDir()
		for _, below := range []string{"new", "cur"} {
			if err := os.Mkdir(filepath.Join(path, below), 0o700); err != nil {
				t.Fatal(err)
			}
		}
		put := func(i int) {
			t.Helper()
			if err := os.WriteFile(filepath.Join(path, "new", fmt.Sprintf("%07d.host", i)), []byte(mail(i)), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		for i := range 4500 { // more than one look takes
			put(i)
		}
		b := &digest.Box{Path: path}
		look(t, b, 2000, false)
		look(t, b, 2000, true)
		look(t, b, 2000, true)
		look(t, b, 500, true)
		look(t, b, 0, true)
		if err := os.Rename(filepath.Join(path, "new", "0000001.host"), filepath.Join(path, "cur", "0000001.host:2,S")); err != nil {
			t.Fatal(err)
		}
		look(t, b, 0, true)
		put(4500)
		look(t, b, 1, true)
	})
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

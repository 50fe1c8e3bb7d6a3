package main

import (
	"fmt"
	"net"
	"path/filepath"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"contredit/digest"
)

// strictServer refuses some recipients, or all.
type strictServer struct {
	unsteadyServer
	refuse map[string]*smtp.SMTPError // by address; "" for all others
}

func (s *strictServer) NewSession(*smtp.Conn) (smtp.Session, error) {
	return &strictSession{unsteadySession{server: &s.unsteadyServer}, s}, nil
}

type strictSession struct {
	unsteadySession
	office *strictServer
}

func (s *strictSession) Rcpt(to string, o *smtp.RcptOptions) error {
	s.office.mutex.Lock()
	s.office.calls = 0 // it takes what it does not refuse
	refusal, known := s.office.refuse[to]
	if !known {
		refusal = s.office.refuse[""]
	}
	s.office.mutex.Unlock()
	if refusal != nil {
		return refusal
	}
	return s.unsteadySession.Rcpt(to, o)
}

// strictWork sends a digest to so many readers by a server that refuses as said.
func strictWork(t *testing.T, readers int, refuse map[string]*smtp.SMTPError) (*work, *time.Time, *strictServer) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	office := &strictServer{unsteadyServer{taken: map[string]int{}}, refuse}
	server := smtp.NewServer(office)
	server.Domain = "localhost"
	go server.Serve(listener) //nolint:errcheck // ends when it is closed
	t.Cleanup(func() { server.Close() })
	w, now := quietWork(t)
	w.config.path = filepath.Join(t.TempDir(), "contredit.toml")
	w.config.Mail.Server, w.config.Mail.Security, w.config.Mail.From = listener.Addr().String(), "none", "contredit <contredit@section.example>"
	d := digestConfig{Name: "Lundi"}
	for i := range readers {
		d.Recipients = append(d.Recipients, fmt.Sprintf("lecteur%d@section.example", i))
	}
	w.config.Digests = []digestConfig{d}
	pairsOf(t, w, "eau", 0.9)
	if n, err := w.queue(t.Context(), d, "1"); err != nil || n != readers {
		t.Fatalf("%d mails, %v", n, err)
	}
	return w, now, office
}

var noSuchUser = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}

// TestAServerThatRefusesEverybodySuspendsNobody holds that a broken server costs no reader: all
// wait, the server is left alone for now, and all get their mail when it is mended.
func TestAServerThatRefusesEverybodySuspendsNobody(t *testing.T) {
	for name, refusal := range map[string]*smtp.SMTPError{
		"UnknownAll": noSuchUser, "Bare": {Code: 550, EnhancedCode: smtp.NoEnhancedCode, Message: "no"},
		"RelayDenied": {Code: 554, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "relay access denied"},
	} {
		t.Run(name, func(t *testing.T) {
			w, now, office := strictWork(t, 12, map[string]*smtp.SMTPError{"": refusal})
			sent, err := w.deliver(t.Context())
			if err != nil || sent.Trouble == nil || sent.Delayed > 4 {
				t.Errorf("%+v, %v: want the server left alone after a few", sent, err)
			}
			if stopped, err := w.db.StoppedMails(t.Context()); err != nil || len(stopped) != 0 {
				t.Errorf("suspended: %+v, %v", stopped, err)
			}
			office.mutex.Lock()
			office.refuse = nil
			office.mutex.Unlock()
			*now = now.Add(time.Hour)
			if sent, err := w.deliver(t.Context()); err != nil || sent.Sent != 12 {
				t.Errorf("mended: %+v, %v", sent, err)
			}
		})
	}
}

// TestAnUnknownReaderAmongOthersIsSuspended holds that one address that is gone is known as such by
// the others' mails, and that what is refused for another reason suspends nobody.
func TestAnUnknownReaderAmongOthersIsSuspended(t *testing.T) {
	w, _, _ := strictWork(t, 8, map[string]*smtp.SMTPError{
		"lecteur2@section.example": noSuchUser, "lecteur3@section.example": noSuchUser,
		"lecteur5@section.example": {Code: 552, EnhancedCode: smtp.EnhancedCode{5, 2, 2}, Message: "mailbox full"},
		"lecteur7@section.example": noSuchUser,
	})
	sent, err := w.deliver(t.Context())
	if err != nil || sent.Sent != 4 || len(sent.Refused) != 3 || sent.Delayed != 1 {
		t.Errorf("%+v, %v", sent, err)
	}
	stopped, err := w.db.StoppedMails(t.Context())
	if err != nil || len(stopped) != 3 {
		t.Errorf("suspended: %+v, %v", stopped, err)
	}
	counts, err := w.db.CountMails(t.Context())
	if err != nil || counts[digest.StateRefused] != 3 || counts[digest.StateQueued] != 1 {
		t.Errorf("%v, %v", counts, err)
	}
}

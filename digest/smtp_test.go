package digest_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"contredit/digest"
)

// postOffice is a real SMTP server with the faults that a test asks for.
type postOffice struct {
	mutex   sync.Mutex
	refuse  map[string]*smtp.SMTPError // answers to RCPT TO
	data    error                      // answer to DATA; nil to take it
	drop    bool                       // hangs up after DATA, without an answer
	silent  chan struct{}              // after DATA, no answer until it is closed; nil to answer
	taken   []taken
	address string
}

type taken struct {
	to  string
	raw []byte
}

func (o *postOffice) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &session{office: o, conn: c}, nil
}

type session struct {
	office *postOffice
	conn   *smtp.Conn
	to     string
}

func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "contredit" || password != "secret" {
			return errors.New("wrong password")
		}
		return nil
	}), nil
}

func (s *session) Mail(string, *smtp.MailOptions) error { return nil }

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	if refusal := s.office.refuse[to]; refusal != nil {
		return refusal
	}
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.office.mutex.Lock()
	defer s.office.mutex.Unlock()
	if s.office.data != nil {
		return s.office.data
	}
	s.office.taken = append(s.office.taken, taken{s.to, raw})
	if s.office.silent != nil {
		<-s.office.silent
	}
	if s.office.drop {
		return s.conn.Conn().Close()
	}
	return nil
}

// open starts the server; config nil leaves out TLS, implicit speaks it from the first byte.
func (o *postOffice) open(t *testing.T, config *tls.Config, implicit bool) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(o)
	server.Domain, server.TLSConfig, server.AllowInsecureAuth = "localhost", config, true
	o.address = listener.Addr().String()
	if implicit {
		listener = tls.NewListener(listener, config)
	}
	go server.Serve(listener) //nolint:errcheck // ends when it is closed
	t.Cleanup(func() { server.Close() })
}

// authority makes a certificate for 127.0.0.1 and who signed it.
func authority(t *testing.T) (server *tls.Config, client *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "essai"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(leaf)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, &tls.Config{RootCAs: pool}
}

func aMessage(t *testing.T, to string) *digest.Message {
	t.Helper()
	m, err := digest.Writer{From: from}.Write(digest.Mail{Letter: aLetter(), Run: "r", Recipient: to})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestSMTPIsSecuredAndVerified(t *testing.T) {
	server, client := authority(t)
	for name, tt := range map[string]struct {
		config   *tls.Config
		implicit bool
		smtp     digest.SMTP
		fails    string
	}{
		"StartTLS":                    {server, false, digest.SMTP{Security: "starttls", TLS: client, User: "contredit", Password: "secret"}, ""},
		"TLSFromTheStart":             {server, true, digest.SMTP{Security: "tls", TLS: client, User: "contredit", Password: "secret"}, ""},
		"PlainOnThisMachine":          {nil, false, digest.SMTP{Security: "none"}, ""},
		"UnknownAuthorityIsRefused":   {server, false, digest.SMTP{Security: "starttls"}, "certificate"},
		"UnknownAuthorityToo":         {server, true, digest.SMTP{Security: "tls"}, "certificate"},
		"ServerWithoutTLSGetsNothing": {nil, false, digest.SMTP{Security: "starttls"}, "STARTTLS"},
		"WrongPassword":               {server, false, digest.SMTP{Security: "starttls", TLS: client, User: "contredit", Password: "faux"}, "password"},
	} {
		t.Run(name, func(t *testing.T) {
			office := &postOffice{}
			office.open(t, tt.config, tt.implicit)
			tt.smtp.Server, tt.smtp.Timeout = office.address, 10*time.Second
			_, err := tt.smtp.Send(t.Context(), aMessage(t, "lecteur@section.example"))
			switch {
			case tt.fails == "" && (err != nil || len(office.taken) != 1):
				t.Errorf("%v, %d mails taken", err, len(office.taken))
			case tt.fails != "" && (err == nil || !strings.Contains(err.Error(), tt.fails) || !errors.Is(err, digest.ErrUnreachable)):
				t.Errorf("got %v, want one about %q", err, tt.fails)
			case tt.fails != "" && len(office.taken) > 0:
				t.Error("a mail went out all the same")
			}
			if check := tt.smtp.Check(t.Context()); (check == nil) != (tt.fails == "") {
				t.Errorf("check: %v", check)
			}
		})
	}
	if _, err := (digest.SMTP{Server: "smtp.section.example:25", Security: "none"}).Send(t.Context(), aMessage(t, "a@b.example")); err == nil {
		t.Error("a mail would cross the network in the clear")
	}
}

// refusing is a server that answers so to the recipient of TestSMTPFaults.
func refusing(code int, enhanced smtp.EnhancedCode, message string) *postOffice {
	return &postOffice{refuse: map[string]*smtp.SMTPError{"a@b.example": {Code: code, EnhancedCode: enhanced, Message: message}}}
}

func TestSMTPFaults(t *testing.T) {
	for name, tt := range map[string]struct {
		office  *postOffice
		refused bool
		taken   int
	}{
		"UnknownMailboxIsRefusedForGood": {&postOffice{refuse: map[string]*smtp.SMTPError{"a@b.example": {Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}}}, true, 0},
		"RelayDeniedIsNobodysAddress":    {refusing(554, smtp.EnhancedCode{5, 7, 1}, "relay access denied"), false, 0},
		"RelayDeniedAs550":               {refusing(550, smtp.EnhancedCode{5, 7, 1}, "relaying denied"), false, 0},
		"BareRelayDenied":                {refusing(550, smtp.NoEnhancedCode, "relay not permitted"), false, 0},
		"BlockedAddressOfOurs":           {refusing(550, smtp.NoEnhancedCode, "5.7.606 banned sending IP 5.1.1.9"), false, 0},
		"FullMailboxForGood":             {refusing(552, smtp.EnhancedCode{5, 2, 2}, "mailbox full"), false, 0},
		"UnknownSender":                  {refusing(550, smtp.EnhancedCode{5, 1, 8}, "sender's domain not found"), false, 0},
		"BareRefusal":                    {refusing(550, smtp.NoEnhancedCode, "no such user"), true, 0},
		"BareTransactionFailed":          {refusing(554, smtp.NoEnhancedCode, "no"), false, 0},
		"FullMailboxIsTriedAgain":        {&postOffice{refuse: map[string]*smtp.SMTPError{"a@b.example": {Code: 452, EnhancedCode: smtp.EnhancedCode{4, 2, 2}, Message: "full"}}}, false, 0},
		"BusyServerIsTriedAgain":         {&postOffice{data: &smtp.SMTPError{Code: 451, Message: "later"}}, false, 0},
		"RefusedContentIsTriedAgain":     {&postOffice{data: &smtp.SMTPError{Code: 554, Message: "spam"}}, false, 0},
		"HangUpAfterDataIsUnknown":       {&postOffice{drop: true}, false, 1},
	} {
		t.Run(name, func(t *testing.T) {
			office := tt.office
			office.open(t, nil, false)
			_, err := digest.SMTP{Server: office.address, Security: "none", Timeout: 10 * time.Second}.Send(t.Context(), aMessage(t, "a@b.example"))
			if err == nil || errors.Is(err, digest.ErrRefused) != tt.refused {
				t.Errorf("got %v, refused for good: want %v", err, tt.refused)
			}
			if len(office.taken) != tt.taken {
				t.Errorf("%d taken", len(office.taken))
			}
		})
	}
	t.Run("NoServerIsUnreachable", func(t *testing.T) {
		_, err := digest.SMTP{Server: "127.0.0.1:1", Security: "none"}.Send(t.Context(), aMessage(t, "a@b.example"))
		if !errors.Is(err, digest.ErrUnreachable) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("SilenceAfterDataIsUnknownAndBounded", func(t *testing.T) {
		office := &postOffice{silent: make(chan struct{})}
		office.open(t, nil, false)
		t.Cleanup(func() { close(office.silent) })
		ended := make(chan error, 1)
		go func() {
			_, err := digest.SMTP{Server: office.address, Security: "none", Timeout: 500 * time.Millisecond}.Send(t.Context(), aMessage(t, "a@b.example"))
			ended <- err
		}()
		select {
		case err := <-ended:
			if err == nil || errors.Is(err, digest.ErrRefused) {
				t.Errorf("got %v, want one that is tried again", err)
			}
		case <-time.After(30 * time.Second):
			t.Error("a server that does not answer holds up all other mails")
		}
	})
	t.Run("SilentServerIsLeft", func(t *testing.T) {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer listener.Close()
		_, err = digest.SMTP{Server: listener.Addr().String(), Security: "none", Timeout: 300 * time.Millisecond}.Send(t.Context(), aMessage(t, "a@b.example"))
		if !errors.Is(err, digest.ErrUnreachable) {
			t.Errorf("got %v", err)
		}
	})
}

// TestForeignServerTakesTheMail sends to Debian's python3-aiosmtpd, which is strict about what we
// might be lax about.
func TestForeignServerTakesTheMail(t *testing.T) {
	// Debian's own python has the package; another one first in the path may not.
	python := ""
	for _, name := range []string{"/usr/bin/python3", "python3"} {
		if exec.Command(name, "-c", "import aiosmtpd").Run() == nil {
			python = name
			break
		}
	}
	if python == "" {
		t.Skip("aiosmtpd is not installed: apt-get install python3-aiosmtpd")
	}
	box := t.TempDir()
	script := `
import sys, asyncio
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox
c = Controller(Mailbox(sys.argv[1]), hostname="127.0.0.1", port=int(sys.argv[2]))
c.start()
print("ready", flush=True)
sys.stdin.read()
c.stop()
`
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().(*net.TCPAddr)
	listener.Close()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	server := exec.CommandContext(ctx, python, "-c", script, filepath.Join(box, "mail"), fmt.Sprint(address.Port))
	stdin, err := server.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	if line := make([]byte, 5); func() error { _, err := io.ReadFull(stdout, line); return err }() != nil {
		t.Fatal("aiosmtpd did not start")
	}
	_, err = digest.SMTP{Server: address.String(), Security: "none", Timeout: 20 * time.Second}.Send(t.Context(), aMessage(t, "lecteur@section.example"))
	stdin.Close()
	server.Wait() //nolint:errcheck // it was asked to end
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(box, "mail", "new", "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%d mails in the box, %v", len(files), err)
	}
	raw, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	header, text, html := parsed(t, bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")))
	wantText, wantHTML := compose(t, aLetter(), digest.Links{})
	if header.Get("List-Id") == "" || text != wantText || html != wantHTML {
		t.Errorf("the mail that arrived differs: %v", header)
	}
}

func TestFolderKeepsOneFileAMail(t *testing.T) {
	folder := digest.Folder(filepath.Join(t.TempDir(), "mail"))
	for range 2 {
		if _, err := folder.Send(t.Context(), aMessage(t, "a@b.example")); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := folder.Send(t.Context(), aMessage(t, "c@d.example")); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(string(folder))
	if err != nil || len(files) != 2 {
		t.Fatalf("%d files, want one for each mail, %v", len(files), err)
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".eml") {
			t.Errorf("left behind: %s", f.Name())
		}
	}
}

package digest

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// SMTP hands messages to a mail server.
type SMTP struct {
	Server   string // "host:port"
	Security string // "starttls", "tls", or "none" for a server on this machine
	User     string // "" to send without signing in
	Password string
	TLS      *tls.Config   // nil for the system's authorities
	Timeout  time.Duration // for one message, whole; 0 for a minute
}

// Send hands over one message in a connection of its own.
func (s SMTP) Send(ctx context.Context, m *Message) (string, error) {
	client, err := s.client()
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	if err := dial(ctx, client); err != nil {
		return "", fmt.Errorf("%w: %s: %w", ErrUnreachable, s.Server, err)
	}
	var closing error
	err = within(ctx, lastWords, func() error {
		err := client.Send(m.msg)
		closing = client.Close()
		return err
	})
	if errors.Is(err, errAbandoned) { // the message and closing are still in use
		return "", fmt.Errorf("send to %s by %s: %w", m.Recipient, s.Server, err)
	}
	// Some servers hang up after their last answer: the message is taken all the same.
	if err == nil || m.msg.IsDelivered() {
		return answerOf(m), nil
	}
	var refusal *gomail.SendError
	if errors.As(err, &refusal) && refusal.Reason == gomail.ErrSMTPRcptTo {
		switch reply := readReply(err.Error()); {
		case reply.noMailbox():
			return "", fmt.Errorf("%w: %w", ErrRefused, err)
		case reply.code >= 500:
			return "", fmt.Errorf("%w: %w", ErrDenied, err)
		}
	}
	if closing != nil && refusal == nil {
		err = errors.Join(err, closing)
	}
	return "", fmt.Errorf("send to %s by %s: %w", m.Recipient, s.Server, err)
}

func answerOf(m *Message) string {
	if response := m.msg.ServerResponse(); response != "" {
		return response
	}
	return "250"
}

// Check connects, secures and signs in, without a message.
func (s SMTP) Check(ctx context.Context) error {
	client, err := s.client()
	if err != nil {
		return err
	}
	if err := dial(ctx, client); err != nil {
		return fmt.Errorf("connect to %s: %w", s.Server, err)
	}
	return client.Close()
}

// lastWords is how long a message that is on its way when we are told to stop may still be answered: one that
// was taken and whose answer nobody hears is sent a second time.
const lastWords = 5 * time.Second

// errAbandoned is an exchange that nobody waits for any more.
var errAbandoned = errors.New("stopped before the server answered")

// dial connects, secures and signs in. The library heeds the context only until the connection stands: a
// server that then says nothing would hold up a stop until the timeout.
func dial(ctx context.Context, client *gomail.Client) error {
	dialled := make(chan error, 1)
	err := within(ctx, 0, func() error {
		err := client.DialWithContext(ctx)
		dialled <- err
		return err
	})
	if errors.Is(err, errAbandoned) {
		go func() {
			if <-dialled == nil {
				_ = client.Close() // nobody uses it
			}
		}()
	}
	return err
}

// within waits for an exchange until it ends, or until a while after the context did. One that is abandoned
// goes on in the background until its own timeout.
func within(ctx context.Context, grace time.Duration, exchange func() error) error {
	ended := make(chan error, 1)
	go func() { ended <- exchange() }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-ended:
		return err
	case <-time.After(grace):
		return fmt.Errorf("%w: %w", errAbandoned, context.Cause(ctx))
	}
}

func (s SMTP) client() (*gomail.Client, error) {
	host, text, err := net.SplitHostPort(s.Server)
	if err != nil {
		return nil, fmt.Errorf("mail.server %q: %w", s.Server, err)
	}
	port, err := strconv.Atoi(text)
	if err != nil {
		return nil, fmt.Errorf("mail.server %q: %w", s.Server, err)
	}
	timeout := s.Timeout
	if timeout == 0 {
		timeout = time.Minute
	}
	options := []gomail.Option{gomail.WithPort(port), gomail.WithTimeout(timeout), gomail.WithoutNoop(), gomail.WithoutRset()}
	switch s.Security {
	case "tls":
		options = append(options, gomail.WithSSL())
	case "none":
		if !Loopback(host) {
			return nil, fmt.Errorf("mail.security = \"none\" is for a server on this machine, and %s is not", host)
		}
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if s.TLS != nil {
		config := s.TLS.Clone()
		config.ServerName = host
		options = append(options, gomail.WithTLSConfig(config))
	}
	if s.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(s.User), gomail.WithPassword(s.Password))
	}
	client, err := gomail.NewClient(host, options...)
	if err != nil {
		return nil, fmt.Errorf("mail server %s: %w", s.Server, err)
	}
	return client, nil
}

// Loopback says whether a host is this machine, as it is written.
func Loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Folder writes messages as .eml files, for those who have no server yet.
type Folder string

// Send writes the message whole or not at all, under its Message-ID: sent twice it is one file.
func (f Folder) Send(_ context.Context, m *Message) (string, error) {
	if err := os.MkdirAll(string(f), 0o700); err != nil {
		return "", fmt.Errorf("%w: make the folder of mails: %w", ErrUnreachable, err)
	}
	var text bytes.Buffer
	if _, err := m.WriteTo(&text); err != nil {
		return "", fmt.Errorf("write the mail to %s: %w", m.Recipient, err)
	}
	path := filepath.Join(string(f), m.fileName())
	part := path + ".part"
	if err := os.WriteFile(part, text.Bytes(), 0o600); err != nil {
		return "", fmt.Errorf("%w: keep a mail: %w", ErrUnreachable, err)
	}
	if err := os.Rename(part, path); err != nil {
		return "", fmt.Errorf("%w: keep a mail: %w", ErrUnreachable, err)
	}
	return path, nil
}

// fileName is the message's own name, without what a file system might trip over.
func (m *Message) fileName() string {
	name := []byte(m.msg.GetMessageID())
	for i, c := range name {
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '.' || c == '-' || c == '@') {
			name[i] = '_'
		}
	}
	return string(bytes.Trim(name, "_")) + ".eml"
}

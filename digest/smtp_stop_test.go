package digest_test

import (
	"context"
	"errors"
	"net"
	"testing"
	"time"

	"contredit/digest"
)

// TestSMTPServerThatSaysNothing holds that a stop does not wait for a greeting that never comes: with the
// timeout of an hour the test would not end.
func TestSMTPServerThatSaysNothing(t *testing.T) {
	for _, security := range []string{"none", "starttls", "tls"} {
		t.Run(security, func(t *testing.T) {
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer listener.Close()
			ctx, stop := context.WithCancel(t.Context())
			go func() {
				conn, err := listener.Accept()
				if err != nil {
					return
				}
				defer conn.Close()
				stop()
				<-t.Context().Done()
			}()
			mute := digest.SMTP{Server: listener.Addr().String(), Security: security, Timeout: time.Hour}
			if _, err := mute.Send(ctx, aMessage(t, "lecteur@section.example")); !errors.Is(err, digest.ErrUnreachable) || !errors.Is(err, context.Canceled) {
				t.Errorf("got %v, want a server that cannot be reached, for the stop", err)
			}
		})
	}
}

package crawler_test

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"testing"

	"contredit/crawler"
)

// TestDisguisedAddresses names this machine in every way that an address filter on text would let
// pass. The check stands where the connection is made, on the address that is really dialled: a
// name whose answer changes between a look-up and a connection (DNS rebinding) gains nothing.
func TestDisguisedAddresses(t *testing.T) {
	c := newClock()
	s := newSite(t, c, map[string]string{"/": listing("/a"), "/a": page("secret")})
	target, err := url.Parse(s.base)
	if err != nil {
		t.Fatal(err)
	}
	_, port, err := net.SplitHostPort(target.Host)
	if err != nil {
		t.Fatal(err)
	}
	for name, host := range map[string]string{
		"NameThatResolvesToLoopback": "localhost", "Decimal": "2130706433", "Hexadecimal": "0x7f000001", "Octal": "0177.0.0.1", "Short": "127.1",
		"MappedToIPv6": "[::ffff:127.0.0.1]", "MappedInHexadecimal": "[::ffff:7f00:1]", "TranslatedToIPv6": "[64:ff9b::7f00:1]",
		"Unspecified": "0.0.0.0", "UnspecifiedIPv6": "[::]", "WithUserPart": "region.exemple@127.0.0.1", "FullWidthDigits": "１２７.0.0.1",
	} {
		t.Run(name, func(t *testing.T) {
			s.forget()
			k := newKept()
			src := s.source(crawler.FormFiles)
			src.Start = []string{"http://" + host + ":" + port + "/a"}
			v := visitor(newMemory(), c)
			v.AllowLoopback = false
			report, err := v.Crawl(t.Context(), src, k.sink)
			if asked := s.paths(); len(asked) > 0 {
				t.Fatalf("this machine was asked for %v", asked)
			}
			if err == nil && len(report.Problems) == 0 {
				t.Error("nothing was said")
			}
			if len(k.docs) > 0 {
				t.Errorf("kept %v", k.addresses(s.base))
			}
		})
	}
}

// TestRedirectInDisguise sends a visitor of a public page to this machine by other names.
func TestRedirectInDisguise(t *testing.T) {
	for _, to := range []string{"http://2130706433:%s/", "http://[::ffff:127.0.0.1]:%s/", "http://localhost.:%s/", "//0x7f.1:%s/", "gopher://127.0.0.1:%s/", "javascript:alert(%s)"} {
		c := newClock()
		inner := newSite(t, c, map[string]string{"/": page("secret")})
		at, err := url.Parse(inner.base)
		if err != nil {
			t.Fatal(err)
		}
		s := newSite(t, c, map[string]string{"/": listing("/a")})
		location := fmt.Sprintf(to, at.Port())
		s.answer("/a", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", location)
			w.WriteHeader(http.StatusFound)
		})
		k := newKept()
		src := s.source(crawler.FormListing, "/")
		report := mustCrawl(t, visitor(newMemory(), c), src, k)
		if asked := inner.paths(); len(asked) > 0 {
			t.Errorf("%s: asked %v", location, asked)
		}
		if len(report.Problems) == 0 || len(k.docs) > 0 {
			t.Errorf("%s: %d problems, kept %v", location, len(report.Problems), k.addresses(s.base))
		}
	}
}

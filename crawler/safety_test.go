package crawler_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"contredit/crawler"
	"contredit/document"
)

func TestAddresses(t *testing.T) {
	for address, want := range map[string]bool{
		"93.184.215.14:443": true, "[2606:2800:21f:cb07::1]:443": true, "8.8.8.8:80": true,
		"127.0.0.1:80": false, "127.8.8.8:80": false, "[::1]:80": false, "10.0.0.1:80": false, "172.16.0.1:80": false,
		"192.168.1.1:80": false, "169.254.169.254:80": false, "100.64.0.1:80": false, "0.0.0.0:80": false, "[::]:80": false,
		"[fe80::1]:80": false, "[fc00::1]:80": false, "[fd00:ec2::254]:80": false, "224.0.0.1:80": false, "255.255.255.255:80": false,
		"198.18.0.1:80": false, "[::ffff:127.0.0.1]:80": false, "[::ffff:10.0.0.1]:80": false, "[64:ff9b::7f00:1]:80": false,
		"[2002:7f00:1::]:80": false, "[ff02::1]:80": false, "240.0.0.1:80": false, "nonsense": false,
	} {
		if err := crawler.CheckAddress(address, false); (err == nil) != want {
			t.Errorf("%s: %v, want allowed = %v", address, err, want)
		}
	}
	if err := crawler.CheckAddress("127.0.0.1:80", true); err != nil {
		t.Errorf("loopback when opened: %v", err)
	}
	if err := crawler.CheckAddress("10.0.0.1:80", true); err == nil {
		t.Error("opening loopback opened private addresses")
	}
}

func TestLoopbackStaysShut(t *testing.T) {
	c := newClock()
	s := newSite(t, c, map[string]string{"/": listing("/a")})
	v := visitor(newMemory(), c)
	v.AllowLoopback = false
	report := mustCrawl(t, v, s.source(crawler.FormListing, "/"), newKept())
	if len(s.asked) > 0 {
		t.Errorf("asked %v", s.paths())
	}
	if got := kinds(report.Problems, s.base)["/"]; got != crawler.KindAddress {
		t.Errorf("problem is %q", got)
	}
}

func TestRedirects(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, page("ailleurs"))
			return
		}
		http.NotFound(w, r)
	}))
	t.Cleanup(other.Close)
	tests := []struct {
		name, to string
		include  []string
		want     crawler.Kind
	}{
		{"WithinTheSiteIsFollowed", "/b", nil, ""},
		{"ToAnotherSiteIsTold", other.URL + "/x", nil, crawler.KindOffSite},
		{"ToANamedSiteIsFollowed", other.URL + "/x", []string{"/a$", "^" + other.URL}, ""},
		{"ToAPrivateAddressIsRefused", "http://10.0.0.1/", []string{"/a$", `^http://10\.`}, crawler.KindAddress},
		{"ToMetadataIsRefused", "http://169.254.169.254/latest/meta-data/", []string{"/a$", `^http://169\.`}, crawler.KindAddress},
		{"ToAFileIsRefused", "file:///etc/passwd", nil, crawler.KindAddress},
		{"ToNowhereIsTold", "http://127.0.0.1:1/", []string{"/a$", `^http://127\.0\.0\.1:1/`}, crawler.KindRefused},
		{"WithoutTargetIsTold", "", nil, crawler.KindStatus},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, k := newClock(), newKept()
			s := newSite(t, c, map[string]string{"/": listing("/a"), "/b": page("b")})
			s.answer("/a", func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Location", tt.to)
				w.WriteHeader(http.StatusFound)
			})
			src := s.source(crawler.FormListing, "/")
			src.Include = tt.include
			report := mustCrawl(t, visitor(newMemory(), c), src, k)
			if got := kinds(report.Problems, s.base)["/a"]; got != tt.want {
				t.Errorf("problem is %q, want %q: %v", got, tt.want, report.Problems)
			}
			if got := len(k.docs); (got == 1) != (tt.want == "") {
				t.Errorf("kept %v", k.addresses(s.base))
			}
		})
	}
}

// TestPanicCostsOneDocument hands the crawler a sink that panics: the run survives.
func TestPanicCostsOneDocument(t *testing.T) {
	c, k := newClock(), newKept()
	s := newSite(t, c, map[string]string{"/": listing("/a", "/b"), "/a": page("a"), "/b": page("b")})
	report, err := visitor(newMemory(), c).Crawl(t.Context(), s.source(crawler.FormListing, "/"), func(ctx context.Context, d document.Document, charset string, snap document.Snapshot) (bool, bool, error) {
		if strings.HasSuffix(d.URL, "/a") {
			panic("corrupt")
		}
		return k.sink(ctx, d, charset, snap)
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := k.addresses(s.base); !slices.Equal(got, []string{"/b"}) {
		t.Errorf("kept %v", got)
	}
	if got := kinds(report.Problems, s.base)["/a"]; got != crawler.KindPanic {
		t.Errorf("problem is %q", got)
	}
}

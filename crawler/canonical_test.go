package crawler_test

import (
	"net/url"
	"testing"

	"contredit/crawler"
)

func TestCanonical(t *testing.T) {
	tests := []struct{ name, address, want string }{
		{"DropsFragment", "https://region.example/a#forum1", "https://region.example/a"},
		{"LowersSchemeAndHost", "HTTPS://WWW.Region.Example/A", "https://www.region.example/A"},
		{"DropsDefaultPort", "https://region.example:443/", "https://region.example/"},
		{"KeepsOtherPort", "http://region.example:8080/", "http://region.example:8080/"},
		{"AddsRoot", "https://region.example", "https://region.example/"},
		{"AddsRootBeforeQuery", "https://region.example?id=1", "https://region.example/?id=1"},
		{"DropsCredentials", "https://moi:secret@region.example/", "https://region.example/"},
		{"ResolvesDots", "https://region.example/a/./b/../c", "https://region.example/a/c"},
		{"KeepsDotsInRoot", "https://region.example/../../etc", "https://region.example/etc"},
		{"KeepsLastSlash", "https://region.example/a/", "https://region.example/a/"},
		{"KeepsEscapedSlash", "https://region.example/a%2fb", "https://region.example/a%2Fb"},
		{"RaisesEscapes", "https://region.example/d%c3%a9lib", "https://region.example/d%C3%A9lib"},
		{"UndoesNeedlessEscapes", "https://region.example/%7Eunion/%61", "https://region.example/~union/a"},
		{"EscapesAccents", "https://region.example/délib", "https://region.example/d%C3%A9lib"},
		{"EscapesSpaces", "https://region.example/a b.pdf", "https://region.example/a%20b.pdf"},
		{"NamesAccentedHost", "https://régions.example/", "https://xn--rgions-bva.example/"},
		{"DropsTracking", "https://region.example/a?utm_source=x&id=3&fbclid=y&xtor=z", "https://region.example/a?id=3"},
		{"SortsParameters", "https://region.example/a?b=2&a=1", "https://region.example/a?a=1&b=2"},
		{"KeepsOrderOfOneName", "https://region.example/a?f=2&f=1", "https://region.example/a?f=2&f=1"},
		{"KeepsValuesAsWritten", "https://region.example/a?q=1+2", "https://region.example/a?q=1+2"},
		{"DropsEmptyQuery", "https://region.example/a?", "https://region.example/a"},
		{"DropsSessionInPath", "https://region.example/a;jsessionid=123?id=1", "https://region.example/a?id=1"},
		{"DropsSessionParameter", "https://region.example/a?PHPSESSID=123&id=1", "https://region.example/a?id=1"},
		{"DropsSpipSwitches", "https://section.example/spip.php?article12&var_mode=calcul", "https://section.example/spip.php?article12"},
		{"KeepsSpipArticle", "https://section.example/spip.php?page=article&id_article=12", "https://section.example/spip.php?id_article=12&page=article"},
		{"TrimsSpaces", "  https://region.example/a \n", "https://region.example/a"},
		{"KeepsIPv6", "http://[2001:DB8::1]:80/", "http://[2001:db8::1]/"},
		{"DropsLastDotOfHost", "https://region.example./a", "https://region.example/a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := crawler.Canonical(tt.address)
			if err != nil || got != tt.want {
				t.Errorf("Canonical(%q) = %q, %v; want %q", tt.address, got, err, tt.want)
			}
		})
	}
	for _, address := range []string{"", "ftp://region.example/", "javascript:void(0)", "mailto:a@region.example", "file:///etc/passwd", "https://", "//region.example/", "https://a b/", "http://[fe80::1%25eth0]/"} {
		if got, err := crawler.Canonical(address); err == nil {
			t.Errorf("Canonical(%q) = %q, want an error", address, got)
		}
	}
}

// FuzzCanonical holds that a canonical address is a fixed point, parses, and still leads to
// the web.
func FuzzCanonical(f *testing.F) {
	for _, seed := range []string{
		"https://region.example/a/../b?utm_source=x&b=2&a=1#c", "http://[::1]:080/%2e%2e/%41", "https://RÉGION.example./;jsessionid=1/x",
		"http://h/?&&=&a&%75tm_x=1", "http://h/%zz%4", "http://h/a;sid=1;phpsessid=2/..;jsessionid=3",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, address string) {
		once, err := crawler.Canonical(address)
		if err != nil {
			return
		}
		twice, err := crawler.Canonical(once)
		if err != nil || twice != once {
			t.Fatalf("%q became %q, then %q, %v", address, once, twice, err)
		}
		u, err := url.Parse(once)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.Fragment != "" || u.User != nil {
			t.Fatalf("%q became %q: %v", address, once, err)
		}
	})
}

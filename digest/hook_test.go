package digest_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"contredit/digest"
)

func hookMail(l digest.Letter) digest.Mail {
	return digest.Mail{Letter: l, Run: "aaaa", Recipient: digest.HookPrefix + "salon"}
}

// listener is a real HTTP server that keeps what was posted.
func listener(t *testing.T, answer http.HandlerFunc) (address string, bodies *[][]byte, headers *[]http.Header) {
	t.Helper()
	bodies, headers = &[][]byte{}, &[]http.Header{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || r.Method != http.MethodPost {
			t.Errorf("%s, %v", r.Method, err)
		}
		*bodies, *headers = append(*bodies, body), append(*headers, r.Header.Clone())
		if answer != nil {
			answer(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL, bodies, headers
}

func TestHooksAreSigned(t *testing.T) {
	address, bodies, headers := listener(t, nil)
	now := time.Date(2026, 3, 30, 5, 0, 0, 0, time.UTC)
	hooks := digest.Hooks{"salon": {Name: "salon", URL: address, Format: digest.HookJSON, Secret: "secret"}}
	for range 2 {
		if _, err := hooks.Post(t.Context(), hookMail(aLetter()), now); err != nil {
			t.Fatal(err)
		}
	}
	h := hmac.New(sha256.New, []byte("secret"))
	h.Write([]byte("1774846800."))
	h.Write((*bodies)[0])
	if got, want := (*headers)[0].Get(digest.SignatureHeader), "t=1774846800,v1="+hex.EncodeToString(h.Sum(nil)); got != want {
		t.Errorf("signature %q, want %q", got, want)
	}
	if key := (*headers)[0].Get("Idempotency-Key"); key == "" || key != (*headers)[1].Get("Idempotency-Key") {
		t.Errorf("two attempts have the keys %q and %q", key, (*headers)[1].Get("Idempotency-Key"))
	}
	var posted struct{ Letter digest.Letter }
	if err := json.Unmarshal((*bodies)[0], &posted); err != nil || len(posted.Letter.Items) != 3 || posted.Letter.Items[0].Said.Quote != aLetter().Items[0].Said.Quote {
		t.Errorf("posted %s, %v", (*bodies)[0], err)
	}
}

func TestHookFaults(t *testing.T) {
	elsewhere, reached, _ := listener(t, nil)
	for name, tt := range map[string]struct {
		answer  http.HandlerFunc
		refused bool
	}{
		"ServerErrorIsTriedAgain": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, false},
		"NotFoundIsTriedAgain":    {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) }, false},
		"BusyIsTriedAgain":        {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(429) }, false},
		"GoneIsForGood":           {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(410) }, true},
		"RedirectIsNotFollowed": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere, http.StatusTemporaryRedirect)
		}, false},
		"SlowIsLeft":       {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, false},
		"DropIsTriedAgain": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			address, _, _ := listener(t, tt.answer)
			hooks := digest.Hooks{"salon": {Name: "salon", URL: address, Timeout: 300 * time.Millisecond}}
			_, err := hooks.Post(t.Context(), hookMail(aLetter()), time.Now())
			if err == nil || errors.Is(err, digest.ErrRefused) != tt.refused || errors.Is(err, digest.ErrUnreachable) {
				t.Errorf("got %v", err)
			}
		})
	}
	if len(*reached) > 0 {
		t.Error("a pair went to an address that nobody configured")
	}
	if _, err := (digest.Hooks{}).Post(t.Context(), hookMail(aLetter()), time.Now()); !errors.Is(err, digest.ErrRefused) {
		t.Errorf("a hook that is no longer configured: %v", err)
	}
}

var (
	liveMarkdown = regexp.MustCompile("(?:^|[^\\\\*])[`_~|\\[$]|[^\\\\*]\\*[^*]") // a mark without its escape; ** is ours
	blockBegins  = regexp.MustCompile(`^(?:#[^\x{200b}]|- |\+ |\d+\. |>|&gt;|---|===)`)
)

// TestChatMessagesAreInert puts what chats read as markup, links and calls into all that was crawled.
func TestChatMessagesAreInert(t *testing.T) {
	evil := []string{
		"@channel", "@here", "<!channel>", "<!everyone>", "<@U123>", "<https://evil.example|cliquez>", "[cliquez](https://evil.example)", "![x](https://evil.example/x.png)",
		"https://evil.example/x", "*gras*", "~~barré~~", "`code`", "# Titre", "> cité", "| a | b |", "a\nb\n\n---\n", "<script>alert(1)</script>", "&lt;!here&gt;",
		"www.evil.example", "evil.example/x", "http://evil.example", "HTTPS://evil.example", "mailto:a@evil.example", ":tada:", "- liste", "1. liste", "~town-square", "#canal", "$$x$$", "@all",
		"_souligné_", "\u2028# Titre",
	}
	for _, format := range []digest.HookFormat{digest.HookMattermost, digest.HookSlack} {
		for _, payload := range evil {
			address, bodies, _ := listener(t, nil)
			l := aLetter()
			for i := range l.Items {
				item := &l.Items[i]
				item.Subject, item.Session, item.Why, item.Kind = payload, payload, payload, payload
				item.Said.Quote, item.Said.Who, item.Said.Title = payload, payload, payload
				item.Noted, item.Replies = []digest.Quoted{item.Said}, []digest.Note{{Day: "2026-03-27", Text: payload}}
				item.Said.URL, item.Noted[0].URL = "https://region.example/a", "javascript:alert(1)"
			}
			hooks := digest.Hooks{"salon": {Name: "salon", URL: address, Format: format}}
			if _, err := hooks.Post(t.Context(), hookMail(l), time.Now()); err != nil {
				t.Fatal(err)
			}
			var posted struct{ Text string }
			if err := json.Unmarshal((*bodies)[0], &posted); err != nil {
				t.Fatal(err)
			}
			text := strings.ReplaceAll(strings.ReplaceAll(posted.Text, "https://region.example/a", ""), "https://section.example/contredit/paires/", "")
			for _, alive := range []string{"@channel", "@here", "<!", "<@", "<http", "https://", "javascript:", "<script", "www.evil", "evil.example", "http://", "HTTPS://", "mailto:a", ":tada", "@all", "~town", "#canal", "&lt;!here&gt;"} {
				if strings.Contains(text, alive) {
					t.Errorf("%s: %q stays alive as %q in %q", format, payload, alive, text)
				}
			}
			for line := range strings.Lines(text) {
				if format == digest.HookMattermost && liveMarkdown.MatchString(line) || blockBegins.MatchString(line) {
					t.Errorf("%s: %q stays markup in the line %q", format, payload, line)
				}
			}
		}
	}
}

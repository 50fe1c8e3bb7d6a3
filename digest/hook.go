package digest

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// HookPrefix begins the recipients of the ledger that are webhooks, before their name.
const HookPrefix = "hook:"

// HookFormat is what a webhook takes.
type HookFormat string

// The formats.
const (
	HookJSON       HookFormat = "json"       // the letter, as it is
	HookMattermost HookFormat = "mattermost" // {"text": Markdown}
	HookSlack      HookFormat = "slack"      // {"text": mrkdwn}
)

// Hook is an address that is told of each new pair, by POST.
type Hook struct {
	Name    string
	URL     string
	Format  HookFormat
	Secret  string        // signs the body; "" to sign nothing
	Timeout time.Duration // for one request; 0 for 20 seconds
}

// Hooks posts what the ledger holds for webhooks.
type Hooks map[string]Hook

// SignatureHeader carries « t=UNIX SECONDS,v1=HEX »: HMAC-SHA256 with the hook's secret of the
// seconds, a dot and the body. Who checks the seconds too cannot be fooled by an old request.
const SignatureHeader = "Contredit-Signature"

// Post tells a hook of a letter. Its error wraps ErrRefused when the hook is gone for good: 410, or
// no longer configured. Any other answer than 2xx may get better.
func (h Hooks) Post(ctx context.Context, m Mail, now time.Time) (string, error) {
	name := strings.TrimPrefix(m.Recipient, HookPrefix)
	hook, ok := h[name]
	if !ok {
		return "", fmt.Errorf("%w: no hook is called %q any more", ErrRefused, name)
	}
	body, err := hook.body(m)
	if err != nil {
		return "", fmt.Errorf("write for hook %s: %w", name, err)
	}
	timeout := hook.Timeout
	if timeout == 0 {
		timeout = 20 * time.Second
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, hook.URL, bytes.NewReader(body))
	if err != nil {
		return "", fmt.Errorf("hook %s: %w", name, err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", "contredit")
	request.Header.Set("Idempotency-Key", m.MessageID()) // the same for every attempt
	if hook.Secret != "" {
		request.Header.Set(SignatureHeader, sign(hook.Secret, body, now))
	}
	response, err := hookClient.Do(request)
	if err != nil {
		return "", fmt.Errorf("post to hook %s: %w", name, err)
	}
	defer response.Body.Close()
	answer, _ := io.ReadAll(io.LimitReader(response.Body, 300)) // it is only shown
	said := strings.TrimSpace(strconv.Itoa(response.StatusCode) + " " + oneLine(strings.ToValidUTF8(string(answer), "")))
	switch {
	case response.StatusCode >= 200 && response.StatusCode < 300:
		return said, nil
	case response.StatusCode == http.StatusGone:
		return "", fmt.Errorf("%w: hook %s answered %s", ErrRefused, name, said)
	}
	return "", fmt.Errorf("hook %s answered %s", name, said)
}

// hookClient follows no redirect: the operator named one address, and nothing goes elsewhere.
var hookClient = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

func sign(secret string, body []byte, now time.Time) string {
	seconds := strconv.FormatInt(now.Unix(), 10)
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte(seconds + "."))
	h.Write(body)
	return "t=" + seconds + ",v1=" + hex.EncodeToString(h.Sum(nil))
}

// body is what is posted. A chat gets our words in its own markup, and what was crawled as plain
// text: nothing in a quote may call people or make a link.
func (h Hook) body(m Mail) ([]byte, error) {
	switch h.Format {
	case HookMattermost:
		return json.Marshal(map[string]string{"text": chatText(m.Letter, markdown, "**")})
	case HookSlack:
		return json.Marshal(map[string]string{"text": chatText(m.Letter, mrkdwn, "*")})
	case HookJSON, "":
		return json.Marshal(struct {
			ID     string `json:"id"`
			Letter Letter `json:"letter"`
		}{m.MessageID(), m.Letter})
	}
	return nil, fmt.Errorf("format %q is unknown", h.Format)
}

// chatText is a letter as a message: a few lines a pair.
func chatText(l Letter, plain func(string) string, strong string) string {
	w := labelsOf(l.Language)
	var b strings.Builder
	for _, g := range grouped(l, Links{}, w) {
		for _, s := range g.Items {
			fmt.Fprintf(&b, "%s%s%s %s\n", strong, plain(s.Mark), strong, plain(strings.TrimSpace(s.Kind+" "+g.Heading)))
			fmt.Fprintf(&b, "« %s » — %s %s\n", plain(s.Said.Quote), plain(s.SaidLine), chatURL(s.Said.URL))
			for _, n := range s.Notes {
				if n.Quote != "" {
					fmt.Fprintf(&b, "« %s » — ", plain(n.Quote))
				}
				fmt.Fprintf(&b, "%s %s\n", plain(n.Line), chatURL(n.URL))
			}
			if s.Gap != "" {
				fmt.Fprintln(&b, plain(s.Gap))
			}
			for _, n := range s.Notices {
				fmt.Fprintf(&b, "%s : %s\n", plain(n.Line), plain(n.Text))
			}
			fmt.Fprintf(&b, "%s %s\n\n", plain(s.Why), chatURL(s.Page))
		}
	}
	return strings.TrimSpace(b.String())
}

package review_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"contredit/digest"
	"contredit/review"
)

var mailKey = digest.AnswerKey("clé des courriers")

// ticketTo is the path of a link in a mail.
func ticketTo(answer digest.Answer, item string, until time.Time) string {
	return "/courrier/" + mailKey.Sign(digest.Ticket{Digest: "Lundi", Recipient: "a@b.example", Item: item, Answer: answer, Until: until})
}

// postBare posts as a mail program does: without a page seen before, a cookie or an origin.
func (h *house) postBare(t *testing.T, path, form string) (int, string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res := h.do(r)
	return res.StatusCode, body(t, res)
}

func TestAnswersFromTheMail(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) { c.Accounts, c.AnswerKey = true, mailKey })
	pair := addPair(t, h.db, plain(1))
	soon := now.AddDate(1, 0, 0)
	answers := func() int {
		all, err := h.db.AnswersOf(t.Context(), pair)
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	link := ticketTo(digest.AnswerWrong, pair, soon)
	status, page := h.get(link)
	if status != http.StatusOK || !strings.Contains(page, "Dire que ce n’est pas une contradiction") || answers() != 0 {
		t.Errorf("a visit: status %d, %d answers\n%s", status, answers(), page)
	}
	for range 2 {
		if status, page = h.postBare(t, link, ""); status != http.StatusOK || !strings.Contains(page, "C’est noté") || answers() != 1 {
			t.Errorf("confirmed: status %d, %d answers", status, answers())
		}
	}
	l, err := h.db.Link(t.Context(), pair)
	if err != nil || l.Status != "new" {
		t.Errorf("a reader's answer made the status %q, %v", l.Status, err)
	}
	if status, _ := h.postBare(t, ticketTo(digest.AnswerUseful, pair, soon), ""); status != http.StatusOK || answers() != 1 {
		t.Errorf("another mind: status %d, %d answers stand, want the last one", status, answers())
	}
	for name, bad := range map[string]struct {
		path   string
		status int
		says   string
	}{
		"Expired": {ticketTo(digest.AnswerUseful, pair, now.AddDate(0, 0, -1)), http.StatusGone, "trop ancien"},
		"Forged":  {link + "x", http.StatusNotFound, "pas entier"},
		"Nothing": {"/courrier/rien", http.StatusNotFound, "pas entier"},
		"NoPair":  {ticketTo(digest.AnswerUseful, "0000", soon), http.StatusNotFound, ""},
	} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			res := h.do(httptest.NewRequest(method, bad.path, nil))
			if text := body(t, res); res.StatusCode != bad.status || !strings.Contains(text, bad.says) {
				t.Errorf("%s by %s: status %d", name, method, res.StatusCode)
			}
		}
	}
	if answers() != 1 {
		t.Errorf("%d answers stand after links that are not ours", answers())
	}
}

// TestAnswerPageShowsNothingThatBecamePrivate holds that an old link opens no quote that is private
// by now, and still takes the answer.
func TestAnswerPageShowsNothingThatBecamePrivate(t *testing.T) {
	soon := now.AddDate(1, 0, 0)
	for name, tt := range map[string]struct {
		pair    pairText
		sources []review.Source
		quoted  bool
	}{
		"Public":           {plain(1), nil, true},
		"Private":          {func() pairText { p := plain(1); p.private = true; return p }(), nil, false},
		"SourceOfTheClaim": {plain(1), []review.Source{{Name: "région", Private: true}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			h := mustHouse(t, func(c *review.Config) { c.AnswerKey, c.Sources = mailKey, tt.sources })
			pair := addPair(t, h.db, tt.pair)
			link := ticketTo(digest.AnswerUseful, pair, soon)
			status, page := h.get(link)
			if status != http.StatusOK || strings.Contains(page, "<blockquote") != tt.quoted {
				t.Errorf("status %d, quoted %v, want %v\n%s", status, !tt.quoted, tt.quoted, page)
			}
			if status, _ := h.postBare(t, link, ""); status != http.StatusOK {
				t.Errorf("the answer: status %d", status)
			}
		})
	}
}

// TestOneClickUnsubscribe is RFC 8058: a POST without anything else ends the mail, a visit does not.
func TestOneClickUnsubscribe(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) { c.Accounts, c.AnswerKey = true, mailKey })
	link := ticketTo(digest.AnswerStop, "", now.AddDate(1, 0, 0))
	stopped := func() int {
		all, err := h.db.StoppedMails(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	if status, page := h.get(link); status != http.StatusOK || stopped() != 0 || !strings.Contains(page, "a@b.example") {
		t.Errorf("a visit: status %d, %d stopped", status, stopped())
	}
	if status, _ := h.postBare(t, link, "List-Unsubscribe=One-Click"); status != http.StatusOK || stopped() != 1 {
		t.Errorf("one click: status %d, %d stopped", status, stopped())
	}
	if status, _ := h.postBare(t, ticketTo(digest.AnswerResume, "", now.AddDate(1, 0, 0)), ""); status != http.StatusOK || stopped() != 0 {
		t.Errorf("taken back: status %d, %d stopped", status, stopped())
	}
}

func TestWithoutAKeyThereAreNoAnswers(t *testing.T) {
	h := mustHouse(t, nil)
	if status, _ := h.get(ticketTo(digest.AnswerStop, "", now.AddDate(1, 0, 0))); status != http.StatusNotFound {
		t.Errorf("status %d", status)
	}
}

package review_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
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

// TestNotForMeIsTakenBack holds that a reader who muted a claim is told what that means, and takes it back
// on that page, or by the unsubscribe link that any later mail has.
func TestNotForMeIsTakenBack(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) { c.AnswerKey = mailKey })
	pair := addPair(t, h.db, plain(1))
	soon := now.AddDate(1, 0, 0)
	muted := func() int {
		all, err := h.db.Mutes(t.Context(), "Lundi", "a@b.example")
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	button := regexp.MustCompile(`action="(/courrier/[^"]+)"><button>En recevoir de nouveau`)
	mute := ticketTo(digest.AnswerMute, pair, soon)
	later := ticketTo(digest.AnswerStop, "", soon)
	if _, page := h.get(mute); !strings.Contains(page, "ni de ses répétitions") || muted() != 0 {
		t.Errorf("a visit mutes %d, or does not say what\n%s", muted(), page)
	}
	if _, page := h.get(later); button.MatchString(page) {
		t.Error("who muted nothing is offered to take it back")
	}
	for name, page := range map[string]func() string{
		"SamePage":  func() string { _, page := h.postBare(t, mute, ""); return page },
		"LaterMail": func() string { h.postBare(t, mute, ""); _, page := h.get(later); return page },
	} {
		m := button.FindStringSubmatch(page())
		if m == nil || muted() != 1 {
			t.Fatalf("%s: %d muted, button %q", name, muted(), m)
		}
		if status, _ := h.postBare(t, m[1], ""); status != http.StatusOK || muted() != 0 {
			t.Errorf("%s: status %d, %d muted after it was taken back", name, status, muted())
		}
	}
}

// TestALinkDoesNotFillTheDatabase holds that who alternates between two answers is stopped, and told so.
func TestALinkDoesNotFillTheDatabase(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) { c.AnswerKey = mailKey })
	pair := addPair(t, h.db, plain(1))
	soon := now.AddDate(1, 0, 0)
	kept := 0
	for i := range 60 {
		answer := []digest.Answer{digest.AnswerMute, digest.AnswerHear}[i%2]
		status, page := h.postBare(t, ticketTo(answer, pair, soon), "")
		switch {
		case status == http.StatusOK:
			kept++
		case status != http.StatusTooManyRequests || !strings.Contains(page, "trop souvent"):
			t.Fatalf("answer %d: status %d\n%s", i, status, page)
		}
	}
	// The last one kept was « hear »: saying it again is no new answer.
	if kept < 20 || kept > 50 {
		t.Errorf("%d of 60 alternating answers were taken", kept)
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

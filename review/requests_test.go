package review_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"contredit/review"
	"contredit/store"
)

func TestRequestsAreFollowedOnThePages(t *testing.T) {
	letter := func(r store.Request, today string) (string, error) {
		kind := "demande"
		if r.Due(today) {
			kind = "saisine"
		}
		return kind + " pour " + r.Body + " du " + r.Meeting, nil
	}
	at := now
	h := mustHouse(t, func(c *review.Config) {
		c.Now = func() time.Time { return at }
		c.Requests = review.Requests{Calendars: map[string][]string{"CST": {"2026-01-13", "2027-01-01"}}, Letter: letter}
	})
	step := func(name, day string) int {
		return h.post("/demandes", "/demandes", url.Values{"institution": {"CST"}, "reunion": {"2026-01-13"}, "etape": {name}, "jour": {day}}).StatusCode
	}
	_, page := h.get("/demandes")
	wantAll(t, page, "1\u00a0compte rendu manquant", "13\u00a0janvier 2026", "À demander")
	if strings.Contains(page, "2027") {
		t.Error("a meeting that is still to come is missing already")
	}
	const path = "/demandes/lettre?institution=CST&reunion=2026-01-13"
	if _, text := h.get(path); text != "demande pour CST du 2026-01-13" {
		t.Errorf("the letter reads %q", text)
	}
	if got := step("referred", "2026-03-02"); got != http.StatusBadRequest {
		t.Errorf("the CADA was seized before anything was asked for: %d", got)
	}
	if got := step("sent", "2026-03-03"); got != http.StatusBadRequest {
		t.Errorf("a letter left tomorrow: %d", got)
	}
	if got := step("sent", "2026-03-02"); got != http.StatusSeeOther {
		t.Fatalf("sent: %d", got)
	}
	_, page = h.get("/demandes")
	wantAll(t, page, "Réponse attendue jusqu’au 2\u00a0avril 2026")
	if _, queue := h.get("/"); strings.Contains(queue, "CADA") {
		t.Error("the queue speaks of a request that is not due")
	}
	at = time.Date(2026, 4, 3, 8, 0, 0, 0, time.UTC)
	_, queue := h.get("/")
	wantAll(t, queue, "1\u00a0demande de document est restée sans suite", "jusqu’au 2\u00a0juin 2026")
	if _, text := h.get(path); text != "saisine pour CST du 2026-01-13" {
		t.Errorf("after a month the letter reads %q", text)
	}
	if got := step("referred", "2026-04-03"); got != http.StatusSeeOther {
		t.Fatalf("referred: %d", got)
	}
	if _, queue = h.get("/"); strings.Contains(queue, "CADA") {
		t.Error("the queue still asks for what was done")
	}
}

func TestRequestsAreForWhoSignedIn(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) {
		c.Accounts, c.Public = true, true
		c.Requests = review.Requests{Calendars: map[string][]string{"CST": {"2026-01-13"}}}
	})
	for _, path := range []string{"/demandes", "/demandes/lettre?institution=CST&reunion=2026-01-13"} {
		if status, page := h.get(path); status == http.StatusOK && strings.Contains(page, "CST") {
			t.Errorf("%s is open to anybody", path)
		}
	}
}

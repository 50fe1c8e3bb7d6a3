package review_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"contredit/review"
	"contredit/store"
)

func TestSecondFactor(t *testing.T) {
	const password = "une phrase assez longue"
	hash, err := review.HashPassword(password)
	if err != nil {
		t.Fatal(err)
	}
	at := now
	h := mustHouse(t, func(c *review.Config) { c.Accounts, c.Now = true, func() time.Time { return at } })
	if err := h.db.SaveReviewer(context.Background(), store.Reviewer{Name: "Ada", Role: "admin", Password: hash}); err != nil {
		t.Fatal(err)
	}
	signIn := func(code string) int {
		return h.post("/connexion", "/connexion", url.Values{"name": {"Ada"}, "password": {password}, "code": {code}}).StatusCode
	}
	change := func(act, code string) int {
		return h.post("/reglages", "/reglages/second-facteur", url.Values{"act": {act}, "code": {code}}).StatusCode
	}
	if got := signIn(""); got != http.StatusSeeOther {
		t.Fatalf("sign in without a factor: %d", got)
	}
	if got := change("begin", ""); got != http.StatusSeeOther {
		t.Fatalf("begin: %d", got)
	}
	_, page := h.get("/reglages")
	m := regexp.MustCompile(`<code>([A-Z2-7 ]+)</code>`).FindStringSubmatch(page)
	if m == nil {
		t.Fatalf("no key is shown:\n%s", page)
	}
	secret := strings.ReplaceAll(m[1], " ", "")
	if status, picture := h.get("/reglages/second-facteur.png"); status != http.StatusOK || !strings.HasPrefix(picture, "\x89PNG") {
		t.Errorf("the picture: %d", status)
	}
	code := func() string {
		c, err := totp.GenerateCode(secret, at)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	if got := change("confirm", "000000"); got != http.StatusUnprocessableEntity {
		t.Errorf("confirmed by a wrong code: %d", got)
	}
	if got := change("confirm", code()); got != http.StatusSeeOther {
		t.Fatalf("confirm: %d", got)
	}
	if _, page := h.get("/reglages"); strings.Contains(page, m[1]) {
		t.Error("the key is still shown after it is in force")
	}
	h.post("/", "/deconnexion", url.Values{})
	if got := signIn(""); got != http.StatusUnauthorized {
		t.Errorf("the password alone: %d", got)
	}
	if got := signIn(code()); got != http.StatusUnauthorized {
		t.Errorf("a code that was used already: %d", got)
	}
	at = at.Add(30 * time.Second)
	if got := signIn(code()[:3] + " " + code()[3:]); got != http.StatusSeeOther {
		t.Fatalf("password and code: %d", got)
	}
	at = at.Add(30 * time.Second)
	if got := change("drop", "123"); got != http.StatusUnprocessableEntity {
		t.Errorf("ended by a wrong code: %d", got)
	}
	if got := change("drop", code()); got != http.StatusSeeOther {
		t.Errorf("drop: %d", got)
	}
	h.post("/", "/deconnexion", url.Values{})
	if got := signIn(""); got != http.StatusSeeOther {
		t.Errorf("after the factor was ended: %d", got)
	}
}

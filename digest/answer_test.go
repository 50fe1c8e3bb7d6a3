package digest_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"contredit/digest"
)

func TestTicketsAreSignedAndEnd(t *testing.T) {
	key, other := digest.AnswerKey("clé"), digest.AnswerKey("autre clé")
	now := time.Date(2026, 3, 30, 5, 0, 0, 0, time.UTC)
	ticket := digest.Ticket{Digest: "Lundi", Recipient: "a@b.example", Item: "aaaa", Answer: digest.AnswerWrong, Until: now.Add(time.Hour)}
	token := key.Sign(ticket)
	got, err := key.Open(token, now)
	if err != nil || got != ticket {
		t.Errorf("got %+v, %v", got, err)
	}
	if strings.ContainsAny(token, "/+=?&#% ") {
		t.Errorf("%q does not stand in an address as it is", token)
	}
	if _, err := key.Open(token, now.Add(2*time.Hour)); !errors.Is(err, digest.ErrExpired) {
		t.Errorf("after its end: %v", err)
	}
	if _, err := other.Open(token, now); !errors.Is(err, digest.ErrForged) {
		t.Errorf("with another key: %v", err)
	}
	for i := range token {
		changed := []byte(token)
		if changed[i]++; changed[i] == '.' {
			continue
		}
		// The last character of each part holds bits that count for nothing.
		if again, err := key.Open(string(changed), now); err == nil && again != ticket {
			t.Errorf("changed at %d: %+v", i, again)
		}
	}
	for _, nonsense := range []string{"", ".", "a.b", token + "x", strings.Replace(token, ".", "", 1)} {
		if _, err := key.Open(nonsense, now); err == nil {
			t.Errorf("%q was taken", nonsense)
		}
	}
}

func TestEachReaderHasLinksOfTheirOwn(t *testing.T) {
	links := digest.AnswerLinks("https://section.example/contredit", digest.AnswerKey("clé"))
	at := time.Date(2026, 3, 30, 5, 0, 0, 0, time.UTC)
	a, b := links("Lundi", "a@b.example", at), links("Lundi", "c@d.example", at)
	if a.Unsubscribe == b.Unsubscribe || a.Useful("x") == b.Useful("x") || a.Useful("x") == a.Wrong("x") || a.Useful("x") == a.Useful("y") {
		t.Error("two links are the same")
	}
	text, html := compose(t, aLetter(), a)
	for _, item := range aLetter().Items {
		for _, link := range []string{a.Useful(item.ID), a.Wrong(item.ID), a.Mute(item.ID), a.Unsubscribe} {
			if !strings.Contains(text, link) || !strings.Contains(html, link) {
				t.Errorf("a part lacks the link %s", link)
			}
		}
	}
}

func FuzzOpenTicket(f *testing.F) {
	key := digest.AnswerKey("clé")
	f.Add(key.Sign(digest.Ticket{Digest: "Lundi", Recipient: "a@b.example", Answer: digest.AnswerStop}))
	f.Add("e30.e30")
	f.Fuzz(func(t *testing.T, token string) {
		if ticket, err := key.Open(token, time.Time{}); err == nil && key.Sign(ticket) == "" {
			t.Error("a ticket without a token")
		}
	})
}

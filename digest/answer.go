package digest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Answer is what a reader says of an item, or of a digest, from the mail itself.
type Answer string

// The answers.
const (
	AnswerUseful Answer = "useful"
	AnswerWrong  Answer = "wrong"  // not a contradiction
	AnswerMute   Answer = "mute"   // not for this reader: nor what else is about the claim, in this digest
	AnswerHear   Answer = "hear"   // takes AnswerMute back
	AnswerStop   Answer = "stop"   // no more mail of this digest
	AnswerResume Answer = "resume" // mail of this digest again
)

// AnswerLife is how long the links of a mail can be used.
const AnswerLife = 180 * 24 * time.Hour

// Ticket is what a link in a mail stands for. Whoever holds it is the recipient: it is signed, and
// ends.
type Ticket struct {
	Digest    string    `json:"d"`
	Recipient string    `json:"r"`
	Item      string    `json:"i,omitempty"` // id of the flag; "" for the whole digest
	Answer    Answer    `json:"a"`
	Until     time.Time `json:"u"`
}

// Why a link of a mail cannot be used.
var (
	ErrForged  = errors.New("the link is not one of ours, or was changed on its way")
	ErrExpired = errors.New("the link is too old")
)

// AnswerKey signs tickets. Changing it ends all links that are out.
type AnswerKey []byte

// Sign makes a token of letters, digits, « - », « _ » and one « . », as an address takes them.
func (k AnswerKey) Sign(t Ticket) string {
	t.Until = t.Until.UTC().Truncate(time.Second)
	// A struct of strings and a time always has a JSON form.
	plain, _ := json.Marshal(t)
	payload := base64.RawURLEncoding.EncodeToString(plain)
	return payload + "." + base64.RawURLEncoding.EncodeToString(k.mac(payload))
}

func (k AnswerKey) mac(payload string) []byte {
	h := hmac.New(sha256.New, k)
	h.Write([]byte("contredit answer\x00" + payload))
	return h.Sum(nil)
}

// Open returns the ticket of a token. The error wraps ErrForged or ErrExpired.
func (k AnswerKey) Open(token string, now time.Time) (Ticket, error) {
	var t Ticket
	payload, signature, ok := strings.Cut(token, ".")
	mac, err := base64.RawURLEncoding.DecodeString(signature)
	if !ok || err != nil || !hmac.Equal(mac, k.mac(payload)) {
		return t, ErrForged
	}
	plain, err := base64.RawURLEncoding.DecodeString(payload)
	if err != nil {
		return t, ErrForged
	}
	if err := json.Unmarshal(plain, &t); err != nil {
		return t, fmt.Errorf("%w: %w", ErrForged, err)
	}
	if now.After(t.Until) {
		return t, ErrExpired
	}
	return t, nil
}

// AnswerLinks makes the links of a recipient; base is how people reach the review pages.
func AnswerLinks(base string, key AnswerKey) func(digest, recipient string, at time.Time) Links {
	return func(digest, recipient string, at time.Time) Links {
		sign := func(a Answer, item string) string {
			return base + "/courrier/" + key.Sign(Ticket{Digest: digest, Recipient: recipient, Item: item, Answer: a, Until: at.Add(AnswerLife)})
		}
		return Links{
			Unsubscribe: sign(AnswerStop, ""),
			Useful:      func(item string) string { return sign(AnswerUseful, item) },
			Wrong:       func(item string) string { return sign(AnswerWrong, item) },
			Mute:        func(item string) string { return sign(AnswerMute, item) },
		}
	}
}

package digest

import (
	"regexp"
	"strconv"
	"strings"
)

// reply is what an SMTP server answered: its code, and the enhanced one (RFC 3463) behind it.
type reply struct {
	code   int    // 0 when there is none
	status string // « 5.1.1 »; "" when there is none
	relay  bool   // the words are about relaying: some servers say so with a bare 550
}

var replyForm = regexp.MustCompile(`(?:^|[ :;])([245]\d\d)[ -]["#]?(?:([245]\.\d{1,3}\.\d{1,3})(?:[^\d.]|$))?`)

// readReply finds the first answer in a text. An enhanced code counts right behind the code alone:
// further on four numbers are an address of the network as well.
func readReply(text string) reply {
	found := replyForm.FindStringSubmatch(text)
	if found == nil {
		return reply{}
	}
	code, _ := strconv.Atoi(found[1]) // three digits
	return reply{code, found[2], strings.Contains(strings.ToLower(text), "relay")}
}

// noMailbox says whether an answer to RCPT TO is about the recipient's address and will not get better:
// 5.1.x (RFC 3463, 3.2), but for the two that are about the sender's, or without an enhanced code
// 550, 551 or 553 (RFC 5321, 4.2.2). « Relay access denied » (5.7.1), « mailbox full » (5.2.2) and
// « blocked » are no such thing, whatever their code.
func (r reply) noMailbox() bool {
	if r.status != "" {
		return addressGone(r.status)
	}
	return !r.relay && (r.code == 550 || r.code == 551 || r.code == 553)
}

func addressGone(status string) bool {
	return strings.HasPrefix(status, "5.1.") && status != "5.1.7" && status != "5.1.8"
}

package digest

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"unicode"
)

// noWidth is a space that nobody sees: it parts what a chat would read as one word.
const noWidth = "\u200b"

// chatURL is an address that a chat shows as a link, "" for what is none. Nothing in it may end the
// link, mark text or call people.
func chatURL(address string) string {
	if !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") {
		return ""
	}
	var b strings.Builder
	for _, r := range address {
		switch {
		case unicode.IsControl(r):
		case unicode.IsSpace(r) || strings.ContainsRune("<>|@*`[]\\\"'!", r):
			b.WriteString(escaped(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// escaped writes a sign as an address does; url.PathEscape leaves some that chats read.
func escaped(r rune) string {
	if e := url.PathEscape(string(r)); e != string(r) {
		return e
	}
	return fmt.Sprintf("%%%02X", r)
}

var (
	// namesAHost is a dot inside a word, which makes « www.example.org » a link without a scheme.
	namesAHost = regexp.MustCompile(`([\pL\pN])\.([\pL\pN])`)
	// beginsASign is a colon before a word: the name of a picture, or what follows the scheme of a link.
	beginsASign = regexp.MustCompile(`:([/\pL\pN_+-])`)
	// beginsABlock makes a list, a quote or a rule at the head of a line.
	beginsABlock = regexp.MustCompile(`^(?:[-+=>]|&gt;|\d+[.)])`)
)

// lame takes from a text what chats of any make turn into links, pictures and blocks.
func lame(s string) string {
	s = namesAHost.ReplaceAllString(s, "$1."+noWidth+"$2")
	s = beginsASign.ReplaceAllString(s, ":"+noWidth+"$1")
	if beginsABlock.MatchString(s) {
		s = noWidth + s
	}
	return s
}

// markdown escapes what Mattermost reads as markup. It looks for calls and channels in what is left
// of it: an at sign, a hash and a tilde get a space of no width behind them too.
func markdown(s string) string {
	return strings.NewReplacer(
		"&", "&amp;", "<", "&lt;", ">", "&gt;", "\\", "\\\\", "`", "\\`", "*", "\\*", "_", "\\_", "[", "\\[", "]", "\\]", "|", "\\|", "!", "\\!", "$", "\\$",
		"#", "\\#"+noWidth, "~", "\\~"+noWidth, "@", "@"+noWidth,
	).Replace(lame(oneLine(s)))
}

// mrkdwn escapes the three signs that Slack has, which also make its calls and links, and parts the
// marks of its markup, for which it has no escape.
func mrkdwn(s string) string {
	return strings.NewReplacer(
		"&", "&amp;", "<", "&lt;", ">", "&gt;", "*", "∗", "_", "_"+noWidth, "~", "~"+noWidth, "`", "'", "@", "@"+noWidth, "#", "#"+noWidth,
	).Replace(lame(oneLine(s)))
}

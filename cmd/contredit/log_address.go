package main

import (
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"regexp"
	"strings"
)

// mailAddress is whatever may be one: a name at a host. It takes more than there is rather than less.
var mailAddress = regexp.MustCompile(`[^\s<>()\[\]",;:/\\]+@[^\s<>()\[\]",;:/\\]+`)

// leastLocal is how long what stands before the « @ » must be to be looked for alone: servers name the user
// without the host.
const leastLocal = 4

// addressTag stands for a mail address where it must not be read: « contredit status » tells which one it is.
func addressTag(address string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(strings.Trim(address, ".'"))))
	return "address-" + hex.EncodeToString(sum[:4])
}

// hideAddresses puts tags in the place of the mail addresses in a text, and of the users of these addresses.
func hideAddresses(text string) string {
	found := mailAddress.FindAllString(text, -1)
	if len(found) == 0 {
		return text
	}
	text = mailAddress.ReplaceAllStringFunc(text, addressTag)
	for _, address := range found {
		if local, _, _ := strings.Cut(address, "@"); len(local) >= leastLocal {
			text = regexp.MustCompile(`(?i)\b`+regexp.QuoteMeta(local)+`\b`).ReplaceAllLiteralString(text, addressTag(address))
		}
	}
	return text
}

// withoutAddresses is for a log handler: logs travel further than the database, and errors of mail servers and
// of the outbox name recipients.
func withoutAddresses(_ []string, a slog.Attr) slog.Attr {
	switch value := a.Value.Any().(type) {
	case string:
		a.Value = slog.StringValue(hideAddresses(value))
	case error:
		a.Value = slog.StringValue(hideAddresses(value.Error()))
	case []string:
		hidden := make([]string, len(value))
		for i, s := range value {
			hidden[i] = hideAddresses(s)
		}
		a.Value = slog.AnyValue(hidden)
	}
	return a
}

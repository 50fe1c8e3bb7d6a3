package review

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// The cost of a password: the second choice of RFC 9106 made smaller as OWASP allows, so that
// a small server stands several people signing in at once.
const (
	argonTime    = 2
	argonMemory  = 19 * 1024 // KiB
	argonThreads = 1
	argonSalt    = 16 // bytes
	argonKey     = 32 // bytes
)

// ShortestPassword is in characters (NIST SP 800-63B-4 asks for 15 where it is the only factor).
const ShortestPassword = 15

// LongestPassword is in bytes: hashing is work that anybody can ask for.
const LongestPassword = 1024

// ErrPasswordLength is returned for a password that is too short or too long.
var ErrPasswordLength = fmt.Errorf("a password has %d characters or more, and at most %d bytes", ShortestPassword, LongestPassword)

// HashPassword gives the form in which a password is kept: argon2id, as a PHC string.
func HashPassword(password string) (string, error) {
	if utf8.RuneCountInString(password) < ShortestPassword || len(password) > LongestPassword {
		return "", ErrPasswordLength
	}
	salt := make([]byte, argonSalt)
	if _, err := rand.Read(salt); err != nil {
		return "", fmt.Errorf("draw a salt: %w", err)
	}
	key := argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonThreads, argonKey)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads,
		b64.EncodeToString(salt), b64.EncodeToString(key)), nil
}

var errPasswordForm = errors.New("the kept password is of a form that is not known")

// checkPassword says whether a password is the one that was kept.
func checkPassword(kept, password string) (bool, error) {
	if len(password) > LongestPassword {
		return false, nil
	}
	parts := strings.Split(kept, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, errPasswordForm
	}
	var version int
	var memory, time uint32
	var threads uint8
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false, errPasswordForm
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &time, &threads); err != nil || memory > 1<<20 || time > 64 || threads == 0 {
		return false, errPasswordForm
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, errPasswordForm
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || len(want) == 0 {
		return false, errPasswordForm
	}
	got := argon2.IDKey([]byte(password), salt, time, memory, threads, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

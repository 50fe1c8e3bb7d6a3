package evidence

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/digitorus/timestamp"
)

// JournalStamp is an entry that holds the time stamp (RFC 3161) of an earlier one: an authority
// outside the house says that the chain up to it existed then.
const JournalStamp = "timestamp"

// Stamp is the body of such an entry.
type Stamp struct {
	Entry     int64  `json:"entry"`     // number of the entry that is stamped
	Hash      string `json:"hash"`      // of it
	Authority string `json:"authority"` // address that was asked
	Token     []byte `json:"token"`     // its answer, as it came
	At        string `json:"at"`        // what the authority says, RFC 3339 UTC
}

// ErrStamp says that a time stamp does not hold.
var ErrStamp = errors.New("the time stamp does not hold")

// StampRequest asks for the time stamp of a hash of the journal; its certificate comes with it, so
// that the answer can be checked without the authority.
func StampRequest(hash string) ([]byte, error) {
	request, err := timestamp.CreateRequest(bytes.NewReader([]byte(hash)), &timestamp.RequestOptions{Hash: crypto.SHA256, Certificates: true})
	if err != nil {
		return nil, fmt.Errorf("make a time stamp request: %w", err)
	}
	return request, nil
}

// ReadStamp reads an authority's answer and returns the time that it gives to the hash. That the
// signature holds is checked; whether the authority is to be trusted is for who reads it.
func ReadStamp(answer []byte, hash string) (time.Time, error) {
	stamp, err := timestamp.ParseResponse(answer)
	if err != nil {
		return time.Time{}, fmt.Errorf("%w: %w", ErrStamp, err)
	}
	sum := sha256.Sum256([]byte(hash))
	if stamp.HashAlgorithm != crypto.SHA256 || !bytes.Equal(stamp.HashedMessage, sum[:]) {
		return time.Time{}, fmt.Errorf("%w: it stamps something else", ErrStamp)
	}
	return stamp.Time.UTC(), nil
}

package digest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// BoxMail is one mail of a box of bounces.
type BoxMail struct {
	ID  string // of its content: a mail is looked at once, wherever it is moved
	Raw []byte
}

// mostBoxMails is how many mails a look at a Maildir takes: the others come with the next looks.
const mostBoxMails = 2000

// mostBox is how much of a mailbox file one look takes, in bytes; more of it means that nobody
// emptied the file for years, or that somebody fills it.
const mostBox = 64 << 20

// Box is a Maildir or a mailbox file (mbox, RFC 4155) that is looked at again and again. It changes
// and deletes nothing: the box is the operator's. It remembers in memory what was seen, so that a look
// costs what is new; after a start everything is seen once more, and known by the mails' ids. It is for
// one goroutine at a time.
type Box struct {
	Path string

	seen   map[string]bool // of a Maildir: unique names
	at     int64           // of a file: bytes that were seen
	staged func()
}

// New returns the mails that were not seen yet. A box that does not exist yet is empty. What it
// returns counts as seen after Seen, so that nothing is lost when it could not be noted.
func (b *Box) New() ([]BoxMail, error) {
	b.staged = nil
	info, err := os.Stat(b.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look at the box of bounces: %w", err)
	}
	if info.IsDir() {
		return b.newOfMaildir()
	}
	return b.newOfFile(info.Size())
}

// Seen says that what New returned last was noted.
func (b *Box) Seen() {
	if b.staged != nil {
		b.staged()
	}
	b.staged = nil
}

// newOfFile reads what was added to a mailbox file. A file that became shorter was emptied or
// replaced, and is read from its start.
func (b *Box) newOfFile(size int64) ([]BoxMail, error) {
	from := b.at
	if size < from {
		from = 0
	}
	if size == from {
		return nil, nil
	}
	if size-from > mostBox {
		return nil, fmt.Errorf("the box of bounces %s has over %d MB that were not read: empty it", b.Path, mostBox>>20)
	}
	file, err := os.Open(b.Path)
	if err != nil {
		return nil, fmt.Errorf("open the box of bounces: %w", err)
	}
	defer file.Close()
	text := make([]byte, size-from)
	if _, err := io.ReadFull(io.NewSectionReader(file, from, size-from), text); err != nil {
		return nil, fmt.Errorf("read the box of bounces: %w", err)
	}
	if from > 0 && !bytes.HasPrefix(bytes.TrimLeft(text, "\r\n"), []byte("From ")) {
		// Another file of the same name, longer than the former one.
		b.at = 0
		return b.newOfFile(size)
	}
	b.staged = func() { b.at = size }
	return splitMbox(text), nil
}

func (b *Box) newOfMaildir() ([]BoxMail, error) {
	names := map[string]string{} // path by unique name
	for _, below := range []string{"new", "cur"} {
		entries, err := os.ReadDir(filepath.Join(b.Path, below))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("list the box of bounces: %w", err)
		}
		for _, e := range entries {
			// A mail program adds flags behind a colon, and moves the file.
			if unique, _, _ := strings.Cut(e.Name(), ":"); e.Type().IsRegular() && !strings.HasPrefix(unique, ".") {
				names[below+"/"+unique] = filepath.Join(b.Path, below, e.Name())
			}
		}
	}
	present, taken := map[string]bool{}, map[string]bool{}
	var all []BoxMail
	for _, key := range slices.Sorted(maps.Keys(names)) {
		_, unique, _ := strings.Cut(key, "/")
		present[unique] = true
		if b.seen[unique] || taken[key] || len(all) == mostBoxMails {
			continue
		}
		raw, err := os.ReadFile(names[key])
		if errors.Is(err, fs.ErrNotExist) {
			continue // moved by a mail program meanwhile: the next look finds it
		}
		if err != nil {
			return nil, fmt.Errorf("read a bounce: %w", err)
		}
		taken[key] = true
		all = append(all, boxMail(raw[:min(len(raw), mostBounce)]))
	}
	b.staged = func() {
		seen := map[string]bool{}
		for unique := range present {
			if b.seen[unique] {
				seen[unique] = true
			}
		}
		for key := range taken {
			_, unique, _ := strings.Cut(key, "/")
			seen[unique] = true
		}
		b.seen = seen // without those that were deleted
	}
	return all, nil
}

func splitMbox(text []byte) []BoxMail {
	var all []BoxMail
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	for _, part := range bytes.Split(append([]byte("\n"), text...), []byte("\nFrom ")) {
		_, raw, ok := bytes.Cut(part, []byte("\n"))
		if !ok || len(bytes.TrimSpace(raw)) == 0 {
			continue
		}
		all = append(all, boxMail(raw))
	}
	return all
}

func boxMail(raw []byte) BoxMail {
	sum := sha256.Sum256(bytes.TrimSpace(raw))
	return BoxMail{hex.EncodeToString(sum[:16]), raw}
}

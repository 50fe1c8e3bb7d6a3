package digest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
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

// mostBox is how large a mailbox file may be, and mostBoxMails how many mails of it are looked at.
const (
	mostBox      = 64 << 20
	mostBoxMails = 10_000
)

// ReadBox reads a Maildir or a mailbox file (mbox, RFC 4155). It changes and deletes nothing: the
// box is the operator's. A box that does not exist yet is empty.
func ReadBox(path string) ([]BoxMail, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look at the box of bounces: %w", err)
	}
	if info.IsDir() {
		return readMaildir(path)
	}
	if info.Size() > mostBox {
		return nil, fmt.Errorf("the box of bounces %s is over %d MB: empty it", path, mostBox>>20)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the box of bounces: %w", err)
	}
	return splitMbox(text), nil
}

func readMaildir(path string) ([]BoxMail, error) {
	var names []string
	for _, below := range []string{"new", "cur"} {
		entries, err := os.ReadDir(filepath.Join(path, below))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("list the box of bounces: %w", err)
		}
		for _, e := range entries {
			if e.Type().IsRegular() && !strings.HasPrefix(e.Name(), ".") {
				names = append(names, filepath.Join(path, below, e.Name()))
			}
		}
	}
	slices.Sort(names)
	var all []BoxMail
	for _, name := range names[max(0, len(names)-mostBoxMails):] {
		raw, err := os.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue // moved by a mail program meanwhile: the next look finds it
		}
		if err != nil {
			return nil, fmt.Errorf("read a bounce: %w", err)
		}
		all = append(all, boxMail(raw[:min(len(raw), mostBounce)]))
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
	return all[max(0, len(all)-mostBoxMails):]
}

func boxMail(raw []byte) BoxMail {
	sum := sha256.Sum256(bytes.TrimSpace(raw))
	return BoxMail{hex.EncodeToString(sum[:16]), raw}
}

package store

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"time"
)

// ErrLocked is returned by LockFile when another process holds the database.
var ErrLocked = errors.New("another contredit works on this database")

// Lock is the right to collect into a database, held by one process at a time. It ends with
// the process, however that dies.
type Lock struct{ file *os.File }

// LockFile takes the lock of the database at path. The error names who holds it since when.
func LockFile(path string, now time.Time) (*Lock, error) {
	name := path + ".lock"
	file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the database: %w", err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		owner, readErr := os.ReadFile(name)
		closeErr := file.Close()
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, errors.Join(fmt.Errorf("lock the database: %w", err), readErr, closeErr)
		}
		return nil, errors.Join(fmt.Errorf("%w: %s", ErrLocked, strings.TrimSpace(string(owner))), readErr, closeErr)
	}
	note := fmt.Sprintf("process %d since %s\n", os.Getpid(), stamp(now))
	if err := errors.Join(file.Truncate(0), writeAt(file, note)); err != nil {
		return nil, errors.Join(fmt.Errorf("lock the database: %w", err), file.Close())
	}
	return &Lock{file}, nil
}

func writeAt(file *os.File, note string) error {
	_, err := file.WriteAt([]byte(note), 0)
	return err
}

// Release gives the lock back. The file stays: removing it would let two processes hold locks
// on two files of one name.
func (l *Lock) Release() error { return l.file.Close() }

package store

import (
	"errors"
	"syscall"

	"github.com/mattn/go-sqlite3"
)

// Trouble is what is wrong with the database file itself, beyond this program's doing.
type Trouble string

const (
	NoTrouble  Trouble = ""
	DiskFull   Trouble = "full"
	Unwritable Trouble = "unwritable" // the file, its folder or the whole file system
	Corrupt    Trouble = "corrupt"    // or no database at all
)

// TroubleOf says which trouble an error of this package comes from.
func TroubleOf(err error) Trouble {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return DiskFull
	}
	var failed sqlite3.Error
	if !errors.As(err, &failed) {
		return NoTrouble
	}
	switch failed.Code {
	case sqlite3.ErrIoErr: // what a full disk looks like where SQLite writes its log
		if failed.SystemErrno == syscall.ENOSPC || failed.SystemErrno == syscall.EDQUOT {
			return DiskFull
		}
	case sqlite3.ErrFull:
		return DiskFull
	case sqlite3.ErrReadonly, sqlite3.ErrCantOpen, sqlite3.ErrPerm:
		return Unwritable
	case sqlite3.ErrCorrupt, sqlite3.ErrNotADB:
		return Corrupt
	}
	return NoTrouble
}

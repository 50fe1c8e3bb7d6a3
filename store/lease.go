package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// ErrLeaseLost is returned by what is written for a work item that its worker holds no longer: the
// lease ended and another has it, or somebody asked for the same work anew. Nothing was written.
var ErrLeaseLost = errors.New("the work item is held by this worker no longer")

// Lease is a work item in the hands of one worker.
type Lease struct {
	Stage   Stage
	Subject string
	URL     string // of the document that it is about, for the account of what was done; may be ""
	Yield   int    // what it brought, for the same: documents read, claims found, claims compared

	holder string
	turn   bool // taken in a turn: what comes of it is noted for who opened that
}

// Worker takes work items: a process under a name of its own.
type Worker struct {
	Name  string        // as NewWorkerName makes it
	Lease time.Duration // how long an item stays its own without being renewed
	Turn  int64         // only while this turn lasts; 0: whenever
	taken *atomic.Int64
}

// NewWorker is this process as a worker. Its name begins with the number of the process, and no other
// has it, also when the system gives the number again.
func NewWorker(lease time.Duration) Worker {
	var nonce [6]byte
	rand.Read(nonce[:]) //nolint:errcheck // never fails (crypto/rand)
	return Worker{Name: strconv.Itoa(os.Getpid()) + "." + hex.EncodeToString(nonce[:]), Lease: lease, taken: new(atomic.Int64)}
}

// In is the same worker in a turn.
func (w Worker) In(turn int64) Worker {
	w.Turn = turn
	return w
}

// TakeWork leases the next item of a stage: the oldest that nobody holds. The second result
// is false when there is none. A lease ends by itself, so a killed worker's item is taken again.
func (db *DB) TakeWork(ctx context.Context, stage Stage, w Worker) (Lease, bool, error) {
	// A number for each taking: the same process must not end for one of its threads what another has.
	l := Lease{Stage: stage, holder: w.Name + "/" + strconv.FormatInt(w.taken.Add(1), 10), turn: w.Turn > 0}
	now := db.Now()
	err := db.w.QueryRowContext(ctx, `UPDATE work SET leased = ?, holder = ?, attempts = attempts + 1 WHERE stage = ? AND subject = (
			SELECT subject FROM work WHERE stage = ? AND leased <= ? AND attempts < ? ORDER BY length(subject), subject LIMIT 1)
		AND (? = 0 OR EXISTS (SELECT 1 FROM turn WHERE number = ? AND stage = ?))
		RETURNING subject`, stamp(now.Add(w.Lease)), l.holder, stage, stage, stamp(now), maxAttempts, w.Turn, w.Turn, stage).Scan(&l.Subject)
	if errors.Is(err, sql.ErrNoRows) {
		return l, false, nil
	}
	if err != nil {
		return l, false, fmt.Errorf("take work of stage %s: %w", stage, err)
	}
	return l, true, nil
}

// Holding is the same database for the worker of one item: each of its writes is kept only while the
// lease holds, and is ErrLeaseLost otherwise. What ends the item is in the same transaction as what it
// leaves.
func (db *DB) Holding(l Lease) *DB {
	held := *db
	held.lease = &l
	return &held
}

// stillHeld refuses the transaction of a worker that lost its item.
func (db *DB) stillHeld(ctx context.Context, tx *sql.Tx) error {
	if db.lease == nil {
		return nil
	}
	var held bool
	err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM work WHERE stage = ? AND subject = ? AND holder = ?)",
		db.lease.Stage, db.lease.Subject, db.lease.holder).Scan(&held)
	if err != nil {
		return fmt.Errorf("look who holds %s %s: %w", db.lease.Stage, db.lease.Subject, err)
	}
	if !held {
		return fmt.Errorf("%s %s: %w", db.lease.Stage, db.lease.Subject, ErrLeaseLost)
	}
	return nil
}

// holds says whether this is the database for the worker of that item.
func (db *DB) holds(stage Stage, subject string) bool {
	return db.lease != nil && db.lease.Stage == stage && db.lease.Subject == subject
}

// RenewWork holds an item for longer, counted from now. ErrLeaseLost when it is another's.
func (db *DB) RenewWork(ctx context.Context, l Lease, lease time.Duration) error {
	return db.Holding(l).write(ctx, "renew a lease", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE work SET leased = ? WHERE stage = ? AND subject = ?", stamp(db.Now().Add(lease)), l.Stage, l.Subject)
		return err
	})
}

// ReturnWork gives an item back that its worker began and may not end, as if it had not been taken.
func (db *DB) ReturnWork(ctx context.Context, l Lease) error {
	err := db.Holding(l).write(ctx, "return work", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE work SET leased = '', holder = '', attempts = max(attempts - 1, 0) WHERE stage = ? AND subject = ?", l.Stage, l.Subject)
		return err
	})
	if errors.Is(err, ErrLeaseLost) {
		return nil
	}
	return err
}

// ReleaseWork ends the leases of workers that died. Only who holds the database's lock may
// say that there is no other worker. Items that failed go on waiting for their next try.
func (db *DB) ReleaseWork(ctx context.Context) error {
	return db.write(ctx, "release the work of a process that died", func(tx *sql.Tx) error {
		for _, statement := range []string{
			"UPDATE work SET leased = '', holder = '' WHERE holder <> '' OR (leased <> '' AND error = '')",
			"UPDATE turn SET stage = '', number = number + 1",
			"DELETE FROM done",
		} {
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return err
			}
		}
		return nil
	})
}

// ReleaseWorkOf ends the leases of one process that is gone. It returns how many they were.
func (db *DB) ReleaseWorkOf(ctx context.Context, process int) (n int64, err error) {
	err = db.write(ctx, fmt.Sprintf("release the work of process %d", process), func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, "UPDATE work SET leased = '', holder = '' WHERE holder <> '' AND substr(holder, 1, ?) = ?",
			len(strconv.Itoa(process))+1, strconv.Itoa(process)+".")
		if err != nil {
			return err
		}
		n, err = done.RowsAffected()
		return err
	})
	return n, err
}

// HeldWork is an item under work.
type HeldWork struct {
	Stage   Stage     `json:"stage"`
	Subject string    `json:"subject"`
	Process int       `json:"process"` // who holds it
	Until   time.Time `json:"until"`   // when the lease ends unless it is renewed
}

// HeldWork lists the items under work.
func (db *DB) HeldWork(ctx context.Context) (all []HeldWork, err error) {
	all = []HeldWork{} // [] in JSON, not null
	rows, err := db.r.QueryContext(ctx, "SELECT stage, subject, holder, leased FROM work WHERE holder <> '' ORDER BY stage, length(subject), subject")
	if err != nil {
		return nil, fmt.Errorf("list the work under way: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var h HeldWork
		var holder, until string
		if err := rows.Scan(&h.Stage, &h.Subject, &holder, &until); err != nil {
			return nil, fmt.Errorf("list the work under way: %w", err)
		}
		number, _, _ := strings.Cut(holder, ".")
		if h.Process, err = strconv.Atoi(number); err != nil {
			return nil, fmt.Errorf("list the work under way: holder %q: %w", holder, err)
		}
		h.Until = parseStamp(until)
		all = append(all, h)
	}
	return all, rows.Err()
}

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"contredit/digest"
)

var _ digest.Ledger = (*DB)(nil)

// Carried is what a recipient of a digest has had, or will have.
func (db *DB) Carried(ctx context.Context, digestName, recipient string) (map[string]bool, error) {
	items, err := db.strings(ctx, fmt.Sprintf("look up what %s had of %s", recipient, digestName),
		"SELECT item FROM mail_item WHERE digest = ? AND recipient = ?", digestName, recipient)
	had := make(map[string]bool, len(items))
	for _, item := range items {
		had[item] = true
	}
	return had, err
}

// strings reads the one column of a query; what says what for.
func (db *DB) strings(ctx context.Context, what, query string, args ...any) ([]string, error) {
	rows, err := db.r.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, fmt.Errorf("%s: %w", what, err)
		}
		all = append(all, s)
	}
	return all, rows.Err()
}

// QueueIssue is of digest.Ledger. Suspended addresses get no mail.
func (db *DB) QueueIssue(ctx context.Context, issue digest.Issue, now time.Time) (int, error) {
	packed, err := pack(issue.Letter)
	if err != nil {
		return 0, fmt.Errorf("queue digest %s: %w", issue.Letter.Digest, err)
	}
	queued := 0
	err = db.write(ctx, "queue digest "+issue.Letter.Digest, func(tx *sql.Tx) error {
		row, err := tx.ExecContext(ctx, "INSERT INTO letter (digest, run, packed) VALUES (?, ?, ?)", issue.Letter.Digest, issue.Run, packed)
		if err != nil {
			return err
		}
		letter, err := row.LastInsertId()
		if err != nil {
			return err
		}
		for _, recipient := range issue.Recipients {
			done, err := queueMail(ctx, tx, letter, issue, recipient, now)
			if err != nil {
				return fmt.Errorf("for %s: %w", recipient, err)
			}
			if done {
				queued++
			}
		}
		if queued == 0 {
			_, err = tx.ExecContext(ctx, "DELETE FROM letter WHERE id = ?", letter)
		}
		return err
	})
	return queued, err
}

func queueMail(ctx context.Context, tx *sql.Tx, letter int64, issue digest.Issue, recipient string, now time.Time) (bool, error) {
	if told, err := toldMeanwhile(ctx, tx, issue, recipient); err != nil || told {
		return false, err
	}
	row, err := tx.ExecContext(ctx, `INSERT INTO mail (letter, digest, run, recipient, not_before, queued_at, salt) SELECT ?, ?, ?, ?, ?, ?, lower(hex(randomblob(8)))
		WHERE NOT EXISTS (SELECT 1 FROM mail_stop WHERE address = ? AND digest IN ('', ?)) ON CONFLICT (digest, run, recipient) DO NOTHING`,
		letter, issue.Letter.Digest, issue.Run, recipient, stamp(now), stamp(now), recipient, issue.Letter.Digest)
	if err != nil {
		return false, err
	}
	if n, err := row.RowsAffected(); err != nil || n == 0 {
		return false, err
	}
	id, err := row.LastInsertId()
	if err != nil {
		return false, err
	}
	for _, item := range issue.Letter.Items {
		// No « ON CONFLICT »: an item that was carried already must undo the whole issue.
		if _, err := tx.ExecContext(ctx, "INSERT INTO mail_item (digest, recipient, item, mail) VALUES (?, ?, ?, ?)", issue.Letter.Digest, recipient, item.ID, id); err != nil {
			return false, fmt.Errorf("item %s: %w", item.ID, err)
		}
	}
	for _, f := range issue.Letter.Since {
		if _, err := tx.ExecContext(ctx, "INSERT INTO mail_item (digest, recipient, item, mail) VALUES (?, ?, ?, ?)", issue.Letter.Digest, recipient, f.ID, id); err != nil {
			return false, fmt.Errorf("%s: %w", f.ID, err)
		}
	}
	for _, point := range issue.Letter.Agenda {
		for _, item := range point.Carries() {
			// A point that was told comes again with a new claim beside it.
			if _, err := tx.ExecContext(ctx, "INSERT INTO mail_item (digest, recipient, item, mail) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", issue.Letter.Digest, recipient, item, id); err != nil {
				return false, fmt.Errorf("%s: %w", item, err)
			}
		}
	}
	return true, nil
}

// TakeMail is of digest.Ledger.
func (db *DB) TakeMail(ctx context.Context, way digest.Way, now time.Time, lease time.Duration) (digest.Mail, bool, error) {
	var m digest.Mail
	found := false
	err := db.write(ctx, "take a mail", func(tx *sql.Tx) error {
		var queued string
		var packed []byte
		err := tx.QueryRowContext(ctx, `SELECT m.id, m.run, m.recipient, m.salt, m.attempts + 1, m.queued_at, l.packed FROM mail m JOIN letter l ON l.id = m.letter
			WHERE m.state = 'queued' AND m.not_before <= ? AND (substr(m.recipient, 1, ?) = ?) = ? ORDER BY m.not_before, m.id LIMIT 1`,
			stamp(now), len(digest.HookPrefix), digest.HookPrefix, way == digest.WayHook).Scan(&m.ID, &m.Run, &m.Recipient, &m.Salt, &m.Attempts, &queued, &packed)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		m.Queued = parseStamp(queued)
		if err := unpack(packed, &m.Letter); err != nil {
			return fmt.Errorf("mail %d: %w", m.ID, err)
		}
		dropped, err := droppedFrom(ctx, tx, m.ID)
		if err != nil {
			return err
		}
		m.Letter = m.Letter.Without(dropped)
		found = true
		_, err = tx.ExecContext(ctx, "UPDATE mail SET attempts = ?, not_before = ? WHERE id = ?", m.Attempts, stamp(now.Add(lease)), m.ID)
		return err
	})
	return m, found && err == nil, err
}

// EndMail is of digest.Ledger.
func (db *DB) EndMail(ctx context.Context, id int64, state digest.State, answer string, now time.Time) error {
	return db.write(ctx, fmt.Sprintf("end mail %d", id), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE mail SET state = ?, answer = ?, ended_at = ? WHERE id = ? AND state = 'queued'", state, answer, stamp(now), id)
		return err
	})
}

// DelayMail is of digest.Ledger.
func (db *DB) DelayMail(ctx context.Context, id int64, until time.Time, answer string) error {
	return db.write(ctx, fmt.Sprintf("delay mail %d", id), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE mail SET not_before = ?, answer = ? WHERE id = ? AND state = 'queued'", stamp(until), answer, id)
		return err
	})
}

// RetryMails makes everything that waits due at once.
func (db *DB) RetryMails(ctx context.Context) error {
	return db.write(ctx, "retry mails", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE mail SET not_before = ? WHERE state = 'queued' AND not_before > ?", db.now(), db.now())
		return err
	})
}

// cutShort is the answer of a mail whose sender was killed: the server may have taken it.
const cutShort = "le programme s’est arrêté pendant l’envoi, sans la réponse du serveur\u00a0: peut-être parti, il repart sous le même Message-ID"

// ReleaseMails gives back the mails that a killed program was sending. Nobody may be sending.
func (db *DB) ReleaseMails(ctx context.Context) error {
	return db.write(ctx, "release mails", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE mail SET not_before = ?, answer = ? WHERE state = 'queued' AND attempts > 0 AND answer IN ('', ?) AND not_before > ?",
			db.now(), cutShort, cutShort, db.now())
		return err
	})
}

// SuspendAddress is of digest.Ledger.
func (db *DB) SuspendAddress(ctx context.Context, address, reason string, now time.Time) error {
	return db.StopMail(ctx, address, "", reason, now)
}

// StopMail sends nothing more of a digest to an address, of any digest when its name is "".
func (db *DB) StopMail(ctx context.Context, address, digestName, reason string, now time.Time) error {
	return db.write(ctx, "stop the mail to "+address, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO mail_stop (address, digest, reason, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", address, digestName, reason, stamp(now))
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE mail SET state = 'withdrawn', answer = ?, ended_at = ? WHERE recipient = ? AND state = 'queued' AND (? = '' OR digest = ?)",
			reason, stamp(now), address, digestName, digestName)
		return err
	})
}

// ResumeMail takes back StopMail. What was refused or withdrawn meanwhile waits again: its items
// count as carried, and would otherwise reach this reader never. It returns how many mails wait.
func (db *DB) ResumeMail(ctx context.Context, address, digestName string) (int, error) {
	waiting := int64(0)
	err := db.write(ctx, "resume the mail to "+address, func(tx *sql.Tx) error {
		row, err := tx.ExecContext(ctx, "DELETE FROM mail_stop WHERE address = ? AND digest = ?", address, digestName)
		if err != nil {
			return err
		}
		if n, err := row.RowsAffected(); err != nil || n == 0 {
			return err
		}
		row, err = tx.ExecContext(ctx, `UPDATE mail SET state = 'queued', attempts = 0, answer = '', ended_at = '', not_before = ?
			WHERE recipient = ? AND state IN ('refused', 'withdrawn') AND (? = '' OR digest = ?)
			AND NOT EXISTS (SELECT 1 FROM mail_stop s WHERE s.address = mail.recipient AND s.digest IN ('', mail.digest))
			AND NOT EXISTS (SELECT 1 FROM mail_drop x WHERE x.mail = mail.id AND x.item = '')`,
			db.now(), address, digestName, digestName)
		if err != nil {
			return err
		}
		waiting, err = row.RowsAffected()
		return err
	})
	return int(waiting), err
}

// StoppedMail is an address that gets no mail.
type StoppedMail struct {
	Address string
	Digest  string // "" for all
	Reason  string
	At      time.Time
}

// StoppedMails lists the addresses that get no mail.
func (db *DB) StoppedMails(ctx context.Context) ([]StoppedMail, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT address, digest, reason, at FROM mail_stop ORDER BY address, digest")
	if err != nil {
		return nil, fmt.Errorf("list stopped mails: %w", err)
	}
	defer rows.Close()
	var all []StoppedMail
	for rows.Next() {
		var s StoppedMail
		var at string
		if err := rows.Scan(&s.Address, &s.Digest, &s.Reason, &at); err != nil {
			return nil, err
		}
		s.At = parseStamp(at)
		all = append(all, s)
	}
	return all, rows.Err()
}

// MailIsStopped says whether an address gets no mail of a digest.
func (db *DB) MailIsStopped(ctx context.Context, address, digestName string) (bool, error) {
	n := 0
	if err := db.r.QueryRowContext(ctx, "SELECT count(*) FROM mail_stop WHERE address = ? AND digest IN ('', ?)", address, digestName).Scan(&n); err != nil {
		return false, fmt.Errorf("look whether %s gets mail: %w", address, err)
	}
	return n > 0, nil
}

// OutboxMail is a mail as the operator sees it.
type OutboxMail struct {
	ID        int64
	Digest    string
	Run       string
	Recipient string
	State     digest.State
	Attempts  int
	NotBefore time.Time
	Answer    string
	Queued    time.Time
	Ended     time.Time
}

// Outbox lists mails: those that wait, the oldest first, then those that ended, the latest first.
func (db *DB) Outbox(ctx context.Context, limit int) ([]OutboxMail, error) {
	rows, err := db.r.QueryContext(ctx, `SELECT id, digest, run, recipient, state, attempts, not_before, answer, queued_at, ended_at FROM mail
		ORDER BY state = 'queued' DESC, CASE state WHEN 'queued' THEN id ELSE -id END LIMIT ?`, limit)
	if err != nil {
		return nil, fmt.Errorf("list the outbox: %w", err)
	}
	defer rows.Close()
	var all []OutboxMail
	for rows.Next() {
		var m OutboxMail
		var before, queued, ended string
		if err := rows.Scan(&m.ID, &m.Digest, &m.Run, &m.Recipient, &m.State, &m.Attempts, &before, &m.Answer, &queued, &ended); err != nil {
			return nil, err
		}
		m.NotBefore, m.Queued, m.Ended = parseStamp(before), parseStamp(queued), parseStamp(ended)
		all = append(all, m)
	}
	return all, rows.Err()
}

// StubbornMails counts the waiting mails that failed so often, or once and waited since a time: with
// many readers a server that is down is asked for each of them in turn. Those of one digest do not count.
func (db *DB) StubbornMails(ctx context.Context, attempts int, since time.Time, but string) (int, error) {
	n := 0
	err := db.r.QueryRowContext(ctx, "SELECT count(*) FROM mail WHERE state = 'queued' AND answer <> '' AND digest <> ? AND (attempts >= ? OR attempts > 0 AND queued_at <= ?)",
		but, attempts, stamp(since)).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count the mails that do not leave: %w", err)
	}
	return n, nil
}

// CountMails counts mails by their state.
func (db *DB) CountMails(ctx context.Context) (map[digest.State]int, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT state, count(*) FROM mail GROUP BY state")
	if err != nil {
		return nil, fmt.Errorf("count mails: %w", err)
	}
	defer rows.Close()
	counts := map[digest.State]int{}
	for rows.Next() {
		var state digest.State
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			return nil, err
		}
		counts[state] = n
	}
	return counts, rows.Err()
}

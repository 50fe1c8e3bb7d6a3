package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"contredit/digest"
)

// ReaderAnswer is what a reader said of an item from the mail.
type ReaderAnswer struct {
	Digest    string
	Recipient string
	Item      string
	Answer    digest.Answer
	At        time.Time
}

// A signed link lives for months, and whoever holds it can post without end: how many answers a day are
// kept of a reader about one item, and about all of a digest.
const (
	mostAnswersOfItem   = 20
	mostAnswersOfReader = 200
)

// ErrManyAnswers is returned to who changed their mind more often than a person does.
var ErrManyAnswers = errors.New("too many answers in a day")

// tasteAnswers are about what a reader wants to hear of; the others are about the pair. One does not
// take back the other.
const tasteAnswers = "('mute', 'hear')"

// SaveAnswer keeps an answer. It changes no verdict: readers advise, reviewers decide. The same
// answer again is no second row. The error wraps ErrManyAnswers when a reader answered too often today.
func (db *DB) SaveAnswer(ctx context.Context, a ReaderAnswer) error {
	return db.write(ctx, "keep the answer of "+a.Recipient, func(tx *sql.Tx) error {
		var exists int
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM link WHERE id = ?", a.Item).Scan(&exists); err != nil {
			return err
		}
		if exists == 0 {
			return fmt.Errorf("flag %s: %w", a.Item, ErrNotFound)
		}
		var last sql.NullString
		err := tx.QueryRowContext(ctx, "SELECT (SELECT answer FROM mail_answer WHERE digest = ? AND recipient = ? AND item = ? AND (answer IN "+tasteAnswers+") = (? IN "+tasteAnswers+") ORDER BY id DESC LIMIT 1)",
			a.Digest, a.Recipient, a.Item, a.Answer).Scan(&last)
		if err != nil || last.String == string(a.Answer) {
			return err
		}
		var ofItem, ofReader int
		err = tx.QueryRowContext(ctx, "SELECT coalesce(sum(item = ?), 0), count(*) FROM mail_answer WHERE digest = ? AND recipient = ? AND at > ?",
			a.Item, a.Digest, a.Recipient, stamp(a.At.AddDate(0, 0, -1))).Scan(&ofItem, &ofReader)
		if err != nil {
			return err
		}
		if ofItem >= mostAnswersOfItem || ofReader >= mostAnswersOfReader {
			return ErrManyAnswers
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO mail_answer (digest, recipient, item, answer, at) VALUES (?, ?, ?, ?, ?)", a.Digest, a.Recipient, a.Item, a.Answer, stamp(a.At))
		return err
	})
}

// AnswersOf lists what stands of the readers' answers to a flag, the latest last. "" lists those
// to all flags. What a reader says of the pair and that it is not for them stand side by side.
func (db *DB) AnswersOf(ctx context.Context, item string) ([]ReaderAnswer, error) {
	rows, err := db.r.QueryContext(ctx, `SELECT digest, recipient, item, answer, at FROM mail_answer a WHERE (? = '' OR item = ?)
		AND id = (SELECT max(id) FROM mail_answer b WHERE b.digest = a.digest AND b.recipient = a.recipient AND b.item = a.item
		AND (b.answer IN `+tasteAnswers+`) = (a.answer IN `+tasteAnswers+`)) AND answer <> 'hear' ORDER BY id`, item, item)
	if err != nil {
		return nil, fmt.Errorf("list the answers to %s: %w", item, err)
	}
	defer rows.Close()
	var all []ReaderAnswer
	for rows.Next() {
		var a ReaderAnswer
		var at string
		if err := rows.Scan(&a.Digest, &a.Recipient, &a.Item, &a.Answer, &at); err != nil {
			return nil, err
		}
		a.At = parseStamp(at)
		all = append(all, a)
	}
	return all, rows.Err()
}

// SawBounce says whether a mail of the box of bounces was looked at.
func (db *DB) SawBounce(ctx context.Context, id string) (bool, error) {
	var n int
	if err := db.r.QueryRowContext(ctx, "SELECT count(*) FROM mail_bounce WHERE id = ?", id).Scan(&n); err != nil {
		return false, fmt.Errorf("look up bounce %s: %w", id, err)
	}
	return n > 0, nil
}

// NoteBounce notes that a mail of the box of bounces was looked at, once all that follows from it is done.
func (db *DB) NoteBounce(ctx context.Context, id string, now time.Time) error {
	return db.write(ctx, "note a bounce", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO mail_bounce (id, at) VALUES (?, ?) ON CONFLICT DO NOTHING", id, stamp(now))
		return err
	})
}

// HasMail says whether a mail to an address was handed over, or tried, under a Message-ID (the part
// before « @ »).
func (db *DB) HasMail(ctx context.Context, address, messageID string) (bool, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT digest, run, salt FROM mail WHERE recipient = ? AND attempts > 0", address)
	if err != nil {
		return false, fmt.Errorf("look for the mails to %s: %w", address, err)
	}
	defer rows.Close()
	for rows.Next() {
		m := digest.Mail{Recipient: address}
		if err := rows.Scan(&m.Letter.Digest, &m.Run, &m.Salt); err != nil {
			return false, err
		}
		if m.MessageID() == messageID {
			return true, nil
		}
	}
	return false, rows.Err()
}

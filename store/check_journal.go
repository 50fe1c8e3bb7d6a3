package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"contredit/claims"
	"contredit/evidence"
)

// ledger is what is kept of one kind and must be in the journal: every entry names one row, and
// every row is named by one entry.
type ledger struct {
	noun    string   // for people
	list    string   // number, subject, and whether a text was erased, of every row
	names   []string // of the fields that are compared
	kept    func(ctx context.Context, q querier, id int64) ([]string, error)
	entered func(e evidence.JournalEntry) (id int64, values []string, err error) // id 0: the next of the subject; a value "": not compared

	left   map[int64]ledgerRow
	erased map[string]int // entries without a text, by subject
}

type ledgerRow struct {
	subject string
	erased  bool
}

// journal checks the chain, and that what it says of versions, decisions, replies, corrections,
// publications, overrides and transcripts is what is kept.
func (c *checker) journal(ctx context.Context) (err error) {
	// Somebody may write meanwhile: what was there at one moment is compared.
	tx, err := c.db.r.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("check the journal: %w", err)
	}
	defer func() { err = errors.Join(err, rollback(tx)) }()
	var head string
	if err := tx.QueryRowContext(ctx, "SELECT coalesce((SELECT value FROM setting WHERE name = ?), '')", journalHead).Scan(&head); err != nil {
		return fmt.Errorf("read the end of the journal: %w", err)
	}
	ledgers := journalLedgers()
	for _, l := range ledgers {
		if err := l.open(ctx, tx); err != nil {
			return err
		}
	}
	var chain evidence.JournalCheck
	report := func(list []evidence.JournalFault) {
		for _, f := range list {
			c.fault(entrySubject(f.Number), "%s", f.Text)
		}
	}
	err = eachEntry(ctx, tx, func(e evidence.JournalEntry) error {
		c.done.Entries++
		report(chain.Next(e))
		if e.Kind == evidence.JournalStamp && e.Body != "" {
			return c.stamp(ctx, tx, e)
		}
		if l := ledgers[e.Kind]; l != nil {
			return c.strike(ctx, tx, l, e)
		}
		return nil
	})
	if err != nil {
		return err
	}
	report(chain.End(head))
	for _, kind := range slices.Sorted(maps.Keys(ledgers)) {
		c.close(ledgers[kind])
	}
	return nil
}

func entrySubject(number int64) string { return fmt.Sprintf("journal, entrée %d", number) }

func (l *ledger) open(ctx context.Context, q querier) error {
	l.left, l.erased = map[int64]ledgerRow{}, map[string]int{}
	rows, err := q.QueryContext(ctx, l.list)
	if err != nil {
		return fmt.Errorf("list what the journal must hold: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var r ledgerRow
		if err := rows.Scan(&id, &r.subject, &r.erased); err != nil {
			return fmt.Errorf("list what the journal must hold: %w", err)
		}
		l.left[id] = r
	}
	return rows.Err()
}

// strike compares an entry with the row that it was made of, and strikes that row off.
func (c *checker) strike(ctx context.Context, q querier, l *ledger, e evidence.JournalEntry) error {
	if e.Body == "" {
		l.erased[e.Subject]++
		return nil
	}
	id, want, err := l.entered(e)
	if err != nil {
		c.fault(entrySubject(e.Number), "illisible : %v", err)
		return nil
	}
	if want == nil {
		return nil // it makes no row
	}
	if id == 0 {
		id = l.next(e.Subject)
	}
	row, there := l.left[id]
	delete(l.left, id)
	if !there {
		c.fault(entrySubject(e.Number), "%s : ce qui a été inscrit n’est plus conservé", l.noun)
		return nil
	}
	got, err := l.kept(ctx, q, id)
	if err != nil {
		return fmt.Errorf("find %s %d, of journal entry %d: %w", l.noun, id, e.Number, err)
	}
	var wrong []string
	if row.subject != e.Subject {
		wrong = append(wrong, fmt.Sprintf("objet : « %s » est conservé, « %s » a été inscrit", row.subject, e.Subject))
	}
	for i, name := range l.names {
		if want[i] != "" && want[i] != got[i] || want[i] == "" && got[i] != "" && !l.mayLack(name) {
			wrong = append(wrong, fmt.Sprintf("%s : « %s » est conservé, « %s » a été inscrit", name, forPeople(got[i]), forPeople(want[i])))
		}
	}
	if len(wrong) > 0 {
		c.fault(entrySubject(e.Number), "%s n° %d : %s", l.noun, id, strings.Join(wrong, " ; "))
	}
	return nil
}

// The fields that older entries do not have.
const (
	headersField     = "empreinte des en-têtes"
	publicationField = "date de publication"
)

func (l *ledger) mayLack(name string) bool { return name == headersField || name == publicationField }

func forPeople(value string) string {
	if name, ok := evidence.StatusNames[claims.Decision(value)]; ok {
		return name
	}
	return value
}

// next is the first row about a subject that no entry has named yet.
func (l *ledger) next(subject string) int64 {
	var first int64
	for id, r := range l.left {
		if r.subject == subject && (first == 0 || id < first) {
			first = id
		}
	}
	return first
}

// close reports the rows that no entry names. One whose text was erased belongs to an entry whose
// text was erased: which one, nobody can say any more.
func (c *checker) close(l *ledger) {
	for _, id := range slices.Sorted(maps.Keys(l.left)) {
		r := l.left[id]
		if r.erased && l.erased[r.subject] > 0 {
			l.erased[r.subject]--
			continue
		}
		c.fault("journal", "%s n° %d (%s) : conservé, et inscrit nulle part", l.noun, id, r.subject)
	}
	for _, subject := range slices.Sorted(maps.Keys(l.erased)) {
		if n := l.erased[subject]; n > 0 {
			c.fault("journal", "%s (%s) : %d entrée(s) au texte effacé, et plus rien de tel n’est conservé", l.noun, subject, n)
		}
	}
}

// stamp checks that a time stamp is of the entry that it names.
func (c *checker) stamp(ctx context.Context, q querier, e evidence.JournalEntry) error {
	var s evidence.Stamp
	if err := json.Unmarshal([]byte(e.Body), &s); err != nil {
		c.fault(entrySubject(e.Number), "illisible : %v", err)
		return nil
	}
	var hash string
	err := q.QueryRowContext(ctx, "SELECT hash FROM journal WHERE number = ?", s.Entry).Scan(&hash)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("find the entry that journal entry %d stamps: %w", e.Number, err)
	}
	at, err := evidence.ReadStamp(s.Token, hash)
	if err != nil || at.Format(time.RFC3339) != s.At || hash != s.Hash {
		c.fault(entrySubject(e.Number), "l’horodatage n’est pas celui de l’entrée %d (%v)", s.Entry, err)
	}
	return nil
}

func number(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

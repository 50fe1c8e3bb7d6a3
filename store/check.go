package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"contredit/claims"
	"contredit/document"
)

// Fault is something kept that does not hold: what it is about, and what is wrong, for people.
type Fault struct {
	Subject string
	Text    string
}

// Checked counts what a check looked at.
type Checked struct {
	Contents int
	Retired  int // contents that the journal says were taken away
	Readings int
	Claims   int
	Records  int // sentences of records
	Links    int
	Entries  int // of the journal
	Faults   int
}

// checker carries one check; texts holds the readings of one document's versions at a time.
type checker struct {
	db     *DB
	report func(Fault)
	done   Checked
}

// Check re-reads everything that is kept and reports what does not hold: the file itself,
// the bytes against their digests, every passage, claim, record and cited quote against the
// text that it is a slice of, what stands in two places against each other, states against the
// decisions that made them, the journal's chain, and what was entered against what is kept. An error means that the check could not be done.
func (db *DB) Check(ctx context.Context, report func(Fault)) (Checked, error) {
	c := &checker{db: db, report: report}
	for _, step := range []func(context.Context) error{c.file, c.triggers, c.contents, c.readings, c.claims, c.claimColumns, c.records, c.links, c.linkColumns, c.journal} {
		if err := step(ctx); err != nil {
			return c.done, err
		}
	}
	return c.done, nil
}

func (c *checker) fault(subject, format string, args ...any) {
	c.done.Faults++
	c.report(Fault{subject, fmt.Sprintf(format, args...)})
}

func (c *checker) file(ctx context.Context) error {
	for _, pragma := range []string{"integrity_check", "foreign_key_check"} {
		rows, err := c.db.r.QueryContext(ctx, "SELECT * FROM pragma_"+pragma)
		if err != nil {
			return fmt.Errorf("check the file %s: %w", c.db.path, err)
		}
		columns, err := rows.Columns()
		if err != nil {
			return fmt.Errorf("check the file %s: %w", c.db.path, err)
		}
		for rows.Next() {
			cells := make([]any, len(columns))
			for i := range cells {
				cells[i] = new(any)
			}
			if err := rows.Scan(cells...); err != nil {
				return fmt.Errorf("check the file %s: %w", c.db.path, err)
			}
			if first := fmt.Sprint(*cells[0].(*any)); first != "ok" {
				c.fault(c.db.path, "%s : %s", pragma, first)
			}
		}
		if err := rows.Err(); err != nil {
			return fmt.Errorf("check the file %s: %w", c.db.path, err)
		}
	}
	return nil
}

func (c *checker) contents(ctx context.Context) error {
	retired, err := c.db.retiredDigests(ctx)
	if err != nil {
		return err
	}
	rows, err := c.db.r.QueryContext(ctx, "SELECT sha256, size, packed FROM content ORDER BY sha256")
	if err != nil {
		return fmt.Errorf("check contents: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var want string
		var size int
		var packed []byte
		if err := rows.Scan(&want, &size, &packed); err != nil {
			return fmt.Errorf("check contents: %w", err)
		}
		if len(packed) == 0 && retired[want] {
			c.done.Retired++
			continue
		}
		c.done.Contents++
		plain, err := inflate(packed)
		if err != nil {
			c.fault("octets "+want, "illisibles : %v", err)
			continue
		}
		digest := sha256.Sum256(plain)
		if got := hex.EncodeToString(digest[:]); got != want || len(plain) != size {
			c.fault("octets "+want, "%d octets d’empreinte %s, attendu %d octets de cette empreinte", len(plain), got, size)
		}
	}
	return rows.Err()
}

// readings checks the passages of every version, and that a document bears the title and the date
// that were read of its current one.
func (c *checker) readings(ctx context.Context) error {
	rows, err := c.db.r.QueryContext(ctx, "SELECT d.url, d.title, d.date, d.snapshot IS r.snapshot, r.packed FROM reading r JOIN snapshot s ON s.id = r.snapshot JOIN document d ON d.id = s.document ORDER BY r.snapshot")
	if err != nil {
		return fmt.Errorf("check readings: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var url, title, date string
		var current bool
		var packed []byte
		if err := rows.Scan(&url, &title, &date, &current, &packed); err != nil {
			return fmt.Errorf("check readings: %w", err)
		}
		c.done.Readings++
		var r document.Reading
		if err := unpack(packed, &r); err != nil {
			c.fault(url, "lecture illisible : %v", err)
			continue
		}
		if current {
			same(c, url, "titre", title, r.Title)
			same(c, url, "date", date, r.Date)
		}
		end := 0
		for i, p := range r.Passages {
			if p.Start < end || p.End < p.Start || p.End > len(r.Text) {
				c.fault(url, "passage %d mal placé : %d à %d dans un texte de %d octets", i+1, p.Start, p.End, len(r.Text))
				break
			}
			end = p.End
		}
	}
	return rows.Err()
}

func (c *checker) claims(ctx context.Context) error {
	rows, err := c.db.r.QueryContext(ctx, `SELECT c.id, c.snapshot, c.start, c.stop, c.quote, r.packed FROM claim c
		LEFT JOIN reading r ON r.snapshot = c.snapshot ORDER BY c.snapshot, c.start`)
	if err != nil {
		return fmt.Errorf("check claims: %w", err)
	}
	defer rows.Close()
	var snapshot int64 = -1
	var r document.Reading
	for rows.Next() {
		var id, quote string
		var of int64
		var start, stop int
		var packed []byte
		if err := rows.Scan(&id, &of, &start, &stop, &quote, &packed); err != nil {
			return fmt.Errorf("check claims: %w", err)
		}
		c.done.Claims++
		if of != snapshot {
			snapshot, r = of, document.Reading{}
			if err := unpack(packed, &r); err != nil {
				c.fault("assertion "+id, "texte d’origine illisible : %v", err)
			}
		}
		c.slice("assertion "+id, r.Text, claims.Span{Start: start, End: stop}, quote)
	}
	return rows.Err()
}

// slice checks that a quote is what stands at its place.
func (c *checker) slice(subject, text string, s claims.Span, quote string) {
	if s.Start < 0 || s.End < s.Start || s.End > len(text) {
		c.fault(subject, "sa place (%d à %d) est hors du texte (%d octets)", s.Start, s.End, len(text))
	} else if got := text[s.Start:s.End]; got != quote {
		c.fault(subject, "le texte dit « %s » là où la citation dit « %s »", got, quote)
	}
}

func (c *checker) records(ctx context.Context) error {
	rows, err := c.db.r.QueryContext(ctx, `SELECT d.url, k.packed, r.packed FROM record k JOIN document d ON d.id = k.document
		LEFT JOIN reading r ON r.snapshot = k.snapshot ORDER BY k.document`)
	if err != nil {
		return fmt.Errorf("check records: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var url string
		var sentences, reading []byte
		if err := rows.Scan(&url, &sentences, &reading); err != nil {
			return fmt.Errorf("check records: %w", err)
		}
		var list []claims.Evidence
		var r document.Reading
		if err := unpack(sentences, &list); err != nil {
			c.fault(url, "phrases illisibles : %v", err)
			continue
		}
		if err := unpack(reading, &r); err != nil {
			c.fault(url, "lecture illisible : %v", err)
			continue
		}
		for _, e := range list {
			c.done.Records++
			c.slice(url, r.Text, e.Span, e.Quote)
		}
	}
	return rows.Err()
}

// links checks every quote that a flag cites: some version of its document must hold it at
// its place, for a page may have changed since.
func (c *checker) links(ctx context.Context) error {
	rows, err := c.db.r.QueryContext(ctx, "SELECT id, body FROM link WHERE withdrawn = '' OR status <> 'new' ORDER BY id")
	if err != nil {
		return fmt.Errorf("check flags: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var body []byte
		if err := rows.Scan(&id, &body); err != nil {
			return fmt.Errorf("check flags: %w", err)
		}
		c.done.Links++
		var l claims.Link
		if err := json.Unmarshal(body, &l); err != nil {
			c.fault("paire "+id, "illisible : %v", err)
			continue
		}
		for _, e := range l.Evidence {
			if e.Quote == "" {
				continue
			}
			ok, err := c.cited(ctx, e)
			if err != nil {
				return err
			}
			if !ok {
				c.fault("paire "+id, "aucune version de %s ne porte « %s » à sa place", e.URL, e.Quote)
			}
		}
	}
	return rows.Err()
}

func (c *checker) cited(ctx context.Context, e claims.Evidence) (bool, error) {
	rows, err := c.db.r.QueryContext(ctx, `SELECT r.packed FROM reading r JOIN snapshot s ON s.id = r.snapshot
		JOIN document d ON d.id = s.document WHERE d.url = ? ORDER BY s.id DESC`, e.URL)
	if err != nil {
		return false, fmt.Errorf("check a quote of %s: %w", e.URL, err)
	}
	defer rows.Close()
	for rows.Next() {
		var packed []byte
		if err := rows.Scan(&packed); err != nil {
			return false, fmt.Errorf("check a quote of %s: %w", e.URL, err)
		}
		var r document.Reading
		if unpack(packed, &r) == nil && e.Span.Start >= 0 && e.Span.End <= len(r.Text) && e.Span.Start <= e.Span.End &&
			r.Text[e.Span.Start:e.Span.End] == e.Quote {
			return true, nil
		}
	}
	return false, rows.Err()
}

// QuickCheck looks through the pages of the file and returns what SQLite finds wrong with them, at most three
// faults. It reads the whole file; a context that ends cuts it short.
func (db *DB) QuickCheck(ctx context.Context) ([]string, error) {
	faults, err := db.strings(ctx, "look through the pages", "PRAGMA quick_check(3)")
	if len(faults) == 1 && faults[0] == "ok" {
		faults = nil
	}
	return faults, err
}

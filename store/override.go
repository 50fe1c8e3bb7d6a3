package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"contredit/claims"
	"contredit/evidence"
	"contredit/french"
)

// OverrideKind is what a reviewer put right.
type OverrideKind string

// The kinds of override.
const (
	OverrideSpeaker OverrideKind = "speaker" // of a claim
	OverridePerson  OverrideKind = "person"  // of the directory
	OverrideBody    OverrideKind = "body"    // of a document
	OverrideTerm    OverrideKind = "term"    // of the glossary
)

// Override is what a reviewer put right of what the program reads. It stands over later readings,
// extractions and configurations until somebody takes it back. It is no correction of a pair
// (RemarkCorrection), which says what was published wrong.
type Override struct {
	ID       int64
	Act      int64 // number of the first of those made, and undone, at once
	Kind     OverrideKind
	Subject  string // id of a claim, key of a person or term, address of a document
	Before   string // JSON of Speaker, claims.Person, string or Term; "null" when nothing was there
	After    string
	Reviewer string
	At       string // RFC 3339, UTC
	Undoes   int64  // number of the override that this one takes back; 0 when none
	Undone   bool
	Seen     int64 // of a new one: number of the last on the page that it was made upon; -1 not to look
}

// Speaker is who says a claim.
type Speaker struct {
	Name       string `json:"name"` // "" unknown
	Function   string `json:"function,omitempty"`
	Collective bool   `json:"collective,omitempty"` // an institution speaks
}

// Term is an entry of the glossary.
type Term struct {
	Name string `json:"name"`
	Body string `json:"body"` // "" when it is no other name of a body
}

// SetSpeaker says who says a claim.
func SetSpeaker(claim string, s Speaker) (Override, error) {
	return setting(OverrideSpeaker, claim, s)
}

// SetPerson puts the person with a key right; was is what the directory had. The key goes on
// naming who had it first when the name changes.
func SetPerson(key string, was *claims.Person, p claims.Person) (Override, error) {
	o, err := setting(OverridePerson, key, p)
	if err != nil {
		return o, err
	}
	before, err := json.Marshal(was)
	o.Before = string(before)
	return o, err
}

// SetBody says of which institution a document is.
func SetBody(url, body string) (Override, error) { return setting(OverrideBody, url, body) }

// SetTerm gives a name of the glossary its body, "" to take it away; was is the body that it had.
func SetTerm(name, was, body string) (Override, error) {
	o, err := setting(OverrideTerm, french.TermKey(name), Term{name, body})
	if err != nil || was == "" {
		return o, err
	}
	before, err := json.Marshal(Term{name, was})
	o.Before = string(before)
	return o, err
}

func setting(kind OverrideKind, subject string, after any) (Override, error) {
	text, err := json.Marshal(after)
	if err != nil {
		return Override{}, fmt.Errorf("encode the %s of %s: %w", kind, subject, err)
	}
	return Override{Kind: kind, Subject: subject, Before: "null", After: string(text), Seen: -1}, nil
}

// overrideBody is an override in the journal.
type overrideBody struct {
	Override int64           `json:"override"`
	Act      int64           `json:"act"`
	Before   json.RawMessage `json:"before"`
	After    json.RawMessage `json:"after"`
	Reviewer string          `json:"reviewer"`
	At       string          `json:"at"`
	Undoes   int64           `json:"undoes,omitempty"`
}

func (o Override) journal() (subject string, body overrideBody) {
	return string(o.Kind) + " " + o.Subject, overrideBody{o.ID, o.Act, json.RawMessage(o.Before), json.RawMessage(o.After), o.Reviewer, o.At, o.Undoes}
}

const overrideColumns = `o.id, o.act, o.kind, o.subject, o.before, o.after, o.reviewer, o.at, coalesce(o.undoes, 0),
	EXISTS (SELECT 1 FROM override u WHERE u.undoes = o.id)`

// overrideStands says of a row o that it is the last word on its subject.
const overrideStands = `o.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM override u WHERE u.undoes = o.id)`

func scanOverride(scan func(...any) error) (o Override, err error) {
	if err := scan(&o.ID, &o.Act, &o.Kind, &o.Subject, &o.Before, &o.After, &o.Reviewer, &o.At, &o.Undoes, &o.Undone); err != nil {
		return o, fmt.Errorf("read a correction: %w", err)
	}
	return o, nil
}

// querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func overridesWhere(ctx context.Context, q querier, where string, args ...any) ([]Override, error) {
	rows, err := q.QueryContext(ctx, "SELECT "+overrideColumns+" FROM override o WHERE "+where, args...)
	if err != nil {
		return nil, fmt.Errorf("list corrections: %w", err)
	}
	defer rows.Close()
	var all []Override
	for rows.Next() {
		o, err := scanOverride(rows.Scan)
		if err != nil {
			return nil, err
		}
		all = append(all, o)
	}
	return all, rows.Err()
}

// Overrides is the whole history of a subject, oldest first.
func (db *DB) Overrides(ctx context.Context, kind OverrideKind, subject string) ([]Override, error) {
	return overridesWhere(ctx, db.r, "o.kind = ? AND o.subject = ? ORDER BY o.id", kind, subject)
}

// Standing are the overrides of a kind that stand, one of each subject, those made last at the end.
func (db *DB) Standing(ctx context.Context, kind OverrideKind) ([]Override, error) {
	return standing(ctx, db.r, kind)
}

func standing(ctx context.Context, q querier, kind OverrideKind) ([]Override, error) {
	return overridesWhere(ctx, q, "o.id IN (SELECT max(o.id) FROM override o WHERE o.kind = ? AND "+overrideStands+" GROUP BY o.subject) ORDER BY o.id", kind)
}

// Roster are the persons whom reviewers put right.
func (db *DB) Roster(ctx context.Context) (*claims.Roster, error) { return rosterOf(ctx, db.r) }

func rosterOf(ctx context.Context, q querier) (*claims.Roster, error) {
	all, err := standing(ctx, q, OverridePerson)
	if err != nil {
		return nil, err
	}
	var persons []claims.Person
	for _, o := range all {
		var p claims.Person
		if err := json.Unmarshal([]byte(o.After), &p); err != nil {
			return nil, fmt.Errorf("decode the person %s: %w", o.Subject, err)
		}
		persons = append(persons, p)
	}
	return claims.NewRoster(persons), nil
}

// Glossary is the glossary of the configuration as reviewers put it right.
func (db *DB) Glossary(ctx context.Context, configured french.Glossary) (french.Glossary, error) {
	all, err := db.Standing(ctx, OverrideTerm)
	if err != nil {
		return nil, err
	}
	for _, o := range all {
		var t Term
		if err := json.Unmarshal([]byte(o.After), &t); err != nil {
			return nil, fmt.Errorf("decode the term %s: %w", o.Subject, err)
		}
		configured = configured.With(t.Name, t.Body)
	}
	return configured, nil
}

// SaveOverrides puts things right, all of them or none, and returns them with their numbers.
// ErrConflict when somebody else put one of them right since it was seen, ErrNotFound for a
// claim or document that is not kept.
func (db *DB) SaveOverrides(ctx context.Context, reviewer string, list ...Override) ([]Override, error) {
	var done []Override
	err := db.write(ctx, "put right", func(tx *sql.Tx) error {
		done = done[:0]
		for _, o := range list {
			history, err := overridesWhere(ctx, tx, "o.kind = ? AND o.subject = ? ORDER BY o.id", o.Kind, o.Subject)
			if err != nil {
				return err
			}
			if o.Seen >= 0 && lastOf(history) != o.Seen {
				return fmt.Errorf("%s %s: %w", o.Kind, o.Subject, ErrConflict)
			}
			for _, before := range history {
				if before.Undoes == 0 && !before.Undone {
					o.Before = before.After
				}
			}
			o.Reviewer = reviewer
			if len(done) > 0 {
				o.Act = done[0].Act
			}
			if o, err = db.addOverride(ctx, tx, o); err != nil {
				return fmt.Errorf("%s %s: %w", o.Kind, o.Subject, err)
			}
			done = append(done, o)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return done, nil
}

func lastOf(history []Override) int64 {
	if len(history) == 0 {
		return 0
	}
	return history[len(history)-1].ID
}

// UndoOverride takes back what was put right at once with an override: a new row for each says so,
// and what was before is again. ErrConflict when one of them was put right once more since.
func (db *DB) UndoOverride(ctx context.Context, id int64, reviewer string) error {
	return db.write(ctx, fmt.Sprintf("undo correction %d", id), func(tx *sql.Tx) error {
		var act int64
		err := tx.QueryRowContext(ctx, "SELECT act FROM override WHERE id = ?", id).Scan(&act)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNotFound
		}
		if err != nil {
			return err
		}
		all, err := overridesWhere(ctx, tx, "o.act = ? AND o.undoes IS NULL ORDER BY o.id DESC", act)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return ErrNotFound
		}
		act = 0
		for _, o := range all {
			var last int64
			err := tx.QueryRowContext(ctx, "SELECT coalesce(max(o.id), 0) FROM override o WHERE o.kind = ? AND o.subject = ? AND "+overrideStands, o.Kind, o.Subject).Scan(&last)
			if err != nil {
				return err
			}
			if last != o.ID {
				return fmt.Errorf("%s %s: %w", o.Kind, o.Subject, ErrConflict)
			}
			undo, err := db.addOverride(ctx, tx, Override{Act: act, Kind: o.Kind, Subject: o.Subject, Before: o.After, After: o.Before, Reviewer: reviewer, Undoes: o.ID})
			if err != nil {
				return fmt.Errorf("%s %s: %w", o.Kind, o.Subject, err)
			}
			act = undo.Act
		}
		return nil
	})
}

// addOverride keeps an override, and lets it take effect.
func (db *DB) addOverride(ctx context.Context, tx *sql.Tx, o Override) (Override, error) {
	o.At = db.now()
	moved, err := takeEffect(ctx, tx, &o)
	if err != nil {
		return o, err
	}
	text, err := json.Marshal(moved)
	if err != nil {
		return o, fmt.Errorf("encode what moved: %w", err)
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO override (act, kind, subject, before, after, moved, reviewer, at, undoes)
		VALUES (coalesce(nullif(?, 0), (SELECT coalesce(max(id), 0) + 1 FROM override)), ?, ?, ?, ?, ?, ?, ?, nullif(?, 0)) RETURNING id, act`,
		o.Act, o.Kind, o.Subject, o.Before, o.After, string(text), o.Reviewer, o.At, o.Undoes).Scan(&o.ID, &o.Act)
	if err != nil {
		return o, fmt.Errorf("keep it: %w", err)
	}
	subject, body := o.journal()
	_, err = db.enter(ctx, tx, evidence.JournalOverride, subject, body)
	return o, err
}

package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"contredit/claims"
	"contredit/french"
)

// applyPerson gives the claims of somebody the name that reviewers say, and asks for extraction
// where the name is read or, when an office is another, where somebody may be named by office.
func applyPerson(ctx context.Context, tx *sql.Tx, o *Override) (map[string]string, error) {
	before, after := new(claims.Person), new(claims.Person)
	for text, into := range map[string]**claims.Person{o.Before: &before, o.After: &after} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			return nil, fmt.Errorf("decode the person: %w", err)
		}
	}
	names := namesOf(before, after)
	var moved map[string]string
	var err error
	if o.Undoes == 0 {
		moved, err = moveClaims(ctx, tx, o, names)
	} else {
		err = moveBack(ctx, tx, o.Undoes)
	}
	if err != nil {
		return nil, err
	}
	if err := askByName(ctx, tx, names); err != nil {
		return nil, err
	}
	return moved, askByOffice(ctx, tx, before, after)
}

func namesOf(persons ...*claims.Person) []string {
	var names []string
	for _, p := range persons {
		if p != nil {
			names = append(append(names, p.Name), p.Variants...)
		}
	}
	return slices.Compact(slices.Sorted(slices.Values(names)))
}

// moveClaims names rightly the speakers who go by one of the names.
func moveClaims(ctx context.Context, tx *sql.Tx, o *Override, names []string) (map[string]string, error) {
	all, err := standing(ctx, tx, OverridePerson)
	if err != nil {
		return nil, err
	}
	all = append(slices.DeleteFunc(all, func(other Override) bool { return other.Subject == o.Subject }), *o)
	persons := make([]claims.Person, len(all))
	for i, one := range all {
		if err := json.Unmarshal([]byte(one.After), &persons[i]); err != nil {
			return nil, fmt.Errorf("decode the person %s: %w", one.Subject, err)
		}
	}
	roster, keys := claims.NewRoster(persons), map[string]bool{}
	for _, name := range names {
		keys[claims.PersonKey(name)] = true
	}
	spoken, err := speakers(ctx, tx)
	if err != nil {
		return nil, err
	}
	moved := map[string]string{}
	for id, name := range spoken {
		right := roster.NameOf(name)
		if !keys[claims.PersonKey(name)] || right == name {
			continue
		}
		c, _, err := claimIn(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		if c.Collective {
			continue
		}
		moved[id], c.Speaker = name, right
		if err := setClaim(ctx, tx, c); err != nil {
			return nil, err
		}
	}
	return moved, nil
}

// speakers are the names of who says each claim.
func speakers(ctx context.Context, tx *sql.Tx) (map[string]string, error) {
	rows, err := tx.QueryContext(ctx, "SELECT id, speaker FROM claim WHERE speaker <> ''")
	if err != nil {
		return nil, fmt.Errorf("list speakers: %w", err)
	}
	defer rows.Close()
	all := map[string]string{}
	for rows.Next() {
		var id, name string
		if err := rows.Scan(&id, &name); err != nil {
			return nil, fmt.Errorf("list speakers: %w", err)
		}
		all[id] = name
	}
	return all, rows.Err()
}

// moveBack gives claims back to whose they were before an override, unless somebody said another
// thing of them since.
func moveBack(ctx context.Context, tx *sql.Tx, id int64) error {
	var text, after string
	if err := tx.QueryRowContext(ctx, "SELECT moved, after FROM override WHERE id = ?", id).Scan(&text, &after); err != nil {
		return fmt.Errorf("read what moved: %w", err)
	}
	moved := map[string]string{}
	var p claims.Person
	if err := errors.Join(json.Unmarshal([]byte(text), &moved), json.Unmarshal([]byte(after), &p)); err != nil {
		return fmt.Errorf("decode what moved: %w", err)
	}
	for claim, name := range moved {
		c, _, err := claimIn(ctx, tx, claim)
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if c.Speaker != p.Name {
			continue
		}
		c.Speaker = name
		if err := setClaim(ctx, tx, c); err != nil {
			return err
		}
	}
	return nil
}

// askByName asks for extraction where a surname stands, and for linking of what speaks of it.
func askByName(ctx context.Context, tx *sql.Tx, names []string) error {
	for _, name := range names {
		plain, _, _ := strings.Cut(name, "(")
		terms, words := french.Terms(plain), strings.Fields(plain)
		if len(terms) == 0 || len(words) == 0 {
			continue
		}
		if err := askWhere(ctx, tx, terms[len(terms)-1].Stem); err != nil {
			return err
		}
		if err := askExtraction(ctx, tx, "id IN (SELECT document FROM claim WHERE speaker = ?)", name); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO work (stage, subject) SELECT 'link', id FROM claim WHERE worth AND (speaker = ? OR instr(quote, ?) > 0)
			ON CONFLICT DO UPDATE SET attempts = 0, leased = '', error = ''`, name, words[len(words)-1])
		if err != nil {
			return fmt.Errorf("ask for linking: %w", err)
		}
	}
	return nil
}

// askByOffice asks for extraction where the offices that are others now are named, and in their
// bodies: « le président » may be somebody else there.
func askByOffice(ctx context.Context, tx *sql.Tx, before, after *claims.Person) error {
	var was, is []claims.Office
	if before != nil {
		was = before.Offices
	}
	if after != nil {
		is = after.Offices
	}
	for _, o := range slices.Concat(was, is) {
		terms := french.Terms(o.Function)
		if len(terms) == 0 || slices.Contains(was, o) == slices.Contains(is, o) {
			continue
		}
		if err := askWhere(ctx, tx, terms[0].Stem); err != nil {
			return err
		}
		if o.Body == "" {
			continue
		}
		if err := askExtraction(ctx, tx, "body <> '' AND (instr(lower(body), lower(?1)) > 0 OR instr(lower(?1), lower(body)) > 0)", o.Body); err != nil {
			return err
		}
	}
	return nil
}

// askWhere asks for extraction where a word stands.
func askWhere(ctx context.Context, tx *sql.Tx, stem string) error {
	return askExtraction(ctx, tx, "id IN (SELECT p.document FROM passage_search f JOIN passage p ON p.id = f.rowid WHERE passage_search MATCH ?)",
		`"`+strings.ReplaceAll(stem, `"`, `""`)+`"`)
}

package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"contredit/claims"
	"contredit/evidence"
)

// ErrRetired is returned for a version whose bytes were taken away by RetireVersions.
var ErrRetired = errors.New("the bytes of this version were retired; its digest, day and journal entry are kept")

// Retired is what RetireVersions took away, or would take.
type Retired struct {
	Versions int
	Bytes    int64 // as they stood in the file
}

// retiredVersion is one line of a retirement's journal entry.
type retiredVersion struct {
	Snapshot int64  `json:"snapshot"`
	SHA256   string `json:"sha256"`

	url   string
	bytes int64
}

type retirementBody struct {
	ReplacedBefore string           `json:"replaced_before"`
	Versions       []retiredVersion `json:"versions"`
}

// RetireVersions takes away the bytes and the reading of versions that a later one replaced before a
// moment, and enters in the journal which. It leaves alone what anything rests on: the current version
// of every document, every version of a document that any pair cites (decided, withdrawn or new), every
// version that a claim was first read in, and bytes that another version shares. Address, digest,
// headers, day and journal entry of what is taken stay. dry changes nothing.
func (db *DB) RetireVersions(ctx context.Context, before time.Time, dry bool) (Retired, error) {
	var done Retired
	err := db.write(ctx, "retire versions", func(tx *sql.Tx) error {
		old, err := replacedVersions(ctx, tx, before)
		if err != nil || len(old) == 0 {
			return err
		}
		cited, err := citedAddresses(ctx, tx)
		if err != nil {
			return err
		}
		kept := old[:0]
		for _, v := range old {
			if !cited[v.url] {
				kept = append(kept, v)
			}
		}
		if old, err = withoutShared(ctx, tx, kept); err != nil || len(old) == 0 {
			return err
		}
		done = sumOf(old)
		if dry {
			return nil
		}
		for _, v := range old {
			if _, err := tx.ExecContext(ctx, "UPDATE content SET packed = x'' WHERE sha256 = ?", v.SHA256); err != nil {
				return fmt.Errorf("retire the bytes of snapshot %d: %w", v.Snapshot, err)
			}
			if _, err := tx.ExecContext(ctx, "DELETE FROM reading WHERE snapshot = ?", v.Snapshot); err != nil {
				return fmt.Errorf("retire the reading of snapshot %d: %w", v.Snapshot, err)
			}
		}
		_, err = db.enter(ctx, tx, evidence.JournalRetirement, strconv.Itoa(len(old))+" versions", retirementBody{stamp(before), old})
		return err
	})
	if err != nil {
		return Retired{}, err
	}
	return done, nil
}

// replacedVersions are those with bytes that were replaced before a moment and that no claim, no
// record and no work under way is of.
func replacedVersions(ctx context.Context, tx *sql.Tx, before time.Time) (list []retiredVersion, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT s.id, s.sha256, d.url, length(c.packed) + coalesce(length(r.packed), 0)
		FROM snapshot s JOIN document d ON d.id = s.document JOIN content c ON c.sha256 = s.sha256 LEFT JOIN reading r ON r.snapshot = s.id
		WHERE s.id <> d.snapshot AND length(c.packed) > 0
			AND (SELECT n.fetched_at FROM snapshot n WHERE n.document = s.document AND n.id > s.id ORDER BY n.id LIMIT 1) < ?
			AND s.id NOT IN (SELECT snapshot FROM claim) AND s.id NOT IN (SELECT snapshot FROM record)
			AND s.sha256 NOT IN (SELECT sha256 FROM transcript)
			AND CAST(s.id AS TEXT) NOT IN (SELECT subject FROM work WHERE stage = ?)
		ORDER BY s.id`, stamp(before), StageRead)
	if err != nil {
		return nil, fmt.Errorf("list replaced versions: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var v retiredVersion
		if err := rows.Scan(&v.Snapshot, &v.SHA256, &v.url, &v.bytes); err != nil {
			return nil, fmt.Errorf("list replaced versions: %w", err)
		}
		list = append(list, v)
	}
	return list, rows.Err()
}

// citedAddresses are the documents that any pair rests on, also a withdrawn one.
func citedAddresses(ctx context.Context, tx *sql.Tx) (cited map[string]bool, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT l.body, d.url FROM link l JOIN claim c ON c.id = l.claim JOIN document d ON d.id = c.document")
	if err != nil {
		return nil, fmt.Errorf("list cited documents: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	cited = map[string]bool{}
	for rows.Next() {
		var body []byte
		var url string
		if err := rows.Scan(&body, &url); err != nil {
			return nil, fmt.Errorf("list cited documents: %w", err)
		}
		var l claims.Link
		if err := json.Unmarshal(body, &l); err != nil {
			return nil, fmt.Errorf("list the documents that a pair of %s cites: %w", url, err)
		}
		cited[url] = true
		for _, address := range addressesOf(l) {
			cited[address] = true
		}
	}
	return cited, rows.Err()
}

// withoutShared drops versions whose bytes another version, one that stays, has too.
func withoutShared(ctx context.Context, tx *sql.Tx, list []retiredVersion) (alone []retiredVersion, err error) {
	leaving := map[string]int{}
	for _, v := range list {
		leaving[v.SHA256]++
	}
	rows, err := tx.QueryContext(ctx, "SELECT sha256, count(*) FROM snapshot GROUP BY sha256")
	if err != nil {
		return nil, fmt.Errorf("look for shared bytes: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var digest string
		var all int
		if err := rows.Scan(&digest, &all); err != nil {
			return nil, fmt.Errorf("look for shared bytes: %w", err)
		}
		if n, ok := leaving[digest]; ok && n < all {
			delete(leaving, digest)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("look for shared bytes: %w", err)
	}
	for _, v := range list {
		if leaving[v.SHA256] > 0 {
			alone = append(alone, v)
		}
	}
	return alone, nil
}

func sumOf(list []retiredVersion) Retired {
	r := Retired{Versions: len(list)}
	for _, v := range list {
		r.Bytes += v.bytes
	}
	return r
}

// retiredDigests are the contents that the journal says were retired.
func (db *DB) retiredDigests(ctx context.Context) (digests map[string]bool, err error) {
	rows, err := db.r.QueryContext(ctx, "SELECT body FROM journal WHERE kind = ?", evidence.JournalRetirement)
	if err != nil {
		return nil, fmt.Errorf("look for retired versions: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	digests = map[string]bool{}
	for rows.Next() {
		var text string
		var body retirementBody
		if err := rows.Scan(&text); err != nil {
			return nil, fmt.Errorf("look for retired versions: %w", err)
		}
		if err := json.Unmarshal([]byte(text), &body); err != nil {
			return nil, fmt.Errorf("read a retirement in the journal: %w", err)
		}
		for _, v := range body.Versions {
			digests[v.SHA256] = true
		}
	}
	return digests, rows.Err()
}

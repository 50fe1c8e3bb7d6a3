package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"contredit/crawler"
)

// CrawlArchive is what the crawler remembers between runs, in the database.
type CrawlArchive struct{ db *DB }

// CrawlArchive returns the crawler's part of the database.
func (db *DB) CrawlArchive() CrawlArchive { return CrawlArchive{db} }

// stampOrEmpty is the stored form of a time that may be unknown.
func stampOrEmpty(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return stamp(t)
}

// Page returns what is known of an address; nothing is no error.
func (a CrawlArchive) Page(ctx context.Context, address string) (crawler.Page, error) {
	p := crawler.Page{URL: address}
	var links []byte
	var checked, changed, gone, since, missed string
	err := a.db.r.QueryRowContext(ctx, `SELECT etag, last_modified, final_url, sha256, listing, links, checked, changed, missing,
			gone, trouble, trouble_since, missed
		FROM crawl_page WHERE url = ?`, address).Scan(&p.ETag, &p.LastModified, &p.Final, &p.SHA256, &p.Listing, &links, &checked,
		&changed, &p.Missing, &gone, &p.Trouble, &since, &missed)
	if errors.Is(err, sql.ErrNoRows) {
		return p, nil
	}
	if err != nil {
		return p, fmt.Errorf("read crawled page %s: %w", address, err)
	}
	if links != nil {
		if err := unpack(links, &p.Listed); err != nil {
			return p, fmt.Errorf("links of crawled page %s: %w", address, err)
		}
	}
	p.Checked, p.Changed, p.Gone, p.TroubleSince, p.Missed = parseStamp(checked), parseStamp(changed), parseStamp(gone), parseStamp(since), parseStamp(missed)
	return p, nil
}

// Pending returns what a source's runs found and have not done, oldest first.
func (a CrawlArchive) Pending(ctx context.Context, source string) ([]crawler.Task, error) {
	rows, err := a.db.r.QueryContext(ctx, "SELECT body FROM crawl_task WHERE source = ? ORDER BY id", source)
	if err != nil {
		return nil, fmt.Errorf("list tasks of %s: %w", source, err)
	}
	defer rows.Close()
	var all []crawler.Task
	for rows.Next() {
		var body string
		if err := rows.Scan(&body); err != nil {
			return nil, fmt.Errorf("read task of %s: %w", source, err)
		}
		var t crawler.Task
		if err := json.Unmarshal([]byte(body), &t); err != nil {
			return nil, fmt.Errorf("read task of %s: %w", source, err)
		}
		all = append(all, t)
	}
	return all, rows.Err()
}

// Known returns the documents of a source that are not known to be gone, oldest first.
func (a CrawlArchive) Known(ctx context.Context, source string) ([]string, error) {
	rows, err := a.db.r.QueryContext(ctx, `SELECT d.url FROM document d JOIN crawl_page p ON p.url = d.url
		WHERE d.source = ? AND p.gone = '' AND p.sha256 <> '' ORDER BY d.id`, source)
	if err != nil {
		return nil, fmt.Errorf("list the documents of %s: %w", source, err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var address string
		if err := rows.Scan(&address); err != nil {
			return nil, fmt.Errorf("list the documents of %s: %w", source, err)
		}
		all = append(all, address)
	}
	return all, rows.Err()
}

// Advance keeps a step of a run, all of it or nothing.
func (a CrawlArchive) Advance(ctx context.Context, source string, step crawler.Step) error {
	return a.db.write(ctx, "keep a step of "+source, func(tx *sql.Tx) error {
		for _, address := range step.Done {
			if _, err := tx.ExecContext(ctx, "DELETE FROM crawl_task WHERE source = ? AND url = ?", source, address); err != nil {
				return fmt.Errorf("end task %s: %w", address, err)
			}
		}
		done := map[string]bool{}
		for _, address := range step.Done {
			done[address] = true
		}
		for _, t := range step.Found {
			if done[t.URL] {
				continue
			}
			if err := saveTask(ctx, tx, source, t); err != nil {
				return err
			}
		}
		for _, p := range step.Pages {
			if err := savePage(ctx, tx, p); err != nil {
				return err
			}
		}
		return nil
	})
}

func saveTask(ctx context.Context, tx *sql.Tx, source string, t crawler.Task) error {
	body, err := json.Marshal(t)
	if err != nil {
		return fmt.Errorf("encode task %s: %w", t.URL, err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO crawl_task (source, url, not_before, body) VALUES (?, ?, ?, ?)
		ON CONFLICT (source, url) DO UPDATE SET not_before = excluded.not_before, body = excluded.body`,
		source, t.URL, stampOrEmpty(t.NotBefore), string(body))
	if err != nil {
		return fmt.Errorf("keep task %s: %w", t.URL, err)
	}
	return nil
}

func savePage(ctx context.Context, tx *sql.Tx, p crawler.Page) error {
	var links []byte
	if len(p.Listed) > 0 {
		var err error
		if links, err = pack(p.Listed); err != nil {
			return fmt.Errorf("links of %s: %w", p.URL, err)
		}
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO crawl_page (url, etag, last_modified, final_url, sha256, listing, links, checked, changed,
			missing, gone, trouble, trouble_since, missed)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (url) DO UPDATE SET etag = excluded.etag, last_modified = excluded.last_modified, final_url = excluded.final_url,
			sha256 = excluded.sha256, listing = excluded.listing, links = excluded.links, checked = excluded.checked,
			changed = excluded.changed, missing = excluded.missing, gone = excluded.gone, trouble = excluded.trouble,
			trouble_since = excluded.trouble_since, missed = excluded.missed`,
		p.URL, p.ETag, p.LastModified, p.Final, p.SHA256, p.Listing, links, stampOrEmpty(p.Checked), stampOrEmpty(p.Changed),
		p.Missing, stampOrEmpty(p.Gone), p.Trouble, stampOrEmpty(p.TroubleSince), stampOrEmpty(p.Missed))
	if err != nil {
		return fmt.Errorf("keep crawled page %s: %w", p.URL, err)
	}
	if p.Listing {
		return nil
	}
	// What was kept of a document stays; that it is gone, or back, is said beside it.
	_, err = tx.ExecContext(ctx, "UPDATE document SET gone_at = ?1 WHERE url = ?2 AND gone_at <> ?1", stampOrEmpty(p.Gone), p.URL)
	if err != nil {
		return fmt.Errorf("note that %s is gone: %w", p.URL, err)
	}
	return nil
}

// Robots returns the robots.txt last fetched from an origin.
func (a CrawlArchive) Robots(ctx context.Context, origin string) (crawler.Robots, error) {
	r := crawler.Robots{Origin: origin}
	var fetched string
	err := a.db.r.QueryRowContext(ctx, "SELECT status, text, fetched FROM crawl_robots WHERE origin = ?", origin).Scan(&r.Status, &r.Text, &fetched)
	if errors.Is(err, sql.ErrNoRows) {
		return r, nil
	}
	if err != nil {
		return r, fmt.Errorf("read robots.txt of %s: %w", origin, err)
	}
	r.Fetched = parseStamp(fetched)
	return r, nil
}

// SaveRobots keeps a robots.txt.
func (a CrawlArchive) SaveRobots(ctx context.Context, r crawler.Robots) error {
	return a.db.write(ctx, "keep robots.txt of "+r.Origin, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO crawl_robots (origin, status, text, fetched) VALUES (?, ?, ?, ?)
			ON CONFLICT (origin) DO UPDATE SET status = excluded.status, text = excluded.text, fetched = excluded.fetched`,
			r.Origin, r.Status, r.Text, stamp(r.Fetched))
		return err
	})
}

// Host returns how a host wants to be treated.
func (a CrawlArchive) Host(ctx context.Context, name string) (crawler.Host, error) {
	h := crawler.Host{Name: name}
	var until string
	err := a.db.r.QueryRowContext(ctx, "SELECT not_until, failures FROM crawl_host WHERE name = ?", name).Scan(&until, &h.Failures)
	if errors.Is(err, sql.ErrNoRows) {
		return h, nil
	}
	if err != nil {
		return h, fmt.Errorf("read host %s: %w", name, err)
	}
	h.NotUntil = parseStamp(until)
	return h, nil
}

// SaveHost keeps how a host wants to be treated.
func (a CrawlArchive) SaveHost(ctx context.Context, h crawler.Host) error {
	return a.db.write(ctx, "keep host "+h.Name, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO crawl_host (name, not_until, failures) VALUES (?, ?, ?)
			ON CONFLICT (name) DO UPDATE SET not_until = excluded.not_until, failures = excluded.failures`,
			h.Name, stampOrEmpty(h.NotUntil), h.Failures)
		return err
	})
}

// Health returns how a source has been.
func (a CrawlArchive) Health(ctx context.Context, source string) (crawler.Health, error) {
	h := crawler.Health{Source: source}
	var body string
	err := a.db.r.QueryRowContext(ctx, "SELECT body FROM crawl_health WHERE source = ?", source).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return h, nil
	}
	if err != nil {
		return h, fmt.Errorf("read health of %s: %w", source, err)
	}
	if err := json.Unmarshal([]byte(body), &h); err != nil {
		return h, fmt.Errorf("read health of %s: %w", source, err)
	}
	return h, nil
}

// SaveHealth keeps how a source has been.
func (a CrawlArchive) SaveHealth(ctx context.Context, h crawler.Health) error {
	body, err := json.Marshal(h)
	if err != nil {
		return fmt.Errorf("encode health of %s: %w", h.Source, err)
	}
	return a.db.write(ctx, "keep health of "+h.Source, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO crawl_health (source, body) VALUES (?, ?) ON CONFLICT (source) DO UPDATE SET body = excluded.body",
			h.Source, string(body))
		return err
	})
}

// SourceHealth lists how all sources have been, by name.
func (db *DB) SourceHealth(ctx context.Context) ([]crawler.Health, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT body FROM crawl_health ORDER BY source")
	if err != nil {
		return nil, fmt.Errorf("list the health of sources: %w", err)
	}
	defer rows.Close()
	var all []crawler.Health
	for rows.Next() {
		var body string
		if err := rows.Scan(&body); err != nil {
			return nil, fmt.Errorf("read the health of a source: %w", err)
		}
		var h crawler.Health
		if err := json.Unmarshal([]byte(body), &h); err != nil {
			return nil, fmt.Errorf("read the health of a source: %w", err)
		}
		all = append(all, h)
	}
	return all, rows.Err()
}

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

// QueueFilter narrows the review queue; a zero field does not.
type QueueFilter struct {
	Statuses  []claims.Decision
	Kinds     []claims.Kind
	Speaker   string // whole name
	Body      string // that published the claim
	Topic     string // watched, or the heading that the claim stands under
	Tag       string
	Assigned  string // name of a reviewer
	Since     string // ISO day of the claim, included
	Until     string
	Found     string // found since, RFC 3339 UTC or ISO day
	Words     string // all of them, in the claim or its evidence, whatever their ending
	First     string // id of a claim: it and its repeats
	Record    string // what Grouped gives
	Withdrawn bool   // those no longer proposed too
	Private   bool   // those that rest on private documents too
	Asleep    bool   // those put off too
	Today     string // ISO day by which sleep is judged
}

// narrow says whether the filter is for few links among many.
func (f QueueFilter) narrow() bool {
	for _, value := range []string{f.Speaker, f.Body, f.Topic, f.Tag, f.Assigned, f.Since, f.Until, f.Found, f.Words, f.First, f.Record} {
		if value != "" {
			return true
		}
	}
	return len(f.Statuses) > 0 && !slices.Contains(f.Statuses, claims.StatusNew)
}

// conditions gives the FROM and WHERE of the filter, and whether it can hold anything.
func (f QueueFilter) conditions() (tables, where string, args []any) { return f.conditionsOn("q.") }

// inOrder gives them for a query that wants the first few in the queue's order: unless the filter is
// narrow the queue is walked in that order, for an index that finds the links by their state would leave a
// hundred thousand of them to be sorted. The sign keeps a column from choosing the index.
func (f QueueFilter) inOrder() (tables, where string, args []any) {
	if f.narrow() {
		return f.conditions()
	}
	return f.conditionsOn("+q.")
}

func (f QueueFilter) conditionsOn(q string) (tables, where string, args []any) {
	tables = "queue q"
	parts := []string{"1"}
	add := func(condition string, values ...any) {
		parts = append(parts, condition)
		args = append(args, values...)
	}
	if terms := matchAll(f.Words); terms != "" {
		tables = "queue_search s JOIN queue q ON q.number = s.rowid"
		add("queue_search MATCH ?", terms)
	}
	in(add, q+"status", f.Statuses)
	in(add, q+"kind", f.Kinds)
	for _, c := range []struct{ column, value string }{
		{"q.speaker", f.Speaker}, {"q.body", f.Body}, {"q.assigned", f.Assigned}, {"q.first", f.First}, {"q.record", f.Record},
	} {
		if c.value != "" {
			add(c.column+" = ?", c.value)
		}
	}
	if f.Topic != "" {
		add("(q.topic = ? OR q.claim IN (SELECT claim FROM claim_topic WHERE topic = ?))", f.Topic, f.Topic)
	}
	if f.Tag != "" {
		add("q.link IN (SELECT link FROM link_tag WHERE tag = ?)", f.Tag)
	}
	if f.Since != "" {
		add("q.date >= ?", f.Since)
	}
	if f.Until != "" {
		add("q.date <> '' AND q.date <= ?", f.Until)
	}
	if f.Found != "" {
		add("q.found_at >= ?", f.Found)
	}
	if !f.Withdrawn {
		parts = append(parts, q+"withdrawn = 0")
	}
	if !f.Private {
		parts = append(parts, q+"visibility = 'public'")
	}
	if !f.Asleep {
		add(q+"snoozed <= ?", f.Today)
	}
	return tables, strings.Join(parts, " AND "), args
}

// matchAll is the full-text expression that asks for every term; "" when there is none.
func matchAll(words string) string {
	var quoted []string
	for _, t := range french.Terms(words) {
		if !t.Stop {
			quoted = append(quoted, `"`+strings.ReplaceAll(t.Stem, `"`, `""`)+`"`)
		}
	}
	return strings.Join(quoted, " AND ")
}

// QueuedLink is a link in the queue with what people added to it.
type QueuedLink struct {
	StoredLink
	Assigned string
	Snoozed  string // ISO day; "" when it is awake
	First    string // id of the claim, or of the one that it repeats
	Record   string // address and place of the first evidence
	Tags     []string
	Seen     int64 // number of the last verdict; 0 when there is none
}

// QueueOrder is how the queue is sorted.
type QueueOrder string

// The orders; the highest score first is the zero value.
const (
	OrderScore  QueueOrder = ""
	OrderRecent QueueOrder = "recent" // date of the claim, the latest first
	OrderFound  QueueOrder = "found"  // the latest found first
)

var queueOrders = map[QueueOrder]string{
	OrderScore: "q.score DESC, q.link", OrderRecent: "q.date DESC, q.score DESC, q.link", OrderFound: "q.found_at DESC, q.score DESC, q.link",
}

// Queue lists a page of the queue.
func (db *DB) Queue(ctx context.Context, f QueueFilter, order QueueOrder, limit, offset int) ([]QueuedLink, error) {
	tables, where, args := f.inOrder()
	by, ok := queueOrders[order]
	if !ok {
		by = queueOrders[OrderScore]
	}
	// The page is chosen in the narrow table alone; only its rows are then read whole.
	query := `WITH page AS MATERIALIZED (SELECT q.number FROM ` + tables + ` WHERE ` + where + ` ORDER BY ` + by + ` LIMIT ? OFFSET ?)
		SELECT ` + queuedColumns + ` FROM page p JOIN queue q ON q.number = p.number JOIN link l ON l.id = q.link JOIN claim c ON c.id = l.claim
			JOIN document d ON d.id = c.document ORDER BY ` + by
	rows, err := db.r.QueryContext(ctx, query, append(args, limit, offset)...)
	if err != nil {
		return nil, fmt.Errorf("list the queue: %w", err)
	}
	defer rows.Close()
	var all []QueuedLink
	for rows.Next() {
		l, err := scanQueued(rows.Scan)
		if err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	return all, rows.Err()
}

const queuedColumns = `l.body, c.body, c.repeats, l.status, l.origin, l.withdrawn, l.found_at, l.visibility, d.body, d.title, d.media_type, d.video_url,
	c.edited_out, q.assigned, q.snoozed, q.first, q.record, (SELECT coalesce(json_group_array(tag), '[]') FROM link_tag t WHERE t.link = q.link),
	(SELECT coalesce(max(v.id), 0) FROM verdict v WHERE v.link = q.link)`

func scanQueued(scan func(...any) error) (QueuedLink, error) {
	var q QueuedLink
	var tags string
	l, err := scanLink(func(into ...any) error {
		return scan(append(into, &q.Assigned, &q.Snoozed, &q.First, &q.Record, &tags, &q.Seen)...)
	})
	if err != nil {
		return q, err
	}
	q.StoredLink = l
	if err := json.Unmarshal([]byte(tags), &q.Tags); err != nil {
		return q, fmt.Errorf("read tags of %s: %w", l.ID, err)
	}
	return q, nil
}

// Queued returns one link as the queue knows it.
func (db *DB) Queued(ctx context.Context, link string) (QueuedLink, error) {
	row := db.r.QueryRowContext(ctx, `SELECT `+queuedColumns+` FROM queue q JOIN link l ON l.id = q.link JOIN claim c ON c.id = l.claim
		JOIN document d ON d.id = c.document WHERE q.link = ?`, link)
	q, err := scanQueued(row.Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return q, fmt.Errorf("flag %s: %w", link, ErrNotFound)
	}
	return q, err
}

// CountQueue counts what Queue would list without its limit.
func (db *DB) CountQueue(ctx context.Context, f QueueFilter) (int, error) {
	tables, where, args := f.conditions()
	var n int
	if err := db.r.QueryRowContext(ctx, "SELECT count(*) FROM "+tables+" WHERE "+where, args...).Scan(&n); err != nil {
		return 0, fmt.Errorf("count the queue: %w", err)
	}
	return n, nil
}

// Beside returns the links before and after a link in the queue by score, "" at the ends.
func (db *DB) Beside(ctx context.Context, f QueueFilter, link string) (before, after string, err error) {
	tables, where, args := f.inOrder()
	var score float64
	err = db.r.QueryRowContext(ctx, "SELECT score FROM queue WHERE link = ?", link).Scan(&score)
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", nil
	}
	if err != nil {
		return "", "", fmt.Errorf("find the neighbours of %s: %w", link, err)
	}
	args = append(args, score, score, link)
	for _, side := range []struct {
		into             *string
		condition, order string
	}{
		{&before, "q.score >= ? AND (q.score > ? OR q.link < ?)", "q.score, q.link DESC"},
		{&after, "q.score <= ? AND (q.score < ? OR q.link > ?)", "q.score DESC, q.link"},
	} {
		err := db.r.QueryRowContext(ctx, "SELECT q.link FROM "+tables+" WHERE "+where+" AND "+side.condition+" ORDER BY "+side.order+" LIMIT 1", args...).Scan(side.into)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return "", "", fmt.Errorf("find the neighbours of %s: %w", link, err)
		}
	}
	return before, after, nil
}

// Facet is a value of a column of the queue and how many links have it.
type Facet struct {
	Value string
	Count int
}

// Facets are the values that the queue can be narrowed to.
type Facets struct {
	Statuses, Kinds, Bodies, Topics, Speakers, Tags, Assigned []Facet

	Watched []Facet // topics of the configuration
}

// QueueFacets counts the values of the columns over all that the reader may see.
func (db *DB) QueueFacets(ctx context.Context, f QueueFilter) (Facets, error) {
	var out Facets
	f = QueueFilter{Private: f.Private, Withdrawn: f.Withdrawn, Asleep: f.Asleep, Today: f.Today}
	_, where, args := f.conditions()
	for _, c := range []struct {
		column string
		into   *[]Facet
	}{
		{"q.status", &out.Statuses}, {"q.kind", &out.Kinds}, {"q.body", &out.Bodies}, {"q.topic", &out.Topics}, {"q.speaker", &out.Speakers},
		{"q.assigned", &out.Assigned},
	} {
		var err error
		if *c.into, err = db.facet(ctx, "SELECT "+c.column+", count(*) AS n FROM queue q WHERE "+where+" GROUP BY 1 ORDER BY n DESC, 1 LIMIT 200", args); err != nil {
			return out, err
		}
	}
	var err error
	if out.Watched, err = db.facet(ctx, "SELECT t.topic, count(*) AS n FROM claim_topic t JOIN queue q ON q.claim = t.claim WHERE "+where+" GROUP BY 1 ORDER BY n DESC, 1 LIMIT 200", args); err != nil {
		return out, err
	}
	out.Tags, err = db.facet(ctx, "SELECT t.tag, count(*) AS n FROM link_tag t JOIN queue q ON q.link = t.link WHERE "+where+" GROUP BY 1 ORDER BY n DESC, 1 LIMIT 200", args)
	return out, err
}

func (db *DB) facet(ctx context.Context, query string, args []any) ([]Facet, error) {
	rows, err := db.r.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("count by value: %w", err)
	}
	defer rows.Close()
	var all []Facet
	for rows.Next() {
		var f Facet
		if err := rows.Scan(&f.Value, &f.Count); err != nil {
			return nil, fmt.Errorf("count by value: %w", err)
		}
		if f.Value != "" {
			all = append(all, f)
		}
	}
	return all, rows.Err()
}

// saveLinkSearch makes a link findable by the words of its claim and evidence.
func saveLinkSearch(ctx context.Context, tx *sql.Tx, l claims.Link) error {
	var text strings.Builder
	for _, s := range []string{l.Claim.Quote, l.Claim.Speaker, l.Claim.Topic} {
		text.WriteString(s + "\n")
	}
	for _, e := range l.Evidence {
		text.WriteString(e.Quote + "\n" + e.Heading + "\n" + e.Title + "\n")
	}
	if l.Absence != nil {
		text.WriteString(l.Absence.Topic + "\n" + l.Absence.Body)
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM queue_search WHERE rowid = (SELECT number FROM queue WHERE link = ?)", l.ID); err != nil {
		return fmt.Errorf("forget search terms of link %s: %w", l.ID, err)
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO queue_search (rowid, stems) SELECT number, ? FROM queue WHERE link = ?", searchStems(text.String()), l.ID)
	if err != nil {
		return fmt.Errorf("index link %s: %w", l.ID, err)
	}
	return nil
}

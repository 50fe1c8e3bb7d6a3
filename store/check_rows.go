package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"contredit/claims"
	"contredit/document"
)

// freshTriggers are those of a new database. They are the same for every check of one program.
var freshTriggers = sync.OnceValues(func() (all map[string]string, err error) {
	ctx := context.Background()
	fresh, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		return nil, fmt.Errorf("make a database to compare with: %w", err)
	}
	defer func() { err = errors.Join(err, fresh.Close()) }()
	fresh.SetMaxOpenConns(1) // a second connection would be to another memory
	if err := (&DB{w: fresh}).migrate(ctx); err != nil {
		return nil, fmt.Errorf("make a database to compare with: %w", err)
	}
	return triggersOf(ctx, fresh)
})

// triggers checks that what keeps rows from being changed and lost is there as a new database
// has it. A forger may put it back after the edit: then the other checks are what is left.
func (c *checker) triggers(ctx context.Context) error {
	want, err := freshTriggers()
	if err != nil {
		return fmt.Errorf("check triggers: %w", err)
	}
	got, err := triggersOf(ctx, c.db.r)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if text, ok := got[name]; !ok {
			c.fault("garde-fou "+name, "il a été retiré : ce qu’il protège a pu être changé")
		} else if text != want[name] {
			c.fault("garde-fou "+name, "il n’est plus celui que contredit a posé")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if want[name] == "" {
			c.fault("garde-fou "+name, "contredit ne l’a pas posé")
		}
	}
	return nil
}

func triggersOf(ctx context.Context, q querier) (map[string]string, error) {
	rows, err := q.QueryContext(ctx, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
	if err != nil {
		return nil, fmt.Errorf("list triggers: %w", err)
	}
	defer rows.Close()
	all := map[string]string{}
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			return nil, fmt.Errorf("list triggers: %w", err)
		}
		all[name] = text
	}
	return all, rows.Err()
}

// same reports a field that stands in two places and is not the same in both.
func same[T comparable](c *checker, subject, name string, column, body T) {
	if column != body {
		c.fault(subject, "%s : la colonne dit « %v », le corps « %v »", name, column, body)
	}
}

// claimColumns checks that the columns of a claim say what its body says.
func (c *checker) claimColumns(ctx context.Context) error {
	rows, err := c.db.r.QueryContext(ctx, `SELECT c.id, c.start, c.stop, c.quote, c.speaker, c.date, c.worth, c.worthiness, c.topic, c.body, d.url, d.visibility
		FROM claim c JOIN document d ON d.id = c.document ORDER BY c.id`)
	if err != nil {
		return fmt.Errorf("check claims: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var col, b claims.Claim
		var body []byte
		var visibility document.Visibility
		if err := rows.Scan(&col.ID, &col.Span.Start, &col.Span.End, &col.Quote, &col.Speaker, &col.Date, &col.Worth, &col.Worthiness, &col.Topic, &body, &col.URL, &visibility); err != nil {
			return fmt.Errorf("check claims: %w", err)
		}
		subject := "assertion " + col.ID
		if err := json.Unmarshal(body, &b); err != nil {
			c.fault(subject, "illisible : %v", err)
			continue
		}
		same(c, subject, "identifiant", col.ID, b.ID)
		same(c, subject, "adresse", col.URL, b.URL)
		same(c, subject, "place", col.Span, b.Span)
		same(c, subject, "citation", col.Quote, b.Quote)
		same(c, subject, "qui", col.Speaker, b.Speaker)
		same(c, subject, "date", col.Date, b.Date)
		same(c, subject, "à vérifier", col.Worth, b.Worth)
		same(c, subject, "vérifiable à", col.Worthiness, b.Worthiness)
		same(c, subject, "sujet", col.Topic, b.Topic)
		if visibility == document.Private && b.Visibility != document.Private {
			c.fault(subject, "elle se dit publique, et son document est privé")
		}
	}
	return rows.Err()
}

// linkColumns checks that the columns of a flag say what its body says, that its status follows
// from the decisions that stand, that the queue shows the same, and that no public flag rests on a
// private document.
func (c *checker) linkColumns(ctx context.Context) error {
	rows, err := c.db.r.QueryContext(ctx, `SELECT l.id, l.kind, l.score, l.calibration, l.visibility, l.status, l.body,
			coalesce((SELECT v.decision FROM verdict v WHERE v.link = l.id AND v.undoes IS NULL
				AND v.id NOT IN (SELECT u.undoes FROM verdict u WHERE u.link = l.id AND u.undoes IS NOT NULL) ORDER BY v.id DESC LIMIT 1), 'new'),
			q.claim IS l.claim AND q.kind IS l.kind AND q.score IS l.score AND q.status IS l.status AND q.visibility IS l.visibility AND q.withdrawn IS (l.withdrawn <> '')
				AND q.found_at IS l.found_at AND q.speaker IS c.speaker AND q.topic IS c.topic AND q.date IS c.date AND q.body IS d.body,
			d.visibility = 'private' OR EXISTS (SELECT 1 FROM json_each(CAST(l.body AS TEXT), '$.Evidence') e
				JOIN document r ON r.url = json_extract(e.value, '$.URL') WHERE r.visibility = 'private')
		FROM link l JOIN claim c ON c.id = l.claim JOIN document d ON d.id = c.document LEFT JOIN queue q ON q.link = l.id ORDER BY l.id`)
	if err != nil {
		return fmt.Errorf("check flags: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var col, b claims.Link
		var status, follows claims.Decision
		var body []byte
		var queued, private bool
		if err := rows.Scan(&col.ID, &col.Kind, &col.Score, &col.Calibration, &col.Visibility, &status, &body, &follows, &queued, &private); err != nil {
			return fmt.Errorf("check flags: %w", err)
		}
		subject := "paire " + col.ID
		if err := json.Unmarshal(body, &b); err != nil {
			continue // said where its quotes are checked, if it counts
		}
		same(c, subject, "identifiant", col.ID, b.ID)
		same(c, subject, "nature", col.Kind, b.Kind)
		same(c, subject, "score", col.Score, b.Score)
		same(c, subject, "étalonnage", col.Calibration, b.Calibration)
		if status != follows {
			c.fault(subject, "son état est « %s », et les décisions qui valent disent « %s »", forPeople(string(status)), forPeople(string(follows)))
		}
		if !queued {
			c.fault(subject, "la file d’examen n’en dit pas la même chose")
		}
		if col.Visibility != document.Private && (private || b.Visibility == document.Private) {
			c.fault(subject, "elle se dit publique, et repose sur un document privé")
		}
	}
	return rows.Err()
}

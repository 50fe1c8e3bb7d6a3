package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"sort"

	"contredit/claims"
	"contredit/document"
	"contredit/evidence"
)

// Request is where a request for the record of a meeting stands. Days are ISO, "" not yet.
type Request struct {
	Body     string `json:"body"`
	Meeting  string `json:"meeting"`
	Known    string `json:"known,omitempty"` // how the meeting is known: as claims.Meeting says
	Sent     string `json:"sent"`
	Answered string `json:"answered"`
	Outcome  string `json:"outcome"` // "given" or "refused" once answered
	Referred string `json:"referred"`
}

// Gaps are the meetings up to a day whose record was not obtained, from the calendars given by
// body and from the absences that are kept, with where their requests stand. A request whose
// record came in meanwhile is no gap.
func (db *DB) Gaps(ctx context.Context, calendars map[string][]string, today string) ([]Request, error) {
	obtained := map[[2]string]bool{}
	lines, err := db.ListDocuments(ctx, DocumentFilter{Role: document.RoleRecord, Private: true})
	if err != nil {
		return nil, err
	}
	for _, d := range lines {
		obtained[[2]string{d.Body, d.Date}] = true
	}
	requests, err := db.requests(ctx)
	if err != nil {
		return nil, err
	}
	gaps := map[[2]string]Request{}
	add := func(body, meeting, known string) {
		key := [2]string{body, meeting}
		if body == "" || meeting == "" || meeting > today || obtained[key] {
			return
		}
		if _, ok := gaps[key]; ok {
			return
		}
		r := requests[key]
		r.Body, r.Meeting, r.Known = body, meeting, known
		gaps[key] = r
	}
	for body, days := range calendars {
		for _, d := range days {
			add(body, d, "configuration")
		}
	}
	err = db.EachLink(ctx, LinkFilter{Kinds: []claims.Kind{claims.KindAbsence}, Private: true}, func(l StoredLink) error {
		if l.Absence != nil {
			for _, m := range l.Absence.Missing {
				if m.State != "obtained" {
					add(m.Body, m.Date, m.Known)
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for key := range requests {
		add(key[0], key[1], "")
	}
	all := make([]Request, 0, len(gaps))
	for _, r := range gaps {
		all = append(all, r)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Body+all[i].Meeting < all[j].Body+all[j].Meeting })
	return all, nil
}

func (db *DB) requests(ctx context.Context) (map[[2]string]Request, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT body, meeting, sent, answered, outcome, referred FROM document_request")
	if err != nil {
		return nil, fmt.Errorf("list requests: %w", err)
	}
	defer rows.Close()
	all := map[[2]string]Request{}
	for rows.Next() {
		var r Request
		if err := rows.Scan(&r.Body, &r.Meeting, &r.Sent, &r.Answered, &r.Outcome, &r.Referred); err != nil {
			return nil, fmt.Errorf("read request: %w", err)
		}
		all[[2]string{r.Body, r.Meeting}] = r
	}
	return all, rows.Err()
}

// SaveRequest keeps where a request stands; each step is an entry of the journal.
func (db *DB) SaveRequest(ctx context.Context, r Request) error {
	return db.write(ctx, "save the request for "+r.Body+" "+r.Meeting, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO document_request (body, meeting, sent, answered, outcome, referred) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (body, meeting) DO UPDATE SET sent = excluded.sent, answered = excluded.answered, outcome = excluded.outcome, referred = excluded.referred`,
			r.Body, r.Meeting, r.Sent, r.Answered, r.Outcome, r.Referred)
		if err != nil {
			return err
		}
		r.Known = ""
		text, err := json.Marshal(r)
		if err != nil {
			return fmt.Errorf("encode: %w", err)
		}
		_, err = db.enter(ctx, tx, evidence.JournalRequest, r.Body+" "+r.Meeting, json.RawMessage(text))
		return err
	})
}

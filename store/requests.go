package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"sort"

	"contredit/claims"
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

// RequestStage is where a request stands and so what comes next.
type RequestStage string

// The stages of a request.
const (
	StageUnasked  RequestStage = "unasked"  // ask for it
	StageWaiting  RequestStage = "waiting"  // for the answer, within the month
	StageSilent   RequestStage = "silent"   // the month is over: the CADA can be seized
	StageRefused  RequestStage = "refused"  // the CADA can be seized
	StageLapsed   RequestStage = "lapsed"   // the term of the CADA is over too: ask again
	StageReferred RequestStage = "referred" // to the CADA; without the record in two months the refusal stands confirmed
	StageGiven    RequestStage = "given"    // the record was sent: import it
)

// Stage says where the request stands on an ISO day, and the last day of what it waits for or
// allows: of the answer, or of the referral to the CADA; "" without one.
func (r Request) Stage(today string) (RequestStage, string) {
	d := evidence.DocumentRequest{Sent: r.Sent}
	if r.Outcome == "refused" {
		d.Answered = r.Answered
	}
	switch {
	case r.Sent == "":
		return StageUnasked, ""
	case r.Outcome == "given":
		return StageGiven, ""
	case r.Referred != "":
		return StageReferred, evidence.ConfirmedRefusal(r.Referred)
	case today > d.Limit():
		return StageLapsed, d.Limit()
	case r.Outcome == "refused":
		return StageRefused, d.Limit()
	case today > d.Deadline():
		return StageSilent, d.Limit()
	}
	return StageWaiting, d.Deadline()
}

func (r Request) stageOn(day string) RequestStage {
	stage, _ := r.Stage(day)
	return stage
}

// Due says whether the request can be brought before the CADA on an ISO day.
func (r Request) Due(today string) bool {
	stage, _ := r.Stage(today)
	return stage == StageSilent || stage == StageRefused
}

// RequestStep is what happens to a request.
type RequestStep string

// The steps of a request.
const (
	StepSent     RequestStep = "sent"
	StepGiven    RequestStep = "given"
	StepRefused  RequestStep = "refused"
	StepReferred RequestStep = "referred"
)

// The steps that cannot be taken.
var (
	ErrNotAsked    = errors.New("the record was not asked for")
	ErrNotDue      = errors.New("the request is neither refused nor a month old, or its term before the CADA is over")
	ErrUnknownStep = errors.New("no such step of a request")
	ErrBeforeSent  = errors.New("the day is before the one on which the record was asked for")
	ErrAskedNow    = errors.New("the record was asked for, and the answer may still come in time")
)

// After returns the request as it stands after a step on an ISO day. Asking again begins anew, once
// the request that was made before has run out or was answered.
func (r Request) After(s RequestStep, on string) (Request, error) {
	switch {
	case s == StepSent && r.Sent != "" && r.stageOn(on) == StageWaiting:
		return r, ErrAskedNow
	case s == StepSent:
		r.Sent, r.Answered, r.Outcome, r.Referred = on, "", "", ""
	case s != StepGiven && s != StepRefused && s != StepReferred:
		return r, fmt.Errorf("%w: %q", ErrUnknownStep, s)
	case r.Sent == "":
		return r, ErrNotAsked
	case on < r.Sent:
		return r, ErrBeforeSent
	case s == StepReferred && !r.Due(on):
		return r, ErrNotDue
	case s == StepReferred:
		r.Referred = on
	default:
		r.Answered, r.Outcome = on, string(s)
	}
	return r, nil
}

// Coverage is the register of the meetings up to an ISO day: those of the calendars, which are
// given by body, and those that documents tell of.
func (db *DB) Coverage(ctx context.Context, calendars map[string][]string, today string, private bool) ([]claims.BodyCoverage, error) {
	var configured []claims.Meeting
	for body, days := range calendars {
		for _, day := range days {
			configured = append(configured, claims.Meeting{Body: body, Date: day, State: claims.MeetingMissing, Known: claims.KnownByConfiguration})
		}
	}
	sort.Slice(configured, func(i, j int) bool {
		return configured[i].Body+configured[i].Date < configured[j].Body+configured[j].Date
	})
	known, err := db.Meetings(ctx, private)
	if err != nil {
		return nil, err
	}
	return claims.Coverage(append(configured, known...), today), nil
}

// Gaps are the meetings up to an ISO day whose record was not obtained, from the register of
// coverage, with where their requests stand. A request whose record came in meanwhile is no gap.
func (db *DB) Gaps(ctx context.Context, calendars map[string][]string, today string) ([]Request, error) {
	register, err := db.Coverage(ctx, calendars, today, true)
	if err != nil {
		return nil, err
	}
	requests, err := db.requests(ctx)
	if err != nil {
		return nil, err
	}
	var all []Request
	for _, c := range register {
		for _, m := range c.Meetings {
			key := [2]string{c.Body, m.Date}
			r := requests[key]
			delete(requests, key)
			if m.State == claims.MeetingMissing {
				r.Body, r.Meeting, r.Known = c.Body, m.Date, m.Known
				all = append(all, r)
			}
		}
	}
	for key, r := range requests { // asked for under a name that the register no longer knows
		if key[1] <= today {
			all = append(all, r)
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Body+all[i].Meeting < all[j].Body+all[j].Meeting })
	return all, nil
}

// DueRequests are the requests that can be brought before the CADA on an ISO day, and whose
// record did not come in meanwhile.
func (db *DB) DueRequests(ctx context.Context, today string) ([]Request, error) {
	requests, err := db.requests(ctx)
	if err != nil {
		return nil, err
	}
	var due []Request
	for key, r := range requests {
		if !r.Due(today) {
			continue
		}
		obtained, err := db.hasRecord(ctx, key[0], key[1])
		if err != nil {
			return nil, err
		}
		if !obtained {
			due = append(due, r)
		}
	}
	sort.Slice(due, func(i, j int) bool { return due[i].Body+due[i].Meeting < due[j].Body+due[j].Meeting })
	return due, nil
}

// hasRecord says whether the record of a meeting was obtained, by whatever name of its body.
func (db *DB) hasRecord(ctx context.Context, body, day string) (bool, error) {
	rows, err := db.r.QueryContext(ctx, `SELECT body FROM meeting WHERE known = 'record' AND date = ?
		UNION SELECT body FROM document WHERE role IN ('record', 'both') AND coalesce(nullif(date, ''), announced_date) = ?`, day, day)
	if err != nil {
		return false, fmt.Errorf("look for the record of %s on %s: %w", body, day, err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return false, fmt.Errorf("look for the record of %s on %s: %w", body, day, err)
		}
		if claims.SameBody(name, body) {
			return true, nil
		}
	}
	return false, rows.Err()
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

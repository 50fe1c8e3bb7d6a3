package store_test

import (
	"errors"
	"testing"

	"contredit/store"
)

// A request goes its way day by day: a month for the answer (CRPA, R311-13), two for the CADA (R343-1).
func TestRequestStages(t *testing.T) {
	sent := store.Request{Sent: "2026-03-31"}
	refused := store.Request{Sent: "2026-03-31", Answered: "2026-04-10", Outcome: "refused"}
	for _, c := range []struct {
		request store.Request
		today   string
		stage   store.RequestStage
		until   string
	}{
		{store.Request{}, "2026-03-31", store.StageUnasked, ""},
		{sent, "2026-04-30", store.StageWaiting, "2026-04-30"},
		{sent, "2026-05-01", store.StageSilent, "2026-06-30"},
		{sent, "2026-06-30", store.StageSilent, "2026-06-30"},
		{sent, "2026-07-01", store.StageLapsed, "2026-06-30"},
		{refused, "2026-04-10", store.StageRefused, "2026-06-10"},
		{refused, "2026-06-11", store.StageLapsed, "2026-06-10"},
		{store.Request{Sent: "2026-03-31", Referred: "2026-05-02"}, "2026-12-01", store.StageReferred, "2026-07-02"},
		{store.Request{Sent: "2026-03-31", Referred: "2026-05-02", Answered: "2026-06-01", Outcome: "given"}, "2026-12-01", store.StageGiven, ""},
	} {
		if stage, until := c.request.Stage(c.today); stage != c.stage || until != c.until {
			t.Errorf("%+v on %s: %s until %q, want %s until %q", c.request, c.today, stage, until, c.stage, c.until)
		}
	}
}

func TestRequestSteps(t *testing.T) {
	asked, err := store.Request{}.After(store.StepSent, "2026-03-31")
	if err != nil || asked.Sent != "2026-03-31" {
		t.Fatalf("sent: %+v (%v)", asked, err)
	}
	if _, err := (store.Request{}).After(store.StepGiven, "2026-03-31"); !errors.Is(err, store.ErrNotAsked) {
		t.Errorf("what was not asked for came in: %v", err)
	}
	if _, err := asked.After(store.StepReferred, "2026-04-30"); !errors.Is(err, store.ErrNotDue) {
		t.Errorf("referred within the month: %v", err)
	}
	if _, err := asked.After(store.StepReferred, "2026-07-01"); !errors.Is(err, store.ErrNotDue) {
		t.Errorf("referred after the term: %v", err)
	}
	if r, err := asked.After(store.StepReferred, "2026-05-02"); err != nil || r.Referred != "2026-05-02" {
		t.Errorf("referred in time: %+v (%v)", r, err)
	}
	if _, err := asked.After(store.StepRefused, "2026-03-30"); !errors.Is(err, store.ErrBeforeSent) {
		t.Errorf("an answer before the request: %v", err)
	}
	if _, err := asked.After(store.StepSent, "2026-04-15"); !errors.Is(err, store.ErrAskedNow) {
		t.Errorf("asking again while the month runs: %v", err)
	}
	if stage, until := (store.Request{Sent: "2026-03-31", Referred: "2026-05-31"}).Stage("2026-06-01"); stage != store.StageReferred || until != "2026-07-31" {
		t.Errorf("after the referral: %s until %s", stage, until)
	}
	if _, err := asked.After("burnt", "2026-05-02"); !errors.Is(err, store.ErrUnknownStep) {
		t.Errorf("an unknown step: %v", err)
	}
	if again, err := (store.Request{Sent: "2026-01-01", Answered: "2026-02-01", Outcome: "refused", Referred: "2026-02-02"}).After(store.StepSent, "2026-08-01"); err != nil || again != (store.Request{Sent: "2026-08-01"}) {
		t.Errorf("asked again: %+v (%v)", again, err)
	}
}

package evidence_test

import (
	"testing"
	"time"

	"contredit/document"
	"contredit/evidence"
)

func TestDocumentKeepsResultsApartFromVotes(t *testing.T) {
	n := func(i int) *int { return &i }
	r := &document.Reading{Minutes: &document.Minutes{Votes: []document.Vote{
		{Item: "Budget", Result: "adopté", For: n(43), Against: n(34), Complete: true},
		{Item: "Parc", Result: "adopté", Unanimous: true},
		{Item: "Trains", Result: "favorable", For: n(8), Against: n(2), Commission: true},
	}}}
	row := evidence.Document(document.Document{}, r, "", time.Time{}, "")
	if len(row.Votes) != 1 || row.Votes[0].Item != "Budget" || *row.Votes[0].Abstain != 0 {
		t.Errorf("votes: got %+v", row.Votes)
	}
	if len(row.Results) != 2 || !row.Results[0].Unanimous || !row.Results[1].Commission {
		t.Errorf("results: got %+v", row.Results)
	}
}

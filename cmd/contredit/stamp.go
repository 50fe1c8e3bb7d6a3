package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"contredit/evidence"
	"contredit/store"
)

// journalConfig is the [journal] table.
type journalConfig struct {
	Timestamp string `toml:"timestamp"` // address of an RFC 3161 authority; "" asks nobody
}

// mostStamp is how long an authority's answer may be, in bytes: a token with its certificates is
// a tenth of that.
const mostStamp = 64 << 10

// stampJournal has the head of the journal stamped by the authority that the operator named, and
// enters the answer: the chain up to there is then known to have existed. Only a hash leaves the
// house. What was stamped last, and nothing since, is not stamped again.
func stampJournal(ctx context.Context, t terminal, config *config, db *store.DB) error {
	if config.Journal.Timestamp == "" {
		return withHint(errors.New("no time stamp authority is configured"), `name one in %s: [journal] timestamp = "https://tsa.example/tsr"`, config.path)
	}
	var last evidence.JournalEntry
	if err := db.EachEntry(ctx, func(e evidence.JournalEntry) error { last = e; return nil }); err != nil {
		return err
	}
	if last.Number == 0 || last.Kind == evidence.JournalStamp {
		t.say("rien de nouveau à horodater")
		return nil
	}
	answer, err := askStamp(ctx, config.Journal.Timestamp, last.Hash)
	if err != nil {
		return withHint(err, "nothing was entered; try again later, or name another authority")
	}
	at, err := evidence.ReadStamp(answer, last.Hash)
	if err != nil {
		return withHint(err, "nothing was entered; the authority answered something else than was asked")
	}
	stamp := evidence.Stamp{Entry: last.Number, Hash: last.Hash, Authority: config.Journal.Timestamp, Token: answer, At: at.Format(time.RFC3339)}
	e, err := db.Enter(ctx, evidence.JournalStamp, fmt.Sprintf("entry %d", last.Number), stamp)
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "%d\t%s\t%s\n", last.Number, stamp.At, last.Hash)
	t.say("l’entrée %d est horodatée du %s (inscrit à l’entrée %d)", last.Number, stamp.At, e.Number)
	return nil
}

func askStamp(ctx context.Context, authority, hash string) ([]byte, error) {
	query, err := evidence.StampRequest(hash)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, authority, bytes.NewReader(query))
	if err != nil {
		return nil, fmt.Errorf("ask %s for a time stamp: %w", authority, err)
	}
	request.Header.Set("Content-Type", "application/timestamp-query") // RFC 3161, 3.4
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, fmt.Errorf("ask %s for a time stamp: %w", authority, err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, mostStamp+1))
	if err != nil {
		return nil, fmt.Errorf("read the time stamp of %s: %w", authority, err)
	}
	if response.StatusCode != http.StatusOK || len(answer) > mostStamp {
		return nil, fmt.Errorf("%s answered %s, %d bytes: no time stamp", authority, response.Status, len(answer))
	}
	return answer, nil
}

package pipeline

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"contredit/claims"
	"contredit/document"
	"contredit/store"
)

// extract takes readings to claims and record sentences.
func (p *Pipeline) extract(ctx context.Context, s *Summary) error {
	backlog, err := p.DB.Backlog(ctx)
	if err != nil {
		return err
	}
	total := backlog[store.StageExtract]
	if total == 0 {
		return nil
	}
	if err := p.markDuplicates(ctx); err != nil {
		return err
	}
	directory, err := p.learn(ctx)
	if err != nil {
		return err
	}
	records := false
	for done := 1; ; done++ {
		subject, ok, err := p.DB.TakeWork(ctx, store.StageExtract, lease)
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		record, err := p.extractOne(ctx, subject, directory, s)
		if err != nil {
			return err
		}
		records = records || record
		p.progress("extract", min(done, total), total)
	}
	if err := p.findRepeats(ctx); err != nil {
		return err
	}
	if records {
		// A record is often younger than the claim it refutes, and may clear an absence.
		return p.DB.AskLinking(ctx, nil)
	}
	return nil
}

// learn fills the directory of persons from every reading.
func (p *Pipeline) learn(ctx context.Context) (*claims.Directory, error) {
	directory := p.Extractor.Directory.Clone()
	err := p.eachByAddress(ctx, func(d store.ReadDocument) error {
		if d.Reading != nil && d.Reading.State == document.StateRead {
			directory.Learn(d.Document, d.Reading)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("learn who is who: %w", err)
	}
	return directory, nil
}

func (p *Pipeline) extractOne(ctx context.Context, subject string, directory *claims.Directory, s *Summary) (record bool, err error) {
	id, err := strconv.ParseInt(subject, 10, 64)
	if err != nil {
		return false, fmt.Errorf("extract document %q: %w", subject, err)
	}
	d, err := p.DB.DocumentByID(ctx, id)
	if err != nil {
		return false, err
	}
	x, err := p.extractSafely(d, directory)
	if err != nil {
		s.Failed = append(s.Failed, Failure{store.StageExtract, d.Document.URL, err})
		return false, p.DB.FailWork(ctx, store.StageExtract, subject, err, time.Hour)
	}
	for _, c := range x.claims {
		if c.Worth {
			s.Claims++
		}
	}
	if err := p.DB.SaveMeetings(ctx, id, x.meetings); err != nil {
		return false, err
	}
	return len(x.evidence) > 0, p.DB.SaveExtraction(ctx, id, d.Snapshot, x.claims, x.evidence)
}

// extraction is what a document says: claims, sentences of a record, and the meetings it tells of.
type extraction struct {
	claims   []claims.Claim
	evidence []claims.Evidence
	meetings []claims.MeetingNamed
}

func (p *Pipeline) extractSafely(d store.ReadDocument, directory *claims.Directory) (x extraction, err error) {
	defer func() {
		if v := recover(); v != nil {
			x, err = extraction{}, fmt.Errorf("extract from %s: the extractor broke: %v", d.Document.URL, v)
		}
	}()
	if d.Reading == nil || d.Reading.State != document.StateRead || d.Document.Duplicate != "" {
		return extraction{}, nil
	}
	x.meetings = claims.MeetingsNamed(d.Document, d.Reading)
	extractor := *p.Extractor
	extractor.Directory = directory
	if d.Document.Role.Speaks() {
		x.claims = extractor.Claims(d.Document, d.Reading)
		for _, c := range x.claims {
			if got := d.Reading.Text[c.Span.Start:c.Span.End]; got != c.Quote {
				return extraction{}, fmt.Errorf("claim %s of %s: the text at its place is %q, not its quote %q", c.ID, d.Document.URL, got, c.Quote)
			}
		}
	}
	if d.Document.Role.Records() {
		x.evidence = claims.Records(d.Document, d.Reading)
		for _, e := range x.evidence {
			if got := d.Reading.Text[e.Span.Start:e.Span.End]; got != e.Quote {
				return extraction{}, fmt.Errorf("record %s: the text at its place is %q, not its quote %q", d.Document.URL, got, e.Quote)
			}
		}
	}
	return x, nil
}

// findRepeats proposes which claims say again what was said before.
func (p *Pipeline) findRepeats(ctx context.Context) error {
	stored, err := p.DB.Claims(ctx, store.ClaimFilter{Private: true})
	if err != nil {
		return err
	}
	all := make([]claims.Claim, len(stored))
	for i, c := range stored {
		all[i] = c.Claim
	}
	return p.DB.SaveRepeats(ctx, claims.FindRepeats(all))
}

package pipeline

import (
	"cmp"
	"context"
	"errors"
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
	fresh, err := p.extractByCrew(ctx, s, total)
	if err != nil {
		return err
	}
	extractor, err := p.extractor(ctx, directory)
	if err != nil {
		return err
	}
	a := &account{Summary: s}
	for done := 1; ; done++ {
		l, ok, err := p.DB.TakeWork(ctx, store.StageExtract, p.worker())
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		err = p.hold(ctx, l, func(ctx context.Context) error {
			found, err := p.extractOne(ctx, l, extractor, a)
			fresh = append(fresh, found...)
			return err
		})
		if err != nil {
			return err
		}
		p.progress("extract", min(done, total), total)
	}
	return p.findRepeats(ctx, fresh)
}

// extractor is the one of this pass: it knows who is who, and how reviewers call things.
func (p *Pipeline) extractor(ctx context.Context, directory *claims.Directory) (*claims.Extractor, error) {
	extractor := *p.Extractor
	extractor.Directory = directory
	var err error
	extractor.Glossary, err = p.DB.Glossary(ctx, p.Extractor.Glossary)
	return &extractor, err
}

// extractOne returns the claims worth checking that a document makes.
func (p *Pipeline) extractOne(ctx context.Context, l store.Lease, extractor *claims.Extractor, a *account) (worth []claims.Claim, err error) {
	id, err := strconv.ParseInt(l.Subject, 10, 64)
	if err != nil {
		return nil, fmt.Errorf("extract document %q: %w", l.Subject, err)
	}
	d, err := p.DB.DocumentByID(ctx, id)
	if err != nil {
		return nil, err
	}
	l.URL = d.Document.URL
	x, err := extractSafely(d, extractor)
	if err != nil {
		a.failed(Failure{store.StageExtract, l.URL, err})
		return nil, p.DB.Holding(l).FailWork(ctx, store.StageExtract, l.Subject, err, time.Hour)
	}
	for _, c := range x.claims {
		if c.Worth {
			worth = append(worth, c)
		}
	}
	l.Yield = len(worth)
	if err := p.DB.Holding(l).SaveExtraction(ctx, id, d.Snapshot, x.claims, x.evidence, x.meetings...); err != nil {
		return nil, err
	}
	return worth, a.note(func(s *Summary) error { s.Claims += len(worth); return nil })
}

// extraction is what a document says: claims, sentences of a record, and the meetings it tells of.
type extraction struct {
	claims   []claims.Claim
	evidence []claims.Evidence
	meetings []claims.MeetingNamed
}

func extractSafely(d store.ReadDocument, extractor *claims.Extractor) (x extraction, err error) {
	defer func() {
		if v := recover(); v != nil {
			x, err = extraction{}, fmt.Errorf("extract from %s: the extractor broke: %v", d.Document.URL, v)
		}
	}()
	if d.Reading == nil || d.Reading.State != document.StateRead || d.Document.Duplicate != "" {
		return extraction{}, nil
	}
	x.meetings = claims.MeetingsNamed(d.Document, d.Reading)
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

// findRepeats proposes which claims say again what was said before: among all while they are few,
// else for the claims that this pass found, among those that share their telling words.
func (p *Pipeline) findRepeats(ctx context.Context, fresh []claims.Claim) error {
	worth, err := p.DB.CountWorth(ctx)
	if err != nil {
		return err
	}
	if worth <= p.few() || p.kept.claims == nil {
		var all []claims.Claim
		err := p.DB.EachClaim(ctx, func(c claims.Claim) error {
			all = append(all, claims.Claim{ID: c.ID, URL: c.URL, Span: c.Span, Quote: c.Quote, Speaker: c.Speaker, Collective: c.Collective, Date: c.Date, Worth: true})
			return nil
		})
		if err != nil {
			return err
		}
		if err := p.DB.SaveRepeats(ctx, claims.FindRepeats(all)); err != nil || worth <= p.few() {
			return err
		}
		_, err = p.claimIndex(ctx)
		return err
	}
	for _, c := range fresh {
		p.kept.claims.Add(c)
	}
	for _, c := range fresh {
		if err := p.repeatOf(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// repeatOf notes the claim that a new one says again; or, when the new one was made before it, that
// it and those which repeat it say the new one again.
func (p *Pipeline) repeatOf(ctx context.Context, c claims.Claim) error {
	first := p.kept.claims.First(c)
	if first == "" {
		return nil
	}
	other, err := p.DB.Claim(ctx, first)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	found := claims.FindRepeats([]claims.Claim{c, other})
	switch {
	case found[c.ID] == other.ID:
		return p.DB.SetRepeats(ctx, c.ID, cmp.Or(other.Repeats, other.ID))
	case found[other.ID] == c.ID && other.Repeats == "":
		return p.DB.SetFirst(ctx, other.ID, c.ID)
	}
	return nil
}

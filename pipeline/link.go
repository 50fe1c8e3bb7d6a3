package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"contredit/claims"
	"contredit/store"
)

// link compares the claims that wait with every record.
func (p *Pipeline) link(ctx context.Context, s *Summary) error {
	backlog, err := p.DB.Backlog(ctx)
	if err != nil || backlog[store.StageLink]+backlog[store.StageTouch] == 0 {
		return err
	}
	index, err := p.index(ctx)
	if err != nil {
		return err
	}
	directory, err := p.learn(ctx)
	if err != nil {
		return err
	}
	linker := p.Linker(index, directory)
	if linker.Glossary, err = p.DB.Glossary(ctx, linker.Glossary); err != nil {
		return err
	}
	if linker.Calendar, err = p.unheard(ctx, linker.Calendar); err != nil {
		return err
	}
	if err := p.askTouched(ctx, linker, index); err != nil {
		return err
	}
	if backlog, err = p.DB.Backlog(ctx); err != nil {
		return err
	}
	total := backlog[store.StageLink]
	for done := 1; ; done++ {
		subject, ok, err := p.DB.TakeWork(ctx, store.StageLink, lease)
		if err != nil {
			return err
		}
		if !ok {
			return nil
		}
		if err := p.linkOne(ctx, linker, subject, s); err != nil {
			return err
		}
		p.progress("link", min(done, total), total)
	}
}

// unheard are the meetings whose record was not read, as the configuration and public documents
// know them: an absence says how many there are, and may be shown to anybody.
func (p *Pipeline) unheard(ctx context.Context, configured []claims.Meeting) ([]claims.Meeting, error) {
	known, err := p.DB.Meetings(ctx, false)
	if err != nil {
		return nil, err
	}
	var list []claims.Meeting
	for _, c := range claims.Coverage(slices.Concat(configured, known), p.DB.Now().Format(time.DateOnly)) {
		for _, m := range c.Meetings {
			if m.State != claims.MeetingRead {
				list = append(list, m)
			}
		}
	}
	return list, nil
}

func (p *Pipeline) linkOne(ctx context.Context, linker *claims.Linker, subject string, s *Summary) error {
	claim, err := p.DB.Claim(ctx, subject)
	if errors.Is(err, store.ErrNotFound) {
		return p.DB.EndWork(ctx, store.StageLink, subject)
	}
	if err != nil {
		return err
	}
	var links []claims.Link
	if claim.Worth {
		if links, err = linkSafely(ctx, linker, claim); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			s.Failed = append(s.Failed, Failure{store.StageLink, claim.URL, err})
			return p.DB.FailWork(ctx, store.StageLink, subject, err, time.Hour)
		}
	}
	if claim.Worth {
		s.Linked++
	}
	return p.DB.SaveLinks(ctx, subject, links)
}

func linkSafely(ctx context.Context, linker *claims.Linker, claim claims.Claim) (links []claims.Link, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("link claim %s: the linker broke: %v", claim.ID, v)
		}
	}()
	return linker.Link(ctx, claim)
}

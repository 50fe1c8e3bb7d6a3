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
	linker, err := p.linker(ctx, index, directory)
	if err != nil {
		return err
	}
	if err := p.askTouched(ctx, linker, index); err != nil {
		return err
	}
	if backlog, err = p.DB.Backlog(ctx); err != nil {
		return err
	}
	total := backlog[store.StageLink]
	if err := p.linkByCrew(ctx, s, total); err != nil {
		return err
	}
	a := &account{Summary: s}
	for done := 1; ; done++ {
		l, ok, err := p.DB.TakeWork(ctx, store.StageLink, p.worker())
		if err != nil {
			return err
		}
		if !ok {
			return nil
		}
		if err := p.hold(ctx, l, func(ctx context.Context) error { return p.linkOne(ctx, linker, l, a) }); err != nil {
			return err
		}
		p.progress("link", min(done, total), total)
	}
}

// linker is the one of this pass.
func (p *Pipeline) linker(ctx context.Context, index *claims.Memory, directory *claims.Directory) (*claims.Linker, error) {
	linker := p.Linker(index, directory)
	var err error
	if linker.Glossary, err = p.DB.Glossary(ctx, linker.Glossary); err != nil {
		return nil, err
	}
	linker.Calendar, err = p.unheard(ctx, linker.Calendar)
	return linker, err
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

func (p *Pipeline) linkOne(ctx context.Context, linker *claims.Linker, l store.Lease, a *account) error {
	claim, err := p.DB.Claim(ctx, l.Subject)
	if errors.Is(err, store.ErrNotFound) {
		return p.DB.Holding(l).EndWork(ctx, store.StageLink, l.Subject)
	}
	if err != nil {
		return err
	}
	l.URL = claim.URL
	var links []claims.Link
	if claim.Worth {
		if links, err = linkSafely(ctx, linker, claim); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			a.failed(Failure{store.StageLink, claim.URL, err})
			return p.DB.Holding(l).FailWork(ctx, store.StageLink, l.Subject, err, time.Hour)
		}
		l.Yield = 1
	}
	if err := p.DB.Holding(l).SaveLinks(ctx, l.Subject, links); err != nil {
		return err
	}
	return a.note(func(s *Summary) error { s.Linked += l.Yield; return nil })
}

func linkSafely(ctx context.Context, linker *claims.Linker, claim claims.Claim) (links []claims.Link, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("link claim %s: the linker broke: %v", claim.ID, v)
		}
	}()
	return linker.Link(ctx, claim)
}

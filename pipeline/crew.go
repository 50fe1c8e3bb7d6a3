package pipeline

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"contredit/claims"
	"contredit/store"
)

// Crew are worker processes, each of which serves one store (Pipeline.Serve).
type Crew interface {
	Wake()      // tells them that there is something to take
	Tend() bool // gives back what dead ones held; false when none can be kept alive
}

// A turn is looked at so often for its end, and its workers' health so often.
const (
	lookEvery = 20 * time.Millisecond
	tendEvery = time.Second
)

// handOver lets the crew do what waits for a stage, and returns what it did. What a crew that cannot
// be kept alive leaves stays for this process.
func (p *Pipeline) handOver(ctx context.Context, stage store.Stage, total int) ([]store.Done, error) {
	if p.Crew == nil || total == 0 {
		return nil, nil
	}
	turn, err := p.DB.OpenTurn(ctx, stage)
	if err != nil {
		return nil, err
	}
	err = p.watchTurn(ctx, turn, total)
	// Also after a stop: nobody may begin an item that no pass waits for.
	if err := errors.Join(err, p.DB.CloseTurn(context.WithoutCancel(ctx))); err != nil {
		return nil, err
	}
	return p.DB.TakeDone(ctx)
}

func (p *Pipeline) watchTurn(ctx context.Context, turn store.Turn, total int) error {
	p.Crew.Wake()
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	tended := time.Now()
	for {
		closed, err := p.DB.CloseTurnWhenDone(ctx, turn)
		if err != nil || closed {
			return err
		}
		if time.Since(tended) >= tendEvery {
			if !p.Crew.Tend() {
				p.Logger.Warn("no worker process can be kept alive: this one does their work", "stage", turn.Stage)
				return nil
			}
			if err := p.tellTurn(ctx, turn, total); err != nil {
				return err
			}
			tended = time.Now()
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-look.C:
		}
	}
}

func (p *Pipeline) tellTurn(ctx context.Context, turn store.Turn, total int) error {
	if p.Progress == nil {
		return nil
	}
	backlog, err := p.DB.Backlog(ctx)
	if err != nil {
		return err
	}
	p.progress(string(turn.Stage), max(0, min(total-1, total-backlog[turn.Stage])), total)
	return nil
}

// told turns what the crew could not do into failures of this pass.
func (s *Summary) told(done store.Done) bool {
	if done.Error == "" {
		return false
	}
	s.Failed = append(s.Failed, Failure{done.Stage, done.URL, errors.New(done.Error)})
	return true
}

// readByCrew lets the crew read, and looks at what became of it: what changed after it was published is
// seen once all versions are read.
func (p *Pipeline) readByCrew(ctx context.Context, s *Summary, total int) error {
	all, err := p.handOver(ctx, store.StageRead, total)
	if err != nil {
		return err
	}
	for _, done := range all {
		if s.told(done) {
			continue
		}
		id, err := strconv.ParseInt(done.Subject, 10, 64)
		if err != nil {
			return fmt.Errorf("read snapshot %q: %w", done.Subject, err)
		}
		doc, err := p.DB.DocumentOf(ctx, id)
		if err != nil {
			return err
		}
		r, err := p.DB.ReadingOf(ctx, id)
		if err != nil {
			return err
		}
		if err := p.noteRead(ctx, s, doc, id, done.URL, r); err != nil {
			return err
		}
	}
	if total > 0 && len(all) > 0 {
		p.progress("read", total, total)
	}
	return nil
}

// extractByCrew returns the claims worth checking that the crew found.
func (p *Pipeline) extractByCrew(ctx context.Context, s *Summary, total int) ([]claims.Claim, error) {
	all, err := p.handOver(ctx, store.StageExtract, total)
	if err != nil {
		return nil, err
	}
	var fresh []claims.Claim
	for _, done := range all {
		if s.told(done) {
			continue
		}
		id, err := strconv.ParseInt(done.Subject, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("extract document %q: %w", done.Subject, err)
		}
		found, err := p.DB.ClaimsOf(ctx, id)
		if err != nil {
			return nil, err
		}
		for _, c := range found {
			if c.Worth && c.EditedOut == "" {
				fresh = append(fresh, c.Claim)
			}
		}
		s.Claims += done.Yield
	}
	return fresh, nil
}

func (p *Pipeline) linkByCrew(ctx context.Context, s *Summary, total int) error {
	all, err := p.handOver(ctx, store.StageLink, total)
	if err != nil {
		return err
	}
	for _, done := range all {
		if !s.told(done) {
			s.Linked += done.Yield
		}
	}
	return nil
}

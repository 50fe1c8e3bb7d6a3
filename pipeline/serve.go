package pipeline

import (
	"context"
	"errors"
	"fmt"
	"time"

	"contredit/store"
)

// A worker process that is not woken looks so often whether there is something to take: in a turn,
// since an item comes back when its lease ends, and between two.
const (
	serveSoon = 100 * time.Millisecond
	serveLate = 5 * time.Second
)

// doer does one item of a stage.
type doer func(ctx context.Context, l store.Lease) error

// Serve takes items in the turns that another process opens, until the context ends. It decides nothing
// that concerns more than one item: duplicates, repeats, which claims new records touch and the order of
// the stages are that other process's.
func (p *Pipeline) Serve(ctx context.Context, wake <-chan struct{}) error {
	for {
		turn, err := p.DB.Turn(ctx)
		pause := serveLate
		if err == nil && turn.Stage != "" {
			pause = serveSoon
			err = p.serveTurn(ctx, turn)
		}
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-wake:
		case <-time.After(pause):
		}
	}
}

// serveTurn does items until none is left to take. What they need is made of the store at the first one:
// the turn cannot end while that is held, so that it is the same for every worker of the turn.
func (p *Pipeline) serveTurn(ctx context.Context, turn store.Turn) error {
	for {
		l, ok, err := p.DB.TakeWork(ctx, turn.Stage, p.worker().In(turn.Number))
		if err != nil || !ok {
			return err
		}
		err = p.hold(ctx, l, func(ctx context.Context) error {
			if p.serving.turn != turn.Number {
				do, err := p.prepare(ctx, turn.Stage)
				if err != nil {
					return err
				}
				p.serving.turn, p.serving.do = turn.Number, do
			}
			return p.serving.do(ctx, l)
		})
		if err != nil {
			return err
		}
	}
}

// serving is what a worker process holds for a turn.
type serving struct {
	turn int64
	do   doer
}

// prepare brings what this process holds in memory up to what the store has, for one stage.
func (p *Pipeline) prepare(ctx context.Context, stage store.Stage) (doer, error) {
	switch stage {
	case store.StageRead:
		return func(ctx context.Context, l store.Lease) error { return p.readOne(ctx, l, nil) }, nil
	case store.StageExtract:
		directory, err := p.persons(ctx)
		if err != nil {
			return nil, err
		}
		extractor, err := p.extractor(ctx, directory)
		if err != nil {
			return nil, err
		}
		return func(ctx context.Context, l store.Lease) error {
			_, err := p.extractOne(ctx, l, extractor, nil)
			return err
		}, nil
	case store.StageLink:
		index, err := p.index(ctx)
		if err != nil {
			return nil, err
		}
		directory, err := p.persons(ctx)
		if err != nil {
			return nil, err
		}
		linker, err := p.linker(ctx, index, directory)
		if err != nil {
			return nil, err
		}
		return func(ctx context.Context, l store.Lease) error { return p.linkOne(ctx, linker, l, nil) }, nil
	case store.StageTouch: // looks at all claims and is the opener's
	}
	return nil, errors.New("no worker process knows the stage " + fmt.Sprintf("%q", stage))
}

package pipeline

import (
	"context"
	"errors"
	"sync"
	"time"

	"contredit/store"
)

// lease is how long an item stays its worker's without being renewed; renewed is how often it is.
const (
	lease   = time.Minute
	renewed = lease / 3
)

// self is a process's name among those that take work.
type self struct {
	once   sync.Once
	worker store.Worker
}

func (p *Pipeline) worker() store.Worker {
	p.self.once.Do(func() { p.self.worker = store.NewWorker(lease) })
	return p.self.worker
}

// hold does an item and renews its lease meanwhile. An item that was lost is no error: another has it,
// or it waits again, and nothing was kept of what was done here. One that a stop interrupts is given back.
func (p *Pipeline) hold(ctx context.Context, l store.Lease, do func(ctx context.Context) error) error {
	inside, end := context.WithCancelCause(ctx)
	var renewer sync.WaitGroup
	renewer.Go(func() {
		ticker := time.NewTicker(renewed)
		defer ticker.Stop()
		for {
			select {
			case <-inside.Done():
				return
			case <-ticker.C:
			}
			if err := p.DB.RenewWork(inside, l, lease); errors.Is(err, store.ErrLeaseLost) {
				end(err)
			}
		}
	})
	err := do(inside)
	lost := errors.Is(err, store.ErrLeaseLost) || errors.Is(context.Cause(inside), store.ErrLeaseLost)
	end(nil)
	renewer.Wait()
	switch {
	case err == nil || lost:
		return nil
	case ctx.Err() != nil:
		return errors.Join(err, p.DB.ReturnWork(context.WithoutCancel(ctx), l))
	}
	return err // the lease stays: what breaks its workers is tried a few times and no more
}

// account is what several workers of one process note together; nil in a worker process, whose items
// are accounted for in the store.
type account struct {
	mutex sync.Mutex
	*Summary
}

func (a *account) note(f func(s *Summary) error) error {
	if a == nil {
		return nil
	}
	a.mutex.Lock()
	defer a.mutex.Unlock()
	return f(a.Summary)
}

func (a *account) failed(f Failure) {
	_ = a.note(func(s *Summary) error { s.Failed = append(s.Failed, f); return nil }) // never an error
}

package crawler

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"

	"contredit/document"
)

// mostKeeping is how many documents may wait for the sink while the next one is fetched, and
// mostWaiting how many bytes they may hold together: a store works half as long as a site
// answers, and nothing is gained by more.
const (
	mostKeeping = 4
	mostWaiting = 8 << 20
)

// keeper hands documents to the sink, one after the other, in the order in which they came.
// Its run takes the outcomes; no page counts as fetched before its document is kept.
type keeper struct {
	sink     Sink
	logger   *slog.Logger
	jobs     chan keepJob
	outcomes chan keepOutcome
	open     int   // handed over, outcome not taken
	bytes    int64 // of those
}

type keepJob struct {
	task    Task
	doc     document.Document
	charset string
	snap    document.Snapshot
}

type keepOutcome struct {
	task           Task
	doc            document.Document
	size           int64
	isNew, changed bool
	err            error
}

func newKeeper(ctx context.Context, sink Sink, logger *slog.Logger) *keeper {
	ctx = context.WithoutCancel(ctx) // what a site was made to send is kept, even while we are stopped
	k := &keeper{sink: sink, logger: logger, jobs: make(chan keepJob, mostKeeping), outcomes: make(chan keepOutcome, mostKeeping)}
	go func() {
		defer close(k.outcomes)
		var broken error
		for job := range k.jobs {
			o := keepOutcome{task: job.task, doc: job.doc, size: int64(len(job.snap.Content)), err: broken}
			if broken == nil {
				o.isNew, o.changed, o.err = k.keepSafely(ctx, job)
				if asTrouble(o.err) == nil {
					broken = o.err // what cannot be kept is not fetched: the rest of the queue is given back
				}
			}
			k.outcomes <- o
		}
	}()
	return k
}

// keepSafely makes a panic of the sink cost one document.
func (k *keeper) keepSafely(ctx context.Context, job keepJob) (isNew, changed bool, err error) {
	defer func() {
		if p := recover(); p != nil {
			k.logger.Error("panic while a document was kept", "url", job.doc.URL, "panic", p, "stack", string(debug.Stack()))
			err = &trouble{kind: KindPanic, detail: fmt.Sprint(p)}
		}
	}()
	return k.sink(ctx, job.doc, job.charset, job.snap)
}

// give hands a document over, after waiting for room.
func (r *run) give(job keepJob) error {
	size := int64(len(job.snap.Content))
	for r.keeper.open > 0 && (r.keeper.open == mostKeeping || r.keeper.bytes+size > mostWaiting) {
		if err := r.takeOutcome(); err != nil {
			return err
		}
	}
	r.keeper.jobs <- job
	r.keeper.open++
	r.keeper.bytes += size
	return nil
}

// takeOutcome waits for one document to be kept, and counts it.
func (r *run) takeOutcome() error {
	o := <-r.keeper.outcomes
	r.keeper.open--
	r.keeper.bytes -= o.size
	if o.err != nil {
		// It was not kept, so it was not fetched: the next run asks for it again.
		r.step.Pages = slices.DeleteFunc(r.step.Pages, func(p Page) bool { return p.URL == o.doc.URL })
		r.step.Done = slices.DeleteFunc(r.step.Done, func(address string) bool { return address == o.doc.URL })
		if why := asTrouble(o.err); why != nil {
			return r.fail(o.task, Page{URL: o.doc.URL}, why)
		}
		return fmt.Errorf("keep %s: %w", o.doc.URL, o.err)
	}
	r.report.count(o.isNew, o.changed)
	r.note(o.doc, o.isNew)
	return nil
}

// takeReady takes the outcomes that are there already.
func (r *run) takeReady() error {
	for r.keeper.open > 0 && len(r.keeper.outcomes) > 0 {
		if err := r.takeOutcome(); err != nil {
			return err
		}
	}
	return nil
}

// takeAll waits for everything that was handed over; it returns the first error.
func (r *run) takeAll() error {
	var first error
	for r.keeper.open > 0 {
		if err := r.takeOutcome(); err != nil && first == nil {
			first = err
		}
	}
	return first
}

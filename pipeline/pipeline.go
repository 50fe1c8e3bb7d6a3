// Package pipeline takes work items through the stages: read, extract, link. It is the same
// for run, crawl, import and demo, and keeps no state between steps but the store's: killed
// anywhere, the next call goes on. What each stage means it leaves to document and claims.
package pipeline

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"sync"
	"time"

	"contredit/claims"
	"contredit/document"
	"contredit/french"
	"contredit/store"
)

// Engine is the version of the readers and extractors. A reading made by another one is
// made again by « contredit reread ».
const Engine = "1"

// Pipeline is one process's way through the stages.
type Pipeline struct {
	DB        *store.DB
	Reader    document.Reader
	Extractor *claims.Extractor
	Linker    func(index *claims.Memory, directory *claims.Directory) *claims.Linker
	Analyzer  *french.Analyzer
	Logger    *slog.Logger
	Workers   int                                 // readers side by side; at least 1
	Crew      Crew                                // worker processes that do the items; nil: this process does
	Progress  func(stage string, done, total int) // may be nil
	Few       int                                 // up to so many documents and claims all is linked anew in each pass; 0 for 1000, negative for never

	kept    kept
	self    self
	serving serving
}

// Renew has the next pass extract and link with others. It must not be called during a pass.
func (p *Pipeline) Renew(extractor *claims.Extractor, linker func(index *claims.Memory, directory *claims.Directory) *claims.Linker) {
	p.Extractor, p.Linker = extractor, linker
	p.kept.directory, p.kept.learned = nil, nil // it begins with the people that the extractor knows
}

// Unread is a document that could not be read, and what to do about it.
type Unread struct {
	URL   string
	State document.State
	Note  string // French, for people
}

// Summary is what one pass did.
type Summary struct {
	Read   int
	Unread []Unread
	Claims int // worth checking, in the documents that were extracted
	Linked int // claims compared with the records
	Failed []Failure
	Edits  []Edit // documents that changed after they were published
}

// Edit is one change of text, on one document or the same on many.
type Edit struct {
	document.Change
	URLs []string // in the order in which they were read
}

// Failure is an item that broke a stage; it is tried again on the next pass.
type Failure struct {
	Stage   store.Stage
	Subject string
	Err     error
}

// Process takes all the work that waits through the stages, one stage after the other: an
// extraction knows every person that any reading introduced, and a link every record. The
// order of arrival therefore changes nothing.
func (p *Pipeline) Process(ctx context.Context) (Summary, error) {
	var s Summary
	if err := p.read(ctx, &s); err != nil {
		return s, err
	}
	if err := p.extract(ctx, &s); err != nil {
		return s, err
	}
	err := p.link(ctx, &s)
	return s, err
}

func (p *Pipeline) progress(stage string, done, total int) {
	if p.Progress != nil {
		p.Progress(stage, done, total)
	}
}

// read takes snapshots to readings, on several workers: a PDF is read in a child process.
func (p *Pipeline) read(ctx context.Context, s *Summary) error {
	backlog, err := p.DB.Backlog(ctx)
	if err != nil {
		return err
	}
	total := backlog[store.StageRead]
	if err := p.readByCrew(ctx, s, total); err != nil {
		return err
	}
	var group sync.WaitGroup
	var mutex sync.Mutex
	var broken error
	done := 0
	a := &account{Summary: s}
	for range max(p.Workers, 1) {
		group.Go(func() {
			for {
				l, ok, err := p.DB.TakeWork(ctx, store.StageRead, p.worker())
				if err == nil && ok {
					err = p.hold(ctx, l, func(ctx context.Context) error { return p.readOne(ctx, l, a) })
				}
				mutex.Lock()
				if err != nil {
					broken = errors.Join(broken, err)
				}
				done++
				stop := !ok || broken != nil
				if !stop {
					p.progress("read", done, total)
				}
				mutex.Unlock()
				if stop {
					return
				}
			}
		})
	}
	group.Wait()
	return broken
}

func (p *Pipeline) readOne(ctx context.Context, l store.Lease, a *account) error {
	id, err := strconv.ParseInt(l.Subject, 10, 64)
	if err != nil {
		return fmt.Errorf("read snapshot %q: %w", l.Subject, err)
	}
	snap, err := p.DB.Snapshot(ctx, id)
	if err != nil {
		return err
	}
	l.URL, l.Yield = snap.Document.URL, 1
	r, err := p.readSafely(ctx, p.DB.Holding(l), snap)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if errors.Is(err, store.ErrLeaseLost) {
		return err
	}
	if err != nil {
		a.failed(Failure{store.StageRead, l.URL, err})
		return p.DB.Holding(l).FailWork(ctx, store.StageRead, l.Subject, err, time.Hour)
	}
	if err := p.DB.Holding(l).SaveReading(ctx, id, Engine, r); err != nil {
		return err
	}
	return a.note(func(s *Summary) error { return p.noteRead(ctx, s, snap.Document.ID, id, l.URL, r) })
}

// noteRead accounts for a reading.
func (p *Pipeline) noteRead(ctx context.Context, s *Summary, doc, snapshot int64, url string, r *document.Reading) error {
	if r.State != document.StateRead {
		s.Unread = append(s.Unread, Unread{url, r.State, r.Note})
	}
	s.Read++
	return p.noteEdit(ctx, s, doc, snapshot, url, r)
}

// noteEdit compares a new version with the one before it. The same change on many pages, such
// as a new footer, is one edit.
func (p *Pipeline) noteEdit(ctx context.Context, s *Summary, doc, snapshot int64, url string, r *document.Reading) error {
	if r.TypedBy != "" {
		return nil // our words of it are no change by whoever publishes it
	}
	versions, err := p.DB.Versions(ctx, doc)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(versions, func(v store.Version) bool { return v.Snapshot == snapshot })
	if at < 1 {
		return nil
	}
	old, err := p.DB.ReadingOf(ctx, versions[at-1].Snapshot)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	c, changed := document.ChangeBetween(old, r)
	if !changed {
		return nil
	}
	for i := range s.Edits {
		if s.Edits[i].Print == c.Print {
			s.Edits[i].URLs = append(s.Edits[i].URLs, url)
			return nil
		}
	}
	s.Edits = append(s.Edits, Edit{c, []string{url}})
	return nil
}

// readSafely keeps a reader's panic to the document that caused it.
func (p *Pipeline) readSafely(ctx context.Context, db *store.DB, snap store.SnapshotToRead) (r *document.Reading, err error) {
	defer func() {
		if v := recover(); v != nil {
			r, err = nil, fmt.Errorf("read %s: the reader broke: %v", snap.Document.URL, v)
		}
	}()
	r, err = p.Reader.Read(ctx, snap.Origin, snap.Content)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", snap.Document.URL, err)
	}
	return p.withTranscript(ctx, db, snap, r)
}

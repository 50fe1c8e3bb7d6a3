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

// lease is how long a worker may hold an item; a killed worker's item is taken again after it.
const lease = 10 * time.Minute

// Pipeline is one process's way through the stages.
type Pipeline struct {
	DB        *store.DB
	Reader    document.Reader
	Extractor *claims.Extractor
	Linker    func(index *claims.Memory, directory *claims.Directory) *claims.Linker
	Analyzer  *french.Analyzer
	Logger    *slog.Logger
	Workers   int                                 // readers side by side; at least 1
	Progress  func(stage string, done, total int) // may be nil
	Few       int                                 // up to so many documents and claims all is linked anew in each pass; 0 for 1000, negative for never

	kept kept
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
	var mutex sync.Mutex
	var group sync.WaitGroup
	var broken error
	done := 0
	for range max(p.Workers, 1) {
		group.Go(func() {
			for {
				subject, ok, err := p.DB.TakeWork(ctx, store.StageRead, lease)
				if err == nil && ok {
					err = p.readOne(ctx, subject, s, &mutex)
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

func (p *Pipeline) readOne(ctx context.Context, subject string, s *Summary, mutex *sync.Mutex) error {
	id, err := strconv.ParseInt(subject, 10, 64)
	if err != nil {
		return fmt.Errorf("read snapshot %q: %w", subject, err)
	}
	snap, err := p.DB.Snapshot(ctx, id)
	if err != nil {
		return err
	}
	r, err := p.readSafely(ctx, snap)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	mutex.Lock()
	defer mutex.Unlock()
	if err != nil {
		s.Failed = append(s.Failed, Failure{store.StageRead, snap.Document.URL, err})
		return p.DB.FailWork(ctx, store.StageRead, subject, err, time.Hour)
	}
	if r.State != document.StateRead {
		s.Unread = append(s.Unread, Unread{snap.Document.URL, r.State, r.Note})
	}
	s.Read++
	if err := p.noteEdit(ctx, s, snap, r); err != nil {
		return err
	}
	return p.DB.SaveReading(ctx, id, Engine, r)
}

// noteEdit compares a new version with the one before it. The same change on many pages, such
// as a new footer, is one edit.
func (p *Pipeline) noteEdit(ctx context.Context, s *Summary, snap store.SnapshotToRead, r *document.Reading) error {
	if r.TypedBy != "" {
		return nil // our words of it are no change by whoever publishes it
	}
	versions, err := p.DB.Versions(ctx, snap.Document.ID)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(versions, func(v store.Version) bool { return v.Snapshot == snap.ID })
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
			s.Edits[i].URLs = append(s.Edits[i].URLs, snap.Document.URL)
			return nil
		}
	}
	s.Edits = append(s.Edits, Edit{c, []string{snap.Document.URL}})
	return nil
}

// readSafely keeps a reader's panic to the document that caused it.
func (p *Pipeline) readSafely(ctx context.Context, snap store.SnapshotToRead) (r *document.Reading, err error) {
	defer func() {
		if v := recover(); v != nil {
			r, err = nil, fmt.Errorf("read %s: the reader broke: %v", snap.Document.URL, v)
		}
	}()
	r, err = p.Reader.Read(ctx, snap.Origin, snap.Content)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", snap.Document.URL, err)
	}
	return p.withTranscript(ctx, snap, r)
}

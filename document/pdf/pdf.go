// Package pdf turns PDF files into the text of their pages. A file from elsewhere may take
// all time and memory or break its reader, so each is read by a child process with a budget
// of both, which is killed when it goes over. What the pages mean is left to document.
package pdf

import (
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"contredit/document"
)

// Defaults of a Reader.
const (
	DefaultTimeout = 30 * time.Second // for a file, its first megabyte; half a second more for each other
	DefaultMemory  = 256 << 20        // bytes that the engine may take
	PictureSide    = 3508             // pixels of the longer side of a picture: A4 at 300 an inch
	maxFiles       = 100              // that a child reads before it is replaced: its memory never shrinks
	startTimeout   = 60 * time.Second // the engine is compiled at the first start
)

// Reader reads PDF files in child processes, which it starts when needed and keeps for the
// next file. It may be used by several goroutines. It implements document.PageReader.
type Reader struct {
	Timeout time.Duration // for a file; 0 for DefaultTimeout
	Memory  int64         // bytes for the engine; 0 for DefaultMemory
	// Cache is the folder that keeps the compiled engine: a start takes a tenth of a second
	// instead of three. "" for the user's cache folder; a folder that cannot be written only
	// costs the time.
	Cache string

	executable string
	args       []string
	slots      chan struct{} // one a child that may run

	mutex sync.Mutex
	idle  []*child
	shut  bool
}

var _ document.PageReader = (*Reader)(nil)

// NewReader returns a reader whose children run executable with args, a program that calls
// Work. As many run at a time as there are processors.
func NewReader(executable string, args ...string) *Reader {
	return &Reader{executable: executable, args: args, slots: make(chan struct{}, runtime.GOMAXPROCS(0))}
}

// settings is what a child is told first.
type settings struct {
	Memory int64
	Cache  string
}

// job is a file to read.
type job struct {
	Content []byte
	Render  int           // the page to make a picture of, from 1; 0 to read the text of all
	Limit   time.Duration // after which the child ends itself, whatever became of its parent
}

// result is what became of it.
type result struct {
	State document.State
	Pages []document.Page
	Image []byte // PNG of the page that was asked for
	Err   string // the reader broke; "" when it did not
}

// child is a running process.
type child struct {
	cmd   *exec.Cmd
	in    io.WriteCloser
	to    *gob.Encoder
	from  *gob.Decoder
	notes *tail
	files int
}

// Pages returns the pages of a PDF in order. A file that cannot be read gives a State other
// than StateRead and a nil error: encrypted, malformed, or too big for the time and memory.
func (r *Reader) Pages(ctx context.Context, content []byte) ([]document.Page, document.State, error) {
	select {
	case r.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, "", fmt.Errorf("wait for a PDF reader: %w", ctx.Err())
	}
	defer func() { <-r.slots }()
	answer, err := r.ask(ctx, job{Content: content})
	if err != nil {
		return nil, "", err
	}
	return answer.Pages, answer.State, nil
}

// Picture returns a page, from 1, as a PNG in shades of grey, at most PictureSide pixels high or
// wide; nil and a nil error when the file or the page cannot be shown.
func (r *Reader) Picture(ctx context.Context, content []byte, page int) ([]byte, error) {
	select {
	case r.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for a PDF reader: %w", ctx.Err())
	}
	defer func() { <-r.slots }()
	answer, err := r.ask(ctx, job{Content: content, Render: page})
	return answer.Image, err
}

// ask gives a job to a child. A file that goes over its time, or takes its child down, is too big.
func (r *Reader) ask(ctx context.Context, j job) (result, error) {
	c, err := r.take()
	if err != nil {
		return result{}, err
	}
	answer, err := r.run(ctx, c, j)
	var late *lateError
	switch {
	case errors.As(err, &late):
		return result{State: document.StateTooBig}, nil
	case err != nil:
		return result{}, err
	case answer.Err != "":
		return result{}, fmt.Errorf("read a PDF of %d bytes: %s", len(j.Content), answer.Err)
	}
	return answer, nil
}

// lateError says that a file went over its time, or took its child down.
type lateError struct{ why string }

func (e *lateError) Error() string { return e.why }

func (r *Reader) timeout(size int) time.Duration {
	limit := r.Timeout
	if limit <= 0 {
		limit = DefaultTimeout
	}
	return limit + time.Duration(size>>20)*limit/60
}

// run hands a file to a child, and gives the child back or kills it.
func (r *Reader) run(ctx context.Context, c *child, j job) (result, error) {
	limit := r.timeout(len(j.Content))
	j.Limit = limit + 2*time.Second
	type outcome struct {
		answer result
		err    error
	}
	done := make(chan outcome, 1)
	go func() {
		var o outcome
		if o.err = c.to.Encode(j); o.err == nil {
			o.err = c.from.Decode(&o.answer)
		}
		done <- o
	}()
	first := time.Duration(0)
	if c.files == 0 {
		first = startTimeout
	}
	clock := time.NewTimer(limit + first)
	defer clock.Stop()
	select {
	case o := <-done:
		if o.err != nil {
			c.kill()
			if c.files > 0 || c.notes.started() {
				return result{}, &lateError{why: "the reader ended on the file"}
			}
			return result{}, fmt.Errorf("start the PDF reader %s: %w: %s", r.executable, o.err, c.notes)
		}
		c.files++
		r.give(c)
		return o.answer, nil
	case <-clock.C:
		c.kill()
		<-done
		return result{}, &lateError{why: "out of time"}
	case <-ctx.Done():
		c.kill()
		<-done
		return result{}, fmt.Errorf("read a PDF of %d bytes: %w", len(j.Content), ctx.Err())
	}
}

// take returns an idle child, or a new one.
func (r *Reader) take() (*child, error) {
	r.mutex.Lock()
	if r.shut {
		r.mutex.Unlock()
		return nil, errors.New("the PDF reader is closed")
	}
	if n := len(r.idle); n > 0 {
		c := r.idle[n-1]
		r.idle = r.idle[:n-1]
		r.mutex.Unlock()
		return c, nil
	}
	r.mutex.Unlock()
	return r.start()
}

func (r *Reader) give(c *child) {
	r.mutex.Lock()
	keep := !r.shut && c.files < maxFiles
	if keep {
		r.idle = append(r.idle, c)
	}
	r.mutex.Unlock()
	if !keep {
		c.kill()
	}
}

func (r *Reader) start() (*child, error) {
	c := &child{cmd: exec.Command(r.executable, r.args...), notes: &tail{}}
	c.cmd.Env = []string{"GOMEMLIMIT=512MiB"} // nothing of the parent's, secrets least of all
	c.cmd.Stderr = c.notes
	c.cmd.WaitDelay = 5 * time.Second
	in, err := c.cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("start the PDF reader %s: %w", r.executable, err)
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start the PDF reader %s: %w", r.executable, err)
	}
	if err := c.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the PDF reader %s: %w", r.executable, err)
	}
	c.in, c.to, c.from = in, gob.NewEncoder(in), gob.NewDecoder(out)
	memory := r.Memory
	if memory <= 0 {
		memory = DefaultMemory
	}
	if err := c.to.Encode(settings{Memory: memory, Cache: r.cache()}); err != nil {
		c.kill()
		return nil, fmt.Errorf("start the PDF reader %s: %w: %s", r.executable, err, c.notes)
	}
	return c, nil
}

func (r *Reader) cache() string {
	if r.Cache != "" {
		return r.Cache
	}
	folder, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(folder, "contredit", "pdf")
}

// kill ends a child; a child at rest ends by itself when its input closes.
func (c *child) kill() {
	// The process may have ended already, and its exit status says nothing that the missing
	// answer did not.
	_ = c.cmd.Process.Kill()
	_ = c.in.Close()
	_ = c.cmd.Wait()
}

// Close ends the children. Files being read are read to their end.
func (r *Reader) Close() error {
	r.mutex.Lock()
	idle := r.idle
	r.idle, r.shut = nil, true
	r.mutex.Unlock()
	for _, c := range idle {
		c.kill()
	}
	return nil
}

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os/exec"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"contredit/claims"
	"contredit/store"
)

// A worker process that ends is replaced after a pause which doubles from the first to the most; one
// that lived for longer than wellLived begins with the first again. When each of them died so often in
// a row, the daemon does their work. One that is told to end has so long before it is killed.
const (
	firstPause  = 100 * time.Millisecond
	mostPause   = 30 * time.Second
	wellLived   = 30 * time.Second
	mostDeaths  = 6
	workerGrace = 10 * time.Second
)

// greeting is what a worker process is told first: it works as the daemon does, also when it takes the
// place of another after somebody wrote into the configuration.
type greeting struct {
	Version     string             `json:"version"`
	Path        string             `json:"path"`     // of the configuration
	Text        []byte             `json:"text"`     // of it; empty when there is no file
	Engine      engineConfig       `json:"engine"`   // as the daemon began, whatever the text says
	Database    string             `json:"database"` // path
	Calibration claims.Calibration `json:"calibration"`
}

// crew keeps worker processes alive, which take items from the store in the turns that the pipeline opens.
type crew struct {
	program  string
	greeting greeting
	db       *store.DB
	logger   *slog.Logger
	talk     io.Writer // their standard error
	deaths   atomic.Int64

	mutex   sync.Mutex // of what follows
	members []*member
	begun   bool
	leaving chan struct{} // closed when they must end
	left    bool
	places  sync.WaitGroup
}

// member is one place in the crew.
type member struct {
	process *exec.Cmd     // nil while none runs
	ended   chan struct{} // closed when process has
	in      io.WriteCloser
	deaths  int  // soon after the start, in a row
	renewed bool // told to end, so that another knows the configuration of now
}

func newCrew(program string, size int, g greeting, db *store.DB, logger *slog.Logger, talk io.Writer) *crew {
	c := &crew{program: program, greeting: g, db: db, logger: logger, talk: talk, leaving: make(chan struct{})}
	for range size {
		c.members = append(c.members, new(member))
	}
	return c
}

// begin starts the worker processes, once.
func (c *crew) begin() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.begun || c.left {
		return
	}
	c.begun = true
	for _, m := range c.members {
		c.places.Go(func() { c.keep(m) })
	}
}

// keep fills one place until the crew leaves.
func (c *crew) keep(m *member) {
	for {
		began := time.Now()
		process, err := c.serve(m)
		select {
		case <-c.leaving:
			return
		default:
		}
		c.mutex.Lock()
		if m.renewed {
			m.renewed = false
			c.mutex.Unlock()
			continue
		}
		if time.Since(began) > wellLived {
			m.deaths = 0
		}
		pause := min(firstPause<<min(m.deaths, 20), mostPause)
		m.deaths++
		c.mutex.Unlock()
		c.deaths.Add(1)
		c.logger.Warn("a worker process ended; another takes its place", "process", process, "seconds", time.Since(began).Seconds(), "pause", pause.Seconds(), "error", err)
		select {
		case <-c.leaving:
			return
		case <-time.After(pause):
		}
	}
}

// serve runs one worker process to its end, and gives back what it held.
func (c *crew) serve(m *member) (process int, err error) {
	cmd := exec.Command(c.program, workerName)
	cmd.Stderr, cmd.WaitDelay = c.talk, time.Second
	in, err := cmd.StdinPipe()
	if err != nil {
		return 0, fmt.Errorf("start a worker process: %w", err)
	}
	c.mutex.Lock()
	if c.left {
		c.mutex.Unlock()
		return 0, in.Close()
	}
	hello, err := json.Marshal(c.greeting)
	if err != nil {
		c.mutex.Unlock()
		return 0, fmt.Errorf("greet a worker process: %w", err)
	}
	if err = cmd.Start(); err == nil {
		m.process, m.ended = cmd, make(chan struct{})
	}
	c.mutex.Unlock()
	if err != nil {
		return 0, fmt.Errorf("start a worker process: %w", err)
	}
	process = cmd.Process.Pid
	if _, greetErr := in.Write(append(hello, '\n')); greetErr != nil {
		err = fmt.Errorf("greet a worker process: %w", greetErr)
	}
	c.mutex.Lock()
	if m.in = in; c.left || m.renewed { // nobody wakes it before it is greeted, or ends it
		err = errors.Join(err, in.Close())
	}
	c.mutex.Unlock()
	err = errors.Join(err, cmd.Wait())
	c.mutex.Lock()
	m.process, m.in = nil, nil
	close(m.ended)
	c.mutex.Unlock()
	if n, releaseErr := c.db.ReleaseWorkOf(context.Background(), process); releaseErr != nil {
		err = errors.Join(err, releaseErr)
	} else if n > 0 {
		c.Wake()
	}
	return process, err
}

// Wake tells the worker processes that there is something to take; it starts them the first time.
func (c *crew) Wake() {
	c.begin()
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for _, m := range c.members {
		if m.in != nil {
			_, _ = m.in.Write([]byte{'\n'}) // one that just ended is replaced, and looks by itself
		}
	}
}

// Tend gives back what processes hold that are gone, also those of a daemon before this one. It returns false
// when no worker process can be kept alive.
func (c *crew) Tend() bool {
	held, err := c.db.HeldWork(context.Background())
	if err != nil {
		c.logger.Error("look for work of dead processes", "error", err)
	}
	for _, h := range held {
		if !errors.Is(syscall.Kill(h.Process, 0), syscall.ESRCH) {
			continue
		}
		if _, err := c.db.ReleaseWorkOf(context.Background(), h.Process); err != nil {
			c.logger.Error("give back the work of a dead process", "process", h.Process, "error", err)
		}
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for _, m := range c.members {
		if m.process != nil || m.deaths < mostDeaths {
			return true
		}
	}
	return false
}

// alive is how many worker processes run.
func (c *crew) alive() (n int) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for _, m := range c.members {
		if m.process != nil {
			n++
		}
	}
	return n
}

// renew has the worker processes replaced by others that know another text of the configuration, and returns when
// the old ones are gone. Between two passes none of them has anything in hand.
func (c *crew) renew(text []byte) {
	c.mutex.Lock()
	c.greeting.Text = text
	var old []*exec.Cmd
	var ended []chan struct{}
	for _, m := range c.members {
		if m.process == nil {
			continue // who takes the place is greeted with the new text
		}
		m.renewed = true
		old, ended = append(old, m.process), append(ended, m.ended)
		if m.in != nil {
			_ = m.in.Close() // it may have ended by itself
		}
	}
	c.mutex.Unlock()
	force := time.AfterFunc(workerGrace, func() {
		for _, process := range old {
			_ = process.Process.Kill() // it may just have ended
		}
	})
	defer force.Stop()
	for _, gone := range ended {
		<-gone
	}
}

// leave tells the worker processes to end; what they have begun they give back.
func (c *crew) leave() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.left {
		return
	}
	c.left = true
	close(c.leaving)
	for _, m := range c.members {
		if m.in != nil {
			_ = m.in.Close() // it may have ended by itself
		}
	}
}

// stop ends the worker processes, with force those that do not end by themselves.
func (c *crew) stop() {
	c.leave()
	force := time.AfterFunc(workerGrace, func() {
		c.mutex.Lock()
		defer c.mutex.Unlock()
		for _, m := range c.members {
			if m.process != nil {
				_ = m.process.Process.Kill() // it may just have ended
			}
		}
	})
	defer force.Stop()
	c.places.Wait()
}

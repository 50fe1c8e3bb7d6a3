package pdf

import (
	"bytes"
	"sync"
)

// ready is what a child writes on its error output once its engine runs: what ends it from
// then on is the file.
const ready = "pdf reader ready\n"

// tail keeps the last words of a child.
type tail struct {
	mutex sync.Mutex
	last  []byte
	ready bool
}

const tailSize = 2048 // bytes

func (t *tail) Write(p []byte) (int, error) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.last = append(t.last, p...)
	t.ready = t.ready || bytes.Contains(t.last, []byte(ready))
	if n := len(t.last) - tailSize; n > 0 {
		t.last = append(t.last[:0], t.last[n:]...)
	}
	return len(p), nil
}

func (t *tail) started() bool {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return t.ready
}

func (t *tail) String() string {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return string(t.last)
}

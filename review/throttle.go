package review

import (
	"sync"
	"time"
)

// How many sign-ins may fail before the next has to wait.
const (
	failuresByName    = 5
	failuresByAddress = 20
	failureMemory     = 15 * time.Minute
	mostWatched       = 10_000
)

// throttle counts failed sign-ins by name and by address. It forgets with time: who is kept
// out is kept out for a quarter of an hour, and nobody is locked out for good.
type throttle struct {
	now    func() time.Time
	mutex  sync.Mutex
	failed map[string][]time.Time
	hash   chan struct{} // so many passwords are hashed at once: each takes 19 MB
}

func newThrottle(now func() time.Time) *throttle {
	return &throttle{now: now, failed: map[string][]time.Time{}, hash: make(chan struct{}, 4)}
}

// wait is how long a sign-in with this name from this address has to wait; 0 when it may try.
func (t *throttle) wait(name, address string) time.Duration {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return max(t.left("n "+name, failuresByName), t.left("a "+address, failuresByAddress))
}

func (t *throttle) left(key string, most int) time.Duration {
	recent := t.recent(key)
	if len(recent) < most {
		return 0
	}
	return recent[len(recent)-most].Add(failureMemory).Sub(t.now())
}

func (t *throttle) recent(key string) []time.Time {
	all := t.failed[key]
	for len(all) > 0 && !t.now().Before(all[0].Add(failureMemory)) {
		all = all[1:]
	}
	if len(all) == 0 {
		delete(t.failed, key)
		return nil
	}
	t.failed[key] = all
	return all
}

// fail notes a failed sign-in.
func (t *throttle) fail(name, address string) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if len(t.failed) > mostWatched {
		// Names that nobody has are free to invent: memory is bounded, old ones go first.
		for key := range t.failed {
			t.recent(key)
		}
		if len(t.failed) > mostWatched {
			clear(t.failed)
		}
	}
	for _, key := range []string{"n " + name, "a " + address} {
		t.failed[key] = append(t.recent(key), t.now())
	}
}

// forget is called after a sign-in that succeeded.
func (t *throttle) forget(name string) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	delete(t.failed, "n "+name)
}

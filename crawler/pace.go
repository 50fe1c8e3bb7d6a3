package crawler

import (
	"context"
	"fmt"
	"net/url"
	"sync"
	"time"
)

// mostPatience is how long a run waits for a host before it leaves the rest to the next run.
const mostPatience = 20 * time.Second

// mostGaps is how long a run sits out such gaps in all: the other sources wait meanwhile.
const mostGaps = 30 * time.Minute

// Bounds of the backoff of a host or an address that fails.
const (
	firstBackoff = 5 * time.Second
	mostBackoff  = 24 * time.Hour

	mostRetryAfter = 7 * 24 * time.Hour // a year, as some sites answer, would be giving up
)

// backoff is how long to wait after so many failures in a row: it doubles, with up to half
// as much again so that many visitors of a site that came back do not come all at once.
func (c *Crawler) backoff(failures int) time.Duration {
	d := firstBackoff
	for i := 1; i < failures && d < mostBackoff; i++ {
		d *= 2
	}
	d = min(d, mostBackoff)
	return d + time.Duration(c.Jitter()*float64(d)/2)
}

// pacer lets one request at a time go to a site, with a gap between the end of one and the
// start of the next. It is shared by all sources.
type pacer struct {
	c     *Crawler
	mutex sync.Mutex
	lanes map[string]*lane
}

// lane is the way to one site.
type lane struct {
	turn   chan struct{} // holds a token while somebody asks
	next   time.Time     // no request before
	host   Host
	loaded bool
}

func newPacer(c *Crawler) *pacer { return &pacer{c: c, lanes: map[string]*lane{}} }

// wait takes the turn at a site when the gap is over. The caller gives it back with done. A
// site that asked for more time than anybody waits is a trouble, not a wait.
// left is how long the run may still sit out gaps that are longer than mostPatience.
func (p *pacer) wait(ctx context.Context, u *url.URL, left *time.Duration) (*lane, error) {
	name := siteOf(u)
	p.mutex.Lock()
	l := p.lanes[name]
	if l == nil {
		l = &lane{turn: make(chan struct{}, 1)}
		p.lanes[name] = l
	}
	p.mutex.Unlock()
	select {
	case l.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := p.waitGap(ctx, l, name, left); err != nil {
		<-l.turn
		return nil, err
	}
	return l, nil
}

func (p *pacer) waitGap(ctx context.Context, l *lane, name string, left *time.Duration) error {
	if !l.loaded {
		host, err := p.c.Archive.Host(ctx, name)
		if err != nil {
			return fatal{fmt.Errorf("look up host %s: %w", name, err)}
		}
		host.Name = name
		l.host, l.loaded = host, true
	}
	now := p.c.Now()
	// A site that asks for a minute between two requests is visited at that pace, as long as the run
	// has time; one that is busy or down is left alone.
	sitOut := l.host.Failures == 0 && l.host.NotUntil.Sub(now) <= *left
	if wait := l.host.NotUntil.Sub(now); wait > mostPatience && sitOut {
		*left -= wait
	} else if wait > mostPatience {
		return &trouble{kind: KindBusy, detail: "pas avant le " + frenchTime(l.host.NotUntil), retry: true, retryAfter: wait, host: true}
	}
	if wait := max(l.next.Sub(now), l.host.NotUntil.Sub(now)); wait > 0 {
		return p.c.Sleep(ctx, wait)
	}
	return nil
}

// longGap is from when on a gap must outlive this program: a site that asks for minutes
// between two requests is not asked again because we were started again.
const longGap = time.Minute

// done gives the turn back. The gap runs from the end of the exchange: a slow site is not
// asked faster than it answers.
func (p *pacer) done(ctx context.Context, l *lane, gap time.Duration) error {
	defer func() { <-l.turn }()
	l.next = p.c.Now().Add(gap)
	if gap < longGap || l.next.Before(l.host.NotUntil) {
		return nil
	}
	l.host.NotUntil = l.next
	if err := p.c.Archive.SaveHost(context.WithoutCancel(ctx), l.host); err != nil {
		return fatal{fmt.Errorf("keep host %s: %w", l.host.Name, err)}
	}
	return nil
}

// punish notes that a site is busy or down; the time that it asked for wins over ours.
func (p *pacer) punish(ctx context.Context, l *lane, after time.Duration) error {
	l.host.Failures++
	wait := after
	if wait <= 0 {
		wait = p.c.backoff(l.host.Failures)
	}
	l.host.NotUntil = p.c.Now().Add(min(wait, mostRetryAfter))
	return p.save(ctx, l)
}

func (p *pacer) save(ctx context.Context, l *lane) error {
	if err := p.c.Archive.SaveHost(ctx, l.host); err != nil {
		return fatal{fmt.Errorf("keep host %s: %w", l.host.Name, err)}
	}
	return nil
}

// forgive notes that a site answered as it should.
func (p *pacer) forgive(ctx context.Context, l *lane) error {
	if l.host.Failures == 0 {
		return nil
	}
	l.host.Failures, l.host.NotUntil = 0, time.Time{}
	return p.save(ctx, l)
}

// frenchTime is « 24/11 à 16 h 05 » in UTC, for sentences whose reader has no clock at hand.
func frenchTime(t time.Time) string {
	return t.UTC().Format("02/01 à 15 h 04") + " UTC"
}

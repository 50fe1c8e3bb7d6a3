package crawler

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"
)

const (
	robotsAge      = 24 * time.Hour   // RFC 9309, 2.4
	robotsRetryAge = 10 * time.Minute // of an answer that refuses everything for now
	robotsHops     = 5                // RFC 9309, 2.3.1.2
)

// gate knows what each origin's robots.txt allows.
type gate struct {
	c     *Crawler
	mutex sync.Mutex
	known map[string]*verdictOfRobots
}

// verdictOfRobots is what a robots.txt amounts to.
type verdictOfRobots struct {
	rules   *Rules
	status  int
	down    bool // nothing may be asked for now
	cause   *trouble
	expires time.Time
}

func newGate(c *Crawler) *gate { return &gate{c: c, known: map[string]*verdictOfRobots{}} }

// ask says whether an address may be asked, and the gap that its site wants.
func (g *gate) ask(ctx context.Context, f *fetcher, u *url.URL) (time.Duration, error) {
	v, err := g.of(ctx, f, u)
	if err != nil {
		return 0, err
	}
	if v.down {
		return 0, v.refusal(g.c.Now())
	}
	if !v.rules.Allows(u.RequestURI()) {
		return 0, &trouble{kind: KindRobots}
	}
	return v.rules.Delay, nil
}

// refusal is why nothing may be asked of an origin: its robots.txt, or what keeps us from it.
func (v *verdictOfRobots) refusal(now time.Time) *trouble {
	t := trouble{kind: KindRobotsDown, status: v.status, detail: "aucune réponse", retry: true}
	if v.status != 0 {
		t.detail = fmt.Sprintf("réponse %d", v.status)
	} else if v.cause != nil {
		t = *v.cause
	}
	t.host, t.retryAfter = true, v.expires.Sub(now)
	return &t
}

// of returns what is known of the origin of u, after fetching its robots.txt when that is
// unknown or a day old.
func (g *gate) of(ctx context.Context, f *fetcher, u *url.URL) (*verdictOfRobots, error) {
	origin := u.Scheme + "://" + u.Host
	now := g.c.Now()
	g.mutex.Lock()
	v := g.known[origin]
	g.mutex.Unlock()
	if v != nil && now.Before(v.expires) {
		return v, nil
	}
	kept, err := g.c.Archive.Robots(ctx, origin)
	if err != nil {
		return nil, fatal{fmt.Errorf("look up robots.txt of %s: %w", origin, err)}
	}
	kept.Origin = origin
	if v = judgeRobots(kept); kept.Fetched.IsZero() || !now.Before(v.expires) {
		cause, err := g.fetch(ctx, f, &kept)
		if err != nil {
			return nil, err
		}
		if err := g.c.Archive.SaveRobots(ctx, kept); err != nil {
			return nil, fatal{fmt.Errorf("keep robots.txt of %s: %w", origin, err)}
		}
		v = judgeRobots(kept)
		v.cause = cause
	}
	g.mutex.Lock()
	g.known[origin] = v
	g.mutex.Unlock()
	return v, nil
}

// judgeRobots is RFC 9309, 2.3.1: 4xx allows all, 5xx and silence refuse all for now. 429 is
// a 4xx that says to stay away, so it counts with the latter.
func judgeRobots(r Robots) *verdictOfRobots {
	v := &verdictOfRobots{rules: &Rules{}, status: r.Status, expires: r.Fetched.Add(robotsAge)}
	switch {
	case r.Status >= 200 && r.Status < 300:
		v.rules = ParseRobots(r.Text, Product)
	case r.Status >= 400 && r.Status < 500 && r.Status != http.StatusTooManyRequests:
	case r.Status >= 300 && r.Status < 400: // more hops than anybody follows: as if there were none
	default:
		v.down, v.expires = true, r.Fetched.Add(robotsRetryAge)
	}
	return v
}

// fetch asks for the robots.txt of an origin and its redirects. That nothing answers is a
// result with its cause, not an error; that the run may ask no more is one.
func (g *gate) fetch(ctx context.Context, f *fetcher, r *Robots) (*trouble, error) {
	r.Status, r.Text, r.Fetched = 0, "", g.c.Now()
	address := r.Origin + "/robots.txt"
	for range robotsHops + 1 {
		u, err := url.Parse(address)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") {
			break
		}
		status, text, location, err := g.fetchOnce(ctx, f, u)
		if err != nil {
			cause := asTrouble(err)
			if cause == nil || ctx.Err() != nil || cause.kind == KindBudget || cause.kind == KindBusy {
				return nil, err
			}
			r.Status, r.Text = 0, ""
			return cause, nil
		}
		r.Status, r.Text, r.Fetched = status, text, g.c.Now()
		if status < 300 || status >= 400 || location == "" {
			break
		}
		next, err := u.Parse(location)
		if err != nil {
			break
		}
		address = next.String()
	}
	return nil, nil
}

func (g *gate) fetchOnce(ctx context.Context, f *fetcher, u *url.URL) (status int, text, location string, err error) {
	l, err := g.c.pace.wait(ctx, u, &f.gaps)
	if err != nil {
		return 0, "", "", err
	}
	defer func() {
		if e := g.c.pace.done(ctx, l, f.delay); e != nil && err == nil {
			err = e
		}
	}()
	if err := f.spend(); err != nil {
		return 0, "", "", err
	}
	ctx, cancel := context.WithTimeout(ctx, g.c.timeout())
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return 0, "", "", fmt.Errorf("robots.txt: %w", err)
	}
	f.introduce(request)
	response, err := f.base.RoundTrip(request)
	if err != nil {
		return 0, "", "", diagnose(err)
	}
	defer response.Body.Close()
	// That robots.txt answers forgives nothing: the pages behind it may fail all the same.
	if busy(response) {
		if err := f.treat(ctx, l, response); err != nil {
			return 0, "", "", err
		}
	}
	content, err := io.ReadAll(io.LimitReader(response.Body, maxRobots+1))
	if err != nil {
		return 0, "", "", diagnose(err)
	}
	return response.StatusCode, string(content), response.Header.Get("Location"), nil
}

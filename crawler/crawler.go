// Package crawler finds and fetches what sources publish, politely, and hands over
// snapshots. It does not read documents beyond their links, and keeps nothing itself:
// what must survive a run goes to its Archive.
package crawler

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/mail"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"contredit/document"
)

// Sink keeps a snapshot and says whether its address was met for the first time, or before
// with another content. charset is the source's override, "" when it has none. An error ends
// the run: what cannot be kept is not fetched.
type Sink func(ctx context.Context, doc document.Document, charset string, snap document.Snapshot) (isNew, changed bool, err error)

// Crawler collects sources. The zero values of its fields mean what each says; Archive and
// Contact are required. Crawl may run for several sources at the same time: requests to one
// host still go one by one.
type Crawler struct {
	Archive Archive
	Version string // of the program, for the user agent; "" for « dev »
	Contact string // mail address or page that visited sites can write to
	URL     string // page that says what this instance is; "" to give Contact alone

	Delay         time.Duration // least gap between two requests to one host; 0 for none
	Timeout       time.Duration // for one exchange, whole; 0 for two minutes
	MaxBody       int64         // bytes of a body after decompression; 0 for 64 MiB
	Budget        int           // requests a run and source, robots.txt included; 0 for 500
	AllowLoopback bool          // sources on loopback addresses may be fetched: the demo, tests

	Now    func() time.Time                                 // clock; nil for the machine's
	Sleep  func(ctx context.Context, d time.Duration) error // waits; nil for the machine's
	Jitter func() float64                                   // 0 to 1, stretches backoffs; nil for random
	Logger *slog.Logger                                     // nil for none

	once  sync.Once
	pace  *pacer
	rules *gate
	open  http.RoundTripper // to public addresses
	local http.RoundTripper // to loopback too
}

// Defaults of Crawler's fields.
const (
	defaultTimeout = 2 * time.Minute
	defaultMaxBody = 64 << 20
	defaultBudget  = 500
)

// Product is what groups of robots.txt call us by.
const Product = "contredit"

// ErrNoContact is returned when the crawler was given nobody that a visited site could write to.
var ErrNoContact = errors.New("a crawler needs a contact: a mail address or the address of a page")

// UserAgent is what every request says of itself: « contredit/1.2 (+page; contact) ». It
// starts with the product because sites match the start of it.
func (c *Crawler) UserAgent() string {
	version := c.Version
	if version == "" {
		version = "dev"
	}
	about := c.Contact
	if c.URL != "" {
		about = "+" + c.URL + "; " + c.Contact
	}
	return fmt.Sprintf("%s/%s (%s)", Product, oneLine.Replace(version), oneLine.Replace(about))
}

// A header takes one line of ASCII; what an operator pastes may hold more.
var oneLine = strings.NewReplacer("\r", " ", "\n", " ", "(", "", ")", "")

// from is the mail address of the contact, for the header From; "" when it is a page.
func (c *Crawler) from() string {
	address, err := mail.ParseAddress(strings.TrimPrefix(c.Contact, "mailto:"))
	if err != nil {
		return ""
	}
	return address.Address
}

// prepare checks what no run over sites can do without.
func (c *Crawler) prepare() error {
	if strings.TrimSpace(c.Contact) == "" {
		return ErrNoContact
	}
	// colly lets the environment override the program (COLLY_IGNORE_ROBOTSTXT).
	for _, set := range os.Environ() {
		if name, _, _ := strings.Cut(set, "="); strings.HasPrefix(name, "COLLY_") {
			return fmt.Errorf("the environment sets %s, which would change how sites are visited; unset it", name)
		}
	}
	c.fill()
	return nil
}

// fill replaces the fields left empty, and makes what sources share.
func (c *Crawler) fill() {
	c.once.Do(func() {
		if c.Now == nil {
			c.Now = time.Now
		}
		if c.Sleep == nil {
			c.Sleep = sleep
		}
		if c.Jitter == nil {
			c.Jitter = rand.Float64
		}
		if c.Logger == nil {
			c.Logger = slog.New(slog.DiscardHandler)
		}
		c.pace = newPacer(c)
		c.rules = newGate(c)
		c.open, c.local = newTransport(false), newTransport(true)
	})
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

func (c *Crawler) timeout() time.Duration {
	if c.Timeout > 0 {
		return c.Timeout
	}
	return defaultTimeout
}

func (c *Crawler) maxBody() int64 {
	if c.MaxBody > 0 {
		return c.MaxBody
	}
	return defaultMaxBody
}

func (c *Crawler) budget(s Source) int {
	switch {
	case s.Budget > 0:
		return s.Budget
	case c.Budget > 0:
		return c.Budget
	}
	return defaultBudget
}

func (c *Crawler) delay(s Source) time.Duration {
	if s.Delay != nil {
		return *s.Delay
	}
	return c.Delay
}

// Crawl collects a source: it lists its links, fetches what it has not or what may have
// changed, and hands each document to the sink. What goes wrong with an address is in the
// report; an error means that the run itself could not go on (the sink, the archive, ctx).
// A run that was killed goes on where it was.
func (c *Crawler) Crawl(ctx context.Context, s Source, sink Sink) (Report, error) {
	if err := s.Check(); err != nil {
		return Report{Source: s.Name}, err
	}
	if s.Form == FormFolder {
		return c.collectFolder(ctx, s, sink)
	}
	if err := c.prepare(); err != nil {
		return Report{Source: s.Name}, fmt.Errorf("crawl %s: %w", s.Name, err)
	}
	r, err := newRun(ctx, c, s, sink)
	if err != nil {
		return Report{Source: s.Name}, fmt.Errorf("crawl %s: %w", s.Name, err)
	}
	err = r.crawl(ctx)
	if err != nil {
		err = fmt.Errorf("crawl %s: %w", s.Name, err)
	}
	return r.report, err
}

// isLoopback says whether an address names this machine.
func isLoopback(u *url.URL) bool {
	host := strings.TrimSuffix(u.Hostname(), ".")
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || loopbackIP(host)
}

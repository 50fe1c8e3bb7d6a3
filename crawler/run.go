package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/gocolly/colly/v2"
)

// run is one collection of one source.
type run struct {
	c      *Crawler
	source Source
	scope  *scope
	finder linkFinder
	fetch  *fetcher
	sink   Sink // of a drop folder; a site hands over through the keeper
	keeper *keeper
	report Report
	health Health

	listings  []Task
	fresh     []Task // documents never seen
	again     []Task // documents to look at again, longest unseen first
	later     []Task // failed, and asked for again in this run
	starts    map[string]bool
	entries   map[string]bool // pages of the listing, the start pages among them
	sent      map[string]bool // pages that sent their visitors on
	manner    string          // how pages are looked through
	seen      map[string]bool
	waiting   map[string]bool // of those, left by an earlier run and named by no listing of this one yet
	tries     map[string]int
	pages     map[string]Page // of the tasks under way
	digests   map[string]bool // of the listings of this run
	barren    int             // listings in a row that brought nothing unseen
	announced []string        // days of the new documents
	shown     int             // documents that the start pages named
	entered   int             // start pages that were seen
	shut      *trouble        // why a start page was not
	closed    map[string]bool // sites that want nothing more for now
	notes     map[string]*trouble
	unread    int      // documents and listings left that were never had
	stopped   *trouble // why nothing more is asked in this run

	step Step
}

// stepSize is how many pages a step holds before it is kept: a kill loses no more than that
// much knowledge of what was fetched, and no document.
const stepSize = 50

func newRun(ctx context.Context, c *Crawler, s Source, sink Sink) (*run, error) {
	sc := newScope(s)
	f, err := newFetcher(ctx, c, s, sc)
	if err != nil {
		return nil, err
	}
	r := &run{
		c: c, source: s, scope: sc, finder: linkFinder{s, sc}, fetch: f,
		report: Report{Source: s.Name, Started: c.Now()},
		seen:   map[string]bool{}, tries: map[string]int{}, pages: map[string]Page{}, digests: map[string]bool{},
		closed: map[string]bool{}, notes: map[string]*trouble{}, starts: map[string]bool{}, entries: map[string]bool{}, sent: map[string]bool{},
		waiting: map[string]bool{},
		manner:  s.manner(),
	}
	if r.health, err = c.Archive.Health(ctx, s.Name); err != nil {
		return nil, fmt.Errorf("look up its health: %w", err)
	}
	for _, start := range s.Start {
		address, err := Canonical(start)
		if err != nil {
			return nil, err
		}
		r.starts[address] = true
		if s.Form == FormFiles && !r.seen[address] {
			r.report.Found++
		}
		if err := r.enqueue(ctx, Task{Link: Link{URL: address, Listing: s.Form != FormFiles}}, false); err != nil {
			return nil, err
		}
	}
	pending, err := c.Archive.Pending(ctx, s.Name)
	if err != nil {
		return nil, fmt.Errorf("look up what is left to do: %w", err)
	}
	for _, t := range pending {
		r.waiting[t.URL] = !r.seen[t.URL]
		if err := r.enqueue(ctx, t, false); err != nil {
			return nil, err
		}
	}
	r.keeper = newKeeper(ctx, sink, c.Logger)
	return r, nil
}

// enqueue plans a task unless its address was met in this run.
func (r *run) enqueue(ctx context.Context, t Task, keep bool) error {
	if r.seen[t.URL] {
		return nil
	}
	r.seen[t.URL] = true
	page, err := r.c.Archive.Page(ctx, t.URL)
	if err != nil {
		return fmt.Errorf("look up page %s: %w", t.URL, err)
	}
	page.URL = t.URL
	if t.Listing {
		r.entries[t.URL] = true
	}
	if _, fresh := page.listed(r.manner); !fresh && r.looker(t, new([]Link)) != nil {
		// What a corrected selector, or another source, would find is in no answer « unchanged ».
		page.ETag, page.LastModified = "", ""
	}
	r.pages[t.URL] = page
	switch {
	case t.Listing:
		r.listings = append(r.listings, t)
	case page.SHA256 == "":
		r.fresh = append(r.fresh, t)
	case r.stands(t, page):
		r.report.Unchanged++
		return nil
	default:
		r.again = append(r.again, t)
		return nil // found again by its listing: no need to keep it
	}
	if keep {
		r.step.Found = append(r.step.Found, t)
	}
	return nil
}

// plainTrust is how long the word of a sitemap that a page has not changed is believed: pages
// are edited in silence, so they are looked at all the same, only less often.
const plainTrust = 7 * 24 * time.Hour

// stands says that a sitemap dates the last change of a page before our last look at it,
// which is not long ago. A day's margin covers days without an hour, and their zones.
func (r *run) stands(t Task, page Page) bool {
	if len(t.Modified) < len(time.DateOnly) || page.Trouble != "" || page.Missing > 0 {
		return false
	}
	modified, err := time.Parse(time.DateOnly, t.Modified[:len(time.DateOnly)])
	if err != nil {
		return false
	}
	return page.Checked.Sub(modified) > 48*time.Hour && r.c.Now().Sub(page.Checked) < plainTrust
}

// crawl does the run: listings, then what is new, then what may have changed.
func (r *run) crawl(ctx context.Context) error {
	sorted := false
	for r.stopped == nil {
		task, ok := r.take()
		if !ok && !sorted {
			if err := r.remember(ctx); err != nil {
				return r.end(ctx, err)
			}
			r.order()
			sorted = true
			continue
		}
		if !ok {
			if len(r.again) > 0 {
				task, r.again = r.again[0], r.again[1:]
			} else if task, ok = r.takeLater(); !ok {
				break
			}
		}
		err := r.takeReady()
		if err == nil {
			err = r.doSafely(ctx, task)
		}
		if err != nil {
			return r.end(ctx, err)
		}
		if len(r.step.Pages) >= stepSize {
			if err := r.flush(ctx); err != nil {
				return r.end(ctx, err)
			}
		}
	}
	return r.end(ctx, nil)
}

// order puts first what a sitemap says was changed since our last look, then the longest
// unseen: a short budget gets round to all of them.
func (r *run) order() {
	changed := map[string]bool{}
	for _, t := range r.again {
		checked := r.pages[t.URL].Checked.UTC().Format(time.DateOnly)
		changed[t.URL] = len(t.Modified) >= len(checked) && t.Modified[:len(checked)] >= checked
	}
	slices.SortStableFunc(r.again, func(a, b Task) int {
		if changed[a.URL] != changed[b.URL] {
			if changed[a.URL] {
				return -1
			}
			return 1
		}
		return r.pages[a.URL].Checked.Compare(r.pages[b.URL].Checked)
	})
}

// remember plans a look at the documents that no listing names any more: some of them were
// moved, edited or taken down in silence. Their place is last, and the budget bounds them.
func (r *run) remember(ctx context.Context) error {
	if r.source.Form == FormFiles {
		return nil
	}
	known, err := r.c.Archive.Known(ctx, r.source.Name)
	if err != nil {
		return fmt.Errorf("look up its documents: %w", err)
	}
	for _, address := range known {
		if err := r.enqueue(ctx, Task{Link: Link{URL: address}}, false); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) take() (Task, bool) {
	var t Task
	switch {
	case len(r.listings) > 0:
		t, r.listings = r.listings[0], r.listings[1:]
	case len(r.fresh) > 0:
		t, r.fresh = r.fresh[0], r.fresh[1:]
	default:
		return t, false
	}
	return t, true
}

// takeLater returns the failed task whose time comes first, when it comes soon enough.
func (r *run) takeLater() (Task, bool) {
	best := -1
	for i, t := range r.later {
		if t.NotBefore.Sub(r.c.Now()) <= mostPatience && (best < 0 || t.NotBefore.Before(r.later[best].NotBefore)) {
			best = i
		}
	}
	if best < 0 {
		return Task{}, false
	}
	t := r.later[best]
	r.later = slices.Delete(r.later, best, best+1)
	return t, true
}

// doSafely makes a panic cost one document, and neither the run nor the daemon.
func (r *run) doSafely(ctx context.Context, t Task) (err error) {
	defer func() {
		if p := recover(); p != nil {
			r.c.Logger.Error("panic over a document", "url", t.URL, "panic", p, "stack", string(debug.Stack()))
			err = r.fail(t, r.pages[t.URL], &trouble{kind: KindPanic, detail: fmt.Sprint(p)})
		}
	}()
	return r.do(ctx, t)
}

// do asks for one address and handles what comes.
func (r *run) do(ctx context.Context, t Task) error {
	if wait := t.NotBefore.Sub(r.c.Now()); wait > 0 {
		if wait > mostPatience {
			r.report.Pending++ // the archive keeps it
			return nil
		}
		if err := r.c.Sleep(ctx, wait); err != nil {
			return err
		}
	}
	page := r.pages[t.URL]
	if u, err := url.Parse(t.URL); err == nil && r.closed[siteOf(u)] {
		return r.leave(t)
	}
	var links []Link
	x, err := r.fetch.get(ctx, page, r.looker(t, &links))
	if err != nil {
		var known *trouble
		if known = asTrouble(err); known == nil {
			return err
		}
		return r.fail(t, page, known)
	}
	if x.notModified {
		return r.unchanged(ctx, t, page)
	}
	if x.status != http.StatusOK {
		return r.fail(t, page, statusTrouble(x.status, retryAfter(x.header.Get("Retry-After"), r.c.Now())))
	}
	if r.landsOnEntry(t, x) {
		why := statusTrouble(http.StatusNotFound, 0)
		why.status, why.detail = 0, "elle renvoie vers la liste ou l’accueil : "+x.final.String()
		return r.fail(t, page, why)
	}
	if to := refreshTarget(x); to != nil {
		return r.sendOn(ctx, t, page, x, to)
	}
	if err := checkContent(x.mediaType, x.body); err != nil {
		return r.fail(t, page, asTrouble(err))
	}
	return r.accept(ctx, t, page, x, links)
}

// landsOnEntry says that a document sends its visitors to the listing or to the start page of its
// site, as many sites do for what they took down: that page is no version of the document.
func (r *run) landsOnEntry(t Task, x *exchange) bool {
	final, err := Canonical(x.final.String())
	if err != nil || t.Listing || r.starts[t.URL] || final == t.URL {
		return false
	}
	asked, err := url.Parse(t.URL)
	if err != nil {
		return false
	}
	home := strings.Trim(x.final.Path, "/") == "" && x.final.RawQuery == "" && (strings.Trim(asked.Path, "/") != "" || asked.RawQuery != "")
	return home || r.entries[final]
}

// looker is what to look for in a page of the task; nil when its links do not matter.
func (r *run) looker(t Task, links *[]Link) func(*colly.HTMLElement) {
	switch {
	case t.Listing && (r.source.Form == FormListing || r.source.Form == FormVideo):
		return func(e *colly.HTMLElement) { *links = r.finder.listing(e) }
	case r.source.Form == FormVideo && !t.Captions:
		return func(e *colly.HTMLElement) {
			*links = r.finder.captions(e)
			if len(*links) == 0 && len(recordings(e)) > 0 {
				r.notes[t.URL] = &trouble{kind: KindNoCaptions}
			}
		}
	case !t.Listing && t.Depth < r.source.Follow && r.source.Form != FormFiles:
		return func(e *colly.HTMLElement) { *links = documentsOf(r.finder.listing(e)) }
	}
	return nil
}

// documentsOf leaves out the pages of a listing: a document has none.
func documentsOf(links []Link) []Link {
	return slices.DeleteFunc(links, func(l Link) bool { return l.Listing })
}

func (r *run) flush(ctx context.Context) error {
	if err := r.takeAll(); err != nil {
		return err
	}
	if len(r.step.Pages)+len(r.step.Found)+len(r.step.Done) == 0 {
		return nil
	}
	if err := r.c.Archive.Advance(ctx, r.source.Name, r.step); err != nil {
		return fmt.Errorf("keep a step: %w", err)
	}
	r.step = Step{}
	return nil
}

// end keeps what the run learned, whatever ended it.
func (r *run) end(ctx context.Context, cause error) error {
	ctx = context.WithoutCancel(ctx)
	cause = errors.Join(cause, r.takeAll())
	close(r.keeper.jobs)
	left := slices.Concat(r.listings, r.fresh, r.later)
	if r.stopped != nil {
		r.stopped.detail = fmt.Sprintf("%s ; il reste %d adresses", r.stopped.detail, r.report.Pending+len(left)+len(r.again))
		r.tell(r.stopped, r.source.Start[0], Page{})
	}
	r.report.Pending += len(left) + len(r.again)
	for _, t := range left {
		if r.pages[t.URL].SHA256 == "" {
			r.unread++
		}
		if !r.starts[t.URL] {
			r.step.Found = append(r.step.Found, t)
		}
	}
	r.report.Requests, r.report.Bytes, r.report.Ended = r.fetch.requests, r.fetch.bytes, r.c.Now()
	if err := r.flush(ctx); err != nil {
		return errors.Join(cause, err)
	}
	if cause != nil {
		return cause // a run that was cut short says nothing of the source
	}
	r.observe()
	if err := r.c.Archive.SaveHealth(ctx, r.health); err != nil {
		return fmt.Errorf("keep its health: %w", err)
	}
	return nil
}

package crawler

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/gocolly/colly/v2"

	"contredit/document"
)

// run is one collection of one source.
type run struct {
	c      *Crawler
	source Source
	scope  *scope
	finder linkFinder
	fetch  *fetcher
	sink   Sink
	report Report
	health Health

	listings []Task
	fresh    []Task // documents never seen
	again    []Task // documents to look at again, longest unseen first
	later    []Task // failed, and asked for again in this run
	seen     map[string]bool
	tries    map[string]int
	pages    map[string]Page // of the tasks under way
	digests  map[string]bool // of the listings of this run
	barren   int             // listings in a row that brought nothing unseen
	links    int             // documents that the listings showed
	stopped  *trouble        // why nothing more is asked in this run

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
		c: c, source: s, scope: sc, finder: linkFinder{s, sc}, fetch: f, sink: sink,
		report: Report{Source: s.Name, Started: c.Now()},
		seen:   map[string]bool{}, tries: map[string]int{}, pages: map[string]Page{}, digests: map[string]bool{},
	}
	if r.health, err = c.Archive.Health(ctx, s.Name); err != nil {
		return nil, fmt.Errorf("look up its health: %w", err)
	}
	for _, start := range s.Start {
		address, err := Canonical(start)
		if err != nil {
			return nil, err
		}
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
		if err := r.enqueue(ctx, t, false); err != nil {
			return nil, err
		}
	}
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
	r.pages[t.URL] = page
	switch {
	case t.Listing:
		r.listings = append(r.listings, t)
	case page.SHA256 == "":
		r.fresh = append(r.fresh, t)
	default:
		r.again = append(r.again, t)
		return nil // found again by its listing: no need to keep it
	}
	if keep {
		r.step.Found = append(r.step.Found, t)
	}
	return nil
}

// crawl does the run: listings, then what is new, then what may have changed.
func (r *run) crawl(ctx context.Context) error {
	sorted := false
	for r.stopped == nil {
		task, ok := r.take()
		if !ok && !sorted {
			// The longest unseen first: a short budget then gets round to all of them.
			slices.SortStableFunc(r.again, func(a, b Task) int {
				return r.pages[a.URL].Checked.Compare(r.pages[b.URL].Checked)
			})
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
		if err := r.do(ctx, task); err != nil {
			return r.end(context.WithoutCancel(ctx), err)
		}
		if len(r.step.Pages) >= stepSize {
			if err := r.flush(ctx); err != nil {
				return err
			}
		}
	}
	return r.end(ctx, nil)
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

// do asks for one address and handles what comes.
func (r *run) do(ctx context.Context, t Task) error {
	if wait := t.NotBefore.Sub(r.c.Now()); wait > 0 {
		if wait > mostPatience {
			r.report.Pending++
			return nil
		}
		if err := r.c.Sleep(ctx, wait); err != nil {
			return err
		}
	}
	page := r.pages[t.URL]
	var links []Link
	x, err := r.fetch.get(ctx, page, r.looker(t, &links))
	if err != nil {
		var known *trouble
		if known = asTrouble(err); known == nil {
			return err
		}
		return r.fail(ctx, t, page, known)
	}
	if x.notModified {
		return r.unchanged(ctx, t, page)
	}
	if x.status != http.StatusOK {
		return r.fail(ctx, t, page, statusTrouble(x.status, retryAfter(x.header.Get("Retry-After"), r.c.Now())))
	}
	if err := checkContent(x.mediaType, x.body); err != nil {
		return r.fail(ctx, t, page, asTrouble(err))
	}
	return r.accept(ctx, t, page, x, links)
}

// looker is what to look for in a page of the task; nil when its links do not matter.
func (r *run) looker(t Task, links *[]Link) func(*colly.HTMLElement) {
	switch {
	case t.Listing && (r.source.Form == FormListing || r.source.Form == FormVideo):
		return func(e *colly.HTMLElement) { *links = r.finder.listing(e) }
	case r.source.Form == FormVideo && !t.Captions:
		return func(e *colly.HTMLElement) { *links = r.finder.captions(e) }
	case !t.Listing && t.Depth < r.source.Follow && r.source.Form != FormFiles:
		return func(e *colly.HTMLElement) { *links = documentsOf(r.finder.listing(e)) }
	}
	return nil
}

// documentsOf leaves out the pages of a listing: a document has none.
func documentsOf(links []Link) []Link {
	return slices.DeleteFunc(links, func(l Link) bool { return l.Listing })
}

// accept keeps what came with status 200.
func (r *run) accept(ctx context.Context, t Task, page Page, x *exchange, links []Link) error {
	now := r.c.Now()
	digest := x.sha256()
	if t.Listing {
		var err error
		if links, err = r.readListing(x, links); err != nil && len(links) == 0 {
			return r.fail(ctx, t, page, asTrouble(err))
		}
		if r.digests[digest] {
			// The page after the last one shows the last one, or the first.
			links = nil
		}
		r.digests[digest] = true
	}
	if page.SHA256 != digest {
		page.Changed = now
	}
	page.SHA256, page.Checked, page.Listing, page.Links = digest, now, t.Listing, links
	page.ETag, page.LastModified, page.Final = x.header.Get("ETag"), x.header.Get("Last-Modified"), ""
	if final := x.final.String(); final != page.URL {
		page.Final = final
	}
	if !t.Listing {
		if err := r.keep(ctx, t, x, digest); err != nil {
			return err
		}
	}
	return r.settle(ctx, t, page, links)
}

// readListing returns the links of a listing of the source's form.
func (r *run) readListing(x *exchange, found []Link) ([]Link, error) {
	var links []Link
	var err error
	switch r.source.Form {
	case FormFeed:
		links, err = readFeed(x.body, x.final)
	case FormSitemap:
		links, err = readSitemap(x.body, x.final)
	default:
		return found, nil
	}
	return slices.DeleteFunc(links, func(l Link) bool {
		u, err := url.Parse(l.URL)
		return err != nil || (!l.Listing && !r.scope.wants(u)) || (l.Listing && !r.scope.sameSite(u))
	}), err
}

// keep hands a document to the sink.
func (r *run) keep(ctx context.Context, t Task, x *exchange, digest string) error {
	doc := document.Document{
		URL: t.URL, Source: r.source.Name, Title: t.Title, Date: t.Date, Role: r.source.Role, Body: r.source.Body,
		MediaType: x.mediaType, Visibility: r.source.Visibility, VideoURL: t.VideoURL,
	}
	snap := document.Snapshot{
		URL: t.URL, FinalURL: x.final.String(), MediaType: x.mediaType, Status: x.status, Header: x.header,
		SHA256: digest, Content: x.body, FetchedAt: x.at,
	}
	isNew, changed, err := r.sink(ctx, doc, r.source.Charset, snap)
	if err != nil {
		return fmt.Errorf("keep %s: %w", t.URL, err)
	}
	r.report.Fetched++
	switch {
	case isNew:
		r.report.New++
	case changed:
		r.report.Changed++
	default:
		r.report.Unchanged++
	}
	return nil
}

// unchanged is the answer 304.
func (r *run) unchanged(ctx context.Context, t Task, page Page) error {
	page.Checked = r.c.Now()
	if !t.Listing {
		r.report.Unchanged++
	}
	return r.settle(ctx, t, page, page.Links)
}

// settle ends a task that was answered, and plans what its links name.
func (r *run) settle(ctx context.Context, t Task, page Page, links []Link) error {
	if page.Trouble != "" {
		r.report.Mended = append(r.report.Mended, page.URL)
	}
	page.Trouble, page.TroubleSince, page.Missing, page.Gone = "", time.Time{}, 0, time.Time{}
	r.step.Pages = append(r.step.Pages, page)
	r.step.Done = append(r.step.Done, t.URL)
	delete(r.pages, t.URL)
	if t.Listing {
		r.report.Listings++
	}
	return r.plan(ctx, t, links)
}

// plan enters the links of a page.
func (r *run) plan(ctx context.Context, t Task, links []Link) error {
	brought := false
	for _, l := range links {
		if r.seen[l.URL] {
			continue
		}
		if !l.Listing {
			brought = true
			r.report.Found++
		}
		depth := t.Depth
		if !t.Listing {
			depth++
		}
		if err := r.enqueue(ctx, Task{Link: l, Depth: depth}, true); err != nil {
			return err
		}
	}
	if t.Listing {
		r.guard(t, brought)
	}
	return nil
}

// barrenListings is how many pages of a listing may bring nothing before the rest of them is
// taken for a trap, such as a calendar that goes on for ever.
const barrenListings = 5

func (r *run) guard(t Task, brought bool) {
	if brought || r.source.Form == FormSitemap {
		r.barren = 0
		return
	}
	if r.barren++; r.barren > barrenListings && len(r.listings) > 0 {
		tr := &trouble{kind: KindTrap, detail: fmt.Sprintf("%d pages sans rien de neuf", r.barren)}
		r.tell(tr, t.URL, Page{})
		for _, l := range r.listings {
			r.step.Done = append(r.step.Done, l.URL)
		}
		r.listings = nil
	}
}

// fail handles an address that could not be had.
func (r *run) fail(_ context.Context, t Task, page Page, why *trouble) error {
	now := r.c.Now()
	if why.kind == KindBudget {
		r.stopped = why
		r.report.Pending++
		return nil
	}
	if why.retry {
		t.Attempts++
		r.tries[t.URL]++
		wait := why.retryAfter
		if wait <= 0 {
			wait = r.c.backoff(t.Attempts)
		}
		t.NotBefore = now.Add(wait)
		if r.tries[t.URL] < 3 && wait <= mostPatience {
			r.later = append(r.later, t)
			return nil
		}
		r.report.Pending++
		if !r.isStart(t.URL) {
			r.step.Found = append(r.step.Found, t)
		}
	} else {
		r.step.Done = append(r.step.Done, t.URL)
	}
	if why.kind == KindMissing {
		page.Missing++
		if page.SHA256 != "" && !page.Listing {
			if page.Missing < confirmations {
				r.step.Pages = append(r.step.Pages, page)
				return nil
			}
			why.kind = KindGone
			if page.Gone.IsZero() {
				page.Gone = now
			}
		}
	}
	page = r.tell(why, t.URL, page)
	page.Checked = now
	r.step.Pages = append(r.step.Pages, page)
	return nil
}

// confirmations is how often a document must be missing before it is said to be gone.
const confirmations = 3

func (r *run) isStart(address string) bool {
	return slices.ContainsFunc(r.source.Start, func(s string) bool {
		canonical, err := Canonical(s)
		return err == nil && canonical == address
	})
}

// tell reports a problem: as a new one, or as one that stands since an earlier run.
func (r *run) tell(why *trouble, address string, page Page) Page {
	if page.Trouble == why.kind {
		r.report.Standing = append(r.report.Standing, why.problem(address, page.TroubleSince))
		return page
	}
	page.Trouble, page.TroubleSince = why.kind, r.c.Now()
	r.report.Problems = append(r.report.Problems, why.problem(address, page.TroubleSince))
	return page
}

func (r *run) flush(ctx context.Context) error {
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
	if r.stopped != nil {
		r.tell(r.stopped, r.source.Start[0], Page{})
	}
	r.report.Pending += len(r.listings) + len(r.fresh) + len(r.again) + len(r.later)
	for _, t := range r.later {
		r.step.Found = append(r.step.Found, t)
	}
	r.report.Requests, r.report.Bytes, r.report.Ended = r.fetch.requests, r.fetch.bytes, r.c.Now()
	r.report.First = r.health.LastSuccess.IsZero() && r.report.New > 0
	if err := r.flush(ctx); err != nil {
		return joinErrors(cause, err)
	}
	r.health.Source, r.health.LastRun = r.source.Name, r.report.Ended
	r.health.Runs++
	if r.report.Listings > 0 || r.report.Fetched > 0 || r.report.Unchanged > 0 {
		r.health.LastSuccess = r.report.Ended
	}
	if err := r.c.Archive.SaveHealth(ctx, r.health); err != nil {
		return joinErrors(cause, fmt.Errorf("keep its health: %w", err))
	}
	return cause
}

package crawler

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"contredit/document"
)

// accept keeps what came with status 200.
func (r *run) accept(ctx context.Context, t Task, page Page, x *exchange, links []Link) error {
	now := r.c.Now()
	digest := x.sha256()
	if t.Listing {
		var err error
		if links, err = r.readListing(x, links); err != nil {
			if len(links) == 0 {
				return r.fail(t, page, asTrouble(err))
			}
			r.notes[t.URL] = asTrouble(err)
		}
		if r.digests[digest] {
			// The page after the last one shows the last one again, or the first.
			links = nil
		}
		r.digests[digest] = true
		if before, _ := page.listed(r.manner); r.starts[t.URL] && len(links) == 0 && len(before) > 0 {
			return r.emptied(ctx, t, page, before)
		}
	}
	page.note(x, digest, now)
	page.Listing = t.Listing
	page.list(r.manner, links)
	if !t.Listing {
		if err := r.keep(t, x, digest); err != nil {
			return err
		}
	}
	return r.settle(ctx, t, page, links)
}

// note keeps the validators of what came with status 200.
func (page *Page) note(x *exchange, digest string, now time.Time) {
	if page.SHA256 != digest {
		page.Changed = now
	}
	page.SHA256, page.Checked, page.Final = digest, now, ""
	page.ETag, page.LastModified = x.header.Get("ETag"), settledDate(x)
	if final := x.final.String(); final != page.URL {
		page.Final = final
	}
}

// sendOn plans the address that a page sends its visitors to at once, in its place: such a
// page is no document, and no listing.
func (r *run) sendOn(ctx context.Context, t Task, page Page, x *exchange, to *url.URL) error {
	if siteOf(to) != siteOf(x.final) && !r.scope.sameSite(to) && !r.scope.wantsElsewhere(to) {
		return r.fail(t, page, &trouble{kind: KindOffSite, detail: to.Scheme + "://" + to.Host})
	}
	r.sent[t.URL] = true
	if t.Hops >= mostHops || r.sent[to.String()] {
		return r.fail(t, page, &trouble{kind: KindLoop, detail: fmt.Sprintf("%d renvois", t.Hops+1)})
	}
	next := t.Link
	next.URL, next.Instead = to.String(), true
	page.note(x, x.sha256(), r.c.Now())
	page.Listing = true
	page.list(r.manner, []Link{next})
	return r.settle(ctx, t, page, []Link{next})
}

// settledDate is the Last-Modified of an answer, or "" when it is so young that the page may
// change again within the same second, unseen by the next conditional request (RFC 9110, 8.8.2.2).
func settledDate(x *exchange) string {
	value := x.header.Get("Last-Modified")
	modified, err := http.ParseTime(value)
	if err != nil {
		return value
	}
	answered, err := http.ParseTime(x.header.Get("Date"))
	if err != nil {
		answered = x.at
	}
	if answered.Sub(modified) < time.Minute {
		return ""
	}
	return value
}

// emptied is a listing that showed links before and shows none: its page is asked for whole
// the next time, and what it showed last goes on being looked at.
func (r *run) emptied(ctx context.Context, t Task, page Page, links []Link) error {
	page.ETag, page.LastModified, page.Checked = "", "", r.c.Now()
	shown := r.shown
	if err := r.settle(ctx, t, page, links); err != nil {
		return err
	}
	r.shown = shown
	return nil
}

// readListing returns the links of a listing of the source's form.
func (r *run) readListing(x *exchange, found []Link) ([]Link, error) {
	var links []Link
	var err error
	switch {
	case r.source.Form == FormFeed, r.source.Form == FormVideo && !looksHTML(x.mediaType, x.body):
		links, err = readFeed(x.body, x.mediaType, x.final)
	case r.source.Form == FormSitemap:
		links, err = readSitemap(x.body, x.final)
	default:
		return found, nil
	}
	return slices.DeleteFunc(links, func(l Link) bool {
		u, err := url.Parse(l.URL)
		return err != nil || (!l.Listing && !r.scope.wants(u)) || (l.Listing && !r.scope.sameSite(u))
	}), err
}

// keep hands a document to the keeper.
func (r *run) keep(t Task, x *exchange, digest string) error {
	doc := document.Document{
		URL: t.URL, Source: r.source.Name, Title: t.Title, Date: t.Date, Role: r.source.Role, Body: r.source.Body,
		MediaType: x.mediaType, Visibility: r.source.Visibility, VideoURL: t.VideoURL,
	}
	return r.give(keepJob{t, doc, r.source.Charset, document.Snapshot{
		URL: t.URL, FinalURL: x.final.String(), MediaType: x.mediaType, Status: x.status, Header: x.header,
		SHA256: digest, Content: x.body, FetchedAt: x.at,
	}})
}

func (r *Report) count(isNew, changed bool) {
	r.Fetched++
	switch {
	case isNew:
		r.New++
	case changed:
		r.Changed++
	default:
		r.Unchanged++
	}
}

// unchanged is the answer 304.
func (r *run) unchanged(ctx context.Context, t Task, page Page) error {
	page.Checked = r.c.Now()
	if !t.Listing && !page.sendsOn(r.manner) {
		r.report.Unchanged++
		if page.Trouble == KindNoCaptions {
			r.notes[t.URL] = &trouble{kind: KindNoCaptions}
		}
	}
	links, _ := page.listed(r.manner)
	return r.settle(ctx, t, page, links)
}

// settle ends a task that was answered, and plans what its links name.
func (r *run) settle(ctx context.Context, t Task, page Page, links []Link) error {
	if err := r.plan(ctx, t, links); err != nil {
		return err
	}
	if note := r.notes[t.URL]; note != nil {
		page = r.tell(note, t.URL, page)
	} else if page.Trouble != "" {
		r.report.Mended = append(r.report.Mended, page.URL)
		page.Trouble, page.TroubleSince = "", time.Time{}
	}
	page.Missing, page.Missed, page.Gone = 0, time.Time{}, time.Time{}
	r.step.Pages = append(r.step.Pages, page)
	r.step.Done = append(r.step.Done, t.URL)
	delete(r.pages, t.URL)
	if r.starts[t.URL] && !page.sendsOn(r.manner) {
		r.entered++
	}
	if t.Listing {
		r.report.Listings++
	}
	return nil
}

// plan enters the links of a page.
func (r *run) plan(ctx context.Context, t Task, links []Link) error {
	brought := false
	for _, l := range links {
		if !l.Listing && !l.Instead && r.starts[t.URL] {
			r.shown++
		}
		if r.waiting[l.URL] {
			delete(r.waiting, l.URL) // the next page that names it brings nothing
			brought = true
			if !l.Listing && !l.Instead {
				r.report.Found++
			}
		}
		if r.seen[l.URL] {
			continue
		}
		depth := t.Depth
		switch {
		case l.Instead: // the same document, or the same listing
			brought = true
			r.starts[l.URL] = r.starts[l.URL] || r.starts[t.URL]
		case !l.Listing:
			brought = true
			r.report.Found++
		}
		if !t.Listing && !l.Instead {
			depth++
		}
		hops := 0
		if l.Instead {
			hops = t.Hops + 1
		}
		if err := r.enqueue(ctx, Task{Link: l, Depth: depth, Hops: hops}, true); err != nil {
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
	if brought || r.source.Form == FormSitemap || r.starts[t.URL] {
		r.barren = 0
		return
	}
	if r.barren++; r.barren < barrenListings || len(r.listings) == 0 {
		return
	}
	r.notes[t.URL] = &trouble{kind: KindTrap, detail: fmt.Sprintf("%d pages de suite sans rien de neuf", r.barren)}
	for _, l := range r.listings {
		r.step.Done = append(r.step.Done, l.URL)
	}
	r.listings = nil
}

// fail handles an address that could not be had.
func (r *run) fail(t Task, page Page, why *trouble) error {
	now := r.c.Now()
	if r.starts[t.URL] {
		r.shut = why
	}
	switch {
	case why.kind == KindBudget:
		r.stopped = why
		return r.leave(t)
	case why.host:
		if u, err := url.Parse(t.URL); err == nil {
			r.closed[siteOf(u)] = true
		}
		if !r.hasTold(t.URL) {
			r.retell(why, t.URL, page, now)
		}
		return r.leave(t)
	case why.retry:
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
		if err := r.leave(t); err != nil {
			return err
		}
	default:
		r.step.Done = append(r.step.Done, t.URL)
	}
	if why.kind == KindMissing {
		if page.Missing == 0 || now.Sub(page.Missed) >= missesApart {
			page.Missing, page.Missed = page.Missing+1, now
		}
		if page.SHA256 != "" && !page.Listing {
			if page.Missing < confirmations {
				page.Checked = now
				r.step.Pages = append(r.step.Pages, page)
				return nil
			}
			why.kind = KindGone
			if page.Gone.IsZero() {
				page.Gone = now
			}
		}
	}
	r.retell(why, t.URL, page, now)
	return nil
}

// hasTold says whether this run told of a site already that it is busy or down: that all of
// its other addresses are, too, is no news.
func (r *run) hasTold(address string) bool {
	u, err := url.Parse(address)
	return err == nil && slices.ContainsFunc(slices.Concat(r.report.Problems, r.report.Standing), func(p Problem) bool {
		other, err := url.Parse(p.URL)
		return err == nil && siteOf(other) == siteOf(u) && (p.Kind == KindBusy || p.Kind == KindRobotsDown)
	})
}

// confirmations is how often a document must be missing before it is said to be gone.
const confirmations = 3

// missesApart is the least time between two that count: a site that is being moved answers 404 for
// some minutes, and a source may run every hour.
const missesApart = 6 * time.Hour

// leave lets a task wait for the next run. Start pages are asked in every run anyway.
func (r *run) leave(t Task) error {
	r.report.Pending++
	if r.pages[t.URL].SHA256 != "" {
		return nil // its listing names it again
	}
	r.unread++
	if !r.starts[t.URL] {
		r.step.Found = append(r.step.Found, t)
	}
	return nil
}

// retell reports a problem of an address and notes that it was told.
func (r *run) retell(why *trouble, address string, page Page, now time.Time) {
	page = r.tell(why, address, page)
	page.Checked = now
	r.step.Pages = append(r.step.Pages, page)
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

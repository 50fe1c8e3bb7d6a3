package crawler

import (
	"context"
	"time"
)

// Archive is what must survive a run. A fresh one knows nothing: its methods then return
// zero values and no error.
type Archive interface {
	// Page returns what is known of an address.
	Page(ctx context.Context, address string) (Page, error)
	// Pending returns the tasks of a source that were found and not done, oldest first.
	Pending(ctx context.Context, source string) ([]Task, error)
	// Known returns the documents of a source that were fetched and are not known to be gone,
	// in an order that does not change.
	Known(ctx context.Context, source string) ([]string, error)
	// Advance keeps a step of a run, all of it or nothing.
	Advance(ctx context.Context, source string, step Step) error
	// Robots returns the robots.txt last fetched from an origin, « https://host:port ».
	Robots(ctx context.Context, origin string) (Robots, error)
	SaveRobots(ctx context.Context, r Robots) error
	// Host returns how a host wants to be treated.
	Host(ctx context.Context, host string) (Host, error)
	SaveHost(ctx context.Context, h Host) error
	// Health returns how a source has been.
	Health(ctx context.Context, source string) (Health, error)
	SaveHealth(ctx context.Context, h Health) error
}

// Page is what is known of an address from the last exchanges with it.
type Page struct {
	URL          string // canonical
	ETag         string
	LastModified string
	Final        string   // address that gave the validators, when a redirect led to it
	SHA256       string   // of the last content kept; "" when there was none
	Listed       []Listed // what it listed, to be used again when it has not changed
	Listing      bool     // its links matter, not its text
	Checked      time.Time
	Changed      time.Time // when its content last became another
	Missing      int       // times in a row that it was answered 404 or 410, some hours apart
	Missed       time.Time // when that was counted last
	Gone         time.Time // when that was believed; zero while it is there
	Trouble      Kind      // last problem that was told; "" when there is none
	TroubleSince time.Time
}

// Link is an address that a listing, feed or sitemap names.
type Link struct {
	URL      string
	Title    string `json:",omitempty"` // as announced
	Date     string `json:",omitempty"` // ISO day announced; "" when none
	Listing  bool   `json:",omitempty"` // another page of the listing
	Captions bool   `json:",omitempty"` // of the video of the page
	VideoURL string `json:",omitempty"`
	Modified string `json:",omitempty"` // of a sitemap; RFC 3339 or day
	Instead  bool   `json:",omitempty"` // where the page sends its visitors at once
}

// Listed is what a page listed to those who look for it in one manner: several sources may look
// at one page, each for its own documents, and an operator may correct what a source looks for.
type Listed struct {
	Manner string // see Source.manner
	SHA256 string // of the content in which they were seen
	Links  []Link
}

// mostManners is how many manners of looking at one page are kept, the latest first.
const mostManners = 12

// listed is what the page listed last to a manner; false when the content that is kept was not
// looked at in that manner.
func (page Page) listed(manner string) (links []Link, fresh bool) {
	for _, l := range page.Listed {
		if l.Manner == manner {
			return l.Links, l.SHA256 == page.SHA256
		}
	}
	return nil, false
}

// list keeps what the content of the page listed to a manner.
func (page *Page) list(manner string, links []Link) {
	all := []Listed{{manner, page.SHA256, links}}
	for _, l := range page.Listed {
		if l.Manner != manner && len(all) < mostManners {
			all = append(all, l)
		}
	}
	page.Listed = all
}

// sendsOn says that the page is a signpost: it names one address to go to instead.
func (page Page) sendsOn(manner string) bool {
	links, _ := page.listed(manner)
	return len(links) == 1 && links[0].Instead
}

// Task is an address to ask.
type Task struct {
	Link
	Depth     int // links away from the listing
	Hops      int `json:",omitempty"` // pages that sent on to it, one to the next
	Attempts  int // failures so far
	NotBefore time.Time
}

// Step is what a run did since the last one was kept.
type Step struct {
	Pages []Page
	Found []Task   // to do; replaces the task with the same address
	Done  []string // addresses that need no more asking in this run
}

// Robots is a robots.txt as it was answered.
type Robots struct {
	Origin  string
	Status  int // 0 when nothing answered
	Text    string
	Fetched time.Time
}

// Host is how a host wants to be treated, shared by all sources on it.
type Host struct {
	Name     string
	NotUntil time.Time // no request before: Retry-After, backoff
	Failures int       // in a row
}

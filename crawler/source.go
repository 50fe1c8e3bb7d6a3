package crawler

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"regexp"
	"time"

	"github.com/andybalholm/cascadia"

	"contredit/document"
)

// Form says how a source shows what it publishes.
type Form string

// The forms of a source.
const (
	FormListing Form = "listing" // pages of links, maybe many
	FormFeed    Form = "feed"    // RSS or Atom
	FormSitemap Form = "sitemap" // a sitemap or an index of them, maybe compressed
	FormFiles   Form = "files"   // the addresses themselves
	FormFolder  Form = "folder"  // a drop folder on this machine
	FormVideo   Form = "video"   // pages of session videos, with captions beside them
)

// Source is a place that publishes, as the operator describes it.
type Source struct {
	Name       string
	Role       document.Role
	Body       string // institution that publishes there
	Form       Form
	Start      []string       // addresses, or folders for FormFolder
	Link       string         // CSS selector of the links to documents; "" takes those of the main content
	Include    []string       // regular expressions, one of which an address must match; none for all
	Exclude    []string       // regular expressions that no address may match
	Next       string         // CSS selector of the link to the next page; "" finds it
	Follow     int            // links deep below the listing; 0 for the form's own
	Expect     int            // a listing with fewer links is an alarm; 0 to learn it
	Delay      *time.Duration // between two requests; nil for the crawler's
	Budget     int            // requests a run; 0 for the crawler's
	Visibility document.Visibility
	Charset    string // of its pages, when they lie about it; "" to detect
	Quiet      []time.Month
}

// manner is a digest of all that decides which links are found in a page.
func (s Source) manner() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %q %q %q %d %q", s.Form, s.Link, s.Include, s.Exclude, s.Next, s.Follow, s.Charset))
	return hex.EncodeToString(sum[:8])
}

// Check says what makes the source impossible to collect.
func (s Source) Check() error {
	switch s.Form {
	case FormListing, FormFeed, FormSitemap, FormFiles, FormFolder, FormVideo:
	default:
		return fmt.Errorf("source %s: form %q is unknown", s.Name, s.Form)
	}
	if len(s.Start) == 0 {
		return fmt.Errorf("source %s: no address to start at", s.Name)
	}
	for _, pattern := range append(append([]string(nil), s.Include...), s.Exclude...) {
		if _, err := regexp.Compile(pattern); err != nil {
			return fmt.Errorf("source %s: pattern %q: %w", s.Name, pattern, err)
		}
	}
	for _, selector := range []string{s.Link, s.Next} {
		if _, err := cascadia.ParseGroup(selector); selector != "" && err != nil {
			return fmt.Errorf("source %s: selector %q: %w", s.Name, selector, err)
		}
	}
	if s.Form == FormFolder {
		return nil
	}
	for _, start := range s.Start {
		u, err := url.Parse(start)
		if err != nil {
			return fmt.Errorf("source %s: start: %w", s.Name, err)
		}
		if (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
			return fmt.Errorf("source %s: start %q is no web address", s.Name, start)
		}
	}
	return nil
}

// scope decides which addresses belong to a source.
type scope struct {
	sites            map[string]bool // of the start addresses
	include, exclude []*regexp.Regexp
	anywhere         bool // a feed may name other hosts
	local            bool // the source itself is on this machine
}

func newScope(s Source) *scope {
	sc := &scope{sites: map[string]bool{}, anywhere: s.Form == FormFeed}
	for _, start := range s.Start {
		if u, err := url.Parse(start); err == nil {
			sc.sites[siteOf(u)] = true
			sc.local = sc.local || isLoopback(u)
		}
	}
	for _, p := range s.Include {
		sc.include = append(sc.include, regexp.MustCompile(p))
	}
	for _, p := range s.Exclude {
		sc.exclude = append(sc.exclude, regexp.MustCompile(p))
	}
	return sc
}

// sameSite says whether the address stands on a site of the source.
func (sc *scope) sameSite(u *url.URL) bool { return sc.sites[siteOf(u)] }

// wants says whether the address of a document passes the patterns. An address on another
// site needs a pattern that names it, so that a listing's outside links are not followed.
func (sc *scope) wants(u *url.URL) bool {
	address := u.String()
	for _, p := range sc.exclude {
		if p.MatchString(address) {
			return false
		}
	}
	if len(sc.include) == 0 {
		return sc.anywhere || sc.sameSite(u)
	}
	for _, p := range sc.include {
		if !p.MatchString(address) {
			continue
		}
		// « \.pdf$ » is about the path; only a pattern that matches up to the host lets it out.
		if sc.anywhere || sc.sameSite(u) || p.FindStringIndex(address)[0] < len(u.Scheme)+3+len(u.Host) {
			return true
		}
	}
	return false
}

// wantsElsewhere says whether a pattern of the source names an address on another site.
func (sc *scope) wantsElsewhere(u *url.URL) bool {
	return (sc.anywhere || len(sc.include) > 0) && sc.wants(u)
}

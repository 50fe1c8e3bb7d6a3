package crawler

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gocolly/colly/v2"
	"golang.org/x/net/publicsuffix"
)

// mostHops is how many redirects are followed.
const mostHops = 8

// exchange is one address asked, redirects included, and what came of it.
type exchange struct {
	page     Page // what was known before
	wantPage bool // the HTML is looked at

	final       *url.URL
	status      int
	header      http.Header
	mediaType   string // as served
	body        []byte // after decompression, else as served
	notModified bool
	at          time.Time
}

func (x *exchange) sha256() string {
	sum := sha256.Sum256(x.body)
	return hex.EncodeToString(sum[:])
}

// fetcher asks for the addresses of one run: colly asks, reads pages and calls back, the
// fetcher is the transport under it that keeps every guarantee.
type fetcher struct {
	c         *Crawler
	scope     *scope
	base      http.RoundTripper
	delay     time.Duration
	budget    int
	requests  int
	bytes     int64
	gaps      time.Duration // that may still be sat out
	charset   string
	now       *exchange
	onPage    func(e *colly.HTMLElement)
	unread    error // why colly could not read the page
	collector *colly.Collector
}

func newFetcher(ctx context.Context, c *Crawler, s Source, sc *scope) (*fetcher, error) {
	f := &fetcher{c: c, scope: sc, base: c.open, delay: c.delay(s), budget: c.budget(s), charset: s.Charset, gaps: mostGaps}
	if sc.local && c.AllowLoopback {
		f.base = c.local
	}
	jar, err := cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List})
	if err != nil {
		return nil, fmt.Errorf("make a cookie jar: %w", err)
	}
	// A fresh collector a run and source: a clone shares its parent's client, cookies and callbacks.
	f.collector = colly.NewCollector()
	f.collector.SetClient(&http.Client{Transport: f, Jar: jar})
	f.collector.SetRedirectHandler(f.redirect)
	f.collector.UserAgent = c.UserAgent()
	f.collector.MaxBodySize = 0               // colly cuts in silence; the transport refuses instead
	f.collector.AllowURLRevisit = true        // the frontier is in the archive
	f.collector.IgnoreRobotsTxt = true        // the transport's gate is stricter, and sees redirects
	f.collector.ParseHTTPErrorResponse = true // 304 is no error
	f.collector.Context = ctx
	f.collector.OnError(func(_ *colly.Response, err error) { f.unread = err }) // Request forgets that a page could not be parsed
	f.collector.OnHTML("html", func(e *colly.HTMLElement) {
		if f.onPage != nil {
			f.onPage(e)
		}
	})
	return f, nil
}

// get asks for an address, conditionally when it was asked before. look sees the page when
// it is HTML and look is not nil.
func (f *fetcher) get(ctx context.Context, page Page, look func(e *colly.HTMLElement)) (x *exchange, err error) {
	x = &exchange{page: page, wantPage: look != nil}
	f.now, f.onPage, f.unread = x, look, nil
	defer func() {
		f.now, f.onPage = nil, nil
		// One document's panic is that document's trouble.
		if r := recover(); r != nil {
			x, err = nil, &trouble{kind: KindPanic, detail: fmt.Sprint(r)}
		}
	}()
	f.collector.Context = ctx
	if err := f.collector.Request(http.MethodGet, page.URL, nil, nil, nil); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if isFatal(err) {
			return nil, err
		}
		return nil, diagnose(err)
	}
	if f.unread != nil {
		return nil, &trouble{kind: KindFormat, detail: "page trop mal formée", cause: f.unread}
	}
	return x, nil
}

// fatal marks an error that ends the run: the archive could not be read or written.
type fatal struct{ error }

func (f fatal) Unwrap() error { return f.error }

func isFatal(err error) bool {
	var f fatal
	return errors.As(err, &f)
}

// introduce says who asks, and for what.
func (f *fetcher) introduce(r *http.Request) {
	r.Header.Set("User-Agent", f.c.UserAgent())
	if from := f.c.from(); from != "" {
		r.Header.Set("From", from)
	}
	r.Header.Set("Accept", "text/html, application/xhtml+xml, application/pdf, application/xml;q=0.9, */*;q=0.5")
	r.Header.Set("Accept-Language", "fr, *;q=0.3")
}

// spend takes a request from the run's budget.
func (f *fetcher) spend() error {
	if f.requests >= f.budget {
		return &trouble{kind: KindBudget, detail: strconv.Itoa(f.budget)}
	}
	f.requests++
	return nil
}

// redirect decides on the next hop. robots.txt and the address are checked by RoundTrip.
func (f *fetcher) redirect(r *http.Request, via []*http.Request) error {
	times := 0
	for _, v := range via {
		if v.URL.String() == r.URL.String() {
			times++
		}
	}
	// Once is a site that sets a cookie first.
	if times > 1 || len(via) > mostHops {
		return &trouble{kind: KindLoop, detail: fmt.Sprintf("%d renvois", len(via))}
	}
	if r.URL.Scheme != "http" && r.URL.Scheme != "https" {
		return &trouble{kind: KindAddress, detail: r.URL.Scheme + ":"}
	}
	if ip := r.URL.Hostname(); isIP(ip) {
		// What to do about a private address is not to add it to « include ».
		if err := checkAddress(net.JoinHostPort(ip, "80"), f.scope.local && f.c.AllowLoopback); err != nil {
			return err
		}
	}
	first := via[0].URL
	if siteOf(r.URL) != siteOf(first) && !f.scope.sameSite(r.URL) && !f.scope.wantsElsewhere(r.URL) {
		return &trouble{kind: KindOffSite, detail: r.URL.Scheme + "://" + r.URL.Host}
	}
	r.Header.Del("Authorization")
	r.Header.Del("Referer")
	return nil
}

// RoundTrip is the transport under colly: every hop passes robots.txt and waits its turn, and
// its body comes whole or not at all.
func (f *fetcher) RoundTrip(r *http.Request) (response *http.Response, err error) {
	ctx := r.Context()
	asked, err := f.c.rules.ask(ctx, f, r.URL)
	if err != nil {
		return nil, err
	}
	l, err := f.c.pace.wait(ctx, r.URL, &f.gaps)
	if err != nil {
		return nil, err
	}
	defer func() {
		if e := f.c.pace.done(ctx, l, max(f.delay, asked)); e != nil && err == nil {
			response, err = nil, e
		}
	}()
	if err := f.spend(); err != nil {
		return nil, err
	}
	// The waiting is over: only the exchange counts against the time-out.
	bounded, cancel := context.WithTimeout(ctx, f.c.timeout())
	defer cancel()
	r = r.Clone(bounded)
	f.introduce(r)
	f.makeConditional(r)
	return f.exchange(ctx, l, r)
}

// exchange sends one request and takes the whole answer.
func (f *fetcher) exchange(ctx context.Context, l *lane, r *http.Request) (*http.Response, error) {
	response, err := f.base.RoundTrip(r)
	if err != nil {
		t := diagnose(err)
		if t.retry {
			if err := f.c.pace.punish(ctx, l, 0); err != nil {
				return nil, err
			}
		}
		return nil, t
	}
	defer response.Body.Close()
	x := f.now
	x.final, x.status, x.header, x.at = r.URL, response.StatusCode, response.Header, f.c.Now()
	x.mediaType, x.notModified = response.Header.Get("Content-Type"), response.StatusCode == http.StatusNotModified
	if err := f.treat(ctx, l, response); err != nil {
		return nil, err
	}
	return f.answer(r, response)
}

// makeConditional asks for a body only if it is another than the one that is kept. The
// validators belong to the address that gave them, which may be the end of a redirect.
func (f *fetcher) makeConditional(r *http.Request) {
	r.Header.Del("If-None-Match")
	r.Header.Del("If-Modified-Since")
	page := f.now.page
	from := page.Final
	if from == "" {
		from = page.URL
	}
	if page.SHA256 == "" || from != r.URL.String() {
		return
	}
	if page.ETag != "" {
		r.Header.Set("If-None-Match", page.ETag)
	}
	if page.LastModified != "" {
		r.Header.Set("If-Modified-Since", page.LastModified)
	}
}

// treat draws from the answer how the site wants to be treated.
func (f *fetcher) treat(ctx context.Context, l *lane, response *http.Response) error {
	if busy(response) {
		return f.c.pace.punish(ctx, l, retryAfter(response.Header.Get("Retry-After"), f.c.Now()))
	}
	return f.c.pace.forgive(ctx, l)
}

// busy says that a site asks for less, or cannot do more.
func busy(response *http.Response) bool {
	return response.StatusCode == http.StatusTooManyRequests || response.StatusCode >= 500
}

// answer reads the body whole, and hands colly what it should look at: a page in UTF-8, or
// nothing.
func (f *fetcher) answer(r *http.Request, response *http.Response) (*http.Response, error) {
	x := f.now
	out := &http.Response{
		Status: response.Status, StatusCode: response.StatusCode, Proto: response.Proto, ProtoMajor: response.ProtoMajor,
		ProtoMinor: response.ProtoMinor, Header: response.Header.Clone(), Request: r, Body: http.NoBody, Uncompressed: true,
	}
	out.Header.Set("Content-Type", "application/octet-stream")
	out.Header.Del("Content-Encoding")
	if response.StatusCode != http.StatusOK {
		return out, nil
	}
	if err := checkMediaType(x.mediaType); err != nil {
		return nil, err
	}
	body, err := f.read(response)
	if err != nil {
		return nil, err
	}
	x.body = body
	if x.wantPage && looksHTML(x.mediaType, body) {
		text, err := decodePage(x.mediaType, f.charset, body)
		if err != nil {
			return nil, &trouble{kind: KindBroken, detail: "jeu de caractères", cause: err}
		}
		out.Header.Set("Content-Type", "text/html; charset=utf-8")
		out.Body, out.ContentLength = io.NopCloser(bytes.NewReader(text)), int64(len(text))
	}
	return out, nil
}

// read returns the whole body or an error: what is cut is no evidence.
func (f *fetcher) read(response *http.Response) ([]byte, error) {
	if encoding := response.Header.Get("Content-Encoding"); encoding != "" && !response.Uncompressed && !strings.EqualFold(encoding, "identity") {
		return nil, &trouble{kind: KindBroken, detail: "codage « " + encoding + " » qui n’a pas été demandé"}
	}
	most := f.c.maxBody()
	if response.ContentLength > most {
		return nil, tooBig(response.ContentLength, most)
	}
	// One byte more than allowed tells a body at the limit from one over it.
	body, err := readAll(io.LimitReader(response.Body, most+1), response.ContentLength)
	f.bytes += int64(len(body))
	if err != nil {
		t := diagnose(err)
		if errors.Is(err, io.ErrUnexpectedEOF) {
			t.detail = fmt.Sprintf("%d octets reçus, la suite manque", len(body))
		}
		return nil, t
	}
	if int64(len(body)) > most {
		return nil, tooBig(0, most)
	}
	return body, nil
}

func readAll(r io.Reader, announced int64) ([]byte, error) {
	var b bytes.Buffer
	if announced > 0 {
		b.Grow(int(min(announced, 1<<20)) + bytes.MinRead)
	}
	_, err := b.ReadFrom(r)
	return b.Bytes(), err
}

func tooBig(size, most int64) *trouble {
	detail := "plus de " + megabytes(most)
	if size > 0 {
		detail = megabytes(size) + " ; " + megabytes(most) + " au plus"
	}
	return &trouble{kind: KindTooBig, detail: detail}
}

func megabytes(n int64) string {
	return strings.Replace(fmt.Sprintf("%.1f Mo", float64(n)/(1<<20)), ".", ",", 1)
}

// retryAfter reads the header's two forms, seconds and a date (RFC 9110, 10.2.3); 0 when none.
func retryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	if seconds, err := strconv.ParseInt(value, 10, 32); err == nil {
		return time.Duration(max(seconds, 0)) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(at.Sub(now), 0)
	}
	return 0
}

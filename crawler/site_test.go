package crawler_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"contredit/crawler"
	"contredit/document"
)

// site is a council's site that a test writes: pages by path and query, answers of its own
// making where a test needs them, and a record of who asked what when.
type site struct {
	mutex   sync.Mutex
	clock   *clock
	pages   map[string]string
	answers map[string]http.HandlerFunc
	asked   []asked
	bodies  int
	base    string
}

type asked struct {
	path   string
	at     time.Time
	header http.Header
}

func newSite(t testing.TB, c *clock, pages map[string]string) *site {
	s := &site{clock: c, pages: pages, answers: map[string]http.HandlerFunc{}}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.base = server.URL
	return s
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mutex.Lock()
	s.asked = append(s.asked, asked{r.URL.RequestURI(), s.clock.now(), r.Header.Clone()})
	answer, text, found := s.answers[r.URL.RequestURI()], "", false
	if answer == nil {
		text, found = s.pages[r.URL.RequestURI()]
	}
	s.mutex.Unlock()
	switch {
	case answer != nil:
		answer(w, r)
	case !found:
		http.NotFound(w, r)
	default:
		s.serve(w, r, text)
	}
}

// serve answers with validators, as a web server does with files.
func (s *site) serve(w http.ResponseWriter, r *http.Request, text string) {
	sum := sha256.Sum256([]byte(text))
	etag := `"` + hex.EncodeToString(sum[:6]) + `"`
	w.Header().Set("ETag", etag)
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	switch {
	case strings.Contains(r.URL.Path, ".pdf"):
		w.Header().Set("Content-Type", "application/pdf")
	case strings.HasSuffix(r.URL.Path, ".xml"):
		w.Header().Set("Content-Type", "application/xml")
	case strings.HasSuffix(r.URL.Path, ".txt"):
		w.Header().Set("Content-Type", "text/plain")
	default:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
	}
	s.mutex.Lock()
	s.bodies++
	s.mutex.Unlock()
	fmt.Fprint(w, text)
}

// paths are what was asked, in order, without robots.txt.
func (s *site) paths() []string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	var all []string
	for _, a := range s.asked {
		if a.path != "/robots.txt" {
			all = append(all, a.path)
		}
	}
	return all
}

func (s *site) forget() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.asked, s.bodies = nil, 0
}

func (s *site) put(path, text string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.pages[path] = text
}

func (s *site) drop(path string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	delete(s.pages, path)
}

func (s *site) answer(path string, f http.HandlerFunc) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if f == nil {
		delete(s.answers, path)
		return
	}
	s.answers[path] = f
}

// source is a listing of the site unless the test says otherwise.
func (s *site) source(form crawler.Form, start ...string) crawler.Source {
	src := crawler.Source{Name: "Région – essais", Role: document.RoleRecord, Body: "Conseil régional", Form: form}
	for _, p := range start {
		src.Start = append(src.Start, s.base+p)
	}
	return src
}

// listing is a page of links such as councils make.
func listing(links ...string) string {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="fr"><head><title>Séances</title></head><body>
<nav><a href="/contact">Contact</a></nav><main><h1>Séances</h1><ul>`)
	for _, l := range links {
		fmt.Fprintf(&b, `<li><a href="%s">Procès-verbal %s</a></li>`, l, l)
	}
	b.WriteString(`</ul></main><footer><a href="/mentions">Mentions légales</a></footer></body></html>`)
	return b.String()
}

// page is a document long enough to be one.
func page(text string) string {
	return "<!doctype html><html lang=fr><head><title>Procès-verbal</title></head><body><main><p>" + text + "</p>" +
		strings.Repeat("<p>Le conseil régional, réuni en séance, délibère sur les affaires de la région.</p>\n", 25) + "</main></body></html>"
}

func status(code int, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
	}
}

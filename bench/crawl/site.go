package main

import (
	"bytes"
	"fmt"
	"math/rand"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// site is a council's site in memory, with validators, that counts what it is asked.
type site struct {
	address string
	size    int64
	pages   map[string][]byte
	server  *http.Server
	asked   atomic.Int64
	whole   atomic.Int64 // bodies sent
	docs    atomic.Int64 // bodies of documents sent
}

const perListing = 100

// modified is when every page of the site was last changed.
var modified = time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)

// serve builds the site, the same each time, and serves it on a loopback port.
func serve(pages, files int) (*site, error) {
	s := &site{pages: map[string][]byte{"/robots.txt": []byte("User-agent: *\nDisallow: /prive/\n")}}
	rng := rand.New(rand.NewSource(1))
	var links []string
	for i := range pages {
		path := fmt.Sprintf("/seances/deliberation-%04d.html", i)
		s.pages[path] = pageText(rng, i)
		links = append(links, path)
	}
	for i := range files {
		path := fmt.Sprintf("/seances/pv-%03d.pdf", i)
		s.pages[path] = fileBytes(rng, i)
		links = append(links, path)
	}
	for start := 0; start < len(links); start += perListing {
		s.pages[listingPath(start/perListing)] = listingText(links[start:min(start+perListing, len(links))], start/perListing, start+perListing < len(links))
	}
	for _, body := range s.pages {
		s.size += int64(len(body))
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("serve the site: %w", err)
	}
	s.address = "http://" + listener.Addr().String() + listingPath(0)
	s.server = &http.Server{Handler: s}
	go s.server.Serve(listener) // ends with Close
	return s, nil
}

func (s *site) close() { s.server.Close() }

func (s *site) forget()        { s.asked.Store(0); s.whole.Store(0); s.docs.Store(0) }
func (s *site) requests() int  { return int(s.asked.Load()) }
func (s *site) sent() int      { return int(s.whole.Load()) }
func (s *site) documents() int { return int(s.docs.Load()) }

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.asked.Add(1)
	body, ok := s.pages[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	counter := &counted{ResponseWriter: w}
	http.ServeContent(counter, r, r.URL.Path, modified, bytes.NewReader(body))
	if counter.bytes == len(body) && r.URL.Path != "/robots.txt" {
		s.whole.Add(1)
		if strings.HasPrefix(r.URL.Path, "/seances/deliberation") || strings.HasSuffix(r.URL.Path, ".pdf") {
			s.docs.Add(1)
		}
	}
}

type counted struct {
	http.ResponseWriter
	bytes int
}

func (c *counted) Write(p []byte) (int, error) {
	n, err := c.ResponseWriter.Write(p)
	c.bytes += n
	return n, err
}

func listingPath(n int) string { return fmt.Sprintf("/seances/liste-%02d.html", n) }

func listingText(links []string, n int, more bool) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "<!doctype html><html lang=fr><head><title>Séances, page %d</title></head><body><main><h1>Séances</h1><ul>\n", n+1)
	for _, l := range links {
		fmt.Fprintf(&b, "<li><a href=%q>Document %s</a></li>\n", l, l)
	}
	fmt.Fprint(&b, "</ul></main>")
	if more {
		fmt.Fprintf(&b, "<nav class=pagination><a rel=next href=%q>Page suivante</a></nav>", listingPath(n+1))
	}
	fmt.Fprint(&b, "</body></html>")
	return []byte(b.String())
}

var vocabulary = strings.Fields("le conseil régional réuni en séance délibère sur la convention relative aux lycées et aux transports adopte à la majorité un crédit de paiement inscrit au budget primitif pour la rénovation des internats la formation des agents du siège une subvention est attribuée à l’association")

func pageText(rng *rand.Rand, n int) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "<!doctype html><html lang=fr><head><title>Délibération n° %04d</title></head><body><main><h1>Délibération n° %04d</h1>\n", n, n)
	for range 12 {
		b.WriteString("<p>")
		for range 60 {
			b.WriteString(vocabulary[rng.Intn(len(vocabulary))])
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%d.</p>\n", rng.Intn(1_000_000))
	}
	b.WriteString("</main></body></html>")
	return []byte(b.String())
}

// fileBytes are as a PDF is to a crawler: a head, and bytes that compress badly.
func fileBytes(rng *rand.Rand, n int) []byte {
	body := make([]byte, 60_000)
	rng.Read(body)
	return append(fmt.Appendf(nil, "%%PDF-1.7\n%% %d\n", n), body...)
}

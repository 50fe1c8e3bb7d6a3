package main

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"
)

// The fictional council « Val-de-Brenne »: a site as councils make them, traps included.
// Nobody and nothing in it exists.
//
//go:embed demo/site
var demoFiles embed.FS

// laterSuffix marks the later version of a page: « page.v2.html » is what « page.html »
// becomes from the second run on.
const laterSuffix = ".v2"

// demoSite serves the fictional council over HTTP as a real site would: media types,
// validators, 404s. It never adds a character set that the file does not declare.
type demoSite struct {
	files fs.FS
	later bool // serve the later version of the pages that have one
}

func newDemoSite(later bool) (*demoSite, error) {
	files, err := fs.Sub(demoFiles, "demo/site")
	if err != nil {
		return nil, fmt.Errorf("open the fictional council: %w", err)
	}
	return &demoSite{files, later}, nil
}

// ServeHTTP answers GET and HEAD.
func (s *demoSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	if strings.HasSuffix(r.URL.Path, "/") {
		name = path.Join(name, "index.html")
	}
	if strings.Contains(path.Base(name), laterSuffix+".") {
		http.NotFound(w, r)
		return
	}
	content, err := s.read(name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	digest := sha256.Sum256(content)
	w.Header().Set("ETag", `"`+hex.EncodeToString(digest[:12])+`"`)
	w.Header().Set("Content-Type", mediaTypeOf(name))
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
}

func (s *demoSite) read(name string) ([]byte, error) {
	if s.later {
		ext := path.Ext(name)
		if content, err := fs.ReadFile(s.files, strings.TrimSuffix(name, ext)+laterSuffix+ext); err == nil {
			return content, nil
		}
	}
	return fs.ReadFile(s.files, name)
}

// mediaTypeOf goes by the name alone; pages declare their own character set, in a meta element.
func mediaTypeOf(name string) string {
	switch ext := path.Ext(name); ext {
	case ".html":
		return "text/html"
	case ".xml":
		return "application/xml"
	case ".vtt":
		return "text/vtt"
	case ".docx":
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	default:
		if t := mime.TypeByExtension(ext); t != "" {
			return t
		}
		return "application/octet-stream"
	}
}

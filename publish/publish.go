// Package publish writes the public site: static pages of the pairs that people published,
// with what a reader needs to judge them and us. It writes what it is given into a folder and
// asks nobody; whom it may name, and that nothing is private, is settled before.
package publish

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"contredit/claims"
	"contredit/evidence"
)

//go:embed template/layout.html
var layout string

//go:embed static/*
var static embed.FS

// Site is what is published.
type Site struct {
	Publisher evidence.Publisher
	MadeAt    string // RFC 3339, UTC
	Contact   string // who answers to objections
	UserAgent string // what the crawler says it is
	Version   string // of the program
	Pairs     []evidence.Pair
	Withdrawn []Withdrawn
	Rules     []Rule
	Sources   []Source
	Head      evidence.JournalEntry // last of the journal: it fixes all that came before
}

// Withdrawn is a pair that was published and is no longer.
type Withdrawn struct {
	ID          string
	At          string // RFC 3339, UTC
	Corrections []evidence.Note
	Replies     []evidence.Note
	Earlier     []evidence.Wording // how it was published, oldest first; none when it became private
}

// Rule is how often a rule spoke, and what people said of its pairs.
type Rule struct {
	ID        string
	Kind      claims.Kind
	Fired     int
	Confirmed int
	Nuance    int
	Rejected  int
}

// Precision is the share confirmed of those decided, for people.
func (r Rule) Precision() string {
	decided := r.Confirmed + r.Nuance + r.Rejected
	if decided == 0 {
		return "pas encore mesurée"
	}
	return fmt.Sprintf("%d sur %d", r.Confirmed, decided)
}

// kindNames are the kinds as people are told them.
var kindNames = map[claims.Kind]string{
	claims.KindNegation: "négation", claims.KindAntonym: "contraire", claims.KindNumber: "nombre", claims.KindDate: "date", claims.KindAttendance: "présence",
	claims.KindVote: "vote", claims.KindScope: "portée", claims.KindModality: "possible ou décidé", claims.KindPromise: "engagement", claims.KindAbsence: "aucune trace",
}

// KindName is the rule's kind, for people.
func (r Rule) KindName() string {
	if name, ok := kindNames[r.Kind]; ok {
		return name
	}
	return string(r.Kind)
}

// Source is a public source that is collected.
type Source struct {
	Name, URL, Body string
	Delay           string // least time between two requests
}

// ErrForeignFolder is returned when the folder holds files that no earlier publication wrote.
var ErrForeignFolder = errors.New("the folder holds files that « contredit publish » did not write")

// marker lists, in the folder, the files that were written: only they are ever replaced.
const marker = ".contredit-publish"

// Write brings the folder to this state of the site: pages that are no longer part of it go.
func (s Site) Write(dir string) error {
	files, err := s.files()
	if err != nil {
		return err
	}
	old, err := writtenBefore(dir)
	if err != nil {
		return err
	}
	names := make([]string, 0, len(files))
	for name, content := range files {
		names = append(names, name)
		if err := replace(filepath.Join(dir, filepath.FromSlash(name)), content); err != nil {
			return err
		}
	}
	sort.Strings(names)
	for _, name := range old {
		if _, still := files[name]; still || !filepath.IsLocal(name) {
			continue
		}
		if err := os.Remove(filepath.Join(dir, filepath.FromSlash(name))); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("take %s off the site: %w", name, err)
		}
	}
	return replace(filepath.Join(dir, marker), []byte(strings.Join(names, "\n")+"\n"))
}

func writtenBefore(dir string) ([]string, error) {
	text, err := os.ReadFile(filepath.Join(dir, marker))
	if err == nil {
		return strings.Fields(string(text)), nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("publish to %s: %w", dir, err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("publish to %s: %w", dir, err)
	}
	if len(entries) > 0 {
		return nil, fmt.Errorf("publish to %s: %w", dir, ErrForeignFolder)
	}
	return nil, nil
}

// replace writes a file whole or not at all, readable by a web server.
func replace(path string, content []byte) error {
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, content) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	next := path + ".new"
	if err := os.WriteFile(next, content, 0o644); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	if err := os.Rename(next, path); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	return nil
}

// page is what every template sees.
type page struct {
	Site
	Title string
	Root  string // way back to the top, such as "../../"
	Pair  *evidence.Pair
	Gone  *Withdrawn
	JSON  template.JS // ClaimReview of the pair; "" when it has none
}

func (s Site) files() (map[string][]byte, error) {
	for _, p := range s.Pairs {
		if p.Status != claims.StatusPublished || !evidence.IsPublic(p.Link) {
			return nil, fmt.Errorf("publish pair %s: it is not published, or not public", p.Link.ID)
		}
	}
	s.Pairs = slices.Clone(s.Pairs)
	slices.SortStableFunc(s.Pairs, func(a, b evidence.Pair) int {
		return strings.Compare(b.Decided+b.Link.ID, a.Decided+a.Link.ID)
	})
	t, err := template.New("").Funcs(evidence.PageFunctions()).Funcs(template.FuncMap{"rating": rating, "ratings": ratings}).Parse(evidence.Typeset(layout))
	if err != nil {
		return nil, fmt.Errorf("parse the site's pages: %w", err)
	}
	files := map[string][]byte{}
	show := func(name, file string, p page) error {
		p.Site = s
		p.Root = strings.Repeat("../", strings.Count(file, "/"))
		var out bytes.Buffer
		if err := t.ExecuteTemplate(&out, name, p); err != nil {
			return fmt.Errorf("write %s: %w", file, err)
		}
		files[file] = out.Bytes()
		return nil
	}
	for file, p := range map[string]page{"index.html": {Title: "Paires publiées"}, "methodes/index.html": {Title: "Méthodes et règles"},
		"sources/index.html": {Title: "Sources et robots"}, "rectifications/index.html": {Title: "Rectifications et réponses"}} {
		if err := show(strings.TrimSuffix(strings.TrimSuffix(file, ".html"), "/index"), file, p); err != nil {
			return nil, err
		}
	}
	for i := range s.Pairs {
		p := page{Title: "Paire " + s.Pairs[i].Link.ID, Pair: &s.Pairs[i]}
		if p.JSON, err = s.claimReview(s.Pairs[i]); err != nil {
			return nil, err
		}
		if err := show("paire", "paires/"+s.Pairs[i].Link.ID+"/index.html", p); err != nil {
			return nil, err
		}
	}
	for i, w := range s.Withdrawn {
		if err := show("retiree", "paires/"+w.ID+"/index.html", page{Title: "Paire retirée", Gone: &s.Withdrawn[i]}); err != nil {
			return nil, err
		}
	}
	if files["atom.xml"], err = s.feed(); err != nil {
		return nil, err
	}
	files["verifier.html"] = evidence.VerifierPage() // for who does not trust the one in a dossier
	for _, name := range []string{"style.css", "recherche.js"} {
		if files[name], err = static.ReadFile("static/" + name); err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
	}
	return files, nil
}

// claimReview is the JSON-LD of a pair's page. A pair that lacks a field has none; its page
// says what it has.
func (s Site) claimReview(p evidence.Pair) (template.JS, error) {
	if !evidence.Reviewable(p) {
		return "", nil
	}
	review, err := evidence.Review(p, s.Publisher)
	var incomplete *evidence.IncompleteError
	if errors.As(err, &incomplete) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(review) // escapes <, > and &: the text cannot end its element
	if err != nil {
		return "", fmt.Errorf("encode ClaimReview of %s: %w", p.Link.ID, err)
	}
	return template.JS(text), nil //nolint:gosec // JSON whose markup is escaped
}

func (s Site) feed() ([]byte, error) {
	var out bytes.Buffer
	base := strings.TrimSuffix(s.Publisher.Base, "/") + "/"
	w := evidence.NewFeed(&out, evidence.Feed{ID: base, Title: s.Publisher.Name + " : paires publiées", Self: base + "atom.xml", Home: base, Author: s.Publisher.Name})
	for _, p := range s.Pairs {
		if err := w.Entry(evidence.PairEntry(p, s.Publisher)); err != nil {
			return nil, err
		}
	}
	for _, g := range s.Withdrawn {
		if err := w.Entry(evidence.WithdrawnEntry(g.ID, g.At, s.Publisher)); err != nil {
			return nil, err
		}
	}
	if err := w.Close(s.MadeAt); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func rating(k claims.Kind) string {
	if words := evidence.Ratings[k]; words != "" {
		return words
	}
	return "Aucune trace dans les documents parcourus"
}

// ratings are all the words of a rating.
func ratings() []string {
	var words []string
	for _, w := range evidence.Ratings {
		words = append(words, w)
	}
	sort.Strings(words)
	return slices.Compact(words)
}

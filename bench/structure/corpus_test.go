package structure_test

import (
	"bufio"
	"crypto/sha1"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"contredit/claims"
	"contredit/document"
	"contredit/french"

	"golang.org/x/text/unicode/norm"
)

// The fictional council of the demo, and the truth about it.
const (
	corpusSite = "../../cmd/contredit/demo/site"
	corpusGold = "../score/gold"
	siteURL    = "http://127.0.0.1:8000/"
)

type goldDocument struct {
	Path, Role string
	Duplicate  string `json:"duplicate_of"`
	Revises    string
}

type goldClaim struct {
	ID, Path, Speaker, Date, Quote string
}

type goldLink struct {
	ID, Claim, Label, Kind string
	Evidence               []struct{ Path, Quote string }
	Body                   string
}

// council is the fictional council, read: a linker over its records and the claims of its
// statements.
type council struct {
	linker *claims.Linker
	claims map[string][]claims.Claim // by path
	canon  map[string]string
}

func goldRows[T any](t testing.TB, name string) []T {
	t.Helper()
	f, err := os.Open(filepath.Join(corpusGold, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows []T
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		var row T
		if err := json.Unmarshal(s.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	return rows
}

// isOdd says that a document is of the half that rules may be tuned on (SCORING.md).
func isOdd(path string) bool {
	digit := fmt.Sprintf("%x", sha1.Sum([]byte(path)))[0]
	return strings.ContainsRune("13579bdf", rune(digit))
}

var mediaTypes = map[string]string{".html": "text/html", ".pdf": "application/pdf", ".vtt": "text/vtt",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}

// listings name the pages from which records are collected, with the body that the
// configuration of the demo gives them.
var listings = []struct{ page, body string }{
	{"cst/index.html", "CST"},
	{"seances/index.html", "Conseil régional"},
	{"seances/sitemap.xml", "Conseil régional"},
	{"seances/commissions.html", "Commissions"},
	{"seances/instances.html", "Instances"},
	{"syndicats/rubrique2.html", "Syndicats"},
	{"presse/tribunal/index.html", "Tribunal administratif"},
}

var address = regexp.MustCompile(`(?:href="|<loc>)([^"<#]+\.(?:html|pdf|docx))`)

// recordBodies gives the body of each record that the listings lead to.
func recordBodies(t testing.TB) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, l := range listings {
		content, err := os.ReadFile(filepath.Join(corpusSite, l.page))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range address.FindAllStringSubmatch(string(content), -1) {
			p := m[1]
			if i := strings.Index(p, "://"); i >= 0 {
				p = p[i+3:]
				p = p[strings.Index(p, "/")+1:]
			} else if strings.HasPrefix(p, "/") {
				p = p[1:]
			} else {
				p = path.Join(path.Dir(l.page), p)
			}
			if _, known := found[p]; !known {
				found[p] = l.body
			}
		}
	}
	return found
}

func statementBody(path string) string {
	switch {
	case strings.HasPrefix(path, "presse/"):
		return "Presse"
	case strings.HasPrefix(path, "syndicats/"):
		return "Syndicats"
	}
	return "Conseil régional"
}

func readCouncil(t testing.TB) *council {
	t.Helper()
	lexicon, err := french.LoadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	analyzer := french.NewAnalyzer(lexicon)
	c := &council{claims: map[string][]claims.Claim{}, canon: map[string]string{}}
	bodies := recordBodies(t)
	index, directory := claims.NewMemory(analyzer), claims.NewDirectory()
	type read struct {
		doc     document.Document
		reading *document.Reading
		path    string
	}
	var all []read
	for _, d := range goldRows[goldDocument](t, "documents.jsonl") {
		if d.Duplicate != "" || d.Revises != "" {
			c.canon[d.Path] = d.Duplicate + d.Revises
			continue
		}
		body := bodies[d.Path]
		if !document.Role(d.Role).Records() {
			body = statementBody(d.Path)
		}
		content, err := os.ReadFile(filepath.Join(corpusSite, d.Path))
		if err != nil {
			t.Fatal(err)
		}
		origin := document.Origin{URL: siteURL + d.Path, MediaType: mediaTypes[filepath.Ext(d.Path)], Role: document.Role(d.Role), Body: body,
			FetchedAt: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
		r, err := readAny(origin, content)
		if err != nil {
			t.Fatalf("%s: %v", d.Path, err)
		}
		if r.State != document.StateRead {
			t.Logf("not read: %s (%s)", d.Path, r.State)
			continue
		}
		all = append(all, read{document.Document{URL: origin.URL, Title: r.Title, Date: r.Date, Role: origin.Role, Body: body, Visibility: document.Public}, r, d.Path})
	}
	// What the listings lead to and the gold does not list, calendars above all, is collected too.
	for _, p := range calendarPages(t, bodies) {
		content, err := os.ReadFile(filepath.Join(corpusSite, p))
		if err != nil {
			continue
		}
		origin := document.Origin{URL: siteURL + p, MediaType: mediaTypes[filepath.Ext(p)], Role: document.RoleRecord, Body: bodies[p], FetchedAt: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
		r, err := readAny(origin, content)
		if err != nil {
			t.Fatalf("%s: %v", p, err)
		}
		if r.State == document.StateRead && !slices.ContainsFunc(all, func(x read) bool { return x.path == p }) {
			all = append(all, read{document.Document{URL: origin.URL, Title: r.Title, Date: r.Date, Role: origin.Role, Body: bodies[p], Visibility: document.Public}, r, p})
		}
	}
	for _, d := range all {
		directory.Learn(d.doc, d.reading)
		if d.doc.Role.Records() {
			index.AddDocument(d.doc, d.reading)
		}
	}
	x := &claims.Extractor{Analyzer: analyzer, Directory: directory}
	for _, d := range all {
		if d.doc.Role.Speaks() {
			c.claims[d.path] = x.Claims(d.doc, d.reading)
		}
	}
	c.linker = claims.NewLinker(index, directory, analyzer)
	return c
}

func calendarPages(t testing.TB, bodies map[string]string) []string {
	var list []string
	for p := range bodies {
		if strings.Contains(p, "calendrier") {
			list = append(list, p)
		}
	}
	slices.Sort(list)
	return list
}

func (c *council) same(path string) string {
	if p := c.canon[path]; p != "" {
		return p
	}
	return path
}

func plainWords(text string) []string {
	var b strings.Builder
	for _, c := range norm.NFKD.String(strings.ReplaceAll(strings.ToLower(text), "œ", "oe")) {
		switch {
		case unicode.Is(unicode.Mn, c):
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			b.WriteRune(c)
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Fields(b.String())
}

// overlap is how far two quotes are the same, as the scorer has it: 0 to 1.
func overlap(a, b string) float64 {
	short, long := plainWords(a), plainWords(b)
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) == 0 || len(long) > 3*len(short)+10 {
		return 0
	}
	if strings.Contains(" "+strings.Join(long, " ")+" ", " "+strings.Join(short, " ")+" ") {
		return 0.95
	}
	content := func(list []string) (kept []string) {
		for _, w := range list {
			if len(w) >= 4 || unicode.IsDigit(rune(w[0])) {
				kept = append(kept, w)
			}
		}
		return kept
	}
	rest, head, shared := content(long), content(short), 0
	for _, w := range head {
		if i := slices.Index(rest, w); i >= 0 {
			rest = slices.Delete(rest, i, i+1)
			shared++
		}
	}
	if len(head) == 0 || shared < 3 || float64(shared)/float64(len(head)) < 0.6 {
		return 0
	}
	return 0.9 * float64(shared) / float64(len(head))
}

func pathOf(url string) string { return strings.TrimPrefix(url, siteURL) }

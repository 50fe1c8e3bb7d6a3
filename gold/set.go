// Package gold scores what contredit exports against a set of documents whose truth was
// written down: the same figures as bench/score/score.py, which defines them
// (bench/score/SCORING.md). It reads a folder of JSON lines and changes nothing.
package gold

import (
	"bufio"
	"crypto/sha1"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// Document is the truth about one document; nil pointers and lists do not apply to it.
type Document struct {
	Path      string   `json:"path"`
	Title     string   `json:"title"`
	Date      string   `json:"date"`
	Role      string   `json:"role"`
	Present   []string `json:"present"`
	Excused   []string `json:"excused"`
	Votes     []Vote   `json:"votes"`
	Revises   string   `json:"revises"`
	Duplicate string   `json:"duplicate_of"`
}

// Vote is the truth about one vote.
type Vote struct {
	Result  string `json:"result"`
	For     *int   `json:"for"`
	Against *int   `json:"against"`
	Abstain *int   `json:"abstain"`
}

// Claim is one sentence and whether it is a claim worth checking.
type Claim struct {
	ID      string   `json:"id"`
	Path    string   `json:"path"`
	Speaker string   `json:"speaker"`
	Date    string   `json:"date"`
	Quote   string   `json:"quote"`
	Worth   bool     `json:"worth_checking"`
	At      *float64 `json:"at"`
	Page    *int     `json:"page"`

	words []string
}

// Evidence is one passage; Quote is "" in the rows of an absence.
type Evidence struct {
	Path  string `json:"path"`
	Quote string `json:"quote"`

	words []string
}

// Link says what a record is to a claim: "contradiction", "support" or "unrelated".
type Link struct {
	ID       string     `json:"id"`
	Claim    string     `json:"claim"`
	Label    string     `json:"label"`
	Kind     string     `json:"kind"`
	Evidence []Evidence `json:"evidence"`
	Body     string     `json:"body"`
}

// Set is the truth about a corpus, or about the claims of half of its documents.
type Set struct {
	Documents []Document
	Claims    []Claim
	Links     []Link

	half  string
	canon map[string]string
}

// Read reads the gold folder. Half is "even", "odd" or "" for all.
func Read(folder, half string) (*Set, error) {
	s := &Set{half: half, canon: map[string]string{}}
	documents, err := lines[Document](filepath.Join(folder, "documents.jsonl"))
	if err != nil {
		return nil, err
	}
	revised := map[string]bool{}
	for _, d := range documents {
		if d.Revises != "" || d.Duplicate != "" {
			s.canon[d.Path] = d.Revises
			if d.Revises == "" {
				s.canon[d.Path] = d.Duplicate
			}
			revised[d.Path] = d.Revises != ""
			continue
		}
		s.Documents = append(s.Documents, d)
	}
	all, err := lines[Claim](filepath.Join(folder, "claims.jsonl"))
	if err != nil {
		return nil, err
	}
	kept := map[string]bool{}
	for _, c := range all {
		if !revised[c.Path] && s.mine(c.Path) {
			c.words = Words(c.Quote)
			s.Claims, kept[c.ID] = append(s.Claims, c), true
		}
	}
	links, err := lines[Link](filepath.Join(folder, "links.jsonl"))
	if err != nil {
		return nil, err
	}
	for _, l := range links {
		if !kept[l.Claim] {
			continue
		}
		for i := range l.Evidence {
			l.Evidence[i].words = Words(l.Evidence[i].Quote)
		}
		s.Links = append(s.Links, l)
	}
	return s, nil
}

// Same is the path of the first version or address of what stands at a path.
func (s *Set) Same(path string) string {
	if first := s.canon[path]; first != "" {
		return first
	}
	return path
}

func (s *Set) mine(path string) bool { return s.half == "" || halfOf(s.Same(path)) == s.half }

// Holds says whether the claims of the document at a path belong to the half.
func (s *Set) Holds(path string) bool { return s.mine(path) }

// ClaimsAt are the gold rows of a document that a quote repeats.
func (s *Set) ClaimsAt(path, quote string) []Claim {
	var list []Claim
	path, words := s.Same(path), Words(quote)
	for _, c := range s.Claims {
		if s.Same(c.Path) == path && Overlap(words, c.words) > 0 {
			list = append(list, c)
		}
	}
	return list
}

// LinksOf are the links of a claim.
func (s *Set) LinksOf(claim string) []Link {
	var list []Link
	for _, l := range s.Links {
		if l.Claim == claim {
			list = append(list, l)
		}
	}
	return list
}

// Touches says whether the link names a passage.
func (s *Set) Touches(l Link, path, quote string) bool {
	path = s.Same(path)
	w := Words(quote)
	for _, g := range l.Evidence {
		if s.Same(g.Path) == path && Overlap(w, g.words) > 0 {
			return true
		}
	}
	return false
}

func halfOf(path string) string {
	if sum := sha1.Sum([]byte(path)); sum[0]>>4%2 == 0 {
		return "even"
	}
	return "odd"
}

// Path is what stands after the base in an address, without query and fragment.
func Path(address, base string) string {
	rest, ok := strings.CutPrefix(address, base)
	if base == "" || !ok {
		if u, err := url.Parse(address); err == nil {
			rest = u.EscapedPath()
		}
	}
	rest, _, _ = strings.Cut(rest, "#")
	rest, _, _ = strings.Cut(rest, "?")
	if plain, err := url.PathUnescape(rest); err == nil {
		rest = plain
	}
	return strings.TrimLeft(rest, "/")
}

func lines[T any](path string) ([]T, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read the gold set: %w", err)
	}
	defer file.Close()
	var list []T
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, 16<<20)
	for n := 1; scanner.Scan(); n++ {
		if strings.TrimSpace(scanner.Text()) == "" {
			continue
		}
		var row T
		if err := json.Unmarshal(scanner.Bytes(), &row); err != nil {
			return nil, fmt.Errorf("read %s:%d: %w", path, n, err)
		}
		list = append(list, row)
	}
	if err := scanner.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return list, nil
}

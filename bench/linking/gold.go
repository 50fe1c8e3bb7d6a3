package main

import (
	"bufio"
	"crypto/sha1"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The truth of bench/score/gold, as far as links need it.
type (
	goldDocument struct {
		Path      string `json:"path"`
		Revises   string `json:"revises"`
		Duplicate string `json:"duplicate_of"`
	}
	goldClaim struct {
		ID      string `json:"id"`
		Path    string `json:"path"`
		Speaker string `json:"speaker"`
		Date    string `json:"date"`
		Quote   string `json:"quote"`
		Worth   bool   `json:"worth_checking"`
	}
	goldEvidence struct {
		Path  string `json:"path"`
		Quote string `json:"quote"`
	}
	goldLink struct {
		ID       string         `json:"id"`
		Claim    string         `json:"claim"`
		Label    string         `json:"label"`
		Kind     string         `json:"kind"`
		Evidence []goldEvidence `json:"evidence"`
	}
)

type gold struct {
	canon  map[string]string
	claims []goldClaim
	links  map[string][]goldLink // by claim
}

func readGold(folder, half string) (*gold, error) {
	g := &gold{canon: map[string]string{}, links: map[string][]goldLink{}}
	documents, err := readLines[goldDocument](filepath.Join(folder, "documents.jsonl"))
	if err != nil {
		return nil, err
	}
	revised := map[string]bool{}
	for _, d := range documents {
		if d.Revises != "" || d.Duplicate != "" {
			g.canon[d.Path] = d.Revises + d.Duplicate
		}
		revised[d.Path] = d.Revises != ""
	}
	claims, err := readLines[goldClaim](filepath.Join(folder, "claims.jsonl"))
	if err != nil {
		return nil, err
	}
	for _, c := range claims {
		if !revised[c.Path] && (half == "" || halfOf(g.same(c.Path)) == half) {
			g.claims = append(g.claims, c)
		}
	}
	links, err := readLines[goldLink](filepath.Join(folder, "links.jsonl"))
	if err != nil {
		return nil, err
	}
	for _, l := range links {
		g.links[l.Claim] = append(g.links[l.Claim], l)
	}
	return g, nil
}

func (g *gold) same(path string) string {
	if c := g.canon[path]; c != "" {
		return c
	}
	return path
}

// halfOf is the half of a path, as the scorer parts them.
func halfOf(path string) string {
	if sum := sha1.Sum([]byte(path)); sum[0]>>4%2 == 0 {
		return "even"
	}
	return "odd"
}

func readLines[T any](path string) ([]T, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read the gold: %w", err)
	}
	defer file.Close()
	var list []T
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var row T
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		list = append(list, row)
	}
	return list, lines.Err()
}

// words folds a text as the scorer does.
func words(text string) []string {
	text = strings.ReplaceAll(strings.ToLower(norm.NFKD.String(text)), "œ", "oe")
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			return r
		}
		return ' '
	}, text)
	return strings.Fields(text)
}

// overlap is how far two quotes are the same, as the scorer has it: 0 to 1.
func overlap(a, b []string) float64 {
	short, long := a, b
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) == 0 || len(long) > 3*len(short)+10 {
		return 0
	}
	if slices.Equal(short, long) {
		return 1
	}
	if len(short) >= 3 && strings.Contains(" "+strings.Join(long, " ")+" ", " "+strings.Join(short, " ")+" ") {
		return 0.95
	}
	content := func(list []string) (kept []string) {
		for _, w := range list {
			if len(w) >= 4 || w[0] >= '0' && w[0] <= '9' {
				kept = append(kept, w)
			}
		}
		return kept
	}
	rest, shared := content(long), 0
	head := content(short)
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

func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return strings.TrimPrefix(u.Path, "/")
}

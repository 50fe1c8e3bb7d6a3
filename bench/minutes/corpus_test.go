package minutes_test

import (
	"bufio"
	"crypto/sha1"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"contredit/document"

	"golang.org/x/text/unicode/norm"
)

// The fictional council of the demo, and the truth about it.
const (
	corpusSite = "../../cmd/contredit/demo/site"
	corpusGold = "../score/gold"
)

type goldVote struct {
	Item                  string
	Result                string
	For, Against, Abstain *int
}

type goldDocument struct {
	Path, Title, Date, Role, Body string
	Speakers, Present, Excused    []string
	Votes                         []goldVote
	Video                         string
	Duplicate                     string `json:"duplicate_of"`
	Revises                       string
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

var mediaTypes = map[string]string{".html": "text/html", ".pdf": "application/pdf", ".vtt": "text/vtt", ".txt": "text/plain",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}

func readCorpus(t testing.TB, d goldDocument) *document.Reading {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(corpusSite, d.Path))
	if err != nil {
		t.Fatal(err)
	}
	r, err := readAny(document.Origin{URL: "http://127.0.0.1:8000/" + d.Path, MediaType: mediaTypes[filepath.Ext(d.Path)],
		Role: document.Role(d.Role), Body: d.Body, VideoURL: d.Video, FetchedAt: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}, content)
	if err != nil {
		t.Fatalf("%s: %v", d.Path, err)
	}
	return r
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

var civilities = map[string]bool{"m": true, "mme": true, "monsieur": true, "madame": true, "de": true, "dr": true}

// samePerson is the scorer's rule: surnames decide, first names must not disagree.
func samePerson(a, b string) bool {
	kept := func(name string) []string {
		var words []string
		for _, w := range plainWords(name) {
			if !civilities[w] {
				words = append(words, w)
			}
		}
		return words
	}
	short, long := kept(a), kept(b)
	if len(short) > len(long) {
		short, long = long, short
	}
	return len(short) > 0 && strings.Join(long[len(long)-len(short):], " ") == strings.Join(short, " ")
}

type tallied struct{ right, found, wanted int }

func (c tallied) f1() float64 {
	if c.found+c.wanted == 0 {
		return 1
	}
	return 2 * float64(c.right) / float64(c.found+c.wanted)
}

func (c tallied) String() string {
	return fmt.Sprintf("F1 %.3f (%d right of %d found, %d wanted)", c.f1(), c.right, c.found, c.wanted)
}

func matchedNames(got, want []string) (int, []string, []string) {
	left, missed, right := append([]string(nil), got...), []string(nil), 0
next:
	for _, w := range want {
		for i, g := range left {
			if samePerson(w, g) {
				left = append(left[:i], left[i+1:]...)
				right++
				continue next
			}
		}
		missed = append(missed, w)
	}
	return right, missed, left
}

func attendees(r *document.Reading, p document.Presence) []string {
	var names []string
	if r.Minutes != nil {
		for _, a := range r.Minutes.Attendance {
			if a.Presence == p {
				names = append(names, a.Name)
			}
		}
	}
	return names
}

func exported(v document.Vote) [3]string {
	show := func(n *int) string {
		if n == nil {
			return "-"
		}
		return fmt.Sprint(*n)
	}
	if a, b, c, ok := v.Tally(); ok {
		return [3]string{fmt.Sprint(a), fmt.Sprint(b), fmt.Sprint(c)}
	}
	return [3]string{show(v.For), show(v.Against), show(v.Abstain)}
}

func (v goldVote) same(got document.Vote) bool {
	numbers, stated := exported(got), false
	for i, want := range []*int{v.For, v.Against, v.Abstain} {
		if want != nil {
			stated = true
			if numbers[i] != fmt.Sprint(*want) {
				return false
			}
		}
	}
	return stated || strings.Join(plainWords(v.Result), " ") == strings.Join(plainWords(got.Result), " ")
}

func TestCorpusAttendanceAndVotes(t *testing.T) {
	results := map[bool]int{} // votes without a number
	people, votes := map[bool]*tallied{true: {}, false: {}}, map[bool]*tallied{true: {}, false: {}}
	for _, d := range goldRows[goldDocument](t, "documents.jsonl") {
		if d.Duplicate != "" || d.Revises != "" {
			continue
		}
		r, odd := readCorpus(t, d), isOdd(d.Path)
		if r.State != document.StateRead {
			t.Logf("%s is not read: %s %s", d.Path, r.State, r.Note)
			continue
		}
		for presence, want := range map[document.Presence][]string{document.Present: d.Present, document.Excused: d.Excused} {
			if want == nil {
				continue
			}
			got := attendees(r, presence)
			right, missed, extra := matchedNames(got, want)
			people[odd].right, people[odd].found, people[odd].wanted = people[odd].right+right, people[odd].found+len(got), people[odd].wanted+len(want)
			if odd && len(missed)+len(extra) > 0 {
				t.Logf("%s %s: missed %q, not there %q", d.Path, presence, missed, extra)
			}
		}
		if d.Votes == nil {
			continue
		}
		var left []document.Vote
		if r.Minutes != nil {
			for _, v := range r.Minutes.Votes {
				// The gold lists the votes whose numbers are stated; others are results.
				if v.Counted() {
					left = append(left, v)
				} else {
					results[odd]++
				}
			}
		}
		votes[odd].found, votes[odd].wanted = votes[odd].found+len(left), votes[odd].wanted+len(d.Votes)
	next:
		for _, v := range d.Votes {
			for i, g := range left {
				if v.same(g) {
					left = append(left[:i], left[i+1:]...)
					votes[odd].right++
					continue next
				}
			}
			if odd {
				js, _ := json.Marshal(v)
				t.Logf("%s: vote missed: %s", d.Path, js)
			}
		}
		for _, g := range left {
			if odd {
				t.Logf("%s: vote not there: %v %s %q: %s", d.Path, exported(g), g.Result, g.Item, g.Span.In(r.Text))
			}
		}
	}
	for _, odd := range []bool{true, false} {
		half := map[bool]string{true: "odd", false: "even"}[odd]
		t.Logf("attendance, %s half: %v", half, *people[odd])
		t.Logf("votes, %s half: %v, and %d results without a number", half, *votes[odd], results[odd])
		if !odd {
			continue // reported, not aimed at
		}
		if people[odd].f1() < 0.97 {
			t.Errorf("attendance, %s half: %v, want at least 0.97", half, *people[odd])
		}
		if votes[odd].f1() < 0.95 {
			t.Errorf("votes, %s half: %v, want at least 0.95", half, *votes[odd])
		}
	}
}

// TestCorpusHeads measures days, titles and meeting days.
func TestCorpusHeads(t *testing.T) {
	counts := map[bool]map[string]*tallied{}
	for _, odd := range []bool{true, false} {
		counts[odd] = map[string]*tallied{"date": {}, "title": {}, "meeting day": {}}
	}
	for _, d := range goldRows[goldDocument](t, "documents.jsonl") {
		if d.Duplicate != "" || d.Revises != "" {
			continue
		}
		r, odd := readCorpus(t, d), isOdd(d.Path)
		if r.State != document.StateRead {
			continue
		}
		check := func(what, got, want string, same bool) {
			c := counts[odd][what]
			c.found, c.wanted = c.found+1, c.wanted+1
			if same {
				c.right++
			} else if odd {
				t.Logf("%s: %s: got %q want %q", d.Path, what, got, want)
			}
		}
		check("date", r.Date, d.Date, r.Date == d.Date)
		check("title", r.Title, d.Title, sameTitle(r.Title, d.Title))
		if r.Minutes != nil && len(d.Present)+len(d.Votes) > 0 {
			check("meeting day", r.Minutes.Date, d.Date, r.Minutes.Date == d.Date)
		}
	}
	for _, odd := range []bool{true, false} {
		for _, what := range []string{"date", "title", "meeting day"} {
			t.Logf("%s, odd half %v: %v", what, odd, *counts[odd][what])
		}
	}
}

// sameTitle is the scorer's rule: one holds the other, or they share most content words.
func sameTitle(a, b string) bool {
	short, long := plainWords(a), plainWords(b)
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) == 0 || len(long) > 3*len(short)+10 {
		return false
	}
	if len(short) >= 3 && strings.Contains(" "+strings.Join(long, " ")+" ", " "+strings.Join(short, " ")+" ") || strings.Join(short, " ") == strings.Join(long, " ") {
		return true
	}
	content, shared := 0, 0
	have := map[string]int{}
	for _, w := range long {
		have[w]++
	}
	for _, w := range short {
		if len(w) < 4 && !isNumber(w) {
			continue
		}
		content++
		if have[w] > 0 {
			have[w]--
			shared++
		}
	}
	return shared >= 3 && float64(shared) >= 0.6*float64(content)
}

func isNumber(w string) bool { return strings.Trim(w, "0123456789") == "" }

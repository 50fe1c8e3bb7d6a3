package minutes_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"contredit/document"
)

// The debates of the Assemblée lie beside the project, to be measured and never copied.
const debatesFolder = "../../../shared/data/debates/an-2013"

var (
	teiSpeech  = regexp.MustCompile(`(?s)<sp who="([^"]*)">\s*<speaker>(.*?)</speaker>(.*?)</sp>`)
	teiSignal  = regexp.MustCompile(`(?s)<[^>]*>`)
	teiBoth    = regexp.MustCompile(`^\s*(?:,[^.]{0,80})?\s*et\s+(?:M\.|Mme)\s[^.]{4,80}\.`)
	teiAccents = strings.NewReplacer("&apos;", "'", "&amp;", "&", "&quot;", `"`)
)

// spoken is one turn of the reference: the words of who speaks and the first of the speech.
type spoken struct{ who, words string }

func teiTurns(content string) []spoken {
	var turns []spoken
	for _, m := range teiSpeech.FindAllStringSubmatch(content, -1) {
		clean := func(s string) string {
			return strings.Join(plainWords(teiAccents.Replace(teiSignal.ReplaceAllString(s, ""))), " ")
		}
		name, _, _ := strings.Cut(m[2], ",")
		speech := teiSignal.ReplaceAllString(m[3], "")
		if both := teiBoth.FindStringIndex(speech); both != nil {
			speech = speech[both[1]:] // « et Mme X. » belongs to the label
			name = ""
		}
		words := strings.Fields(clean(speech))
		if len(words) > 5 {
			words = words[:5]
		}
		// The reference opens a new speech of the same speaker under each heading.
		turns = append(turns, spoken{clean(name), strings.Join(words, " ")})
	}
	return turns
}

func gotTurns(r *document.Reading) []spoken {
	var turns []spoken
	for _, u := range r.Turns {
		words := plainWords(u.In(r.Text))
		if len(words) > 5 {
			words = words[:5]
		}
		var who []string
		label, _, _ := strings.Cut(u.Label, ",")
		for _, w := range plainWords(label) {
			if !civilities[w] || w == "de" {
				who = append(who, w)
			}
		}
		turns = append(turns, spoken{strings.Join(who, " "), strings.Join(words, " ")})
	}
	return turns
}

func TestDebatesTurns(t *testing.T) {
	pages, _ := filepath.Glob(filepath.Join(debatesFolder, "html", "*.asp"))
	if len(pages) == 0 {
		t.Skip("the debates are not beside the project")
	}
	var turns, named tallied
	for _, page := range pages {
		day := strings.TrimSuffix(filepath.Base(page), ".asp")
		content, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		tei, err := os.ReadFile(filepath.Join(debatesFolder, "tei", day+".xml"))
		if err != nil {
			t.Fatal(err)
		}
		r, err := readAny(document.Origin{URL: "http://www.assemblee-nationale.example/14/cri/2012-2013/" + day + ".html",
			MediaType: "text/html", FetchedAt: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}, content)
		if err != nil {
			t.Fatal(err)
		}
		want, got := teiTurns(string(tei)), gotTurns(r)
		at := map[string][]int{}
		for i, g := range got {
			at[g.words] = append(at[g.words], i)
		}
		turns.found, turns.wanted = turns.found+len(got), turns.wanted+len(want)
		named.found, named.wanted = named.found+len(got), named.wanted+len(want)
		used := map[int]bool{}
		for _, w := range want {
			list := at[w.words]
			for i := 0; len(list) == 0 && i < len(got); i++ {
				// A stage direction that only one of the two keeps shortens the words.
				if !used[i] && got[i].who == w.who && len(w.words)*len(got[i].words) > 0 &&
					(strings.HasPrefix(w.words, got[i].words) || strings.HasPrefix(got[i].words, w.words)) {
					list = []int{i}
				}
			}
			if len(list) == 0 {
				t.Logf("%s missed: %q %q", day, w.who, w.words)
				continue
			}
			i := list[0]
			at[got[i].words] = list[1:]
			used[i] = true
			turns.right++
			if got[i].who == w.who || w.who == "" && strings.Contains(r.Turns[i].Label, " et ") {
				named.right++
			} else {
				t.Logf("%s speaker: got %q want %q: %s", day, got[i].who, w.who, w.words)
			}
		}
		for i, g := range got {
			if !used[i] {
				t.Logf("%s not there: %q %q (%s)", day, g.who, g.words, r.Turns[i].Label)
			}
		}
	}
	t.Logf("turns: %v", turns)
	t.Logf("turns with their label: %v", named)
	if turns.f1() < 0.95 || named.f1() < 0.95 {
		t.Errorf("turns %v, labels %v, want at least 0.95", turns, named)
	}
}

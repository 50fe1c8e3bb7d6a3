package minutes_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"contredit/document"
	"contredit/french"
)

const actsFolder = "../../../shared/data/councils/montpellier/pdf"

// TestActsAgainstLabels measures the day, the object and the outcome of a city's single acts against labels
// made by hand: name of the file, ISO day, number, object with « / » between its lines, outcome; a tab
// between. They lie in the folder that CONTREDIT_LABELS names, for they are words of real acts.
func TestActsAgainstLabels(t *testing.T) {
	folder := os.Getenv("CONTREDIT_LABELS")
	if folder == "" {
		t.Skip("CONTREDIT_LABELS names no folder of labels: single acts are not measured")
	}
	text, err := os.ReadFile(filepath.Join(folder, "montpellier.tsv"))
	if err != nil {
		t.Skip(err)
	}
	var acts, days, objects, outcomes int
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(cells) != 5 {
			t.Fatalf("a label has %d cells: %q", len(cells), line)
		}
		content, err := os.ReadFile(filepath.Join(actsFolder, cells[0]+".pdf"))
		if err != nil {
			t.Skip(err)
		}
		r, err := readAny(document.Origin{URL: "https://ville.example/actes/1.pdf", MediaType: "application/pdf"}, content)
		if err != nil {
			t.Fatal(err)
		}
		acts++
		day, object, outcome := r.Date, []string{r.Title}, ""
		if m := r.Minutes; m != nil {
			if m.Date != "" {
				day = m.Date
			}
			for _, item := range m.Items {
				object, outcome = append(object, item.Title), item.Outcome
			}
			if len(m.Votes) > 0 && outcome == "" {
				outcome = m.Votes[0].Result
			}
		}
		if day == cells[1] {
			days++
		} else {
			t.Logf("%s: day %q, want %q", cells[0], day, cells[1])
		}
		if holdsWords(object, cells[3]) {
			objects++
		} else {
			t.Logf("%s: object %q, want %q", cells[0], object, cells[3])
		}
		if strings.HasPrefix(outcome, "adopt") == (cells[4] == "adopted") {
			outcomes++
		} else {
			t.Logf("%s: outcome %q, want %q; votes %+v", cells[0], outcome, cells[4], r.Minutes.Votes)
		}
	}
	for name, right := range map[string]int{"day": days, "object": objects, "outcome": outcomes} {
		t.Logf("%s: %d of %d right", name, right, acts)
		if share := float64(right) / float64(acts); share < 0.95 {
			t.Errorf("%s: %.3f right, aim 0.95", name, share)
		}
	}
}

// holdsWords says that one of the titles has the words of a label, in their order and no others.
func holdsWords(titles []string, label string) bool {
	plain := func(s string) string {
		return strings.Join(strings.FieldsFunc(french.Fold(s), func(c rune) bool { return !('a' <= c && c <= 'z' || '0' <= c && c <= '9') }), " ")
	}
	for _, title := range titles {
		if plain(title) == plain(label) {
			return true
		}
	}
	return false
}

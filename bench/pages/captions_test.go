package pages_test

import (
	"context"
	"encoding/json"
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"contredit/document"
)

const captionsFolder = "../../../shared/data/torture/captions"

var (
	captionTag = regexp.MustCompile(`<[^>]*>?`)
	captionGap = regexp.MustCompile(`[^\pL\pN]+`)
)

// TestTortureCaptionsKeepTheirWords reads caption files that are broken in every way: each
// ends in time, its passages lie in the text, and where the cues that a browser finds are known, their
// words are there.
func TestTortureCaptionsKeepTheirWords(t *testing.T) {
	files := captionFiles(t)
	if len(files) == 0 {
		t.Skip("the broken captions are not beside the project")
	}
	known, whole := 0, 0
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		r, err := document.Reader{}.Read(context.Background(), document.Origin{URL: "https://region.exemple/" + filepath.Base(file),
			MediaType: map[string]string{".vtt": "text/vtt", ".srt": "application/x-subrip"}[filepath.Ext(file)]}, content)
		if took := time.Since(begun); took > longest {
			t.Errorf("%s took %v, want at most %v", file, took, longest)
		}
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		if r.State != document.StateRead && r.Note == "" {
			t.Errorf("%s is %s, and nothing says what to do", file, r.State)
		}
		spansLie(t, file, r)
		want, ok := cueWords(t, strings.TrimSuffix(file, ".vtt")+".json")
		if !ok {
			continue
		}
		known++
		if got := captionGap.ReplaceAllString(r.Text, " "); !holdsInOrder(strings.Fields(got), want) {
			if note := leftCaptions[filepath.Base(file)]; note == "" {
				t.Errorf("%s (%s): %q, want the words %q", file, r.State, r.Text, want)
			}
			continue
		}
		whole++
	}
	t.Logf("%d files; the words of the cues are there in %d of %d", len(files), whole, known)
}

// leftCaptions are files that a browser reads and contredit does not.
var leftCaptions = map[string]string{
	"min-top-digits.vtt": "minutes of three digits, against the format, in its only cue",
}

func captionFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(captionsFolder, func(path string, d fs.DirEntry, err error) error {
		if ext := filepath.Ext(path); err == nil && !d.IsDir() && (ext == ".vtt" || ext == ".srt") {
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// cueWords are the words of the cues that a browser finds in a file.
func cueWords(t *testing.T, file string) ([]string, bool) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, false
	}
	var expected struct{ Cues []struct{ Text string } }
	if err := json.Unmarshal(content, &expected); err != nil {
		return nil, false
	}
	var words []string
	for _, c := range expected.Cues {
		words = append(words, strings.Fields(captionGap.ReplaceAllString(html.UnescapeString(captionTag.ReplaceAllString(c.Text, "")), " "))...)
	}
	return words, true
}

func holdsInOrder(got, want []string) bool {
	for _, w := range got {
		if len(want) > 0 && w == want[0] {
			want = want[1:]
		}
	}
	return len(want) == 0
}

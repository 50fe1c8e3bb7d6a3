package pages_test

import (
	"bufio"
	"crypto/sha1"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"contredit/document/pdf"
)

// The fictional council of the demo, and the truth about it.
const (
	corpusSite = "../../cmd/contredit/demo/site"
	corpusGold = "../score/gold"
)

// fewestFound is the share of gold sentences that the text of PDF files has to hold.
const fewestFound = 0.99

// isOdd says that a document is of the half that rules may be tuned on (SCORING.md).
func isOdd(path string) bool {
	digit := fmt.Sprintf("%x", sha1.Sum([]byte(path)))[0]
	return strings.ContainsRune("13579bdf", rune(digit))
}

// goldSentences are the quotes of claims and evidence by the PDF file that they stand in.
func goldSentences(t testing.TB) map[string][]string {
	t.Helper()
	type place struct{ Path, Quote string }
	seen, byFile := map[place]bool{}, map[string][]string{}
	for _, name := range []string{"claims.jsonl", "links.jsonl"} {
		f, err := os.Open(filepath.Join(corpusGold, name))
		if err != nil {
			t.Fatal(err)
		}
		s := bufio.NewScanner(f)
		s.Buffer(nil, 1<<20)
		for s.Scan() {
			var row struct {
				place
				Evidence []place
			}
			if err := json.Unmarshal(s.Bytes(), &row); err != nil {
				t.Fatal(err)
			}
			for _, p := range append(row.Evidence, row.place) {
				if strings.HasSuffix(p.Path, ".pdf") && p.Quote != "" && !seen[p] {
					seen[p] = true
					byFile[p.Path] = append(byFile[p.Path], p.Quote)
				}
			}
		}
		if err := s.Err(); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	return byFile
}

// words folds line ends and the kinds of spaces, and nothing else.
func words(text string) string { return strings.Join(strings.Fields(text), " ") }

func TestGoldSentencesStandInPages(t *testing.T) {
	reader := pdf.NewReader(os.Args[0], worker)
	defer reader.Close()
	_, noTool := exec.LookPath("pdftotext")
	var ours, theirs, all [2]int
	for file, quotes := range goldSentences(t) {
		half := 0
		if isOdd(file) {
			half = 1
		}
		path := filepath.Join(corpusSite, file)
		r, _ := reading(t, reader, path)
		own, raw := words(r.Text), ""
		if noTool == nil {
			out, err := exec.Command("pdftotext", "-raw", "-enc", "UTF-8", path, "-").Output()
			if err != nil {
				t.Fatalf("run pdftotext on %s: %v", file, err)
			}
			raw = words(string(out))
		}
		for _, q := range quotes {
			all[half]++
			if strings.Contains(own, words(q)) {
				ours[half]++
			} else if half == 1 { // the even half is not looked at
				t.Logf("%s: not found: %s", file, q)
			}
			if strings.Contains(raw, words(q)) {
				theirs[half]++
			}
		}
	}
	if all[0]+all[1] == 0 {
		t.Fatal("the gold has no sentence in a PDF file")
	}
	for half, name := range []string{"even half", "odd half"} {
		t.Logf("%s: %d of %d sentences", name, ours[half], all[half])
		if noTool == nil {
			t.Logf("%s: pdftotext -raw: %d of %d", name, theirs[half], all[half])
		}
	}
	if got := float64(ours[0]+ours[1]) / float64(all[0]+all[1]); got < fewestFound {
		t.Errorf("found %.3f of the sentences, want at least %.2f", got, fewestFound)
	}
}

package pages_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"
	"time"

	"contredit/document"
	"contredit/document/pdf"
)

const tortureFolder = "../../../shared/data/torture/pdf"

// longest is what a file may cost, whatever is wrong with it.
const longest = 5 * time.Second

func TestTortureFilesEndInAState(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(tortureFolder, "*", "*.pdf"))
	if len(files) == 0 {
		t.Skip("the broken files are not beside the project")
	}
	expected := expectations(t)
	reader := pdf.NewReader(os.Args[0], worker)
	defer reader.Close()
	for _, file := range files {
		begun := time.Now()
		r, content := reading(t, reader, file)
		took := time.Since(begun)
		name := filepath.Base(file)
		t.Logf("%-10s %5d letters  %v  %s (%s)", r.State, len([]rune(r.Text)), took.Round(time.Millisecond), name, expected[name].class)
		if took > longest {
			t.Errorf("%s took %v, want at most %v", name, took, longest)
		}
		if r.State != document.StateRead && r.Note == "" {
			t.Errorf("%s is %s, and nothing says what to do", name, r.State)
		}
		e := expected[name]
		switch {
		case e.class == "needs-password" && r.State != document.StateEncrypted && r.State != document.StateMalformed:
			t.Errorf("%s is %s, want encrypted", name, r.State)
		case e.class == "open-fail" && r.State == document.StateRead && !bytes.Contains(content, []byte(r.Text)):
			// A reader may mend what poppler gives up, and make nothing up.
			t.Errorf("%s is read as %q, which is not in the file", name, r.Text)
		case e.class == "no-text" && r.State == document.StateRead:
			t.Errorf("%s is read, and has no text", name)
		case e.letters > 0 && r.State != document.StateRead && left[name] == "":
			t.Errorf("%s is %s, and pdftotext finds %d letters", name, r.State, e.letters)
		}
		spansLie(t, name, r)
	}
}

// left are files that pdftotext reads and contredit does not.
var left = map[string]string{
	"secHandler.pdf": "another security handler than the standard one: the engine opens it and finds no text",
}

type expectation struct {
	class   string
	letters int
}

func expectations(t testing.TB) map[string]expectation {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(tortureFolder, "pdfjs", "EXPECT.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	c := csv.NewReader(bytes.NewReader(content))
	c.Comma, c.LazyQuotes, c.FieldsPerRecord = '\t', true, -1
	rows, err := c.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]expectation{}
	for _, row := range rows[1:] {
		n := 0
		for _, d := range row[4] {
			n = n*10 + int(d-'0')
		}
		list[row[0]] = expectation{row[1], n}
	}
	return list
}

// spansLie checks that passages lie in the text, in order.
func spansLie(t testing.TB, name string, r *document.Reading) {
	t.Helper()
	at := 0
	for _, p := range r.Passages {
		if p.Start < at || p.End < p.Start || p.End > len(r.Text) {
			t.Fatalf("%s: passage %d–%d after %d in a text of %d bytes", name, p.Start, p.End, at, len(r.Text))
		}
		at = p.End
	}
}

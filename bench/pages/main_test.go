// Package pages_test measures how PDF files are read: the share of gold sentences that stand
// word for word in the text, and pages a second, beside Debian's pdftotext -raw; and what
// becomes of files that are broken on purpose. What lies beside the project is measured there
// and never copied. Run: go test -tags sqlite_fts5 -count 1 -v ./bench/pages
package pages_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"contredit/document"
	"contredit/document/pdf"
)

// worker is the argument that makes the test program the child that reads PDF files.
const worker = "pdf-worker"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == worker {
		if err := pdf.Work(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// reading reads one file with a reader that the caller closes.
func reading(t testing.TB, reader *pdf.Reader, file string) (*document.Reading, []byte) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r, err := document.Reader{PDF: reader}.Read(context.Background(),
		document.Origin{URL: "http://commune.example/" + file, MediaType: "application/pdf", Role: document.RoleRecord}, content)
	if err != nil {
		t.Fatalf("read %s: %v", file, err)
	}
	return r, content
}

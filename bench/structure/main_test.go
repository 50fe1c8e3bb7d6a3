// Package structure_test measures what whole minutes say against claims: votes, attendance
// and absences, on the fictional council of the demo. Rules are tuned on its odd half alone.
// Run: go test -tags sqlite_fts5 -v ./bench/structure
package structure_test

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

func readAny(origin document.Origin, content []byte) (*document.Reading, error) {
	return document.Reader{PDF: pdf.NewReader(os.Args[0], worker)}.Read(context.Background(), origin, content)
}

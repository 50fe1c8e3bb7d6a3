// Package minutes_test measures how well turns, attendance, votes and items are read, on the
// fictional council and on real records that lie beside the project and never enter it.
// Every test skips without them. Run: go test -tags sqlite_fts5 -v ./bench/minutes
package minutes_test

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
	if raced {
		fmt.Println("bench/minutes: not measured under the race detector")
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func readAny(origin document.Origin, content []byte) (*document.Reading, error) {
	return document.Reader{PDF: pdf.NewReader(os.Args[0], worker)}.Read(context.Background(), origin, content)
}

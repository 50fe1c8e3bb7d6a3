package main

import (
	"context"

	"contredit/document/pdf"
)

// pdfWorkerName is the hidden command that reads PDF files for another contredit: a file
// that breaks the reader then breaks a process of its own.
const pdfWorkerName = "pdf-worker"

func runPDFWorker(_ context.Context, t terminal, c command, args []string) error {
	if _, err := newOptions(t, c).parse(args, 0, 0); err != nil {
		return err
	}
	return pdf.Work(t.in, t.out)
}

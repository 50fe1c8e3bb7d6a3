package pages_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"contredit/document/pdf"
)

const montpellierFolder = "../../../shared/data/councils/montpellier"

// TestPagesASecond measures; a time is no reason to fail.
func TestPagesASecond(t *testing.T) {
	for name, folder := range map[string]string{"fictional council": corpusSite, "Montpellier": montpellierFolder} {
		var files []string
		filepath.WalkDir(folder, func(path string, _ os.DirEntry, err error) error {
			if err == nil && filepath.Ext(path) == ".pdf" {
				files = append(files, path)
			}
			return nil
		})
		if len(files) == 0 {
			t.Logf("%s: not beside the project", name)
			continue
		}
		reader := pdf.NewReader(os.Args[0], worker)
		reading(t, reader, files[0]) // the child starts once in the life of the daemon
		begun, pages := time.Now(), 0
		for _, file := range files {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			drawn, _, err := reader.Pages(t.Context(), content)
			if err != nil {
				t.Fatalf("read %s: %v", file, err)
			}
			pages += len(drawn)
		}
		lines := time.Since(begun)
		begun = time.Now()
		for _, file := range files {
			reading(t, reader, file)
		}
		whole := time.Since(begun)
		reader.Close()
		t.Logf("%s: %d files, %d pages: lines %.0f pages/s, with passages and minutes %.0f pages/s",
			name, len(files), pages, float64(pages)/lines.Seconds(), float64(pages)/whole.Seconds())
		if _, err := exec.LookPath("pdftotext"); err != nil {
			t.Log("pdftotext is not installed (apt-get install poppler-utils)")
			continue
		}
		begun = time.Now()
		for _, file := range files {
			if err := exec.Command("pdftotext", "-raw", file, os.DevNull).Run(); err != nil {
				t.Logf("pdftotext: %s: %v", filepath.Base(file), err)
			}
		}
		t.Logf("%s: pdftotext -raw, one process a file: %.0f pages/s", name, float64(pages)/time.Since(begun).Seconds())
	}
}

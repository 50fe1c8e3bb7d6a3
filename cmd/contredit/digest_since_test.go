package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"contredit/claims"
	"contredit/evidence"
	"contredit/store"
)

// TestCorrectionsFollowTheLetters holds that who had a pair by mail hears once of what was answered or
// corrected since, and of nothing that may not be told.
func TestCorrectionsFollowTheLetters(t *testing.T) {
	for name, tt := range map[string]struct {
		after func(*testing.T, *work) // the remark was queued
		want  int                     // letters that tell it
	}{
		"Told":   {func(*testing.T, *work) {}, 1},
		"Erased": {eraseCorrection, 0},
		"MadePrivate": {func(t *testing.T, w *work) {
			if _, err := w.db.HideSources(t.Context(), []string{w.config.Sources[0].Name}); err != nil {
				t.Fatal(err)
			}
		}, 0},
		"RejectedAfterIsToldAllTheMore": {func(t *testing.T, w *work) { judged(t, w, "gaz0", claims.StatusRejected) }, 1},
	} {
		t.Run(name, func(t *testing.T) {
			w := deskWork(t)
			if got := leave(t, w); got != "eau gaz bus" {
				t.Fatalf("the first letter carried %q", got)
			}
			start := w.db.Now()
			w.db.Now = func() time.Time { return start.Add(24 * time.Hour) }
			if err := w.db.SaveRemarks(t.Context(), []string{"gaz0"}, store.Remark{Kind: store.RemarkCorrection, Reviewer: "x", Text: "Erratum de page."}); err != nil {
				t.Fatal(err)
			}
			queue := func(run string, want int) {
				t.Helper()
				if n, err := w.queue(t.Context(), w.config.Digests[0], run); err != nil || n != want {
					t.Fatalf("run %s: %d mails (%v), want %d", run, n, err, want)
				}
			}
			queue("2", 1)
			tt.after(t, w)
			if _, err := w.deliver(t.Context()); err != nil {
				t.Fatal(err)
			}
			w.db.Now = func() time.Time { return start.Add(48 * time.Hour) }
			queue("3", 0)
			if got := lettersWith(t, w, "Erratum de page."); got != tt.want {
				t.Errorf("%d letters tell the correction, want %d", got, tt.want)
			}
		})
	}
}

func eraseCorrection(t *testing.T, w *work) {
	e, err := w.db.EntryAbout(t.Context(), evidence.JournalCorrection, "gaz0")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.db.Erase(t.Context(), e.Number, "x", "demande"); err != nil {
		t.Fatal(err)
	}
}

// lettersWith counts the letters in files that hold a text.
func lettersWith(t *testing.T, w *work, text string) (n int) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(w.config.resolve(w.config.Mail.Folder), "*.eml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(strings.ReplaceAll(string(raw), "=\r\n", ""), text) {
			n++
		}
	}
	return n
}

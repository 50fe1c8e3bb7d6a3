package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"contredit/claims"
	"contredit/digest"
	"contredit/document"
	"contredit/store"
)

const mailReader = "a@b.example"

// deskWork is a quietWork with one digest, whose mails are files, and three pairs that wait in one mail.
func deskWork(t *testing.T) *work {
	t.Helper()
	w, _ := quietWork(t)
	w.config.path = filepath.Join(t.TempDir(), "contredit.toml")
	w.config.Sources = []sourceConfig{{Name: "import"}}
	w.config.Digests = []digestConfig{{Name: "Lundi", Recipients: []string{mailReader}}}
	pairsOf(t, w, "eau", 0.9)
	pairsOf(t, w, "gaz", 0.8)
	pairsOf(t, w, "bus", 0.7)
	if n, err := w.queue(t.Context(), w.config.Digests[0], "1"); err != nil || n != 1 {
		t.Fatalf("%d mails, %v", n, err)
	}
	return w
}

// leave sends what waits and returns the pairs in the files, by their claims.
func leave(t *testing.T, w *work) string {
	t.Helper()
	if _, err := w.deliver(t.Context()); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(w.config.resolve(w.config.Mail.Folder), "*.eml"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, claim := range []string{"eau", "gaz", "bus"} {
			if n := strings.Count(string(raw), "dit "+claim); n > 0 {
				got = append(got, claim)
			}
		}
	}
	return strings.Join(got, " ")
}

func judged(t *testing.T, w *work, link string, d claims.Decision) {
	t.Helper()
	if _, err := w.db.SaveVerdict(t.Context(), claims.Verdict{Link: link, Reviewer: "x", Decision: d, At: "2026-03-02T12:00:00Z"}); err != nil {
		t.Fatal(err)
	}
}

// TestWhatWaitsIsLookedAtAgain holds that a mail carries nothing that may not be told any more when
// it leaves, that the ledger says why, and that what was left out counts as carried no more.
func TestWhatWaitsIsLookedAtAgain(t *testing.T) {
	hide := func(t *testing.T, w *work) {
		w.config.Sources[0].Visibility = visibility(document.Private)
	}
	for name, tt := range map[string]struct {
		change func(*testing.T, *work)
		want   string // that arrives
		reason string
		items  int // that count as carried
	}{
		"Nothing":  {func(*testing.T, *work) {}, "eau gaz bus", "", 3},
		"Rejected": {func(t *testing.T, w *work) { judged(t, w, "gaz0", claims.StatusRejected) }, "eau bus", "rejeté", 2},
		"Withdrawn": {func(t *testing.T, w *work) {
			if err := w.db.SaveLinks(t.Context(), "gaz", nil); err != nil {
				t.Fatal(err)
			}
		}, "eau bus", "ne propose plus", 2},
		"MadePrivate": {hide, "", "source privée", 0},
		"PrivateForThoseWhoMaySeeIt": {func(t *testing.T, w *work) {
			hide(t, w)
			w.config.Digests[0].Private = true
		}, "eau gaz bus", "", 3},
		"AllRejected": {func(t *testing.T, w *work) {
			for _, id := range []string{"eau0", "gaz0", "bus0"} {
				judged(t, w, id, claims.StatusRejected)
			}
		}, "", "rejeté", 0},
		"NarrowedDigest":   {func(_ *testing.T, w *work) { w.config.Digests[0].MinimumScore = 0.75 }, "eau gaz", "filtres", 2},
		"RecipientRemoved": {func(_ *testing.T, w *work) { w.config.Digests[0].Recipients = []string{"c@d.example"} }, "", "destinataires", 0},
		"DigestRemoved":    {func(_ *testing.T, w *work) { w.config.Digests = nil }, "", "configuration", 0},
	} {
		t.Run(name, func(t *testing.T) {
			w := deskWork(t)
			tt.change(t, w)
			if got := leave(t, w); got != tt.want {
				t.Errorf("arrived: %q, want %q", got, tt.want)
			}
			had, err := w.db.Carried(t.Context(), "Lundi", mailReader)
			if err != nil || len(had) != tt.items {
				t.Errorf("%d items count as carried, want %d, %v", len(had), tt.items, err)
			}
			dropped, err := w.db.DroppedItems(t.Context(), 10)
			if err != nil || (tt.reason == "") != (len(dropped) == 0) || len(dropped) > 0 && !strings.Contains(dropped[0].Reason, tt.reason) {
				t.Errorf("dropped %+v (%v), want a reason with %q", dropped, err, tt.reason)
			}
			all, err := w.db.Outbox(t.Context(), 10)
			if err != nil || len(all) != 1 || (all[0].State == digest.StateSent) != (tt.want != "") || all[0].State == digest.StateQueued {
				t.Errorf("the outbox has %+v, %v", all, err)
			}
		})
	}
}

// TestWhatWasDroppedComesOnceWhenItMayBeTold holds that a rejection taken back brings its pair with
// the next issue, and a reader who was taken off and put back the whole mail, each pair once.
func TestWhatWasDroppedComesOnceWhenItMayBeTold(t *testing.T) {
	w := deskWork(t)
	judged(t, w, "gaz0", claims.StatusRejected)
	if got := leave(t, w); got != "eau bus" {
		t.Fatalf("arrived: %q", got)
	}
	if _, err := w.db.UndoVerdict(t.Context(), "gaz0", "x"); err != nil {
		t.Fatal(err)
	}
	for run := 2; run < 4; run++ {
		if _, err := w.queue(t.Context(), w.config.Digests[0], fmt.Sprint(run)); err != nil {
			t.Fatal(err)
		}
		if got := leave(t, w); strings.Count(got, "gaz") != 1 || strings.Count(got, "eau") != 1 || strings.Count(got, "bus") != 1 {
			t.Errorf("arrived in all: %q, want each once", got)
		}
	}

	w = deskWork(t)
	w.config.Digests[0].Recipients = nil
	leave(t, w)
	if n, err := w.db.ResumeMail(t.Context(), mailReader, ""); err != nil || n != 0 {
		t.Errorf("%d mails of one who was taken off wait again, %v", n, err)
	}
	w.config.Digests[0].Recipients = []string{mailReader}
	if _, err := w.queue(t.Context(), w.config.Digests[0], "2"); err != nil {
		t.Fatal(err)
	}
	if got := leave(t, w); got != "eau gaz bus" {
		t.Errorf("arrived: %q, want each once", got)
	}
}

// TestConfirmedMeanwhileIsCalledSo holds that a mail which waited says of a pair what is so when it leaves.
func TestConfirmedMeanwhileIsCalledSo(t *testing.T) {
	w := deskWork(t)
	m, ok, err := w.db.TakeMail(t.Context(), digest.WayMail, w.db.Now(), 0)
	if err != nil || !ok || m.Letter.Items[0].Confirmed {
		t.Fatalf("%v, %+v", err, m)
	}
	judged(t, w, m.Letter.Items[0].ID, claims.StatusConfirmed)
	now, err := w.recheck()(t.Context(), m)
	if err != nil || !now.Letter.Items[0].Confirmed || now.Letter.Items[1].Confirmed {
		t.Errorf("%+v, %v", now, err)
	}
}

// TestAgendaThatBecamePrivateStays holds that a point whose document is private by now leaves with no mail.
func TestAgendaThatBecamePrivateStays(t *testing.T) {
	w, now := quietWork(t)
	w.config.path = filepath.Join(t.TempDir(), "contredit.toml")
	agendaOf(t, w, "2026-03-12", document.Public, "Tarifs de la restauration scolaire")
	w.config.Digests = []digestConfig{{Name: "Avant", Session: "before", Recipients: []string{mailReader}}}
	if n, err := w.queue(t.Context(), w.config.Digests[0], runName(*now)); err != nil || n != 1 {
		t.Fatalf("%d mails, %v", n, err)
	}
	w.config.Sources = []sourceConfig{{Name: "", Visibility: visibility(document.Private)}}
	sent, err := w.deliver(t.Context())
	if err != nil || sent.Sent != 0 || sent.Withdrawn != 1 {
		t.Errorf("%+v, %v", sent, err)
	}
	had, err := w.db.Carried(t.Context(), "Avant", mailReader)
	if err != nil || len(had) != 0 {
		t.Errorf("%v count as told, %v", had, err)
	}
}

// TestFormerOperatorGetsNothing holds that an alarm that waited goes to who is the operator now.
func TestFormerOperatorGetsNothing(t *testing.T) {
	w, _ := quietWork(t)
	w.config.path = filepath.Join(t.TempDir(), "contredit.toml")
	if err := w.alarm(t.Context(), "disque", true, "Le disque se remplit."); err != nil {
		t.Fatal(err)
	}
	w.config.Mail.Operator = "autre@section.example"
	if sent, err := w.deliver(t.Context()); err != nil || sent.Sent != 0 || sent.Withdrawn != 1 {
		t.Errorf("%+v, %v", sent, err)
	}
}

// TestResumeNamesWhatIsStopped holds that an address that nothing stops is an error, and that one digest
// can be taken back alone.
func TestResumeNamesWhatIsStopped(t *testing.T) {
	w, now := quietWork(t)
	if err := w.resume(t.Context(), "inconnu@b.example", nil); err == nil {
		t.Error("an address that is not stopped was resumed")
	}
	if err := w.db.StopMail(t.Context(), mailReader, "Lundi", "désinscription", *now); err != nil {
		t.Fatal(err)
	}
	if err := w.resume(t.Context(), mailReader, nil); err == nil || !strings.Contains(err.Error(), "Lundi") {
		t.Errorf("without the digest's name: %v, want an error that names it", err)
	}
	if err := w.db.SuspendAddress(t.Context(), mailReader, "550", *now); err != nil {
		t.Fatal(err)
	}
	if err := w.resume(t.Context(), mailReader, []string{"lundi"}); err != nil {
		t.Error(err)
	}
	stopped, err := w.db.StoppedMails(t.Context())
	if err != nil || len(stopped) != 1 || stopped[0].Digest != "" {
		t.Errorf("stopped still: %+v, %v; want the suspension alone", stopped, err)
	}
	if err := w.resume(t.Context(), mailReader, nil); err != nil {
		t.Error(err)
	}
}

// TestRepliesLeaveWithTheirPair holds that a letter carries what the person quoted answered, and our
// corrections, also those that came while it waited.
func TestRepliesLeaveWithTheirPair(t *testing.T) {
	w := deskWork(t)
	for kind, text := range map[string]string{store.RemarkReply: "Reponse de Zoe Fictive.", store.RemarkCorrection: "Erratum de page.", store.RemarkNote: "Note interne."} {
		if err := w.db.SaveRemarks(t.Context(), []string{"gaz0"}, store.Remark{Kind: kind, Reviewer: "x", Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	leave(t, w)
	files, err := filepath.Glob(filepath.Join(w.config.resolve(w.config.Mail.Folder), "*.eml"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%d letters (%v)", len(files), err)
	}
	raw, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{"Reponse de Zoe Fictive.": 2, "Erratum de page.": 2, "Note interne": 0} { // text and HTML
		if got := strings.Count(strings.ReplaceAll(string(raw), "=\r\n", ""), text); got != want {
			t.Errorf("%q stands %d times in the letter, want %d", text, got, want)
		}
	}
}

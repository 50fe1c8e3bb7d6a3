package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"contredit/claims"
	"contredit/digest"
	"contredit/document"
	"contredit/store"
)

// quietWork is a database of its own at a clock that the test turns.
func quietWork(t *testing.T) (w *work, now *time.Time) {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "contredit.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	at := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	db.Now = func() time.Time { return at }
	config := defaultConfig()
	config.Mail.Operator = "operateur@section.example"
	config.Instance.Database = filepath.Join(t.TempDir(), "contredit.db")
	return &work{config: &config, db: db, t: terminal{err: io.Discard}, logger: loggerTo(terminal{err: io.Discard})}, &at
}

// told lists the runs of the mails to the operator, the oldest first.
func told(t *testing.T, w *work) (runs []string) {
	t.Helper()
	all, err := w.db.Outbox(t.Context(), 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if m.Digest == operatorDigest {
			runs = append(runs, m.Run)
		}
	}
	return runs
}

// TestMailsThatDoNotLeaveAreToldOnce holds that the mail which tells of it, and which does not
// leave either, neither ends the alarm nor begins another.
func TestMailsThatDoNotLeaveAreToldOnce(t *testing.T) {
	w, now := quietWork(t)
	issue := digest.Issue{Letter: digest.Letter{Digest: "Lundi"}, Run: "1", Recipients: []string{"a@b.example"}}
	if _, err := w.db.QueueIssue(t.Context(), issue, *now); err != nil {
		t.Fatal(err)
	}
	for range 2 * stubbornAfter {
		*now = now.Add(12 * time.Hour)
		for {
			m, ok, err := w.db.TakeMail(t.Context(), digest.WayMail, *now, time.Minute)
			if err != nil {
				t.Fatal(err)
			}
			if !ok {
				break
			}
			if err := w.db.DelayMail(t.Context(), m.ID, now.Add(time.Hour), "no route to host"); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.watch(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if runs := told(t, w); len(runs) != 1 || !strings.HasPrefix(runs[0], "courrier ") {
		t.Errorf("told %q, want one mail about the mails", runs)
	}
}

// TestTroubleIsToldOnceUnderKills cuts the telling off at each of its writes and begins anew.
func TestTroubleIsToldOnceUnderKills(t *testing.T) {
	w, now := quietWork(t)
	wrong := map[string]string{"a": "A est en panne.", "b": "B est en panne."}
	all := func(string) bool { return true }
	if err := w.troubles(t.Context(), wrong, all); err != nil {
		t.Fatal(err)
	}
	kept, before, err := w.keptTroubles(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	// Killed after the mail was queued, before that was noted.
	for name, k := range kept {
		k.Told = false
		kept[name] = k
	}
	if _, err := w.saveTroubles(t.Context(), kept, before); err != nil {
		t.Fatal(err)
	}
	*now = now.Add(time.Hour)
	if err := w.troubles(t.Context(), wrong, all); err != nil {
		t.Fatal(err)
	}
	if runs := told(t, w); len(runs) != 1 {
		t.Errorf("told %q, want one mail of both", runs)
	}
	// Killed after the end was queued, before that was noted.
	_, text, err := w.keptTroubles(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := w.db.SaveSetting(t.Context(), troublesKey, text); err != nil {
			t.Fatal(err)
		}
		*now = now.Add(time.Hour)
		if err := w.troubles(t.Context(), nil, all); err != nil {
			t.Fatal(err)
		}
	}
	if runs := told(t, w); len(runs) != 2 {
		t.Errorf("told %q, want one beginning and one end", runs)
	}
	// Nobody to tell: nothing counts as told.
	w.config.Mail.Operator = ""
	if err := w.alarm(t.Context(), "c", true, "C est en panne."); err != nil {
		t.Fatal(err)
	}
	if kept, _, err := w.keptTroubles(t.Context()); err != nil || len(kept) != 0 {
		t.Errorf("kept %v (%v), want nothing", kept, err)
	}
	w.config.Mail.Operator = "operateur@section.example"
	// What was not looked at has not ended.
	if err := w.alarm(t.Context(), "a", true, "A est en panne."); err != nil {
		t.Fatal(err)
	}
	if err := w.troubles(t.Context(), nil, func(name string) bool { return name == "b" }); err != nil {
		t.Fatal(err)
	}
	if kept, _, err := w.keptTroubles(t.Context()); err != nil || len(kept) != 1 {
		t.Errorf("kept %v (%v), want a", kept, err)
	}
}

// pairsOf saves a claim, as a page brought in by hand, with a pair of each of these scores.
func pairsOf(t *testing.T, w *work, claim string, scores ...float64) {
	t.Helper()
	url := "https://region.example/" + claim
	kept, err := w.db.SaveSnapshot(t.Context(), document.Document{URL: url, Source: store.HandSource, Role: document.RoleStatement, Body: "Région", Visibility: document.Public}, "",
		document.Snapshot{URL: url, FinalURL: url, MediaType: "text/plain", Status: 200, Content: []byte(claim), SHA256: claim, FetchedAt: w.db.Now()})
	if err != nil {
		t.Fatal(err)
	}
	c := claims.Claim{ID: claim, URL: url, Quote: "Dix postes, dit " + claim + ".", Worth: true}
	if err := w.db.SaveExtraction(t.Context(), kept.Document, kept.Snapshot, []claims.Claim{c}, nil); err != nil {
		t.Fatal(err)
	}
	var links []claims.Link
	for i, score := range scores {
		links = append(links, claims.Link{ID: fmt.Sprint(claim, i), Claim: c, Kind: claims.KindNumber, Score: score, Visibility: document.Public})
	}
	if err := w.db.SaveLinks(t.Context(), claim, links); err != nil {
		t.Fatal(err)
	}
}

// TestWeakestPairIsReached holds that a digest of few items comes to every pair in the end, each
// once, and that a newer, stronger one goes first.
func TestWeakestPairIsReached(t *testing.T) {
	w, now := quietWork(t)
	save := func(claim string, scores ...float64) { pairsOf(t, w, claim, scores...) }
	save("old", 0.9, 0.8, 0.7, 0.6, 0.5)
	d := digestConfig{Name: "Lundi", Recipients: []string{"a@b.example", "c@d.example"}, Items: 2}
	var got []string
	for round := range 5 {
		*now = now.AddDate(0, 0, 7)
		if round == 2 {
			save("new", 0.95)
		}
		list, err := w.issues(t.Context(), d, fmt.Sprint(round))
		if err != nil {
			t.Fatal(err)
		}
		for _, issue := range list {
			line := fmt.Sprint(len(issue.Recipients), ":")
			for _, item := range issue.Letter.Items {
				line += " " + item.ID
			}
			got = append(got, fmt.Sprint(line, " +", issue.Letter.More))
		}
		if _, err := w.queue(t.Context(), d, fmt.Sprint(round)); err != nil {
			t.Fatal(err)
		}
	}
	if want := "[2: old0 old1 +3 2: old2 old3 +1 2: new0 old4 +0]"; fmt.Sprint(got) != want {
		t.Errorf("letters %v, want %s", got, want)
	}
	// A reader who joins begins with the strongest; the others are not written to again.
	d.Recipients = append(d.Recipients, "e@f.example")
	list, err := w.issues(t.Context(), d, "joined")
	if err != nil || len(list) != 1 || fmt.Sprint(list[0].Recipients) != "[e@f.example]" || list[0].Letter.Items[0].ID != "new0" {
		t.Errorf("%d letters (%v), want one to the new reader", len(list), err)
	}
}

// TestSuspendedAddressIsTold holds that the operator hears of a refused address, once, also when
// the program was killed right after the server's answer, and again when that happens again.
func TestSuspendedAddressIsTold(t *testing.T) {
	w, now := quietWork(t)
	watch := func() []string {
		t.Helper()
		*now = now.Add(time.Hour)
		if err := w.watch(t.Context()); err != nil {
			t.Fatal(err)
		}
		return told(t, w)
	}
	for round, want := range []int{1, 3} {
		if err := w.db.SuspendAddress(t.Context(), "parti@section.example", "550 no such user", *now); err != nil {
			t.Fatal(err)
		}
		watch()
		if runs := watch(); len(runs) != want || !strings.HasPrefix(runs[len(runs)-1], "adresse parti@section.example ") {
			t.Errorf("round %d: told %q, want %d mails", round, runs, want)
		}
		if _, err := w.db.ResumeMail(t.Context(), "parti@section.example", ""); err != nil {
			t.Fatal(err)
		}
		watch()
	}
	if err := w.db.StopMail(t.Context(), "lasse@section.example", "Lundi", "désabonnement", *now); err != nil {
		t.Fatal(err)
	}
	if runs := watch(); len(runs) != 4 {
		t.Errorf("told %q: a reader who leaves one digest is no trouble", runs)
	}
}

// TestAlarmsWaitForASuspendedOperator holds that what began and what ended while the operator's own
// address was suspended is told, once, when it is taken back.
func TestAlarmsWaitForASuspendedOperator(t *testing.T) {
	w, now := quietWork(t)
	operator := w.config.Mail.Operator
	look := func(wrong map[string]string) []string {
		t.Helper()
		*now = now.Add(time.Hour)
		if err := w.troubles(t.Context(), wrong, func(string) bool { return true }); err != nil {
			t.Fatal(err)
		}
		return told(t, w)
	}
	disk, backup := map[string]string{"disque": "Le disque se remplit."}, map[string]string{"sauvegarde": "Pas de copie."}
	look(disk)
	if err := w.db.SuspendAddress(t.Context(), operator, "550 no such user", *now); err != nil {
		t.Fatal(err)
	}
	look(backup)
	if runs := look(backup); len(runs) != 1 {
		t.Errorf("told a suspended address %q", runs)
	}
	var out strings.Builder
	if err := sayMails(t.Context(), terminal{out: &out, err: io.Discard}, w.db, operator); err != nil || !strings.Contains(out.String(), "contredit digest resume "+operator) {
		t.Errorf("status says %q, %v", out.String(), err)
	}
	if _, err := w.db.ResumeMail(t.Context(), operator, ""); err != nil {
		t.Fatal(err)
	}
	look(backup)
	runs := look(backup)
	if len(runs) != 3 || !strings.HasPrefix(runs[1], "disque ") || !strings.HasSuffix(runs[1], " ended") || !strings.HasPrefix(runs[2], "sauvegarde ") {
		t.Errorf("told %q, want the disk's end and the backup's beginning", runs)
	}
}

// TestADeadServerIsToldSoonWithManyReaders holds that the operator hears of a server that is down
// within three quarters of an hour, however many mails take turns in finding it so, and that hooks
// hear of their pairs meanwhile.
func TestADeadServerIsToldSoonWithManyReaders(t *testing.T) {
	w, now, _ := strictWork(t, 500, nil)
	w.config.Mail.Server = "127.0.0.1:1"
	heard := 0
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { heard++ }))
	t.Cleanup(server.Close)
	w.config.Hooks = []hookConfig{{Name: "salon", URL: server.URL}}
	*now = now.Add(time.Minute) // what was found before is no news
	if err := w.queueHooks(t.Context()); err != nil {
		t.Fatal(err)
	}
	for minute := range 45 {
		*now = now.Add(time.Minute)
		if minute == 1 {
			pairsOf(t, w, "gaz", 0.8)
		}
		if err := w.queueHooks(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := w.deliver(t.Context()); err != nil {
			t.Fatal(err)
		}
		if minute == 1 && heard != 1 {
			t.Errorf("the hook heard %d pairs while no mail leaves, want 1", heard)
		}
		if err := w.watch(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if runs := told(t, w); len(runs) != 1 || !strings.HasPrefix(runs[0], "courrier ") {
		t.Errorf("told %q after three quarters of an hour", runs)
	}
}

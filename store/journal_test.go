package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3" // to do what the store refuses to

	"contredit/claims"
	"contredit/evidence"
	"contredit/store"
)

// mustJournal is a database whose journal has every kind of entry, one of them erased.
func mustJournal(t *testing.T) *store.DB {
	t.Helper()
	ctx := t.Context()
	db := mustOpen(t)
	text := "La subvention est versée."
	kept := mustSave(t, db, "https://exemple.test/a", text)
	for n := range 4 {
		mustSave(t, db, fmt.Sprintf("https://exemple.test/autre/%d", n), fmt.Sprint("texte ", n))
	}
	if err := db.SaveReading(ctx, kept.Snapshot, "1", reading(text)); err != nil {
		t.Fatal(err)
	}
	c := claims.Claim{ID: "c1", URL: "https://exemple.test/a", Span: claims.Span{End: len(text)}, Quote: text, Visibility: "public"}
	if err := db.SaveExtraction(ctx, kept.Document, kept.Snapshot, []claims.Claim{c}, nil); err != nil {
		t.Fatal(err)
	}
	if err := db.SaveLinks(ctx, "c1", []claims.Link{{ID: "l1", Claim: c, Kind: claims.KindVote, Visibility: "public", Calibration: "initiale"}}); err != nil {
		t.Fatal(err)
	}
	for _, d := range []claims.Decision{claims.StatusInReview, claims.StatusConfirmed} {
		if _, err := db.SaveVerdict(ctx, claims.Verdict{Link: "l1", Reviewer: "Ada Fictive", Decision: d, Note: "vu"}); err != nil {
			t.Fatal(err)
		}
	}
	for _, kind := range []string{store.RemarkReply, store.RemarkCorrection, store.RemarkNote} {
		if err := db.SaveRemarks(ctx, []string{"l1"}, store.Remark{Kind: kind, Reviewer: "Ada Fictive", Text: "Bob Fictif écrit."}); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Erase(ctx, entryOf(t, db, evidence.JournalReply), "Ada Fictive", "demande de la personne"); err != nil {
		t.Fatal(err)
	}
	return db
}

func entryOf(t *testing.T, db *store.DB, kind string) int64 {
	t.Helper()
	e, err := db.EntryAbout(t.Context(), kind, "l1")
	if err != nil {
		t.Fatal(err)
	}
	return e.Number
}

func faultsOf(t *testing.T, db *store.DB) []string {
	t.Helper()
	var all []string
	if _, err := db.Check(t.Context(), func(f store.Fault) { all = append(all, f.Subject+" : "+f.Text) }); err != nil {
		t.Fatal(err)
	}
	return all
}

// mustBreak opens the file as a forger would, without the triggers; mend puts them back.
func mustBreak(t *testing.T, db *store.DB) (raw *sql.DB, mend func()) {
	t.Helper()
	raw, err := sql.Open("sqlite3", "file:"+db.Path()+"?_busy_timeout=5000")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { raw.Close() })
	rows, err := raw.Query("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
	if err != nil {
		t.Fatal(err)
	}
	triggers := map[string]string{}
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			t.Fatal(err)
		}
		triggers[name] = text
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil || len(triggers) == 0 {
		t.Fatalf("triggers %v (%v)", triggers, err)
	}
	for name := range triggers {
		if _, err := raw.Exec("DROP TRIGGER " + name); err != nil {
			t.Fatal(err)
		}
	}
	return raw, func() {
		t.Helper()
		for name, text := range triggers {
			if _, err := raw.Exec(text); err != nil {
				t.Fatalf("put %s back: %v", name, err)
			}
		}
	}
}

// mustForge does what a careful forger would: nothing shows that the triggers were away.
func mustForge(t *testing.T, db *store.DB, statement string) {
	t.Helper()
	raw, mend := mustBreak(t, db)
	if _, err := raw.Exec(statement); err != nil {
		t.Fatal(err)
	}
	mend()
}

func TestJournal(t *testing.T) {
	ctx := context.Background()
	t.Run("HoldsWhatHappenedAndVerifies", func(t *testing.T) {
		db := mustJournal(t)
		kinds := map[string]int{}
		if err := db.EachEntry(ctx, func(e evidence.JournalEntry) error { kinds[e.Kind]++; return nil }); err != nil {
			t.Fatal(err)
		}
		want := map[string]int{"capture": 5, "engine": 2, "verdict": 2, "reply": 1, "correction": 1, "erasure": 1}
		for kind, n := range want {
			if kinds[kind] != n {
				t.Errorf("%d entries of %s, want %d", kinds[kind], kind, n)
			}
		}
		if faults := faultsOf(t, db); len(faults) > 0 {
			t.Errorf("faults: %q", faults)
		}
	})
	t.Run("ErasesTheTextEverywhereAndStillVerifies", func(t *testing.T) {
		db := mustJournal(t)
		if err := db.Erase(ctx, entryOf(t, db, evidence.JournalVerdict), "Ada Fictive", "départ"); err != nil {
			t.Fatal(err)
		}
		remarks, err := db.Remarks(ctx, "l1")
		if err != nil || remarks[0].Text != evidence.Erased {
			t.Errorf("reply = %+v (%v)", remarks, err)
		}
		verdicts, err := db.Verdicts(ctx, "l1")
		if err != nil || verdicts[1].Reviewer != evidence.Erased || verdicts[1].Note != "" || verdicts[0].Reviewer != "Ada Fictive" {
			t.Errorf("verdicts = %+v (%v)", verdicts, err)
		}
		if err := db.EachEntry(ctx, func(e evidence.JournalEntry) error {
			if strings.Contains(e.Body, "Bob Fictif") && e.Kind == evidence.JournalReply {
				t.Errorf("entry %d still says %s", e.Number, e.Body)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if faults := faultsOf(t, db); len(faults) > 0 {
			t.Errorf("faults: %q", faults)
		}
		first, err := db.EntryAbout(ctx, evidence.JournalCapture, "snapshot 1")
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Erase(ctx, first.Number, "Ada Fictive", ""); !errors.Is(err, store.ErrNotErasable) {
			t.Errorf("erasing a capture gives %v", err)
		}
	})
	t.Run("LeavesNoByteOfTheTextInTheFile", func(t *testing.T) {
		db := mustJournal(t)
		long := strings.Repeat("Cécile Inventée habite au 12 de la rue. ", 400) // more than a page: it overflows into pages of its own
		if err := db.SaveRemarks(ctx, []string{"l1"}, store.Remark{Kind: store.RemarkReply, Reviewer: "Ada Fictive", Text: long}); err != nil {
			t.Fatal(err)
		}
		issue := letterOf("1", "l1")
		issue.Letter.Items[0].Why = "Elle répond : " + long
		mustQueue(t, db, issue)
		onDisk := func() (n int) {
			for _, path := range []string{db.Path(), db.Path() + "-wal"} {
				content, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				n += bytes.Count(content, []byte("Cécile Inventée"))
			}
			return n
		}
		if onDisk() == 0 {
			t.Fatal("the text is not in the file before it is erased")
		}
		if err := db.Erase(ctx, entryOf(t, db, evidence.JournalReply), "Ada Fictive", "demande de la personne"); err != nil {
			t.Fatal(err)
		}
		if n := onDisk(); n > 0 {
			t.Errorf("the erased text stands %d times in the file", n)
		}
		if _, m := take(t, db); m.Letter.Items[0].Why != "Elle répond : "+evidence.Erased {
			t.Errorf("the letter says %.80q", m.Letter.Items[0].Why)
		}
	})
	t.Run("RefusesToChangeOrCut", func(t *testing.T) {
		db := mustJournal(t)
		raw, err := sql.Open("sqlite3", "file:"+db.Path()+"?_busy_timeout=5000")
		if err != nil {
			t.Fatal(err)
		}
		defer raw.Close()
		for _, statement := range []string{"UPDATE journal SET at = 'x' WHERE number = 2", "DELETE FROM journal WHERE number = 2", "UPDATE journal SET body = 'x' WHERE number = 2",
			"UPDATE verdict SET note = 'autre'", "UPDATE verdict SET reviewer = '(effacé)', note = '', decision = 'rejected'"} {
			if _, err := raw.Exec(statement); err == nil {
				t.Errorf("%s was done", statement)
			}
		}
	})
	t.Run("BeginsWithWhatWasKeptBefore", func(t *testing.T) {
		db := mustJournal(t)
		mustForge(t, db, "DELETE FROM journal; DELETE FROM setting WHERE name = 'journal.head'; DELETE FROM review_act")
		again, err := store.Open(ctx, db.Path())
		if err != nil {
			t.Fatal(err)
		}
		defer again.Close()
		if faults := faultsOf(t, again); len(faults) > 0 {
			t.Errorf("faults: %q", faults)
		}
	})
}

// One byte changed anywhere in the journal is found, and the entry is named.
func TestJournalNamesOneChangedByte(t *testing.T) {
	db := mustJournal(t)
	raw, mend := mustBreak(t, db)
	var entries []evidence.JournalEntry
	if err := db.EachEntry(t.Context(), func(e evidence.JournalEntry) error { entries = append(entries, e); return nil }); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(10, 2026))
	columns := []string{"at", "kind", "subject", "body", "salt", "digest", "previous", "hash"}
	for tried := 0; tried < 1000; {
		e, column := entries[random.IntN(len(entries))], columns[random.IntN(len(columns))]
		value := []byte(map[string]string{"at": e.At, "kind": e.Kind, "subject": e.Subject, "body": e.Body, "salt": e.Salt, "digest": e.Digest, "previous": e.Previous, "hash": e.Hash}[column])
		if len(value) == 0 {
			continue
		}
		tried++
		at := random.IntN(len(value))
		value[at] ^= byte(1 << random.IntN(7))
		if value[at] == 0 {
			value[at] = 1
		}
		set := func(v string) {
			if _, err := raw.Exec("UPDATE journal SET "+column+" = ? WHERE number = ?", v, e.Number); err != nil {
				t.Fatal(err)
			}
		}
		set(string(value))
		want := fmt.Sprintf("journal, entrée %d : ", e.Number)
		if faults := faultsOf(t, db); !slices.ContainsFunc(faults, func(f string) bool { return strings.HasPrefix(f, want) }) {
			t.Fatalf("byte %d of %s of entry %d changed: faults %q, want it named", at, column, e.Number, faults)
		}
		set(map[string]string{"at": e.At, "kind": e.Kind, "subject": e.Subject, "body": e.Body, "salt": e.Salt, "digest": e.Digest, "previous": e.Previous, "hash": e.Hash}[column])
	}
	mend()
	if faults := faultsOf(t, db); len(faults) > 0 {
		t.Fatalf("put right again, and %q", faults)
	}
	t.Run("LastEntryCut", func(t *testing.T) {
		db := mustJournal(t)
		if _, err := db.Enter(t.Context(), evidence.JournalDossier, "l1", map[string]string{"sha256": "00"}); err != nil {
			t.Fatal(err)
		}
		mustForge(t, db, "DELETE FROM journal WHERE number = (SELECT max(number) FROM journal)")
		if faults := faultsOf(t, db); len(faults) != 1 || !strings.HasPrefix(faults[0], "journal, entrée") {
			t.Errorf("faults %q, want that the end is missing", faults)
		}
	})
	for name, statement := range map[string]string{
		"ErasureCut":         "DELETE FROM journal WHERE number = (SELECT max(number) FROM journal)",
		"MiddleEntryCut":     "DELETE FROM journal WHERE number = 3",
		"VerdictForged":      "UPDATE verdict SET decision = 'rejected' WHERE id = 1",
		"CaptureForged":      "UPDATE snapshot SET fetched_at = '2020-01-01T00:00:00Z' WHERE id = 2",
		"TextGoneUnsaid":     "UPDATE journal SET body = '', salt = '' WHERE number = 1",
		"VerdictSlippedIn":   "INSERT INTO verdict (link, reviewer, decision, at) VALUES ('l1', 'X', 'rejected', '2026-03-02T08:00:00Z')",
		"EntryRenumberedOut": "UPDATE journal SET number = number + 4096 WHERE number = 4",
	} {
		t.Run(name, func(t *testing.T) {
			db := mustJournal(t)
			mustForge(t, db, statement)
			faults := faultsOf(t, db)
			if !slices.ContainsFunc(faults, func(f string) bool { return strings.HasPrefix(f, "journal") }) {
				t.Errorf("faults %q, want one of the journal", faults)
			}
		})
	}
}

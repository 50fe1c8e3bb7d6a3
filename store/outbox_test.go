package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"contredit/claims"
	"contredit/digest"
	"contredit/store"
)

const reader = "lecteur@section.example"

// letterOf carries these items.
func letterOf(run string, items ...string) digest.Issue {
	issue := digest.Issue{Letter: digest.Letter{Digest: "Lundi"}, Run: run, Recipients: []string{reader}}
	for _, id := range items {
		issue.Letter.Items = append(issue.Letter.Items, digest.Item{ID: id})
	}
	return issue
}

func mustQueue(t *testing.T, db *store.DB, issue digest.Issue) int {
	t.Helper()
	n, err := db.QueueIssue(context.Background(), issue, day)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// take is the recipient and items of the mail that is due; "" for none.
func take(t *testing.T, db *store.DB) (string, digest.Mail) {
	t.Helper()
	m, ok, err := db.TakeMail(context.Background(), digest.WayMail, day.Add(time.Hour), time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	if !ok {
		return "", m
	}
	text := m.Recipient
	for _, item := range m.Letter.Items {
		text += " " + item.ID
	}
	return text, m
}

func TestQueueIssue(t *testing.T) {
	ctx := context.Background()
	t.Run("ARunIsQueuedOnce", func(t *testing.T) {
		db := mustOpen(t)
		if a, b := mustQueue(t, db, letterOf("1", "x")), mustQueue(t, db, letterOf("1", "y")); a != 1 || b != 0 {
			t.Errorf("queued %d and then %d, want 1 and 0", a, b)
		}
		had, err := db.Carried(ctx, "Lundi", reader)
		if err != nil || len(had) != 1 || !had["x"] {
			t.Errorf("carried %v (%v), want x alone", had, err)
		}
	})
	t.Run("AnItemThatWasCarriedUndoesTheWholeIssue", func(t *testing.T) {
		db := mustOpen(t)
		mustQueue(t, db, letterOf("1", "x"))
		if _, err := db.QueueIssue(ctx, letterOf("2", "y", "x"), day); err == nil {
			t.Error("x was queued twice")
		}
		if had, _ := db.Carried(ctx, "Lundi", reader); had["y"] {
			t.Error("y counts as carried, and no mail carries it")
		}
		if all, _ := db.Outbox(ctx, 10); len(all) != 1 {
			t.Errorf("%d mails wait, want 1", len(all))
		}
	})
	t.Run("ASuspendedAddressGetsAndOwesNothing", func(t *testing.T) {
		db := mustOpen(t)
		if err := db.SuspendAddress(ctx, reader, "550", day); err != nil {
			t.Fatal(err)
		}
		if n := mustQueue(t, db, letterOf("1", "x")); n != 0 {
			t.Errorf("%d mails to a suspended address", n)
		}
		if had, _ := db.Carried(ctx, "Lundi", reader); len(had) != 0 {
			t.Errorf("%v count as carried", had)
		}
	})
	t.Run("APointComesAgainWithANewClaimOnly", func(t *testing.T) {
		db := mustOpen(t)
		point := digest.Agenda{Body: "Conseil", Day: "2026-03-12", Title: "Tarifs", Said: []digest.Quoted{{ID: "c1"}}}
		issue := digest.Issue{Letter: digest.Letter{Digest: "Avant", Agenda: []digest.Agenda{point}}, Run: "1", Recipients: []string{reader}}
		mustQueue(t, db, issue)
		had, err := db.Carried(ctx, "Avant", reader)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range point.Carries() {
			if !had[item] {
				t.Errorf("%q does not count as carried", item)
			}
		}
		point.Said = append(point.Said, digest.Quoted{ID: "c2"})
		issue.Letter.Agenda, issue.Run = []digest.Agenda{point}, "2"
		if n := mustQueue(t, db, issue); n != 1 {
			t.Error("a new claim beside a point cannot be told")
		}
	})
}

// TestTwoComposersTellOnce holds that what two composed of the same state is queued once: the second
// one finds inside the transaction that it came late.
func TestTwoComposersTellOnce(t *testing.T) {
	point := func(title string) digest.Agenda {
		return digest.Agenda{Body: "Conseil", Day: "2026-03-12", Title: title}
	}
	agenda := func(run string, points ...digest.Agenda) digest.Issue {
		return digest.Issue{Letter: digest.Letter{Digest: "Avant", Agenda: points}, Run: run, Recipients: []string{reader}}
	}
	life := func(run string, quiet time.Time) digest.Issue {
		return digest.Issue{Letter: digest.Letter{Digest: "Avant", Life: &digest.Life{}}, Run: run, Quiet: quiet, Recipients: []string{reader}}
	}
	for name, tt := range map[string]struct {
		first, second digest.Issue
		queued        int
		fails         bool
	}{
		"SamePoint":             {agenda("1", point("Tarifs")), agenda("2", point("Tarifs")), 0, false},
		"OtherPoint":            {agenda("1", point("Tarifs")), agenda("2", point("Aréna")), 1, false},
		"OnePointOfTwo":         {agenda("1", point("Tarifs")), agenda("2", point("Tarifs"), point("Aréna")), 0, true},
		"SignOfLife":            {life("1", time.Time{}), life("2", time.Time{}), 0, false},
		"SignOfLifeAfterAPoint": {agenda("1", point("Tarifs")), life("2", day.Add(-time.Hour)), 0, false},
		"SignOfLifeAMonthLater": {life("1", time.Time{}), life("2", day), 1, false},
		"PointAfterASignOfLife": {life("1", time.Time{}), agenda("2", point("Tarifs")), 1, false},
		"OfAnotherDigest":       {letterOf("1", "x"), life("2", time.Time{}), 1, false}, // of another digest
	} {
		t.Run(name, func(t *testing.T) {
			db := mustOpen(t)
			mustQueue(t, db, tt.first)
			n, err := db.QueueIssue(context.Background(), tt.second, day)
			if n != tt.queued || (err != nil) != tt.fails {
				t.Errorf("the second queued %d (%v), want %d", n, err, tt.queued)
			}
			if all, _ := db.Outbox(context.Background(), 10); len(all) != 1+tt.queued {
				t.Errorf("%d mails wait, want %d", len(all), 1+tt.queued)
			}
		})
	}
}

func TestResumedReaderGetsWhatWasWithdrawn(t *testing.T) {
	ctx := context.Background()
	db := mustOpen(t)
	mustQueue(t, db, letterOf("1", "x"))
	mustQueue(t, db, letterOf("2", "y"))
	_, m := take(t, db)
	if err := db.EndMail(ctx, m.ID, digest.StateRefused, "550 no such user", day); err != nil {
		t.Fatal(err)
	}
	if err := db.SuspendAddress(ctx, reader, "550 no such user", day); err != nil {
		t.Fatal(err)
	}
	if got, _ := take(t, db); got != "" {
		t.Fatalf("a suspended address was sent %q", got)
	}
	n, err := db.ResumeMail(ctx, reader, "")
	if err != nil || n != 2 {
		t.Fatalf("%d mails wait again (%v), want 2", n, err)
	}
	for _, want := range []string{reader + " x", reader + " y"} {
		if got, _ := take(t, db); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if n, err := db.ResumeMail(ctx, reader, ""); err != nil || n != 0 {
		t.Errorf("resumed again: %d mails (%v), want 0", n, err)
	}
}

// TestResumingADigestLiftsNoSuspension holds that a reader who takes an unsubscription back is sent
// nothing while the address stays suspended for all digests.
func TestResumingADigestLiftsNoSuspension(t *testing.T) {
	ctx := context.Background()
	db := mustOpen(t)
	mustQueue(t, db, letterOf("1", "x"))
	if err := db.SuspendAddress(ctx, reader, "550 no such user", day); err != nil {
		t.Fatal(err)
	}
	if err := db.StopMail(ctx, reader, "Lundi", "unsubscribed", day); err != nil {
		t.Fatal(err)
	}
	if n, err := db.ResumeMail(ctx, reader, "Lundi"); err != nil || n != 0 {
		t.Errorf("%d mails wait for a suspended address (%v)", n, err)
	}
	if got, _ := take(t, db); got != "" {
		t.Errorf("a suspended address was sent %q", got)
	}
	if n, err := db.ResumeMail(ctx, reader, ""); err != nil || n != 1 {
		t.Errorf("%d mails wait once nothing stops them (%v), want 1", n, err)
	}
}

func TestOutboxShowsTheOldestWaitingFirst(t *testing.T) {
	db := mustOpen(t)
	for i := range 3 {
		mustQueue(t, db, letterOf(fmt.Sprint(i), fmt.Sprint("x", i)))
	}
	_, m := take(t, db)
	if err := db.EndMail(context.Background(), m.ID, digest.StateSent, "250", day); err != nil {
		t.Fatal(err)
	}
	all, err := db.Outbox(context.Background(), 10)
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, m := range all {
		got += m.Run + " "
	}
	if got != "1 2 0 " {
		t.Errorf("runs in the order %s, want 1 2 0", got)
	}
}

func TestNews(t *testing.T) {
	ctx := context.Background()
	db := mustOpen(t)
	kept := mustSave(t, db, "https://exemple.test/a", "x")
	c := claims.Claim{ID: "c1", URL: "https://exemple.test/a", Quote: "Dix postes.", Worth: true, Topics: []string{"emploi"}}
	if err := db.SaveExtraction(ctx, kept.Document, kept.Snapshot, []claims.Claim{c}, nil); err != nil {
		t.Fatal(err)
	}
	strong, weak, private := sampleLink(c, "strong"), sampleLink(c, "weak"), sampleLink(c, "private")
	weak.Score, private.Visibility = 0.3, "private"
	strong.Evidence[0].Body, strong.Evidence[0].Date = "CST", "2026-03-12"
	if err := db.SaveLinks(ctx, "c1", []claims.Link{weak, strong, private}); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		filter store.NewsFilter
		want   string
	}{
		"TheStrongestFirstAndNothingPrivate": {store.NewsFilter{}, "[strong weak]"},
		"PrivateWhenAsked":                   {store.NewsFilter{Private: true, MinimumScore: 0.5}, "[private strong]"},
		"OfABodyThatRecorded":                {store.NewsFilter{Bodies: []string{"CST"}}, "[strong]"},
		"OfABodyThatSaid":                    {store.NewsFilter{Bodies: []string{"Région Exemple"}}, "[strong weak]"},
		"OfAnotherBody":                      {store.NewsFilter{Bodies: []string{"Autre"}}, "[]"},
		"OfATopic":                           {store.NewsFilter{Topics: []string{"emploi"}}, "[strong weak]"},
		"OfAnotherTopic":                     {store.NewsFilter{Topics: []string{"eau"}}, "[]"},
		"Confirmed":                          {store.NewsFilter{States: []claims.Decision{claims.StatusConfirmed}}, "[]"},
	} {
		t.Run(name, func(t *testing.T) {
			tt.filter.Archive = true
			got, err := db.News(ctx, tt.filter)
			if err != nil || fmt.Sprint(got) != tt.want {
				t.Errorf("got %v (%v), want %s", got, err, tt.want)
			}
		})
	}
	flags, err := db.NewsOf(ctx, []string{"weak", "gone", "strong"})
	if err != nil || len(flags) != 2 || flags[0].ID != "weak" || flags[1].Claim.Quote != c.Quote {
		t.Errorf("flags %v (%v), want weak and strong in this order", flags, err)
	}
}

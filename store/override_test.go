package store_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"contredit/claims"
	"contredit/document"
	"contredit/french"
	"contredit/store"
)

const spokenText = "Mme Fourcaud a ouvert la séance. La ligne a été rouverte en 2024."

// mustSpeech keeps a document that was read, with one claim, and returns the claim as the program finds it.
func mustSpeech(t *testing.T, db *store.DB, speaker string) (claims.Claim, func(speaker string)) {
	t.Helper()
	ctx := context.Background()
	url := "https://region.exemple/discours"
	kept, err := db.SaveSnapshot(ctx, document.Document{URL: url, Source: "région", Role: document.RoleStatement, Body: "Région Exemple"}, "", snapshotOf(url, spokenText))
	if err != nil {
		t.Fatal(err)
	}
	r := &document.Reading{State: document.StateRead, Text: spokenText, Minutes: &document.Minutes{Body: "Région Exemple"},
		Passages: []document.Passage{{Span: document.Span{End: len(spokenText)}, Kind: document.KindParagraph}}}
	if err := db.SaveReading(ctx, kept.Snapshot, "1", r); err != nil {
		t.Fatal(err)
	}
	at := strings.Index(spokenText, "La ligne")
	c := claims.Claim{ID: "00000000000000aa", URL: url, Span: document.Span{Start: at, End: len(spokenText)}, Quote: spokenText[at:], Worth: true}
	extract := func(speaker string) {
		t.Helper()
		c.Speaker = speaker
		if err := db.SaveExtraction(ctx, kept.Document, kept.Snapshot, []claims.Claim{c}, nil); err != nil {
			t.Fatal(err)
		}
	}
	extract(speaker)
	return c, extract
}

func mustPut(t *testing.T, db *store.DB, o store.Override, err error) store.Override {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	done, err := db.SaveOverrides(context.Background(), "Mme Dupont", o)
	if err != nil {
		t.Fatal(err)
	}
	return done[0]
}

func speakerOf(t *testing.T, db *store.DB, id string) string {
	t.Helper()
	c, err := db.Claim(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	all, err := db.Claims(context.Background(), store.ClaimFilter{Speaker: c.Speaker, All: true})
	if err != nil || len(all) != 1 {
		t.Errorf("the column says another speaker than %q (%v)", c.Speaker, err)
	}
	return c.Speaker
}

func mustHold(t *testing.T, db *store.DB) {
	t.Helper()
	if _, err := db.Check(context.Background(), func(f store.Fault) { t.Errorf("%s: %s", f.Subject, f.Text) }); err != nil {
		t.Error(err)
	}
}

func TestSpeakerPutRight(t *testing.T) {
	ctx := context.Background()
	db := mustOpen(t)
	c, extract := mustSpeech(t, db, "Paul Guérin")
	set := func(name string) store.Override {
		o, err := store.SetSpeaker(c.ID, store.Speaker{Name: name})
		return mustPut(t, db, o, err)
	}
	first := set("Nadège Fourcaud")
	if got := speakerOf(t, db, c.ID); got != "Nadège Fourcaud" {
		t.Errorf("the speaker is %q", got)
	}
	extract("Paul Guérin")
	if got := speakerOf(t, db, c.ID); got != "Nadège Fourcaud" {
		t.Errorf("after another extraction the speaker is %q", got)
	}
	second := set("")
	if err := db.UndoOverride(ctx, first.ID, "M. Plessis"); !errors.Is(err, store.ErrConflict) {
		t.Errorf("what somebody put right once more since is undone: %v", err)
	}
	for i, want := range []string{"Nadège Fourcaud", "Paul Guérin"} {
		if err := db.UndoOverride(ctx, []int64{second.ID, first.ID}[i], "M. Plessis"); err != nil {
			t.Fatal(err)
		}
		if got := speakerOf(t, db, c.ID); got != want {
			t.Errorf("undone, the speaker is %q, want %q", got, want)
		}
	}
	extract("Paul Guérin")
	if got := speakerOf(t, db, c.ID); got != "Paul Guérin" {
		t.Errorf("undone and extracted again, the speaker is %q", got)
	}
	history, err := db.Overrides(ctx, store.OverrideSpeaker, c.ID)
	if err != nil || len(history) != 4 || !history[0].Undone || history[0].Reviewer != "Mme Dupont" || !strings.Contains(history[0].Before, "Paul Guérin") || history[3].Undoes != first.ID {
		t.Errorf("history: %+v, %v", history, err)
	}
	o, err := store.SetSpeaker(c.ID, store.Speaker{Name: "Paul Guérin"})
	if err != nil {
		t.Fatal(err)
	}
	o.Seen = first.ID
	if _, err := db.SaveOverrides(ctx, "Mme Dupont", o); !errors.Is(err, store.ErrConflict) {
		t.Errorf("made upon an old page: %v", err)
	}
	mustHold(t, db)
}

func TestPersonPutRight(t *testing.T) {
	ctx := context.Background()
	db := mustOpen(t)
	c, extract := mustSpeech(t, db, "Nadège Fourcaut")
	was := &claims.Person{Name: "Nadège Fourcaut"}
	o, err := store.SetPerson(claims.PersonKey(was.Name), was, claims.Person{Name: "Nadège Fourcaud", Variants: []string{"Nadège Fourcaut"}})
	put := mustPut(t, db, o, err)
	if got := speakerOf(t, db, c.ID); got != "Nadège Fourcaud" {
		t.Errorf("the speaker is %q", got)
	}
	if waiting, err := db.Waiting(ctx, store.StageExtract); err != nil || len(waiting) != 1 {
		t.Errorf("to be extracted again: %v, %v", waiting, err)
	}
	extract("Nadège Fourcaut")
	if got := speakerOf(t, db, c.ID); got != "Nadège Fourcaud" {
		t.Errorf("after another extraction the speaker is %q", got)
	}
	if err := db.UndoOverride(ctx, put.ID, "M. Plessis"); err != nil {
		t.Fatal(err)
	}
	if got := speakerOf(t, db, c.ID); got != "Nadège Fourcaut" {
		t.Errorf("undone, the speaker is %q", got)
	}
	mustHold(t, db)
}

func TestPutRightAtOnceIsUndoneAtOnce(t *testing.T) {
	ctx := context.Background()
	db := mustOpen(t)
	var both []store.Override
	for _, name := range []string{"Jean Martin", "Jean Martin (Vaubrun)"} {
		o, err := store.SetPerson(claims.PersonKey(name), nil, claims.Person{Name: name})
		if err != nil {
			t.Fatal(err)
		}
		both = append(both, o)
	}
	done, err := db.SaveOverrides(ctx, "Mme Dupont", both...)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.UndoOverride(ctx, done[1].ID, "Mme Dupont"); err != nil {
		t.Fatal(err)
	}
	if r, err := db.Roster(ctx); err != nil || len(r.Persons()) != 0 {
		t.Errorf("left: %+v, %v", r, err)
	}
	if err := db.UndoOverride(ctx, done[0].ID, "Mme Dupont"); !errors.Is(err, store.ErrConflict) {
		t.Errorf("undone twice: %v", err)
	}
	mustHold(t, db)
}

func TestBodyPutRight(t *testing.T) {
	ctx := context.Background()
	db := mustOpen(t)
	c, _ := mustSpeech(t, db, "Anne Morel")
	o, err := store.SetBody(c.URL, "CST")
	put := mustPut(t, db, o, err)
	if _, err := db.SaveSnapshot(ctx, document.Document{URL: c.URL, Source: "région", Role: document.RoleStatement, Body: "Région Exemple"}, "", snapshotOf(c.URL, "autre")); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"CST", "Région Exemple"} {
		d, err := db.Document(ctx, c.URL)
		if err != nil || d.Document.Body != want || d.Reading != nil && d.Reading.Minutes.Body != want {
			t.Errorf("the document is of %q, want %q (%v)", d.Document.Body, want, err)
		}
		if want == "CST" {
			if err := db.UndoOverride(ctx, put.ID, "Mme Dupont"); err != nil {
				t.Fatal(err)
			}
		}
	}
	mustHold(t, db)
}

func TestGlossaryPutRight(t *testing.T) {
	ctx := context.Background()
	db := mustOpen(t)
	configured := french.Glossary{"CST": "Comité social", "comité technique": "Comité social"}
	at := func() []string {
		g, err := db.Glossary(ctx, configured)
		if err != nil {
			t.Fatal(err)
		}
		return []string{g.NameOf("CST"), g.NameOf("Comité technique"), g.NameOf("CPX")}
	}
	o, err := store.SetTerm("CPX", "", "Commission des ports")
	mustPut(t, db, o, err)
	o, err = store.SetTerm("Comité Technique", "Comité social", "")
	removed := mustPut(t, db, o, err)
	if got, want := at(), []string{"Comité social", "Comité technique", "Commission des ports"}; !slices.Equal(got, want) {
		t.Errorf("the glossary says %q, want %q", got, want)
	}
	if err := db.UndoOverride(ctx, removed.ID, "Mme Dupont"); err != nil {
		t.Fatal(err)
	}
	if got, want := at(), []string{"Comité social", "Comité social", "Commission des ports"}; !slices.Equal(got, want) {
		t.Errorf("undone, the glossary says %q, want %q", got, want)
	}
	mustHold(t, db)
}

func TestCorrectionIsSignedByNobodyOnceErased(t *testing.T) {
	ctx := context.Background()
	db := mustOpen(t)
	c, _ := mustSpeech(t, db, "Anne Morel")
	o, err := store.SetSpeaker(c.ID, store.Speaker{Name: "Paul Guérin"})
	mustPut(t, db, o, err)
	e, err := db.EntryAbout(ctx, "override", "speaker "+c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Erase(ctx, e.Number, "Mme Dupont", "RGPD, article 17"); err != nil {
		t.Fatal(err)
	}
	all, err := db.Overrides(ctx, store.OverrideSpeaker, c.ID)
	if err != nil || len(all) != 1 || all[0].Reviewer != "(effacé)" || speakerOf(t, db, c.ID) != "Paul Guérin" {
		t.Errorf("erased: %+v, %v", all, err)
	}
	mustHold(t, db)
}

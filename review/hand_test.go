package review_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"contredit/claims"
	"contredit/review"
	"contredit/store"
)

func TestByHand(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) { c.Reviewer = "Ada Fictive" })
	addPair(t, h.db, plain(1))
	record, err := h.db.Document(t.Context(), "https://region.exemple/pv/1.pdf")
	if err != nil {
		t.Fatal(err)
	}
	speech, err := h.db.Document(t.Context(), "https://region.exemple/discours/1")
	if err != nil {
		t.Fatal(err)
	}
	page := "/documents/" + itoa(speech.Document.ID)
	t.Run("RefusesWordsThatAreNotThere", func(t *testing.T) {
		if res := h.post(page, page+"/affirmations", url.Values{"quote": {"Mesdames et messieurs"}}); res.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("status %d", res.StatusCode)
		}
	})
	res := h.post(page, page+"/affirmations", url.Values{"quote": {"  Mesdames,\r\nmessieurs. "}, "speaker": {"Odile Tranchant"}})
	claim := strings.TrimPrefix(res.Header.Get("Location"), "/affirmations/")
	c, err := h.db.StoredClaim(t.Context(), claim)
	if err != nil {
		t.Fatalf("the claim marked at %s: %v", res.Header.Get("Location"), err)
	}
	if c.Quote != "Mesdames, messieurs." || speech.Reading.Text[c.Span.Start:c.Span.End] != c.Quote || c.Speaker != "Odile Tranchant" {
		t.Errorf("claim %+v", c.Claim)
	}
	t.Run("SurvivesAnotherReading", func(t *testing.T) {
		if err := h.db.SaveExtraction(t.Context(), speech.Document.ID, speech.Snapshot, nil, nil); err != nil {
			t.Fatal(err)
		}
		if c, err := h.db.StoredClaim(t.Context(), claim); err != nil || c.EditedOut != "" {
			t.Errorf("the claim is edited out %q (%v)", c.EditedOut, err)
		}
	})
	search := "/recherche?pour=" + claim + "&mots=organisation"
	_, found := h.get(search)
	wantAll(t, found, "Former la paire", `name="start" value="`)
	start := strings.Index(record.Reading.Text, written)
	form := url.Values{"document": {itoa(record.Document.ID)}, "start": {itoa(int64(start))}, "kind": {"scope"}, "reason": {"L’un salue, l’autre informe."}}
	res = h.post(search, "/affirmations/"+claim+"/paires", form)
	pair := strings.TrimPrefix(res.Header.Get("Location"), "/paires/")
	l, err := h.db.Link(t.Context(), pair)
	if err != nil {
		t.Fatalf("the pair made at %s: %v", res.Header.Get("Location"), err)
	}
	if !l.ByHand() || l.Origin != "Ada Fictive" || l.Kind != claims.KindScope || len(l.Evidence) != 1 || l.Evidence[0].Quote != written {
		t.Errorf("pair %+v of %s", l.Link, l.Origin)
	}
	_, shown := h.get("/paires/" + pair)
	wantAll(t, shown, "formée par Ada Fictive", "L’un salue, l’autre informe.", "Ce qui a été décidé")
	if strings.Contains(shown, "De quoi le score est fait") {
		t.Error("a pair made by hand has a score")
	}
	t.Run("IsDecidedLikeOthers", func(t *testing.T) {
		h.post("/paires/"+pair, "/paires/"+pair+"/verdict", url.Values{"act": {"confirmed"}})
		mustStatus(t, h.db, pair, claims.StatusConfirmed)
	})
	t.Run("IsMadeOnce", func(t *testing.T) {
		h.post(search, "/affirmations/"+claim+"/paires", form)
		mustStatus(t, h.db, pair, claims.StatusConfirmed)
	})
	t.Run("IsNeverAnAbsence", func(t *testing.T) {
		form.Set("kind", "absence")
		if res := h.post(search, "/affirmations/"+claim+"/paires", form); res.StatusCode != http.StatusBadRequest {
			t.Errorf("status %d", res.StatusCode)
		}
	})
	t.Run("HoldsItsQuotes", func(t *testing.T) {
		done, err := h.db.Check(t.Context(), func(f store.Fault) {
			if about := f.Subject + f.Text; strings.Contains(about, pair) || strings.Contains(about, claim) {
				t.Errorf("%s: %s", f.Subject, f.Text)
			}
		})
		if err != nil || done.Links < 2 {
			t.Errorf("%d links were checked (%v)", done.Links, err)
		}
	})
}

// TestTranscriptByThePages holds that a reviewer gives a document the text that it lacks, by a file or
// by typing, takes it off again, and that its page says whose it is.
func TestTranscriptByThePages(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) { c.Reviewer = "Ada Fictive" })
	addPair(t, h.db, plain(1))
	d, err := h.db.Document(t.Context(), "https://region.exemple/pv/1.pdf")
	if err != nil {
		t.Fatal(err)
	}
	page := "/documents/" + itoa(d.Document.ID)
	_, empty := h.get(page)
	wantAll(t, empty, "Joindre une transcription", `enctype="multipart/form-data"`)
	if res := h.post(page, page+"/transcription", url.Values{"text": {" \n"}}); res.StatusCode != http.StatusBadRequest {
		t.Errorf("an empty text gives %d", res.StatusCode)
	}
	if res := h.post(page, page+"/transcription", url.Values{"text": {"La séance est ouverte."}}); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d", res.StatusCode)
	}
	got, err := h.db.TranscriptOf(t.Context(), d.Document.ID)
	if err != nil || string(got.Content) != "La séance est ouverte." || got.Reviewer != "Ada Fictive" || got.Snapshot != d.Snapshot {
		t.Errorf("transcript %+v (%v)", got, err)
	}
	if waits, err := h.db.HasWork(t.Context()); err != nil || !waits {
		t.Errorf("nothing is left to be read: %v", err)
	}
	_, attached := h.get(page)
	wantAll(t, attached, "saisie.txt", "Ada Fictive", "Retirer la transcription")
	if res := h.post(page, page+"/transcription", url.Values{"act": {"remove"}}); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d", res.StatusCode)
	}
	if _, err := h.db.TranscriptOf(t.Context(), d.Document.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("it still stands: %v", err)
	}
}

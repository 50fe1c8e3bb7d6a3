package review_test

import (
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

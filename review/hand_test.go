package review_test

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
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
	if res := h.post(page, page+"/transcription", url.Values{"text": {" \n"}}); res.StatusCode != http.StatusUnprocessableEntity {
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

// TestNobodysDecisionIsOverwrittenUnseen holds that a decision from the queue, on several pairs or by
// taking back, is made on what was seen: another one that came since is a conflict, and stays.
func TestNobodysDecisionIsOverwrittenUnseen(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) { c.Reviewer = "Léa Fictive" })
	addPair(t, h.db, plain(1))
	addPair(t, h.db, plain(2))
	links, err := h.db.Links(t.Context(), store.LinkFilter{})
	if err != nil || len(links) < 2 {
		t.Fatalf("%d pairs (%v)", len(links), err)
	}
	a, b := links[0].ID, links[1].ID
	other := func(link string, d claims.Decision) int64 {
		t.Helper()
		v, err := h.db.SaveVerdict(t.Context(), claims.Verdict{Link: link, Reviewer: "Ada Fictive", Decision: d})
		if err != nil {
			t.Fatal(err)
		}
		return v.ID
	}
	status := func(link string, want claims.Decision) {
		t.Helper()
		if l, err := h.db.Link(t.Context(), link); err != nil || l.Status != want {
			t.Errorf("the pair is %s (%v), want %s", l.Status, err, want)
		}
	}
	_, page := h.get("/")
	wantAll(t, page, `name="seen" value="0"`, `name="vu" value="`+a+`.0"`)
	first := other(a, claims.StatusConfirmed)
	if res := h.post("/", "/paires/"+a+"/verdict", url.Values{"act": {"rejected:other_subject"}, "seen": {"0"}, "back": {"/"}}); res.StatusCode != http.StatusConflict {
		t.Errorf("a decision from an old queue gives %d", res.StatusCode)
	}
	if res := h.post("/", "/lot", url.Values{"act": {"rejected:other_subject"}, "link": {b, a}, "vu": {a + ".0", b + ".0"}, "back": {"/"}}); res.StatusCode != http.StatusConflict {
		t.Errorf("several decisions from an old queue give %d", res.StatusCode)
	}
	status(a, claims.StatusConfirmed)
	status(b, claims.StatusNew)
	mine, err := h.db.SaveVerdict(t.Context(), claims.Verdict{Link: b, Reviewer: "Léa Fictive", Decision: claims.StatusUndecidable})
	if err != nil {
		t.Fatal(err)
	}
	other(b, claims.StatusConfirmed)
	undo := url.Values{"also": {b}, "verdict": {a + "." + itoa(first), b + "." + itoa(mine.ID)}, "back": {"/"}}
	if res := h.post("/", "/paires/"+a+"/annuler", undo); res.StatusCode != http.StatusConflict {
		t.Errorf("taking back what somebody else decided since gives %d", res.StatusCode)
	}
	status(a, claims.StatusConfirmed) // all or none
	status(b, claims.StatusConfirmed)
	if res := h.post("/", "/paires/"+a+"/annuler", url.Values{"verdict": {a + "." + itoa(first)}, "back": {"/"}}); res.StatusCode != http.StatusSeeOther {
		t.Errorf("taking back what was seen gives %d", res.StatusCode)
	}
	status(a, claims.StatusNew)
	if res := h.post("/", "/paires/"+a+"/annuler", url.Values{"verdict": {a + "." + itoa(first)}, "back": {"/"}}); res.StatusCode != http.StatusConflict {
		t.Errorf("taking it back twice gives %d", res.StatusCode)
	}
}

// TestFiltersStayInAddresses holds that a link that carries the filters carries them as they were.
func TestFiltersStayInAddresses(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) { c.Reviewer = "Léa Fictive" })
	addPair(t, h.db, plain(1))
	_, page := h.get("/?status=all&kind=scope")
	wantAll(t, page, `href="/paires.csv?kind=scope&amp;status=all"`)
	if strings.Contains(page, "%3d") {
		t.Error("an address has its filters escaped twice")
	}
}

// TestSheetWithoutWhatWasSeenOverwritesNothing holds that a sheet that lost its column « vu » decides
// what is undecided alone, and that a reason nobody knows is no reason.
func TestSheetWithoutWhatWasSeenOverwritesNothing(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) { c.Reviewer = "Léa Fictive" })
	addPair(t, h.db, plain(1))
	links, err := h.db.Links(t.Context(), store.LinkFilter{})
	if err != nil || len(links) == 0 {
		t.Fatalf("%d pairs (%v)", len(links), err)
	}
	id := links[0].ID
	send := func(line, want string, status claims.Decision) {
		t.Helper()
		res, page := h.postSheet("paire;décision;motif\n" + line + "\n")
		if res.StatusCode != http.StatusOK || !strings.Contains(page, want) {
			t.Errorf("%s gives %d without %q", line, res.StatusCode, want)
		}
		if l, err := h.db.Link(t.Context(), id); err != nil || l.Status != status {
			t.Errorf("%s leaves the pair %s (%v), want %s", line, l.Status, err, status)
		}
	}
	send(id+";rejeté;motif inventé", "motif inconnu", claims.StatusNew)
	send(id+";confirmé;", "confirmé", claims.StatusConfirmed)
	send(id+";rejeté;", "conflit", claims.StatusConfirmed)
}

// postSheet sends a sheet of decisions and returns the page that answers it.
func (h *house) postSheet(sheet string) (*http.Response, string) {
	h.tb.Helper()
	_, page := h.get("/")
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("sheet", "paires.csv")
	if err == nil {
		_, err = part.Write([]byte(sheet))
	}
	if err := errors.Join(err, form.WriteField("token", tokenField.FindStringSubmatch(page)[1]), form.Close()); err != nil {
		h.tb.Fatal(err)
	}
	r := httptest.NewRequest("POST", "/decisions", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	res := h.do(r)
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		h.tb.Fatal(err)
	}
	return res, string(answer)
}

// TestAClaimMarkedByHandIsTakenBack holds that the page says who marked it, that the journal has both acts,
// and that it stays once somebody judged one of its pairs.
func TestAClaimMarkedByHandIsTakenBack(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) { c.Reviewer = "Ada Fictive" })
	addPair(t, h.db, plain(1))
	d, err := h.db.Document(t.Context(), "https://region.exemple/pv/1.pdf")
	if err != nil {
		t.Fatal(err)
	}
	page := "/documents/" + itoa(d.Document.ID)
	mark := func() string {
		t.Helper()
		// Typed with a straight apostrophe: the text has the curved one.
		res := h.post(page, page+"/affirmations", url.Values{"quote": {"Aucune organisation n'a été consultée."}, "speaker": {"Ugo Plessis"}})
		if res.StatusCode != http.StatusSeeOther {
			t.Fatalf("status %d", res.StatusCode)
		}
		return res.Header.Get("Location")
	}
	at := mark()
	_, claim := h.get(at)
	wantAll(t, claim, "marquée à la main par Ada Fictive", "Retirer cette affirmation")
	_, list := h.get("/affirmations?speaker=plessis")
	wantAll(t, list, "Aucune organisation n’a été consultée.", "marquée à la main par Ada Fictive")
	if res := h.post(at, at+"/retirer", url.Values{}); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d", res.StatusCode)
	}
	if status, _ := h.get(at); status != http.StatusNotFound {
		t.Errorf("the claim that was taken back gives %d", status)
	}
	_, journal := h.get("/journal")
	wantAll(t, journal, "affirmation marquée à la main", "affirmation marquée à la main, retirée", page)

	at = mark()
	id := at[len("/affirmations/"):]
	c, err := h.db.StoredClaim(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	l := claims.Link{ID: "lienpropose", Claim: c.Claim, Kind: claims.KindScope, Score: .5, Calibration: "initiale", Visibility: "public"}
	if err := h.db.SaveLinks(t.Context(), id, []claims.Link{l}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.db.SaveVerdict(t.Context(), claims.Verdict{Link: l.ID, Reviewer: "Ada Fictive", Decision: claims.StatusRejected, Reason: "other_subject"}); err != nil {
		t.Fatal(err)
	}
	if res := h.post(page, at+"/retirer", url.Values{}); res.StatusCode != http.StatusConflict {
		t.Errorf("a claim with a judged pair gives %d", res.StatusCode)
	}
}

// TestAPublicationIsTakenBackByWhoPublishes holds that a reviewer does not take it back.
func TestAPublicationIsTakenBackByWhoPublishes(t *testing.T) {
	h := mustHouse(t, nil)
	id := addPair(t, h.db, plain(1))
	for _, d := range []claims.Decision{claims.StatusConfirmed, claims.StatusPublished} {
		if _, err := h.db.SaveVerdict(t.Context(), claims.Verdict{Link: id, Reviewer: "Bea Fictive", Decision: d}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := h.db.UndoVerdicts(t.Context(), store.Undo{Links: []string{id}, Reviewer: "Ada Fictive"}); !errors.Is(err, store.ErrNotPublisher) {
		t.Errorf("a reviewer takes a publication back: %v", err)
	}
	mustStatus(t, h.db, id, claims.StatusPublished)
	_, page := h.get("/paires/" + id)
	wantAll(t, page, "Annuler la dernière décision, de Bea Fictive")
	if _, err := h.db.UndoVerdicts(t.Context(), store.Undo{Links: []string{id}, Reviewer: "Ada Fictive", Publishes: true}); err != nil {
		t.Error(err)
	}
}

// TestAPairSaysThatItsTextChanged holds that a pair whose words are not in the text as it is read now says so.
func TestAPairSaysThatItsTextChanged(t *testing.T) {
	h := mustHouse(t, nil)
	id := addPair(t, h.db, plain(1))
	const said = "n’est plus à cette place dans le texte"
	if _, page := h.get("/paires/" + id); strings.Contains(page, said) {
		t.Error("a pair whose words stand says that they changed")
	}
	d, err := h.db.Document(t.Context(), "https://region.exemple/pv/1.pdf")
	if err != nil {
		t.Fatal(err)
	}
	r := *d.Reading
	r.Text = "Deux mots." + strings.Repeat(" ", len(r.Text))
	if err := h.db.SaveReading(t.Context(), d.Snapshot, "2", &r); err != nil {
		t.Fatal(err)
	}
	_, page := h.get("/paires/" + id)
	wantAll(t, page, said)
}

package review_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"contredit/claims"
	"contredit/review"
	"contredit/store"
)

// TestAConflictSaysWhatStandsAndKeepsTheNote holds that who is too late reads who decided what, finds the
// way to the pair, and has not lost what was written.
func TestAConflictSaysWhatStandsAndKeepsTheNote(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) { c.Reviewer = "Léa Fictive" })
	id := addPair(t, h.db, plain(1))
	if _, err := h.db.SaveVerdict(t.Context(), claims.Verdict{Link: id, Reviewer: "Ada Fictive", Decision: claims.StatusNuance}); err != nil {
		t.Fatal(err)
	}
	res := h.post("/", "/paires/"+id+"/verdict", url.Values{"act": {"confirmed"}, "seen": {"0"}, "note": {"vu <b>sur place</b> avec le greffe"}})
	page := body(t, res)
	if res.StatusCode != http.StatusConflict {
		t.Errorf("status %d", res.StatusCode)
	}
	wantAll(t, page, "Ada Fictive", "à nuancer", `href="/paires/`+id+`"`, "vu &lt;b&gt;sur place&lt;/b&gt; avec le greffe")
}

// TestAFormSentTwiceIsKeptOnce holds that the second of two equal forms is told as kept, and keeps nothing.
func TestAFormSentTwiceIsKeptOnce(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) { c.Reviewer = "Léa Fictive" })
	id := addPair(t, h.db, plain(1))
	form := url.Values{"act": {"confirmed"}, "seen": {"0"}, "note": {"oui"}, "back": {"/"}}
	for range 2 {
		if res := h.post("/", "/paires/"+id+"/verdict", form); res.StatusCode != http.StatusSeeOther || !strings.Contains(res.Header.Get("Location"), "done="+id) {
			t.Errorf("status %d to %s", res.StatusCode, res.Header.Get("Location"))
		}
	}
	if all, err := h.db.Verdicts(t.Context(), id); err != nil || len(all) != 1 {
		t.Errorf("%d verdicts (%v), want one", len(all), err)
	}
	form.Set("note", "non")
	if res := h.post("/", "/paires/"+id+"/verdict", form); res.StatusCode != http.StatusConflict {
		t.Errorf("another note on what was seen before gives %d", res.StatusCode)
	}
}

// TestAnEndedSessionSaysThatNothingWasKept holds that a form after the session's end says so, gives back
// what was written, and leads to signing in.
func TestAnEndedSessionSaysThatNothingWasKept(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) { c.Accounts = true })
	id := addPair(t, h.db, plain(1))
	r := httptest.NewRequest("POST", "/paires/"+id+"/remarques", strings.NewReader(url.Values{"kind": {"note"}, "text": {"trois lignes de note"}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	res := h.do(r)
	page := body(t, res)
	if res.StatusCode != http.StatusUnauthorized {
		t.Errorf("status %d", res.StatusCode)
	}
	wantAll(t, page, "Votre session a pris fin. Rien n’a été enregistré", "trois lignes de note", `href="/connexion?back=%2Fpaires%2F`+id+`"`)
	if remarks, err := h.db.Remarks(t.Context(), id); err != nil || len(remarks) != 0 {
		t.Errorf("%d remarks were kept (%v)", len(remarks), err)
	}
}

// TestTakingBackIsTold holds that taking a decision back says what the pair is again.
func TestTakingBackIsTold(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) { c.Reviewer = "Léa Fictive" })
	id := addPair(t, h.db, plain(1))
	v, err := h.db.SaveVerdict(t.Context(), claims.Verdict{Link: id, Reviewer: "Léa Fictive", Decision: claims.StatusNuance})
	if err != nil {
		t.Fatal(err)
	}
	res := h.post("/?status=all", "/paires/"+id+"/annuler", url.Values{"verdict": {id + "." + itoa(v.ID)}, "back": {"/?status=all"}})
	_, page := h.get(res.Header.Get("Location"))
	wantAll(t, page, "Décision annulée", "<strong>à examiner</strong>", `data-back="p-`+id+`"`)
}

// TestFormsSayWhatTheyCannotTake tables what is refused, each with its reason.
func TestFormsSayWhatTheyCannotTake(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) { c.Reviewer = "Léa Fictive" })
	id := addPair(t, h.db, plain(1))
	remark := "/paires/" + id + "/remarques"
	for name, tt := range map[string]struct {
		path   string
		form   url.Values
		status int
		says   string
	}{
		"PastDay":         {remark, url.Values{"kind": {"snooze"}, "text": {"2026-03-02"}}, http.StatusBadRequest, "il est passé"},
		"NoDay":           {remark, url.Values{"kind": {"snooze"}, "text": {"2026-02-31"}}, http.StatusBadRequest, "Ce jour n’existe pas"},
		"DayToCome":       {remark, url.Values{"kind": {"snooze"}, "text": {"2026-03-03"}}, http.StatusSeeOther, ""},
		"TurnsTheWriting": {remark, url.Values{"kind": {"note"}, "text": {"a\u202eb"}}, http.StatusBadRequest, "caractères invisibles"},
		"ControlInATag":   {remark, url.Values{"kind": {"tag"}, "text": {"a\x07b"}}, http.StatusBadRequest, "caractères invisibles"},
		"TooLong":         {remark, url.Values{"kind": {"note"}, "text": {strings.Repeat("é", 20_001)}}, http.StatusBadRequest, "trop long"},
		"AsLongAsTheForm": {remark, url.Values{"kind": {"note"}, "text": {strings.Repeat("é", 20_000)}}, http.StatusSeeOther, ""},
		"LineEnds":        {remark, url.Values{"kind": {"note"}, "text": {"a\r\nb\fc"}}, http.StatusSeeOther, ""},
		"NoSheet":         {"/decisions", url.Values{}, http.StatusBadRequest, "pas un tableau lisible"},
	} {
		t.Run(name, func(t *testing.T) {
			res := h.post("/", tt.path, tt.form)
			if page := body(t, res); res.StatusCode != tt.status || !strings.Contains(page, tt.says) {
				t.Errorf("status %d, want %d with %q", res.StatusCode, tt.status, tt.says)
			}
		})
	}
}

// TestTagsAreOneWhateverTheirCase holds that « Urgent » and « urgent » are one tag.
func TestTagsAreOneWhateverTheirCase(t *testing.T) {
	h := mustHouse(t, nil)
	a, b := addPair(t, h.db, plain(1)), addPair(t, h.db, plain(2))
	for link, tag := range map[string]string{a: "À revoir", b: "à revoir"} {
		if err := h.db.SaveRemarks(t.Context(), []string{link}, store.Remark{Reviewer: "Léa Fictive", Kind: store.RemarkTag, Text: tag}); err != nil {
			t.Fatal(err)
		}
	}
	facets, err := h.db.QueueFacets(t.Context(), store.QueueFilter{})
	if err != nil || len(facets.Tags) != 1 || facets.Tags[0].Count != 2 {
		t.Errorf("tags %v (%v), want one of two pairs", facets.Tags, err)
	}
}

// TestAViewIsNotReplacedUnseen holds that a name that is taken is not given to other filters.
func TestAViewIsNotReplacedUnseen(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) { c.Reviewer = "Léa Fictive" })
	for _, tt := range []struct {
		query  string
		status int
	}{{"status=confirmed", http.StatusSeeOther}, {"status=confirmed", http.StatusSeeOther}, {"status=rejected", http.StatusConflict}} {
		if res := h.post("/", "/vues", url.Values{"name": {"les miennes"}, "query": {tt.query}}); res.StatusCode != tt.status {
			t.Errorf("%s gives %d, want %d", tt.query, res.StatusCode, tt.status)
		}
	}
	if views, err := h.db.Views(t.Context(), "Léa Fictive"); err != nil || len(views) != 1 || views[0].Query != "status=confirmed" {
		t.Errorf("views %+v (%v)", views, err)
	}
}

// TestTheQueueKeepsItsPlace holds that the way back from a pair leads to its page, that an unknown filter
// is named, and that a chosen value stays in its list.
func TestTheQueueKeepsItsPlace(t *testing.T) {
	h := mustHouse(t, nil)
	for n := range 27 {
		addPair(t, h.db, plain(n+1))
	}
	_, page := h.get("/?page=2&kind=scope")
	wantAll(t, page, "de 26 à 27", `/paires/lien00000000001a?kind=scope&amp;page=2`, `href="/?kind=scope" rel="prev"`)
	_, pair := h.get("/paires/lien00000000001a?kind=scope&page=2")
	wantAll(t, pair, `href="/?kind=scope&amp;page=2"`)
	_, unknown := h.get("/?kind=scpe&since=2026-02-31")
	wantAll(t, unknown, "n’ont pas été appliqués", "«\u00a0scpe\u00a0»", "«\u00a02026-02-31\u00a0»")
	_, chosen := h.get("/?speaker=Personne+Nulle")
	wantAll(t, chosen, `<option value="Personne Nulle" selected>Personne Nulle</option>`)
}

// TestWatchedTopicsNarrowTheQueue holds that the queue and the subjects know the topics of the configuration.
func TestWatchedTopicsNarrowTheQueue(t *testing.T) {
	h := mustHouse(t, nil)
	a := addPair(t, h.db, plain(1))
	addPair(t, h.db, plain(2))
	l, err := h.db.Link(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	d, err := h.db.Document(t.Context(), l.Claim.URL)
	if err != nil {
		t.Fatal(err)
	}
	l.Claim.Topics = []string{"dialogue social"}
	if err := h.db.SaveExtraction(t.Context(), d.Document.ID, d.Snapshot, []claims.Claim{l.Claim}, nil); err != nil {
		t.Fatal(err)
	}
	_, page := h.get("/?topic=dialogue+social")
	if strings.Count(page, "data-card") != 1 {
		t.Errorf("%d pairs of a watched topic, want 1", strings.Count(page, "data-card"))
	}
	wantAll(t, page, `<optgroup label="Sujets suivis"><option value="dialogue social" selected>`)
	_, subjects := h.get("/sujets")
	wantAll(t, subjects, "Sujets suivis", "/sujets?nom=dialogue%20social")
}

// TestSearchSaysWhyItFindsNothing holds that words that are everywhere, and too many words, are told.
func TestSearchSaysWhyItFindsNothing(t *testing.T) {
	h := mustHouse(t, nil)
	for n := range 60 {
		addPair(t, h.db, plain(n+1))
	}
	for name, tt := range map[string]struct{ words, says string }{
		"StopWords": {"de la", "dans presque toutes les phrases"},
		"TooLong":   {strings.Repeat("mot ", 130), "trop longue"},
		"Many":      {"consultée", "Les 50 premiers passages"},
	} {
		t.Run(name, func(t *testing.T) {
			_, page := h.get("/recherche?mots=" + url.QueryEscape(tt.words))
			wantAll(t, page, tt.says)
		})
	}
}

// TestSheetsOfOtherKinds holds that a sheet saved as « texte Unicode » is taken, and that a note without a
// decision is kept, once.
func TestSheetsOfOtherKinds(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) { c.Reviewer = "Léa Fictive" })
	a, b := addPair(t, h.db, plain(1)), addPair(t, h.db, plain(2))
	sheet := "paire\tdécision\tnote\n" + a + "\tconfirmé\t\n" + b + "\t\tà revoir avec le greffe\n"
	wide := []byte{0xff, 0xfe}
	for _, c := range sheet {
		wide = append(wide, byte(c), byte(c>>8))
	}
	for range 2 {
		if res, page := h.postSheet(string(wide)); res.StatusCode != http.StatusOK || !strings.Contains(page, "confirmé") || !strings.Contains(page, "note ") {
			t.Errorf("status %d: %s", res.StatusCode, page)
		}
	}
	mustStatus(t, h.db, a, claims.StatusConfirmed)
	if remarks, err := h.db.Remarks(t.Context(), b); err != nil || len(remarks) != 1 || remarks[0].Text != "à revoir avec le greffe" {
		t.Errorf("remarks %+v (%v), want the note once", remarks, err)
	}
}

// TestMarksAreWholeWords holds that a mark that begins or ends inside a word takes the word.
func TestMarksAreWholeWords(t *testing.T) {
	h := mustHouse(t, nil)
	id := addPair(t, h.db, plain(1))
	l, err := h.db.Link(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	l.Reasons[0].ClaimSpan = spanOf(said, "organisation")
	l.Reasons[0].EvidenceSpan = spanOf(written, "cune organisation n’a été consult")
	if err := h.db.SaveLinks(t.Context(), l.Claim.ID, []claims.Link{l.Link}); err != nil {
		t.Fatal(err)
	}
	_, page := h.get("/paires/" + id)
	wantAll(t, page, `>organisations<sup`, `>Aucune organisation n’a été consultée<sup`)
}

// TestAnotherTranscriptAsksFirst holds that a text that stands attached is replaced on purpose alone, and
// stands again when the later one is taken back.
func TestAnotherTranscriptAsksFirst(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) { c.Reviewer = "Ada Fictive" })
	addPair(t, h.db, plain(1))
	d, err := h.db.Document(t.Context(), "https://region.exemple/pv/1.pdf")
	if err != nil {
		t.Fatal(err)
	}
	page := "/documents/" + itoa(d.Document.ID)
	stands := func(want string) {
		t.Helper()
		if got, err := h.db.TranscriptOf(t.Context(), d.Document.ID); err != nil || string(got.Content) != want {
			t.Errorf("%q stands (%v), want %q", got.Content, err, want)
		}
	}
	send := func(form url.Values, want int) {
		t.Helper()
		if res := h.post(page, page+"/transcription", form); res.StatusCode != want {
			t.Errorf("%v gives %d, want %d", form, res.StatusCode, want)
		}
	}
	send(url.Values{"text": {"La séance est ouverte."}}, http.StatusSeeOther)
	send(url.Values{"text": {"Autre texte."}}, http.StatusConflict)
	stands("La séance est ouverte.")
	send(url.Values{"text": {"Autre texte."}, "replace": {"1"}}, http.StatusSeeOther)
	stands("Autre texte.")
	_, shown := h.get(page)
	wantAll(t, shown, "Revenir à la précédente (saisie.txt, Ada Fictive)")
	send(url.Values{"act": {"restore"}}, http.StatusSeeOther)
	stands("La séance est ouverte.")
}

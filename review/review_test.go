package review_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"contredit/claims"
	"contredit/review"
	"contredit/store"
)

func mustRead(tb testing.TB, res *http.Response) string {
	tb.Helper()
	content, err := io.ReadAll(res.Body)
	if err != nil {
		tb.Fatal(err)
	}
	return string(content)
}

func wantAll(t *testing.T, page string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(page, w) {
			t.Errorf("the page lacks %q", w)
		}
	}
}

func TestPairPage(t *testing.T) {
	h := mustHouse(t, nil)
	id := addPair(t, h.db, plain(1))
	status, page := h.get("/paires/" + id)
	if status != 200 {
		t.Fatalf("status %d", status)
	}
	t.Run("MarksDecidingWordsOnBothSides", func(t *testing.T) {
		wantAll(t, page, `<mark class="tone1">co-construction<sup aria-hidden="true">1</sup></mark>`, `<mark class="tone1">pour information<sup aria-hidden="true">1</sup></mark>`)
	})
	t.Run("OpensBothOriginals", func(t *testing.T) {
		wantAll(t, page, "ouvrir à la page 3", "ouvrir à 12\u00a0min\u00a004\u00a0s", `href="https://region.exemple/pv/1.pdf#page=3"`, `https://video.exemple/1.mp4#t=721`)
	})
	t.Run("SaysWhoWhenAndWhy", func(t *testing.T) {
		wantAll(t, page, "Odile Tranchant", "14\u00a0janvier 2026", "20\u00a0jours après", "PARTICIPATION-1", "Mesdames, messieurs.", "Merci.", "Outils numériques", "pour information", "excusé",
			"défavorable", "À décharge", "mots communs")
	})
	t.Run("NeverSpeaksOfLies", func(t *testing.T) {
		if strings.Contains(strings.ToLower(page), "mensonge") {
			t.Error("the page speaks of lies")
		}
	})
}

func TestAbsenceIsNoContradiction(t *testing.T) {
	h := mustHouse(t, nil)
	p := plain(1)
	p.kind = claims.KindAbsence
	id := addPair(t, h.db, p)
	for _, path := range []string{"/", "/paires/" + id} {
		_, page := h.get(path)
		wantAll(t, page, "Aucune trace dans 1\u00a0compte rendu lu sur 2\u00a0réunions connues", "L’absence de trace n’est pas une contradiction", "Absence vérifiée")
	}
	_, page := h.get("/paires/" + id)
	wantAll(t, page, "10\u00a0juin 2025", "manquant", "une mention ailleurs")
}

func TestVerdict(t *testing.T) {
	ctx := context.Background()
	t.Run("IsKeptAndTakenBackWithoutScript", func(t *testing.T) {
		h := mustHouse(t, nil)
		id := addPair(t, h.db, plain(1))
		res := h.post("/", "/paires/"+id+"/verdict", url.Values{"act": {"rejected:other_period"}, "note": {"autre année"}, "back": {"/?status=all"}})
		if res.StatusCode != http.StatusSeeOther {
			t.Fatalf("status %d, want a redirect", res.StatusCode)
		}
		history, err := h.db.Verdicts(ctx, id)
		if err != nil || len(history) != 1 || history[0].Decision != claims.StatusRejected || history[0].Reason != "other_period" || history[0].Note != "autre année" {
			t.Fatalf("history %+v (%v)", history, err)
		}
		_, page := h.get(res.Header.Get("Location"))
		wantAll(t, page, `role="status"`, "rejeté", "/paires/"+id+"/annuler")
		h.post("/?status=all", "/paires/"+id+"/annuler", url.Values{})
		l, err := h.db.Link(ctx, id)
		if err != nil || l.Status != claims.StatusNew {
			t.Errorf("status after undo %q (%v), want new", l.Status, err)
		}
	})
	t.Run("RefusesWhatWasDecidedMeanwhile", func(t *testing.T) {
		h := mustHouse(t, nil)
		id := addPair(t, h.db, plain(1))
		if _, err := h.db.SaveVerdict(ctx, claims.Verdict{Link: id, Reviewer: "Ugo Plessis", Decision: claims.StatusNuance}); err != nil {
			t.Fatal(err)
		}
		res := h.post("/?status=all", "/paires/"+id+"/verdict", url.Values{"act": {"confirmed"}, "seen": {"0"}})
		if res.StatusCode != http.StatusConflict {
			t.Errorf("status %d, want a conflict", res.StatusCode)
		}
	})
	t.Run("RefusesFormsOfOthers", func(t *testing.T) {
		h := mustHouse(t, nil)
		id := addPair(t, h.db, plain(1))
		for name, header := range map[string][2]string{"NoToken": {"Sec-Fetch-Site", "same-origin"}, "OtherSite": {"Sec-Fetch-Site", "cross-site"}, "OtherOrigin": {"Origin", "https://ailleurs.exemple"}} {
			r := httptest.NewRequest("POST", "/paires/"+id+"/verdict", strings.NewReader("act=confirmed"))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set(header[0], header[1])
			if res := h.do(r); res.StatusCode != http.StatusForbidden {
				t.Errorf("%s: status %d, want forbidden", name, res.StatusCode)
			}
		}
		if history, _ := h.db.Verdicts(ctx, id); len(history) != 0 {
			t.Error("a verdict came from another site")
		}
	})
	t.Run("DecidesSeveralTogether", func(t *testing.T) {
		h := mustHouse(t, nil)
		a, b := addPair(t, h.db, plain(1)), addPair(t, h.db, plain(2))
		h.post("/", "/lot", url.Values{"link": {a, b}, "act": {"undecidable"}, "back": {"/"}})
		for _, id := range []string{a, b} {
			if l, _ := h.db.Link(ctx, id); l.Status != claims.StatusUndecidable {
				t.Errorf("%s is %s, want undecidable", id, l.Status)
			}
		}
	})
	t.Run("TellsAnotherHostNothing", func(t *testing.T) {
		h := mustHouse(t, nil)
		h.host = "piege.exemple:8480"
		if status, _ := h.get("/"); status != http.StatusForbidden {
			t.Errorf("status %d under another name, want forbidden", status)
		}
	})
}

func TestAccounts(t *testing.T) {
	ctx := context.Background()
	const password = "une phrase assez longue"
	hash, err := review.HashPassword(password)
	if err != nil {
		t.Fatal(err)
	}
	open := func(t *testing.T) (*house, string) {
		h := mustHouse(t, func(c *review.Config) { c.Accounts, c.TwoPeople, c.Public = true, true, true })
		for name, role := range map[string]string{"Ada": "publisher", "Bea": "publisher", "Cyr": "reviewer"} {
			if err := h.db.SaveReviewer(ctx, store.Reviewer{Name: name, Role: role, Password: hash}); err != nil {
				t.Fatal(err)
			}
		}
		return h, addPair(t, h.db, plain(1))
	}
	in := func(h *house, name string) int {
		return h.post("/connexion", "/connexion", url.Values{"name": {name}, "password": {password}, "back": {"/"}}).StatusCode
	}
	t.Run("PublishesWithTwoPeople", func(t *testing.T) {
		h, id := open(t)
		in(h, "Ada")
		h.post("/", "/paires/"+id+"/verdict", url.Values{"act": {"confirmed"}})
		if res := h.post("/paires/"+id, "/paires/"+id+"/verdict", url.Values{"act": {"published"}}); res.StatusCode != http.StatusForbidden {
			t.Errorf("who confirmed published: %d", res.StatusCode)
		}
		h.post("/paires/"+id, "/deconnexion", url.Values{})
		if status, _ := h.get("/paires/" + id); status != http.StatusNotFound {
			t.Errorf("anybody sees what is not published: %d", status)
		}
		in(h, "Bea")
		if res := h.post("/paires/"+id, "/paires/"+id+"/verdict", url.Values{"act": {"published"}}); res.StatusCode != http.StatusSeeOther {
			t.Errorf("the second could not publish: %d", res.StatusCode)
		}
		h.post("/paires/"+id, "/deconnexion", url.Values{})
		if status, _ := h.get("/paires/" + id); status != http.StatusOK {
			t.Errorf("anybody does not see what is published: %d", status)
		}
	})
	t.Run("ReviewersDoNotPublish", func(t *testing.T) {
		h, id := open(t)
		in(h, "Cyr")
		if res := h.post("/paires/"+id, "/paires/"+id+"/verdict", url.Values{"act": {"published"}}); res.StatusCode != http.StatusForbidden {
			t.Errorf("status %d", res.StatusCode)
		}
	})
	t.Run("SlowsGuessing", func(t *testing.T) {
		h, _ := open(t)
		var last int
		for range 6 {
			last = h.post("/connexion", "/connexion", url.Values{"name": {"Ada"}, "password": {"essai"}}).StatusCode
		}
		if last != http.StatusTooManyRequests {
			t.Errorf("sixth guess: %d, want too many", last)
		}
	})
	t.Run("HidesPrivateDocuments", func(t *testing.T) {
		h, _ := open(t)
		p := plain(7)
		p.private = true
		id := addPair(t, h.db, p)
		if _, err := h.db.Decide(ctx, store.Act{Links: []string{id}, Reviewer: "Ada", Decision: claims.StatusConfirmed, Seen: -1}); err != nil {
			t.Fatal(err)
		}
		if _, err := h.db.Decide(ctx, store.Act{Links: []string{id}, Reviewer: "Bea", Decision: claims.StatusPublished, Seen: -1}); !errors.Is(err, store.ErrPrivate) {
			t.Errorf("a private pair was published: %v", err)
		}
		doc, err := h.db.Document(ctx, "https://region.exemple/pv/7.pdf")
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{"/paires/" + id, "/paires/" + id + "/dossier", "/documents/" + itoa(doc.Document.ID), "/copies/" + itoa(doc.Snapshot), "/copies/" + itoa(doc.Snapshot) + "/original"} {
			if status, page := h.get(path); status != http.StatusNotFound || strings.Contains(page, "consultée") {
				t.Errorf("%s: %d to anybody", path, status)
			}
		}
		for _, path := range []string{"/", "/couverture"} {
			if _, page := h.get(path); strings.Contains(page, "Procès-verbal du CST 7") {
				t.Errorf("%s names a private document", path)
			}
		}
	})
	t.Run("RefusesToOpenWithoutThem", func(t *testing.T) {
		_, err := review.New(ctx, review.Config{DB: mustDB(t), Listen: netip.MustParseAddrPort("0.0.0.0:8480")})
		if !errors.Is(err, review.ErrOpenWithoutAccess) {
			t.Errorf("error %v", err)
		}
	})
}

func TestEveryPage(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) {
		c.Languages = []string{"fr", "en"}
		c.Sources = []review.Source{{Name: "Région Exemple", URL: "https://region.exemple/"}}
		c.Bodies = []review.Body{{Name: "CST", Sittings: []string{"2025-06-10"}}}
	})
	id := addPair(t, h.db, plain(1))
	keep(t, h.db, recordOf(1), "Autre texte.", nil)
	versions, err := h.db.Versions(context.Background(), 2)
	if err != nil || len(versions) != 2 {
		t.Fatalf("%d versions (%v)", len(versions), err)
	}
	for _, lang := range []string{"fr", "en"} {
		h.cookies["contredit_lang"] = lang
		for _, path := range append(pagePaths(id), "/documents/2/ecarts?de="+itoa(versions[0].Snapshot)+"&a="+itoa(versions[1].Snapshot)) {
			res := h.do(httptest.NewRequest("GET", path, nil))
			page := mustRead(t, res)
			if res.StatusCode != 200 {
				t.Errorf("%s %s: status %d: %s", lang, path, res.StatusCode, page)
			}
			csp := res.Header.Get("Content-Security-Policy")
			if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe-inline") {
				t.Errorf("%s: policy %q", path, csp)
			}
			for _, inline := range []string{" style=", "<style", " onclick=", "<script>"} {
				if strings.Contains(page, inline) {
					t.Errorf("%s has %q inline", path, inline)
				}
			}
		}
	}
}

func TestDossierHoldsTheBytes(t *testing.T) {
	h := mustHouse(t, nil)
	id := addPair(t, h.db, plain(1))
	status, content := h.get("/paires/" + id + "/dossier")
	if status != 200 {
		t.Fatalf("status %d", status)
	}
	archive, err := zip.NewReader(bytes.NewReader([]byte(content)), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range archive.File {
		names = append(names, f.Name)
	}
	if list := strings.Join(names, " "); len(names) != 12 || !strings.Contains(list, "dossier.html dossier.json verifier.html originaux/01-") || !strings.Contains(list, "SHA256SUMS") {
		t.Errorf("files %v", names)
	}
	_, again := h.get("/paires/" + id + "/dossier")
	if content != again {
		t.Error("the same dossier gave other bytes")
	}
}

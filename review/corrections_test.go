package review_test

import (
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"contredit/claims"
	"contredit/review"
	"contredit/store"
)

// seenField is the number of the last correction that a page shows.
var seenField = regexp.MustCompile(`name="vu" value="(\d+)"`)

// fix sends a form of a page as its visitor would.
func (h *house) fix(from, path string, form url.Values) *http.Response {
	h.tb.Helper()
	_, page := h.get(from)
	m := seenField.FindStringSubmatch(page)
	if m == nil {
		h.tb.Fatalf("no form at %s", from)
	}
	form.Set("vu", m[1])
	return h.post(from, path, form)
}

var undoField = regexp.MustCompile(`action="(/corrections/\d+/annuler)"`)

// undoLast takes back the correction that a page offers to take back.
func (h *house) undoLast(page string) {
	h.tb.Helper()
	_, text := h.get(page)
	all := undoField.FindAllStringSubmatch(text, -1)
	if len(all) == 0 {
		h.tb.Fatalf("nothing to take back at %s", page)
	}
	if res := h.post(page, all[len(all)-1][1], url.Values{"back": {page}}); res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != page {
		h.tb.Fatalf("taken back: %d to %s", res.StatusCode, res.Header.Get("Location"))
	}
}

const correctedClaim = "/affirmations/0000000000000002"

func TestSpeakerIsCorrectedOnThePages(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) { c.Reviewer = "Ada Fictive" })
	id := addPair(t, h.db, plain(1))
	if err := h.db.SaveDirectory(t.Context(), []claims.Listed{{Member: claims.Member{Name: "Ugo Plessis", Function: "conseiller", Body: "Région Exemple"}}}); err != nil {
		t.Fatal(err)
	}
	res := h.fix(correctedClaim, correctedClaim+"/auteur", url.Values{"nom": {"ugo  plessis"}, "act": {"save"}, "back": {"/paires/" + id}})
	if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != "/paires/"+id {
		t.Fatalf("status %d to %s", res.StatusCode, res.Header.Get("Location"))
	}
	_, page := h.get("/paires/" + id)
	wantAll(t, page, `<a href="/personnes?nom=Ugo%20Plessis">Ugo Plessis</a>`, "conseiller", "Odile Tranchant, vice-présidente chargée du numérique", "Ada Fictive", "Annuler cette correction")
	if _, queue := h.get("/?speaker=Ugo+Plessis"); !strings.Contains(queue, id) {
		t.Error("the queue goes on knowing the speaker of before")
	}
	_, journal := h.get("/journal")
	wantAll(t, journal, "auteur", "Ugo Plessis", "Odile Tranchant", `href="`+correctedClaim+`"`)
	h.undoLast("/paires/" + id)
	if c, err := h.db.Claim(t.Context(), "0000000000000002"); err != nil || c.Speaker != "Odile Tranchant" || c.Function == "" {
		t.Errorf("taken back, %s, %s speaks (%v)", c.Speaker, c.Function, err)
	}
	if res := h.fix(correctedClaim, correctedClaim+"/auteur", url.Values{"act": {"unknown"}, "nom": {"Odile Tranchant"}}); res.StatusCode != http.StatusSeeOther {
		t.Errorf("unknown: status %d", res.StatusCode)
	}
	if _, page := h.get(correctedClaim); !strings.Contains(page, "Quelqu’un") {
		t.Error("somebody unknown has a name")
	}
	if res := h.post(correctedClaim, correctedClaim+"/auteur", url.Values{"vu": {"0"}, "nom": {"Autre Personne"}}); res.StatusCode != http.StatusConflict {
		t.Errorf("made upon an old page: status %d", res.StatusCode)
	}
	if res := h.fix(correctedClaim, correctedClaim+"/auteur", url.Values{"nom": {"Rosa Nouvelle"}, "fonction": {"adjointe"}}); res.StatusCode != http.StatusSeeOther {
		t.Errorf("somebody new: status %d", res.StatusCode)
	}
	_, people := h.get("/personnes")
	wantAll(t, people, "Rosa Nouvelle", "adjointe, Région Exemple", "Ugo Plessis")
}

func TestPersonIsCorrectedOnThePages(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) { c.Reviewer = "Ada Fictive" })
	addPair(t, h.db, plain(1))
	member := func(name, function, body string) claims.Listed {
		return claims.Listed{Member: claims.Member{Name: name, Function: function, Body: body}}
	}
	err := h.db.SaveDirectory(t.Context(), []claims.Listed{member("Odile Tranchant", "vice-présidente", "Région Exemple"), member("Odile Tranchand", "", ""),
		member("Jean Martin", "conseiller", "Région Exemple"), member("Jean Martin", "maire", "Vaubrun")})
	if err != nil {
		t.Fatal(err)
	}
	person := func(name string) string { return "/personnes?nom=" + url.QueryEscape(name) }
	row := url.Values{"etait": {"Odile Tranchant"}, "nom": {"Odile Tranchant-Vidal"}, "civilite": {"Mme"}, "fonction": {"présidente", ""}, "groupe": {"Majorité", ""},
		"institution": {"Région Exemple", ""}, "du": {"2021-07-02", ""}, "au": {"", ""}}
	t.Run("Name", func(t *testing.T) {
		res := h.fix(person("Odile Tranchant"), "/personnes", row)
		if res.StatusCode != http.StatusSeeOther {
			t.Fatalf("status %d: %s", res.StatusCode, body(t, res))
		}
		if res := h.do(httptest.NewRequest("GET", person("Odile Tranchant"), nil)); res.Header.Get("Location") != person("Odile Tranchant-Vidal") {
			t.Errorf("the name of before leads to %q", res.Header.Get("Location"))
		}
		_, page := h.get(person("Odile Tranchant-Vidal"))
		wantAll(t, html.UnescapeString(page), said, "présidente, Majorité, Région Exemple, depuis le 2\u00a0juillet 2021", "Ada Fictive", "Odile Tranchant")
	})
	t.Run("Merged", func(t *testing.T) {
		if res := h.fix(person("Odile Tranchand"), "/personnes/fusion", url.Values{"etait": {"Odile Tranchand"}, "avec": {"Personne D’Inconnu"}}); res.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("merged with nobody: status %d", res.StatusCode)
		}
		if res := h.fix(person("Odile Tranchand"), "/personnes/fusion", url.Values{"etait": {"Odile Tranchand"}, "avec": {"Odile Tranchant-Vidal"}}); res.StatusCode != http.StatusSeeOther {
			t.Fatalf("status %d", res.StatusCode)
		}
		r, err := h.db.Roster(t.Context())
		if err != nil || r.NameOf("Mme Odile TRANCHAND") != "Odile Tranchant-Vidal" {
			t.Errorf("the two are not one: %+v, %v", r.Persons(), err)
		}
		h.undoLast(person("Odile Tranchant-Vidal"))
		if r, err := h.db.Roster(t.Context()); err != nil || r.NameOf("Odile Tranchand") != "Odile Tranchand" || r.NameOf("Odile Tranchant") != "Odile Tranchant-Vidal" {
			t.Errorf("taken back: %+v, %v", r.Persons(), err)
		}
	})
	t.Run("KeptApart", func(t *testing.T) {
		_, page := h.get(person("Jean Martin"))
		m := regexp.MustCompile(`name="mandat" value="([0-9a-f]+)"><span lang="fr">maire`).FindStringSubmatch(page)
		if m == nil {
			t.Fatal("no mandate to tick")
		}
		form := url.Values{"etait": {"Jean Martin"}, "reste": {"Jean Martin"}, "autre": {"Jean Martin (Vaubrun)"}, "mandat": {m[1]}}
		if res := h.fix(person("Jean Martin"), "/personnes/separation", form); res.StatusCode != http.StatusSeeOther {
			t.Fatalf("status %d", res.StatusCode)
		}
		listed, err := h.db.Directory(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		roster, err := h.db.Roster(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		d := claims.NewDirectoryOf(listed).Corrected(roster)
		for where, want := range map[string]string{"Vaubrun": "Jean Martin (Vaubrun)", "Région Exemple": "Jean Martin", "": ""} {
			if got, _ := d.Resolve("M. MARTIN", where, ""); got.Name != want {
				t.Errorf("M. Martin in %q is %q, want %q", where, got.Name, want)
			}
		}
		h.undoLast(person("Jean Martin (Vaubrun)"))
		if r, err := h.db.Roster(t.Context()); err != nil || len(r.Persons()) != 1 {
			t.Errorf("taken back: %+v, %v", r.Persons(), err)
		}
	})
	t.Run("RefusesAnOfficeForAName", func(t *testing.T) {
		form := url.Values{"etait": {"Jean Martin"}, "nom": {"Le Président"}, "fonction": {""}, "groupe": {""}, "institution": {""}, "du": {""}, "au": {""}}
		if res := h.fix(person("Jean Martin"), "/personnes", form); res.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("status %d", res.StatusCode)
		}
	})
}

func TestBodyAndGlossaryAreCorrectedOnThePages(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) { c.Bodies = []review.Body{{Name: "Comité social", Aliases: []string{"CST"}}} })
	id := addPair(t, h.db, plain(1))
	if res := h.fix("/documents/1", "/documents/1/institution", url.Values{"institution": {"Département Exemple"}}); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d", res.StatusCode)
	}
	if _, queue := h.get("/?body=" + url.QueryEscape("Département Exemple")); !strings.Contains(queue, id) {
		t.Error("the queue goes on knowing the body of before")
	}
	h.undoLast("/documents/1")
	if d, err := h.db.DocumentByID(t.Context(), 1); err != nil || d.Document.Body != "Région Exemple" {
		t.Errorf("taken back, the body is %q (%v)", d.Document.Body, err)
	}
	for _, form := range []url.Values{{"nom": {"CPX"}, "institution": {"Commission des ports"}}, {"nom": {"CST"}, "act": {"remove"}}} {
		if res := h.post("/glossaire", "/glossaire", form); res.StatusCode != http.StatusSeeOther {
			t.Fatalf("%v: status %d", form, res.StatusCode)
		}
	}
	_, page := h.get("/glossaire")
	wantAll(t, page, "<strong class=\"grow\" lang=\"fr\">CPX</strong>", `<s lang="fr">CST</s>`)
	g, err := h.db.Glossary(t.Context(), map[string]string{"CST": "Comité social"})
	if err != nil || g.NameOf("CPX") != "Commission des ports" || g.NameOf("CST") != "CST" {
		t.Errorf("the glossary: %v, %v", g, err)
	}
}

func TestCorrectionsAreForReviewers(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) { c.Accounts, c.Public = true, true })
	id := addPair(t, h.db, plain(1))
	for _, decision := range []claims.Decision{claims.StatusConfirmed, claims.StatusPublished} {
		if _, err := h.db.SaveVerdict(t.Context(), claims.Verdict{Link: id, Reviewer: "Ada Fictive", Decision: decision}); err != nil {
			t.Fatal(err)
		}
	}
	o, err := store.SetSpeaker("0000000000000002", store.Speaker{Name: "Ugo Plessis"})
	if err != nil {
		t.Fatal(err)
	}
	done, err := h.db.SaveOverrides(t.Context(), "Ada Fictive", o)
	if err != nil {
		t.Fatal(err)
	}
	for path, form := range map[string]url.Values{
		correctedClaim + "/auteur": {"vu": {"1"}, "nom": {"Rosa Nouvelle"}}, "/documents/1/institution": {"vu": {"0"}, "institution": {"CST"}}, "/glossaire": {"nom": {"CPX"}, "institution": {"X Y"}},
		"/personnes": {"vu": {"0"}, "etait": {"Ugo Plessis"}, "nom": {"Ugo Plessy"}}, "/personnes/fusion": {"vu": {"0"}, "etait": {"Ugo Plessis"}, "avec": {"Rosa"}},
		"/personnes/separation": {"vu": {"0"}, "etait": {"Ugo Plessis"}}, "/corrections/" + itoa(done[0].ID) + "/annuler": {},
	} {
		if res := h.post("/connexion", path, form); res.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s by anybody: status %d", path, res.StatusCode)
		}
		r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if res := h.do(r); res.StatusCode == http.StatusSeeOther || res.StatusCode == http.StatusOK {
			t.Errorf("%s without the token of a form: status %d", path, res.StatusCode)
		}
	}
	if status, page := h.get("/paires/" + id); status != http.StatusOK || strings.Contains(page, "Corriger") || strings.Contains(page, "Odile Tranchant, ") {
		t.Errorf("anybody sees what reviewers do (status %d)", status)
	}
	if status, _ := h.get("/personnes"); status == http.StatusOK {
		t.Error("the directory is open to anybody")
	}
	if all, err := h.db.Standing(t.Context(), store.OverrideSpeaker); err != nil || len(all) != 1 {
		t.Errorf("somebody took something back: %+v, %v", all, err)
	}
}

package evidence_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed/atom"

	"contredit/claims"
	"contredit/document"
	"contredit/evidence"
)

// vocabulary is a table of testdata: type, property, what its value may be.
func vocabulary(t *testing.T, name string) map[string]map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]map[string]string{}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(cells) != 3 {
			continue
		}
		if all[cells[0]] == nil {
			all[cells[0]] = map[string]string{}
		}
		all[cells[0]][cells[1]] = cells[2]
	}
	return all
}

func asJSON(t *testing.T, v any) map[string]any {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var object map[string]any
	if err := json.Unmarshal(text, &object); err != nil {
		t.Fatal(err)
	}
	return object
}

// outOfSchema lists what of an object schema.org does not have.
func outOfSchema(words map[string]map[string]string, object map[string]any, path string) []string {
	kind, _ := object["@type"].(string)
	properties, known := words[kind]
	if !known {
		return []string{path + ": no type " + kind}
	}
	var wrong []string
	for key, value := range object {
		if strings.HasPrefix(key, "@") {
			continue
		}
		allowed, ok := properties[key]
		if !ok {
			wrong = append(wrong, fmt.Sprintf("%s: %s has no %s", path, kind, key))
			continue
		}
		types := strings.Split(allowed, " | ")
		list, isList := value.([]any)
		if !isList {
			list = []any{value}
		}
		for _, one := range list {
			switch v := one.(type) {
			case map[string]any:
				inner, _ := v["@type"].(string)
				if !slices.Contains(types, inner) && !slices.Contains(types, "Thing") {
					wrong = append(wrong, fmt.Sprintf("%s.%s: %s, allowed %s", path, key, inner, allowed))
				}
				wrong = append(wrong, outOfSchema(words, v, path+"."+key)...)
			case float64:
				if !slices.Contains(types, "Number") {
					wrong = append(wrong, fmt.Sprintf("%s.%s: a number, allowed %s", path, key, allowed))
				}
			case string:
				if slices.Contains(types, "Date") && !slices.Contains(types, "Text") {
					if _, err := time.Parse(time.DateOnly, v); err != nil {
						wrong = append(wrong, fmt.Sprintf("%s.%s: %q is no date", path, key, v))
					}
				} else if !slices.Contains(types, "Text") && !slices.Contains(types, "URL") {
					wrong = append(wrong, fmt.Sprintf("%s.%s: a text, allowed %s", path, key, allowed))
				}
			}
		}
	}
	slices.Sort(wrong)
	return wrong
}

func TestReview(t *testing.T) {
	words := vocabulary(t, "schema-org.tsv")
	t.Run("FollowsTheVocabulary", func(t *testing.T) {
		for kind := range evidence.Ratings {
			p := confirmedPair()
			p.Link.Kind = kind
			p.First = &claims.Claim{URL: "https://region.exemple/premier", Date: "2025-12-01"}
			r, err := evidence.Review(p, house)
			if err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
			object := asJSON(t, r)
			if wrong := outOfSchema(words, object, "ClaimReview"); len(wrong) > 0 {
				t.Errorf("%s: %s", kind, strings.Join(wrong, "\n"))
			}
			if object["@context"] != "https://schema.org" || object["url"] != "https://veille.exemple/paires-publiees/paires/00000000000000aa/" {
				t.Errorf("%s: context %v, url %v", kind, object["@context"], object["url"])
			}
			if first := object["itemReviewed"].(map[string]any)["firstAppearance"].(map[string]any); first["url"] != "https://region.exemple/premier" {
				t.Errorf("first appearance = %v", first)
			}
		}
	})
	t.Run("VocabularyTableFindsWhatIsForeign", func(t *testing.T) {
		object := asJSON(t, map[string]any{"@type": "ClaimReview", "contradicts": "x", "reviewRating": map[string]any{"@type": "Claim"}, "datePublished": "hier"})
		if wrong := outOfSchema(words, object, ""); len(wrong) != 3 {
			t.Errorf("found %q, want 3 faults", wrong)
		}
	})
	t.Run("CarriesReplyAndCorrection", func(t *testing.T) {
		r, err := evidence.Review(confirmedPair(), house)
		if err != nil || len(r.Comment) != 1 || !strings.Contains(r.Comment[0].Text, "par courriel") || len(r.Correction) != 1 || r.Correction[0].DatePublished != "2026-02-21" {
			t.Errorf("comment %+v, correction %+v (%v)", r.Comment, r.Correction, err)
		}
	})
	t.Run("RefusesEmptyFieldsByName", func(t *testing.T) {
		for field, change := range map[string]func(*evidence.Pair, *evidence.Publisher){
			"url":                              func(_ *evidence.Pair, by *evidence.Publisher) { by.Base = "" },
			"claimReviewed":                    func(p *evidence.Pair, _ *evidence.Publisher) { p.Link.Claim.Quote = " " },
			"datePublished":                    func(p *evidence.Pair, _ *evidence.Publisher) { p.Decided = "" },
			"author.name":                      func(_ *evidence.Pair, by *evidence.Publisher) { by.Name = "" },
			"author.url":                       func(_ *evidence.Pair, by *evidence.Publisher) { by.URL = "" },
			"reviewRating.alternateName":       func(p *evidence.Pair, _ *evidence.Publisher) { p.Link.Kind = "unheard_of" },
			"itemReviewed.author.name":         func(p *evidence.Pair, _ *evidence.Publisher) { p.Link.Claim.Speaker = "" },
			"itemReviewed.datePublished":       func(p *evidence.Pair, _ *evidence.Publisher) { p.Link.Claim.Date = "" },
			"itemReviewed.appearance.url":      func(p *evidence.Pair, _ *evidence.Publisher) { p.Link.Claim.URL = "" },
			"itemReviewed.firstAppearance.url": func(p *evidence.Pair, _ *evidence.Publisher) { p.First = &claims.Claim{} },
		} {
			p, by := confirmedPair(), house
			change(&p, &by)
			_, err := evidence.Review(p, by)
			var incomplete *evidence.IncompleteError
			if !errors.As(err, &incomplete) || !slices.Contains(incomplete.Fields, field) {
				t.Errorf("%s empty: %v, want it named", field, err)
			}
		}
	})
	t.Run("RefusesWhatNobodyConfirmed", func(t *testing.T) {
		for name, change := range map[string]func(*evidence.Pair){
			"new":     func(p *evidence.Pair) { p.Status = claims.StatusNew },
			"nuance":  func(p *evidence.Pair) { p.Status = claims.StatusNuance },
			"private": func(p *evidence.Pair) { p.Link.Evidence[0].Visibility = document.Private },
			"absence": func(p *evidence.Pair) { p.Link.Kind = claims.KindAbsence },
		} {
			p := confirmedPair()
			change(&p)
			if _, err := evidence.Review(p, house); err == nil {
				t.Errorf("%s: a ClaimReview was made", name)
			}
		}
	})
}

// outOfModel lists what of an annotation its model does not have.
func outOfModel(words map[string]map[string]string, object map[string]any, path string) []string {
	kind, _ := object["type"].(string)
	var wrong []string
	for key, value := range object {
		allowed, ok := words[kind][key]
		if !ok {
			wrong = append(wrong, fmt.Sprintf("%s: %q has no %s", path, kind, key))
			continue
		}
		list, isList := value.([]any)
		if !isList {
			list = []any{value}
		}
		for _, one := range list {
			text, isText := one.(string)
			switch inner, isObject := one.(map[string]any); {
			case isObject:
				name, _ := inner["type"].(string)
				if types, ok := strings.CutPrefix(allowed, "object:"); !ok || !slices.Contains(strings.Split(types, "|"), name) {
					wrong = append(wrong, fmt.Sprintf("%s.%s: %s, allowed %s", path, key, name, allowed))
				}
				wrong = append(wrong, outOfModel(words, inner, path+"."+key)...)
			case allowed == "iri":
				if !strings.Contains(text, ":") || strings.ContainsAny(text, " <>\"") {
					wrong = append(wrong, fmt.Sprintf("%s.%s: %q is no IRI", path, key, text))
				}
			case allowed == "date":
				if _, err := time.Parse(time.RFC3339, text); err != nil {
					wrong = append(wrong, fmt.Sprintf("%s.%s: %v", path, key, err))
				}
			case allowed == "integer":
				if n, ok := one.(float64); !ok || n < 0 || n != float64(int(n)) {
					wrong = append(wrong, fmt.Sprintf("%s.%s: %v is no integer", path, key, one))
				}
			case allowed != "string" && !(isText && slices.Contains(strings.Fields(allowed), text)):
				wrong = append(wrong, fmt.Sprintf("%s.%s: %v, allowed %s", path, key, one, allowed))
			}
		}
	}
	slices.Sort(wrong)
	return wrong
}

func TestAnnotations(t *testing.T) {
	words := vocabulary(t, "web-annotation.tsv")
	p := confirmedPair()
	nobody := evidence.NewNames()
	all := evidence.Annotations(p, house, nobody)
	if len(all) != 2 {
		t.Fatalf("%d annotations, want one of the claim and one of the record", len(all))
	}
	for i, a := range all {
		if wrong := outOfModel(words, asJSON(t, a), "Annotation"); len(wrong) > 0 {
			t.Errorf("annotation %d: %s", i, strings.Join(wrong, "\n"))
		}
	}
	t.Run("AnchorsByQuoteAndByPosition", func(t *testing.T) {
		for i, text := range []string{speech, record} {
			quote, position := all[i].Target.Selector[0], all[i].Target.Selector[1]
			flat := strings.Join(strings.Fields(text), " ")
			if strings.Count(flat, quote.Prefix+quote.Exact+quote.Suffix) != 1 {
				t.Errorf("%q is not once in the text", quote.Prefix+quote.Exact+quote.Suffix)
			}
			if got := string([]rune(text)[*position.Start:*position.End]); got != quote.Exact {
				t.Errorf("position holds %q, want %q", got, quote.Exact)
			}
		}
	})
	t.Run("NamesPageAndSecond", func(t *testing.T) {
		for i, want := range []string{"t=724", "page=3"} {
			if got := all[i].Target.Selector[2].Value; got != want {
				t.Errorf("fragment = %q, want %q", got, want)
			}
		}
	})
	t.Run("RepeatedQuoteHasOnePlace", func(t *testing.T) {
		p := confirmedPair()
		text := "Oui.\nOui.\nOui."
		p.Link.Claim.Quote, p.Link.Claim.Span = "Oui.", claims.Span{Start: 5, End: 9}
		p.Captures[p.Link.Claim.URL] = evidence.Capture{SHA256: digestOf(text), FetchedAt: "2026-02-09T06:00:00Z", Text: text}
		s := evidence.Annotations(p, house, nobody)[0].Target.Selector[0]
		if s.Prefix+s.Exact+s.Suffix != "Oui. Oui. Oui." {
			t.Errorf("prefix %q, exact %q, suffix %q", s.Prefix, s.Exact, s.Suffix)
		}
	})
	t.Run("NamesNobodyWithoutAMandate", func(t *testing.T) {
		names := evidence.NewNames()
		names.Person("Ugo Plessis", false)
		p := confirmedPair()
		e := &p.Link.Evidence[0]
		text := "M. Plessis ouvre la séance. " + e.Quote + " Ugo Plessis remercie.\nM. Plessis dit non."
		e.Span = spanOf(text, e.Quote)
		p.Captures[e.URL] = evidence.Capture{SHA256: digestOf(text), Text: text}
		p.Link.Reasons[0].Text, p.Replies[0].Text = "Ugo Plessis dit autre chose.", "Ugo Plessis répond."
		around := evidence.Annotations(p, house, names)
		e.Quote = "M. Plessis dit non."
		e.Span = spanOf(text, e.Quote)
		inside := evidence.Annotations(p, house, names)
		for i, a := range append(around, inside...) {
			if said, err := json.Marshal(a); err != nil || strings.Contains(string(said), "Plessis") {
				t.Errorf("annotation %d says %s (%v)", i, said, err)
			}
			if len(a.Target.Selector) == 0 {
				t.Errorf("annotation %d has no place", i)
			}
		}
		if quote := around[1].Target.Selector[0]; quote.Exact == "" || inside[1].Target.Selector[0].Type != "TextPositionSelector" {
			t.Errorf("quote %+v, place %+v", quote, inside[1].Target.Selector[0])
		}
	})
	t.Run("ModelTableFindsWhatIsForeign", func(t *testing.T) {
		if wrong := outOfModel(words, asJSON(t, map[string]any{"type": "Annotation", "motivation": "accusing", "score": 1, "target": map[string]any{"type": "TextualBody"}}), ""); len(wrong) != 3 {
			t.Errorf("found %q, want 3 faults", wrong)
		}
	})
}

func TestFeed(t *testing.T) {
	var out bytes.Buffer
	w := evidence.NewFeed(&out, evidence.Feed{ID: "https://veille.exemple/", Title: "Veille & « Exemple »", Self: "https://veille.exemple/atom.xml", Home: "https://veille.exemple/", Author: "Veille Exemple"})
	p := confirmedPair()
	p.Title = `Discours <b>&"du 14`
	if err := errors.Join(w.Entry(evidence.PairEntry(p, house)), w.Close("2020-01-01T00:00:00Z")); err != nil {
		t.Fatal(err)
	}
	feed, err := new(atom.Parser).Parse(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatalf("%v in %s", err, out.String())
	}
	if feed.Title != "Veille & « Exemple »" || feed.ID == "" || feed.Updated != "2026-02-21T10:00:00Z" || len(feed.Authors) != 1 || len(feed.Entries) != 1 {
		t.Fatalf("feed = %+v", feed)
	}
	e := feed.Entries[0]
	if e.ID == "" || e.Published != "2026-02-10T08:00:00Z" || e.Links[0].Rel != "alternate" || e.Links[1].Title != p.Title || !strings.Contains(e.Summary, "par courriel") {
		t.Errorf("entry = %+v", e)
	}
}

func TestNames(t *testing.T) {
	names := evidence.NewNames()
	names.Learn(document.Document{Body: "CST"}, &document.Reading{Minutes: &document.Minutes{Attendance: []document.Attendee{
		{Name: "Ugo Plessis", Function: "directeur des ressources humaines"}, {Name: "Bea Fictive", Group: "Autre Exemple"}, {Name: "Lise Aubin"}}}})
	names.Learn(document.Document{Body: "Conseil régional"}, &document.Reading{Minutes: &document.Minutes{Attendance: []document.Attendee{{Name: "Odile Tranchant"}}}})
	names.Decide("Paul Garnier", true)
	names.Decide("Eva Simon", false)
	names.Person("Eva Simon", true)
	for name, c := range map[string]struct {
		claim claims.Claim
		want  string
	}{
		"MemberOfAnAssembly":  {claims.Claim{Speaker: "Odile Tranchant"}, "Odile Tranchant"},
		"UnionMember":         {claims.Claim{Speaker: "Bea Fictive"}, "un intervenant"},
		"UnionSecretary":      {claims.Claim{Speaker: "Nora Vidal", Function: "présidente de la section CFDT-Interco"}, "un représentant syndical (CFDT-Interco)"},
		"MixedSyndicate":      {claims.Claim{Speaker: "Ines Berger", Function: "présidente du syndicat mixte des transports du Sud"}, "Ines Berger"},
		"NamedByTheOperator":  {claims.Claim{Speaker: "Paul Garnier", Function: "secrétaire général de la CGT"}, "Paul Garnier"},
		"MaskedByTheOperator": {claims.Claim{Speaker: "Eva Simon", Function: "conseillère régionale"}, "un intervenant"},
		"FunctionAsPrinted":   {claims.Claim{Speaker: "Yann Morel", Function: "première vice-présidente"}, "Yann Morel"},
		"Institution":         {claims.Claim{Speaker: "Région Exemple", Collective: true}, "Région Exemple"},
		"Director":            {claims.Claim{Speaker: "Ugo Plessis", Function: "directeur des ressources humaines"}, "un agent"},
		"SecretaryOfAMandate": {claims.Claim{Speaker: "Jade Roy", Function: "assistante de la présidente"}, "un agent"},
		"Unknown":             {claims.Claim{Speaker: "Lise Aubin"}, "un intervenant"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := names.Speaker(c.claim); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	t.Run("MasksInsideQuotesAndMovesMarks", func(t *testing.T) {
		p := confirmedPair()
		p.Link.Evidence[0].Quote = "M. Plessis et Lise AUBIN disent : pour information."
		p.Link.Reasons[0].EvidenceSpan = spanOf(p.Link.Evidence[0].Quote, "pour information")
		p.Replies[0].Text = "Ugo Plessis répond."
		masked := names.Mask(p)
		e, r := masked.Link.Evidence[0], masked.Link.Reasons[0]
		if e.Quote != "[nom masqué] et [nom masqué] disent : pour information." || e.Quote[r.EvidenceSpan.Start:r.EvidenceSpan.End] != "pour information" {
			t.Errorf("quote %q, mark %q", e.Quote, e.Quote[r.EvidenceSpan.Start:r.EvidenceSpan.End])
		}
		if masked.Replies[0].Text != "[nom masqué] répond." || p.Replies[0].Text != "Ugo Plessis répond." || p.Link.Evidence[0].Quote == e.Quote {
			t.Errorf("reply %q, and the pair itself changed: %q", masked.Replies[0].Text, p.Link.Evidence[0].Quote)
		}
	})
	t.Run("WhoAskedNotToBeNamedIsNotNamedByHalf", func(t *testing.T) {
		names := evidence.NewNames()
		names.Decide("Yannick Brédat", false)
		names.Decide("Ana Roux", false)
		names.Person("Brédat", true) // as a transcript prints him
		names.Person("Yannick Brédat", true)
		names.Person("Lou Roux", true) // somebody else
		if got := names.Speaker(claims.Claim{Speaker: "Brédat", Function: "vice-président"}); got != "un intervenant" {
			t.Errorf("he speaks as %q", got)
		}
		for text, want := range map[string]string{
			"M. Brédat précise que Yannick BRÉDAT et M. BRÉDAT, soit Brédat, répondent.": "M. [nom masqué] précise que [nom masqué] et M. [nom masqué], soit [nom masqué], répondent.",
			"Mme Roux et Ana Roux": "Mme Roux et [nom masqué]",
		} {
			if got := names.Text(text); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		}
	})
	t.Run("GroupOfAnAssemblyIsAMandateAndAUnionIsNone", func(t *testing.T) {
		for group, want := range map[string]bool{"Majorité": true, "Union de la droite et du centre": true, "CFDT": false, "Fédération autonome FA-FPT": false, "SUD Collectivités": false, "Syndicat Exemple": false, "Les Écologistes du Sud": false, "": false} {
			if got := evidence.HoldsMandate("", group); got != want {
				t.Errorf("group %q: mandate %t, want %t", group, got, want)
			}
		}
	})
	t.Run("MasksTheSpeakerHimself", func(t *testing.T) {
		p := confirmedPair()
		p.Link.Claim.Speaker, p.Link.Claim.Function = "Rémi Obscur", "technicien"
		p.Link.Reasons[0].Text = "Rémi Obscur dit autre chose."
		masked := names.Mask(p)
		if c := masked.Link.Claim; c.Speaker != "un agent" || c.Function != "" || strings.Contains(masked.Link.Reasons[0].Text, "Obscur") {
			t.Errorf("speaker %q, function %q, reason %q", c.Speaker, c.Function, masked.Link.Reasons[0].Text)
		}
	})
}

func TestReadDecisions(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []evidence.DecisionRow
	}{
		"FrenchSheet": {"\ufeffpaire;décision;motif;note;vu\naa;confirmé;;'=ok;3\nbb;;;;\n", []evidence.DecisionRow{{Line: 2, Link: "aa", Decision: "confirmé", Note: "=ok", Seen: 3}}},
		"Windows1252": {"paire;d\xe9cision;note\naa;confirm\xe9;d\xe9j\xe0\n", []evidence.DecisionRow{{Line: 2, Link: "aa", Decision: "confirmé", Note: "déjà", Seen: -1}}},
		"Commas":      {"id,status,note\naa,rejected,\"deux\nlignes\"\nbb,confirmed,\n", []evidence.DecisionRow{{Line: 2, Link: "aa", Decision: "rejected", Note: "deux\nlignes", Seen: -1}, {Line: 4, Link: "bb", Decision: "confirmed", Seen: -1}}},
		"BadSeen":     {"paire,décision,vu\naa,confirmé,hier\n", []evidence.DecisionRow{{Line: 2, Link: "aa", Decision: "confirmé", Seen: 0, Problem: "colonne « vu » illisible"}}},
		"Export":      {"{\"id\":\"aa\",\"status\":\"confirmed\",\"reasons\":[]}\n\n{broken\n", []evidence.DecisionRow{{Line: 1, Link: "aa", Decision: "confirmed", Seen: -1}, {Line: 3, Decision: "?", Seen: -1, Problem: "ligne illisible"}}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := evidence.ReadDecisions([]byte(c.text))
			if err != nil || !slices.Equal(got, c.want) {
				t.Errorf("got %+v (%v), want %+v", got, err, c.want)
			}
		})
	}
	if _, err := evidence.ReadDecisions([]byte("nom,prénom\na,b\n")); !errors.Is(err, evidence.ErrNoDecisions) {
		t.Errorf("a foreign sheet gives %v", err)
	}
}

func TestInertCell(t *testing.T) {
	for cell, want := range map[string]string{"=1+1": "'=1+1", "@x": "'@x", "-3": "'-3", "＝cmd": "'＝cmd", "texte = 1": "texte = 1", "": ""} {
		if got := evidence.InertCell(cell); got != want {
			t.Errorf("InertCell(%q) = %q, want %q", cell, got, want)
		}
	}
}

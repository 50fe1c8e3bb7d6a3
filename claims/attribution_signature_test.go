package claims_test

import (
	"context"
	"strings"
	"testing"

	"contredit/document"
)

// TestSignaturesAndNestedQuotations holds who answers for a quotation that is signed below it, that the
// page sets apart, or that holds another.
func TestSignaturesAndNestedQuotations(t *testing.T) {
	x := mustExtractor(t)
	const paper = "La Gazette du Val"
	for name, tt := range map[string]struct {
		html string
		want map[string]string // speaker by words
		none string            // words that stand in no claim
	}{
		"DashBelow":             {`<p>« Douze lycées ont été rénovés en 2024. »</p><p>— Marie Durand, vice-présidente</p><p>Le chantier a coûté trois millions d’euros.</p>`, map[string]string{"Douze": "Marie Durand", "chantier": paper}, "Marie"},
		"OfficeBelow":           {`<p>« Douze lycées ont été rénovés en 2024. »</p><p>Marie Durand, vice-présidente</p>`, map[string]string{"Douze": "Marie Durand"}, "Marie"},
		"SameParagraph":         {`<p>« Douze lycées ont été rénovés en 2024. » — Anne Morel</p>`, map[string]string{"Douze": "Anne Morel"}, "Morel"},
		"NextLine":              {`<p>« Douze lycées ont été rénovés en 2024. »<br>Paul Guérin, vice-président chargé des transports</p>`, map[string]string{"Douze": "Paul Guérin"}, "Paul"},
		"FooterOfABlock":        {`<blockquote><p>Douze lycées ont été rénovés en 2024.</p><footer>— Marie Durand, vice-présidente</footer></blockquote><p>Le chantier a coûté trois millions d’euros.</p>`, map[string]string{"Douze": "Marie Durand", "chantier": paper}, "Marie"},
		"CiteOfABlock":          {`<blockquote><p>« Douze lycées ont été rénovés en 2024. »</p><cite>Marie Durand, vice-présidente</cite></blockquote>`, map[string]string{"Douze": "Marie Durand"}, "Marie"},
		"NameAloneIsNone":       {`<p>Douze lycées ont été rénovés en 2024.</p><p>Marie Durand, vice-présidente</p>`, map[string]string{"Douze": paper}, ""},
		"OwnSpeakerGoesOn":      {`<p>« Douze lycées ont été rénovés en 2024 », affirme Karim Lestrade.</p><p>— Marie Durand, vice-présidente</p>`, map[string]string{"Douze": "Karim Lestrade"}, ""},
		"AnswersWhoAssures":     {`<p>« Personne n’a été consulté », déplore Karim Lestrade. « C’est faux », répond Hélène Varennes, qui assure que « le comité a été saisi le 12 mars 2024 ».</p>`, map[string]string{"saisi": "Hélène Varennes"}, ""},
		"ContestsAndRecalls":    {`<p>« Tout a été décidé sans nous », déplore Karim Lestrade. Ce que conteste Paul Guérin, qui rappelle que douze réunions ont eu lieu en 2024.</p>`, map[string]string{"douze": "Paul Guérin"}, ""},
		"StraightInStraight":    {`<p>"Le maire a dit "nous avons fermé douze gares en 2024" devant nous tous", raconte Karim Lestrade. "Trois gares ont été rouvertes en 2023", ajoute Hélène Varennes.</p>`, map[string]string{"devant nous": "Karim Lestrade", "rouvertes": "Hélène Varennes"}, ""},
		"StraightAfterStraight": {`<p>"Douze gares ont été fermées en 2024", dit Karim Lestrade. "Trois gares ont été rouvertes en 2023", ajoute Hélène Varennes.</p>`, map[string]string{"Douze": "Karim Lestrade", "rouvertes": "Hélène Varennes"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			page := `<!DOCTYPE html><html lang="fr"><head><title>Lycées : la colère</title></head><body><main><article><h1>Lycées : la colère</h1>` + tt.html + `</article></main></body></html>`
			r, err := document.Reader{}.Read(context.Background(), document.Origin{URL: "https://a.example/x.html", MediaType: "text/html", Role: document.RoleStatement, Body: paper}, []byte(page))
			if err != nil {
				t.Fatal(err)
			}
			list := x.Claims(document.Document{URL: "https://a.example/x.html", Body: paper, Date: "2025-01-15", Role: document.RoleStatement}, r)
			for words, want := range tt.want {
				if c := speakerOf(t, list, words); c.Speaker != want {
					t.Errorf("%q: got %q, want %q", c.Quote, c.Speaker, want)
				}
			}
			for _, c := range list {
				if tt.none != "" && strings.Contains(c.Quote, tt.none) {
					t.Errorf("the signature is a claim: %q", c.Quote)
				}
			}
		})
	}
}

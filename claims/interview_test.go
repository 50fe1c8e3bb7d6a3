package claims_test

import (
	"strings"
	"testing"

	"contredit/document"
)

// bold are paragraphs of which those that begin with « ** » are set in bold.
func bold(paragraphs ...string) *document.Reading {
	plain := make([]string, len(paragraphs))
	for i, p := range paragraphs {
		plain[i] = strings.TrimPrefix(p, "**")
	}
	r := page(plain...)
	for i, p := range paragraphs {
		if strings.HasPrefix(p, "**") {
			r.Passages[i].Lead = r.Passages[i].Len()
		}
	}
	return r
}

// TestInterviews holds that a question stays the paper's and an answer goes to whom it asks.
func TestInterviews(t *testing.T) {
	x := mustExtractor(t)
	const paper, title = "La Gazette du Val", "Entretien avec Jean Martin, vice-président chargé des transports"
	for name, tt := range map[string]struct {
		title      string
		paragraphs []string
		want       map[string]string // speaker by words of the claim
	}{
		"NameOfThePaper": {"Transports : l’entretien", []string{
			"La Gazette : Combien de gares avez-vous fermées en 2024 ?", "Jean Martin : Nous avons fermé douze gares en 2024.", "Treize autres ont été rouvertes en 2023.",
			"La Gazette : La Région a supprimé quarante postes en 2023.", "Jean Martin : Aucun poste n’a été supprimé dans les lycées."},
			map[string]string{"douze": "Jean Martin", "Treize": "Jean Martin", "quarante": paper, "Aucun": "Jean Martin"}},
		"Initials": {title, []string{"La Gazette : Combien de gares avez-vous fermées en 2024 ?", "J. M. : Nous avons fermé douze gares en 2024.", "La Gazette : La Région a supprimé quarante postes en 2023."},
			map[string]string{"douze": "Jean Martin", "quarante": paper}},
		"QAndR": {title, []string{"Q. Combien de gares avez-vous fermées en 2024 ?", "R. Nous avons fermé douze gares en 2024.", "Q. La Région a supprimé quarante postes en 2023. Pourquoi ?", "R. Aucun poste n’a été supprimé dans les lycées."},
			map[string]string{"douze": "Jean Martin", "quarante": paper, "Aucun": "Jean Martin"}},
		"QAndROfNobody": {"Les gares du Val", []string{"Q. Combien de gares ont été fermées en 2024 ?", "R. Nous avons fermé douze gares en 2024."},
			map[string]string{"douze": ""}},
		"Dashes": {title, []string{"Il préside la commission des transports depuis 2021.", "– Combien de gares avez-vous fermées en 2024 ?", "– Nous avons fermé douze gares en 2024.", "– La Région a supprimé quarante postes en 2023. Pourquoi ?", "– Aucun poste n’a été supprimé dans les lycées."},
			map[string]string{"préside": paper, "douze": "Jean Martin", "quarante": paper, "Aucun": "Jean Martin"}},
		"BoldWithoutAQuestionMark": {title, []string{"**La Région a supprimé quarante postes en 2023.", "Aucun poste n’a été supprimé dans les lycées.", "**Combien de gares avez-vous fermées en 2024 ?", "Nous avons fermé douze gares en 2024.", "Propos recueillis par Luce Bertin, qui a vu douze lycées en 2024."},
			map[string]string{"quarante": paper, "Aucun": "Jean Martin", "douze gares": "Jean Martin", "Luce": paper}},
		"TwoWhoAnswer": {"Débat", []string{"La Gazette : Combien de gares avez-vous fermées en 2024 ?", "Jean Martin : Nous avons fermé douze gares en 2024.", "Louise Petit : Vous avez fermé treize gares en 2024."},
			map[string]string{"douze": "Jean Martin", "treize": "Louise Petit"}},
		"NoInterview": {"Les gares du Val", []string{"Budget : Les dépenses ont augmenté de trois millions d’euros.", "– Douze gares ont été fermées en 2024.", "– Treize gares ont été rouvertes en 2023."},
			map[string]string{"dépenses": paper, "Douze": paper, "Treize": paper}},
	} {
		t.Run(name, func(t *testing.T) {
			r := bold(tt.paragraphs...)
			r.Title = tt.title
			list := x.Claims(document.Document{URL: "https://a.example/i", Body: paper, Date: "2025-01-15", Role: document.RoleStatement}, r)
			for words, want := range tt.want {
				c := speakerOf(t, list, words)
				if c.Speaker != want {
					t.Errorf("%q: got %q, want %q", c.Quote, c.Speaker, want)
				}
				if r.Text[c.Span.Start:c.Span.End] != c.Quote || strings.ContainsAny(c.Quote[:2], ".–:") {
					t.Errorf("quote %q is not what was said at its place", c.Quote)
				}
			}
		})
	}
}

// TestSurnameLabels holds whom a short label at the start of a paragraph names.
func TestSurnameLabels(t *testing.T) {
	x := mustExtractor(t)
	here := func(name string) document.Attendee { return document.Attendee{Name: name, Presence: document.Present} }
	for name, tt := range map[string]struct {
		label   string
		present []document.Attendee
		want    string
		kept    bool // the label is no speaker's, and stays in the quote
	}{
		"OnlyOneBearsIt":       {"Guérin", nil, "Paul Guérin", false},
		"InCapitals":           {"GUÉRIN", nil, "Paul Guérin", false},
		"TwoBearIt":            {"Dumas", nil, "", false},
		"OneOfTheTwoIsPresent": {"Dumas", []document.Attendee{here("Luc Dumas"), {Name: "Jean Dumas", Presence: document.Excused}}, "Luc Dumas", false},
		"NobodyBearsIt":        {"Budget", nil, "Conseil régional", true},
		"StrangerAmongMembers": {"Kervadec", nil, "", false},
		"InitialOfOneOfTwo":    {"J. DUMAS", nil, "Jean Dumas", false},
		"StrangerOfThatName":   {"X. DUMAS", nil, "X. DUMAS", false},
		"OtherInitial":         {"Z. GUÉRIN", nil, "Z. GUÉRIN", false},
	} {
		t.Run(name, func(t *testing.T) {
			r := page(tt.label+" : Douze gares ont été fermées en 2024.", "Lestrade : Personne n’a été consulté en 2024.")
			r.Minutes = &document.Minutes{Attendance: tt.present}
			c := speakerOf(t, x.Claims(sitting, r), "Douze gares")
			if c.Speaker != tt.want || strings.Contains(c.Quote, ":") != tt.kept {
				t.Errorf("%q: got %q, want %q", c.Quote, c.Speaker, tt.want)
			}
		})
	}
}

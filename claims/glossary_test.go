package claims_test

import (
	"testing"

	"contredit/claims"
	"contredit/document"
	"contredit/french"
)

func TestGlossaryNamesBodies(t *testing.T) {
	glossary := french.Glossary{"CPX": "Commission des ports", "instance du personnel": "comité social territorial", "CA": "conseil d’administration", "CSA": "Commission de sécurité aérienne"}
	for _, tt := range []struct{ name, text, class, words string }{
		{"AcronymOfACommission", "Le CPX du 4 mars a rendu son avis.", "thematic", "CPX"},
		{"OtherNameOfTheStaffCommittee", "L’Instance du personnel a été consultée.", "cst", "Instance du personnel"},
		{"ShortAcronymIsNoWord", "Ça se discute ailleurs.", "", ""},
		{"ShortAcronymInCapitals", "Au CA, nul n’en a parlé.", "ca", "CA"},
		{"PartOfAWordIsNone", "Les CPXL sont loin.", "", ""},
		{"GoesBeforeOurs", "Le CSA n’a pas été saisi.", "thematic", "CSA"},
		{"FirstInTheText", "Le comité social territorial, puis le CPX.", "cst", "comité social territorial"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			class, _, words := claims.BodyIn(glossary, tt.text)
			if class != tt.class || words != tt.words {
				t.Errorf("%q names %q by %q, want %q by %q", tt.text, class, words, tt.class, tt.words)
			}
		})
	}
}

func TestGlossaryNamesCollectiveSpeakers(t *testing.T) {
	x := mustExtractor(t)
	x.Glossary = french.Glossary{"SNRX": "Syndicat national des régions"}
	const text = "La ligne est fermée. « La ligne Aubrives a été rouverte le 4 mars 2024 pour 12 millions d’euros », assure le SNRX."
	r := &document.Reading{State: document.StateRead, Text: text, Date: "2024-04-01", Passages: []document.Passage{{Span: document.Span{End: len(text)}, Kind: document.KindParagraph}}}
	for _, c := range x.Claims(document.Document{URL: "https://journal.exemple/a", Body: "Le Journal", Role: document.RoleStatement}, r) {
		if c.Quote == "La ligne est fermée." {
			continue
		}
		if !c.Collective || c.Speaker != "Syndicat national des régions" {
			t.Errorf("%q is said by %q (collective: %v)", c.Quote, c.Speaker, c.Collective)
		}
		return
	}
	t.Error("no claim")
}

package claims_test

import (
	"testing"

	"contredit/claims"
	"contredit/document"
)

// TestPromisesAndTheirTerms holds who binds themselves, and until when.
func TestPromisesAndTheirTerms(t *testing.T) {
	x := mustExtractor(t)
	x.Mandates = map[string]string{"conseil régional": "2028-03-19"}
	for name, tt := range map[string]struct {
		text    string
		promise bool
		due     string
	}{
		"WillDo":            {"Nous ouvrirons trois gares avant le 31 mars 2026.", true, "2026-03-31"},
		"BeforeAYear":       {"Nous ouvrirons trois gares avant 2028.", true, "2027-12-31"},
		"HasEngaged":        {"La Région s'est engagée à verser trois millions d'euros avant le 1er juillet 2026.", true, "2026-07-01"},
		"Promises":          {"Le président promet l'ouverture de trois gares d'ici à 2028.", true, "2028-12-31"},
		"DelayFromTheDay":   {"Nous ouvrirons trois gares dans les six mois.", true, "2025-11-12"},
		"DelayFromAnEvent":  {"Nous ouvrirons trois gares dans les six mois suivant le vote du budget.", true, ""},
		"ShortDelay":        {"La Région publiera le rapport de l’audit sous quinze jours.", true, "2025-05-27"},
		"BeforeSummer":      {"Nous ouvrirons trois gares avant l’été.", true, "2025-06-20"},
		"SchoolStart":       {"Nous ouvrirons trois internats d’ici la rentrée.", true, "2025-09-01"},
		"NextFirstQuarter":  {"Nous ouvrirons trois gares au premier trimestre prochain.", true, "2026-03-31"},
		"EndOfMandate":      {"Nous ouvrirons trois gares d’ici la fin du mandat.", true, "2028-03-19"},
		"AssuresWhatIsDone": {"Je vous assure que trois gares ont été ouvertes en 2024.", false, ""},
		"AssuresWhatWillBe": {"Je vous assure que trois gares ouvriront en 2027.", true, "2027-12-31"},
		"BudgetEngagements": {"Les autorisations d’engagement ont augmenté de trois millions d’euros en 2024.", false, ""},
		"HadPromised":       {"Nous avions promis douze internats avant 2030.", false, ""},
		"WhatWasDone":       {"Nous avons ouvert trois gares en 2024.", false, ""},
		"OfNobodyToCome":    {"Trois gares ont été ouvertes avant 2024.", false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var found claims.Claim
			for _, c := range x.Claims(document.Document{URL: "https://region.exemple/a", Body: "Conseil régional", Date: "2025-05-12", Role: document.RoleStatement}, page(tt.text)) {
				found = c
			}
			if found.Quote == "" || found.Promise != tt.promise || found.Due != tt.due {
				t.Errorf("%q: promise %t, due %q; want %t, %q", found.Quote, found.Promise, found.Due, tt.promise, tt.due)
			}
		})
	}
}

package claims_test

import (
	"strings"
	"testing"

	"contredit/document"
)

// TestLinesAroundTheTextAreNoClaims holds that contacts, dates and links of a page are no claims, and that
// sentences which open like them are.
func TestLinesAroundTheTextAreNoClaims(t *testing.T) {
	x := mustExtractor(t)
	for text, want := range map[string]bool{
		"Contact presse : Claire Petit, 01 23 45 67 89, presse@region.exemple": false,
		"Tél. : 01 23 45 67 89 du lundi au vendredi":                           false,
		"Publié le 12 mars 2024":                                               false,
		"Publié le 12 mars 2024 à 10 h 30 par la rédaction":                    false,
		"Mis à jour le 14 mars 2024 à 9 h 12":                                  false,
		"Publié le 12 mars 2024, modifié le 14 mars 2024":                      false,
		"Le 12 mars 2024":                                                                    false,
		"Exempleville, le mardi 12 mars 2024":                                                false,
		"Partager cet article sur les réseaux sociaux":                                       false,
		"Lire aussi : Douze gares ont été fermées en 2024":                                   false,
		"Crédit photo : Région Exemple, service de la communication, 2024":                   false,
		"COMMUNIQUÉ DE PRESSE du 12 mars 2024":                                               false,
		"Pour diffusion immédiate le 12 mars 2024":                                           false,
		"Ont voté contre (31) : Maud Astier, Paul Belin, Jeanne Cordier":                     false,
		"Se sont abstenus : Maud Astier, Paul Belin":                                         false,
		"Ont voté contre le budget les douze élus du groupe Demain.":                         true,
		"Publié le 12 mars 2024, le rapport conclut que douze gares ont fermé.":              true,
		"Le 12 mars 2024, la Région a fermé douze gares.":                                    true,
		"Partager la compétence des gares avec le Département coûte trois millions d’euros.": true,
		"Le contact avec les douze communes a été rompu en 2024.":                            true,
		"Le communiqué de presse du 12 mars 2024 annonçait douze gares.":                     true,
	} {
		var list []string
		for _, c := range x.Claims(document.Document{URL: "https://region.exemple/a", Body: "Conseil régional", Date: "2025-05-12", Role: document.RoleStatement}, page(text)) {
			list = append(list, c.Quote)
		}
		if got := len(list) > 0; got != want {
			t.Errorf("%q: claims %q, want some: %t", text, strings.Join(list, " | "), want)
		}
	}
}

package claims_test

import (
	"testing"

	"contredit/claims"
)

// TestRepeats holds what says the same again, both when all claims are compared and when one new claim
// is looked up among those that are known.
func TestRepeats(t *testing.T) {
	for name, tt := range map[string]struct {
		first, second string
		want          bool
	}{
		"SameWords":           {"La Région a versé trois millions d’euros aux lycées.", "La Région a bien versé trois millions d’euros aux lycées.", true},
		"AnotherYear":         {"En 2022, la Région a versé trois millions d’euros aux lycées.", "En 2024, la Région a versé trois millions d’euros aux lycées.", false},
		"YearOfTheDay":        {"Cette année, la Région a versé trois millions d’euros aux lycées.", "En 2024, la Région a versé trois millions d’euros aux lycées.", false},
		"SameYearOtherwise":   {"Cette année, la Région a versé trois millions d’euros aux lycées.", "En 2025, la Région a versé trois millions d’euros aux lycées.", true},
		"YearLeftOut":         {"En 2022, la Région a versé trois millions d’euros aux lycées.", "La Région a versé trois millions d’euros aux lycées.", true},
		"AnotherActor":        {"La Région a versé trois millions d’euros aux lycées.", "Le Département a versé trois millions d’euros aux lycées.", false},
		"AnotherActorAndYear": {"En 2022, la Région a versé 3 M€ aux lycées agricoles.", "En 2024, le Département a versé 3 M€ aux lycées agricoles.", false},
		"ActorsChanged":       {"La Région a versé trois millions d’euros au Département.", "Le Département a versé trois millions d’euros à la Région.", false},
		"ActorOfThePassive":   {"La Région a versé trois millions d’euros au Département.", "Trois millions d’euros ont été versés au Département par la Région.", true},
		"ActorByItsCouncil":   {"La Région a versé trois millions d’euros aux lycées.", "Le conseil régional a versé trois millions d’euros aux lycées.", true},
		"AnotherName":         {"Le lycée Pasteur de Vaubrun a été rénové avec une isolation neuve.", "Le lycée Zola de Vaubrun a été rénové avec une isolation neuve.", false},
		"OneMoreName":         {"Le lycée Pasteur a été rénové avec une isolation neuve.", "Le lycée Pasteur de Vaubrun a été rénové avec une isolation neuve.", true},
		"Denied":              {"La Région a versé trois millions d’euros aux lycées.", "La Région n’a pas versé trois millions d’euros aux lycées.", false},
		"SaidToBeFalse":       {"La Région a versé trois millions d’euros aux lycées.", "Il est faux que la Région a versé trois millions d’euros aux lycées.", false},
		"DeniedByVerb":        {"La Région a versé trois millions d’euros aux lycées.", "La Région dément avoir versé trois millions d’euros aux lycées.", false},
		"Refused":             {"La Région a accepté de verser trois millions d’euros aux lycées.", "La Région refuse de verser trois millions d’euros aux lycées.", false},
		"FalseAndDenied":      {"La Région n’a pas versé trois millions d’euros aux lycées.", "Il est faux que la Région a versé trois millions d’euros aux lycées.", true},
		"ContraryVerb":        {"La Région a ouvert trois gares sur la ligne.", "La Région a fermé trois gares sur la ligne.", false},
		"ContraryChange":      {"Le prix du repas a augmenté dans les cantines de la Région.", "Le prix du repas a baissé dans les cantines de la Région.", false},
		"ContraryPair":        {"La commission a approuvé le plan de transport des élèves.", "La commission a rejeté le plan de transport des élèves.", false},
	} {
		t.Run(name, func(t *testing.T) {
			a := claims.Claim{ID: "a", URL: "u1", Quote: tt.first, Date: "2025-01-10", Worth: true}
			b := claims.Claim{ID: "b", URL: "u2", Quote: tt.second, Date: "2025-02-10", Worth: true}
			if got := claims.FindRepeats([]claims.Claim{a, b})["b"] == "a"; got != tt.want {
				t.Errorf("%q after %q: a repeat %t, want %t", tt.second, tt.first, got, tt.want)
			}
			x := claims.NewClaimIndex()
			x.Add(a)
			if got := x.First(b) == "a"; got != tt.want {
				t.Errorf("%q looked up: %t, want %t", tt.second, got, tt.want)
			}
		})
	}
}

func TestRepeatsOfTheOneWhoSaysWe(t *testing.T) {
	a := claims.Claim{ID: "a", URL: "u1", Quote: "Nous avons versé trois millions d’euros aux lycées.", Speaker: "Région Exemple", Collective: true, Date: "2025-01-10", Worth: true}
	b := a
	b.ID, b.Speaker = "b", "Département du Val"
	if got := claims.FindRepeats([]claims.Claim{a, b}); len(got) != 0 {
		t.Errorf("« nous » of two institutions is a repeat: %v", got)
	}
	b.Speaker = "Région Exemple"
	if got := claims.FindRepeats([]claims.Claim{a, b}); got["b"] != "a" {
		t.Errorf("« nous » of one institution is no repeat: %v", got)
	}
}

package claims_test

import "testing"

// A record that denies, and speaks of much else, says nothing of the claim by that alone.
func TestCompareWithoutReason(t *testing.T) {
	c := comparer(t)
	for _, p := range []struct {
		name, claim, record string
	}{
		{"OtherThingDenied", "Les registres du fonds Delmas ont été restaurés.", "L’archiviste indique que la série des plans du fonds Delmas, déposée au sous-sol de l’annexe, n’a pu être traitée, faute de crédits."},
		{"OtherTime", "Il n’y a eu aucun accident au stade Marbeuf depuis les travaux.", "Le rapport du service des sports rappelle la chute d’un panneau au stade Marbeuf en 2019, avant le chantier de rénovation des tribunes."},
	} {
		t.Run(p.name, func(t *testing.T) {
			if got := c.Compare(p.claim, p.record); len(got.Reasons) > 0 || got.Score >= 0.5 {
				t.Errorf("score %.2f with reasons %v, want less than 0.5 and none", got.Score, got.Reasons)
			}
		})
	}
}

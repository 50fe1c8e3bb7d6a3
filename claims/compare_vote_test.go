package claims_test

import (
	"strings"
	"testing"

	"contredit/claims"
	"contredit/french"
)

func TestCompareVotesInWords(t *testing.T) {
	lexicon, err := french.LoadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	comparer := claims.NewComparer(french.NewAnalyzer(lexicon))
	for _, c := range []struct{ name, claim, record, rule string }{
		{"VotesAgainst", "La délibération a été adoptée à l’unanimité.", "Pour : 60, contre : 20, abstentions : 7.", "VOTE-UNANIMITE-1"},
		{"VotesAgainstInWords", "Le rapport a été adopté d’une seule voix.", "Le rapport est adopté par douze voix contre trois.", "VOTE-UNANIMITE-1"},
		{"DiscordantVoices", "La commission permanente l’a voté sans une seule voix discordante.", "Adopté par huit voix contre deux.", "VOTE-UNANIMITE-1"},
		{"AbstentionsOnly", "Le rapport a été adopté à l’unanimité.", "Pour : 30, contre : 0, abstentions : 4.", "VOTE-UNANIMITE-2"},
		{"AbstentionsButExpressed", "Le rapport a été adopté à l’unanimité des suffrages exprimés.", "Pour : 30, contre : 0, abstentions : 4.", ""},
		{"AbstentionsButNobodyAgainst", "Le rapport a été adopté sans une voix contre.", "Pour : 30, contre : 0, abstentions : 4.", ""},
		{"NoPartIsNotAgainst", "Le rapport a été adopté à l’unanimité.", "Pour : 30, contre : 0 ; NPPV : 4.", ""},
		{"Majority", "La délibération a été adoptée à la majorité.", "Pour : 60, contre : 20, abstentions : 7. La délibération est adoptée.", ""},
		{"RejectedButClaimedAdopted", "Le projet a été adopté par le conseil d’administration.", "Le conseil d’administration rejette le projet par dix-neuf voix contre quatre, trois membres s’étant abstenus.", "VOTE-ISSUE-1"},
		{"FavourableButClaimedRejected", "La commission avait rejeté ce projet.", "La commission se prononce en faveur du projet par vingt-quatre voix contre neuf.", "VOTE-ISSUE-1"},
		{"OneUnionAbstained", "Toutes les organisations syndicales ont voté contre.", "Vote du collège du personnel : contre, 7 (CGT, FSU) ; abstentions, 3 (CFDT) ; pour, 0.", "VOTE-SYNDICATS-1"},
		{"AllUnionsAgainst", "Toutes les organisations syndicales ont voté contre.", "Vote du collège du personnel : contre, 10 (CGT, FSU, CFDT) ; pour, 0.", ""},
		{"GroupMisreported", "La CGT a voté pour ce projet.", "Vote du collège du personnel : pour, 3 (CFDT) ; contre, 7 (CGT, FSU).", "VOTE-GROUPE-1"},
		{"OtherBody", "La commission permanente a adopté le rapport à l’unanimité.", "Le conseil d’administration adopte le rapport par dix voix contre deux.", ""},
		{"AmendmentIsNotTheText", "Le rapport a été adopté à l’unanimité.", "L’amendement est adopté par 43 voix contre 34.", ""},
		{"NotUnanimous", "Le rapport n’a pas été adopté à l’unanimité.", "Le rapport est adopté par 43 voix contre 34.", ""},
		{"NoOpinionGiven", "La déléguée n’a pas rendu d’avis favorable.", "Représentants du personnel ; pour 0 ; contre 7.", ""},
		{"ToCome", "Le rapport sera adopté à l’unanimité.", "Le rapport est adopté par 43 voix contre 34.", ""},
		{"SharesOfSomethingElse", "Le budget a été adopté à l’unanimité.", "Le taux est de 14 % contre 16 % en 2024.", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			for _, r := range comparer.Compare(c.claim, c.record).Reasons {
				if strings.HasPrefix(r.Rule, "VOTE-") && !r.Supports {
					got = r.Rule
					if r.ClaimSpan.Len() == 0 || r.ClaimSpan.End > len(c.claim) || r.EvidenceSpan.End > len(c.record) {
						t.Errorf("spans %v of the claim, %v of the record", r.ClaimSpan, r.EvidenceSpan)
					}
				}
			}
			if got != c.rule {
				t.Errorf("got rule %q, want %q", got, c.rule)
			}
		})
	}
}

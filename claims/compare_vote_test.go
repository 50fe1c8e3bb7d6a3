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
		{"GroupAbstained", "Les écologistes ont voté contre la rocade.", "Rocade : le groupe « Les Écologistes » s’abstient, ses cinq membres faisant valoir l’absence d’étude.", "VOTE-GROUPE-1"},
		{"GroupAgainstTheOutcome", "Les écologistes ont voté contre la rocade.", "Rocade : adoptée par 40 voix, les cinq élus écologistes votant contre.", ""},
		{"InSpiteOfTheGroup", "La droite a voté le règlement intérieur.", "Règlement intérieur : adopté malgré l’opposition du groupe de la droite.", "VOTE-GROUPE-1"},
		{"AmendmentAndMotion", "La motion sur l’hôpital a été adoptée.", "L’amendement à la motion sur l’hôpital est rejeté ; la motion elle-même est adoptée.", ""},
		{"BodyIsNoGroup", "Le CST a approuvé le plan de formation.", "Plan de formation – avis du CST : favorable à la majorité, la CGT votant contre.", ""},
		{"ByOneVoice", "La délibération est passée à une voix près.", "La délibération est adoptée par 38 voix contre 12.", "VOTE-NOMBRE-1"},
		{"ByOneVoiceIndeed", "La délibération est passée à une voix près.", "La délibération est adoptée par 23 voix contre 22, trois élus s’abstenant.", ""},
		{"NarrowNotLarge", "Une très large majorité a voté le pacte fiscal.", "Pacte fiscal : 26 pour, 25 contre.", "VOTE-NOMBRE-1"},
		{"Large", "Une très large majorité a voté le pacte fiscal.", "Pacte fiscal : 44 pour, 6 contre, 1 abstention.", ""},
		{"NobodyAgainstWithoutSigns", "Personne n’a voté contre la charte du télétravail.", "Charte du télétravail : pour 11 ; contre 0 ; abstentions 4.", ""},
		{"GroupInAList", "L’UNSA s’est opposée au nouveau cycle de travail.", "Cycle de travail : pour : UNSA (2), CFDT (3) ; contre : CGT (4).", "VOTE-GROUPE-1"},
		{"GroupInAListIndeed", "L’UNSA s’est opposée au nouveau cycle de travail.", "Cycle de travail : contre : UNSA (2), CGT (4) ; pour : CFDT (3).", ""},
		{"SpeakersGroup", "Nous avons voté contre cette hausse, rappelle le groupe Agir ensemble.", "Hausse des tarifs : adoptée. Votent contre : les huit membres du groupe Alternative citoyenne ; s’abstiennent : les quatre membres du groupe Agir ensemble.", "VOTE-GROUPE-1"},
		{"SpeakersGroupIndeed", "Nous avons voté contre cette hausse, rappelle le groupe Agir ensemble.", "Hausse des tarifs : adoptée par 22 voix contre 4 (groupe Agir ensemble).", ""},
		{"NoMajority", "Le projet de cuisine centrale a été retoqué.", "Le projet de cuisine centrale n’a pas obtenu la majorité requise.", ""},
		{"SecondRound", "Mme Paoli a été élue au premier tour.", "Aucun candidat n’ayant recueilli la majorité absolue, il est procédé à un second tour, à l’issue duquel Mme Paoli est proclamée élue.", "VOTE-ISSUE-1"},
		{"FirstRound", "Mme Paoli a été élue au premier tour.", "Mme Paoli, ayant obtenu 31 voix sur 40 suffrages exprimés, est proclamée élue à l’issue du premier tour.", ""},
		{"TwoDecisions", "Le conseil a validé l’achat du terrain.", "Le conseil approuve l’acquisition de la parcelle ; il rejette en revanche le projet de construction.", ""},
		{"AbstentionOf", "La CFDT a voté pour l’accord sur les astreintes.", "Accord sur les astreintes : abstention de la CFDT, vote contre de FO.", "VOTE-GROUPE-1"},
		{"WhoAbstained", "Le rapport a été adopté sans aucune voix contre.", "Rapport adopté, MM. Abel et Zidi s’abstenant.", ""},
		{"InSpiteOfTheRight", "L’assemblée a voté le plan climat malgré l’opposition de la droite.", "Le plan climat est adopté, le groupe de droite votant contre.", ""},
		{"UnanimousAfterAll", "Nos élus se sont abstenus sur le contrat de ville.", "Contrat de ville : adopté à l’unanimité.", "VOTE-GROUPE-1"},
		{"NotForIsAbstained", "La CGT n’a pas voté pour l’accord.", "Accord : pour : CFDT ; abstention : CGT.", ""},
		{"NotForButFor", "La CGT n’a pas voté pour l’accord.", "Accord : pour : CFDT, CGT ; contre : FO.", "VOTE-GROUPE-1"},
		{"GaveItsAccord", "La vente de l’ancienne poste a été refusée par le conseil.", "Ancienne poste : le conseil donne son accord à la cession par 19 voix, 4 élus s’y opposant.", "VOTE-ISSUE-1"},
		{"RejectsOneAdoptsAnother", "Le conseil a adopté le schéma directeur.", "Le conseil rejette la demande de report et adopte le schéma directeur.", ""},
		{"OppositionAbstained", "L’opposition n’a pas voté contre le budget.", "Budget : adopté par 29 voix, les neuf élus d’opposition s’abstenant.", ""},
		{"WentByTheRest", "La gauche a rejeté le plan d’économies.", "Plan d’économies : adopté par 40 voix contre 25, le groupe socialiste votant contre.", ""},
		{"AnnouncedNo", "Le budget a été adopté.", "Budget : M. Roy annonce qu’il votera contre ; le budget est adopté par 28 voix contre 5.", ""},
		{"TakesNoPartInAQuarrel", "Nous avons choisi l’abstention, dit Mme Rey, sur les suppressions de postes.", "Mme Rey déclare que son syndicat ne prendra pas part à une opposition frontale aux suppressions de postes.", ""},
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

// TestVotesOfTheSittingItself holds that the chair's « il est adopté par … » is of no other sitting's vote.
func TestVotesOfTheSittingItself(t *testing.T) {
	c := comparer(t)
	for day, want := range map[string]string{"2025-06-26": "VOTE-NOMBRE-1", "2025-05-16": ""} {
		got := ""
		for _, r := range claims.CompareAssertions(claims.ReadOn(c, "Il est adopté par 43 voix contre 34.", "", "2025-06-26"), claims.ReadOn(c, "Adopté par 43 voix contre 27.", "", day)).Reasons {
			if strings.HasPrefix(r.Rule, "VOTE-") {
				got = r.Rule
			}
		}
		if got != want {
			t.Errorf("record of %s: rule %q, want %q", day, got, want)
		}
	}
}

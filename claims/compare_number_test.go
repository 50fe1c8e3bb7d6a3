package claims_test

import (
	"strings"
	"testing"

	"contredit/claims"
	"contredit/french"
)

func mustComparer(tb testing.TB) *claims.Comparer {
	tb.Helper()
	lexicon, err := french.LoadLexicon()
	if err != nil {
		tb.Fatal(err)
	}
	return claims.NewComparer(french.NewAnalyzer(lexicon))
}

// TestNumbers holds which rule speaks of a pair, "" for none.
func TestNumbers(t *testing.T) {
	c := mustComparer(t)
	for name, tt := range map[string]struct{ claim, record, rule string }{
		"OtherAmount":          {"La rénovation du lycée coûtera 12 millions d’euros.", "Le coût de la rénovation du lycée est arrêté à 19,4 M€.", "NOMBRE-MONTANT-1"},
		"SameAmountInWords":    {"Le concessionnaire apporte trente-trois millions d’euros.", "La part du concessionnaire est de 33 M€, celle de l’État de 4 M€.", ""},
		"AimIsNoResult":        {"L’an dernier, 94 % des trains sont arrivés à l’heure.", "En moyenne, 88,3 % des trains sont arrivés à l’heure, pour un objectif de 94 %.", "NOMBRE-PART-1"},
		"OtherYear":            {"En 2025, 72 millions d’euros vont aux lycées.", "En 2023, 91 millions d’euros sont allés aux lycées.", ""},
		"WithAndWithoutTax":    {"Le marché s’élève à 96 000 euros hors taxes.", "Le marché s’élève à 115 200 euros TTC.", ""},
		"RatioBesideShare":     {"Neuf agents sur dix veulent garder l’outil.", "Sur les 112 agents interrogés, 61 veulent garder l’outil.", "NOMBRE-PART-1"},
		"RatioThatAgrees":      {"La moitié des agents veulent garder l’outil.", "Sur les 120 agents interrogés, 60 veulent garder l’outil.", ""},
		"ChangeFromTwoAmounts": {"Le prix du repas bondit de 30 %.", "Le prix du repas passe de 3,60 à 3,80 euros.", "NOMBRE-EVOLUTION-1"},
		"HalvedOrNot":          {"La communication nous a coûté deux fois moins cher.", "Les dépenses de communication s’élèvent à 3,91 M€, après 4,12 M€ en 2023.", "NOMBRE-EVOLUTION-1"},
		"StableButRaised":      {"Le coût du projet n’a pas varié.", "Le coût prévisionnel du projet est passé de 74 à 96 M€.", "NOMBRE-STABLE-1"},
		"PromisedNotToFall":    {"Les crédits de la culture ne baisseront pas, je m’y engage.", "Les crédits de la culture passent de 21,6 à 14,3 M€.", "ENGAGEMENT-SENS-1"},
		"AllAndAPart":          {"Les vingt rames commandées sont toutes en service.", "Sur les vingt rames commandées, douze ont été livrées.", "NOMBRE-TOTAL-1"},
		"NothingPaidButAmount": {"Le département n’apporte pas le moindre euro à la piscine.", "Le département apporte 2,4 millions d’euros à la piscine.", "NOMBRE-RIEN-1"},
		"NothingPaidElsewhere": {"Le département n’apporte pas le moindre euro à la piscine.", "La métropole verse 2,4 millions d’euros au conservatoire.", ""},
		"NothingPaidOrGranted": {"Le département n’apporte pas le moindre euro à la piscine.", "Le département n’apporte pas les 2,4 millions d’euros demandés pour la piscine.", ""},
		"LimitRaised":          {"La ville ne mettra pas un centime au-delà des douze millions votés au printemps.", "Porte de 12 à 17 millions d’euros l’autorisation de programme affectée au stade.", "NOMBRE-PLAFOND-1"},
		"LimitKept":            {"Le coût de la piscine ne dépassera pas 12 millions d’euros.", "Le coût de la piscine s’établit à 11,8 millions d’euros.", ""},
		"LimitPassed":          {"Le coût de la piscine ne dépassera pas 12 millions d’euros.", "Le coût de la piscine s’établit à 14,3 millions d’euros.", "NOMBRE-PLAFOND-1"},
		"StableButFewerHeads":  {"Les effectifs des écoles sont restés stables, à l’agent près.", "Les écoles comptaient 1 250 agents dans leurs effectifs ; c’est trente-deux de moins qu’un an auparavant.", "NOMBRE-STABLE-1"},
		"OtherSegment":         {"Le chèque du Fil bleu est divisé par deux.", "La MJC passe de 165 000 € à 150 000 € ; le Fil bleu reçoit 14 000 €, au lieu de 22 000 €.", "NOMBRE-EVOLUTION-1"},
		"HoursOfTheDay":        {"La permanence dure deux heures.", "La permanence est tenue de 14 heures à 17 heures.", ""},
		"OffsetInTime":         {"La relecture du plan du lycée a duré deux semaines.", "Le plan du lycée a été relu trois semaines après le vote.", ""},
		"OpenedIsNotSpent":     {"En 2024, le plan fraîcheur des écoles a mobilisé 480 000 euros de dépenses effectives.", "Plan fraîcheur des écoles : sur 480 000 € de crédits ouverts, 212 000 € ont été mandatés.", "NOMBRE-MONTANT-1"},
		"LeftBehind":           {"L’équipe restera forte de dix-sept équivalents temps plein.", "Le tableau ramène l’équipe de 17 à 15 équivalents temps plein.", "NOMBRE-MESURE-1"},
		"SpokenRounding":       {"La salle a huit mille places.", "La salle compte 8 200 places.", ""},
		"VotesAreNoMeasure":    {"Le rapport est adopté par 43 voix contre 34.", "Le rapport est adopté par 43 voix contre 27, 7 abstentions.", "VOTE-NOMBRE-1"},
		"SameAim":              {"La mairie en attend 640 000 euros de taxe.", "Le produit attendu de la taxe est de 640 000 €.", ""},
		"FreeAndCharged":       {"L’étude du soir ne coûtera toujours rien aux parents.", "L’étude du soir, qui ne faisait l’objet d’aucune facturation, donnera lieu à une participation de 1,50 €.", "NOMBRE-GRATUIT-1"},
		"FreeBecomesPaid":      {"Le stationnement au Foirail restera gratuit.", "Au Foirail, le stationnement devient payant au-delà d’une heure.", "NOMBRE-GRATUIT-1"},
		"FreeIndeed":           {"La navette est gratuite.", "La navette demeure gratuite, le tarif de la ligne 3 étant porté à 1 €.", ""},
		"NothingTakenAway":     {"Le club de rugby ne perd pas un centime.", "Le club de rugby reçoit 118 000 €.", ""},
		"OtherThingsCounted":   {"Quarante agents testent l’outil.", "Quarante-deux lycées pratiquent la pesée.", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := c.Compare(tt.claim, tt.record)
			var rules []string
			for _, r := range got.Reasons {
				rules = append(rules, r.Rule)
				if r.ClaimSpan.In(tt.claim) == "" || r.EvidenceSpan.In(tt.record) == "" || r.Text == "" {
					t.Errorf("%s points at nothing: %+v", r.Rule, r)
				}
			}
			switch all := strings.Join(rules, " "); {
			case tt.rule == "" && all != "":
				t.Errorf("rules %s speak, want none", all)
			case !strings.Contains(all, tt.rule):
				t.Errorf("rules %q speak, want %s", all, tt.rule)
			}
		})
	}
}

package document_test

import (
	"fmt"
	"strings"
	"testing"

	"contredit/document"
)

// showVote writes what a vote states: « result for-against-abstain (groups) ».
func showVote(v document.Vote) string {
	n := func(c *int) string {
		if c == nil {
			return "?"
		}
		return fmt.Sprint(*c)
	}
	s := fmt.Sprintf("%s %s-%s-%s", v.Result, n(v.For), n(v.Against), n(v.Abstain))
	if v.NoPart != nil {
		s += " nppv " + n(v.NoPart)
	}
	for _, flag := range []struct {
		set  bool
		name string
	}{{v.Unanimous, "unanimous"}, {v.Expressed, "expressed"}, {v.Inherited, "inherited"}, {v.Commission, "commission"}} {
		if flag.set {
			s += " " + flag.name
		}
	}
	if v.College != "" {
		s += " [" + v.College + "]"
	}
	for _, g := range v.Groups {
		s += " " + g.Position + ":" + g.Name
		if g.Count != nil {
			s += "=" + n(g.Count)
		}
	}
	return s
}

func showVotes(r *document.Reading) string {
	var lines []string
	if r.Minutes != nil {
		for _, v := range r.Minutes.Votes {
			lines = append(lines, strings.TrimSpace(showVote(v)))
		}
	}
	return strings.Join(lines, "\n")
}

func TestVotes(t *testing.T) {
	for _, c := range []struct{ outcome, page, want string }{
		{"Unanimous", `<p>Adopté à l’unanimité.</p>`, "adopté ?-?-? unanimous"},
		{"UnanimousDecision", `<p>Le conseil municipal, après en avoir délibéré, décide à l’unanimité des membres présents de créer un emploi.</p>`, "unanimité ?-?-? unanimous"},
		{"UnanimousOfVotesCast", `<p>La délibération est adoptée à l’unanimité des suffrages exprimés, 4 abstentions.</p>`, "adopté ?-?-4 unanimous expressed"},
		{"VoteFavorableAdopts", `<p>Vote favorable à l’unanimité des membres présents.</p>`, "adopté ?-?-? unanimous"},
		{"Majority", `<p>Le rapport est adopté à la majorité.</p>`, "adopté ?-?-?"},
		{"Labels", `<p>Pour : 60, Contre : 20, Abstentions : 7</p>`, "60-20-7"},
		{"LabelsOnLines", `<p>Pour : 7</p><p>Contre : 6</p><p>Abstention : 0</p>`, "7-6-0"},
		{"LabelsAndVoicesOnOneLine", `<p>Pour : 61 voix Contre : 4 voix Abstentions : 2 voix</p>`, "61-4-2"},
		{"LabelsAfterTheVoters", `<p>Votants : 4 Pour : 3 Contre : 1</p>`, "3-1-?"},
		{"CountsFirst", `<p>Le vœu est adopté par 12 voix pour, 3 contre et 2 abstentions.</p>`, "adopté 12-3-2"},
		{"Opposed", `<p>Adopté par 43 voix contre 27, 7 abstentions.</p>`, "adopté 43-27-7"},
		{"OpposedInWords", `<p>Le schéma est adopté par quarante-trois voix contre vingt-sept, sept conseillers s’abstenant.</p>`, "adopté 43-27-7"},
		{"RejectedNamesTheOpponentsFirst", `<p>L’amendement est repoussé par 43 voix contre 34.</p>`, "rejeté 34-43-?"},
		{"Groups", `<p>Adopté par 50 voix (Vallée commune, Union des coteaux) contre 9 (Écologie).</p>`,
			"adopté 50-9-? for:Vallée commune for:Union des coteaux against:Écologie=9"},
		{"NoPart", `<p>Adopté par 30 voix pour, 2 contre ; ne prennent pas part au vote : 5.</p>`, "adopté 30-2-? nppv 5"},
		{"NotUnanimous", `<p>Le rapport n’est pas adopté à l’unanimité.</p>`, "rejeté ?-?-?"},
		{"SameVote", `<p>Adopté par 43 voix contre 27.</p><p>Rapport suivant. Même vote.</p>`, "adopté 43-27-?\nadopté 43-27-? inherited"},
		{"Colleges", `<p>Vote du collège du personnel : pour, 5 ; contre, 3. Vote du collège de la collectivité : pour, 6.</p>`,
			"5-3-? [personnel]\n6-?-? [collectivité]"},
		{"CommissionOpinion", `<p>La commission des finances a émis un avis favorable par 8 voix contre 2.</p>`, "favorable 8-2-? commission"},
		{"Table", `<table><tr><th>Rapport</th><th>Pour</th><th>Contre</th><th>Abstention</th></tr><tr><td>12 Lycées</td><td>43</td><td>27</td><td>7</td></tr><tr><td>13 Trains</td><td>77</td><td>–</td><td>–</td></tr></table>`,
			"43-27-7\n77-?-?"},
		{"TableOfGroupsIsOneVote", `<table><tr><th>Groupe</th><th>Pour</th><th>Contre</th><th>Abstention</th></tr><tr><td>Vallée commune</td><td>33</td><td>–</td><td>–</td></tr><tr><td>Écologie</td><td>–</td><td>9</td><td>–</td></tr><tr><td>Total</td><td>33</td><td>9</td><td>0</td></tr></table>`,
			"33-9-0 for:Vallée commune=33 against:Écologie=9"},
		{"TableOfOneVoteHasNoWords", `<h2>2. Piscine</h2><table><tr><th>Pour</th><th>Contre</th><th>Abstention</th><th>Ne prend pas part</th></tr><tr><td>5</td><td>0</td><td>1</td><td>1</td></tr></table>`, "5-0-1 nppv 1"},
		{"Quoted", `<p>Par 16 voix « Pour » et 1 « Contre », le conseil municipal décide de poursuivre le projet.</p>`, "16-1-?"},
		{"NamesOfSeveral", `<p>Adopté par 4 voix pour, 2 voix contre (Mmes Alby et Roy) et 1 abstention.</p>`, "adopté 4-2-1 against:Alby against:Roy"},
		{"SecretBallot", `<p>Scrutin secret : Mme Anne Prévert est élue par 53 voix sur 92, 39 blancs ou nuls.</p>`, "élu 53-?-?"},
		{"LabelsWithoutSigns", `<p>Pour 22 Contre 3 Abstention 2</p>`, "22-3-2"},
		{"DirectionStatesTheVote", `<p>(Mis aux voix, le rapport est adopté, avec une abstention du groupe Union des coteaux.)</p>`, "adopté ?-?-1"},
		{"AbsoluteMajority", `<p>La délibération, mise aux voix, est adoptée à la majorité absolue des suffrages exprimés.</p>`, "adopté ?-?-?"},
		{"AllButOneIsNotUnanimous", `<p>L’assemblée adopte ces propositions à l’unanimité moins une abstention.</p>`, "adopté ?-?-1"},
		{"NamedOpponents", `<p>Le conseil municipal, par 20 voix POUR, 2 CONTRE (M. Sorin, Mme Alby) et 1 ABSTENTION (M. Roy), APPROUVE le projet.</p>`,
			"adopté 20-2-1 against:M. Sorin against:Mme Alby abstain:M. Roy=1"},
		{"PressForm", `<p>Le budget a été adopté par 64 pour, 27 contre et 3 abstentions.</p>`, "adopté 64-27-3"},
		{"CollegesInOneSentence", `<p>Collège des représentants du personnel : avis défavorable unanime ; collège des représentants de la collectivité : avis favorable unanime.</p>`,
			"défavorable ?-?-? unanimous [personnel]\nfavorable ?-?-? unanimous [collectivité]"},
		{"MajorityThatDecides", `<p>Le Conseil municipal, après en avoir délibéré, décide ainsi à la majorité des membres présents de confier l’entretien de la voirie communale à l’entreprise qui a remis l’offre la mieux classée par la commission.</p>`, "majorité ?-?-?"},
		{"ToldOfAnEarlierSitting", `<p>Lors de sa réunion du 20 avril 2025, le conseil municipal a décidé, à l’unanimité, de poursuivre l’étude.</p>`, ""},
		{"BoldResult", `<p>Il est proposé de désigner un représentant.</p><h3>Le Conseil Adopte.</h3><p>Pour extrait conforme.</p>`, "adopté ?-?-?"},
		{"BoldUnanimous", `<h3>ADOPTÉ À L’UNANIMITÉ</h3>`, "adopté ?-?-? unanimous"},
		{"TitleOfNewsIsNoVote", `<h3>Le conseil adopte le budget 2025</h3><p>Un communiqué.</p>`, ""},
		{"TheCouncilAdopts", `<p>Le Conseil Adopte.</p>`, "adopté ?-?-?"},
		{"PercentIsNoVote", `<p>La régularité atteint quatre-vingt-dix pour cent, et 12 pour mille ailleurs.</p>`, ""},
		{"LawIsNoVote", `<p>Vu la loi n° 2014-366 pour l’accès au logement, adoptée le 24 mars 2014 contre toute attente.</p>`, ""},
		{"MinutesOfTheLastSittingAreNoVote", `<p>Le procès-verbal de la séance du 3 avril est approuvé à l’unanimité.</p>`, ""},
		{"ResultOfAnArticleGetsItsNumbers", `<h2>1. Schéma directeur</h2><p>Article 1er. – Le schéma est approuvé.</p><p>Nombre de votants : 77. Pour : 43. Contre : 27. Abstentions : 7.</p>`, "adopté 43-27-7"},
		{"ResultInTheHeadIsThatOfTheOneVote", `<p>Adopté en assemblée plénière le 12 mars 2025.</p><h2>Sur les transports</h2><p>Le rapport est insuffisant.</p><p>Votants : 78. Pour l’avis : 61. Contre : 6. Abstentions : 11.</p>`, "adopté 61-6-11"},
		{"VotersOfOneVoteAreNotThoseOfTheNext", `<h2>1. Aréna</h2><p>Nombre de votants : 77. Pour : 40. Contre : 31. Abstentions : 6.</p><h2>2. Parc</h2><p>Le rapport est adopté à l’unanimité.</p>`, "40-31-6\nadopté ?-?-? unanimous"},
		{"VoteOfAnotherDayIsTold", `<p>Mme Prévert rappelle que le vœu avait été rejeté par 43 voix contre 34.</p>`, ""},
		{"OpinionOfTheRapporteurIsNoVote", `<p>M. Luc Sorin : Avis défavorable aux deux.</p><p>M. le Président : Le rapport est adopté.</p>`, "adopté ?-?-?"},
		{"TellingIsNoVote", `<p>Mme Prévert rappelle que le budget de 2019 avait suscité de longs débats, avant que chacun n’accepte une solution à la majorité des groupes, ce dont elle se félicite encore aujourd’hui devant l’assemblée.</p>`, ""},
	} {
		t.Run(c.outcome, func(t *testing.T) {
			r := readPage(t, `<h1>Séance du 12 mars 2025</h1>`+c.page)
			if got := showVotes(r); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

func TestVoteItems(t *testing.T) {
	r := readPage(t, `<h1>Procès-verbal de la séance plénière du 12 mars 2025</h1>
<p>Étaient présents : Mme Anne Prévert, M. Luc Sorin.</p>
<h2>1. Budget primitif (rapport n° 25.03.012)</h2><p>Un amendement tendant à baisser la taxe est repoussé par 43 voix contre 34.</p><p>Adopté par 43 voix contre 34.</p>
<h2>2. Rapport d’activité</h2><p>Le conseil prend acte de ce rapport, présenté pour information.</p>
<h2>3. Contrat de rivière</h2><p>Le rapport est retiré de l’ordre du jour.</p>
<h2>4. Plan vélo (avis)</h2><p>Avis favorable : 8 pour, 1 contre.</p>
<h2>5. Vœu sur les dessertes</h2><p>Le vœu est rejeté par 40 voix contre 30.</p>
<h2>6. Questions diverses</h2><p>La prochaine séance est reportée au 4 juin.</p>`)
	var items []string
	for _, it := range r.Minutes.Items {
		items = append(items, fmt.Sprintf("%s|%s|%s|%s", it.Number, it.Title, it.Nature, it.Outcome))
		if !strings.Contains(it.Span.In(r.Text), it.Title) {
			t.Errorf("item %q stands at %q", it.Title, it.Span.In(r.Text))
		}
	}
	want := strings.Join([]string{
		"1|Budget primitif (rapport n° 25.03.012)|deliberation|adopted",
		"2|Rapport d’activité|information|noted",
		"3|Contrat de rivière||withdrawn",
		"4|Plan vélo (avis)|avis|favorable",
		"5|Vœu sur les dessertes|deliberation|rejected",
		"6|Questions diverses||postponed",
	}, "\n")
	if got := strings.Join(items, "\n"); got != want {
		t.Errorf("items\n%s\nwant\n%s", got, want)
	}
	if got := r.Minutes.Votes[0].Item; !strings.HasPrefix(got, "amendement tendant à baisser la taxe") {
		t.Errorf("the amendment's vote is about %q", got)
	}
	if got := r.Minutes.Votes[1].Item; !strings.Contains(got, "Budget primitif") {
		t.Errorf("the first item's vote is about %q", got)
	}
}

func TestItemForms(t *testing.T) {
	for _, c := range []struct{ outcome, page, want string }{
		{"ReferenceWithLetters", `<p>DE-2025/96 – Tarifs de l’eau</p><p>Le conseil adopte.</p><p>DE-2025/97 – Cantine : règlement</p><p>Le conseil adopte.</p>`, "DE-2025/96|Tarifs de l’eau\nDE-2025/97|Cantine : règlement"},
		{"Bullets", `<p>• 2025/12 – Tarifs de l’eau</p><p>Le conseil adopte.</p><p>• 2025/13 – Cantine</p><p>Le conseil adopte.</p>`, "2025/12|Tarifs de l’eau\n2025/13|Cantine"},
		{"ActsOfACollection", `<p>Délibération n° 25.10.402 du 9 octobre 2025</p><p>Déploiement de l’assistant</p><p>VU le code ;</p><p>DÉCIDE : Article 1er. – L’outil est étendu.</p><p>ARRÊTÉ N° 2025-14</p><p>VU le code ;</p><p>ARRÊTE : Article 1er. – La voie est fermée.</p>`,
			"25.10.402|Déploiement de l’assistant\n2025-14|ARRÊTÉ N° 2025-14"},
		{"RunInTitles", `<ol><li><b>Manuels numériques.</b> Le marché est renouvelé.</li><li><b>Sécurité incendie.</b> Neuf lycées sont en travaux.</li></ol>`, "|Manuels numériques\n|Sécurité incendie"},
		{"Points", `<p><b>Point 3. Schéma directeur.</b> Le projet recueille un avis favorable.</p><p><b>Point 4. Transports.</b> Le point est ajourné.</p>`, "3|Schéma directeur\n4|Transports"},
		{"ThemesInCapitals", `<ul><li><b>FINANCES</b> – Budget annexe</li></ul><p>Vote favorable à l’unanimité des membres présents.</p><ul><li><b>VOIRIE</b> – Travaux rue Haute</li></ul><p>Vote favorable à l’unanimité des membres présents.</p>`, "|FINANCES – Budget annexe\n|VOIRIE – Travaux rue Haute"},
		{"UsualPointsWithoutNumber", `<h3>Délibération n° 2025-071 : Cantine</h3><p>Le conseil adopte.</p><h3>Questions diverses</h3><p>Néant.</p>`, "2025-071|Cantine\n|Questions diverses"},
		{"ObjectIsNoPartOfTheTitle", `<p>Délibération n° 2025-014</p><p>OBJET : Tarification solidaire</p><p>Le conseil adopte.</p>`, "2025-014|Tarification solidaire"},
		{"ReferenceAndTitleRunOn", `<p><b>2025/12 – Salle des fêtes : avant-projet</b> Monsieur le Maire présente le projet.</p><p>Le conseil adopte.</p><p><b>2025/13 – Cantine</b> Vu le code,</p><p>Le conseil adopte.</p>`, "2025/12|Salle des fêtes : avant-projet\n2025/13|Cantine"},
		{"DashAtTheNumber", `<p>DE-2025/12 – Eau</p><p>Le conseil adopte.</p><p>DE-2025/13- Cantine</p><p>Le conseil adopte, pour :</p><p>1- les locaux ;</p><p>2- les abords.</p>`, "DE-2025/12|Eau\nDE-2025/13|Cantine"},
		{"DatesAreNoItems", `<h2>1. Budget</h2><p>Le conseil adopte.</p><h2>2. Dates à retenir</h2><ul><li>11.06 à 11 h Tirage au sort</li><li>12.06 à 18 h Réception</li></ul>`, "1|Budget\n2|Dates à retenir"},
		{"ArticlesAreNoItems", `<h2>1. Budget</h2><p>Article 1 – Les crédits sont ouverts.</p><p>Article 2 – Le président est chargé de l’exécution.</p><h2>2. Eau</h2><p>Le conseil adopte.</p>`, "1|Budget\n2|Eau"},
	} {
		t.Run(c.outcome, func(t *testing.T) {
			r := readPage(t, `<h1>Conseil municipal du 12 mars 2025</h1><p>Présents : Mme Anne Prévert, M. Luc Sorin.</p>`+c.page)
			var lines []string
			for _, it := range r.Minutes.Items {
				lines = append(lines, it.Number+"|"+it.Title)
			}
			if got := strings.Join(lines, "\n"); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

func TestVoteSums(t *testing.T) {
	for _, c := range []struct {
		outcome, page, want string
	}{
		{"MoreVotesThanMembers", `<p>Nombre de conseillers en exercice : 93</p><p>Le budget est adopté par 64 voix pour, 27 contre et 3 abstentions.</p>`, "64 + 27 + 3 = 94 voix pour 93 membres en exercice."},
		{"MoreVotesThanVoters", `<p>Nombre de votants : 40. Pour : 30. Contre : 11.</p>`, "30 + 11 = 41 voix pour 40 votants annoncés."},
		{"GroupsThatDoNotAddUp", `<table><tr><th>Groupe</th><th>Pour</th><th>Contre</th></tr><tr><td>Vallée commune</td><td>20</td><td>–</td></tr><tr><td>Union</td><td>12</td><td>–</td></tr><tr><td>Total</td><td>33</td><td>0</td></tr></table>`, "Les groupes totalisent 32 (pour), le résultat imprimé dit 33."},
		{"RightSums", `<p>Nombre de conseillers en exercice : 93</p><p>Le budget est adopté par 63 voix pour, 27 contre et 3 abstentions.</p>`, ""},
	} {
		t.Run(c.outcome, func(t *testing.T) {
			r := readPage(t, `<h1>Séance du 12 mars 2025</h1>`+c.page)
			got := ""
			for _, f := range r.Report {
				if f.Code == "vote_sum" {
					got += f.Text
				}
			}
			if got != c.want {
				t.Errorf("got %q want %q", got, c.want)
			}
		})
	}
}

func TestTally(t *testing.T) {
	n := func(i int) *int { return &i }
	for _, c := range []struct {
		outcome       string
		vote          document.Vote
		pro, con, abs int
		known         bool
	}{
		{"CompleteListLeavesNobodyOut", document.Vote{For: n(43), Against: n(34), Complete: true}, 43, 34, 0, true},
		{"UnanimousWithVoters", document.Vote{Unanimous: true, Voters: n(77)}, 77, 0, 0, true},
		{"UnanimouslyRejected", document.Vote{Unanimous: true, Voters: n(10), Result: "défavorable"}, 0, 10, 0, true},
		{"UnanimousOfVotesCastSaysNothingOfAbstentions", document.Vote{Unanimous: true, Expressed: true, Voters: n(77)}, 0, 0, 0, false},
		{"SilenceIsNoZero", document.Vote{Abstain: n(2)}, 0, 0, 0, false},
	} {
		t.Run(c.outcome, func(t *testing.T) {
			pro, con, abs, known := c.vote.Tally()
			if pro != c.pro || con != c.con || abs != c.abs || known != c.known {
				t.Errorf("got %d-%d-%d %v, want %d-%d-%d %v", pro, con, abs, known, c.pro, c.con, c.abs, c.known)
			}
		})
	}
}

package claims_test

import (
	"strings"
	"testing"
)

// Who was there, told in the words of minutes; "" is silence or agreement.
func TestComparePresence(t *testing.T) {
	c := comparer(t)
	for _, p := range []struct{ name, claim, record, rule string }{
		{"Excused", "J’étais au conseil du 3 juin, rappelle Nadia Ferrand.", "Séance du 3 juin. Excusés : Mme Nadia Ferrand, M. Luc Obry.", "PRESENCE-1"},
		{"Proxy", "Luc Obry a participé au vote du budget lors du conseil.", "Budget. M. Luc Obry donne procuration à Mme Nadia Ferrand.", ""},
		{"ProxyIsNoPresence", "Luc Obry a assisté au débat sur le budget.", "Débat sur le budget : M. Luc Obry, absent, a donné pouvoir à Mme Ferrand.", "PRESENCE-1"},
		{"WhoHoldsTheProxyIsThere", "Nadia Ferrand a assisté au débat sur le budget.", "Débat sur le budget : M. Luc Obry, absent, a donné pouvoir à Mme Ferrand.", ""},
		{"Chair", "La présidente siège à chaque réunion du comité.", "En l’absence de la présidente, empêchée, la réunion du comité est présidée par M. Obry.", "PRESENCE-1"},
		{"ChairIsThere", "La présidente siège à chaque réunion du comité.", "La réunion du comité est ouverte sous la présidence de la présidente ; M. Obry est excusé.", ""},
		{"Namesake", "Paul Garnier a assisté à la commission des sports.", "Commission des sports. Présent : M. Paul Garnier. Absente : Mme Anne Garnier.", ""},
		{"NamesakeAway", "Mme Garnier a assisté à la commission des sports.", "Commission des sports. Excusé : M. Paul Garnier.", ""},
		{"LikeName", "M. Delmas est venu à la réunion publique de Morvent.", "Réunion publique de Morvent : M. Delmar s’est fait excuser.", ""},
		{"Late", "M. Tavel était présent à l’examen du plan local.", "M. Tavel, arrivé à 19 h 10, prend part à l’examen du plan local ; M. Roy est excusé.", ""},
		{"LeftAfterwards", "M. Tavel était présent à l’examen du plan local.", "M. Tavel quitte la salle après l’examen du plan local.", ""},
		{"ByVideo", "Le maire de Lorgues a participé au conseil de surveillance.", "Conseil de surveillance : le maire de Lorgues est présent par visioconférence ; le directeur est excusé.", ""},
		{"SetAllThere", "Tous les syndicats étaient présents au comité.", "Comité : absents, les représentants de FO et de la CFTC.", "PRESENCE-3"},
		{"SetOfMayors", "L’ensemble des maires du canton avaient fait le déplacement.", "Absents excusés : les maires de Courcy et de Brialles.", "PRESENCE-3"},
		{"SetAndAnother", "Tous les maires étaient présents à la conférence.", "Conférence. Excusés : les représentants des associations d’usagers.", ""},
		{"OnlyHelpsAVerb", "Je m’y suis engagée auprès des habitants, rappelle Nadia Ferrand.", "Excusée : Mme Nadia Ferrand.", ""},
		{"OtherDay", "J’étais au conseil du 3 juin, rappelle Nadia Ferrand.", "Séance du 5 juillet. Excusée : Mme Nadia Ferrand.", ""},
		{"OtherBody", "M. Tavel a siégé à la commission permanente sur les lycées.", "Conseil d’administration des lycées : M. Tavel est excusé.", ""},
		{"OtherTown", "Le maire de Lorgues a participé au comité de ligne.", "Comité de ligne : le maire de Morvent s’est excusé.", ""},
		{"PrefectRepresented", "Le préfet a rencontré les maraîchers de la plaine.", "Rencontre avec les maraîchers de la plaine : le préfet, retenu, s’est fait représenter par le sous-préfet.", "PRESENCE-1"},
		{"SubPrefect", "Le sous-préfet a rencontré les maraîchers de la plaine.", "Rencontre avec les maraîchers de la plaine : le préfet, retenu, s’est fait représenter par le sous-préfet.", ""},
		{"SaidAwayButThere", "L’adjointe aux écoles n’a pas assisté à la réunion des parents.", "Réunion des parents : l’adjointe aux écoles présente le projet et répond aux questions.", "PRESENCE-4"},
		{"SaidAwayByName", "M. Roy brillait par son absence lors du débat sur l’eau.", "Débat sur l’eau : M. Roy intervient pour demander un report.", "PRESENCE-4"},
		{"SaidAwayAndAway", "M. Roy était absent lors du débat sur l’eau.", "Débat sur l’eau. Absents : M. Roy, Mme Ferrand.", ""},
		{"NeverMissed", "Mme Ferrand n’a jamais manqué une réunion du comité technique de suivi.", "Comité technique de suivi du 8 mars. Absente excusée : Mme Ferrand.", "PRESENCE-1"},
		{"Invited", "Le directeur de l’agence est venu à la réunion sur les loyers.", "Réunion sur les loyers : le directeur de l’agence a décliné l’invitation.", "PRESENCE-1"},
		{"PresentedHimself", "Le recteur a présenté lui-même la carte scolaire.", "Carte scolaire : le recteur étant empêché, le dossier est présenté par le secrétaire général.", "PRESENCE-1"},
		{"OnlyOneOfThem", "Les vice-présidents ont reçu et rencontré les éleveurs.", "Seul le vice-président à l’agriculture a rencontré les éleveurs ; sa collègue avait décliné.", "PRESENCE-1"},
		{"NoQuorum", "Le quorum était atteint au conseil.", "Faute de quorum, le conseil est convoqué à nouveau sous trois jours.", "PRESENCE-6"},
		{"Quorum", "Le quorum était atteint au conseil.", "Le quorum étant atteint, la séance est ouverte.", ""},
		{"QuorumOfAnotherVote", "Le quorum n’était pas atteint au conseil.", "Faute de quorum, le conseil est convoqué à nouveau.", ""},
		{"DidNotVote", "J’ai voté la motion sur l’hôpital, dit Mme Ferrand.", "Motion sur l’hôpital : Mme Ferrand, sortie de la salle, ne prend pas part au vote.", "PRESENCE-5"},
		{"VotedByProxy", "J’ai voté la motion sur l’hôpital, dit Mme Ferrand.", "Motion sur l’hôpital : Mme Ferrand, absente, a donné pouvoir à M. Roy.", ""},
		{"NoVoteButThere", "Mme Ferrand a participé à la réunion sur l’hôpital.", "Réunion sur l’hôpital : Mme Ferrand ne prend pas part au vote, mais présente ses observations.", ""},
		{"Union", "La FSU était présente à la réunion sur les horaires.", "Réunion sur les horaires. Présents : CGT, CFDT. Absente : FSU.", "PRESENCE-1"},
		{"UnionThere", "La FSU était présente à la réunion sur les horaires.", "Réunion sur les horaires. Présents : CGT, FSU. Absente : CFDT.", ""},
		{"EmptyChair", "Le représentant de l’État a siégé au comité de pilotage du fleuve.", "Comité de pilotage du fleuve : le siège du préfet est resté vide.", "PRESENCE-1"},
		{"HerLetter", "La directrice a participé à la commission des menus.", "Commission des menus : il est donné lecture d’un courrier de la directrice, qui prie d’excuser son absence.", "PRESENCE-1"},
		{"Wish", "Je souhaite que le maire vienne à la réunion du quartier.", "Réunion du quartier : le maire s’est excusé.", ""},
		{"Question", "Le maire était-il présent à la réunion du quartier ?", "Réunion du quartier : le maire s’est excusé.", ""},
		{"PaidItsShare", "Le maire a participé au financement de la fête du quartier.", "Fête du quartier : le maire était absent.", ""},
		{"DeputyOfTheMayor", "L’adjoint au maire est venu à l’inauguration de la halle.", "Inauguration de la halle : le maire, absent, est représenté par son adjoint au maire.", ""},
		{"LackOfDocuments", "Mme Ferrand a assisté à la commission des finances.", "Commission des finances : Mme Ferrand déplore l’absence de documents.", ""},
		{"Stood", "J’ai assisté au comité de bassin, affirme la conseillère Anne Tilly.", "Comité de bassin : Mme Tilly est suppléée par M. Brun.", "PRESENCE-1"},
		{"StandsIn", "J’ai assisté au comité de bassin, affirme la conseillère Anne Tilly.", "Comité de bassin : Mme Tilly supplée M. Brun, empêché.", ""},
		{"Boycott", "La CFDT a boycotté le comité social territorial du 12 mai.", "Comité social territorial du 12 mai – présents : CFDT (4), CGT (3), FO (1).", "PRESENCE-4"},
		{"ThreeOfNine", "Je n’ai raté aucune séance de la commission d’appel d’offres, dit Jean Perrot.", "Commission d’appel d’offres, état des présences : M. Jean Perrot, 3 sur 9.", "PRESENCE-1"},
		{"NineOfNine", "Je n’ai raté aucune séance de la commission d’appel d’offres, dit Jean Perrot.", "Commission d’appel d’offres, état des présences : M. Jean Perrot, 9 sur 9 ; M. Jean Perret, 2 sur 9.", ""},
		{"EmptySeat", "L’opposition a participé à toutes les réunions du comité de suivi.", "Comité de suivi : le siège réservé à l’opposition est inoccupé.", "PRESENCE-1"},
		{"StoodAside", "Mme Hamel a voté contre la vente du presbytère.", "Vente du presbytère : Mme Hamel, intéressée à l’affaire, se déporte et quitte la salle.", "PRESENCE-5"},
		{"LeftOnceVoted", "Mme Hamel a voté contre la vente du presbytère.", "Vente du presbytère : Mme Hamel quitte la séance une fois le scrutin clos.", ""},
		{"NotOne", "Les parents d’élèves étaient présents à la commission des menus.", "Commission des menus : aucun représentant des parents d’élèves n’avait fait le déplacement.", "PRESENCE-1"},
		{"WhyTheOtherWasAway", "J’ai présidé le comité de ligne, puisque M. Roy était retenu.", "Comité de ligne. Excusé : M. Roy.", ""},
		{"BodyRepresented", "La Région était à la table des négociations sur la gare.", "Négociations sur la gare : la Région était représentée par sa vice-présidente aux transports.", ""},
		{"LeftEarly", "Je suis restée jusqu’au bout de la séance, dit Claire Vasseur.", "Mme Claire Vasseur quitte la séance à 21 h 30, avant l’examen du budget.", "PRESENCE-1"},
		{"SpokeBeforeTheEnd", "Je suis restée jusqu’au bout de la séance, dit Claire Vasseur.", "Mme Claire Vasseur demande la parole avant que la séance ne soit levée à 23 h.", ""},
		{"OtherSenator", "Le sénateur Aubin a assisté au conseil d’administration du lycée.", "Conseil d’administration du lycée – excusé : M. Aubry, représentant la Région.", ""},
		{"ReceivedByAnother", "Le maire a reçu lui-même les grévistes de la cuisine centrale.", "Une délégation des grévistes de la cuisine centrale a été reçue par la directrice des ressources humaines, M. le maire étant en déplacement.", "PRESENCE-1"},
		{"ReceivedInTheAbsenceOfAnother", "Le maire a reçu lui-même les grévistes de la cuisine centrale.", "M. le maire a reçu pendant une heure les grévistes de la cuisine centrale, en l’absence de l’adjointe.", ""},
		{"CameInTime", "Mme Lefort était là quand on a parlé de la dette.", "Mme Lefort, absente à l’ouverture, rejoint la séance à 18 h 40 et prend part au débat sur la dette.", ""},
		{"NoneButOne", "M. Costa n’a participé à aucune réunion du comité de pilotage.", "Comité de pilotage du 4 octobre : étaient présents Mme Lefort, M. Costa, M. Diaz.", "PRESENCE-4"},
		{"NoneIndeed", "M. Costa n’a participé à aucune réunion du comité de pilotage.", "Comité de pilotage du 4 octobre : M. Costa est excusé.", ""},
		{"SulkedButThere", "L’opposition a boudé la commission des finances.", "Commission des finances : présents pour l’opposition, Mme Rey et M. Ott.", "PRESENCE-4"},
		{"ExcusesAnother", "Mme Rey a siégé à la commission d’attribution.", "Mme Rey excuse M. Ott, retenu par ses obligations, et préside la commission d’attribution.", ""},
		{"HoldsAProxy", "Mme Rey a siégé à la commission d’attribution.", "Commission d’attribution : pouvoir de M. Ott à Mme Rey.", ""},
		{"GaveAProxy", "Mme Rey a siégé à la commission d’attribution.", "Commission d’attribution : pouvoir de Mme Rey à M. Ott.", "PRESENCE-1"},
		{"OutOfTheBallot", "M. Diaz a voté le plan vélo.", "Plan vélo : M. Diaz, qui avait quitté l’hémicycle, n’a pas pris part au scrutin.", "PRESENCE-5"},
		{"AnotherOutOfTheBallot", "M. Diaz a voté le plan vélo.", "Plan vélo : adopté ; M. Diaz explique son vote favorable et Mme Rey ne prend pas part au vote.", ""},
		{"AnotherDeputy", "L’adjoint à la culture est venu au vernissage.", "Au vernissage, l’adjoint aux sports représentait le maire, excusé.", ""},
		{"AskedToBeExcused", "L’adjoint à la culture est venu au vernissage.", "Vernissage du 5 mars : l’adjoint à la culture avait prié la directrice du musée de l’excuser.", "PRESENCE-1"},
		{"UnionCame", "La CGT n’a pas daigné venir à la réunion sur les horaires.", "Réunion sur les horaires : étaient présentes la CGT et la CFDT.", "PRESENCE-4"},
		{"OtherSubject", "Mme Ferrand a assisté à la fête de la musique.", "Commission des finances : Mme Ferrand est excusée.", ""},
	} {
		t.Run(p.name, func(t *testing.T) {
			got := ""
			for _, r := range c.Compare(p.claim, p.record).Reasons {
				if strings.HasPrefix(r.Rule, "PRESENCE-") {
					got = r.Rule
					if r.ClaimSpan.Len() == 0 || r.ClaimSpan.End > len(p.claim) || r.EvidenceSpan.Len() == 0 || r.EvidenceSpan.End > len(p.record) {
						t.Errorf("spans %v of the claim, %v of the record", r.ClaimSpan, r.EvidenceSpan)
					}
				}
			}
			if got != p.rule {
				t.Errorf("%s | %s: got rule %q, want %q", p.claim, p.record, got, p.rule)
			}
		})
	}
}

package claims

// frameRules are the rules of compareFrames.
var frameRules = []Rule{
	{"CONTRAIRE-1", KindAntonym, "Deux mots contraires sont dits de la même chose (claims/scales/contraires.tsv)."},
	{"ECHELLE-ACHEVEMENT-1", KindNegation, "Une promesse, un versement ou un chantier est achevé, ou ne l’est pas (pas fait < en partie < fait)\u202f; les deux valeurs ne peuvent être vraies ensemble."},
	{"ECHELLE-CHANGEMENT-1", KindAntonym, "Une quantité baisse, reste stable ou augmente (baisse < stable < hausse)\u202f; les deux valeurs ne peuvent être vraies ensemble."},
	{"ECHELLE-COUT-1", KindAntonym, "Gratuit pour ceux qui en usent, ou payé par eux (gratuit < payant)\u202f; les deux valeurs ne peuvent être vraies ensemble."},
	{"ECHELLE-COUVERTURE-1", KindScope, "Un essai limité, ou une extension à tous (limité < étendu)\u202f; les deux valeurs ne peuvent être vraies ensemble."},
	{"ECHELLE-EMPLOI-1", KindAntonym, "Des postes et des agents sont recrutés, ou perdus (perdu < gardé < gagné)\u202f; les deux valeurs ne peuvent être vraies ensemble."},
	{"ECHELLE-ETAPE-1", KindModality, "Où en est une décision, de l’idée à l’entrée en vigueur (étudié < annoncé < inscrit < avis < adopté < signé < en vigueur)\u202f; les deux valeurs ne peuvent être vraies ensemble."},
	{"ECHELLE-EXISTENCE-1", KindAntonym, "Une chose existe, est créée, maintenue ou rouverte\u202f; ou elle est fermée, supprimée, arrêtée (fini < en place)\u202f; les deux valeurs ne peuvent être vraies ensemble."},
	{"ECHELLE-FINANCEMENT-1", KindAntonym, "Une collectivité paie pour quelque chose, ou n’y met plus rien (retiré < financé)\u202f; les deux valeurs ne peuvent être vraies ensemble."},
	{"ECHELLE-GESTION-1", KindAntonym, "Un service est tenu par la collectivité, ou confié au privé (privé < public)\u202f; les deux valeurs ne peuvent être vraies ensemble."},
	{"ECHELLE-OBLIGATION-1", KindModality, "Une règle s’impose, ou chacun reste libre (libre < obligatoire)\u202f; les deux valeurs ne peuvent être vraies ensemble."},
	{"ECHELLE-PARTICIPATION-1", KindAntonym, "À quel point des personnes ont pris part à une décision (rien < informé < consulté < concerté < négocié < co construit)\u202f; les deux valeurs ne peuvent être vraies ensemble."},
	{"ECHELLE-POSITION-1", KindVote, "Pour ou contre\u202f: avis, votes et prises de position (défavorable < réservé < favorable)\u202f; les deux valeurs ne peuvent être vraies ensemble."},
	{"ECHELLE-PREALABLE-1", KindNegation, "Une étude, une consultation ou une procédure a eu lieu avant, ou non (absent < fait)\u202f; les deux valeurs ne peuvent être vraies ensemble."},
	{"ECHELLE-PUBLICITE-1", KindAntonym, "Un document est publié, ou gardé secret (caché < public)\u202f; les deux valeurs ne peuvent être vraies ensemble."},
	{"ECHELLE-QUALITE-1", KindAntonym, "Mieux ou moins bien qu’avant (pire < pareil < mieux)\u202f; les deux valeurs ne peuvent être vraies ensemble."},
	{"ECHELLE-RESPECT-1", KindAntonym, "Une règle, un délai ou un budget est respecté, ou dépassé (violer < respecter)\u202f; les deux valeurs ne peuvent être vraies ensemble."},
	{"ECHELLE-TRANSMISSION-1", KindNegation, "Des documents sont donnés à l’avance, en séance, ou jamais (jamais < en séance < à l’avance)\u202f; les deux valeurs ne peuvent être vraies ensemble."},
	{"ECHELLE-VITESSE-1", KindAntonym, "Plus vite ou plus lentement qu’avant (plus lent < pareil < plus vite)\u202f; les deux valeurs ne peuvent être vraies ensemble."},
	{"MODALITE-ACTION-1", KindModality, "L’un donne pour fait ce que l’autre donne pour possible ou prévu."},
	{"NEGATION-ACTION-1", KindNegation, "Une même action, verbe ou nom, est affirmée d’un côté et niée de l’autre."},
	{"NEGATION-CHOSE-1", KindNegation, "La déclaration dit qu’une chose n’existe pas, le document la montre ou la compte."},
	{"NEGATION-CHOSE-2", KindNegation, "La déclaration dit qu’une chose existe ou a été faite, le document dit qu’il n’y en a pas."},
	{"PORTEE-PARTIE-1", KindScope, "La déclaration parle de tous, le document d’une partie seulement."},
}

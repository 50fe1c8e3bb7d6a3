package claims

// numberRules are the rules of compareNumbers, compareDates and compareWholes.
var numberRules = []Rule{
	{"DATE-EVENEMENT-1", KindDate, "Une même chose est placée à deux moments qui ne se rencontrent pas."},
	{"DATE-ORDRE-1", KindDate, "La déclaration dit avant, après, depuis ou jusqu’à un jour, et l’acte place la chose autrement."},
	{"ENGAGEMENT-SENS-1", KindPromise, "Un engagement de ne pas augmenter ou de ne pas baisser, et une évolution mesurée contraire."},
	{"ENGAGEMENT-TERME-1", KindPromise, "Le terme d’un engagement, et un acte qui le place plus tard."},
	{"NOMBRE-ACCORD-1", KindNumber, "Les deux donnent la même valeur : à décharge."},
	{"NOMBRE-COMPTE-1", KindNumber, "Deux comptes d’une même chose diffèrent."},
	{"NOMBRE-DUREE-1", KindNumber, "Deux durées d’une même chose diffèrent."},
	{"NOMBRE-EVOLUTION-1", KindNumber, "Deux évolutions d’une même grandeur diffèrent, mesurées ou déduites de deux montants."},
	{"NOMBRE-GRATUIT-1", KindAntonym, "La déclaration dit que rien n’est demandé, l’acte porte un prix ou une participation pour la même chose."},
	{"NOMBRE-MESURE-1", KindNumber, "Deux mesures d’une même grandeur, dans la même unité, diffèrent."},
	{"NOMBRE-MONTANT-1", KindNumber, "Deux montants d’une même dépense ou recette diffèrent."},
	{"NOMBRE-OBJECTIF-1", KindNumber, "La déclaration dit un objectif tenu, l’acte mesure un autre résultat que l’objectif."},
	{"NOMBRE-PART-1", KindNumber, "Deux parts d’un même tout diffèrent."},
	{"NOMBRE-PLAFOND-1", KindNumber, "Une limite qui ne sera pas dépassée, et un montant qui la dépasse."},
	{"NOMBRE-RIEN-1", KindNegation, "La déclaration dit qu’il n’est pas versé un euro, l’acte porte un montant pour la même chose."},
	{"NOMBRE-SENS-1", KindAntonym, "L’un dit une hausse ou une baisse, l’autre mesure le contraire."},
	{"NOMBRE-SENS-ACCORD-1", KindNumber, "L’évolution mesurée va dans le sens dit : à décharge."},
	{"NOMBRE-STABLE-1", KindNumber, "L’un dit que rien n’a changé, l’autre mesure un changement."},
	{"NOMBRE-TOTAL-1", KindNumber, "La déclaration dit que tous le sont, l’acte en compte une partie."},
	{"PORTEE-COMPTE-1", KindScope, "La déclaration parle de tous, le document en compte une part."},
	{"PORTEE-COMPTE-2", KindScope, "La déclaration dit qu’il n’y en a aucun, le document en compte."},
	{"PORTEE-EXCEPTION-1", KindScope, "La déclaration ne connaît pas d’exception, le document en fait une."},
}

package claims

// cueRules are the rules of compareCues: they say which way two sentences lean, and are worth
// something only where both surely speak of one thing.
var cueRules = []Rule{
	{"INDICE-DATE-1", KindDate, "L’un dit la chose faite à temps ou avant, l’autre parle d’un retard, d’un report ou d’après coup : un indice."},
	{"INDICE-ENGAGEMENT-1", KindPromise, "Un engagement, et un document plus récent qui parle de retard, de manque ou d’une partie seulement : un indice."},
	{"INDICE-ETAPE-1", KindModality, "L’un dit la chose décidée, l’autre la dit encore ouverte : un indice."},
	{"INDICE-NEGATION-1", KindNegation, "Les deux phrases partagent leurs mots, une seule nie : un indice."},
	{"INDICE-OBLIGATION-1", KindModality, "L’un parle d’obligation, l’autre de choix : un indice."},
	{"INDICE-PORTEE-1", KindScope, "La déclaration parle de tous, le document d’une partie ou d’une exception : un indice."},
	{"INDICE-PORTEE-2", KindScope, "La déclaration dit qu’il n’y en a aucun, le document en montre : un indice."},
	{"INDICE-PORTEE-3", KindScope, "La déclaration pose une limite, le document va au-delà : un indice."},
	{"INDICE-PREMIERE-1", KindDate, "La déclaration place la chose plus tôt, le document dit que c’était la première fois : un indice."},
	{"INDICE-SENS-1", KindAntonym, "L’un approuve, l’autre blâme, de la même chose : un indice."},
}

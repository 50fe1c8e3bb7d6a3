package claims

// Word lists of attribution. Origin: the reporting verbs of French grammars (Grevisse,
// « Le bon usage », discours rapporté) and of agency style, written by hand; folded.

// reportingVerbs are the stems of verbs that introduce somebody's words.
var reportingVerbs = []string{
	"abond", "accus", "agac", "acquiesc", "admet", "admis", "affirm", "ajout", "alert", "ambitionn", "analys", "annonc", "appui", "argu", "argument", "alarm", "assen",
	"assum", "assur", "atteste", "avanc", "averti", "avou", "balaie", "balaye", "batt", "certifi", "chiffr", "cingl", "clam", "cit", "claironn", "commen", "conced", "conclu", "confess", "confi", "confirm", "conseill", "consider",
	"constat", "contest", "convi", "convien", "corrig", "critiqu", "croi", "declar", "decrit", "decrypt", "defend", "desol", "deplor", "deroul", "demand", "dement", "denonc", "detail", "devoil", "di", "dit", "diagnostiqu",
	"ecri", "emport", "emu", "enchain", "enfonc", "engag", "enonc", "enrag", "enumer", "espe", "estim", "enthousiasm", "etonn", "evalu", "exclam", "evoqu", "exhort", "expliq", "explicit", "expos", "exprim", "felicit", "fustig", "garanti", "glis", "grinc", "gromme",
	"indiqu", "impatient", "indign", "inform", "ing", "inquiet", "insist", "insurg", "interpell", "interrog", "invoqu", "ironis", "jubil", "jug", "jur", "justifi", "lach", "lanc", "lament",
	"maint", "martel", "mentionn", "moqu", "modere", "murmur", "not", "nuanc", "objec", "observ", "offusqu", "oppos", "ose", "pens", "persifl", "pest", "persist", "plaid", "plaign", "plain", "plaisant", "point", "poursui", "poursuiv", "precis", "prevena", "previen", "previent", "prev", "proclam", "promet", "promi", "propos", "protest",
	"questionn", "raconte", "racont", "raill", "rajout", "rappel", "rapport", "rassur", "reagi", "recapitul", "reconnai", "reconnu", "rect", "rectifi", "recus", "redi", "redout", "refut", "relativis", "regrett", "reit", "rejet", "rejoui", "releve", "relev", "relat", "remarqu", "rempar", "renchar", "rencheri", "repet", "replic", "repliq", "repond", "repri", "reprend", "resum", "retorq", "retrac", "revel", "revendiqu", "revien",
	"salu", "sarcas", "savour", "scand", "sermonn", "signal", "soulev", "soulign", "souffl", "soupir", "souvien", "soutenu", "soutien", "soutena", "specifi", "suggere", "suppos", "suppli", "synthetis", "tacl", "targu", "tempere", "tempet", "temoign", "tonn", "tranch", "vant", "vilipend", "vitup", "vocifer",
}

// reportingLemmas are whole verbs of the same kind, for forms whose stem changes: « rappelle »,
// « complète », « promettait ».
var reportingLemmas = []string{
	"accuser", "admettre", "affirmer", "ajouter", "alerter", "annoncer", "appuyer", "argumenter", "assurer", "attester", "avancer", "avertir", "avouer", "balayer",
	"certifier", "clamer", "commenter", "compléter", "concéder", "conclure", "confesser", "confier", "confirmer", "considérer", "constater", "contester", "convenir", "corriger", "critiquer",
	"déclarer", "défendre", "démentir", "dénoncer", "déplorer", "détailler", "dévoiler", "dire", "écrire", "enchaîner", "énoncer", "énumérer", "espérer", "estimer", "évaluer", "évoquer", "expliquer", "exposer", "exprimer",
	"faire valoir", "féliciter", "fustiger", "garantir", "glisser", "indiquer", "informer", "insister", "interpeller", "interroger", "ironiser", "juger", "jurer", "justifier", "lancer", "lâcher",
	"maintenir", "marteler", "mentionner", "nier", "noter", "nuancer", "objecter", "observer", "opposer", "plaider", "pointer", "poursuivre", "préciser", "prétendre", "prévenir", "proclamer", "promettre", "protester",
	"questionner", "raconter", "rappeler", "rapporter", "rassurer", "réagir", "reconnaître", "rectifier", "redire", "réfuter", "regretter", "réitérer", "relever", "remarquer", "répéter", "répliquer", "répondre", "reprendre", "reprocher", "résumer", "rétorquer", "révéler", "revendiquer",
	"saluer", "signaler", "souligner", "soupirer", "soutenir", "spécifier", "suggérer", "témoigner", "tempérer", "tempêter", "tonner", "trancher", "vanter",
}

// attributionRoles are the head words of the roles that a text uses instead of a name,
// with the words under which a printed function may know them. "" fits anybody.
var attributionRoles = map[string][]string{
	"adjoint": {"adjoint"}, "adjointe": {"adjointe"}, "adherent": nil, "conseiller": {"conseiller"}, "conseillere": {"conseillere"},
	"delegue": {"delegue"}, "deleguee": {"deleguee"}, "depute": {"depute"}, "deputee": {"deputee"}, "directeur": {"directeur"}, "directrice": {"directrice"},
	"elu": nil, "elue": nil, "interesse": nil, "interessee": nil, "maire": {"maire"}, "ministre": {"ministre"}, "porte-parole": {"porte"}, "prefet": {"prefet"}, "prefete": {"prefete"},
	"president": {"president", "preside"}, "presidente": {"presidente", "preside"}, "rapporteur": {"rapporteur"}, "rapporteure": {"rapporteure"}, "recteur": {"recteur"}, "rectrice": {"rectrice"}, "responsable": nil,
	"secretaire": {"secretaire"}, "senateur": {"senateur"}, "senatrice": {"senatrice"}, "syndicaliste": nil, "tresorier": {"tresorier"}, "tresoriere": {"tresoriere"}, "vice-president": {"vice"}, "vice-presidente": {"vice"},
}

// functionWords open the function that stands beside a name.
const functionWords = `(?:(?:premi(?:er|ère)|1ère?|1er|ancien(?:ne)?|co-?)[ \x{a0}]*)?(?:adjointe?|administrat(?:eur|rice)|assesseur|avocate?|chef|cheffe|co-?président|conseill(?:er|ère)|déléguée?|députée?|directeur|directrice|doyenn?e?|élue?|eurodéputée?|inspect(?:eur|rice)|maire|membre|ministre|patronn?e?|porte-parole|préfète?|présidente?|proviseure?|rapporteure?|rapporteuse|recteur|rectrice|représentante?|responsable|secrétaire|sénateur|sénatrice|trésori(?:er|ère)|vice-présidente?)`

// councilWords, unionWords are words of the names of institutions that speak for a council
// or for the staff; what is neither is taken for a medium.
var (
	councilWords = []string{"agglomeration", "assemblee", "collectivite", "commune", "communaute", "conseil", "departement", "mairie", "metropole", "prefecture", "region", "ville"}
	unionWords   = []string{"cfdt", "cfe", "cfe-cgc", "cfdt-interco", "cftc", "cgt", "faft", "fa-fpt", "federation", "fo", "force ouvriere", "fsu", "intersyndicale", "section", "snetap", "solidaires", "sud", "syndical", "syndicale", "syndicales", "syndicat", "syndicats", "unsa"}
)

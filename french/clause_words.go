package french

// The lists below are of lemmas, lower case with accents. Origin: French grammars and
// invented council sentences, written by hand, November 2026.

// reporting are the verbs whose completive is somebody's words.
var reporting = wordSet(`
affirmer ajouter alléguer annoncer arguer assurer attester avancer avertir certifier clamer communiquer conclure confier
confirmer considérer croire déclarer déplorer dire estimer expliquer exposer faire_savoir indiquer informer insister invoquer
juger jurer laisser_entendre marteler mentionner noter objecter observer penser préciser prétendre prévenir proclamer rappeler
rapporter reconnaître regretter relater relever remarquer répéter répliquer répondre rétorquer révéler sembler signaler souligner
soutenir stipuler témoigner trouver
`)

// denying are the verbs whose completive is told to be untrue.
var denying = wordSet("contester démentir nier réfuter")

// asking are the verbs after which « si » and « pourquoi » ask.
var asking = wordSet(`demander examiner ignorer interroger préciser savoir vérifier voir étudier expliquer dire comprendre évaluer
indiquer interpeller questionner décider déterminer`)

// tellsSomebody are the verbs whose object is the person told: « informe les élus que ».
var tellsSomebody = wordSet("assurer avertir aviser convaincre informer persuader prévenir")

// willing are the verbs whose complement is wanted, asked or planned.
var willing = map[string]Modality{
	"aimer": Wish, "ambitionner": Wish, "appeler": Wish, "attendre": Wish, "compter": Planned, "demander": Order,
	"désirer": Wish, "engager": Future, "envisager": Planned, "espérer": Wish, "exhorter": Order, "exiger": Order,
	"garantir": Future, "inciter": Wish, "inviter": Order, "jurer": Future, "ordonner": Order, "plaider": Wish,
	"prescrire": Order, "prier": Order, "projeter": Planned, "promettre": Future, "préconiser": Wish, "prévoir": Planned,
	"proposer": Planned, "recommander": Order, "requérir": Order, "réclamer": Order, "rêver": Wish, "souhaiter": Wish,
	"suggérer": Planned, "viser": Planned, "vouloir": Wish, "étudier": Planned, "réfléchir": Planned, "apprêter": Planned,
	"obliger": Obligation, "tenir": 0, "convenir": Order, "risquer": Possible, "craindre": Hypothetical, "redouter": Hypothetical,
	"sommer": Order, "enjoindre": Order, "imposer": Obligation, "supposer": Hypothetical, "imaginer": Hypothetical, "planifier": Planned,
}

// denyingVerbs are the verbs that deny what they govern, with the prepositions that
// announce it: « d » de, « a » à, « o » a direct object or a completive.
var denyingVerbs = map[string]string{
	"abstenir": "d", "arrêter": "d", "cesser": "do", "dispenser": "d", "démentir": "do", "dispense": "d", "exclure": "do",
	"garder": "d", "interdire": "do", "manquer": "d", "nier": "do", "négliger": "d", "omettre": "do", "oublier": "d",
	"refuser": "do", "renoncer": "a", "réfuter": "o", "échouer": "a", "éviter": "do", "empêcher": "do", "récuser": "o", "bannir": "o",
	"proscrire": "o", "priver": "d", "rester": "a", "écarter": "o", "dissuader": "d", "tarder": "a",
}

// assertingWhenDenied are the verbs that, denied, say that the thing is done: « ne manque
// pas de », « n'hésite pas à ».
var assertingWhenDenied = wordSet("hésiter manquer cesser tarder oublier omettre craindre arrêter rechigner ignorer douter")

// completives are the verbs that take « que »: after « ne », their « que » restricts nothing.
var completives = wordSet(`
accepter admettre affirmer ajouter annoncer apprendre assurer attendre avertir comprendre confirmer considérer constater contester
convaincre croire craindre démentir demander dire douter décider déclarer déplorer empêcher espérer estimer exiger expliquer exclure
falloir garantir ignorer imaginer indiquer informer juger jurer noter nier obtenir oublier penser permettre prétendre préciser
prévenir promettre proposer prouver préférer prévoir rappeler reconnaître refuser regretter répondre savoir sembler signifier
souhaiter souligner soutenir supposer trouver vérifier voir vouloir éviter
`)

// raising are the verbs whose « ne … pas » denies the completive.
var raising = wordSet("croire estimer falloir paraître penser sembler souhaiter trouver vouloir imaginer considérer")

// factNouns are followed by a completive, not by a relative clause.
var factNouns = wordSet(`affirmation annonce assurance certitude conclusion condition confirmation constat conviction crainte espoir
fait hypothèse idée impression preuve principe promesse regret risque sentiment souhait vœu garantie doute point`)

// informs says whether the verb tells something.
func informs(lemma string) bool { return reporting[lemma] || willing[lemma] != 0 }

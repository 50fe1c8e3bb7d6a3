package review

import (
	"strings"

	"contredit/claims"
)

// statusNames are the states of a pair as reviewers call them.
var statusNames = map[claims.Decision]string{
	claims.StatusNew: "à examiner", claims.StatusInReview: "en cours", claims.StatusConfirmed: "confirmé", claims.StatusRejected: "rejeté",
	claims.StatusNuance: "à nuancer", claims.StatusUndecidable: "indécidable", claims.StatusPublished: "publié",
}

// statusesInOrder is the way of a pair.
var statusesInOrder = []claims.Decision{
	claims.StatusNew, claims.StatusInReview, claims.StatusConfirmed, claims.StatusNuance, claims.StatusRejected, claims.StatusUndecidable,
	claims.StatusPublished,
}

// kindNames are the kinds as reviewers call them. An absence is never called a contradiction.
var kindNames = map[claims.Kind]string{
	claims.KindNegation: "négation", claims.KindAntonym: "contraire", claims.KindNumber: "nombre", claims.KindDate: "date",
	claims.KindAttendance: "présence", claims.KindVote: "vote", claims.KindScope: "portée", claims.KindModality: "possible ou décidé",
	claims.KindPromise: "engagement", claims.KindAbsence: "aucune trace",
}

// reasonCode is why a pair is rejected or shaded, in the words of reviewers.
type reasonCode struct{ Code, Name string }

// rejections are offered in the order of their keys 1 to 9.
var rejections = []reasonCode{
	{"other_subject", "autre sujet"},
	{"other_period", "autre période"},
	{"other_scope", "autre périmètre"},
	{"compatible", "les deux sont vrais"},
	{"quote_of_another", "paroles d’un autre"},
	{"badly_read", "mal lu ou mal découpé"},
	{"corrected", "rectifié depuis"},
	{"out_of_context", "hors contexte"},
	{"other", "autre raison"},
}

func reasonName(code string) string {
	for _, r := range rejections {
		if r.Code == code {
			return r.Name
		}
	}
	return code
}

func knownReason(code string) bool {
	for _, r := range rejections {
		if r.Code == code {
			return true
		}
	}
	return code == ""
}

// roleNames are what somebody may do.
var roleNames = map[string]string{"reviewer": "relecture", "publisher": "publication", "admin": "administration"}

// stateNames are what became of the bytes of a document.
var stateNames = map[string]string{
	"read": "lu", "empty": "vide", "scanned": "images sans texte", "encrypted": "protégé par un mot de passe", "malformed": "abîmé",
	"too_big": "trop gros", "unsupported": "forme inconnue", "": "pas encore lu",
}

// outcomeNames are what became of an item of an agenda.
var outcomeNames = map[string]string{
	"adopted": "adopté", "rejected": "rejeté", "withdrawn": "retiré", "postponed": "reporté", "noted": "pris acte", "favorable": "avis favorable",
	"defavorable": "avis défavorable",
}

// natureNames are why an item was on an agenda.
var natureNames = map[string]string{"information": "pour information", "avis": "pour avis", "deliberation": "pour délibération"}

// knownNames are how a meeting is known of.
var knownNames = map[string]string{
	"record": "son compte rendu", "calendar": "un calendrier", "agenda": "un ordre du jour", "mention": "une mention ailleurs",
	"configuration": "la configuration", "link": "un lien mort",
}

// roleOfDocument is what a publication is used as.
var roleOfDocument = map[string]string{"statement": "parole", "record": "acte", "both": "parole et acte"}

// termNames are the features of a score, as claims names them. Those of one kind or one rule are named
// by termName.
var termNames = map[string]string{
	"bias": "point de départ", "judge": "avis du modèle",
	"near": "mots communs", "near_first": "mots communs, au regard du passage le plus proche", "near_place": "rang parmi les passages proches",
	"finds": "le constat le plus fort", "finds_all": "tous les constats ensemble", "finds_near": "constat sur un passage proche",
	"leans": "indices sans constat", "leans_near": "indices sur un passage proche",
	"supports": "ce passage appuie l’affirmation", "supports_near": "appui d’un passage proche", "supported": "un autre passage l’appuie",
	"structure_absence": "aucune trace dans les comptes rendus lus", "structure_coverage": "part des réunions lues", "structure_attendance": "liste des présences",
	"structure_vote": "vote au compte rendu", "structure_subject": "même sujet que le point voté",
}

// termName is the name of a feature for people.
func termName(lang, name string) string {
	if known, ok := termNames[name]; ok {
		return translate(lang, known)
	}
	if kind, ok := strings.CutPrefix(name, "finds_"); ok && kindNames[claims.Kind(kind)] != "" {
		return translate(lang, "constat : %s", translate(lang, kindNames[claims.Kind(kind)]))
	}
	if rule, ok := strings.CutPrefix(name, "leans_"); ok {
		return translate(lang, "indice : règle %s", strings.ToUpper(rule))
	}
	return name
}

// positionNames are how somebody voted.
var positionNames = map[string]string{"for": "pour", "against": "contre", "abstain": "abstention", "no_part": "ne prend pas part au vote"}

// presenceNames are how somebody attended.
var presenceNames = map[string]string{"present": "présent", "excused": "excusé", "absent": "absent"}

package claims

// Ids of the rules that read attendance and absences.
const (
	ruleThere       = "PRESENCE-1"
	ruleThereAlways = "PRESENCE-2"
	ruleThereAll    = "PRESENCE-3"
	ruleAway        = "PRESENCE-4"
	ruleNoVote      = "PRESENCE-5"
	ruleQuorum      = "PRESENCE-6"
	ruleNoTrace     = "ABSENCE-1"
)

// presenceRules are the rules that read attendance lists, and the silence of records.
var presenceRules = []Rule{
	{ruleThere, KindAttendance, "La personne est dite présente à une réunion ; l’acte la donne excusée, absente ou représentée."},
	{ruleThereAlways, KindAttendance, "L’organisation est dite présente à toutes les réunions ; un acte en montre une où ses représentants n’étaient pas."},
	{ruleThereAll, KindAttendance, "Nul n’est dit avoir manqué à une réunion ; l’acte nomme des excusés ou des absents."},
	{ruleAway, KindAttendance, "La personne est dite absente d’une réunion ; l’acte l’y donne présente."},
	{ruleNoVote, KindAttendance, "La personne est dite avoir voté ; l’acte dit qu’elle n’a pas pris part au vote."},
	{ruleQuorum, KindAttendance, "La séance est dite tenue ou le quorum réuni ; l’acte dit qu’elle n’a pu délibérer."},
	{ruleNoTrace, KindAbsence, "Un sujet est dit présenté, débattu ou soumis à une instance ; les réunions connues de la période n’en portent aucune trace."},
}

package review

import (
	"errors"
	"strings"
	"time"

	"contredit/claims"
	"contredit/evidence"
	"contredit/french"
	"contredit/store"
)

// What the terminal says of a pair it says in the words of the pages, in French.

// inFrench is a request that only lends its words.
func inFrench(zone *time.Location) *request {
	return &request{lang: "fr", pages: &pages{Config: Config{TimeZone: zone}}}
}

// Moment writes a stored time (RFC 3339, UTC) in a zone: « 12 mars 2026 à 14 h 05 ».
func Moment(stored string, zone *time.Location) string { return inFrench(zone).moment(stored) }

// TermName is the name of a feature of a score for people.
func TermName(name string) string { return termName("fr", name) }

// RemarkText says what a remark did.
func RemarkText(one store.Remark) string { return inFrench(time.UTC).remarkText(one) }

// VerdictText says what a verdict decided, and why; one that takes another back says so.
func VerdictText(one claims.Verdict) string {
	r := inFrench(time.UTC)
	text := r.t(statusNames[one.Decision])
	switch {
	case one.Undoes != 0:
		return r.t("annule la décision précédente ; de nouveau « %s »", text)
	case one.Reason != "":
		return text + " — " + reasonName(one.Reason)
	}
	return text
}

// ReasonNamed is the code that a reviewer's word for a reason stands for, whatever its capitals and accents.
func ReasonNamed(word string) (code string, known bool) {
	for _, one := range rejections {
		if french.Fold(word) == french.Fold(one.Name) || strings.EqualFold(word, one.Code) {
			return one.Code, true
		}
	}
	return "", false
}

// ReasonList are the codes of the reasons with their names: « other_subject (autre sujet), … ».
func ReasonList() string { return strings.Join(reasonList("fr"), ", ") }

func reasonList(lang string) []string {
	var all []string
	for _, one := range rejections {
		all = append(all, one.Code+" ("+translate(lang, one.Name)+")")
	}
	return all
}

// DecisionList are the decisions that may be given, in the order of a pair's way.
func DecisionList() string { return decisionList("fr") }

func decisionList(lang string) string {
	var all []string
	for _, one := range statusesInOrder {
		if one != claims.StatusNew {
			all = append(all, translate(lang, statusNames[one]))
		}
	}
	return strings.Join(all, ", ")
}

// DecisionReason reads the reason of a decision that was written as words or as a code. A rejection has
// one and « à nuancer » may; on the others it says nothing, as on the pages. problem is a sentence in
// French; "" when the reason stands.
func DecisionReason(d claims.Decision, word string) (code, problem string) {
	return decisionReason("fr", d, word)
}

func decisionReason(lang string, d claims.Decision, word string) (code, problem string) {
	if word == "" {
		if d == claims.StatusRejected {
			return "", translate(lang, "un rejet demande un motif : %s", strings.Join(reasonList(lang), ", "))
		}
		return "", ""
	}
	if code, known := ReasonNamed(word); known {
		return code, ""
	}
	return "", translate(lang, "motif inconnu : %s", word) + translate(lang, " ; motifs possibles : %s", strings.Join(reasonList(lang), ", "))
}

// barredNames say why a pair is not published.
var barredNames = map[error]string{
	store.ErrPrivate:      "publication non permise : la paire repose sur un document privé",
	store.ErrNotConfirmed: "publication non permise : seule une paire confirmée est publiée",
	store.ErrSamePerson:   "publication non permise : qui a confirmé ne publie pas, il faut une seconde personne",
	store.ErrNotPublisher: "publication non permise : publier demande le rôle « publication » ou « administration »",
}

// Barred says in French why a decision may not publish; "" for any other error.
func Barred(err error) string { return barred("fr", err) }

func barred(lang string, err error) string {
	for is, text := range barredNames {
		if errors.Is(err, is) {
			return translate(lang, text)
		}
	}
	return ""
}

// Note reads a note as the pages' forms do; the error says what is wrong with it.
func Note(text string) (string, error) { return typed(text, longestNote) }

// Tag reads a tag, or a name, as the pages' forms do.
func Tag(text string) (string, error) { return typedLine(text) }

// DecisionNamed is the decision that a word of a sheet stands for; "" when none.
func DecisionNamed(word string) claims.Decision { return evidence.DecisionNamed(word, statusNames) }

package digest

import (
	"fmt"
	"strings"
)

// labels are our own words in a letter, in its language.
type labels struct {
	Open, Confirmed, Silence, Edited, Unknown   string
	Noted, Looked, Why, Decide                  string
	Useful, Wrong, Mute, Unsubscribe, Pages     string
	Gap, More, Sitting, NothingSaid, Foot, Said string
	Alarm, Quiet                                string
	Replied, Corrected                          string // with their day
	Since                                       string
}

var frenchLabels = labels{
	Open: "à examiner", Confirmed: "confirmé", Silence: "aucune trace, à examiner", Edited: "modifié après publication", Unknown: "source inconnue",
	Noted: "Ce qui est consigné", Looked: "Comptes rendus parcourus", Why: "Pourquoi", Decide: "Voir la paire et décider",
	Useful: "utile", Wrong: "pas une contradiction", Mute: "pas pour moi", Unsubscribe: "Ne plus recevoir ce bulletin", Pages: "Toutes les paires",
	Gap: "%d compte(s) rendu(s) manquant(s)\u00a0: %s", More: "%d autre(s) attendent le prochain bulletin.", Sitting: "%s, séance du %s",
	NothingSaid: "Rien de ce qui a été dit n’y a été rapproché.",
	Foot:        "contredit montre deux documents et les mots qui diffèrent. Tant que personne n’a confirmé, une paire est «\u00a0à examiner\u00a0». Ni note, ni jugement sur une personne.",
	Said:        "Ce qui a été dit", Alarm: "alerte", Quiet: "rien de nouveau",
	Replied: "Réponse de la personne ou de l’institution citée, %s", Corrected: "Rectification, %s",
	Since: "Depuis les bulletins précédents",
}

var englishLabels = labels{
	Open: "to examine", Confirmed: "confirmed", Silence: "no trace, to examine", Edited: "edited after publication", Unknown: "unknown source",
	Noted: "What was recorded", Looked: "Minutes looked through", Why: "Why", Decide: "See the pair and decide",
	Useful: "useful", Wrong: "not a contradiction", Mute: "not for me", Unsubscribe: "Unsubscribe from this digest", Pages: "All pairs",
	Gap: "%d record(s) missing: %s", More: "%d more wait for the next digest.", Sitting: "%s, sitting of %s",
	NothingSaid: "Nothing that was said was found beside it.",
	Foot:        "contredit shows two documents and the words that differ. Until a person confirmed it, a pair is “to examine”. No score, no verdict on anybody.",
	Said:        "What was said", Alarm: "alarm", Quiet: "nothing new",
	Replied: "Reply of the person or body quoted, %s", Corrected: "Correction, %s",
	Since: "Since earlier digests",
}

func labelsOf(language string) labels {
	if language == "en" {
		return englishLabels
	}
	return frenchLabels
}

// Subject is the subject line: what the mail holds, in the fewest words.
func Subject(l Letter) string {
	w := labelsOf(l.Language)
	switch {
	case len(l.Alarms) > 0:
		return fmt.Sprintf("[%s] %s%s %s", l.Instance, w.Alarm, colon(l.Language), firstSentence(l.Alarms[0]))
	case len(l.Items) > 0:
		return fmt.Sprintf("%s%s %s", l.Digest, colon(l.Language), counted(l))
	case len(l.Since) > 0:
		return fmt.Sprintf("%s%s %s", l.Digest, colon(l.Language), numbered(len(l.Since), l.Language != "en", "réponse ou rectification", "réponses ou rectifications", "reply or correction", "replies or corrections"))
	case len(l.Agenda) > 0:
		return fmt.Sprintf("%s%s %s, %s", l.Digest, colon(l.Language), l.Agenda[0].Body, LongDay(l.Agenda[0].Day))
	}
	return fmt.Sprintf("%s%s %s", l.Digest, colon(l.Language), w.Quiet)
}

func colon(language string) string {
	if language == "en" {
		return ":"
	}
	return "\u00a0:"
}

// counted is « 3 paires à examiner, 1 confirmée — dialogue social ».
func counted(l Letter) string {
	open, confirmed := 0, 0
	var subjects []string
	for _, item := range l.Items {
		if item.Confirmed {
			confirmed++
		} else {
			open++
		}
		if item.Subject != "" && !contains(subjects, item.Subject) {
			subjects = append(subjects, item.Subject)
		}
	}
	var parts []string
	french := l.Language != "en"
	if open > 0 {
		parts = append(parts, numbered(open, french, "paire à examiner", "paires à examiner", "pair to examine", "pairs to examine"))
	}
	if confirmed > 0 {
		parts = append(parts, numbered(confirmed, french, "confirmée", "confirmées", "confirmed", "confirmed"))
	}
	text := strings.Join(parts, ", ")
	if len(subjects) > 0 {
		text += " — " + strings.Join(subjects[:min(2, len(subjects))], ", ")
	}
	return text
}

func numbered(n int, french bool, one, many, oneEnglish, manyEnglish string) string {
	if !french {
		one, many = oneEnglish, manyEnglish
	}
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func contains(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}

// lead is the first line of a letter.
func lead(l Letter, w labels) string {
	french := l.Language != "en"
	switch {
	case len(l.Alarms) > 0, len(l.Agenda)+len(l.Since) > 0 && len(l.Items) == 0:
		return ""
	case len(l.Items) > 0 && french:
		return "Ce qui a été dit en public, en face de ce que les réunions ont consigné."
	case len(l.Items) > 0:
		return "What was said in public, beside what the meetings recorded."
	case french:
		return "Rien de nouveau à montrer. Ce courrier dit seulement que contredit veille toujours."
	}
	return "Nothing new to show. This mail only says that contredit is still watching."
}

func lifeLines(f Life, w labels) []string {
	french := w.Open == frenchLabels.Open
	line := func(fr, en string, args ...any) string {
		if french {
			return fmt.Sprintf(fr, args...)
		}
		return fmt.Sprintf(en, args...)
	}
	var lines []string
	if f.Since != "" {
		lines = append(lines, line("Depuis le %s\u00a0: %d document(s) lu(s), %d paire(s) trouvée(s).", "Since %s: %d document(s) read, %d pair(s) found.", LongDay(f.Since), f.Documents, f.Pairs))
	} else {
		lines = append(lines, line("%d document(s) lu(s), %d paire(s) trouvée(s).", "%d document(s) read, %d pair(s) found.", f.Documents, f.Pairs))
	}
	for _, failed := range f.Failed {
		lines = append(lines, line("N’a pas pu être lu\u00a0: %s", "Could not be read: %s", failed))
	}
	return lines
}

// firstSentence is what fits a subject line, whole words.
func firstSentence(s string) string {
	const most = 90
	s = oneLine(s)
	if i := strings.IndexAny(s, ".:"); i > 20 && i < most {
		return strings.TrimRight(strings.TrimSpace(s[:i]), "\u00a0\u202f")
	}
	if len(s) <= most {
		return s
	}
	if i := strings.LastIndexByte(s[:most], ' '); i > 0 {
		return s[:i] + "…"
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

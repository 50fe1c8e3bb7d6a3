package review

import (
	"fmt"
	"net/http"
	"strings"

	"contredit/document"
	"contredit/french"
)

const (
	thin = "\u202f" // narrow no-break space
	hard = "\u00a0" // no-break space
)

// spaced puts the spaces of French typography where templates have plain ones: narrow before
// « ; », « ! » and « ? », no-break before « : » and inside guillemets. It is for words
// of ours: a quote is shown as it was printed.
var spaced = strings.NewReplacer(" ;", thin+";", " !", thin+"!", " ?", thin+"?", " :", hard+":", "« ", "«"+hard, " »", hard+"»")

// translate gives a message in a language. Messages are written in French; what has no other
// words is French in every language, and a test looks for it.
func translate(lang, message string, args ...any) string {
	if lang == "en" {
		if words, ok := english[message]; ok {
			message = words
		}
	} else {
		message = spaced.Replace(message)
	}
	if len(args) == 0 {
		return message
	}
	return fmt.Sprintf(message, args...)
}

// count gives « 1 paire », « 2 paires »; in French zero is singular.
func count(lang string, n int, one, many string) string {
	words := many
	if n == 1 || n == 0 && lang == "fr" {
		words = one
	}
	return grouped(lang, n) + hard + translate(lang, words)
}

// grouped writes a number with its thousands apart.
func grouped(lang string, n int) string {
	s := fmt.Sprint(n)
	sep := thin
	if lang == "en" {
		sep = ","
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + sep + s[i:]
	}
	return s
}

// shortMonths are the abbreviations of the calendars: three letters would take June for July in French.
var shortMonths = map[string][]string{
	"en": {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
	"fr": {"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."},
}

var monthNames = map[string][]string{
	"fr": {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
	"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

// day writes an ISO day as people do: « 1er mars 2026 ».
func day(lang, iso string) string {
	var y, m, d int
	if n, err := fmt.Sscanf(iso, "%4d-%2d-%2d", &y, &m, &d); n != 3 || err != nil || m < 1 || m > 12 {
		return translate(lang, "date inconnue")
	}
	number := fmt.Sprint(d)
	if d == 1 && lang == "fr" {
		number = "1er"
	}
	return number + hard + monthNames[lang][m-1] + " " + fmt.Sprint(y)
}

// openLabel says where a link opens: « ouvrir à la page 3 », « ouvrir à 12 min 04 s ».
func openLabel(lang string, l document.Locator) string {
	switch {
	case l.Timed:
		return translate(lang, "ouvrir à %s", clock(l.At))
	case l.Page > 0 && l.Printed != "" && l.Printed != fmt.Sprint(l.Page):
		return translate(lang, "ouvrir à la page %d (imprimée %s)", l.Page, l.Printed)
	case l.Page > 0:
		return translate(lang, "ouvrir à la page %d", l.Page)
	}
	return translate(lang, "ouvrir l’original à ces mots")
}

// clock writes seconds as people say them: « 1 h 02 min 03 s ».
func clock(at float64) string {
	s := int(at)
	if s >= 3600 {
		return fmt.Sprintf("%d%sh%s%02d%smin%s%02d%ss", s/3600, hard, hard, s/60%60, hard, hard, s%60, hard)
	}
	return fmt.Sprintf("%d%smin%s%02d%ss", s/60, hard, hard, s%60, hard)
}

// place says where in the original, and whether the text is the file's own: « page 3 », « à 12 min 04 s ».
func place(lang string, l document.Locator) string {
	var said []string
	switch {
	case l.Timed:
		said = append(said, translate(lang, "à %s", clock(l.At)))
	case l.Page > 0:
		said = append(said, translate(lang, "page %d", l.Page))
	}
	switch {
	case l.Typed:
		said = append(said, translate(lang, "transcription jointe à la main"))
	case l.Recognised:
		said = append(said, translate(lang, "texte reconnu par une machine"))
	}
	return strings.Join(said, ", ")
}

// language is the one that the visitor chose, else the first of theirs that is served.
func (p *pages) language(r *http.Request) string {
	served := func(lang string) bool {
		for _, l := range p.Languages {
			if l == lang {
				return true
			}
		}
		return false
	}
	if c, err := r.Cookie(languageCookie); err == nil && served(c.Value) {
		return c.Value
	}
	for _, part := range strings.Split(r.Header.Get("Accept-Language"), ",") {
		lang, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		lang, _, _ = strings.Cut(french.Fold(lang), "-")
		if served(lang) {
			return lang
		}
	}
	return p.Languages[0]
}

package french

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// dateForm is one way of naming a period. Patterns see the folded text; what an earlier form took, a later one leaves.
type dateForm struct {
	pattern *regexp.Regexp
	resolve func(r *dateReader, m []int) (Period, bool)
	cues    cue  // all of which a text needs to hold, so that the pattern may match
	final   bool // what it matches and cannot resolve is no other date either
}

const (
	monthForm = `(janv(?:ier)?|fev(?:rier|r)?|mars|avr(?:il)?|mai|juin|juil(?:let|l)?|aout|sept(?:embre)?|oct(?:obre)?|nov(?:embre)?|dec(?:embre)?)\b\.?`
	yearForm  = `((?:19|20)\d\d|deux mille(?:[ -](?:et[ -])?(?:vingt|dix|onze|douze|treize|quatorze|quinze|seize|un|deux|trois|quatre|cinq|six|sept|huit|neuf))*)`
	dayForm   = `(\d{1,2}|1er|premier)`
	weekday   = `(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche),? +)?`
	partForm  = `(?:(mi|fin|debut|courant|a la fin (?:du mois de|de l'annee|de)|(?:a la )?(?:fin|debut) (?:du mois )?(?:de\b|d')|au debut (?:du mois )?(?:de\b|d')|a la mi)[ -]*)?`
	countForm = `(\d{1,3}|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze)`
)

func form(cues cue, pattern string, resolve func(r *dateReader, m []int) (Period, bool)) dateForm {
	return dateForm{pattern: regexp.MustCompile(pattern), resolve: resolve, cues: cues}
}

// dateForms are tried in this order.
var dateForms = slices.Concat(wholeForms, dayForms, nearForms, plainForms)

var wholeForms = []dateForm{
	form(digitCue, `\b(\d{4})-(\d\d)-(\d\d)\b`, func(r *dateReader, m []int) (Period, bool) {
		return r.wholeDay(number4(r.part(m, 1)), number4(r.part(m, 2)), number4(r.part(m, 3)))
	}),
	form(digitCue, `\b(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)\b`, func(r *dateReader, m []int) (Period, bool) {
		return r.wholeDay(number4(r.part(m, 3)), number4(r.part(m, 2)), number4(r.part(m, 1)))
	}),
}

var plainForms = []dateForm{
	{regexp.MustCompile(`\b` + weekday + dayForm + ` +` + monthForm + `(?: +` + yearForm + `)?`), (*dateReader).dayOfMonth, monthCue | numberCue, true},
	form(schoolCue, `\b(?:(prochaine) +)?rentree(?: scolaire)?(?: de septembre| d'automne)?(?: +(?:de +)?`+yearForm+`| +(prochaine)\b)?`, (*dateReader).schoolStart),
	form(monthCue, `\b(?:entre|de) +`+monthForm+` +(?:et|a) +`+monthForm+`(?: +`+yearForm+`)?`, (*dateReader).monthRange),
	form(monthCue, `\b`+partForm+monthForm+`(?: +`+yearForm+`)?`, (*dateReader).month),
	form(unitCue, `\b(premier|1er|deuxieme|second|2e|2eme|troisieme|3e|quatrieme|4e|dernier) +(trimestre|semestre)(?: +(?:de +)?`+yearForm+`| +(prochain|de l'an(?:nee)? prochaine?)\b)?`, (*dateReader).quarter),
	form(unitCue, `\b(?:(prochain) +(trimestre|semestre)|(trimestre|semestre) +(prochain|dernier|passe)|fin +(?:du|de ce) +(trimestre|semestre))\b`, (*dateReader).nearQuarter),
	form(unitCue|digitCue, `\bannee scolaire +((?:19|20)\d\d)[ -]+(?:a +)?((?:19|20)?\d\d)`, func(r *dateReader, m []int) (Period, bool) {
		y := number4(r.part(m, 1))
		return Period{From: r.day(y, 9, 1), To: r.day(y+1, 8, 31), Precision: ToSchoolYear}, true
	}),
	form(seasonCue, `\b(printemps|ete|automne|hiver)(?: +(?:de +)?`+yearForm+`)`, (*dateReader).season),
	form(seasonCue, `\b(?:au|cet|a l'|l'|le|du|de l'|d') *(printemps|automne|hiver)\b(?: +(prochain|dernier|passe)\b)?`, (*dateReader).nearSeason),
	form(seasonCue, `\bl'(ete)\b(?: +(prochain|dernier|passe)\b)?`, (*dateReader).nearSeason),
	form(digitCue, `\b((?:19|20)\d\d) *[-/] *((?:19|20)\d\d)\b`, (*dateReader).yearRange),
	form(digitCue, `\bentre +((?:19|20)\d\d) +et +((?:19|20)\d\d)\b`, (*dateReader).yearRange),
	form(yearCue, `\b`+partForm+`(?:l'annee +|l'an +|de +|annee +)?`+yearForm+`\b`, (*dateReader).year),
	form(unitCue, `\bl'(?:an|annee) (dernier|derniere|passee?|precedente?|prochain|prochaine)\b|\b(cette annee)\b|\b(?:annee) (prochaine)\b`, (*dateReader).nearYear),
	form(unitCue, `\b(?:le mois|la semaine) (dernier|derniere|passee?|prochain|prochaine)\b|\b(ce mois-ci|cette semaine)\b`, (*dateReader).nearMonth),
	form(nearCue, `\b(avant-hier|hier|aujourd'hui|demain|apres-demain)\b`, (*dateReader).nearDay),
	form(weekdayCue, `\b(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?: (dernier|prochain))?\b`, (*dateReader).weekdayNamed),
	form(unitCue|numberCue, `\b(il y a|dans|d'ici) `+countForm+` (jour|semaine|mois|an)s?\b`, (*dateReader).distance),
}

func number4(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// yearOf reads a year in digits or words; 0 for none.
func yearOf(s string) int {
	if s == "" {
		return 0
	}
	if n := number4(s); n > 0 {
		return n
	}
	n := 2000
	for w := range strings.FieldsFuncSeq(s, func(c rune) bool { return c == ' ' || c == '-' }) {
		if v, ok := unitWords[w]; ok && w != "deux" || ok && n > 2000 {
			n += int(v)
		}
	}
	if strings.HasSuffix(s, "mille deux") || strings.HasSuffix(s, "mille-deux") {
		n = 2002
	}
	return n
}

// plainMonth finds the number of a month as the folded text has it.
func plainMonth(s string) time.Month {
	return time.Month(monthNumber(strings.TrimSuffix(s, ".")))
}

func countOf(s string) int {
	if n := number4(s); n > 0 {
		return n
	}
	return int(unitWords[s])
}

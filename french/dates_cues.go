package french

// cue is what a text must hold for a form of date to stand in it: most sentences hold none,
// and looking for words is far cheaper than trying some fifty patterns.
type cue uint16

const (
	digitCue   cue = 1 << iota
	numberCue      // a digit or a number in words
	monthCue       // the name of a month
	weekdayCue     // the name of a day
	unitCue        // « mois », « ans », « semaine »…
	seasonCue      // « été »
	yearCue        // four digits, or « deux mille »
	nearCue        // « hier », « la veille », « ce jour »
	feastCue       // « Toussaint »
	schoolCue      // « rentrée »
	shortCue       // « lun. »
)

// cueWords are folded words, parted at everything that is no letter.
var cueWords = map[string]cue{
	"hier": nearCue, "aujourd": nearCue, "demain": nearCue, "veille": nearCue, "lendemain": nearCue, "surlendemain": nearCue, "jour": nearCue | unitCue,
	"jours": unitCue, "semaine": unitCue, "semaines": unitCue, "mois": unitCue, "an": unitCue | feastCue, "ans": unitCue, "annee": unitCue, "annees": unitCue,
	"quinzaine": unitCue, "trimestre": unitCue, "trimestres": unitCue, "semestre": unitCue, "rentree": schoolCue,
	"printemps": seasonCue, "ete": seasonCue, "automne": seasonCue, "hiver": seasonCue,
	"noel": feastCue, "toussaint": feastCue, "armistice": feastCue, "fete": feastCue, "morts": feastCue,
	"lun": shortCue, "ven": shortCue, "sam": shortCue, "dim": shortCue, "mille": yearCue | numberCue,
	"un": numberCue, "une": numberCue, "trente": numberCue, "vingt": numberCue, "premier": numberCue, "deux": numberCue, "trois": numberCue, "quatre": numberCue, "cinq": numberCue, "six": numberCue,
	"sept": numberCue | monthCue, "huit": numberCue, "neuf": numberCue, "dix": numberCue, "onze": numberCue, "douze": numberCue, "treize": numberCue, "quatorze": numberCue, "quinze": numberCue, "seize": numberCue,
	"lundi": weekdayCue, "mardi": weekdayCue, "mercredi": weekdayCue, "jeudi": weekdayCue, "vendredi": weekdayCue, "samedi": weekdayCue, "dimanche": weekdayCue,
}

func cuesOf(low string) (found cue) {
	digits := 0
	for i := 0; i < len(low); {
		if c := low[i]; c >= '0' && c <= '9' {
			if digits++; digits == 4 {
				found |= yearCue
			}
			found |= digitCue | numberCue
			i++
			continue
		}
		digits = 0
		start := i
		for i < len(low) && (low[i] >= 'a' && low[i] <= 'z' || low[i] >= 0x80) {
			i++
		}
		if start == i {
			i++
			continue
		}
		found |= cueWords[low[start:i]]
		if monthNumbers[low[start:i]] > 0 {
			found |= monthCue
		}
	}
	return found
}

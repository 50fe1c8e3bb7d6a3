package claims

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sense is what keeps a word from giving its signal.
type sense struct {
	begins *regexp.Regexp // the text from the word on; nil for nothing
	after  *regexp.Regexp // the text before the word; nil for nothing
	words  *regexp.Regexp // the words that after is about; nil for all
}

const wordEnd = `(?:[^\p{L}]|$)`

// wrongSenses are words that begin like those of a signal and mean something else: « votre » is no vote,
// « a reçu 12 000 € » no meeting, « maintenant » maintains nothing. Origin: all forms of the lexicon that
// the signals match, gone through by hand, 2026; sorted by signal.
var wrongSenses = map[string]sense{
	"attendance": {begins: regexp.MustCompile(`^(?:assistan|reçue?s?\s[^.;:]{0,50}?(?:€|euros?|millions?|milliards?|subvention|aides?` + wordEnd +
		`|avance|dotation|crédits?|fonds|financement|prime|indemnité|courrier|lettre|réponse|avis|dossier|candidature|demande|label|prix)|participations? (?:financière|d['’]équilibre|au capital|de la région|du département|de l['’]état)|réunionn)`)},
	"change":       {begins: regexp.MustCompile(`^(?:allég(?:ation|eance|or|resse|u)|divisi|doubl(?:ette|eur|on|ure)|gel hydro|haussmann|perd(?:reau|rix|ur)|progressis|reculott)`)},
	"consultation": {begins: regexp.MustCompile(`^(?:concert(?:o|s|ant|istes?)?` + wordEnd + `|conférences? de presse|consultan|commissionn|instances? de divorce|saisissan)`)},
	"denied":       {begins: regexp.MustCompile(`^prétend(?:re|ent|ons|ez|s)? (?:à|au|aux)` + wordEnd)},
	"existence": {begins: regexp.MustCompile(`^(?:conserv(?:at(?:eur|oire|rice|isme)|erie)|étend(?:ard|oir)|ferme(?:ment|nt[ae]|s |s$|té|tte)|généralis(?:te|sime)|lance-|livre(?:s|t|ts|sque)?` + wordEnd +
		`|maintenan|ouvr(?:abl|ag|eur|ier|ièr|iér|oir)|transféren)`),
		words: regexp.MustCompile(`^(?:conserve|ferme|lance)` + wordEnd), after: regexp.MustCompile(`(?:^|[^\p{L}])(?:cette|en|la|leur|sa|terre|une) $`)},
	"generality": {begins: regexp.MustCompile(`^(?:premi(?:er|ère) (?:adjoint|degré|ministre|secrétaire|semestre|trimestre|vice)|tous? les (?:ans|jours|matins|mois|soirs)|tout (?:à fait|d['’]abord|de (?:même|suite)))`)},
	"opinion": {words: regexp.MustCompile(`^(?:exemplaire|historique|responsable)`),
		after: regexp.MustCompile(`(?:^|[^\p{L}])(?:bâtiment|centre|monument|musée|patrimoine|quartier|site)s? $|(?:cents?|mille|\d) $|(?:^|[^\p{L}])(?:aux?|des|du|l[ea]s?|nos|ses|une?) $`)},
	"practical": {begins: regexp.MustCompile(`^inscri(?:re|ptions?) (?:a|à l['’]ordre|au budget|budg|de crédits|dans|les crédits)`)},
	"promise": {begins: regexp.MustCompile(`^engagements? (?:associati|bénévole|citoyen|de (?:crédit|dépense)|hors bilan|juridique|pluriannuel)`),
		words: regexp.MustCompile(`^engagement`), after: regexp.MustCompile(`autorisations? d['’]$`)},
	"record": {begins: regexp.MustCompile(`^(?:audit(?:eur|i[fv]|ion|oire|ori)|conventionn|document(?:aire|alist)|rapport(?:a|e[nrsz]?|é|ée|és|ées|ait|ant|age)` + wordEnd + `)`),
		words: regexp.MustCompile(`^(?:accord|arrêté|plan|rapport)` + wordEnd), after: regexp.MustCompile(`(?:^|[^\p{L}])(?:d['’]|(?:a|au premier|au second|en|est|été|ont|par|sans|sont|sur le|tout) )$`)},
	"resources": {begins: regexp.MustCompile(`^(?:créditeur|europ|euro(?:député|métropole|next|région|scept|vision)|investi(?:g|ture)|marchés? (?:aux|couvert|de noël|du (?:dimanche|samedi)|hebdo)|postérior|prime(?: abord|saut|ur|vère))`)},
	"scope": {begins: regexp.MustCompile(`^(?:élève(?:r|nt|ment)|gare(?:nne|r)|internation|ligneux|rame(?:au|ne|ut)|repass|train-)`),
		words: regexp.MustCompile(`^(?:élève|ligne|train)`), after: regexp.MustCompile(`(?:^|[^\p{L}])(?:s['’]|en )$`)},
	"vote": {begins: regexp.MustCompile(`^(?:abstinen|adopti[fv]|adoptant|décid(?:ément|eur)|délibérément|rejeton|tranchées|voix (?:basse|haute)|votre` + wordEnd + `)`),
		words: regexp.MustCompile(`^voix`), after: regexp.MustCompile(`(?:de vive|à haute|à mi-) ?$`)},
	"wish": {begins: regexp.MustCompile(`^espéran`), words: regexp.MustCompile(`^mérite`), after: regexp.MustCompile(`(?:^|[^\p{L}])(?:au|du|le|leur|son|un) $`)},
}

// find is where the words of a signal stand in a sentence in lower case: from the start of a word on, in
// the sense that is meant. nil when they do not.
func (s wordSignal) find(lower string) []int {
	for _, m := range s.form.FindAllStringIndex(lower, -1) {
		if midWord(lower, m[0]) || wrongSenses[s.name].fits(lower, m[0]) {
			continue
		}
		// The character that only says where a word ends is no part of it.
		words := strings.TrimRight(lower[m[0]:m[1]], " .,;:»\u00a0\u202f")
		return []int{m[0], m[0] + max(len(words), 1)}
	}
	return nil
}

// fits says that the word at an offset has this sense.
func (s sense) fits(text string, at int) bool {
	if s.begins != nil && s.begins.MatchString(text[at:]) {
		return true
	}
	return s.after != nil && (s.words == nil || s.words.MatchString(text[at:])) && s.after.MatchString(text[:at])
}

// midWord says that a letter stands at an offset and another before it.
func midWord(text string, at int) bool {
	here, _ := utf8.DecodeRuneInString(text[at:])
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	return unicode.IsLetter(here) && unicode.IsLetter(before)
}

package claims

import "regexp"

// Words of votes. Origin: the vote lines of council minutes, staff committees and the press
// that traps/french-records lists, written by hand, November 2026. All patterns are matched
// on plain text (plainOf): lower case, no accents.

// voteAmount is a number of votes, in figures or words.
const voteAmount = `\d{1,4}|(?:aucune?|zero|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|quatre-vingts?|cent)(?:(?:[- ]et[- ]|[- ])(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?))*`

// voteVoters is who votes, after a number.
const voteVoters = `(?:voix|votes?|suffrages?|bulletins?|conseillere?s?|conseillers?|membres?|elue?s?|deleguee?s?|administrateurs?|representante?s?|votants?|d'entre\s+(?:nous|eux))`

var (
	// voteCounted is what a text holds that counts votes: the other patterns are dear.
	voteCounted    = regexp.MustCompile(`\b(?:contre|pour|voix|suffrages?|abst[a-z]+|d[e']favorables?|favorables?|nppv|d'entre (?:nous|eux))\b`)
	voteOpposed    = regexp.MustCompile(`\b(` + voteAmount + `)(?:\s+` + voteVoters + `)?(?:\s+pour)?(?:\s*\([^()]*\))?\s*,?\s+contre\s+(` + voteAmount + `)\b(\s*(?:%|pour\s+cent|euros?|millions?|jours?|ans?|mois|agents?|postes?|en\s+20))?`)
	voteLabelFirst = regexp.MustCompile(`\b(ne\s+pren(?:d|nent)\s+pas\s+part(?:\s+au\s+vote)?|nppv|pour|contre|abstentions?|favorables?|defavorables?)(?:\s+(?:l'avis|le\s+projet|le\s+rapport))?(?:\s*[:=,]\s*|\s+)(` + voteAmount + `)\b(?:\s+voix)?(?:\s*\(([^()]*)\))?`)
	// voteListed follows a number after « pour » without a sign: « pour 11 ; contre 2 ».
	voteListed     = regexp.MustCompile(`^\s*(?:[;.)(]|,\s*(?:contre|abst|favorable|defavorable|nppv)|$)`)
	voteCountFirst = regexp.MustCompile(`\b(` + voteAmount + `)\s+(?:` + voteVoters + `\s+)?(?:(?:l')?(?:ont|a|ayant|avaient|avait)\s+vote\s+|(?:votent|votant)\s+|se\s+sont\s+|s'(?:etant|est)\s+)?(pour|contre|defavorables?|favorables?|abstentions?|abstenue?s?|ne\s+pren(?:d|nent)\s+pas\s+part)\b(?:\s*\(([^()]*)\))?`)
	voteAbstaining = regexp.MustCompile(`\b(` + voteAmount + `)\s+(?:` + voteVoters + `\s+)?s'(?:abstenant|abstiennent|etant\s+abstenue?s?|etaient\s+abstenue?s?)`)
	voteGathered   = regexp.MustCompile(`\b(?:recueill[a-z]+|obtien[a-z]+|obtenu)\s+(` + voteAmount + `)\s+(?:voix|suffrages|votes)(?:\s+pour)?\b|\b(` + voteAmount + `)\s+d'entre\s+nous\s+l'(?:ont|avaient|avons|avions)\s+(?:vote|adopte|approuve)`)

	// voteAll is said of a vote that found nobody on the other side.
	voteAll = regexp.MustCompile(`\ba\s+l'\s*unanimite|\bunanimite\b|\bunanimement\b|\bunanimes?\b|d'une\s+(?:seule|meme)\s+voix|comme\s+un\s+seul\s+homme|\bpar\s+(?:l'ensemble|la\s+totalite)\s+des\s+(?:votants|voix|suffrages|elus|conseillers|membres|presents|groupes|organisations|syndicats|representants)|\bpar\s+tou(?:te)?s\s+les\s+(?:organisations|syndicats|groupes|elus|conseillers|membres|representants)|\btou(?:te)?s\s+les\s+(?:sensibilites|groupes|elus|conseillers|partis|tendances|bancs)(?:\s+[a-z]+){0,2}\s+(?:ont|l'ont)\s+(?:vote|soutenu|approuve|adopte)|pas\s+une\s+(?:seule\s+)?voix\s+(?:de\s+la\s+majorite\s+)?n'a\s+manque`)
	// voteNobodyAgainst leaves room for abstentions.
	voteNobodyAgainst = regexp.MustCompile(`\bsans\s+(?:une|la\s+moindre|aucune)\s*(?:seule\s+)?(?:voix\s+)?(?:contre|contraire|discordante|opposition)\b|\bsans\s+(?:une|aucune)\s+(?:seule\s+)?(?:voix|opposition)\s*(?:contre|contraire|discordante|d'opposition)?|\bsans\s+(?:un|le\s+moindre|aucun)\s+(?:seul\s+)?vote\s+(?:contre|contraire|negatif)|\baucune?\s+(?:seule\s+)?(?:voix|vote|elue?|groupe|conseill[a-z]+|opposition)\s+(?:ne\s+s'(?:est|etait)\s+(?:elevee?|opposee?)|n'(?:a|avait|ont)\s+vote\s+contre|contre\b)|\bpersonne\s+n'(?:a|avait)\s+(?:alors\s+)?vote\s+contre|\bpersonne\s+ne\s+s'(?:y\s+)?(?:est|etait|etaient)\s+opposee?|\bn'(?:a|ont|avait)\s+(?:rencontre|suscite|souleve|recueilli)\s+(?:aucune|pas\s+la\s+moindre)\s+(?:opposition|objection|contestation|voix\s+contre)|\baucune?\s+(?:elue?|conseill[a-z]+|groupe|maire|syndicat|organisation)\s+(?:ne\s+s'y\s+est|n'(?:a|est|avait))\s+[^.;]{0,40}?(?:refus[a-z]+|oppos[a-z]+|dit\s+non|vote\s+contre)|\b(?:personne|nul)\s+n'(?:a|avait)\s+(?:dit\s+non|trouve\s+a\s+redire|leve\s+la\s+main\s+contre)|\b(?:sans\s+qu'|pas\s+|aucune\s+)(?:une?\s+)?(?:seule\s+)?mains?\s+(?:ne\s+)?(?:se\s+(?:soit\s+|est\s+)?lev[a-z]+)\s+contre`)
	// voteMinus after it leaves some out.
	voteMinus     = regexp.MustCompile(`\bunanimite\s*,?\s+moins\b`)
	voteExpressed = regexp.MustCompile(`^\s*(?:(?:des|de\s+ses)\s+)?(?:suffrages\s+|voix\s+|votes\s+)?exprimes?`)
	// voteUnsaid before « unanimité » takes it back.
	voteUnsaid = regexp.MustCompile(`(?:\bpas|\bloin\s+de|\bjamais|\bsans|\bni|\ba\s+defaut\s+de|\bhors|\bfaute\s+de|\bpresque|\bquasi|\bquasiment|\bnon)[\s-]+(?:(?:ete|eu|fait|obtenu|adoptee?|approuvee?|votee?|prise?)\s+)*(?:a\s+|d'|l')?\s*$`)

	voteIsAgainst = regexp.MustCompile(`\b(?:rejet(?:te|tent|e|ee|es|ees|ait)|repouss(?:e|ent|e|ee|es|ees)|retoque(?:e|s|es)?|desavoue(?:e|s|es)?|defavorable(?:s|ment)?|vot(?:e|ent|aient|e)\s+contre|prononce(?:e|s|es)?\s+contre|prononcent\s+contre|oppose(?:e|s|es)?\s+(?:a|au|aux|unanimement)|(?:s'(?:est|etait|y\s+est|y\s+etait)|se\s+sont|s'etaient|s'y\s+sont)\s+(?:[a-z]+\s+)?oppose(?:e|s|es)?|n'(?:a|avait|est|etait|ont)\s+pas\s+(?:ete\s+)?(?:adopte|approuve|vote|valide|retenu|soutenu)(?:e|s|es)?|refuse(?:e|s|es)?\s+(?:de\s+voter|de\s+valider|le\s+(?:projet|rapport)|ce\s+(?:projet|rapport))|(?:a|ont|avait|est|ete)\s+refusee?s?|n'(?:a|ayant|avait)\s+(?:pas\s+)?(?:obtenu|recueilli|reuni)\s+(?:pas\s+)?la\s+majorite)\b|\baucune\s+(?:voix|organisation|union)\s+(?:[a-z]+\s+)?(?:pour|n'a\s+(?:vote\s+pour|approuve))|\bdit\s+non\s+(?:a|au|aux)\b|\bfait\s+bloc\s+contre\b`)
	voteIsFor     = regexp.MustCompile(`\b(?:adopt(?:e|ent|e|ee|es|ees|ait)|approuv(?:e|ent|e|ee|es|ees|ait)|enterin(?:e|ee|es|ees)|valid(?:e|ee|es|ees)|ratifie(?:e|s|es)?|soutenu(?:e|s|es)?|plebiscite(?:e|s|es)?|favorable(?:s|ment)?|en\s+faveur|donn(?:e|ent|ant)\s+(?:son|leur)\s+(?:accord|aval|feu\s+vert)|a\s+dit\s+oui|ont\s+dit\s+oui|accord\s+unanime|fait\s+l'unanimite)\b`)
	voteIsAbstain = regexp.MustCompile(`\b(?:abstenu(?:e|s|es)?|abstien(?:t|nent)|abstenaient|(?:choisi|fait\s+le\s+choix\s+de)\s+l'abstention)\b`)
	// voteIsActed is what an assembly does with what it takes note of: no approval.
	voteIsActed = regexp.MustCompile(`\bprend(?:s|re)?\s+acte\b|\bpris\s+acte\b|\bdonne\s+acte\b|\bdonne\s+acte\b`)
	voteIsGone  = regexp.MustCompile(`\b(?:rapport|point|dossier|deliberation|projet)\s+(?:[a-z]+\s+){0,3}?(?:est\s+|a\s+ete\s+)?(?:retire|ajourne|reporte|renvoye)(?:e|s|es)?\b`)

	// voteTalk is a word without which nobody speaks of a vote.
	voteTalk = regexp.MustCompile(`\b(?:vot(?:e|es|e|ee|es|ees|ent|ait|aient|ons|ions|ants?)|adopt[a-z]+|approuv[a-z]+|rejet[a-z]*|repouss[a-z]+|retoqu[a-z]+|unanim[a-z]+|avis|suffrages?|scrutin|voix|abst[a-z]+|enterin[a-z]+|valid[a-z]+|soutenu[a-z]*|plebiscit[a-z]+|desavou[a-z]+|deliber[a-z]+|prononc[a-z]+|oppos[a-z]+|favorables?|defavorables?|motion|accord|majorite|refus(?:e|ee|es|ees|er)|mains?\s+(?:ne\s+)?se\s+(?:soit\s+|est\s+)?lev[a-z]+|leve\s+la\s+main|dit\s+non|dit\s+oui|feu\s+vert|fait\s+bloc)\b`)
	// voteLarge is a majority that must at least be one.
	voteLarge = regexp.MustCompile(`\b(?:large|tres\s+large|ecrasante|confortable|forte)\s+majorite|\blargement\s+(?:adopt|approuv|vot|soutenu)[a-z]*|\bmassivement\b`)

	// voteUnions is said of the organisations of the staff together.
	voteUnions = regexp.MustCompile(`\b(?:(tou(?:te)?s\s+les|l'ensemble\s+des|chacune\s+des|aucune\s+des)\s+|les\s+(?:(?:\d+|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze)\s+)?|des\s+)(?:organisations(?:\s+syndicales|\s+representatives|\s+representees|\s+du\s+personnel)?|syndicats|centrales|representants?(?:\s+elus)?\s+(?:du\s+personnel|des\s+agents|des\s+salaries|syndicaux)|elus\s+du\s+personnel)\b|\bl'intersyndicale\b|\ble\s+front\s+syndical\b`)
	// voteEach insists that no one is left out.
	voteEach = regexp.MustCompile(`\bsans\s+(?:aucune\s+)?exception|\btou(?:te)?s\s+les\b|\bl'ensemble\s+des|d'une\s+(?:seule|meme)\s+voix|\bunanim|\bles\s+(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|\d+)\s+(?:organisations|syndicats|representants|elus)|\bfait\s+bloc\b|\bd'un\s+seul\s+bloc\b`)
	// voteMajority is the political majority, not a number of votes.
	voteMajority = regexp.MustCompile(`\b(?:(?:voix|membres?|elue?s?|conseillers?|groupes?)\s+de\s+(?:la|notre|ma)\s+majorite|(?:la|notre|ma)\s+majorite\s+(?:tout\s+entiere|unie|regionale|departementale|municipale|a\s|s'est|n'a)|au\s+sein\s+de\s+(?:la|notre)\s+majorite)`)
	voteName     = regexp.MustCompile(`\p{Lu}[\p{Lu}\d-]{1,}(?:[\s-]\p{Lu}{2,})?`)
)

// voteStems are such that voteTalk and voteCounted find nothing in a text that holds none.
var voteStems = []string{
	"abst", "accord", "adopt", "approuv", "avis", "contre", "d'entre eux", "d'entre nous", "deliber", "desavou", "enterin", "favorable", "majorite",
	"dit non", "dit oui", "fait bloc", "feu vert", "main", "motion", "nppv", "oppos", "plebiscit", "pour", "prononc", "refus", "rejet", "repouss", "retoqu", "scrutin", "soutenu", "suffrage", "unanim",
	"valid", "voix", "vot",
}

package french

import "regexp"

// takenBack is what a speaker says between a word that is taken back and the one meant: « 12, pardon, 14
// lycées », « 12 lycées – excusez-moi – 14 ». Matched against the folded text between the two.
var takenBack = regexp.MustCompile(`^(?: [a-z' -]{0,30})?[ ]*[,;.…–—(-]*[ ]*(?:euh,? )?(?:(?:pardon|pardonnez[ -]moi|excusez[ -]moi|je (?:me )?(?:corrige|rectifie|reprends|trompe)|je me suis trompee?|je (?:veux|voulais) dire|correction|(?:ou|non|mais) plutot|plutot|erreur de ma part)[ ]*[,:;.…–—)-]*|(?:non|enfin)[ ]*[,–—]+)[ ]*(?:euh,? )?(?:c'est |c'etait |il y en a |ce sont |non[ ,]+)?(?:pas de |de |d'|en |le |la |les |l'|a |au |du |des )?$`)

// longestTakenBack is how many bytes may stand between what is taken back and what is meant.
const longestTakenBack = 90

// corrects says that what follows a stretch of folded text takes the place of what stands before it.
func corrects(between string) bool {
	return len(between) < longestTakenBack && takenBack.MatchString(between)
}

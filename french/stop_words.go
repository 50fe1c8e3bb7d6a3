package french

import "strings"

// stopWords are the words that carry no subject in council prose, folded. Origin: the
// closed classes of French grammar (articles, pronouns, prepositions, conjunctions, the
// forms of être, avoir and of the modal auxiliaries), written by hand, November 2026.
// They are for search alone: a comparison may never drop « ne … pas ».
var stopWords = wordSet(`
a afin ai aie ainsi alors apres as au aucun aucune aussi autre autres aux avaient avait avant avec avez avions
avoir avons ayant c c' ca car ce ceci cela celle celles celui ces cet cette ceux chaque chez comme
d d' dans de deja depuis des desormais donc dont du elle elles en encore entre es est et etaient etait etant
ete etes etre eu eux fait faire fois fut ici il ils j j' je jusqu jusqu' l l' la laquelle le lequel les lesquelles lesquels leur
leurs lors lorsqu' lorsque lui m m' ma mais me meme memes mes moi mon n n' ne ni non nos notre nous on ont or ou
par parce pas pendant peu peut plus pour pourquoi puis puisqu' puisque qu qu' quand que quel quelle quelles quels qui quoi
s s' sa sans se sera seraient serait seront ses si sien soit son sont sous sur t t' ta te tel telle telles tels tes
toi ton toujours tous tout toute toutes tres tu un une va vers voici voila vont vos votre vous y
`)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

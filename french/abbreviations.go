package french

// Abbreviations of council prose, in lower case and without their full stop. Origin: the
// minutes, acts and union papers met in the field, and the typographic code of the
// Imprimerie nationale; written by hand, November 2026.

// titleAbbreviations always go on: with a name, or with what they introduce.
var titleAbbreviations = wordSet(`
assoc av bd bld bvd c-à-d c.-à-d c.à.d cf conf dr drs éd éds ets éts fbg m me mgr mlle mlles mm mme mmes mr mrs ms p.ex pr ste st sts vf vs
`)

// nameAbbreviations go on with a name or a noun, unless a sentence plainly starts.
var nameAbbreviations = wordSet(`
adj arrond cant bât cdt ch col coll comm coord cté dt dép dir gal gén hte imm lt mad maj mun not pce pdt pl prof préf prés
rés rte s/c sect sén sgt soc sous-dir sous-préf spéc sq sté univ vice-pdt vice-prés zac
`)

// numberAbbreviations go on with a number, a letter or a Roman numeral.
var numberAbbreviations = wordSet(`
al alin ann art arr chap circ cons d doc délib env exp fasc fig fo l loc n nb no nos num
obs op p pp pt pts r réf rub rép s ss suppl t tab tabl tit tél v vol §
`)

// closingAbbreviations may end a sentence, and do when a capital follows.
var closingAbbreviations = wordSet(`
apr avr coop déc etc ex fév févr h ha hab hebdo ht inc in j janv juil kg km lim ltd max min mn nov oct sarl sept sq sqq suiv ttc
`)

// headings introduce a number, and the full stop after the number belongs to them.
var headings = wordSet(`
annexe article axe chapitre deliberation dossier item livre mesure objectif partie point question rapport
resolution section titre voeu
`)

// sentenceStarters are words, folded, that begin a sentence after an abbreviation or an
// initial that might as well go on with a name.
var sentenceStarters = wordSet(`
a alors apres au aucun aucune aujourd aussi aux avant avec avez avons bien bref c car ce ceci cela celle celles celui
certains certaines ces cet cette ceux chacun chacune chaque comme comment concernant contrairement d
dans de depuis des deux donc du elle elles en encore enfin ensuite entre est et face finalement hier ici il ils
j jamais je l la le les leur leurs lors lorsque lui ma madame mais malgre merci mes mesdames messieurs
mon monsieur ne neanmoins ni non nos notre nous on or ou oui par parce pas pendant personne peut plus plusieurs
pour pourquoi pourtant puis puisque qu quand quant que quel quelle quelles quels qui quoi rien s sa sans sauf se
selon ses seul seule seuls si sinon soit son sous suite sur tous tout toute toutefois toutes trois un une vers voici voila vos
votre vous y
`)

// letteredNouns are folded nouns that a letter follows to name one of several: « la
// catégorie A. », « l'annexe B. ».
var letteredNouns = wordSet(`
annexe annexes batiment categorie classe groupe hypothese ligne lot niveau option phase plan scenario tranche variante zone
`)

// timeAndMeasures are abbreviations that a full stop may follow after a number only
// because the sentence ends.
var timeAndMeasures = wordSet(`cm g h ha j kg km l m min mn s t`)

// recitals open the visas and reasons of an act, which semicolons part.
var recitals = wordSet(`apres attendu considerant entendu sur vu`)

package french

// group is a verb with what is built around it: « n'a pas été consulté », « va fermer ».
type group struct {
	first, last int // tokens: from « ne » or a pronoun to the head
	verb        int // the word that carries mood and person
	head        int // the word that carries the sense
	ne          int // -1 when none
	subject     int // subject pronoun, -1 when none
	form        tag // tagFin, tagInf, tagGerund or tagPast
	inverted    bool
	reflexive   bool
	passive     bool
	compound    bool // head is a participle of a compound tense or a passive
	attribute   bool // head is the adjective after être
	tense       Tense
	mood        Mood
	modality    Modality
	matrix      int // the modal, -1 when none
	clause      int
}

// verbGroups finds the groups and ties each token to its own.
func (a *analysis) verbGroups() {
	for i := range a.words {
		if a.words[i].group >= 0 {
			continue
		}
		switch a.tag(i) {
		case tagFin, tagAux:
			a.addGroup(i, tagFin)
		case tagInf, tagGerund:
			a.addGroup(i, a.tag(i))
		case tagPast:
			a.addGroup(i, tagPast)
		}
	}
}

func (a *analysis) addGroup(i int, form tag) {
	g := group{first: i, last: i, verb: i, head: i, ne: -1, subject: -1, form: form, matrix: -1, clause: -1}
	if form != tagPast {
		a.leftOfVerb(&g)
	}
	a.simpleTense(&g)
	if form == tagPast {
		g.passive = !a.takesEtre(i)
	}
	for a.extend(&g) {
	}
	n := int16(len(a.groups))
	for k := g.first; k <= g.last; k++ {
		if a.words[k].group < 0 {
			a.words[k].group = n
		}
	}
	a.groups = append(a.groups, g)
}

// leftOfVerb takes in « ne », the pronouns and, before an infinitive, « ne pas ».
func (a *analysis) leftOfVerb(g *group) {
	for k := g.verb - 1; k >= 0 && a.words[k].group < 0; k-- {
		switch t := a.tag(k); {
		case t == tagNe:
			g.ne = k
		case t == tagClitic && !a.words[k].glued:
			if w := a.text(k); w == "se" || w == "s'" || g.subject < 0 && a.reflexivePair(k) {
				g.reflexive = true
			}
		case t == tagSubj && g.subject < 0 && g.form == tagFin && !a.words[k].glued:
			g.subject = k
		case t == tagPas && (g.form == tagInf || g.form == tagGerund) && a.neBefore(k) >= 0:
		case t == tagDet && a.text(k) == "l'" && a.text(k+1) == "on":
		default:
			return
		}
		g.first = k
	}
}

// reflexivePair tells « nous nous », « vous vous ».
func (a *analysis) reflexivePair(k int) bool {
	w := a.text(k)
	return (w == "nous" || w == "vous") && a.text(k-1) == w
}

// neBefore finds the « ne » of « ne pas », « ne plus jamais » left of k.
func (a *analysis) neBefore(k int) int {
	for k--; k >= 0 && (a.tag(k) == tagPas || a.tag(k) == tagAdv); k-- {
	}
	if a.tag(k) == tagNe {
		return k
	}
	return -1
}

func (a *analysis) simpleTense(g *group) {
	f := a.words[g.verb].features
	switch g.form {
	case tagInf:
		g.mood = InfinitiveMood
		return
	case tagGerund:
		g.mood = ParticipleMood
		return
	case tagPast:
		g.mood, g.tense = ParticipleMood, Past
		return
	}
	g.mood, g.tense = IndicativeMood, PresentTense
	switch {
	case f.Has(IndicativePresent):
		if f.Has(ImperativePresent) && a.imperative(*g) {
			g.mood = ImperativeMood
		}
	case f.Has(IndicativeImperfect), f.Has(PastSimple):
		g.tense = Past
	case f.Has(IndicativeFuture):
		g.tense = FutureTense
	case f.Has(ConditionalPresent):
		g.mood = ConditionalMood
	case f.Has(SubjunctivePresent):
		g.mood = SubjunctiveMood
	case f.Has(SubjunctiveImperfect):
		g.mood, g.tense = SubjunctiveMood, Past
	case f.Has(ImperativePresent):
		g.mood = ImperativeMood
	}
}

// imperative says whether a form that may be one has no subject to its left.
func (a *analysis) imperative(g group) bool {
	f := a.words[g.verb].features
	if g.subject >= 0 || f.Has(ThirdPerson) && !f.Has(SecondPerson) {
		return false
	}
	for k := g.first - 1; k >= 0; k-- {
		switch a.tag(k) {
		case tagMark, tagCoord:
			return true
		case tagAdv, tagPas:
		default:
			return false
		}
	}
	return f.Has(Plural)
}

// extend takes the next verb into the group; false when there is none.
func (a *analysis) extend(g *group) bool {
	lemma := a.lemma(g.head)
	j := a.rightOfVerb(g)
	if j < 0 {
		return false
	}
	switch t := a.tag(j); {
	case t == tagPast && (lemma == "être" || lemma == "avoir") && (g.head == g.verb || a.tag(g.head) == tagPast && lemma == "être" || a.tag(g.head) == tagInf):
		a.addParticiple(g, lemma, j)
		return true
	case t == tagAdj && lemma == "être":
		g.head, g.last, g.attribute = j, j, true
		return false
	case t == tagInf && a.words[j].group < 0:
		m, ok := chained[lemma]
		if !ok || g.passive || lemma == "aller" && a.tag(g.head) == tagPast {
			return false
		}
		a.addInfinitive(g, lemma, m, j)
		return true
	case t == tagPrep && a.text(j) == "de" && lemma == "venir" && g.head == g.verb && a.tag(j+1) == tagInf:
		g.head, g.last, g.tense = j+1, j+1, Past
		return true
	case t == tagPrep && (lemma == "être" || lemma == "avoir") && a.text(j) == "a" && a.tag(j+1) == tagInf:
		g.head, g.last, g.matrix = j+1, j+1, g.verb
		g.modality |= Obligation
		return true
	case t == tagPrep && lemma == "être" && a.text(j) == "en" && (a.text(j+1) == "train" || a.text(j+1) == "passe") && a.tag(j+3) == tagInf:
		g.head, g.last = j+3, j+3
		return true
	}
	return false
}

// chained are the verbs that carry the infinitive after them, with what they make of it.
var chained = map[string]Modality{
	"aller": Future, "devoir": Obligation, "faire": 0, "falloir": Obligation, "laisser": 0, "oser": 0, "paraître": Possible,
	"pouvoir": Possible, "savoir": 0, "sembler": Possible, "vouloir": Wish,
}

func (a *analysis) addInfinitive(g *group, lemma string, m Modality, j int) {
	g.matrix, g.head, g.last = g.head, j, j
	g.modality |= m
	if lemma == "aller" {
		switch g.tense {
		case PresentTense:
			g.tense = FutureTense
		case Past:
			g.mood = ConditionalMood // « allait fermer » tells no fact either
		}
	}
}

func (a *analysis) addParticiple(g *group, lemma string, j int) {
	wasVerb := g.head == g.verb
	verb := a.lemma(j)
	if lemma == "avoir" && wasVerb && g.form == tagFin && g.tense == PresentTense {
		g.tense = Past
	}
	if lemma == "avoir" && g.tense == NoTense {
		g.tense = Past
	}
	g.head, g.last, g.compound = j, j, true
	if lemma != "être" {
		return
	}
	if verb == "être" {
		return
	}
	if g.reflexive || a.takesEtre(j) {
		if g.tense == PresentTense || g.tense == NoTense {
			g.tense = Past
		}
		return
	}
	g.passive = true
}

func (a *analysis) takesEtre(i int) bool {
	if a.words[i].features.Has(AuxiliaryEtre) {
		return true
	}
	switch a.lemma(i) {
	case "aller", "arriver", "décéder", "devenir", "entrer", "intervenir", "mourir", "naître", "partir", "parvenir", "rester", "retourner", "revenir", "survenir", "tomber", "venir":
		return true
	}
	return false
}

// rightOfVerb passes adverbs, « pas », the pronouns of an inversion and what stands
// between commas, and returns the next token; -1 at the end.
func (a *analysis) rightOfVerb(g *group) int {
	aux := a.lemma(g.head)
	compound := aux == "avoir" || aux == "être"
	for j := g.head + 1; j < len(a.words); {
		t := a.tag(j)
		switch {
		case t == tagAdv, t == tagPas:
			j++
		case (t == tagSubj || t == tagClitic || t == tagPron) && a.words[j].glued:
			if t == tagSubj || g.subject < 0 && subjectPronouns[a.text(j)] {
				g.subject, g.inverted = j, true
			}
			g.last = j
			j++
		case compound && floating[a.text(j)] && a.partNear(j+1, 3):
			j++
		case compound && t == tagCoord && a.text(j) == "ni" && (a.tag(j+1) == tagPast || a.tag(j+1) == tagAdj):
			j++
		case compound && a.adverbial(j) > 0 && a.partNear(j+a.adverbial(j), 4):
			j += a.adverbial(j)
		case compound && t == tagMark && a.text(j) == ",":
			end := a.parenthesis(j)
			if end < 0 {
				return -1
			}
			j = end
		default:
			return j
		}
	}
	return -1
}

var subjectPronouns = wordSet("ce elle elles il ils je nous on tu vous")

var floating = wordSet("aucun aucune chacun rien tous tout toutes")

// parenthesis returns the token after « , … , » when a participle stands there.
func (a *analysis) parenthesis(j int) int {
	const reach = 14
	for k := j + 1; k < len(a.words) && k < j+reach; k++ {
		if a.tag(k) == tagFin || a.tag(k) == tagAux {
			return -1
		}
		if a.tag(k) == tagMark && a.text(k) == "," {
			if a.partNear(k+1, 3) {
				return k + 1
			}
			return -1
		}
	}
	return -1
}

// partNear says whether a participle stands at j, or after adverbs there.
func (a *analysis) partNear(j, n int) bool {
	for ; n > 0; n, j = n-1, j+1 {
		switch a.tag(j) {
		case tagPast:
			return true
		case tagAdv, tagPas:
		case tagPron, tagDet:
			if !floating[a.text(j)] {
				return false
			}
		default:
			return false
		}
	}
	return false
}

// adverbial returns the number of words of a set phrase at j that may part an auxiliary
// from its participle; 0 when there is none.
func (a *analysis) adverbial(j int) int {
	if a.tag(j) != tagPrep && a.tag(j) != tagContracted && a.tag(j) != tagAdv {
		return 0
	}
	return a.phrase(j, adverbials)
}

// adverbials are set phrases, folded. Origin: council minutes' style, written by hand,
// November 2026.
var adverbials = phraseSet(`
a ce jour
a ce stade
a cette occasion
a cette date
a deux reprises
a l'epoque
a l'unanimite
a la majorite
a nouveau
a plusieurs reprises
a tort
a son tour
au contraire
au final
au prealable
bien entendu
d'abord
d'ailleurs
d'ores et deja
dans l'ensemble
de fait
de nouveau
depuis longtemps
depuis lors
du coup
du tout
en amont
en aucun cas
en aucune facon
en aucune maniere
en effet
en fait
en outre
en partie
en principe
en realite
en revanche
en rien
en totalite
en vain
par ailleurs
par consequent
par contre
par la suite
par le passe
pour autant
pour l'heure
pour l'instant
pour le moment
pour partie
sans doute
sur le principe
tout a fait
tout de meme
`)

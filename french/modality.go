package french

// modalities gives each clause and token the ways in which it is less than asserted.
func (r *analysis) modalities() {
	own := make([]Modality, len(r.Clauses))
	for c := range r.Clauses {
		own[c] = r.ownModality(c)
	}
	questions := r.questions()
	for c := range r.Clauses {
		own[c] |= questions[c] | r.phraseModality(c)
	}
	r.conditions(own)
	for c := range r.Clauses {
		r.Clauses[c].Modality = own[c] | r.inherited(c, own)
	}
	r.citations()
	for i := range r.Tokens {
		r.Tokens[i].Modality |= r.Clauses[r.Tokens[i].Clause].Modality
	}
	r.localModality()
	r.Modality, r.Tense = r.Clauses[0].Modality, r.Clauses[0].Tense
}

// ownModality is what the verb of the clause itself says.
func (r *analysis) ownModality(c int) Modality {
	g := r.links[c].group
	m := r.links[c].modality
	if g < 0 {
		return m
	}
	v := r.groups[g]
	m |= v.modality
	if v.mood == ImperativeMood {
		return m&^Wish | Order // « veuillez », « sachez »
	}
	if v.tense == FutureTense {
		m |= Future
	}
	switch v.mood {
	case ConditionalMood:
		m |= Conditional
	case SubjunctiveMood:
		if c == 0 || r.Clauses[c].Kind == CoordinateClause && r.links[c].parent <= 0 {
			m |= Wish
		}
	}
	head := r.lemma(v.head)
	if k := r.Clauses[c].Kind; k != ParticipleClause || v.form == tagFin {
		m |= r.willed(c, v, head)
	}
	if v.attribute {
		m |= attributeModality[head]
	}
	return m
}

// willed is the modality of verbs of will; some need their complement to mean it:
// « tient à », « engage une procédure ».
func (r *analysis) willed(c int, v group, head string) Modality {
	m := willing[head]
	if v.mood == ImperativeMood {
		return 0
	}
	switch head {
	case "engager", "appeler", "obliger", "réfléchir", "apprêter", "compter", "attendre", "viser", "convenir":
		if r.words[min(v.last+1, len(r.words)-1)].group < 0 && !r.governs(v) && r.text(v.last+1) != "a" && r.text(v.last+1) != "sur" {
			return 0
		}
		if head == "engager" && !v.reflexive || head == "compter" && !r.governs(v) {
			return 0
		}
	case "imposer", "supposer", "risquer", "garantir", "étudier":
		if !r.governs(v) && head != "étudier" {
			return 0
		}
		if head == "étudier" && v.tense == Past {
			return 0
		}
	}
	if v.tense == Past && m == Obligation {
		return m
	}
	return m
}

// governs says whether an infinitive or a completive depends on the verb.
func (r *analysis) governs(v group) bool {
	for c := range r.links {
		if g := r.links[c].governor; g >= 0 && r.groups[g].head == v.head {
			return true
		}
	}
	return false
}

// attributeModality is what an adjective after être makes of the clause.
var attributeModality = map[string]Modality{
	"envisageable": Possible, "envisagé": Planned, "facultatif": Possible, "hypothétique": Hypothetical, "impératif": Obligation,
	"indispensable": Obligation, "nécessaire": Obligation, "obligatoire": Obligation, "possible": Possible, "probable": Possible,
	"préférable": Wish, "souhaitable": Wish, "susceptible": Possible, "éventuel": Possible, "plausible": Possible,
	"faux": Denied, "inexact": Denied, "mensonger": Denied, "erroné": Denied, "incertain": Possible,
	"convenu": 0, "exclu": 0, "provisoire": 0, "expérimental": Experiment,
}

// governedModality is what a verb makes of the clause that depends on it.
func (r *analysis) governedModality(c int) Modality {
	link := r.links[c]
	if link.question {
		return Question
	}
	if link.governor < 0 {
		if r.Clauses[c].Kind == CompletiveClause && link.opener > 0 {
			return factModality[r.lemma(link.opener-1)]
		}
		return 0
	}
	v := r.groups[link.governor]
	head := r.lemma(v.head)
	negated := r.Tokens[v.head].Negated
	m := Modality(0)
	if willing[head] != 0 && head != "étudier" {
		m |= willing[head]
	}
	m |= v.modality &^ Obligation
	if r.Clauses[c].Kind == CompletiveClause || head == "affirmer" || head == "déclarer" || head == "prétendre" || head == "assurer" {
		if reporting[head] {
			m |= Reported
		}
		if denying[head] && !negated {
			m |= Denied
		}
	}
	m |= attributeModality[head]
	if head == "être" && r.Clauses[c].Kind == InfinitiveClause && v.clause >= 0 {
		// « l'objectif est de réduire »
		if k := r.Clauses[v.clause].SubjectHead; k >= 0 {
			m |= aimNouns[r.lemma(k)]
		}
	}
	return m
}

// aimNouns make a plan of « … est de ».
var aimNouns = map[string]Modality{
	"ambition": Wish, "but": Wish, "enjeu": Wish, "idée": Planned, "intention": Planned, "objectif": Wish, "priorité": Wish, "projet": Planned,
	"proposition": Planned, "souhait": Wish, "vocation": Wish, "volonté": Wish, "vœu": Wish,
}

// factModality is what a noun makes of « que … » after it.
var factModality = map[string]Modality{
	"hypothèse": Hypothetical, "crainte": Hypothetical, "risque": Possible, "espoir": Wish, "souhait": Wish, "vœu": Wish, "idée": Reported,
	"affirmation": Reported, "annonce": Reported, "assurance": Reported, "promesse": Future, "condition": Hypothetical,
}

// inherited is what the clauses above make of the clause.
func (r *analysis) inherited(c int, own []Modality) Modality {
	m := Modality(0)
	for n := 0; c > 0 && n <= len(r.links); n++ {
		link := r.links[c]
		if link.sibling {
			// A coordinate shares what stands above its sibling, and its condition.
			c = link.parent
			if c >= 0 {
				m |= r.links[c].modality
			}
			continue
		}
		m |= r.governedModality(c)
		switch r.Clauses[c].Kind {
		case RelativeClause, CircumstanceClause, ConditionalClause:
			// They tell their own fact, whoever tells it.
			if link.parent >= 0 {
				m |= own[link.parent] & (Reported | Question) &^ Question
			}
			return m
		case ParticipleClause:
			return m
		}
		if link.parent >= 0 {
			m |= own[link.parent] & (Hypothetical | Question | Denied)
			if link.governor >= 0 && r.groups[link.governor].clause == link.parent {
				m |= own[link.parent] & (Conditional | Future | Possible)
				if r.Clauses[c].Kind == CompletiveClause && reporting[r.lemma(r.groups[link.governor].head)] {
					m &^= own[link.parent] & (Future | Possible | Conditional)
				}
			}
		}
		c = link.parent
	}
	return m
}

// conditions gives a clause the « si » that stands in it or before it.
func (r *analysis) conditions(own []Modality) {
	for c := range r.Clauses {
		if r.Clauses[c].Kind != ConditionalClause || r.links[c].parent < 0 {
			continue
		}
		own[c] |= r.links[c].modality
		if r.links[c].word == "si" && r.concessive(c) {
			own[c] &^= Hypothetical
			continue
		}
		if p := r.links[c].parent; r.links[c].modality.Has(Hypothetical) && !r.links[c].expects {
			own[p] |= Hypothetical
		}
	}
}

// concessive tells « si la baisse est réelle, elle reste limitée », « si ce n'est ».
func (r *analysis) concessive(c int) bool {
	i := r.links[c].opener
	if r.text(i+1) == "ce" && r.text(i+2) == "n'" {
		return true
	}
	p := r.links[c].parent
	for _, k := range []int{c, p} {
		if m := r.Clauses[k].Mood; m == ConditionalMood || r.Clauses[k].Tense == FutureTense {
			return false
		}
	}
	return p >= 0 && r.Clauses[p].Head >= 0 && r.text(r.clauseStartAny(p)) == "c'"
}

func (r *analysis) clauseStartAny(c int) int {
	for i := range r.Tokens {
		if r.Tokens[i].Clause == c && r.tag(i) != tagMark {
			return i
		}
	}
	return 0
}

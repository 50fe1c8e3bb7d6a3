package french

// verbDenials reads « refuse de », « renonce à », « exclut », and what their own negation
// makes of them: « n'exclut pas » denies nothing.
func (r *analysis) verbDenials(list []denial, used []bool) []denial {
	for g := range r.groups {
		v := r.groups[g]
		if v.form == tagAdv || v.clause < 0 {
			continue
		}
		marks, ok := denyingVerbs[r.lemma(v.head)]
		if !ok {
			continue
		}
		scope, cue := r.deniedBy(g, marks)
		if cue < 0 {
			continue
		}
		if n := r.denialOf(list, v.clause, v.head); n >= 0 {
			if v.passive && r.lemma(v.head) != "exclure" && !r.governs(v) {
				continue // « n'est pas abandonné » denies that it is given up, no more
			}
			list[n].kind, list[n].scope = DoubleDenial, nil
			list[n].cues = append(list[n].cues, v.head)
			continue
		}
		used[cue] = true
		list = append(list, denial{kind: DeniesByVerb, cues: []int{cue}, scope: scope, clause: -1})
	}
	return list
}

// denialOf finds the denial of the clause that reaches its head.
func (r *analysis) denialOf(list []denial, c, head int) int {
	for n, d := range list {
		if d.kind == DoubleDenial && d.clause == c {
			return n
		}
		if !d.kind.Denies() || d.kind > DeniesAll {
			continue
		}
		for _, i := range d.scope {
			if i == head {
				return n
			}
		}
	}
	return -1
}

// deniedBy lists what the denying verb g denies; the cue is -1 when it denies nothing.
func (r *analysis) deniedBy(g int, marks string) ([]int, int) {
	v := r.groups[g]
	head := r.lemma(v.head)
	if head == "garder" && !v.reflexive || head == "tarder" && r.text(v.last+1) != "a" || v.form == tagPast && v.clause > 0 && !v.passive {
		return nil, -1
	}
	if head == "rester" && r.text(v.last+1) != "a" {
		return nil, -1
	}
	if v.passive && v.form == tagFin && head != "priver" && head != "dispenser" && !(head == "interdire" && r.governs(v)) {
		if head != "exclure" && head != "écarter" {
			return nil, -1
		}
		// « la fusion est exclue »: the subject is what is denied.
		c := r.Clauses[v.clause]
		if c.SubjectHead < 0 {
			return nil, -1
		}
		var scope []int
		for i, t := range r.Tokens {
			if c.Subject.Contains(t.Span) {
				scope = append(scope, i)
			}
		}
		return scope, v.head
	}
	for c := range r.links {
		if r.links[c].governor == g && (r.Clauses[c].Kind == InfinitiveClause || r.Clauses[c].Kind == CompletiveClause) {
			word := r.links[c].word
			if word == "a" && !hasMark(marks, 'a') || (word == "de" || word == "d'") && !hasMark(marks, 'd') || word == "que" && !hasMark(marks, 'o') {
				continue
			}
			return r.clauseScope(c), v.head
		}
	}
	j := v.last + 1
	for r.tag(j) == tagAdv || r.tag(j) == tagPas {
		j++
	}
	switch w := r.text(j); {
	case hasMark(marks, 'a') && (w == "a" || w == "au" || w == "aux"):
		return r.nounScope(j + 1), v.head
	case hasMark(marks, 'o') && (r.tag(j) == tagDet || r.tag(j) == tagContracted || r.tag(j) == tagPron || r.tag(j) == tagNoun):
		return r.nounScope(j), v.head
	case head == "priver" && (w == "de" || w == "d'"), head == "dispenser" && (w == "de" || w == "d'"):
		return r.nounScope(j + 1), v.head
	}
	return nil, -1
}

func hasMark(marks string, m byte) bool {
	for i := 0; i < len(marks); i++ {
		if marks[i] == m {
			return true
		}
	}
	return false
}

// denyingNouns deny the complement that « de » brings, folded lemmas.
var denyingNouns = wordSet("absence defaut faute impossibilite incapacite inexistence interdiction manque non-respect penurie refus renoncement")

// denyingAdjectives deny what « de » brings.
var denyingAdjectives = wordSet("depourvu depourvue depourvues depourvus denue denuee denuees denues exempt exempte exempts exemptes incapable incapables impossible")

// harmless follow « sans » without denying what is told, folded. Origin: set phrases of
// French, written by hand, November 2026.
var harmless = phraseSet(`
sans abri
sans aucun doute
sans cesse
sans conteste
sans doute
sans equivoque
sans exception
sans faute
sans nul doute
sans papiers
sans plus attendre
sans plus tarder
sans precedent
`)

// wordDenials reads the denials that no verb carries: « sans », « absence de », « non ».
func (r *analysis) wordDenials(list []denial, used []bool) []denial {
	for i := range r.words {
		if used[i] {
			continue
		}
		d := denial{kind: DeniesNoun, cues: []int{i}, clause: -1}
		ok := false
		switch w := r.text(i); w {
		case "sans":
			d, ok = r.without(i, d)
		case "non":
			d, ok = r.nonDenial(i, d)
		case "pas", "jamais":
			d, ok = r.barePas(i, d)
		case "aucun", "aucune", "nul", "nulle", "rien", "personne":
			d, ok = r.bareNone(i, d)
		case "lieu", "plutot", "contrairement", "sauf", "hormis", "excepte", "exception":
			d, ok = r.exception(i, d)
		case "loin":
			if r.text(i+1) == "d'" || r.text(i+1) == "de" {
				if r.tag(i+2) == tagInf {
					d.kind = DeniesByVerb
					d.scope, ok = r.scopeRight(r.Tokens[i+2].Clause, i+2, r.groups[r.words[i+2].group]), true
				}
			}
		case "fin", "terme":
			if (r.lemma(i-1) == "mettre" || r.lemma(i-2) == "mettre") && (r.text(i+1) == "a" || r.text(i+1) == "au" || r.text(i+1) == "aux") {
				d.kind, d.scope, ok = DeniesByVerb, r.nounScope(i+2), true
			}
		default:
			if d, ok = r.nounDenial(i, d); ok && denyingAdjectives[w] && r.denialOf(list, r.Tokens[i].Clause, i) >= 0 {
				continue // « n'est pas impossible »
			}
		}
		if ok {
			for _, c := range d.cues {
				used[c] = true
			}
			list = append(list, d)
		}
	}
	return list
}

func (r *analysis) without(i int, d denial) (denial, bool) {
	if r.phrase(i, harmless) > 0 {
		return d, false
	}
	if r.text(i-1) == "non" || r.text(i-1) == "pas" {
		d.kind, d.cues = DoubleDenial, []int{i - 1, i}
		return d, true
	}
	c := r.Tokens[i].Clause
	if link := r.links[c]; link.opener == i && link.group >= 0 {
		d.clause = c
		from := i + 1
		if link.word == "sans que" {
			from = r.groups[link.group].verb
		}
		d.scope = r.scopeRight(c, from, r.groups[link.group])
		return d, true
	}
	d.scope = r.nounScope(i + 1)
	return d, len(d.scope) > 0
}

// underWithout says whether « sans » or « sans que » opens the clause.
func (r *analysis) underWithout(c int) bool {
	o := r.links[c].opener
	return o >= 0 && (r.links[c].word == "sans que" || r.text(o) == "sans")
}

// nonDenial reads « non pas X mais Y », « et non Y », « non-respect », « non seulement ».
func (r *analysis) nonDenial(i int, d denial) (denial, bool) {
	switch next := r.text(i + 1); {
	case next == "seulement" || next == "plus" && r.text(i+2) == "seulement":
		d.kind = NotOnly
		d.cues = append(d.cues, i+1)
		return d, true
	case next == "plus", next == "sans", next == "," || next == ".", next == "":
		return d, false
	case next == "pas" || next == "point":
		d.cues = append(d.cues, i+1)
		d.scope = r.untilMais(i + 2)
	case r.Tokens[min(i+1, len(r.Tokens)-1)].Start == r.Tokens[i].End+1 && r.Text[r.Tokens[i].End] == '-':
		d.scope = r.nounScope(i + 1)
	case r.tag(i+1) == tagPast || r.tag(i+1) == tagAdj:
		d.scope = []int{i + 1}
		if g := r.words[i+1].group; g >= 0 && r.groups[g].head == i+1 {
			d.kind = DeniesClause
		}
	default:
		d.scope = r.untilMais(i + 1)
	}
	return d, len(d.scope) > 0
}

// untilMais lists the tokens from i to « mais », a comma or a conjugated verb.
func (r *analysis) untilMais(i int) []int {
	var list []int
	for ; i < len(r.words); i++ {
		if r.text(i) == "mais" || r.tag(i) == tagMark && r.text(i) != "«" || r.tag(i) == tagFin || r.tag(i) == tagAux {
			break
		}
		list = append(list, i)
	}
	return list
}

// barePas reads « pas de quorum », « mais pas les usagers », « pas un agent ».
func (r *analysis) barePas(i int, d denial) (denial, bool) {
	if r.tag(i) != tagPas {
		return d, false
	}
	switch next := r.text(i + 1); {
	case onlyWords[next]:
		d.kind = NotOnly
		d.cues = append(d.cues, i+1)
		return d, true
	case next == "", next == "," || next == "?", r.text(i-1) == "pourquoi" && next == "":
		return d, false
	case r.text(i) == "jamais" && (r.text(i-1) == "si" || r.text(i-1) == "que" || r.text(i-1) == "a"):
		return d, false
	case next == "un" || next == "une":
		d.kind = DeniesAll
	}
	if r.tag(i+1) == tagFin || r.tag(i+1) == tagAux {
		return d, false
	}
	if r.tag(i+1) == tagPast {
		d.kind, d.scope = DeniesClause, r.untilMais(i+1)
		return d, true
	}
	d.scope = r.nounScope(i + 1)
	return d, len(d.scope) > 0
}

// bareNone reads « aucun recrutement en 2024 » where no « ne » follows.
func (r *analysis) bareNone(i int, d denial) (denial, bool) {
	if !r.denier(i) || r.text(i-1) == "sans" || r.text(i-1) == "que" || r.text(i-1) == "qu'" {
		return d, false
	}
	if r.underWithout(r.Tokens[i].Clause) {
		return d, false // « sans consulter aucun syndicat » denies once
	}
	d.kind = DeniesAll
	if w := r.text(i); (w == "rien" || w == "personne") && r.tag(i) == tagPron {
		c := r.Tokens[i].Clause
		if g := r.links[c].group; g >= 0 && r.groups[g].verb < i {
			if r.text(i-1) == "de" || r.text(i-1) == "pour" {
				return d, false
			}
			d.scope, d.clause = r.scopeRight(c, r.groups[g].verb, r.groups[g]), c
			return d, true
		}
	}
	d.scope = r.nounScope(i)
	if len(d.scope) == 0 {
		d.scope = []int{i}
	}
	// A title has its participle after the noun: « Aucun poste supprimé ».
	if c := r.Tokens[i].Clause; r.Clauses[0].Head >= 0 && r.Tokens[r.Clauses[0].Head].Clause == c && r.links[0].group >= 0 && r.groups[r.links[0].group].form == tagPast {
		d.scope = append(d.scope[:0:0], r.untilMais(i)...)
		d.clause = c
	}
	return d, true
}

// exception reads what stands out: « au lieu de », « plutôt que », « sauf ».
func (r *analysis) exception(i int, d denial) (denial, bool) {
	j := i + 1
	switch r.text(i) {
	case "lieu":
		if r.text(i-1) != "au" || r.text(j) != "de" && r.text(j) != "d'" && r.text(j) != "des" && r.text(j) != "du" {
			return d, false
		}
		j++
		if g := r.words[min(j, len(r.words)-1)].group; g >= 0 && r.tag(j) == tagInf {
			c := r.Tokens[j].Clause
			d.scope = r.scopeRight(c, j, r.groups[g])
			return d, true
		}
	case "plutot":
		if r.text(j) != "que" && r.text(j) != "qu'" {
			return d, false
		}
		j++
		if r.text(j) == "de" || r.text(j) == "d'" {
			j++
		}
		if g := r.words[min(j, len(r.words)-1)].group; g >= 0 && r.tag(j) == tagInf {
			d.scope = r.scopeRight(r.Tokens[j].Clause, j, r.groups[g])
			return d, true
		}
	case "contrairement":
		return d, false
	case "exception":
		if r.text(i-1) != "l'" && r.text(i-1) != "exception" || r.text(i-2) != "a" {
			return d, false
		}
		j++
	case "sauf":
		if r.text(j) == "si" || r.text(j) == "que" || r.text(j) == "qu'" || r.tag(i) != tagPrep {
			return d, false
		}
	}
	d.scope = r.nounScope(j)
	return d, len(d.scope) > 0
}

// nounDenial reads « absence de concertation », « dépourvu de moyens », « il est
// impossible de fermer ».
func (r *analysis) nounDenial(i int, d denial) (denial, bool) {
	lemma := Fold(r.lemma(i))
	adjective := denyingAdjectives[r.text(i)]
	if !adjective && (!denyingNouns[lemma] || r.tag(i) != tagNoun) {
		return d, false
	}
	next := r.text(i + 1)
	if next != "de" && next != "d'" && next != "du" && next != "des" {
		return d, false
	}
	if lemma == "faute" && r.tag(i-1) == tagDet || lemma == "defaut" && r.tag(i-1) == tagDet || lemma == "arret" && r.tag(i-1) == tagDet && r.text(i-1) != "l'" && r.text(i-1) != "un" {
		return d, false
	}
	if g := r.words[min(i+2, len(r.words)-1)].group; g >= 0 && r.tag(i+2) == tagInf {
		d.kind = DeniesByVerb
		d.scope = r.scopeRight(r.Tokens[i+2].Clause, i+2, r.groups[g])
		return d, true
	}
	d.scope = r.nounScope(i + 2)
	return d, len(d.scope) > 0
}

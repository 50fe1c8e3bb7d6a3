package french

// denial is a negation in tokens, before it is published.
type denial struct {
	kind   NegationKind
	cues   []int
	scope  []int // tokens, in order
	clause int   // clause whose predicate it denies, -1 when none
}

// denier says whether the word may complete a « ne ».
func (r *analysis) denier(i int) bool {
	switch r.text(i) {
	case "pas", "point", "plus", "jamais", "guere", "nullement", "aucunement", "mie", "goutte":
		return r.tag(i) == tagPas || r.tag(i) == tagAdv
	case "aucun", "aucune", "nul", "nulle", "rien", "aucuns", "nuls", "nulles":
		return r.tag(i) == tagDet || r.tag(i) == tagPron || r.tag(i) == tagAdj
	case "personne":
		return r.tag(i) == tagPron
	case "ni":
		return true
	}
	return false
}

// negations finds what is denied and what only looks so.
func (r *analysis) negations() {
	used := make([]bool, len(r.words))
	var list []denial
	for c := range r.Clauses {
		g := r.links[c].group
		if g < 0 || c > 0 && r.groups[g].clause != c {
			continue
		}
		if r.groups[g].ne >= 0 {
			list = append(list, r.neDenial(c, r.groups[g], used))
		} else if d, ok := r.bareDenial(c, r.groups[g], used); ok {
			list = append(list, d)
		}
		list = r.sharedDenial(list, c)
	}
	list = r.verbDenials(list, used)
	list = r.wordDenials(list, used)
	r.settle(list)
}

// neDenial reads the « ne » of a verb with what completes it, on either side.
func (r *analysis) neDenial(c int, v group, used []bool) denial {
	d := denial{kind: DeniesClause, cues: []int{v.ne}, clause: c}
	used[v.ne] = true
	first := r.clauseStart(c, v)
	subject, restricted, only, pas := -1, -1, -1, false
	for i := first; i < len(r.words); i++ {
		if i > v.last && (r.Tokens[i].Clause != c && !r.childOf(r.Tokens[i].Clause, c)) {
			break
		}
		if i > v.last && r.words[i].group >= 0 && r.groups[r.words[i].group].form == tagFin {
			break
		}
		w := r.text(i)
		switch {
		case i < v.first && r.denier(i) && (r.Tokens[i].Clause == c) && w != "plus" && w != "point":
			d.cues = append(d.cues, i)
			used[i] = true
			pas = true
			if subject < 0 && w != "jamais" && w != "ni" {
				subject, d.kind = i, DeniesAll
			}
		case i > v.ne && r.denier(i) && !used[i] && !(w == "plus" && pas) && r.tag(i-1) != tagMark:
			if w == "plus" && r.comparative(i) {
				continue
			}
			d.cues = append(d.cues, i)
			used[i] = true
			pas = pas || w != "plus" && w != "jamais"
			if (w == "aucun" || w == "aucune" || w == "personne" || w == "rien" || w == "nul" || w == "nulle") && d.kind == DeniesClause {
				d.kind = DeniesAll
			}
		case i > v.last && (w == "que" || w == "qu'") && otherBefore(r, i, v.last):
			d.kind = Restricts
			d.cues = append(d.cues, i)
			return d
		case i > v.last && (w == "que" || w == "qu'") && r.tagOfQue(i, c) && restricted < 0:
			restricted = i
		case i > v.ne && onlyWords[w] && r.text(i-1) == "pas" && r.Tokens[i].Clause == c:
			only = i
		case w == "sans" && i == v.last+2 && pas:
			d.kind = DoubleDenial
			used[i] = true
			d.cues = append(d.cues, i)
		}
	}
	return r.neKind(d, c, v, subject, restricted, only, pas)
}

// otherBefore reads « pas d'autre choix que », which is « only ».
func otherBefore(r *analysis, i, from int) bool {
	for k := i - 1; k > from && k > i-6; k-- {
		if w := r.text(k); (w == "autre" || w == "autres") && r.tag(k-1) != tagDet {
			return true
		}
	}
	return false
}

var onlyWords = wordSet("seulement uniquement exclusivement simplement que")

func (r *analysis) tagOfQue(i, c int) bool {
	return r.Tokens[i].Clause == c && (r.tag(i) == tagSub || r.tag(i) == tagRel)
}

func (r *analysis) neKind(d denial, c int, v group, subject, restricted, only int, pas bool) denial {
	switch {
	case d.kind == DoubleDenial:
		return d
	case r.lemma(v.head) == "importer" && len(d.cues) == 1 && v.subject < 0:
		d.kind = Expletive // « n'importe quel »
		return d
	case r.expletive(c, v, len(d.cues)):
		d.kind = Expletive
		return d
	case restricted >= 0 && pas && r.text(restricted-1) == "pas", only >= 0:
		d.kind = NotOnly
		if restricted >= 0 {
			d.cues = append(d.cues, restricted)
		}
		if only >= 0 {
			d.cues = append(d.cues, only)
		}
		d.scope = r.scopeRight(c, v.last+1, v)
		return d
	case restricted >= 0 && !pas:
		d.kind = Restricts
		d.cues = append(d.cues, restricted)
		d.scope = r.scopeRight(c, restricted+1, v)
		return d
	case v.reassures(r):
		d.kind = DoubleDenial
		return d
	}
	d.scope = r.scopeRight(c, v.verb, v)
	if subject >= 0 {
		var left []int
		for i := subject; i < v.first; i++ {
			if r.Tokens[i].Clause == c {
				left = append(left, i)
			}
		}
		d.scope = append(left, d.scope...)
	}
	return d
}

// reassures says whether the verb, denied, says that the thing is done.
func (v group) reassures(r *analysis) bool {
	head := r.lemma(v.head)
	if head == "ignorer" {
		return r.text(v.first-1) == "nul" || r.text(v.first-1) == "personne"
	}
	if head == "impossible" || head == "exclu" || head == "exclure" && v.passive || head == "inutile" {
		return true
	}
	next := r.text(v.last + 1)
	for k := v.last + 1; k < len(r.words) && (r.tag(k) == tagPas || r.tag(k) == tagAdv); k++ {
		next = r.text(k + 1)
	}
	return assertingWhenDenied[head] && (next == "de" || next == "d'" || next == "a")
}

// expletive says whether a « ne » that nothing completes denies nothing.
func (r *analysis) expletive(c int, v group, cues int) bool {
	link := r.links[c]
	if link.word == "sans que" {
		return true // « sans que rien ne soit fait » denies once, by « sans »
	}
	if cues > 1 {
		return false
	}
	if link.expects {
		return true
	}
	if g := link.governor; g >= 0 && link.word == "que" {
		switch r.lemma(r.groups[g].head) {
		case "craindre", "redouter", "éviter", "empêcher", "douter", "prendre", "garder":
			return true
		}
	}
	if r.Clauses[c].Kind == RelativeClause && r.lemma(v.head) != "pouvoir" {
		return false
	}
	for k := v.first - 1; k >= 0 && k > v.first-12; k-- {
		if w := r.text(k); (w == "que" || w == "qu'") && r.compares(k) {
			return true
		}
	}
	return false
}

// comparative says whether « plus » starts « plus grand », « plus de dix ».
func (r *analysis) comparative(i int) bool {
	if r.tag(i+1) == tagNumber || (r.text(i+1) == "de" || r.text(i+1) == "d'") && r.tag(i+2) == tagNumber {
		return true
	}
	g := r.lastGroup(i)
	return r.tag(i+1) == tagAdj && (g < 0 || r.groups[g].last != i-1 && r.groups[g].verb != i-1) || r.tag(i-1) == tagDet
}

// bareDenial reads the « pas » of speech: « c'est pas voté », and « jamais » alone.
func (r *analysis) bareDenial(c int, v group, used []bool) (denial, bool) {
	if v.form == tagInf || v.form == tagGerund {
		return denial{}, false
	}
	for i := v.verb - 3; i < len(r.words) && i <= v.last+2; i++ {
		if i < 0 || r.Tokens[i].Clause != c || used[i] || r.tag(i) != tagPas {
			continue
		}
		w := r.text(i)
		alone := w == "jamais" && (i == v.verb-1 && v.form == tagPast || i > v.verb && r.text(i-1) != "plus" && r.text(i-1) != "si")
		if w == "pas" && i < v.verb && v.form != tagPast || w != "pas" && !alone || w == "jamais" && r.text(i-1) == "a" {
			continue
		}
		if i > v.last && r.tag(i-1) == tagMark || r.text(i-1) == "non" {
			continue
		}
		used[i] = true
		d := denial{kind: DeniesClause, cues: []int{i}, clause: c}
		if onlyWords[r.text(i+1)] {
			d.kind = NotOnly
			d.cues = append(d.cues, i+1)
			return d, true
		}
		d.scope = r.scopeRight(c, min(i, v.verb), v)
		return d, true
	}
	return denial{}, false
}

// sharedDenial carries « n'est pas » over « et » and « ni » to the participle after.
func (r *analysis) sharedDenial(list []denial, c int) []denial {
	link := r.links[c]
	if !link.sibling || link.group < 0 || r.groups[link.group].form != tagPast && r.groups[link.group].form != tagInf || link.parent < 0 {
		return list
	}
	if link.word != "et" && link.word != "ni" && link.word != "ou" {
		return list
	}
	for _, d := range list {
		if d.clause == link.parent && d.kind.Denies() {
			v := r.groups[link.group]
			list = append(list, denial{kind: d.kind, cues: d.cues, scope: r.scopeRight(c, v.verb, v), clause: c})
			break
		}
	}
	return list
}

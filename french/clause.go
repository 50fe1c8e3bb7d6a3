package french

// clauseLink is what the rules know of a clause beyond what they publish.
type clauseLink struct {
	parent   int // the clause it stands in, or is coordinated with; -1 for the first
	group    int // index of its verb group, -1 when none
	opener   int // first token: « que », « sans »; -1 when none
	word     string
	governor int // group that calls for it: « affirme » que…; -1 when none
	comma    bool
	modality Modality // brought by the words that open it
	question bool
	expects  bool // the « ne » inside denies nothing: « avant que »
	sibling  bool
}

func (r *analysis) newClause(kind ClauseKind, parent, opener int) int {
	word := ""
	if opener >= 0 {
		word = r.text(opener)
	}
	r.Clauses = append(r.Clauses, Clause{Kind: kind, Head: -1, Verb: -1, SubjectHead: -1, ObjectHead: -1, Parent: parent, Negation: -1})
	r.links = append(r.links, clauseLink{parent: parent, group: -1, opener: opener, word: word, governor: -1})
	return len(r.Clauses) - 1
}

// segment cuts the sentence into clauses from left to right: an opening word starts one,
// a second verb without opening word closes what stands before it.
func (r *analysis) segment() {
	r.verbQue()
	cur := r.newClause(MainClause, -1, -1)
	for i := range r.Tokens {
		if r.tag(i) == tagMark {
			cur = r.atMark(i, cur)
			r.Tokens[i].Clause = cur
			continue
		}
		if n := r.opens(i, cur); n >= 0 {
			cur = n
		}
		if g := r.words[i].group; g >= 0 && r.groups[g].first == i && r.groups[g].clause < 0 {
			cur = r.placeGroup(int(g), i, cur)
		}
		r.Tokens[i].Clause = cur
	}
}

// verbQue takes « est-ce que » out of the verbs.
func (r *analysis) verbQue() {
	for i := range r.words {
		if r.text(i) == "est" && r.text(i+1) == "ce" && (r.text(i+2) == "que" || r.text(i+2) == "qu'" || r.text(i+2) == "qui") {
			g := r.words[i].group
			for k := i; k < i+2; k++ {
				r.words[k].tag, r.words[k].group = tagAdv, -1
			}
			r.words[i+2].tag = tagAdv
			if g >= 0 && r.groups[g].verb == i {
				r.groups[g].form = tagAdv
			}
		}
	}
}

// atMark closes what a comma, a semicolon or a colon closes.
func (r *analysis) atMark(i, cur int) int {
	switch r.text(i) {
	case ";", ":", ".", "!", "?":
		top := 0
		if r.finiteAhead(i + 1) {
			n := r.newClause(CoordinateClause, top, i+1)
			r.links[n].sibling = true
			r.links[n].word = r.text(i)
			return n
		}
		if r.text(i) == ":" {
			return cur
		}
		return top
	case ",", ")", "»", "–", "—":
		c := r.links[cur]
		switch r.Clauses[cur].Kind {
		case RelativeClause, ParticipleClause, InfinitiveClause, CircumstanceClause, ConditionalClause:
			if c.group >= 0 && (c.comma || c.opener == 0) && !r.enumerates(i, cur) {
				return c.parent
			}
		case CompletiveClause:
			if r.text(i) == ")" {
				return c.parent
			}
		}
	}
	return cur
}

// enumerates says whether the comma parts two infinitives or participles of one list.
func (r *analysis) enumerates(i, cur int) bool {
	g := r.words[min(i+1, len(r.words)-1)].group
	if g < 0 {
		return false
	}
	return r.groups[g].form == r.groups[r.links[cur].group].form && r.groups[g].form != tagFin
}

// finiteAhead says whether a conjugated verb comes before the next strong mark.
func (r *analysis) finiteAhead(i int) bool {
	for ; i < len(r.words); i++ {
		switch r.tag(i) {
		case tagFin, tagAux:
			return true
		case tagMark:
			if s := r.text(i); s == ";" || s == "." {
				return false
			}
		}
	}
	return false
}

// placeGroup finds the clause of a verb that no opening word announced.
func (r *analysis) placeGroup(g, i, cur int) int {
	v := &r.groups[g]
	if v.form == tagAdv {
		return cur
	}
	if v.form != tagFin {
		return r.placeNonFinite(g, i, cur)
	}
	for c := cur; c >= 0; c = r.links[c].parent {
		if r.links[c].group < 0 && !r.links[c].sibling || r.links[c].group < 0 && c == cur {
			if c != cur {
				r.giveSubject(c, cur, i)
			}
			return r.take(c, g)
		}
	}
	b, comma := r.boundary(g, i, cur)
	home := r.Tokens[b].Clause
	if b == i {
		home = cur
	}
	for home > 0 && !r.finiteKind(home) {
		home = r.links[home].parent
	}
	if k := r.Clauses[home].Kind; comma && k == RelativeClause && r.links[home].parent >= 0 {
		home = r.links[home].parent
	}
	n := r.newClause(CoordinateClause, home, b)
	r.links[n].sibling = true
	for k := b; k < i; k++ {
		r.Tokens[k].Clause = n
	}
	return r.take(n, g)
}

func (r *analysis) finiteKind(c int) bool {
	k := r.Clauses[c].Kind
	return k != InfinitiveClause && k != ParticipleClause
}

func (r *analysis) take(c, g int) int {
	r.links[c].group, r.groups[g].clause = g, c
	return c
}

// giveSubject moves the noun group before i from a clause that closes without a comma to
// the one that takes the verb: « si le budget est voté la Région ouvrira ».
func (r *analysis) giveSubject(to, from, i int) {
	k := r.Clauses[from].Kind
	if k != ConditionalClause && k != CircumstanceClause && k != CompletiveClause {
		return
	}
	for b := r.nounGroupStart(i); b >= 0 && b < i; b++ {
		r.Tokens[b].Clause = to
	}
}

// nounGroupStart returns where the noun group that ends at i starts; i when none does.
func (r *analysis) nounGroupStart(i int) int {
	for k := i - 1; k >= 0 && r.words[k].group < 0; k-- {
		switch r.tag(k) {
		case tagDet:
			return k
		case tagProper:
			if t := r.tag(k - 1); t != tagProper && t != tagPrep && t != tagContracted && t != tagDet {
				return k
			}
		case tagNoun, tagAdj, tagNumber, tagPrep, tagContracted, tagAdv, tagPron:
		default:
			return i
		}
	}
	return i
}

// boundary finds where the clause of the second verb starts: after the last verb, at a
// conjunction, a comma, or the noun group before it.
func (r *analysis) boundary(g, i, cur int) (int, bool) {
	comma := false
	limit := 0
	for k := i - 1; k >= 0; k-- {
		if r.words[k].group >= 0 && r.groups[r.words[k].group].form == tagFin {
			limit = k + 1
			break
		}
	}
	plural := r.words[r.groups[g].verb].features.Has(Plural) && !r.words[r.groups[g].verb].features.Has(Singular)
	at := -1
	for k := i - 1; k >= limit; k-- {
		switch t := r.tag(k); {
		case t == tagCoord:
			if plural && at < 0 && k > limit && r.words[i-1].features.Has(Singular) && (r.tag(k-1) == tagNoun || r.tag(k-1) == tagProper) {
				continue // « le maire et son adjointe ont »
			}
			return k, r.tag(k-1) == tagMark
		case t == tagMark && at < 0 && k < i-1:
			at, comma = k+1, true
		case t == tagMark && at < 0:
			at, comma = i, true
		case (t == tagRel || t == tagSub) && at < 0:
			at = k + 1
		}
		if at >= 0 {
			break
		}
	}
	if at < 0 {
		at = r.nounGroupStart(i)
		if at < limit {
			at = i
		}
	}
	if at > limit && r.tag(at-1) == tagCoord {
		at--
	}
	return at, comma
}

// placeNonFinite gives an infinitive or a participle its own clause, or that of the one
// it is coordinated with.
func (r *analysis) placeNonFinite(g, i, cur int) int {
	v := &r.groups[g]
	if r.tag(i-1) == tagCoord || r.tag(i-1) == tagPas && r.tag(i-2) == tagCoord || r.tag(i-1) == tagAdv && r.tag(i-2) == tagCoord {
		if n := r.sharesAuxiliary(g, i, cur); n >= 0 {
			return n
		}
	}
	kind := ParticipleClause
	if v.form == tagInf {
		kind = InfinitiveClause
	}
	parent := cur
	if r.tag(i-1) == tagCoord && r.links[cur].group >= 0 && r.groups[r.links[cur].group].form == v.form && r.links[cur].parent >= 0 {
		parent = r.links[cur].parent
	}
	n := r.newClause(kind, parent, i)
	if parent != cur {
		r.links[n].word, r.links[n].governor = r.links[cur].word, r.links[cur].governor
	} else {
		r.links[n].governor = r.links[cur].group
		r.links[n].word = ""
	}
	r.links[n].comma = r.tag(i-1) == tagMark
	return r.take(n, g)
}

// sharesAuxiliary reads « a été supprimé et remplacé », « n'est pas supprimé mais déplacé ».
func (r *analysis) sharesAuxiliary(g, i, cur int) int {
	c := cur
	for c >= 0 && (r.links[c].group < 0 || r.Clauses[c].Kind == ParticipleClause && r.links[c].parent >= 0 && r.groups[r.links[c].group].form == tagPast) {
		c = r.links[c].parent
	}
	if c < 0 {
		return -1
	}
	v, first := &r.groups[g], r.groups[r.links[c].group]
	switch {
	case v.form == tagPast && first.compound && r.Clauses[cur].Kind != ParticipleClause:
	case v.form == tagInf && first.matrix >= 0 && first.form == tagFin && c == cur:
	default:
		return -1
	}
	b := i - 1
	for b > 0 && r.tag(b) != tagCoord {
		b--
	}
	v.tense, v.mood, v.passive, v.modality = first.tense, first.mood, first.passive || v.form == tagPast && first.passive, first.modality
	n := r.newClause(CoordinateClause, c, b)
	r.links[n].sibling = true
	for k := b; k < i; k++ {
		r.Tokens[k].Clause = n
	}
	return r.take(n, g)
}

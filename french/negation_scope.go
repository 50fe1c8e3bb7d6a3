package french

// clauseStart returns the first token of the clause, not past its verb.
func (r *analysis) clauseStart(c int, v group) int {
	for i := 0; i < v.first; i++ {
		if r.Tokens[i].Clause == c {
			return i
		}
	}
	return v.first
}

func (r *analysis) childOf(c, parent int) bool {
	for n := 0; c >= 0 && n <= len(r.links); n++ {
		if c == parent {
			return true
		}
		c = r.links[c].parent
	}
	return false
}

// escapes are the words that lead out of the scope of a negation, folded.
var escapes = wordSet(`car cependant conformement contrairement depuis donc faute grace hormis mais malgre neanmoins or outre pourtant
puisque sauf selon toutefois`)

// scopeRight lists the tokens that the denial of v reaches: the rest of its clause up to
// « mais », a semicolon, or a comma that does not go on with a list; and the infinitives
// that the verb governs.
func (r *analysis) scopeRight(c, from int, v group) []int {
	var list []int
	for i := from; i < len(r.words); i++ {
		at := r.Tokens[i].Clause
		if at != c && !r.reaches(at, c) {
			if at != c && !r.childOf(at, c) {
				break
			}
			continue
		}
		if r.tag(i) == tagMark && i > v.last {
			if r.leaves(i, c) {
				break
			}
			continue
		}
		if i > v.verb && i < v.head && !r.chain(i) {
			continue // « n'a pas, à ce jour, signé »
		}
		if i > v.last && escapes[r.text(i)] {
			break
		}
		list = append(list, i)
	}
	return list
}

// chain says whether the word between an auxiliary and the head belongs to the verb.
func (r *analysis) chain(i int) bool {
	switch r.tag(i) {
	case tagNoun, tagProper, tagPrep, tagContracted, tagAdj, tagNumber:
		return false
	}
	return true
}

// leaves says whether the sign closes the scope.
func (r *analysis) leaves(i, c int) bool {
	switch r.text(i) {
	case "«", "»", "\"", "“", "”", "'", "%", "€":
		return false
	case ",":
		switch r.tag(i + 1) {
		case tagDet, tagNoun, tagContracted, tagAdj, tagProper, tagNumber:
			return !r.listGoesOn(i + 1)
		case tagCoord:
			return r.text(i+1) != "ni" && r.text(i+1) != "et" && r.text(i+1) != "ou"
		}
	}
	return true
}

// listGoesOn says whether « et », « ou » or « ni » follows before the next verb.
func (r *analysis) listGoesOn(i int) bool {
	for ; i < len(r.words); i++ {
		if r.tag(i) == tagCoord {
			return r.text(i) != "mais" && r.text(i) != "car"
		}
		if r.tag(i) == tagFin || r.tag(i) == tagAux {
			return false
		}
	}
	return false
}

// reaches says whether a denial of the clause c reaches the clause at: an infinitive that
// its verb governs, a completive after « penser », « vouloir », not an aim or a time.
func (r *analysis) reaches(at, c int) bool {
	for n := 0; at >= 0 && at != c; n++ {
		if n > len(r.links) {
			return false
		}
		link := r.links[at]
		g := link.governor
		switch r.Clauses[at].Kind {
		case InfinitiveClause:
			if link.opener < 0 || g < 0 || r.groups[g].clause < 0 {
				return false
			}
		case CompletiveClause:
			if g < 0 || !raising[r.lemma(r.groups[g].head)] {
				return false
			}
		default:
			return false
		}
		at = link.parent
	}
	return at == c
}

// nounScope lists the noun group that starts at i, with its complements: what « sans »,
// « absence de » deny.
func (r *analysis) nounScope(i int) []int {
	var list []int
	seen := false
	for ; i < len(r.words); i++ {
		switch t := r.tag(i); {
		case t == tagNoun || t == tagProper || t == tagPron || t == tagNumber:
			seen = true
		case t == tagDet || t == tagAdj || t == tagPast && seen:
			if t == tagDet && seen && r.tag(i-1) != tagPrep && r.tag(i-1) != tagCoord && r.tag(i-1) != tagDet && r.tag(i-1) != tagPron {
				return list
			}
		case t == tagPrep || t == tagContracted:
			if w := r.text(i); seen && w != "de" && w != "d'" && w != "du" && w != "des" && r.text(i-1) != "prealable" && !r.complementOf(i) {
				return list
			}
		case t == tagAdv && !seen, t == tagPas:
		case t == tagCoord && (r.text(i) == "ni" || r.text(i) == "ou" || r.text(i) == "et" && !r.finiteBefore(i+1, 8)):
			if !seen {
				return list
			}
		default:
			return list
		}
		list = append(list, i)
	}
	return list
}

// complementOf keeps « concertation avec les agents », « accord entre les parties ».
func (r *analysis) complementOf(i int) bool {
	switch r.text(i) {
	case "avec", "entre", "aupres", "aux", "au":
		return r.tag(i-1) == tagNoun || r.tag(i-1) == tagAdj
	}
	return false
}

// clauseScope lists the tokens of the clause c and of those that stand in it.
func (r *analysis) clauseScope(c int) []int {
	var list []int
	for i := range r.words {
		at := r.Tokens[i].Clause
		if (at == c || r.reaches(at, c)) && r.tag(i) != tagMark {
			list = append(list, i)
		}
	}
	return list
}

// settle counts the denials of each token and publishes them.
func (r *analysis) settle(list []denial) {
	for _, d := range list {
		n := Negation{Kind: d.kind}
		for _, i := range d.cues {
			n.Cues = append(n.Cues, r.Tokens[i].Span)
		}
		if len(d.scope) > 0 {
			n.Scope = Span{r.Tokens[d.scope[0]].Start, r.Tokens[d.scope[len(d.scope)-1]].End}
		} else if len(d.cues) > 0 {
			n.Scope = r.Tokens[d.cues[len(d.cues)-1]].Span
		}
		at := len(r.Negations)
		r.Negations = append(r.Negations, n)
		if d.clause >= 0 && r.Clauses[d.clause].Negation < 0 {
			r.Clauses[d.clause].Negation = at
		}
		if !d.kind.Denies() {
			continue
		}
		for _, i := range d.scope {
			r.Tokens[i].Negated = !r.Tokens[i].Negated
		}
	}
	for c := range r.Clauses {
		k := &r.Clauses[c]
		if k.Head >= 0 {
			k.Negated = r.Tokens[k.Head].Negated
		} else if k.Negation >= 0 {
			k.Negated = r.Negations[k.Negation].Kind.Denies()
		}
		if k.Negated && k.Negation < 0 {
			k.Negation = r.negationOver(k.Head)
		}
	}
	r.Negated = r.Clauses[0].Negated
}

// negationOver returns the first negation whose scope covers the token.
func (r *analysis) negationOver(i int) int {
	for n, d := range r.Negations {
		if i >= 0 && d.Kind.Denies() && d.Scope.Contains(r.Tokens[i].Span) {
			return n
		}
	}
	return -1
}

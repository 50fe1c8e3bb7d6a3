package french

// nounGroup is a noun with its article, adjectives and complements.
type nounGroup struct {
	first, head, last int
}

// arguments fills head, tense, subject and object of each clause from its verb.
func (r *analysis) arguments() {
	for c := range r.Clauses {
		g := r.links[c].group
		if g < 0 {
			continue
		}
		v := r.groups[g]
		k := &r.Clauses[c]
		k.Head, k.Verb = v.head, v.verb
		k.Tense, k.Mood, k.Passive = v.tense, v.mood, v.passive
		r.subjectOf(c, v)
		r.objectOf(c, v)
	}
	r.verbless()
}

// verbless gives a sentence without conjugated verb its participle: « Adopté à l'unanimité. »
func (r *analysis) verbless() {
	main := &r.Clauses[0]
	if main.Head >= 0 {
		return
	}
	for c := 1; c < len(r.Clauses); c++ {
		k := r.Clauses[c]
		if k.Head < 0 || r.links[c].parent != 0 {
			continue
		}
		if f := r.groups[r.links[c].group].form; f != tagPast && f != tagFin {
			continue
		}
		r.links[0].group = r.links[c].group
		main.Head, main.Verb, main.Tense, main.Mood, main.Passive = k.Head, k.Verb, k.Tense, k.Mood, k.Passive
		main.Subject, main.SubjectHead, main.Agent = k.Subject, k.SubjectHead, k.Agent
		if r.Clauses[c].Kind == ParticipleClause {
			r.dissolve(c)
		}
		return
	}
}

// dissolve gives the words of the clause c to the first one and takes c away.
func (r *analysis) dissolve(c int) {
	moved := func(i int) int {
		switch {
		case i == c:
			return 0
		case i > c:
			return i - 1
		}
		return i
	}
	for i := range r.Tokens {
		r.Tokens[i].Clause = moved(r.Tokens[i].Clause)
	}
	for i := range r.groups {
		r.groups[i].clause = moved(r.groups[i].clause)
	}
	r.Clauses = append(r.Clauses[:c], r.Clauses[c+1:]...)
	r.links = append(r.links[:c], r.links[c+1:]...)
	for i := range r.Clauses {
		r.Clauses[i].Parent, r.links[i].parent = moved(r.Clauses[i].Parent), moved(r.links[i].parent)
	}
}

func (r *analysis) subjectOf(c int, v group) {
	k := &r.Clauses[c]
	if v.subject >= 0 {
		k.Subject, k.SubjectHead = r.Tokens[v.subject].Span, v.subject
		if v.inverted && v.first > 0 {
			if n, ok := r.subjectBefore(c, v.first); ok {
				k.Subject, k.SubjectHead = r.span(n.first, n.last), n.head
			}
		}
		return
	}
	link := r.links[c]
	switch {
	case k.Kind == RelativeClause && (link.word == "qui"), k.Kind == ParticipleClause && !link.comma && link.opener > 0 && v.form == tagPast:
		if n, ok := r.nounBefore(link.opener); ok {
			k.Subject, k.SubjectHead = r.span(n.first, n.last), n.head
			return
		}
	}
	if n, ok := r.subjectBefore(c, v.first); ok {
		k.Subject, k.SubjectHead = r.span(n.first, n.last), n.head
		return
	}
	if p := link.parent; p >= 0 && (link.sibling || k.Kind == InfinitiveClause || k.Kind == ParticipleClause) {
		k.Subject, k.SubjectHead = r.Clauses[p].Subject, r.Clauses[p].SubjectHead
		return
	}
	if k.Kind == RelativeClause || v.inverted || k.Passive || v.form == tagFin && c > 0 {
		if n, ok := r.nounAfter(c, v.last+1); ok {
			k.Subject, k.SubjectHead = r.span(n.first, n.last), n.head
		}
	}
}

// subjectBefore finds the last noun group of the clause before the verb that no
// preposition governs; « le maire et son adjointe » is one.
func (r *analysis) subjectBefore(c, end int) (nounGroup, bool) {
	best, found := nounGroup{}, false
	governed := false
	for i := 0; i < end; i++ {
		if r.Tokens[i].Clause != c {
			continue
		}
		switch r.tag(i) {
		case tagPrep, tagContracted:
			governed = true
			if found && r.text(i) != "de" && r.text(i) != "d'" && r.text(i) != "du" && r.text(i) != "des" {
				continue
			}
		case tagMark:
			governed = false
		case tagCoord:
			if !found || i != best.last+1 {
				governed = governed && !found
			}
		case tagNoun, tagProper, tagPron:
			n := r.groupAround(i)
			if r.tag(i) == tagProper && i > 0 && r.tag(i-1) == tagProper || r.tag(i) == tagProper && r.tag(i-1) == tagNoun && found && best.last == i-1 {
				if found {
					best.last = i
				}
				continue
			}
			if governed {
				governed = false
				if found && n.first <= best.last+3 {
					best.last = n.last
				}
				continue
			}
			if found && n.first > best.last+1 && r.tag(n.first-1) == tagCoord && n.first-2 <= best.last {
				best.last = n.last
				continue
			}
			if r.isDateNoun(i) && found {
				continue
			}
			best, found = n, true
		}
	}
	return best, found
}

func (r *analysis) isDateNoun(i int) bool { return r.tag(i-1) == tagNumber && monthNames[r.text(i)] }

var monthNames = wordSet("aout avril decembre fevrier janvier juillet juin mai mars novembre octobre septembre")

// groupAround returns the noun at i with what stands before and right after it.
func (r *analysis) groupAround(i int) nounGroup {
	n := nounGroup{first: i, head: i, last: i}
	for k := i - 1; k >= 0 && r.words[k].group < 0; k-- {
		t := r.tag(k)
		if t != tagDet && t != tagAdj && t != tagNumber && !(t == tagAdv && r.tag(k+1) == tagAdj) && !(t == tagPron && r.tag(k+1) == tagDet) {
			break
		}
		n.first = k
	}
	for k := i + 1; r.tag(k) == tagAdj && r.words[k].group < 0 || r.tag(k) == tagProper && r.tag(k-1) != tagMark; k++ {
		n.last = k
	}
	return n
}

// nounBefore returns the noun group that a relative clause or a participle qualifies.
func (r *analysis) nounBefore(i int) (nounGroup, bool) {
	for k := i - 1; k >= 0 && k > i-12; k-- {
		switch t := r.tag(k); {
		case t == tagNoun || t == tagProper || t == tagPron:
			n := r.groupAround(k)
			n.last = i - 1
			for n.last > k && r.tag(n.last) == tagMark {
				n.last--
			}
			// « les agents de la Région qui » : the plural of the verb would tell; the
			// nearest noun is taken otherwise.
			return n, true
		case r.words[k].group >= 0:
			return nounGroup{}, false
		}
	}
	return nounGroup{}, false
}

// nounAfter returns the first noun group of the clause from i on that stands without
// preposition, with its complements.
func (r *analysis) nounAfter(c, i int) (nounGroup, bool) {
	for ; i < len(r.words); i++ {
		if r.Tokens[i].Clause != c || r.words[i].group >= 0 {
			return nounGroup{}, false
		}
		switch t := r.tag(i); t {
		case tagAdv, tagPas, tagDet, tagAdj, tagNumber:
			continue
		case tagNoun, tagProper, tagPron:
			n := r.groupAround(i)
			n.last = r.complementEnd(n.last, c)
			return n, true
		case tagPrep:
			// « pas de quorum », « beaucoup d'agents »
			if w := r.text(i); (w == "de" || w == "d'") && (r.tag(i-1) == tagPas || r.tag(i-1) == tagAdv) {
				continue
			}
		case tagContracted:
			if w := r.text(i); (w == "des" || w == "du") && i > 0 && r.words[i-1].group >= 0 {
				continue
			}
		}
		return nounGroup{}, false
	}
	return nounGroup{}, false
}

// complementEnd passes the complements « de … » after the token last.
func (r *analysis) complementEnd(last, c int) int {
	for k := last + 1; k < len(r.words); k++ {
		if r.Tokens[k].Clause != c || r.words[k].group >= 0 {
			return last
		}
		switch r.tag(k) {
		case tagPrep, tagContracted:
			if w := r.text(k); w != "de" && w != "d'" && w != "du" && w != "des" {
				return last
			}
		case tagDet, tagNumber:
		case tagNoun, tagProper, tagAdj:
			last = k
		default:
			return last
		}
	}
	return last
}

func (r *analysis) objectOf(c int, v group) {
	k := &r.Clauses[c]
	if v.passive || r.lemma(v.head) == "être" {
		r.agentOf(c, v)
		return
	}
	if k.Kind == RelativeClause && r.links[c].word == "que" {
		if n, ok := r.nounBefore(r.links[c].opener); ok {
			k.Object, k.ObjectHead = r.span(n.first, n.last), n.head
			return
		}
	}
	if n, ok := r.nounAfter(c, v.last+1); ok && n.head != k.SubjectHead {
		k.Object, k.ObjectHead = r.span(n.first, n.last), n.head
	}
}

// agentOf finds « par le conseil » after a passive.
func (r *analysis) agentOf(c int, v group) {
	for i := v.last + 1; i < len(r.words) && r.words[i].group < 0; i++ {
		if r.text(i) != "par" || r.Tokens[i].Clause != c {
			continue
		}
		for j := i + 1; j < len(r.words) && j < i+5; j++ {
			if t := r.tag(j); t == tagNoun || t == tagProper || t == tagPron {
				n := r.groupAround(j)
				r.Clauses[c].Agent = r.span(max(n.first, i+1), r.complementEnd(n.last, c))
				return
			}
		}
	}
}

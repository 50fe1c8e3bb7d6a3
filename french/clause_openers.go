package french

// opens starts a clause at token i when a word there does; -1 when none does.
func (r *analysis) opens(i, cur int) int {
	switch r.tag(i) {
	case tagSub, tagRel:
		return r.openFinite(i, cur)
	case tagPrep, tagContracted, tagAdv, tagNoun, tagCoord:
		return r.openInfinitive(i, cur)
	}
	return -1
}

// opening is what a conjunction makes of the clause it opens.
type opening struct {
	kind     ClauseKind
	modality Modality
	expects  bool
}

// conjunctionPhrases are the conjunctions that end in « que » or « où », folded, « qu' »
// written que. Origin: grammars of French, written by hand, November 2026.
var conjunctionPhrases = map[string]opening{
	"a ce que":               {kind: CompletiveClause},
	"a condition que":        {kind: ConditionalClause, modality: Hypothetical},
	"a la condition que":     {kind: ConditionalClause, modality: Hypothetical},
	"a mesure que":           {kind: CircumstanceClause},
	"a moins que":            {kind: ConditionalClause, modality: Hypothetical, expects: true},
	"a supposer que":         {kind: ConditionalClause, modality: Hypothetical},
	"afin que":               {kind: CircumstanceClause, modality: Wish},
	"ainsi que":              {kind: CircumstanceClause},
	"alors que":              {kind: CircumstanceClause},
	"apres que":              {kind: CircumstanceClause},
	"attendu que":            {kind: CircumstanceClause},
	"au cas ou":              {kind: ConditionalClause, modality: Hypothetical},
	"avant que":              {kind: CircumstanceClause, expects: true},
	"bien que":               {kind: CircumstanceClause},
	"comme si":               {kind: CircumstanceClause, modality: Denied},
	"considerant que":        {kind: CompletiveClause},
	"contrairement a ce que": {kind: CircumstanceClause, modality: Denied},
	"dans l' hypothese ou":   {kind: ConditionalClause, modality: Hypothetical},
	"dans la mesure ou":      {kind: CircumstanceClause},
	"dans le cas ou":         {kind: ConditionalClause, modality: Hypothetical},
	"de crainte que":         {kind: CircumstanceClause, modality: Hypothetical, expects: true},
	"de facon a ce que":      {kind: CircumstanceClause, modality: Wish},
	"de maniere que":         {kind: CircumstanceClause},
	"de peur que":            {kind: CircumstanceClause, modality: Hypothetical, expects: true},
	"de sorte que":           {kind: CircumstanceClause},
	"depuis que":             {kind: CircumstanceClause},
	"des lors que":           {kind: CircumstanceClause},
	"des que":                {kind: CircumstanceClause},
	"en attendant que":       {kind: CircumstanceClause, modality: Future},
	"encore que":             {kind: CircumstanceClause},
	"etant donne que":        {kind: CircumstanceClause},
	"jusqu' a ce que":        {kind: CircumstanceClause, modality: Future},
	"lors meme que":          {kind: CircumstanceClause},
	"meme si":                {kind: CircumstanceClause},
	"parce que":              {kind: CircumstanceClause},
	"pendant que":            {kind: CircumstanceClause},
	"pour que":               {kind: CircumstanceClause, modality: Wish},
	"pourvu que":             {kind: ConditionalClause, modality: Hypothetical},
	"sans que":               {kind: CircumstanceClause, expects: true},
	"sauf si":                {kind: ConditionalClause, modality: Hypothetical},
	"sauf que":               {kind: CircumstanceClause},
	"sous reserve que":       {kind: ConditionalClause, modality: Hypothetical | Planned},
	"tandis que":             {kind: CircumstanceClause},
	"tant que":               {kind: ConditionalClause, modality: Hypothetical},
	"une fois que":           {kind: CircumstanceClause},
	"vu que":                 {kind: CircumstanceClause},
}

// lookBack finds the longest of conjunctionPhrases that ends at i, and where it starts.
func (r *analysis) lookBack(i int) (opening, int, bool) {
	phrase, found, start := que(r.text(i)), opening{}, -1
	for k := i - 1; k >= 0 && k > i-5; k-- {
		phrase = r.text(k) + " " + phrase
		if o, ok := conjunctionPhrases[phrase]; ok {
			found, start = o, k
		}
	}
	return found, start, start >= 0
}

func que(w string) string {
	if w == "qu'" {
		return "que"
	}
	return w
}

// openFinite opens the clause of a conjunction or a relative pronoun.
func (r *analysis) openFinite(i, cur int) int {
	if o, start, ok := r.lookBack(i); ok {
		return r.openPhrase(o, start, i, cur)
	}
	word := que(r.text(i))
	switch word {
	case "que":
		return r.openQue(i, cur)
	case "si", "s'":
		return r.openSi(i, cur)
	case "comme":
		if !r.finiteBefore(i+1, 8) {
			return -1
		}
		return r.openAt(CircumstanceClause, i, i, cur)
	}
	if r.tag(i) == tagSub {
		return r.openAt(CircumstanceClause, i, i, cur)
	}
	if i == 0 || r.tag(i-1) == tagSub || word == "ou" && r.tag(i-1) == tagCoord {
		return -1 // « Qui a voté ? »
	}
	start := i
	if t := r.tag(i - 1); t == tagPrep || t == tagContracted {
		start--
	}
	kind := RelativeClause
	if g := r.lastGroup(i); g >= 0 && r.groups[g].last == start-1 && asking[r.lemma(r.groups[g].head)] {
		kind = CompletiveClause
	}
	n := r.openAt(kind, start, i, cur)
	r.links[n].question = kind == CompletiveClause
	return n
}

func (r *analysis) openPhrase(o opening, start, i, cur int) int {
	n := r.openAt(o.kind, start, i, cur)
	r.links[n].word = que(r.text(i))
	r.links[n].modality, r.links[n].expects = o.modality, o.expects
	if o.kind == CompletiveClause {
		r.links[n].governor = r.governing(start)
	} else if r.links[n].governor = -1; r.text(start) == "sans" {
		r.links[n].word = "sans que"
	}
	return n
}

// openAt opens a clause whose words start at start; « et que » closes the last of its kind.
func (r *analysis) openAt(kind ClauseKind, start, i, cur int) int {
	parent := cur
	if start > 0 && r.tag(start-1) == tagCoord && r.text(start-1) != "mais" {
		for c := cur; c >= 0; c = r.links[c].parent {
			if r.Clauses[c].Kind == kind && r.links[c].parent >= 0 {
				parent = r.links[c].parent
				break
			}
		}
	}
	n := r.newClause(kind, parent, start)
	r.links[n].word = que(r.text(i))
	r.links[n].comma = r.tag(start-1) == tagMark
	for k := start; k < i; k++ {
		r.Tokens[k].Clause = n
	}
	if parent != cur && kind == CompletiveClause {
		for k := len(r.Clauses) - 2; k >= 0; k-- {
			if r.Clauses[k].Kind == kind && r.links[k].parent == parent {
				r.links[n].governor, r.links[n].question = r.links[k].governor, r.links[k].question
				break
			}
		}
	}
	return n
}

// openQue tells apart the completive, the relative, the comparison and « ne … que ».
func (r *analysis) openQue(i, cur int) int {
	if r.restricts(i, cur) || r.compares(i) {
		return -1
	}
	prev := i - 1
	for prev >= 0 && (r.tag(prev) == tagAdv || r.tag(prev) == tagPas || r.tag(prev) == tagMark) {
		prev--
	}
	g := r.governing(i)
	kind := RelativeClause
	switch t := r.tag(prev); {
	case prev < 0:
		kind = CompletiveClause
	case r.words[prev].group >= 0 || t == tagAdj || t == tagSubj && r.words[prev].glued:
		kind = CompletiveClause
	case t == tagCoord:
		kind = CompletiveClause
		for c := cur; c > 0; c = r.links[c].parent {
			if k := r.Clauses[c].Kind; k == RelativeClause || k == CompletiveClause {
				kind = k
				break
			}
		}
	case t == tagNoun && factNouns[r.lemma(prev)] && r.tag(i-1) != tagMark:
		kind = CompletiveClause
	case g >= 0 && informs(r.lemma(r.groups[g].head)) && (t == tagNoun || t == tagProper || t == tagPron) && r.addressed(g, prev):
		kind = CompletiveClause
	case !r.finiteBefore(i+1, 40):
		return -1
	}
	n := r.openAt(kind, i, i, cur)
	if r.links[n].governor < 0 && kind == CompletiveClause {
		r.links[n].governor = g
	}
	return n
}

// addressed says whether the noun before « que » is the one told: « informe les élus que ».
func (r *analysis) addressed(g, prev int) bool {
	if tellsSomebody[r.lemma(r.groups[g].head)] {
		return true
	}
	for k := r.groups[g].last + 1; k <= prev; k++ {
		if w := r.text(k); w == "a" || w == "au" || w == "aux" || w == "en" || w == "dans" || w == "lors" {
			return true
		}
		if r.tag(k) == tagDet || r.tag(k) == tagNoun {
			return false
		}
	}
	return false
}

// restricts says whether « que » at i belongs to a « ne » that has no « pas ».
func (r *analysis) restricts(i, cur int) bool {
	g := r.lastGroup(i)
	if g < 0 || r.groups[g].ne < 0 && (r.groups[g].matrix < 0) {
		return false
	}
	v := r.groups[g]
	if v.ne < 0 {
		return false
	}
	for k := v.first; k < i; k++ {
		if r.denier(k) && r.text(k) != "plus" && r.text(k) != "jamais" {
			return r.text(k) == "pas" && k == i-1 && !completives[r.lemma(v.head)]
		}
		if k > v.last && (r.tag(k) == tagMark || r.tag(k) == tagSub) {
			return false
		}
	}
	if completives[r.lemma(v.head)] && r.finiteBefore(i+1, 6) && r.text(i-1) != "plus" {
		return r.text(i+1) == "ce"
	}
	return true
}

// compares says whether « que » closes « plus … que », « le même … que ».
func (r *analysis) compares(i int) bool {
	for k := i - 1; k >= 0 && k > i-9; k-- {
		switch r.text(k) {
		case "plus", "moins", "aussi", "autant", "davantage", "meme", "memes", "mieux", "autre", "autres", "tel", "telle", "tels", "telles", "plutot",
			"meilleur", "meilleure", "meilleurs", "superieur", "inferieur", "ainsi":
			if r.neGroupAt(k) && r.text(k) == "plus" {
				return false
			}
			return !r.completiveBetween(k, i)
		}
		if t := r.tag(k); t == tagMark || t == tagFin || t == tagSub {
			return false
		}
	}
	return false
}

func (r *analysis) completiveBetween(k, i int) bool {
	for ; k < i; k++ {
		if g := r.words[k].group; g >= 0 && r.groups[g].head == k && completives[r.lemma(k)] {
			return true
		}
	}
	return false
}

// neGroupAt says whether the word stands right after a verb that has « ne ».
func (r *analysis) neGroupAt(k int) bool {
	g := r.lastGroup(k)
	return g >= 0 && r.groups[g].ne >= 0 && k <= r.groups[g].last+2
}

// openSi tells the condition from the indirect question.
func (r *analysis) openSi(i, cur int) int {
	if r.tag(i) != tagSub {
		return -1
	}
	if w := r.text(i + 1); r.text(i) == "s'" && w != "il" && w != "ils" {
		return -1
	}
	n := r.openAt(ConditionalClause, i, i, cur)
	if g := r.governing(i); g >= 0 && asking[r.lemma(r.groups[g].head)] && r.groups[g].last >= i-4 {
		r.Clauses[n].Kind = CompletiveClause
		r.links[n].governor, r.links[n].question = g, true
		return n
	}
	r.links[n].modality = Hypothetical
	return n
}

// openInfinitive opens « sans consulter », « afin de ne pas fermer », « en fermant ».
func (r *analysis) openInfinitive(i, cur int) int {
	j := i + 1
	w := r.text(i)
	switch {
	case w == "afin" || w == "avant" || w == "faute" || w == "quitte" || w == "loin" || w == "lieu":
		if r.text(j) != "de" && r.text(j) != "d'" && r.text(j) != "a" {
			return -1
		}
		j++
	case r.tag(i) != tagPrep:
		return -1
	}
	for r.tag(j) == tagAdv {
		j++
	}
	if j >= len(r.words) || r.words[j].group < 0 {
		return -1
	}
	g := int(r.words[j].group)
	v := &r.groups[g]
	if v.first != j || v.clause >= 0 || v.form != tagInf && (v.form != tagGerund || w != "en") {
		return -1
	}
	kind := InfinitiveClause
	if v.form == tagGerund {
		kind = ParticipleClause
	}
	gov := r.governing(i)
	n := r.openAt(kind, i, i, cur)
	if o := &r.links[n]; w == "de" || w == "d'" || w == "a" {
		o.governor = gov
		if r.tag(i-1) == tagCoord {
			r.sameGovernor(n)
		}
	} else {
		o.governor = -1
	}
	return r.take(n, g)
}

// sameGovernor gives « … et de fermer » the governor of the infinitive before it.
func (r *analysis) sameGovernor(n int) {
	for k := n - 1; k >= 0; k-- {
		if r.Clauses[k].Kind == InfinitiveClause && r.links[k].parent == r.links[n].parent && r.links[k].governor >= 0 {
			r.links[n].governor = r.links[k].governor
			return
		}
	}
}

// lastGroup returns the last verb group that ends before i, -1 when none does.
func (r *analysis) lastGroup(i int) int {
	for k := i - 1; k >= 0; k-- {
		if g := r.words[k].group; g >= 0 && r.groups[g].form != tagAdv {
			return int(g)
		}
	}
	return -1
}

// governing returns the verb group that calls for what starts at i: the last one, but a
// participle that only qualifies a noun does not count.
func (r *analysis) governing(i int) int {
	for k := i - 1; k >= 0; k-- {
		g := r.words[k].group
		if g < 0 {
			continue
		}
		if r.groups[g].form != tagPast && r.groups[g].form != tagAdv || r.groups[g].last == i-1 {
			return int(g)
		}
	}
	return -1
}

// finiteBefore says whether a conjugated verb stands among the n words from i, before a
// strong mark.
func (r *analysis) finiteBefore(i, n int) bool {
	for ; n > 0 && i < len(r.words); i, n = i+1, n-1 {
		switch r.tag(i) {
		case tagFin, tagAux:
			return true
		case tagMark:
			if s := r.text(i); s != "," && s != "«" && s != "»" && s != "\"" && s != "(" && s != ")" {
				return false
			}
		}
	}
	return false
}

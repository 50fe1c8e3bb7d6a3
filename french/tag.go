package french

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// reading is one thing a word may be.
type reading struct {
	tag      tag
	cost     int16
	lemma    string
	features Features
}

// entryReadings turns an entry of the lexicon into readings: a form such as « fait » is
// both a conjugated verb and a participle in one entry.
func entryReadings(e Entry) []reading {
	switch e.POS {
	case Verb:
		return verbReadings(e)
	case Noun:
		return []reading{{tag: tagNoun, lemma: e.Lemma, features: e.Features}}
	case ProperNoun:
		return []reading{{tag: tagProper, cost: 1, lemma: e.Lemma, features: e.Features}}
	case Adjective:
		return []reading{{tag: tagAdj, lemma: e.Lemma, features: e.Features}}
	case Adverb:
		return []reading{{tag: tagAdv, lemma: e.Lemma, features: e.Features}}
	case Determiner:
		return []reading{{tag: tagDet, lemma: e.Lemma, features: e.Features}}
	case Pronoun:
		return []reading{{tag: tagPron, lemma: e.Lemma, features: e.Features}}
	case Preposition:
		return []reading{{tag: tagPrep, lemma: e.Lemma, features: e.Features}}
	case Conjunction:
		t := tagCoord
		if e.Features.Has(Subordinates) {
			t = tagSub
		}
		return []reading{{tag: t, lemma: e.Lemma, features: e.Features}}
	case Numeral:
		return []reading{{tag: tagNumber, lemma: e.Lemma, features: e.Features}}
	case Interjection:
		return []reading{{tag: tagIntj, cost: 2, lemma: e.Lemma}}
	case Negator:
		return []reading{{tag: tagPas, lemma: e.Lemma}}
	}
	return []reading{{tag: tagNoun, cost: 2, lemma: e.Lemma, features: e.Features}}
}

func verbReadings(e Entry) []reading {
	var list []reading
	if f := e.Features; f.Has(FiniteForms) {
		r := reading{tag: tagFin, lemma: e.Lemma, features: f &^ (PastParticiple | Infinitive | PresentParticiple | Masculine | Feminine)}
		if e.Lemma == "être" || e.Lemma == "avoir" {
			r.tag = tagAux
		}
		r.cost = rareForm(f)
		list = append(list, r)
	}
	if e.Features.Has(PastParticiple) {
		f := e.Features &^ FiniteForms
		if !f.Has(Singular) {
			f |= Masculine
		}
		list = append(list, reading{tag: tagPast, lemma: e.Lemma, features: f})
	}
	if e.Features.Has(Infinitive) {
		list = append(list, reading{tag: tagInf, lemma: e.Lemma, features: e.Features})
	}
	if e.Features.Has(PresentParticiple) {
		list = append(list, reading{tag: tagGerund, lemma: e.Lemma, features: e.Features})
	}
	return list
}

// rareForm is the cost of forms that council prose hardly uses: « tu », the imperfect of
// the subjunctive, an imperative alone.
func rareForm(f Features) int16 {
	switch {
	case f.Has(ThirdPerson) && f.Has(IndicativePresent|IndicativeImperfect|IndicativeFuture|ConditionalPresent):
		return 0
	case f.Has(ThirdPerson) && f.Has(SubjunctivePresent|PastSimple):
		return 1
	case f.Has(FirstPerson) && f.Has(Plural), f.Has(SecondPerson) && f.Has(Plural):
		return 1
	}
	return 3
}

// node is a reading on its best path from the start of the sentence.
type node struct {
	reading
	total int32
	back  int16
	left  tag // the tag that counts on the left: adverbs let it through
	agree Features
	verb  bool // a conjugated verb since the last conjunction
}

// tagger chooses readings so that the whole sentence costs least.
type tagger struct {
	g   *grammar
	lex *Lexicon
}

// readings lists what the word may be, never nothing.
func (t tagger) readings(word string, first, shout bool) []reading {
	low := Lower(word)
	if c := t.g.closed[low]; c != nil {
		return c
	}
	r, size := utf8.DecodeRuneInString(word)
	if unicode.IsDigit(r) {
		return []reading{{tag: tagNumber, lemma: low}}
	}
	if !unicode.IsLetter(r) {
		return []reading{{tag: tagMark, lemma: low}}
	}
	capital := unicode.IsUpper(r)
	list := known(t.lex.Lookup(word))
	if acronym := capital && !shout && size < len(word) && strings.ToUpper(word) == word; acronym {
		return []reading{{tag: tagProper, lemma: low}}
	}
	if len(list) == 0 && !capital || shout {
		list = append(list, t.withAccents(low, len(list) == 0)...)
	}
	if capital && !shout {
		for i := range list {
			// A capital inside a sentence makes a name or a body, not a verb.
			if !first && (list[i].tag == tagFin || list[i].tag == tagInf || list[i].tag == tagPast) {
				list[i].cost += 3
			}
		}
		list = append(list, reading{tag: tagProper, cost: 3, lemma: low})
	}
	if len(list) == 0 || len(list) == 1 && list[0].tag == tagProper && capital {
		return guessed(low, capital && !shout)
	}
	return list
}

// known turns entries into readings. A participle is its own adjective.
func known(entries []Entry) []reading {
	participle := false
	for _, e := range entries {
		participle = participle || e.POS == Verb && e.Features.Has(PastParticiple)
	}
	var list []reading
	for _, e := range entries {
		if participle && e.POS == Adjective {
			continue
		}
		rs := entryReadings(e)
		if participle && e.POS == Noun {
			rs[0].cost++
		}
		list = append(list, rs...)
	}
	return list
}

// guessed reads a word the lexicon does not know.
func guessed(low string, capital bool) []reading {
	if capital {
		return []reading{{tag: tagProper, lemma: low}}
	}
	switch {
	case strings.HasSuffix(low, "ment"):
		return []reading{{tag: tagAdv, lemma: low}, {tag: tagNoun, lemma: low, features: Masculine | Singular}}
	case strings.HasSuffix(low, "é"), strings.HasSuffix(low, "ée"), strings.HasSuffix(low, "és"), strings.HasSuffix(low, "ées"):
		verb := strings.TrimRight(low, "ées") + "er"
		return []reading{{tag: tagPast, lemma: verb, features: PastParticiple}, {tag: tagNoun, cost: 2, lemma: low}}
	case strings.HasSuffix(low, "er"):
		return []reading{{tag: tagInf, lemma: low, features: Infinitive}, {tag: tagNoun, cost: 1, lemma: low}}
	case strings.HasSuffix(low, "ant"):
		return []reading{{tag: tagGerund, cost: 1, lemma: low, features: PresentParticiple}, {tag: tagNoun, cost: 1, lemma: low}}
	}
	return []reading{{tag: tagNoun, lemma: low}, {tag: tagProper, cost: 1, lemma: low}, {tag: tagAdj, cost: 3, lemma: low}}
}

// withAccents reads words typed without accents, as capitals often are. More than three
// accents in one word are not looked for.
func (t tagger) withAccents(low string, unknown bool) []reading {
	if len(low) > 40 {
		return nil
	}
	switch low {
	case "a":
		return []reading{{tag: tagPrep, lemma: "à"}}
	case "ete":
		return t.g.closed["été"]
	case "apres", "tres", "deja", "ou", "la":
		return nil
	}
	if !unknown {
		// « adopte » in capitals is « adopté » as often.
		if strings.HasSuffix(low, "e") || strings.HasSuffix(low, "es") {
			i := strings.LastIndexByte(low, 'e')
			return known(t.lex.Lookup(low[:i] + "é" + low[i+1:]))
		}
		return nil
	}
	var at []int
	for i := 0; i < len(low) && len(at) < 5; i++ {
		if low[i] == 'e' {
			at = append(at, i)
		}
	}
	return t.accentAt(low, at, len(at)-1, 3)
}

// accentAt tries é, è and ê on the letters at, the last one first: participles are many.
func (t tagger) accentAt(low string, at []int, n, left int) []reading {
	if n < 0 || left == 0 {
		return nil
	}
	for i := n; i >= 0; i-- {
		for _, accent := range []string{"é", "è", "ê"} {
			form := low[:at[i]] + accent + low[at[i]+1:]
			if list := known(t.lex.Lookup(form)); len(list) > 0 {
				return list
			}
			if list := t.accentAt(form, at, i-1, left-1); list != nil {
				return list
			}
		}
	}
	return nil
}

// through says whether the words on both sides of the tag still see each other.
func through(t tag) bool { return t == tagAdv || t == tagPas }

// step is the cost of putting next after prev.
func (t tagger) step(prev *node, next reading) int32 {
	cost := t.g.order[prev.left][next.tag]
	if through(prev.tag) {
		cost = (cost*3 + t.g.order[prev.tag][next.tag]) / 2
	} else {
		cost *= 2
	}
	return int32(cost + 2*next.cost + t.discord(prev, next))
}

// discord is the cost of two neighbours that differ in gender, number or person.
func (t tagger) discord(prev *node, next reading) int16 {
	switch {
	case next.tag == tagNoun || next.tag == tagAdj || next.tag == tagPast && prev.left != tagAux:
		switch prev.left {
		case tagDet, tagContracted, tagNoun, tagAdj:
			return 5 * differ(prev.agree, next.features)
		}
	case next.tag == tagPast && prev.left == tagAux:
		return 0
	case next.tag == tagFin || next.tag == tagAux:
		switch prev.left {
		case tagNoun, tagProper, tagPron, tagRel, tagAdj:
			var person int16
			if !next.features.Has(ThirdPerson) && prev.left != tagRel {
				person = 5
			}
			return person + 3*differ(prev.agree&(Singular|Plural), next.features)
		case tagSubj:
			return 6*differ(prev.agree&(Singular|Plural), next.features) + 4*samePerson(prev.agree, next.features)
		}
	}
	return 0
}

func samePerson(a, b Features) int16 {
	const persons = FirstPerson | SecondPerson | ThirdPerson
	if a&persons != 0 && b&persons != 0 && a&b&persons == 0 {
		return 1
	}
	return 0
}

// differ counts gender and number in which a and b cannot be the same.
func differ(a, b Features) int16 {
	var n int16
	const gender, number = Masculine | Feminine, Singular | Plural
	if a&gender != 0 && b&gender != 0 && a&b&gender == 0 {
		n++
	}
	if a&number != 0 && b&number != 0 && a&b&number == 0 {
		n++
	}
	return n
}

// choose finds the cheapest readings of the words. Each reading is kept twice, with and
// without a conjugated verb since the last conjunction: « ferme » ends « que le site
// ferme » as the verb that is missing.
func (t tagger) choose(lattice [][]reading) []reading {
	best := make([]reading, len(lattice))
	if len(lattice) == 0 {
		return best
	}
	total := 0
	for _, list := range lattice {
		total += 2 * len(list)
	}
	nodes := make([]node, 0, total)
	starts := make([]int, len(lattice)+1)
	prev := []node{{left: tagEdge}}
	for i, list := range lattice {
		starts[i] = len(nodes)
		for _, r := range list {
			nodes = t.enter(nodes, prev, r)
		}
		prev = nodes[starts[i]:]
	}
	at := 0
	for k := range prev {
		if prev[k].total+prev[k].missing() < prev[at].total+prev[at].missing() {
			at = k
		}
	}
	for i := len(lattice) - 1; i >= 0; i-- {
		n := nodes[starts[i]+at]
		best[i], at = n.reading, int(n.back)
	}
	return best
}

// missing is the cost of a clause without verb.
func (n *node) missing() int32 {
	if n.verb {
		return 0
	}
	return 5
}

// enter adds the reading after each of prev: the best path that has a verb, and the best
// that has none.
func (t tagger) enter(nodes, prev []node, r reading) []node {
	const never = 1 << 30
	pair := [2]node{{reading: r, total: never}, {reading: r, total: never, verb: true}}
	for k := range prev {
		p := &prev[k]
		cost := p.total + t.step(p, r)
		to := 0
		switch r.tag {
		case tagFin, tagAux:
			to = 1
		case tagSub:
			if p.left != tagEdge {
				cost += p.missing()
			}
		case tagRel:
		case tagMark:
			if r.lemma == ";" || r.lemma == "." || r.lemma == ":" {
				cost += p.missing()
			} else if p.verb {
				to = 1
			}
		default:
			if p.verb {
				to = 1
			}
		}
		if cost < pair[to].total {
			pair[to].total, pair[to].back = cost, int16(k)
		}
	}
	for _, n := range pair {
		if n.total == never {
			continue
		}
		n.left, n.agree = r.tag, r.features
		if p := &prev[n.back]; through(r.tag) && p.left != tagMark {
			n.left, n.agree = p.left, p.agree
		}
		nodes = append(nodes, n)
	}
	return nodes
}

package claims

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"contredit/french"
)

// themeWord is a word that says what a frame is about.
type themeWord struct {
	stem    string
	group   string // first stem of its group of near synonyms; the stem itself without one
	weight  float64
	head    bool   // of the subject, the object or the complement of the trigger
	weak    bool   // in scales/faibles.tsv
	name    bool   // a proper name, an acronym
	subject bool   // of the clause
	of      string // group of its complement: « effectifs d'agents »; "" without one
}

// What a word of a theme weighs.
const (
	nameWeight     = 1.6 // a name or an acronym
	weakWeight     = 0.3 // a word of scales/faibles.tsv
	weakHeadWeight = 0.5 // such a word as a head
	beyondWeight   = 0.4 // a word of another clause
	headWeight     = 1.5 // a head, on top of the others
)

func (l *frameLexicon) themeWord(stem string, weight float64, head bool) themeWord {
	w := themeWord{stem: stem, group: stem, weight: weight, head: head, weak: l.weak[stem]}
	if g, ok := l.groups[stem]; ok {
		w.group = g
	}
	switch {
	case l.weak[stem] && head:
		w.weight *= weakHeadWeight
	case l.weak[stem]:
		w.weight *= weakWeight
	}
	return w
}

// themeOf reads what a trigger is about: the words of its clause, the nearest first.
func (l *frameLexicon) themeOf(s *french.Sentence, head int, trigger []int) []themeWord {
	c := s.Tokens[head].Clause
	heads := headsOf(s, c, head, trigger[len(trigger)-1])
	title := titleEnd(s, head)
	standsFor := themeStandsFor(s, c)
	var list []themeWord
	for i, t := range s.Tokens {
		if !carriesTheme(t) || contains(trigger, i) {
			continue
		}
		weight := 1.0
		switch {
		case i < title:
			weight = 0.9
		case standsFor && t.Clause < c && s.Clauses[t.Clause].SubjectHead == i:
			weight = headWeight
		case standsFor && t.Clause < c:
			weight = 0.8
		case t.Clause != c && t.Clause < len(s.Clauses) && s.Clauses[t.Clause].Parent == c && s.Clauses[t.Clause].Kind == french.InfinitiveClause:
			weight = 0.9
		case heads[0] == i || heads[1] == i || heads[2] == i:
			weight = headWeight
		case t.Clause != c && s.Clauses[c].Parent != t.Clause && (t.Clause >= len(s.Clauses) || s.Clauses[t.Clause].Parent != c):
			weight = beyondWeight / 2
		case t.Clause != c:
			weight = beyondWeight
		case t.POS == french.Verb || t.POS == french.Adjective:
			weight = 0.7
		}
		w := l.themeWord(l.themeStem(t), weight, weight == headWeight)
		if isNameToken(s, i) {
			w.name = true
			w.weight *= nameWeight
		}
		w.of = l.complementOf(s, i)
		w.subject = heads[0] == i && !w.weak
		list = appendTheme(list, w)
	}
	return list
}

// complementOf is the group of the noun that completes a noun, "" without one.
func (l *frameLexicon) complementOf(s *french.Sentence, i int) string {
	if s.Tokens[i].POS != french.Noun || i+2 >= len(s.Tokens) || s.Tokens[i+1].Lemma != "de" {
		return ""
	}
	for k := i + 2; k < len(s.Tokens) && k <= i+3; k++ {
		switch t := s.Tokens[k]; t.POS {
		case french.Noun, french.ProperNoun:
			return l.themeWord(l.themeStem(t), 1, false).group
		case french.Determiner, french.Adjective:
		default:
			return ""
		}
	}
	return ""
}

// themeStandsFor says whether the clause has no subject of its own or a pronoun: an earlier
// clause names it.
func themeStandsFor(s *french.Sentence, c int) bool {
	k := s.Clauses[c].SubjectHead
	if c == 0 || k < 0 {
		return c > 0
	}
	switch s.Tokens[k].Text {
	case "qui", "lequel", "laquelle", "il", "elle", "ils", "elles", "celui-ci", "celle-ci", "ceux-ci", "celles-ci":
		return true
	}
	return false
}

// themeStem is the stem of a word; an action has that of its verb.
func (l *frameLexicon) themeStem(t french.Token) string {
	if t.POS == french.Noun {
		if verb, ok := l.actions[french.Fold(t.Lemma)]; ok && l.groups[t.Stem] == "" {
			return french.Stem(verb)
		}
	}
	return t.Stem
}

// titleEnd is the token of a colon after words without a verb: « Plan vélo : adopté par … ».
func titleEnd(s *french.Sentence, before int) int {
	for i, t := range s.Tokens[:before] {
		if t.Mood != french.NoMood && t.Mood != french.ParticipleMood {
			return 0
		}
		if t.Text == ":" {
			return i
		}
	}
	return 0
}

// headsOf are the subject and the object of the clause, and the noun that completes a noun.
func headsOf(s *french.Sentence, c, head, last int) [3]int {
	k := s.Clauses[c]
	heads := [3]int{k.SubjectHead, k.ObjectHead, -1}
	if s.Tokens[head].POS == french.Verb && (k.ObjectHead >= 0 || k.Passive) {
		return heads
	}
	for i := last + 1; i < len(s.Tokens) && i < last+6; i++ {
		t := s.Tokens[i]
		if t.POS == french.Mark || t.POS == french.Verb {
			break
		}
		if t.POS == french.Noun || t.POS == french.ProperNoun {
			heads[2] = i
			break
		}
	}
	return heads
}

func carriesTheme(t french.Token) bool {
	if t.Stop || t.End-t.Start < 2 {
		return false
	}
	switch t.POS {
	case french.Noun, french.ProperNoun, french.Adjective, french.Verb, french.UnknownPOS:
		r, _ := utf8.DecodeRuneInString(t.Text)
		return unicode.IsLetter(r)
	}
	return false
}

// isNameToken says whether a word inside the sentence is a name or an acronym.
func isNameToken(s *french.Sentence, i int) bool {
	t := s.Tokens[i]
	r, size := utf8.DecodeRuneInString(s.Text[t.Start:])
	if !unicode.IsUpper(r) {
		return false
	}
	if t.POS == french.ProperNoun || t.POS == french.UnknownPOS {
		return true
	}
	if next, _ := utf8.DecodeRuneInString(s.Text[t.Start+size:]); unicode.IsUpper(next) {
		return true
	}
	return i > 0 && s.Tokens[i-1].POS != french.Mark && t.POS == french.Noun
}

func appendTheme(list []themeWord, w themeWord) []themeWord {
	for i := range list {
		if list[i].stem == w.stem {
			list[i].weight = max(list[i].weight, w.weight)
			list[i].head = list[i].head || w.head
			return list
		}
	}
	return append(list, w)
}

func contains(list []int, i int) bool {
	for _, k := range list {
		if k == i {
			return true
		}
	}
	return false
}

// otherSubject is what stays of an alignment when the subjects are two things.
const otherSubject = 0.7

// apartWeight is the part of an alignment that words of their own on both sides take away.
const apartWeight = 0.25

// groupShare is what a word of the same group counts beside the same word.
const groupShare = 0.7

// aligned says how surely two themes are one, from 0 to 1.
func aligned(a, b []themeWord) float64 {
	var massA, massB, shared float64
	headShared, otherKind, sameKind, telling := false, false, false, 0.0
	var nameA, nameB, nameShared bool
	for _, w := range b {
		massB += w.weight
		nameB = nameB || w.name && w.weight >= 1.5
	}
	for _, w := range a {
		massA += w.weight
		nameA = nameA || w.name && w.weight >= 1.5
		best, bestHead := 0.0, false
		for _, v := range b {
			f := 0.0
			if v.stem == w.stem {
				f = 1
			} else if v.group == w.group {
				f = groupShare
			} else {
				continue
			}
			if m := f * min(v.weight, w.weight); m > best {
				best = m
			}
			bestHead = bestHead || (w.head || v.head) && f*min(v.weight, w.weight) >= 0.5
			nameShared = nameShared || w.name && v.name
			sameKind = sameKind || w.of != "" && w.of == v.of && f == 1
			if w.of != "" && v.of != "" && w.of != v.of && !hasGroup(a, v.of) && !hasGroup(b, w.of) {
				otherKind = true
			}
		}
		shared += best
		if !w.weak {
			telling += best
		}
		headShared = headShared || bestHead
	}
	least := max(min(massA, massB), 2)
	value := 0.65 * min(shared/least, 1)
	if headShared {
		value += 0.35
	}
	if sameKind {
		value += 0.15 // « étude d'incidence » in both
	}
	// Where both tell much that the other does not, they may speak of two things.
	if rest := min(massA, massB) - shared; rest > 0 {
		value *= 1 - apartWeight*min(rest/(2*max(shared, 0.5)), 1)
	}
	if nameA && nameB && !nameShared {
		value *= 0.35
	}
	if x, y := subjectIn(a), subjectIn(b); x != "" && y != "" && !hasGroup(b, x) && !hasGroup(a, y) {
		value *= otherSubject // lycées have one thing, collèges another
	}
	if otherPeople(a, b) {
		value *= otherSubject * otherSubject // visitors are held to other rules than the staff
	}
	if otherKind {
		value *= 0.4 // « effectifs d'agents » are not « effectifs d'élèves »
	}
	if telling < 0.4 {
		value *= 0.6 // « le comité », « le projet » alone are no subject
	}
	if shared < 0.5 {
		value *= 0.3
	}
	return min(value, 1)
}

// peopleWords are those whom a council speaks of, one word a line of the groups of
// scales/themes.tsv. Written by hand from minutes, November 2026.
var peopleWords = sync.OnceValue(func() map[string]bool {
	set, l := map[string]bool{}, frameWords()
	for _, w := range strings.Fields(`abonné adhérent agent agriculteur aîné apprenti associations bénéficiaire client club collégien commerçant contractuel
		cycliste éleveur élève élu enfant enseignant entreprise étudiant famille habitant infirmier interne jeune locataire lycéen médecin parent patient
		pensionnaire personnel piéton propriétaire représentant retraité riverain saisonnier salarié senior soignant stagiaire syndicat titulaire touriste usager visiteur
		vacataire voyageur`) {
		set[l.themeWord(french.Stem(w), 1, false).group] = true
	}
	return set
})

// otherPeople says whether both themes name people, and none of the same.
func otherPeople(a, b []themeWord) bool {
	people, mine, theirs := peopleWords(), false, false
	for _, w := range a {
		if people[w.group] && w.head {
			mine = true
		}
		if people[w.group] && hasGroup(b, w.group) {
			return false
		}
	}
	for _, w := range b {
		theirs = theirs || people[w.group] && w.head
	}
	return mine && theirs
}

// subjectIn is the group of the subject of a theme, "" without one.
func subjectIn(list []themeWord) string {
	for _, w := range list {
		if w.subject {
			return w.group
		}
	}
	return ""
}

func hasGroup(list []themeWord, group string) bool {
	for _, w := range list {
		if w.group == group {
			return true
		}
	}
	return false
}

// matterOf is what a sentence is about as a whole: its telling words but those that date it, the
// subjects, objects and predicates of its clauses the most.
func (l *frameLexicon) matterOf(a *Assertion) []themeWord {
	s, heads := &a.Sentence, map[int]bool{}
	for _, c := range s.Clauses {
		heads[c.SubjectHead], heads[c.ObjectHead], heads[c.Head] = true, true, true
	}
	dated := func(t french.Token) bool {
		return slices.ContainsFunc(a.Dates, func(p french.Period) bool { return p.Overlaps(t.Span) })
	}
	var list []themeWord
	for i, t := range s.Tokens {
		if !carriesTheme(t) || t.POS == french.Verb && carriers[t.Lemma] || dated(t) || isNumber(t.Text) || measureStems[t.Stem] || moved.MatchString(t.Text) {
			continue
		}
		weight := 1.0
		switch {
		case heads[i]:
			weight = headWeight
		case t.POS == french.Verb || t.POS == french.Adjective:
			weight = 0.7
		}
		w := l.themeWord(l.themeStem(t), weight, heads[i])
		if isNameToken(s, i) {
			w.name, w.weight = true, w.weight*nameWeight
		}
		list = appendTheme(list, w)
	}
	return list
}

// carriers are verbs that carry what their object or a clause says, and are no matter of a sentence. More than
// emptyVerbs: « recevoir » or « organiser » may be denied of a thing, so the frames still read them.
var carriers = lemmaSet("accorder affirmer ajouter approuver appeler autoriser avoir bénéficier comporter comprendre concerner connaître constater contenir décider déclarer demander devenir devoir dire disposer donner effectuer enregistrer entraîner estimer être examiner exister expliquer faire falloir figurer indiquer intervenir laisser lancer mener mettre noter obtenir organiser passer permettre porter pouvoir préciser prendre présenter prévoir procéder produire proposer rappeler réaliser recevoir regretter relever remettre répondre rester savoir sembler signaler souhaiter souligner tenir trouver vouloir")

// lemmaSet is the set of the lemmas of a list: unlike stemWords it keeps the accents, which tell lemmas apart.
func lemmaSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// sameMatter is how surely two sentences are about one thing by their own words, from 0 to 1.
func sameMatter(claim, record *Assertion) float64 {
	return aligned(claim.matter(), record.matter())
}

// matter is read once.
func (a *Assertion) matter() []themeWord {
	if a.about == nil {
		a.about = append([]themeWord{}, frameWords().matterOf(a)...)
	}
	return a.about
}

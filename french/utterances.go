package french

// Utterances cuts speech that was recognised without punctuation, as automatic captions give it, where one
// assertion ends and another begins: « on a eu un problème de quai | les trains ne s'arrêtent plus ». Each
// utterance holds a conjugated verb, unless the whole text has none. Spans are bytes of the text, in order,
// without the spaces around them; together they hold every word of it.
func (a *Analyzer) Utterances(text string) []Span {
	s := a.Analyse(text)
	u := utterances{Sentence: &s, opens: make([]bool, len(s.Tokens)+1)}
	for c := range s.Clauses {
		if start := u.startOf(c); start > 0 {
			u.opens[start] = true
		}
	}
	u.courtesies()
	return u.joined()
}

// utterances are the tokens of unpunctuated speech, and which of them open an utterance.
type utterances struct {
	*Sentence
	opens []bool
}

// Words of an utterance.
const (
	fewestUttered = 4  // fewer are said beside another one: « je m'y engage »
	mostUttered   = 28 // « et … » goes on up to so many
	mostRemarked  = 18 // a remark on what was just said (« c'est un choix ») goes on up to so many
)

// spokenOpeners are the words that open what is said next, by themselves or together.
var spokenOpeners = map[string]bool{"ah": true, "alors": true, "apres": true, "ben": true, "bien": true, "bon": true, "bref": true, "donc": true, "enfin": true, "ensuite": true,
	"et": true, "euh": true, "eh": true, "hein": true, "mais": true, "non": true, "oui": true, "or": true, "ou": true, "puis": true, "voila": true}

// tonicPronouns are said before the pronoun of the subject: « nous on veut ».
var tonicPronouns = map[string]bool{"moi": true, "toi": true, "lui": true, "elle": true, "nous": true, "vous": true, "eux": true, "elles": true}

// resumed are the pronouns that take up what was named before the subject: « les tarifs on n'y touche pas ».
var resumed = map[string]bool{"y": true, "en": true, "l'": true, "le": true, "la": true, "les": true, "lui": true, "leur": true}

// ofSpeakers are the subjects that stand for nobody named beside them.
var ofSpeakers = map[string]bool{"je": true, "j'": true, "tu": true, "nous": true, "vous": true, "on": true}

// startOf is the token with which the utterance of a clause begins; 0 when the clause goes on with
// what stands before it.
func (u *utterances) startOf(c int) int {
	clause := u.Clauses[c]
	if clause.Kind != CoordinateClause && clause.Kind != MainClause || clause.Verb < 0 {
		return 0
	}
	start := u.firstOf(c)
	if start <= 0 {
		return 0
	}
	start = u.withoutObject(start, clause)
	start = u.withSubject(start)
	start = u.afterTitle(start)
	for start > 0 && tonicPronouns[u.Tokens[start-1].Text] && u.Tokens[start].POS == Pronoun && (start < 2 || u.Tokens[start-2].POS != Preposition) {
		start--
	}
	start = u.withOpeners(u.withTime(start))
	return u.withCircumstance(u.withOpeners(u.asked(start)))
}

func (u *utterances) firstOf(c int) int {
	for i, t := range u.Tokens {
		if t.Clause == c {
			return i
		}
	}
	return -1
}

// withoutObject moves the start to the pronoun of the subject when what stands before it completes
// the words before: « on a appelé le technicien | nous passons », « jusqu'à la fin de l'année | c'est un choix ».
// What the clause takes up again stays: « les tarifs on n'y touche pas », « cet essai il se fera ».
func (u *utterances) withoutObject(start int, clause Clause) int {
	k := clause.SubjectHead
	if k <= start || u.Tokens[k].POS != Pronoun && u.Tokens[k].POS != Determiner {
		return start
	}
	switch u.Tokens[start].POS {
	case Determiner, Noun, Adjective, Numeral, ProperNoun:
	default:
		return start // « et puis avant d'ouvrir un compte on passera »
	}
	before := u.Tokens[start-1]
	called := start > 2 && isTitle(u.Tokens[start-3].Text)
	if before.POS == Preposition || before.Text == "devant" || !called && (before.Features.Has(Infinitive) || before.POS == Verb && before.Lemma != "être") {
		return k
	}
	if !ofSpeakers[u.Tokens[k].Text] {
		return start
	}
	for i := k + 1; i < clause.Verb; i++ {
		if resumed[u.Tokens[i].Text] {
			return start
		}
	}
	return k
}

// withSubject takes along the pronoun before a verb: « ça | fait trois mois », « vous | ne répondez pas ».
func (u *utterances) withSubject(start int) int {
	for start > 1 && (u.Tokens[start].POS == Verb || u.Tokens[start].Text == "ne" || u.Tokens[start].Text == "n'") {
		switch u.Tokens[start-1].Text {
		case "ca", "cela", "je", "j'", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles":
			start--
			continue
		}
		break
	}
	return start
}

// withTime takes along the time named before the subject: « chaque année | la région verse … ».
func (u *utterances) withTime(start int) int {
	if start > 2 && u.Tokens[start-3].POS != Preposition {
		switch u.Tokens[start-2].Text + " " + u.Tokens[start-1].Text {
		case "chaque annee", "cette annee", "chaque mois", "ce matin", "ce soir", "cette semaine", "chaque jour", "chaque fois", "cet ete", "cet hiver":
			return start - 2
		}
		switch u.Tokens[start-1].Text {
		case "aujourd'hui", "demain", "hier", "maintenant", "desormais":
			return start - 1
		}
	}
	return start
}

// asked takes « est-ce que » along with the question that it opens.
func (u *utterances) asked(start int) int {
	if start > 3 && (u.Tokens[start-1].Text == "que" || u.Tokens[start-1].Text == "qu'") && u.Tokens[start-2].Text == "ce" && u.Tokens[start-3].Text == "est" {
		return start - 3
	}
	return start
}

// afterTitle keeps the name with the title that it follows: « merci madame Belin | alors … ».
func (u *utterances) afterTitle(start int) int {
	for start > 0 && start+1 < len(u.Tokens) && (isTitle(u.Tokens[start-1].Text) || u.Tokens[start-1].POS == ProperNoun) && u.named(start) {
		start++
	}
	return start
}

func isTitle(word string) bool {
	return word == "madame" || word == "monsieur" || word == "mesdames" || word == "messieurs"
}

// named says whether a token is written as a name.
func (u *utterances) named(i int) bool {
	word := u.Tokens[i].In(u.Text)
	return word != Lower(word)
}

// withOpeners takes the words that open an utterance along with it.
func (u *utterances) withOpeners(start int) int {
	for start > 0 && spokenOpeners[u.Tokens[start-1].Text] {
		start--
	}
	return start
}

// withCircumstance takes along what is said before the subject of when and why, where a word that
// opens stands before it: « et puis avant d'ouvrir un compte on passera devant le comité ».
func (u *utterances) withCircumstance(start int) int {
	before := start
	for before > 0 {
		switch u.Clauses[u.Tokens[before-1].Clause].Kind {
		case ConditionalClause, CircumstanceClause, InfinitiveClause:
			before--
			continue
		}
		break
	}
	if before == start || before == 0 {
		return start
	}
	if w := u.Tokens[before-1]; w.Text == "avant" || w.Text == "apres" || w.POS == Preposition {
		before--
	}
	if from := u.withOpeners(before); from < before {
		return from
	}
	return start
}

// courtesies part what is said to the chair from what follows: « merci », « monsieur le président ».
func (u *utterances) courtesies() {
	for i, t := range u.Tokens {
		switch {
		case t.Text == "merci" || t.Text == "bonjour":
			u.opens[i] = true
		case isTitle(t.Text) && i+2 < len(u.Tokens) && (u.Tokens[i+1].Text == "le" || u.Tokens[i+1].Text == "la"):
			u.opens[i+3] = i+3 < len(u.Tokens) // what it opens may be joined again
		}
	}
}

// joined are the spans of the utterances: those too short to say anything go with their neighbours.
func (u *utterances) joined() []Span {
	type piece struct{ from, to int } // tokens
	var list []piece
	for i := range u.Tokens {
		if i == 0 || u.opens[i] {
			list = append(list, piece{i, i})
		}
		list[len(list)-1].to = i + 1
	}
	var kept []piece
	for _, p := range list {
		if n := len(kept); n > 0 {
			last := &kept[n-1]
			together, first := p.to-last.from, u.Tokens[p.from].Text
			goesOn := (first == "et" || first == "ou") && !u.opened(p.from+1) && together <= mostUttered
			remark := (first == "ca" || first == "c'" || first == "cela") && together <= mostRemarked
			courtesy := first == "merci" || first == "bonjour"
			if !u.hasVerb(last.from, last.to) || !u.hasVerb(p.from, p.to) && !courtesy || p.to-p.from <= fewestUttered && together <= mostUttered || goesOn || remark {
				last.to = p.to
				continue
			}
		}
		kept = append(kept, p)
	}
	spans := make([]Span, len(kept))
	for i, p := range kept {
		spans[i] = Span{Start: u.Tokens[p.from].Start, End: u.Tokens[p.to-1].End}
	}
	return spans
}

// opened says whether a token opens an utterance with the word before it: « et puis ».
func (u *utterances) opened(i int) bool { return i < len(u.Tokens) && spokenOpeners[u.Tokens[i].Text] }

func (u *utterances) hasVerb(from, to int) bool {
	for _, t := range u.Tokens[from:to] {
		if t.Mood == IndicativeMood || t.Mood == ConditionalMood || t.Mood == SubjunctiveMood || t.Mood == ImperativeMood {
			return true
		}
	}
	return false
}

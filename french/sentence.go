package french

// Tense of a verb group, as it is meant: « a été consulté » is Past.
type Tense uint8

// Tenses.
const (
	NoTense Tense = iota
	Past
	PresentTense
	FutureTense
)

// Mood of a verb group.
type Mood uint8

// Moods.
const (
	NoMood Mood = iota
	IndicativeMood
	ConditionalMood
	SubjunctiveMood
	ImperativeMood
	InfinitiveMood
	ParticipleMood
)

// Modality is the set of ways in which a clause is less than a plain assertion. Zero is
// plainly asserted.
type Modality uint16

// Modalities.
const (
	Conditional  Modality = 1 << iota // journalistic or hypothetical conditional
	Future                            // a future tense: « sera », « va être »
	Possible                          // pouvoir, « peut-être », « susceptible de »
	Obligation                        // devoir, falloir, « obligatoire »
	Planned                           // prévoir, envisager, « projet de », « sous réserve », « à l'étude »
	Hypothetical                      // « si … », « en cas de », « à condition que »
	Reported                          // told as somebody's words: « selon », « affirme que »
	Question
	Wish       // souhaiter, espérer, vouloir
	Order      // imperative, « il convient de », requests
	Experiment // « à titre expérimental », « pilote »
	Denied     // told in order to deny it: « il est faux que »
)

// Assertive is the modality of a plain assertion.
const Assertive Modality = 0

// Has says whether m has one of the modalities o.
func (m Modality) Has(o Modality) bool { return m&o != 0 }

// Realis says whether what is told is told as a fact: nothing but an obligation may
// stand between the words and the world.
func (m Modality) Realis() bool { return m&^(Obligation|Experiment|Reported) == 0 }

// Token is a word, a number or a sign of a sentence.
type Token struct {
	Span              // in the sentence
	Text     string   // folded
	Lemma    string   // lower case with accents; the word itself when unknown
	Stem     string   // folded stem of the lemma
	POS      POS      // disambiguated by context
	Features Features // of the reading chosen
	Tense    Tense    // of the verb group, on its head
	Mood     Mood
	Stop     bool
	Negated  bool // in the scope of an odd number of negations
	Modality Modality
	Clause   int // index in Sentence.Clauses
}

// ClauseKind is what a clause is to its sentence.
type ClauseKind uint8

// Kinds of clauses.
const (
	MainClause ClauseKind = iota
	CoordinateClause
	RelativeClause
	CompletiveClause   // « que … » after a verb
	ConditionalClause  // « si … »
	CircumstanceClause // « lorsque », « avant que », « bien que »…
	InfinitiveClause   // « sans consulter », « afin de »
	ParticipleClause
)

// Clause is a stretch of a sentence around one predicate.
type Clause struct {
	Span
	Kind    ClauseKind
	Head    int  // token of the predicate: the participle of a compound tense; -1 when none
	Verb    int  // token of the conjugated verb; -1 when none
	Subject Span // zero when not found; of a relative « qui », the noun it stands for
	Object  Span // direct object, zero when not found
	Agent   Span // « par le conseil » after a passive, zero when not found
	Source  Span // whose words it tells, when Reported: « le maire », zero when not told
	Parent  int  // clause it stands in or is coordinated with; -1 for the first

	SubjectHead int // token of the noun or pronoun of Subject, -1 when not found
	ObjectHead  int // token of the noun of Object, -1 when not found

	Negated  bool // the predicate is denied
	Negation int  // index in Sentence.Negations; -1 when none
	Modality Modality
	Tense    Tense
	Mood     Mood
	Passive  bool
}

// NegationKind is how something is denied.
type NegationKind uint8

// Kinds of negations. The last four deny nothing.
const (
	DeniesClause NegationKind = iota // « ne … pas », « plus » without ne
	DeniesAll                        // « aucun », « nul », « personne », « rien »
	DeniesNoun                       // « sans », « absence de », « défaut de », « non- »
	DeniesByVerb                     // « refuser de », « exclure », « démentir »
	Restricts                        // « ne … que »: only
	Expletive                        // « avant qu'il ne »
	NotOnly                          // « non seulement … mais »
	DoubleDenial                     // « ne pas exclure », « pas sans »
)

// Denies says whether what stands in the scope is denied.
func (k NegationKind) Denies() bool { return k < Restricts }

// Negation is one denial, or what looks like one.
type Negation struct {
	Kind  NegationKind
	Cues  []Span // « ne » and « pas »
	Scope Span
}

// QuantifierKind is how much of a set is meant.
type QuantifierKind uint8

// Kinds of quantifiers.
const (
	All QuantifierKind = iota
	None
	Every // « chaque », « chacun »
	Most
	Half
	Some // « certains », « une partie », « plusieurs »
	Few
	Only // « seul », « uniquement », « ne … que »
	Fraction
	NotAll // « pas tous »
)

// Quantifier is a share of a set, told in words or numbers.
type Quantifier struct {
	Span
	Kind      QuantifierKind
	Low, High float64 // share of the set, from 0 to 1
	Scope     Span    // the set: « les agents de la Région »
	Head      int     // token of its noun; -1 when none
}

// Sentence is what the analysis of one sentence found. Spans are bytes of Text.
type Sentence struct {
	Text        string
	Tokens      []Token
	Clauses     []Clause
	Negations   []Negation
	Quantifiers []Quantifier
	Modality    Modality // of the main clause
	Tense       Tense    // of the main clause
	Negated     bool     // the main clause is denied
}

// At returns the index of the token that covers the byte, -1 when none does.
func (s Sentence) At(offset int) int {
	for i, t := range s.Tokens {
		if t.Start <= offset && offset < t.End {
			return i
		}
	}
	return -1
}

// ClauseOf returns the clause that holds most of the words of the span; false when the
// span has none. A clause that stands inside another one counts for itself alone.
func (s Sentence) ClauseOf(span Span) (Clause, bool) {
	held := make([]int, len(s.Clauses))
	best := -1
	for _, t := range s.Tokens {
		if t.Overlaps(span) && t.Clause < len(held) {
			held[t.Clause] += t.Len()
			if best < 0 || held[t.Clause] > held[best] {
				best = t.Clause
			}
		}
	}
	if best < 0 {
		return Clause{}, false
	}
	return s.Clauses[best], true
}

// NegatedAt says whether the words of the span stand in a denial.
func (s Sentence) NegatedAt(span Span) bool {
	for _, t := range s.Tokens {
		if t.Overlaps(span) && t.Negated && !t.Stop {
			return true
		}
	}
	return false
}

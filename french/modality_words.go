package french

import "strings"

// modalPhrases act on the whole clause in which they stand, folded. Origin: council
// minutes' style, written by hand, November 2026.
var modalPhrases = phraseSet(`
a l'essai
a l'etude
a titre d'experimentation
a titre experimental
au cas ou
au conditionnel
dans l'eventualite
dans l'hypothese
devrait
en cas d'
en cas de
en cours d'arbitrage
en cours d'etude
en cours de discussion
en cours de reflexion
en discussion
en projet
eventuellement
il convient d'
il convient de
il se peut
il semble
il semblerait
merci d'
merci de
peut etre
peut-etre
probablement
sans doute
selon toute vraisemblance
sous condition
sous condition de
sous reserve d'
sous reserve de
sous reserve des
sous reserve du
susceptible d'
susceptible de
susceptibles d'
susceptibles de
veuillez
vraisemblablement
`)

var phraseModalities = map[string]Modality{
	"a l' essai": Experiment, "a l' etude": Planned, "a titre d' experimentation": Experiment, "a titre experimental": Experiment,
	"au cas ou": Hypothetical, "au conditionnel": Conditional, "dans l' eventualite": Hypothetical, "dans l' hypothese": Hypothetical,
	"en cas d'": Hypothetical, "en cas de": Hypothetical, "en cours d' arbitrage": Planned, "en cours d' etude": Planned,
	"en cours de discussion": Planned, "en cours de reflexion": Planned, "en discussion": Planned, "en projet": Planned,
	"eventuellement": Possible, "il convient d'": Order, "il convient de": Order, "il se peut": Possible, "il semble": Possible,
	"il semblerait": Possible, "merci d'": Order, "merci de": Order, "peut etre": Possible, "peut-etre": Possible,
	"probablement": Possible, "sans doute": Possible, "selon toute vraisemblance": Possible, "sous condition": Planned | Hypothetical,
	"sous condition de": Planned | Hypothetical, "sous reserve d'": Planned, "sous reserve de": Planned, "sous reserve des": Planned,
	"sous reserve du": Planned, "susceptible d'": Possible, "susceptible de": Possible, "susceptibles d'": Possible,
	"susceptibles de": Possible, "veuillez": Order, "vraisemblablement": Possible,
}

func (r *analysis) phraseModality(c int) Modality {
	m := Modality(0)
	for i := range r.Tokens {
		if r.Tokens[i].Clause != c {
			continue
		}
		if n := r.phrase(i, modalPhrases); n > 0 {
			words := make([]string, n)
			for k := range words {
				words[k] = r.text(i + k)
			}
			m |= phraseModalities[strings.Join(words, " ")]
		}
		if w := r.text(i); w == "experimentation" && r.tag(i-1) == tagPrep || w == "pilote" && r.tag(i) == tagAdj {
			m |= Experiment
		}
	}
	return m
}

// questions finds the clauses that ask: by their mark, « est-ce que », the verb before
// its subject, or the word that opens them when no sign closes the sentence.
func (r *analysis) questions() []Modality {
	list := make([]Modality, len(r.Clauses))
	last := len(r.words) - 1
	for last > 0 && (r.text(last) == "»" || r.text(last) == "\"" || r.text(last) == ")" || r.text(last) == "”") {
		last--
	}
	marked := r.text(last) == "?"
	for i := range r.words {
		if r.text(i) == "est" && r.text(i+1) == "ce" && r.tag(i) == tagAdv && r.tag(i+1) == tagAdv {
			list[r.Tokens[i].Clause] |= Question
			list[0] |= Question
		}
	}
	if marked {
		list[0] |= Question
		for c := range r.Clauses {
			if r.Clauses[c].Kind == CoordinateClause && r.links[c].parent == 0 {
				list[c] |= Question
			}
		}
		return list
	}
	if last >= 0 && (r.text(last) == "." || r.text(last) == "!") {
		return list
	}
	for c := range r.Clauses {
		g := r.links[c].group
		if g < 0 || c > 0 && r.Clauses[c].Kind != CoordinateClause {
			continue
		}
		if v := r.groups[g]; v.inverted && !r.softInversion(c, v) {
			list[c] |= Question
		}
	}
	switch r.text(0) {
	case "pourquoi", "combien", "comment", "quand", "quel", "quelle", "quels", "quelles":
		if g := r.links[0].group; g >= 0 && (r.groups[g].inverted || r.text(0) != "quand") {
			list[0] |= Question
		}
	}
	return list
}

// softInversion tells the inversions that ask nothing: « dit-il », « aussi faut-il »,
// « toujours est-il ».
func (r *analysis) softInversion(c int, v group) bool {
	head := r.lemma(v.head)
	if v.first > 0 && (r.tag(v.first-1) == tagMark && (reporting[head] || willing[head] != 0) && r.text(v.first-1) != ":") {
		return true
	}
	switch r.text(r.clauseStartAny(c)) {
	case "aussi", "ainsi", "encore", "toujours", "peut-etre", "sans", "a", "du", "tout", "reste", "sans doute", "veuillez":
		return true
	}
	return v.mood == ImperativeMood || v.mood == SubjunctiveMood
}

// citations finds whose words are told: « selon le maire », « affirme le maire que »,
// « …, a déclaré Mme Dupont ».
func (r *analysis) citations() {
	for c := range r.Clauses {
		if r.Clauses[c].Modality.Has(Reported) {
			if g := r.links[c].governor; g >= 0 && r.groups[g].clause >= 0 {
				r.Clauses[c].Source = r.Clauses[r.groups[g].clause].Subject
			} else if p := r.links[c].parent; p >= 0 && r.Clauses[c].Source.Len() == 0 {
				r.Clauses[c].Source = r.Clauses[p].Source
			}
		}
	}
	for i := range r.words {
		n := 0
		switch w := r.text(i); {
		case w == "selon" && r.tag(i+1) != tagSub && r.tag(i+1) != tagRel:
			n = 1
		case w == "d'" && r.text(i+1) == "apres":
			n = 2
		case w == "aux" && r.text(i+1) == "dires":
			n = 3
		case w == "a" && (r.text(i+1) == "en" || r.text(i+1) == "l'") && r.text(i+2) == "croire":
			n = 3
		}
		if n == 0 {
			continue
		}
		scope := r.nounScope(i + n)
		if len(scope) == 0 || notSources[r.lemma(r.firstNoun(scope))] {
			continue
		}
		c := r.Tokens[i].Clause
		r.Clauses[c].Modality |= Reported
		r.Clauses[c].Source = r.span(scope[0], scope[len(scope)-1])
	}
	r.incise()
}

// notSources follow « selon » without being anybody's words.
var notSources = wordSet("article barème calendrier cas critère disposition modalité procédure règle règlement ordre loi code décret tableau territoire type")

func (r *analysis) firstNoun(list []int) int {
	for _, i := range list {
		if r.tag(i) == tagNoun || r.tag(i) == tagProper {
			return i
		}
	}
	return list[0]
}

// incise reads « …, affirme le maire » and « …, a-t-il dit », which make the sentence
// before them somebody's words.
func (r *analysis) incise() {
	for c := 1; c < len(r.Clauses); c++ {
		link := r.links[c]
		if r.Clauses[c].Kind != CoordinateClause || link.group < 0 || link.parent < 0 {
			continue
		}
		v := r.groups[link.group]
		if v.first == 0 || r.tag(v.first-1) != tagMark || !reporting[r.lemma(v.head)] {
			continue
		}
		n, ok := r.nounAfter(c, v.last+1)
		switch {
		case v.inverted:
			r.Clauses[link.parent].Source = r.Tokens[v.subject].Span
		case ok:
			r.Clauses[link.parent].Source = r.span(n.first, n.last)
			r.Clauses[c].Subject, r.Clauses[c].SubjectHead = r.span(n.first, n.last), n.head
			r.Clauses[c].Object, r.Clauses[c].ObjectHead = Span{}, -1
		default:
			continue
		}
		r.Clauses[link.parent].Modality |= Reported
	}
}

// localModality marks the complements of nouns that tell plans: « projet de fermeture ».
func (r *analysis) localModality() {
	for i := range r.words {
		m, ok := nounModality[r.lemma(i)]
		if !ok || r.tag(i) != tagNoun || r.text(i+1) != "de" && r.text(i+1) != "d'" {
			continue
		}
		if draftActs[r.lemma(i+2)] {
			continue
		}
		for _, k := range r.nounScope(i + 2) {
			r.Tokens[k].Modality |= m
		}
	}
}

var nounModality = map[string]Modality{
	"éventualité": Hypothetical, "hypothèse": Hypothetical, "intention": Planned, "objectif": Wish, "perspective": Planned, "possibilité": Possible,
	"projet": Planned, "promesse": Future, "proposition": Planned, "risque": Possible, "scénario": Hypothetical, "volonté": Wish, "étude": Planned,
}

// draftActs are what a « projet » of the council is voted as: no plan is told.
var draftActs = wordSet("arrêté budget contrat convention décision décret délibération loi règlement rapport avis motion vœu")

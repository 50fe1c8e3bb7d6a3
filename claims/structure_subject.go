package claims

import (
	"math"
	"slices"
	"strings"

	"contredit/french"
)

// procedureStems are words of meetings and votes: they say what happened to a subject, not
// which. Written by hand from minutes and statements, November 2026; stems of french.Terms.
var procedureStems = subjectStems(`adopter adoption approuver approbation assemblée assister associer avis ajout avoir collège commission comité
	communiqué compte conseil consulter consultation contre convier débat débattre décider décision délibération délibérer demander depuis dossier
	évoquer exception examiner examen favorable défavorable faire fois groupe information informer inscrire instance inviter jamais jour large
	majorité membre mettre minutes motion opposer opposition ordre organisation participer personne personnel point porter pour pouvoir présent présenter présence
	président présider procès-verbal projet prononcer question rapport réunion réunir région régional rejeter représentant saisir saisine savoir séance siéger social
	soumettre soutenir soutien sujet syndicat syndical table territorial tenir toute unanimité unanime unanimement valider venir voix vote voter abstention abstenir discordante
	élu élue conseiller vice-présidente collectivité hémicycle plénière session représenter connaissance examen étude article compte-rendu madame monsieur dernier dernière autre même seul seule déjà clarté parfaite grand lors ici texte ailleurs pourtant toutefois néanmoins cependant part propre entier entière jeter voilà rappeler dire mot reprise fois occasion façon manière cas`)

// subject is what a claim is about: stems with how much each tells, from 0 to 1.
type subject map[string]float64

func (s subject) mass() float64 {
	total := 0.0
	for _, stem := range s.stems() {
		total += s[stem]
	}
	return total
}

func (s subject) stems() []string {
	list := make([]string, 0, len(s))
	for stem := range s {
		list = append(list, stem)
	}
	slices.Sort(list)
	return list
}

// subjectOf parts the words that say what a claim is about from those that say who met, when
// and how. around holds those of the title, heading and sentences before.
func (l *Linker) subjectOf(c Claim, a *Assertion, named bodyNamed, hasBody bool, when window) (own, around subject) {
	own, around = subject{}, subject{}
	out := map[string]bool{}
	if hasBody {
		for stem := range subjectStems(named.Span.In(padded(c.Quote, named.End)), named.name) {
			out[stem] = true
		}
	}
	for stem := range subjectStems(c.Speaker, c.Medium) {
		out[stem] = true
	}
	for _, t := range a.Terms {
		inside := when.told && t.Start >= when.span.Start && t.End <= when.span.End
		if !t.Stop && !inside && !out[t.Stem] {
			l.tell(own, t)
		}
	}
	for _, t := range french.Terms(c.Heading + "\n" + c.Lead + "\n" + c.Before) {
		if !t.Stop && !out[t.Stem] && own[t.Stem] == 0 {
			l.tell(around, t)
		}
	}
	return own, around
}

// padded keeps a span that was read in another text inside this one.
func padded(text string, end int) string {
	if end > len(text) {
		return text + strings.Repeat(" ", end-len(text))
	}
	return text
}

func (l *Linker) tell(s subject, t french.Term) {
	if procedureStems[t.Stem] || isDateWord(t.Text) || len(t.Stem) < 2 || t.Text[0] >= '0' && t.Text[0] <= '9' && len(t.Text) < 5 || numberWords[t.Text] {
		return
	}
	s[t.Stem] = l.telling(t.Stem)
}

// numberWords are counts, which tell nothing of a subject.
var numberWords = stemWords(`un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante cent mille million premier première second seconde deuxième troisième`)

func stemWords(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range french.Words(list) {
		set[w] = true
	}
	return set
}

// telling is how much a stem says of a subject, from 0 for one in every record sentence to 1
// for one in none.
func (l *Linker) telling(stem string) float64 {
	n := float64(l.index.Len())
	return l.index.rarity(stem) / math.Log(1+(n+0.5)/0.5)
}

const (
	ownShare    = 0.5  // of the claim's own words that the item must hold
	lightOwn    = 0.75 // mass of own words under which they are too few to tell a subject
	aroundFloor = 1.0  // mass of words around the claim that the item must hold then
)

// What a word counts that stands in the text under a title and not in the title: one of the claim's,
// and one around it.
const (
	underTitle       = 0.7
	underTitleAround = 0.5
)

// subjectMatch is how surely a title and the text under it are about the subject of a claim, 0 when
// they are not, by the mass of the claim's words and how much of them and of those around it the two
// hold. placed says that the claim names the body or the day.
func subjectMatch(mass, hit, nearHit float64, placed bool) float64 {
	if mass >= lightOwn {
		if hit < ownShare*mass || hit < lightOwn*0.6 {
			return 0
		}
		return hit/mass + 0.1*min(nearHit, 3)
	}
	if !placed || nearHit < aroundFloor {
		return 0
	}
	return 0.5 + hit + 0.1*min(nearHit, 4)
}

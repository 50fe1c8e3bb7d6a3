package french

import (
	"fmt"
	"strconv"
	"strings"
)

// tag is what a word does beside its neighbours: parts of speech as fine as the rules of
// order need them.
type tag uint8

const (
	tagEdge tag = iota // before the first word
	tagDet
	tagContracted // du, des, au, aux: preposition and article in one
	tagPrep
	tagNoun
	tagProper
	tagAdj
	tagNumber
	tagPast // past participle
	tagGerund
	tagInf
	tagFin // conjugated verb
	tagAux // conjugated être or avoir
	tagSubj
	tagClitic
	tagRel
	tagPron
	tagAdv
	tagPas // second part of a negation: pas, plus, jamais
	tagNe
	tagCoord
	tagSub
	tagMark
	tagIntj
	tagCount
)

var tagNames = [tagCount]string{"edge", "det", "contr", "prep", "noun", "prop", "adj", "num", "past", "ger", "inf", "fin",
	"aux", "subj", "clit", "rel", "pron", "adv", "pas", "ne", "coord", "sub", "mark", "intj"}

var tagPOS = [tagCount]POS{UnknownPOS, Determiner, Preposition, Preposition, Noun, ProperNoun, Adjective, Numeral, Verb, Verb,
	Verb, Verb, Verb, Pronoun, Pronoun, Pronoun, Pronoun, Adverb, Negator, Negator, Conjunction, Conjunction, Mark, Interjection}

// closedWords gives the readings of the grammatical words, with what each costs when
// nothing around decides: the lexicon knows no frequencies, and « est » is a point of
// the compass less often than a verb. Lower case with accents; origin: the closed classes
// of French grammar, written by hand, November 2026.
const closedWords = `
a aux0 prep4
ai aux0
aie aux1
ainsi adv0
alors adv0
après prep0 adv1
as aux2 noun3
assez adv0
au contr0
aucun det0 pron1
aucune det0 pron1
aucunement pas0
aucuns det1 pron1
auprès adv0
aussi adv0
aussitôt adv0
autant adv0
autour adv0
autre adj0 pron2
autres adj0 pron2
autrui pron0
aux contr0
avant prep0 adv1
avec prep0
bien adv0 noun2
bientôt adv0
c' subj0
car coord0 noun5
ce det0 subj1
ceci pron0
cela pron0
celle pron0
celle-ci pron0
celle-là pron0
celles pron0
celles-ci pron0
celui pron0
celui-ci pron0
celui-là pron0
certain adj0 det1
certaine adj1 det0
certaines det0 pron1 adj3
certains det0 pron1 adj3
ces det0
cet det0
cette det0
ceux pron0
ceux-ci pron0
ceux-là pron0
chacun pron0
chacune pron0
chaque det0
chez prep0
ci adv0
combien adv0
comme sub0 prep1
comment adv0
contre prep0 noun4 fin6
d' prep0 det3
dans prep0
davantage adv0
de prep0 det3
demain adv0
depuis prep0 adv1
derrière prep0
des contr0 det1
deçà adv0
dont rel0
donc adv0 coord1
du contr0 det2
durant prep0
dès prep0
déjà adv0
désormais adv0
elle subj0 pron2
elles subj0 pron2
en prep0 clit0
encore adv0
enfin adv0
ensemble adv1 noun0
ensuite adv0
entre prep0 fin4
envers prep0 noun4
es aux2
est aux0 noun3
et coord0
etc adv0
eux pron0
faut fin0
faute noun0
fait fin0 past0 noun0
fois noun0
font fin0
fut aux0 noun9
guère pas0
hier adv0
hors prep0
ici adv0
il subj0
ils subj0
j' subj0
jadis adv0
jamais pas0
je subj0
jusque prep0
jusqu' prep0
l' det0 clit1
la det0 clit1
laquelle rel0
le det0 clit1
lequel rel0
les det0 clit1
lesquelles rel0
lesquels rel0
leur det0 clit0
leurs det0
loin adv0
lors adv0
lorsqu' sub0
lorsque sub0
lui clit0 pron1
là adv0
m' clit0
ma det0
mais coord0
malgré prep0
maintenant adv0
me clit0
mes det0
mien pron0
mieux adv0
mis past0 fin3
moi pron0
moins adv0
mon det0
même adj0 adv0
mêmes adj0
n' ne0
naguère adv0
ne ne0
ni coord0
non adv0
nonobstant prep0
nos det0
notre det0
nous subj0 clit0 pron2
nul det0 pron1 adj2
nulle det0 pron2 adj2
nullement pas0
on subj0
ont aux0
or coord0 noun1
ou coord0
outre prep0
où rel0
par prep0
parfois adv0
parmi prep0
partout adv0
pas pas0 noun4
pendant prep0 adj5
personne pron1 noun0
peu adv0
plus adv0 pas0
plusieurs det0 pron1
plutôt adv0
point noun0 pas2
pour prep0
pourquoi adv0
pourtant adv0
presque adv0
puis coord0 adv0
puisqu' sub0
puisque sub0
qu' sub0 rel0
quand sub0
quasi adv0
quasiment adv0
que sub0 rel0
quel det0
quelle det0
quelles det0
quels det0
quelqu' det0
quelque det0
quelques det0
quelques-uns pron0
quelques-unes pron0
quelqu'un pron0
qui rel0
quiconque pron0
quoi pron0
quoiqu' sub0
quoique sub0
rien pron0 noun4
s' clit0 sub1
sa det0
sans prep0
sauf prep0 adj3
se clit0
selon prep0
ses det0
seul adj0
seule adj0
seulement adv0
seules adj0
seuls adj0
si sub0 adv1
sien pron0
soit aux0 coord1
son det0 noun4
sommes aux0 noun0
sont aux0
souvent adv0
sous prep0
suis aux0 fin4
suite noun0
suivant prep1 ger1 adj1
sur prep0
t' clit0
ta det0
tant adv0
te clit0
tel adj0 det2
telle adj0 det2
telles adj0 det2
tels adj0 det2
tes det0
toi pron0
ton det0 noun3
toujours adv0
tous det0 pron0
tout det0 pron0 adv0
toute det0 adv1
toutefois adv0
toutes det0 pron0
trop adv0
très adv0
tu subj0
un det0 pron2
une det0 pron2
unes pron0
uns pron0
vers prep0
via prep0
vite adv0
voici adv0
voilà adv0
voire coord0
volontiers adv0
vos det0
votre det0
vous subj0 clit0 pron2
vs prep0
vu prep1 past0
y clit0
à prep0
ça pron0
çà adv0
été past0 noun2
ô intj0
`

// tagOrder tells, for what stands on the left, what may follow and at what cost; what is
// not named costs farCost. Hand-set on invented council sentences, November 2026.
const tagOrder = `
edge  det0 contr2 prep0 noun1 prop0 adj2 num0 past2 ger2 inf2 fin4 aux4 subj0 clit3 rel2 pron1 adv0 pas1 ne2 coord1 sub0 mark0 intj0
det   noun0 adj1 num1 prop1 past3 adv3 det2 pron3 pas4 mark6 prep6
contr noun0 adj1 num1 prop1 past3 adv3 det2 rel3 pron3
prep  det0 noun0 prop0 adj2 num0 inf0 pron0 ger1 adv2 sub3 rel1 clit3 ne2 pas2 past4 contr3 prep4 mark6 subj4 intj6
noun  adj0 prep0 contr0 fin1 aux0 past1 noun3 prop1 det3 num2 rel0 sub1 coord0 mark0 adv1 pas2 ne0 clit2 subj2 pron2 inf4 ger1 intj4
prop  prop0 fin1 aux0 mark0 prep0 contr0 coord0 noun2 adj2 past2 ne0 clit2 num1 rel1 sub1 adv1 pas2 det2 subj2 pron3 inf5 ger2
adj   noun0 adj2 prep0 contr0 mark0 coord0 fin1 aux0 past2 rel1 sub1 ne0 adv1 pas2 det3 prop2 clit2 num2 inf4 subj3 ger2 pron2
num   noun0 adj1 mark0 num0 prep0 contr0 coord0 prop1 fin2 aux1 past2 det3 rel1 sub1 ne1 adv1 subj2 clit2 pron3
past  prep0 contr0 det0 mark0 coord0 noun2 adj1 past1 adv0 sub0 rel2 pron1 inf1 num0 fin3 aux2 prop1 ne2 clit4 subj2 ger2 pas1
ger   det0 prep0 contr0 noun1 adj1 past1 pron0 sub0 adv0 pas0 mark0 coord0 num0 prop1 inf1 fin4 aux4
inf   det0 prep0 contr0 pron0 noun1 adv0 pas0 mark0 coord0 sub0 num0 prop1 past1 inf2 adj2 fin4 aux3 rel2 subj3 clit4 ne3 ger3
fin   det0 prep0 contr0 inf0 adj1 noun2 prop1 num0 pron0 adv0 pas0 sub0 coord0 mark0 subj1 clit2 rel2 past3 ger2 ne4
aux   past0 adj0 det0 prep0 contr0 adv0 pas0 pron1 noun2 num0 sub1 mark1 subj1 prop1 coord2 clit4 ger5 inf5 rel2
subj  fin0 aux0 clit0 ne0 mark3 prep4 rel1 det6 past4 adj4 adv3 pron3 coord4 sub3 inf6
clit  fin0 aux0 inf0 ger0 clit0 past4
rel   fin0 aux0 subj0 clit0 ne0 det0 noun2 prop1 pron0 adv2 inf2 prep2 mark2 num1 contr3 pas3 coord4
pron  fin1 aux0 prep0 contr0 rel0 mark0 coord0 adj1 det1 noun4 past1 ne0 clit1 adv1 pas1 sub1 inf2 prop4 num1 subj3 pron3 ger2
adv   det0 contr0 prep0 noun2 prop1 adj0 num0 past0 ger1 inf0 fin1 aux1 subj0 clit1 rel1 pron0 adv0 pas0 ne1 coord0 sub0 mark0
pas   det0 contr0 prep0 noun3 prop2 adj0 num1 past0 ger1 inf0 fin2 aux2 subj1 clit1 rel2 pron0 adv0 pas0 ne1 coord0 sub0 mark0
ne    fin0 aux0 clit0 inf1 pas0 ger0
coord det0 contr0 prep0 noun1 prop0 adj1 num0 past1 ger1 inf1 fin1 aux1 subj0 clit1 rel1 pron0 adv0 pas0 ne0 coord2 sub0 mark1
sub   det0 subj0 noun1 prop0 pron0 num0 adj3 fin3 aux3 clit2 ne2 prep1 contr2 adv1 inf4 mark2 pas2 past4 sub3 coord3
mark  det0 contr0 prep0 noun1 prop0 adj1 num0 past1 ger1 inf2 fin2 aux2 subj0 clit1 rel0 pron0 adv0 pas0 ne1 coord0 sub0 mark0 intj0
intj  det0 contr1 prep0 noun1 prop0 adj1 num0 past1 ger1 inf2 fin3 aux3 subj0 clit2 rel1 pron0 adv0 pas0 ne1 coord0 sub0 mark0 intj0
`

const farCost = 8

// grammar is the two tables above, read once per Analyzer.
type grammar struct {
	closed map[string][]reading
	order  [tagCount][tagCount]int16
}

func newGrammar(lex *Lexicon) (*grammar, error) {
	g := &grammar{closed: map[string][]reading{}}
	for _, line := range strings.Split(strings.TrimSpace(closedWords), "\n") {
		fields := strings.Fields(line)
		for _, f := range fields[1:] {
			t, cost, err := tagCost(f)
			if err != nil {
				return nil, fmt.Errorf("read the closed word %q: %w", fields[0], err)
			}
			g.closed[fields[0]] = append(g.closed[fields[0]], closedReading(lex, fields[0], t, cost))
		}
	}
	for i := range g.order {
		for j := range g.order[i] {
			g.order[i][j] = farCost
		}
	}
	for _, line := range strings.Split(strings.TrimSpace(tagOrder), "\n") {
		fields := strings.Fields(line)
		left, _, err := tagCost(fields[0] + "0")
		if err != nil {
			return nil, fmt.Errorf("read the order of words: %w", err)
		}
		for _, f := range fields[1:] {
			t, cost, err := tagCost(f)
			if err != nil {
				return nil, fmt.Errorf("read what follows %q: %w", fields[0], err)
			}
			g.order[left][t] = cost
		}
	}
	return g, nil
}

func tagCost(s string) (tag, int16, error) {
	name := strings.TrimRight(s, "0123456789")
	cost, err := strconv.ParseInt(s[len(name):], 10, 16)
	if err != nil {
		return 0, 0, fmt.Errorf("read the cost in %q: %w", s, err)
	}
	for i, n := range tagNames {
		if n == name {
			return tag(i), int16(cost), nil
		}
	}
	return 0, 0, fmt.Errorf("no tag is called %q", name)
}

// closedReading completes a reading with the lemma and the features of the lexicon.
func closedReading(lex *Lexicon, form string, t tag, cost int16) reading {
	r := reading{tag: t, cost: cost, lemma: form}
	if t == tagContracted && form[0] == 'd' {
		r.lemma = "de"
		return r
	}
	if lex == nil {
		return r
	}
	for _, e := range lex.Lookup(form) {
		for _, c := range entryReadings(e) {
			if tagPOS[c.tag] == tagPOS[t] && (tagPOS[t] != Verb || c.tag == t) || t == tagContracted && c.tag == tagDet {
				r.lemma, r.features = e.Lemma, c.features
			}
		}
	}
	return r
}

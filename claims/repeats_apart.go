package claims

import (
	"hash/fnv"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"contredit/french"
)

// identity is what sets a claim apart from another that has the same words: when it was, who acts, whom
// or what it names, and on which side of contrary words it stands. What one of two leaves unsaid sets
// nothing apart.
type identity struct {
	years []int16        // sorted
	actor uint32         // hash of who acts; 0 unsaid
	names []uint32       // hashes of proper names, sorted
	sides []contrarySide // sorted
}

// contrarySide is a word of a pair or a scale whose values exclude each other.
type contrarySide struct {
	pair uint16
	mask uint16
}

// excludes says that two claims cannot be one: « En 2022, la Région a versé », « En 2024, le Département ».
func (a identity) excludes(b identity) bool {
	if a.actor != 0 && b.actor != 0 && a.actor != b.actor {
		return true
	}
	if each(a.years, b.years) || each(a.names, b.names) {
		return true
	}
	for _, x := range a.sides {
		for _, y := range b.sides {
			if x.pair == y.pair && x.mask&y.mask == 0 {
				return true
			}
		}
	}
	return false
}

// each says that each of two sorted lists has what the other has not.
func each[T int16 | uint32](a, b []T) bool {
	lacks := func(a, b []T) bool {
		return slices.ContainsFunc(a, func(v T) bool { _, found := slices.BinarySearch(b, v); return !found })
	}
	return lacks(a, b) && lacks(b, a)
}

func identityOf(c Claim, stems []string) identity {
	id := identity{years: yearsOf(c), actor: hashOf(actorOf(c)), sides: sidesOf(stems)}
	if strings.ToUpper(c.Quote) == c.Quote {
		return id // in capitals alone, all words look like names
	}
	first := true
	for _, t := range french.Terms(c.Quote) {
		word := t.In(c.Quote)
		name, _ := utf8.DecodeRuneInString(word)
		if unicode.IsUpper(name) && (t.Rare || !first) && utf8.RuneCountInString(word) > 1 && actorNames[t.Text] == "" && civilityWords[t.Text] == "" && !notNames[t.Text] && !isRole([]string{t.Text}) {
			id.names = append(id.names, hashOf(t.Text))
		}
		first = false
	}
	slices.Sort(id.names)
	id.names = slices.Compact(id.names)
	return id
}

// hashOf tells words apart in four bytes, a million claims each having some; 0 for "".
func hashOf(word string) uint32 {
	if word == "" {
		return 0
	}
	h := fnv.New32a()
	h.Write([]byte(word))
	return h.Sum32() | 1
}

// yearsOf are the years that a claim names, « cette année » among them. Reading all its dates would take
// longer than all the rest of a comparison.
func yearsOf(c Claim) []int16 {
	folded := french.Fold(c.Quote)
	var years []int16
	for _, m := range yearNamed.FindAllStringSubmatchIndex(folded, -1) {
		if !countsAfter.MatchString(folded[m[1]:]) {
			year, _ := strconv.Atoi(folded[m[2]:m[3]]) // four digits
			years = append(years, int16(year))
		}
	}
	if said, err := time.Parse(time.DateOnly, c.Date); err == nil {
		for _, w := range nearYears {
			if strings.Contains(folded, w.words) {
				years = append(years, int16(said.Year()+w.ahead))
			}
		}
	}
	slices.Sort(years)
	return slices.Compact(years)
}

var (
	yearNamed   = regexp.MustCompile(`(?:^|[\s(/'-])((?:19|20)\d\d)\b`)
	countsAfter = regexp.MustCompile(`^ ?(?:€|euros?|k€|agents?|postes?|eleves?|habitants?|logements?|personnes?|voix|%|km)`)
	nearYears   = []struct {
		words string
		ahead int
	}{{"cette annee", 0}, {"l'an dernier", -1}, {"l'an passe", -1}, {"l'annee derniere", -1}, {"l'an prochain", 1}, {"l'annee prochaine", 1}}
)

// actorNames are the institutions that act, by the folded words that name them.
var actorNames = map[string]string{
	"agglomeration": "agglomeration", "commune": "commune", "communes": "commune", "departement": "departement", "departemental": "departement", "departementale": "departement",
	"etat": "etat", "gouvernement": "etat", "mairie": "commune", "metropole": "metropole", "metropolitain": "metropole", "ministere": "etat", "municipal": "commune", "municipale": "commune",
	"municipalite": "commune", "prefecture": "etat", "prefet": "etat", "region": "region", "regional": "region", "regionale": "region", "ville": "commune",
}

var (
	byWhom   = regexp.MustCompile(`\bete .*\bpar (?:le |la |l'|les )?(?:conseil |collectivite )?([a-z]+)`)
	fromWhom = regexp.MustCompile(`\b(?:nous|on|notre|nos|je|j'|mon|ma)(?:\b|$)`)
)

// actorOf is who acts in a claim: who it says that it was done by, else the first institution that it
// names. « Nous » is the institution that speaks; of a person it is not told which.
func actorOf(c Claim) string {
	folded := french.Fold(c.Quote)
	if m := byWhom.FindStringSubmatch(folded); m != nil && actorNames[m[1]] != "" {
		return actorNames[m[1]]
	}
	for _, w := range french.Words(c.Quote) {
		w = strings.TrimPrefix(strings.TrimPrefix(w, "l'"), "d'")
		if fromWhom.MatchString(w) {
			if !c.Collective {
				return ""
			}
			for _, of := range french.Words(c.Speaker) {
				if actorNames[of] != "" {
					return actorNames[of]
				}
			}
			return french.Fold(c.Speaker)
		}
		if actorNames[w] != "" {
			return actorNames[w]
		}
	}
	return ""
}

// sidesOf are the contrary words of a claim, of which one value only may hold.
func sidesOf(stems []string) []contrarySide {
	masks := map[uint16]uint16{}
	for _, stem := range stems {
		for _, s := range contraries()[stem] {
			masks[s.pair] |= s.mask
		}
	}
	var sides []contrarySide
	for pair, mask := range masks {
		sides = append(sides, contrarySide{pair, mask})
	}
	slices.SortFunc(sides, func(a, b contrarySide) int { return int(a.pair) - int(b.pair) })
	return sides
}

// contraryScales are those one word of which excludes the others.
var contraryScales = []string{"changement", "existence"}

// contraries are the sides by stem, of scales/contraires.tsv and of the verbs of contraryScales.
var contraries = sync.OnceValue(func() map[string][]contrarySide {
	l, of := frameWords(), map[string][]contrarySide{}
	add := func(word string, side contrarySide) {
		if t := french.Terms(word); len(t) == 1 && !slices.Contains(of[t[0].Stem], side) {
			of[t[0].Stem] = append(of[t[0].Stem], side)
		}
	}
	for _, list := range l.triggers {
		for _, t := range list {
			n := slices.Index(contraryScales, t.scale.name)
			if n < 0 || len(t.words) != 1 || t.mask == 0 || t.words[0].stem == "" {
				continue
			}
			add(t.words[0].text, contrarySide{uint16(n), t.mask})
		}
	}
	for i, pair := range l.contrary {
		for side, word := range pair {
			add(word, contrarySide{uint16(len(contraryScales) + i), 1 << side})
		}
	}
	return of
})

// isDenial says that a claim denies. What is said to be false is denied, and what is not denied is said.
func isDenial(quote string) bool {
	denied := false
	for _, t := range french.Terms(quote) {
		switch t.Text {
		case "ne", "n", "n'", "pas", "aucun", "aucune", "aucunement", "jamais", "nul", "nulle", "nullement", "sans":
			denied = true
		}
	}
	return denied != falseSaying.MatchString(french.Fold(quote))
}

// falseSaying are the folded words by which what follows is denied.
var falseSaying = regexp.MustCompile(`\b(?:(?:est|etait|serait) (?:totalement |parfaitement |absolument )?(?:faux|inexact|mensonger)|(?:nie|nient|nions|dement|dementent|dementons|refute|refutent|conteste|contestent|contestons) (?:que|qu'|avoir|etre)|refus(?:e|es|ent|ons|ait|aient) (?:de|d')|renonc(?:e|es|ent|ons) a |cess(?:e|es|ent|ons) de)`)

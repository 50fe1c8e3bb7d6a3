package main

import (
	"regexp"
	"strings"

	"contredit/french"
)

// A verb's infinitive carries its conjugation and constructions instead of a tag:
// group, then i(ntransitive) t(ransitive) n(indirect) p/q/r(eflexive), auxiliary.
var verbLemma = regexp.MustCompile(`^v[0-3]`)

func isVerbLemma(tag string) bool { return verbLemma.MatchString(tag) }

var tenses = map[string]french.Features{
	"cond": french.ConditionalPresent,
	"ifut": french.IndicativeFuture,
	"iimp": french.IndicativeImperfect,
	"impe": french.ImperativePresent,
	"infi": french.Infinitive,
	"ipre": french.IndicativePresent,
	"ipsi": french.PastSimple,
	"ppas": french.PastParticiple,
	"ppre": french.PresentParticiple,
	"simp": french.SubjunctiveImperfect,
	"spre": french.SubjunctivePresent,
}

var persons = map[string]french.Features{
	"1pl": french.FirstPerson | french.Plural,
	"1sg": french.FirstPerson | french.Singular,
	"2pl": french.SecondPerson | french.Plural,
	"2sg": french.SecondPerson | french.Singular,
	"3pl": french.ThirdPerson | french.Plural,
	"3sg": french.ThirdPerson | french.Singular,
	"epi": french.Masculine | french.Feminine,
	"fem": french.Feminine,
	"inv": french.Singular | french.Plural,
	"mas": french.Masculine,
	"pl":  french.Plural,
	"sg":  french.Singular,
	"1pe": french.FirstPerson,
	"2pe": french.SecondPerson,
	"3pe": french.ThirdPerson,
}

// kinds are tags of words that are not conjugated.
var kinds = map[string]french.POS{
	"adj":       french.Adjective,
	"adv":       french.Adverb,
	"advint":    french.Adverb,
	"cj":        french.Conjunction,
	"cjco":      french.Conjunction,
	"cjsub":     french.Conjunction,
	"det":       french.Determiner,
	"detdem":    french.Determiner,
	"detex":     french.Determiner,
	"detind":    french.Determiner,
	"detneg":    french.Determiner,
	"detpos":    french.Determiner,
	"interj":    french.Interjection,
	"loc.adj":   french.Adjective,
	"loc.adv":   french.Adverb,
	"loc.cj":    french.Conjunction,
	"loc.cjsub": french.Conjunction,
	"loc.nom":   french.Noun,
	"loc.patr":  french.ProperNoun,
	"loc.prep":  french.Preposition,
	"nb":        french.Numeral,
	"nbro":      french.Numeral,
	"negadv":    french.Negator,
	"nom":       french.Noun,
	"npr":       french.ProperNoun,
	"patr":      french.ProperNoun,
	"pfx":       french.Affix,
	"ponc":      french.Mark,
	"prep":      french.Preposition,
	"prepv":     french.Preposition,
	"prn":       french.ProperNoun,
	"proadv":    french.Pronoun,
	"prodem":    french.Pronoun,
	"proind":    french.Pronoun,
	"proint":    french.Pronoun,
	"proneg":    french.Pronoun,
	"properobj": french.Pronoun,
	"propersuj": french.Pronoun,
	"prorel":    french.Pronoun,
	"sfx":       french.Affix,
	"sign":      french.Mark,
	"titr":      french.Noun,
}

// readings turns the tag and the number column of one line into readings: one for each
// part of speech named, tenses and persons gathered in it.
func readings(lemma, tag, number string) []reading {
	var features french.Features
	for _, n := range strings.Split(number, "/") {
		features |= persons[n]
	}
	if isVerbLemma(tag) || number == "infi" {
		return []reading{{lemma, french.Verb, french.Infinitive}}
	}
	var list []reading
	verb := french.Features(0)
	for _, t := range strings.Split(tag, "/") {
		t = strings.TrimRight(t, "!")
		switch {
		case tenses[t] != 0:
			verb |= tenses[t]
		case strings.HasPrefix(t, "1jsg"), strings.HasPrefix(t, "1isg"):
			// « aimé-je »: a first person that is written with the participle.
		case persons[t] != 0:
			features |= persons[t]
		case kinds[t] != french.UnknownPOS:
			r := reading{lemma, kinds[t], 0}
			if t == "cjsub" || t == "loc.cjsub" {
				r.features = french.Subordinates
			}
			list = merge(list, r)
		}
	}
	for i := range list {
		list[i].features |= features
	}
	if verb != 0 {
		list = append([]reading{{lemma, french.Verb, verb | features}}, list...)
	}
	return list
}

package claims

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"contredit/french"
)

// attendee is somebody whom a text names, by name, by function, or both.
type attendee struct {
	first, last string // folded; "" when a function alone is told
	civility    byte   // 'm' or 'f'; 0 when not told
	role        string // function in the form of presence.tsv; "" without one
	of          string // group of the complement of the function: « maire d'Aubeterre »
	ofName      bool   // the complement is a proper name
	plural      bool   // « les vice-présidents »
	alone       bool   // « le seul vice-président »
	acronym     bool   // « CGT »
	body        bool   // told by a noun of presence.tsv's no function: « les pompiers », « la région »
	written     string // the function as written, folded: « présidente » is not « président »
	governed    bool   // « le courrier du préfet »: not the prefect
	start, end  int    // tokens, end excluded
}

// civilities say how many are named and of which sex.
var civilities = map[string]struct {
	sex  byte
	many bool
}{"m": {'m', false}, "mm": {'m', true}, "mme": {'f', false}, "mmes": {'f', true}, "mlle": {'f', false}, "monsieur": {'m', false},
	"madame": {'f', false}, "messieurs": {'m', true}, "mesdames": {'f', true}, "docteur": {0, false}, "dr": {0, false}}

func isCivility(word string) bool {
	_, ok := civilities[word]
	return ok
}

// peopleIn finds those whom a sentence names; roles are the hits of the class « rôle ».
func peopleIn(s *french.Sentence, roles []scaleHit) []attendee {
	var list []attendee
	roleEnd := map[int]bool{}
	for _, h := range roles {
		roleEnd[h.tokens[len(h.tokens)-1]+1] = true
		list = append(list, functionAt(s, h))
	}
	for i := 0; i < len(s.Tokens); {
		end := i + 1
		if c, ok := civilities[s.Tokens[i].Text]; ok {
			end = civilAt(s, i, c.sex, c.many, &list)
		} else if nameRun(s, i) > i && (i == 0 || nameRun(s, i-1) == i-1) {
			end = nameRun(s, i)
			if p, ok := plainNameAt(s, i, end, roleEnd[i]); ok {
				list = append(list, p)
			}
		}
		i = max(end, i+1)
	}
	return list
}

// nameRun is the end of the capitalised words that begin at i; i when there are none.
func nameRun(s *french.Sentence, i int) int {
	for ; i < len(s.Tokens); i++ {
		t := s.Tokens[i]
		r, _ := utf8.DecodeRuneInString(s.Text[t.Start:])
		if !unicode.IsUpper(r) || t.Stop || t.POS == french.Mark || t.POS == french.Verb && t.Mood != french.ParticipleMood || isCivility(t.Text) {
			return i
		}
	}
	return i
}

// civilAt reads the names after a civility, several after « MM. ».
func civilAt(s *french.Sentence, i int, sex byte, many bool, list *[]attendee) int {
	at := i + 1
	if at < len(s.Tokens) && s.Tokens[at].Text == "." {
		at++
	}
	for {
		end := nameRun(s, at)
		if end == at {
			return at
		}
		*list = append(*list, nameAt(s, at, end, sex))
		if next := end + 1; many && next < len(s.Tokens) && (s.Tokens[end].Text == "," || s.Tokens[end].Text == "et") && nameRun(s, next) > next {
			at = next
			continue
		}
		return end
	}
}

func nameAt(s *french.Sentence, at, end int, sex byte) attendee {
	p := attendee{last: s.Tokens[end-1].Text, civility: sex, start: at, end: end}
	if end-at > 1 {
		p.first = s.Tokens[at].Text
	}
	p.governed = governs(s, at)
	return p
}

// plainNameAt reads a name without civility: two words, an acronym, or one word after a
// function. One word alone may be a place.
func plainNameAt(s *french.Sentence, at, end int, afterRole bool) (attendee, bool) {
	word := s.Tokens[at].In(s.Text)
	acronym := len(word) > 1 && word == upper(word)
	if end-at < 2 && !acronym && !afterRole || end-at > 3 {
		return attendee{}, false
	}
	if at == 0 && end-at < 2 && !acronym {
		return attendee{}, false
	}
	p := nameAt(s, at, end, 0)
	p.acronym = acronym
	return p, true
}

func upper(w string) string {
	b := []rune(w)
	for i, r := range b {
		b[i] = unicode.ToUpper(r)
	}
	return string(b)
}

// functionAt reads a function and what completes it.
func functionAt(s *french.Sentence, h scaleHit) attendee {
	p := attendee{role: roleName(h), written: s.Tokens[h.tokens[0]].Text, start: h.tokens[0], end: h.tokens[len(h.tokens)-1] + 1}
	t := s.Tokens[p.start]
	p.plural = isPlural(t)
	for k := p.start - 1; k >= max(p.start-2, 0); k-- {
		p.alone = p.alone || s.Tokens[k].Lemma == "seul"
	}
	p.governed = governs(s, p.start)
	if p.end < len(s.Tokens) && h.tokens[len(h.tokens)-1] > h.tokens[0]+2 {
		return p // the phrase holds its complement
	}
	l := frameWords()
	for k := p.end; k < len(s.Tokens) && k < p.end+5; k++ {
		switch c := s.Tokens[k]; {
		case c.POS == french.ProperNoun || c.POS == french.Noun && k > p.end:
			if w := l.themeWord(l.themeStem(c), 1, false); !w.weak {
				p.of, p.ofName = w.group, c.POS == french.ProperNoun || isNameToken(s, k)
			}
			return p
		case c.Lemma == "de" || c.Lemma == "à" || c.Lemma == "au" || c.POS == french.Determiner || c.Lemma == "charger" || c.Lemma == "déléguer":
		default:
			return p
		}
	}
	return p
}

func isPlural(t french.Token) bool {
	return t.Features&french.Plural != 0 && (strings.HasSuffix(t.Text, "s") || strings.HasSuffix(t.Text, "x"))
}

func isLetters(word string) bool {
	return strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) < 0
}

func roleName(h scaleHit) string {
	if len(h.themes) > 0 {
		return french.Fold(h.themes[0].stem)
	}
	name := ""
	for _, w := range h.words {
		name += " " + french.Fold(w.text)
	}
	return name[1:]
}

// governs says whether the words from i on complete a noun that is somebody or something else:
// « l'amendement de M. Martin ».
func governs(s *french.Sentence, i int) bool {
	k := i - 1
	for k >= 0 && (s.Tokens[k].Text == "." || isCivility(s.Tokens[k].Text) || s.Tokens[k].POS == french.Determiner || s.Tokens[k].Lemma == "seul") {
		k--
	}
	if k < 1 || s.Tokens[k].Lemma != "de" {
		return false
	}
	switch noun := s.Tokens[k-1]; noun.Lemma {
	case "absence", "présence", "présidence", "empêchement", "remplacement", "arrivée", "départ", "siège", "fauteuil", "chaise", "lettre", "courrier", "message", "excuse":
		return false
	default:
		return noun.POS == french.Noun || noun.POS == french.ProperNoun
	}
}

// groupRoles are functions of many, which somebody may represent.
var groupRoles = map[string]bool{"syndicat": true, "parent": true, "opposition": true, "majorite": true, "habitant": true, "riverain": true, "groupe": true,
	"commercant": true, "agriculteur": true, "entreprise": true, "pompier": true}

// group says whether it is a group, a union or an institution and no single person.
func (p attendee) group() bool {
	return p.plural || groupRoles[p.role] || p.body || p.first == "" && p.civility == 0 && p.acronym
}

// same says whether two may be one person: what both tell must agree.
func (p attendee) same(o attendee) bool {
	if p.last != "" || o.last != "" {
		if p.last != o.last || p.civility != 0 && o.civility != 0 && p.civility != o.civility {
			return false
		}
		return p.first == "" || o.first == "" || p.first == o.first || p.first[0] == o.first[0] && (len(p.first) == 1 || len(o.first) == 1)
	}
	if p.role == "" || p.role != o.role || o.governed {
		return false
	}
	if !p.plural && !o.plural && p.written != o.written && french.Stem(p.written) == french.Stem(o.written) {
		return false // « la présidente », « le président »
	}
	return p.of == "" || o.of == "" || p.of == o.of || p.ofName != o.ofName
}

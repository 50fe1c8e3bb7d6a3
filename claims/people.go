package claims

import (
	"slices"
	"strings"

	"contredit/french"
)

// People are the persons of a directory for people to read: those of the roster, then everybody
// else whom the configuration and the documents name, one entry a name, by surname.
func People(listed []Listed, r *Roster) []Person {
	list := r.Persons()
	at := map[string]int{}
	for _, l := range listed {
		key := PersonKey(l.Name)
		if key == "" || r != nil && len(r.named[key]) > 0 {
			continue
		}
		i, known := at[key]
		if !known {
			i = len(list)
			at[key], list = i, append(list, Person{Name: l.Name})
		}
		p := &list[i]
		if strings.ToUpper(p.Name) == p.Name {
			p.Name = l.Name // « Nadège FOURCAUD » rather than capitals alone
		}
		p.Civility = firstFilled(p.Civility, l.Civility)
		p.addOffice(Office{Function: l.Function, Group: l.Group, Body: l.Body, From: l.From, To: l.To})
	}
	list = withoutSurnames(list, len(r.Persons()))
	slices.SortStableFunc(list, func(a, b Person) int { return strings.Compare(bySurname(a.Name), bySurname(b.Name)) })
	return list
}

// withoutSurnames puts a surname alone to the only one who has it, as the directory does. The first
// persons were put right: nothing is added to them.
func withoutSurnames(list []Person, first int) []Person {
	bearers := map[string][]int{}
	for i, p := range list {
		if words := nameWords(plainName(p.Name)); len(words) > 1 {
			bearers[words[len(words)-1]] = append(bearers[words[len(words)-1]], i)
		}
	}
	var kept []Person
	alone := map[int]bool{}
	for i, p := range list {
		words := nameWords(plainName(p.Name))
		if i < first || len(words) != 1 || len(bearers[words[0]]) != 1 {
			continue
		}
		alone[i] = true
		for _, o := range p.Offices {
			if bearer := bearers[words[0]][0]; bearer >= first && o.Function != "" {
				list[bearer].addOffice(o)
			}
		}
	}
	for i, p := range list {
		if !alone[i] {
			kept = append(kept, p)
		}
	}
	return kept
}

// addOffice adds what documents say of an office, unless an entry says it already.
func (p *Person) addOffice(o Office) {
	if o.Function+o.Group+o.Body == "" {
		return
	}
	for i := range p.Offices {
		known := &p.Offices[i]
		if french.Fold(known.Function) == french.Fold(o.Function) && french.Fold(known.Body) == french.Fold(o.Body) && sameOrEmpty(known.Group, o.Group) &&
			known.From == o.From && known.To == o.To {
			known.Group = firstFilled(known.Group, o.Group)
			return
		}
	}
	p.Offices = append(p.Offices, o)
}

func bySurname(name string) string {
	words := nameWords(plainName(name))
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1] + " " + PersonKey(name)
}

// With returns the person of whom another entry of the directory is one more spelling, with the
// names and the offices of both.
func (p Person) With(other Person) Person {
	p.Variants = append(append(slices.Clone(p.Variants), other.Name), other.Variants...)
	p.Offices = slices.Clone(p.Offices)
	p.Civility = firstFilled(p.Civility, other.Civility)
	for _, o := range other.Offices {
		p.addOffice(o)
	}
	return p
}

// PlainName is a name without the words in brackets that tell homonyms apart.
func PlainName(name string) string { return plainName(name) }

// NewDirectoryOf returns a directory that knows what another listed.
func NewDirectoryOf(listed []Listed) *Directory {
	d := NewDirectory()
	for _, l := range listed {
		if words := nameWords(l.Name); len(words) > 0 {
			d.enter(listedMember{Member: l.Member, words: words, role: nameWords(l.Function), configured: l.Configured, seen: l.Seen, first: l.First, last: l.Last})
		}
	}
	return d
}

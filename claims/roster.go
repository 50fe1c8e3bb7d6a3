package claims

import (
	"errors"
	"slices"
	"strings"

	"contredit/french"
)

// Office is what a person is, where and when. Days are ISO, both included, "" open.
type Office struct {
	Function string `json:"function"`
	Group    string `json:"group,omitempty"` // political group or union; "" unknown
	Body     string `json:"body,omitempty"`  // institution; "" unknown
	From     string `json:"from,omitempty"`
	To       string `json:"to,omitempty"`
}

// Person is somebody of the directory as a reviewer put it right. It goes before what the
// configuration and the documents say under the same names: their offices no longer count.
type Person struct {
	Name     string   `json:"name"` // words in brackets tell homonyms apart: « Jean Martin (Vaubrun) »
	Civility string   `json:"civility,omitempty"`
	Variants []string `json:"variants,omitempty"` // other names under which documents print the same person
	Offices  []Office `json:"offices,omitempty"`
}

// ErrNotAPerson is returned for a name that is an office or nothing at all: « le Président »
// is a mandate of somebody, and not a name for one.
var ErrNotAPerson = errors.New("not the name of a person")

// Tidy returns the person without double blanks, empty offices and names said twice.
// ErrNotAPerson when a name is none.
func (p Person) Tidy() (Person, error) {
	tidy := Person{Name: oneLine(p.Name), Civility: civilityOf(p.Civility)}
	seen := map[string]bool{PersonKey(tidy.Name): true}
	for _, v := range p.Variants {
		if v = oneLine(v); v != "" && !seen[PersonKey(v)] {
			seen[PersonKey(v)] = true
			tidy.Variants = append(tidy.Variants, v)
		}
	}
	for _, name := range append([]string{tidy.Name}, tidy.Variants...) {
		if words := nameWords(plainName(name)); len(words) == 0 || isRole(words) {
			return tidy, ErrNotAPerson
		}
	}
	for _, o := range p.Offices {
		o.Function, o.Group, o.Body = oneLine(o.Function), oneLine(o.Group), oneLine(o.Body)
		if o.Function+o.Group+o.Body != "" && !slices.Contains(tidy.Offices, o) {
			tidy.Offices = append(tidy.Offices, o)
		}
	}
	return tidy, nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// PersonKey is the name of a person without case, accents, civility and double blanks: two
// spellings of one name have the same.
func PersonKey(name string) string {
	key := strings.Join(nameWords(plainName(name)), " ")
	if _, mark, ok := strings.Cut(name, "("); ok && key != "" {
		key += " (" + strings.Join(french.Words(mark), " ") + ")"
	}
	return key
}

// plainName is a name as documents print it, without the words that tell homonyms apart.
func plainName(name string) string {
	before, _, _ := strings.Cut(name, "(")
	return strings.TrimSpace(before)
}

// Roster are the persons whom reviewers put right.
type Roster struct {
	persons []Person
	named   map[string][]int // by key of the name and of each variant
}

// NewRoster holds the persons, those corrected last at the end: where two claim one name, the
// later goes first.
func NewRoster(persons []Person) *Roster {
	r := &Roster{named: map[string][]int{}}
	taken, names := map[string]bool{}, map[string]bool{}
	for _, p := range slices.Backward(persons) {
		key := PersonKey(p.Name)
		if key == "" || taken[key] || names[key] {
			continue // merged into another since, or corrected again
		}
		names[key] = true
		p.Variants = slices.DeleteFunc(slices.Clone(p.Variants), func(v string) bool { return names[PersonKey(v)] })
		for _, v := range p.Variants {
			taken[PersonKey(v)] = true
		}
		r.persons = append(r.persons, p)
	}
	for i, p := range r.persons {
		for _, name := range append([]string{p.Name}, p.Variants...) {
			r.named[PersonKey(name)] = append(r.named[PersonKey(name)], i)
		}
	}
	return r
}

// Find returns the one person who goes by a name, as a name or a variant. It answers false for
// a name of nobody here, and for one of several.
func (r *Roster) Find(name string) (Person, bool) {
	if r == nil {
		return Person{}, false
	}
	key := PersonKey(name)
	if len(r.named[key]) != 1 {
		return Person{}, false
	}
	for i, p := range r.persons {
		if i != r.named[key][0] && PersonKey(plainName(p.Name)) == key {
			return Person{}, false // a homonym that a remark in brackets tells apart
		}
	}
	return r.persons[r.named[key][0]], true
}

// NameOf is the right name for one that was printed; the same when nobody put it right.
func (r *Roster) NameOf(printed string) string {
	if p, ok := r.Find(printed); ok {
		return p.Name
	}
	return printed
}

// Persons are those who stand, in the order of their names.
func (r *Roster) Persons() []Person {
	if r == nil {
		return nil
	}
	list := slices.Clone(r.persons)
	slices.SortFunc(list, func(a, b Person) int { return strings.Compare(PersonKey(a.Name), PersonKey(b.Name)) })
	return list
}

// Corrected returns a directory in which the persons of the roster stand as reviewers put
// them; d itself stays as it is.
func (d *Directory) Corrected(r *Roster) *Directory {
	if r == nil || len(r.persons) == 0 {
		return d
	}
	c := NewDirectory()
	c.roster = r
	met := make([]int, len(r.persons))
	for _, l := range d.members {
		if owners := r.named[PersonKey(l.Name)]; len(owners) > 0 {
			for _, i := range owners {
				met[i] += l.seen
			}
			continue
		}
		c.enter(l)
	}
	for i, p := range r.persons {
		offices := p.Offices
		if len(offices) == 0 {
			offices = []Office{{}}
		}
		for _, name := range append([]string{p.Name}, p.Variants...) {
			for _, o := range offices {
				m := Member{Name: p.Name, Civility: p.Civility, Function: o.Function, Group: o.Group, Body: o.Body, From: o.From, To: o.To}
				c.enter(listedMember{Member: m, words: nameWords(plainName(name)), role: nameWords(o.Function), configured: true, seen: max(met[i], 1),
					person: PersonKey(p.Name)})
			}
		}
	}
	return c
}

func (d *Directory) enter(l listedMember) {
	surname := l.words[len(l.words)-1]
	d.members = append(d.members, l)
	d.bySurname[surname] = append(d.bySurname[surname], len(d.members)-1)
}

// Listed is an office of a person as the configuration or documents say it.
type Listed struct {
	Member
	Configured bool
	Seen       int    // times that documents say it
	First      string // ISO days of the oldest and youngest document that says it; "" unknown
	Last       string
}

// Listed are all offices that are known, in the order in which they were met.
func (d *Directory) Listed() []Listed {
	list := make([]Listed, 0, len(d.members))
	for _, l := range d.members {
		list = append(list, Listed{l.Member, l.configured, l.seen, l.first, l.last})
	}
	return list
}

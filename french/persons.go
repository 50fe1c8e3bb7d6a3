package french

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Person is somebody named in a text.
type Person struct {
	Span                // civility, name, function and group together
	Civility     string // "M.", "Mme", "Mlle" or ""
	First, Last  string // as printed; First is "" when only the family name is given
	NameSpan     Span
	Function     string // « vice-présidente chargée du numérique », as printed; "" unsaid
	FunctionSpan Span
	Group        string // « CGT », « groupe Horizons »; "" unsaid
	GroupSpan    Span
}

// Glossary maps acronyms and other names of bodies to the name to show, as the
// configuration gives them. Keys are compared folded.
type Glossary map[string]string

// IsShortAcronym says that a name of a glossary is told from words by its capitals alone: « ça »
// is no « CA », nor « la cap » a « CAP ».
func IsShortAcronym(name string) bool {
	return utf8.RuneCountInString(name) < 4 && strings.ToUpper(name) == name
}

// SameTerm says whether two names are one entry of a glossary.
func SameTerm(a, b string) bool { return TermKey(a) == TermKey(b) }

// TermKey is what all spellings of one entry of a glossary have in common.
func TermKey(name string) string {
	if name = strings.Join(strings.Fields(name), " "); IsShortAcronym(name) {
		return name
	}
	return Fold(name)
}

// With returns a glossary in which the entry of a name is another one; "" for body takes it away.
func (g Glossary) With(name, body string) Glossary {
	changed := Glossary{}
	for alias, of := range g {
		if !SameTerm(alias, name) {
			changed[alias] = of
		}
	}
	if body != "" {
		changed[name] = body
	}
	return changed
}

// NameOf is the name to show for a body that is called so; the same when the glossary has none.
func (g Glossary) NameOf(called string) string {
	if name, ok := g[called]; ok {
		return name
	}
	for alias, name := range g {
		if SameTerm(alias, called) {
			return name
		}
	}
	return called
}

// Body is an institution or a union named in a text.
type Body struct {
	Span
	Name    string // canonical name: of the glossary, else of the built-in list, else as printed
	Acronym string // folded to capitals, "" when the text spells the name out
}

var plainPerson = regexp.MustCompile(`\b(M\.|Mme|Mlle|Monsieur|Madame)\s+((?:\p{Lu}[\p{L}'’-]*\s+)*\p{Lu}[\p{L}'’-]*)`)

// Persons returns the persons named in text, in order of their spans.
func Persons(text string) []Person {
	var list []Person
	for _, m := range plainPerson.FindAllStringSubmatchIndex(text, -1) {
		p := Person{Span: Span{m[0], m[1]}, NameSpan: Span{m[4], m[5]}, Civility: text[m[2]:m[3]]}
		names := strings.Fields(text[m[4]:m[5]])
		p.Last = names[len(names)-1]
		p.First = strings.Join(names[:len(names)-1], " ")
		list = append(list, p)
	}
	return list
}

var plainBody = regexp.MustCompile(`\b(CST|CSA|CSE|CESER|CP|[Cc]onseil régional|[Cc]ommission permanente|[Cc]omité social territorial|[Cc]onseil d['’]administration)\b`)

// Bodies returns the institutions named in text, in order of their spans.
func Bodies(text string, glossary Glossary) []Body {
	var list []Body
	for _, m := range plainBody.FindAllStringIndex(text, -1) {
		b := Body{Span: Span{m[0], m[1]}, Name: text[m[0]:m[1]]}
		if name, ok := glossary[b.Name]; ok {
			b.Name = name
		}
		list = append(list, b)
	}
	return list
}

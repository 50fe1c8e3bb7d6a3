package french

import (
	"regexp"
	"strings"
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

package claims

import "contredit/french"

// ReadOn reads a sentence with what stands around it and its day, as the linker does.
func ReadOn(c *Comparer, text, context, day string) *Assertion {
	return c.reader.read(text, context, day)
}

// NumbersAndDates are the reasons of the two comparators of numbers and of dates alone.
func NumbersAndDates(claim, record *Assertion) []Reason {
	return append(compareNumbers(claim, record), compareDates(claim, record)...)
}

// BodyIn is the institution that a linker with a glossary finds in a text: its class, name and words.
func BodyIn(glossary french.Glossary, text string) (class, name, words string) {
	named, ok := (&Linker{Glossary: glossary}).bodyIn(text)
	if !ok {
		return "", "", ""
	}
	return named.class, named.name, named.In(text)
}

package claims

// ReadOn reads a sentence with what stands around it and its day, as the linker does.
func ReadOn(c *Comparer, text, context, day string) *Assertion {
	return c.reader.read(text, context, day)
}

// NumbersAndDates are the reasons of the two comparators of numbers and of dates alone.
func NumbersAndDates(claim, record *Assertion) []Reason {
	return append(compareNumbers(claim, record), compareDates(claim, record)...)
}

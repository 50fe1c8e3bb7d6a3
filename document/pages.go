package document

// readPages lays the pages of a file as passages.
func readPages(origin Origin, pages []Page, state State) *Reading {
	return refused(origin, StateUnsupported, "Lecture des PDF à venir.")
}

package document

import (
	"fmt"
	"slices"
	"strings"
)

// pageNotes say what became of a file that has no text, and what to do.
var pageNotes = map[State]string{
	StateEncrypted: "Le fichier demande un mot de passe : demandez une version ouverte à qui le publie.",
	StateMalformed: "Le fichier est coupé ou abîmé : téléchargez-le de nouveau, ou demandez-en une autre copie à qui le publie.",
	StateTooBig:    "Le fichier dépasse le temps ou la mémoire permis à la lecture : déposez-en une partie, ou une version plus légère.",
	StateScanned:   "Les pages sont des images sans texte : déposez-en une transcription pour qu’elles soient lues.",
	StateEmpty:     "Le fichier ne contient pas de texte.",
}

// readPages lays the pages of a file as passages: in reading order, without running heads,
// lines rejoined to paragraphs, tables as rows.
func readPages(origin Origin, pages []Page, state State) *Reading {
	if state != StateRead && state != "" {
		return refused(origin, state, pageNotes[state])
	}
	recognised := false
	pictures, lines := 0, 0
	for _, p := range pages {
		recognised = recognised || p.OCR
		lines += len(p.Lines)
		pictures += p.Images
	}
	if lines == 0 {
		state = StateEmpty
		if pictures > 0 {
			state = StateScanned
		}
		return refused(origin, state, strings.Join(append([]string{pageNotes[state]}, reasonsUnread(pages)...), " "))
	}
	bare := withoutRunningHeads(pages)
	gutter := gutterOf(bare)
	var b pageBlocks
	b.body = bodySize(bare)
	for _, p := range bare {
		for _, column := range columnsOf(p, gutter) {
			b.add(p, rowsOf(column))
		}
	}
	r := b.lay(origin)
	r.OCR = recognised
	for _, p := range pages {
		if len(p.Lines) == 0 && p.Images > 0 {
			text := fmt.Sprintf("La page %d est une image sans texte.", p.Number)
			if p.Unread != "" {
				text += " " + p.Unread
			}
			r.Report = append(r.Report, Finding{Code: "page_without_text", Text: text, Page: p.Number})
		}
	}
	if recognised {
		r.Report = append(r.Report, Finding{Code: "recognised", Text: "Le texte a été reconnu par une machine sur l’image des pages : relisez l’original avant de citer."})
	}
	return r
}

// reasonsUnread are why pictures were not recognised, each once.
func reasonsUnread(pages []Page) []string {
	var all []string
	for _, p := range pages {
		if p.Unread != "" && !slices.Contains(all, p.Unread) {
			all = append(all, p.Unread)
		}
	}
	return all
}

// bodySize is the size in which most of the letters are set, in points.
func bodySize(pages []Page) float64 {
	count := map[int]int{} // tenths of points
	for _, p := range pages {
		for _, l := range p.Lines {
			count[int(l.Size*10+0.5)] += len(l.Text)
		}
	}
	best := 100
	for size, n := range count {
		if n > count[best] || n == count[best] && size < best {
			best = size
		}
	}
	return float64(best) / 10
}

package review

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"contredit/claims"
	"contredit/evidence"
	"contredit/store"
)

// sheetColumns are those of the spreadsheet; decisions come back by « paire », « décision »,
// « motif » and « note ».
var sheetColumns = []string{"paire", "décision", "motif", "note", "statut", "nature", "score", "personne", "date", "affirmation", "adresse", "acte", "date de l’acte",
	"citation de l’acte", "adresse de l’acte", "pourquoi", "vu",
	"autres actes", "réunions sans compte rendu", "à décharge", "réponses", "rectifications",
	// What is there already: the columns of the same matter above are for what comes back.
	"dernier motif", "dernière note", "décidé par", "décidé le", "étiquettes", "confiée à", "institution", "endroit", "endroit de l’acte", "ouvrir", "ouvrir l’acte"}

func (p *pages) queueCSV(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	s, _ := selectionOf(r.URL.Query())
	r.w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	r.w.Header().Set("Content-Disposition", `attachment; filename="paires.csv"`)
	r.w.Header().Set("Cache-Control", "no-store")
	out := csv.NewWriter(r.w)
	if r.lang == "fr" {
		out.Comma = ';' // a French spreadsheet takes commas for decimals, and the whole line for one cell
	}
	if _, err := io.WriteString(r.w, evidence.ByteOrderMark); err != nil {
		return err
	}
	rows := [][]string{sheetColumns}
	const step = 500
	for from := 0; ; from += step {
		links, err := p.DB.Queue(r.Context(), r.filter(s), store.QueueOrder(s.Order), step, from)
		if err != nil {
			return err
		}
		for _, l := range links {
			row, err := p.sheetRow(r, l)
			if err != nil {
				return err
			}
			rows = append(rows, row)
		}
		if err := out.WriteAll(rows); err != nil {
			return fmt.Errorf("write the sheet: %w", err)
		}
		rows = rows[:0]
		if len(links) < step {
			return nil
		}
	}
}

func (p *pages) sheetRow(r *request, l store.QueuedLink) ([]string, error) {
	history, err := p.DB.Verdicts(r.Context(), l.ID)
	if err != nil {
		return nil, err
	}
	seen := int64(0)
	if len(history) > 0 {
		seen = history[len(history)-1].ID
	}
	c := r.card(l, "")
	score := decimal(r.lang, l.Score)
	if l.ByHand() {
		score = "" // nobody estimated it
	}
	row := []string{l.ID, "", "", "", statusNames[l.Status], kindNames[l.Kind], score, l.Claim.Speaker, l.Claim.Date, l.Claim.Quote, l.Claim.URL}
	if c.Evidence != nil {
		row = append(row, c.Evidence.Title, c.Evidence.Date, c.Evidence.Quote, c.Evidence.URL)
	} else {
		row = append(row, c.Coverage, "", "", "")
	}
	remarks, err := p.DB.Remarks(r.Context(), l.ID)
	if err != nil {
		return nil, err
	}
	video, err := p.videoOf(r, c.Evidence)
	if err != nil {
		return nil, err
	}
	rest := append(sheetRest(l, remarks), p.sheetActs(l, history, remarks)...)
	rest = append(rest, sheetPlaces(l, c.Evidence, video)...)
	row = append(append(row, evidence.ReasonLines(l.Reasons), fmt.Sprint(seen)), rest...)
	for i := range row {
		row[i] = evidence.InertCell(row[i])
	}
	return row, nil
}

// sheetRest are the cells of what a pair holds beside the claim and its first record.
func sheetRest(l store.QueuedLink, remarks []store.Remark) []string {
	replies, corrections := store.Notes(remarks)
	var missing []claims.Meeting
	var support []claims.Evidence
	if l.Absence != nil {
		missing = l.Absence.Missing
	}
	if l.Support != nil {
		support = append(support, *l.Support)
	}
	return []string{evidence.RecordLines(l.Evidence[min(1, len(l.Evidence)):]), evidence.MeetingLines(missing), evidence.RecordLines(support),
		evidence.NoteLines(replies), evidence.NoteLines(corrections)}
}

// sheetActs are the cells of what people did: the decision that stands, the last note, tags, and who is to look.
func (p *pages) sheetActs(l store.QueuedLink, history []claims.Verdict, remarks []store.Remark) []string {
	var reason, note, noted, by, at string
	for _, v := range store.Standing(history) {
		reason, by, at = reasonName(v.Reason), v.Reviewer, p.sheetMoment(v.At)
		if v.Note != "" {
			note, noted = v.Note, v.At
		}
	}
	for _, m := range remarks {
		if m.Kind == store.RemarkNote && m.At >= noted {
			note, noted = m.Text, m.At
		}
	}
	return []string{reason, note, by, at, strings.Join(l.Tags, ", "), l.Assigned}
}

// sheetMoment writes a stored time in the zone of the instance, in a form that spreadsheets sort.
func (p *pages) sheetMoment(stored string) string {
	at, err := time.Parse(time.RFC3339, stored)
	if err != nil {
		return stored
	}
	return at.In(p.TimeZone).Format("2006-01-02 15:04")
}

// sheetPlaces are the cells of where to look: whose claim, both places, and the addresses that open there.
// video is the address of the record's recording.
func sheetPlaces(l store.QueuedLink, record *claims.Evidence, video string) []string {
	cells := []string{l.Body, evidence.Place(l.Claim.Locator), "", openAt(l.Claim.URL, l.Claim.Locator, l.Claim.Quote, l.VideoURL), ""}
	if record != nil {
		cells[2], cells[4] = evidence.Place(record.Locator), openAt(record.URL, record.Locator, record.Quote, video)
	}
	return cells
}

// videoOf is the address of the recording of a record that is one; "" for what is read.
func (p *pages) videoOf(r *request, record *claims.Evidence) (string, error) {
	if record == nil || !record.Locator.Timed {
		return "", nil
	}
	d, _, err := p.documentOf(r.Context(), record.URL)
	return d.Document.VideoURL, err
}

// sheetLine is what became of one line of a sheet that came back.
type sheetLine struct {
	Line   int
	Link   string
	Result string
	Kept   bool
}

// takeDecisions takes a sheet back: each line is decided by itself, and conflicts are listed.
func (p *pages) takeDecisions(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	file, _, err := r.FormFile("sheet")
	if err != nil {
		return errNoSheet
	}
	defer file.Close()
	content, err := io.ReadAll(file)
	if err != nil {
		return errBadRequest
	}
	lines, err := p.readSheet(r, content)
	if err != nil {
		return err
	}
	return r.show("decisions", "Décisions du tableur", struct{ Lines []sheetLine }{lines})
}

func (p *pages) readSheet(r *request, content []byte) ([]sheetLine, error) {
	rows, err := evidence.ReadDecisions(content)
	if err != nil {
		return nil, errNoSheet
	}
	var lines []sheetLine
	for _, row := range rows {
		line := sheetLine{Line: row.Line, Link: row.Link}
		line.Result, line.Kept = p.decideLine(r, row)
		lines = append(lines, line)
	}
	return lines, nil
}

func (p *pages) decideLine(r *request, row evidence.DecisionRow) (string, bool) {
	if row.Problem != "" && row.Link == "" {
		return r.t("ligne illisible"), false
	}
	if row.Problem != "" {
		return r.t("colonne « vu » illisible"), false
	}
	note, err := typed(row.Note, longestNote)
	if err != nil {
		return r.t("note trop longue, ou avec des caractères de commande"), false
	}
	if row.Decision == "" {
		return p.noteLine(r, row.Link, note)
	}
	link := row.Link
	a := store.Act{Links: []string{link}, Reviewer: r.who.Name, Decision: evidence.DecisionNamed(row.Decision, statusNames), Note: note, Seen: row.Seen, TwoPeople: p.TwoPeople}
	if a.Decision == "" || a.Decision == claims.StatusNew {
		return r.t("décision inconnue : %s", row.Decision) + r.t(" ; décisions possibles : %s", decisionList(r.lang)), false
	}
	if a.Decision == claims.StatusPublished && !r.who.publishes() {
		return barred(r.lang, store.ErrNotPublisher), false
	}
	l, err := p.DB.Link(r.Context(), link)
	switch decided := err == nil && l.Status != claims.StatusNew && l.Status != claims.StatusInReview; {
	case decided && row.Seen < 0 && l.Status == a.Decision:
		return r.t("déjà « %s »", r.t(statusNames[l.Status])), true
	case decided && row.Seen < 0 && a.Decision != claims.StatusPublished:
		return r.t("conflit : déjà « %s », et la colonne « vu » ne dit pas que vous l’aviez vu", r.t(statusNames[l.Status])), false
	}
	var problem string
	if a.Reason, problem = decisionReason(r.lang, a.Decision, row.Reason); problem != "" {
		return problem, false
	}
	_, err = p.DB.Decide(r.Context(), a)
	if errors.Is(err, store.ErrConflict) {
		// The same sheet, sent again by the same person: nothing is decided anew.
		if again, readErr := p.sentAgain(r, a); readErr == nil && again != nil {
			return r.t("déjà « %s »", r.t(statusNames[a.Decision])), true
		}
	}
	switch {
	case errors.Is(err, store.ErrConflict):
		return r.t("conflit : quelqu’un a décidé entre-temps"), false
	case errors.Is(err, store.ErrNotFound):
		return r.t("paire inconnue"), false
	case barred(r.lang, err) != "":
		return barred(r.lang, err), false
	case err != nil:
		p.Logger.Error("decide from a sheet", "link", link, "error", err)
		return r.t("erreur de notre côté"), false
	}
	return r.t(statusNames[a.Decision]), true
}

// noteLine adds the note of a line that decides nothing; the same sheet sent again adds it once.
func (p *pages) noteLine(r *request, link, note string) (string, bool) {
	remarks, err := p.DB.Remarks(r.Context(), link)
	for _, one := range remarks {
		if one.Kind == store.RemarkNote && one.Reviewer == r.who.Name && one.Text == note {
			return r.t("note déjà là"), true
		}
	}
	if err == nil {
		if _, err = p.DB.Link(r.Context(), link); errors.Is(err, store.ErrNotFound) {
			return r.t("paire inconnue"), false
		}
	}
	if err == nil {
		err = p.DB.SaveRemarks(r.Context(), []string{link}, store.Remark{Reviewer: r.who.Name, Kind: store.RemarkNote, Text: note})
	}
	if err != nil {
		p.Logger.Error("note from a sheet", "link", link, "error", err)
		return r.t("erreur de notre côté"), false
	}
	return r.t("note ajoutée"), true
}

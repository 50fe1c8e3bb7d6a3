package review

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"contredit/claims"
	"contredit/store"
)

// sheetColumns are those of the spreadsheet; decisions come back by « paire », « décision »,
// « motif » and « note ».
var sheetColumns = []string{"paire", "décision", "motif", "note", "statut", "nature", "score", "personne", "date", "affirmation", "adresse", "acte", "date de l’acte",
	"citation de l’acte", "adresse de l’acte", "pourquoi", "vu"}

// inert keeps a spreadsheet from running a cell as a formula (OWASP, CSV injection).
func inert(cell string) string {
	if first, _ := utf8.DecodeRuneInString(cell); cell != "" && strings.ContainsRune("=+-@\t\r\n|＝＋－＠", first) {
		return "'" + cell
	}
	return cell
}

func (p *pages) queueCSV(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	s := selectionOf(r.URL.Query())
	r.w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	r.w.Header().Set("Content-Disposition", `attachment; filename="paires.csv"`)
	r.w.Header().Set("Cache-Control", "no-store")
	out := csv.NewWriter(r.w)
	// A byte order mark, or the best known spreadsheet reads accents as two signs.
	if _, err := io.WriteString(r.w, "\ufeff"); err != nil {
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
	row := []string{l.ID, "", "", "", statusNames[l.Status], kindNames[l.Kind], decimal(r.lang, l.Score), l.Claim.Speaker, l.Claim.Date, l.Claim.Quote, l.Claim.URL}
	if c.Evidence != nil {
		row = append(row, c.Evidence.Title, c.Evidence.Date, c.Evidence.Quote, c.Evidence.URL)
	} else {
		row = append(row, c.Coverage, "", "", "")
	}
	row = append(row, c.Why, fmt.Sprint(seen))
	for i := range row {
		row[i] = inert(row[i])
	}
	return row, nil
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
		return errBadRequest
	}
	defer file.Close()
	content, err := io.ReadAll(file)
	if err != nil {
		return errBadRequest
	}
	lines, err := p.readSheet(r, strings.TrimPrefix(string(content), "\ufeff"))
	if err != nil {
		return err
	}
	return r.show("decisions", "Décisions du tableur", struct{ Lines []sheetLine }{lines})
}

func (p *pages) readSheet(r *request, text string) ([]sheetLine, error) {
	in := csv.NewReader(strings.NewReader(text))
	in.FieldsPerRecord = -1
	if head, _, _ := strings.Cut(text, "\n"); strings.Count(head, ";") > strings.Count(head, ",") {
		in.Comma = ';' // French spreadsheets
	}
	head, err := in.Read()
	if err != nil {
		return nil, errBadRequest
	}
	column := map[string]int{}
	for i, name := range head {
		column[strings.TrimSpace(name)] = i
	}
	if _, ok := column["paire"]; !ok {
		return nil, errBadRequest
	}
	var lines []sheetLine
	for n := 2; ; n++ {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return lines, nil
		}
		if err != nil {
			return nil, errBadRequest
		}
		cell := func(name string) string {
			i, ok := column[name]
			if !ok || i >= len(row) {
				return ""
			}
			return strings.TrimPrefix(strings.TrimSpace(row[i]), "'")
		}
		if cell("décision") == "" {
			continue
		}
		line := sheetLine{Line: n, Link: cell("paire")}
		line.Result, line.Kept = p.decideLine(r, line.Link, cell("décision"), cell("motif"), cell("note"), cell("vu"))
		lines = append(lines, line)
	}
}

func (p *pages) decideLine(r *request, link, decision, reason, note, seen string) (string, bool) {
	a := store.Act{Links: []string{link}, Reviewer: r.who.Name, Note: note, Seen: -1, TwoPeople: p.TwoPeople}
	for s, name := range statusNames {
		if strings.EqualFold(decision, name) || decision == string(s) {
			a.Decision = s
		}
	}
	for _, one := range rejections {
		if reason == one.Code || strings.EqualFold(reason, one.Name) {
			a.Reason = one.Code
		}
	}
	if a.Decision == "" || a.Decision == claims.StatusNew {
		return r.t("décision inconnue : %s", decision), false
	}
	if a.Decision == claims.StatusPublished && !r.who.publishes() {
		return r.t("publication non permise"), false
	}
	if seen != "" {
		if _, err := fmt.Sscan(seen, &a.Seen); err != nil {
			return r.t("colonne « vu » illisible"), false
		}
	}
	_, err := p.DB.Decide(r.Context(), a)
	switch {
	case errors.Is(err, store.ErrConflict):
		return r.t("conflit : quelqu’un a décidé entre-temps"), false
	case errors.Is(err, store.ErrNotFound):
		return r.t("paire inconnue"), false
	case errors.Is(err, store.ErrSamePerson), errors.Is(err, store.ErrNotConfirmed), errors.Is(err, store.ErrPrivate):
		return r.t("publication non permise"), false
	case err != nil:
		p.Logger.Error("decide from a sheet", "link", link, "error", err)
		return r.t("erreur de notre côté"), false
	}
	return r.t(statusNames[a.Decision]), true
}

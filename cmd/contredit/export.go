package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"contredit/claims"
	"contredit/document"
	"contredit/evidence"
	"contredit/store"
)

// rowWriter writes one exported object after another.
type rowWriter interface {
	write(row any, cells []string) error
	close() error
}

type jsonlWriter struct{ out *bufio.Writer }

func (w jsonlWriter) write(row any, _ []string) error {
	encoder := json.NewEncoder(w.out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(row)
}

func (w jsonlWriter) close() error { return w.out.Flush() }

type csvWriter struct {
	out    *csv.Writer
	french bool // decimal commas
}

// decimalCell is a figure of ours, such as a score: a French spreadsheet takes it for a text.
var decimalCell = regexp.MustCompile(`^\d+\.\d+$`)

func (w csvWriter) write(_ any, cells []string) error {
	safe := make([]string, len(cells))
	for i, c := range cells {
		if w.french && decimalCell.MatchString(c) {
			c = strings.Replace(c, ".", ",", 1)
		}
		safe[i] = evidence.InertCell(c)
	}
	return w.out.Write(safe)
}

func (w csvWriter) close() error {
	w.out.Flush()
	return w.out.Error()
}

func newRowWriter(format string, out io.Writer, header []string, semicolons bool) (rowWriter, error) {
	switch format {
	case "jsonl":
		return jsonlWriter{bufio.NewWriter(out)}, nil
	case "csv":
		if _, err := io.WriteString(out, evidence.ByteOrderMark); err != nil {
			return nil, fmt.Errorf("begin the sheet: %w", err)
		}
		w := csvWriter{csv.NewWriter(out), semicolons}
		if semicolons {
			w.out.Comma = ';'
		}
		return w, w.out.Write(header)
	}
	return nil, wrongUsage("--format %q is not known; allowed: jsonl, csv; of flags also claimreview, annotation, atom", format)
}

func runExport(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	format := o.String("format", "jsonl", "jsonl or csv; flags also claimreview, annotation or atom")
	address := o.String("url", "", "`address` of the public site, for claimreview and atom; \"\" for publish.url")
	private := o.Bool("private", false, "private sources too")
	semicolons := o.Bool("semicolons", false, "csv for a French spreadsheet: semicolons, decimal commas")
	all := o.Bool("all", false, "rejected flags and sentences not worth checking too")
	rest, err := o.parse(args, 1, 1)
	if err != nil {
		return err
	}
	headers := map[string][]string{
		"documents": {"url", "title", "date", "role", "body", "media_type", "visibility", "sha256", "fetched_at", "state"},
		"claims":    {"id", "url", "speaker", "date", "quote", "worth_checking", "worthiness", "topic", "repeats", "at", "page"},
		"flags": {"id", "kind", "score", "status", "claim_url", "speaker", "claim_date", "claim_quote", "claim_at", "claim_page",
			"evidence_url", "evidence_date", "evidence_body", "evidence_quote", "evidence_page", "reason",
			"other_evidence", "other_reasons", "missing", "support", "replies", "corrections", "reason_code"},
	}
	header, ok := headers[rest[0]]
	if !ok {
		return withHint(wrongUsage("%q cannot be exported; allowed: documents, claims, flags", rest[0]), "contredit export --help")
	}
	if *private && isPublicFormat(*format) {
		return wrongUsage("--format %s is for the public: it never holds private sources", *format)
	}
	if rest[0] != "flags" && isPublicFormat(*format) {
		return wrongUsage("--format %s is for flags alone", *format)
	}
	var out rowWriter
	if !isPublicFormat(*format) {
		if out, err = newRowWriter(*format, t.out, header, *semicolons); err != nil {
			return err
		}
	}
	config, db, err := where.openExisting(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if isPublicFormat(*format) {
		return exportPublic(ctx, t, config, db, *format, *address)
	}
	switch rest[0] {
	case "documents":
		err = exportDocuments(ctx, db, out, *private)
	case "claims":
		err = exportClaims(ctx, db, out, *private, *all)
	case "flags":
		err = exportFlags(ctx, db, out, *private, *all)
	}
	return errors.Join(err, out.close())
}

func exportDocuments(ctx context.Context, db *store.DB, out rowWriter, private bool) error {
	hidden, err := db.PrivateAddresses(ctx)
	if err != nil {
		return err
	}
	return db.EachDocument(ctx, func(d store.ReadDocument) error {
		if d.Document.Visibility == document.Private && !private {
			return nil
		}
		if hidden[d.Document.Duplicate] && !private {
			d.Document.Duplicate = ""
		}
		row := evidence.Document(d.Document, d.Reading, d.SHA256, d.FetchedAt, d.GoneAt)
		return out.write(row, []string{row.URL, row.Title, row.Date, string(row.Role), row.Body, row.MediaType, string(row.Visibility),
			row.SHA256, row.FetchedAt, string(row.State)})
	})
}

func exportClaims(ctx context.Context, db *store.DB, out rowWriter, private, all bool) error {
	list, err := db.Claims(ctx, store.ClaimFilter{Private: private, All: all})
	if err != nil {
		return err
	}
	for _, c := range list {
		row := evidence.Claim(c.Claim, c.EditedOut)
		cells := []string{row.ID, row.URL, row.Speaker, row.Date, row.Quote, strconv.FormatBool(row.Worth), decimal(row.Worthiness), row.Topic,
			c.Repeats, seconds(row.At), pageNumber(row.Page)}
		if err := out.write(row, cells); err != nil {
			return err
		}
	}
	return nil
}

func exportFlags(ctx context.Context, db *store.DB, out rowWriter, private, all bool) error {
	return db.EachLink(ctx, store.LinkFilter{Private: private}, func(l store.StoredLink) error {
		if l.Status == claims.StatusRejected && !all {
			return nil
		}
		link := l.Link
		if !private {
			link = evidence.Outside(link)
		}
		row := evidence.Flag(link, l.Status)
		remarks, err := db.Remarks(ctx, l.ID)
		if err != nil {
			return err
		}
		row.Replies, row.Corrections = store.Notes(remarks)
		if row.ReasonCode, err = reasonCode(ctx, db, l); err != nil {
			return err
		}
		return out.write(row, flagCells(row, link))
	})
}

// reasonCode is why a pair was rejected or is to be shaded; "" for any other: « review import » takes
// the exports back, and a rejection has a reason.
func reasonCode(ctx context.Context, db *store.DB, l store.StoredLink) (string, error) {
	if l.Status != claims.StatusRejected && l.Status != claims.StatusNuance {
		return "", nil
	}
	history, err := db.Verdicts(ctx, l.ID)
	if err != nil {
		return "", err
	}
	standing := store.Standing(history)
	if len(standing) == 0 {
		return "", nil
	}
	return standing[len(standing)-1].Reason, nil
}

// flagCells is a pair in one line: the first record and reason have columns of their own, what
// else there is stands in one cell each.
func flagCells(row evidence.FlagRow, l claims.Link) []string {
	cells := []string{row.ID, string(row.Kind), decimal(row.Score), string(row.Status), row.Claim.URL, row.Claim.Speaker, row.Claim.Date,
		row.Claim.Quote, seconds(row.Claim.At), pageNumber(row.Claim.Page)}
	first := make([]string, 5)
	if len(l.Evidence) > 0 {
		e := l.Evidence[0]
		first = []string{e.URL, e.Date, e.Body, e.Quote, pageNumber(row.Evidence[0].Page)}
	}
	var missing []claims.Meeting
	var support []claims.Evidence
	if l.Absence != nil {
		missing = l.Absence.Missing
	}
	if l.Support != nil {
		support = append(support, *l.Support)
	}
	cells = append(append(cells, first...), evidence.ReasonLines(l.Reasons[:min(1, len(l.Reasons))]))
	return append(cells, evidence.RecordLines(l.Evidence[min(1, len(l.Evidence)):]), evidence.ReasonLines(l.Reasons[min(1, len(l.Reasons)):]),
		evidence.MeetingLines(missing), evidence.RecordLines(support), evidence.NoteLines(row.Replies), evidence.NoteLines(row.Corrections), row.ReasonCode)
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', 3, 64) }

func seconds(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

func pageNumber(v *int) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(*v)
}

package evidence

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"contredit/claims"
	"contredit/french"
)

// DecisionRow is one decision out of a spreadsheet or an export.
type DecisionRow struct {
	Line     int // in the file, from 1
	Link     string
	Decision string // as written: « confirmé », "confirmed"
	Reason   string
	Note     string
	Seen     int64 // number of the last verdict that was seen; -1 when not said
	Problem  string
}

// ErrNoDecisions is returned for a file that is neither a sheet with a column of pairs nor
// one JSON object a line.
var ErrNoDecisions = errors.New("neither a sheet with the columns « paire » and « décision » nor one JSON object a line")

// sheetColumns are the names of the columns that are read, the sheet's own first.
var sheetColumns = map[string][]string{
	"link": {"paire", "id", "flag"}, "decision": {"décision", "decision", "status"}, "reason": {"motif", "reason_code", "reason"}, "note": {"note"}, "seen": {"vu", "seen"},
}

// ReadDecisions reads a sheet (CSV with commas or semicolons) or JSONL with the same names. A
// line without a decision and without a note is left out; one that cannot be read has its Problem.
func ReadDecisions(content []byte) ([]DecisionRow, error) {
	content, err := sheetText(content)
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(bytes.TrimSpace(content), []byte("{")) {
		return readDecisionLines(content)
	}
	in := csv.NewReader(bytes.NewReader(content))
	in.FieldsPerRecord = -1
	head1, _, _ := strings.Cut(string(content), "\n")
	for _, comma := range ";\t" { // French spreadsheets; what they call « texte Unicode »
		if strings.Count(head1, string(comma)) > strings.Count(head1, string(in.Comma)) {
			in.Comma = comma
		}
	}
	head, err := in.Read()
	if err != nil {
		return nil, ErrNoDecisions
	}
	column := map[string]int{}
	for i, name := range head {
		column[strings.ToLower(strings.TrimSpace(name))] = i + 1
	}
	place := func(field string) int {
		for _, name := range sheetColumns[field] {
			if at := column[name]; at > 0 {
				return at
			}
		}
		return 0
	}
	if place("link") == 0 || place("decision") == 0 {
		return nil, ErrNoDecisions
	}
	var rows []DecisionRow
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read the sheet: %w", err)
		}
		line, _ := in.FieldPos(0)
		cell := func(field string) string {
			at := place(field)
			if at == 0 || at > len(cells) {
				return ""
			}
			return strings.TrimPrefix(strings.TrimSpace(cells[at-1]), "'")
		}
		if row := decisionRow(line, cell); row.Decision != "" || row.Note != "" {
			rows = append(rows, row)
		}
	}
}

// sheetText is a sheet as UTF-8: what spreadsheets write is that, UTF-16 with its mark (« texte
// Unicode »), or Windows-1252 unless they are told otherwise.
func sheetText(content []byte) ([]byte, error) {
	if text := bytes.TrimPrefix(content, []byte("\ufeff")); utf8.Valid(text) {
		return text, nil
	}
	var encoding transform.Transformer = charmap.Windows1252.NewDecoder()
	if bytes.HasPrefix(content, []byte{0xff, 0xfe}) || bytes.HasPrefix(content, []byte{0xfe, 0xff}) {
		encoding = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()
	}
	text, _, err := transform.Bytes(encoding, content)
	if err != nil {
		return nil, fmt.Errorf("read the encoding of the sheet: %w", err)
	}
	return text, nil
}

func readDecisionLines(content []byte) ([]DecisionRow, error) {
	var rows []DecisionRow
	in := bufio.NewScanner(bytes.NewReader(content))
	in.Buffer(nil, 16<<20)
	for line := 1; in.Scan(); line++ {
		if len(bytes.TrimSpace(in.Bytes())) == 0 {
			continue
		}
		var object map[string]any
		if err := json.Unmarshal(in.Bytes(), &object); err != nil {
			rows = append(rows, DecisionRow{Line: line, Decision: "?", Seen: -1, Problem: "ligne illisible"})
			continue
		}
		row := decisionRow(line, func(field string) string {
			for _, name := range sheetColumns[field] {
				switch v := object[name].(type) {
				case string:
					return strings.TrimSpace(v)
				case float64:
					return strconv.FormatFloat(v, 'f', -1, 64)
				}
			}
			return ""
		})
		if row.Decision != "" || row.Note != "" {
			rows = append(rows, row)
		}
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("read the decisions: %w", err)
	}
	return rows, nil
}

func decisionRow(line int, cell func(string) string) DecisionRow {
	row := DecisionRow{Line: line, Link: cell("link"), Decision: cell("decision"), Reason: cell("reason"), Note: cell("note"), Seen: -1}
	if seen := cell("seen"); seen != "" {
		n, err := strconv.ParseInt(seen, 10, 64)
		if err != nil || n < 0 {
			row.Problem = "colonne « vu » illisible"
		}
		row.Seen = n
	}
	return row
}

// DecisionNamed is the state that a reviewer's word or an export's code stands for, whatever its capitals
// and accents; "" when none.
func DecisionNamed(word string, names map[claims.Decision]string) claims.Decision {
	for state, name := range names {
		if french.Fold(word) == french.Fold(name) || strings.EqualFold(word, string(state)) {
			return state
		}
	}
	return ""
}

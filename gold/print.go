package gold

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Print writes the figures of the documents, as score.py prints them.
func (f DocumentFigures) Print(w io.Writer) {
	fmt.Fprintln(w, "documents")
	count(w, "documents", f.Documents)
	figure(w, "recall", f.Recall)
	figure(w, "date", f.Date)
	figure(w, "title", f.Title)
	figure(w, "role", f.Role)
	figure(w, "attendance_f1", f.AttendanceF1)
	figure(w, "votes_f1", f.VotesF1)
}

// Print writes the figures of the claims.
func (f ClaimFigures) Print(w io.Writer) {
	fmt.Fprintln(w, "claims")
	count(w, "worth", f.Worth)
	count(w, "found", f.Found)
	count(w, "not_worth", f.NotWorth)
	count(w, "wrongly_found", f.WronglyFound)
	figure(w, "precision_on_labelled", f.PrecisionLabelled)
	figure(w, "recall", f.Recall)
	figure(w, "f1", f.F1)
	figure(w, "speaker_accuracy", f.Speaker)
	figure(w, "at_accuracy", f.At)
	figure(w, "page_accuracy", f.Page)
	count(w, "exported", f.Exported)
}

// Print writes the figures of the links.
func (f LinkFigures) Print(w io.Writer) {
	fmt.Fprintln(w, "links")
	count(w, "contradictions", f.Contradictions)
	count(w, "found", f.Found)
	figure(w, "recall", f.Recall)
	figure(w, "recall_at_3", f.RecallAt3)
	count(w, "flagged", f.Flagged)
	count(w, "right", f.Right)
	count(w, "traps_sprung", f.Traps)
	count(w, "unlabelled", f.Unlabelled)
	count(w, "repeats", f.Repeats)
	figure(w, "precision_strict", f.PrecisionStrict)
	figure(w, "precision_on_labelled", f.PrecisionLabelled)
	figure(w, "f1_strict", f1(f.PrecisionStrict, f.Recall))
	figure(w, "average_precision", f.AveragePrecision)
	figure(w, "kind_accuracy", f.KindRight)
	line(w, "recall_by_kind", pairs(f.RecallByKind, "/"))
	line(w, "right_and_wrong_by_flagged_kind", pairs(f.ByFlaggedKind, "+"))
}

func figure(w io.Writer, name string, v float64) { line(w, name, fmt.Sprintf("%.3f", v)) }

func count(w io.Writer, name string, n int) { line(w, name, fmt.Sprint(n)) }

func line(w io.Writer, name, value string) { fmt.Fprintf(w, "  %-32s %s\n", name, value) }

func pairs(m map[string][2]int, between string) string {
	var list []string
	for _, kind := range slices.Sorted(maps.Keys(m)) {
		list = append(list, fmt.Sprintf("%s %d%s%d", kind, m[kind][0], between, m[kind][1]))
	}
	return strings.Join(list, ", ")
}

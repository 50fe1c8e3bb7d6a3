package gold

import (
	"fmt"
	"io"
	"slices"

	"contredit/evidence"
)

// DocumentFigures are the figures of « documents ».
type DocumentFigures struct {
	Documents                 int
	Recall, Date, Title, Role float64
	AttendanceF1, VotesF1     float64
}

// tally counts what was found, exported and wanted.
type tally struct{ right, got, want int }

func (t tally) f1() float64 { return f1(ratio(t.right, t.got), ratio(t.right, t.want)) }

// ScoreDocuments compares exported documents with the truth.
func (s *Set) ScoreDocuments(rows []evidence.DocumentRow, base string, misses io.Writer) DocumentFigures {
	byPath := map[string]*evidence.DocumentRow{}
	for i, row := range rows {
		path := s.Same(Path(row.URL, base))
		if byPath[path] == nil {
			byPath[path] = &rows[i]
		}
	}
	collected, date, title, role := 0, 0, 0, 0
	var people, votes tally
	for _, want := range s.Documents {
		got := byPath[want.Path]
		if got == nil {
			got = &evidence.DocumentRow{}
			if misses != nil {
				fmt.Fprintln(misses, "missed document", want.Path)
			}
		} else {
			collected++
		}
		date += one(want.Date != "" && day(got.Date) == day(want.Date))
		a, b := Words(got.Title), Words(want.Title)
		title += one(Overlap(a, b) > 0 || got.URL != "" && slices.Equal(a, b))
		role += one(string(got.Role) == want.Role || got.Role == "both")
		if want.Present != nil {
			people.add(matched(got.Present, want.Present, samePerson), len(got.Present), len(want.Present))
		}
		if want.Excused != nil {
			people.add(matched(got.Excused, want.Excused, samePerson), len(got.Excused), len(want.Excused))
		}
		if len(want.Votes) > 0 {
			votes.add(matched(got.Votes, want.Votes, sameVote), len(got.Votes), len(want.Votes))
		}
	}
	n := len(s.Documents)
	return DocumentFigures{
		Documents: n, Recall: ratio(collected, n), Date: ratio(date, n), Title: ratio(title, n), Role: ratio(role, n),
		AttendanceF1: people.f1(), VotesF1: votes.f1(),
	}
}

func (t *tally) add(right, got, want int) {
	t.right, t.got, t.want = t.right+right, t.got+got, t.want+want
}

func day(date string) string { return date[:min(len(date), 10)] }

// matched counts the wanted items that can be paired with one of the exported, one to one.
func matched[G, W any](got []G, want []W, same func(W, G) bool) int {
	left, right := slices.Clone(got), 0
	for _, w := range want {
		if i := slices.IndexFunc(left, func(g G) bool { return same(w, g) }); i >= 0 {
			left = slices.Delete(left, i, i+1)
			right++
		}
	}
	return right
}

func sameVote(want Vote, got evidence.VoteRow) bool {
	counts := false
	for _, pair := range [][2]*int{{want.For, got.For}, {want.Against, got.Against}, {want.Abstain, got.Abstain}} {
		if pair[0] == nil {
			continue
		}
		counts = true
		if pair[1] == nil || *pair[0] != *pair[1] {
			return false
		}
	}
	return counts || slices.Equal(Words(want.Result), Words(got.Result))
}

package gold

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"

	"contredit/claims"
	"contredit/evidence"
)

// LinkFigures are the figures of « links ».
type LinkFigures struct {
	Contradictions, Found       int
	Recall, RecallAt3           float64
	Flagged, Right, Traps       int // traps sprung: support and unrelated rows that were flagged
	Unlabelled, Repeats         int
	PrecisionStrict             float64
	PrecisionLabelled           float64
	AveragePrecision, KindRight float64
	RecallByKind, ByFlaggedKind map[string][2]int // found of all; right and wrong
}

const (
	maxPassages  = 3
	maxDocuments = 2
)

// judged is a flag with the truth about it.
type judged struct {
	flag evidence.FlagRow
	good []Link
	hits []Link
}

// ScoreLinks compares flags with the truth. Base is the address under which the corpus was
// served; what was wrong or missed is listed on misses when it is not nil.
func (s *Set) ScoreLinks(flags []evidence.FlagRow, base string, misses io.Writer) LinkFigures {
	f := LinkFigures{RecallByKind: map[string][2]int{}, ByFlaggedKind: map[string][2]int{}}
	found, rank, place := map[string]evidence.FlagRow{}, map[string]int{}, map[string]int{}
	var order []int
	for _, j := range s.judge(flags, base) {
		owner := Path(j.flag.Claim.URL, base) + "\x00" + strings.Join(Words(j.flag.Claim.Quote), " ")
		place[owner]++
		var fresh []Link
		for _, l := range j.good {
			if _, known := found[l.ID]; !known {
				fresh = append(fresh, l)
			}
		}
		tally := f.ByFlaggedKind[string(j.flag.Kind)]
		switch {
		case len(fresh) > 0:
			for _, l := range fresh {
				found[l.ID], rank[l.ID] = j.flag, place[owner]
			}
			order = append(order, len(fresh))
			tally[0]++
			f.Right++
		case len(j.good) > 0:
			f.Repeats++
			continue
		default:
			order = append(order, 0)
			tally[1]++
			if len(j.hits) > 0 {
				f.Traps++
			} else {
				f.Unlabelled++
			}
			s.tellWrong(misses, j)
		}
		f.ByFlaggedKind[string(j.flag.Kind)] = tally
	}
	f.Flagged, f.Found = len(order), len(found)
	s.countFound(&f, found, rank, misses)
	sum, got := 0.0, 0
	for i, n := range order {
		if n > 0 {
			got++
		}
		sum += float64(n) * float64(got) / float64(i+1)
	}
	if f.Contradictions > 0 {
		f.AveragePrecision = sum / float64(f.Contradictions)
	}
	f.PrecisionStrict, f.PrecisionLabelled = ratio(f.Right, f.Flagged), ratio(f.Right, f.Right+f.Traps)
	return f
}

func (s *Set) countFound(f *LinkFigures, found map[string]evidence.FlagRow, rank map[string]int, misses io.Writer) {
	first, kinds := 0, 0
	for _, l := range s.Links {
		if l.Label != "contradiction" {
			continue
		}
		f.Contradictions++
		n := f.RecallByKind[l.Kind]
		n[1]++
		if flag, ok := found[l.ID]; ok {
			n[0]++
			if rank[l.ID] <= 3 {
				first++
			}
			if string(flag.Kind) == l.Kind {
				kinds++
			}
		} else if misses != nil {
			fmt.Fprintf(misses, "missed link %s %s | %s <> %s\n", l.ID, l.Kind, s.quoteOf(l.Claim), firstQuote(l.Evidence))
		}
		f.RecallByKind[l.Kind] = n
	}
	f.Recall, f.RecallAt3, f.KindRight = ratio(f.Found, f.Contradictions), ratio(first, f.Contradictions), ratio(kinds, f.Found)
}

func (s *Set) quoteOf(claim string) string {
	for _, c := range s.Claims {
		if c.ID == claim {
			return c.Quote
		}
	}
	return ""
}

func firstQuote(list []Evidence) string {
	if len(list) == 0 {
		return ""
	}
	return list[0].Quote
}

func (s *Set) tellWrong(w io.Writer, j judged) {
	if w == nil {
		return
	}
	what, quote := "unlabelled", ""
	if len(j.hits) > 0 {
		what = "trap " + j.hits[0].ID
	}
	if len(j.flag.Evidence) > 0 && j.flag.Evidence[0].Quote != nil {
		quote = *j.flag.Evidence[0].Quote
	}
	fmt.Fprintf(w, "%s %s %.2f | %s <> %s\n", what, j.flag.Kind, j.flag.Score, j.flag.Claim.Quote, quote)
}

// judge puts the flags of the set's claims in order of score, the wrong ones first among
// equals so that a tie earns nothing, each once.
func (s *Set) judge(flags []evidence.FlagRow, base string) []judged {
	var list []judged
	seen := map[string]bool{}
	for _, flag := range flags {
		path := s.Same(Path(flag.Claim.URL, base))
		key := flagKey(flag, base)
		if !s.mine(path) || seen[key] {
			continue
		}
		seen[key] = true
		j := judged{flag: flag}
		if wellFormed(flag) {
			ids := s.claimsOf(flag, path)
			for _, l := range s.Links {
				if ids[l.Claim] && s.touches(flag, l, base) {
					j.hits = append(j.hits, l)
					if l.Label == "contradiction" {
						j.good = append(j.good, l)
					}
				}
			}
		}
		list = append(list, j)
	}
	slices.SortStableFunc(list, func(a, b judged) int {
		return cmp.Or(cmp.Compare(b.flag.Score, a.flag.Score), cmp.Compare(min(len(a.good), 1), min(len(b.good), 1)))
	})
	return list
}

func flagKey(flag evidence.FlagRow, base string) string {
	var passages []string
	for _, e := range flag.Evidence {
		passages = append(passages, Path(e.URL, base)+"\x01"+strings.Join(Words(quoteOf(e)), " "))
	}
	sort.Strings(passages)
	return fmt.Sprint(flag.Kind == claims.KindAbsence, Path(flag.Claim.URL, base), Words(flag.Claim.Quote), passages)
}

func quoteOf(e evidence.FlagEvidence) string {
	if e.Quote == nil {
		return ""
	}
	return *e.Quote
}

func wellFormed(flag evidence.FlagRow) bool {
	if flag.Kind == claims.KindAbsence {
		return len(flag.Evidence) > 0
	}
	documents, quoted := map[string]bool{}, 0
	for _, e := range flag.Evidence {
		if quoteOf(e) != "" {
			quoted++
			documents[e.URL] = true
		}
	}
	return quoted > 0 && quoted <= maxPassages && len(documents) <= maxDocuments
}

func (s *Set) claimsOf(flag evidence.FlagRow, path string) map[string]bool {
	ids, quote := map[string]bool{}, Words(flag.Claim.Quote)
	for _, c := range s.Claims {
		if s.Same(c.Path) == path && Overlap(quote, c.words) > 0 {
			ids[c.ID] = true
		}
	}
	return ids
}

func (s *Set) touches(flag evidence.FlagRow, l Link, base string) bool {
	absence := flag.Kind == claims.KindAbsence
	if l.Kind == string(claims.KindAbsence) {
		meetings := map[string]bool{}
		for _, g := range l.Evidence {
			meetings[s.Same(g.Path)] = true
		}
		looked := map[string]bool{}
		for _, e := range flag.Evidence {
			if p := s.Same(Path(e.URL, base)); meetings[p] {
				looked[p] = true
			}
		}
		body := slices.ContainsFunc(Words(flag.Body), func(w string) bool { return slices.Contains(Words(l.Body), w) })
		return absence && body && 2*len(looked) >= len(meetings)
	}
	if absence {
		return l.Label == "support" // a record confirms it: silence is no finding
	}
	return slices.ContainsFunc(flag.Evidence, func(e evidence.FlagEvidence) bool {
		return s.Touches(l, Path(e.URL, base), quoteOf(e))
	})
}

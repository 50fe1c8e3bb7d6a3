package gold

import (
	"fmt"
	"io"
	"math"

	"contredit/evidence"
)

// ClaimFigures are the figures of « claims ».
type ClaimFigures struct {
	Worth, Found, NotWorth, WronglyFound int
	PrecisionLabelled, Recall, F1        float64
	Speaker, At, Page                    float64 // of the claims found, the share that is right
	Exported                             int
}

// secondsOff is how far a second may be from the truth.
const secondsOff = 10

// exportedClaim is a row with its folded words.
type exportedClaim struct {
	evidence.ClaimRow
	words []string
}

// ScoreClaims compares exported claims with the truth.
func (s *Set) ScoreClaims(rows []evidence.ClaimRow, base string, misses io.Writer) ClaimFigures {
	byPath := map[string][]exportedClaim{}
	for _, row := range rows {
		if row.Worth {
			path := s.Same(Path(row.URL, base))
			byPath[path] = append(byPath[path], exportedClaim{row, Words(row.Quote)})
		}
	}
	f := ClaimFigures{Exported: len(rows)}
	speaker, at, atAll, page, pageAll := 0, 0, 0, 0, 0
	for _, want := range s.Claims {
		if want.Worth {
			f.Worth++
		} else {
			f.NotWorth++
		}
		best, near := nearest(byPath[s.Same(want.Path)], want.words)
		if near == 0 {
			if want.Worth && misses != nil {
				fmt.Fprintf(misses, "missed claim %s %s | %s\n", want.ID, want.Path, want.Quote)
			}
			continue
		}
		if !want.Worth {
			if !s.isNeighbour(want, best, near) {
				f.WronglyFound++
				if misses != nil {
					fmt.Fprintf(misses, "false claim %s %s | %s\n", want.ID, want.Path, want.Quote)
				}
			}
			continue
		}
		f.Found++
		speaker += one(samePerson(best.Speaker, want.Speaker))
		if want.At != nil {
			atAll++
			at += one(best.ClaimRow.At != nil && math.Abs(*best.ClaimRow.At-*want.At) <= secondsOff)
		}
		if want.Page != nil {
			pageAll++
			page += one(best.ClaimRow.Page != nil && *best.ClaimRow.Page == *want.Page)
		}
	}
	f.PrecisionLabelled, f.Recall = ratio(f.Found, f.Found+f.WronglyFound), ratio(f.Found, f.Worth)
	f.F1 = f1(f.PrecisionLabelled, f.Recall)
	f.Speaker, f.At, f.Page = ratio(speaker, f.Found), ratio(at, atAll), ratio(page, pageAll)
	return f
}

func nearest(list []exportedClaim, words []string) (best exportedClaim, near float64) {
	for _, c := range list {
		if o := Overlap(c.words, words); o > near {
			best, near = c, o
		}
	}
	return best, near
}

// isNeighbour says that an exported claim found by a sentence that is none is the true
// claim beside it.
func (s *Set) isNeighbour(want Claim, best exportedClaim, near float64) bool {
	for _, c := range s.Claims {
		if c.Worth && s.Same(c.Path) == s.Same(want.Path) && Overlap(best.words, c.words) >= near {
			return true
		}
	}
	return false
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

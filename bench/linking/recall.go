package main

import (
	"fmt"
	"slices"

	"contredit/claims"
	"contredit/gold"
)

// depths are the ranks at which recall is told.
var depths = []int{1, 3, 10, 20, 50}

// recall tells how often one of the gold's passages is among the first candidates.
func (b *bench) recall(misses bool) error {
	total, at := 0, make([]int, len(depths))
	byScore := make([]int, len(depths))
	for _, row := range b.gold.Claims {
		for _, link := range b.gold.LinksOf(row.ID) {
			if link.Label != "contradiction" || link.Kind == "absence" {
				continue
			}
			total++
			list := b.linker.Candidates(b.claims[row.ID], depths[len(depths)-1])
			n := b.rankOf(list, link)
			if n < 0 && misses {
				fmt.Printf("missed %s %s | %s <> %s\n", link.ID, link.Kind, row.Quote, link.Evidence[0].Quote)
			}
			for i, d := range depths {
				if n >= 0 && n < d {
					at[i]++
				}
			}
			slices.SortStableFunc(list, func(x, y claims.Candidate) int {
				return compareFloat(y.Score, x.Score)
			})
			n = b.rankOf(list, link)
			for i, d := range depths {
				if n >= 0 && n < d {
					byScore[i]++
				}
			}
		}
	}
	for i, d := range depths {
		fmt.Printf("recall@%-3d  by search %.3f   by score %.3f   (%d links)\n", d, float64(at[i])/float64(total), float64(byScore[i])/float64(total), total)
	}
	return nil
}

func compareFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// rankOf is the place of the first candidate that the link names; -1 when there is none.
func (b *bench) rankOf(list []claims.Candidate, link gold.Link) int {
	return slices.IndexFunc(list, func(c claims.Candidate) bool { return b.touches(c.Evidence, link) })
}

func (b *bench) touches(e claims.Evidence, link gold.Link) bool {
	return b.gold.Touches(link, gold.Path(e.URL, ""), e.Quote)
}

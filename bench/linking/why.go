package main

import (
	"fmt"

	"contredit/claims"
	"contredit/gold"
)

// why tells, for each contradiction of the gold, what the engine saw in its evidence: place,
// score, reasons, and what stood before it.
func (b *bench) why() error {
	for _, row := range b.gold.Claims {
		for _, link := range b.gold.LinksOf(row.ID) {
			if link.Label != "contradiction" || link.Kind == "absence" {
				continue
			}
			list := b.linker.Candidates(b.claims[row.ID], depths[len(depths)-1])
			fmt.Printf("== %s %s | %s (%s) | %s\n", link.ID, link.Kind, row.Quote, row.Date, row.Path)
			told, better := 0, 0
			for _, e := range link.Evidence {
				fmt.Printf("   gold: %s | %s\n", e.Path, e.Quote)
			}
			for i, c := range list {
				if !b.touches(c.Evidence, link) {
					continue
				}
				if told++; told > 2 {
					break
				}
				better = 0
				for _, o := range list {
					if o.Score > c.Score {
						better++
					}
				}
				fmt.Printf("   found at %d, %d have a better score, score %.3f | %s\n", i, better, c.Score, c.Evidence.Quote)
				tellReasons(c)
			}
			if told == 0 {
				fmt.Println("   NOT AMONG THE CANDIDATES")
			}
			best := 0
			for i, c := range list {
				if c.Score > list[best].Score {
					best = i
				}
			}
			fmt.Printf("   best: %.3f | %s\n", list[best].Score, list[best].Evidence.Quote)
			tellReasons(list[best])
		}
	}
	return nil
}

func tellReasons(c claims.Candidate) {
	for _, r := range c.Reasons {
		sign := "-"
		if r.Supports {
			sign = "+"
		}
		fmt.Printf("        %s %.2f %s %s %s\n", sign, r.Strength, r.Rule, r.Kind, r.Text)
	}
}

// wrong tells the flags that the gold does not know or calls a trap, with their reasons.
func (b *bench) wrong() error {
	for _, claim := range b.heard {
		best := claims.Candidate{}
		for _, c := range b.linker.Candidates(claim, perClaim) {
			if c.Score > best.Score && len(c.Reasons) > 0 {
				best = c
			}
		}
		label := "unlabelled"
		rows := b.gold.ClaimsAt(gold.Path(claim.URL, ""), claim.Quote)
		for _, row := range rows {
			for _, link := range b.gold.LinksOf(row.ID) {
				if b.touches(best.Evidence, link) {
					label = link.Label
				}
			}
		}
		if len(rows) == 0 {
			label = "unknown claim"
		}
		if best.Score < b.linker.Threshold || label == "contradiction" {
			continue
		}
		fmt.Printf("== %s %.3f near %.2f | %s (%s)\n   %s | %s (%s)\n", label, best.Score, best.Near, claim.Quote, claim.Date, best.Evidence.Quote, best.Evidence.URL, best.Evidence.Date)
		tellReasons(best)
		for _, t := range best.Terms {
			if t.Value*t.Weight > 0.1 || t.Value*t.Weight < -0.1 {
				fmt.Printf(" %s %.2f", t.Name, t.Value*t.Weight)
			}
		}
		fmt.Println()
	}
	return nil
}

package main

import (
	"encoding/json"
	"os"

	"contredit/claims"
	"contredit/french"
	"contredit/gold"
)

// dumped is a candidate as « linking dump » writes it, for trials with other learners.
type dumped struct {
	Path, Speaker, Claim, Record, URL string
	Known, Right, Named               bool
	Gold                              string `json:",omitempty"`
	Gate, Terms                       map[string]float64
	Reasons                           []claims.Reason
	Near, Score, Worth                float64
	ClaimStems, RecordStems           []string
	ClaimDate, RecordDate             string
}

// dump writes the first candidates of every claim, with all that is known of them, as JSON lines.
func (b *bench) dump() error {
	out := json.NewEncoder(os.Stdout)
	for _, claim := range b.heard {
		path := gold.Path(claim.URL, "")
		rows := b.gold.ClaimsAt(path, claim.Quote)
		for _, c := range b.linker.Candidates(claim, perClaim) {
			d := dumped{Path: path, Speaker: claim.Speaker, Claim: claim.Quote, Record: c.Evidence.Quote, URL: c.Evidence.URL, Known: len(rows) > 0, Gate: byName(c.Gate), Terms: byName(c.Terms),
				Reasons: c.Reasons, Near: c.Near, Score: c.Score, Worth: claim.Worthiness, ClaimStems: stems(claim.Quote), RecordStems: stems(c.Evidence.Quote), ClaimDate: claim.Date, RecordDate: c.Evidence.Date}
			for _, row := range rows {
				for _, link := range b.gold.LinksOf(row.ID) {
					if link.Kind != "absence" && b.touches(c.Evidence, link) {
						d.Right = d.Right || link.Label == "contradiction"
						d.Named, d.Gold = true, link.ID+" "+link.Label+" "+link.Kind
					}
				}
			}
			if err := out.Encode(d); err != nil {
				return err
			}
		}
	}
	return nil
}

func stems(text string) []string {
	var list []string
	for _, t := range french.Terms(text) {
		if !t.Stop {
			list = append(list, t.Stem)
		}
	}
	return list
}

func byName(terms []claims.Term) map[string]float64 {
	m := map[string]float64{}
	for _, t := range terms {
		m[t.Name] = t.Value
	}
	return m
}

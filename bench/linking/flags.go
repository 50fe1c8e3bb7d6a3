package main

import (
	"context"
	"io"
	"os"
	"slices"

	"contredit/claims"
	"contredit/evidence"
	"contredit/gold"
)

// heardFlags scores the links of what the engine itself finds worth checking: what users see.
func (b *bench) heardFlags(misses bool) error {
	var rows []evidence.FlagRow
	for _, c := range b.heard {
		links, err := b.linker.Link(context.Background(), c)
		if err != nil {
			return err
		}
		for _, l := range links {
			f := evidence.Flag(l, claims.StatusNew)
			f.Claim.URL = gold.Path(c.URL, "")
			rows = append(rows, f)
		}
	}
	var log io.Writer
	if misses {
		log = os.Stderr
	}
	b.gold.ScoreLinks(rows, "", log).Print(os.Stdout)
	return nil
}

// flags scores the links of the gold's own claims: what linking is worth when extraction
// misses nothing. With free, sentences are flagged by how surely they speak of the same
// thing alone, whatever the comparators say: the floor that comparators have to beat.
func (b *bench) flags(free, misses bool) error {
	var rows []evidence.FlagRow
	for _, row := range b.gold.Claims {
		if !row.Worth {
			continue
		}
		links, err := b.linksOf(b.claims[row.ID], free)
		if err != nil {
			return err
		}
		for _, l := range links {
			f := evidence.Flag(l, claims.StatusNew)
			f.Claim.URL, f.Claim.Quote = row.Path, row.Quote
			rows = append(rows, f)
		}
	}
	var log *os.File
	if misses {
		log = os.Stderr
		b.gold.ScoreLinks(rows, "", log).Print(os.Stdout)
		return nil
	}
	b.gold.ScoreLinks(rows, "", nil).Print(os.Stdout)
	return nil
}

func (b *bench) linksOf(c claims.Claim, free bool) ([]claims.Link, error) {
	if !free {
		return b.linker.Link(context.Background(), c)
	}
	list := b.linker.Candidates(c, perClaim)
	slices.SortStableFunc(list, func(x, y claims.Candidate) int { return compareFloat(y.Score, x.Score) })
	l := claims.Link{Claim: c, Kind: claims.KindNegation}
	documents := map[string]bool{}
	for _, cand := range list {
		if documents[cand.Evidence.URL] = true; len(documents) > 2 || len(l.Evidence) == 3 {
			break
		}
		l.Evidence = append(l.Evidence, cand.Evidence)
		l.Score = max(l.Score, cand.Score)
	}
	if len(l.Evidence) == 0 {
		return nil, nil
	}
	return []claims.Link{l}, nil
}

package main

import (
	"context"
	"crypto/sha1"
	"fmt"
	"os"

	"contredit/claims"
	"contredit/evidence"
	"contredit/gold"
)

// folds is the number of parts of a cross-validation.
const folds = 5

// fold is the part in which the claims of a document lie: claims of one document often share
// their evidence.
func fold(path string) int { return int(sha1.Sum([]byte(path))[1]) % folds }

// cross scores each claim with weights that were fitted on the claims of other documents, at
// several thresholds.
func (b *bench) cross(misses bool) error {
	samples := b.samples()
	kept := b.linker.Threshold
	defer func() { b.linker.Threshold = kept }()
	var rows []evidence.FlagRow
	b.linker.Threshold = 0.05
	for part := range folds {
		var train []claims.Labelled
		for _, s := range samples {
			if fold(s.path) != part {
				train = append(train, s.Labelled)
			}
		}
		b.linker.Use(claims.Calibration{Name: "cross", Weights: claims.FitWeights(train, nil, pull)})
		for _, claim := range b.heard {
			path := gold.Path(claim.URL, "")
			if fold(path) != part {
				continue
			}
			links, err := b.linker.Link(context.Background(), claim)
			if err != nil {
				return err
			}
			for _, l := range links {
				f := evidence.Flag(l, claims.StatusNew)
				f.Claim.URL = path
				rows = append(rows, f)
			}
		}
	}
	for _, least := range []float64{0.05, 0.1, 0.14, 0.18, 0.22, 0.26, 0.3, 0.35, 0.4} {
		var over []evidence.FlagRow
		for _, r := range rows {
			if r.Score >= least {
				over = append(over, r)
			}
		}
		f := b.gold.ScoreLinks(over, "", nil)
		fmt.Printf("from %.2f: %3d flagged, recall %.3f, strict %.3f, labelled %.3f, average precision %.3f, kind %.3f\n", least, f.Flagged, f.Recall, f.PrecisionStrict,
			f.PrecisionLabelled, f.AveragePrecision, f.KindRight)
		if least == 0.18 {
			fmt.Println("          recall by kind", f.RecallByKind, "right and wrong", f.ByFlaggedKind)
			if misses {
				b.gold.ScoreLinks(over, "", os.Stdout)
			}
		}
	}
	return nil
}

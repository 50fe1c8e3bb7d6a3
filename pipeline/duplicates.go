package pipeline

import (
	"context"
	"fmt"

	"contredit/document"
	"contredit/store"
)

// markDuplicates finds the addresses that carry the same text, so that a claim is not found
// twice. The first address met stays the original; another institution that prints the same
// words answers for them itself and is no duplicate.
func (p *Pipeline) markDuplicates(ctx context.Context) error {
	type original struct {
		id    int64
		print document.Print
	}
	// A private copy that was met first must not keep the public one from being shown.
	type owner struct {
		body       string
		role       document.Role
		visibility document.Visibility
	}
	originals := map[owner]map[uint64][]original{}
	address := map[int64]string{0: ""}
	change := map[int64]int64{}
	err := p.DB.EachDocument(ctx, func(d store.ReadDocument) error {
		if d.Reading == nil {
			return nil
		}
		address[d.Document.ID] = d.Document.URL
		print := document.PrintOf(d.Reading)
		key := owner{d.Document.Body, d.Document.Role, d.Document.Visibility}
		if originals[key] == nil {
			originals[key] = map[uint64][]original{}
		}
		var first int64
		for _, h := range print {
			for _, o := range originals[key][h] {
				if first == 0 && o.print.Same(print) {
					first = o.id
				}
			}
		}
		if address[first] != d.Document.Duplicate {
			change[d.Document.ID] = first
		}
		if first == 0 {
			for _, h := range print {
				originals[key][h] = append(originals[key][h], original{d.Document.ID, print})
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("look for duplicates: %w", err)
	}
	for id, first := range change {
		if err := p.DB.MarkDuplicate(ctx, id, first); err != nil {
			return err
		}
	}
	return nil
}
